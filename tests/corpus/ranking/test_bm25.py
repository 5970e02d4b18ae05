"""rank-bm25's scores over postings, with rank-bm25 itself as the oracle."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from corpus.ranking.bm25 import Ranker, Ranking
from corpus.ranking.builder import Builder
from corpus.ranking.postings import Postings

Corpus = Sequence[Sequence[str]]

TERM = st.sampled_from("a b c d e f g 同伴 支持 naïve".split())
RARE = st.sampled_from([f"rare{number}" for number in range(25)])
DOCUMENT = st.lists(st.one_of(TERM, RARE), max_size=12)
CORPUS = st.lists(DOCUMENT, min_size=1, max_size=12)
ASKED = st.one_of(TERM, RARE, st.just("nowhere"))
DISTINCT = st.lists(ASKED, max_size=8, unique=True)
QUERY = st.dictionaries(ASKED, st.floats(0.01, 10), max_size=8)


def ranker(corpus: Corpus | Mapping[int, Sequence[str]]) -> Ranker:
    """Documents are numbered from 1 unless their numbers are given."""
    numbered = corpus if isinstance(corpus, Mapping) else dict(enumerate(corpus, 1))
    builder = Builder()
    for id, terms in numbered.items():
        builder.add(id, terms)
    return Ranker(builder.build())


def once(*terms: str) -> dict[str, float]:
    return dict.fromkeys(terms, 1.0)


def listed(ranking: Ranking) -> list[tuple[int, float]]:
    return list(zip(ranking.ids.tolist(), ranking.scores.tolist(), strict=True))


def sharing(corpus: Corpus, query: Mapping[str, float]) -> list[int]:
    return [number for number, terms in enumerate(corpus, 1) if set(terms) & set(query)]


def oracle(corpus: Corpus, query: Mapping[str, float]) -> list[float]:
    """What rank-bm25 gives each term, times its weight."""
    theirs = BM25Plus(corpus, delta=0)
    scores = np.zeros(len(corpus))
    for term, weight in query.items():
        scores += weight * theirs.get_scores([term])
    return [float(score) for score in scores]


# What rank-bm25 says


@given(CORPUS, DISTINCT)
def test_scores_are_equal_to_the_bit_where_each_term_is_asked_for_once(
    corpus: Corpus, query: Sequence[str]
) -> None:
    assume(any(corpus))
    ours, theirs = ranker(corpus), BM25Plus(corpus, delta=0)
    assert ours.get_scores(query).tolist() == theirs.get_scores(query).tolist()
    found = ours.rank(once(*query), len(corpus))
    assert found.scores.tolist() == [theirs.get_scores(query)[id - 1] for id in found.ids]


@given(CORPUS, st.lists(ASKED, max_size=8))
def test_a_term_that_is_repeated_counts_each_time(corpus: Corpus, query: Sequence[str]) -> None:
    assume(any(corpus))
    theirs = BM25Plus(corpus, delta=0).get_scores(query)
    np.testing.assert_allclose(ranker(corpus).get_scores(query), theirs, rtol=1e-9, atol=0)


@given(CORPUS, QUERY, st.integers(0, 14))
def test_the_order_is_that_of_rank_bm25_and_of_equals_the_lower_number(
    corpus: Corpus, query: Mapping[str, float], count: int
) -> None:
    assume(any(corpus))
    found = ranker(corpus).rank(query, count)
    theirs = oracle(corpus, query)
    share = sharing(corpus, query)
    assert found.matched == len(share)
    assert len(found.ids) == min(count, len(share))
    for one, other in itertools.pairwise(listed(found)):
        assert (-one[1], one[0]) < (-other[1], other[0])
    left_out = [theirs[id - 1] for id in share if id not in found.ids]
    for id, score in listed(found):
        assert score == pytest.approx(theirs[id - 1], rel=1e-9)
        assert all(score >= other * (1 - 1e-9) for other in left_out)


def test_the_parameters_are_rank_bm25s_and_delta_is_none() -> None:
    ours, theirs = ranker([["a"]]), BM25Plus([["a"]])
    assert isinstance(ours, BM25Plus)
    assert (ours.k1, ours.b, ours.delta) == (theirs.k1, theirs.b, 0)


@given(CORPUS)
def test_idf_is_rank_bm25s_and_positive_even_for_terms_of_every_paper(corpus: Corpus) -> None:
    assume(any(corpus))
    everywhere = [[*terms, "everywhere"] for terms in corpus]
    theirs = BM25Plus(everywhere, delta=0).idf
    ours = ranker(everywhere).idfs(theirs)
    assert ours == theirs
    assert min(ours.values()) == ours["everywhere"] > 0


# What rank-bm25 leaves undefined


@given(CORPUS, QUERY)
def test_every_paper_that_shares_a_term_is_found_with_a_positive_score(
    corpus: Corpus, query: Mapping[str, float]
) -> None:
    found = ranker(corpus).rank(query, len(corpus))
    assert sorted(found.ids.tolist()) == sharing(corpus, query)
    assert found.matched == len(found.ids)
    assert np.isfinite(found.scores).all()
    assert (found.scores > 0).all()


def test_a_term_of_no_weight_still_finds() -> None:
    found = ranker([["a"], ["b"], ["c"]]).rank({"a": 0.0, "b": 1.0}, 20)
    assert (found.ids.tolist(), found.scores.tolist()[1], found.matched) == ([2, 1], 0.0, 2)


def test_an_empty_corpus_finds_nothing() -> None:
    empty = ranker([])
    found = empty.rank(once("a"), 20)
    assert (listed(found), found.matched) == ([], 0)
    assert empty.get_scores(["a"]).tolist() == []
    assert empty.idfs(["a"]) == {}
    assert empty.holding(["a"]).tolist() == []
    assert not empty.begins("a")


def test_one_paper_is_found_with_a_positive_score() -> None:
    only = ranker([["peer", "support", "peer"]])
    (hit,) = listed(only.rank(once("peer"), 20))
    often, norm = 2, 1.5
    assert hit == (1, pytest.approx(math.log(2) * often * 2.5 / (often + norm)))
    assert listed(only.rank(once("pear"), 20)) == []


def test_a_term_in_every_paper_finds_every_paper() -> None:
    everywhere = ranker([["all", f"rare{number}"] for number in range(6)])
    found = everywhere.rank(once("all"), 20)
    assert found.ids.tolist() == [1, 2, 3, 4, 5, 6]
    assert (found.scores > 0).all()
    assert everywhere.idfs(["all"]) == {"all": math.log(7 / 6)}


def test_papers_without_terms_are_never_found_and_change_no_order() -> None:
    found = ranker([[], ["peer"], [], ["peer", "x", "y"], []]).rank(once("peer"), 20)
    assert found.ids.tolist() == [2, 4]
    assert ranker([[], []]).rank(once("peer"), 20).matched == 0
    assert ranker([[], []]).get_scores(["peer"]).tolist() == [0.0, 0.0]


def test_all_papers_equal_come_by_number() -> None:
    found = ranker([["peer", "support"]] * 30).rank(once("support", "peer"), 20)
    assert found.ids.tolist() == list(range(1, 21))
    assert len(set(found.scores.tolist())) == 1
    assert found.matched == 30


def test_a_tie_across_the_last_place_is_decided_by_number() -> None:
    corpus = {9: ["a"], 4: ["a"], 7: ["a", "b"], 2: ["c"], 1: ["d"], 30: ["e"], 31: ["f"]}
    assert ranker(corpus).rank(once("a", "b"), 2).ids.tolist() == [7, 4]


def test_unknown_terms_change_nothing() -> None:
    ours = ranker([["a"], ["b", "a"], ["c"]])
    assert listed(ours.rank(once("x", "a", "y"), 9)) == listed(ours.rank(once("a"), 9))
    assert listed(ours.rank(once("x"), 9)) == listed(ours.rank({}, 9)) == []
    assert ours.idfs(["x", "c", "c"]).keys() == {"c"}


def test_a_giant_paper_is_ranked_by_its_length() -> None:
    giant = ["peer"] * 3 + [f"word{number}" for number in range(70_000)]
    corpus = [giant, ["peer"], ["else"], ["more"], ["other"]]
    found = ranker(corpus).rank(once("peer"), 9)
    assert found.ids.tolist() == [2, 1]
    theirs = BM25Plus(corpus, delta=0).get_scores(["peer"])
    assert found.scores.tolist() == [theirs[1], theirs[0]]


# Why a paper has its score


@given(CORPUS, QUERY)
def test_shares_are_of_the_shared_terms_and_make_up_the_score(
    corpus: Corpus, query: Mapping[str, float]
) -> None:
    ours = ranker(corpus)
    for id, score in listed(ours.rank(query, len(corpus))):
        shares = ours.shares(query, id)
        assert list(shares) == [term for term in query if term in corpus[id - 1]]
        assert sum(shares.values()) == pytest.approx(score, rel=1e-9)
        for term, share in shares.items():
            alone = oracle(corpus, {term: query[term]})[id - 1]
            assert share == pytest.approx(alone, rel=1e-12)


def test_a_paper_that_shares_nothing_has_no_shares() -> None:
    ours = ranker({4: ["a", "b"], 9: ["c"]})
    assert ours.shares(once("a", "x"), 9) == {}
    assert ours.shares({}, 4) == {}
    assert list(ours.shares(once("b", "x", "a", "c"), 4)) == ["b", "a"]


@given(CORPUS, st.sampled_from("abgnrx_"))
def test_whether_a_term_begins_with_a_character(corpus: Corpus, char: str) -> None:
    expected = any(term.startswith(char) for terms in corpus for term in terms)
    assert ranker(corpus).begins(char) == expected


# Which papers may be found


@given(CORPUS, QUERY, st.integers(0, 13))
def test_the_excluded_paper_is_left_out_and_nothing_else_changes(
    corpus: Corpus, query: Mapping[str, float], excluded: int
) -> None:
    ours = ranker(corpus)
    every, rest = ours.rank(query, 20), ours.rank(query, 20, excluded=excluded)
    assert listed(rest) == [hit for hit in listed(every) if hit[0] != excluded]
    assert rest.matched == len(rest.ids)


@given(CORPUS, QUERY, st.sets(st.integers(0, 13)))
def test_only_allowed_papers_are_found_with_the_scores_they_have_anyway(
    corpus: Corpus, query: Mapping[str, float], allowed: set[int]
) -> None:
    ours = ranker(corpus)
    flags = ours.flags(np.array(sorted(allowed), dtype=np.int64))
    assert np.flatnonzero(flags).tolist() == sorted(
        id - 1 for id in allowed if 1 <= id <= len(corpus)
    )
    every, some = ours.rank(query, 20), ours.rank(query, 20, flags)
    assert listed(some) == [hit for hit in listed(every) if hit[0] in allowed]
    assert some.matched == len(some.ids)


@given(CORPUS, DISTINCT)
def test_which_papers_hold_every_term(corpus: Corpus, query: Sequence[str]) -> None:
    expected = [bool(query) and set(query) <= set(terms) for terms in corpus]
    assert ranker(corpus).holding(query).tolist() == expected


def test_numbers_that_leave_gaps_are_given_back() -> None:
    ours = ranker({300: ["a", "b"], 12: ["a"], 7: ["c"], 8: ["d"]})
    assert ours.rank(once("a"), 9).ids.tolist() == [12, 300]
    assert ours.rank(once("a"), 9, excluded=12).ids.tolist() == [300]
    assert ours.rank(once("a"), 9, excluded=13).ids.tolist() == [12, 300]
    assert ours.shares(once("a", "b"), 300).keys() == {"a", "b"}


def test_the_memory_of_terms_may_be_emptied_between_questions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ours = ranker([["a"], ["b", "a"], ["c"]])
    before = listed(ours.rank(once("a", "c", "x"), 9))
    monkeypatch.setattr("corpus.ranking.bm25._REMEMBERED", 0)
    assert listed(ours.rank(once("a", "c", "x"), 9)) == before
    assert listed(ours.rank(once("a", "c", "x"), 9)) == before


def test_the_memory_of_terms_may_be_emptied_by_another_question_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    corpus = [["a"], ["b", "a"], ["c"]]
    expected = listed(ranker(corpus).rank(once("a", "c"), 9))
    ours, look_up = ranker(corpus), Postings.numbers

    def interrupted(index: Postings, terms: Sequence[str]) -> list[int]:
        if "b" not in terms:
            ours.rank(once("b"), 9)
        return look_up(index, terms)

    ours.rank(once("a"), 9)
    monkeypatch.setattr("corpus.ranking.bm25._REMEMBERED", 0)
    monkeypatch.setattr(Postings, "numbers", interrupted)
    assert listed(ours.rank(once("a", "c"), 9)) == expected
