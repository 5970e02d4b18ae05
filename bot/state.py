"""What the bot remembers about conversations: the questions behind lists, for a while.

They live in `state.db`, apart from the papers, so that an import never makes a press wait. No
question is stored with who asked it.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import threading
import time
from pathlib import Path

from sqlite_utils import Database, Migrations

from bot.answer import Question
from corpus.paper import Filters

STATE = "state.db"

migrations = Migrations("similit.state")
_DAY = 86_400
_LAST = "last question"


@migrations()
def m001_questions(db: Database) -> None:
    """The questions behind the lists that were sent, and what the commands were synced as."""
    db.table("questions").create(
        {"id": int, "text": str, "top": int, "filters": str, "asked_at": int}, pk="id"
    )
    db.table("questions").create_index(["asked_at"])
    db.table("facts").create({"name": str, "value": str}, pk="name")


class State:
    """The file `state.db` of a library's folder. Safe to use from any thread."""

    def __init__(self, path: Path, keep_days: int = 90) -> None:
        self._lock = threading.Lock()
        connection = sqlite3.connect(path, timeout=10, check_same_thread=False)
        self._db = Database(connection, execute_plugins=False)
        self._keep = keep_days * _DAY
        self._db.enable_wal()
        self._db.execute("PRAGMA synchronous=NORMAL")
        migrations.apply(self._db)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def keep(self, question: Question) -> int:
        """Remember a question under a number, and forget those that are too old."""
        now = int(time.time())
        filters = {
            name: getattr(question.filters, name)
            for name in Filters.__dataclass_fields__
            if getattr(question.filters, name)
        }
        with self._lock, self._db.atomic():
            self._db.execute("DELETE FROM questions WHERE asked_at < ?", [now - self._keep])
            # A number is never given twice: a button of old must not lead to another's question.
            last = self._db.execute("SELECT value FROM facts WHERE name = ?", [_LAST]).fetchone()
            number = int(last[0]) + 1 if last else 1
            self._db.execute("REPLACE INTO facts (name, value) VALUES (?, ?)", [_LAST, str(number)])
            self._db.execute(
                "INSERT INTO questions (id, text, top, filters, asked_at) VALUES (?, ?, ?, ?, ?)",
                [number, question.text, question.top, json.dumps(filters, ensure_ascii=False), now],
            )
            return number

    def question(self, number: int) -> Question | None:
        """The question kept under `number`, None where it has expired."""
        oldest = int(time.time()) - self._keep
        with self._lock:
            row = self._db.execute(
                "SELECT text, top, filters FROM questions WHERE id = ? AND asked_at >= ?",
                [number, oldest],
            ).fetchone()
        if row is None:
            return None
        filters = json.loads(row[2])
        filters["without"] = tuple(filters.get("without", ()))
        return Question(text=row[0], top=row[1], filters=Filters(**filters))

    def copy(self, path: Path) -> None:
        """Copy everything as it is now into the new file `path`."""
        with self._lock, contextlib.closing(sqlite3.connect(path)) as copy:
            self._db.conn.backup(copy)

    def take_up(self, path: Path) -> None:
        """Know the questions of the copy in `path` again, beside those that are known now."""
        State(path, 0).close()  # brought up to date
        with self._lock:
            self._db.execute("ATTACH ? AS copy", [str(path)])
            try:
                with self._db.atomic():
                    self._db.execute("INSERT OR IGNORE INTO questions SELECT * FROM copy.questions")
                    self._db.execute(
                        "REPLACE INTO facts (name, value) SELECT ?, max(CAST(value AS INTEGER))"
                        " FROM (SELECT * FROM facts UNION ALL SELECT * FROM copy.facts)"
                        " WHERE name = ? GROUP BY name",
                        [_LAST, _LAST],
                    )
            finally:
                self._db.execute("DETACH copy")

    def fact(self, name: str) -> str:
        """A fact the bot noted about itself, "" where there is none."""
        with self._lock:
            row = self._db.execute("SELECT value FROM facts WHERE name = ?", [name]).fetchone()
        return row[0] if row else ""

    def note(self, name: str, value: str) -> None:
        """Keep a fact about the bot itself."""
        with self._lock, self._db.atomic():
            self._db.execute("REPLACE INTO facts (name, value) VALUES (?, ?)", [name, value])
