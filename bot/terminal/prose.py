"""Lines of text in both languages: Chinese breaks between characters, English between words."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.text import Text

from corpus.text.normalise import has_han
from corpus.text.width import columns

_NEVER_FIRST = frozenset("，。、；：！？）》」』】〕”’…·,.;:!?)]}%％")
_NEVER_LAST = frozenset("（《「『【〔“‘([{")


class Prose:
    """Text in lines no wider than the console, the first indented by `first`, others by `rest`."""

    def __init__(self, text: Text, first: int = 0, rest: int = 0) -> None:
        self._text = text
        self._first = first
        self._rest = rest

    def __rich_console__(self, console: Console, _: ConsoleOptions) -> Iterable[RenderableType]:
        indent = self._first
        for part in self._text.split("\n", allow_blank=True):
            for start, end in lines(part.plain, console.width, indent, self._rest):
                yield Text(" " * indent).append_text(part[start:end])
                indent = self._rest


def lines(text: str, width: int, first: int = 0, rest: int = 0) -> Iterable[tuple[int, int]]:
    """The ranges of `text` that stand on one line each; a word wider than a line is cut."""
    start, indent = 0, first
    while True:
        end = _reaching(text, start, width - indent)
        if end < len(text):
            end = _break_before(text, start, end)
        kept = end
        while kept > start and text[kept - 1] == " ":
            kept -= 1
        yield start, kept
        if end >= len(text):
            return
        start, indent = end, rest
        while start < len(text) and text[start] == " ":
            start += 1


def _reaching(text: str, start: int, room: int) -> int:
    """Where the most characters from `start` end that `room` columns hold; at least one."""
    end, used = start, 0
    while end < len(text):
        used += columns(text[end])
        if used > room and end > start:
            break
        end += 1
    return end


def _break_before(text: str, start: int, end: int) -> int:
    for place in range(end, start, -1):
        before, after = text[place - 1], text[place]
        if before == " " or after == " ":
            return place
        wide = has_han(before) or has_han(after) or not (before.isascii() or after.isascii())
        if wide and after not in _NEVER_FIRST and before not in _NEVER_LAST:
            return place
    return end
