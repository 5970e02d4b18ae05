"""JSON lines, or one array of the same: the project's own names, and BEIR's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.paper import Paper
from corpus.readers import Reader, Record, Skipped, Text
from corpus.readers.fields import paper
from corpus.readers.json_items import papers_by_line, sample

NAMES = {
    "id": "source_id",
    "_id": "source_id",
    "text": "abstract",
    "author": "authors",
    "keyword": "keywords",
    "subject": "subjects",
    "lang": "language",
}
"""Names that other data sets have for our fields; `id` is ours for a record's own."""

_OURS = frozenset(Paper.__dataclass_fields__)
_FIELDS = frozenset(Paper.__dataclass_fields__) - {"id", "extra"}
_SURE = frozenset(("title", "abstract", "text", "doi"))  # an array of anything else is not ours


def _recognises(head: str) -> bool:
    beginning = head.lstrip("\ufeff \t\n")
    if beginning.startswith("["):
        return not _SURE.isdisjoint(sample(head))
    return beginning.startswith("{") and not beginning.startswith("{\\")


def _read(text: Text) -> Iterator[Record | Skipped]:
    return papers_by_line(text, _paper)


def _paper(record: dict[str, Any]) -> Paper:
    fields: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    named: dict[str, str] = {}
    for name, value in record.items():
        known = NAMES.get(name, name)
        if known not in _FIELDS or (known in fields and name not in _OURS):
            extra[name] = value
        else:
            if known in fields:  # both `text` and `abstract`: the one with our name counts
                extra[named[known]] = fields[known]
            fields[known], named[known] = value, name
    return paper(fields, extra)


READER = Reader("jsonl", _recognises, _read, general=True)
