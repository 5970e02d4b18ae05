"""JSON lines: the project's own names, and BEIR's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from corpus.paper import Paper
from corpus.readers import Reader, Record, Skipped, Text
from corpus.readers.fields import paper
from corpus.readers.json_items import whole

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


def _recognises(head: str) -> bool:
    first = next((line for line in head.splitlines() if line.strip()), "")
    return first.lstrip().startswith("{") and not head.lstrip().startswith("{\\")


def _read(lines: Text) -> Iterator[Record | Skipped]:
    number = 0
    for line in lines:
        if not line.text.strip():
            continue
        number += 1
        try:
            record = whole(json.loads(line.text))
        except (ValueError, RecursionError) as error:
            yield Skipped(number, line.number, _reason(error))
            continue
        if not isinstance(record, dict):
            yield Skipped(number, line.number, "not a JSON object")
            continue
        read = _paper(record)
        if read == Paper():
            yield Skipped(number, line.number, "no field in it says anything")
        else:
            yield Record(read, number, line.number)


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg}"
    if isinstance(error, RecursionError):
        return "not JSON: nested too deep"
    return f"not readable: {error}"


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
