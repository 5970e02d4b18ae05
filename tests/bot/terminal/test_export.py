"""Papers out: what a text finds or the whole library, whole files only, and back in again."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.library import Library
from corpus.paper import Filters, Paper
from corpus.writers import Writer, writers
from tests.bot.terminal.running import (
    CONTROL,
    PAPERS,
    ROOT,
    Similit,
    asked,
    assert_refused,
    ids,
    jsonl,
)

FORMATS = {writer.name: writer for writer in writers()}
READ_BACK = ("ris", "bibtex", "csl-json", "csv", "jsonl")
FULL: list[dict[str, Any]] = [
    *PAPERS,
    {
        "id": "full",
        "title": "Peer support: a {study} of R&D, 100% \\ “quoted” costs",
        "abstract": "AIMS: We asked peers.\nRESULTS: It helped, p < 0.05.",
        "translated_title": "同伴支持工作者",
        "translated_abstract": "我们询问了同伴。",
        "authors": [
            "Davidson, Larry",
            "Chinman, Matthew, Jr",
            "薛婉钰",
            "World Health Organization",
        ],
        "journal": "Journal of Care",
        "year": 2007,
        "volume": "32",
        "issue": "3",
        "pages": "443-450",
        "doi": "10.1000/full",
        "pmid": "778",
        "url": "https://example.org/a?b=1&c=2",
        "keywords": ["recovery", "同伴支持"],
        "subjects": ["Mental Health"],
        "affiliations": ["Yale, New Haven"],
        "language": "en",
        "summary_by": "Similit",
    },
]


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """The folder of a library of six papers, one of which has everything."""
    path = tmp_path / "full"
    with Library(path, create=True) as library:
        library.add([jsonl(tmp_path / "full.jsonl", FULL)])
    return path


def held(folder: Path) -> list[Paper]:
    with Library(folder) as library:
        return list(library.every(Filters()))


def exported(similit: Similit, *arguments: object, code: int = 0) -> str:
    ended = similit("export", *arguments)
    assert (ended.code, ended.err) == (code, "")
    return ended.out


def titles(text: str) -> list[str]:
    """The titles of an export in JSON lines."""
    return [json.loads(line).get("title", "") for line in text.splitlines()]


# What is exported


def test_what_a_text_finds_is_exported_in_the_order_it_is_found(
    similit: Similit, folder: Path
) -> None:
    named = ("--library", folder)
    found = asked(similit, "peer workers", *named)
    out = exported(similit, "peer", "workers", "--format", "jsonl", *named)
    assert titles(out) == [hit["title"] or "" for hit in found["hits"]]
    assert len(titles(exported(similit, "peer", "--top", "2", "--format", "jsonl", *named))) == 2
    out = exported(similit, "#1", "--format", "jsonl", *named)
    assert len(titles(out)) == len(ids(asked(similit, "#1", *named)))
    assert PAPERS[0]["title"] not in titles(out)


def test_the_question_may_be_in_a_file(similit: Similit, folder: Path) -> None:
    Path("question").write_text("burnout\nof nurses\n")
    out = exported(similit, "--file", "question", "--format", "jsonl", "--library", folder)
    assert titles(out)[0] == PAPERS[1]["title"]


@pytest.mark.parametrize(
    ("options", "every", "found"),
    [
        (["--year", "2010.."], {"p2", "p3"}, {"p2", "p3"}),
        (["--author", "davidson"], {"p1"}, {"p1"}),
        (["--journal", "心理"], {"p3"}, {"p3"}),
        (["--language", "zh"], {"p3"}, {"p3"}),
        (["--without", "nurses"], {"p1", "p3", "p4", None}, {"p1", "p3", None}),
        (["--without", "nurse", "--without", "角色"], {"p1", "p4", None}, {"p1", None}),
        (["--year", "2006..2012", "--without", "burnout"], {"p1"}, {"p1"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_filters_hold_for_exports_of_all_too(
    similit: Similit,
    folder: Path,
    options: list[str],
    every: set[str | None],
    found: set[str | None],
) -> None:
    def own(*arguments: str) -> set[str | None]:
        out = exported(similit, *arguments, *options, "--format", "jsonl", "--library", folder)
        return {json.loads(line).get("id") for line in out.splitlines()}

    assert own("--all") == every
    assert own("peer") == found


def test_nothing_found_ends_with_1_and_nothing_here_with_0(
    similit: Similit, folder: Path, tmp_path: Path
) -> None:
    Path("found.ris").write_text("what was found before")
    for more in (["--output", "found.ris"], ["--lang", "zh-CN"]):
        ended = similit("export", "zzzqqq", *more, "--library", folder)
        assert (ended.code, ended.out) == (1, "")
        assert ended.err in ("Nothing similar found.\n", "没有找到相似文献。\n")
    assert Path("found.ris").read_text() == "what was found before"
    with Library(tmp_path / "empty", create=True):
        pass
    assert exported(similit, "--all", "--library", tmp_path / "empty") == ""


def test_the_demo_corpus_is_exported_and_named(similit: Similit, tmp_path: Path) -> None:
    for arguments, papers in ((["peer support", "--top", "3"], 3), (["--all"], 154)):
        ended = similit("export", *arguments, "--format", "jsonl")
        assert ended.code == 0
        assert len(titles(ended.out)) == papers
        assert "From the demo corpus of 154 publications." in ended.err
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("text", [["peer"], ["-"], [""], ["--file", "question"]], ids=repr)
def test_all_and_a_text_are_not_both_exported(
    similit: Similit, folder: Path, text: list[str]
) -> None:
    Path("question").write_text("peer")
    for output in ([], ["--output", "a.ris"]):
        ended = similit("export", *text, "--all", *output, "--library", folder)
        assert_refused(ended, 2, "--all exports every paper: leave it out", "leave out the text")
    chinese = similit("export", *text, "--all", "--lang", "zh-CN", "--library", folder)
    assert_refused(chinese, 2, "--all 会导出全部文献")
    assert [path.name for path in Path().iterdir()] == ["question"]


def test_all_and_a_number_are_not_both_exported(similit: Similit, folder: Path) -> None:
    ended = similit("export", "--all", "--top", 2, "--library", folder)
    assert_refused(ended, 2, "--all exports every paper, --top only the first")


# In which format


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_writes_what_is_found_and_all_there_is(
    similit: Similit, full: Path, format: str
) -> None:
    for arguments in (["peer"], ["--all"]):
        named = (*arguments, "--format", format, "--library", full)
        printed = exported(similit, *named)
        assert "davidson" in printed.casefold()
        assert "薛婉钰" in printed
        assert not CONTROL.findall(printed.replace("\r\n", "\n"))
        similit("export", *named, "--output", "out")
        assert Path("out").read_bytes() == printed.encode()
    with Library(full) as library:
        assert "".join(library.export(library.every(Filters()), format)) == printed


def test_ris_is_written_where_nobody_says_what(similit: Similit, folder: Path) -> None:
    printed = exported(similit, "--all", "--library", folder)
    assert printed == exported(similit, "--all", "--format", "ris", "--library", folder)
    assert printed.startswith("TY  - ")


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("a.ris", "ris"),
        ("a.bib", "bibtex"),
        ("A.BIB", "bibtex"),
        ("a.json", "csl-json"),
        ("a.csv", "csv"),
        ("a.jsonl", "jsonl"),
        ("a.txt", "ris"),
        ("a", "ris"),
        ("同伴.bib", "bibtex"),
    ],
)
def test_the_name_of_the_file_says_the_format(
    similit: Similit, folder: Path, name: str, format: str
) -> None:
    assert exported(similit, "--all", "--output", name, "--library", folder) == ""
    printed = exported(similit, "--all", "--format", format, "--library", folder)
    assert Path(name).read_bytes() == printed.encode()
    assert [path.name for path in Path().iterdir()] == [name]


def test_the_format_that_is_named_counts_whatever_the_file(similit: Similit, folder: Path) -> None:
    exported(similit, "--all", "--format", "csv", "--output", "a.bib", "--library", folder)
    assert Path("a.bib").read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("what", [["peer"], ["peer", "--output", "a.bib"], ["--all"]], ids=" ".join)
def test_a_format_of_no_such_name_ends_with_2_and_lists_those_there_are(
    similit: Similit, folder: Path, what: list[str]
) -> None:
    ended = similit("export", *what, "--format", "word", "--library", folder)
    assert_refused(ended, 2, "word is not a format", *FORMATS)
    assert list(Path().iterdir()) == []


def test_a_table_opens_right(similit: Similit, full: Path) -> None:
    exported(similit, "--all", "--output", "a.csv", "--library", full)
    content = Path("a.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert [row["id"] for row in rows] == ["p1", "p2", "p3", "p4", "", "full"]
    assert rows[2]["title"] == PAPERS[2]["title"]


# Where to


def test_what_is_printed_is_utf_8_whatever_the_locale(full: Path) -> None:
    environment = {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "bot", "export", "--all", "--format", "csv", "--library", str(full)],
        capture_output=True,
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    assert done.stderr == b""
    with Library(full) as library:
        assert done.stdout == "".join(library.export(library.every(Filters()), "csv")).encode()
    assert done.stdout.startswith(b"\xef\xbb\xbf")


def test_an_export_has_the_permissions_of_any_new_file(similit: Similit, folder: Path) -> None:
    Path("ordinary").touch()
    exported(similit, "--all", "--output", "a.ris", "--library", folder)
    modes = {stat.S_IMODE(Path(name).stat().st_mode) for name in ("ordinary", "a.ris")}
    assert len(modes) == 1


def test_a_file_that_cannot_be_written_ends_with_2(
    similit: Similit, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    for output in (tmp_path / "none" / "a.ris", tmp_path / "file" / "a.ris", tmp_path / "folder"):
        ended = similit("export", "--all", "--output", output, "--library", folder)
        assert_refused(ended, 2, f"{output} cannot be written: ")
    assert list((tmp_path / "folder").iterdir()) == []


def test_a_file_is_replaced_by_a_whole_one_or_stays(
    similit: Similit, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(error: BaseException) -> Writer:
        def write(papers: Any) -> Iterator[str]:
            yield "half"
            raise error

        return Writer("ris", ".ris", write)

    Path("a.ris").write_text("what was here")
    named = ("export", "--all", "--output", "a.ris", "--library", folder)
    for error, code in ((OSError(28, "No space left on device"), 2), (KeyboardInterrupt(), 130)):
        with monkeypatch.context() as patch:
            patch.setattr("corpus.library.writer_named", lambda _, error=error: broken(error))
            ended = similit(*named)
        assert ended.code == code
        assert ("No space left" in ended.err) == (code == 2)
        assert Path("a.ris").read_text() == "what was here"
        assert [path.name for path in Path().iterdir()] == ["a.ris"]
    assert similit(*named).code == 0
    assert Path("a.ris").read_text("utf-8").startswith("TY  - ")


def test_nothing_takes_the_place_of_a_pipe(similit: Similit, folder: Path) -> None:
    os.mkfifo("pipe")
    reading = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)  # so that opening it does not wait
    exported(similit, "burnout", "--top", "1", "--output", "pipe", "--library", folder)
    with os.fdopen(reading, "rb") as pipe:
        assert pipe.read().startswith(b"TY  - ")
    assert stat.S_ISFIFO(Path("pipe").stat().st_mode)


# And back


@pytest.mark.parametrize("format", READ_BACK)
def test_what_was_exported_is_imported_as_the_same_papers(
    similit: Similit, full: Path, tmp_path: Path, format: str
) -> None:
    file = f"all{FORMATS[format].suffix}"
    exported(similit, "--all", "--output", file, "--library", full)
    report = json.loads(similit("import", file, "--library", tmp_path / "new", "--json").out)
    assert report["formats"] == {file: format}
    assert (report["added"], report["skipped"], report["failed"]) == (6, [], [])
    kept, back = held(full), held(tmp_path / "new")
    if format == "jsonl":
        assert back == kept
        return
    if format == "bibtex":  # where every entry has a key
        kept = [one if one.source_id else replace(one, source_id=back[4].source_id) for one in kept]
    assert [replace(one, extra={}) for one in back] == [replace(one, extra={}) for one in kept]


@pytest.mark.parametrize("format", READ_BACK)
def test_what_was_exported_adds_nothing_where_it_came_from(
    similit: Similit, full: Path, format: str
) -> None:
    """As far as a paper can be recognised: by a DOI, a PMID, or its author, year and title."""
    file = f"all{FORMATS[format].suffix}"
    exported(similit, "--all", "--year", "1000..9999", "--output", file, "--library", full)
    report = json.loads(similit("import", file, "--library", full, "--json").out)
    assert (report["added"], report["papers"]) == (0, 6)
    assert len(report["merged"]) + report["unchanged"] == 4


def test_a_reader_who_has_seen_enough_sees_no_error() -> None:
    command = [sys.executable, "-m", "bot", "export", "--all", "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(1) == b"{"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
