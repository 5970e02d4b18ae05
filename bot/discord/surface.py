"""The client as far as its features need it: whose papers are meant, who is answered, and how."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import discord
from discord.ui import LayoutView

from bot.config import Config
from bot.discord.access import Access
from bot.discord.export_layout import FileView
from bot.discord.failures import explained, logged
from bot.discord.pieces import notice
from bot.discord.placing import Placing
from bot.discord.reader import reader_of
from bot.discord.seen import remember
from bot.messages import Messages, messages
from bot.pace import Paces
from bot.places import Places
from bot.reading_lists import Reader
from bot.shelf import Shelf
from bot.state import State

Interaction = discord.Interaction[Any]
Answer = Callable[[Messages], Awaitable[LayoutView]]
_T = TypeVar("_T")


class Surface:
    """Sends answers, or why there are none, to whoever is to be answered."""

    def __init__(self, client: discord.Client, places: Places, config: Config) -> None:
        limits = config.discord
        self.client = client
        self.places = places
        self.config = config
        self.access = Access(client, limits)
        self.placing = Placing(places, self.access)
        self._paces = Paces(limits.person_per_minute, limits.channel_per_minute)

    @property
    def shelf(self) -> Shelf:
        """The papers of where something is done."""
        return self.places.shelf

    @property
    def state(self) -> State:
        """What is remembered where something is done."""
        return self.places.state

    async def respond(
        self, interaction: Interaction, answer: Answer, *, in_place: bool = False
    ) -> None:
        """Send what `answer` gives to a deferred interaction, or why there is nothing to send.

        A failure stands where the answer would have stood; instead of a turned page, which would
        take the list away, it is a private word.
        """
        say = messages(interaction.locale.value)
        try:
            who, where = interaction.user, interaction.guild
            refused = await self.refusal(who, where, reader_of(interaction), say)
            if not refused:
                await self._send(interaction, await answer(say), in_place=in_place)
                return
        except Exception as error:  # noqa: BLE001 - whatever it is, the person has to hear of it
            refused = self.explained(error, say)
        try:
            await interaction.followup.send(view=notice(refused), ephemeral=in_place)
        except discord.HTTPException as error:
            logged("a failure could not be told (code %s)", error)

    async def _send(self, interaction: Interaction, view: LayoutView, *, in_place: bool) -> None:
        if in_place:
            await interaction.edit_original_response(view=view)
        else:
            file = view.file if isinstance(view, FileView) else discord.utils.MISSING
            sent = await interaction.followup.send(view=view, file=file, wait=True)
            if interaction.guild_id is None:
                await self.placing.stays(interaction.user.id, sent.id)
        place, person = interaction.channel_id or 0, interaction.user.id
        await asyncio.to_thread(remember, self.state, place, person, view)

    async def follow(
        self, interaction: Interaction, answer: Answer, *, private: bool = False
    ) -> None:
        """Answer a press with a new message, as private as the one it stands on."""
        source = interaction.message
        hidden = private or (source is not None and source.flags.ephemeral)
        await interaction.response.defer(ephemeral=hidden, thinking=True)
        await self.respond(interaction, answer)

    async def turn(self, interaction: Interaction, asker: int, answer: Answer) -> None:
        """Answer a press in place for the one who asked, as a private copy for others."""
        own = interaction.user.id == asker
        if own:
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
        await self.respond(interaction, answer, in_place=own)

    async def looked_up(self, interaction: Interaction, find: Callable[[], _T]) -> _T | None:
        """What `find` gives, in a thread; None where the person is not answered here."""
        if not await self.access.allows(interaction.user, interaction.guild):
            return None
        return await asyncio.to_thread(find)

    async def refusal(
        self,
        person: discord.User | discord.Member,
        guild: discord.Guild | None,
        reader: Reader,
        say: Messages,
    ) -> str:
        """Why somebody is not answered here or now, "" where they are."""
        if not await self.access.allows(person, guild):
            return say("not-allowed")
        wait = self._paces.hold(*reader)
        return say("pace", seconds=wait) if wait else ""

    def explained(self, error: Exception, say: Messages) -> str:
        """The sentence for an error, as `failures.explained` gives it."""
        return explained(error, say, self.config.privacy.keep_questions_days)
