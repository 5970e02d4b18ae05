"""`similit browse`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.library import Library
from tests.bot.terminal.running import CONTROL, Similit, jsonl, too_wide


@pytest.fixture
def shelves(tmp_path: Path) -> Path:
    """The folder of a library of papers with subjects, keywords, journals and years."""
    papers = [
        {
            "title": f"Paper {number}",
            "journal": "Journal of Care" if number % 2 else "心理学报",
            "year": 2000 + number,
            "keywords": ["peer support", f"only {number}"],
            "subjects": ["Psychology"],
        }
        for number in range(1, 8)
    ]
    with Library(tmp_path / "library", create=True) as library:
        library.add([jsonl(tmp_path / "papers.jsonl", papers)])
    return tmp_path / "library"


def test_without_a_kind_it_shows_the_first_of_each(similit: Similit, shelves: Path) -> None:
    ended = similit("browse", "--library", shelves)
    assert ended.code == 0
    for said in ("1 subject\n", "8 keywords", "2 journals", "7 years", "peer support", "心理学报"):
        assert said in ended.out
    assert "2007" in ended.out
    assert "2001" not in ended.out


def test_a_kind_lists_its_topics_with_counts(similit: Similit, shelves: Path) -> None:
    ended = similit("browse", "journals", "--library", shelves)
    assert [line.split(None, 1) for line in ended.out.splitlines()[1:3]] == [
        ["4", "Journal of Care"],
        ["3", "心理学报"],
    ]
    years = similit("browse", "years", "--library", shelves, "--top", 2, "--page", 2)
    assert [line.split()[1] for line in years.out.splitlines()[1:3]] == ["2005", "2004"]
    assert "2 / 4 · --page N shows another" in years.err


def test_a_name_lists_its_papers_newest_first(similit: Similit, shelves: Path) -> None:
    ended = similit("browse", "keywords", "PEER", "Support", "--library", shelves, "--top", 3)
    assert "Keyword · peer support" in ended.out
    assert "7 papers · newest first" in ended.out
    titles = [line for line in ended.out.splitlines() if line.startswith("Paper")]
    assert titles == ["Paper 7 (2007)", "Paper 6 (2006)", "Paper 5 (2005)"]
    last = similit("browse", "keywords", "peer support", "--library", shelves, "--page", 99)
    assert "Paper 1 (2001)" in last.out


def test_a_part_of_a_name_lists_what_has_it(similit: Similit, shelves: Path) -> None:
    ended = similit("browse", "journals", "care", "--library", shelves)
    assert "1 journal\n" in ended.out
    assert "Journal of Care" in ended.out
    assert "心理学报" not in ended.out


def test_a_name_that_nothing_has_is_said_so(similit: Similit, shelves: Path) -> None:
    ended = similit("browse", "subjects", "alchemy", "--library", shelves)
    assert (ended.code, ended.out) == (1, "")
    assert "journal or year “alchemy”" in ended.err


def test_chinese_is_spoken(similit: Similit, shelves: Path) -> None:
    ended = similit("browse", "keywords", "peer support", "--library", shelves, "--lang", "zh-CN")
    assert "关键词 · peer support" in ended.out
    assert "7 篇文献 · 由新到旧" in ended.out


def test_json_is_all_of_it(similit: Similit, shelves: Path) -> None:
    whole = json.loads(similit("browse", "--library", shelves, "--json").out)
    assert [one["kind"] for one in whole["kinds"]] == ["subject", "keyword", "journal", "year"]
    years = json.loads(similit("browse", "years", "--library", shelves, "--json").out)
    assert (years["total"], years["page"], years["pages"]) == (7, 1, 1)
    assert years["topics"][0]["name"] == "2007"
    papers = json.loads(similit("browse", "years", "2007", "--library", shelves, "--json").out)
    assert papers["topic"]["papers"] == papers["total"] == 1
    assert papers["papers"][0]["title"] == "Paper 7"


def test_a_kind_that_is_none_is_refused(similit: Similit, shelves: Path) -> None:
    assert similit("browse", "colours", "--library", shelves).code == 2


def test_the_demo_corpus_is_browsed_and_says_so(similit: Similit) -> None:
    ended = similit("browse", "years")
    assert ended.code == 0
    assert "demo corpus" in ended.err


def test_nothing_in_a_paper_speaks_to_the_terminal(similit: Similit, evil: Path) -> None:
    overview = similit("browse", "--library", evil)
    found = json.loads(similit("browse", "--library", evil, "--json").out)
    names = [(one["kind"], topic["name"]) for one in found["kinds"] for topic in one["topics"]]
    assert len(names) >= 5
    shown = [overview] + [
        similit("browse", f"{kind}s", name, "--library", evil) for kind, name in names
    ]
    for ended in shown:
        assert ended.code == 0
        assert not CONTROL.search(ended.out.replace("\n", ""))
        assert too_wide(ended.out) == []


def test_a_library_without_papers_has_nothing_to_browse(similit: Similit, tmp_path: Path) -> None:
    with Library(tmp_path / "empty", create=True):
        pass
    ended = similit("browse", "--library", tmp_path / "empty")
    assert ended.code == 0
    assert "No paper here has a keyword on record." in ended.out
