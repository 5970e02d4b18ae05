"""The index that is made while papers come in: the same in this process and in another."""

from __future__ import annotations

import io
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from corpus.engines import indexing
from corpus.engines.folder import IndexFolder
from corpus.engines.indexing import Indexing, serve
from corpus.errors import LibraryDamaged
from corpus.library import Library
from corpus.process import send
from corpus.ranking import postings
from corpus.ranking.builder import Builder
from corpus.ranking.postings import Postings
from corpus.text.terms import terms

Jsonl = Callable[..., Path]

# English: Chinese takes each other process a second to learn.
TEXTS = {n: f"Peer support {'workers ' * (n % 3)}in team {n}, number {n}" for n in range(1, 13)}
OLDER = {2: "An older text of burnout", 20: "Nurses and zebras", 21: "Peers alone"}


def index(texts: dict[int, str]) -> Postings:
    builder = Builder()
    for number, text in texts.items():
        builder.add(number, terms(text))
    return builder.build()


def read(path: Path) -> Postings | None:
    return postings.read(path) if path.exists() else None


def assert_same(one: Postings | None, other: Postings) -> None:
    assert one is not None
    for name in Postings.__dataclass_fields__:
        assert np.array_equal(getattr(one, name), getattr(other, name)), name


@pytest.fixture(autouse=True)
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The processes that a test has started, of which none may be left, not even a zombie."""
    made: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            made.append(self)

    monkeypatch.setattr(subprocess, "Popen", Noted)
    yield made
    for process in made:
        assert process.returncode is not None  # somebody has waited for it
        assert process.stdin is None or process.stdin.closed
        with pytest.raises(ChildProcessError):
            os.waitpid(process.pid, os.WNOHANG)


Started = list[subprocess.Popen[bytes]]


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few papers that another process makes the index."""
    monkeypatch.setattr(indexing, "_FEW", 3)


BASE = "1-base"


@pytest.fixture
def folder(tmp_path: Path) -> IndexFolder:
    """Where indexes lie."""
    return IndexFolder(tmp_path)


@pytest.fixture
def base(folder: IndexFolder) -> Path:
    """The index of the older state `BASE`."""
    path = folder.whole(BASE)
    postings.write(index(OLDER), path)
    return path


# The texts of papers become an index


@pytest.mark.parametrize("most", [3, 12, 13])
@pytest.mark.parametrize("with_base", [False, True])
def test_the_index_is_the_same_wherever_it_is_made(
    folder: IndexFolder,
    tmp_path: Path,
    base: Path,
    started: Started,
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    with_base: bool,
) -> None:
    monkeypatch.setattr(indexing, "_FEW", most)
    path = tmp_path / "new.postings"
    gone = [5, 21] if with_base else []
    with Indexing(folder) as made:
        for number, text in TEXTS.items():
            made.take(number, text)
        assert made.write(path, BASE if with_base else "", gone)
    assert len(started) == (most < 13)
    expected = {**OLDER, **TEXTS} if with_base else TEXTS
    assert_same(read(path), index({n: text for n, text in expected.items() if n not in gone}))


@pytest.mark.parametrize("most", [3, 100])
@pytest.mark.parametrize("mark", [0, 5])
def test_a_process_that_was_expected_to_be_needed_takes_nothing_from_few(
    folder: IndexFolder,
    tmp_path: Path,
    started: Started,
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    mark: int,
) -> None:
    monkeypatch.setattr(indexing, "_FEW", most)
    with Indexing(folder) as made:
        made.expect()
        made.expect()
        for number in range(90, 90 + mark):
            made.take(number, "Of a file that could not be read to its end")
        made.forget(0)
        for number, text in TEXTS.items():
            made.take(number, text)
        assert made.alone == (most == 100)
        assert made.write(tmp_path / "new", "", [])
    assert len(started) == 1
    assert_same(read(tmp_path / "new"), index(TEXTS))


@pytest.mark.parametrize("most", [3, 7, 100])
@pytest.mark.parametrize("mark", [0, 2, 3, 5])
def test_texts_that_are_forgotten_are_not_in_it(
    folder: IndexFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int, mark: int
) -> None:
    monkeypatch.setattr(indexing, "_FEW", most)
    numbers = list(TEXTS)
    with Indexing(folder) as made:
        for number in numbers[:mark]:
            made.take(number, TEXTS[number])
        assert made.mark() == mark
        for number in range(90, 95):
            made.take(number, "Of a file that could not be read to its end")
        made.forget(mark)
        assert made.mark() == mark
        for number in numbers[mark:]:
            made.take(number, TEXTS[number])
        assert made.mark() == len(numbers)
        assert made.write(tmp_path / "new", "", [])
    assert_same(read(tmp_path / "new"), index(TEXTS))


@pytest.mark.parametrize("most", [3, 100])
def test_a_paper_that_changes_twice_is_in_it_once(
    folder: IndexFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(indexing, "_FEW", most)
    with Indexing(folder) as made:
        for text in ("One", "Two peers", "Three", "Four peers", "Five"):
            made.take(1, text)
        assert made.write(tmp_path / "new", "", ())
    assert_same(read(tmp_path / "new"), index({1: "Five"}))


@pytest.mark.parametrize("most", [3, 100])
def test_nothing_is_written_over_an_index_that_cannot_be_read(
    folder: IndexFolder, tmp_path: Path, base: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(indexing, "_FEW", most)
    base.write_bytes(base.read_bytes()[:-8])
    for older in (BASE, "2-none"):
        with Indexing(folder) as made:
            for number, text in TEXTS.items():
                made.take(number, text)
            assert not made.write(tmp_path / "new", older, [])
    assert not (tmp_path / "new").exists()


@pytest.mark.usefixtures("few")
def test_chinese_is_indexed_alike_in_the_other_process(
    folder: IndexFolder, tmp_path: Path, started: Started
) -> None:
    texts = {n: f"同伴支持工作者的角色 {n} 😀 é" for n in range(5)}
    with Indexing(folder) as made:
        for number, text in texts.items():
            made.take(number, text)
        assert made.write(tmp_path / "new", "", [])
    assert len(started) == 1
    assert_same(read(tmp_path / "new"), index(texts))


def test_an_index_is_read_or_missing_or_damaged(
    folder: IndexFolder, base: Path, caplog: pytest.LogCaptureFixture
) -> None:
    found = folder.find(BASE)
    assert found is not None
    assert_same(found.base, index(OLDER))
    assert folder.find("2-none") is None
    assert caplog.text == ""
    base.write_bytes(base.read_bytes()[:-8])
    assert IndexFolder(folder.path).find(BASE) is None
    assert "damaged" in caplog.text


@pytest.mark.usefixtures("few")
def test_what_is_not_wanted_after_all_leaves_nothing_running(
    folder: IndexFolder, tmp_path: Path, started: Started
) -> None:
    class Stopped(Exception):
        pass

    def stop() -> None:
        with Indexing(folder) as made:
            for number, text in TEXTS.items():
                made.take(number, text)
            raise Stopped

    with pytest.raises(Stopped):
        stop()
    assert len(started) == 1
    assert list(tmp_path.iterdir()) == []


# The other process


@pytest.mark.usefixtures("few")
def test_the_other_process_hears_no_interrupt_and_says_nothing(
    folder: IndexFolder, started: Started
) -> None:
    with Indexing(folder) as made:
        for number, text in TEXTS.items():
            made.take(number, text)
        # A terminal interrupts the whole group of whoever runs in the foreground.
        assert os.getpgid(started[0].pid) != os.getpgid(0)


@pytest.mark.usefixtures("few")
def test_the_other_process_takes_no_module_from_where_somebody_imports(
    folder: IndexFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    (here / "corpus").mkdir(parents=True)
    for name in ("json.py", "numpy.py", "corpus/__init__.py"):
        (here / name).write_text("raise SystemExit('not ours')\n")
    monkeypatch.chdir(here)
    with Indexing(folder) as made:
        for number, text in TEXTS.items():
            made.take(number, text)
        assert made.write(tmp_path / "new", "", [])
    assert_same(read(tmp_path / "new"), index(TEXTS))


@pytest.mark.usefixtures("few")
def test_the_other_process_finds_us_where_we_are_found_by_being_here(
    folder: IndexFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = Path(__file__).resolve().parents[3]
    monkeypatch.setattr(sys, "path", ["", *(one for one in sys.path if Path(one) != root)])
    monkeypatch.chdir(root)
    with Indexing(folder) as made:
        for number, text in TEXTS.items():
            made.take(number, text)
        assert made.write(tmp_path / "new", "", [])


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("texts", [5, 5_000])
def test_a_process_that_is_killed_writes_nothing_and_the_log_says_so(
    folder: IndexFolder,
    tmp_path: Path,
    started: Started,
    caplog: pytest.LogCaptureFixture,
    texts: int,
) -> None:
    with Indexing(folder) as made:
        for number in range(texts):
            made.take(number, f"Peer support of team {number}")
            if number == 4:
                os.kill(started[0].pid, signal.SIGKILL)
        assert not made.write(tmp_path / "new", "", [])
    assert not (tmp_path / "new").exists()
    assert "the process that made the index ended with" in caplog.text


def test_without_another_process_this_one_does_it_all(
    folder: IndexFolder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    tried = []

    def none_left(*_: Any, **__: Any) -> None:
        tried.append(1)
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(indexing, "_FEW", 3)
    monkeypatch.setattr(subprocess, "Popen", none_left)
    with Indexing(folder) as made:
        for number, text in TEXTS.items():
            made.take(number, text)
        mark = made.mark()
        made.take(99, "Forgotten")
        made.forget(mark)
        assert made.write(tmp_path / "new", "", [])
    assert tried == [1]
    assert "Resource temporarily unavailable" in caplog.text
    assert_same(read(tmp_path / "new"), index(TEXTS))


def lines(*messages: Any) -> io.BytesIO:
    told = io.BytesIO()
    for message in messages:
        send(told, message)
    told.seek(0)
    return told


def test_serving(
    folder: IndexFolder, tmp_path: Path, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "nice", lambda _: 0)
    path = tmp_path / "new"
    told = [[(1, TEXTS[1]), (2, "Wrong")], 1, [(2, "同伴支持"), (3, "Gone")]]
    assert serve(folder, lines(*told, (str(path), "", [3]), [(4, "After the end")]))
    assert_same(read(path), index({1: TEXTS[1], 2: "同伴支持"}))
    assert serve(folder, lines([(2, "New")], (str(path), BASE, [20])))
    assert_same(read(path), index({2: "New", 21: OLDER[21]}))


def test_serving_one_who_goes_away(
    folder: IndexFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "nice", lambda _: 0)
    assert not serve(folder, lines())
    assert not serve(folder, lines([(1, TEXTS[1])], 0))
    assert not serve(folder, lines([(1, TEXTS[1])], (str(tmp_path / "new"), "2-none", [])))
    assert list(tmp_path.iterdir()) == []


# Imports


def some(first: int, count: int) -> list[dict[str, Any]]:
    return [
        {"id": str(n), "title": f"Peer support {n}", "abstract": f"Of team {n}."}
        for n in range(first, first + count)
    ]


def index_file(library: Library) -> Path:
    (file,) = (library.folder / "index").glob("*.postings")
    return file


def assert_whole(library: Library) -> None:
    assert library.index_status() == "current"
    assert_same(read(index_file(library)), library._engine._built())


@pytest.mark.usefixtures("few")
def test_an_import_of_many_is_indexed_by_another_process(
    library: Library, jsonl: Jsonl, started: Started
) -> None:
    library.add([jsonl("a.jsonl", *some(1, 2))])
    assert len(started) == 0
    library.add([jsonl("b.jsonl", *some(3, 9))])
    assert [process.returncode for process in started] == [0]
    assert library.state().papers == 11
    assert_whole(library)


@pytest.mark.usefixtures("few")
def test_a_file_that_fails_is_not_in_the_index_that_another_process_makes(
    library: Library, jsonl: Jsonl, started: Started
) -> None:
    articles = "".join(
        f"<PubmedArticle><MedlineCitation><Article><ArticleTitle>Of walruses {n}</ArticleTitle>"
        "</Article></MedlineCitation></PubmedArticle>\n"
        for n in range(9)
    )
    bad = jsonl("bad.xml", f"<PubmedArticleSet>{articles}</Pubmed")  # fails after nine
    good = jsonl("good.jsonl", *some(9, 4))
    told = []
    report = library.add([bad, good], lambda *step: told.append(step))
    assert (report.added, list(report.failed)) == (4, [bad])
    assert ("reading", bad, 9) in told
    assert len(started) == 1
    assert_whole(library)
    assert library.rank("walruses", 20) == []


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("moment", ["reading", "indexing"])
def test_a_killed_process_costs_an_import_only_time(
    library: Library,
    jsonl: Jsonl,
    started: Started,
    caplog: pytest.LogCaptureFixture,
    moment: str,
) -> None:
    def kill(step: str, _: Path | None, done: int) -> None:
        if step == moment and done == 6:
            os.kill(started[0].pid, signal.SIGKILL)

    library.add([jsonl("a.jsonl", *some(20, 2))])
    with caplog.at_level(logging.WARNING, "corpus"):
        assert library.add([jsonl("b.jsonl", *some(1, 6))], kill).added == 6
    assert "the process that made the index ended with" in caplog.text
    assert library.state().papers == 8
    assert_whole(library)


@pytest.mark.usefixtures("few")
def test_an_import_that_breaks_off_leaves_nothing_running(
    library: Library, jsonl: Jsonl, started: Started
) -> None:
    def stop(_: str, __: Path | None, done: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.add([jsonl("a.jsonl", *some(1, 6))], stop)
    assert len(started) == 1
    assert library.state().papers == 0


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize("count", [1, 9])
def test_without_the_index_of_before_all_is_indexed(
    library: Library, jsonl: Jsonl, caplog: pytest.LogCaptureFixture, count: int
) -> None:
    library.add([jsonl("a.jsonl", *some(1, 2))])
    index_file(library).unlink()
    library.add([jsonl("b.jsonl", *some(10, count))])
    assert_whole(library)
    file = index_file(library)
    file.write_bytes(file.read_bytes()[:-4])
    assert caplog.text == ""
    library.add([jsonl("c.jsonl", *some(30, count))])
    assert "damaged" in caplog.text
    assert library.state().papers == 2 + 2 * count
    assert_whole(library)


@pytest.mark.usefixtures("few")
def test_papers_that_are_removed_are_in_no_index(library: Library, jsonl: Jsonl) -> None:
    library.add([jsonl("a.jsonl", *some(1, 9))])
    for gone in (1, 9, 4):
        library.remove(gone)
        assert_whole(library)
        assert str(gone) not in [name for name, _ in library.rank("peer support", 20)]
    assert len(library.rank("peer support", 20)) == 6
    for gone in (2, 3, 5, 6, 7, 8):
        library.remove(gone)
    assert_whole(library)
    assert library.rank("peer support", 20) == []


def test_an_index_that_cannot_be_written_ends_an_import_and_changes_nothing(
    library: Library, jsonl: Jsonl
) -> None:
    (library.folder / "index").write_text("a file where the folder should be")
    with pytest.raises(LibraryDamaged, match="index cannot be written"):
        library.add([jsonl("a.jsonl", *some(1, 2))])
    assert library.state() == ("empty", 0)
