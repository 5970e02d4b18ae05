"""Which matched words are shown, and why there is nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Listing, Question
from bot.messages import messages
from bot.words import called, fitting, why_nothing
from corpus.paper import Filters, Paper, Query, Results
from corpus.text.extract import columns


def test_words_are_joined_in_their_order() -> None:
    assert fitting(["peer", "support", "工作者"], 80) == "peer · support · 工作者"
    assert fitting([], 80) == ""


def test_what_does_not_fit_is_left_out_and_what_follows_may_still_fit() -> None:
    assert fitting(["peer", "counterrevolutionary", "aid"], 10) == "peer · aid"
    assert fitting(["counterrevolutionary", "aid"], 10) == "aid"
    assert fitting(["同伴", "支持"], 11) == "同伴 · 支持"
    assert fitting(["同伴", "支持"], 10) == "同伴"


def test_a_word_inside_another_is_left_out() -> None:
    assert fitting(["peer support", "Peer"], 80) == "peer support"
    assert fitting(["同伴支持", "支持"], 80) == "同伴支持"
    assert fitting(["peer", "PEER"], 80) == "peer"


@given(st.lists(st.text(alphabet="abc同伴支 ", min_size=1, max_size=12)), st.integers(0, 60))
def test_the_words_never_take_more_than_their_width(words: list[str], width: int) -> None:
    shown = fitting(words, width)
    assert columns(shown) <= width
    assert all(part in words for part in shown.split(" · ") if part and " · " not in part)


def nothing(
    *, unknown: tuple[str, ...] = (), matched: int | None = 0, filters: Filters | None = None
) -> Listing:
    filters = filters or Filters()
    results = Results(
        query=Query(text="question", filters=filters),
        language="en",
        seed=None,
        hits=(),
        matched=matched,
        unknown=unknown,
        milliseconds=1.0,
        papers=5,
        version="1",
    )
    question = Question(text="question", filters=filters)
    return Listing(question=question, results=results, page=1, demo=False)


def test_a_paper_goes_by_its_title_or_by_first_words_marked_as_such() -> None:
    english, chinese = messages("en"), messages("zh-CN")
    assert called(Paper(id=3, title="Peer support"), english, 80) == "Peer support"
    assert called(Paper(id=3, translated_title="同伴支持"), english, 80) == "同伴支持"
    untitled = Paper(id=3, abstract="Peer support helps.")
    assert called(untitled, english, 80) == "(no title) Peer support helps."
    assert called(untitled, chinese, 80) == "（无题名）Peer support helps."
    assert called(Paper(id=3), english, 80) == "#3"


@pytest.mark.parametrize("lang", ["en", "zh-CN", "zh-TW"])
@given(st.text(alphabet="ab 同伴", max_size=80), st.booleans(), st.integers(24, 90))
def test_what_a_paper_goes_by_fits_its_width(
    lang: str, text: str, titled: bool, width: int
) -> None:
    paper = Paper(id=7, title=text) if titled else Paper(id=7, abstract=text)
    assert columns(called(paper, messages(lang), width)) <= width


def test_unknown_words_are_named() -> None:
    shown = nothing(unknown=("zebra", "斑马"))
    assert why_nothing(shown, messages("en")) == "No paper here contains any of: zebra · 斑马."
    assert why_nothing(shown, messages("zh-CN")) == "库中没有文献含有：zebra · 斑马。"


def test_only_some_unknown_words_are_named() -> None:
    said = why_nothing(nothing(unknown=tuple("abcdefghijkl")), messages("en"))
    assert said == "No paper here contains any of: a · b · c · d · e · f · g · h."


def test_filters_are_blamed_where_every_word_is_known() -> None:
    shown = nothing(filters=Filters(language="zh"))
    assert "filters" in why_nothing(shown, messages("en"))


def test_words_that_say_nothing_are_blamed_last() -> None:
    assert (
        why_nothing(nothing(), messages("en"))
        == "The question has no word that papers could be found by."
    )


@pytest.mark.parametrize("lang", ["en", "zh-CN", "zh-TW"])
def test_every_reason_has_a_sentence(lang: str) -> None:
    say = messages(lang)
    shown = [nothing(), nothing(unknown=("x",)), nothing(filters=Filters(author="x"))]
    assert len({why_nothing(one, say) for one in shown}) == 3
