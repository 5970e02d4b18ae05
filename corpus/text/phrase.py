"""A phrase as it has to stand in a text."""

from __future__ import annotations

import re

from corpus.text.normalise import HAN, fold

_LETTER = rf"[^\W{HAN}]"


def phrase_pattern(phrase: str) -> re.Pattern[str]:
    """What finds `phrase` in folded text: whole words, of which the last may be in the plural.

    Chinese has no spaces, so that there a phrase may begin and end anywhere.
    """
    said = r"\s+".join(map(re.escape, fold(phrase).split()))
    return re.compile(rf"(?:(?<!{_LETTER})|(?={_HAN})){said}(?:(?<={_HAN})|(?:e?s)?(?!{_LETTER}))")


_HAN = f"[{HAN}]"
