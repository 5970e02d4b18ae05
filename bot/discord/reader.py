"""Who does something on Discord, and who else sees what comes of it."""

from __future__ import annotations

from typing import Any

import discord

from bot.reading_lists import Reader

Interaction = discord.Interaction[Any]


def reader_of(interaction: Interaction) -> Reader:
    """Who acts, and in which channel: a thread is part of its channel, a direct message of none."""
    return reader(interaction.user, interaction.guild, interaction.channel)


def reader(person: Any, guild: discord.Guild | None, channel: Any) -> Reader:
    """Who acts, and where, whatever they do there."""
    if guild is None or channel is None:
        return Reader(str(person.id))
    parent = channel.parent_id if isinstance(channel, discord.Thread) else None
    return Reader(str(person.id), str(parent or channel.id))


def is_alone(interaction: Interaction) -> bool:
    """Whether nobody else sees what is answered."""
    if interaction.guild_id is None or interaction.namespace.private is True:
        return True
    source = interaction.message
    return source is not None and source.flags.ephemeral
