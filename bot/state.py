"""What the bot remembers: the questions behind lists, and who was shown which, for a while, and
what people keep.

It lives in `state.db`, apart from the papers, so that an import never makes a press wait. No
question behind a list is stored with who asked it. What is about a person stands in a row that
names them in a column `person`, or that refers to such a row: `bot.privacy` goes by that.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sqlite_utils import Database, Migrations

from bot.answer import Question
from corpus.paper import Filters

STATE = "state.db"

migrations = Migrations("similit.state")
_DAY = 86_400
_LAST = "last question"
# Facts are about the bot as it is; what people had before them then, they no longer follow up on.
_NOT_TAKEN_UP = ("facts", "shown")
_DETAILS = ("like", "sort", "liked", "disliked")
_LISTS = 20
"""How many lists somebody can go back to in a place."""
_THEIRS = (
    "SELECT id, numbers, page, papers, at FROM shown WHERE person = ? AND place = ?"
    " ORDER BY id DESC"
)


@migrations()
def m001_questions(db: Database) -> None:
    """The questions behind the lists that were sent, and what the commands were synced as."""
    db.table("questions").create(
        {"id": int, "text": str, "top": int, "filters": str, "asked_at": int}, pk="id"
    )
    db.table("questions").create_index(["asked_at"])
    db.table("facts").create({"name": str, "value": str}, pk="name")


@migrations()
def m002_lists(db: Database) -> None:
    """Reading lists and what is in them, who has read what, and what people prefer.

    Numbers of lists are random: the same number is the same list, in a copy of old too. A paper of
    the demo corpus has its number below zero.
    """
    for table in (
        """lists (id INTEGER PRIMARY KEY, person TEXT NOT NULL, name TEXT NOT NULL,
            folded TEXT NOT NULL, channel TEXT NOT NULL, at INTEGER NOT NULL,
            UNIQUE (person, folded))""",
        """saved (list INTEGER NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
            paper INTEGER NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL,
            note TEXT NOT NULL, tags TEXT NOT NULL, PRIMARY KEY (list, paper))""",
        """readings (person TEXT NOT NULL, paper INTEGER NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY (person, paper))""",
        """preferences (person TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
            PRIMARY KEY (person, name))""",
    ):
        db.execute(f"CREATE TABLE {table}")
    db.execute("CREATE INDEX lists_channel ON lists (channel)")
    db.execute("CREATE INDEX saved_person ON saved (person)")


@migrations()
def m003_watches(db: Database) -> None:
    """What people want to be told of, the digests made for it, and what each has told them.

    A digest is made and noted as told in one step, and stays until it was sent; `told` is of what
    a paper is, not of its number, which another import may change.
    """
    for table in (
        """watches (id INTEGER PRIMARY KEY, person TEXT NOT NULL, channel TEXT NOT NULL,
            text TEXT NOT NULL, paper INTEGER, filters TEXT NOT NULL,
            list INTEGER REFERENCES lists (id) ON DELETE CASCADE,
            locale TEXT NOT NULL, pace TEXT NOT NULL, zone TEXT NOT NULL,
            seen INTEGER NOT NULL, due INTEGER NOT NULL, at REAL NOT NULL)""",
        """digests (id INTEGER PRIMARY KEY,
            watch INTEGER NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
            hits TEXT NOT NULL, made INTEGER NOT NULL, sent INTEGER NOT NULL,
            tries INTEGER NOT NULL, due INTEGER NOT NULL)""",
        """told (watch INTEGER NOT NULL REFERENCES watches (id) ON DELETE CASCADE,
            paper TEXT NOT NULL, PRIMARY KEY (watch, paper))""",
    ):
        db.execute(f"CREATE TABLE {table}")
    db.execute("CREATE INDEX watches_person ON watches (person)")
    db.execute("CREATE INDEX watches_list ON watches (list)")
    db.execute("CREATE INDEX digests_watch ON digests (watch, sent)")


@migrations()
def m004_details(db: Database) -> None:
    """What else a question says, by the names that `bot.answer.Question` has for it."""
    db.table("questions").add_column("details", str, not_null_default="{}")


@migrations()
def m005_shown(db: Database) -> None:
    """Which pages of lists people have before them, so that words can follow up on them.

    `numbers` are what the list stands for, as in its buttons, `papers` its papers by their ranks.
    """
    db.table("shown").create(
        {
            "id": int,
            "person": str,
            "place": str,
            "numbers": str,
            "page": int,
            "papers": str,
            "at": int,
        },
        pk="id",
    )
    db.table("shown").create_index(["person", "place"])
    db.table("shown").create_index(["at"])


@migrations()
def m010_met(db: Database) -> None:
    """Who has written to the bot directly, and was greeted then."""
    db.execute("CREATE TABLE met (person TEXT PRIMARY KEY, at INTEGER NOT NULL)")


@migrations()
def m011_pending(db: Database) -> None:
    """Who wants to add a file; the files lie beside. No number is given twice."""
    db.execute(
        "CREATE TABLE pending (id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL,"
        " at INTEGER NOT NULL)"
    )


@migrations()
def m012_chosen(db: Database) -> None:
    """Which server's library answers a person's direct messages, after which message's id."""
    db.execute(
        "CREATE TABLE chosen (person TEXT NOT NULL, since INTEGER NOT NULL,"
        " server TEXT NOT NULL, PRIMARY KEY (person, since))"
    )


class Seen(NamedTuple):
    """A page of a list that somebody was shown: what it stands for, and its papers by rank."""

    numbers: tuple[int, ...]
    page: int
    papers: dict[int, int]


class State:
    """The file `state.db` of a library's folder. Safe to use from any thread."""

    def __init__(self, path: Path, keep_days: int = 90) -> None:
        self._lock = threading.Lock()
        connection = sqlite3.connect(path, timeout=10, check_same_thread=False)
        self._db = Database(connection, execute_plugins=False)
        self._keep = keep_days * _DAY
        self._db.enable_wal()
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.execute("PRAGMA foreign_keys=ON")
        self._db.execute("PRAGMA secure_delete=ON")  # what is erased is gone from the file too
        if migrations.pending(self._db):
            # Of several that come at once one makes the tables, and the others find them made.
            self._db.execute("BEGIN IMMEDIATE")
            migrations.apply(self._db)
            self._db.commit()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextlib.contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """The tables, to read and to change: all that is done within is kept, or nothing."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db.conn
                self._db.commit()
            except BaseException:
                self._db.rollback()
                raise

    def shrink(self) -> None:
        """Put everything into the one file, so that its log holds nothing that was erased."""
        with self._lock:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def keep(self, question: Question) -> int:
        """Remember a question under a number, and forget those that are too old."""
        now = int(time.time())
        filters, details = filters_as_text(question.filters), _said(question, _DETAILS)
        with self._lock, self._db.atomic():
            self._db.execute("DELETE FROM questions WHERE asked_at < ?", [now - self._keep])
            # A number is never given twice: a button of old must not lead to another's question.
            last = self._db.execute("SELECT value FROM facts WHERE name = ?", [_LAST]).fetchone()
            number = int(last[0]) + 1 if last else 1
            self._db.execute("REPLACE INTO facts (name, value) VALUES (?, ?)", [_LAST, str(number)])
            self._db.execute(
                "INSERT INTO questions (id, text, top, filters, details, asked_at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                [number, question.text, question.top, filters, details, now],
            )
            return number

    def question(self, number: int) -> Question | None:
        """The question kept under `number`, None where it has expired."""
        oldest = int(time.time()) - self._keep
        with self._lock:
            row = self._db.execute(
                "SELECT text, top, filters, details FROM questions WHERE id = ? AND asked_at >= ?",
                [number, oldest],
            ).fetchone()
        if row is None:
            return None
        details = _unsaid(row[3])
        return Question(text=row[0], top=row[1], filters=filters_in(row[2]), **details)

    def remember(self, place: str, person: str, seen: Seen) -> None:
        """Keep in mind what a person was shown last in a place, for as long as questions are kept.

        Another page of the last list takes its place.
        """
        now = int(time.time())
        numbers = json.dumps(seen.numbers)
        row = [person, place, numbers, seen.page, json.dumps(seen.papers), now]
        with self._lock, self._db.atomic():
            self._db.execute("DELETE FROM shown WHERE at < ?", [now - self._keep])
            rows = self._db.execute(_THEIRS, [person, place]).fetchall()
            gone = [id for id, theirs, *_ in rows[:1] if theirs == numbers]
            gone += [id for id, *_ in rows[_LISTS - 1 :]]
            self._db.execute(f"DELETE FROM shown WHERE id IN ({','.join('?' * len(gone))})", gone)
            self._db.execute(
                "INSERT INTO shown (person, place, numbers, page, papers, at)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                row,
            )

    def recalled(self, place: str, person: str) -> list[Seen]:
        """What a person was shown in a place and is still kept in mind, the last one last."""
        oldest = int(time.time()) - self._keep
        with self._lock:
            rows = self._db.execute(_THEIRS, [person, place]).fetchall()
        return [
            Seen(
                tuple(json.loads(numbers)),
                page,
                {int(rank): id for rank, id in json.loads(papers).items()},
            )
            for _, numbers, page, papers, at in reversed(rows)
            if at >= oldest
        ]

    def forget_last(self, place: str, person: str) -> None:
        """Put what a person was shown last in a place out of mind."""
        with self._lock, self._db.atomic():
            last = "SELECT max(id) FROM shown WHERE person = ? AND place = ?"
            self._db.execute(f"DELETE FROM shown WHERE id = ({last})", [person, place])

    def copy(self, path: Path) -> None:
        """Copy everything as it is now into the new file `path`."""
        with self._lock, contextlib.closing(sqlite3.connect(path)) as copy:
            self._db.conn.backup(copy)

    def take_up(self, path: Path) -> None:
        """Know again what the copy in `path` knows, beside what is known now, which comes first."""
        State(path, 0).close()  # brought up to date
        with self._lock:
            self._db.execute("ATTACH ? AS copy", [str(path)])
            try:
                with self._db.atomic():
                    self._db.execute("PRAGMA defer_foreign_keys=ON")
                    for table in self._db.table_names():
                        if table not in _NOT_TAKEN_UP and not table.startswith(("_", "sqlite_")):
                            self._db.execute(
                                f"INSERT OR IGNORE INTO main.{table} SELECT * FROM copy.{table}"
                            )
                    self._forget_orphans()
                    self._take_up_numbers()
                    self._db.execute(
                        "REPLACE INTO facts (name, value) SELECT ?, max(CAST(value AS INTEGER))"
                        " FROM (SELECT * FROM facts UNION ALL SELECT * FROM copy.facts)"
                        " WHERE name = ? GROUP BY name",
                        [_LAST, _LAST],
                    )
            finally:
                self._db.execute("DETACH copy")

    def _take_up_numbers(self) -> None:
        """Give no number again that the copy has given, even if its row is gone."""
        given = self._db.execute(
            "SELECT max(seq), name FROM (SELECT * FROM main.sqlite_sequence"
            " UNION ALL SELECT * FROM copy.sqlite_sequence) GROUP BY name"
        ).fetchall()
        self._db.execute("DELETE FROM main.sqlite_sequence")
        for row in given:
            self._db.execute("INSERT INTO main.sqlite_sequence (seq, name) VALUES (?, ?)", row)

    def _forget_orphans(self) -> None:
        """Leave out of a copy what belongs to a row that could not be taken up."""
        while rows := self._db.execute("PRAGMA main.foreign_key_check").fetchall():
            for table, rowid, *_ in rows:
                self._db.execute(f"DELETE FROM main.{table} WHERE rowid = ?", [rowid])

    def fact(self, name: str) -> str:
        """A fact the bot noted about itself, "" where there is none."""
        with self._lock:
            row = self._db.execute("SELECT value FROM facts WHERE name = ?", [name]).fetchone()
        return row[0] if row else ""

    def note(self, name: str, value: str) -> None:
        """Keep a fact about the bot itself."""
        with self._lock, self._db.atomic():
            self._db.execute("REPLACE INTO facts (name, value) VALUES (?, ?)", [name, value])


def filters_as_text(filters: Filters) -> str:
    """Filters as JSON: those that filter something."""
    return _said(filters, Filters.__dataclass_fields__)


def filters_in(text: str) -> Filters:
    """The filters that `filters_as_text` wrote."""
    return Filters(**_unsaid(text))


def _said(value: Question | Filters, names: Iterable[str]) -> str:
    """What the fields of these names say, as JSON, without those that say nothing."""
    said = {name: getattr(value, name) for name in names if getattr(value, name)}
    return json.dumps(said, ensure_ascii=False)


def _unsaid(said: str) -> dict[str, Any]:
    """The fields that `_said` said."""
    return {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in json.loads(said).items()
    }
