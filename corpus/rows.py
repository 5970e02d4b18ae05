"""How a paper stands in its row of `papers.db`."""

from __future__ import annotations

import dataclasses
import json
import operator
from collections.abc import Sequence
from typing import Any

from corpus.paper import Paper
from corpus.text.language import guess_language

COLUMNS = tuple(field.name for field in dataclasses.fields(Paper))
SELECT = f"SELECT {', '.join(COLUMNS)} FROM papers"
_LISTS = ("authors", "keywords", "subjects", "affiliations")
_FROM_TEXT = {**dict.fromkeys(_LISTS, tuple), "extra": dict}
_VALUES = operator.attrgetter(*COLUMNS)
_AS_TEXT = tuple((COLUMNS.index(name), "{}" if name == "extra" else "[]") for name in _FROM_TEXT)
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def paper_of(row: Sequence[Any]) -> Paper:
    """The paper in a row of the columns `COLUMNS`."""
    values = dict(zip(COLUMNS, row, strict=True))
    for name, kind in _FROM_TEXT.items():
        text = values[name]
        values[name] = kind(json.loads(text)) if len(text) > 2 else kind()
    return Paper(**values)


def row_of(paper: Paper, state: int) -> list[Any]:
    """The row of `paper`: `COLUMNS`, the language it is written in, and `state`, which wrote it."""
    row: list[Any] = list(_VALUES(paper))
    for place, empty in _AS_TEXT:
        row[place] = _ENCODE(row[place]) if row[place] else empty
    language = paper.language or guess_language(f"{paper.title}\n{paper.abstract}")
    return [*row, language, state]
