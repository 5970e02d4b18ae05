"""When the library answers a question, and when it does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.library import Library
from corpus.paper import Query, Quotation

Jsonl = Callable[..., Path]
QUESTION = "Does supervision reduce burnout?"
FOUND = "Supervision significantly reduced burnout in all of the services within a year."


@pytest.fixture
def filled(library: Library, jsonl: Jsonl) -> Library:
    """A paper with an answer, one whose title is the question asked of it, and others."""
    others = [{"id": n, "abstract": f"Burnout in year {n} was asked about."} for n in "3456789"]
    library.add(
        [
            jsonl(
                "papers",
                {"id": "1", "title": "A trial", "abstract": f"We asked. {FOUND}"},
                {"id": "2", "title": "Does supervision help?", "abstract": "Burnout was seen."},
                *others,
            )
        ]
    )
    return library


def test_a_question_is_answered_with_sentences_of_the_hits(filled: Library) -> None:
    found = filled.find(Query(text=QUESTION))
    (one,) = found.answer
    assert one == Quotation(one.rank, FOUND, one.marks)
    assert found.hits[one.rank - 1].paper.source_id == "1"
    assert [FOUND[start:end] for start, end in one.marks] == ["Supervision", "reduced burnout"]


@pytest.mark.parametrize(
    "text",
    ["supervision reduced burnout", FOUND, "Does supervision help?", "#1", f"We asked. {FOUND}"],
    ids=["words", "statement", "title of a paper", "number", "abstract"],
)
def test_what_is_no_question_is_not_answered(filled: Library, text: str) -> None:
    found = filled.find(Query(text=text))
    assert found.hits
    assert found.answer == ()


def test_only_who_sees_the_first_page_is_answered(filled: Library) -> None:
    for shown, answered in ((None, True), (range(5), True), (range(5, 10), False)):
        assert bool(filled.find(Query(text=QUESTION, shown=shown)).answer) == answered


def test_nothing_found_is_no_answer(filled: Library) -> None:
    assert filled.find(Query(text="Does zzzqqq help?")).answer == ()
    assert filled.find(Query(text=QUESTION, top=0)).answer == ()
