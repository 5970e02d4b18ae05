"""The buttons and menus of browsing; their custom_id says all that they mean."""

from __future__ import annotations

import re
from typing import Any, NamedTuple, Self

import discord
from discord import ButtonStyle
from discord.ui import Button, DynamicItem, Select

from bot.discord.placed import Placed
from corpus.paper import TOPICS


class Turn(NamedTuple):
    """A page of what is browsed, to be shown in place for `asker`.

    `what` is `papers`, those of the topic `number`, or `topics`, those of the kind `number`, as is
    `kind`.
    """

    what: str
    number: int
    page: int
    asker: int

    def __str__(self) -> str:
        return ":".join(("similit-browse", *map(str, self)))


class TurnButton(
    Placed,
    DynamicItem[Button[Any]],
    template=r"similit-browse:(?P<what>kind|topics|papers):(?P<number>\d+):(?P<page>\d+):(?P<asker>\d+)",
):
    """A button that shows the page that `turn` says."""

    def __init__(self, turn: Turn, label: str, *, disabled: bool = False) -> None:
        self.turn = turn
        super().__init__(Button(label=label, custom_id=str(turn), disabled=disabled))

    @classmethod
    def of_kind(cls, kind: str, asker: int, label: str, *, current: bool) -> Self:
        """A button that leads to the topics of a kind, unless they are what is shown."""
        # Not the custom_id of an arrow that leads to the same page.
        made = cls(Turn("kind", TOPICS.index(kind), 1, asker), label, disabled=current)
        made.item.style = ButtonStyle.primary if current else ButtonStyle.secondary
        return made

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        """The button that somebody pressed on a message, however old."""
        numbers = (int(match[name]) for name in ("number", "page", "asker"))
        return cls(Turn(match["what"], *numbers), item.label or "", disabled=item.disabled)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the wish to whoever browses."""
        await interaction.client.browsing.turned(interaction, self.turn)


class TopicMenu(Placed, DynamicItem[Select[Any]], template=r"similit-topic:(?P<asker>\d+)"):
    """A menu of topics: choosing one shows its papers, in place for `asker`.

    Where that is 0 the menu stands on a paper, and the papers come in a new message.
    """

    def __init__(self, asker: int, placeholder: str, options: list[discord.SelectOption]) -> None:
        self.asker = asker
        custom_id = f"similit-topic:{asker}"
        super().__init__(Select(custom_id=custom_id, placeholder=placeholder, options=options))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        """The menu from which somebody chose."""
        return cls(int(match["asker"]), item.placeholder or "", item.options)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the choice to whoever browses."""
        chosen = self.item.values[0]
        if chosen.isdecimal():
            turn = Turn("papers", int(chosen), 1, self.asker)
            await interaction.client.browsing.turned(interaction, turn)
