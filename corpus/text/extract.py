"""The sentences of a paper that show why it was found."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from corpus.paper import Extract
from corpus.text.normalise import has_han
from corpus.text.sections import sections
from corpus.text.sentences import Span, sentences
from corpus.text.terms import Token

_GAP = " … "
_MOST_SENTENCES = 3
_CONSIDERED = 6
# Unicode's East Asian widths W and F, the blocks that text uses.
_WIDE = re.compile(
    "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19"
    "\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\U0001f300-\U0001f64f\U0001f680-\U0001f6ff"
    "\U0001f900-\U0001f9ff\U00020000-\U0003fffd]"
)
_COMBINING = re.compile("[\u0300-\u036f\u200b-\u200d\u2060\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]")
_CLAUSE_ENDS = ",;:，；：、—–"
# A sentence that concludes is worth this much more: enough to decide between near equals.
_CONCLUDING = 1.15
# A term said again in another sentence shows little that the first did not.
_REPEATED = 0.2


def columns(text: str) -> int:
    """How many columns `text` takes in a fixed-width font: a Han character takes two."""
    if text.isascii():
        return len(text)
    return len(text) + len(_WIDE.findall(text)) - len(_COMBINING.findall(text))


def clip(text: str, width: int) -> str:
    """`text` in at most `width` columns, ended with … at a word's end where it had to be cut."""
    # Marks that take no column of their own may pile up without end.
    longest = width + width // 2
    if columns(text) <= width and len(text) <= longest:
        return text
    end = min(_fitting(text, width - 1), longest - 1)
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


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence; `worth` is what each of its terms adds: said first, and said again."""

    span: Span
    width: int
    tokens: tuple[Token, ...]
    worth: dict[str, tuple[float, float]]


class _Piece(NamedTuple):
    span: Span
    cut_before: bool
    cut_after: bool


def extract(
    text: str, matched: list[Token], weights: Mapping[str, float], width: int = 270
) -> Extract:
    """The one to three sentences of `text` that carry most of `weights`, within `width` columns.

    `matched` are the tokens of `text` whose term has a weight, in order. Sentences stand in their
    order, what was left out between them shows as …, and a sentence that alone is too wide is cut
    at a clause.
    Where nothing matches these are the text's first sentences. Marks cover each term's first
    occurrence; neighbouring ones are one mark.
    """
    found = list(_sentences(text, matched, weights))
    if not found:
        return Extract("")
    return _assemble(text, _choose(text, found, weights, width), matched)


def _sentences(text: str, found: list[Token], weights: Mapping[str, float]) -> Iterable[_Sentence]:
    position = 0
    for section in sections(text):
        for span in sentences(text, section.start, section.end):
            while position < len(found) and found[position].start < span.start:
                position += 1
            first = position
            while position < len(found) and found[position].end <= span.end:
                position += 1
            tokens = tuple(found[first:position])
            emphasis = _CONCLUDING if section.concludes else 1.0
            worth: dict[str, tuple[float, float]] = {}
            for term, _, _ in tokens:
                weight = weights[term] * emphasis
                again = weight * _REPEATED
                if term in worth:
                    once, repeated = worth[term]
                    worth[term] = (once + again, repeated + again)
                else:
                    worth[term] = (weight, again)
            yield _Sentence(span, columns(text[span.start : span.end]), tokens, worth)


def _gain(chosen: tuple[_Sentence, ...]) -> float:
    """How much these sentences show: each term counts once, a repetition a little."""
    total = 0.0
    seen: set[str] = set()
    for sentence in chosen:
        for term, (first, again) in sentence.worth.items():
            total += again if term in seen else first
        seen.update(sentence.worth)
    return total


def _choose(
    text: str, found: list[_Sentence], weights: Mapping[str, float], width: int
) -> list[_Piece]:
    matching = [sentence for sentence in found if sentence.tokens]
    if not matching:
        return _opening(text, found, width)
    best = sorted(matching, key=lambda one: (-_gain((one,)), one.span.start))
    best = sorted(best[:_CONSIDERED], key=lambda one: one.span.start)
    fitting = [sentence for sentence in best if sentence.width <= width]
    choice: tuple[_Sentence, ...] = ()
    most = (0.0, 0)
    for size in range(1, _MOST_SENTENCES + 1):
        for group in itertools.combinations(fitting, size):
            if sum(one.width for one in group) + len(_GAP) * (size - 1) > width:
                continue
            # Between equals the shorter says the same in fewer words.
            worth = (_gain(group), -sum(one.width for one in group))
            if worth > most:
                most, choice = worth, group
    strongest = max(best, key=lambda one: _gain((one,)))
    if not choice or (strongest.width > width and _gain((strongest,)) > 2 * most[0]):
        return [_cut(text, strongest, weights, width)]
    return [_Piece(one.span, False, False) for one in choice]


def _opening(text: str, found: list[_Sentence], width: int) -> list[_Piece]:
    if found[0].width > width:
        return [_cut(text, found[0], {}, width)]
    pieces, used = [], 0
    for sentence in found[:_MOST_SENTENCES]:
        used += sentence.width + len(_GAP)
        if used - len(_GAP) > width:
            break
        pieces.append(_Piece(sentence.span, False, False))
    return pieces


def _cut(text: str, sentence: _Sentence, weights: Mapping[str, float], width: int) -> _Piece:
    """The clauses of a too wide sentence that match most and fit."""
    start, end = sentence.span
    starts = [start]
    starts += [
        place + 1
        for place in range(start, end - 1)
        if text[place] in _CLAUSE_ENDS and not text[place + 1].isdigit()
    ]
    # Where clauses are long, or there are none, from some words before what matched.
    lead = width // 4
    seen: set[str] = set()
    for token in sentence.tokens:
        if token.term not in seen and token.start - lead > start:
            seen.add(token.term)
            starts.append(text.rfind(" ", start, token.start - lead) + 1 or token.start - lead)
    best, most = Span(start, start), -1.0
    for begin in sorted(starts):
        stop = begin + len(clip(text[begin:end], width - 2)) - 1
        if stop - begin < end - begin - 1:
            clauses = [place for place in starts if begin + (stop - begin) // 2 < place <= stop]
            stop = clauses[-1] if clauses else stop
        else:
            stop = end
        inside = {token.term for token in sentence.tokens if begin <= token.start < stop}
        worth = sum(weights[term] for term in inside)
        if worth > most:
            best, most = Span(begin, stop), worth
    begin, stop = best
    while begin < stop and text[begin].isspace():
        begin += 1
    kept = text[begin:stop].rstrip(" " + _CLAUSE_ENDS)
    return _Piece(Span(begin, begin + len(kept)), begin > start, stop < end)


def _assemble(text: str, pieces: list[_Piece], found: list[Token]) -> Extract:
    out = ""
    marks: list[tuple[int, int]] = []
    marked: set[str] = set()
    previous: int | None = None
    for piece in pieces:
        start, end = piece.span
        if previous is not None:
            between = text[previous:start]
            wide = _is_wide(text[previous - 1]) and not between.strip()
            out += _GAP if between.strip() else "" if wide else " "
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
        previous = end
    return Extract(out, tuple(merge_marks(out, marks)))


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


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"


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
