"""Buttons and menus whose whole meaning is in their custom_id, so that they outlive the process."""

from __future__ import annotations

import re
from typing import Any, NamedTuple, Self

import discord
from discord import ButtonStyle
from discord.ui import Button, DynamicItem, Select

from bot.discord.placed import Placed


class Press(NamedTuple):
    """What a press asks for.

    `similar:paper`, `cite:paper`, `file:paper` exports it; `page:question:page:asker` and
    `near:paper:top:page:asker` turn the pages of a list. What is done with a list ends in what the
    list stands for, `question` or `paper:top`: `export` offers its formats, `files:page` those of
    a page too, `refine` shows the form that narrows it down, `open:paper` opens one of its papers,
    `why:paper` says why that was found, `like:paper` and `unlike:paper` move the list. `open:paper`
    alone opens one of no list. Others are a `Feature`'s.
    """

    verb: str
    numbers: tuple[int, ...] = ()

    @property
    def kind(self) -> tuple[str, int]:
        """The verb, and how many numbers it comes with."""
        return self.verb, len(self.numbers)

    def __str__(self) -> str:
        return ":".join(("similit", self.verb, *map(str, self.numbers)))


_TEMPLATE = r"similit:(?P<verb>[a-z]+)(?P<numbers>(?::\d+)*)"


def _press(match: re.Match[str]) -> Press:
    return Press(match.group("verb"), _numbers(match))


_ANYWHERE = ("erase", "erased")


def _numbers(match: re.Match[str]) -> tuple[int, ...]:
    return _integers(match.group("numbers"))


def _integers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split(":")[1:]))


class PressButton(Placed, DynamicItem[Button[Any]], template=_TEMPLATE):
    """A button that does `press`."""

    def __init__(
        self,
        press: Press,
        label: str,
        *,
        style: ButtonStyle = ButtonStyle.secondary,
        disabled: bool = False,
    ) -> None:
        self.press = press
        super().__init__(Button(label=label, style=style, custom_id=str(press), disabled=disabled))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        """The button that somebody pressed on a message, however old."""
        return cls(_press(match), item.label or "", style=item.style, disabled=item.disabled)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """As everywhere; but what is kept about somebody is that of all places."""
        return self.press.verb in _ANYWHERE or await super().interaction_check(interaction)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the press to the client."""
        await interaction.client.pressed(interaction, self.press)


class PaperMenu(
    Placed,
    DynamicItem[Select[Any]],
    template=r"similit-menu:(?P<page>\d+)(?P<numbers>(?::\d+){0,2})",
):
    """A menu of papers: choosing one opens it. `numbers` are what the list stands for."""

    def __init__(
        self,
        page: int,
        numbers: tuple[int, ...],
        placeholder: str,
        options: list[discord.SelectOption],
    ) -> None:
        self.numbers = numbers
        custom_id = ":".join(("similit-menu", *map(str, (page, *numbers))))
        super().__init__(Select(custom_id=custom_id, placeholder=placeholder, options=options))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        """The menu from which somebody chose."""
        page = int(match.group("page"))
        return cls(page, _numbers(match), item.placeholder or "", item.options)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the choice to the client as the press that opens the paper."""
        chosen = self.item.values[0]
        if chosen.isdecimal():
            press = Press("open", (int(chosen), *self.numbers))
            await interaction.client.pressed(interaction, press)


class ExportMenu(
    Placed,
    DynamicItem[Select[Any]],
    template=r"similit-export(?:-paper(?P<paper>:\d+)"
    r"|(?:-page(?P<page>:\d+))?(?P<numbers>(?::\d+){1,2}))",
):
    """A menu of formats: choosing one exports the list that `numbers` stand for, as in `export`.

    Of the `part` page the first number is that of the page; of the part paper, that of the paper.
    """

    def __init__(
        self,
        numbers: tuple[int, ...],
        placeholder: str,
        options: list[discord.SelectOption],
        part: str = "",
    ) -> None:
        self.numbers = numbers
        self.part = part
        name = f"similit-export-{part}" if part else "similit-export"
        custom_id = ":".join((name, *map(str, numbers)))
        super().__init__(Select(custom_id=custom_id, placeholder=placeholder, options=options))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        """The menu from which somebody chose."""
        part = "paper" if match["paper"] else "page" if match["page"] else ""
        numbers = "".join(filter(None, (match["paper"], match["page"], match["numbers"])))
        return cls(_integers(numbers), item.placeholder or "", item.options, part)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the choice to the client."""
        format = self.item.values[0]
        await interaction.client.exporting.exported(interaction, self.part, self.numbers, format)
