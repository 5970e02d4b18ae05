"""A question at a terminal: sentences of the papers stand above the list."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.library import Library
from tests.bot.terminal.running import CONTROL, EVIL, Similit, asked, jsonl, too_wide

QUESTION = "Does supervision reduce burnout?"
FOUND = "Supervision significantly reduced burnout in all of the services within a year."
CHINESE = "结果显示，督导可显著降低同伴支持员的职业倦怠，效果在一年后依然存在。"
OTHERS = [
    {"title": f"Paper {n}", "abstract": f"Other things of year {n} were looked at."}
    for n in "123456"
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a library with an answer in each language."""
    papers = [
        {"title": "On supervision", "abstract": f"Burnout is known. {FOUND}", "year": 2011},
        {"title": "督导", "abstract": f"职业倦怠很常见。{CHINESE}", "language": "zh"},
        *OTHERS,
    ]
    with Library(tmp_path / "library", create=True) as library:
        library.add([jsonl(tmp_path / "papers.jsonl", papers)])
    return tmp_path / "library"


def test_an_answer_stands_above_the_list(similit: Similit, folder: Path) -> None:
    ended = similit("ask", QUESTION, "--library", folder, "--language", "en")
    lines = ended.out.splitlines()
    assert lines[:4] == [
        "What the papers say · quoted as written, numbered as below",
        " [1] Supervision significantly reduced burnout in all of the services within a",
        "     year.",
        "",
    ]
    assert " similar paper" in lines[4]


def test_an_answer_in_chinese(similit: Similit, folder: Path) -> None:
    asking = ["ask", "督导能否降低职业倦怠？", "--language", "zh", "--library", folder]
    lines = similit("--lang", "zh-CN", *asking).out.splitlines()
    assert lines[0] == "文献中的相关论述 · 均为原文引用，编号对应下方列表"
    assert lines[1].startswith(" [1] 结果显示，督导可显著降低同伴支持员的职业倦怠")
    assert too_wide("\n".join(lines)) == []


def test_an_answer_as_json(similit: Similit, folder: Path) -> None:
    found = asked(similit, QUESTION, "--library", folder, "--language", "en")
    (one,) = found["answer"]
    assert list(one) == ["rank", "text", "marks"]
    assert (one["rank"], one["text"]) == (1, FOUND)
    words = [FOUND[start:end] for start, end in one["marks"]]
    assert words == ["Supervision", "reduced burnout"]


@pytest.mark.parametrize("text", ["supervision burnout", "#1", f"Burnout is known. {FOUND}"])
def test_there_is_none_for_what_is_no_question(similit: Similit, folder: Path, text: str) -> None:
    assert asked(similit, text, "--library", folder)["answer"] == []
    assert "[1]" not in similit("ask", text, "--library", folder).out


def test_a_sentence_obeys_no_terminal(similit: Similit, tmp_path: Path) -> None:
    paper = {"abstract": f"{FOUND[:-1]} {EVIL}.", "title": "A"}
    with Library(tmp_path / "evil", create=True) as library:
        library.add([jsonl(tmp_path / "evil.jsonl", [paper])])
    out = similit("ask", QUESTION, "--library", tmp_path / "evil").out
    assert " [1] Supervision" in out
    assert not CONTROL.search(out)
