"""Watches on Discord: what their commands and presses do, and sending what is new."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Callable, Sequence

import aiohttp
import discord
from discord.app_commands import Choice
from discord.ext import tasks
from discord.ui import LayoutView

from bot.declined import Declined
from bot.digests import Told, about, gather, set_watch, target_of, told
from bot.discord import pieces, watch_layout
from bot.discord.escape import clean
from bot.discord.feature import Feature, in_thread
from bot.discord.reader import is_alone, reader_of
from bot.discord.surface import Interaction, Surface
from bot.messages import Messages, messages
from bot.reading_lists import Reader
from bot.schedule import DAILY, zone_named, zones_with
from bot.waiting import while_awaited
from bot.watches import Digest, Target, Watch, Watches

_log = logging.getLogger("similit")
_EVERY = 20.0  # seconds: how soon "at once" is
_CHOICES = 25


class Watching(Feature):
    """Watches, and the task that tells what is new."""

    def __init__(self, surface: Surface, clock: Callable[[], float] = time.time) -> None:
        super().__init__(surface)
        self._watches = Watches(surface.state)
        self._clock = clock
        self._task = tasks.loop(seconds=_EVERY)(self._tick)
        self.presses = {
            ("watch", 1): self.paper,
            ("watchlist", 1): self.reading_list,
            ("endwatch", 1): self.ended,
            ("news", 2): self.turned,
        }
        self.choices = {("endwatch", 0): self.chosen}

    # Commands

    async def add(
        self, interaction: Interaction, text: str, name: str, pace: str, zone: str, *, here: bool
    ) -> None:
        """Watch a text or a list, for a person or for the channel."""
        reader = reader_of(interaction)
        channel = str(interaction.channel_id or "") if here and reader.channel else ""

        def add(say: Messages) -> LayoutView:
            library, lists = self._lists()
            if bool(text.strip()) == bool(name):
                raise Declined("watch-what")
            if zone and not zone_named(zone):
                raise Declined("watch-zone", name=clean(zone))
            if name:
                found = lists.named(reader, name)
                if channel and found.channel != reader.channel:
                    raise Declined("list-not-shared", name=clean(found.name))
                target = Target(list=found.id)
            else:
                demo = self._surface.shelf.is_demo(library)
                target = target_of(library, text.strip(), demo=demo)
            return self._set(Reader(reader.person, channel), target, say, pace, zone_named(zone))

        await self._surface.respond(interaction, in_thread(add))

    def _set(
        self, reader: Reader, target: Target, say: Messages, pace: str = DAILY, zone: str = ""
    ) -> LayoutView:
        surface = self._surface
        watch = set_watch(
            surface.shelf,
            surface.state,
            surface.config,
            reader,
            target,
            say,
            pace=pace,
            zone=zone,
            now=int(self._clock()),
        )
        return watch_layout.watching(watch, about(*self._lists(), watch, say), say)

    async def show(self, interaction: Interaction) -> None:
        """What the person watches."""
        person = reader_of(interaction).person
        await self._surface.respond(interaction, in_thread(lambda say: self._all(person, say)))

    def _all(self, person: str, say: Messages) -> LayoutView:
        library, lists = self._lists()
        found = self._watches.of(person)
        return watch_layout.watches([(one, about(library, lists, one, say)) for one in found], say)

    async def zones(self, _: Interaction, current: str) -> list[Choice[str]]:
        """Time zones for what somebody has written of one so far."""
        found = await asyncio.to_thread(zones_with, current, _CHOICES)
        return [Choice(name=name, value=name) for name in found]

    # Presses

    async def paper(self, interaction: Interaction, paper: int) -> None:
        """Watch for papers like one, for the person alone."""
        person = reader_of(interaction).person

        def watch(say: Messages) -> LayoutView:
            library, _ = self._lists()
            found = library.paper(paper).id
            demo = self._surface.shelf.is_demo(library)
            return self._set(Reader(person), Target(paper=-found if demo else found), say)

        await self._surface.follow(interaction, in_thread(watch), private=True)

    async def reading_list(self, interaction: Interaction, id: int) -> None:
        """Watch for papers like those of a list, for the person alone."""
        reader = reader_of(interaction)

        def watch(say: Messages) -> LayoutView:
            _, lists = self._lists()
            found = lists.one(reader, id)
            return self._set(Reader(reader.person), Target(list=found.id), say)

        await self._surface.follow(interaction, in_thread(watch), private=True)

    async def ended(self, interaction: Interaction, id: int) -> None:
        """End a watch, from its digest or from where it was set."""
        person = reader_of(interaction).person
        keeper = interaction.permissions.manage_messages and interaction.guild is not None

        def end(say: Messages) -> LayoutView:
            library, lists = self._lists()
            said = about(library, lists, self._watches.one(id), say)
            self._watches.end(id, person, keeper=keeper)
            return pieces.notice(say("watch-ended", about=clean(said)))

        await self._surface.follow(interaction, in_thread(end))

    async def chosen(self, interaction: Interaction, values: Sequence[str]) -> None:
        """End a watch chosen from all, and show those that are left."""
        person = reader_of(interaction).person

        def end(say: Messages) -> LayoutView:
            self._watches.end(int(values[0]), person)
            return self._all(person, say)

        await self._turn(interaction, in_thread(end))

    async def turned(self, interaction: Interaction, id: int, page: int) -> None:
        """Turn the pages of a digest: in place for the one who watches, as a copy for others."""
        person = reader_of(interaction).person

        def found() -> str:
            return self._watches.one(self._watches.digest(id).watch).person

        def turn(say: Messages) -> LayoutView:
            digest = self._watches.digest(id)
            shown = told(*self._lists(), self._watches.one(digest.watch), digest)
            return watch_layout.digest(shown, say, page)

        try:
            own = await asyncio.to_thread(found) == person or is_alone(interaction)
        except Declined:
            own = False
        if own:
            await self._turn(interaction, in_thread(turn))
        else:
            await self._surface.follow(interaction, in_thread(turn), private=True)

    # Telling

    def start(self) -> None:
        """Tell what is new from now on."""
        self._task.start()

    def stop(self) -> None:
        """Tell nothing any more."""
        self._task.cancel()

    async def _tick(self) -> None:
        await self._surface.client.wait_until_ready()
        await self.tell()

    async def tell(self) -> None:
        """Make the digests that are due in each place, and send those that have not been sent."""
        places, now = self._surface.places, int(self._clock())
        for server in places.all():
            try:
                await while_awaited(self._gather, server, now)
                with places.within(server):
                    await self._send_all(now)
            except Exception as error:  # noqa: BLE001 - the next time it may go well
                code = secrets.token_hex(3)
                _log.error("looking for news failed (code %s)", code, exc_info=error)

    def _gather(self, server: int, now: int) -> None:
        with self._surface.places.within(server) as place:
            gather(place.shelf, place.state, self._surface.config, now=now)

    async def _send_all(self, now: int) -> None:
        surface = self._surface
        for watch, digest in await asyncio.to_thread(self._watches.unsent, now):
            if await self._send(watch, digest):
                days = surface.config.privacy.keep_questions_days
                await asyncio.to_thread(self._watches.sent, digest, now, days)
            else:
                await asyncio.to_thread(self._watches.failed, digest, now)

    async def _send(self, watch: Watch, digest: Digest) -> bool:
        """Whether there is nothing left to send of a digest."""
        try:
            shown = await asyncio.to_thread(self._told, watch, digest)
            if not shown.hits:
                return True
            where = await self._where(watch)
            if where is None:
                return False  # whoever may not see these papers now, may again later
            # Sent again because nobody knows whether it arrived, it arrives once: Discord sees
            # that it is the same.
            view = watch_layout.digest(shown, messages(watch.locale))
            sent = await where.send(view=view, nonce=str(digest.id))
            if not watch.channel:
                await self._surface.placing.stays(int(watch.person), sent.id)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            code = secrets.token_hex(3)
            _log.warning("a digest is sent again later (code %s): %s", code, error)
            return False
        return True

    def _told(self, watch: Watch, digest: Digest) -> Told:
        return told(*self._lists(), watch, digest)

    async def _where(self, watch: Watch) -> discord.abc.Messageable | None:
        """Where a watch is told, None where these papers are not to be told any longer."""
        client, placing = self._surface.client, self._surface.placing
        if not watch.channel:
            if not await placing.reaches(int(watch.person)):
                return None
            return await client.create_dm(discord.Object(int(watch.person)))
        id = int(watch.channel)
        channel = client.get_channel(id) or await client.fetch_channel(id)
        guild = getattr(channel, "guild", None)
        if guild is None or not placing.belongs(guild.id):
            return None
        return client.get_partial_messageable(id)
