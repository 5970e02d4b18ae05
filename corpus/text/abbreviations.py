"""What the abbreviations of a text stand for."""

from __future__ import annotations

import itertools
import operator
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from corpus.text.terms import Token

_INTRODUCED = re.compile(r"[(（]([A-Z][A-Za-z0-9-]{1,7}?)s?[)），,;；]")
# Of a hostile text no more is read.
_MOST, _LONGEST_NAME = 20, 5
_START = operator.attrgetter("start")


def abbreviated(text: str, found: Sequence[Token]) -> list[Token]:
    """Tokens of `found` again wherever `text` abbreviates them, in order.

    After `postoperative delirium (POD)` each POD is one of either word, if both are in `found`.
    """
    out: list[Token] = []
    names: set[str] = set()
    for short in itertools.islice(_INTRODUCED.finditer(text), _MOST):
        name = short.group(1)
        terms = _before(found, short.start())
        if terms and name not in names:
            names.add(name)
            for start in _later(text, name, short.end()):
                out += (Token(term, start, start + len(name)) for term in terms)
    return sorted(out, key=_START)


def _before(found: Sequence[Token], end: int) -> list[str]:
    """The terms of the words that end at `end`; words such as `of` may stand between them."""
    terms: list[str] = []
    for place in range(bisect_left(found, end, key=_START) - 1, -1, -1):
        if end - found[place].end > (4 if terms else 1) or len(terms) == _LONGEST_NAME:
            break
        terms.append(found[place].term)
        end = found[place].start
    return terms


def _later(text: str, name: str, start: int) -> Iterable[int]:
    """Where `name` stands as a word of `text[start:]`, or its plural."""
    while (start := text.find(name, start)) >= 0:
        end = start + len(name)
        around = text[start - 1] + text[end : end + 2].removeprefix("s")[:1]
        if not any(char.isascii() and char.isalnum() for char in around):
            yield start
        start = end
