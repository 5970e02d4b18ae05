"""Taking imports back: everything is as before, one import after another, and no number twice."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.engines import indexing
from corpus.errors import PaperNotFound
from corpus.library import Library
from corpus.ranking import postings
from corpus.ranking.postings import Postings

Jsonl = Callable[..., Path]
Rows = dict[str, set[tuple[Any, ...]]]

QUESTIONS = ("peer support", "同伴支持", "burnout of nurses", "recovery")


def rows(library: Library) -> Rows:
    """All that the library says of papers, as it stands in its tables."""
    db = library._store._db
    papers = [name for name in columns(library) if name != "changed"]
    return {
        "papers": set(db.execute(f"SELECT {', '.join(papers)} FROM papers").fetchall()),
        "records": set(db.execute("SELECT paper, hash, source, source_id FROM records").fetchall()),
        "keys": set(db.execute("SELECT paper, key FROM keys").fetchall()),
    }


def columns(library: Library) -> list[str]:
    return [row[1] for row in library._store._db.execute("PRAGMA table_info(papers)")]


def answers(library: Library) -> list[list[tuple[str, float]]]:
    return [library.rank(question, 20) for question in QUESTIONS]


def assert_index_is_as_if_built_anew(library: Library) -> None:
    assert library.index_status() == "current"
    (file,) = (library.folder / "index").glob("*.postings")
    kept, built = postings.read(file), library._engine._built()
    for name in Postings.__dataclass_fields__:
        assert np.array_equal(getattr(kept, name), getattr(built, name)), name


def numbers(library: Library) -> set[int]:
    return {paper.id for paper in library._store.every()}


# Any imports at all

RECORDS = st.fixed_dictionaries(
    {"title": st.sampled_from(["Peer support", "Burnout of nurses", "同伴支持"])},
    optional={
        "id": st.sampled_from(["1", "2"]),
        "abstract": st.sampled_from(["Peers met.", "Peers met nurses in recovery.", "研究同伴。"]),
        "year": st.sampled_from([2001, 2002]),
        "authors": st.sampled_from([["Davidson, Larry"], ["薛婉钰", "Müller, Jörg"]]),
        "doi": st.sampled_from(["10.1000/a", "10.1000/b"]),
        "pmid": st.sampled_from(["77", "78"]),
        "keywords": st.sampled_from([["recovery"], ["peers", "hope"]]),
        "odd": st.sampled_from([{"n": 1.5}, ["ü\n", None]]),
    },
)
IMPORTS = st.tuples(st.sampled_from("ab"), st.lists(RECORDS, min_size=1, max_size=4))
STEPS = st.lists(
    st.one_of(
        IMPORTS,
        IMPORTS,
        st.just("undo"),
        st.integers(0, 5).map(lambda place: ("remove", place)),
    ),
    min_size=2,
    max_size=7,
)


class Told:
    """A library, and what it is to be once each of its imports is taken back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.library = Library(folder / "library", create=True)
        self.before: list[Rows] = []
        self.last = 0

    def import_(self, source: str, records: list[dict[str, Any]]) -> None:
        file = self.folder / f"{source}.jsonl"
        file.write_text("".join(f"{json.dumps(one)}\n" for one in records), encoding="utf-8")
        before, state, had = rows(self.library), self.library.state(), numbers(self.library)
        dry = self.library.add([file], dry_run=True)
        assert (rows(self.library), self.library.state()) == (before, state)
        report = self.library.add([file])
        assert (report.added, report.known) == (dry.added, dry.known)
        assert len(report.merged) == len(dry.merged)
        new = numbers(self.library) - had
        assert len(new) == report.added
        assert all(number > self.last for number in new)
        self.last = max(self.last, *new, 0)
        if report.added or report.merged:
            self.before.append(before)
        assert (self.library.state() != state) == bool(report.added or report.merged)

    def remove(self, place: int) -> None:
        here = sorted(numbers(self.library))
        if place >= len(here):
            with pytest.raises(PaperNotFound):
                self.library.remove(self.last + 1)
            return
        gone = here[place]
        assert self.library.remove(gone).id == gone
        for before in self.before:
            for table, kept in before.items():
                number = columns(self.library).index("id") if table == "papers" else 0
                before[table] = {row for row in kept if row[number] != gone}

    def undo(self) -> None:
        had = numbers(self.library)
        undone = self.library.undo()
        if not self.before:
            assert undone is None
            return
        assert undone is not None
        assert rows(self.library) == self.before.pop()
        assert undone.removed == len(had - numbers(self.library))
        assert numbers(self.library) <= had


@settings(max_examples=40)
@given(steps=STEPS)
def test_an_import_that_is_taken_back_leaves_no_trace(steps: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as name:
        told = Told(Path(name))
        for step in steps:
            if step == "undo":
                told.undo()
            elif step[0] == "remove":
                told.remove(step[1])
            else:
                told.import_(*step)
            if told.library.state().version != "empty":
                assert_index_is_as_if_built_anew(told.library)
        while told.before:
            told.undo()
        told.undo()
        assert told.library.state().papers == 0
        assert all(not kept for kept in rows(told.library).values())
        former = told.library._store._db.execute("SELECT count(*) FROM former").fetchone()
        assert former == (0,)
        told.library.close()


# One by one

A = {"id": "1", "title": "Peer support", "doi": "10.1000/a", "keywords": ["recovery"]}
B = {"id": "2", "title": "Burnout of nurses", "abstract": "Nurses met.", "pmid": "77"}


def test_there_is_nothing_to_take_back_at_first(library: Library) -> None:
    before = library.state()
    assert library.undo() is None
    assert library.state() == before


def test_what_was_taken_back_is_told(library: Library, jsonl: Jsonl) -> None:
    one, other = jsonl("one.jsonl", A), jsonl("other.jsonl", B)
    library.add([one])
    library.add([jsonl("again.jsonl", {**A, "year": 2001}), other])
    undone = library.undo()
    assert undone is not None
    assert undone.sources == (str(one.with_name("again.jsonl")), str(other))
    assert (undone.removed, undone.restored) == (1, 1)
    assert undone.at.endswith("+00:00")
    assert library.undo().sources == (str(one),)


def test_a_paper_is_known_by_what_it_was_before(library: Library, jsonl: Jsonl) -> None:
    library.add([jsonl("one.jsonl", A)])
    paper, scores = library.paper(1), answers(library)
    library.add([jsonl("two.jsonl", {**A, "pmid": "99", "keywords": ["burnout"]}, B)])
    assert library.named("PMID 99").id == 1
    assert library.named("pmid:77").id == 2
    assert answers(library) != scores
    library.undo()
    assert library.paper(1) == paper
    assert answers(library) == scores
    for gone in ("PMID 99", "pmid:77", "#2", B["title"]):
        with pytest.raises(PaperNotFound):
            library.named(gone)
    assert library.named("10.1000/A").id == 1


def test_records_that_were_taken_back_are_new_when_they_come_again(
    library: Library, jsonl: Jsonl
) -> None:
    library.add([jsonl("one.jsonl", A)])
    second = jsonl("two.jsonl", {**A, "pmid": "99"}, B)
    library.add([second])
    library.undo()
    report = library.add([second])
    assert (report.added, len(report.merged), report.known) == (1, 1, 0)
    assert numbers(library) == {1, 3}  # 2 was given once


def test_an_import_that_changed_nothing_is_none_to_take_back(
    library: Library, jsonl: Jsonl
) -> None:
    library.add([jsonl("one.jsonl", A)])
    library.add([jsonl("two.jsonl", B)])
    assert library.add([jsonl("three.jsonl", A, B)]).known == 2
    bad = jsonl("bad.jsonl", {"title": "New"})
    bad.write_bytes(bad.read_bytes() + b"\xff\x81")
    assert list(library.add([bad]).failed) == [bad]
    undone = library.undo()
    assert undone.sources == (str(bad.with_name("two.jsonl")),)
    assert numbers(library) == {1}


def test_what_a_record_of_the_same_import_merged_into_goes_whole(
    library: Library, jsonl: Jsonl
) -> None:
    library.add([jsonl("one.jsonl", A), jsonl("two.jsonl", {**A, "year": 2001})])
    undone = library.undo()
    assert (undone.removed, undone.restored) == (1, 0)
    assert library.state().papers == 0
    assert answers(library) == [[], [], [], []]


def test_a_paper_that_was_merged_into_twice_is_as_before_the_first(
    library: Library, jsonl: Jsonl
) -> None:
    library.add([jsonl("one.jsonl", A)])
    before = rows(library)
    again = [{"doi": A["doi"], "title": A["title"], "keywords": [word]} for word in ("a", "b")]
    assert len(library.add([jsonl("two.jsonl", *again)]).merged) == 2
    assert library.paper(1).keywords == ("recovery", "a", "b")
    assert library.undo().restored == 1
    assert rows(library) == before


def test_a_paper_that_was_removed_stays_so(library: Library, jsonl: Jsonl) -> None:
    library.add([jsonl("one.jsonl", A, B)])
    library.add([jsonl("two.jsonl", {**A, "year": 2001})])
    assert library.remove(1).title == A["title"]
    undone = library.undo()
    assert (undone.removed, undone.restored) == (0, 0)
    assert numbers(library) == {2}
    undone = library.undo()
    assert (undone.removed, undone.restored) == (1, 0)
    assert library.undo() is None


def test_the_last_number_is_not_given_again(library: Library, jsonl: Jsonl) -> None:
    library.add([jsonl("one.jsonl", A)])
    library.remove(1)
    library.add([jsonl("one.jsonl", A)])
    assert numbers(library) == {2}
    library.undo()
    library.add([jsonl("two.jsonl", B)])
    assert numbers(library) == {3}


def test_a_large_import_is_taken_back_too(
    library: Library, jsonl: Jsonl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "_FEW", 3)
    first = [{"id": f"{n}", "title": f"Peer support {n}", "doi": f"10.1000/{n}"} for n in range(9)]
    library.add([jsonl("one.jsonl", *first)])
    before, scores = rows(library), answers(library)
    library.add([jsonl("two.jsonl", *({**one, "keywords": ["recovery"]} for one in first), B)])
    assert answers(library) != scores
    assert library.undo().restored == 9  # texts enough for a process of their own
    assert (rows(library), answers(library)) == (before, scores)
    assert_index_is_as_if_built_anew(library)


@pytest.mark.parametrize("change", ["undo", "remove"])
def test_what_breaks_off_changes_nothing(
    library: Library, jsonl: Jsonl, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    library.add([jsonl("one.jsonl", A, B)])
    before, state, scores = rows(library), library.state(), answers(library)
    with monkeypatch.context() as patch:
        patch.setattr("corpus.changes.Changes.finish", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            library.undo() if change == "undo" else library.remove(1)
    assert (rows(library), library.state(), answers(library)) == (before, state, scores)
    assert library.index_status() == "current"
    assert library.undo().removed == 2
