"""Papers in: what is kept, what is told, and what is no library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlite_utils import Database

from tests.bot.terminal.running import PAPERS, Similit, assert_refused, jsonl


def test_import_prints_its_report(similit: Similit, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "more.jsonl", PAPERS)
    with file.open("a") as more:
        more.write('{broken\n[1]\n{"title": "Peer talk", "doi": "10.1000/ABC"}\n')
    (tmp_path / "empty").touch()
    ended = similit("import", file, tmp_path / "empty", "--library", tmp_path / "new", "--json")
    assert ended.code == 0
    report = json.loads(ended.out)
    assert report["added"] == 5
    assert report["unchanged"] == 0
    assert report["papers"] == 5
    assert report["formats"] == {str(file): "jsonl"}
    assert [one["file"] for one in report["failed"]] == [str(tmp_path / "empty")]
    skipped = [(one["record"], one["line"]) for one in report["skipped"]]
    assert skipped == [(6, 6), (7, 7)]
    assert [(one["record"], one["line"], one["paper"]) for one in report["merged"]] == [(8, 8, 1)]
    for one in report["skipped"] + report["merged"]:
        assert one["file"] == str(file)
        assert one["reason"]


def test_import_says_what_it_did_and_a_second_time_adds_nothing(
    similit: Similit, tmp_path: Path
) -> None:
    file = jsonl(tmp_path / "papers.jsonl", PAPERS)
    first = similit("import", file, "--library", tmp_path / "new")
    assert first.code == 0
    assert first.out.splitlines()[0] == (
        "5 added, 0 merged, 0 already here, 0 skipped. The library has 5 papers."
    )
    assert "1 without an abstract" in first.out
    again = similit("import", file, "--library", tmp_path / "new")
    assert again.code == 0
    assert again.out == "0 added, 0 merged, 5 already here, 0 skipped. The library has 5 papers.\n"


def test_papers_without_an_abstract_are_counted_not_records_that_merged(
    similit: Similit, tmp_path: Path
) -> None:
    file = jsonl(tmp_path / "papers.jsonl", [*PAPERS, {"title": "Peers", "doi": "10.1000/ABC"}])
    ended = similit("import", file, "--library", tmp_path / "new")
    assert "5 added, 1 merged" in ended.out
    assert "1 without an abstract: kept" in ended.out


def test_bad_lines_are_skipped_with_file_record_line_and_reason(
    similit: Similit, tmp_path: Path
) -> None:
    file = Path("bad.jsonl")
    file.write_text('{"title": "Good on peers"}\n\n{bad\n{"title": "Another"}\n', encoding="utf-8")
    ended = similit("import", file, "--library", tmp_path / "new")
    assert ended.code == 0
    assert "bad.jsonl, record 2 (line 3): skipped, not JSON" in ended.out
    assert "2 added" in ended.out


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("bad lines.jsonl", b"{bad\n{worse\n", "not JSON"),
        ("binary.dat", bytes(range(256)) * 20, "fits no encoding"),
        ("nul.dat", bytes(100), "not a text file"),
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n", "empty"),
        ("torn.jsonl", '{"title": "同伴支持'.encode() + b'\xff"}\n', "line 1, byte 23"),
        ("cut.jsonl", '{"title": "peer"}\n'.encode("utf-16")[:-1], "not utf-16"),
        ("prose.txt", b"Dear all, please find nothing here.\n", "no format"),
        ("torn.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff\xab", "cannot be read"),
        ("false.gz", b"\x1f\x8b not gzip at all", "cannot be read"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_a_file_of_which_nothing_can_be_kept_ends_with_1_and_says_why(
    similit: Similit, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    Path(name).write_bytes(content)
    ended = similit("import", name, "--library", tmp_path / "new")
    assert ended.code == 1
    said = " ".join((ended.err + ended.out).split())
    assert name in said
    assert reason in said
    assert "Traceback" not in said
    assert "0 added" in ended.out
    assert similit("import", name, "--library", tmp_path / "new", "--json").code == 1


def test_one_good_file_is_enough(similit: Similit, tmp_path: Path) -> None:
    Path("empty").touch()
    good = jsonl(tmp_path / "good.jsonl", PAPERS)
    ended = similit("import", "empty", good, "--library", tmp_path / "new")
    assert ended.code == 0
    assert "empty is empty: nothing of it was kept." in ended.err


@pytest.mark.parametrize("command", [["stats"], ["ask", "peer"], ["show", "1"], ["check"]])
def test_a_library_file_that_is_no_library_ends_with_78(
    similit: Similit, tmp_path: Path, command: list[str]
) -> None:
    (tmp_path / "papers.db").write_text("this is not SQLite\n" * 100)
    assert_refused(similit(*command, "--library", tmp_path), 78, "papers.db")


def test_importing_into_what_is_no_library_ends_with_78(similit: Similit, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "papers.jsonl", PAPERS)
    (tmp_path / "papers.db").write_text("this is not SQLite\n" * 100)
    assert_refused(similit("import", file, "--library", tmp_path), 78, "papers.db")
    assert_refused(similit("import", file, "--library", file), 78, file)


def test_a_library_of_a_newer_similit_ends_with_78_and_is_left_alone(
    similit: Similit, folder: Path
) -> None:
    db = Database(folder / "papers.db")
    [known] = db.query("SELECT * FROM _sqlite_migrations LIMIT 1")
    newer = {name: value for name, value in known.items() if name != "id"}
    db.table("_sqlite_migrations").insert({**newer, "name": "m999_of_tomorrow"})
    db.close()
    assert_refused(similit("stats", "--library", folder), 78, "newer Similit")
