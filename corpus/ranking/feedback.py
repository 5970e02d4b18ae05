"""Terms that a question did not say, taken from what it found first.

Pseudo-relevance feedback after Rocchio (Relevance feedback in information retrieval, 1971): the
best papers are taken to be right, and what they have in common is asked for as well. Short
questions gain by it; a question that has said everything already gains nothing, and is left alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import nlargest

PAPERS = 10
"""How many papers are taken to be right."""

_TERMS = 40
_CONSIDERED = 160
_WEIGHT = 0.5
_SAID_ENOUGH = 10
"""Up to so many terms, new ones count fully; in a question of more, less and less."""
_SAID_ALL = 40


def wanted(said: int) -> bool:
    """Whether a question of so many different terms gains by feedback."""
    return 0 < said <= _SAID_ALL


def expand(
    query: Mapping[str, float],
    said: int,
    found: Sequence[tuple[float, Mapping[str, int]]],
    idfs: Callable[[Iterable[str]], Mapping[str, float]],
) -> dict[str, float]:
    """`query`, whose own terms are `said` many, and the terms of what it `found`, with weights.

    `found` are the scores of the best papers, and how often each holds its terms. A term counts by
    tf / (tf + 1) in each of them, by their scores, and those with the most weight are taken.
    """
    total = sum(score for score, _ in found)
    if not total:
        return dict(query)
    likely: defaultdict[str, float] = defaultdict(float)
    for score, terms in found:
        share = score / total
        for term, often in terms.items():
            likely[term] += share * often / (often + 1)
    idf = idfs(nlargest(_CONSIDERED, likely, key=lambda term: (likely[term], term)))
    best = sorted(idf, key=lambda term: (-likely[term] * idf[term], term))[:_TERMS]
    if not best:
        return dict(query)
    weight = _WEIGHT * min(1.0, _SAID_ENOUGH / said) * max(query.values())
    most = max(likely[term] for term in best)
    out = dict(query)
    for term in best:
        out[term] = out.get(term, 0.0) + weight * likely[term] / most
    return out
