"""What was put into a library, and when."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Imported:
    """An import: its number, when it was made (UTC, ISO 8601), of what, and how many of the papers
    that came with it are still here.
    """

    id: int
    at: str
    sources: tuple[str, ...]
    papers: int


def last(db: sqlite3.Connection) -> Imported | None:
    """The last import that has not been taken back, None where there is none."""
    row = db.execute("SELECT id, at, sources FROM imports ORDER BY id DESC LIMIT 1").fetchone()
    if row is None:
        return None
    state, at, sources = row
    papers = db.execute("SELECT count(*) FROM papers WHERE added = ?", [state]).fetchone()[0]
    return Imported(state, at, tuple(json.loads(sources)), papers)
