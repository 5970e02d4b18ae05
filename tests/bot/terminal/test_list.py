"""Reading lists at a terminal: the commands, and what chat and ask have of them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from bot.config import Config
from bot.list_page import PAGE
from bot.messages import messages
from bot.shelf import Shelf
from bot.terminal.chat import Chat
from tests.bot.terminal.running import CONTROL, EVIL, Similit, assert_refused, too_wide

TITLE = "Peer support workers in community teams"


def shown(similit: Similit, folder: Path, *arguments: str) -> str:
    """What `list show` prints."""
    ended = similit("list", "show", *arguments, "--library", folder)
    assert (ended.code, ended.err) == (0, "")
    return ended.out


def test_a_paper_is_saved_and_shown_with_its_note_and_tags(similit: Similit, folder: Path) -> None:
    assert "similit list save 12" in shown(similit, folder)
    how = ("--list", "Thesis", "--note", "read twice", "--tag", "a", "--tag", "b")
    ended = similit("list", "save", "#1", *how, "--library", folder)
    assert (ended.code, ended.out) == (0, "Saved in: Thesis\n")
    similit("list", "save", "3", "--library", folder)  # the list used last
    similit("list", "read", "3", "--library", folder)
    assert shown(similit, folder) == "Thesis · 2 papers\n"
    out = shown(similit, folder, "THESIS")
    assert f" 1. {TITLE} (2006)" in out
    assert "a · b" in out
    assert "read twice" in out
    assert out.count("✓ read") == 1
    similit("list", "read", "3", "--undo", "--library", folder)
    assert "✓ read" not in shown(similit, folder, "Thesis")


def test_lists_are_printed_as_json(similit: Similit, folder: Path) -> None:
    similit("list", "save", "1", "--list", "Thesis", "--tag", "a", "--library", folder)
    similit("remove", "1", "--library", folder)
    assert json.loads(shown(similit, folder, "--json")) == [{"list": "Thesis", "papers": 1}]
    assert json.loads(shown(similit, folder, "Thesis", "--json")) == {
        "list": "Thesis",
        "papers": [
            {
                "id": 1,
                "title": None,
                "note": None,
                "tags": ["a"],
                "read": False,
                "in_library": False,
            }
        ],
    }
    assert "#1 is no longer in the library" in shown(similit, folder, "Thesis")


def test_a_long_list_is_shown_whole(
    similit: Similit, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.list_page.PAGE", 2)
    for number in range(1, 6):
        similit("list", "save", number, "--list", "x", "--library", folder)
    papers = json.loads(shown(similit, folder, "x", "--json"))["papers"]
    assert [one["id"] for one in papers] == [1, 2, 3, 4, 5]
    assert PAGE > 2


def test_papers_and_lists_are_removed(similit: Similit, folder: Path) -> None:
    similit("list", "save", "1", "--list", "Thesis", "--library", folder)
    ended = similit("list", "remove", "Thesis", "1", "--library", folder)
    assert (ended.code, ended.out) == (0, "#1 is no longer in Thesis.\n")
    ended = similit("list", "remove", "Thesis", "1", "--library", folder)
    assert (ended.code, ended.out) == (1, "#1 is not in Thesis.\n")
    ended = similit("list", "remove", "Thesis", "--library", folder)
    assert (ended.code, ended.out) == (0, "The list Thesis is deleted.\n")
    assert_refused(similit("list", "show", "Thesis", "--library", folder), 1, "Thesis")
    assert_refused(similit("list", "save", "77", "--library", folder), 1, "77")


def test_a_list_is_exported(similit: Similit, folder: Path, tmp_path: Path) -> None:
    similit("list", "save", "1", "--list", "Thesis", "--library", folder)
    ended = similit("list", "export", "Thesis", "--format", "bibtex", "--library", folder)
    assert ended.code == 0
    assert TITLE in ended.out
    assert ended.out.startswith("@article{")
    file = tmp_path / "out.csv"
    similit("list", "export", "Thesis", "--output", file, "--library", folder)
    assert TITLE in file.read_text("utf-8-sig")


def test_what_is_saved_has_a_star_in_what_is_found(similit: Similit, folder: Path) -> None:
    assert not (folder / "state.db").exists()
    assert "★" not in similit("ask", "peer support", "--library", folder).out
    assert not (folder / "state.db").exists()  # asking keeps nothing
    similit("list", "save", "1", "--library", folder)
    assert f"★ {TITLE}" in similit("ask", "peer support", "--library", folder).out


def test_another_user_of_the_same_library_has_lists_of_their_own(
    similit: Similit, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    similit("list", "save", "1", "--list", "Thesis", "--library", folder)
    monkeypatch.setattr("getpass.getuser", lambda: "somebody else")
    assert "Thesis" not in shown(similit, folder)
    assert_refused(similit("list", "show", "Thesis", "--library", folder), 1, "Thesis")


def test_lists_are_kept_beside_the_demo_corpus_too(similit: Similit, tmp_path: Path) -> None:
    similit("list", "save", "1", "--list", "Thesis")
    assert "Thesis · 1 paper\n" in similit("list", "show").out
    assert (tmp_path / "data" / "similit" / "state.db").is_file()
    file = tmp_path / "own.jsonl"
    file.write_text('{"title": "A paper of my own"}\n')
    assert similit("import", file).code == 0
    # The number 1 means another paper now.
    assert "Thesis · 0 papers\n" in similit("list", "show").out


@pytest.mark.parametrize("word", ["save 1", "收藏 1", "保存第1篇"])
def test_the_chat_saves_what_was_found(folder: Path, word: str) -> None:
    shelf = Shelf(Config(), folder)
    out = io.StringIO()
    lines = iter(["peer support", word, "peer support"])

    def read(_: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    Chat(shelf, messages("en"), Console(file=out, width=80), 20).run(read)
    shelf.close()
    before, _, after = out.getvalue().partition("Saved in: Reading list")
    assert "★" not in before
    assert after.count("★") == 1


def test_nothing_in_a_list_is_obeyed_by_the_terminal(similit: Similit, evil: Path) -> None:
    for number in range(1, 5):
        how = ("--list", f"x{EVIL}", "--note", f"{EVIL} " * 50, "--tag", EVIL)
        ended = similit("list", "save", number, *how, "--library", evil)
        assert not CONTROL.search(ended.out)
    for arguments in ((), (f"x{EVIL}",)):
        out = shown(similit, evil, *arguments)
        assert not CONTROL.search(out)
        assert too_wide(out) == []
