"""The part of a sentence to show where the whole is too long."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence

from corpus.text.sentences import Span
from corpus.text.terms import Token
from corpus.text.width import clip

_ENDS = ",;:，；：、—–"
_WHOLE = ";；"
_OPENING = "(（[【"
_BRACKETS = re.compile(r"[()（）\[\]【】]")
_SIGNS = re.compile(rf"[{_ENDS}()（）\[\]【】]")
# How good it is to begin or end there, and not where the sentence or one of its parts does.
_FROM_A_CLAUSE, _FROM_A_WORD = 0.75, 0.55
_TO_A_CLAUSE, _TO_A_WORD = 0.9, 0.8


def best_part(
    text: str, sentence: Span, matched: Sequence[Token], weights: Mapping[str, float], width: int
) -> Span:
    """The clauses of `sentence` that carry most of `weights` within `width` columns.

    Two columns are left for the … on either side. It is cut at no sign within brackets, and between
    words only where no clause begins or ends that shows as much.
    """
    start, end = sentence
    starts = [token.start for token in matched]
    clauses = list(_clauses(text, start, end))
    begins = dict.fromkeys(clauses, _FROM_A_CLAUSE) | {start: 1.0}
    # Where clauses are long, or there are none, from some words before what matched.
    lead = width // 4
    for token in {token.term: token for token in reversed(matched)}.values():
        if token.start - lead > start:
            word = text.rfind(" ", start, token.start - lead) + 1 or token.start - lead
            word = _bracket(text, start, word)
            begins.setdefault(word, _FROM_A_WORD)
    best, most = Span(start, start), -1.0
    for begin, share in sorted(begins.items()):
        for stop, part in _stops(text, begin, end, clauses, width):
            first, after = (bisect_left(starts, place) for place in (begin, stop))
            inside = {token.term for token in matched[first:after]}
            worth = sum(weights[term] for term in inside) * share * part
            if worth > most:
                best, most = Span(begin, stop), worth
    begin, stop = best
    while begin < stop and text[begin].isspace():
        begin += 1
    return Span(begin, begin + len(text[begin:stop].rstrip(" " + _ENDS)))


def _clauses(text: str, start: int, end: int) -> Iterable[int]:
    """Where a clause of `text[start:end]` begins behind a sign that stands in no brackets."""
    depth = 0
    for sign in _SIGNS.finditer(text, start, end - 1):
        if sign.group() in _ENDS:
            within = text[sign.start() - 1].isdigit() and text[sign.end()].isdigit()
            if depth == 0 and not within:
                yield sign.end()
        else:
            depth = depth + 1 if sign.group() in _OPENING else max(0, depth - 1)


def _bracket(text: str, start: int, place: int) -> int:
    """`place`, or where the brackets open that `text[start:place]` does not close."""
    opened: list[int] = []
    for sign in _BRACKETS.finditer(text, start, place):
        if sign.group() in _OPENING:
            opened.append(sign.start())
        elif opened:
            opened.pop()
    return opened[0] if opened and opened[0] > start else place


def _stops(
    text: str, begin: int, end: int, clauses: Sequence[int], width: int
) -> Iterable[tuple[int, float]]:
    """Where what begins at `begin` may be cut so that it fits, and how well each place does."""
    stop = begin + len(clip(text[begin : min(end, begin + 2 * width)], width - 2)) - 1
    if stop >= end - 1:
        yield end, 1.0
        return
    ends = clauses[bisect_right(clauses, (begin + stop) // 2) : bisect_right(clauses, stop)]
    bracket = _bracket(text, begin, stop)
    stop = bracket if bracket > (begin + stop) // 2 else stop
    whole = [place for place in ends if text[place - 1] in _WHOLE]
    if whole:
        yield whole[-1], 1.0
    yield (ends[-1], _TO_A_CLAUSE) if ends else (stop, _TO_A_WORD)
