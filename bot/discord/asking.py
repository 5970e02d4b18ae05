"""Menus and forms whose whole meaning is in their custom_id, so that they outlive the process."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple, Self

import discord
from discord.ui import DynamicItem, Label, Modal, Select, TextInput

from bot.discord.placed import Placed
from bot.discord.presses import Press

_FORGOTTEN = 900.0  # seconds after which the library need not hold a form any longer
_FORM = re.compile(r"similit-form:([a-z]+)((?::\d+)*)")


class ChoiceMenu(
    Placed,
    DynamicItem[Select[Any]],
    template=r"similit-choose:(?P<verb>[a-z]+)(?P<numbers>(?::\d+)*)",
):
    """A menu in which a choice does `press`, with what was chosen. It has at least one option."""

    def __init__(
        self,
        press: Press,
        placeholder: str,
        options: Sequence[discord.SelectOption],
        *,
        several: bool = False,
    ) -> None:
        self.press = press
        super().__init__(
            Select(
                custom_id=str(press).replace("similit:", "similit-choose:", 1),
                placeholder=placeholder,
                options=list(options),
                min_values=0 if several else 1,
                max_values=len(options) if several else 1,
            )
        )

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        """The menu from which somebody chose."""
        press = Press(match["verb"], _numbers(match["numbers"]))
        return cls(press, item.placeholder or "", item.options, several=item.min_values == 0)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the choice to the client."""
        await interaction.client.chosen(interaction, self.press, list(self.item.values))


class Field(NamedTuple):
    """A line of a form, or, where it is `long`, a box."""

    name: str
    label: str
    value: str = ""
    most: int = 100
    long: bool = False
    required: bool = False


def form(press: Press, title: str, fields: Sequence[Field]) -> Modal:
    """A form that, sent, does `press` with what was written.

    What it does is not done by this object: whoever sends it may do so after a restart, when
    nobody has it any more. `filled` reads what came back.
    """
    custom_id = str(press).replace("similit:", "similit-form:", 1)
    made = Modal(title=title, custom_id=custom_id, timeout=_FORGOTTEN)
    for one in fields:
        style = discord.TextStyle.long if one.long else discord.TextStyle.short
        box: TextInput[Any] = TextInput(
            custom_id=one.name,
            style=style,
            default=one.value or None,
            max_length=one.most,
            required=one.required,
        )
        made.add_item(Label(text=one.label, component=box))
    return made


def filled(interaction: discord.Interaction[Any]) -> tuple[Press, dict[str, str]] | None:
    """What a form that came back is to do, and what is written in it; None if it is not ours."""
    data: Any = interaction.data
    if interaction.type is not discord.InteractionType.modal_submit or data is None:
        return None
    found = _FORM.fullmatch(data["custom_id"])
    if found is None:
        return None
    parts = (row.get("component") or row["components"][0] for row in data["components"])
    written = {part["custom_id"]: part["value"] for part in parts}
    return Press(found[1], _numbers(found[2])), written


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(":")[1:]))
