"""`/help`, `/about`, and the first words to somebody new."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ui import LayoutView

from bot import about
from bot.discord import helping_layout as layout
from bot.discord.helping_layout import HelpButton
from bot.discord.wording import anywhere, said
from bot.follow_up import follow_up
from bot.messages import Messages
from bot.met import first_time
from bot.shelf import Shelf

if TYPE_CHECKING:
    from bot.discord.client import Similit

_log = logging.getLogger("similit")
Interaction = discord.Interaction[Any]
ITEMS = (HelpButton,)


class Helping:
    """What the client says of itself."""

    def __init__(self, client: Similit, keep_days: int) -> None:
        self._client = client
        self._keep_days = keep_days

    async def asked(self, interaction: Interaction, what: str) -> None:
        """Answer `/help` or `/about`, the interaction being deferred."""
        await self._client.answer(interaction, self._page(what))

    async def pressed(self, interaction: Interaction, what: str, topic: int) -> None:
        """Do what a button asks for: show a page, or ask with the name of a topic."""
        if what != "try":
            await self._client.follow(interaction, self._page(what), private=True)
            return
        source = interaction.message
        hidden = source is not None and source.flags.ephemeral
        await interaction.response.defer(ephemeral=hidden, thinking=True)
        found = await self._client.looked_up(
            interaction, lambda shelf: shelf.library().browsing.numbered(topic)
        )
        await self._client.asked(interaction, found.name if found else "", None)

    async def greeting(self, message: discord.Message, text: str, say: Messages) -> bool:
        """Introduce the bot to somebody new and show the help where that is what `text` asks for;
        whether nothing is left to be answered.
        """
        wish, person = follow_up(text), message.author.id
        helps = wish is not None and wish.verb == "help"
        hello = about.is_greeting(text)
        new = message.guild is None and await asyncio.to_thread(
            first_time, self._client.state, person
        )
        if not (helps or hello or new):
            return False
        make = self._page("help") if helps else _welcome
        try:
            view = await asyncio.to_thread(make, self._client.shelf, say)
        except Exception:  # noqa: BLE001 - what fails here fails again, and is told, in the answer
            _log.warning("an introduction failed", exc_info=True)
            return False
        await message.reply(view=view, mention_author=False)
        return helps or hello or not (text or message.attachments)

    def _page(self, what: str) -> Callable[[Shelf, Messages], LayoutView]:
        def help(shelf: Shelf, say: Messages) -> LayoutView:
            return layout.help(about.example(shelf.library(), say), say)

        def known(shelf: Shelf, say: Messages) -> LayoutView:
            return layout.about(about.rows(shelf, self._keep_days, say), say)

        return help if what == "help" else known


def _welcome(shelf: Shelf, say: Messages) -> LayoutView:
    library = shelf.library()
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
