"""What stands above a list that was narrowed down or moved, whatever its papers are called."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer import Listing, Question
from bot.discord import export_layout, layout, paper_layout
from bot.discord.searching import RefineForm
from bot.discord.seen import seen_in
from bot.messages import Messages
from corpus.paper import Filters, Paper, Quotation
from tests import discord_limits
from tests.bot.discord.anything import FIELD, LANGUAGES, distinct, papers, wrong
from tests.bot.discord.views import ENGLISH, SIMPLIFIED, TATE, XUE, labels, listing, many, texts

SOMETHING = FIELD.map(lambda text: text or "x")
FILTERS = st.builds(
    Filters,
    author=FIELD,
    title=FIELD,
    keyword=FIELD,
    journal=FIELD,
    first_year=st.none() | st.integers(1000, 2030),
    language=st.sampled_from(["", "zh"]),
    phrases=st.lists(SOMETHING, max_size=3).map(tuple),
    without=st.lists(SOMETHING, max_size=3).map(tuple),
)


def moved(
    found: list[Paper],
    liked: list[Paper],
    disliked: list[Paper],
    missing: tuple[str, ...] = (),
    **options: Any,
) -> Listing:
    """The first page of a list that was moved by papers."""
    made = listing(found, **options)
    results = dataclasses.replace(
        made.results, liked=tuple(liked), disliked=tuple(disliked), missing=missing
    )
    return dataclasses.replace(made, results=results)


def test_the_head_says_what_the_list_was_moved_by_and_is_limited_to() -> None:
    filters = Filters(first_year=2010, last_year=2021, without=("mice",))
    shown = moved([TATE], [XUE, *many(4)], [TATE], ("#99",), filters=filters, sort="year")
    head = texts(layout.listing(shown, ENGLISH, asker=42, number=7))[0].splitlines()
    assert head[2:-1] == [
        "-# 👍 #5 · 同伴支持者的督导 (2020)",
        "-# 👍 #1 · Supervision of peer workers (2021)",
        "-# 👍 #2 · Supervision of peer workers (2021)",
        "-# 👍 #3 #4",
        "-# 👎 #17 · Supervision of peer workers (2021)",
        "-# Not in this library: #99",
        "-# year:2010..2021 sort:year -mice",
    ]
    chinese = texts(layout.listing(shown, SIMPLIFIED, asker=42, number=7))[0]
    assert "-# 本文献库中没有：#99\n-# 年份：2010..2021 排序：年份 -mice\n" in chinese


def test_a_list_without_words_quotes_none() -> None:
    shown = listing([TATE], text="", filters=Filters(author="tate"))
    head = texts(layout.listing(shown, ENGLISH, asker=42, number=7))[0]
    assert head.startswith("## 相似文献 · Similar literature\n-# author:tate\n-# 1 similar paper")


@settings(max_examples=25)
@given(
    found=st.lists(papers(), min_size=1, max_size=5),
    liked=st.lists(papers(), max_size=2),
    disliked=st.lists(papers(), max_size=2),
    missing=st.lists(SOMETHING, max_size=3).map(tuple),
    filters=FILTERS,
    sort=st.sampled_from(["similarity", "year"]),
    text=FIELD,
    say=LANGUAGES,
)
def test_no_head_breaks_a_message(
    found: list[Paper],
    liked: list[Paper],
    disliked: list[Paper],
    missing: tuple[str, ...],
    filters: Filters,
    sort: str,
    text: str,
    say: Messages,
) -> None:
    found = distinct(found)
    options: dict[str, Any] = {"text": text, "filters": filters, "sort": sort}
    answer = (Quotation(1, "Peers help. " * 9),) * 3
    for shown in (
        moved(found, liked, disliked, missing, **options),
        moved(found, [], [], answer=answer, **options),
        moved([], liked, disliked, missing, **options),
    ):
        view = layout.listing(shown, say, asker=2**63, number=2**31)
        assert wrong(view) == []
        seen = seen_in(view.to_components())
        assert (seen is None) == (not shown.results.hits)
        if seen:
            assert seen.page == 1
            hits = shown.results.hits
            assert seen.papers == {hit.rank: hit.paper.id for hit in hits}
    form = RefineForm(Question(text=text, filters=filters, sort=sort), (2**31, 100), say)
    assert discord_limits.modal_violations(form.to_dict()) == []
    assert wrong(export_layout.formats((2**31, 100), say, 20)) == []
    assert wrong(export_layout.paper_formats(2**31, say)) == []
    assert "👍" in labels(paper_layout.paper(found[0], say, (2**31, 100)))
    assert wrong(paper_layout.paper(found[0], say, (2**31, 100))) == []


def test_an_item_is_known_by_its_rank_whatever_room_its_name_has() -> None:
    found = distinct([TATE, dataclasses.replace(TATE, title="0" * 63), XUE])
    seen = seen_in(layout.listing(listing(found), ENGLISH, asker=42, number=7).to_components())
    assert seen is not None
    assert seen.papers == {1: 1, 2: 2, 3: 3}
