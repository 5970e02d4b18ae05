"""What Discord shows of a command, and where it offers it."""

from __future__ import annotations

from typing import TypeVar

from discord import app_commands
from discord.app_commands import locale_str

from bot.messages import messages

_Command = TypeVar("_Command")


def said(name: str) -> locale_str:
    """The message of this name, to be translated by `CatalogueTranslator`."""
    return locale_str(messages("en")(name), name=name)


def anywhere(command: _Command) -> _Command:
    """Mark a command as one for servers and for direct messages with the bot."""
    command = app_commands.allowed_installs(guilds=True, users=False)(command)
    return app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)(command)
