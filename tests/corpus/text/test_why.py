"""What a paper has in common with a question."""

from __future__ import annotations

import dataclasses

import pytest

from corpus.paper import Extract, Paper, Share
from corpus.text import segment
from corpus.text.glossary import Glossary
from corpus.text.normalise import has_han
from corpus.text.query import weigh
from corpus.text.terms import is_pair, terms
from corpus.text.why import Why


def why(text: str, *, chinese: bool | None = None, **idf: float) -> Why:
    """As `find` makes it, where every term of the question occurs unless its idf is -1."""
    asked = weigh(text)
    known = {term: idf.get(term, 1.0) for term in asked.terms if idf.get(term, 1.0) != -1}
    return Why(text, asked, known, chinese=has_han(text) if chinese is None else chinese)


def marked(found: Extract) -> list[str]:
    return [found.text[start:end] for start, end in found.marks]


PAPER = Paper(
    title="On peer roles",
    abstract="We asked workers. Peers supported recovery.",
    translated_title="同伴支持的实践",
    translated_abstract="同伴支持促进康复。",
    keywords=("lived experience",),
)


def test_words_are_shown_as_the_paper_writes_them_heaviest_first() -> None:
    _, words = why("recover a role, supporting", recov=9.0, recoveri=9.0, role=5.0).shown(
        Paper(title="Roles", abstract="They Recovered. It was SUPPORTED.")
    )
    assert words == ("Recovered", "Roles", "SUPPORTED")


def test_words_of_equal_weight_come_as_the_paper_has_them() -> None:
    text = "alfa bravo carrot delta echo foxtrot golf hotel"
    found = {why(text).shown(Paper(abstract=text))[1] for _ in range(3)}
    assert found == {tuple(text.split())}


def test_a_word_is_shown_once_however_it_is_written() -> None:
    _, words = why("peers").shown(
        Paper(title="Peer to peer", abstract="Peers help a peer's peers.")
    )
    assert len(words) == 1
    assert terms(words[0]) == ["peer"]


def test_a_keyword_that_alone_matches_is_shown() -> None:
    found, words = why("experience").shown(PAPER)
    assert words == ("experience",)
    assert found == Extract("We asked workers. Peers supported recovery.")


def test_a_chinese_question_is_shown_the_chinese_abstract() -> None:
    found, words = why("同伴支持与康复").shown(PAPER)
    assert found.text == "同伴支持促进康复。"
    assert words[0] == "同伴支持"
    assert marked(found) == ["同伴支持", "康复"]


def test_han_words_stand_apart_where_the_question_does_not_join_them() -> None:
    _, words = why("支持同伴").shown(PAPER)
    assert sorted(words) == ["同伴", "支持"]


def test_an_english_question_is_shown_the_english_abstract() -> None:
    found, _ = why("recovery").shown(PAPER)
    assert found.text == "Peers supported recovery."


def test_a_reader_of_either_language_is_shown_the_abstract_in_it_if_it_matches() -> None:
    both = "peers 同伴支持"
    english, _ = why(both, chinese=False).shown(PAPER)
    chinese, _ = why(both, chinese=True).shown(PAPER)
    assert english.text == "Peers supported recovery."
    assert chinese.text == "同伴支持促进康复。"
    assert why("康复", chinese=False).shown(PAPER)[0].text == "同伴支持促进康复。"


def test_a_paper_without_an_abstract_has_no_extract() -> None:
    found, words = why("roles").shown(Paper(title="On peer roles"))
    assert found == Extract("")
    assert words == ("roles",)


def test_words_of_no_idf_still_show() -> None:
    found, words = why("recovery", recoveri=0.0).shown(PAPER)
    assert words == ("recovery",)
    assert marked(found) == ["recovery"]


def test_a_word_that_the_question_repeats_weighs_more() -> None:
    _, words = why("peer support support support").shown(PAPER)
    assert [terms(word) for word in words] == [["support"], ["peer"]]


def test_at_most_eight_words() -> None:
    letters = "alfa bravo carrot delta echo foxtrot golf hotel indigo juliett"
    _, words = why(letters).shown(Paper(abstract=letters))
    assert len(words) == 8


def test_unknown_words_are_as_the_question_writes_them() -> None:
    asked = why("Zebras, Peers and ZEBRA-fish Zebras", zebra=-1, fish=-1)
    assert asked.unknown() == ("Zebras", "ZEBRA", "fish")
    assert why("peers").unknown() == ()


def test_chinese_text_is_not_cut_for_an_english_question(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(run: str) -> tuple[str, ...]:
        raise AssertionError(run)

    monkeypatch.setattr(segment, "words", never)
    paper = Paper(title="Peer support", abstract="前所未见的句子。Peers help.")
    assert terms(why("peers").shown(paper)[1][0]) == ["peer"]


# Across languages


def across(text: str, paper: Paper) -> tuple[tuple[str, str], ...]:
    """What came across, where every term that the paper has is indexed."""
    asked = weigh(text, Glossary())
    held = set(terms(paper.indexed))
    known = {term: 1.0 for term in asked.weights if term in held and not is_pair(term)}
    return Why(text, asked, known, chinese=has_han(text)).across(paper)


ENGLISH = Paper(title="Peer Support in wards", abstract="Quality  of\nlife. Workers supported it.")
CHINESE = Paper(title="同伴支持工作者", abstract="信度的研究。生活质量。")


@pytest.mark.usefixtures("few_words")
@pytest.mark.parametrize(
    ("text", "paper", "expected"),
    [
        ("同伴支持", ENGLISH, {("同伴支持", "Peer Support")}),
        ("生活質量，工作者", ENGLISH, {("生活質量", "Quality of life"), ("工作者", "Workers")}),
        ("peers' support", CHINESE, {("peers' support", "同伴支持")}),
        ("RELIABILITY of workers", CHINESE, {("RELIABILITY", "信度"), ("workers", "工作者")}),
        ("同伴支持", CHINESE, set()),
        ("peer support", ENGLISH, set()),
        ("nurses", CHINESE, set()),
        ("同伴支持", Paper(title="Peers", abstract="Support"), {("同伴支持", "Support")}),
        ("", ENGLISH, set()),
    ],
)
def test_words_and_what_the_paper_calls_them(
    text: str, paper: Paper, expected: set[tuple[str, str]]
) -> None:
    assert set(across(text, paper)) == expected


@pytest.mark.usefixtures("few_words")
def test_a_paper_that_has_the_words_themselves_needs_no_translation() -> None:
    both = Paper(title="同伴支持工作者 and peer support workers")
    assert across("同伴支持工作者", both) == ()
    assert across("peer support workers", both) == ()


@pytest.mark.usefixtures("few_words")
def test_a_word_that_jieba_cuts_comes_across_whole() -> None:
    assert "卒中" not in terms("卒中患者")
    assert across("strokes", Paper(title="卒中患者")) == (("strokes", "卒中"),)


@pytest.mark.usefixtures("few_words")
def test_at_most_four_words_come_across_heaviest_first() -> None:
    text = "信度 工作者 生活质量 同伴支持 精神卫生 肺"
    paper = Paper(
        abstract="Peer support, reliability, worker, quality of life, mental health, lung."
    )
    found = across(text, paper)
    assert len(found) == 4
    assert {asked for asked, _ in found} == {"同伴支持", "精神卫生", "生活质量", "信度"}


@pytest.mark.usefixtures("few_words")
def test_shares_are_named_as_people_write_them() -> None:
    text = "Peers' 精神"
    asked = weigh(text, Glossary())
    paper = Paper(title="PEER minds", abstract="A mind of peers. Two minds; peers recovered.")
    why = Why(text, asked, {"peer": 1.0, "mind": 1.0}, chinese=False)
    shares = [
        Share("peer", "word", "", 3.0),
        Share("mind", "translation", "精神", 2.0),
        Share("recov", "feedback", "", 1.0),
        Share("精神", "pair", "", 0.5),
    ]
    named = why.named(paper, shares)
    assert [share.written for share in named] == ["peers", "minds", "recovered", ""]
    assert [dataclasses.replace(share, written="") for share in named] == shares
