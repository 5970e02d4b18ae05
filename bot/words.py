"""What every surface says about a list: what a paper goes by, which words
matched, and why there is nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot import byline
from bot.answer import Listing
from bot.messages import Messages
from corpus.paper import Paper
from corpus.text.extract import clip, columns

_UNKNOWN, _UNKNOWN_WIDTH = 8, 40


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
        if columns(longer) <= width:
            out = longer
            taken.append(folded)
    return out


def why_nothing(shown: Listing, say: Messages) -> str:
    """The sentence that says why nothing was found."""
    if shown.results.unknown:
        words = (clip(word, _UNKNOWN_WIDTH) for word in shown.results.unknown[:_UNKNOWN])
        return say("nothing-unknown", words=" · ".join(words))
    return say("nothing-filtered" if shown.question.filters else "nothing-common")
