"""Text to terms: one function for papers and for questions.

Folded text is cut into numbers, runs of Latin and other letters, and runs of Han characters.
Letters are split at hyphens, relieved of stop words and stemmed (Snowball English); a word and a
number joined by a hyphen are one term, as are letters and digits that touch (`covid-19`, `il-6`,
`p53`). Han runs are cut into words by jieba.
"""

from __future__ import annotations

import functools
import hashlib
import re
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from Stemmer import Stemmer

from corpus.text import segment
from corpus.text.normalise import HAN, fold, fold_with_offsets
from corpus.text.stopwords import CHINESE, ENGLISH

_LETTER = rf"[^\W_{HAN}]"
_CHUNK = re.compile(rf"\d+(?:[.,]\d+)+|[{HAN}]+|{_LETTER}+(?:[-']{_LETTER}+)*")
_PART = re.compile(r"[^-]+")
_IS_HAN = re.compile(f"[{HAN}]")
_STARTS_WITH_DIGIT = re.compile(r"\d")
_REMEMBERED = 1 << 18


class Token(NamedTuple):
    """A term and the characters `text[start:end]` that it comes from."""

    term: str
    start: int
    end: int


def terms(text: str) -> list[str]:
    """The terms of `text` in order, repeats included."""
    out: list[str] = []
    for chunk in _CHUNK.findall(fold(text)):
        out += _terms[chunk]
    return out


def tokens(text: str) -> list[Token]:
    """The terms of `text` in order, those of `terms(text)`, with where they stand in it."""
    return _located(text, _analysed)


def han_runs(text: str) -> list[str]:
    """The runs of Han characters in `text`, folded: what is handed to `segment.words`."""
    return [chunk for chunk in _CHUNK.findall(fold(text)) if _IS_HAN.match(chunk)]


class Matcher:
    """Finds the tokens of certain terms in one text after another."""

    def __init__(self, wanted: Collection[str]) -> None:
        self._of_chunk = _Wanted(wanted)

    def tokens(self, text: str) -> list[Token]:
        """Those of `tokens(text)` that are wanted."""
        return _located(text, self._of_chunk)


def _located(text: str, of_chunk: Mapping[str, tuple[Token, ...]]) -> list[Token]:
    folded, places = fold_with_offsets(text)
    out: list[Token] = []
    for match in _CHUNK.finditer(folded):
        found = of_chunk[match.group()]
        if found:
            base = match.start()
            for term, start, end in found:
                out.append(Token(term, places[base + start], _after(places, base + end - 1)))
    return out


def _after(places: Sequence[int], last: int) -> int:
    """Where the character that folded to `last` ends: one may fold to several, or to none."""
    place, following = places[last], last + 1
    while places[following] == place and following < len(places) - 1:
        following += 1
    return places[following]


class _Analysed(dict[str, tuple[Token, ...]]):
    """Every chunk seen lately: text repeats its words, so few are analysed."""

    def __missing__(self, chunk: str) -> tuple[Token, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[chunk] = tuple(_analyse(chunk))
        return found


class _Wanted(dict[str, tuple[Token, ...]]):
    """The wanted tokens of every chunk of the texts of one search."""

    def __init__(self, wanted: Collection[str]) -> None:
        self._wanted = wanted
        self._han = any(map(_IS_HAN.match, wanted))

    def __missing__(self, chunk: str) -> tuple[Token, ...]:
        # Where only English is wanted, Chinese text is not worth loading jieba.
        tokens = _analysed[chunk] if self._han or not _IS_HAN.match(chunk) else ()
        found = self[chunk] = tuple(token for token in tokens if token.term in self._wanted)
        return found


class _Terms(dict[str, tuple[str, ...]]):
    """The terms alone of every chunk seen lately."""

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = self[chunk] = tuple(term for term, _, _ in _analyse(chunk))
        return found


_analysed = _Analysed()
_terms = _Terms()
_stemmer = Stemmer("english", 0)
_stemming = threading.Lock()  # a PyStemmer object must not be used by two threads at once


def _stem(word: str) -> str:
    with _stemming:
        return str(_stemmer.stemWord(word))


def _analyse(chunk: str) -> Iterator[Token]:
    if _IS_HAN.match(chunk):
        yield from _han(chunk)
    elif chunk[0].isdigit() and not chunk.isalnum() and "-" not in chunk and "'" not in chunk:
        yield Token(chunk.replace(",", ""), 0, len(chunk))
    else:
        yield from _letters(chunk)


def _han(run: str) -> Iterator[Token]:
    start = 0
    for word in segment.words(run):
        end = start + len(word)
        if word not in CHINESE:
            yield Token(word, start, end)
        start = end


def _letters(chunk: str) -> Iterator[Token]:
    parts = list(_PART.finditer(chunk))
    position = 0
    while position < len(parts):
        part = parts[position]
        word, start, end = part.group(), part.start(), part.end()
        position += 1
        if word.isalpha() and position < len(parts) and parts[position].group()[0].isdigit():
            # covid-19, il-6: the number belongs to the name, which also stands for itself.
            joined = parts[position]
            position += 1
            yield Token(word + joined.group().replace("'", ""), start, joined.end())
            if len(word) > 3 and word not in ENGLISH:
                yield Token(_stem(word), start, end)
            continue
        word = word.removesuffix("'s").replace("'", "")
        if word not in ENGLISH:
            yield Token(_stem(word) if word.isalpha() else word, start, end)


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
