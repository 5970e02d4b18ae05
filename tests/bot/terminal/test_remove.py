"""One paper out of the library."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.library import Library
from tests.bot.terminal.running import PAPERS, Similit, asked, assert_refused, ids, jsonl


@pytest.mark.parametrize(
    ("named", "number"),
    [
        ("#1", 1),
        ("1", 1),
        ("paper:3", 3),
        ("10.1000/ABC", 1),
        ("https://doi.org/10.1000/abc", 1),
        ("PMID 777", 1),
        ("p4", 4),
        ("Burnout among nurses", 2),
        ("burnout amo", 2),
        ("同伴支持工作者的角色", 3),
        ("Nameless are these peers. They support trust in hospitals.", 5),
    ],
)
def test_a_paper_is_removed_by_any_of_its_names(
    similit: Similit, folder: Path, named: str, number: int
) -> None:
    ended = similit("remove", *named.split(), "--library", folder)
    assert (ended.code, ended.err) == (0, "")
    paper: dict[str, Any] = PAPERS[number - 1]
    title = paper.get("title") or paper["abstract"]
    assert " ".join(ended.out.split()) == f"Removed #{number}: {title}"
    assert json.loads(similit("stats", "--json", "--library", folder).out)["papers"] == 4
    for command in ("show", "ask", "remove"):
        assert_refused(similit(command, f"#{number}", "--library", folder), 1, f"#{number}")


def test_a_removed_paper_is_printed_once_more(similit: Similit, folder: Path) -> None:
    shown = json.loads(similit("show", "1", "--json", "--library", folder).out)
    ended = similit("remove", "1", "--json", "--library", folder)
    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out) == shown


def test_a_removed_paper_is_found_no_more(similit: Similit, folder: Path) -> None:
    assert 1 in ids(asked(similit, "peer support workers", "--library", folder))
    similit("remove", "1", "--library", folder)
    found = asked(similit, "peer support workers", "--library", folder)
    assert 1 not in ids(found)
    assert found["corpus"]["papers"] == 4
    assert "current" in similit("check", "--library", folder).out
    for named in ("10.1000/abc", "PMID 777", PAPERS[0]["title"]):
        assert_refused(similit("show", named, "--library", folder), 1)


def test_the_number_of_a_removed_paper_is_not_given_again(
    similit: Similit, folder: Path, tmp_path: Path
) -> None:
    similit("remove", "5", "--library", folder)
    similit("import", tmp_path / "papers.jsonl", "--library", folder)
    assert_refused(similit("show", "5", "--library", folder), 1)
    again = json.loads(similit("show", "6", "--json", "--library", folder).out)
    assert again == {"id": 6, **PAPERS[4]}


def test_a_title_may_come_without_more_and_speaks_chinese(similit: Similit, folder: Path) -> None:
    ended = similit("remove", "同伴支持", "--library", folder, "--lang", "zh-CN")
    assert (ended.code, ended.out) == (0, "已移除 #3: 同伴支持工作者的角色\n".replace(": ", "："))


def test_nothing_is_removed_from_what_is_not_there(similit: Similit, tmp_path: Path) -> None:
    """The demo corpus answers, but it is nobody's own."""
    assert similit("show", "1").code == 0
    assert_refused(similit("remove", "1"), 78, "no library in")
    with Library(tmp_path / "empty", create=True):
        pass
    assert_refused(similit("remove", "1", "--library", tmp_path / "empty"), 1, "1")


def test_the_last_paper_can_go_too(similit: Similit, tmp_path: Path) -> None:
    file = jsonl(tmp_path / "one.jsonl", PAPERS[:1])
    similit("import", file, "--library", tmp_path / "new")
    assert similit("remove", "1", "--library", tmp_path / "new").code == 0
    assert asked(similit, "peer", "--library", tmp_path / "new")["hits"] == []
