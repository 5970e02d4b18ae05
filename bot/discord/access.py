"""Who is answered: the servers and roles that the host allows."""

from __future__ import annotations

import asyncio
import enum
from collections.abc import Callable

import discord

from bot.config import DiscordSettings


class Rank(enum.IntEnum):
    """What somebody may do to the papers: ask; add, and take that back; take any import back."""

    READER = 0
    CURATOR = 1
    ADMIN = 2


class Access:
    """The host's rule, asked at run time for everything that anybody does."""

    def __init__(self, client: discord.Client, settings: DiscordSettings) -> None:
        self._client = client
        self._guilds = frozenset(settings.guilds)
        self._roles = frozenset(settings.roles)
        self._curators = frozenset(settings.curators)
        self._admins = frozenset(settings.admins)

    async def allows(self, person: discord.abc.Snowflake, guild: discord.Guild | None) -> bool:
        """Whether `person` is answered in `guild`, or, where that is None, in direct messages.

        In direct messages it takes what it takes in one of the allowed servers.
        """
        if not self._guilds and not self._roles:
            return True
        if guild is not None:
            return self.answers(guild.id) and self._by_role(person)
        return any(map(self._by_role, await self._memberships(person)))

    def answers(self, guild: int) -> bool:
        """Whether anybody is answered in this server."""
        return not self._guilds or guild in self._guilds

    async def servers(self, person: discord.abc.Snowflake) -> list[discord.Guild]:
        """The servers in which `person` is answered."""
        memberships = await self._memberships(person)
        return [member.guild for member in memberships if self._by_role(member)]

    async def rank(
        self,
        person: discord.User | discord.Member,
        guild: discord.Guild | None,
        counts: Callable[[int], bool],
    ) -> Rank:
        """What `person` may do to the papers of `guild`, or, in direct messages, to those of the
        servers that `counts` says.
        """
        if guild is not None:
            return self._rank(person)
        members = await self._memberships(person)
        ranks = (self._rank(member) for member in members if counts(member.guild.id))
        return max(ranks, default=Rank.READER)

    def _rank(self, person: discord.User | discord.Member) -> Rank:
        if not isinstance(person, discord.Member) or not self.answers(person.guild.id):
            return Rank.READER
        roles = {role.id for role in person.roles}
        if roles & self._admins:
            return Rank.ADMIN
        if roles & self._curators:
            return Rank.CURATOR
        manages = person.guild_permissions.manage_guild
        return Rank.ADMIN if manages and not self._curators | self._admins else Rank.READER

    async def _memberships(self, person: discord.abc.Snowflake) -> list[discord.Member]:
        known = [guild for guild in self._client.guilds if self.answers(guild.id)]
        found = await asyncio.gather(*(_member(guild, person.id) for guild in known))
        return [member for member in found if member is not None]

    def _by_role(self, person: discord.abc.Snowflake) -> bool:
        if not self._roles:
            return True
        roles = person.roles if isinstance(person, discord.Member) else []
        return any(role.id in self._roles for role in roles)


async def _member(guild: discord.Guild, person: int) -> discord.Member | None:
    if member := guild.get_member(person):
        return member
    try:
        return await guild.fetch_member(person)
    except discord.HTTPException:
        return None
