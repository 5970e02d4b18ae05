"""Which papers filters allow by their words: those the index knows, and phrases in their texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.paper import Filters
from corpus.ranking.bm25 import Ranker
from corpus.stopping import looking
from corpus.text.normalise import fold
from corpus.text.phrase import stands
from corpus.text.terms import PAIR, is_char, is_pair, terms

Array = NDArray[Any]

_AT_ONCE = 500


def allowed(filters: Filters, ranker: Ranker) -> Array:
    """Which documents `filters` allow by words and hidden numbers: bool[N].

    Those that hold the words of every phrase are allowed: `Phrases` says which of them say it.
    """
    found: Array = ranker.present
    for word in filters.without:
        found &= ~ranker.holding(_said(word))
    if filters.hidden:
        found &= ~ranker.flags(np.array(filters.hidden))
    for phrase in filters.phrases:
        if words := _said(phrase):
            found &= ranker.holding(words)
    return found


class Phrases:
    """What papers have to say; the texts of each are read once."""

    def __init__(self, db: sqlite3.Connection, phrases: Sequence[str]) -> None:
        self._db = db
        self._stand = [stands(phrase) for phrase in phrases]
        self._say: set[int] = set()

    def __bool__(self) -> bool:
        return bool(self._stand)

    def missing(self, ids: Array) -> Array:
        """Those of the papers `ids` that do not say all of it in a title or an abstract: int64."""
        unread = [id for id in dict.fromkeys(ids.tolist()) if id not in self._say]
        for start in looking(range(0, len(unread), _AT_ONCE)):
            self._read(unread[start : start + _AT_ONCE])
        return np.array([id for id in unread if id not in self._say], dtype=np.int64)

    def _read(self, some: Sequence[int]) -> None:
        rows = self._db.execute(
            "SELECT id, title, abstract, translated_title, translated_abstract FROM papers"
            f" WHERE id IN ({','.join('?' * len(some))})",
            some,
        )
        for id, *texts in rows:
            folded = [fold(text) for text in texts if text]
            if all(any(map(stand, folded)) for stand in self._stand):
                self._say.add(id)


def _said(word: str) -> list[str]:
    """The terms that a paper holds where it says `word`: jieba may have cut it otherwise there."""
    found = [term for term in terms(word) if not is_char(term)]
    paired = {char for term in found if is_pair(term) for char in term[len(PAIR) :]}
    return [term for term in found if is_pair(term) or not paired.issuperset(term)]
