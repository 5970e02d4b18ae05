"""Filters the plain way, by reading the rows of every paper.

What answers until there are columns, and what they are held against.
"""

from __future__ import annotations

import sqlite3
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.paper import Filters
from corpus.text.normalise import fold

Array = NDArray[Any]


def matching(db: sqlite3.Connection, filters: Filters) -> Array:
    """The papers that `filters` allow, words, phrases and hidden numbers aside: int64[M].

    Their numbers, ascending.
    """
    where, values = ["1"], []
    for column, part in (
        ("authors", filters.author),
        ("title || char(10) || translated_title", filters.title),
        ("keywords", filters.keyword),
        ("journal", filters.journal),
    ):
        if part:
            where.append(f"instr(folded({column}), ?)")
            values.append(fold(part))
    for condition, value in (
        ("id > ?", filters.after or None),
        ("year >= ?", filters.first_year),
        ("year <= ?", filters.last_year),
        ("written_in = ?", filters.language or None),
    ):
        if value is not None:
            where.append(condition)
            values.append(str(value))
    # Not in order: so that all of them can be read from the smallest index alone.
    rows = db.execute(f"SELECT id FROM papers WHERE {' AND '.join(where)}", values).fetchall()
    return np.sort(np.fromiter((row[0] for row in rows), np.int64, len(rows)))


def by_year(db: sqlite3.Connection) -> Array:
    """The numbers of all papers, newest first, and those of no known year last: int64[N]."""
    rows = db.execute("SELECT id FROM papers ORDER BY year DESC, id").fetchall()
    return np.fromiter((row[0] for row in rows), np.int64, len(rows))
