"""Which matched words are shown, what they add to a score, and why there is nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Listing, Question
from bot.messages import messages
from bot.words import Row, called, carried, connection, fitting, why_nothing
from corpus.paper import Extract, Filters, Hit, Paper, Query, Results, Share
from corpus.text.width import columns


def test_words_are_joined_in_their_order() -> None:
    assert fitting(["peer", "support", "工作者"], 80) == "peer · support · 工作者"
    assert fitting([], 80) == ""


def test_what_does_not_fit_is_left_out_and_what_follows_may_still_fit() -> None:
    assert fitting(["peer", "counterrevolutionary", "aid"], 10) == "peer · aid"
    assert fitting(["counterrevolutionary", "aid"], 10) == "aid"
    assert fitting(["同伴", "支持"], 11) == "同伴 · 支持"
    assert fitting(["同伴", "支持"], 10) == "同伴"


def test_marks_that_take_no_column_do_not_fit_without_end() -> None:
    assert fitting(["e" + "\u0301" * 900, "aid"], 10) == "aid"
    assert fitting(["e\u0301", "aid"], 10) == "e\u0301 · aid"


def test_a_word_inside_another_is_left_out() -> None:
    assert fitting(["peer support", "Peer"], 80) == "peer support"
    assert fitting(["同伴支持", "支持"], 80) == "同伴支持"
    assert fitting(["peer", "PEER"], 80) == "peer"


@given(st.lists(st.text(alphabet="abc同伴支 ", min_size=1, max_size=12)), st.integers(0, 60))
def test_the_words_never_take_more_than_their_width(words: list[str], width: int) -> None:
    shown = fitting(words, width)
    assert columns(shown) <= width
    assert all(part in words for part in shown.split(" · ") if part and " · " not in part)


def hit(*shares: Share, **more: Any) -> Hit:
    """A hit with these shares, and the score that they make up."""
    values = {"score": sum(share.score for share in shares), "terms": (), **more}
    return Hit(rank=1, paper=Paper(id=3), extract=Extract(""), shares=shares, **values)


def test_what_connects_a_hit_is_what_came_across_or_else_what_matched() -> None:
    english = messages("en")
    own = hit(terms=("peer support", "peer", "role"))
    assert connection(own, english, 76) == "matched: peer support · role"
    came = hit(terms=("aid",), across=(("同伴", "peer"), ("支持", "support")))
    assert connection(came, english, 76) == "⇄ 同伴 → peer · 支持 → support"
    assert connection(came, messages("zh-TW"), 52) == "⇄ 同伴 → peer · 支持 → support"
    assert connection(came, english, 15) == "⇄ 同伴 → peer"
    assert connection(came, english, 12) == "matched: aid"
    assert connection(hit(), english, 76) == ""


@given(
    st.lists(st.tuples(st.text("同伴支持", min_size=1), st.text("abc ", min_size=1)), max_size=6),
    st.integers(0, 90),
)
def test_what_came_across_takes_at_most_52_columns(
    across: list[tuple[str, str]], width: int
) -> None:
    shown = connection(hit(across=tuple(across)), messages("zh-CN"), width)
    assert columns(shown) <= min(width, 52)


PEER = Share("peer", "word", "", 3.0, "peers")
BOND = Share("bond", "translation", "关系", 1.5, "bonding")
PAIRS = tuple(Share(two, "pair", "", 0.25) for two in ("同伴", "伴支"))
BEST = Share("ward", "feedback", "", 0.5)


def test_the_shares_of_a_score_are_told_in_words_and_add_up_to_it() -> None:
    found = hit(PEER, *PAIRS, BOND, BEST)
    assert carried(found, messages("en")) == [
        Row("peers", "word", 55, "3.00"),
        Row("bonding", "translation of 关系", 27, "1.50"),
        Row("character pairs", "", 9, "0.50"),
        Row("ward", "from the best papers", 9, "0.50"),
    ]
    assert [row.kind for row in carried(found, messages("zh-CN"))] == [
        "问题中的词",
        "“关系”的译词",
        "",
        "取自最相似的文献",
    ]


def test_terms_that_are_written_alike_are_one_row() -> None:
    parts = [Share(two, "translation", "peer support", 1.0, "同伴支持") for two in ("同伴", "支持")]
    (row,) = carried(hit(*parts), messages("en"))
    assert row == Row("同伴支持", "translation of peer support", 100, "2.00")


def test_small_shares_are_one_row() -> None:
    small = [Share(f"term{n}", "feedback", "", 0.01) for n in range(9)]
    rows = carried(hit(PEER, *small), messages("en"))
    assert rows == [Row("peers", "word", 97, "3.00"), Row("9 others", "", 3, "0.09")]
    rows = carried(hit(PEER, small[0]), messages("zh-CN"))
    assert [row.term for row in rows] == ["peers", "term0"]
    many = [Share(f"term{n}", "word", "", 1.0) for n in range(20)]
    rows = carried(hit(*many), messages("zh-CN"))
    assert [row.term for row in rows][7:] == ["term7", "其余 12 项"]


SHARES = st.builds(
    Share,
    st.text("同伴支abc", min_size=1, max_size=40),
    st.sampled_from(["word", "pair", "translation", "feedback"]),
    st.text("关系de", min_size=1, max_size=40),
    st.floats(1e-6, 50),
    st.text("xyz", max_size=40),
)


@given(st.lists(SHARES, min_size=1, max_size=30), st.sampled_from(["en", "zh-CN", "zh-TW"]))
def test_rows_always_add_up_and_the_largest_come_first(shares: list[Share], lang: str) -> None:
    found = hit(*shares)
    rows = carried(found, messages(lang))
    assert sum(row.percent for row in rows) == 100
    hundredths = [round(100 * float(row.score)) for row in rows]
    assert sum(hundredths) == round(100 * found.score)
    shown = hundredths[:-1]
    assert shown == sorted(shown, reverse=True)
    assert len(rows) <= 9
    assert all(columns(row.term) <= 24 for row in rows)


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
