"""Whether what was found has anything to do with the question.

There is always a paper that shares a word with a question, whatever it is about. What counts is how
much of the question the best paper shares, and how telling that is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from corpus.text.chatter import is_chatter
from corpus.text.query import Asked
from corpus.text.terms import pairs, terms

_ENOUGH = 0.53
"""The least product of the share of a question that the best paper has and its score, in units of
ln(N + 1): the idf of a word that no paper has. `python -m tests.bench.quality --silence` says what
comes of it: 95 % of what is off every topic is silenced, whichever collection is left out of
choosing it, which moves it by 0.02.
"""


def says_nothing(
    asked: Asked, shares: Mapping[str, float], idfs: Mapping[str, float], papers: int
) -> bool:
    """Whether even the best of the papers found has too little to do with what was asked.

    `shares` are what each term adds to its score, `idfs` those of the terms that any of the
    `papers` holds.
    """
    subject = [term for term in set(asked.terms) if not is_chatter(term)]
    if not subject or not shares:
        return True
    rarest = math.log(papers + 1)
    weights = {term: asked.weights[term] * idfs.get(term, rarest) for term in subject}
    met = {word for term in shares for word in _meant(term, asked)}
    # A paper in which jieba cuts a word otherwise still has its pairs.
    met |= {term for term in subject if (cut := pairs(term)) and shares.keys() >= set(cut)}
    covered = sum(weight for term, weight in weights.items() if term in met)
    score = sum(share for term, share in shares.items() if not is_chatter(term))
    share = covered / sum(weights.values())
    return share < 1 and share * score / rarest < _ENOUGH


def _meant(term: str, asked: Asked) -> list[str]:
    """The words of the question that `term` is, or translates."""
    source = asked.sources.get(term)
    return terms(source) if source else [term]
