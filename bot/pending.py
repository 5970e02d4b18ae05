"""Files that somebody wants to add to a library, kept until they are added or a day has passed."""

from __future__ import annotations

import re
import shutil
import time
from pathlib import Path
from typing import NamedTuple

from bot.state import State

FOLDER = "pending"
HOURS = 24
_NOT_IN_NAMES = re.compile(r"[^\w.-]+")


class Waiting(NamedTuple):
    """A file that waits to be added, and the number that buttons know it by."""

    number: int
    path: Path


class Pending:
    """The files that wait beside the library in `folder`; `state` knows whose they are."""

    def __init__(self, state: State, folder: Path) -> None:
        self._state = state
        self._folder = folder / FOLDER

    def keep(self, person: int, name: str, data: bytes) -> Waiting:
        """Keep a file of this name and content; those that are too old go."""
        now = int(time.time())
        with self._state.changing() as db:
            db.execute("DELETE FROM pending WHERE at < ?", [now - HOURS * 3600])
            number = int(
                db.execute(
                    "INSERT INTO pending (person, at) VALUES (?, ?) RETURNING id",
                    [str(person), now],
                ).fetchone()[0]
            )
        self.sweep()
        path = (
            self._folder / str(number) / (_NOT_IN_NAMES.sub("_", Path(name).name)[-80:] or "file")
        )
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
        return Waiting(number, path)

    def file(self, number: int) -> Path | None:
        """The file of this number, None where it waits no longer."""
        with self._state.changing() as db:
            oldest = int(time.time()) - HOURS * 3600
            row = db.execute("SELECT 1 FROM pending WHERE id = ? AND at >= ?", [number, oldest])
            waits = row.fetchone() is not None
        found = sorted((self._folder / str(number)).glob("*")) if waits else []
        return found[0] if found else None

    def sweep(self) -> None:
        """Keep no file that nobody waits for."""
        with self._state.changing() as db:
            waiting = {str(row[0]) for row in db.execute("SELECT id FROM pending")}
            for folder in self._folder.glob("*"):
                if folder.name not in waiting:
                    shutil.rmtree(folder, ignore_errors=True)

    def drop(self, number: int) -> None:
        """Keep the file no longer."""
        with self._state.changing() as db:
            db.execute("DELETE FROM pending WHERE id = ?", [number])
        shutil.rmtree(self._folder / str(number), ignore_errors=True)
