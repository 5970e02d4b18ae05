"""A large index is left as it is: what comes and goes stands in a tail, until it is merged."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.engines import local, merging
from corpus.library import Library
from corpus.paper import Filters, Paper, Query
from corpus.ranking import parts
from corpus.ranking.bm25 import Ranker
from corpus.ranking.merging import write_merged
from corpus.readers import Record
from corpus.sieve import plain

Jsonl = Callable[..., Path]


@pytest.fixture(autouse=True)
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every index counts as a large one, of which the tail is not merged in the background."""
    monkeypatch.setattr(local, "_LARGE", 1)
    monkeypatch.setattr(os, "nice", lambda _: 0)


def some(first: int, count: int, said: str = "Peer support") -> list[dict[str, Any]]:
    return [
        {
            "id": str(n),
            "title": f"{said} {n}",
            "abstract": f"Of team {n % 5}.",
            "year": 2000 + n % 9,
        }
        for n in range(first, first + count)
    ]


def files(library: Library) -> list[str]:
    """The kinds of the files of the index."""
    return sorted(path.suffix for path in (library.folder / "index").iterdir())


QUESTIONS = ("peer support", "team 3", "nurses", "peer 12 support 3 of team", "同伴支持")


def best(library: Library, text: str, count: int = 1) -> list[str]:
    """The best that is found, by their own ids."""
    return sorted(hit.paper.source_id for hit in library.find(Query(text=text, top=count)).hits)


def assert_as_if_anew(library: Library) -> None:
    """The library ranks as one whose index is made now of all its papers."""
    assert library.index_status() == "current"
    with library._store.snapshot() as state:
        ours = library._engine.ranker(state.version)
        anew = Ranker(library._engine._built())
    assert ours.corpus_size == anew.corpus_size == library.state().papers
    assert ours.avgdl == anew.avgdl
    for question in QUESTIONS:
        query = dict.fromkeys(question.split(), 1.0) | {"peer": 0.7, "support": 1.0}
        for count in (1, 5, 1000):
            mine, theirs = ours.rank(query, count), anew.rank(query, count)
            assert mine.ids.tolist() == theirs.ids.tolist()
            assert mine.scores.tobytes() == theirs.scores.tobytes()


def test_what_comes_later_stands_in_a_tail(library: Library, jsonl: Jsonl) -> None:
    library.add([jsonl("a.jsonl", *some(1, 30))])
    assert files(library) == [".postings"]
    base = next((library.folder / "index").iterdir())
    library.add([jsonl("b.jsonl", *some(31, 2), *some(40, 1, "Nurses"))])
    assert files(library) == [".postings", ".tail"]
    assert base.exists()
    assert best(library, "nurses") == ["40"]
    assert_as_if_anew(library)
    library.add([jsonl("c.jsonl", *some(50, 1, "Nurses of"))])
    assert files(library) == [".postings", ".tail"]
    assert best(library, "nurses", 2) == ["40", "50"]
    assert_as_if_anew(library)


def test_what_changes_or_goes_is_found_no_more_as_it_was(library: Library, jsonl: Jsonl) -> None:
    library.add([jsonl("a.jsonl", *some(1, 30))])
    library.add([jsonl("a.jsonl", {"id": "7", "title": "Peer", "abstract": "Of zebras."})])
    library.remove(9)
    assert_as_if_anew(library)
    assert best(library, "zebras") == ["7"]
    library.add([jsonl("b.jsonl", *some(60, 2, "Nurses"))])
    library.remove(31)
    assert_as_if_anew(library)
    library.undo()
    assert_as_if_anew(library)
    assert len(library.find(Query(text="peer support", top=100)).hits) == 29


def test_filters_and_neighbours_look_into_the_tail_too(library: Library, jsonl: Jsonl) -> None:
    library.add([jsonl("a.jsonl", *some(1, 30))])
    library.add([jsonl("b.jsonl", *some(31, 9))])
    library.remove(3)
    years = Filters(first_year=2004, last_year=2004)
    found = library.find(Query(text="peer support", top=100, filters=years))
    assert sorted(hit.paper.id for hit in found.hits) == [4, 13, 22, 31]
    assert [paper.id for paper in library.every(years)] == [4, 13, 22, 31]
    found = library.find(Query(text="peer support", top=100, filters=Filters(without=("3",))))
    assert all("3" not in hit.paper.title.split() for hit in found.hits)
    like = library.find(Query(like=33, top=100))
    assert len(like.hits) == 37
    assert 33 not in [hit.paper.id for hit in like.hits]
    assert library.find(Query(like=33, top=3, explain=True)).hits[0].shares


def test_another_process_reads_base_and_tail(library: Library, jsonl: Jsonl) -> None:
    library.add([jsonl("a.jsonl", *some(1, 30))])
    library.add([jsonl("b.jsonl", *some(31, 3))])
    with Library(library.folder) as again:
        assert_as_if_anew(again)
        library.add([jsonl("c.jsonl", *some(41, 3, "Nurses"))])
        assert best(again, "nurses", 3) == ["41", "42", "43"]
        assert_as_if_anew(again)


@pytest.mark.parametrize("damage", ["no base", "no tail", "torn tail", "torn base"])
def test_without_one_of_the_two_the_index_is_built_again(
    library: Library, jsonl: Jsonl, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    library.add([jsonl("a.jsonl", *some(1, 30))])
    library.add([jsonl("b.jsonl", *some(31, 3))])
    kind = damage.split()[1].replace("base", "postings")
    (file,) = (library.folder / "index").glob(f"*.{kind}")
    if damage.startswith("no"):
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[:-3])
    with Library(library.folder) as again:
        assert again.index_status() in ("missing", "torn")
        assert len(again.find(Query(text="peer support", top=100)).hits) == 33
        assert "building the index" in caplog.text
        assert_as_if_anew(again)
        assert files(again) == [".postings"]


def test_a_tail_that_would_be_too_long_is_merged_by_the_import(
    library: Library, jsonl: Jsonl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local, "_LONGEST", 5)
    library.add([jsonl("a.jsonl", *some(1, 30))])
    library.add([jsonl("b.jsonl", *some(31, 2))])
    assert files(library) == [".postings", ".tail"]
    library.add([jsonl("c.jsonl", *some(51, 9))])
    assert files(library) == [".postings"]
    assert_as_if_anew(library)


def test_a_long_tail_is_merged_in_the_background(
    library: Library, jsonl: Jsonl, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.add([jsonl("a.jsonl", *some(1, 30))])
    monkeypatch.setattr(local, "_TAIL", 3)
    library.add([jsonl("b.jsonl", *some(31, 2))])
    library.remove(4)
    library._engine._merging.wait()
    assert files(library) == [".postings", ".postings", ".tail"]
    assert_as_if_anew(library)
    with Library(library.folder) as again:
        assert_as_if_anew(again)
        with again._store.snapshot() as state:
            assert not len(again._engine.ranker(state.version)._tail.ids)
    # A later state's tail is on the merged base, and what is not needed goes.
    monkeypatch.setattr(local, "_TAIL", 1000)
    library.add([jsonl("c.jsonl", *some(71, 1, "Nurses"))])
    assert files(library) == [".postings", ".tail"]
    with library._store.snapshot() as state:
        assert library._engine.ranker(state.version)._tail.ids.tolist() == [33]
    assert_as_if_anew(library)


def test_a_merge_that_begins_too_late_makes_nothing(library: Library, jsonl: Jsonl) -> None:
    library.add([jsonl("a.jsonl", *some(1, 30))])
    library.add([jsonl("b.jsonl", *some(31, 4))])
    library.remove(2)
    version = library.state().version
    folder = library.folder / "index"
    library.add([jsonl("b.jsonl", {"id": "33", "title": "Peer", "abstract": "Of zebras."})])
    kept = {path.name for path in folder.iterdir()}
    assert not merging.merge(folder, version)  # its tail went with its state
    assert {path.name for path in folder.iterdir()} == kept
    assert_as_if_anew(library)


def test_a_tail_is_on_any_base_that_its_line_names(library: Library, jsonl: Jsonl) -> None:
    library.add([jsonl("a.jsonl", *some(1, 30))])
    library.add([jsonl("b.jsonl", *some(31, 4))])
    library.remove(2)
    version = library.state().version
    index = library._engine._folder
    found = index.find(version)
    assert found is not None
    between = index.whole(version)
    library.add([jsonl("b.jsonl", {"id": "33", "title": "Peer", "abstract": "Of zebras."})])
    library.remove(32)
    library.add([jsonl("c.jsonl", *some(71, 1, "Nurses"))])
    write_merged(found.parts(), between)
    now = index.find(library.state().version)
    assert now is not None
    assert now.of == version
    assert now.tail.postings.ids.tolist() == [33, 35]
    with Library(library.folder) as again:
        assert_as_if_anew(again)
    library.add([jsonl("d.jsonl", *some(80, 1, "Zebras"))])
    assert_as_if_anew(library)
    assert parts.read(index.tail(library.state().version)).line[0] == version


def test_a_merge_that_is_killed_loses_nothing(
    library: Library,
    jsonl: Jsonl,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    started: list[subprocess.Popen[bytes]] = []
    begin = merging.started

    def killed(*arguments: Any, **options: Any) -> Any:
        process = begin(*arguments, **options)
        assert process is not None
        process.kill()
        started.append(process)
        return process

    monkeypatch.setattr(merging, "started", killed)
    monkeypatch.setattr(local, "_TAIL", 1)
    library.add([jsonl("a.jsonl", *some(1, 30))])
    library.add([jsonl("b.jsonl", *some(31, 2))])
    library._engine._merging.wait()
    assert [process.returncode for process in started] == [-9]
    assert_as_if_anew(library)
    with caplog.at_level(logging.WARNING, "corpus"), Library(library.folder) as again:
        assert_as_if_anew(again)
    assert caplog.text == ""


def test_after_a_large_import_the_search_is_compiled_elsewhere(
    library: Library, jsonl: Jsonl, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[tuple[str, ...]] = []
    monkeypatch.setattr(merging, "started", lambda *arguments: begun.append(arguments))
    library.add([jsonl("a.jsonl", *some(1, 30))])
    assert begun == []
    monkeypatch.setattr(local, "WORTH_COMPILING", 10)
    library.add([jsonl("b.jsonl", *some(31, 3))])
    assert begun == []  # what is in a tail changes nothing
    monkeypatch.setattr(local, "_LONGEST", 1)
    library.add([jsonl("c.jsonl", *some(41, 9))])
    assert [arguments[2] for arguments in begun] == [library.state().version]
    compiled: list[bool] = []
    monkeypatch.setattr(merging, "WORTH_COMPILING", 10)
    monkeypatch.setattr(Ranker, "compile", lambda _: compiled.append(True))
    before = files(library)
    assert merging.merge(library.folder / "index", library.state().version)
    assert len(compiled) == 1
    assert files(library) == before


def test_one_merge_at_a_time(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    class Going:
        ended: int | None = None

        def poll(self) -> int | None:
            return self.ended

    begun: list[str] = []

    def start(_module: str, _folder: str, state: str) -> Going:
        begun.append(state)
        return going

    going = Going()
    monkeypatch.setattr(merging, "started", start)
    merges = merging.Merging(library._engine._folder)
    merges.begin("1")
    merges.begin("2")
    going.ended = 0
    merges.begin("3")
    assert begun == ["1", "3"]


STEP = st.one_of(
    st.tuples(st.just("add"), st.integers(1, 12), st.integers(0, 3)),
    st.tuples(st.just("remove"), st.integers(1, 12), st.just(0)),
    st.tuples(st.just("merge"), st.just(0), st.just(0)),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, min_size=1, max_size=9))
def test_whatever_happens_in_whatever_order(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    said = ("Peer support", "Nurses", "Team zebras", "Support of peers and teams")
    with Library(tmp_path_factory.mktemp("library") / "one", create=True) as library:
        first = [Paper(source_id=f"x{n}", title=f"Peer team {n}") for n in range(5)]
        library.take("source", [Record(paper, 1, 1) for paper in first])
        for kind, which, how in steps:
            if kind == "add":
                paper = Paper(source_id=str(which), title=f"About {which}", abstract=said[how])
                library.take("source", [Record(paper, 1, 1)])
            elif kind == "remove" and library._store.paper(which) is not None:
                library.remove(which)
            elif kind == "merge":
                merging.merge(library.folder / "index", library.state().version)
        assert_as_if_anew(library)
        with Library(library.folder) as again:
            assert_as_if_anew(again)
            ids = np.sort(again._engine.ranker(again.state().version).ids)
        assert set(plain.matching(library._store.connection, Filters()).tolist()) <= set(
            ids.tolist()
        )
