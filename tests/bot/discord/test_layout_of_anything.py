"""That no paper, however strange, breaks a message."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.discord import layout, paper_layout, pieces
from corpus.paper import Paper, Quotation, Share
from corpus.writers.citation import STYLES, reference
from tests.bot.discord.anything import FIELD, LANGUAGES, distinct, papers, wrong
from tests.bot.discord.views import ENGLISH, TATE, came, quoted, shown, texts, why_of

COMBINING = "e" + "\u0301" * 9_999


@given(found=st.lists(papers(), min_size=1, max_size=6), text=FIELD, say=LANGUAGES)
@example(found=[Paper(id=1)] * 6, text="x", say=ENGLISH)
@example(found=[Paper(id=1, title="*" * 10_000, abstract="*" * 10_000)] * 6, text="", say=ENGLISH)
def test_any_list_is_one_that_discord_takes(found: list[Paper], text: str, say: Any) -> None:
    assert wrong(shown(distinct(found), say, text=text)) == []


@st.composite
def quotes(draw: st.DrawFn, most: int) -> tuple[Quotation, ...]:
    """Up to three quotations, of anything, of the first `most` papers."""
    out = []
    for _ in range(draw(st.integers(1, 3))):
        text = draw(FIELD)
        ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
        marks = tuple(zip(ends[::2], ends[1::2], strict=False))
        out.append(Quotation(draw(st.integers(1, most)), text, marks))
    return tuple(out)


@given(data=st.data(), found=st.lists(papers(), min_size=1, max_size=6), text=FIELD, say=LANGUAGES)
@settings(max_examples=80)
def test_any_answer_is_one_that_discord_takes(
    data: Any, found: list[Paper], text: str, say: Any
) -> None:
    answer = data.draw(quotes(len(found)))
    view = shown(distinct(found), say, text=text, answer=answer)
    assert wrong(view) == []
    assert len(quoted(view)) <= len(answer)
    box = texts(view)[0].splitlines() if quoted(view) else []
    assert all(line.startswith("> **[") for line in box[2:])


@given(found=st.lists(papers(), min_size=1, max_size=6), seed=papers(), say=LANGUAGES)
def test_any_neighbours_are_ones_that_discord_takes(
    found: list[Paper], seed: Paper, say: Any
) -> None:
    assert wrong(shown(distinct(found), say, text=seed.searchable, seed=seed)) == []


@given(text=FIELD, unknown=st.lists(FIELD, max_size=9).map(tuple), say=LANGUAGES)
def test_any_nothing_is_one_that_discord_takes(
    text: str, unknown: tuple[str, ...], say: Any
) -> None:
    assert wrong(shown([], say, text=text, unknown=unknown)) == []


@given(paper=papers(), say=LANGUAGES)
@example(paper=Paper(id=1), say=ENGLISH)
@example(paper=Paper(id=1, title="*" * 10_000, authors=("_" * 9,) * 500), say=ENGLISH)
def test_any_paper_is_one_that_discord_takes(paper: Paper, say: Any) -> None:
    assert wrong(paper_layout.paper(paper, say)) == []


SHARES = st.builds(
    Share,
    FIELD.filter(bool),
    st.sampled_from(["word", "pair", "translation", "feedback"]),
    FIELD.filter(bool),
    st.floats(0.001, 50),
    FIELD,
)


@given(paper=papers(), shares=st.lists(SHARES, min_size=1, max_size=12), say=LANGUAGES)
@example(
    paper=Paper(id=1, title="*" * 10_000),
    shares=[Share("*" * n, "translation", "_" * 999, 1.0) for n in range(1, 99)],
    say=ENGLISH,
)
def test_any_why_is_one_that_discord_takes(paper: Paper, shares: list[Share], say: Any) -> None:
    assert wrong(paper_layout.why(why_of(paper, *shares), say)) == []


WORDS = st.lists(st.tuples(FIELD.filter(bool), FIELD.filter(bool)), max_size=4)


@given(across=WORDS, say=LANGUAGES)
def test_whatever_came_across_is_what_discord_takes(
    across: list[tuple[str, str]], say: Any
) -> None:
    assert wrong(layout.listing(came(*across), say, asker=42, number=7)) == []


REFERENCES = st.fixed_dictionaries({style: FIELD.filter(bool) for style in STYLES})


@given(references=REFERENCES, say=LANGUAGES)
@example(references=dict.fromkeys(STYLES, "*`" * 5_000), say=ENGLISH)
@example(references=dict.fromkeys(STYLES, "同伴支持" * 5_000), say=ENGLISH)
def test_any_citation_is_one_that_discord_takes(references: dict[str, str], say: Any) -> None:
    view = paper_layout.citation(TATE, references, say)
    assert wrong(view) == []
    assert texts(view)[0].count("```") == 2 * len(STYLES)


@given(text=FIELD.filter(bool).map(lambda text: text[:1000]))
@example(text="*" * 1000)
def test_any_notice_is_one_that_discord_takes(text: str) -> None:
    assert wrong(pieces.notice(f"No paper {text} is here.")) == []


@pytest.mark.parametrize("field", ["title", "abstract", "journal", "authors"])
def test_marks_that_take_no_width_do_not_grow_a_message(field: str) -> None:
    value: Any = (COMBINING,) if field == "authors" else COMBINING
    paper = dataclasses.replace(TATE, **{field: value})
    for view in (
        shown([paper]),
        shown([paper], answer=(Quotation(1, COMBINING), Quotation(1, "*" * 9_999))),
        shown([TATE], seed=paper),
        paper_layout.paper(paper, ENGLISH),
        paper_layout.citation(paper, {style: reference(paper, style) for style in STYLES}, ENGLISH),
    ):
        assert wrong(view) == []


@pytest.mark.parametrize("text", [COMBINING, "q" * 6000, "*" * 6000])
def test_a_long_word_that_occurs_nowhere_does_not_break_nothing_found(text: str) -> None:
    assert wrong(shown([], text=text, unknown=(text,) * 8)) == []
