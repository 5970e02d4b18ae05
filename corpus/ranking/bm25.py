"""rank-bm25's BM25Plus over postings: the same scores without looking at every document.

Lv and Zhai, Lower-bounding term frequency normalization (CIKM 2011), as rank_bm25.BM25Plus puts
it, with its δ at zero. Each term t of the query, in the query's order, adds

    w(t) · idf(t) · tf · (k1 + 1) / (tf + k1 · (1 - b + b · length / average length))

to a document that holds it tf times, where idf(t) = ln((N + 1) / df) and w(t) is the weight that
the query gives the term.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Plus

from corpus.ranking.postings import Postings
from corpus.ranking.top import top

Array = NDArray[Any]
Search = Callable[..., tuple[Array, Array, int]]


class Ranking(NamedTuple):
    """Library numbers int64[K] and their scores float64[K], best first; how many matched."""

    ids: Array
    scores: Array
    matched: int


class Ranker(BM25Plus):
    """rank-bm25's `BM25Plus` with its parameters and idf, over `Postings`.

    What it leaves undefined is defined here: an empty corpus finds nothing; only documents that
    share a term are found; of equal scores the lower number comes first.
    """

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._search: Search = search
        self._numbers: dict[str, int] = {}
        super().__init__(postings, delta=0)

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
        distinct, of_term = np.unique(nd, return_inverse=True)
        # math.log, not numpy's: the last bit is rank-bm25's.
        idf = [math.log((self.corpus_size + 1) / df) for df in distinct.tolist()]
        self.idf = np.array(idf)[of_term] if idf else np.zeros(0)

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
        self.rank({}, 1)  # compiles, or loads what an earlier process compiled

    def get_scores(self, query: Sequence[str]) -> Array:
        """The score of every document, float64[N], as `BM25Plus.get_scores` gives them.

        A term that stands in the query twice counts twice.
        """
        scores = np.zeros(self.corpus_size)
        ranking = self.rank(Counter(query), self.corpus_size)
        scores[np.searchsorted(self._postings.ids, ranking.ids)] = ranking.scores
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
        postings = self._postings
        out = postings.numbers_of(np.array([excluded], dtype=np.int64))
        numbers = self._known(query)
        terms = numbers >= 0
        weights = np.fromiter(query.values(), dtype=np.float64, count=len(query))
        found, scores, matched = self._search(
            numbers[terms],
            weights[terms],
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

    def idfs(self, terms: Iterable[str]) -> dict[str, float]:
        """How much each of `terms` that some document holds tells documents apart: its idf."""
        distinct = dict.fromkeys(terms)
        found = zip(distinct, self._known(distinct).tolist(), strict=True)
        return {term: float(self.idf[number]) for term, number in found if number >= 0}

    def shares(self, query: Mapping[str, float], id: int) -> dict[str, float]:
        """What each term of `query` adds to the score of the document with this number.

        In the query's order; added up they are its score.
        """
        postings = self._postings
        (document,) = postings.numbers_of(np.array([id], dtype=np.int64)).tolist()
        out: dict[str, float] = {}
        for (term, weight), number in zip(query.items(), self._known(query).tolist(), strict=True):
            if number < 0:
                continue
            start, end = postings.starts[number : number + 2].tolist()
            place = start + int(np.searchsorted(postings.documents[start:end], document))
            if place < end and postings.documents[place] == document:
                often = float(postings.frequencies[place])
                saturation = often * (self.k1 + 1) / (often + float(self.norms[document]))
                out[term] = weight * float(self.idf[number]) * saturation
        return out

    def flags(self, ids: Array) -> Array:
        """Which documents have one of these library numbers: bool[N]."""
        flags = np.zeros(self.corpus_size, dtype=np.bool_)
        flags[self._postings.numbers_of(ids)] = True
        return flags

    def begins(self, char: str) -> bool:
        """Whether any term begins with this ASCII character."""
        postings = self._postings
        return bool((postings.term_bytes[postings.term_starts[:-1]] == ord(char)).any())

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

    def _known(self, query: Iterable[str]) -> Array:
        """The number of each term, -1 where no document holds it: int64, in the query's order."""
        if len(self._numbers) > _REMEMBERED:
            self._numbers = {}
        numbers = self._numbers
        query = list(query)
        new = [term for term in query if term not in numbers]
        if new:
            numbers.update(zip(new, self._postings.numbers(new).tolist(), strict=True))
        return np.array([numbers[term] for term in query], dtype=np.int64)


_REMEMBERED = 1 << 18
_HELD = 1 << 24  # postings whose saturation is held in memory: 128 MB
_EVERY = np.empty(0, dtype=np.bool_)


def search(
    terms: Array,
    weights: Array,
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
    for term, weight in zip(terms.tolist(), weights.tolist(), strict=True):
        holders = documents[starts[term] : starts[term + 1]]
        often = frequencies[starts[term] : starts[term + 1]].astype(np.float64)
        scores[holders] += weight * idf[term] * (often * (k1 + 1) / (often + norms[holders]))
        touched[holders] = True
    if excluded >= 0:
        touched[excluded] = False
    if len(allowed):
        touched &= allowed
    found = np.flatnonzero(touched)
    return found, scores[found], len(found)
