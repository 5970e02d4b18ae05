"""What every surface says about a list: which words matched, and why there is nothing."""

from __future__ import annotations

from collections.abc import Iterable

from bot.answer import Listing
from bot.messages import Messages
from corpus.text.extract import columns

_UNKNOWN = 8


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
        return say("nothing-unknown", words=" · ".join(shown.results.unknown[:_UNKNOWN]))
    return say("nothing-filtered" if shown.question.filters else "nothing-common")
