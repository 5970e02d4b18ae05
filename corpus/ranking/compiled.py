"""`bm25.search` in one compiled loop. Importing this imports numba, which takes a second."""

from __future__ import annotations

import heapq
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[Any]


@njit(nogil=True, cache=True)
def _best(scores: Array, allowed: Array, count: int) -> tuple[Array, Array, int]:
    """The `count` best of the documents that share a term, in no order, and how many there are."""
    matched = 0
    # Empty, but typed: numba has to know what the heap will hold.
    best: list[Any] = [(0.0, np.int64(0)) for _ in range(0)]
    for document in range(len(scores)):
        score = scores[document]
        if (score == 0.0 and np.signbit(score)) or (len(allowed) > 0 and not allowed[document]):
            continue
        matched += 1
        # Documents come in ascending order: an equal score later on never displaces one.
        if len(best) < count:
            heapq.heappush(best, (score, -document))
        elif count > 0 and score > best[0][0]:
            heapq.heapreplace(best, (score, -document))
    found = np.empty(len(best), dtype=np.int64)
    of_found = np.empty(len(best))
    for place in range(len(best)):
        of_found[place], found[place] = best[place][0], -best[place][1]
    return found, of_found, matched


@njit(nogil=True, cache=True)
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
    count: int,
    saturation: Array,
) -> tuple[Array, Array, int]:
    """As `corpus.ranking.bm25.search`, to the last bit, but only the `count` best come back.

    `saturation` float64[P] holds what each posting adds but for its term's idf, so that nothing is
    left to divide; where it is empty, as for a corpus too big to hold it, it is computed.
    """
    # Minus zero marks a document that shares no term: adding anything to it takes the sign away.
    scores = np.full(len(norms), -0.0)
    for position in range(len(terms)):
        term = terms[position]
        weight = weights[position] * idf[term]
        if len(saturation) > 0:
            for place in range(starts[term], starts[term + 1]):
                scores[documents[place]] += weight * saturation[place]
        else:
            for place in range(starts[term], starts[term + 1]):
                document = documents[place]
                often = np.float64(frequencies[place])
                scores[document] += weight * (often * (k1 + 1) / (often + norms[document]))
    if excluded >= 0:
        scores[excluded] = -0.0
    return _best(scores, allowed, count)
