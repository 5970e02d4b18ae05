"""rank-bm25's BM25Plus over postings: the same scores without looking at every document.

Lv and Zhai, Lower-bounding term frequency normalization (CIKM 2011), as rank_bm25.BM25Plus puts
it, with its δ at zero. Each term t of the query, in the query's order, adds

    w(t) · idf(t) · tf · (k1 + 1) / (tf + k1 · (1 - b + b · length / average length))

to a document that holds it tf times, where idf(t) = ln((N + 1) / df) and w(t) is the weight that
the query gives the term.
"""

from __future__ import annotations

import functools
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Plus

from corpus.ranking import forward
from corpus.ranking.arrays import expect
from corpus.ranking.norms import average_of, norms_of
from corpus.ranking.postings import Postings, empty
from corpus.ranking.top import top

Array = NDArray[Any]
Exact = Callable[..., tuple[Array, Array, bool]]

WORTH_COMPILING = 1 << 20
"""Postings from which on compiled code is quicker."""

_REMEMBERED = 1 << 18
_COMMON = 1 << 15  # terms
_EVERY = np.empty(0, dtype=np.bool_)
_MOST_TERMS = 1 << 15


class Ranking(NamedTuple):
    """Library numbers int64[K] and their scores float64[K], best first; how many matched.

    `matched` is None where counting would have cost more than searching.
    """

    ids: Array
    scores: Array
    matched: int | None


class _Term(NamedTuple):
    """A term's numbers in the base and in the tail, -1 where it is in neither, and its idf."""

    in_base: int
    in_tail: int
    idf: float


class Ranker(BM25Plus):
    """rank-bm25's `BM25Plus` with its parameters and idf, over `Postings`.

    The corpus is a `base`, less the documents that are `gone` from it, and a `tail` of what came
    since. Documents are numbered through both, those that are gone included. What rank-bm25 leaves
    undefined is defined here: an empty corpus finds nothing; only documents that share a term are
    found; of equal scores the lower library number comes first.
    """

    def __init__(self, base: Postings, tail: Postings | None = None, gone: Array = _EVERY) -> None:
        """`gone` are documents of `base`, int64."""
        self._base = base
        self._tail = empty() if tail is None else tail
        self._gone = gone
        self._exact: Exact | None = None
        self._known: dict[str, _Term] = {}
        self._counting = threading.Lock()  # rank-bm25 puts idfs into one dictionary for all
        self._names: dict[int, str] = {}
        super().__init__(base, delta=0)

    def _initialize(self, corpus: Postings) -> dict[str, int]:
        """The document frequencies of no term yet: they are looked up when one is asked for."""
        base, tail, gone = corpus, self._tail, self._gone.astype(np.int64)
        self.corpus_size = len(base.ids) - len(gone) + len(tail.ids)
        self.doc_len = np.concatenate([base.lengths, tail.lengths])
        of_base = int(base.lengths.sum(dtype=np.int64))
        total = of_base - int(base.lengths[gone].sum(dtype=np.int64))
        total += int(tail.lengths.sum(dtype=np.int64))
        self.avgdl = average_of(total, self.corpus_size)
        # What a posting's impact, made with the base's own average, can have become.
        self._drift = max(1.0, self.avgdl / average_of(of_base, len(base.ids)))
        self._here = _EVERY  # which documents are there, where some are gone
        if len(gone):
            self._here = np.ones(len(base.ids) + len(tail.ids), dtype=np.bool_)
            self._here[gone] = False
        held = [forward.entries(base, int(one)) >> np.uint32(8) for one in gone]
        self._lost = Counter(np.concatenate([np.empty(0, np.uint32), *held]).tolist())
        return {}

    def compile(self) -> None:
        """From now on search with compiled code: the same results, sooner."""
        from corpus.ranking.two_stage import WINDOW, Index, search

        expect(self._base.postings)
        self._base.familiarise(_COMMON)
        arrays = tuple(getattr(self._base, name) for name in Index._fields)
        self._exact = functools.partial(search, arrays, WINDOW)
        self._of_base(np.zeros(0, np.int64), np.zeros(0), _EVERY, -1, 1)  # compiles, or loads

    @property
    def postings(self) -> int:
        """How many postings there are."""
        return len(self._base.postings) + len(self._tail.postings)

    @functools.cached_property
    def ids(self) -> Array:
        """The library number of every document: int64[N]."""
        return np.concatenate([self._base.ids, self._tail.ids])

    def get_scores(self, query: Sequence[str]) -> Array:
        """The score of every document, float64[N], as `BM25Plus.get_scores` gives them.

        A term that stands in the query twice counts twice.
        """
        scores = np.zeros(len(self.ids))
        ranking = self.rank(Counter(query), len(self.ids))
        places = np.argsort(self.ids)
        places = places[np.searchsorted(self.ids, ranking.ids, sorter=places)]
        scores[places] = ranking.scores
        return scores

    def rank(
        self,
        query: Mapping[str, float],
        count: int,
        allowed: Array | None = None,
        excluded: int = 0,
    ) -> Ranking:
        """The `count` best of the documents that share a term with `query`: terms and weights.

        `allowed` bool[N] says which documents may be found; `excluded` is a library number that
        may not. The statistics stay those of the whole corpus.
        """
        terms = self._terms(query)
        in_base = np.array([term.in_base for term in terms], dtype=np.int64)
        weights = np.fromiter(query.values(), np.float64, len(query))
        weights *= np.array([term.idf for term in terms], dtype=np.float64)
        here = _EVERY if allowed is None else allowed
        if len(self._here):
            here = self._here & here if len(here) else self._here
        known = in_base >= 0
        size = len(self._base.ids)
        out = self._number(self._base, excluded)
        ids, scores, matched = self._of_base(
            in_base[known], weights[known], here[:size], out, count
        )
        if len(self._tail.ids):
            in_tail = np.array([term.in_tail for term in terms], dtype=np.int64)
            known = in_tail >= 0
            out = self._number(self._tail, excluded)
            later, of_later, more = search(
                self._tail, in_tail[known], weights[known], self.k1, self._norms, here[size:], out
            )
            ids = np.concatenate([ids, self._tail.ids[later]])
            scores = np.concatenate([scores, of_later])
            ids, scores = top(ids, scores, count)
            matched = None if matched is None else matched + more
        return Ranking(ids, scores, matched)

    def _of_base(
        self, terms: Array, weights: Array, allowed: Array, excluded: int, count: int
    ) -> tuple[Array, Array, int | None]:
        """The ids and scores of the best of the base, best first; how many matched, if counted."""
        base = self._base
        if self._exact is not None and count > 0 and len(terms) <= _MOST_TERMS:
            found, scores, done = self._exact(
                terms, weights, self._drift, self.avgdl, self.k1, self.b, allowed, excluded, count
            )
            if done:
                return base.ids[found], scores, None
        found, scores, matched = search(
            base, terms, weights, self.k1, self._norms, allowed, excluded
        )
        return *top(base.ids[found], scores, count), matched

    def _norms(self, lengths: Array) -> Array:
        return norms_of(lengths, self.avgdl, self.k1, self.b)

    def idfs(self, terms: Iterable[str]) -> dict[str, float]:
        """How much each of `terms` that some document holds tells documents apart: its idf."""
        distinct = dict.fromkeys(terms)
        found = zip(distinct, self._terms(distinct), strict=True)
        return {term: known.idf for term, known in found if known.idf > 0}

    def shares(self, query: Mapping[str, float], id: int) -> dict[str, float]:
        """What each term of `query` adds to the score of the document with this number.

        In the query's order; added up they are its score.
        """
        part, document = self._place(id)
        terms, counts = forward.counts(part, document)
        often = dict(zip(terms.tolist(), counts.tolist(), strict=True))
        norm = float(self._norms(part.lengths[document]))
        out: dict[str, float] = {}
        for (term, weight), known in zip(query.items(), self._terms(query), strict=True):
            times = often.get(known.in_base if part is self._base else known.in_tail)
            if times is not None:
                out[term] = weight * known.idf * (times * (self.k1 + 1) / (times + norm))
        return out

    def likely(self, shares: Mapping[int, float], count: int, but: str) -> dict[str, float]:
        """The `count` likeliest terms of documents, likeliest first, and how likely each is.

        `shares` are those of the documents, by their numbers: a term gets tf / (tf + 1) of each
        that holds it. Of equals the later in the alphabet comes first. Terms that begin with the
        ASCII character `but` are left out.
        """
        held = [(share, *self._held(id, but)) for id, share in shares.items()]
        terms, sums = forward.likelihoods(held)
        if len(sums) > count:
            least = np.partition(sums, len(sums) - count)[len(sums) - count]
            terms, sums = terms[sums >= least], sums[sums >= least]
        found = zip(sums.tolist(), map(self._name, terms.tolist()), strict=True)
        return {term: likely for likely, term in sorted(found, reverse=True)[:count]}

    def _held(self, id: int, but: str) -> tuple[Array, Array]:
        """The terms of a document that do not begin with `but`, and how often it holds each.

        Those that only the tail has are numbered behind those of the base.
        """
        part, document = self._place(id)
        terms, often = forward.counts(part, document)
        if ord(but) in part.beginnings:
            other = part.term_bytes[part.term_starts[terms]] != ord(but)
            terms, often = terms[other], often[other]
        if part is not self._base:
            held = [part.term(term) for term in terms.tolist()]
            in_base = np.array(self._base.numbers(held), dtype=np.int64)
            terms = np.where(in_base < 0, terms + len(self._base.hashes), in_base)
        return terms, often

    def _name(self, term: int) -> str:
        """The term of this number, as `_held` numbers them."""
        name = self._names.get(term)
        if name is None:
            if len(self._names) > _REMEMBERED:
                self._names.clear()
            of_base = len(self._base.hashes)
            part, number = (self._base, term) if term < of_base else (self._tail, term - of_base)
            name = self._names[term] = part.term(number)
        return name

    def flags(self, ids: Array) -> Array:
        """Which documents have one of these library numbers: bool[N]."""
        flags = np.zeros(len(self.ids), dtype=np.bool_)
        flags[self._base.numbers_of(ids)] = True
        flags[self._tail.numbers_of(ids) + len(self._base.ids)] = True
        return flags & self._here if len(self._here) else flags

    @property
    def present(self) -> Array:
        """Which documents are not gone: bool[N]."""
        return self._here.copy() if len(self._here) else np.ones(len(self.ids), dtype=np.bool_)

    def begins(self, char: str) -> bool:
        """Whether any term begins with this ASCII character."""
        return any(ord(char) in part.beginnings for part in (self._base, self._tail))

    def holding(self, query: Sequence[str]) -> Array:
        """Which documents hold every term of `query`: bool[N], none where it has no term."""
        flags = np.full(len(self.ids), bool(query), dtype=np.bool_)
        for term in self._terms(query):
            holders = np.zeros(len(flags), dtype=np.bool_)
            if term.in_base >= 0:
                holders[self._base.holders(term.in_base)] = True
            if term.in_tail >= 0:
                holders[self._tail.holders(term.in_tail) + len(self._base.ids)] = True
            flags &= holders
        return flags

    def _terms(self, query: Collection[str]) -> list[_Term]:
        """What is known of each term, in the query's order."""
        known = self._known
        new = [term for term in query if term not in known]
        if new:
            known.update(self._looked_up(new))
            if len(known) > _REMEMBERED:
                self._known = {}  # whoever else is asking keeps the one they have
        return [known[term] for term in query]

    def _looked_up(self, terms: Sequence[str]) -> dict[str, _Term]:
        """Look terms up: one by one, as numpy's calls take longer than the few of a question."""
        in_base, in_tail = self._base.numbers(terms), self._tail.numbers(terms)
        of_base, of_tail = self._base.starts.data, self._tail.starts.data
        held: dict[str, int] = {}
        lost = self._lost.get
        for term, here, later in zip(terms, in_base, in_tail, strict=True):
            often = of_base[here + 1] - of_base[here] - lost(here, 0) if here >= 0 else 0
            often += of_tail[later + 1] - of_tail[later] if later >= 0 else 0
            if often:
                held[term] = often
        with self._counting:
            self._calc_idf(held)  # the formula, and so the last bit, is rank-bm25's
            idfs = [self.idf.get(term, 0.0) for term in terms]
            self.idf.clear()
        return dict(zip(terms, map(_Term, in_base, in_tail, idfs), strict=True))

    def _place(self, id: int) -> tuple[Postings, int]:
        document = self._number(self._tail, id)
        if document >= 0:
            return self._tail, document
        return self._base, self._number(self._base, id)

    @staticmethod
    def _number(part: Postings, id: int) -> int:
        """The document of this library number, -1 where it is not here: 0 is nobody's."""
        if not id:
            return -1
        found = part.numbers_of(np.array([id], dtype=np.int64))
        return int(found[0]) if len(found) else -1


def search(
    postings: Postings,
    terms: Array,
    weights: Array,
    k1: float,
    norms: Callable[[Array], Array],
    allowed: Array,
    excluded: int,
) -> tuple[Array, Array, int]:
    """All documents that share a term, their scores, and how many they are.

    `norms` gives those of lengths. `weights` float64[n] are what the `terms` int64[n] count, idf
    included. Term at a time, in their order, so that sums are rank-bm25's to the last bit.
    `allowed` is empty where every document may be found; `excluded` is -1 where none may not.
    """
    scores = np.zeros(len(postings.ids))
    touched = np.zeros(len(postings.ids), dtype=np.bool_)
    for term, weight in zip(terms.tolist(), weights.tolist(), strict=True):
        holders = postings.holders(term)
        often = postings.times(postings.starts[term], postings.starts[term + 1]).astype(np.float64)
        scores[holders] += weight * (often * (k1 + 1) / (often + norms(postings.lengths[holders])))
        touched[holders] = True
    if excluded >= 0:
        touched[excluded] = False
    if len(allowed):
        touched &= allowed
    found = np.flatnonzero(touched)
    return found, scores[found], len(found)
