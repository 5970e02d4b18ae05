"""Reading lists: papers that somebody saved, for themselves or for a channel, with notes and tags.

A list belongs to one person. Shared, it is seen and filled by everybody in one channel, and still
only its owner shares, renames or deletes it. Who has read what is each person's own.
"""

from __future__ import annotations

import re
import secrets
import sqlite3
import time
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.declined import Declined
from bot.state import State

LONGEST_NAME, LONGEST_NOTE = 60, 500
MOST_LISTS, MOST_PAPERS, MOST_TAGS, LONGEST_TAG = 24, 1000, 10, 30
_TAGS = re.compile(r"[^\s#＃,，;；、]+")
_LISTS = (
    "SELECT id, name, person, channel,"
    " (SELECT count(*) FROM saved WHERE list = lists.id AND paper * ? > 0) FROM lists"
)


class ListMissing(Declined):
    """There is no list of this name or number that the person may see."""

    def __init__(self, name: str = "") -> None:
        if name:
            super().__init__("list-missing", name=name)
        else:
            super().__init__("list-gone")


class NotYours(Declined):
    """The list is another person's, or only its owner may do this with it."""

    def __init__(self) -> None:
        super().__init__("list-not-yours")


class TooMany(Declined):
    """No more lists, or no more papers in one, can be kept."""

    def __init__(self, message: str, most: int) -> None:
        super().__init__(message, most=most)


class Reader(NamedTuple):
    """Who asks, and the channel they ask in, "" where nobody else is."""

    person: str
    channel: str = ""


class ReadingList(NamedTuple):
    """A list; `channel` is where it is shared, "" where it is private, `papers` how many it has."""

    id: int
    name: str
    owner: str
    channel: str
    papers: int


class Item(NamedTuple):
    """A paper of a list, saved by `by`; `read` is whether the one who asks has read it."""

    paper: int
    note: str
    tags: tuple[str, ...]
    at: int
    by: str
    read: bool


def tags_in(text: str) -> tuple[str, ...]:
    """The tags in what somebody wrote: words between blanks, commas or #, each once."""
    found = dict.fromkeys(tag[:LONGEST_TAG] for tag in _TAGS.findall(text))
    return tuple(found)[:MOST_TAGS]


class ReadingLists:
    """The lists in a state, of papers of one library: the host's own, or the demo corpus."""

    def __init__(self, state: State, *, demo: bool = False) -> None:
        self._state = state
        # The numbers of the demo corpus mean other papers in a library of one's own.
        self._sign = -1 if demo else 1

    # Lists

    def seen_by(self, reader: Reader) -> list[ReadingList]:
        """The reader's own lists and those shared in the channel, own ones first, by name."""
        with self._state.changing() as db:
            rows = db.execute(
                f"{_LISTS} WHERE person = ? OR (channel = ? AND channel <> '')"
                " ORDER BY person <> ?, folded",
                [self._sign, reader.person, reader.channel, reader.person],
            )
            return [ReadingList(*row) for row in rows]

    def named(self, reader: Reader, name: str) -> ReadingList:
        """The list of this name that the reader may see, own ones first. Raises `ListMissing`."""
        folded = _folded(name)
        for one in self.seen_by(reader):
            if _folded(one.name) == folded:
                return one
        raise ListMissing(name)

    def one(self, reader: Reader, id: int) -> ReadingList:
        """The list with this number. Raises `ListMissing`, and `NotYours` where it is private."""
        with self._state.changing() as db:
            return self._seen(db, reader, id)

    def followed(self, id: int) -> ReadingList:
        """The list with this number, whoever wants it: for what is no person's reading of it.

        Raises `ListMissing`.
        """
        with self._state.changing() as db:
            row = db.execute(f"{_LISTS} WHERE id = ?", [self._sign, id]).fetchone()
        if row is None:
            raise ListMissing
        return ReadingList(*row)

    def _seen(self, db: sqlite3.Connection, reader: Reader, id: int) -> ReadingList:
        row = db.execute(f"{_LISTS} WHERE id = ?", [self._sign, id]).fetchone()
        if row is None:
            raise ListMissing
        found = ReadingList(*row)
        if found.owner != reader.person and (not found.channel or found.channel != reader.channel):
            raise NotYours
        return found

    def _owned(self, db: sqlite3.Connection, reader: Reader, id: int) -> ReadingList:
        found = self._seen(db, reader, id)
        if found.owner != reader.person:
            raise NotYours
        return found

    def make(self, reader: Reader, name: str) -> ReadingList:
        """The reader's own list of this name, made where there is none. Raises `TooMany`."""
        name = " ".join(name.split())[:LONGEST_NAME].strip()
        with self._state.changing() as db:
            (held,) = db.execute(
                "SELECT count(*) FROM lists WHERE person = ? AND folded <> ?",
                [reader.person, _folded(name)],
            ).fetchone()
            if held >= MOST_LISTS:
                raise TooMany("list-too-many", MOST_LISTS)
            db.execute(
                "INSERT OR IGNORE INTO lists VALUES (?, ?, ?, ?, '', ?)",
                [secrets.randbits(48) + 1, reader.person, name, _folded(name), int(time.time())],
            )
            row = db.execute(
                f"{_LISTS} WHERE person = ? AND folded = ?",
                [self._sign, reader.person, _folded(name)],
            ).fetchone()
            return ReadingList(*row)

    def delete(self, reader: Reader, id: int) -> ReadingList:
        """Delete a list of one's own, and give back what it was. Raises as `one` does."""
        with self._state.changing() as db:
            found = self._owned(db, reader, id)
            db.execute("DELETE FROM lists WHERE id = ?", [id])
            return found

    def share(self, reader: Reader, id: int, channel: str) -> ReadingList:
        """Show a list of one's own to everybody in `channel`, or, where it is "", to nobody."""
        with self._state.changing() as db:
            found = self._owned(db, reader, id)
            db.execute("UPDATE lists SET channel = ? WHERE id = ?", [channel, id])
            return found._replace(channel=channel)

    # What is in them

    def save(
        self,
        reader: Reader,
        id: int,
        papers: Iterable[int],
        note: str = "",
        tags: Sequence[str] = (),
    ) -> int:
        """Put papers into a list; how many were new to it. A note or tags replace what was there.

        Raises as `one` does, and `TooMany`.
        """
        with self._state.changing() as db:
            self._seen(db, reader, id)
            before = _count(db, id)
            for paper in papers:
                db.execute(
                    "INSERT INTO saved VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (list, paper)"
                    " DO UPDATE SET note = iif(excluded.note = '', note, excluded.note),"
                    " tags = iif(excluded.tags = '', tags, excluded.tags)",
                    [
                        id,
                        paper * self._sign,
                        reader.person,
                        int(time.time()),
                        note.strip()[:LONGEST_NOTE],
                        " ".join(tags),
                    ],
                )
            after = _count(db, id)
            if after > MOST_PAPERS:
                raise TooMany("list-full", MOST_PAPERS)
            return after - before

    def annotate(self, reader: Reader, id: int, paper: int, note: str, tags: Sequence[str]) -> bool:
        """Write the note and tags of a paper of a list anew; whether the paper is in it."""
        with self._state.changing() as db:
            self._seen(db, reader, id)
            done = db.execute(
                "UPDATE saved SET note = ?, tags = ? WHERE list = ? AND paper = ?",
                [note.strip()[:LONGEST_NOTE], " ".join(tags), id, paper * self._sign],
            )
            return done.rowcount > 0

    def remove(self, reader: Reader, id: int, paper: int) -> bool:
        """Take a paper out of a list; whether it was in it. Raises as `one` does."""
        with self._state.changing() as db:
            self._seen(db, reader, id)
            done = db.execute(
                "DELETE FROM saved WHERE list = ? AND paper = ?", [id, paper * self._sign]
            )
            return done.rowcount > 0

    def place(self, reader: Reader, paper: int, wanted: Iterable[int]) -> None:
        """Have a paper in just the wanted ones of the lists that the reader sees."""
        kept = set(wanted)
        for one in self.seen_by(reader):
            if one.id in kept:
                self.save(reader, one.id, [paper])
            else:
                self.remove(reader, one.id, paper)

    def items(self, reader: Reader, id: int) -> list[Item]:
        """The papers of a list, those saved first first. Raises as `one` does."""
        with self._state.changing() as db:
            self._seen(db, reader, id)
            rows = db.execute(
                "SELECT paper * ?, note, tags, saved.at, person, EXISTS (SELECT 1 FROM readings"
                " WHERE readings.person = ? AND readings.paper = saved.paper)"
                " FROM saved WHERE list = ? AND paper * ? > 0 ORDER BY saved.at, saved.rowid",
                [self._sign, reader.person, id, self._sign],
            )
            return [
                Item(paper, note, tuple(tags.split()), at, by, bool(read))
                for paper, note, tags, at, by, read in rows
            ]

    def holding(self, reader: Reader, paper: int) -> list[ReadingList]:
        """The lists with this paper in them that the reader sees."""
        with self._state.changing() as db:
            rows = db.execute("SELECT list FROM saved WHERE paper = ?", [paper * self._sign])
            lists = {row[0] for row in rows}
        return [one for one in self.seen_by(reader) if one.id in lists]

    def saved(self, reader: Reader, *, alone: bool) -> frozenset[int]:
        """The papers in lists shared in the channel and, where the reader is alone, in their own.

        What somebody keeps for themselves is not told to a whole channel.
        """
        own = reader.person if alone else ""
        with self._state.changing() as db:
            rows = db.execute(
                "SELECT DISTINCT paper * ? FROM saved WHERE paper * ? > 0 AND list IN (SELECT id"
                " FROM lists WHERE person = ? OR (channel = ? AND channel <> ''))",
                [self._sign, self._sign, own, reader.channel],
            )
            return frozenset(row[0] for row in rows)

    # What has been read

    def mark(self, person: str, paper: int, *, read: bool) -> None:
        """Note that a person has read a paper, or has not."""
        values = [person, paper * self._sign]
        with self._state.changing() as db:
            if read:
                db.execute(
                    "INSERT OR IGNORE INTO readings VALUES (?, ?, ?)", [*values, int(time.time())]
                )
            else:
                db.execute("DELETE FROM readings WHERE person = ? AND paper = ?", values)

    def has_read(self, person: str, paper: int) -> bool:
        """Whether a person has marked a paper as read."""
        with self._state.changing() as db:
            row = db.execute(
                "SELECT 1 FROM readings WHERE person = ? AND paper = ?",
                [person, paper * self._sign],
            )
            return row.fetchone() is not None


def _count(db: sqlite3.Connection, id: int) -> int:
    return int(db.execute("SELECT count(*) FROM saved WHERE list = ?", [id]).fetchone()[0])


def _folded(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME].strip().casefold()
