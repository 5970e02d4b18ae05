"""`/watch` and what is under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Choice, Range

from bot.discord.wording import anywhere, said
from bot.reading_lists import LONGEST_NAME
from bot.schedule import DAILY, PACES

if TYPE_CHECKING:
    from bot.discord.client import Similit

_PACES = [Choice(name=said(f"watch-{pace}"), value=pace) for pace in PACES]


def add_commands(tree: app_commands.CommandTree[Similit]) -> None:
    """Put the commands about watches into `tree`."""
    group = anywhere(app_commands.Group(name="watch", description=said("command-watch")))

    @group.command(name="add", description=said("command-watch-add"))
    @app_commands.rename(name="list", pace="when")
    @app_commands.describe(
        text=said("option-watch-text"),
        name=said("option-watch-list"),
        pace=said("option-pace"),
        here=said("option-here"),
        zone=said("option-zone"),
    )
    @app_commands.choices(pace=_PACES)
    async def add(
        interaction: discord.Interaction[Similit],
        text: Range[str, 1, 6000] | None = None,
        name: Range[str, 1, LONGEST_NAME] | None = None,
        pace: str = DAILY,
        here: bool = False,
        zone: Range[str, 1, 100] | None = None,
    ) -> None:
        await interaction.response.defer(ephemeral=not here, thinking=True)
        await interaction.client.watching.add(
            interaction, text or "", name or "", pace, zone or "", here=here
        )

    @group.command(name="show", description=said("command-watch-show"))
    async def show(interaction: discord.Interaction[Similit]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.client.watching.show(interaction)

    add.autocomplete("name")(_lists)
    add.autocomplete("zone")(_zones)
    tree.add_command(group)


async def _lists(interaction: discord.Interaction[Similit], current: str) -> list[Choice[str]]:
    return await interaction.client.lists.names(interaction, current)


async def _zones(interaction: discord.Interaction[Similit], current: str) -> list[Choice[str]]:
    return await interaction.client.watching.zones(interaction, current)
