"""The compiled loop: the same results to the bit, and those of rank-bm25 on real papers."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from corpus.ranking import bm25
from corpus.ranking.bm25 import Okapi, Ranking
from corpus.ranking.postings import Builder
from corpus.text.terms import terms
from tests.data import DATA, needs_data

Corpus = Sequence[Sequence[str]]

TERM = st.sampled_from([*"abcdefg", *(f"rare{number}" for number in range(15))])
CORPUS = st.lists(st.lists(TERM, max_size=12), max_size=25)
QUERY = st.lists(st.one_of(TERM, st.just("nowhere")), max_size=8)


def okapi(corpus: Corpus) -> Okapi:
    builder = Builder()
    for id, held in enumerate(corpus, 1):
        builder.add(id, held)
    return Okapi(builder.build())


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
    corpus: Corpus, query: Sequence[str], count: int, excluded: int, some: set[int] | None
) -> None:
    plain, compiled = okapi(corpus), okapi(corpus)
    compiled.compile()
    assert plain._search is bm25.search
    assert compiled._search is not bm25.search
    allowed = None if some is None else plain.flags(np.array(sorted(some), dtype=np.int64))
    assert equal_to_the_bit(
        compiled.rank(query, count, allowed, excluded), plain.rank(query, count, allowed, excluded)
    )


def test_the_compiled_loop_prefers_the_lower_number_at_the_last_place() -> None:
    ours = okapi([["peer"]] * 50 + [["peer", "support"], ["x"], ["y"]])
    ours.compile()
    found = ours.rank(["peer", "support"], 4)
    assert found.ids.tolist() == [51, 1, 2, 3]
    assert found.matched == 51


def test_it_takes_counts_of_either_width() -> None:
    corpus = [["peer"] * ((1 << 16) + 1), ["peer"], ["x"], ["y"], ["z"]]
    ours = okapi(corpus)
    before = ours.rank(["peer"], 3)
    ours.compile()
    assert equal_to_the_bit(ours.rank(["peer"], 3), before)


@needs_data
@pytest.mark.parametrize("compile", [False, True])
def test_every_question_of_cranfield_ranks_as_rank_bm25_ranks_it(
    cranfield: tuple[BM25Okapi, list[list[str]], Okapi], compile: bool
) -> None:
    oracle, queries, ours = cranfield
    assert len(queries) == 225
    if compile:
        ours.compile()
    # What rank-bm25 floors depends on the order in which it met the words; nothing else does.
    common = {term for term, idf in oracle.idf.items() if idf == 0.25 * oracle.average_idf}
    for query in queries:
        theirs = oracle.get_scores(query)
        best = sorted(np.flatnonzero(theirs).tolist(), key=lambda one: (-theirs[one], one))[:20]
        found = ours.rank(query, 20)
        np.testing.assert_allclose(found.scores, theirs[best], rtol=1e-9, atol=0)
        assert found.ids.tolist() == [place + 1 for place in best]
        if not common & set(query):
            assert found.scores.tolist() == theirs[best].tolist()


@pytest.fixture(scope="module")
def cranfield() -> tuple[BM25Okapi, list[list[str]], Okapi]:
    """rank-bm25 over the collection, the terms of its questions, and ours over it."""
    folder = DATA / "cranfield"
    lines = (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    papers = [json.loads(line) for line in lines]
    assert len(papers) == 1400
    corpus = [terms(f"{paper['title']}\n{paper['abstract']}") for paper in papers]
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    return BM25Okapi(corpus), [terms(json.loads(line)["text"]) for line in lines], okapi(corpus)
