"""One spelling for what readers take to be the same text."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence

from opencc import OpenCC

HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The Han characters as the inside of a character class."""

_HAN = re.compile(f"[{HAN}]")
_UNIFIED = {
    **dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－"), "-"),
    **dict.fromkeys(map(ord, "‘’‚‛′＇`´"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″＂«»"), '"'),
    # Soft hyphen, zero-width space and joiners, word joiner, byte order mark: invisible.
    **dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), None),
}
_UNIFIABLE = re.compile("[" + re.escape("".join(map(chr, _UNIFIED))) + "]")


def _unified(text: str) -> str:
    # A tenth of the time that str.translate takes: most characters are none of these.
    return _UNIFIABLE.sub(lambda found: _UNIFIED[ord(found.group())] or "", text)


@functools.cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def has_han(text: str) -> bool:
    """Whether any character of `text` is Han."""
    return not text.isascii() and _HAN.search(text) is not None


def fold(text: str) -> str:
    """`text` in NFKC, without case, accents on Latin letters, or Traditional characters.

    Dashes and quotation marks become `-`, `'` and `"`; invisible characters go.
    """
    if text.isascii():
        return text.lower()
    # Before NFKC, which takes an accent used as an apostrophe apart, and after it.
    folded = _unified(unicodedata.normalize("NFKC", _unified(text)))
    folded = unicodedata.normalize("NFKC", folded.casefold())
    if not folded.isascii():
        folded = _without_accents(folded)
        if _HAN.search(folded):
            folded = _simplifier().convert(folded)
    return folded


_MAYBE_ACCENTED = re.compile("[\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]")
_LATIN_WITH_MARKS = re.compile("([\x00-\u024f])[\u0300-\u036f]+")


def _without_accents(text: str) -> str:
    if not _MAYBE_ACCENTED.search(text):
        return text
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", _LATIN_WITH_MARKS.sub(r"\1", apart))


def fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """`fold(text)`, and for each of its characters the place in `text` that it came from.

    The sequence has one more entry than the folded text: its last is `len(text)`.
    """
    folded = fold(text)
    if len(folded) == len(text) and (text.isascii() or all(map(_folds_alone, set(text)))):
        return folded, range(len(text) + 1)
    pieces: list[str] = []
    places: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and _joins(text[end]):
            end += 1
        piece = fold(text[start:end])
        pieces.append(piece)
        places.extend([start] * len(piece))
        start = end
    places.append(len(text))
    # Which simplified character is right can depend on the neighbours, as in 乾燥 and 乾隆.
    joined = "".join(pieces)
    return (folded if len(folded) == len(joined) else joined), places


def _joins(char: str) -> bool:
    """Whether `char` can become one with what stands before it."""
    # Vowels and finals of Hangul, voicing marks of Kana, and what folding drops.
    return (
        unicodedata.combining(char) != 0
        or "\u1160" <= char <= "\u11ff"
        or char in "\uff9e\uff9f"
        or _UNIFIED.get(ord(char), char) is None
    )


@functools.lru_cache(maxsize=1 << 14)
def _folds_alone(char: str) -> bool:
    """Whether `char` becomes exactly one character, whatever stands beside it."""
    return len(fold(char)) == 1 and not _joins(char)


_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_ASCII_SIGNS = bytes(byte for byte in range(128) if not chr(byte).isalnum())


def key(text: str) -> str:
    """`text` reduced to its folded letters and digits: equal for equal titles or abstracts."""
    folded = fold(text)
    if folded.isascii():
        return folded.encode().translate(None, _ASCII_SIGNS).decode()
    return _NOT_ALPHANUMERIC.sub("", folded)
