"""How much room a text takes in a fixed-width font, and as much of it as fits."""

from __future__ import annotations

import re

# Unicode's East Asian widths W and F, the blocks that text uses.
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19"
    "\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\U0001f300-\U0001f64f\U0001f680-\U0001f6ff"
    "\U0001f900-\U0001f9ff\U00020000-\U0003fffd]+"
)
_COMBINING = re.compile("[\u0300-\u036f\u200b-\u200d\u2060\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]")


def columns(text: str) -> int:
    """How many columns `text` takes in a fixed-width font: a Han character takes two."""
    if text.isascii():
        return len(text)
    return len(text) + sum(map(len, _WIDE.findall(text))) - len(_COMBINING.findall(text))


def fits(text: str, width: int) -> bool:
    """Whether `text` takes at most `width` columns and is not much longer than that."""
    return len(text) <= _longest(width) and columns(text) <= width


def _longest(width: int) -> int:
    """How many characters may be in so many columns.

    Marks that take no column of their own may pile up without end.
    """
    return width + width // 2


def clip(text: str, width: int) -> str:
    """`text` in at most `width` columns, ended with … at a word's end where it had to be cut."""
    if fits(text, width):
        return text
    end = min(_fitting(text, width - 1), _longest(width) - 1)
    cut = text[:end]
    if end < len(text) and cut.isascii() and text[end].isalnum() and " " in cut:
        cut = cut[: cut.rindex(" ")]
    return cut.rstrip(" ,;:，；：、.(（") + "…"


def _fitting(text: str, width: int) -> int:
    """How many of the first characters of `text` take at most `width` columns."""
    low, high = 0, min(len(text), 2 * width)
    while low < high:
        middle = (low + high + 1) // 2
        if columns(text[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    return low
