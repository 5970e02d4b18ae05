"""How commands end, and what they say when they cannot go on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.terminal.commands import Terminal
from corpus.library import Library
from tests.bot.terminal.running import COMMANDS, Ended, Similit, assert_refused, jsonl


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", "peer support"],
        ["ask", "zzzqqq"],
        ["ask", "同伴支持"],
        ["ask", "peer", "--year", "1700"],
        ["show", "1"],
        ["export", "peer"],
        ["export", "--all"],
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
        ["import", "--nosuch"],
        ["import", "--undo", "--dry-run"],
        ["fetch"],
        ["fetch", "pubmed", "peer", "--max", "0"],
        *(["fetch", "pubmed", "peer", "--since", day] for day in ("99", "2020-13", "2020-1-2-3")),
        ["export", "peer", "--top", "0"],
        ["show"],
        ["remove"],
        ["backup"],
        ["restore"],
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


READING = [
    ["ask", "--file"],
    ["export", "--file"],
    ["import"],
    ["fetch", "pubmed", "--ids"],
    ["restore"],
    ["trec"],
]


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_a_file_that_is_not_there_ends_with_2(similit: Similit, arguments: list[str]) -> None:
    assert_refused(similit(*arguments, "nope.txt"), 2, "nope.txt", "does not exist")


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_a_folder_instead_of_a_file_ends_with_2_and_is_called_one(
    similit: Similit, tmp_path: Path, arguments: list[str]
) -> None:
    ended = similit(*arguments, tmp_path)
    assert_refused(ended, 2, tmp_path)
    assert re.search(r"(?i)folder|directory", ended.err)


def test_an_import_of_nothing_ends_with_2_and_says_what_it_takes(
    similit: Similit, folder: Path
) -> None:
    file = jsonl(Path("more.jsonl"), [{"title": "More"}])
    for arguments in (["import"], ["import", "--dry-run"], ["import", "--undo", file]):
        assert_refused(similit(*arguments, "--library", folder), 2, "Name a file", "--undo")
        assert_refused(similit("--lang", "zh-CN", *arguments), 2, "请指定要导入的文件", "--undo")
    with Library(folder) as library:
        assert library.state().papers == 5


@pytest.mark.parametrize("arguments", [["ask", ""], ["ask", "  "], ["ask"], ["export"]], ids=repr)
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
    [
        ["ask", "peer"],
        ["export", "--all"],
        ["show", "1"],
        ["remove", "1"],
        ["import", "--undo"],
        ["backup", "f"],
        ["stats"],
        ["trec", "q.tsv"],
        ["check"],
        ["chat"],
    ],
    ids=" ".join,
)
def test_a_named_library_that_is_not_there_ends_with_78(
    similit: Similit, tmp_path: Path, arguments: list[str]
) -> None:
    Path("q.tsv").write_text("1\tpeer\n")
    assert_refused(similit(*arguments, "--library", tmp_path / "nope"), 78, tmp_path / "nope")
    assert not (tmp_path / "nope").exists()
    assert [path.name for path in Path().iterdir()] == ["q.tsv"]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_broken_config_ends_with_78_whatever_the_command(similit: Similit, command: str) -> None:
    Path("config.toml").write_text("[reply\n")
    assert_refused(similit(command, *COMMANDS[command]), 78, "config.toml")


def test_a_config_that_was_named_and_is_not_there_ends_with_78(similit: Similit) -> None:
    assert_refused(similit("stats", "--config", "nope.toml"), 78, "nope.toml")


@pytest.mark.parametrize("lang", ["en", "zh-CN", "zh-TW"])
def test_without_a_token_run_ends_with_78_and_names_the_conversation_here(
    similit: Similit, lang: str
) -> None:
    assert_refused(similit("run", "--lang", lang), 78, "`similit chat`", "DISCORD_TOKEN")


@pytest.mark.parametrize("command", ["ask", "export", "show", "remove"])
@pytest.mark.parametrize("paper", ["99", "#99", "paper:99", "10.1000/nope", "PMID 99"])
def test_a_paper_that_is_not_here_ends_with_1(
    similit: Similit, folder: Path, command: str, paper: str
) -> None:
    assert_refused(similit(command, paper, "--library", folder), 1, "99" if "99" in paper else "/")
    if command != "export":
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
