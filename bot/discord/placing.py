"""Which library answers: the server's, or in direct messages the one that the person chose."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import app_commands
from discord.ui import ActionRow, Button, Container, DynamicItem, LayoutView, TextDisplay

from bot.discord.access import Access
from bot.discord.escape import clean, escape
from bot.discord.pieces import ACCENT, message, notice
from bot.discord.wording import said
from bot.messages import Messages, messages
from bot.places import HOST, Places, choose, chosen
from corpus.text.width import clip

if TYPE_CHECKING:
    from bot.discord.client import Similit

Interaction = discord.Interaction[Any]
_SERVERS, _A_ROW, _NAME = 25, 5, 70


class PlacedTree(app_commands.CommandTree[Any]):
    """Commands that are answered with the papers of where they were given."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Settle which papers these are; False where the person has to choose first."""
        command = interaction.command
        if command is not None and command.name in _ANYWHERE:
            return True
        return bool(await self.client.placing.settle(interaction))


class PlaceButton(DynamicItem[Button[Any]], template=r"similit-place:(?P<server>\d+)"):
    """Lets the library of a server answer somebody's direct messages."""

    def __init__(self, server: int, label: str) -> None:
        self.server = server
        super().__init__(Button(label=label, custom_id=f"similit-place:{server}"))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        """The button that somebody pressed on a message, however old."""
        return cls(int(match["server"]), item.label or "")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the choice to whoever keeps it."""
        await interaction.client.placing.chose(interaction, self.server)


ITEMS = (PlaceButton,)
_COMMAND = "library"
_ANYWHERE = (_COMMAND, "privacy")


class Placing:
    """Settles, for whatever somebody does, which papers are meant."""

    def __init__(self, places: Places, access: Access) -> None:
        self._places = places
        self._access = access

    async def settle(self, interaction: Interaction) -> bool:
        """Settle which papers are meant; where the person has to say, ask, and give False."""
        if not self._places.several:
            return True
        if interaction.guild_id is not None:
            self._places.enter(interaction.guild_id)
            return True
        source, person = interaction.message, interaction.user
        servers = await self._access.servers(person)
        at = source.id if source is not None else interaction.id
        server = await asyncio.to_thread(self._chosen, person.id, at)
        if server is None:
            server = await self._first(person.id, servers, at, old=source is not None)
        if self._enter(server, servers):
            return True
        if interaction.type is not discord.InteractionType.autocomplete:
            say = messages(interaction.locale.value)
            view = notice(say("place-old")) if source is not None else which(servers, say)
            await interaction.response.send_message(view=view, ephemeral=True)
        return False

    async def settle_message(self, message: discord.Message, say: Messages) -> bool:
        """The same for a plain message."""
        if not self._places.several:
            return True
        if message.guild is not None:
            self._places.enter(message.guild.id)
            return True
        person = message.author.id
        servers = await self._access.servers(message.author)
        server = await asyncio.to_thread(self._chosen, person, message.id)
        if server is None:
            server = await self._first(person, servers, message.id, old=False)
        if self._enter(server, servers):
            return True
        await message.reply(view=which(servers, say), mention_author=False)
        return False

    async def asked(self, interaction: Interaction) -> None:
        """Let somebody choose again, where there is anything to choose."""
        say = messages(interaction.locale.value)
        servers = await self._access.servers(interaction.user)
        one = len(self._homes(servers)) == 1
        view = notice(say("place-only")) if one else which(servers, say)
        await interaction.followup.send(view=view)

    async def chose(self, interaction: Interaction, server: int) -> None:
        """Keep the choice of a server whose member the person is."""
        say = messages(interaction.locale.value)
        await interaction.response.defer()
        servers = await self._access.servers(interaction.user)
        named = next((one for one in servers if one.id == server), None)
        if named is None or interaction.guild_id is not None:
            await interaction.followup.send(view=notice(say("not-allowed")), ephemeral=True)
            return
        await asyncio.to_thread(self._choose, interaction.user.id, server, interaction.id)
        view = notice(say("place-chosen", name=clip(clean(named.name), _NAME)))
        await interaction.edit_original_response(view=view)

    async def stays(self, person: int, message: int) -> None:
        """Keep in mind that a direct message of the bot's, of this id, is of the papers that are
        meant now, where the person has chosen others.
        """
        if not self._places.several or self._places.nowhere:
            return
        server = await asyncio.to_thread(self._chosen, person, message)
        if server is not None and self._places.is_here(server):
            return
        if here := await self._reached(person):
            await asyncio.to_thread(self._choose, person, here, message)
            await asyncio.to_thread(self._choose, person, server, message + 1)

    async def was_here(self, person: int, message: int) -> bool:
        """Whether a direct message of this id that the person got is of the papers meant now."""
        if not self._places.several:
            return True
        server = await asyncio.to_thread(self._chosen, person, message)
        # One from before there were several is of the host's.
        return self._places.is_here(HOST if server is None else server)

    async def reaches(self, person: int) -> bool:
        """Whether the papers that are meant now are for this person to see directly."""
        if not self._places.several:
            return await self._access.allows(discord.Object(person), None)
        return bool(await self._reached(person))

    def belongs(self, server: int) -> bool:
        """Whether the papers that are meant now are for this server to see."""
        return self._access.answers(server) and self._places.is_here(server)

    async def _reached(self, person: int) -> int | None:
        servers = await self._access.servers(discord.Object(person))
        return next((one.id for one in servers if self._places.is_here(one.id)), None)

    async def _first(
        self, person: int, servers: Sequence[discord.Guild], at: int, *, old: bool
    ) -> int | None:
        """The server whose library answers somebody who never chose, None where that is not clear.

        A message of old is from before servers had libraries of their own: it is of the host's.
        """
        if old:
            return next((one.id for one in servers if self._places.home(one.id) == HOST), None)
        if len(self._homes(servers)) != 1:
            return None
        # What is sent after this is known to be of that library, whatever is chosen later.
        await asyncio.to_thread(self._choose, person, servers[0].id, at)
        return servers[0].id

    def _enter(self, server: int | None, servers: Sequence[discord.Guild]) -> bool:
        if server is None or server not in {one.id for one in servers}:
            return False
        self._places.enter(server)
        return True

    def _homes(self, servers: Sequence[discord.Guild]) -> set[int]:
        return {self._places.home(one.id) for one in servers}

    def _chosen(self, person: int, at: int) -> int | None:
        with self._places.within(HOST) as place:
            return chosen(place.state, person, at)

    def _choose(self, person: int, server: int | None, since: int) -> None:
        with self._places.within(HOST) as place:
            choose(place.state, person, server, since)


def which(servers: Sequence[discord.Guild], say: Messages) -> LayoutView:
    """The servers that somebody is in, to choose one of."""
    if not servers:
        return notice(say("not-allowed"))
    buttons = [
        PlaceButton(one.id, clip(clean(one.name).strip(), _NAME) or str(one.id))
        for one in servers[:_SERVERS]
    ]
    rows: list[ActionRow[Any]] = [
        ActionRow(*buttons[start : start + _A_ROW]) for start in range(0, len(buttons), _A_ROW)
    ]
    text: TextDisplay[Any] = TextDisplay(escape(say("place-which")))
    return message(Container(text, *rows, accent_colour=ACCENT))


def add_command(tree: app_commands.CommandTree[Similit]) -> None:
    """Put `/library` into `tree`, which is for direct messages."""

    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.allowed_contexts(guilds=False, dms=True, private_channels=False)
    @tree.command(name=_COMMAND, description=said("command-library"))
    async def library(interaction: discord.Interaction[Similit]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.client.placing.asked(interaction)
