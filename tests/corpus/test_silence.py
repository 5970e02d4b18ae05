"""When what was found has nothing to do with the question."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.silence import says_nothing
from corpus.text.query import Asked, weigh
from corpus.text.terms import terms

PAPERS = 1000
RAREST = math.log(PAPERS + 1)
WORDS = "peer support burnout nurses teacher recovery thanks hello 同伴 支持 护士 谢谢".split()
TEXT = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


def _asked(words: str, **sources: str) -> Asked:
    """A question of these words, each of weight 1, and translations of some of them."""
    said = words.split()
    return Asked(said, dict.fromkeys((*said, *sources), 1.0), sources)


def test_what_says_everything_is_answered_however_common_it_is() -> None:
    assert not says_nothing(_asked("peer"), {"peer": 0.01}, {"peer": 0.01}, PAPERS)


@pytest.mark.parametrize("text", ["", "hello", "thank you", "你好 谢谢", "7"])
def test_what_has_no_subject_is_not_answered(text: str) -> None:
    asked = weigh(text)
    shares = dict.fromkeys(asked.weights, 9.0)
    assert says_nothing(asked, shares, dict.fromkeys(asked.weights, 9.0), PAPERS)


def test_where_nothing_was_found_nothing_is_answered() -> None:
    assert says_nothing(_asked("peer"), {}, {}, PAPERS)


def test_a_little_of_a_question_is_not_enough_but_half_of_it_is() -> None:
    asked = _asked("aa bb cc dd ee ff gg hh")
    idfs = dict.fromkeys(asked.terms, RAREST)
    assert says_nothing(asked, {"aa": RAREST}, idfs, PAPERS)
    half = dict.fromkeys(asked.terms[:4], RAREST)
    assert not says_nothing(asked, half, idfs, PAPERS)


def test_words_that_no_paper_has_speak_against_an_answer() -> None:
    asked = _asked("aa bb cc dd")
    shares = {"aa": RAREST * 0.8, "bb": RAREST * 0.8}
    assert not says_nothing(asked, shares, dict.fromkeys(asked.terms, RAREST), PAPERS)
    assert says_nothing(asked, shares, dict.fromkeys(asked.terms[:2], RAREST / 2), PAPERS)


def test_a_word_is_met_by_its_translation() -> None:
    asked = _asked("同伴 护士", peer="同伴", nurs="护士")
    idfs = {"peer": 0.1, "nurs": 0.1}
    assert not says_nothing(asked, {"peer": 0.1, "nurs": 0.1}, idfs, PAPERS)
    assert says_nothing(asked, {"peer": 0.1}, idfs, PAPERS)


def test_a_word_that_is_cut_otherwise_is_met_by_its_pairs() -> None:
    asked = weigh("精神分裂")
    shares = {term: 0.01 for term in asked.weights if len(term) == 3}
    assert not says_nothing(asked, shares, shares, PAPERS)
    del shares["_分裂"]
    assert says_nothing(asked, shares, shares, PAPERS)


def test_single_characters_are_no_reason_to_answer() -> None:
    asked = weigh("枣树 栽培 技术")
    idfs = dict.fromkeys(asked.weights, RAREST)
    shares = {term: 9.0 for term in asked.weights if len(term) == 2 and term[0] == "_"}
    assert says_nothing(asked, shares, idfs, PAPERS)


def test_chatter_is_no_reason_to_answer() -> None:
    asked = _asked("thank aa bb cc dd ee")
    idfs = dict.fromkeys(asked.terms, 1.0)
    assert says_nothing(asked, {"thank": 50.0, "aa": 0.1}, idfs, PAPERS)


@given(TEXT, st.sets(st.sampled_from(WORDS)), st.floats(0.1, 7))
def test_a_better_paper_never_falls_silent(text: str, held: set[str], idf: float) -> None:
    asked = weigh(text)
    every = dict.fromkeys(asked.weights, idf)
    some = {term: idf for word in held for term in terms(word) if term in asked.weights}
    if not says_nothing(asked, some, every, PAPERS):
        assert not says_nothing(asked, every, every, PAPERS)
        assert not says_nothing(asked, {t: 2 * one for t, one in some.items()}, every, PAPERS)
