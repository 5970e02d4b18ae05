"""What the bot says of itself, as Discord messages: pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Self

import discord
from discord import ButtonStyle
from discord.ui import ActionRow, Button, Container, DynamicItem, LayoutView, Separator, TextDisplay

from bot.about import Example
from bot.discord.browsing_presses import Turn, TurnButton
from bot.discord.escape import clean, escape
from bot.discord.layout import marked
from bot.discord.pieces import ACCENT, GAP, message
from bot.discord.placed import Placed
from bot.discord.presses import Press, PressButton
from bot.messages import Messages
from bot.words import called
from corpus.text.extract import shorten
from corpus.text.width import clip

_TRIED, _QUESTION, _TITLE, _EXTRACT = 30, 80, 150, 200
_HELP = ("help-ask", "help-lead-on", "help-words", "help-browse", "help-message", "help-private")


class HelpButton(
    Placed,
    DynamicItem[Button[Any]],
    template=r"similit-help:(?P<what>help|about|try):(?P<topic>\d+)",
):
    """Shows the help, or what there is to know of the bot, or asks with the name of a topic."""

    def __init__(self, what: str, label: str, topic: int = 0) -> None:
        self.what, self.topic = what, topic
        style = ButtonStyle.primary if what == "try" else ButtonStyle.secondary
        super().__init__(Button(label=label, style=style, custom_id=f"similit-help:{what}:{topic}"))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        """The button that somebody pressed on a message, however old."""
        return cls(match["what"], item.label or "", int(match["topic"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the wish to whoever helps."""
        await interaction.client.helping.pressed(interaction, self.what, self.topic)


def help(shown: Example | None, say: Messages) -> LayoutView:
    """What the bot does, with an answer of this library in the middle and buttons to try it."""
    ask, *others = (say(name) for name in _HELP)
    parts: list[Any] = [TextDisplay(f"## {say('help-heading')}\n{ask}"), Separator()]
    if shown is None:
        parts.append(TextDisplay(f"-# {say('help-empty')}"))
    else:
        parts.append(TextDisplay(_answer(shown, say)))
    parts.append(Separator())
    for other in others:
        parts += [TextDisplay(other), Separator(visible=False)]
    parts.append(ActionRow(*_tries(shown, say), HelpButton("about", say("about-heading"))))
    return message(Container(*parts, accent_colour=ACCENT))


def welcome(papers: int, shown: Example | None, say: Messages) -> LayoutView:
    """Who the bot is in three lines, and buttons that try it."""
    lines = [say("welcome", papers=papers), say("welcome-ask"), say("welcome-lead-on")]
    text = "\n".join(lines) if papers else say("welcome-empty")
    row: ActionRow[Any] = ActionRow(*_tries(shown, say), HelpButton("help", say("help-more")))
    return message(Container(TextDisplay(text), row, accent_colour=ACCENT))


def about(rows: Sequence[tuple[str, str]], say: Messages) -> LayoutView:
    """What there is to know of the bot, one thing a line."""
    lines = (f"**{escape(name)}**{GAP}{escape(value)}" for name, value in rows)
    text = f"## {say('about-heading')}\n" + "\n".join(lines)
    row: ActionRow[Any] = ActionRow(HelpButton("help", say("help-heading")))
    return message(Container(TextDisplay(text), row, accent_colour=ACCENT))


def _answer(shown: Example, say: Messages) -> str:
    paper = shown.hit.paper
    year = f"\u00a0({paper.year})" if paper.year else ""
    lines = [
        say("help-example", text=escape(_short(shown.text, _QUESTION))),
        f"**1. {escape(called(paper, say, _TITLE))}**{year}",
    ]
    if shown.hit.extract.text:
        lines.append(marked(shorten(shown.hit.extract, _EXTRACT)))
    return "\n".join(lines)


def _tries(shown: Example | None, say: Messages) -> Iterable[Any]:
    if shown is None:
        return
    if shown.topic:
        label = say("help-try", text=_short(shown.text, _TRIED))
        yield HelpButton("try", label, shown.topic)
    yield PressButton(Press("similar", (shown.hit.paper.id,)), say("help-similar"))
    # Nobody's: what is browsed comes in a new message.
    yield TurnButton(Turn("kind", 0, 1, 0), say("browse-kinds", kind="subject"))


def _short(text: str, width: int) -> str:
    return clip(" ".join(clean(text).split()), width)
