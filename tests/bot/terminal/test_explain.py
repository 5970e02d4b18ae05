"""Why papers were found: what came across languages, and what made up a score."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.terminal.layout import console
from corpus.library import Library
from tests.bot.terminal.running import Similit, asked, assert_refused, jsonl, too_wide, width

PAPERS: list[dict[str, Any]] = [
    {
        "title": "Peer Support for people after a stroke",
        "abstract": "Visitors gave peer support. Their training took a day; quality of life rose.",
    },
    {
        "title": "Training of carers",
        "abstract": "Carers who support a relative were trained. Burden fell.",
    },
    {
        "title": "同儕支持與訓練",
        "abstract": "研究同儕支持對大學生心理健康的影響，並比較兩種培訓。",
    },
    {
        "title": "Peer support in schools",
        "abstract": "Pupils of two schools gave peer support and were trained for it.",
        "translated_title": "学校中的同伴支持",
        "translated_abstract": "两所学校的学生提供同伴支持并接受培训。",
    },
    {"title": "Otters of the estuary", "abstract": "Otters were counted in winter."},
    {"title": "Snow on roofs", "abstract": "Roofs were measured after snow."},
]
STROKE, CARERS, TRADITIONAL, BOTH = 1, 2, 3, 4


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("across")
    with Library(folder / "library", create=True) as library:
        library.add([jsonl(folder / "papers.jsonl", PAPERS)])
    return folder / "library"


@pytest.fixture
def across(similit: Similit, made: Path) -> Callable[..., dict[int, list[list[str]]]]:
    """What came across languages, by the number of the paper."""

    def across(*arguments: str) -> dict[int, list[list[str]]]:
        found = asked(similit, *arguments, "--library", made)
        return {hit["id"]: hit["across"] for hit in found["hits"]}

    return across


# Across languages


def test_a_chinese_question_says_what_its_words_are_called(across: Any) -> None:
    found = across("同伴支持的培训与生活质量")
    assert sorted(found[STROKE]) == [
        ["同伴支持", "peer support"],
        ["培训", "training"],
        ["生活质量", "quality of life"],
    ]
    assert found[CARERS][0][0] in ("同伴支持", "培训")


def test_an_english_question_says_what_its_words_are_called(across: Any) -> None:
    found = across("peer support and mental health")[TRADITIONAL]
    assert ["mental health", "心理健康"] in found
    assert all(asked in ("peer support", "mental health") for asked, _ in found)


def test_words_are_as_the_question_writes_them(across: Any) -> None:
    assert ["生活質量", "quality of life"] in across("生活質量")[STROKE]
    assert ["Mental Health", "心理健康"] in across("Mental\n Health")[TRADITIONAL]


def test_a_hit_in_the_questions_own_language_came_from_nowhere(across: Any) -> None:
    assert across("peer support training")[STROKE] == []
    assert across("同侪支持与心理健康")[TRADITIONAL] == []


@pytest.mark.parametrize("question", ["peer support training", "同伴支持的培训"])
def test_a_paper_in_both_languages_came_from_nowhere(across: Any, question: str) -> None:
    assert across(question)[BOTH] == []


def test_at_most_four_words_came_across(across: Any) -> None:
    found = across("同伴支持 培训 生活质量 卒中 访客 一天 提高")
    assert len(found[STROKE]) == 4


def test_what_came_across_stands_in_the_place_of_the_matched_words(
    similit: Similit, made: Path
) -> None:
    said = similit("ask", "同伴支持", "--library", made).out
    assert "    ⇄ 同伴支持 → peer support\n" in said
    assert "    matched: " in said
    said = similit("ask", "同伴支持", "--library", made, "--lang", "zh-CN").out
    assert "    ⇄ 同伴支持 → peer support\n" in said
    assert "matched" not in said


def test_what_came_across_is_at_most_52_columns_wide(similit: Similit, made: Path) -> None:
    said = similit("ask", "同伴支持的培训与生活质量", "--library", made).out
    lines = [line.strip() for line in said.splitlines() if "⇄" in line]
    assert lines
    assert all(width(line) <= 52 for line in lines)


# What made up a score


def explained(text: str) -> Iterator[tuple[float, list[tuple[int, float]]]]:
    """Of each paper the score that is shown, and the percents and scores of its rows."""
    rows: list[tuple[int, float]] = []
    for line in text.splitlines():
        if row := re.fullmatch(r" {4}\S.*? +(\d+) % +(\d+\.\d\d)", line.rstrip()):
            rows.append((int(row[1]), float(row[2])))
        elif score := re.fullmatch(r" {4}(?:score|得分) +(\d+\.\d\d)", line.rstrip()):
            yield float(score[1]), rows
            rows = []


@pytest.mark.parametrize("lang", ["en", "zh-CN", "zh-TW"])
@pytest.mark.parametrize(
    "question", ["peer support training", "同伴支持的培训与生活质量", "#1", "otters"]
)
def test_the_shares_of_each_paper_add_up_to_its_score(
    similit: Similit, made: Path, question: str, lang: str
) -> None:
    options = ("--explain", "--library", made)
    said = similit("ask", question, *options, "--lang", lang).out
    found = list(explained(said))
    hits = asked(similit, question, *options)["hits"]
    assert [score for score, _ in found] == [round(hit["score"], 2) for hit in hits]
    for score, rows in found:
        assert sum(percent for percent, _ in rows) == 100
        assert sum(part for _, part in rows) == pytest.approx(score, abs=0.001)
    assert too_wide(said) == []
    for hit in hits:
        assert sum(share["score"] for share in hit["shares"]) == pytest.approx(hit["score"])


def test_shares_are_told_by_words_that_people_know(similit: Similit, made: Path) -> None:
    found = asked(similit, "同儕支持的培训", "--explain", "--library", made)
    hits = {hit["id"]: hit["shares"] for hit in found["hits"]}
    for share in (share for shares in hits.values() for share in shares):
        assert list(share) == ["term", "kind", "source", "score"]
        assert (share["source"] is not None) == (share["kind"] == "translation")
    stroke = {(share["term"], share["kind"], share["source"]) for share in hits[STROKE]}
    assert ("training", "translation", "培训") in stroke
    assert "train" not in {term for term, _, _ in stroke}
    own = {(share["term"], share["kind"]) for share in hits[TRADITIONAL]}
    assert ("同儕", "word") in own
    assert {"word", "pair"} == {kind for _, kind in own}


def test_a_chinese_compound_that_is_only_indexed_by_pairs_is_told_whole(
    similit: Similit, made: Path
) -> None:
    found = asked(similit, "mental health", "--explain", "--library", made)
    (shares,) = (hit["shares"] for hit in found["hits"] if hit["id"] == TRADITIONAL)
    assert {share["term"] for share in shares if share["kind"] == "translation"} == {"心理健康"}
    said = similit("ask", "mental health", "--explain", "--library", made).out
    assert re.search(r"心理健康 +translation of mental health +\d+ %", said)


def test_pairs_of_characters_are_one_row(similit: Similit, made: Path) -> None:
    said = similit("ask", "大学生心理健康", "--explain", "--library", made, "--lang", "zh-CN").out
    assert len(re.findall(r"(?m)^ {4}字对 +\d+ % ", said)) == said.count("得分")


def test_terms_of_the_best_papers_are_called_so(similit: Similit, made: Path) -> None:
    said = similit("ask", "otters", "--explain", "--library", made).out
    assert re.search(r"winter +from the best papers +\d+ %", said)


def test_without_explain_there_are_no_shares(similit: Similit, made: Path) -> None:
    said = similit("ask", "peer", "--library", made).out
    assert "score" not in said
    assert all("shares" not in hit for hit in asked(similit, "peer", "--library", made)["hits"])
    assert similit("export", "peer", "--explain", "--library", made).code == 2


def test_hostile_papers_stay_text_when_explained(similit: Similit, evil: Path) -> None:
    said = similit("ask", "peer support", "--explain", "--library", evil).out
    assert list(explained(said))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", said)


@pytest.mark.parametrize("columns", [30, 60, 200])
def test_shares_fit_the_terminal(
    similit: Similit, made: Path, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    said = similit("ask", "同伴支持的培训与生活质量", "--explain", "--library", made).out
    assert max(map(width, said.splitlines())) <= console().width


# A glossary of the host's own


def test_a_glossary_of_ones_own_finds_across_languages(
    similit: Similit, made: Path, tmp_path: Path
) -> None:
    question = "獭獭"
    assert asked(similit, question, "--library", made)["hits"] == []
    (tmp_path / "own.tsv").write_text("# ours\n獭獭\totters\n", "utf-8")
    (tmp_path / "similit.toml").write_text('[search]\nglossary = "own.tsv"\n')
    config = ("--config", tmp_path / "similit.toml")
    (hit,) = asked(similit, question, "--library", made, *config)["hits"]
    assert hit["title"] == "Otters of the estuary"
    assert hit["across"] == [["獭獭", "Otters"]]
    demo = asked(similit, question, *config)
    assert demo["corpus"]["papers"] > 100


@pytest.mark.parametrize("command", [["ask", "peer"], ["check"], ["chat"]])
@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("content", [None, "同伴 peer\n", "同伴\tpeer\tmate\n"])
def test_a_glossary_that_is_none_is_told_in_a_sentence(
    similit: Similit,
    made: Path,
    tmp_path: Path,
    command: list[str],
    named: bool,
    content: str | None,
) -> None:
    if content is not None:
        (tmp_path / "own.tsv").write_text(content, "utf-8")
    (tmp_path / "similit.toml").write_text('[search]\nglossary = "own.tsv"\n')
    library = ["--library", made] if named else []
    ended = similit(*command, "--config", tmp_path / "similit.toml", *library)
    assert_refused(ended, 78, tmp_path / "own.tsv")


def test_check_tells_of_the_glossary(similit: Similit, made: Path, tmp_path: Path) -> None:
    assert "none: the built-in one applies" in similit("check", "--library", made).out
    (tmp_path / "own.tsv").write_text("獭獭\totters\n", "utf-8")
    (tmp_path / "similit.toml").write_text('[search]\nglossary = "own.tsv"\n')
    said = similit("check", "--library", made, "--config", tmp_path / "similit.toml").out
    assert str(tmp_path / "own.tsv") in "".join(line.strip() for line in said.splitlines())
