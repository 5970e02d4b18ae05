"""Watches: what people want to be told of when papers come that fit it, and the digests of it."""

from __future__ import annotations

import json
import secrets
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from bot.declined import Declined
from bot.reading_lists import NotYours, TooMany
from bot.schedule import retry_time
from bot.state import State, filters_as_text, filters_in
from corpus.paper import Extract, Filters

MOST_WATCHES = 24
_DAY = 86_400
_WATCH = (
    "SELECT id, person, channel, text, paper, list, filters, locale, pace, zone, seen, due"
    " FROM watches"
)
_DIGEST = "SELECT id, watch, hits, tries FROM digests"


class WatchMissing(Declined):
    """There is no such watch any more."""

    def __init__(self) -> None:
        super().__init__("watch-gone")


class Target(NamedTuple):
    """What is watched: a question, or what is like a paper, or like the papers of a list.

    `paper` is below zero for one of the demo corpus.
    """

    text: str = ""
    paper: int | None = None
    list: int | None = None
    filters: Filters = Filters()


class Watch(NamedTuple):
    """A watch. Its digests go to `channel`, or, where that is "", to the person alone.

    `seen` is the greatest number of the papers it has looked at; from `due` on it looks again.
    """

    id: int
    person: str
    channel: str
    target: Target
    locale: str
    pace: str
    zone: str
    seen: int
    due: int


class News(NamedTuple):
    """A paper that fits a watch, and what shows why."""

    paper: int
    score: float
    extract: Extract
    terms: tuple[str, ...]
    across: tuple[tuple[str, str], ...]


class Digest(NamedTuple):
    """What a watch has to tell; `tries` counts how often sending it has failed."""

    id: int
    watch: int
    news: tuple[News, ...]
    tries: int


class Watches:
    """The watches in a state."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, watch: Watch) -> Watch:
        """Keep a watch, under a number of its own. Raises `TooMany`."""
        watch = watch._replace(id=secrets.randbits(48) + 1)
        target = watch.target
        with self._state.changing() as db:
            (held,) = db.execute(
                "SELECT count(*) FROM watches WHERE person = ?", [watch.person]
            ).fetchone()
            if held >= MOST_WATCHES:
                raise TooMany("watch-too-many", MOST_WATCHES)
            db.execute(
                "INSERT INTO watches (id, person, channel, text, paper, list, filters, locale,"
                " pace, zone, seen, due, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    watch.id,
                    watch.person,
                    watch.channel,
                    target.text,
                    target.paper,
                    target.list,
                    filters_as_text(target.filters),
                    *watch[4:],
                    time.time(),
                ],
            )
        return watch

    def of(self, person: str) -> list[Watch]:
        """The watches of a person, the oldest first."""
        with self._state.changing() as db:
            rows = db.execute(f"{_WATCH} WHERE person = ? ORDER BY at, id", [person])
            return [_watch(row) for row in rows]

    def one(self, id: int) -> Watch:
        """The watch with this number. Raises `WatchMissing`."""
        with self._state.changing() as db:
            return _one(db, id)

    def end(self, id: int, person: str, *, keeper: bool = False) -> Watch:
        """End a watch of the person, or, for a `keeper` of its channel, of anybody.

        Raises `WatchMissing` and `NotYours`.
        """
        with self._state.changing() as db:
            found = _one(db, id)
            if found.person != person and not (keeper and found.channel):
                raise NotYours
            db.execute("DELETE FROM watches WHERE id = ?", [id])
            return found

    def due(self, now: int, newest: int, *, person: str = "") -> list[Watch]:
        """Those that have to look at papers up to number `newest`: a local person's, or all others.

        One whose last digest could not be sent yet waits.
        """
        whose, value = ("person = ?", person) if person else ("person NOT LIKE ?", "local:%")
        with self._state.changing() as db:
            rows = db.execute(
                f"{_WATCH} WHERE {whose} AND due <= ? AND seen < ? AND coalesce(paper, 1) > 0"
                " AND id NOT IN (SELECT watch FROM digests WHERE sent = 0) ORDER BY at, id",
                [value, now, newest],
            )
            return [_watch(row) for row in rows]

    def looked(
        self, watch: Watch, news: Mapping[str, News], *, seen: int, now: int, due: int
    ) -> bool:
        """Note that a watch has looked at papers up to number `seen`, and found `news`, by what
        the papers are: what it was told of before is left out of the digest that is made of the
        rest. Whether there is one. It looks again from `due` on.
        """
        with self._state.changing() as db:
            if not db.execute("SELECT 1 FROM watches WHERE id = ?", [watch.id]).fetchone():
                return False  # ended meanwhile
            fresh = [one for name, one in news.items() if _tell(db, watch.id, name)]
            if fresh:
                db.execute(
                    "INSERT INTO digests VALUES (?, ?, ?, ?, 0, 0, ?)",
                    [secrets.randbits(48) + 1, watch.id, _as_text(fresh), now, now],
                )
            db.execute("UPDATE watches SET seen = ?, due = ? WHERE id = ?", [seen, due, watch.id])
            return bool(fresh)

    # Digests

    def unsent(self, now: int, *, person: str = "") -> list[tuple[Watch, Digest]]:
        """The digests that are to be sent now, with their watches, as `due` chooses them."""
        whose, value = ("person = ?", person) if person else ("person NOT LIKE ?", "local:%")
        with self._state.changing() as db:
            rows = db.execute(
                f"{_DIGEST} WHERE sent = 0 AND due <= ? AND watch IN"
                f" (SELECT id FROM watches WHERE {whose}) ORDER BY made, id",
                [now, value],
            ).fetchall()
            return [(_one(db, row[1]), _digest(row)) for row in rows]

    def digest(self, id: int) -> Digest:
        """A digest, sent or not. Raises `WatchMissing` where it is not kept any longer."""
        with self._state.changing() as db:
            row = db.execute(f"{_DIGEST} WHERE id = ?", [id]).fetchone()
        if row is None:
            raise WatchMissing
        return _digest(row)

    def sent(self, digest: Digest, now: int, keep_days: int) -> None:
        """Note that a digest has been sent; it is kept for some days, so that its pages turn."""
        with self._state.changing() as db:
            db.execute("UPDATE digests SET sent = ? WHERE id = ?", [now, digest.id])
            db.execute("DELETE FROM digests WHERE sent > 0 AND sent < ?", [now - keep_days * _DAY])

    def failed(self, digest: Digest, now: int) -> None:
        """Note that a digest could not be sent: it is tried again, later each time."""
        tries = digest.tries + 1
        with self._state.changing() as db:
            db.execute(
                "UPDATE digests SET tries = ?, due = ? WHERE id = ?",
                [tries, retry_time(tries, now), digest.id],
            )


def _tell(db: sqlite3.Connection, watch: int, name: str) -> bool:
    """Whether a watch has not told of this paper, and from now on it has."""
    done = db.execute("INSERT OR IGNORE INTO told VALUES (?, ?)", [watch, name])
    return done.rowcount > 0


def _one(db: sqlite3.Connection, id: int) -> Watch:
    row = db.execute(f"{_WATCH} WHERE id = ?", [id]).fetchone()
    if row is None:
        raise WatchMissing
    return _watch(row)


def _watch(row: Sequence[Any]) -> Watch:
    id, person, channel, text, paper, list, filters, *rest = row
    return Watch(id, person, channel, Target(text, paper, list, filters_in(filters)), *rest)


def _as_text(news: Iterable[News]) -> str:
    rows = [
        [one.paper, one.score, one.extract.text, one.extract.marks, one.terms, one.across]
        for one in news
    ]
    return json.dumps(rows, ensure_ascii=False)


def _digest(row: Sequence[Any]) -> Digest:
    id, watch, text, tries = row
    news = tuple(
        News(
            paper,
            score,
            Extract(extract, tuple(map(tuple, marks))),
            tuple(terms),
            tuple(map(tuple, across)),
        )
        for paper, score, extract, marks, terms, across in json.loads(text)
    )
    return Digest(id, watch, news, tries)
