"""CSV that opens right in Excel: a byte order mark, all quoted, and no cell taken for a formula."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from corpus.paper import Paper
from corpus.readers.cells import guarded, joined
from corpus.readers.columns import LISTS, OURS
from corpus.readers.fields import text, texts
from corpus.writers import Writer

_FIELDS = Paper.__dataclass_fields__


def _write(papers: Iterable[Paper]) -> Iterator[str]:
    yield "\ufeff"
    yield _row(OURS)
    for paper in papers:
        yield _row(_cell(paper, name) for name in OURS)


def _cell(paper: Paper, column: str) -> str:
    name = "source_id" if column == "id" else column
    value: Any = getattr(paper, name) if name in _FIELDS else paper.extra.get(name)
    return joined(texts(value)) if name in LISTS else text(value)


def _row(cells: Iterable[str]) -> str:
    return ",".join('"' + guarded(cell).replace('"', '""') + '"' for cell in cells) + "\r\n"


WRITER = Writer("csv", ".csv", _write)
