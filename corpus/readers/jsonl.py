"""JSON lines: the project's own names, and BEIR's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from corpus.paper import Paper
from corpus.readers import Line, Reader, Record, Skipped
from corpus.readers.fields import paper

_NAMES = {
    "id": "source_id",
    "_id": "source_id",
    "text": "abstract",
    "author": "authors",
    "keyword": "keywords",
    "subject": "subjects",
    "lang": "language",
}
_FIELDS = frozenset(Paper.__dataclass_fields__) - {"id", "extra"}


def _recognises(head: str) -> bool:
    first = next((line for line in head.splitlines() if line.strip()), "")
    return first.lstrip().startswith("{") and not head.lstrip().startswith("{\\")


def _read(lines: Iterator[Line]) -> Iterator[Record | Skipped]:
    number = 0
    for line in lines:
        if not line.text.strip():
            continue
        number += 1
        try:
            record = json.loads(line.text)
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
            yield Skipped(number, line.number, f"not JSON: {reason}")
            continue
        if not isinstance(record, dict):
            yield Skipped(number, line.number, "not a JSON object")
            continue
        read = _paper(record)
        if read == Paper():
            yield Skipped(number, line.number, "no field in it says anything")
        else:
            yield Record(read, number, line.number)


def _paper(record: dict[str, Any]) -> Paper:
    fields: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for name, value in record.items():
        known = _NAMES.get(name, name)
        if known not in _FIELDS or (name == "source_id" and ("id" in record or "_id" in record)):
            extra[name] = value
        elif name != known and known in record:
            extra[name] = value  # both `abstract` and `text`: the one with our name counts
        elif known in fields:
            extra[name] = value
        else:
            fields[known] = value
    return paper(fields, extra)


READER = Reader("jsonl", _recognises, _read)
