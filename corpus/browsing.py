"""Finding one's way without a question: by subject, keyword, journal and year."""

from __future__ import annotations

from corpus.paper import Paper, Topic
from corpus.store import Store
from corpus.topics import topic_key

_SELECT = "SELECT id, kind, name, papers FROM topics"
_LATEST_FIRST = "CAST(name AS INTEGER) DESC"
_MOST_FIRST = "papers DESC, id"
_OF_A_PAPER = ("subject", "journal", "year", "keyword")


class Browsing:
    """The topics of the papers of `store`, with counts, and the papers of each."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def topics(
        self, kind: str, containing: str = "", *, limit: int, offset: int = 0
    ) -> tuple[list[Topic], int]:
        """Topics of `kind`, one of `TOPICS`, whose name has `containing` in it, and how many there
        are in all. Those of most papers come first; of years the latest.
        """
        where, values = "kind = ? AND papers > 0", [kind]
        if part := topic_key(containing):
            where += " AND instr(key, ?)"
            values.append(part)
        order = _LATEST_FIRST if kind == "year" else _MOST_FIRST
        db = self._store.connection
        rows = db.execute(
            f"{_SELECT} WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?", [*values, limit, offset]
        )
        found = [Topic(*row) for row in rows]
        total = db.execute(f"SELECT count(*) FROM topics WHERE {where}", values).fetchone()[0]
        return found, total

    def named(self, kind: str, name: str) -> Topic | None:
        """The topic of this kind and name, however it is capitalised, if any paper has it."""
        row = self._store.connection.execute(
            f"{_SELECT} WHERE kind = ? AND key = ? AND papers > 0", [kind, topic_key(name)]
        ).fetchone()
        return Topic(*row) if row else None

    def numbered(self, id: int) -> Topic | None:
        """The topic of this number, which may have lost its last paper."""
        row = self._store.connection.execute(f"{_SELECT} WHERE id = ?", [id]).fetchone()
        return Topic(*row) if row else None

    def of(self, paper: int) -> list[Topic]:
        """What a paper can be browsed on by: its subjects, journal, year, and keywords."""
        rows = self._store.connection.execute(
            f"{_SELECT} WHERE id IN (SELECT topic FROM tagged WHERE paper = ?)", [paper]
        )
        found = (Topic(*row) for row in rows)
        return sorted(found, key=lambda one: (_OF_A_PAPER.index(one.kind), one.id))

    def papers(self, topic: int, *, limit: int, offset: int = 0) -> list[Paper]:
        """Papers of the topic of this number, newest first and those without a year last."""
        rows = self._store.connection.execute(
            "SELECT paper FROM tagged WHERE topic = ?"
            " ORDER BY year DESC, paper DESC LIMIT ? OFFSET ?",
            [topic, limit, offset],
        )
        return self._store.papers([row[0] for row in rows])
