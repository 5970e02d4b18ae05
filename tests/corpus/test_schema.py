"""Libraries of every version that was ever released are opened, and none is made by half."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database, Migrations

from corpus import identity, schema
from corpus.errors import LibraryDamaged
from corpus.identity import Reference, kept
from corpus.library import Library
from corpus.paper import Paper, Query
from corpus.store import Store

Jsonl = Callable[..., Path]

OLD = [
    Paper(
        source_id="p1",
        title="Peer support workers",
        abstract="We interviewed peer workers.",
        authors=("Davidson, Larry",),
        year=2006,
        doi="10.1000/abc",
        keywords=("recovery",),
        extra={"grant": {"number": 5}},
    ),
    Paper(source_id="p2", title="Burnout among nurses", pmid="777", language="en"),
    Paper(title="同伴支持工作者的角色", abstract="角色并不清楚。"),
]
# The columns of the first version, which its migration may never lose or gain.
FIRST = {
    "papers": [
        *("id", "source_id", "title", "abstract", "translated_title", "translated_abstract"),
        *("authors", "journal", "year", "volume", "issue", "pages", "doi", "pmid", "url"),
        *("keywords", "subjects", "affiliations", "language", "summary_by", "extra"),
        *("written_in", "changed"),
    ],
    "records": ["hash", "paper", "source", "source_id"],
    "keys": ["key", "paper"],
    "library": ["id", "state", "token", "last_paper"],
}


def first_version(path: Path, papers: list[Paper]) -> None:
    """A library as the first version left it: two imports, and a paper that was given up."""
    path.parent.mkdir(parents=True)
    db = Database(path)
    first = Migrations("similit.papers")
    first(name="m001_papers")(schema.m001_papers)
    db.enable_wal()
    first.apply(db)
    for table, columns in FIRST.items():
        assert [column.name for column in db.table(table).columns] == columns
    for number, paper in enumerate(papers, 1):
        row = dataclasses.asdict(paper) | {"id": number, "written_in": "", "changed": 2}
        db.table("papers").insert(row)
        db.table("records").insert(
            {
                "hash": identity.record_hash(paper),
                "paper": number,
                "source": "/old/papers.jsonl",
                "source_id": paper.source_id,
            }
        )
        db.table("keys").insert_all(
            {"key": key, "paper": number} for key in identity.keys(paper).all()
        )
    db.execute("UPDATE papers SET written_in = CASE id WHEN 3 THEN 'zh' ELSE 'en' END")
    db.table("library").update(1, {"state": 2, "token": "2-abcd", "last_paper": len(papers) + 1})
    db.close()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The folder of a library of the first version."""
    first_version(tmp_path / "old" / "papers.db", OLD)
    return tmp_path / "old"


@pytest.fixture
def opened(old: Path) -> Iterator[Library]:
    with Library(old) as library:
        yield library


def found(library: Library, text: str) -> list[int]:
    return [hit.paper.id for hit in library.find(Query(text=text)).hits]


def test_an_old_library_has_its_papers(opened: Library) -> None:
    papers = list(opened._store.every())
    assert papers == [dataclasses.replace(one, id=n) for n, one in enumerate(OLD, 1)]
    assert opened.state() == ("2-abcd", 3)
    counts = opened.counts()
    assert (counts.records, counts.languages) == (3, {"en": 2, "zh": 1})
    assert counts.sources == {"/old/papers.jsonl": 3}


def test_an_old_library_answers(opened: Library) -> None:
    assert found(opened, "interviews") == [1]
    assert found(opened, "peer workers") == [1, 3]
    assert found(opened, "角色") == [3]
    assert opened.named("10.1000/ABC").id == 1
    assert opened.named("PMID 777").id == 2
    assert opened.find(Query(text=OLD[2].title)).seed.id == 3


def test_an_old_library_is_opened_as_what_it_became(opened: Library, old: Path) -> None:
    opened.close()
    with sqlite3.connect(old / "papers.db") as db:
        applied = [row[0] for row in db.execute("SELECT name FROM _sqlite_migrations")]
    db.close()
    assert applied == ["m001_papers", "m002_imports", "m003_topics", "m004_states"]
    with Library(old) as again:
        assert again.state() == ("2-abcd", 3)
        assert found(again, "peer workers") == [1, 3]


def test_an_old_library_takes_papers_and_gives_back_only_those(
    opened: Library, jsonl: Jsonl
) -> None:
    assert opened.undo() is None
    before = list(opened._store.every())
    scores = opened.rank("peer workers of nurses", 9)
    again = {"id": "p1", "title": OLD[0].title, "doi": OLD[0].doi, "keywords": ["hope"]}
    report = opened.add([jsonl("new.jsonl", again, {"title": "Peers of walruses"})])
    assert (report.added, len(report.merged)) == (1, 1)
    assert found(opened, "walruses")[0] == 5  # 4 was given before
    assert opened.paper(1).keywords == ("recovery", "hope")
    undone = opened.undo()
    assert (undone.removed, undone.restored) == (1, 1)
    assert list(opened._store.every()) == before
    assert opened.rank("peer workers of nurses", 9) == scores
    assert opened.undo() is None
    assert opened.counts().records == 3


def test_the_records_of_an_old_library_are_known(opened: Library) -> None:
    with opened._store.changing() as changes:
        told = [changes.put(kept(one, one), "elsewhere") for one in OLD]
    assert [(one.kind, one.paper) for one in told] == [("known", 1), ("known", 2), ("known", 3)]


def test_a_paper_of_an_old_library_is_removed(opened: Library) -> None:
    opened.remove(1)
    assert found(opened, "peer workers") == [3]
    assert opened._store.named(Reference("doi", "10.1000/abc")) is None
    assert opened.undo() is None


def test_an_old_library_is_a_copy_to_restore(opened: Library, old: Path, jsonl: Jsonl) -> None:
    first_version(old / "elsewhere" / "papers.db", OLD[:1])
    opened.add([jsonl("new.jsonl", {"title": "Peer workers, new"})])
    opened.replace(old / "elsewhere" / "papers.db")
    assert found(opened, "peer workers") == [1]
    assert opened.state().papers == 1
    assert opened.undo() is None


# Others at the same time


@pytest.mark.parametrize("version", ["none", "first"])
def test_two_that_open_a_library_at_once_bring_it_up_to_date_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    path = tmp_path / "library" / "papers.db"
    if version == "first":
        first_version(path, OLD)
    else:
        path.parent.mkdir()
    enable, others = Database.enable_wal, []

    def meanwhile(self: Database) -> None:
        enable(self)
        monkeypatch.setattr(Database, "enable_wal", enable)
        with ThreadPoolExecutor(1) as threads:
            others.append(threads.submit(Store, path).result())

    monkeypatch.setattr(Database, "enable_wal", meanwhile)
    store = Store(path)
    assert store.state() == others[0].state()
    assert store.state().papers == (3 if version == "first" else 0)
    for one in (store, *others):
        one.close()


def test_nobody_sees_the_tables_half_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "papers.db"
    record, seen = Migrations._record_applied, []

    def meanwhile(self: Migrations, db: Database, name: str) -> None:
        with sqlite3.connect(path) as other:
            seen.append(other.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
        other.close()
        record(self, db, name)

    monkeypatch.setattr(Migrations, "_record_applied", meanwhile)
    Store(path).close()
    assert seen == [0, 0, 0, 0]


def test_a_migration_that_fails_leaves_the_library_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch, jsonl: Jsonl
) -> None:
    def full(*_: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Migrations, "_record_applied", full)
        with pytest.raises(LibraryDamaged, match="disk is full"):
            Library(old)
    with Library(old) as library:
        assert library.state() == ("2-abcd", 3)
        assert library.add([jsonl("new.jsonl", {"title": "New"})]).added == 1
