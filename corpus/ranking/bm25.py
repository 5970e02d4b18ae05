"""rank-bm25's BM25Okapi over postings: the same scores without looking at every document.

Trotman, Puurula and Burgess, Improvements to BM25 and Language Models Examined (ADCS 2014),
as rank_bm25.BM25Okapi puts it: each query term t, repeats included, in the query's order, adds

    idf(t) · tf · (k1 + 1) / (tf + k1 · (1 - b + b · length / average length))

to a document that holds it tf times, where idf(t) = ln(N - df + ½) - ln(df + ½), and where that is
negative, epsilon times the mean idf of the vocabulary.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from corpus.ranking.postings import Postings
from corpus.ranking.top import top

Array = NDArray[Any]
Search = Callable[..., tuple[Array, Array, int]]


class Ranking(NamedTuple):
    """Library numbers int64[K] and their scores float64[K], best first; how many matched."""

    ids: Array
    scores: Array
    matched: int


class Okapi(BM25Okapi):
    """rank-bm25's `BM25Okapi` with its parameters and idf, over `Postings`.

    What it leaves undefined is defined here: an empty corpus finds nothing; where the mean idf
    is zero or less (one paper, or only common words) idf is ln(1 + (N − df + ½) / (df + ½)) for
    every term; only documents that share a term are found, whatever their score; of equal scores
    the lower number comes first.
    """

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._search: Search = search
        self._numbers: dict[str, int] = {}
        super().__init__(postings)

    def _initialize(self, corpus: Postings) -> Array:
        """The document frequencies int64[V], in place of a count over every document."""
        self.corpus_size = len(corpus.ids)
        self.doc_len = corpus.lengths
        total = int(corpus.lengths.sum(dtype=np.int64))
        # Where every document is empty nothing can match, and any average but zero will do.
        self.avgdl = total / self.corpus_size if total else 1.0
        self.norms = self.k1 * (1 - self.b + self.b * corpus.lengths / self.avgdl)
        return corpus.document_frequencies

    def _calc_idf(self, nd: Array) -> None:
        """The idf of every term, float64[V]; terms of equal document frequency have one idf."""
        self.average_idf = 0.0
        self.idf = np.zeros(len(nd))
        if not len(nd):
            return
        size = self.corpus_size
        distinct, of_term, terms = np.unique(nd, return_inverse=True, return_counts=True)
        # math.log, not numpy's: the last bit is rank-bm25's. Only the mean is summed in another
        # order than there, which shows, at 1e-12 of a score, where a term is in over half of all.
        idf = np.array([math.log(size - df + 0.5) - math.log(df + 0.5) for df in distinct.tolist()])
        self.average_idf = float((idf * terms).sum() / len(nd))
        if self.average_idf > 0:
            idf[idf < 0] = self.epsilon * self.average_idf
        else:
            idf = np.log1p((size - distinct + 0.5) / (distinct + 0.5))
        self.idf = idf[of_term]

    def compile(self) -> None:
        """From now on search with the compiled loop: the same results, sooner."""
        from corpus.ranking.compiled import search as compiled

        often = self._postings.frequencies
        if len(often) <= _HELD:
            norms = self.norms[self._postings.documents]
            saturation = often * (self.k1 + 1) / (often + norms)
        else:
            saturation = np.empty(0)
        self._search = functools.partial(compiled, saturation=saturation)
        self.rank((), 1)  # compiles, or loads what an earlier process compiled

    def get_scores(self, query: Sequence[str]) -> Array:
        """The score of every document, float64[N], as `BM25Okapi.get_scores` gives them."""
        scores = np.zeros(self.corpus_size)
        ranking = self.rank(query, self.corpus_size)
        scores[np.searchsorted(self._postings.ids, ranking.ids)] = ranking.scores
        return scores

    def rank(
        self, query: Sequence[str], count: int, allowed: Array | None = None, excluded: int = 0
    ) -> Ranking:
        """The `count` best of the documents that share a term with `query`.

        `allowed` bool[N] says which documents may be found; `excluded` is a library number that
        may not. The statistics stay those of the whole corpus.
        """
        postings = self._postings
        out = postings.numbers_of(np.array([excluded], dtype=np.int64))
        found, scores, matched = self._search(
            self._known(query),
            postings.starts,
            postings.documents,
            postings.frequencies,
            self.idf,
            self.norms,
            self.k1,
            _EVERY if allowed is None else allowed,
            int(out[0]) if len(out) else -1,
            count,
        )
        best, of_best = top(found, scores, count)
        return Ranking(postings.ids[best], of_best, int(matched))

    def weights(self, query: Sequence[str]) -> dict[str, float]:
        """How much each term of `query` that some document holds tells documents apart: its idf."""
        terms = list(dict.fromkeys(query))
        numbers = self._postings.numbers(terms).tolist()
        found = zip(terms, numbers, strict=True)
        return {term: float(self.idf[number]) for term, number in found if number >= 0}

    def flags(self, ids: Array) -> Array:
        """Which documents have one of these library numbers: bool[N]."""
        flags = np.zeros(self.corpus_size, dtype=np.bool_)
        flags[self._postings.numbers_of(ids)] = True
        return flags

    def holding(self, query: Sequence[str]) -> Array:
        """Which documents hold every term of `query`: bool[N], none where it has no term."""
        postings = self._postings
        flags = np.full(self.corpus_size, bool(query), dtype=np.bool_)
        for number in postings.numbers(query).tolist():
            holders = np.zeros(self.corpus_size, dtype=np.bool_)
            if number >= 0:
                start, end = postings.starts[number : number + 2]
                holders[postings.documents[start:end]] = True
            flags &= holders
        return flags

    def _known(self, query: Sequence[str]) -> Array:
        """The numbers of the terms that some document holds, in the query's order."""
        if len(self._numbers) > _REMEMBERED:
            self._numbers = {}
        numbers = self._numbers
        new = [term for term in dict.fromkeys(query) if term not in numbers]
        if new:
            numbers.update(zip(new, self._postings.numbers(new).tolist(), strict=True))
        found = np.array([numbers[term] for term in query], dtype=np.int64)
        return found[found >= 0]


_REMEMBERED = 1 << 18
_HELD = 1 << 24  # postings whose saturation is held in memory: 128 MB
_EVERY = np.empty(0, dtype=np.bool_)


def search(
    terms: Array,
    starts: Array,
    documents: Array,
    frequencies: Array,
    idf: Array,
    norms: Array,
    k1: float,
    allowed: Array,
    excluded: int,
    _count: int,
) -> tuple[Array, Array, int]:
    """Documents among which the best are, their scores, and how many matched.

    Term at a time, in the order of `terms`, so that sums are rank-bm25's to the last bit.
    `allowed` is empty where every document may be found; `excluded` is -1 where none may not.
    """
    scores = np.zeros(len(norms))
    touched = np.zeros(len(norms), dtype=np.bool_)
    for term in terms.tolist():
        holders = documents[starts[term] : starts[term + 1]]
        often = frequencies[starts[term] : starts[term + 1]].astype(np.float64)
        scores[holders] += idf[term] * (often * (k1 + 1) / (often + norms[holders]))
        touched[holders] = True
    if excluded >= 0:
        touched[excluded] = False
    if len(allowed):
        touched &= allowed
    found = np.flatnonzero(touched)
    return found, scores[found], len(found)
