"""CSL-JSON, for citation processors and reference managers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from corpus.paper import Paper
from corpus.readers.csl import item_of
from corpus.writers import Writer


def csl_item(paper: Paper) -> dict[str, Any]:
    """`paper` as an item of CSL-JSON: `corpus.readers.csl` says how."""
    return item_of(paper)


def _write(papers: Iterable[Paper]) -> Iterator[str]:
    before = "[\n"
    for paper in papers:
        yield before + json.dumps(csl_item(paper), ensure_ascii=False, default=str)
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


WRITER = Writer("csl-json", ".json", _write)
