"""Copies of the library: made at a terminal, and put in place there."""

from __future__ import annotations

import json
import stat
import zipfile
from pathlib import Path

import pytest

from bot.answer import Question
from bot.state import State
from corpus.library import Library
from tests.bot.terminal.running import Similit, asked, assert_refused, process


def test_a_copy_and_back(similit: Similit, folder: Path, tmp_path: Path) -> None:
    named = ("--library", folder)
    before = asked(similit, "peer", *named)["hits"]
    made = similit("backup", "copy.zip", *named)
    assert made == (0, "Copied to copy.zip.\n", "")
    assert stat.S_IMODE(Path("copy.zip").stat().st_mode) == 0o600
    for number in (1, 3):
        similit("remove", number, *named)
    back = similit("restore", "copy.zip", *named)
    assert back == (0, "copy.zip is in place. The library has 5 papers.\n", "")
    assert asked(similit, "peer", *named)["hits"] == before
    chinese = similit("restore", "copy.zip", *named, "--lang", "zh-CN")
    assert chinese.out == "已恢复 copy.zip。文献库现有 5 篇。\n"
    assert similit("backup", "b.zip", *named, "--lang", "zh-CN").out == "已备份到 b.zip。\n"


def test_a_copy_makes_a_library_where_there_is_none(
    similit: Similit, folder: Path, tmp_path: Path
) -> None:
    state = State(folder / "state.db")
    number = state.keep(Question(text="peer support"))
    state.close()
    similit("backup", "copy.zip", "--library", folder)
    assert similit("restore", "copy.zip", "--library", tmp_path / "new").code == 0
    assert json.loads(similit("stats", "--json", "--library", tmp_path / "new").out)["papers"] == 5
    state = State(tmp_path / "new" / "state.db")
    assert state.question(number).text == "peer support"
    state.close()
    # Without a name it is the default library, from which the demo corpus steps back.
    assert similit("restore", "copy.zip").code == 0
    assert json.loads(similit("stats", "--json").out)["papers"] == 5
    assert (tmp_path / "data" / "similit" / "papers.db").is_file()


def test_a_copy_that_cannot_be_written_ends_with_2(
    similit: Similit, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    for place in (tmp_path / "none" / "a.zip", tmp_path / "file" / "a.zip", tmp_path):
        ended = similit("backup", place, "--library", folder)
        assert_refused(ended, 2, f"{place} cannot be written: ")
        exported = similit("export", "--all", "--output", place, "--library", folder)
        assert exported.code == ended.code


@pytest.mark.parametrize("spoil", ["text", "cut", "other"])
def test_a_file_that_is_no_copy_ends_with_78_and_changes_nothing(
    similit: Similit, folder: Path, spoil: str
) -> None:
    similit("backup", "copy.zip", "--library", folder)
    content = Path("copy.zip").read_bytes()
    if spoil == "other":
        with zipfile.ZipFile("copy.zip", "w") as archive:
            archive.writestr("papers.jsonl", "{}")
    else:
        Path("copy.zip").write_bytes(content[:500] if spoil == "cut" else b"Dear all,\n")
    ended = similit("restore", "copy.zip", "--library", folder)
    assert_refused(ended, 78, "copy.zip is no copy that `similit backup` made")
    with Library(folder) as library:
        assert library.state().papers == 5


@pytest.mark.parametrize("spoil", ["text", "other", "torn"])
def test_a_file_that_is_no_copy_makes_no_library(
    similit: Similit, tmp_path: Path, spoil: str
) -> None:
    Path("copy.zip").write_bytes(b"Dear all,\n")
    if spoil != "text":
        with zipfile.ZipFile("copy.zip", "w") as archive:
            archive.writestr("papers.db" if spoil == "torn" else "papers.jsonl", "not SQLite" * 99)
    there = tmp_path / "there"
    there.mkdir()
    for named in (tmp_path / "deep" / "new", there):
        assert_refused(similit("restore", "copy.zip", "--library", named), 78, "copy.zip")
    assert_refused(similit("restore", "copy.zip"), 78, "copy.zip")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here", "there"]
    assert list(there.iterdir()) == []


def test_a_copy_of_a_library_without_papers_makes_one(similit: Similit, tmp_path: Path) -> None:
    with Library(tmp_path / "empty", create=True):
        pass
    similit("backup", "copy.zip", "--library", tmp_path / "empty")
    back = similit("restore", "copy.zip", "--library", tmp_path / "new")
    assert back == (0, "copy.zip is in place. The library has 0 papers.\n", "")
    with Library(tmp_path / "new") as library:
        assert library.state().papers == 0


def test_nothing_is_copied_from_what_is_not_there(similit: Similit) -> None:
    assert_refused(similit("backup", "copy.zip"), 78, "no library in")
    assert not Path("copy.zip").exists()


def test_a_copy_is_made_and_put_in_place_while_somebody_asks(
    similit: Similit, folder: Path
) -> None:
    with Library(folder) as asking:
        assert asking.rank("peer", 9)
        assert process("backup", Path("copy.zip").resolve(), "--library", folder).code == 0
        similit("remove", "1", "--library", folder)
        assert "p1" not in [name for name, _ in asking.rank("peer", 9)]
        assert process("restore", Path("copy.zip").resolve(), "--library", folder).code == 0
        assert "p1" in [name for name, _ in asking.rank("peer", 9)]
