"""Finds the words that were asked for in one text after another."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from itertools import accumulate, compress, filterfalse
from string import punctuation

from corpus.text.normalise import fold_with_offsets, has_han
from corpus.text.terms import CHUNK, NOT_HAN, Token, after, analysed, terms_of

_REMEMBERED = 1 << 16


class _Terms(dict[str, tuple[str, ...]]):
    """`terms_of` every piece of an ASCII text seen lately."""

    def __missing__(self, piece: str) -> tuple[str, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[piece] = found = terms_of(piece)
        return found


_terms = _Terms()


class Matcher:
    """Finds the tokens of certain terms."""

    def __init__(self, wanted: Iterable[str]) -> None:
        self._wanted = frozenset(wanted)
        self._beginnings = _beginnings(self._wanted)
        # Where only English is wanted, Chinese text is not worth loading jieba.
        self._chunks = CHUNK if any(map(has_han, self._wanted)) else NOT_HAN
        self._met: set[str] = set()
        self._found: dict[str, tuple[Token, ...]] = {}  # of the pieces met that hold any

    def tokens(self, text: str) -> list[Token]:
        """Those of `tokens(text)` that are wanted."""
        folded, places = fold_with_offsets(text)
        # No word has a space in it, and few pieces hold what is wanted: only these are looked into.
        pieces = folded.split(" ")
        self._meet(set(pieces) - self._met)
        found = self._found
        if found.keys().isdisjoint(pieces):
            return []
        ends = accumulate(map(len, pieces))
        held = compress(enumerate(zip(pieces, ends, strict=True)), map(found.__contains__, pieces))
        shifted = (
            (term, spaces + end - len(piece) + start, spaces + end - len(piece) + stop)
            for spaces, (piece, end) in held
            for term, start, stop in found[piece]
        )
        if isinstance(places, range):
            return list(map(Token._make, shifted))
        return [
            Token(term, places[start], after(places, stop - 1)) for term, start, stop in shifted
        ]

    def _meet(self, pieces: set[str]) -> None:
        self._met |= pieces
        # To strip a piece takes a tenth of what its stem does.
        plain = [
            piece
            for piece in filter(str.isascii, pieces)
            if (bare := piece.strip(punctuation))[:2] in self._beginnings or not bare.isalpha()
        ]
        idle = map(self._wanted.isdisjoint, map(_terms.__getitem__, plain))
        for piece in compress(plain, map(operator.not_, idle)):
            self._look_into(piece)
        for piece in filterfalse(str.isascii, pieces):
            self._look_into(piece)

    def _look_into(self, piece: str) -> None:
        bare = piece.strip(punctuation)
        if bare.isalpha() and bare.isascii():  # most are; what follows would find the same
            start = piece.index(bare)
            self._found[piece] = (Token(_terms[piece][0], start, start + len(bare)),)
            return
        inside = tuple(
            Token(term, match.start() + start, match.start() + end)
            for match in self._chunks.finditer(piece)
            for term, start, end in analysed[match.group()]
            if term in self._wanted
        )
        if inside:
            self._found[piece] = inside


def _beginnings(terms: Iterable[str]) -> set[str]:
    """The first two letters of every word that can have one of these terms.

    They are those of its stem, but for dying and its like, whose stem is die, and for some of two
    or three letters that have a stem of one.
    """
    found = {term[:2] for term in terms}
    found |= {begin[0] + "y" for begin in found if begin[1:] == "i"}
    return found | {begin + second for begin in found if len(begin) == 1 for second in "ei"}
