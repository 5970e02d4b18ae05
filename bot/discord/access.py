"""Who is answered: the servers and roles that the host allows."""

from __future__ import annotations

import discord

from bot.config import DiscordSettings


class Access:
    """The host's rule, asked at run time for everything that anybody does."""

    def __init__(self, client: discord.Client, settings: DiscordSettings) -> None:
        self._client = client
        self._guilds = frozenset(settings.guilds)
        self._roles = frozenset(settings.roles)

    async def allows(
        self, person: discord.User | discord.Member, guild: discord.Guild | None
    ) -> bool:
        """Whether `person` is answered in `guild`, or, where that is None, in direct messages.

        In direct messages it takes what it takes in one of the allowed servers.
        """
        if not self._guilds and not self._roles:
            return True
        if guild is not None:
            return self._in_guild(guild.id) and self._by_role(person)
        for known in self._client.guilds:
            if self._in_guild(known.id):
                member = known.get_member(person.id) or await _fetched(known, person.id)
                if member is not None and self._by_role(member):
                    return True
        return False

    def _in_guild(self, guild: int) -> bool:
        return not self._guilds or guild in self._guilds

    def _by_role(self, person: discord.User | discord.Member) -> bool:
        if not self._roles:
            return True
        roles = person.roles if isinstance(person, discord.Member) else []
        return any(role.id in self._roles for role in roles)


async def _fetched(guild: discord.Guild, person: int) -> discord.Member | None:
    try:
        return await guild.fetch_member(person)
    except discord.HTTPException:
        return None
