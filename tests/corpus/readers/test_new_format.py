"""A format is one module: here is one, and the library reads it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from corpus import readers
from corpus.library import Library

FORMAT = '''\
"""Catalogue cards: `= Title` begins a card, and the lines under it are its abstract."""

from corpus.readers import Reader, Record, Skipped
from corpus.readers.fields import paper

def _read(text):
    title, abstract, number, begun = None, [], 0, 0
    for line in [*text, None]:
        if line is None or line.text.startswith("= "):
            if title is not None:
                number += 1
                fields = {"title": title, "abstract": " ".join(abstract)}
                yield Record(paper(fields, {}), number, begun)
            if line is not None:
                title, abstract, begun = line.text[2:], [], line.number
        elif title is None:
            yield Skipped(0, line.number, "text before the first card")
        else:
            abstract.append(line.text)

READER = Reader("cards", lambda head: head.startswith("= "), _read)
'''


def test_a_new_format_is_one_module_of_under_30_lines(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(FORMAT.splitlines()) < 30
    room = tmp_path / "readers"
    room.mkdir()
    (room / "cards.py").write_text(FORMAT, encoding="utf-8")
    monkeypatch.setattr(readers, "__path__", [*readers.__path__, str(room)])
    file = tmp_path / "catalogue"
    file.write_text("= Peer support\nin hospitals\nand at home\n= Recovery\n", encoding="utf-8")
    try:
        report = library.add([file])
    finally:
        sys.modules.pop("corpus.readers.cards", None)
    assert report.formats == {file: "cards"}
    assert (report.added, report.without_abstract) == (2, 1)
    assert library.paper(1).abstract == "in hospitals and at home"
