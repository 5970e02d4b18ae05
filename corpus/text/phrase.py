"""A phrase as it has to stand in a text."""

from __future__ import annotations

import re
from collections.abc import Callable

from corpus.text.normalise import HAN, fold, has_han

_LETTER = re.compile(rf"[^\W{HAN}]")
_ENDS_HERE = re.compile(rf"(?:e?s)?(?![^\W{HAN}])")


def stands(phrase: str) -> Callable[[str], bool]:
    """What says whether `phrase` stands in a folded text: whole words, the last also in the plural.

    Chinese has no spaces, so that there a phrase may begin and end anywhere.
    """
    pattern = re.compile(r"\s+".join(map(re.escape, fold(phrase).split())))

    def within(text: str) -> bool:
        return any(_whole(text, *found.span()) for found in pattern.finditer(text))

    return within


def _whole(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` begins and ends with a word."""
    if start and not has_han(text[start]) and _LETTER.match(text[start - 1]):
        return False
    return has_han(text[end - 1]) or _ENDS_HERE.match(text, end) is not None
