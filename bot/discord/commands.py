"""The slash commands and the message command: what they are called, and what they hand on."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range, locale_str

from bot.discord.wording import anywhere as _anywhere
from bot.discord.wording import said as _said
from bot.messages import messages

if TYPE_CHECKING:
    from bot.discord.client import Similit

_LONGEST_TEXT = 6000  # what Discord lets a person put into an option
_MOST_PAPERS = 100
_LOCALES = ("en-US", "en-GB", "zh-CN", "zh-TW")


class CatalogueTranslator(app_commands.Translator):
    """Takes what Discord shows of commands from the catalogues of messages."""

    async def translate(
        self,
        string: locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,  # noqa: ARG002 - the interface asks for it
    ) -> str | None:
        """The message named by the string's `name`, for the languages we speak."""
        name = string.extras.get("name")
        if name is None or locale.value not in _LOCALES:
            return None
        return messages(locale.value)(name)


def add_commands(tree: app_commands.CommandTree[Similit]) -> None:
    """Put every command into `tree`."""

    @_anywhere
    @tree.command(name="similar", description=_said("command-similar"))
    @app_commands.describe(
        text=_said("option-text"), count=_said("option-count"), private=_said("option-private")
    )
    async def similar(
        interaction: discord.Interaction[Similit],
        text: Range[str, 1, _LONGEST_TEXT],
        count: Range[int, 1, _MOST_PAPERS] | None = None,
        private: bool = False,
    ) -> None:
        await interaction.response.defer(ephemeral=private, thinking=True)
        await interaction.client.finding.asked(interaction, text, count)

    @_anywhere
    @tree.command(name="paper", description=_said("command-paper"))
    @app_commands.describe(paper=_said("option-paper"), private=_said("option-private"))
    async def paper(
        interaction: discord.Interaction[Similit], paper: str, private: bool = False
    ) -> None:
        await interaction.response.defer(ephemeral=private, thinking=True)
        await interaction.client.opening.opened(interaction, paper)

    @paper.autocomplete("paper")
    async def _titles(interaction: discord.Interaction[Similit], current: str) -> list[Choice[str]]:
        return await interaction.client.opening.titles(interaction, current)

    @_anywhere
    @tree.context_menu(name=_said("menu-similar"))
    async def similar_to_message(
        interaction: discord.Interaction[Similit], message: discord.Message
    ) -> None:
        await interaction.response.defer(thinking=True)
        await interaction.client.finding.asked_with(interaction, message)


async def fingerprint(tree: app_commands.CommandTree[Any], application: int) -> str:
    """Names the commands as Discord would be told of them, for `application`."""
    translator = tree.translator
    payload = [
        await command.get_translated_payload(tree, translator)
        if translator
        else command.to_dict(tree)
        for command in tree.get_commands()
    ]
    told = json.dumps([application, payload], sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(told.encode(), digest_size=12).hexdigest()
