"""The SQLite file: what is put is kept, all of it or nothing, and one paper is one paper."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import sqlite3
import threading
from pathlib import Path
from typing import Any

import pytest

from corpus import schema
from corpus.errors import LibraryDamaged
from corpus.identity import Reference, kept
from corpus.paper import Counts, Filters, Paper
from corpus.sieve import plain
from corpus.store import Store

NEW = Paper(title="New")
FULL = Paper(
    source_id="own-1",
    title="Peer support: 100%_sure",
    abstract="We asked.",
    translated_title="同伴支持",
    translated_abstract="我们问了。",
    authors=("Davidson, Larry", "薛婉钰"),
    journal="心理学报",
    year=2006,
    volume="32",
    issue="3",
    pages="443-450",
    doi="10.1093/schbul/sbj043",
    pmid="16461576",
    url="https://example.org/a",
    keywords=("recovery", 'a "quoted" one'),
    subjects=("mental health",),
    affiliations=("Yale",),
    language="en",
    summary_by="Similit",
    extra={"mesh": [["D1", None]], "note": "ü\n", "deep": {"a": [1.5, True]}},
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "papers.db")
    yield made
    made.close()


def put(store: Store, *papers: Paper, source: str = "file") -> list[tuple[str, int]]:
    with store.changing() as changes:
        return [changes.put(kept(paper, paper), source)[:2] for paper in papers]


def put_and_fail(store: Store, paper: Paper) -> None:
    with store.changing() as writer:
        writer.put(kept(paper, paper), "file")
        raise ZeroDivisionError


def test_a_paper_comes_back_as_it_was_put(store: Store) -> None:
    assert put(store, FULL) == [("added", 1)]
    assert store.paper(1) == dataclasses.replace(FULL, id=1)


def test_a_paper_comes_back_after_closing(store: Store) -> None:
    put(store, FULL)
    store.close()
    again = Store(store.path)
    assert again.paper(1) == dataclasses.replace(FULL, id=1)
    again.close()


def test_papers_come_in_the_order_asked_for(store: Store) -> None:
    put(store, *(Paper(source_id=str(n), title=f"T{n}") for n in range(1, 1203)))
    asked = [1202, 5, 9999, 1, 700, 5]
    assert [paper.id for paper in store.papers(asked)] == [1202, 5, 1, 700, 5]
    assert len(store.papers(range(1, 1203))) == 1202
    assert [paper.id for paper in store.every()] == list(range(1, 1203))
    assert store.source_ids([1202, 3]) == {1202: "1202", 3: "3"}
    assert store.paper(0) is None


def test_what_fails_within_a_transaction_leaves_nothing(store: Store) -> None:
    put(store, FULL)
    before = store.state()
    with pytest.raises(ZeroDivisionError):
        put_and_fail(store, Paper(title="New"))
    assert store.state() == before
    assert store.counts().records == 1
    assert put(store, Paper(title="Next")) == [("added", 2)]


def test_what_fails_within_a_savepoint_leaves_the_rest(store: Store) -> None:
    with store.changing() as writer:
        writer.put(kept(FULL, FULL), "one")
        part = writer.savepoint()
        part.__enter__()
        writer.put(kept(NEW, NEW), "two")
        part.__exit__(ZeroDivisionError, ZeroDivisionError(), None)
    assert [paper.title for paper in store.every()] == [FULL.title]
    assert store.counts().records == 1


def test_numbers_are_given_in_order_and_none_to_what_failed(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        put_and_fail(store, FULL)
    assert put(store, FULL) == [("added", 1)]
    assert put(store, Paper(title="Next")) == [("added", 2)]


def test_every_state_has_a_name_of_its_own(store: Store) -> None:
    names = [store.version()]
    for number in range(3):
        put(store, Paper(title=f"T{number}"))
        names.append(store.version())
    assert len(set(names)) == 4
    put(store, Paper(title="T1"))
    assert store.version() == names[-1]
    assert store.state() == (names[-1], 3)


def counted(store: Store) -> tuple[int, int]:
    """How many papers the state says there are, and how many there are."""
    return store.state().papers, store.connection.execute("SELECT count(*) FROM papers").fetchone()[
        0
    ]


def test_papers_are_counted_whatever_becomes_of_them(store: Store, tmp_path: Path) -> None:
    put(store, FULL, *(Paper(title=f"T{number}") for number in range(3)))
    assert counted(store) == (4, 4)
    put(store, FULL, NEW)  # one is known
    assert counted(store) == (5, 5)
    store.copy(tmp_path / "copy.db")
    with pytest.raises(ZeroDivisionError):
        put_and_fail(store, Paper(title="Another"))
    with store.changing() as writer:
        with contextlib.suppress(ZeroDivisionError), writer.savepoint():
            writer.put(kept(Paper(title="Lost"), Paper(title="Lost")), "two")
            raise ZeroDivisionError
        writer.remove([1, 999])
    assert counted(store) == (4, 4)
    with store.changing() as writer:
        writer.undo()
    assert counted(store) == (4, 4)  # an import without a note is none
    with store.replacing(tmp_path / "copy.db"):
        pass
    assert counted(store) == (5, 5)


def led(store: Store) -> list[str]:
    return [token for (token,) in store.connection.execute("SELECT token FROM states").fetchall()]


def test_the_states_that_led_to_this_one_are_known(store: Store, tmp_path: Path) -> None:
    names = [store.version()]
    for number in range(2):
        put(store, Paper(title=f"T{number}"))
        names.append(store.version())
        with pytest.raises(ZeroDivisionError):
            put_and_fail(store, NEW)
    assert sorted(led(store)) == sorted(names)
    store.copy(tmp_path / "copy.db")
    with store.replacing(tmp_path / "copy.db"):
        pass
    # What the papers of those states were says nothing of these.
    assert led(store) == [store.version()]


# One paper is one paper.


def test_the_same_record_again_is_known(store: Store) -> None:
    put(store, FULL)
    assert put(store, FULL) == [("known", 1)]
    assert put(store, FULL, source="elsewhere") == [("known", 1)]
    assert store.counts().records == 1


def test_the_same_paper_from_elsewhere_is_merged(store: Store) -> None:
    put(store, dataclasses.replace(FULL, keywords=("recovery",)))
    other = Paper(source_id="x9", doi=FULL.doi.upper(), keywords=("hope",), title="Another title")
    assert put(store, other, source="elsewhere") == [("merged", 1)]
    merged = store.paper(1)
    assert merged.keywords == ("recovery", "hope")
    assert merged.title == FULL.title
    assert merged.extra["other_values"][0]["title"] == "Another title"
    # All its own ids lead to it.
    assert store.with_source_id("x9") == store.with_source_id("own-1") == [1]


def test_records_of_one_file_with_different_own_ids_never_merge(store: Store) -> None:
    one = Paper(source_id="1", title="Peer support", year=2001, authors=("A, B.",), doi="10.1000/a")
    two = dataclasses.replace(one, source_id="2")
    assert put(store, one, two) == [("added", 1), ("added", 2)]
    assert put(store, one, two) == [("known", 1), ("known", 2)]


def test_records_of_one_file_without_own_ids_do_merge(store: Store) -> None:
    one = Paper(title="Peer support", doi="10.1000/a")
    assert put(store, one, dataclasses.replace(one, year=2001)) == [("added", 1), ("merged", 1)]


def test_the_same_own_id_in_another_file_means_nothing(store: Store) -> None:
    put(store, Paper(source_id="1", title="Peer support"), source="cranfield")
    assert put(store, Paper(source_id="1", title="Peer support, too"), source="med") == [
        ("added", 2)
    ]
    assert store.with_source_id("1") == [1, 2]


def test_a_corrected_record_updates_its_paper(store: Store) -> None:
    put(
        store, Paper(source_id="1", title="Peer suport workers", abstract="We asked peers at work.")
    )
    right = Paper(source_id="1", title="Peer support workers", abstract="We asked peers at work.")
    assert put(store, right) == [("merged", 1)]
    assert store.paper(1).title == "Peer support workers"
    assert put(store, right) == [("known", 1)]


def test_a_replaced_file_whose_ids_start_again_loses_nothing(store: Store) -> None:
    old = [Paper(source_id=str(n), title=f"Wing number {n} in a flow") for n in (1, 2)]
    new = [
        Paper(source_id=str(n), title=f"Peers helping {word}") for n, word in ((1, "a"), (2, "b"))
    ]
    put(store, *old)
    assert [kind for kind, _ in put(store, *new)] == ["added", "added"]
    titles = {paper.title for paper in store.every()}
    assert titles == {paper.title for paper in (*old, *new)}


def test_different_dois_of_one_journal_issue_are_different_papers(store: Store) -> None:
    sici = "10.1002/(SICI)1097-4571(199009)41:6<{}>3.0.CO;2-9"
    one = Paper(title="Latent semantics", doi=sici.format("391::AID-ASI1"))
    two = Paper(title="Something else", doi=sici.format("400::AID-ASI2"))
    assert put(store, one, two) == [("added", 1), ("added", 2)]
    assert store.named(Reference("doi", two.doi)).id == 2


# Finding one


def test_a_paper_is_named_by_number_doi_or_pmid(store: Store) -> None:
    put(store, FULL)
    for kind, value in (("number", "1"), ("doi", FULL.doi.upper()), ("pmid", FULL.pmid)):
        assert store.named(Reference(kind, value)).id == 1
    assert store.named(Reference("number", "2")) is None
    assert store.named(Reference("pmid", "1")) is None


def test_a_text_that_two_papers_have_names_none(store: Store) -> None:
    put(store, Paper(source_id="1", title="Editorial"), Paper(source_id="2", title="EDITORIAL."))
    assert store.reading_as("Editorial") is None
    put(store, Paper(source_id="3", title="Editorial III"))
    assert store.reading_as("editorial iii!").id == 3


def test_a_merge_changes_what_a_paper_is_recognised_by(store: Store) -> None:
    put(
        store, Paper(source_id="1", title="Peer suport workers", abstract="We asked peers at work.")
    )
    put(
        store,
        Paper(source_id="1", title="Peer support workers", abstract="We asked peers at work."),
    )
    assert store.reading_as("Peer support workers").id == 1
    assert store.reading_as("Peer suport workers").id == 1  # others may still call it so


@pytest.mark.parametrize(
    ("beginning", "found"),
    [
        ("peer", [1, 3, 2]),
        ("support", [1, 2, 3]),
        ("100%", [1]),
        ("_", [1]),
        ("同伴", [1]),
        ("nameless", [4]),
        ("zebra", []),
        ("\\", []),
    ],
)
def test_papers_by_a_part_of_the_title(store: Store, beginning: str, found: list[int]) -> None:
    put(
        store,
        FULL,
        Paper(source_id="2", title="On peer support"),
        Paper(source_id="3", title="Peer support again", abstract="Nameless is another."),
        Paper(source_id="4", abstract="A nameless one."),
    )
    assert [paper.id for paper in store.titled(beginning, 25)] == found
    assert len(store.titled(beginning, 1)) == min(1, len(found))


# Filters


@pytest.fixture
def filled(store: Store) -> Store:
    put(
        store,
        FULL,
        Paper(title="Two", authors=("Müller, Jörg",), journal="Zeitschrift", year=1999),
        Paper(title="三", abstract="研究同伴支持。", journal="護理研究", year=2010),
        Paper(title="Four", authors=("O'Neil, 100%",), language="fr"),
    )
    return store


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, [1, 2, 3, 4]),
        ({"author": "davidson"}, [1]),
        ({"author": "薛"}, [1]),
        ({"author": "müller"}, [2]),
        ({"author": "MÜLLER"}, [2]),
        ({"author": "o'neil"}, [4]),
        ({"author": "%"}, [4]),
        ({"author": "nobody"}, []),
        ({"journal": "心理"}, [1]),
        ({"journal": "护理研究"}, [3]),
        ({"journal": "zeit"}, [2]),
        ({"first_year": 2006}, [1, 3]),
        ({"last_year": 2006}, [1, 2]),
        ({"first_year": 2000, "last_year": 2009}, [1]),
        ({"language": "zh"}, [3]),
        ({"language": "en"}, [1, 2]),
        ({"language": "fr"}, [4]),
        ({"author": "davidson", "first_year": 2007}, []),
        ({"after": 2}, [3, 4]),
        ({"after": 4}, []),
        ({"after": 1, "last_year": 2005}, [2]),
    ],
)
def test_filters(filled: Store, filters: dict[str, Any], found: list[int]) -> None:
    assert plain.matching(filled.connection, Filters(**filters)).tolist() == found


def test_the_newest_number_is_never_given_twice(filled: Store) -> None:
    assert filled.newest() == 4
    with filled.changing() as changes:
        changes.remove([4])
    assert filled.newest() == 4
    put(filled, Paper(title="Five"))
    assert filled.newest() == 5


def test_counts(filled: Store) -> None:
    put(filled, Paper(source_id="9", abstract="12"))
    assert filled.counts() == Counts(
        papers=5,
        records=5,
        without_abstract=2,
        without_title=1,
        languages={"en": 2, "fr": 1, "unknown": 1, "zh": 1},
        years={1999: 1, 2006: 1, 2010: 1},
        sources={"file": 5},
    )


def test_counts_of_nothing(store: Store) -> None:
    assert store.counts() == Counts(0, 0, 0, 0, {}, {}, {})


# Threads and other processes


def test_a_snapshot_stays_as_it_was_while_another_writes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, FULL)
    # The writer would like to empty SQLite's log, and waits this long for readers to be done.
    monkeypatch.setattr("corpus.store._WAIT", 0.0)
    other = Store(store.path)
    with store.snapshot() as state:
        put(other, Paper(title="New"))
        assert store.state() == state
        assert store.paper(2) is None
        with store.snapshot() as within:
            assert within == state
    assert store.state() == other.state() != state
    assert store.paper(2).title == "New"
    other.close()


def test_readers_see_nothing_of_a_transaction_until_it_is_done(store: Store) -> None:
    put(store, FULL)
    other = Store(store.path)
    with store.changing() as writer:
        writer.put(kept(NEW, NEW), "file")
        assert other.paper(2) is None
        assert other.counts().papers == 1
    assert other.paper(2).title == "New"
    other.close()


def test_threads_write_one_after_another(store: Store) -> None:
    def write(number: int) -> None:
        for n in range(10):
            put(store, Paper(source_id=f"{number}-{n}", title=f"T {number} {n}"))

    threads = [threading.Thread(target=write, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [paper.id for paper in store.every()] == list(range(1, 41))
    assert len({paper.title for paper in store.every()}) == 40


# The file


def test_it_is_in_write_ahead_mode(store: Store) -> None:
    with sqlite3.connect(store.path) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()


def test_a_file_that_is_no_database_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "papers.db"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(LibraryDamaged, match=r"papers\.db cannot be read as a library"):
        Store(path)
    assert path.read_bytes().startswith(b"not a database")


def test_a_file_cut_in_half_is_damaged(store: Store) -> None:
    put(store, FULL)
    store.close()
    content = store.path.read_bytes()
    store.path.write_bytes(content[:1000])
    with pytest.raises(LibraryDamaged):
        Store(store.path)


def test_a_file_of_a_newer_version_says_so(store: Store) -> None:
    with sqlite3.connect(store.path) as db:
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)",
            [schema.migrations.name, "m999_from_the_future", "2099-01-01"],
        )
    db.close()
    with pytest.raises(LibraryDamaged, match="newer Similit"):
        Store(store.path)


def test_the_released_migrations_make_the_columns_that_papers_need(store: Store) -> None:
    with sqlite3.connect(store.path) as db:
        columns = {row[1] for row in db.execute("PRAGMA table_info(papers)")}
    db.close()
    assert columns == {field.name for field in dataclasses.fields(Paper)} | {
        "written_in",
        "changed",
        "added",
    }


def test_lists_and_extra_are_json_that_anyone_can_read(store: Store) -> None:
    put(store, FULL)
    with sqlite3.connect(store.path) as db:
        authors, extra = db.execute("SELECT authors, extra FROM papers").fetchone()
    db.close()
    assert "薛婉钰" in authors
    assert json.loads(authors) == list(FULL.authors)
    assert json.loads(extra) == FULL.extra
