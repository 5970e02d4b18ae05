"""`/help`, `/about`, and the first words to somebody new."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ui import LayoutView

from bot import about
from bot.discord import helping_layout as layout
from bot.discord.feature import in_thread
from bot.discord.finding import Finding
from bot.discord.helping_layout import HelpButton
from bot.discord.surface import Interaction, Surface
from bot.discord.wording import anywhere, said
from bot.follow_up import follow_up
from bot.messages import Messages
from bot.met import first_time

if TYPE_CHECKING:
    from bot.discord.client import Similit

_log = logging.getLogger("similit")
ITEMS = (HelpButton,)


class Helping:
    """What the bot says of itself."""

    def __init__(self, surface: Surface, finding: Finding) -> None:
        self._surface = surface
        self._finding = finding

    async def asked(self, interaction: Interaction, what: str) -> None:
        """Answer `/help` or `/about`, the interaction being deferred."""
        await self._surface.respond(interaction, in_thread(self._page(what)))

    async def pressed(self, interaction: Interaction, what: str, topic: int) -> None:
        """Do what a button asks for: show a page, or ask with the name of a topic."""
        if what != "try":
            await self._surface.follow(interaction, in_thread(self._page(what)), private=True)
            return
        source = interaction.message
        hidden = source is not None and source.flags.ephemeral
        await interaction.response.defer(ephemeral=hidden, thinking=True)
        shelf = self._surface.shelf
        found = await self._surface.looked_up(
            interaction, lambda: shelf.library().browsing.numbered(topic)
        )
        await self._finding.asked(interaction, found.name if found else "", None)

    async def greeting(self, message: discord.Message, text: str, say: Messages) -> bool:
        """Introduce the bot to somebody new and show the help where that is what `text` asks for;
        whether nothing is left to be answered.
        """
        wish, person = follow_up(text), message.author.id
        helps = wish is not None and wish.verb == "help"
        hello = about.is_greeting(text)
        new = message.guild is None and await asyncio.to_thread(
            first_time, self._surface.state, person
        )
        if not (helps or hello or new):
            return False
        make = self._page("help") if helps else self._welcome
        try:
            view = await asyncio.to_thread(make, say)
        except Exception:  # noqa: BLE001 - what fails here fails again, and is told, in the answer
            _log.warning("an introduction failed", exc_info=True)
            return False
        await message.reply(view=view, mention_author=False)
        return helps or hello or not (text or message.attachments)

    def _page(self, what: str) -> Callable[[Messages], LayoutView]:
        return self._help if what == "help" else self._about

    def _help(self, say: Messages) -> LayoutView:
        return layout.help(about.example(self._surface.shelf.library(), say), say)

    def _about(self, say: Messages) -> LayoutView:
        days = self._surface.config.privacy.keep_questions_days
        return layout.about(about.rows(self._surface.shelf, days, say), say)

    def _welcome(self, say: Messages) -> LayoutView:
        library = self._surface.shelf.library()
        return layout.welcome(library.state().papers, about.example(library, say), say)


def add_commands(tree: app_commands.CommandTree[Similit]) -> None:
    """Put `/help` and `/about` into `tree`."""

    @anywhere
    @tree.command(name="help", description=said("command-help"))
    async def help(interaction: discord.Interaction[Similit]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.client.helping.asked(interaction, "help")

    @anywhere
    @tree.command(name="about", description=said("command-about"))
    async def known(interaction: discord.Interaction[Similit]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.client.helping.asked(interaction, "about")
