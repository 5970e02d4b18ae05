"""What the layouts of all messages have in common."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from discord.ui import Container, LayoutView, TextDisplay

from bot.discord.escape import escape
from corpus.paper import Paper

ACCENT, AMBER, GREY = 0x1685A9, 0xC9923E, 0x80848E
MOST_TEXT = 3800
"""How many characters of text a message of ours has at most; Discord takes 4,000."""
OPTIONS, OPTION = 25, 64
"""How many options a menu has at most, and how many columns of text an option."""
GAP = "\u00a0· "


def message(*containers: Container[Any]) -> LayoutView:
    """These as one message."""
    # Without a time-out: what the parts do is in their custom_id, and nobody waits for them.
    view = LayoutView(timeout=None)
    for container in containers:
        view.add_item(container)
    return view


def fitting(views: Iterable[LayoutView]) -> LayoutView:
    """The first of `views` with at most `MOST_TEXT`; the last, where none has."""
    for view in views:
        if view.content_length() <= MOST_TEXT:
            break
    return view


def notice(text: str) -> LayoutView:
    """A sentence of the bot's own, such as why something cannot be done."""
    return message(Container(TextDisplay(escape(text)), accent_colour=GREY))


def year_of(paper: Paper) -> str:
    """The year of a paper as it stands after its title, "" where it is unknown."""
    return f"\u00a0({paper.year})" if paper.year else ""
