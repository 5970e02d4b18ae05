"""`/list` and what is under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.discord.export_layout import EXPORTS
from bot.discord.wording import anywhere, said
from bot.reading_lists import LONGEST_NAME, LONGEST_NOTE

if TYPE_CHECKING:
    from bot.discord.client import Similit

_Name = Range[str, 1, LONGEST_NAME]
_Paper = Range[str, 1, 1000]
_FORMATS = [Choice(name=name, value=format) for format, name in EXPORTS.items()]


def add_commands(tree: app_commands.CommandTree[Similit]) -> None:
    """Put the commands about reading lists into `tree`."""
    group = anywhere(app_commands.Group(name="list", description=said("command-list")))
    _look(group)
    _fill(group)
    tree.add_command(group)


def _look(group: app_commands.Group) -> None:
    @group.command(name="show", description=said("command-list-show"))
    @app_commands.rename(name="list")
    @app_commands.describe(name=said("option-list"), private=said("option-private"))
    async def show(
        interaction: discord.Interaction[Similit], name: _Name | None = None, private: bool = True
    ) -> None:
        await interaction.response.defer(ephemeral=private, thinking=True)
        await interaction.client.lists.show(interaction, name or "", private=private)

    @group.command(name="share", description=said("command-list-share"))
    @app_commands.rename(name="list")
    @app_commands.describe(name=said("option-list"), stop=said("option-stop"))
    async def share(
        interaction: discord.Interaction[Similit], name: _Name, stop: bool = False
    ) -> None:
        await interaction.response.defer(ephemeral=stop, thinking=True)
        await interaction.client.lists.share(interaction, name, stop=stop)

    @group.command(name="export", description=said("command-list-export"))
    @app_commands.rename(name="list")
    @app_commands.describe(name=said("option-list"), format=said("option-format"))
    @app_commands.choices(format=_FORMATS)
    async def export(
        interaction: discord.Interaction[Similit], name: _Name, format: str = "ris"
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.client.lists.export(interaction, name, format)

    show.autocomplete("name")(_lists)
    share.autocomplete("name")(_lists)
    export.autocomplete("name")(_lists)


def _fill(group: app_commands.Group) -> None:
    @group.command(name="save", description=said("command-list-save"))
    @app_commands.rename(name="list")
    @app_commands.describe(
        paper=said("option-paper"),
        name=said("option-list-new"),
        note=said("list-note"),
        tags=said("list-tags"),
    )
    async def save(
        interaction: discord.Interaction[Similit],
        paper: _Paper,
        name: _Name | None = None,
        note: Range[str, 0, LONGEST_NOTE] = "",
        tags: Range[str, 0, 200] = "",
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.client.saving.save(interaction, paper, name or "", note, tags)

    @group.command(name="remove", description=said("command-list-remove"))
    @app_commands.rename(name="list")
    @app_commands.describe(name=said("option-list"), paper=said("option-list-paper"))
    async def remove(
        interaction: discord.Interaction[Similit], name: _Name, paper: _Paper | None = None
    ) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.client.lists.remove(interaction, name, paper or "")

    save.autocomplete("name")(_lists)
    save.autocomplete("paper")(_titles)
    remove.autocomplete("name")(_lists)
    remove.autocomplete("paper")(_titles)


async def _lists(interaction: discord.Interaction[Similit], current: str) -> list[Choice[str]]:
    return await interaction.client.lists.names(interaction, current)


async def _titles(interaction: discord.Interaction[Similit], current: str) -> list[Choice[str]]:
    return await interaction.client.opening.titles(interaction, current)
