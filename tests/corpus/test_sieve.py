"""Filters allow what reading every row allows, however many papers there are and whatever comes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from corpus import sieve
from corpus.library import Library
from corpus.paper import Filters, Paper, Query
from corpus.readers import Record
from corpus.sieve import columns, making, plain, scanning, traces
from corpus.store import Store
from corpus.text.normalise import fold

Jsonl = Callable[..., Path]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of few papers, so that a test has several and the last has no traces."""
    monkeypatch.setattr(columns, "BLOCK", 16)
    monkeypatch.setattr(traces, "BLOCK", 16)
    monkeypatch.setattr(traces, "_BYTES", 2)
    monkeypatch.setattr(traces, "_FEW", 5)
    monkeypatch.setattr(os, "nice", lambda _: 0)


# Against reading every row

LETTERS = "abA é,\"[]'李王乾隆護护ﬁＡ\u00ad\x00\n%_"
TEXT = st.text(LETTERS, max_size=12)
YEAR = st.none() | st.integers(1998, 2003) | st.sampled_from([0, -5, 10**12])
ROW = st.tuples(YEAR, st.sampled_from(["en", "zh", ""]), TEXT, TEXT, TEXT, TEXT, TEXT)
PART = st.just("") | st.text(LETTERS, max_size=5)
FILTERS = st.builds(
    Filters,
    author=PART,
    title=PART,
    keyword=PART,
    journal=PART,
    first_year=YEAR,
    last_year=YEAR,
    language=st.sampled_from(["", "en", "zh", "fr"]),
    after=st.integers(0, 50),
)


def table(rows: list[tuple[Any, ...]]) -> sqlite3.Connection:
    """Papers with the numbers 2, 4, 6 …"""
    db = sqlite3.connect(":memory:")
    db.create_function("folded", 1, fold, deterministic=True)
    db.execute(
        "CREATE TABLE papers (id INTEGER PRIMARY KEY, year INTEGER, written_in TEXT, journal TEXT,"
        " authors TEXT, title TEXT, translated_title TEXT, keywords TEXT)"
    )
    numbered = [(2 * place, *row) for place, row in enumerate(rows, 1)]
    db.executemany("INSERT INTO papers VALUES (?, ?, ?, ?, ?, ?, ?, ?)", numbered)
    return db


def assert_same(db: sqlite3.Connection, filters: Filters) -> None:
    made = columns.made(db.execute(f"{columns.READ} ORDER BY id"))
    expected = plain.matching(db, filters).tolist()
    for _ in range(2):  # the second time is from memory
        assert made.ids[made.allowed(filters)].tolist() == expected
    compiled = columns.made(db.execute(f"{columns.READ} ORDER BY id"))
    compiled.compile()
    assert compiled.ids[compiled.allowed(filters)].tolist() == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(ROW, max_size=40), FILTERS)
@example([], Filters(author="a", journal="b", language="en", first_year=2000))
@example([(None, "en", "", "", "", "", "")] * 20, Filters(title="\u00ad", last_year=2000))
def test_filters_allow_what_reading_every_row_allows(
    rows: list[tuple[Any, ...]], filters: Filters
) -> None:
    db = table(rows)
    assert_same(db, filters)
    # A part of what a paper says, so that it is found.
    for _, language, journal, authors, title, translated, keywords in rows[:3]:
        assert_same(db, Filters(author=authors[2:6], title=f"{title}\n{translated}"[-5:]))
        assert_same(db, Filters(keyword=keywords[:4], journal=journal[1:], language=language))
    db.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.text("aab", max_size=40).map(str.encode), max_size=40),
    st.text("ab", min_size=1, max_size=6).map(str.encode),
)
def test_compiled_code_finds_what_python_finds(texts: list[bytes], part: bytes) -> None:
    starts = np.cumsum([0, *map(len, texts)])
    text = np.frombuffer(b"".join(texts), np.uint8)
    pieces = [slice(first, first + 17) for first in range(0, len(texts), 16)]
    traced = [np.empty(0, np.uint8)]
    for piece in pieces:
        some = starts[piece]
        traced.append(traces.traces(text[some[0] : some[-1]], some - some[0]))
    found = scanning.having(text, starts, np.concatenate(traced), part)
    assert found.tolist() == [part in one for one in texts]


def test_what_cannot_be_written_stands_nowhere() -> None:
    made = columns.made([(1, None, "", "", "?", "", "")])
    assert not made.allowed(Filters(author="\ud800")).any()


def test_few_papers_are_looked_at_for_a_rare_part(monkeypatch: pytest.MonkeyPatch) -> None:
    db = table([(None, "", "", f"author {n:02}", "", "", "") for n in range(40)])
    made = columns.made(db.execute(f"{columns.READ} ORDER BY id"))
    arrays = made._arrays
    for wanted, likely in ((b"author 07", 14), (b"author", 40), (b"or", 40)):
        # Of the last block, which has 8 papers, there are traces too.
        found = traces.candidates(arrays["authors_traces"], 40, wanted)
        assert len(found) <= likely
    assert set(traces.candidates(arrays["authors_traces"], 40, b"author 07").tolist()) >= {7}
    monkeypatch.setattr(traces, "_among", None)  # is for what many have
    assert made.allowed(Filters(author="author 07")).nonzero()[0].tolist() == [7]
    db.close()


# As the library lives


def some(first: int, count: int) -> list[dict[str, Any]]:
    return [
        {
            "id": str(n),
            "title": f"Peer support {n}",
            "abstract": f"Of team {n % 5}.",
            "authors": [f"Gillard, S{n % 4}"],
            "journal": f"Journal {n % 3}",
            "year": None if n % 7 == 0 else 2000 + n % 6,
        }
        for n in range(first, first + count)
    ]


ASKED = (
    Filters(first_year=2003),
    Filters(author="gillard, s2"),
    Filters(title="support 1", journal="journal 1"),
    Filters(author="nobody"),
    Filters(after=7),
)


def assert_allows_what_is_there(library: Library) -> None:
    """The same as reading every row, of the papers that are there and no others."""
    store = library._store
    with store.snapshot() as state:
        order = plain.by_year(store.connection)
        for filters in ASKED:
            expected = plain.matching(store.connection, filters)
            allowed = library._search.allowed(filters, state)
            assert library._search.ids(allowed, state) == expected.tolist()
            for top in (1, 3, 1000):
                found = library.find(Query(filters=filters, top=top))
                newest = order[np.isin(order, expected)][:top].tolist()
                assert [hit.paper.id for hit in found.hits] == newest
                assert found.matched == len(expected)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library", create=True) as made:
        yield made


def made_of(library: Library) -> str:
    """The state whose columns are used, "" where rows are read."""
    base = library._sieve._base
    with library._store.snapshot() as state:
        return base.token if base and library._sieve._prepared(state) else ""


def test_what_changes_is_read_and_nothing_else(
    library: Library, jsonl: Jsonl, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([jsonl("a.jsonl", *some(1, 40))])
    assert_allows_what_is_there(library)
    first = library.state().version
    assert made_of(library) == first
    read: list[int] = []

    def counted(rows: Any) -> columns.Columns:
        rows = list(rows)
        read.append(len(rows))
        return columns.made(rows)

    monkeypatch.setattr(sieve, "made", counted)
    library.add([jsonl("b.jsonl", *some(41, 2), {"id": "41", "title": "No support", "year": 2009})])
    library.remove(3)
    assert_allows_what_is_there(library)
    library.undo()
    assert_allows_what_is_there(library)
    assert made_of(library) == first
    assert read
    assert max(read) <= 3


def test_only_the_rows_that_changed_are_looked_at(library: Library) -> None:
    plan = library._store.connection.execute(f"EXPLAIN QUERY PLAN {columns.LATE}", [1]).fetchall()
    assert plan[0][3].startswith("SEARCH papers USING INDEX")


def test_columns_are_made_anew_once_much_has_changed(
    library: Library, jsonl: Jsonl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sieve, "_LATE", 5)
    library.add([jsonl("a.jsonl", *some(1, 20))])
    assert_allows_what_is_there(library)
    first = library.state().version
    library.add([jsonl("b.jsonl", *some(21, 4))])
    assert_allows_what_is_there(library)
    assert made_of(library) == first
    library.add([jsonl("c.jsonl", *some(25, 1))])
    assert_allows_what_is_there(library)
    assert made_of(library) == library.state().version


def test_a_copy_that_is_put_back_is_another_library(
    library: Library, jsonl: Jsonl, tmp_path: Path
) -> None:
    library.add([jsonl("a.jsonl", *some(1, 20))])
    library.copy(tmp_path / "copy.db")
    library.add([jsonl("b.jsonl", {"id": "1", "title": "Nothing of it", "year": 1990})])
    assert_allows_what_is_there(library)
    library.replace(tmp_path / "copy.db")
    assert_allows_what_is_there(library)


STEP = st.tuples(st.sampled_from(["add", "remove", "undo", "ask"]), st.integers(1, 9), YEAR)


@settings(
    max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(STEP, min_size=1, max_size=8), st.booleans())
def test_whatever_happens_in_whatever_order(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]], many: bool
) -> None:
    folder = tmp_path_factory.mktemp("library") / "one"
    with Library(folder, create=True) as library, pytest.MonkeyPatch.context() as patch:
        first = [Paper(source_id=f"x{n}", title=f"Peer support {n}") for n in range(8)]
        library.take("source", [Record(paper, 1, 1) for paper in first])
        if many:
            making.bring_up_to_date(library._store.path, folder / "index")
            patch.setattr(sieve, "_LARGE", 1)
            patch.setattr(sieve, "started", lambda *_: None)
        for kind, which, year in steps:
            if kind == "add":
                paper = Paper(source_id=str(which), title=f"Support 1{which}", year=year)
                library.take("source", [Record(paper, 1, 1)])
            elif kind == "remove" and library._store.paper(which) is not None:
                library.remove(which)
            elif kind == "undo":
                library.undo()
            elif kind == "ask":
                assert_allows_what_is_there(library)
        assert_allows_what_is_there(library)
        assert made_of(library)


# Those of many papers are a file


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every library counts as a large one."""
    monkeypatch.setattr(sieve, "_LARGE", 1)
    monkeypatch.setattr(sieve, "_LATE", 5)
    monkeypatch.setattr(sieve, "_LATEST", 10)


def files(library: Library) -> list[Path]:
    return sorted((library.folder / "index").glob("*.columns"))


def end(library: Library) -> None:
    """Wait for what goes on in the background."""
    if library._sieve._making is not None:
        assert library._sieve._making.wait() == 0


@pytest.mark.usefixtures("large")
def test_many_papers_have_columns_in_a_file_that_another_process_makes(
    library: Library, jsonl: Jsonl
) -> None:
    library.add([jsonl("a.jsonl", *some(1, 60))])
    end(library)
    first = library.state().version
    assert [path.name.split(".")[0] for path in files(library)] == [first]
    assert_allows_what_is_there(library)
    assert made_of(library) == first
    # What follows stands over them, until it is much.
    library.add([jsonl("b.jsonl", *some(61, 3))])
    assert_allows_what_is_there(library)
    assert made_of(library) == first
    library.add([jsonl("c.jsonl", *some(64, 3))])
    assert_allows_what_is_there(library)
    end(library)
    last = library.state().version
    assert [path.name.split(".")[0] for path in files(library)] == [last]
    library.remove(5)
    assert_allows_what_is_there(library)
    assert made_of(library) == last
    with Library(library.folder) as again:
        assert_allows_what_is_there(again)
        assert made_of(again) == last


@pytest.mark.usefixtures("large")
def test_a_warm_library_looks_into_the_texts_of_many_papers_with_compiled_code(
    library: Library, jsonl: Jsonl
) -> None:
    def having() -> object:
        with library._store.snapshot() as state:
            made = library._sieve._prepared(state)
        assert made is not None
        return made.columns._having

    library.add([jsonl("a.jsonl", *some(1, 60))])
    end(library)
    assert having() is traces.having
    library.warm(chinese=False)
    assert having() is scanning.having
    assert_allows_what_is_there(library)
    # So do those that come later.
    library.add([jsonl("b.jsonl", *some(61, 6))])
    assert_allows_what_is_there(library)
    end(library)
    assert having() is scanning.having
    assert made_of(library) == library.state().version
    assert_allows_what_is_there(library)


@pytest.mark.usefixtures("large")
def test_rows_are_read_until_there_are_columns(
    library: Library, jsonl: Jsonl, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[tuple[str, ...]] = []
    monkeypatch.setattr(sieve, "started", lambda *told: begun.append(told))
    library.add([jsonl("a.jsonl", *some(1, 60))])
    for _ in range(2):
        assert_allows_what_is_there(library)
        assert made_of(library) == ""
    # Where it could not be done it is not tried with every question.
    assert len(begun) == 1
    making.bring_up_to_date(*map(Path, begun[0][1:]))
    assert_allows_what_is_there(library)
    assert made_of(library) == library.state().version
    # So much at once that they are of no use until there are new ones.
    library.add([jsonl("b.jsonl", *some(61, 20))])
    assert_allows_what_is_there(library)
    assert made_of(library) == ""
    assert len(begun) == 2


@pytest.mark.usefixtures("large")
def test_columns_that_are_damaged_are_not_read(
    library: Library, jsonl: Jsonl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sieve, "started", lambda *_: None)
    library.add([jsonl("a.jsonl", *some(1, 60))])
    making.bring_up_to_date(library._store.path, library.folder / "index")
    (file,) = files(library)
    file.write_bytes(file.read_bytes()[:-100])
    assert_allows_what_is_there(library)
    assert made_of(library) == ""


@pytest.mark.usefixtures("large")
def test_nothing_stays_of_a_making_that_was_killed(
    library: Library, jsonl: Jsonl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sieve, "started", lambda *_: None)
    library.add([jsonl("a.jsonl", *some(1, 60))])
    index = library.folder / "index"
    before = sorted(index.iterdir())
    code = (
        "import os, sys; from pathlib import Path; from corpus.sieve import making, columns;"
        "make = making.make;"
        "making.make = lambda rows, put: (make(rows, put), os.kill(os.getpid(), 9));"
        "making.bring_up_to_date(*map(Path, sys.argv[1:]))"
    )
    told = [sys.executable, "-c", code, str(library._store.path), str(index)]
    assert subprocess.run(told, check=False).returncode == -9
    assert sorted(index.iterdir()) == before
    assert_allows_what_is_there(library)


def test_a_later_state_keeps_its_columns(library: Library, jsonl: Jsonl) -> None:
    library.add([jsonl("a.jsonl", *some(1, 5))])
    index, before = library.folder / "index", library.state().version
    other = Store(library._store.path)
    with other.snapshot():
        library.add([jsonl("b.jsonl", *some(6, 5))])
        making.bring_up_to_date(library._store.path, index)
        later = files(library)
        # One that began earlier and ends now.
        making.write(
            other.connection.execute(f"{columns.READ} ORDER BY id"), making.path_of(index, before)
        )
        assert making.newest(index, other.connection).token == before
    assert making.newest(index, other.connection).token == library.state().version
    assert set(later) < set(files(library))
    other.close()
