"""Papers in, told how: tried out, taken back, in a format or an encoding that somebody names."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.messages import messages
from bot.terminal.progress import ImportProgress
from corpus.library import Library
from tests.bot.terminal.running import (
    CONTROL,
    EVIL,
    PAPERS,
    Similit,
    asked,
    assert_refused,
    ids,
    jsonl,
)

RIS = "TY  - JOUR\nTI  - {}\nAU  - 薛婉钰\nPY  - 2020\nER  - \n"
CHINESE = "同伴支持工作者的角色与职业倦怠：一项访谈研究，结果并不清楚"


def reported(similit: Similit, *arguments: object, code: int = 0) -> dict[str, Any]:
    """What `import --json` prints, which is one JSON object and nothing else."""
    ended = similit("import", *arguments, "--json")
    assert (ended.code, ended.err) == (code, "")
    report = json.loads(ended.out)
    assert isinstance(report, dict)
    return report


def papers(folder: Path) -> int:
    with Library(folder) as library:
        return library.state().papers


# --dry-run


@pytest.mark.parametrize("there", ["none", "folder"])
def test_a_dry_run_makes_no_library(similit: Similit, tmp_path: Path, there: str) -> None:
    new, file = tmp_path / "new", jsonl(tmp_path / "papers.jsonl", PAPERS)
    if there == "folder":
        new.mkdir()
    ended = similit("import", file, "--dry-run", "--library", new)
    assert ended.code == 0
    assert "A dry run: nothing of this was kept." in ended.out
    assert "5 added" in ended.out
    assert reported(similit, file, "--dry-run", "--library", new)["added"] == 5
    assert similit("import", file, "--dry-run").code == 0
    assert not (tmp_path / "data").exists()
    assert [*new.iterdir()] == [] if there == "folder" else not new.exists()


def test_a_dry_run_says_what_an_import_would_do_and_keeps_nothing(
    similit: Similit, folder: Path, tmp_path: Path
) -> None:
    again = {"title": "Another title", "doi": "10.1000/ABC"}
    file = jsonl(tmp_path / "more.jsonl", [PAPERS[1], again, {"title": "New of peers"}, {}])
    before = asked(similit, "peer", "--library", folder)
    tried = reported(similit, file, "--dry-run", "--library", folder)
    assert papers(folder) == tried["papers"] == 5
    after = asked(similit, "peer", "--library", folder)
    assert {**after, "milliseconds": 0} == {**before, "milliseconds": 0}
    done = reported(similit, file, "--library", folder)
    assert (done["added"], len(done["merged"]), done["unchanged"]) == (1, 1, 1)
    assert {**tried, "papers": 6} == done


def test_a_dry_run_that_could_keep_nothing_ends_with_1(similit: Similit, tmp_path: Path) -> None:
    Path("empty").touch()
    ended = similit("import", "empty", "--dry-run", "--library", tmp_path / "new")
    assert ended.code == 1
    assert "empty is empty" in ended.err


# --undo


def test_the_last_import_is_taken_back(similit: Similit, folder: Path, tmp_path: Path) -> None:
    again = {"title": "Another title", "doi": "10.1000/ABC"}
    file = jsonl(tmp_path / "more.jsonl", [again, {"title": "New of peers"}])
    before = json.loads(similit("show", "1", "--json", "--library", folder).out)
    similit("import", file, "--library", folder)
    ended = similit("import", "--undo", "--library", folder)
    assert (ended.code, ended.err) == (0, "")
    said = ended.out.replace("\n", "")
    assert f"({file}) is taken back" in said or str(file) in said
    assert "1 removed, 1 as before. The library has 5 papers." in " ".join(ended.out.split())
    assert json.loads(similit("show", "1", "--json", "--library", folder).out) == before
    assert 6 not in ids(asked(similit, "new peers", "--library", folder))


def test_undo_prints_what_it_took_back(similit: Similit, folder: Path, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "more.jsonl", [{"title": "New of peers"}])
    similit("import", file, "--library", folder)
    told = reported(similit, "--undo", "--library", folder)
    assert told["undone"].pop("at").endswith("+00:00")
    assert told == {"undone": {"sources": [str(file)], "removed": 1, "restored": 0}, "papers": 5}
    assert reported(similit, "--undo", "--library", folder)["papers"] == 0
    nothing = reported(similit, "--undo", "--library", folder, code=1)
    assert nothing == {"undone": None, "papers": 0}


def test_nothing_to_take_back_ends_with_1(similit: Similit, folder: Path) -> None:
    assert similit("import", "--undo", "--library", folder).code == 0
    ended = similit("import", "--undo", "--library", folder)
    assert (ended.code, ended.out) == (1, "There is no import to take back.\n")
    chinese = similit("import", "--undo", "--library", folder, "--lang", "zh-CN")
    assert (chinese.code, chinese.out) == (1, "没有可以撤销的导入。\n")


def test_undo_speaks_chinese(similit: Similit, folder: Path) -> None:
    ended = similit("import", "--undo", "--library", folder, "--lang", "zh-CN")
    assert ended.code == 0
    said = ended.out.replace("\n", "")
    assert said.startswith("已撤销 ")
    assert said.endswith("移除 5 篇，复原 0 篇。文献库现有 0 篇。")


# --format


def test_a_format_is_found_or_named(similit: Similit, tmp_path: Path) -> None:
    file = tmp_path / "odd.txt"
    file.write_text(RIS.format("Peer support"), encoding="utf-8")
    found = reported(similit, file, "--library", tmp_path / "found")
    assert found["formats"] == {str(file): "ris"}
    named = reported(similit, file, "--format", "ris", "--library", tmp_path / "named")
    assert named == found
    # Somebody who names one that it is not in gets what that one makes of it.
    wrong = reported(similit, file, "--format", "jsonl", "--library", tmp_path / "x", code=1)
    assert (wrong["formats"], wrong["added"]) == ({str(file): "jsonl"}, 0)
    assert wrong["skipped"][0]["reason"].startswith("not JSON")


def test_a_file_that_is_not_recognised_is_read_as_its_owner_says(
    similit: Similit, tmp_path: Path
) -> None:
    file = tmp_path / "late.txt"
    file.write_text("x\n" * 40_000 + RIS.format("Peer support"), encoding="utf-8")
    assert reported(similit, file, "--library", tmp_path / "new", code=1)["failed"]
    told = reported(similit, file, "--format", "ris", "--library", tmp_path / "new")
    assert told["added"] == 1


@pytest.mark.parametrize("more", [[], ["--json"], ["--dry-run"]])
def test_a_format_of_no_such_name_ends_with_2_and_lists_those_there_are(
    similit: Similit, tmp_path: Path, more: list[str]
) -> None:
    file = jsonl(tmp_path / "papers.jsonl", PAPERS)
    ended = similit("import", file, "--format", "endnotes", "--library", tmp_path / "new", *more)
    assert_refused(ended, 2, "endnotes is not a format", "ris", "endnote-xml", "similar-page")


# --encoding


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("big5", "big5"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("windows-1252", "windows-1252"),
    ],
)
def test_an_encoding_that_is_not_utf_8_is_found_and_told(
    similit: Similit, tmp_path: Path, encoding: str, name: str | None
) -> None:
    title = {"windows-1252": "Müller’s café – naïve", "big5": "同儕支持工作者的角色與職業倦怠"}
    wanted = title.get(encoding, CHINESE)
    file = Path("export.ris")
    text = RIS if encoding != "windows-1252" else RIS.replace("薛婉钰", "Müller, Jörg")
    text = text if encoding != "big5" else text.replace("薛婉钰", "薛婉鈺")
    file.write_bytes(text.format(wanted).encode(encoding))
    ended = similit("import", file, "--library", tmp_path / "new")
    assert ended.code == 0
    said = " ".join(ended.out.split())
    told = f"export.ris is read as {name}: if that is wrong, name its encoding with --encoding."
    assert (told in said) == (name is not None)
    shown = json.loads(similit("show", "1", "--json", "--library", tmp_path / "new").out)
    assert shown["title"] == wanted
    report = reported(similit, file, "--library", tmp_path / "new")
    assert report["encodings"] == ({"export.ris": name} if name else {})
    assert report["unchanged"] == 1


def test_an_encoding_may_be_named(similit: Similit, tmp_path: Path) -> None:
    file = Path("export.ris")
    file.write_bytes(RIS.format(CHINESE).encode("gbk"))
    for name in ("gbk", "GB2312", "gb18030", "cp936"):
        report = reported(similit, file, "--encoding", name, "--library", tmp_path / name)
        assert report["encodings"] == {"export.ris": "gb18030"}
        shown = json.loads(similit("show", "1", "--json", "--library", tmp_path / name).out)
        assert shown["title"] == CHINESE


def test_an_encoding_that_does_not_fit_is_refused_with_the_place(
    similit: Similit, tmp_path: Path
) -> None:
    Path("export.ris").write_bytes(RIS.format(CHINESE).encode("gbk"))
    ended = similit("import", "export.ris", "--encoding", "utf-8", "--library", tmp_path / "new")
    assert ended.code == 1
    said = " ".join(ended.err.split())
    assert said == "export.ris is not utf-8: line 2, byte 19: nothing of it was kept."
    assert "0 added" in ended.out


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13", "undefined", "\x00"])
def test_an_encoding_of_no_such_name_is_one_sentence(
    similit: Similit, tmp_path: Path, name: str
) -> None:
    file = jsonl(tmp_path / "papers.jsonl", PAPERS)
    ended = similit("import", file, "--encoding", name, "--library", tmp_path / "new")
    assert ended.code == 1
    said = " ".join(ended.err.split())
    assert said.startswith(f"{name!r} is no encoding that is known here; such are utf-8, gb18030")
    assert said.endswith("nothing of it was kept.")
    assert not (tmp_path / "new").exists()


# Packed files


def test_the_files_of_an_archive_are_told_apart(similit: Similit, tmp_path: Path) -> None:
    archive = tmp_path / "exports.zip"
    line = json.dumps({"title": "Peer support of nurses", "year": 2001})
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("cnki/export.ris", RIS.format(CHINESE).encode("gbk"))
        packed.writestr("good.jsonl", f"{line}\n{{bad\n")
        packed.writestr("torn.jsonl", b'{"title": "x\xff\x81"}\n')
        packed.writestr("__MACOSX/._good.jsonl", b"\x00\x05\x16\x07")
        packed.writestr("inner.zip", b"PK\x03\x04...")
    report = reported(similit, archive, "--library", tmp_path / "new")
    assert (report["added"], report["papers"]) == (2, 2)
    inside = {name: str(archive / name) for name in ("cnki/export.ris", "good.jsonl")}
    assert report["formats"] == {inside["cnki/export.ris"]: "ris", inside["good.jsonl"]: "jsonl"}
    assert report["encodings"] == {inside["cnki/export.ris"]: "gb18030"}
    assert [(one["file"], one["line"]) for one in report["skipped"]] == [(inside["good.jsonl"], 2)]
    failed = {one["file"]: one["reason"] for one in report["failed"]}
    assert set(failed) == {str(archive / "torn.jsonl"), str(archive / "inner.zip")}
    assert "zip archive" in failed[str(archive / "inner.zip")]
    ended = similit("import", archive, "--library", tmp_path / "new")
    said = "".join(ended.out.split())
    assert "exports.zip/cnki/export.ris" in said
    assert "0added,0merged,2alreadyhere,1skipped" in said
    assert "torn.jsonl" in "".join(ended.err.split())


def test_an_archive_is_one_import_to_take_back(similit: Similit, tmp_path: Path) -> None:
    archive = tmp_path / "exports.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for number in (1, 2):
            packed.writestr(f"{number}.jsonl", json.dumps({"title": f"Peer {number}"}))
    similit("import", archive, "--library", tmp_path / "new")
    told = reported(similit, "--undo", "--library", tmp_path / "new")["undone"]
    assert told["sources"] == [str(archive / "1.jsonl"), str(archive / "2.jsonl")]
    assert told["removed"] == 2


def test_a_packed_file_goes_by_its_own_name(similit: Similit, tmp_path: Path) -> None:
    file = tmp_path / "export.ris.gz"
    file.write_bytes(gzip.compress(RIS.format(CHINESE).encode("gbk")))
    report = reported(similit, file, "--library", tmp_path / "new")
    assert report["formats"] == {str(file): "ris"}
    assert report["encodings"] == {str(file): "gb18030"}


# What is told


def test_no_more_than_twenty_merged_or_skipped_records_are_told(
    similit: Similit, tmp_path: Path
) -> None:
    records = [{"title": f"Peer {n}", "doi": f"10.1000/{n}"} for n in range(25)]
    first = jsonl(tmp_path / "first.jsonl", records)
    second = tmp_path / "second.jsonl"
    lines = [json.dumps({**one, "title": f"Other {n}"}) for n, one in enumerate(records)]
    second.write_text("\n".join(lines) + "\n{bad" * 22, encoding="utf-8")
    similit("import", first, "--library", tmp_path / "new")
    ended = similit("import", second, "--library", tmp_path / "new")
    said = " ".join(ended.out.split())
    assert said.count("merged, the same paper as #") == said.count("skipped, not JSON") == 20
    assert "… and 5 more: --json lists all. " in said
    assert "… and 2 more: --json lists all. " in said


def test_names_of_files_never_reach_the_terminal_as_more_than_names(
    similit: Similit, tmp_path: Path
) -> None:
    good, bad = Path(f"{EVIL}.ris"), Path(f"bad{EVIL}.ris")
    good.write_bytes(RIS.format(CHINESE).encode("gbk") + b"TY  - JOUR\nER  - \n")
    bad.write_bytes(b"")
    named = ("--library", tmp_path / "new")
    for arguments in ([good, bad], ["--undo"]):
        ended = similit("import", *arguments, *named)
        assert ended.code == 0
        assert CONTROL.findall(ended.out + ended.err) == []
    similit("import", good, *named)
    for command in (["remove", "2"], ["stats"], ["backup", f"{EVIL}.zip"]):
        ended = similit(*command, *named)
        assert ended.code == 0, ended
        assert CONTROL.findall(ended.out + ended.err) == []


def test_somebody_who_looks_on_is_shown_how_far_it_is() -> None:
    console = Console(force_terminal=True, width=60, color_system=None)
    with console.capture() as shown, ImportProgress(console, messages("zh-CN")) as progress:
        for done in range(3):
            progress("fetching", Path("PubMed"), done)
            progress("reading", Path("a/[b].ris"), done + 10)
        progress("indexing", None, 7)
    text = shown.get()
    for part in ("正在从 PubMed 抓取", "正在读取 [b].ris", "正在建立索引", "12/?", "7/?"):
        assert part in text
