"""The command line: what each command does, how it ends, and what it never prints."""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from platformdirs import user_cache_path
from sqlite_utils import Database

from bot import cli
from bot.__main__ import main
from bot.terminal.commands import Terminal
from bot.terminal.layout import marked
from corpus.library import Library
from corpus.paper import Extract

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ["ask", "chat", "run", "import", "show", "stats", "trec", "check"]

PAPERS: list[dict[str, Any]] = [
    {
        "id": "p1",
        "title": "Peer support workers in community teams",
        "abstract": "We interviewed peer support workers. Their role was unclear to many.",
        "authors": ["Davidson, Larry", "Chinman, Matthew"],
        "journal": "Journal of Care",
        "year": 2006,
        "doi": "10.1000/abc",
        "pmid": 777,
        "grant": {"number": 5},
    },
    {
        "id": "p2",
        "title": "Burnout among nurses",
        "abstract": "Nurses in hospitals reported burnout. Support from a peer helped them.",
        "authors": ["Müller, Jörg"],
        "journal": "Nursing Research",
        "year": "2012",
    },
    {
        "id": "p3",
        "title": "同伴支持工作者的角色",
        "abstract": "本研究访谈同伴支持工作者（peer workers）。角色并不清楚。",
        "authors": ["薛婉钰"],
        "journal": "心理学报",
        "year": 2020,
        "language": "chi",
    },
    {"id": "p4", "title": "A paper that has no abstract on zebrafish"},
    {"abstract": "Nameless are these peers. They support trust in hospitals."},
]


class Ended(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


Similit = Callable[..., Ended]


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An English terminal of 80 columns in an empty folder, with no token and no library."""
    for name in ("DISCORD_TOKEN", "LC_ALL", "LC_MESSAGES", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


@pytest.fixture
def similit(capsys: pytest.CaptureFixture[str]) -> Similit:
    """Runs the command line in this process."""

    def similit(*arguments: object) -> Ended:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as ended:  # argparse ends so, as it may
            code = int(ended.code or 0)
        return Ended(code, *capsys.readouterr())

    return similit


def jsonl(path: Path, records: Iterable[dict[str, Any]]) -> Path:
    path.write_text("".join(f"{json.dumps(one)}\n" for one in records), encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a library of five papers."""
    path = tmp_path / "library"
    with Library(path, create=True) as library:
        library.add([jsonl(tmp_path / "papers.jsonl", PAPERS)])
    return path


def asked(similit: Similit, *arguments: object) -> dict[str, Any]:
    """What `ask --json` prints, which is one JSON object and nothing else."""
    ended = similit("ask", *arguments, "--json")
    assert ended.code == 0, ended
    found = json.loads(ended.out)
    assert isinstance(found, dict)
    return found


def ids(found: dict[str, Any]) -> list[int]:
    return [hit["id"] for hit in found["hits"]]


def width(line: str) -> int:
    """How many columns a line takes: a Han character takes two."""
    return sum(
        0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in line
    )


def too_wide(text: str) -> list[str]:
    return [line for line in text.splitlines() if width(line) > 80]


def assert_refused(ended: Ended, code: int, *names: object) -> None:
    """The command ended with `code`, one line that names these, and nothing on standard output."""
    assert ended.code == code, ended
    assert ended.out == ""
    assert ended.err.startswith("similit: ")
    assert ended.err.count("\n") == 1
    assert "Traceback" not in ended.err
    for name in names:
        assert str(name) in ended.err


# How commands end


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "peer support"],
        ["ask", "zzzqqq"],
        ["ask", "同伴支持"],
        ["ask", "peer", "--year", "1700"],
        ["show", "1"],
        ["stats"],
        ["check"],
    ],
    ids=" ".join,
)
def test_a_command_that_worked_ends_with_0(
    similit: Similit, folder: Path, arguments: list[str]
) -> None:
    ended = similit(*arguments, "--library", folder)
    assert ended.code == 0
    assert ended.out
    assert ended.err == ""


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nosuch"],
        ["ask", "peer", "--top", "0"],
        ["ask", "peer", "--top", "many"],
        ["ask", "peer", "--year", "99"],
        ["ask", "peer", "--year", "2020..2010"],
        ["ask", "peer", "--year", ".."],
        ["ask", "peer", "--nosuch"],
        ["import"],
        ["show"],
        ["trec"],
        ["trec", "queries", "--top", "-1"],
    ],
    ids=lambda arguments: " ".join(arguments) or "nothing",
)
def test_wrong_usage_ends_with_2_and_shows_the_usage(
    similit: Similit, arguments: list[str]
) -> None:
    ended = similit(*arguments)
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.startswith("usage: similit")
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("arguments", [["ask", "--file"], ["import"], ["trec"]], ids=" ".join)
def test_a_file_that_is_not_there_ends_with_2(similit: Similit, arguments: list[str]) -> None:
    assert_refused(similit(*arguments, "nope.txt"), 2, "nope.txt", "does not exist")


@pytest.mark.parametrize("arguments", [["ask", "--file"], ["import"], ["trec"]], ids=" ".join)
def test_a_folder_instead_of_a_file_ends_with_2_and_is_called_one(
    similit: Similit, tmp_path: Path, arguments: list[str]
) -> None:
    ended = similit(*arguments, tmp_path)
    assert_refused(ended, 2, tmp_path)
    assert re.search(r"(?i)folder|directory", ended.err)


@pytest.mark.parametrize("arguments", [["ask", ""], ["ask", "  "], ["ask"]], ids=repr)
def test_an_empty_question_ends_with_2_and_hints_at_the_shell(
    similit: Similit, arguments: list[str]
) -> None:
    assert_refused(similit(*arguments), 2, "paper:12", "'#12'")
    assert_refused(similit("--lang", "zh-CN", *arguments), 2, "paper:12", "没有收到问题")


def test_a_file_without_text_is_an_empty_question(similit: Similit, tmp_path: Path) -> None:
    (tmp_path / "empty").write_text(" \n")
    assert_refused(similit("ask", "--file", tmp_path / "empty"), 2)


@pytest.mark.parametrize(
    "arguments",
    [["ask", "peer"], ["show", "1"], ["stats"], ["trec", "q.tsv"], ["check"], ["chat"]],
    ids=" ".join,
)
def test_a_named_library_that_is_not_there_ends_with_78(
    similit: Similit, tmp_path: Path, arguments: list[str]
) -> None:
    Path("q.tsv").write_text("1\tpeer\n")
    assert_refused(similit(*arguments, "--library", tmp_path / "nope"), 78, tmp_path / "nope")
    assert not (tmp_path / "nope").exists()


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "import"])
def test_a_broken_config_ends_with_78_whatever_the_command(similit: Similit, command: str) -> None:
    Path("config.toml").write_text("[reply\n")
    with_file = {"trec": ["q"], "show": ["1"], "ask": ["peer"]}
    assert_refused(similit(command, *with_file.get(command, [])), 78, "config.toml")


def test_a_config_that_was_named_and_is_not_there_ends_with_78(similit: Similit) -> None:
    assert_refused(similit("stats", "--config", "nope.toml"), 78, "nope.toml")


@pytest.mark.parametrize("lang", ["en", "zh-CN", "zh-TW"])
def test_without_a_token_run_ends_with_78_and_names_the_conversation_here(
    similit: Similit, lang: str
) -> None:
    assert_refused(similit("run", "--lang", lang), 78, "`similit chat`", "DISCORD_TOKEN")


@pytest.mark.parametrize("command", ["ask", "show"])
@pytest.mark.parametrize("paper", ["99", "#99", "paper:99", "10.1000/nope", "PMID 99"])
def test_a_paper_that_is_not_here_ends_with_1(
    similit: Similit, folder: Path, command: str, paper: str
) -> None:
    assert_refused(similit(command, paper, "--library", folder), 1, "99" if "99" in paper else "/")
    assert_refused(similit(command, paper, "--library", folder, "--json"), 1)


def test_showing_a_title_that_no_paper_has_ends_with_1(similit: Similit, folder: Path) -> None:
    assert_refused(similit("show", "no", "such", "title", "--library", folder), 1, "no such title")


def test_a_command_that_is_interrupted_ends_with_130(
    similit: Similit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: Terminal) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(Terminal, "stats", interrupted)
    assert similit("stats") == Ended(130, "", "")


def test_version_is_printed(similit: Similit) -> None:
    ended = similit("--version")
    assert ended.code == 0
    assert re.fullmatch(r"similit \d+\.\d+\.\d+\S*\n", ended.out)


# Which library, which language


def test_the_library_is_named_before_or_after_the_command(similit: Similit, folder: Path) -> None:
    before = similit("--library", folder, "stats", "--json")
    after = similit("stats", "--library", folder, "--json")
    assert before == after
    assert json.loads(before.out)["papers"] == 5


def test_the_library_comes_from_flag_then_environment_then_config(
    similit: Similit, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def papers(*arguments: object) -> int:
        return int(json.loads(similit("stats", "--json", *arguments).out)["papers"])

    sizes = {}
    for size, name in enumerate(["configured", "environment", "flag"], 1):
        with Library(tmp_path / name, create=True) as library:
            library.add([jsonl(tmp_path / f"{name}.jsonl", PAPERS[:size])])
        sizes[name] = size
    Path("config.toml").write_text('[library]\npath = "../configured"\n')
    assert papers() == sizes["configured"]
    monkeypatch.setenv("SIMILIT_LIBRARY", str(tmp_path / "environment"))
    assert papers() == sizes["environment"]
    assert papers("--library", tmp_path / "flag") == sizes["flag"]


def test_a_path_in_the_config_is_relative_to_the_config(
    similit: Similit, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "similit.toml").write_text('[library]\npath = "library"\n')
    ended = similit("stats", "--json", "--config", tmp_path / "similit.toml")
    assert json.loads(ended.out)["library"] == str(folder)


def test_the_terminal_speaks_its_locale_and_lang_overrides_it(
    similit: Similit, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def first_line(*arguments: object) -> str:
        return similit(*arguments, "--library", folder).out.splitlines()[0]

    english, chinese = r"\d+ similar papers · \d+ ms", r"共查询到 \d+ 条相似文献，搜索用时 \d+ 毫秒"
    traditional = r"共查詢到 \d+ 條相似文獻，搜尋用時 \d+ 毫秒"
    assert re.fullmatch(english, first_line("ask", "peer"))
    assert re.fullmatch(chinese, first_line("ask", "peer", "--lang", "zh-CN"))
    assert re.fullmatch(chinese, first_line("--lang", "zh_CN.UTF-8", "ask", "peer"))
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert re.fullmatch(chinese, first_line("ask", "peer"))
    assert re.fullmatch(english, first_line("ask", "peer", "--lang", "en"))
    monkeypatch.setenv("LC_ALL", "zh_TW.UTF-8")
    assert re.fullmatch(traditional, first_line("ask", "peer"))


def test_one_similar_paper_is_not_called_papers(similit: Similit, folder: Path) -> None:
    out = similit("ask", "peer", "--top", "1", "--library", folder).out
    assert re.match(r"1 similar paper · \d+ ms\n", out)


# Asking


@pytest.mark.parametrize(
    "text", ["#1", "1", "paper:1", "10.1000/abc", "https://doi.org/10.1000/ABC", "PMID: 777"]
)
def test_a_reference_asks_for_that_papers_neighbours(
    similit: Similit, folder: Path, text: str
) -> None:
    found = asked(similit, text, "--library", folder)
    assert found["query"]["paper"] == 1
    assert 1 not in ids(found)
    assert found["total"] == len(found["hits"]) > 0
    said = similit("ask", text, "--library", folder).out
    assert said.startswith("Neighbours of #1 · Peer support workers in community teams (2006)\n")


def test_a_paper_that_was_pasted_is_recognised(similit: Similit, folder: Path) -> None:
    found = asked(similit, PAPERS[1]["abstract"].upper(), "--library", folder)
    assert found["query"]["paper"] == 2
    assert 2 not in ids(found)


def test_words_need_no_quotes(similit: Similit, folder: Path) -> None:
    found = asked(similit, "burnout", "of", "nurses", "--library", folder)
    assert found["query"]["text"] == "burnout of nurses"
    assert ids(found)[0] == 2


def test_the_question_may_be_in_a_file_with_or_without_a_byte_order_mark(
    similit: Similit, folder: Path, tmp_path: Path
) -> None:
    for encoding in ("utf-8", "utf-8-sig"):
        (tmp_path / "question").write_text("burnout\nof nurses\n", encoding=encoding)
        found = asked(similit, "--file", tmp_path / "question", "--library", folder)
        assert found["query"]["text"] == "burnout\nof nurses"


def test_the_question_may_come_from_standard_input(
    similit: Similit, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = io.TextIOWrapper(io.BytesIO("同伴支持\n".encode()), encoding="ascii")
    monkeypatch.setattr(sys, "stdin", typed)
    found = asked(similit, "-", "--library", folder)
    assert found["query"] == {"text": "同伴支持", "paper": None, "language": "zh"}
    assert ids(found) == [3]


def test_standard_input_that_is_not_text_is_no_traceback(
    similit: Similit, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = io.TextIOWrapper(io.BytesIO(b"peer \xff\xfe support"), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", typed)
    assert ids(asked(similit, "-", "--library", folder))


def test_top_says_how_many_and_the_config_says_it_otherwise(similit: Similit) -> None:
    assert len(ids(asked(similit, "research"))) == 20
    assert len(ids(asked(similit, "research", "--top", "25"))) == 25
    Path("config.toml").write_text("[reply]\ncount = 7\n")
    assert len(ids(asked(similit, "research"))) == 7
    assert len(ids(asked(similit, "research", "--top", "3"))) == 3


def test_a_larger_top_only_adds_papers(similit: Similit) -> None:
    assert ids(asked(similit, "research", "--top", "5")) == ids(asked(similit, "research"))[:5]
    assert len(ids(asked(similit, "research", "--top", "9" * 20))) > 20


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], {1, 2, 3, 5}),
        (["--author", "davidson"], {1}),
        (["--author", "Chinman"], {1}),
        (["--author", "müller"], {2}),
        (["--author", "薛"], {3}),
        (["--author", "%"], set()),
        (["--journal", "RESEARCH"], {2}),
        (["--journal", "心理"], {3}),
        (["--year", "2012"], {2}),
        (["--year", "2006..2012"], {1, 2}),
        (["--year", "2012.."], {2, 3}),
        (["--year", "..2012"], {1, 2}),
        (["--year", "2006-2012"], {1, 2}),
        (["--language", "zh"], {3}),
        (["--language", "en"], {1, 2, 5}),
        (["--language", "EN"], {1, 2, 5}),
        (["--without", "nurses"], {1, 3, 5}),
        (["--without", "nurse", "--without", "角色"], {1, 5}),
        (["--without", "peer"], set()),
        (["--year", "2006..2020", "--language", "en", "--without", "burnout"], {1}),
    ],
    ids=lambda value: " ".join(value) or "all" if isinstance(value, list) else "",
)
def test_filters_say_which_papers_may_be_found(
    similit: Similit, folder: Path, options: list[str], expected: set[int]
) -> None:
    assert set(ids(asked(similit, "peer", *options, "--library", folder))) == expected


def test_filters_do_not_change_scores(similit: Similit, folder: Path) -> None:
    all = {hit["id"]: hit["score"] for hit in asked(similit, "peer", "--library", folder)["hits"]}
    some = asked(similit, "peer", "--year", "2012", "--library", folder)["hits"]
    assert {hit["id"]: hit["score"] for hit in some} == {2: all[2]}


def test_nothing_found_says_why(similit: Similit, folder: Path) -> None:
    unknown = similit("ask", "zzzqqq", "--library", folder).out
    assert "Nothing similar found. No paper here contains any of: zzzqqq." in unknown
    filtered = similit("ask", "peer", "--year", "1700", "--library", folder).out
    assert "but none that the filters allow" in " ".join(filtered.split())
    chinese = similit("ask", "zzzqqq", "--library", folder, "--lang", "zh-CN").out
    assert "没有找到相似文献。 库中没有文献含有：zzzqqq。" in chinese


@pytest.mark.parametrize("word", ["z" * 5000, "斑马" * 3000, "🦓" * 3000])
def test_a_word_beyond_all_reason_is_no_traceback(
    similit: Similit, folder: Path, word: str
) -> None:
    ended = similit("ask", word, "--library", folder)
    assert ended.code == 0
    assert "Nothing similar found." in ended.out
    assert too_wide(ended.out) == []
    assert_refused(similit("show", word, "--library", folder), 1, word[:20])


def test_filters_are_blamed_where_only_some_words_are_unknown(
    similit: Similit, folder: Path
) -> None:
    out = similit("ask", "peer zzzqqq", "--year", "1700", "--library", folder).out
    assert "filters" in out


# JSON


def test_ask_prints_exactly_the_promised_object(similit: Similit, folder: Path) -> None:
    found = asked(similit, "peer workers", "--library", folder)
    assert list(found) == ["query", "total", "matched", "milliseconds", "corpus", "hits"]
    assert found["query"] == {"text": "peer workers", "paper": None, "language": "en"}
    assert found["total"] == len(found["hits"]) == 4
    assert found["matched"] is None or found["matched"] == 4
    assert isinstance(found["milliseconds"], float)
    assert found["milliseconds"] > 0
    assert list(found["corpus"]) == ["papers", "version"]
    assert found["corpus"]["papers"] == 5
    assert isinstance(found["corpus"]["version"], str)
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3, 4]
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    text = {"title", "journal", "doi"}
    for hit in found["hits"]:
        assert list(hit) == [
            *("rank", "id", "source_id", "title", "authors", "journal", "year", "doi"),
            *("score", "extract", "marks", "terms"),
        ]
        assert all(hit[name] is None or (isinstance(hit[name], str) and hit[name]) for name in text)
        assert all(isinstance(hit[name], list) for name in ("authors", "marks", "terms"))
        assert all(isinstance(word, str) for word in [*hit["authors"], *hit["terms"]])
        assert type(hit["id"]) is type(hit["rank"]) is int
        assert type(hit["score"]) is float
        assert type(hit["year"]) in (int, type(None))
        assert isinstance(hit["source_id"], str)
        assert isinstance(hit["extract"], str)


def test_marks_are_the_matched_words_of_the_extract(similit: Similit, folder: Path) -> None:
    for question in ("peer workers", "同伴支持", "#1"):
        for hit in asked(similit, question, "--library", folder)["hits"]:
            assert hit["marks"]
            end = 0
            for mark in hit["marks"]:
                assert len(mark) == 2
                assert end <= mark[0] < mark[1] <= len(hit["extract"])
                end = mark[1]
    hit = asked(similit, "trust", "--library", folder)["hits"][0]
    assert [hit["extract"][start:end] for start, end in hit["marks"]] == ["trust"]
    assert hit["terms"] == ["trust"]


def test_what_is_unknown_is_null(similit: Similit, folder: Path) -> None:
    hit = asked(similit, "nameless", "--library", folder)["hits"][0]
    assert hit["id"] == 5
    assert [hit[name] for name in ("title", "journal", "year", "doi")] == [None] * 4
    assert hit["source_id"] == ""
    assert hit["authors"] == []
    hit = asked(similit, "zebrafish", "--library", folder)["hits"][0]
    assert (hit["source_id"], hit["extract"], hit["marks"]) == ("p4", "", [])


def test_a_year_that_was_text_comes_out_as_a_number(similit: Similit, folder: Path) -> None:
    assert asked(similit, "burnout", "--library", folder)["hits"][0]["year"] == 2012


def test_nothing_found_is_an_object_too(similit: Similit, folder: Path) -> None:
    found = asked(similit, "zzzqqq", "--library", folder)
    assert (found["total"], found["matched"], found["hits"]) == (0, 0, [])


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_json_is_the_same_in_every_language_but_for_the_time(
    similit: Similit, folder: Path, lang: str
) -> None:
    found = asked(similit, "nurses", "--library", folder, "--lang", lang)
    assert found["hits"][0]["title"] == "Burnout among nurses"


def test_the_language_of_a_paper_that_is_asked_for_is_its_own(similit: Similit) -> None:
    paper = json.loads(similit("show", "2", "--json").out)
    assert paper["language"] == "en"
    assert asked(similit, "#2", "--top", "1")["query"]["language"] == "en"


def test_show_prints_the_paper_as_in_jsonl(similit: Similit, folder: Path) -> None:
    ended = similit("show", "p1", "--json", "--library", folder)
    paper = json.loads(ended.out)
    assert paper == {**PAPERS[0], "id": 1, "source_id": "p1", "pmid": "777"}
    nameless = json.loads(similit("show", "5", "--json", "--library", folder).out)
    assert nameless == {"id": 5, **PAPERS[4]}


@pytest.mark.parametrize(
    "name", ["1", "#1", "paper:1", "10.1000/abc", "PMID 777", "p1", PAPERS[0]["title"]]
)
def test_a_paper_is_shown_by_any_of_its_names(similit: Similit, folder: Path, name: str) -> None:
    assert json.loads(similit("show", *name.split(), "--json", "--library", folder).out)["id"] == 1


def test_stats_prints_the_counts(similit: Similit, folder: Path) -> None:
    ended = similit("stats", "--json", "--library", folder)
    stats = json.loads(ended.out)
    version = stats.pop("version")
    assert isinstance(version, str)
    assert stats == {
        "library": str(folder),
        "papers": 5,
        "records": 5,
        "without_abstract": 1,
        "without_title": 1,
        "languages": {"en": 4, "zh": 1},
        "years": [2006, 2020],
    }
    assert asked(similit, "peer", "--library", folder)["corpus"]["version"] == version


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


# Importing


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
        ("binary.dat", bytes(range(256)) * 20, "not a text file"),
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n", "empty"),
        ("latin.jsonl", b'{"title": "caf\xe9"}\n', "not UTF-8"),
        ("utf16.jsonl", '{"title": "peer"}\n'.encode("utf-16"), "not a text file"),
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


# The demo corpus


def test_the_demo_corpus_answers_while_the_default_library_is_empty_and_says_so(
    similit: Similit, tmp_path: Path
) -> None:
    said = similit("ask", "peer support workers")
    assert said.code == 0
    assert re.search(r"From the demo corpus of \d+ publications\.", said.out)
    assert "来自内置的示例文献库" in similit("ask", "peer", "--lang", "zh-CN").out
    assert not (tmp_path / "data").exists()
    with Library(tmp_path / "data" / "similit", create=True):
        pass
    assert "demo corpus" in similit("ask", "peer support workers").out


def test_with_json_the_demo_note_goes_to_standard_error(similit: Similit) -> None:
    for command in (["ask", "peer support"], ["stats"]):
        ended = similit(*command, "--json")
        json.loads(ended.out)
        assert ended.out.count("\n") == 1
        if command[0] == "ask":
            assert "demo corpus" in ended.err


def test_a_named_library_never_gives_way_to_the_demo_corpus(
    similit: Similit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library(tmp_path / "empty", create=True):
        pass
    flagged = similit("ask", "peer support workers", "--library", tmp_path / "empty")
    monkeypatch.setenv("SIMILIT_LIBRARY", str(tmp_path / "empty"))
    by_environment = similit("ask", "peer support workers")
    monkeypatch.delenv("SIMILIT_LIBRARY")
    Path("config.toml").write_text('[library]\npath = "../empty"\n')
    for ended in (flagged, by_environment, similit("ask", "peer support workers")):
        assert ended.code == 0
        assert "Nothing similar found." in ended.out
        assert "demo" not in ended.out + ended.err


def test_nothing_is_ever_written_to_the_demo_corpus(similit: Similit, tmp_path: Path) -> None:
    similit("ask", "peer")
    [demo] = [path for path in user_cache_path("similit").iterdir() if path.name.startswith("demo")]

    def content() -> dict[str, str]:
        return {
            str(path.relative_to(demo)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in demo.rglob("*")
            if path.is_file() and not path.name.endswith(("-shm", "-wal"))
        }

    before = content()
    assert "papers.db" in before
    for command in (["ask", "#3"], ["show", "3"], ["stats"], ["check"], ["ask", "同伴", "--json"]):
        assert similit(*command).code == 0
    assert similit("import", jsonl(tmp_path / "papers.jsonl", PAPERS)).code == 0
    assert content() == before
    assert json.loads(similit("stats", "--json").out)["papers"] == 5
    assert "demo" not in similit("ask", "peer").out


# What is printed


NASTY: list[dict[str, Any]] = [
    {
        "id": "wide",
        "title": "Peer" * 60,
        "abstract": f"Peer support of {'unbreakable' * 20} words. " + "同伴支持" * 60,
        "authors": ["Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine"] * 30,
        "journal": "International Archives of Everything That Can Be Peer Reviewed and More",
        "year": 1999,
        "keywords": ["peer " * 30, "支持" * 50],
        "url": "https://example.org/" + "x" * 200,
        "extra field " * 20: 1,
    },
    {
        "id": "han",
        "title": "同伴支持工作者在社区精神卫生服务中的角色与职业倦怠" * 4,
        "abstract": "同伴支持（peer support）很重要，" * 30,
        "authors": ["欧阳" * 10] * 9,
        "journal": "中华" * 40,
    },
    {"id": "tabs", "title": "Peer\tsupport\tin\ttables\nand\tlines", "abstract": "A\tpeer.\tB"},
    {"id": "é" * 120, "abstract": "Peer supports e\u0301te\u0301 " + "e\u0301" * 120},
]


@pytest.mark.parametrize("lang", ["en", "zh-CN", "zh-TW"])
@pytest.mark.parametrize(
    "command",
    [
        ["ask", "peer 支持"],
        ["ask", "#1"],
        ["ask", "#3"],
        ["ask", "zzzqqq " * 30],
        ["ask", "peer", "--year", "1700"],
        *(["show", number] for number in "1234"),
        ["stats"],
        ["check"],
    ],
    ids=lambda command: " ".join(command)[:16].strip(),
)
def test_no_line_is_wider_than_80_columns(
    similit: Similit, tmp_path: Path, lang: str, command: list[str]
) -> None:
    with Library(tmp_path / "nasty", create=True) as library:
        library.add([jsonl(tmp_path / "nasty.jsonl", NASTY)])
    ended = similit(*command, "--library", tmp_path / "nasty", "--lang", lang)
    assert ended.code == 0
    assert too_wide(ended.out + ended.err) == []


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_answers_of_the_demo_corpus_fit_80_columns_and_begin_with_the_count(
    similit: Similit, lang: str
) -> None:
    for question in ("peer support workers", "同伴支持"):
        out = similit("ask", question, "--lang", lang).out
        first = out.splitlines()[0]
        assert re.fullmatch(
            r"\d+ similar papers · \d+ ms|共查询到 \d+ 条相似文献，搜索用时 \d+ 毫秒", first
        )
        assert ("similar" in first) == (lang == "en")
        assert too_wide(out) == []


def test_a_wider_terminal_is_used_but_not_beyond_what_reads_well(
    similit: Similit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    widest = max(map(width, similit("ask", "peer support").out.splitlines()))
    assert 80 < widest <= 100


@pytest.mark.parametrize("columns", ["20", "40"])
def test_a_narrow_terminal_is_no_traceback(
    similit: Similit, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    out = similit("ask", "peer support", "--top", "3").out
    assert max(map(width, out.splitlines())) <= int(columns)


EVIL = "\x1b[31mX\x1b]0;owned\x07\x9b2J\x08\x7f\u202e"
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    """A library of papers whose every field would speak to the terminal."""
    names = ("title", "abstract", "journal", "volume", "issue", "pages", "pmid", "url", "language")
    more = ("id", "translated_title", "translated_abstract", "summary_by", f"own{EVIL}")
    lists = ("authors", "keywords", "subjects", "affiliations")
    papers = [
        {
            **dict.fromkeys((*names, *more), f"peer {EVIL} support {number}"),
            **{name: [f"peer {EVIL} {number}", f"{EVIL}, {EVIL}"] for name in lists},
            "doi": f"10.1000/{number}{EVIL}",
        }
        for number in (1, 2)
    ]
    papers += [{"abstract": f"peer {EVIL} support"}, {"title": f"peer {EVIL}"}]
    with Library(tmp_path / "evil", create=True) as library:
        library.add([jsonl(tmp_path / "evil.jsonl", papers)])
        assert library.state().papers == 4
    return tmp_path / "evil"


@pytest.mark.parametrize(
    "command",
    [
        ["ask", "peer support"],
        ["ask", "support", "--lang", "zh-CN"],
        *(["ask", f"#{number}"] for number in "134"),
        *(["show", number] for number in "134"),
        ["show", "1", "--lang", "zh-CN"],
        ["stats"],
        ["check"],
    ],
    ids=" ".join,
)
def test_escape_sequences_of_papers_never_reach_the_terminal(
    similit: Similit, evil: Path, command: list[str]
) -> None:
    ended = similit(*command, "--library", evil)
    assert ended.code == 0
    assert ended.out
    assert CONTROL.findall(ended.out + ended.err) == []


def test_escape_sequences_never_reach_the_terminal_from_a_conversation(
    similit: Similit, evil: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("peer\nopen 1\nsimilar 2\nopen 2\nmore\n"))
    ended = similit("chat", "--library", evil)
    assert ended.code == 0
    assert CONTROL.findall(ended.out + ended.err) == []


def test_escape_sequences_never_reach_the_terminal_from_an_import(
    similit: Similit, tmp_path: Path
) -> None:
    file = tmp_path / "evil.jsonl"
    file.write_text(f'{{"title": "{EVIL}"\n{EVIL}\n{{"{EVIL}": 2}}\n', encoding="utf-8")
    ended = similit("import", file, "--library", tmp_path / "new")
    assert "skipped" in ended.out
    assert CONTROL.findall(ended.out + ended.err) == []


def test_marks_stay_on_their_words_where_control_characters_are_taken_out() -> None:
    shown = marked(Extract("a\x1b \x07peer helps", ((4, 8),)))
    [span] = shown.spans
    assert shown.plain[span.start : span.end] == "peer"


def test_lone_surrogates_in_a_record_are_no_traceback(similit: Similit, tmp_path: Path) -> None:
    file = tmp_path / "odd.jsonl"
    file.write_text('{"id": "\\ud800", "title": "A \\ud800 peer", "abstract": "Peer \\udc00."}\n')
    assert similit("import", file, "--library", tmp_path / "odd").code == 0
    for command in (["ask", "peer"], ["show", "1"], ["ask", "peer", "--json"]):
        ended = similit(*command, "--library", tmp_path / "odd")
        assert ended.code == 0
        assert "peer" in ended.out.casefold()


def test_show_prints_what_is_known_of_a_paper(similit: Similit, folder: Path) -> None:
    out = similit("show", "1", "--library", folder).out
    for part in (
        *("Peer support workers in community teams", "Davidson L, Chinman M", "Journal of Care"),
        *("2006", "#1", "doi:10.1000/abc", "PMID 777", "p1", "grant", "unclear to many"),
    ):
        assert part in out
    assert "no title on record" in similit("show", "5", "--library", folder).out
    assert "No abstract on record." in similit("show", "4", "--library", folder).out


def test_check_examines_config_library_and_index(
    similit: Similit, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(*arguments: object) -> str:
        ended = similit("check", *arguments)
        assert ended.code == 0
        return "".join(ended.out.split())

    assert "thedemocorpusanswers" in said()
    assert "none:defaultsapply" in said()
    Path("config.toml").write_text("")
    named = said("--library", folder)
    assert "config.toml" in named
    assert "5papers" in named
    assert "Indexcurrent" in named
    assert "missing:setDISCORD_TOKEN" in named
    token = "MTIzNDU2Nzg5MDEyMzQ1Njc4.secret.part"
    monkeypatch.setenv("DISCORD_TOKEN", token)
    named = said()
    assert "client_id=123456789012345678&scope=bot+applications.commands" in named
    assert "secret" not in named
    [index] = (folder / "index").glob("*.postings")
    index.write_bytes(index.read_bytes()[:-8])
    assert "Indexdamaged" in said("--library", folder)
    index.unlink()
    assert "Indexmissing" in said("--library", folder)


# Help


def subparsers() -> dict[str, argparse.ArgumentParser]:
    [found] = [
        action for action in cli.parser()._actions if isinstance(action, argparse._SubParsersAction)
    ]
    return dict(found.choices)


def test_these_are_the_commands() -> None:
    assert list(subparsers()) == COMMANDS


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=" ".join)
def test_help_mentions_every_option_and_says_what_it_is_for(
    similit: Similit, command: list[str]
) -> None:
    ended = similit(*command, "--help")
    assert ended.code == 0
    assert ended.err == ""
    parser = subparsers()[command[0]] if command else cli.parser()
    options = 0
    for action in parser._actions:
        assert action.help or isinstance(action, argparse._SubParsersAction)
        for option in action.option_strings:
            assert option in ended.out
            options += 1
    assert options >= 5
    if not command:
        for name, sub in subparsers().items():
            assert re.search(rf"^ +{name}\b", ended.out, re.MULTILINE)
            assert sub.description


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=" ".join)
def test_help_fits_80_columns(similit: Similit, command: list[str]) -> None:
    assert too_wide(similit(*command, "--help").out) == []


def test_the_examples_of_the_help_work(similit: Similit) -> None:
    examples = re.findall(r"^  similit (ask .+?)(?: {3,}.*)?$", cli._EXAMPLES, re.MULTILINE)
    assert len(examples) >= 4
    for example in examples:
        words = [word.strip("'\"") for word in re.findall(r"\"[^\"]*\"|'[^']*'|\S+", example)]
        assert similit(*words).code == 0, example


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_lists_every_command(name: str) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    if readme.count("similit ") < 3:
        pytest.skip("the README lists no commands yet")
    assert f"similit {name}" in readme


# As a process


def process(*arguments: object, text: str = "", **environment: str) -> Ended:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        input=text.encode(),
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    return Ended(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def test_every_command_works_as_a_process(folder: Path, tmp_path: Path) -> None:
    named = ("--library", folder)
    found = process("ask", "peer workers", "--json", *named)
    assert found.code == 0
    assert found.err == ""
    assert json.loads(found.out)["hits"][0]["id"] == 1
    talk = process("chat", *named, text="peer\nopen 1\nquit\n")
    assert talk.code == 0
    assert "Goodbye." in talk.out
    file = jsonl(tmp_path / "again.jsonl", PAPERS[:2])
    assert process("import", file, "--library", tmp_path / "new").code == 0
    assert process("show", "2", *named).out.startswith("Burnout among nurses\n")
    assert json.loads(process("stats", "--json", *named).out)["papers"] == 5
    (tmp_path / "q.tsv").write_text("q\tburnout\n")
    assert process("trec", tmp_path / "q.tsv", *named).out.startswith("q Q0 p2 1 ")
    assert process("check", *named).code == 0
    assert_refused(process("run", *named), 78, "similit chat")


def test_a_process_ends_with_the_promised_codes(folder: Path) -> None:
    assert_refused(process("show", "99", "--library", folder), 1)
    assert process("nosuch").code == 2
    assert_refused(process("import", "nope"), 2)


def test_chinese_comes_out_right_in_a_terminal_that_knows_only_ascii(folder: Path) -> None:
    ended = process(
        *("ask", "-", "--library", folder, "--lang", "zh-CN"),
        text="同伴支持\n",
        LANG="C",
        LC_ALL="C",
        PYTHONIOENCODING="ascii",
        PYTHONUTF8="0",
    )
    assert ended.code == 0
    assert ended.out.startswith("共查询到 1 条相似文献")
    assert "同伴支持工作者的角色" in ended.out


def test_a_reader_that_has_seen_enough_is_no_traceback(tmp_path: Path) -> None:
    queries = tmp_path / "queries.tsv"
    queries.write_text("".join(f"{n}\tresearch of peers, trials and models\n" for n in range(30)))
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "trec", str(queries)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert running.stdout is not None
    assert running.stderr is not None
    assert running.stdout.readline().startswith(b"0 Q0 ")
    running.stdout.close()
    assert running.stderr.read() == b""
    running.stderr.close()
    assert running.wait(timeout=60) == 0
