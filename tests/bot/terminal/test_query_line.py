"""A query line at a terminal: what it finds, and the carets under what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.messages import messages
from bot.query_line import BadLine
from bot.terminal.pointing import pointed
from tests.bot.terminal.running import Similit, asked, ids, width


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("author:davidson", [1]),
        ("作者：薛婉钰", [3]),
        ("year:2005..2012", [2, 1]),
        ("peer year:..2012 -burnout", [1]),
        ('"support from a peer"', [2]),
        ("title:角色 同伴", [3]),
        ("journal:care peers", [1]),
        ("peers sort:year", [3, 2, 1, 5]),
    ],
)
def test_ask_understands_a_line(
    similit: Similit, folder: Path, line: str, found: list[int]
) -> None:
    assert ids(asked(similit, line, "--library", folder)) == found


def test_what_an_option_says_and_the_line_does_not_counts_too(
    similit: Similit, folder: Path
) -> None:
    assert ids(asked(similit, "peer year:..2012", "--author", "Müller", "--library", folder)) == [2]
    ended = similit("ask", "peer year:..2012", "--author", "Müller", "--library", folder)
    assert "\nauthor:Müller year:..2012\n" in f"\n{ended.out}"


def test_export_understands_a_line(similit: Similit, folder: Path) -> None:
    ended = similit("export", "author:davidson", "--format", "apa", "--library", folder)
    assert ended.code == 0
    assert ended.out.startswith("Davidson, L.")
    assert ended.out.count("\n") == 1


def test_a_wrong_line_is_pointed_at(similit: Similit, folder: Path) -> None:
    ended = similit("ask", "author:王静 sort:colour peers", "--library", folder)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        "similit: A list is sorted by similarity or by year, not by this: colour",
        "  author:王静 sort:colour peers",
        "                   ^^^^^^",
    ]


def test_a_line_that_finds_nothing_says_so(similit: Similit, folder: Path) -> None:
    ended = similit("ask", "author:nobody", "--library", folder)
    assert ended.code == 0
    assert "No paper here fits all of this." in ended.out


@pytest.mark.parametrize("before", ["", "peers ", "同伴支持 " * 12, "x" * 90 + " "])
@pytest.mark.parametrize("after", ["", " peers", " 同伴" * 60])
def test_the_carets_stand_under_what_is_wrong(before: str, after: str) -> None:
    text = f"{before}year:去年{after}"
    start = len(before) + 5
    error = BadLine(text, start, start + 2, "line-no-year")
    for locale in ("en", "zh-CN", "zh-TW"):
        _, line, carets = pointed(error, messages(locale), 80).split("\n")
        assert width(line) <= 80
        place = len(carets) - len(carets.lstrip())
        assert carets.strip() == "^^^^"
        shown = line.partition("去年")[0]
        assert width(shown) == place


def test_what_a_terminal_would_obey_is_not_pointed_out(similit: Similit, folder: Path) -> None:
    ended = similit("ask", "author:\x1b[31mx sort:\x1b[0m", "--library", folder)
    assert ended.code == 2
    assert "\x1b" not in ended.err


def test_seeds_are_liked_disliked_or_missing(similit: Similit, folder: Path) -> None:
    for line in (["#1 #2 -#3 #99"], ["#1", "#2", "paper:99", "-#3 year:2000.."]):
        found = asked(similit, " ".join(line), "--library", folder)
        assert found["query"]["liked"] == [1, 2]
        assert found["query"]["disliked"] == [3]
        assert found["query"]["missing"] == ["#99"]
        assert not {1, 2, 3} & set(ids(found))
    ended = similit("ask", "#1", "paper:2", "--library", folder)
    assert "👍 #1 · Peer support workers in community teams (2006)" in ended.out
    assert "👍 #2 · Burnout among nurses (2012)" in ended.out
    explained = similit("ask", "#1", "#2", "--explain", "--library", folder)
    assert "from the papers you like" in explained.out


def test_seeds_of_which_none_is_here_are_refused(similit: Similit, folder: Path) -> None:
    ended = similit("ask", "#98", "#99", "--library", folder)
    assert (ended.code, ended.out) == (1, "")
    assert "#98" in ended.err
