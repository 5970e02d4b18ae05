"""rank-bm25's scores over postings, with rank-bm25 itself as the oracle."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from corpus.ranking.bm25 import Okapi, Ranking
from corpus.ranking.postings import Builder

Corpus = Sequence[Sequence[str]]

TERM = st.sampled_from("a b c d e f g 同伴 支持 naïve".split())
RARE = st.sampled_from([f"rare{number}" for number in range(25)])
DOCUMENT = st.lists(st.one_of(TERM, RARE), max_size=12)
CORPUS = st.lists(DOCUMENT, min_size=1, max_size=12)
QUERY = st.lists(st.one_of(TERM, RARE, st.just("nowhere")), max_size=8)


def okapi(corpus: Corpus | Mapping[int, Sequence[str]]) -> Okapi:
    """Documents are numbered from 1 unless their numbers are given."""
    numbered = corpus if isinstance(corpus, Mapping) else dict(enumerate(corpus, 1))
    builder = Builder()
    for id, terms in numbered.items():
        builder.add(id, terms)
    return Okapi(builder.build())


def listed(ranking: Ranking) -> list[tuple[int, float]]:
    return list(zip(ranking.ids.tolist(), ranking.scores.tolist(), strict=True))


def sharing(corpus: Corpus, query: Sequence[str]) -> list[int]:
    return [number for number, terms in enumerate(corpus, 1) if set(terms) & set(query)]


@given(CORPUS, QUERY)
def test_scores_are_those_of_rank_bm25(corpus: Corpus, query: Sequence[str]) -> None:
    assume(any(corpus))
    oracle = BM25Okapi(corpus)
    assume(oracle.average_idf > 1e-9)
    ours = okapi(corpus)
    assert ours.average_idf == pytest.approx(oracle.average_idf, rel=1e-12)
    np.testing.assert_allclose(
        ours.get_scores(query), oracle.get_scores(query), rtol=1e-9, atol=1e-12
    )


@given(CORPUS, QUERY, st.integers(0, 14))
def test_the_order_is_that_of_rank_bm25_and_of_equals_the_lower_number(
    corpus: Corpus, query: Sequence[str], count: int
) -> None:
    assume(any(corpus))
    oracle = BM25Okapi(corpus)
    assume(oracle.average_idf > 1e-9)
    found = okapi(corpus).rank(query, count)
    theirs = oracle.get_scores(query)
    share = sharing(corpus, query)
    assert found.matched == len(share)
    assert len(found.ids) == min(count, len(share))
    for one, other in itertools.pairwise(listed(found)):
        assert (-one[1], one[0]) < (-other[1], other[0])
    left_out = [theirs[id - 1] for id in share if id not in found.ids]
    for id, score in listed(found):
        assert score == pytest.approx(theirs[id - 1], rel=1e-9)
        assert all(score >= other - 1e-9 * abs(other) for other in left_out)


def test_scores_are_equal_to_the_bit_where_no_idf_is_floored() -> None:
    corpus = [["a", "b"], ["b", "c", "c"], ["d"], ["e", "a", "a", "a"], ["f", "g"]]
    query = ["a", "c", "b", "a", "nowhere"]
    ours, theirs = okapi(corpus).get_scores(query), BM25Okapi(corpus).get_scores(query)
    assert ours.tolist() == theirs.tolist()


def test_the_parameters_are_rank_bm25s() -> None:
    ours, theirs = okapi([["a"]]), BM25Okapi([["a"]])
    assert isinstance(ours, BM25Okapi)
    assert (ours.k1, ours.b, ours.epsilon) == (theirs.k1, theirs.b, theirs.epsilon)


@given(CORPUS, QUERY)
def test_whatever_the_sign_of_its_score_a_paper_that_shares_a_term_is_found(
    corpus: Corpus, query: Sequence[str]
) -> None:
    found = okapi(corpus).rank(query, len(corpus))
    assert sorted(found.ids.tolist()) == sharing(corpus, query)
    assert found.matched == len(found.ids)
    assert np.isfinite(found.scores).all()


@given(CORPUS)
def test_where_the_mean_idf_is_not_positive_idf_is_the_other_formula(corpus: Corpus) -> None:
    assume(any(corpus))
    ours = okapi(corpus)
    assume(ours.average_idf <= 0)
    size = len(corpus)
    for term, weight in ours.weights(sorted({t for terms in corpus for t in terms})).items():
        df = sum(term in terms for terms in corpus)
        assert weight == pytest.approx(math.log(1 + (size - df + 0.5) / (df + 0.5)))
        assert weight > 0


def test_an_empty_corpus_finds_nothing() -> None:
    empty = okapi([])
    found = empty.rank(["a"], 20)
    assert (listed(found), found.matched) == ([], 0)
    assert empty.get_scores(["a"]).tolist() == []
    assert empty.weights(["a"]) == {}
    assert empty.holding(["a"]).tolist() == []


def test_one_paper_is_found_with_a_positive_score() -> None:
    only = okapi([["peer", "support", "peer"]])
    (hit,) = listed(only.rank(["peer"], 20))
    often, norm = 2, 1.5
    assert hit == (1, pytest.approx(math.log(1 + 0.5 / 1.5) * often * 2.5 / (often + norm)))
    assert listed(only.rank(["pear"], 20)) == []


def test_a_term_in_every_paper_finds_every_paper() -> None:
    everywhere = okapi([["all", f"rare{number}"] for number in range(6)])
    found = everywhere.rank(["all"], 20)
    assert found.ids.tolist() == [1, 2, 3, 4, 5, 6]
    assert (found.scores > 0).all()
    # rank-bm25's floor: a quarter of the mean idf.
    assert everywhere.weights(["all"])["all"] == pytest.approx(0.25 * everywhere.average_idf)


def test_papers_without_terms_are_never_found_and_change_no_order() -> None:
    found = okapi([[], ["peer"], [], ["peer", "x", "y"], []]).rank(["peer"], 20)
    assert found.ids.tolist() == [2, 4]
    assert okapi([[], []]).rank(["peer"], 20).matched == 0
    assert okapi([[], []]).get_scores(["peer"]).tolist() == [0.0, 0.0]


def test_an_idf_of_zero_still_finds() -> None:
    # In just half of the papers: ln(1.5) − ln(1.5).
    corpus = [["half", "x"], ["half", "y"], ["z"], ["w"]]
    found = okapi(corpus).rank(["half"], 20)
    assert listed(found) == [(1, 0.0), (2, 0.0)]


def test_all_papers_equal_come_by_number() -> None:
    found = okapi([["peer", "support"]] * 30).rank(["support", "peer"], 20)
    assert found.ids.tolist() == list(range(1, 21))
    assert len(set(found.scores.tolist())) == 1
    assert found.matched == 30


def test_a_tie_across_the_last_place_is_decided_by_number() -> None:
    corpus = {9: ["a"], 4: ["a"], 7: ["a", "b"], 2: ["c"], 1: ["d"], 30: ["e"], 31: ["f"]}
    assert okapi(corpus).rank(["a", "b"], 2).ids.tolist() == [7, 4]


def test_repeated_terms_count_each_time() -> None:
    ours = okapi([["a"], ["b"], ["c"], ["d"]])
    (once,), (twice,) = listed(ours.rank(["a"], 9)), listed(ours.rank(["a", "a"], 9))
    assert twice == (1, 2 * once[1])


def test_unknown_terms_change_nothing() -> None:
    ours = okapi([["a"], ["b", "a"], ["c"]])
    assert listed(ours.rank(["x", "a", "y"], 9)) == listed(ours.rank(["a"], 9))
    assert listed(ours.rank(["x"], 9)) == listed(ours.rank([], 9)) == []
    assert ours.weights(["x", "c", "c"]).keys() == {"c"}


def test_a_giant_paper_is_ranked_by_its_length() -> None:
    giant = ["peer"] * 3 + [f"word{number}" for number in range(70_000)]
    found = okapi([giant, ["peer"], ["else"], ["more"], ["other"]]).rank(["peer"], 9)
    assert found.ids.tolist() == [2, 1]
    theirs = BM25Okapi([giant, ["peer"], ["else"], ["more"], ["other"]]).get_scores(["peer"])
    assert found.scores.tolist() == pytest.approx([theirs[1], theirs[0]], rel=1e-12)


@given(CORPUS, QUERY, st.integers(0, 13))
def test_the_excluded_paper_is_left_out_and_nothing_else_changes(
    corpus: Corpus, query: Sequence[str], excluded: int
) -> None:
    ours = okapi(corpus)
    every, rest = ours.rank(query, 20), ours.rank(query, 20, excluded=excluded)
    assert listed(rest) == [hit for hit in listed(every) if hit[0] != excluded]
    assert rest.matched == len(rest.ids)


@given(CORPUS, QUERY, st.sets(st.integers(0, 13)))
def test_only_allowed_papers_are_found_with_the_scores_they_have_anyway(
    corpus: Corpus, query: Sequence[str], allowed: set[int]
) -> None:
    ours = okapi(corpus)
    flags = ours.flags(np.array(sorted(allowed), dtype=np.int64))
    assert np.flatnonzero(flags).tolist() == sorted(
        id - 1 for id in allowed if 1 <= id <= len(corpus)
    )
    every, some = ours.rank(query, 20), ours.rank(query, 20, flags)
    assert listed(some) == [hit for hit in listed(every) if hit[0] in allowed]
    assert some.matched == len(some.ids)


@given(CORPUS, QUERY)
def test_which_papers_hold_every_term(corpus: Corpus, query: Sequence[str]) -> None:
    expected = [bool(query) and set(query) <= set(terms) for terms in corpus]
    assert okapi(corpus).holding(query).tolist() == expected


def test_numbers_that_leave_gaps_are_given_back() -> None:
    ours = okapi({300: ["a", "b"], 12: ["a"], 7: ["c"], 8: ["d"]})
    assert ours.rank(["a"], 9).ids.tolist() == [12, 300]
    assert ours.rank(["a"], 9, excluded=12).ids.tolist() == [300]
    assert ours.rank(["a"], 9, excluded=13).ids.tolist() == [12, 300]


def test_the_memory_of_terms_may_be_emptied_between_questions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours = okapi([["a"], ["b", "a"], ["c"]])
    before = listed(ours.rank(["a", "c", "x"], 9))
    monkeypatch.setattr("corpus.ranking.bm25._REMEMBERED", 0)
    assert listed(ours.rank(["a", "c", "x"], 9)) == before
    assert listed(ours.rank(["a", "c", "x"], 9)) == before
