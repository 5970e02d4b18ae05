"""What is kept about a person: all of it shown, all of it erased.

Nobody has to list tables here: what is about a person is in rows that name them in a column
`person`, or that refer to such rows. A test reads the schema and refuses any other way.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from bot.pending import Pending
from bot.places import Places
from bot.state import State

_COLUMN = "person"


def kept(state: State, person: str) -> dict[str, list[dict[str, Any]]]:
    """Every row about a person, by table: tables without one are left out.

    What others have in rows that refer to theirs goes with those, but is not theirs to see.
    """
    with state.changing() as db:
        found = {}
        for table, condition in _conditions(db, seen=True).items():
            cursor = db.execute(f'SELECT * FROM "{table}" WHERE {condition}', {_COLUMN: person})
            names = [column[0] for column in cursor.description]
            if rows := [dict(zip(names, row, strict=True)) for row in cursor]:
                found[table] = rows
        return found


def erase(state: State, person: str) -> int:
    """Delete every row about a person, from the file itself too; how many there were."""
    with state.changing() as db:
        conditions = _conditions(db)
        counted = sum(
            db.execute(
                f'SELECT count(*) FROM "{table}" WHERE {condition}', {_COLUMN: person}
            ).fetchone()[0]
            for table, condition in conditions.items()
        )
        # What refers to a row goes before it.
        for table, condition in reversed(conditions.items()):
            db.execute(f'DELETE FROM "{table}" WHERE {condition}', {_COLUMN: person})
    state.shrink()
    return int(counted)


def kept_everywhere(places: Places, person: str) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """What `kept` gives, by what each place is called that has anything."""
    found = {}
    for server in places.all():
        with places.within(server) as place:
            if tables := kept(place.state, person):
                found[places.called(server)] = tables
    return found


def erase_everywhere(places: Places, person: str) -> None:
    """Erase all about a person in every place, with the files that they wanted to add."""
    for server in places.all():
        with places.within(server) as place:
            erase(place.state, person)
            Pending(place.state, place.shelf.path).sweep()


def _conditions(db: sqlite3.Connection, *, seen: bool = False) -> dict[str, str]:
    """Which rows of which table are about a person, tables before those that refer to them.

    Those to be `seen` name nobody else.
    """
    rows = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    waiting = [row[0] for row in rows]
    parents = {table: _parents(db, table) for table in waiting}
    found: dict[str, str] = {}
    done: set[str] = set()
    while waiting:
        # A table that refers to itself, or to one that is not there, waits for nobody.
        ready = [
            table
            for table in waiting
            if all(parent in done or parent not in waiting for _, parent, _ in parents[table])
        ] or waiting
        for table in ready:
            if condition := _condition(db, table, parents[table], found, seen):
                found[table] = condition
        done.update(ready)
        waiting = [table for table in waiting if table not in done]
    return found


def _condition(
    db: sqlite3.Connection,
    table: str,
    parents: list[tuple[str, str, str]],
    found: dict[str, str],
    seen: bool,
) -> str:
    named = _COLUMN in {row[1] for row in db.execute(f'PRAGMA table_info("{table}")')}
    if named and seen:
        return f"{_COLUMN} = :{_COLUMN}"
    ways = [
        f'"{column}" IN (SELECT "{key}" FROM "{parent}" WHERE {found[parent]})'
        for column, parent, key in parents
        if parent in found
    ]
    if named:
        ways.append(f"{_COLUMN} = :{_COLUMN}")
    return " OR ".join(ways)


def _parents(db: sqlite3.Connection, table: str) -> list[tuple[str, str, str]]:
    """Each column that refers to another table, that table, and its column."""
    rows = db.execute(f'PRAGMA foreign_key_list("{table}")')
    return [(row[3], row[2], row[4] or "rowid") for row in rows if row[2] != table]
