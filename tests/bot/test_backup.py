"""Copies of a library and its conversations: whole, made and put in place while others work."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bot import backup
from bot.answer import Question
from bot.pending import Pending
from bot.preferences import ZONE, prefer, preference
from bot.reading_lists import Reader, ReadingLists
from bot.state import Seen, State
from corpus.errors import LibraryBusy, LibraryDamaged, UnreadableFile
from corpus.library import Library
from corpus.paper import Filters, Paper, Query

FILTERS = Filters(author="Tate", without=("mice",))


def jsonl(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("".join(f"{json.dumps(one)}\n" for one in records), encoding="utf-8")
    return path


def some(first: int, count: int, **more: Any) -> list[dict[str, Any]]:
    return [
        {"id": str(n), "title": f"Peer support {n}", "doi": f"10.1000/{n}", **more}
        for n in range(first, first + count)
    ]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Three papers, of which the second has gone, and two imports."""
    with Library(tmp_path / "library", create=True) as made:
        made.add([jsonl(tmp_path / "one.jsonl", *some(1, 3))])
        made.remove(2)
        made.add([jsonl(tmp_path / "two.jsonl", *some(3, 2, keywords=["recovery"]))])
        yield made


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "copies" / "similit.zip"


@pytest.fixture(autouse=True)
def copies(tmp_path: Path) -> Path:
    """The folder that copies are written to."""
    (tmp_path / "copies").mkdir()
    return tmp_path / "copies"


def papers(library: Library) -> list[Paper]:
    return list(library.every(Filters()))


def numbers(library: Library) -> list[int]:
    return [paper.id for paper in papers(library)]


def ranked(library: Library) -> list[tuple[str, float]]:
    return library.rank("peer support of recovery", 9)


def keep(library: Library, *texts: str) -> list[int]:
    state = State(library.folder / "state.db")
    kept = [state.keep(Question(text=text, top=7, filters=FILTERS)) for text in texts]
    state.close()
    return kept


def question(library: Library, number: int) -> str:
    state = State(library.folder / "state.db")
    kept = state.question(number)
    state.close()
    assert kept is None or (kept.top, kept.filters) == (7, FILTERS)
    return kept.text if kept else ""


def left_behind(*folders: Path) -> list[Path]:
    """What is in these folders that nobody asked for."""
    expected = {"index", "papers.db", "papers.db-shm", "papers.db-wal"}
    expected |= {"state.db", "state.db-shm", "state.db-wal", "similit.zip"}
    return [path for folder in folders for path in folder.iterdir() if path.name not in expected]


# There and back


def test_papers_and_questions_come_back_as_they_were(library: Library, file: Path) -> None:
    asked = keep(library, "同伴支持", "peer support")
    before, scores, counts = papers(library), ranked(library), library.counts()
    backup.make(library, file)
    library.add([jsonl(file.parent / "more.jsonl", *some(1, 9, year=2001))])
    library.remove(3)
    assert papers(library) != before
    backup.restore(library, file)
    assert papers(library) == before
    assert (ranked(library), library.counts()) == (scores, counts)
    assert library.index_status() == "current"
    assert [question(library, number) for number in asked] == ["同伴支持", "peer support"]
    (file.parent / "more.jsonl").unlink()
    assert left_behind(library.folder, file.parent) == []


def test_what_people_had_before_them_does_not_come_back(library: Library, file: Path) -> None:
    asked = keep(library, "peer support")
    state = State(library.folder / "state.db")
    state.remember("77", "1", Seen((asked[0],), 1, {1: 3}))
    backup.make(library, file)
    state.forget_last("77", "1")
    backup.restore(library, file)
    assert state.recalled("77", "1") == []
    state.close()


def test_a_copy_fills_an_empty_folder(library: Library, file: Path, tmp_path: Path) -> None:
    asked = keep(library, "peer support")
    backup.make(library, file)
    with Library(tmp_path / "new", create=True) as new:
        backup.restore(new, file)
        assert papers(new) == papers(library)
        assert ranked(new) == ranked(library)
        assert new.state().version != library.state().version
        assert question(new, asked[0]) == "peer support"
        assert left_behind(new.folder) == []


def test_imports_go_on_and_are_taken_back_after_a_copy_was_put_in_place(
    library: Library, file: Path, tmp_path: Path
) -> None:
    """The copy's imports are of later states than those of the library that it comes into."""
    before = papers(library)
    backup.make(library, file)
    with Library(tmp_path / "new", create=True) as new:
        backup.restore(new, file)
        for step in range(6):
            more = jsonl(tmp_path / "more.jsonl", *some(3 + step, 3, year=2001 + step))
            report = new.add([more])
            assert (report.added, len(report.merged)) == (1, 2), step
        for _ in range(6):
            assert new.undo() is not None
        assert papers(new) == before
        undone = new.undo()
        assert undone.sources == (str(tmp_path / "two.jsonl"),)
        assert (undone.removed, undone.restored) == (1, 1)
        assert new.undo().sources == (str(tmp_path / "one.jsonl"),)
        assert new.undo() is None
        assert numbers(new) == []


def test_numbers_that_were_given_since_the_copy_are_not_given_again(
    library: Library, file: Path, tmp_path: Path
) -> None:
    backup.make(library, file)
    assert numbers(library) == [1, 3, 4]
    library.add([jsonl(tmp_path / "more.jsonl", {"title": "Fifth"}, {"title": "Sixth"})])
    backup.restore(library, file)
    library.add([jsonl(tmp_path / "next.jsonl", {"title": "Next"})])
    assert numbers(library) == [1, 3, 4, 7]
    with Library(tmp_path / "new", create=True) as new:
        backup.restore(new, file)
        new.add([tmp_path / "next.jsonl"])
        assert numbers(new) == [1, 3, 4, 5]


def test_a_library_without_questions_is_copied_too(library: Library, file: Path) -> None:
    backup.make(library, file)
    with zipfile.ZipFile(file) as archive:
        assert archive.namelist() == ["papers.db"]
    backup.restore(library, file)
    assert not (library.folder / "state.db").exists()


def test_a_copy_of_nothing_is_put_in_place_of_something(
    library: Library, file: Path, tmp_path: Path
) -> None:
    with Library(tmp_path / "empty", create=True) as empty:
        backup.make(empty, file)
    backup.restore(library, file)
    assert papers(library) == []
    assert ranked(library) == []


# Questions


def test_questions_since_the_copy_are_known_still(library: Library, file: Path) -> None:
    old = keep(library, "one", "two")
    backup.make(library, file)
    new = keep(library, "three")
    backup.restore(library, file)
    assert [question(library, number) for number in (*old, *new)] == ["one", "two", "three"]
    assert keep(library, "four") == [max(new) + 1]


def test_the_last_number_of_a_question_never_goes_back(
    library: Library, file: Path, tmp_path: Path
) -> None:
    old = keep(library, "one", "two", "three")
    backup.make(library, file)
    with Library(tmp_path / "new", create=True) as new:
        assert keep(new, "another") == [1]
        backup.restore(new, file)
        # What is known under a number here stays what it is.
        assert [question(new, number) for number in old] == ["another", "two", "three"]
        assert keep(new, "four") == [4]
    with Library(tmp_path / "unasked", create=True) as unasked:
        backup.restore(unasked, file)
        assert keep(unasked, "four") == [4]


def test_what_the_bot_knows_of_itself_stays(library: Library, file: Path) -> None:
    state = State(library.folder / "state.db")
    state.note("commands", "as in the copy")
    backup.make(library, file)
    state.note("commands", "now")
    backup.restore(library, file)
    assert state.fact("commands") == "now"
    state.close()
    (library.folder / "state.db").unlink()
    backup.restore(library, file)
    state = State(library.folder / "state.db")
    assert state.fact("commands") == ""  # it has to look again
    assert state.keep(Question(text="first")) == 1
    state.close()


def test_a_bot_that_runs_sees_the_questions_of_the_copy(library: Library, file: Path) -> None:
    number = keep(library, "peer support")[0]
    backup.make(library, file)
    running = State(library.folder / "state.db")
    with sqlite3.connect(library.folder / "state.db") as other:
        other.execute("DELETE FROM questions")
    other.close()
    assert running.question(number) is None
    backup.restore(library, file)
    assert running.question(number).text == "peer support"
    running.close()


# While others work


def test_a_copy_is_made_and_put_in_place_while_others_ask_and_import(
    library: Library, file: Path, tmp_path: Path
) -> None:
    with Library(library.folder) as other, ThreadPoolExecutor(1) as thread:
        before = papers(library)
        more = jsonl(tmp_path / "more.jsonl", *some(20, 3))

        def copy(step: str, _: Path | None, done: int) -> None:
            if (step, done) == ("reading", 2):
                thread.submit(backup.make, other, file).result(60)

        library.add([more], copy)
        assert len(other.find(Query(text="peer support")).hits) == 6
        backup.restore(library, file)
        assert papers(other) == before
        assert len(other.find(Query(text="peer support")).hits) == 3
        assert ranked(other) == ranked(library)


def test_a_copy_is_not_put_in_place_in_the_middle_of_an_import(
    library: Library, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.make(library, file)
    more = jsonl(tmp_path / "more.jsonl", *some(20, 3))
    monkeypatch.setattr("corpus.store._WAIT", 0.0)
    with Library(library.folder) as other:

        def restore(_: str, __: Path | None, done: int) -> None:
            with pytest.raises(LibraryBusy, match="is being written by another process"):
                backup.restore(other, file)

        assert library.add([more], restore).added == 3
        assert numbers(other) == [1, 3, 4, 5, 6, 7]
        assert left_behind(library.folder) == []
        backup.restore(other, file)
    assert numbers(library) == [1, 3, 4]


def test_somebody_who_is_reading_reads_on_while_a_copy_is_put_in_place(
    library: Library, file: Path, tmp_path: Path
) -> None:
    backup.make(library, file)
    library.add([jsonl(tmp_path / "more.jsonl", *some(20, 3))])
    with Library(library.folder) as reading:
        before = papers(reading)
        going = reading.every(Filters(first_year=None, without=("zebra",)))
        read = [next(going)]
        backup.restore(library, file)
        read += going
        assert read == before
        assert papers(reading) == papers(library) != before


# The file


def test_only_its_owner_reads_a_copy(library: Library, file: Path) -> None:
    keep(library, "somebody's question")
    backup.make(library, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    backup.make(library, file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert left_behind(file.parent) == []


def test_a_copy_that_cannot_be_written_leaves_the_one_before(
    library: Library, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.make(library, file)
    content = file.read_bytes()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "write", full)
    with pytest.raises(UnreadableFile, match=r"similit\.zip cannot be written: No space left"):
        backup.make(library, file)
    assert file.read_bytes() == content
    assert left_behind(file.parent) == []


def test_a_copy_needs_a_place(library: Library, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    os.mkfifo(tmp_path / "pipe")
    places = (tmp_path / "none" / "a.zip", tmp_path / "file" / "a.zip", tmp_path, tmp_path / "pipe")
    for place in places:
        with pytest.raises(UnreadableFile, match="cannot be written"):
            backup.make(library, place)
    assert (tmp_path / "pipe").is_fifo()


def packed(**parts: bytes) -> Callable[[Path], None]:
    def write(file: Path) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name.replace("_", "."), content)

    return write


def torn(place: float) -> Callable[[Path], None]:
    """Damages a byte of the copy, at this part of it."""

    def write(file: Path) -> None:
        content = bytearray(file.read_bytes())
        content[int(len(content) * place)] ^= 0xFF
        file.write_bytes(content)

    return write


def header(place: int, value: int) -> Callable[[Path], None]:
    """Changes what the list of the archive's members says of the first."""

    def write(file: Path) -> None:
        content = bytearray(file.read_bytes())
        content[content.index(b"PK\x01\x02") + place] = value
        content[content.index(b"PK\x03\x04") + place - 2] = value
        file.write_bytes(content)

    return write


def no_deflation(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[30 + len("papers.db")] = 0xFF  # the first byte that is packed
    file.write_bytes(content)


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-100])


def foreign(file: Path) -> None:
    database = file.with_name("other.db")
    with sqlite3.connect(database) as other:
        other.execute("CREATE TABLE library_of_another_kind (id)")
    other.close()
    packed(papers_db=database.read_bytes())(file)
    database.unlink()


def newer(file: Path) -> None:
    database = file.with_name("papers.db")
    with zipfile.ZipFile(file) as archive:
        archive.extract("papers.db", file.parent)
    with sqlite3.connect(database) as other:
        other.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('similit.papers', 'm999_of_tomorrow', '2099-01-01')"
        )
    other.close()
    packed(papers_db=database.read_bytes())(file)
    database.unlink()


def with_state(file: Path) -> None:
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("state.db", b"no SQLite at all, " * 100)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda file: file.write_bytes(b""), "is no copy that `similit backup` made"),
        (lambda file: file.write_text("Dear all,\n" * 99), "is no copy that `similit backup` made"),
        (packed(), "is no copy that `similit backup` made"),
        (packed(readme_txt=b"hello"), "is no copy that `similit backup` made"),
        (packed(papers_db=b""), "is no copy that `similit backup` made"),
        (packed(papers_db=b"no SQLite at all, " * 100), "cannot be read as a library"),
        (foreign, "is a database of something else"),
        (newer, "was written by a newer Similit"),
        (with_state, "cannot be restored: file is not a database"),
        (cut, "is no copy that `similit backup` made"),
        *((torn(place), "is no copy that `similit backup` made") for place in (0.1, 0.5, 0.9)),
        (no_deflation, "is no copy that `similit backup` made"),
        (header(8, 1), "is no copy that `similit backup` made"),  # locked with a password
        (header(10, 99), "is no copy that `similit backup` made"),  # packed in an unknown way
        (torn(0.0), "is no copy that `similit backup` made"),
        (lambda file: file.unlink(), "cannot be restored"),
        (lambda file: (file.unlink(), file.mkdir()), "cannot be restored"),
    ],
)
def test_a_file_that_is_no_copy_changes_nothing(
    library: Library, file: Path, spoil: Callable[[Path], Any], said: str
) -> None:
    number = keep(library, "peer support")[0]
    (library.folder / "state.db").rename(file.parent / "state")
    backup.make(library, file)
    (file.parent / "state").rename(library.folder / "state.db")
    spoil(file)
    before, state = papers(library), library.state()
    with pytest.raises(LibraryDamaged) as refused:
        backup.restore(library, file)
    sentence = str(refused.value)
    assert sentence.startswith(str(file))
    assert said in sentence
    assert "\n" not in sentence
    assert ".restore-" not in sentence
    assert (papers(library), library.state()) == (before, state)
    assert question(library, number) == "peer support"
    assert left_behind(library.folder) == []


def test_a_copy_with_anything_in_its_place_is_unpacked_nowhere_else(
    library: Library, file: Path, tmp_path: Path
) -> None:
    backup.make(library, file)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("../../escaped", b"x")
        archive.writestr("index/1.postings", b"x")
    backup.restore(library, file)
    assert not list(tmp_path.rglob("escaped"))
    assert library.index_status() == "current"


def test_a_restoration_that_breaks_off_changes_nothing(
    library: Library, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.make(library, file)
    library.add([jsonl(tmp_path / "more.jsonl", *some(20, 3))])
    before, state = papers(library), library.state()
    with monkeypatch.context() as patch:
        patch.setattr("corpus.changes.Changes.finish", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            backup.restore(library, file)
    assert (papers(library), library.state()) == (before, state)
    assert library.index_status() == "current"
    assert left_behind(library.folder) == []
    backup.restore(library, file)
    assert numbers(library) == [1, 3, 4]


def test_what_people_keep_comes_back_beside_what_they_keep_now(
    library: Library, file: Path
) -> None:
    ann, ben = Reader("1"), Reader("2")

    def kept() -> tuple[State, ReadingLists]:
        state = State(library.folder / "state.db")
        return state, ReadingLists(state)

    state, lists = kept()
    thesis = lists.make(ann, "Thesis").id
    lists.save(ann, thesis, [1, 2], "a note")
    club = lists.make(ann, "Club").id
    lists.save(ann, club, [3])
    prefer(state, "1", ZONE, "Asia/Shanghai")
    state.close()
    backup.make(library, file)

    state, lists = kept()
    lists.delete(ann, club)
    lists.save(ann, lists.make(ann, "club").id, [4])
    lists.remove(ann, thesis, 2)
    lists.save(ben, lists.make(ben, "Club").id, [5])
    prefer(state, "1", ZONE, "Europe/Oslo")
    state.close()
    backup.restore(library, file)

    state, lists = kept()
    assert [one.name for one in lists.seen_by(ann)] == ["club", "Thesis"]
    assert [one.paper for one in lists.items(ann, lists.named(ann, "club").id)] == [4]
    assert sorted(one.paper for one in lists.items(ann, thesis)) == [1, 2]
    assert lists.items(ben, lists.named(ben, "Club").id)[0].paper == 5
    assert preference(state, "1", ZONE) == "Europe/Oslo"
    state.close()


def test_a_number_of_a_file_that_waited_is_not_given_again_after_a_restoration(
    library: Library, file: Path
) -> None:
    def kept() -> int:
        state = State(library.folder / "state.db")
        waiting = Pending(state, library.folder)
        number = waiting.keep(1, "a.ris", b"").number
        waiting.drop(number)
        state.close()
        return number

    first = kept()
    backup.make(library, file)
    for left in library.folder.glob("state.db*"):
        left.unlink()
    backup.restore(library, file)
    assert kept() > first
