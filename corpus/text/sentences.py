"""Where sentences begin and end, in English and Chinese."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.text.normalise import HAN, has_han

_ABBREVIATIONS = frozenset(
    """
    approx ca cf ch dept dr ed eds e.g eg eq eqs fig figs i.e ie incl jr lt mr mrs ms mt nos nr pp
    prof ref refs resp suppl tab var vol vs viz
    """.split()
)
# These, and initials as in `vitamin D`, may end a sentence as well: what follows tells.
_SOMETIMES = frozenset("al a.m b.w inc i.m i.p i.v ltd no p.m p.o s.c sec sp spp st subsp".split())
_BEGINS = re.compile(
    r"""(?:After|All|Although|As|At|Both|For|From|Here|However|If|In|It|Its|On|Our|Since|The|Their
    |There|Therefore|These|They|This|Those|Thus|To|Two|We|When|Whereas|While|With)\b
    |An?\ [a-z]|\d+\.\s""",
    re.VERBOSE,
)
_CLOSERS = "\"'”’」』）)\\]】》"
# It begins with a set of characters, which makes the search several times as fast.
_STOP = re.compile(
    rf"[.．。｡！？!?…；\n](?:(?<!\d[.．])|(?!\d))(?:(?<=\n)\s*|[.。｡！？!?…]*[{_CLOSERS}]*)"
)
# Most stops need no second look.
_SURE = re.compile(rf"(?<=[a-z]{{5}})(?<!approx)(?<!suppl)\. [A-Z]|(?<=[{HAN}])[.。．][{HAN}]")
_LETTER = rf"[^\W\d_{HAN}]"
_LAST_WORD = re.compile(rf"{_LETTER}(?:{_LETTER}|\.(?={_LETTER}))*$")
# A capital, a number, Chinese, a bullet, or a name such as mRNA, p53 or α-toxin.
_OPENS = re.compile(
    rf"[\"'“‘(\[（【「《]*(?:[A-Z0-9À-ÞΑ-Ω]|[{HAN}]|[a-z]{{1,4}}(?:[A-Z]|-?\d)|[α-ω]-|[a-hivx]{{1,4}}\))"
    r"|[©•·]|[–—-] "
)
_OPENS_GLUED = re.compile(r"\"?[A-Z](?:[a-z]| )|\(ABSTRACT ")
_OPENS_CHINESE = re.compile(rf"[{HAN}\"“‘《＜<「【（(①-⑳]")
_LIST_MARK = re.compile(r"(?:^|(?<!\d)(?:[：:;；]\s?|[,，、]))(?:[1-9]\d?|[A-Za-z])$")
_NUMBER = re.compile(r"\s*\d{1,2}")
_INITIALS = re.compile(r"(?:[A-Z]\.)*[A-Z]")
# Behind a word like these a small letter is a slip, and the full stop none.
_ENDS_PLAINLY = re.compile(r"[a-z]{6}$")
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
    begin = counted = start
    quotes = 0
    for match in _STOP.finditer(text, start, end):
        stop = match.end()
        if not _SURE.match(text, match.start(), end):
            if text[stop - 1] == '"' and stop < end and not text[stop].isspace():
                # A quotation mark that looks the same at both ends: an odd one opens the next.
                quotes += text.count('"', counted, stop)
                counted = stop
                stop -= quotes % 2
            if stop <= begin or not _ends(text, match.start(), begin, stop, end):
                continue
        _append(out, text, begin, stop)
        begin = stop
    _append(out, text, begin, end)
    return out


def _append(out: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        out.append(Span(start, end))


def _ends(text: str, at: int, begin: int, stop: int, end: int) -> bool:
    """Whether a sentence that begins at `begin` ends with the sign at `at`, closers included."""
    mark = text[at:stop]
    if mark[0] in "\n。｡！？":
        return True
    if mark[0] == "；":
        # It ends a sentence only where that would otherwise be a paragraph.
        return stop - begin > _LONG and has_han(text[at - 1])
    before = text[max(begin, at - _LOOKED_AT) : at]
    after = text[stop : min(end, stop + _LOOKED_AT)]
    rest = after.lstrip()
    if not rest:
        return True
    if len(rest) == len(after):
        return _ends_glued(before, mark, after)
    if before and (_is_han(before[-1]) or (mark[0] == "." and before[-1] == " ")):
        return True  # punctuation set apart, as in lower-cased collections
    if _NUMBER.fullmatch(before):
        return False
    if not _OPENS.match(rest) and not (mark == "." and _ENDS_PLAINLY.search(before)):
        return False
    return mark[0] not in ".．" or not _abbreviated(before, rest)


def _ends_glued(before: str, mark: str, after: str) -> bool:
    """Whether a sentence ends at `mark`, closing quotes and brackets included, with no space."""
    if before and _is_han(before[-1]):
        return True
    if mark[0] not in ".．":
        return False
    if has_han(before) or has_han(after[:8]):
        if _OPENS_CHINESE.match(after):
            # (Potamogeton malaianus Miq.)分布: a closing bracket behind the stop closes a name.
            listed = _LIST_MARK.search(before) or _abbreviated(before, after)
            return not listed and mark[-1] not in ")]"
        return before.endswith((")", "]")) and not after[0].islower()
    # A decimal, a name, or two sentences that were glued together.
    word = _LAST_WORD.search(before)
    long_enough = before.endswith((")", "]")) or (
        word is not None and len(word.group()) > 3 and word.group()[-3:].islower()
    )
    return long_enough and _OPENS_GLUED.match(after) is not None


def _abbreviated(before: str, rest: str) -> bool:
    found = _LAST_WORD.search(before)
    if found is None:
        return False
    word = found.group()
    if word.lower() in _ABBREVIATIONS:
        return True
    sometimes = word.lower() in _SOMETIMES or (_INITIALS.fullmatch(word) and word != "I")
    return bool(sometimes) and not _BEGINS.match(rest)


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char in "）》”」】%％"
