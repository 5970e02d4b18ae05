"""Columns of many papers in a file, made by a process of its own while questions go on.

The process is told a library and a folder. The file is named after the state it was made of, and
put in place whole; earlier ones go then. Where the process is killed, nothing of it stays. What
looks into the texts is compiled then, too.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np

from corpus.ranking import arrays
from corpus.ranking.parts import number
from corpus.sieve.columns import READ, TYPES, Array, Columns, Row, made, make
from corpus.store import Store
from corpus.text.terms import version as rules

_SUFFIX = ".columns"
_FORM = "1"
"""Of the arrays in a file: one of another form is not read."""
_AT_ONCE = 1 << 22


class Made(NamedTuple):
    """The columns of the papers as they were in the state `token`."""

    token: str
    columns: Columns

    @property
    def state(self) -> int:
        """Which in the row of states it is."""
        return number(self.token)


def path_of(folder: Path, token: str) -> Path:
    """Where the columns of this state are, if they are."""
    return folder / f"{token}.{rules()}-{_FORM}{_SUFFIX}"


def led_here(db: sqlite3.Connection, token: str) -> bool:
    """Whether this state is the present one, or one of those that led to it."""
    return db.execute("SELECT 1 FROM states WHERE token = ?", [token]).fetchone() is not None


def newest(folder: Path, db: sqlite3.Connection) -> Made | None:
    """The columns of the latest state that led here, None where there are none."""
    tokens = (path.name.split(".", 1)[0] for path in folder.glob(f"*{_SUFFIX}"))
    for token in sorted((one for one in tokens if led_here(db, one)), key=number, reverse=True):
        with contextlib.suppress(OSError, arrays.TornIndex):
            return Made(token, Columns(*arrays.read(path_of(folder, token))))
    return None


def in_memory(db: sqlite3.Connection, token: str) -> Made:
    """The columns of the present state, which `token` names, made now."""
    return Made(token, made(db.execute(f"{READ} ORDER BY id")))


def write(rows: Iterable[Row], path: Path) -> None:
    """Put the columns of the papers in `rows`, by number, into the file `path`."""
    with _spooled(path.parent) as spool:
        facts = make(rows, lambda name, piece: _append(spool[name], piece))
        sizes = {
            name: (kind, spool[name].tell() // np.dtype(kind).itemsize)
            for name, kind in TYPES.items()
        }
        with arrays.writing(path, sizes, facts) as sink:
            for name, kind in TYPES.items():
                spool[name].seek(0)
                while piece := spool[name].read(_AT_ONCE):
                    sink.put(name, np.frombuffer(piece, kind))


@contextlib.contextmanager
def _spooled(folder: Path) -> Iterator[dict[str, IO[bytes]]]:
    """A file for each array, without a name, so that none stays behind."""
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        yield {name: stack.enter_context(tempfile.TemporaryFile(dir=folder)) for name in TYPES}


def _append(file: IO[bytes], piece: Array) -> None:
    file.write(np.ascontiguousarray(piece).data)


def bring_up_to_date(library: Path, folder: Path) -> None:
    """What the other process does: columns of the present state, in place of earlier ones."""
    with contextlib.suppress(OSError):
        os.nice(10)  # people who ask meanwhile come first
    store = Store(library)
    with store.snapshot() as state:
        path = path_of(folder, state.version)
        if not path.exists():
            write(store.connection.execute(f"{READ} ORDER BY id"), path)
    for old in folder.glob(f"*{_SUFFIX}"):
        # A later state may have got its own meanwhile.
        if old != path and number(old.name) <= number(path.name):
            with contextlib.suppress(OSError):
                old.unlink()
    Columns(*arrays.read(path)).compile()  # kept on disk: whoever asks need not wait for it
    store.close()


if __name__ == "__main__":
    bring_up_to_date(Path(sys.argv[1]), Path(sys.argv[2]))
