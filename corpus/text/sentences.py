"""Where sentences begin and end, in English and Chinese."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.text.normalise import HAN

_ABBREVIATIONS = frozenset(
    """
    al approx ca cf ch dept dr ed eds e.g eg eq eqs et etc. fig figs i.e ie inc jr lt ltd mr
    mrs ms mt no nos nr p.m a.m pp prof ref refs resp sec sp spp st subsp tab var vol vs viz
    """.split()
)
_CLOSERS = "\"'”’」』）)\\]】》"
_STOP = re.compile(rf"[。！？!?…]+[{_CLOSERS}]*|\.+[{_CLOSERS}]*|\n\s*|(?<=[{HAN}])；")
_LETTER = rf"[^\W\d_{HAN}]"
_LAST_WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|\.(?={_LETTER}))*$")
_OPENS = re.compile(rf"[\"'“‘(\[（【「《]*(?:[A-Z0-9À-ÞΑ-Ω]|[{HAN}])")
_GLUED = re.compile(r"[A-Z](?:[a-z]| )")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
_LONG = 120
_LOOKED_AT = 24


class Span(NamedTuple):
    """The characters `text[start:end]`, white space around them left out."""

    start: int
    end: int


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of `text[start:end]` in order; together they hold all but white space."""
    end = len(text) if end is None else end
    out: list[Span] = []
    begin = start
    for match in _STOP.finditer(text, start, end):
        if match.end() <= begin or not _ends(text, match, begin, end):
            continue
        _append(out, text, begin, match.end())
        begin = match.end()
    _append(out, text, begin, end)
    return out


def _append(out: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        out.append(Span(start, end))


def _ends(text: str, match: re.Match[str], begin: int, end: int) -> bool:
    mark = match.group()[0]
    if mark in "\n。！？":
        return True
    if mark == "；":
        # It ends a sentence only where that would otherwise be a paragraph.
        return match.end() - begin > _LONG
    before = text[max(begin, match.start() - _LOOKED_AT) : match.start()]
    after = text[match.end() : min(end, match.end() + _LOOKED_AT)]
    if not after or after.isspace():
        return True
    if before and _is_han(before[-1]):
        return not after[0].isdigit() or not before[-1].isdigit()
    rest = after.lstrip()
    if mark == "." and len(rest) == len(after):
        # No space behind it: a decimal, a name, or two sentences that were glued together.
        word = _LAST_WORD.search(before)
        long_enough = before.endswith((")", "]")) or (
            word is not None and len(word.group()) > 3 and word.group()[-3:].islower()
        )
        return long_enough and _GLUED.match(after) is not None
    if len(rest) == len(after):
        return False
    if mark == "." and before.endswith(" "):
        return True  # punctuation set apart, as in lower-cased collections
    if not _OPENS.match(rest):
        return False
    return mark != "." or not _abbreviated(before)


def _abbreviated(before: str) -> bool:
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    last = word.group()
    return last.lower() in _ABBREVIATIONS or (_INITIALS.fullmatch(last) is not None and last != "I")


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char in "）》”」】%％"
