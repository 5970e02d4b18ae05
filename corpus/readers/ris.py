"""RIS, the format that every reference manager writes, parsed by rispy a record at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator

import rispy

from corpus.errors import UnreadableFile
from corpus.files.text import LONGEST
from corpus.readers import Line, Reader, Record, Skipped, Text
from corpus.readers.ris_fields import TAG
from corpus.readers.ris_paper import paper_of

_BEGINS = re.compile(r"[ \t\ufeff]*TY  ?- ?")
_BEGINS_ANYWHERE = re.compile(rf"(?m)^{_BEGINS.pattern}")
_LOOSE_TAG = re.compile(r"[ \t\ufeff]*(?:([A-Z][A-Z0-9])  ?- ?(.*)|(ER)[\s-]*)$")
_AFTER_END = "NL"  # Ovid's
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_EVERY_TAG = {a + b: a + b for a in _LETTERS for b in _LETTERS + "0123456789"}
_LEAST = 80  # a line takes memory however short it is


def _recognises(head: str) -> bool:
    return _BEGINS_ANYWHERE.search(head) is not None


def _read(lines: Text) -> Iterator[Record | Skipped]:
    record: _Lines | None = None
    number = 0
    for line in lines:
        if _BEGINS.match(line.text) and (record is None or record.gives_way(line.text)):
            if record:
                yield record.read()
            number += 1
            record = _Lines(number, line)
        elif record and not record.add(line.text):
            raise UnreadableFile(
                f"{lines.path}, line {line.number}: the record that begins in line {record.line} "
                "is too large to be one paper's"
            )
    if record:
        yield record.read()


class _Lines:
    """The lines of one record, those without a tag behind the one that they belong to."""

    def __init__(self, number: int, first: Line) -> None:
        self.line = first.number
        self._number = number
        self._tag = TAG if TAG.match(first.text) else _LOOSE_TAG
        self._values: list[list[str]] = []
        self._room = LONGEST
        self._ended = False
        self.add(first.text)

    def add(self, text: str) -> bool:
        """Takes the next line in; whether that is still within reason."""
        found = self._tag.match(text)
        tag = (found[1] or found[3]) if found else ""
        if tag == "ER":
            self._ended = True
        elif self._ended and tag != _AFTER_END:
            return True
        elif found:
            self._values.append([f"{tag}  - {found[2] or ''}"])
        else:
            self._values[-1].append(text)
        self._room -= max(len(text), _LEAST)
        return self._room >= 0

    def gives_way(self, text: str) -> bool:
        """Whether the line `text`, as it may begin a record, is not one of this."""
        return self._ended or self._tag.match(text) is not None

    def read(self) -> Record | Skipped:
        """What they say, once all are there."""
        if not self._ended:
            return Skipped(self._number, self.line, "the record has no end (ER)")
        parser = rispy.RisParser(
            mapping=_EVERY_TAG, list_tags=_EVERY_TAG, delimiter_tags_mapping={}
        )
        values = ["\n".join(map(str.strip, lines)) for lines in self._values]
        record = parser.parse_lines(iter([*values, "ER  - "]))[0]
        paper = paper_of(str(record.pop("TY")), record)
        if not (paper.title or paper.abstract or paper.doi):
            return Skipped(self._number, self.line, "no title, abstract or DOI")
        return Record(paper, self._number, self.line)


READER = Reader("ris", _recognises, _read)
