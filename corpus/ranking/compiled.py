"""`bm25.search` in one compiled loop. Importing this imports numba, which takes a second."""

from __future__ import annotations

import heapq
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[Any]


@njit(nogil=True, cache=True)
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
    count: int,
    saturation: Array,
    kinds: Array,
) -> tuple[Array, Array, int]:
    """As `corpus.ranking.bm25.search`, to the last bit, but only the `count` best come back.

    `saturation` float64[F, L] holds what a term adds but for its idf: row f for a frequency of f,
    column `kinds[d]` for the length of document d. It is a division less for every posting;
    frequencies of F and more, which few terms have, are computed.
    """
    rows = len(saturation)
    scores = np.zeros(len(norms))
    touched = np.zeros(len(norms), dtype=np.bool_)
    for term in terms:
        weight = idf[term]
        for place in range(starts[term], starts[term + 1]):
            document = documents[place]
            if frequencies[place] < rows:
                scores[document] += weight * saturation[frequencies[place], kinds[document]]
            else:
                often = np.float64(frequencies[place])
                scores[document] += weight * (often * (k1 + 1) / (often + norms[document]))
            touched[document] = True
    if excluded >= 0:
        touched[excluded] = False
    matched = 0
    # Empty, but typed: numba has to know what the heap will hold.
    best: list[Any] = [(0.0, np.int64(0)) for _ in range(0)]
    for document in range(len(norms)):
        if not touched[document] or (len(allowed) > 0 and not allowed[document]):
            continue
        matched += 1
        # Documents come in ascending order: an equal score later on never displaces one.
        if len(best) < count:
            heapq.heappush(best, (scores[document], -document))
        elif count > 0 and scores[document] > best[0][0]:
            heapq.heapreplace(best, (scores[document], -document))
    found = np.empty(len(best), dtype=np.int64)
    of_found = np.empty(len(best))
    for place in range(len(best)):
        of_found[place], found[place] = best[place][0], -best[place][1]
    return found, of_found, matched
