"""The exact best of many scores, without sorting them all."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def top(candidates: Array, scores: Array, count: int) -> tuple[Array, Array]:
    """The `count` candidates with the highest scores, and these scores, best first.

    `candidates` int64[M] are distinct, `scores` float64[M] are theirs. Of equal scores the lower
    candidate comes first, also where the last place is shared.
    """
    if count <= 0:
        return candidates[:0], scores[:0]
    if len(candidates) > count:
        limit = np.partition(scores, len(scores) - count)[len(scores) - count]
        inside = scores >= limit
        candidates, scores = candidates[inside], scores[inside]
    order = np.lexsort((candidates, -scores))[:count]
    return candidates[order], scores[order]
