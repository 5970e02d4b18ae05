"""Writes `words.txt` from `papers.jsonl`, with jieba."""

from __future__ import annotations

from corpus import demo
from corpus.readers import Record, read, reader_for
from corpus.text.repair import repair
from corpus.text.segment import words
from corpus.text.terms import han_runs


def lines() -> list[str]:
    """What `words.txt` has to hold: a line for each run, in order of first appearance."""
    runs: dict[str, str] = {}
    for record in read(demo.PAPERS, reader_for(demo.PAPERS)):
        if isinstance(record, Record):
            for run in han_runs(repair(record.paper).searchable):
                runs.setdefault(run, " ".join(words(run)))
    return list(runs.values())


if __name__ == "__main__":
    demo.WORDS.write_text("\n".join(lines()) + "\n", encoding="utf-8")
