"""JSON lines, the project's own form: nothing that a record had is lost."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from typing import Any

from corpus.paper import Paper
from corpus.readers.jsonl import NAMES
from corpus.writers import Writer

_FIELDS = [field.name for field in dataclasses.fields(Paper) if field.name not in ("id", "extra")]


def _write(papers: Iterable[Paper]) -> Iterator[str]:
    for paper in papers:
        yield json.dumps(_object(paper), ensure_ascii=False, default=str) + "\n"


def _object(paper: Paper) -> dict[str, Any]:
    """The paper's fields that say something, and beside them the record's own further ones.

    `id` is the record's own id: the library's number means nothing elsewhere.
    """
    said = {"id" if name == "source_id" else name: getattr(paper, name) for name in _FIELDS}
    said = {name: value for name, value in said.items() if value not in ("", (), None)}
    for other, name in NAMES.items():
        if other in paper.extra and other != "id" and name not in paper.extra:
            said.setdefault("id" if name == "source_id" else name, "")  # so that ours counts again
    return said | {name: value for name, value in paper.extra.items() if name not in said}


WRITER = Writer("jsonl", ".jsonl", _write)
