"""Text to terms: one function for papers and for questions.

Folded text is cut into numbers, runs of Latin and other letters, and runs of Han characters.
Letters are split at hyphens, relieved of stop words and stemmed (Snowball English); a word and a
number joined by a hyphen are one term, as are letters and digits that touch (`covid-19`, `il-6`,
`p53`). Han runs are cut into words by jieba, and all their pairs of neighbouring characters are
terms too, and each character of a word: where two texts are cut differently, or name a thing by a
longer and by a shorter word (枣树, 枣), they still have these in common.
"""

from __future__ import annotations

import functools
import hashlib
import itertools
import re
import string
import threading
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from Stemmer import Stemmer

from corpus.text import segment
from corpus.text.normalise import HAN, fold, fold_with_offsets, has_han
from corpus.text.stopwords import CHINESE, ENGLISH

# Vowel signs and points of scripts that write them apart; \w leaves them out.
_SIGNS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03"
    "\u0a3c-\u0a4d\u0abc-\u0acd\u0b3c-\u0b4d\u0b82\u0bbe-\u0bcd\u0c3e-\u0c4d\u0cbc-\u0ccd"
    "\u0d3e-\u0d4d\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
)
_LETTERS = rf"[^\W_{HAN}]+(?:[{_SIGNS}]+[^\W_{HAN}]*)*"
NOT_HAN = re.compile(rf"\d+(?:[.,]\d+)+|{_LETTERS}(?:[-']{_LETTERS})*")
CHUNK = re.compile(rf"[{HAN}]+|{NOT_HAN.pattern}")
"""What of a folded text is analysed by itself: a run of Han, or else a word or a number."""
_IS_HAN = re.compile(f"[{HAN}]")
_STARTS_WITH_DIGIT = re.compile(r"\d")
_REMEMBERED = 1 << 18


PAIR = "_"
"""What the terms of pairs of Han characters and of single ones begin with, and no word does."""


class Token(NamedTuple):
    """A word's term and the characters `text[start:end]` that it comes from."""

    term: str
    start: int
    end: int


def terms(text: str) -> list[str]:
    """The terms of `text` in order, repeats included."""
    chunks = CHUNK.findall(fold(text))
    return list(itertools.chain.from_iterable(map(_terms.__getitem__, chunks)))


def words(text: str) -> list[str]:
    """What `text` is cut into for whoever analyses many texts, and each of their words once.

    At white space, which is done ten times as fast as telling words from signs; Chinese has none.
    """
    folded = fold(text)
    return CHUNK.findall(folded) if has_han(folded) else folded.split()


def terms_of(word: str) -> tuple[str, ...]:
    """The terms of one of `words(text)`; those of them all are `terms(text)`."""
    bare = word.strip(string.punctuation)
    if bare.isalpha() and bare.isascii():
        return _terms[bare]
    chunks = CHUNK.findall(word)
    if len(chunks) == 1:
        return _terms[chunks[0]]
    return tuple(itertools.chain.from_iterable(map(_terms.__getitem__, chunks)))


def is_pair(term: str) -> bool:
    """Whether `term` is a pair of neighbouring Han characters, or one of them, and not a word."""
    return term.startswith(PAIR)


def is_char(term: str) -> bool:
    """Whether `term` is a single Han character, which is no word or stands in one."""
    return len(term) == 2 and term.startswith(PAIR)


def pairs(run: str) -> list[str]:
    """The terms of the pairs of neighbouring characters in a run of Han."""
    return [PAIR + run[start : start + 2] for start in range(len(run) - 1)]


def tokens(text: str) -> list[Token]:
    """The words of `text` in order: those of `terms(text)`, with where they stand in it."""
    folded, places = fold_with_offsets(text)
    return [
        Token(term, places[match.start() + start], after(places, match.start() + end - 1))
        for match in CHUNK.finditer(folded)
        for term, start, end in analysed[match.group()]
    ]


def han_runs(text: str) -> list[str]:
    """The runs of Han characters in `text`, folded: what is handed to `segment.words`."""
    return [chunk for chunk in CHUNK.findall(fold(text)) if _IS_HAN.match(chunk)]


def after(places: Sequence[int], last: int) -> int:
    """Where the character that folded to `last` ends: one may fold to several, or to none."""
    if isinstance(places, range):
        return last + 1
    place, following = places[last], last + 1
    while places[following] == place and following < len(places) - 1:
        following += 1
    return places[following]


class _Analysed(dict[str, tuple[Token, ...]]):
    """Every chunk seen lately: text repeats its words, so few are analysed."""

    def __missing__(self, chunk: str) -> tuple[Token, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[chunk] = tuple(itertools.starmap(Token, _analyse(chunk)))
        return found


class _Terms(dict[str, tuple[str, ...]]):
    """The terms alone of every chunk seen lately."""

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        if chunk.isalpha() and chunk.isascii():  # nearly all are; what follows would say the same
            self[chunk] = () if chunk in ENGLISH else (_stem(chunk),)
            return self[chunk]
        found = [term for term, _, _ in _analyse(chunk)]
        if _IS_HAN.match(chunk):
            found += [*pairs(chunk), *(PAIR + char for word in found for char in word)]
        self[chunk] = tuple(found)
        return self[chunk]


analysed = _Analysed()
"""The words of each of the chunks of a folded text, and where they stand in it."""
_terms = _Terms()
_stemmer = Stemmer("english", 0)
_stemming = threading.Lock()  # a PyStemmer object must not be used by two threads at once


def _stem(word: str) -> str:
    with _stemming:
        return str(_stemmer.stemWord(word))


def _analyse(chunk: str) -> Iterator[tuple[str, int, int]]:
    """What makes up each token of `chunk`."""
    if _IS_HAN.match(chunk):
        yield from _han(chunk)
    elif chunk[0].isdigit() and not chunk.isalnum() and "-" not in chunk and "'" not in chunk:
        yield chunk.replace(",", ""), 0, len(chunk)
    else:
        yield from _letters(chunk)


def _han(run: str) -> Iterator[tuple[str, int, int]]:
    start = 0
    for word in segment.words(run):
        end = start + len(word)
        if word not in CHINESE:
            yield word, start, end
        start = end


def _letters(chunk: str) -> Iterator[tuple[str, int, int]]:
    parts = chunk.split("-")
    start = at = 0
    while at < len(parts):
        word = parts[at]
        end = start + len(word)
        at += 1
        if at < len(parts) and word.isalpha() and parts[at][0].isdigit():
            # covid-19, il-6: the number belongs to the name, which also stands for itself.
            upto = end + 1 + len(parts[at])
            yield word + parts[at].replace("'", ""), start, upto
            if len(word) > 3 and word not in ENGLISH:
                yield _stem(word), start, end
            at, start = at + 1, upto + 1
            continue
        word = word.removesuffix("'s").replace("'", "")
        if word not in ENGLISH:
            yield _stem(word) if word.isalpha() else word, start, end
        start = end + 1


@functools.cache
def version() -> str:
    """A fingerprint of everything that decides which terms a text has.

    An index made under another version is rebuilt, not misread.
    """
    digest = hashlib.blake2b(digest_size=6)
    for package in ("jieba", "OpenCC", "PyStemmer"):
        digest.update(f"{package} {metadata.version(package)}\n".encode())
    folder = Path(__file__).parent
    for module in ("normalise.py", "segment.py", "stopwords.py", "terms.py"):
        digest.update((folder / module).read_bytes())
    return digest.hexdigest()
