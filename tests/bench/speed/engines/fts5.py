"""SQLite's FTS5, `detail=full`, contentless: MATCH of a disjunction, ORDER BY rank.

Its k1 is 1.2 and its idf Robertson's. A filter is a join with a table of what it allows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from tests.bench.speed.corpora import Corpus
from tests.bench.speed.questions import TOP, Question, allowed

_FILE = "fts5.db"
_TABLES = """
CREATE VIRTUAL TABLE papers USING fts5(text, content='', detail=full, tokenize='ascii');
CREATE TABLE tenth (id INTEGER PRIMARY KEY);
"""
_ASK = "SELECT papers.rowid FROM papers {} WHERE papers MATCH ? ORDER BY papers.rank LIMIT ?"
_JOIN = "JOIN {0} ON {0}.id = papers.rowid"


def build(corpus: Corpus, folder: Path) -> None:
    """In one transaction, and merged into one b-tree in the end."""
    words = [f"t{number}" for number in range(len(corpus.frequencies))]

    def rows() -> Iterator[tuple[int, str]]:
        for number, terms in enumerate(corpus):
            yield number, " ".join([words[term] for term in terms])

    inside = allowed("tenth", len(corpus)).nonzero()[0].tolist()
    connection = sqlite3.connect(folder / _FILE)
    connection.executescript(_TABLES)
    with connection:
        connection.executemany("INSERT INTO papers (rowid, text) VALUES (?, ?)", rows())
        connection.executemany("INSERT INTO tenth VALUES (?)", ((one,) for one in inside))
    with connection:
        connection.execute("INSERT INTO papers (papers) VALUES ('optimize')")
    connection.execute("VACUUM")
    connection.close()


class Engine:
    """One connection, its file memory-mapped."""

    def __init__(self, folder: Path, _how: str) -> None:
        self._connection = sqlite3.connect(folder / _FILE)
        self._connection.execute(f"PRAGMA mmap_size = {1 << 34}")

    def answer(self, question: Question) -> list[int]:
        """Papers are numbered by rowid."""
        ask = _ASK.format(_JOIN.format(question.filter) if question.filter else "")
        words = " OR ".join(f"t{number}" for number in question.terms)
        return [number for (number,) in self._connection.execute(ask, (words, TOP))]
