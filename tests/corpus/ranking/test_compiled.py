"""The compiled loop: the same results to the bit, and those of rank-bm25 on real papers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from corpus.ranking import bm25
from corpus.ranking.bm25 import Ranker, Ranking
from corpus.ranking.postings import Builder
from corpus.text.terms import terms
from tests.data import DATA, needs_data

Corpus = Sequence[Sequence[str]]

TERM = st.sampled_from([*"abcdefg", *(f"rare{number}" for number in range(15))])
CORPUS = st.lists(st.lists(TERM, max_size=12), max_size=25)
QUERY = st.dictionaries(st.one_of(TERM, st.just("nowhere")), st.floats(0, 10), max_size=8)


def ranker(corpus: Corpus) -> Ranker:
    builder = Builder()
    for id, held in enumerate(corpus, 1):
        builder.add(id, held)
    return Ranker(builder.build())


def equal_to_the_bit(one: Ranking, other: Ranking) -> bool:
    return (
        one.ids.tolist() == other.ids.tolist()
        and one.scores.tobytes() == other.scores.tobytes()
        and one.matched == other.matched
    )


@settings(max_examples=150)
@given(
    CORPUS, QUERY, st.integers(0, 27), st.integers(0, 26), st.none() | st.sets(st.integers(1, 25))
)
def test_the_compiled_loop_finds_the_same_to_the_bit(
    corpus: Corpus, query: Mapping[str, float], count: int, excluded: int, some: set[int] | None
) -> None:
    plain, compiled = ranker(corpus), ranker(corpus)
    compiled.compile()
    assert plain._search is bm25.search
    assert compiled._search is not bm25.search
    allowed = None if some is None else plain.flags(np.array(sorted(some), dtype=np.int64))
    assert equal_to_the_bit(
        compiled.rank(query, count, allowed, excluded), plain.rank(query, count, allowed, excluded)
    )


def test_the_compiled_loop_prefers_the_lower_number_at_the_last_place() -> None:
    ours = ranker([["peer"]] * 50 + [["peer", "support"], ["x"], ["y"]])
    ours.compile()
    found = ours.rank({"peer": 1.0, "support": 1.0}, 4)
    assert found.ids.tolist() == [51, 1, 2, 3]
    assert found.matched == 51


def test_it_takes_counts_of_either_width() -> None:
    corpus = [["peer"] * ((1 << 16) + 1), ["peer"], ["x"], ["y"], ["z"]]
    ours = ranker(corpus)
    before = ours.rank({"peer": 0.7}, 3)
    ours.compile()
    assert equal_to_the_bit(ours.rank({"peer": 0.7}, 3), before)


@given(CORPUS, QUERY)
def test_a_corpus_too_big_for_its_saturation_to_be_held_is_ranked_the_same(
    corpus: Corpus, query: Mapping[str, float]
) -> None:
    ours = ranker(corpus)
    before = ours.rank(query, 9)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bm25, "_HELD", -1)
        ours.compile()
    assert equal_to_the_bit(ours.rank(query, 9), before)


@needs_data
@pytest.mark.parametrize("compile", [False, True])
def test_every_question_of_cranfield_ranks_as_rank_bm25_ranks_it(
    cranfield: tuple[BM25Plus, list[list[str]], Ranker], compile: bool
) -> None:
    oracle, queries, ours = cranfield
    assert len(queries) == 225
    if compile:
        ours.compile()
    for query in queries:
        theirs = oracle.get_scores(query)
        best = sorted(np.flatnonzero(theirs).tolist(), key=lambda one: (-theirs[one], one))[:20]
        found = ours.rank(Counter(query), 20)
        np.testing.assert_allclose(found.scores, theirs[best], rtol=1e-9, atol=0)
        assert found.ids.tolist() == [place + 1 for place in best]
        if len(set(query)) == len(query):
            assert found.scores.tolist() == theirs[best].tolist()


@pytest.fixture(scope="module")
def cranfield() -> tuple[BM25Plus, list[list[str]], Ranker]:
    """rank-bm25 over the collection, the terms of its questions, and ours over it."""
    folder = DATA / "cranfield"
    lines = (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    papers = [json.loads(line) for line in lines]
    assert len(papers) == 1400
    corpus = [terms(f"{paper['title']}\n{paper['abstract']}") for paper in papers]
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    queries = [terms(json.loads(line)["text"]) for line in lines]
    return BM25Plus(corpus, delta=0), queries, ranker(corpus)
