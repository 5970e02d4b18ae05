"""Which papers filters allow, at a million papers as soon as at a few.

Columns hold what filters ask about as it was in one state of the library; papers that changed since
are read from their rows and stand in columns of their own, over the first. Papers that are gone
need not be known: nobody asks about them. Few papers have their columns in memory; those of many
are a file, made in the background (`corpus.sieve.making`) while rows are read the plain way.
"""

from __future__ import annotations

import subprocess
import threading
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.paper import Filters
from corpus.process import started
from corpus.sieve import making, plain
from corpus.sieve.columns import LATE, NO_YEAR, Columns, made
from corpus.sieve.making import Made
from corpus.store import State, Store

Array = NDArray[Any]

_LARGE = 1 << 15
"""Papers from which on columns are made in the background, in a file."""
_LATE = 1 << 10
"""Papers changed since that are worth making columns anew …"""
_LATEST = 1 << 12
"""… and those from which on these are of no use until then."""


class Sieve:
    """Which papers of `store` filters allow; what it needs for many is kept in `folder`."""

    def __init__(self, folder: Path, store: Store) -> None:
        self._folder = folder
        self._store = store
        self._opening = threading.Lock()
        self._base: Made | None = None
        self._view: _View | None = None
        self._compiled = False
        self._making: subprocess.Popen[bytes] | None = None
        self._begun = ""

    def allowed(self, filters: Filters, ids: Array, state: State) -> Array:
        """Which documents `filters` allow, words, phrases and hidden numbers aside: bool[N].

        `ids` int64[N] are their library numbers. Called within a snapshot of `state`.
        """
        view = self._of(ids, state)
        if view is not None:
            return view.allowed(filters)
        return np.isin(ids, plain.matching(self._store.connection, filters))

    def newest(self, ids: Array, among: Array, count: int, state: State) -> Array:
        """The library numbers of the `count` newest of the documents `among`, newest first: int64.

        Those of no known year come last, and those of one year by number. `ids` are those of all
        documents, `among` is bool[N].
        """
        view = self._of(ids, state)
        if view is None:
            order = plain.by_year(self._store.connection)
            return order[np.isin(order, ids[among])][:count]
        chosen, years = ids[among], view.years[among]
        if 0 < count < len(years):
            recent = years >= np.partition(years, -count)[-count]
            chosen, years = chosen[recent], years[recent]
        return chosen[np.lexsort((chosen, -years))[:count]]

    def prepare(self, state: State) -> None:
        """Load what the first filter would otherwise wait for. Called within a snapshot."""
        with self._opening:
            self._prepared(state)

    def compile(self) -> None:
        """From now on look into the texts of many papers with compiled code."""
        with self._opening:
            self._compiled = True
            self._sooner()

    def _sooner(self) -> None:
        if self._compiled and self._base is not None and len(self._base.columns.ids) >= _LARGE:
            self._base.columns.compile()

    def tidy(self) -> None:
        """Begin what many papers need after a change."""
        with self._store.snapshot() as state:
            if state.papers >= _LARGE:
                self.prepare(state)

    def _of(self, ids: Array, state: State) -> _View | None:
        view = self._view
        if view is None or view.token != state.version or view.ids is not ids:
            with self._opening:
                base = self._prepared(state)
                if base is None:
                    return None
                rows = self._store.connection.execute(LATE, [base.state])
                view = self._view = _View(state.version, ids, base.columns, made(rows))
        return view

    def _prepared(self, state: State) -> Made | None:
        """The columns to begin with, None where there are none of use."""
        late = self._late(self._base)
        if late >= _LATE and state.papers < _LARGE:
            self._base, late = making.in_memory(self._store.connection, state.version), 0
        elif late >= _LATE:
            self._base = making.newest(self._folder, self._store.connection) or self._base
            self._sooner()
            late = self._late(self._base)
            if late >= _LATE:
                self._begin(state.version)
        return self._base if late < _LATEST else None

    def _late(self, base: Made | None) -> int:
        """How many papers changed since, `_LATEST` where there are more or it is not known."""
        db = self._store.connection
        if base is None or not making.led_here(db, base.token):
            return _LATEST
        found = db.execute(
            "SELECT count(*) FROM (SELECT 1 FROM papers WHERE changed > ? LIMIT ?)",
            [base.state, _LATEST],
        )
        return int(found.fetchone()[0])

    def _begin(self, version: str) -> None:
        if self._begun == version or (self._making is not None and self._making.poll() is None):
            return
        self._begun = version
        self._making = started(making.__name__, str(self._store.path), str(self._folder))


class _View:
    """What filters allow of the documents with the library numbers `ids`, in the state `token`."""

    def __init__(self, token: str, ids: Array, base: Columns, late: Columns) -> None:
        self.token, self.ids = token, ids
        self._base, self._late = base, late
        # The documents begin with the papers of a large index, which are mostly those of `base`.
        both = min(len(base.ids), len(ids))
        self._same = both if np.array_equal(base.ids[:both], ids[:both]) else 0
        self._places = _places(base.ids, ids[self._same :])
        of_late = _places(late.ids, ids)
        self._changed = np.flatnonzero(of_late < len(late.ids))
        self._of_late = of_late[self._changed]

    def allowed(self, filters: Filters) -> Array:
        """Which documents `filters` allow: bool[N]."""
        return self._seen(self._base.allowed(filters), self._late.allowed(filters), False)

    @property
    def years(self) -> Array:
        """The year of every document, `NO_YEAR` where it is not known: int64[N]."""
        return self._seen(self._base.years, self._late.years, NO_YEAR)

    def _seen(self, base: Array, late: Array, absent: object) -> Array:
        seen = base[: self._same]
        if len(self._places):
            others = np.append(base, np.array(absent, dtype=base.dtype))[self._places]
            seen = np.concatenate([seen, others])
        if len(self._changed):
            seen = seen.copy()
            seen[self._changed] = late[self._of_late]
        return seen


def _places(known: Array, ids: Array) -> Array:
    """Where each of `ids` stands among those `known`, which ascend; their count if nowhere."""
    if not len(known):
        return np.zeros(len(ids), dtype=np.int64)
    places = np.searchsorted(known, ids)
    places[np.append(known, -1)[places] != ids] = len(known)
    return places
