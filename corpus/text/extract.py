"""The sentences of a paper that show why it was found."""

from __future__ import annotations

import itertools
import math
import operator
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.paper import Extract
from corpus.text.abbreviations import abbreviated
from corpus.text.clauses import best_part
from corpus.text.emphasis import emphasis, is_boilerplate, leans_back
from corpus.text.normalise import has_han
from corpus.text.sections import Section, in_sentences
from corpus.text.sentences import Span
from corpus.text.terms import Token
from corpus.text.width import clip, columns

__all__ = ["clip", "columns", "extract", "merge_marks", "shorten"]

_GAP = " … "
_MOST_SENTENCES = 3
_CONSIDERED = 6
# A term said again shows little that the first time did not, and every sentence takes room.
_REPEATED = 0.2
_PRICE = 0.15
# What is gained by one that says what was found, and how much it has to match for that.
_TELLS, _TELLING, _MATCHING = 1.05, 0.25, 0.3
# What is left of the worth of a sentence that has to be cut.
_CUT_BEFORE, _CUT_AFTER = 0.6, 0.85
# What a sentence loses that leans on the one before where that is not shown.
_LEANING = 0.15
# What a term counts in a sentence that has only its abbreviation.
_ABBREVIATED = 0.6
_START = operator.attrgetter("start")
_LISTED = re.compile(
    r"(?:[(（](?:\d{1,2}|[ivx]{1,4}|[a-h])[)）]|[①-⑳]|\d{1,2}(?:[)）、]|\.(?!\d)))\s*(?=\S)"
)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """The sentence at `place` of the text; `worth` is what each of its terms adds."""

    place: int
    span: Span
    tokens: list[Token]
    worth: dict[str, float]
    tells: bool
    leans: bool

    @property
    def alone(self) -> float:
        """What it shows by itself."""
        return sum(self.worth.values()) * (1 - _LEANING * self.leans)


class _Piece(NamedTuple):
    place: int
    span: Span
    cut_before: bool = False
    cut_after: bool = False


def extract(
    text: str, matched: list[Token], weights: Mapping[str, float], width: int = 270
) -> Extract:
    """The one to three sentences of `text` that carry most of `weights`, within `width` columns.

    `matched` are the tokens of `text` whose term has a weight, in order. Of sentences that carry
    much the same, those are shown that say what was found; copyright lines never are. Sentences
    stand in their order, without heads and list numbers; what was left out between them shows as …;
    one that is too wide is cut at a clause.
    Where nothing matches these are the text's first sentences. Marks cover each term's first
    occurrence; neighbouring ones are one mark.
    """
    found = list(_matching(text, matched, weights)) if matched else []
    if any(sentence.tokens for sentence in found):
        return _assemble(text, _choose(text, found, weights, width), matched)
    return _assemble(text, _opening(text, width), matched)


def _sentences(text: str) -> Iterator[tuple[int, Section, Span]]:
    """Every sentence with its place from 1 and the part that it stands in."""
    every = ((section, span) for section, spans in in_sentences(text) for span in spans)
    return ((place, *one) for place, one in enumerate(every, 1))


def _matching(text: str, found: list[Token], weights: Mapping[str, float]) -> Iterator[_Sentence]:
    """Those sentences that have any of the tokens `found`, or what abbreviates one."""
    short = abbreviated(text, found)
    starts, of_short = (list(map(_START, one)) for one in (found, short))
    for place, section, span in _sentences(text):
        tokens = _inside(found, starts, span)
        abbreviations = _inside(short, of_short, span) if short else []
        if not tokens and not abbreviations:
            continue
        sentence = text[span.start : span.end]
        if is_boilerplate(sentence):
            continue
        factor = emphasis(section.role, span.end / len(text), sentence)
        worth: dict[str, float] = {}
        for term, _, _ in tokens:
            once = weights[term] * factor
            worth[term] = once * (1 + _REPEATED) if term in worth else once
        for term, _, _ in abbreviations:
            worth.setdefault(term, weights[term] * factor * _ABBREVIATED)
        yield _Sentence(place, span, tokens, worth, factor > _TELLS, leans_back(sentence))


def _inside(found: Sequence[Token], starts: Sequence[int], span: Span) -> list[Token]:
    first = bisect_left(starts, span.start)
    after = bisect_left(starts, span.end, first)
    return [token for token in found[first:after] if token.end <= span.end]


def _gain(group: tuple[_Sentence, ...]) -> float:
    """How much these sentences show: each term where it counts most, again a little."""
    total = 0.0
    most: dict[str, tuple[float, float]] = {}
    places = {sentence.place for sentence in group}
    for sentence in group:
        rate = _REPEATED if sentence.tells else _REPEATED / 4
        for term, worth in sentence.worth.items():
            said = worth, worth * rate
            before = most.get(term, (0.0, 0.0))
            if worth > before[0]:
                total += worth - before[0] + before[1]
                most[term] = said
            else:
                total += said[1]
        if sentence.leans and sentence.place - 1 not in places:
            total -= _LEANING * sum(sentence.worth.values())
    return total


def _choose(
    text: str, found: list[_Sentence], weights: Mapping[str, float], width: int
) -> list[_Piece]:
    alone = {sentence.place: sentence.alone for sentence in found if sentence.worth}
    best = sorted(
        (sentence for sentence in found if sentence.worth), key=lambda one: -alone[one.place]
    )
    if not any(sentence.tokens for sentence in best[:_CONSIDERED]):
        best.sort(key=lambda one: not one.tokens)
    best = sorted(best[:_CONSIDERED], key=lambda one: one.place)
    widths = {one.place: columns(text[one.span.start : one.span.end]) for one in best}
    unit = max(alone.values())
    telling = {
        one.place: unit * _TELLING
        for one in best
        if one.tells and alone[one.place] > _MATCHING * unit
    }
    choice, most = _whole(best, widths, telling, unit * _PRICE, width)
    wide = [one for one in best if one.tokens and widths[one.place] > width]
    if wide:
        widest = max(wide, key=lambda one: alone[one.place])
        told = telling.get(widest.place, 0.0)
        if not choice or (alone[widest.place] + told) * _CUT_AFTER > most:
            piece = _cut(text, widest.place, widest.span, widest.tokens, weights, width)
            start, end = piece.span
            shown = {one.term for one in widest.tokens if start <= one.start and one.end <= end}
            worth = told + sum(widest.worth[term] for term in shown)
            if not choice or worth * (_CUT_BEFORE if piece.cut_before else _CUT_AFTER) > most:
                return [piece]
    return [_Piece(one.place, one.span) for one in choice]


def _whole(
    best: Sequence[_Sentence],
    widths: Mapping[int, int],
    telling: Mapping[int, float],
    price: float,
    width: int,
) -> tuple[tuple[_Sentence, ...], float]:
    """Those sentences that together show most where they stand whole, and how much it is."""
    choice: tuple[_Sentence, ...] = ()
    most = (-math.inf, 0)
    fitting = [one for one in best if widths[one.place] <= width]
    for size in range(1, _MOST_SENTENCES + 1):
        room = width - len(_GAP) * (size - 1)
        for group in itertools.combinations(fitting, size):
            used = sum([widths[one.place] for one in group])
            # An abbreviation says nothing by itself.
            if used > room or not any(one.tokens for one in group):
                continue
            told = max([telling.get(one.place, 0.0) for one in group])
            # What one alone shows has no price.
            worth = _gain(group) + told - price * used / width * (size - 1) / size
            # Between equals the shorter says the same in fewer words.
            if (worth, -used) > most:
                most, choice = (worth, -used), group
    return choice, most[0]


def _opening(text: str, width: int) -> list[_Piece]:
    """As many of the first three sentences as there is room for; none where there are none."""
    found = (
        (place, span)
        for place, _, span in _sentences(text)
        if not is_boilerplate(text[span.start : span.end])
    )
    first = list(itertools.islice(found, _MOST_SENTENCES))
    pieces: list[_Piece] = []
    room = width + len(_GAP)
    for place, span in first:
        room -= columns(text[span.start : span.end]) + len(_GAP)
        if room < 0:
            break
        pieces.append(_Piece(place, span))
    return pieces or [_cut(text, place, span, [], {}, width) for place, span in first[:1]]


def _cut(
    text: str,
    place: int,
    span: Span,
    tokens: Sequence[Token],
    weights: Mapping[str, float],
    width: int,
) -> _Piece:
    kept = best_part(text, span, tokens, weights, width)
    return _Piece(place, kept, kept.start > span.start, kept.end < span.end)


def _assemble(text: str, pieces: list[_Piece], found: list[Token]) -> Extract:
    out = ""
    marks: list[tuple[int, int]] = []
    marked: set[str] = set()
    previous: _Piece | None = None
    for piece in pieces:
        start, end = piece.span
        if listed := _LISTED.match(text, start, end):
            start = listed.end()
        if previous is not None:
            out += _between(text, previous, piece)
        if piece.cut_before:
            out += "…"
        shift = len(out) - start
        inside = (token for token in found if start <= token.start and token.end <= end)
        for word in _words(inside):
            terms = {token.term for token in word}
            if any(len(term) > 1 for term in terms - marked):
                marks.append((word[0].start + shift, word[-1].end + shift))
            marked |= terms
        out += text[start:end].replace("\n", " ")
        if piece.cut_after:
            out += "…"
        previous = piece
    return Extract(out, tuple(merge_marks(out, marks)))


def _between(text: str, one: _Piece, other: _Piece) -> str:
    """What parts two pieces: nothing is left out between neighbours but their heads."""
    if other.place - one.place > 1:
        return _GAP
    end, start = one.span.end, other.span.start
    # Where Chinese runs on without a space it does so here.
    glued = not text[end:start].isspace() and has_han(text[end - 2 : end] + text[start : start + 2])
    return "" if glued else " "


def _words(found: Iterable[Token]) -> Iterable[list[Token]]:
    """Runs of Han tokens that touch, such as 同伴支持员, and every other token alone."""
    word: list[Token] = []
    for token in found:
        if word and (word[-1].end != token.start or not has_han(token.term)):
            yield word
            word = []
        word.append(token)
    if word:
        yield word


def shorten(shown: Extract, width: int) -> Extract:
    """`shown` in at most `width` columns, cut at a word's end, with the marks that remain."""
    text = clip(shown.text, width)
    kept = len(text) - 1 if text != shown.text else len(text)
    return Extract(text, tuple(mark for mark in shown.marks if mark[1] <= kept))


def merge_marks(text: str, marks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """`marks` in order, those that overlap or have only a space or hyphen between them as one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if (out and text[out[-1][1] : start] in ("", " ", "-", "‐", "‑")) or (
            out and start < out[-1][1]
        ):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out
