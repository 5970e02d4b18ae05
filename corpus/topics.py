"""Which subjects, keywords, journals and years the papers have: what a library is browsed by.

Kept beside the papers by every change, so that counting a million papers takes no time. A topic
keeps its number for good, even while no paper has it: buttons name it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from corpus.paper import TOPICS, Paper
from corpus.text.normalise import fold

_LONGEST = 200  # characters: what is longer is a sentence that stands in the wrong field
_AT_ONCE = 10_000
_NOTHING = 0


class Topics:
    """Keeps the topics of papers within one transaction on `db`."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._numbers: dict[tuple[str, str], int] = {}
        self._touched: set[int] = set()

    def put(self, paper: int, said: Paper) -> None:
        """Note what `said` says of the paper of this number."""
        year = said.year
        fields = (said.subjects, said.keywords, (said.journal,), (str(year or ""),))
        if any(map(any, fields)):
            self._put([(topic, year or 0, paper) for topic in self._found(fields)])

    def drop(self, paper: int) -> None:
        """Forget what was noted of the paper."""
        rows = self._db.execute("SELECT topic FROM tagged WHERE paper = ?", [paper])
        self._touched.update(row[0] for row in rows)
        self._db.execute("DELETE FROM tagged WHERE paper = ?", [paper])

    def forget_numbers(self) -> None:
        """Look every topic up again: some of those made since may have been rolled back."""
        self._numbers.clear()

    def refill(self) -> None:
        """Note everything anew, from the papers that are there now."""
        self._touched.update(row[0] for row in self._db.execute("SELECT id FROM topics"))
        self._db.execute("DELETE FROM tagged")
        rows: list[tuple[int, int, int]] = []
        for paper, subjects, keywords, journal, year in self._db.execute(
            "SELECT id, subjects, keywords, journal, year FROM papers"
        ):
            fields = (_listed(subjects), _listed(keywords), (journal,), (str(year or ""),))
            rows += [(topic, int(year or 0), paper) for topic in self._found(fields)]
            if len(rows) >= _AT_ONCE:
                self._put(rows)
                rows.clear()
        self._put(rows)

    def count(self) -> None:
        """Count the papers of each topic that was touched, once everything is done."""
        self._db.executemany(
            "UPDATE topics SET papers = (SELECT count(*) FROM tagged WHERE topic = topics.id)"
            " WHERE id = ?",
            [(topic,) for topic in sorted(self._touched)],
        )
        self._touched.clear()

    def _put(self, rows: Sequence[tuple[int, int, int]]) -> None:
        self._db.executemany("INSERT INTO tagged (topic, year, paper) VALUES (?, ?, ?)", rows)
        self._touched.update(row[0] for row in rows)

    def _found(self, fields: Iterable[Iterable[str]]) -> set[int]:
        """The numbers of what the fields, in the order of `TOPICS`, say."""
        said = zip(TOPICS, fields, strict=True)
        return {self._number(kind, name) for kind, names in said for name in names} - {_NOTHING}

    def _number(self, kind: str, name: str) -> int:
        number = self._numbers.get((kind, name))
        if number is None:
            number = self._numbers[kind, name] = self._noted(kind, " ".join(name.split()))
        return number

    def _noted(self, kind: str, name: str) -> int:
        key = topic_key(name)
        if not key or len(name) > _LONGEST:
            return _NOTHING
        self._db.execute(
            "INSERT OR IGNORE INTO topics (kind, key, name, papers) VALUES (?, ?, ?, 0)",
            [kind, key, name],
        )
        found = self._db.execute("SELECT id FROM topics WHERE kind = ? AND key = ?", [kind, key])
        return int(found.fetchone()[0])


def fill(db: sqlite3.Connection) -> None:
    """Note the topics of all papers, where none are noted yet."""
    made = Topics(db)
    made.refill()
    made.count()


def topic_key(name: str) -> str:
    """What names of one topic have in common, "" where a name says nothing."""
    return " ".join(fold(name).split())


def _listed(text: str | None) -> list[str]:
    return [one for one in json.loads(text) if isinstance(one, str)] if text else []
