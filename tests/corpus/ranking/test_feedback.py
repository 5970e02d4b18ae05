"""Terms from what was found first: what they may add, and what they never take away."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nlargest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.ranking import feedback
from corpus.ranking.bm25 import Ranker
from corpus.ranking.builder import Builder
from corpus.ranking.feedback import CONSIDERED, PAPERS, wanted
from corpus.ranking.postings import Postings

TERMS = [f"t{number}" for number in range(250)]
TERM = st.sampled_from(TERMS)
QUERY = st.dictionaries(TERM, st.floats(0.1, 5), min_size=1, max_size=12)
PAPER = st.tuples(st.floats(0.01, 50), st.lists(TERM, max_size=120))
FOUND = st.lists(PAPER, max_size=PAPERS)
SAID = st.integers(1, 40)


def idfs(terms: Iterable[str]) -> dict[str, float]:
    """An idf for each that some paper holds: not for all."""
    return {term: 1 + int(term[1:]) % 7 for term in terms if term[-1] != "9"}


def most_likely(found: Iterable[tuple[float, Sequence[str]]], count: int) -> dict[str, float]:
    """The likeliest terms of papers with these shares, term by term: the oracle."""
    likely: defaultdict[str, float] = defaultdict(float)
    for share, held in found:
        for term, often in Counter(held).items():
            if not term.startswith("_"):
                likely[term] += share * often / (often + 1)
    return {
        term: likely[term] for term in nlargest(count, likely, key=lambda one: (likely[one], one))
    }


def expand(
    query: Mapping[str, float],
    said: int,
    found: Iterable[tuple[float, Sequence[str]]],
    idfs: Callable[[Iterable[str]], Mapping[str, float]],
) -> dict[str, float]:
    """Feedback from papers whose terms are given one after another."""
    found = list(found)
    shares = feedback.shares([score for score, _ in found])
    papers = zip(shares, (held for _, held in found), strict=False)
    return feedback.expand(query, said, most_likely(papers, CONSIDERED), idfs)


def even(terms: Iterable[str]) -> dict[str, float]:
    return dict.fromkeys(terms, 1.0)


@pytest.mark.parametrize(
    ("said", "expected"), [(0, False), (1, True), (10, True), (40, True), (41, False)]
)
def test_who_has_said_nothing_or_everything_gains_nothing(said: int, expected: bool) -> None:
    assert wanted(said) is expected


@given(QUERY, SAID, FOUND)
def test_the_query_loses_nothing(
    query: Mapping[str, float], said: int, found: list[tuple[float, list[str]]]
) -> None:
    out = expand(query, said, found, idfs)
    assert list(out)[: len(query)] == list(query)
    assert all(out[term] >= weight for term, weight in query.items())


@given(QUERY, SAID, FOUND)
def test_what_is_added_is_little_and_was_found(
    query: Mapping[str, float], said: int, found: list[tuple[float, list[str]]]
) -> None:
    out = expand(query, said, found, idfs)
    changed = {term: out[term] - query.get(term, 0.0) for term in out}
    added = {term: more for term, more in changed.items() if more}
    limit = 0.5 * max(query.values()) * min(1.0, 10 / said)
    assert len(added) <= 40
    assert all(0 < more <= limit * (1 + 1e-9) for more in added.values())
    assert added.keys() <= idfs(term for _, terms in found for term in terms).keys()
    if added:  # the likeliest gets the whole of it
        assert max(added.values()) == pytest.approx(limit, rel=1e-9)


@given(QUERY, SAID, FOUND)
def test_the_weights_are_rocchios(
    query: Mapping[str, float], said: int, found: list[tuple[float, list[str]]]
) -> None:
    total = sum(score for score, _ in found)
    likely = {
        term: sum(score / total * of.count(term) / (of.count(term) + 1) for score, of in found)
        for term in {term for _, of in found for term in of}
    }
    out = expand(query, said, found, idfs)
    new = [term for term in out if term not in query]
    by_likelihood = sorted(new, key=lambda term: (-out[term], term))
    for one, other in itertools.pairwise(by_likelihood):
        assert likely[one] >= likely[other] - 1e-12
        assert out[one] * likely[other] == pytest.approx(out[other] * likely[one])


@given(QUERY, SAID)
def test_of_nothing_found_nothing_is_learnt(query: Mapping[str, float], said: int) -> None:
    for found in ([], [(3.0, [])], [(0.0, ["t1"])], [(3.0, ["t9", "t19"])]):
        out = expand(query, said, found, idfs)
        assert out == query
        assert out is not query


@given(QUERY, SAID, FOUND, st.randoms(use_true_random=False))
def test_the_order_of_papers_and_words_changes_nothing(
    query: Mapping[str, float], said: int, found: list[tuple[float, list[str]]], random
) -> None:
    shuffled = [(score, random.sample(terms, len(terms))) for score, terms in found]
    one = expand(query, said, found, idfs)
    assert expand(query, said, shuffled, idfs) == one
    random.shuffle(shuffled)
    # Sums in another order may differ in the last bit, and a tie at the last place with it.
    if len(one) < 40:
        assert expand(query, said, shuffled, idfs) == pytest.approx(one)


@pytest.mark.parametrize("letters", ["abcdefghij", "abcdefghijklmnop"])
def test_which_of_equals_are_taken_hangs_on_their_names_alone(letters: str) -> None:
    names = [f"{first}{second}" for first in letters for second in letters]
    one, other = (expand({"q": 1.0}, 1, [(1.0, of)], even) for of in (names, names[::-1]))
    assert list(one.items()) == list(other.items())
    if len(names) <= 160:
        assert set(one) - {"q"} == set(sorted(names)[:40])


def test_short_questions_gain_fully_and_long_ones_less() -> None:
    found = [(2.0, ["new", "new", "old"]), (2.0, ["new"])]

    def gain(said: int) -> float:
        return expand({"old": 1.0, "other": 3.0}, said, found, even)["new"]

    assert gain(1) == gain(10) == 1.5
    assert gain(20) == 0.75
    assert gain(40) == 0.375
    likely_new, likely_old = 0.5 * 2 / 3 + 0.5 * 1 / 2, 0.5 * 1 / 2
    out = expand({"old": 1.0, "other": 3.0}, 1, found, even)
    assert out["old"] == pytest.approx(1.0 + 1.5 * likely_old / likely_new)
    assert out["other"] == 3.0


def test_a_term_of_all_papers_gives_way_to_a_rare_one() -> None:
    common = [f"common{number}" for number in range(45)]

    def idf(terms: Iterable[str]) -> dict[str, float]:
        return {term: math.log(2) if term == "rare" else 0.01 for term in terms}

    out = expand({"q": 1.0}, 1, [(1.0, [*common, "rare"]), (9.0, common)], idf)
    assert "rare" in out
    assert len(out) == 41


HELD = st.lists(st.one_of(TERM, st.sampled_from(["_同伴", "_同", "同伴", "_"])), max_size=60)
PAPERS_HELD = st.dictionaries(st.integers(1, 20), HELD, max_size=12)
SHARES = st.lists(st.floats(0.01, 1), min_size=20, max_size=20)


def index(papers: Mapping[int, Sequence[str]]) -> Postings:
    builder = Builder()
    for id, terms in papers.items():
        builder.add(id, terms)
    return builder.build()


@given(PAPERS_HELD, PAPERS_HELD, SHARES, st.integers(1, 200), st.randoms(use_true_random=False))
def test_an_index_says_what_is_likeliest_to_the_bit(
    old: Mapping[int, Sequence[str]],
    new: Mapping[int, Sequence[str]],
    shares: Sequence[float],
    count: int,
    random,
) -> None:
    base = index(old)
    ranker = Ranker(base, index(new), base.numbers_of(np.array(sorted(new), dtype=np.int64)))
    papers = list({**old, **new}.items())
    found = random.sample(papers, min(len(papers), PAPERS))
    said = {id: share for (id, _), share in zip(found, shares, strict=False)}
    expected = most_likely([(said[id], held) for id, held in found], count)
    for _ in range(2):  # names are remembered
        likely = ranker.likely(said, count, "_")
        assert list(likely.items()) == list(expected.items())


def test_counts_that_an_entry_has_no_room_for_count_as_they_are() -> None:
    often = ["peer"] * 300 + ["support"] * 255 + ["x"]
    likely = Ranker(index({1: ["peer"], 2: often})).likely({2: 1.0}, 9, "_")
    assert likely == {"peer": 300 / 301, "support": 255 / 256, "x": 0.5}
