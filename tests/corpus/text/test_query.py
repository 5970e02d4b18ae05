"""What a text asks for, and how much each term counts."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.text.glossary import Glossary
from corpus.text.normalise import fold, has_han
from corpus.text.query import Asked, Idfs, weigh
from corpus.text.stopwords import CHINESE
from corpus.text.terms import is_pair, pairs, terms
from corpus.text.titling import TITLING

EVERY = (
    "peer supporting workers life-quality quality of reliable qualities the lungs covid-19 "
    "同伴 同伴支持 支持 精神卫生 肺 研究 的 社會 <@1> \u202e \x00 ** 𠀀 é"
)
PIECES = st.sampled_from(EVERY.split())
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


def test_pairs_and_characters_count_less_than_words() -> None:
    asked = weigh("同伴支持, 支持")
    more = 1 + math.log(2)
    assert asked.weights == {
        "同伴": 1.0,
        "支持": more,
        "_同伴": 0.3,
        "_伴支": 0.3,
        "_支持": pytest.approx(0.3 * more),
        "_同": 0.3,
        "_伴": 0.3,
        "_支": pytest.approx(0.3 * more),
        "_持": pytest.approx(0.3 * more),
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


def test_words_of_titling_count_less_in_what_may_be_a_title() -> None:
    asked = weigh("同伴支持研究")
    assert asked.weights["研究"] == asked.weights["支持"] / 2
    assert asked.weights["_研究"] == asked.weights["_支持"] / 2
    long = weigh("研究 " + " ".join(f"word{number}" for number in range(50)))
    assert long.weights["研究"] == 1.0


def test_words_of_titling_are_written_as_terms_are() -> None:
    assert all(fold(word) == word and has_han(word) for word in TITLING)
    assert not TITLING & CHINESE


def test_a_compound_that_no_paper_has_is_asked_for_by_its_pairs() -> None:
    known = dict.fromkeys(terms("心理健康"), 2.0)
    plain = weigh("心理健康")
    assert "心理健康" in plain.weights
    assert weigh("心理健康", idfs=_giving(known)) == plain
    del known["心理健康"]
    unknown = weigh("心理健康", idfs=_giving(known))
    assert {pair: unknown.weights[pair] for pair in pairs("心理健康")} == dict.fromkeys(
        pairs("心理健康"), 0.3 + 0.5
    )
    others = plain.weights.keys() - set(pairs("心理健康"))
    assert all(unknown.weights[term] == plain.weights[term] for term in others)


def _giving(known: Mapping[str, float]) -> Idfs:
    return lambda wanted: {term: known[term] for term in wanted if term in known}


# Translations


def test_each_translation_of_a_word_counts_its_part(glossary: Glossary) -> None:
    asked = weigh("精神", glossary)
    own = {"精神": 1.0, "_精神": 0.3, "_精": 0.3, "_神": 0.3}
    assert asked.weights == {**own, "mind": 0.55, "spirit": 0.55}
    assert asked.sources == {"mind": "精神", "spirit": "精神"}


def test_all_words_of_a_translation_count_as_it_does(glossary: Glossary) -> None:
    asked = weigh("同伴支持", glossary)
    assert asked.weights["peer"] == asked.weights["support"] == 1.1
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
    assert {asked.weights[term] for term in ("精神卫生", *pairs("精神卫生"))} == {1.0}
    assert {asked.weights[term] for term in ("信度", *pairs("可靠性"))} == {0.5}
    assert not asked.chinese


def test_the_source_of_a_translation_is_as_the_question_first_has_it(glossary: Glossary) -> None:
    asked = weigh("Qualities of Life; quality of life", glossary)
    assert asked.sources["生活质量"] == "Qualities of Life"
    assert asked.weights["生活质量"] == pytest.approx(1 + math.log(2))


def test_a_word_that_is_said_again_is_also_translated_again(glossary: Glossary) -> None:
    more = 1 + math.log(3)
    asked = weigh("精神,精神,精神", glossary)
    assert asked.weights["精神"] == more
    assert asked.weights["mind"] == asked.weights["spirit"] == 1.1 * more / 2


def test_what_is_said_in_both_languages_is_its_own_and_counts_for_both(
    glossary: Glossary,
) -> None:
    asked = weigh("精神 mind", glossary)
    assert asked.weights["mind"] == 1.55
    assert asked.weights["精神"] == 2.0  # said, and what mind is called
    assert asked.sources == {"spirit": "精神"}
    assert asked.kind("mind") == asked.kind("精神") == "word"


def test_no_name_of_a_thing_counts_as_rarer_than_its_commonest(glossary: Glossary) -> None:
    known = {"精神": 2.0, "_精神": 1.0, "mind": 8.0, "spirit": 4.0}
    plain, asked = weigh("精神", glossary), weigh("精神", glossary, idfs=_giving(known))
    assert asked.weights["mind"] == plain.weights["mind"] * 2 / 8
    assert asked.weights["spirit"] == plain.weights["spirit"] * 2 / 4
    assert asked.weights["精神"] == plain.weights["精神"]


def test_a_word_counts_as_rarer_than_its_translation_no_more(glossary: Glossary) -> None:
    known = {"mind": 8.0, "精神": 2.0, "_精神": 1.0}
    asked = weigh("mind", glossary, idfs=_giving(known))
    assert asked.weights == {"mind": 1.0 * 2 / 8, "精神": 1.0, "_精神": 1.0}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXT, st.dictionaries(st.sampled_from(sorted(terms(EVERY))), st.floats(0.1, 12)))
def test_what_is_common_only_takes_away(
    few_words: None, text: str, known: dict[str, float]
) -> None:
    plain, asked = weigh(text, Glossary()), weigh(text, Glossary(), idfs=_giving(known))
    assert asked.terms == plain.terms
    assert asked.sources == plain.sources
    assert asked.weights.keys() == plain.weights.keys()
    assert all(weight > 0 for weight in asked.weights.values())
    compounds = {pair for term in asked.terms if len(term) > 3 for pair in pairs(term)}
    for term in asked.weights.keys() - compounds:
        assert asked.weights[term] <= plain.weights[term] * (1 + 1e-9)


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
