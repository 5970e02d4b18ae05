"""The bot on Discord: connects, and hands what people do there to what answers it."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import discord
import yarl
from discord import app_commands

from bot.config import Config
from bot.discord import (
    browsing,
    commands,
    curating,
    helping,
    list_commands,
    placing,
    privacy,
    searching,
    watch_commands,
)
from bot.discord.asking import ChoiceMenu, filled
from bot.discord.browsing import Browsing
from bot.discord.curating import Curating
from bot.discord.exporting import Exporting
from bot.discord.feature import Feature
from bot.discord.finding import Finding
from bot.discord.helping import Helping
from bot.discord.listening import Listening
from bot.discord.lists import Lists
from bot.discord.opening import Opening
from bot.discord.placing import PlacedTree
from bot.discord.presses import ExportMenu, PaperMenu, Press, PressButton
from bot.discord.saving import Saving
from bot.discord.surface import Interaction, Surface
from bot.discord.talking import Talk
from bot.discord.watching import Watching
from bot.messages import messages
from bot.places import Places
from bot.shelf import Shelf
from bot.state import State

_log = logging.getLogger("similit")
ITEMS = (
    *(PressButton, PaperMenu, ExportMenu, ChoiceMenu),
    *(*browsing.ITEMS, *helping.ITEMS, *curating.ITEMS, *placing.ITEMS),
)
"""Every button and menu there is."""


class Similit(discord.Client):
    """The client. It needs no privileged intent and pings nobody."""

    def __init__(self, shelf: Shelf, config: Config, state: State) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            proxy=config.discord.proxy or None,
            max_messages=None,
        )
        self._config = config
        self.places = Places(config, shelf, state)
        surface = Surface(self, self.places, config)
        self.placing = surface.placing
        self.lists, self.saving = Lists(surface), Saving(surface)
        self.finding = Finding(surface, self.lists)
        self.opening = Opening(surface)
        self.exporting = Exporting(surface, self.lists)
        self.watching = Watching(surface)
        self.privacy = privacy.Privacy(surface)
        self.browsing = Browsing(surface)
        self.helping = Helping(surface, self.finding)
        self.curating = Curating(surface)
        self._listening = Listening(surface, self.helping, Talk(surface, self.lists, self.saving))
        self.features: tuple[Feature, ...] = (
            *(self.finding, self.opening, self.exporting),
            *(self.lists, self.saving, self.watching, self.privacy),
        )
        self.add_dynamic_items(*ITEMS)
        self.tree: app_commands.CommandTree[Any] = PlacedTree(self)
        for room in (commands, helping, curating, list_commands, watch_commands):
            room.add_commands(self.tree)
        searching.add_search(self.tree)
        browsing.add_command(self.tree)
        privacy.add_command(self.tree)
        if self.places.several:
            placing.add_command(self.tree)

    async def setup_hook(self) -> None:
        """Tell Discord of the commands, but only when they are not what it was told last."""
        await self.tree.set_translator(commands.CatalogueTranslator())
        told = await commands.fingerprint(self.tree, self.application_id or 0)
        with self.places.within() as host:
            if await asyncio.to_thread(host.state.fact, "commands") != told:
                await self.tree.sync()
                await asyncio.to_thread(host.state.note, "commands", told)
        self.watching.start()

    async def close(self) -> None:
        """Look for no more news, leave Discord, and close what servers have of their own."""
        self.watching.stop()
        await super().close()
        await asyncio.to_thread(self.places.close)

    async def on_connect(self) -> None:
        """Resume through the host's own gateway too, not the one that Discord names."""
        if self._config.discord.gateway:
            self.ws.gateway = yarl.URL(self._config.discord.gateway)

    async def on_ready(self) -> None:
        """Say that the bot is there."""
        with self.places.within() as host:
            papers = await asyncio.to_thread(lambda: host.shelf.library().state().papers)
        say = messages(self._config.discord.locale or "en")
        _log.info("%s", say("running", name=str(self.user), papers=papers, guilds=len(self.guilds)))

    async def pressed(self, interaction: Interaction, press: Press) -> None:
        """Do what a button or menu of any message, however old, asks for."""
        for feature in self.features:
            if do := feature.presses.get(press.kind):
                return await do(interaction, *press.numbers)
        return await _unknown(interaction, press)

    async def chosen(self, interaction: Interaction, press: Press, values: list[str]) -> None:
        """Do what a choice from a menu of any message asks for."""
        for feature in self.features:
            if do := feature.choices.get(press.kind):
                return await do(interaction, values, *press.numbers)
        return await _unknown(interaction, press)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Do what a form that came back asks for; Discord's library has done everything else."""
        refined, form = searching.form_of(interaction), filled(interaction)
        if not (refined or form) or not await self.placing.settle(interaction):
            return None
        if refined:
            return await self.finding.refined(interaction, refined.numbers)
        if form is None:
            return None
        press, written = form
        for feature in self.features:
            if do := feature.forms.get(press.kind):
                await do(interaction, written, *press.numbers)
        return None

    async def on_message(self, message: discord.Message) -> None:
        """Answer what is said to the bot."""
        await self._listening.heard(message)


async def _unknown(interaction: Interaction, press: Press) -> None:
    _log.warning("nothing is known to do for what was pressed: %s", press)
    await interaction.response.defer()
