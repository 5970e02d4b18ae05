"""Whose papers and questions are meant: each server's that has a library of its own, or the host's.

What is done for somebody is done in a place. Where servers have libraries of their own and nobody
has said which place it is, nothing is to be had: no server sees another's by mistake.
"""

from __future__ import annotations

import contextlib
import dataclasses
import threading
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any, NamedTuple, cast

from bot.config import Config
from bot.shelf import Shelf
from bot.state import STATE, State
from corpus.library import Library

HOST = 0
"""The place of every server that has no library of its own."""
_HERE: ContextVar[int | None] = ContextVar("place", default=None)


class Place(NamedTuple):
    """Papers, and what is remembered about them."""

    shelf: Shelf
    state: State


class NoPlace(Exception):
    """Something was to be done in no place: a mistake in the program."""


class Places:
    """The places of one bot; `shelf` and `state` are the host's own."""

    def __init__(self, config: Config, shelf: Shelf, state: State) -> None:
        self._config = config
        self._folders = config.server_libraries()
        first = {folder: server for server, folder in reversed(self._folders.items())}
        self._homes = {server: first[folder] for server, folder in self._folders.items()}
        self._opening = threading.Lock()
        self._open: dict[Path | None, Place] = {None: Place(shelf, state)}
        self.several = bool(self._folders)

    @property
    def shelf(self) -> Shelf:
        """The papers of whatever place something is done in."""
        return cast("Shelf", _Here(lambda: self.here().shelf))

    @property
    def state(self) -> State:
        """What is remembered in whatever place something is done in."""
        return cast("State", _Here(lambda: self.here().state))

    def home(self, server: int) -> int:
        """The place of a server: the id of the first that has the same library, or `HOST`."""
        return self._homes.get(server, HOST)

    def called(self, home: int) -> str:
        """What a place is called by: the ids of its servers, or that of `HOST`."""
        return ", ".join(str(server) for server, at in self._homes.items() if at == home) or str(
            HOST
        )

    def here(self) -> Place:
        """The place that something is done in. Raises `NoPlace`."""
        server = _HERE.get()
        if server is None:
            if self.several:
                raise NoPlace
            server = HOST
        folder = self._folders.get(server)
        with self._opening:
            if folder not in self._open:
                self._open[folder] = self._made(folder)
            return self._open[folder]

    def enter(self, server: int) -> None:
        """Do everything that this task does from now on in the place of a server."""
        _HERE.set(self.home(server))

    @contextlib.contextmanager
    def within(self, server: int = HOST) -> Iterator[Place]:
        """Do what is within in the place of a server."""
        token = _HERE.set(self.home(server))
        try:
            yield self.here()
        finally:
            _HERE.reset(token)

    def is_here(self, server: int) -> bool:
        """Whether what is done now is done in the place of this server."""
        return self.home(server) == (_HERE.get() or HOST)

    @property
    def nowhere(self) -> bool:
        """Whether what is done now is done in no place."""
        return self.several and _HERE.get() is None

    def all(self) -> list[int]:
        """A server for each place that there is."""
        return [HOST, *dict.fromkeys(self._homes.values())]

    def close(self) -> None:
        """Close what was opened beside the host's own."""
        for folder, place in self._open.items():
            if folder is not None:
                place.shelf.close()
                place.state.close()

    def _made(self, folder: Path | None) -> Place:
        if folder is None:
            raise NoPlace
        Library(folder, create=True).close()
        library = dataclasses.replace(self._config.library, path=str(folder))
        config = dataclasses.replace(self._config, library=library)
        state = State(folder / STATE, self._config.privacy.keep_questions_days)
        return Place(Shelf(config, folder), state)


class _Here:
    """Whatever is found where something is done, looked up anew each time."""

    def __init__(self, find: Callable[[], object]) -> None:
        self._find = find

    def __getattr__(self, name: str) -> Any:
        return getattr(self._find(), name)


def choose(state: State, person: int, server: int | None, since: int) -> None:
    """Let the library of a server answer a person's direct messages from that with the id `since`
    on; None chooses none.
    """
    with state.changing() as db:
        db.execute(
            "REPLACE INTO chosen (person, since, server) VALUES (?, ?, ?)",
            [str(person), since, str(server or "")],
        )


def chosen(state: State, person: int, at: int) -> int | None:
    """The server whose library answered a person where the message with the id `at` stands; None
    where none was chosen until then. Discord's ids are in the order of time.
    """
    with state.changing() as db:
        row = db.execute(
            "SELECT server FROM chosen WHERE person = ? AND since <= ? ORDER BY since DESC LIMIT 1",
            [str(person), at],
        ).fetchone()
    return int(row[0]) if row and row[0] else None
