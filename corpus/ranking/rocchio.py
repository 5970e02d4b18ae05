"""A question moved towards papers that are liked and away from others.

Rocchio, Relevance feedback in information retrieval (1971), over the weights of terms: the
question, plus the mean of the papers liked, less a part of the mean of those that are not, each
taken as a vector of length 1 in which a term counts its weight times its idf. What is left below
zero is not asked for.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

Weights = Mapping[str, float]

_LIKED, _DISLIKED = 1.0, 0.25
"""What the papers count, beside a question that counts 1; 0.25 is what is usual for the others."""

_TERMS = 200


def moved(
    asked: Weights,
    liked: Sequence[Weights],
    disliked: Sequence[Weights],
    idfs: Callable[[Iterable[str]], Weights],
) -> dict[str, float]:
    """The terms of `asked` and of papers `liked` with their weights, the heaviest 200.

    `asked` may be empty. Terms that no paper holds are left out. The weights are about as large as
    those of the question, or else of the papers.
    """
    idf = idfs(dict.fromkeys(term for part in (asked, *liked, *disliked) for term in part))
    lengths = [_length(part, idf) for part in (asked, *liked)]
    scale = lengths[0] or sum(lengths[1:]) / max(len(liked), 1)
    if not scale:
        return dict(asked)
    out: defaultdict[str, float] = defaultdict(float)
    for parts, share in (([asked], 1.0), (liked, _LIKED), (disliked, -_DISLIKED)):
        for part in parts:
            length = _length(part, idf)
            for term, weight in part.items():
                if length:
                    out[term] += share / len(parts) * weight / length
    known = [term for term, weight in out.items() if weight > 0 and term in idf]
    # Sums run in the order of terms: that of the question and the papers, the same every time.
    kept = set(sorted(known, key=lambda term: (-out[term] * idf[term], term))[:_TERMS])
    return {term: scale * weight for term, weight in out.items() if term in kept}


def _length(weights: Weights, idf: Weights) -> float:
    return math.sqrt(sum((weight * idf.get(term, 0.0)) ** 2 for term, weight in weights.items()))
