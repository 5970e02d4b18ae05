"""The two-stage search: the plain sum's results to the bit, and rank-bm25's on real papers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from corpus.ranking import two_stage
from corpus.ranking.bm25 import Ranker, Ranking
from corpus.ranking.builder import Builder
from corpus.ranking.postings import Postings
from corpus.text.terms import terms
from tests.data import DATA, needs_data

Corpus = Sequence[Sequence[str]]

TERM = st.sampled_from([*"abcdefg", *(f"rare{number}" for number in range(15))])
CORPUS = st.lists(st.lists(TERM, max_size=12), max_size=25)
QUERY = st.dictionaries(st.one_of(TERM, st.just("nowhere")), st.floats(0, 10), max_size=8)


def index(documents: Mapping[int, Sequence[str]]) -> Postings:
    builder = Builder()
    for id, held in documents.items():
        builder.add(id, held)
    return builder.build()


def ranker(corpus: Corpus, *, compiled: bool = False) -> Ranker:
    made = Ranker(index(dict(enumerate(corpus, 1))))
    if compiled:
        made.compile()
    return made


def compiled(corpus: Corpus) -> Ranker:
    return ranker(corpus, compiled=True)


def equal_to_the_bit(one: Ranking, other: Ranking) -> bool:
    return one.ids.tolist() == other.ids.tolist() and one.scores.tobytes() == other.scores.tobytes()


@settings(max_examples=150)
@given(
    CORPUS, QUERY, st.integers(0, 27), st.integers(0, 26), st.none() | st.sets(st.integers(1, 25))
)
def test_it_finds_the_same_as_the_plain_sum_to_the_bit(
    corpus: Corpus, query: Mapping[str, float], count: int, excluded: int, some: set[int] | None
) -> None:
    plain, sooner = ranker(corpus), compiled(corpus)
    allowed = None if some is None else plain.flags(np.array(sorted(some), dtype=np.int64))
    assert equal_to_the_bit(
        sooner.rank(query, count, allowed, excluded), plain.rank(query, count, allowed, excluded)
    )


def hostile(kind: str, random: np.random.Generator) -> list[list[str]]:
    """A corpus of some thousands that is hard on whoever prunes."""
    size = 5_000
    words = np.array([f"w{number}" for number in range(300)])
    likely = 1 / np.arange(1, 301)
    likely /= likely.sum()
    if kind == "all equal":
        return [["peer", "support", "x"]] * size
    if kind == "equal in groups":
        return [["peer"] * (number % 3 + 1) + ["x"] for number in range(size)]
    if kind == "terms in every paper":
        return [[f"w{number % 40}", *words[:30]] for number in range(size)]
    drawn = [list(random.choice(words, random.integers(0, 60), p=likely)) for _ in range(size)]
    if kind == "one giant":
        drawn[size // 2] = list(random.choice(words, 200_000, p=likely))
    if kind == "the best come last":
        drawn += [list(words[:60]) for _ in range(30)]
    return drawn


KINDS = ["drawn", "all equal", "equal in groups", "terms in every paper", "one giant"]


@pytest.mark.parametrize("window", [192, 1024, 1 << 16])
@pytest.mark.parametrize("kind", [*KINDS, "the best come last"])
def test_hard_corpora_of_many_windows_are_ranked_alike(
    monkeypatch: pytest.MonkeyPatch, kind: str, window: int
) -> None:
    monkeypatch.setattr(two_stage, "WINDOW", window)
    random = np.random.default_rng(5)
    corpus = hostile(kind, random)
    plain, sooner = ranker(corpus), compiled(corpus)
    words = sorted({term for held in corpus for term in held})
    for size in (1, 2, 5, 40, 300):
        asked = random.choice(words, min(size, len(words)), replace=False).tolist()
        query = {term: float(random.choice([0.0, 0.3, 1.0, 2.5])) for term in asked}
        for share in (0.0, 0.0002, 0.01, 0.5, 1.0):
            allowed = random.random(len(corpus)) < share if share else None
            for count in (1, 20, 1000):
                here = plain.rank(query, count, allowed, 7)
                assert equal_to_the_bit(sooner.rank(query, count, allowed, 7), here), (size, share)


def test_where_everything_could_be_best_it_gives_up_and_the_plain_sum_answers() -> None:
    sooner = compiled([["peer", f"x{number}"] for number in range(5_000)])
    assert sooner.rank({"peer": 1.0}, 20).matched == 5_000
    assert sooner.rank({"x7": 1.0, "x9": 1.0}, 20).matched is None


def test_of_equal_scores_the_lower_number_comes_first_also_at_the_last_place() -> None:
    ours = compiled([["peer"]] * 50 + [["peer", "support"], ["x"], ["y"]])
    assert ours.rank({"peer": 1.0, "support": 1.0}, 4).ids.tolist() == [51, 1, 2, 3]


@pytest.mark.parametrize("often", [254, 255, 256, (1 << 16) + 1])
def test_counts_that_a_document_has_no_room_for_are_looked_up(often: int) -> None:
    corpus = [["x"], ["peer"] * often, ["peer"], *([["y", "peer", "peer"]] * 30)]
    plain, sooner = ranker(corpus), compiled(corpus)
    assert equal_to_the_bit(sooner.rank({"peer": 0.7}, 3), plain.rank({"peer": 0.7}, 3))
    assert plain.shares({"peer": 0.7}, 2) == {"peer": plain.rank({"peer": 0.7}, 1).scores[0]}


# What came and went since the index was made


LIBRARY = st.dictionaries(st.integers(1, 30), st.lists(TERM, max_size=8), max_size=12)


@settings(max_examples=150)
@given(LIBRARY, LIBRARY, st.sets(st.integers(1, 30), max_size=5), QUERY, st.integers(0, 15))
def test_a_base_and_a_tail_rank_as_one_index_of_both(
    before: Mapping[int, Sequence[str]],
    changed: Mapping[int, Sequence[str]],
    removed: set[int],
    query: Mapping[str, float],
    count: int,
) -> None:
    base = index(before)
    came = {id: held for id, held in changed.items() if id not in removed}
    gone = base.numbers_of(np.array(sorted(removed | set(changed)), dtype=np.int64))
    now = {id: held for id, held in {**before, **changed}.items() if id not in removed}
    both, anew = Ranker(base, index(came), gone), Ranker(index(now))
    sooner = Ranker(base, index(came), gone)
    sooner.compile()
    some = np.array([id for id in now if id % 2], dtype=np.int64)
    for ids in (None, some, some[:1], some[:0]):
        flags = [None if ids is None else one.flags(ids) for one in (both, sooner, anew)]
        found = anew.rank(query, count, flags[2], 3)
        assert equal_to_the_bit(both.rank(query, count, flags[0], 3), found)
        assert equal_to_the_bit(sooner.rank(query, count, flags[1], 3), found)
        assert both.rank(query, count, flags[0], 3).matched == found.matched
    assert both.idfs(query) == anew.idfs(query)
    for id in now:
        assert both.shares(query, id) == anew.shares(query, id)
        assert both.likely({id: 1.0}, 9, "_") == anew.likely({id: 1.0}, 9, "_")
    for term in query:
        holders = both.ids[both.holding([term]) & both.flags(both.ids)].tolist()
        assert sorted(holders) == anew.ids[anew.holding([term])].tolist()
    said = {term for held in (*before.values(), *came.values()) for term in held}
    assert both.begins("r") == any(term.startswith("r") for term in said)


def test_scores_of_a_base_and_a_tail_are_by_document() -> None:
    both = Ranker(index({1: ["a"], 4: ["b"]}), index({2: ["a", "b"]}), np.array([0]))
    assert both.ids.tolist() == [1, 4, 2]
    scores = both.get_scores(["a"])
    assert scores.tolist() == [0.0, 0.0, both.rank({"a": 1.0}, 1).scores[0]]


@needs_data
@pytest.mark.parametrize("compile", [False, True])
def test_every_question_of_cranfield_ranks_as_rank_bm25_ranks_it(
    cranfield: tuple[BM25Plus, list[list[str]], list[list[str]]], compile: bool
) -> None:
    oracle, queries, corpus = cranfield
    assert len(queries) == 225
    ours = ranker(corpus, compiled=compile)
    for query in queries:
        theirs = oracle.get_scores(query)
        best = sorted(np.flatnonzero(theirs).tolist(), key=lambda one: (-theirs[one], one))[:20]
        found = ours.rank(Counter(query), 20)
        np.testing.assert_allclose(found.scores, theirs[best], rtol=1e-9, atol=0)
        assert found.ids.tolist() == [place + 1 for place in best]
        if len(set(query)) == len(query):
            assert found.scores.tolist() == theirs[best].tolist()


@pytest.fixture(scope="module")
def cranfield() -> tuple[BM25Plus, list[list[str]], list[list[str]]]:
    """rank-bm25 over the collection, the terms of its questions, and those of its papers."""
    folder = DATA / "cranfield"
    lines = (folder / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    papers = [json.loads(line) for line in lines]
    assert len(papers) == 1400
    corpus = [terms(f"{paper['title']}\n{paper['abstract']}") for paper in papers]
    lines = (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    queries = [terms(json.loads(line)["text"]) for line in lines]
    return BM25Plus(corpus, delta=0), queries, corpus
