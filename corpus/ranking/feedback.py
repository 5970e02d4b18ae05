"""Terms that a question did not say, taken from what it found first.

Pseudo-relevance feedback after Rocchio (Relevance feedback in information retrieval, 1971): the
best papers are taken to be right, and what they have in common is asked for as well. Short
questions gain by it; a question that has said everything already gains nothing, and is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

PAPERS = 10
"""How many papers are taken to be right."""

CONSIDERED = 160
"""Of how many of the likeliest terms the idf is looked at."""

_TERMS = 40
_WEIGHT = 0.5
_SAID_ENOUGH = 10
"""Up to so many terms, new ones count fully; in a question of more, less and less."""
_SAID_ALL = 40


def wanted(said: int) -> bool:
    """Whether a question of so many different terms gains by feedback."""
    return 0 < said <= _SAID_ALL


def shares(scores: Sequence[float]) -> list[float]:
    """What part each of the best papers has in what is learnt, by their scores."""
    total = sum(scores)
    return [score / total for score in scores] if total else []


def expand(
    query: Mapping[str, float],
    said: int,
    likely: Mapping[str, float],
    idfs: Callable[[Iterable[str]], Mapping[str, float]],
) -> dict[str, float]:
    """`query`, whose own terms are `said` many, and the terms of what it found, with weights.

    `likely` are the likeliest terms of the best papers, and how likely each is. Those with the most
    weight are taken.
    """
    idf = idfs(likely)
    best = sorted(idf, key=lambda term: (-likely[term] * idf[term], term))[:_TERMS]
    if not best:
        return dict(query)
    weight = _WEIGHT * min(1.0, _SAID_ENOUGH / said) * max(query.values())
    most = max(likely[term] for term in best)
    out = dict(query)
    for term in best:
        out[term] = out.get(term, 0.0) + weight * likely[term] / most
    return out
