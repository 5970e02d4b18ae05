"""What a text asks for, and how much each term counts."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.text.glossary import Glossary
from corpus.text.normalise import has_han
from corpus.text.query import Asked, weigh
from corpus.text.terms import is_pair, pairs, terms

PIECES = st.sampled_from(
    "peer supporting workers life-quality quality of reliable qualities the lungs covid-19 "
    "同伴 同伴支持 支持 精神卫生 肺 研究 的 社會 <@1> \u202e \x00 ** 𠀀 é".split()
)
TEXT = st.lists(PIECES, max_size=15).map(" ".join)


@pytest.fixture
def glossary(few_words: None) -> Glossary:
    return Glossary()


# A question's own words


@pytest.mark.parametrize("times", [1, 2, 7])
def test_a_term_that_is_said_again_counts_ever_less(times: int) -> None:
    asked = weigh("peers " * times + "support")
    assert asked.weights == {"peer": 1 + math.log(times), "support": 1.0}
    assert asked.terms == ["peer"] * times + ["support"]


def test_pairs_count_less_than_words() -> None:
    asked = weigh("同伴支持, 支持")
    more = 1 + math.log(2)
    assert asked.weights == {
        "同伴": 1.0,
        "支持": more,
        "_同伴": 0.3,
        "_伴支": 0.3,
        "_支持": pytest.approx(0.3 * more),
    }
    assert sorted(asked.terms) == ["同伴", "支持", "支持"]


@pytest.mark.parametrize("text", ["", "the of and", "?!"])
def test_a_text_without_words_asks_for_nothing(text: str) -> None:
    assert weigh(text) == Asked([], {}, {})


@given(TEXT)
def test_without_a_glossary_a_text_asks_for_its_own_terms(text: str) -> None:
    asked = weigh(text)
    assert asked.weights.keys() == set(terms(text))
    assert sorted(asked.terms) == sorted(term for term in terms(text) if not is_pair(term))
    assert asked.sources == {}
    assert asked.chinese == any(map(is_pair, terms(text)))


# Translations


def test_each_translation_of_a_word_counts_its_part(glossary: Glossary) -> None:
    asked = weigh("精神", glossary)
    assert asked.weights == {"精神": 1.0, "_精神": 0.3, "mind": 0.5, "spirit": 0.5}
    assert asked.sources == {"mind": "精神", "spirit": "精神"}


def test_all_words_of_a_translation_count_as_it_does(glossary: Glossary) -> None:
    asked = weigh("同伴支持", glossary)
    assert asked.weights["peer"] == asked.weights["support"] == 1.0
    assert asked.sources == {"peer": "同伴支持", "support": "同伴支持"}
    assert "companion" not in asked.weights


def test_an_english_phrase_asks_for_its_chinese_word_and_the_words_pairs(
    glossary: Glossary,
) -> None:
    asked = weigh("Mental  Health and reliability", glossary)
    assert asked.sources == {
        **dict.fromkeys(["精神卫生", *pairs("精神卫生")], "Mental  Health"),
        **dict.fromkeys(["信度", "可靠性", *pairs("信度"), *pairs("可靠性")], "reliability"),
    }
    assert {asked.weights[term] for term in ("精神卫生", *pairs("精神卫生"))} == {0.6}
    assert {asked.weights[term] for term in ("信度", *pairs("可靠性"))} == {0.3}
    assert not asked.chinese


def test_the_source_of_a_translation_is_as_the_question_first_has_it(glossary: Glossary) -> None:
    asked = weigh("Qualities of Life; quality of life", glossary)
    assert asked.sources["生活质量"] == "Qualities of Life"
    assert asked.weights["生活质量"] == pytest.approx(0.6 * (1 + math.log(2)))


def test_a_word_that_is_said_again_is_also_translated_again(glossary: Glossary) -> None:
    more = 1 + math.log(3)
    asked = weigh("精神,精神,精神", glossary)
    assert asked.weights["精神"] == more
    assert asked.weights["mind"] == asked.weights["spirit"] == more / 2


def test_what_is_said_in_both_languages_is_its_own_and_counts_for_both(
    glossary: Glossary,
) -> None:
    asked = weigh("精神 mind", glossary)
    assert asked.weights["mind"] == 1.5
    assert asked.weights["精神"] == 1.6  # said, and what mind is called
    assert asked.sources == {"spirit": "精神"}
    assert asked.kind("mind") == asked.kind("精神") == "word"


def test_what_each_term_is(glossary: Glossary) -> None:
    asked = weigh("同伴支持 reliability", glossary)
    kinds = {term: asked.kind(term) for term in (*asked.weights, "recoveri")}
    assert kinds["同伴"] == kinds["reliabl"] == "word"
    assert kinds["_伴支"] == "pair"
    assert kinds["peer"] == kinds["信度"] == kinds["_信度"] == "translation"
    assert kinds["recoveri"] == "feedback"
    assert asked.chinese


def test_chinese_that_no_paper_has_is_not_asked_for(glossary: Glossary) -> None:
    asked = weigh("reliability of 精神", glossary, han=False)
    assert asked.sources == {"mind": "精神", "spirit": "精神"}
    assert weigh("mental health", glossary, han=False) == weigh("mental health")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXT, st.booleans())
def test_a_glossary_takes_nothing_away(few_words: None, text: str, han: bool) -> None:
    plain, asked = weigh(text), weigh(text, Glossary(), han=han)
    assert asked.terms == plain.terms
    assert list(asked.weights)[: len(plain.weights)] == list(plain.weights)
    assert all(asked.weights[term] >= weight for term, weight in plain.weights.items())
    assert asked.sources.keys() == asked.weights.keys() - plain.weights.keys()
    assert all(source in text or has_han(source) for source in asked.sources.values())
    assert asked.chinese == plain.chinese
    if not han:
        assert not any(map(has_han, asked.sources))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(st.text(max_size=40))
def test_any_text_at_all_can_be_asked(few_words: None, text: str) -> None:
    asked = weigh(text, Glossary())
    assert all(weight > 0 and math.isfinite(weight) for weight in asked.weights.values())
    assert asked.sources.keys() <= asked.weights.keys()


@pytest.mark.parametrize(
    "text",
    [
        "同伴支持" * 2000,
        "mental health " * 2000,
        "peer" + "的" * 3000 + "support",
        "a-" * 5000,
        "\ud83d peers \udc00",
        "'" * 3000,
    ],
    ids=["han", "english", "gap", "hyphens", "half characters", "quotes"],
)
def test_long_and_broken_text_is_asked_like_any_other(glossary: Glossary, text: str) -> None:
    asked = weigh(text, glossary)
    assert asked.weights.keys() >= set(terms(text))
    assert max(asked.weights.values(), default=1) < 20
