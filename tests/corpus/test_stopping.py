"""A question that nobody waits for any more ends at the next step."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus import search
from corpus.errors import Cancelled, SimilitError
from corpus.library import Library
from corpus.paper import Filters, Query
from corpus.ranking import feedback
from corpus.ranking.bm25 import Ranker
from corpus.stopping import look, looking, until
from corpus.store import Store
from corpus.text.why import Why

Jsonl = Callable[..., Path]

STAGES = (
    (search, "weigh"),
    (Ranker, "rank"),
    (feedback, "expand"),
    (Store, "papers"),
    (Why, "shown"),
    (search, "quotations"),
)


@pytest.fixture
def filled(library: Library, jsonl: Jsonl) -> Library:
    papers = [
        {
            "title": f"Does peer support help, {n}?",
            "abstract": f"Peer support helped {n} of 99 people to recover. Nurses were asked.",
            "year": 2000 + n,
        }
        for n in range(12)
    ]
    library.add([jsonl("a.jsonl", *papers)])
    return library


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The stages as they begin."""
    begun: list[str] = []

    def noting(name: str, stage: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*args: Any, **kwargs: Any) -> Any:
            begun.append(name)
            return stage(*args, **kwargs)

        return noted

    for owner, name in STAGES:
        monkeypatch.setattr(owner, name, noting(name, getattr(owner, name)))
    return begun


QUERIES = (
    Query(text="does peer support help people to recover?"),
    Query(text="peer support", filters=Filters(first_year=2003, phrases=("peer support",))),
    Query(text="peer support", liked=("#2", "#3"), disliked=("#4",)),
    Query(filters=Filters(first_year=2003)),
    Query(like=3),
)


@pytest.mark.parametrize("query", QUERIES)
def test_no_further_stage_begins(filled: Library, log: list[str], query: Query) -> None:
    def stop() -> bool:
        log.append("look")
        return log.count("look") > looks

    looks = 10**6
    with until(stop):
        expected = filled.find(query)
    whole = list(log)
    assert {"papers", "shown"} <= set(whole)
    for looks in range(whole.count("look")):
        log.clear()
        with until(stop), pytest.raises(Cancelled):
            filled.find(query)
        last = [place for place, one in enumerate(whole) if one == "look"][looks]
        assert log == whole[: last + 1]
    # What takes long is never two steps away from a look.
    pairs = itertools.pairwise(whole)
    assert {pair for pair in pairs if "look" not in pair} <= {
        ("papers", "papers"),
        ("papers", "weigh"),
        ("weigh", "weigh"),
        ("rank", "papers"),
    }
    # Nothing stays of it.
    log.clear()
    assert filled.find(query).hits == expected.hits
    assert "look" not in log


def test_a_question_goes_through_every_stage(filled: Library, log: list[str]) -> None:
    filled.find(QUERIES[0])
    assert set(log) == {name for _, name in STAGES}
    assert log.count("rank") >= 2


def test_it_is_no_error_that_somebody_is_told_of() -> None:
    assert not issubclass(Cancelled, SimilitError)


def test_until_is_within_until() -> None:
    look()
    with until(lambda: True):
        with until(lambda: False):
            assert list(looking([1, 2])) == [1, 2]
        with pytest.raises(Cancelled):
            look()
    look()
