"""Asking: for people, and as JSON."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.bot.making import pdf, ris
from tests.bot.terminal.running import PAPERS, Similit, asked, assert_refused, ids, too_wide


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
    assert ids(found)[0] == 3


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
    # In Chinese, because a short English question also asks for terms of the best papers allowed.
    all = {hit["id"]: hit["score"] for hit in asked(similit, "同伴", "--library", folder)["hits"]}
    some = asked(similit, "同伴", "--year", "2012", "--library", folder)["hits"]
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
    names = ["query", "total", "matched", "milliseconds", "corpus", "hits", "answer"]
    assert list(found) == names
    assert found["answer"] == []
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
            *("score", "extract", "marks", "terms", "across"),
        ]
        assert all(hit[name] is None or (isinstance(hit[name], str) and hit[name]) for name in text)
        assert all(isinstance(hit[name], list) for name in ("authors", "marks", "terms", "across"))
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


@pytest.mark.parametrize(
    ("data", "paper"),
    [(ris({"TI": "Whatever", "DO": "10.1000/abc"}), 1), (pdf("doi:10.1000/abc"), 1)],
    ids=["ris", "pdf"],
)
def test_a_file_of_a_paper_that_is_here_asks_for_its_neighbours(
    similit: Similit, folder: Path, tmp_path: Path, data: bytes, paper: int
) -> None:
    (tmp_path / "file").write_bytes(data)
    found = asked(similit, "--file", tmp_path / "file", "--library", folder)
    assert found["query"]["paper"] == paper


def test_a_file_that_nothing_can_be_asked_with_is_refused(
    similit: Similit, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_bytes(b"%PDF-1.7")
    ended = similit("ask", "--file", tmp_path / "file", "--library", folder)
    assert_refused(ended, 2, tmp_path / "file", "damaged or locked")
