"""What every surface says about a list: what a paper goes by, which words
matched, what they add to its score, and why there is nothing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot import byline
from bot.answer import Listing
from bot.messages import Messages
from bot.query_fields import written
from corpus.paper import Hit, Paper, Share
from corpus.text.width import clip, columns, fits

_UNKNOWN, _UNKNOWN_WIDTH = 8, 40
_ACROSS = 52
_ROWS, _SMALL = 8, 0.02
_TERM = 24
_TABLES = {
    "lists": "privacy-lists",
    "saved": "privacy-saved",
    "readings": "privacy-readings",
    "preferences": "privacy-preferences",
    "shown": "privacy-shown",
    "watches": "privacy-watches",
    "digests": "privacy-digests",
    "told": "privacy-told",
    "met": "privacy-met",
    "pending": "privacy-pending",
    "chosen": "privacy-chosen",
}
_KINDS = {"word": "why-word", "feedback": "why-feedback", "liked": "why-liked"}
_SEEDS = 3


class Row(NamedTuple):
    """What a term adds to a score: `kind` says what the term is, in words, "" where it need not."""

    term: str
    kind: str
    percent: int
    score: str


def called(paper: Paper, say: Messages, width: int) -> str:
    """What a paper goes by in `width` columns: its title, or its first words, marked as such."""
    name = byline.title(paper, chinese=say.chinese, width=width)
    if paper.title or paper.translated_title:
        return name
    if not name:
        return f"#{paper.id}"
    return say("untitled", text=clip(name, width - columns(say("untitled", text=""))))


def fitting(words: Iterable[str], width: int) -> str:
    """As many of the words as fit into `width` columns, those inside another left out."""
    out = ""
    taken: list[str] = []
    for word in words:
        folded = word.casefold()
        if any(folded in other for other in taken):
            continue
        longer = f"{out} · {word}" if out else word
        if fits(longer, width):
            out = longer
            taken.append(folded)
    return out


def connection(hit: Hit, say: Messages, width: int) -> str:
    """What connects a hit with its question, in `width` columns: the words that came across
    languages, else those that both have; "" where nothing fits.
    """
    across = [f"{asked} → {written}" for asked, written in hit.across]
    choices = (("across", across, min(width, _ACROSS)), ("matched", hit.terms, width))
    for name, words, room in choices:
        if found := fitting(words, room - columns(say(name, words=""))):
            return say(name, words=found)
    return ""


def carried(hit: Hit, say: Messages) -> list[Row]:
    """What made up the score of a hit, most first and the smallest as one: it adds up to it."""
    scores: defaultdict[tuple[str, str], float] = defaultdict(float)
    for share in hit.shares:
        scores[_told(share, say)] += share.score
    rows = sorted(scores.items(), key=lambda row: -row[1])
    small = max(1, sum(score >= _SMALL * hit.score for _, score in rows[:_ROWS]))
    if len(rows) > small + 1:
        others = sum(score for _, score in rows[small:])
        rows[small:] = [((say("why-others", count=len(rows) - small), ""), others)]
    parts = [score for _, score in rows]
    shown = zip(rows, _whole(parts, 100), _whole(parts, round(100 * hit.score)), strict=True)
    return [
        Row(*told, percent, f"{hundredths / 100:.2f}") for (told, _), percent, hundredths in shown
    ]


def _told(share: Share, say: Messages) -> tuple[str, str]:
    """The term of a share and its kind, as people are told."""
    if share.kind == "pair":
        return say("why-pairs"), ""
    term = clip(share.written or share.term, _TERM)
    if share.kind == "translation":
        return term, say("why-translation", word=clip(share.source, _TERM))
    return term, say(_KINDS[share.kind])


def _whole(parts: Sequence[float], total: int) -> list[int]:
    """Whole numbers in the proportions of `parts` that add up to `total`."""
    exact = [part * total / sum(parts) for part in parts]
    out = [math.floor(part) for part in exact]
    nearest = sorted(range(len(out)), key=lambda place: out[place] - exact[place])
    for place in nearest[: total - sum(out)]:
        out[place] += 1
    return out


def named_table(table: str, say: Messages) -> str:
    """What a table of `state.db` is called to people: its own name where it has no other."""
    message = _TABLES.get(table)
    return say(message) if message else table


def why_nothing(shown: Listing, say: Messages) -> str:
    """The sentence that says why nothing was found."""
    if shown.results.unknown:
        words = (clip(word, _UNKNOWN_WIDTH) for word in shown.results.unknown[:_UNKNOWN])
        return say("nothing-unknown", words=" · ".join(words))
    if not shown.question.text and shown.results.seed is None:
        return say("nothing-allowed")
    return say("nothing-filtered" if shown.question.filters else "nothing-common")


def leanings(shown: Listing, say: Messages, width: int) -> list[str]:
    """Which papers the list was moved by, and what of these is not here, a line each."""
    results = shown.results
    lines = [
        line
        for sign, papers in (("👍", results.liked), ("👎", results.disliked))
        for line in _named(sign, papers, say, width)
    ]
    if results.missing:
        lines.append(clip(say("seeds-missing", papers=", ".join(results.missing)), width))
    return lines


def _named(sign: str, papers: Sequence[Paper], say: Messages, width: int) -> Iterator[str]:
    for paper in papers[:_SEEDS]:
        head = f"{sign} #{paper.id} · "
        year = f" ({paper.year})" if paper.year else ""
        yield f"{head}{called(paper, say, width - columns(head + year))}{year}"
    if others := papers[_SEEDS:]:
        yield clip(f"{sign} {' '.join(f'#{paper.id}' for paper in others)}", width)


def limits(shown: Listing, say: Messages) -> str:
    """What the list is limited to and sorted by, as a query line says it; "" where to nothing."""
    return written(shown.question.filters, shown.question.sort, say.locale)
