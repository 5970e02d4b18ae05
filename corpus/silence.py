"""Whether what was found has anything to do with the question.

There is always a paper that shares a word with a question, whatever it is about. What counts is how
much of the question the best paper shares, how telling that is, and how many of its words this
library has at all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from corpus.text.chatter import is_chatter
from corpus.text.query import Asked
from corpus.text.terms import is_char, pairs, terms

_ENOUGH = 0.37
"""The least product of three: the share of a question that the best paper has; its score, in units
of ln(N + 1), the idf of a word that no paper has; and the share of the question's words that any
paper has, in whichever language. `python -m tests.bench.quality --silence` says what comes of it:
96 % of what is off every topic is silenced. Chosen for that with each collection left out in its
turn, it lies between .32 and .40, and silences 96 % of what is off the topic of those left out and
1.7 % of their questions.
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
    met = _said(subject, shares, asked)
    share = sum(weights[term] for term in met) / sum(weights.values())
    known = len(_said(subject, idfs, asked)) / len(subject)
    score = sum(one for term, one in shares.items() if not is_chatter(term) and not is_char(term))
    return share < 1 and share * known * score / rarest < _ENOUGH


def _said(subject: Iterable[str], held: Mapping[str, float], asked: Asked) -> list[str]:
    """Those of the words that `held` has, itself or as what translates them."""
    translated = {asked.sources[term] for term in held if term in asked.sources}
    meant = {term for term in held if term not in asked.sources}.union(*map(terms, translated))
    # Where jieba cuts a word otherwise, its pairs are still there.
    return [
        term
        for term in subject
        if term in meant or ((cut := pairs(term)) and held.keys() >= set(cut))
    ]
