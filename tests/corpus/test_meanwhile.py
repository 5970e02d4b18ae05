"""Whoever asks while papers change is answered at once, from the state before or the one after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from corpus.changes import Changes
from corpus.engines import indexing
from corpus.engines.local import LocalEngine
from corpus.errors import UnreadableFile
from corpus.library import Library
from corpus.paper import Paper, Query
from corpus.readers import Record, Skipped

Jsonl = Callable[..., Path]


def some(first: int, count: int, **more: Any) -> list[dict[str, Any]]:
    return [
        {"id": str(n), "title": f"Peer support {n}", "doi": f"10.1000/{n}", **more}
        for n in range(first, first + count)
    ]


class Seen(NamedTuple):
    """What somebody who asks gets to see."""

    version: str
    papers: int
    matched: int | None
    found: tuple[tuple[str, float], ...]
    ranked: tuple[tuple[str, float], ...]


def seen(library: Library) -> Seen:
    with library._store.snapshot():
        results = library.find(Query(text="peer support", top=99))
        return Seen(
            results.version,
            results.papers,
            results.matched,
            tuple((repr(hit.paper), hit.score) for hit in results.hits),
            tuple(library.rank("peer support", 99)),
        )


class Onlooker:
    """Asks the library from a thread of its own, whenever it is called."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.told: list[Seen] = []
        self._thread = ThreadPoolExecutor(1)

    def __call__(self, *_: object) -> None:
        self.told.append(self._thread.submit(seen, self.library).result(60))

    def close(self) -> None:
        self._thread.shutdown()

    def assert_saw(self, before: Seen, after: Seen) -> None:
        """Only the two states were seen, and never the first again after the second."""
        assert set(self.told) <= {before, after}
        assert before in self.told
        first = self.told.index(after) if after in self.told else len(self.told)
        assert set(self.told[first:]) <= {after}


@pytest.fixture
def filled(library: Library, jsonl: Jsonl) -> Library:
    library.add([jsonl("first.jsonl", *some(1, 5))])
    library.add([jsonl("second.jsonl", *some(4, 4, keywords=["recovery"]))])
    return library


@pytest.fixture
def onlooker(filled: Library) -> Iterator[Onlooker]:
    """Asks before each statement that the thread of the test has SQLite do."""
    made = Onlooker(filled)
    filled._store._db.conn.set_trace_callback(made)
    yield made
    made.close()


@pytest.fixture
def copy(filled: Library, tmp_path: Path) -> Path:
    """A copy of the library as it was before its second import."""
    path = tmp_path / "copy.db"
    filled.copy(path)
    with Library(tmp_path / "copied", create=True) as other:
        other.replace(path)
        other.undo()
        path.unlink()
        other.copy(path)
    return path


def import_(library: Library, jsonl: Jsonl, _: Path) -> None:
    library.add([jsonl("new.jsonl", *some(6, 9, abstract="New support."))])


def undo(library: Library, _: Jsonl, __: Path) -> None:
    assert library.undo() is not None


def remove(library: Library, _: Jsonl, __: Path) -> None:
    library.remove(3)


def replace(library: Library, _: Jsonl, copy: Path) -> None:
    library.replace(copy)


@pytest.mark.parametrize("change", [import_, undo, remove, replace])
@pytest.mark.parametrize("few", [2, 2_000])
def test_one_state_or_the_other_answers_at_every_step(
    filled: Library,
    onlooker: Onlooker,
    jsonl: Jsonl,
    copy: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Library, Jsonl, Path], None],
    few: int,
) -> None:
    monkeypatch.setattr(indexing, "_FEW", few)
    onlooker()
    before = onlooker.told[-1]
    change(filled, jsonl, copy)
    onlooker()
    after = onlooker.told[-1]
    assert before != after
    assert len(onlooker.told) > 10
    onlooker.assert_saw(before, after)


def test_whoever_looks_on_sees_nothing_of_an_import_while_it_is_told_how_far_it_is(
    filled: Library, jsonl: Jsonl
) -> None:
    onlooker, steps = Onlooker(filled), []

    def progress(step: str, _: Path | None, done: int) -> None:
        steps.append((step, done))
        onlooker()

    before = seen(filled)
    filled.add([jsonl("new.jsonl", *some(20, 3))], progress)
    assert steps == [("reading", 1), ("reading", 2), ("reading", 3), ("indexing", 3)]
    assert set(onlooker.told) == {before}
    onlooker()
    assert onlooker.told[-1].papers == before.papers + 3
    onlooker.close()


def test_a_dry_run_is_seen_by_nobody(filled: Library, onlooker: Onlooker, jsonl: Jsonl) -> None:
    files = sorted((filled.folder / "index").iterdir())
    before = seen(filled)
    report = filled.add([jsonl("new.jsonl", *some(6, 9, year=2001))], dry_run=True)
    assert (report.added, len(report.merged)) == (7, 2)
    assert report.papers == before.papers
    onlooker()
    assert set(onlooker.told) == {before}
    assert sorted((filled.folder / "index").iterdir()) == files


def test_an_import_that_breaks_off_is_seen_by_nobody(filled: Library, onlooker: Onlooker) -> None:
    def records() -> Iterator[Record | Skipped]:
        yield Record(Paper(title="Peer support, new"), 1, 1)
        yield Skipped(2, 2, "no title, abstract or DOI")
        raise UnreadableFile("page 2 cannot be read")

    before = seen(filled)
    with pytest.raises(UnreadableFile, match="page 2"):
        filled.take("service", records())
    onlooker()
    assert set(onlooker.told) == {before}


def test_a_question_that_came_before_is_answered_as_it_was_then(
    filled: Library, jsonl: Jsonl, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its index is gone when it looks for it, and is made of what the papers were."""
    before = seen(filled)
    ranker, new = LocalEngine.ranker, jsonl("new.jsonl", *some(20, 3))

    def late(self: LocalEngine, version: str) -> Any:
        monkeypatch.setattr(LocalEngine, "ranker", ranker)
        with Library(filled.folder) as other:
            other.add([new])
        return ranker(self, version)

    with Library(filled.folder) as asked, ThreadPoolExecutor(1) as thread:
        monkeypatch.setattr(LocalEngine, "ranker", late)
        assert thread.submit(seen, asked).result(60) == before
        assert seen(asked).papers == before.papers + 3
    filled.remove(1)
    (file,) = (filled.folder / "index").iterdir()
    assert file.name.startswith(filled.state().version)


def test_a_copy_that_is_made_during_an_import_has_nothing_of_it(
    filled: Library, jsonl: Jsonl, tmp_path: Path
) -> None:
    before, copies = seen(filled), []

    def copy(step: str, _: Path | None, done: int) -> None:
        copies.append(tmp_path / f"{step}-{done}.db")
        with ThreadPoolExecutor(1) as thread:
            thread.submit(filled.copy, copies[-1]).result(60)

    filled.add([jsonl("new.jsonl", *some(20, 2))], copy)
    assert len(copies) == 3
    for number, path in enumerate(copies):
        with Library(tmp_path / f"copied-{number}", create=True) as other:
            other.replace(path)
            assert seen(other)[1:] == before[1:]


def test_imports_come_after_one_another(filled: Library, jsonl: Jsonl) -> None:
    """The second has to wait for the first, and knows what that one brought."""
    files = [jsonl(f"{n}.jsonl", *some(20 + 2 * n, 3)) for n in range(4)]
    with ThreadPoolExecutor(4) as threads:
        reports = list(threads.map(lambda file: filled.add([file]), files))
    assert sum(report.added for report in reports) == 9
    assert sum(report.known for report in reports) == 3
    assert max(report.papers for report in reports) == seen(filled).papers == 7 + 9
    assert filled.index_status() == "current"
    undone = [filled.undo() for _ in files]
    assert {one.sources for one in undone} == {(str(file),) for file in files}
    assert seen(filled).papers == 7


def test_a_change_waits_for_the_one_before(
    filled: Library, jsonl: Jsonl, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A paper that is removed during an import is removed from what the import leaves."""
    finish = Changes.finish
    new = jsonl("new.jsonl", {"title": "Peer support 1, again", "doi": "10.1000/1"})
    with ThreadPoolExecutor(1) as thread:
        waiting = []

        def meanwhile(self: Changes) -> bool:
            monkeypatch.setattr(Changes, "finish", finish)
            waiting.append(thread.submit(filled.remove, 1))
            return finish(self)

        monkeypatch.setattr(Changes, "finish", meanwhile)
        filled.add([new])
        removed = waiting[0].result(60)
    assert "again" in str(removed.extra)
    assert "1" not in [name for name, _ in seen(filled).ranked]
    assert filled.index_status() == "current"
