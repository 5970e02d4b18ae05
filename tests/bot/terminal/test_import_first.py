"""The first papers of a library: it is made where something is kept, and only there."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from bot.terminal.curating import Curating
from corpus.library import ImportReport, Library
from tests.bot.terminal.running import PAPERS, Similit, asked, assert_refused, jsonl

NOTHING = {
    "empty": "",
    "prose": "Dear all, please find nothing here.\n",
    "broken": "{bad\n{worse\n",
    "cut off": '[{"title": "Peer support"},\n{"title": ',
    "saying nothing": "TY  - JOUR\nER  - \n",
    "invisible": '{"title": "\\u200b"}\n',
}


@pytest.fixture(params=["missing", "deep", "empty", "default"])
def nowhere(request: pytest.FixtureRequest, tmp_path: Path) -> list[Path]:
    """Arguments that name a library that is not there."""
    if request.param == "empty":
        (tmp_path / "empty").mkdir()
    paths = {"missing": tmp_path / "new", "deep": tmp_path / "a" / "b", "empty": tmp_path / "empty"}
    path = paths.get(request.param)
    return [Path("--library"), path] if path else []


def places(tmp_path: Path) -> list[Path]:
    """Everything there is but for what the tests themselves put here."""
    here = tmp_path / "here"
    return sorted(path for path in tmp_path.rglob("*") if here not in (path, *path.parents))


@pytest.mark.parametrize("content", NOTHING)
def test_an_import_that_keeps_nothing_leaves_nothing(
    similit: Similit, tmp_path: Path, nowhere: list[Path], content: str
) -> None:
    Path("file").write_text(NOTHING[content], encoding="utf-8")
    before = places(tmp_path)
    for more in ([], ["--json"], ["--dry-run"]):
        ended = similit("import", "file", *more, *nowhere)
        assert ended.code == 1
        assert places(tmp_path) == before
    assert json.loads(similit("import", "file", "--json", *nowhere).out)["papers"] == 0


def test_a_format_of_no_such_name_leaves_nothing(
    similit: Similit, tmp_path: Path, nowhere: list[Path]
) -> None:
    file = jsonl(tmp_path / "here" / "papers.jsonl", PAPERS)
    before = places(tmp_path)
    assert_refused(similit("import", file, "--format", "nonsense", *nowhere), 2, "nonsense")
    assert places(tmp_path) == before


def test_an_interrupted_import_leaves_nothing(
    similit: Similit, tmp_path: Path, nowhere: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = jsonl(tmp_path / "here" / "papers.jsonl", PAPERS)
    before = places(tmp_path)
    add = Library.add

    def interrupted(self: Library, *arguments: Any, **more: Any) -> ImportReport:
        add(self, *arguments, **more)
        raise KeyboardInterrupt

    monkeypatch.setattr(Library, "add", interrupted)
    assert similit("import", file, *nowhere).code == 130
    assert places(tmp_path) == before


def test_an_import_that_keeps_something_makes_the_library_with_its_index(
    similit: Similit, tmp_path: Path, nowhere: list[Path]
) -> None:
    file = jsonl(tmp_path / "here" / "papers.jsonl", PAPERS)
    assert similit("import", file, *nowhere).code == 0
    found = asked(similit, "peer", *nowhere)
    assert found["corpus"]["papers"] == 5
    folder = nowhere[1] if nowhere else tmp_path / "data" / "similit"
    with Library(folder) as library:
        assert library.index_status() == "current"
    assert {path.name for path in folder.iterdir()} <= {"papers.db", "index"}
    assert not list(tmp_path.rglob(".*"))
    assert json.loads(similit("import", file, "--json", *nowhere).out)["unchanged"] == 5


def test_a_new_library_has_the_permissions_of_any_new_folder(
    similit: Similit, tmp_path: Path
) -> None:
    file = jsonl(tmp_path / "papers.jsonl", PAPERS)
    similit("import", file, "--library", tmp_path / "new")
    (tmp_path / "ordinary").mkdir()
    (tmp_path / "ordinary" / "papers.db").touch()
    (tmp_path / "ordinary" / "index").mkdir()
    for name in ("", "papers.db", "index"):
        modes = {stat.S_IMODE((tmp_path / of / name).stat().st_mode) for of in ("new", "ordinary")}
        assert len(modes) == 1, name


def test_a_folder_that_is_in_use_is_left_as_it_is(similit: Similit, tmp_path: Path) -> None:
    folder = tmp_path / "used"
    (folder / "index").mkdir(parents=True)
    (folder / "index" / "notes").write_text("mine")
    similit("import", jsonl(tmp_path / "papers.jsonl", PAPERS), "--library", folder)
    assert (folder / "index" / "notes").read_text() == "mine"
    assert asked(similit, "peer", "--library", folder)["corpus"]["papers"] == 5


@pytest.mark.parametrize("at", ["the same time", "the last moment"])
def test_of_two_who_make_a_library_at_once_neither_loses_papers(
    similit: Similit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    new, mine = tmp_path / "new", jsonl(tmp_path / "mine.jsonl", [{"title": "Mine of peers"}])

    def another() -> None:
        with Library(new, create=True) as library:
            library.add([mine])

    if at == "the same time":
        take = Curating._import

        def slow(self: Curating, library: Library) -> ImportReport:
            if not new.exists():
                another()
            return take(self, library)

        monkeypatch.setattr(Curating, "_import", slow)
    else:
        link = Path.hardlink_to

        def late(self: Path, target: Path) -> None:
            another()
            link(self, target)

        monkeypatch.setattr(Path, "hardlink_to", late)
    report = json.loads(
        similit(
            *("import", jsonl(tmp_path / "papers.jsonl", PAPERS), "--library", new, "--json")
        ).out
    )
    assert (report["added"], report["papers"]) == (5, 6)
    with Library(new) as library:
        assert library.state().papers == 6
        assert library.paper(1).title == "Mine of peers"
        assert library.index_status() == "current"
    assert {path.name for path in new.iterdir()} <= {"papers.db", "index"}
    assert not list(tmp_path.glob(".*"))


def test_a_disk_without_links_takes_a_library_too(
    similit: Similit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refused)
    file, new = jsonl(tmp_path / "papers.jsonl", PAPERS), tmp_path / "new"
    assert similit("import", file, "--library", new).code == 0
    assert asked(similit, "peer", "--library", new)["corpus"]["papers"] == 5


@pytest.mark.parametrize("place", ["a file", "below a file"])
def test_where_no_library_can_be_ends_with_78(similit: Similit, tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("in the way")
    folder = tmp_path / "file" / "new" if place == "below a file" else tmp_path / "file"
    file = jsonl(tmp_path / "papers.jsonl", PAPERS)
    assert_refused(similit("import", file, "--library", folder), 78, f"{folder} cannot be made")
