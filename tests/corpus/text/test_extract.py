"""The sentences of a paper that show why it was found."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.paper import Extract
from corpus.text.extract import extract, merge_marks
from corpus.text.sentences import sentences
from corpus.text.terms import terms, tokens
from corpus.text.width import clip, columns


def shown(text: str, question: str, width: int = 270, **weights: float) -> Extract:
    """The extract of `text` for `question`; a term weighs 1 unless said otherwise."""
    weighed = {term: weights.get(term, 1.0) for term in terms(question)}
    return extract(text, [one for one in tokens(text) if one.term in weighed], weighed, width)


def marked(found: Extract) -> list[str]:
    return [found.text[start:end] for start, end in found.marks]


CLAUSE = st.lists(
    st.sampled_from(
        """peers support (support) “peer” workers’ work-related COVID-19 recovery in mental health
        and Dr. Smith e.g. trust 3.14 café 同伴支持 心理健康 工作者的 BERT模型""".split()
    ),
    min_size=1,
    max_size=9,
).map(" ".join)
SENTENCE = st.builds(
    lambda clauses, end: "We " + "".join(clauses) + end,
    st.lists(CLAUSE, min_size=1, max_size=4).map(lambda parts: [", ".join(parts)]),
    st.sampled_from([". ", "? ", "。", "！", ".\n"]),
)
TEXT = st.lists(SENTENCE, min_size=1, max_size=8).map("".join)
QUESTION = st.lists(
    st.sampled_from("peer support recovery health covid-19 同伴 支持 心理健康 模型 trust".split()),
    max_size=5,
).map(" ".join)
WIDTH = st.integers(30, 270)


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(TEXT, QUESTION, WIDTH)
def test_an_extract_is_verbatim_whole_sentences_in_order(
    text: str, question: str, width: int
) -> None:
    whole = [squeezed(text[start:end]) for start, end in sentences(text)]
    runs = {"".join(whole[a:b]) for a in range(len(whole)) for b in range(a + 1, len(whole) + 1)}
    found = shown(text, question, width).text
    position = 0
    for piece in found.split(" … "):
        if piece.startswith("…") or piece.endswith("…"):
            assert " … " not in found
            assert squeezed(piece.strip("…")) in squeezed(text)
        else:
            assert squeezed(piece) in runs
        position = squeezed(text).find(squeezed(piece.strip("…")), position)
        assert position >= 0


@given(TEXT, QUESTION, WIDTH)
def test_an_extract_fits(text: str, question: str, width: int) -> None:
    found = shown(text, question, width).text
    assert 0 < columns(found) <= width
    assert "\n" not in found


@given(TEXT, QUESTION, WIDTH)
def test_marks_are_words_of_the_question_and_nothing_beside_them(
    text: str, question: str, width: int
) -> None:
    found = shown(text, question, width)
    previous = 0
    for start, end in found.marks:
        assert previous <= start < end <= len(found.text)
        previous = end
        for edge in (found.text[start], found.text[end - 1]):
            assert unicodedata.category(edge)[0] in "LMN"
        assert set(terms(question)) & set(terms(found.text[start:end]))


@given(TEXT, QUESTION)
def test_what_matches_is_shown(text: str, question: str) -> None:
    if set(terms(question)) & set(terms(text)):
        assert shown(text, question).marks


def test_the_sentences_that_match_most_are_shown_in_their_order() -> None:
    text = "Peers help. Nobody asked. Peer support workers help recovery. Nothing. It ends."
    found = shown(text, "recovery of peer support, help")
    assert found.text == "Peers help. … Peer support workers help recovery."
    assert marked(found) == ["Peers help", "support", "recovery"]


def test_neighbouring_sentences_stand_side_by_side() -> None:
    text = "Peers help. Support is good. No more."
    assert shown(text, "peer support").text == "Peers help. Support is good."
    chinese = "没有。同伴很好。支持很重要。完。"
    assert shown(chinese, "同伴 支持").text == "同伴很好。支持很重要。"


def test_heavier_words_decide() -> None:
    text = "Peers work here daily. Burnout is rare there."
    assert shown(text, "peer burnout", 30, burnout=3.0).text == "Burnout is rare there."
    assert shown(text, "peer burnout", 30, peer=3.0).text == "Peers work here daily."


def test_among_equals_the_conclusion_is_preferred() -> None:
    text = "Methods: Peers were asked. Conclusions: Peers were happy."
    assert shown(text, "peers", 30).text == "Peers were happy."
    chinese = "【方法】访谈同伴工作者。【结论】同伴工作者可行。"
    assert shown(chinese, "同伴工作者", 24).text == "同伴工作者可行。"


def test_a_conclusion_that_matches_less_is_not_preferred() -> None:
    text = "Results: Peer support works. Conclusions: Peers are needed."
    assert shown(text, "peer support", 30).text == "Peer support works."


def test_a_head_is_not_part_of_a_sentence() -> None:
    text = "BACKGROUND: Nothing. CONCLUSIONS: Peers help."
    assert shown(text, "peers").text == "Peers help."


def test_where_nothing_matches_these_are_the_opening_sentences() -> None:
    found = shown("One is here. Two is there. Three is gone. Four is far.", "zebra")
    assert found == Extract("One is here. Two is there. Three is gone.")
    assert shown("One is here. Two is there.", "zebra", 15) == Extract("One is here.")


def test_nothing_gives_nothing() -> None:
    assert shown("", "peer") == Extract("")
    assert shown(" \n ", "peer") == Extract("")


def test_a_sentence_that_is_too_long_is_cut_at_a_clause() -> None:
    text = "it began long ago in the old town, " * 9 + "where peers are, " + "and it went on, " * 9
    found = shown(text, "peers")
    assert marked(found) == ["peers"]
    assert found.text.startswith("…it began")
    assert found.text.endswith("…")
    inner = found.text.strip("…")
    assert inner in text
    assert text[text.index(inner) + len(inner)] == ","


def test_a_chinese_sentence_that_is_too_long_is_cut_at_a_clause() -> None:
    text = "很久以前在古老的城里开始，" * 12 + "其中有同伴支持，" + "并且继续下去，" * 12 + "结束。"
    found = shown(text, "同伴支持")
    assert marked(found) == ["同伴支持"]
    assert columns(found.text) <= 270
    assert text[text.index(found.text.strip("…")) - 1] == "，"


def test_a_long_sentence_without_clauses_still_shows_what_matched() -> None:
    text = "words without any stop between them " * 10 + "until peers arrive."
    assert marked(shown(text, "peers")) == ["peers"]


def test_only_the_first_time_a_word_is_written_is_marked() -> None:
    found = shown("Peers help peers. A peer is a peer.", "peers")
    assert [found.text[a:b] for a, b in found.marks] == ["Peers"]


def test_bold_never_ends_on_punctuation() -> None:
    found = shown("The “peers” (support), recovery; COVID-19.", "peer support recovery covid-19")
    assert marked(found) == ["peers", "support", "recovery", "COVID-19"]


def test_marks_with_only_a_space_or_hyphen_between_are_one() -> None:
    text = "peer support-worker, help"
    assert merge_marks(text, [(5, 12), (0, 4), (13, 19), (21, 25)]) == [(0, 19), (21, 25)]
    assert merge_marks(text, [(0, 12), (5, 9)]) == [(0, 12)]
    assert merge_marks(text, []) == []


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("peer", 4),
        ("同伴", 4),
        ("Cafe\u0301", 4),
        ("ＡＢ", 4),
        ("", 0),
        ("同伴 peer", 9),
        ("ｶﾅ", 2),
    ],
)
def test_columns_of_a_text(text: str, width: int) -> None:
    assert columns(text) == width


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("peer support", 12, "peer support"),
        ("peer support", 11, "peer…"),
        ("peer support, work", 15, "peer support…"),
        ("同伴支持工作者", 9, "同伴支持…"),
        ("同伴支持工作者", 8, "同伴支…"),
        ("unbroken", 5, "unbr…"),
    ],
)
def test_clipped_text_ends_at_a_word(text: str, width: int, expected: str) -> None:
    assert clip(text, width) == expected


@given(st.text(max_size=40), st.integers(1, 40))
def test_clipped_text_fits_and_begins_the_text(text: str, width: int) -> None:
    found = clip(text, width)
    assert columns(found) <= width
    assert found == text or (found.endswith("…") and text.startswith(found[:-1]))
