"""Writes `words.txt` from `papers.jsonl`, with jieba."""

from __future__ import annotations

from corpus import demo
from corpus.files.packed import files_in
from corpus.readers import Record, recognise
from corpus.text.glossary import Glossary
from corpus.text.repair import repair
from corpus.text.segment import words
from corpus.text.terms import han_runs


def lines() -> list[str]:
    """What `words.txt` has to hold: a line for each run, and for what the glossary knows in it."""
    runs: dict[str, str] = {}
    glossary = Glossary()
    for record in recognise(*files_in(demo.PAPERS)).records():
        if isinstance(record, Record):
            for run in han_runs(repair(record.paper).searchable):
                for part in (run, *(concept.word for concept in glossary.of_han(run))):
                    runs.setdefault(part, " ".join(words(part)))
    return list(runs.values())


if __name__ == "__main__":
    demo.WORDS.write_text("\n".join(lines()) + "\n", encoding="utf-8")
