"""Everything about a person is shown and erased: the schema itself is walked, whatever is in it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Question
from bot.preferences import ZONE, prefer, preference
from bot.privacy import erase, kept
from bot.reading_lists import Reader, ReadingLists
from bot.state import Seen, State
from bot.watches import News, Target, Watch, Watches
from corpus.paper import Extract

ANN, BEN = Reader("111222333", "77"), Reader("999888777", "77")
# Columns of tables that are about nobody: whoever adds a table or a column to `state.db` says here
# that it is about nobody, or gives the table a column `person`, or one that refers to such a table.
ABOUT_NOBODY = {
    "questions": {"id", "text", "top", "filters", "details", "asked_at"},
    "facts": {"name", "value"},
    "sqlite_sequence": {"name", "seq"},
    "_sqlite_migrations": {"id", "migration_set", "name", "applied_at"},
}
# Other words for a person, which a column that is about one could have been called by.
SUSPICIOUS = ("user", "owner", "member", "author", "asker", "who", "by", "discord", "people")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the state lies."""
    return tmp_path / "state.db"


@pytest.fixture
def state(path: Path) -> Iterator[State]:
    """A state of its own."""
    made = State(path)
    yield made
    made.close()


def columns(db: sqlite3.Connection, table: str) -> dict[str, str]:
    """The columns of a table, and their types."""
    return {row[1]: row[2] for row in db.execute(f'PRAGMA table_info("{table}")')}


def tables(db: sqlite3.Connection) -> list[str]:
    """Every table."""
    rows = db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [row[0] for row in rows]


def refers(db: sqlite3.Connection, table: str) -> list[tuple[str, str, str]]:
    """Which columns of a table refer to which of others."""
    return [(r[3], r[2], r[4]) for r in db.execute(f'PRAGMA foreign_key_list("{table}")')]


def fill(db: sqlite3.Connection, table: str, person: str, made: dict[str, dict[str, Any]]) -> None:
    """Put a row into a table in which every text and number is peculiar to the person."""
    if table in made:
        return
    row: dict[str, Any] = {}
    for number, (name, kind) in enumerate(columns(db, table).items()):
        text = "INT" not in kind and "REAL" not in kind and "FLOAT" not in kind
        row[name] = f"secret-{person}-{table}-{name}" if text else int(person) * 100 + number
    for column, parent, key in refers(db, table):
        fill(db, parent, person, made)
        row[column] = made[parent][key]
    if "person" in row:
        row["person"] = person
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join("?" * len(row))
    db.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(row.values()))
    made[table] = row


def personal(db: sqlite3.Connection) -> set[str]:
    """The tables with a column `person`, and those that refer to them, however far."""
    found = {table for table in tables(db) if "person" in columns(db, table)}
    while more := {
        table
        for table in tables(db)
        if table not in found and any(parent in found for _, parent, _ in refers(db, table))
    }:
        found |= more
    return found


def test_every_table_is_about_a_person_or_known_to_be_about_nobody(state: State) -> None:
    with state.changing() as db:
        assert personal(db) >= {
            *("lists", "saved", "readings", "preferences", "watches", "told"),
            *("met", "pending", "chosen"),
        }
        for table in set(tables(db)) - personal(db):
            assert table in ABOUT_NOBODY, f"{table}: about whom?"
            assert set(columns(db, table)) <= ABOUT_NOBODY[table], f"{table}: about whom?"
        for table in personal(db):
            for name in columns(db, table):
                words = name.casefold().split("_")
                assert not set(words) & set(SUSPICIOUS), f"{table}.{name}: call it `person`"


def test_a_row_of_every_table_about_a_person_is_shown_and_erased(state: State, path: Path) -> None:
    with state.changing() as db:
        wanted = personal(db)
        for reader in (ANN, BEN):
            made: dict[str, dict[str, Any]] = {}
            for table in sorted(wanted):
                fill(db, table, reader.person, made)
    found = kept(state, ANN.person)
    assert set(found) == wanted
    for table, rows in found.items():
        assert len(rows) == 1, table
        assert BEN.person not in json.dumps(rows)
    others = kept(state, BEN.person)
    assert erase(state, ANN.person) == len(wanted)
    assert kept(state, ANN.person) == {}
    assert kept(state, BEN.person) == others
    everything = b"".join(file.read_bytes() for file in path.parent.glob("state.db*"))
    assert f"secret-{ANN.person}".encode() not in everything  # not even between the rows
    assert f"secret-{BEN.person}".encode() in everything
    with sqlite3.connect(path) as db:
        for table in tables(db):
            for row in db.execute(f'SELECT * FROM "{table}"'):
                assert ANN.person not in str(row), table
    db.close()


def test_what_a_person_really_keeps_is_shown_and_erased(state: State) -> None:
    lists, watches = ReadingLists(state), Watches(state)
    own = lists.share(ANN, lists.make(ANN, "Thesis").id, "77")
    lists.save(ANN, own.id, [1], "mine")
    lists.save(BEN, own.id, [2], "Ben's")
    bens = lists.share(BEN, lists.make(BEN, "Club").id, "77")
    lists.save(ANN, bens.id, [3], "Ann's in Ben's")
    lists.save(BEN, bens.id, [4])
    for reader in (ANN, BEN):
        lists.mark(reader.person, 1, read=True)
        prefer(state, reader.person, ZONE, "Asia/Shanghai")
        target = Target(list=own.id)
        watch = watches.add(Watch(0, reader.person, "", target, "en", "now", "UTC", 0, 0))
        news = News(5, 1.0, Extract("x"), (), ())
        watches.looked(watch, {"x": news}, seen=5, now=0, due=0)
        state.remember("77", reader.person, Seen((1,), 1, {1: 5}))
    number = state.keep(Question(text="a question of nobody's"))
    assert {table: len(rows) for table, rows in kept(state, ANN.person).items()} == {
        "digests": 1,
        "lists": 1,
        "preferences": 1,
        "readings": 1,
        "saved": 2,
        "shown": 1,
        "told": 1,
        "watches": 1,
    }
    assert BEN.person not in json.dumps(kept(state, ANN.person))  # who watches her list is his
    erase(state, ANN.person)
    assert [item.paper for item in lists.items(BEN, bens.id)] == [4]
    assert lists.seen_by(BEN) == [bens._replace(papers=1)]
    assert watches.of(BEN.person) == []  # there is nothing left to watch
    assert lists.has_read(BEN.person, 1)
    assert state.recalled("77", ANN.person) == []
    assert state.recalled("77", BEN.person) != []
    assert preference(state, BEN.person, ZONE) == "Asia/Shanghai"
    assert state.question(number) is not None
    assert erase(state, ANN.person) == 0


@pytest.mark.parametrize("kind", ["TEXT", "INTEGER", "BLOB"])
def test_a_table_that_is_added_is_covered_without_a_word(state: State, kind: str) -> None:
    with state.changing() as db:
        db.execute(f"CREATE TABLE moods (id INTEGER PRIMARY KEY, person {kind}, mood TEXT)")
        db.execute("CREATE TABLE whims (mood INTEGER REFERENCES moods (id), whim TEXT)")
        value: Any = int(ANN.person) if kind == "INTEGER" else ANN.person
        db.execute("INSERT INTO moods VALUES (1, ?, 'sunny')", [value])
        db.execute("INSERT INTO whims VALUES (1, 'to sing')")
    found = kept(state, ANN.person)
    assert found["moods"][0]["mood"] == "sunny"
    assert found["whims"] == [{"mood": 1, "whim": "to sing"}]
    assert erase(state, ANN.person) == 2
    assert kept(state, ANN.person) == {}


def test_tables_that_refer_to_each_other_are_no_trap(state: State) -> None:
    with state.changing() as db:
        db.execute("CREATE TABLE a (id INTEGER PRIMARY KEY, b INTEGER REFERENCES b (id))")
        db.execute("CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER REFERENCES a (id))")
        db.execute("CREATE TABLE c (id INTEGER PRIMARY KEY, c INTEGER REFERENCES c (id))")
        db.execute("CREATE TABLE d (id INTEGER PRIMARY KEY, e INTEGER REFERENCES gone (id))")
    assert kept(state, ANN.person) == {}
    assert erase(state, ANN.person) == 0


def test_a_name_is_never_taken_for_sql(state: State) -> None:
    prefer(state, "' OR 1 --", ZONE, "x")
    prefer(state, ANN.person, ZONE, "y")
    assert set(kept(state, "' OR 1 --")) == {"preferences"}
    assert erase(state, "' OR 1 --") == 1
    assert preference(state, ANN.person, ZONE) == "y"
