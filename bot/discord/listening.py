"""Plain messages: what is said to the bot directly, or by mention, and its answer."""

from __future__ import annotations

import re

import discord
from discord.ui import LayoutView

from bot.declined import Declined
from bot.discord.attachments import text_of
from bot.discord.failures import logged
from bot.discord.helping import Helping
from bot.discord.pieces import notice
from bot.discord.reader import reader
from bot.discord.seen import seen_in
from bot.discord.surface import Surface
from bot.discord.talking import Talk
from bot.messages import Messages, messages
from bot.state import Seen
from bot.waiting import while_awaited
from corpus.text.language import guess_language


class Listening:
    """Answers direct messages and mentions; everything else is other people's talk."""

    def __init__(self, surface: Surface, helping: Helping, talk: Talk) -> None:
        self._surface = surface
        self._helping = helping
        self._talk = talk

    async def heard(self, message: discord.Message) -> None:
        """Answer a message that is meant for the bot."""
        me = self._surface.client.user
        if message.author.bot or me is None or not _is_said(message):
            return
        if message.guild is not None and not self._mentioned(message):
            return
        content = re.sub(rf"<@!?{me.id}>", " ", message.content).strip()
        say = self._language_for(message, content)
        try:
            await self._reply(message, content, say)
        except discord.HTTPException as error:
            logged("a message was not answered (code %s)", error)

    async def _reply(self, message: discord.Message, content: str, say: Messages) -> None:
        whose = reader(message.author, message.guild, message.channel)
        refused = await self._surface.refusal(message.author, message.guild, whose, say)
        if refused:
            view = notice(refused)
        elif not await self._surface.placing.settle_message(
            message, say
        ) or await self._helping.greeting(message, content, say):
            return
        else:
            try:
                view = await self._answer(message, content, say)
            except Exception as error:  # noqa: BLE001 - whatever it is, the person has to hear of it
                view = notice(self._surface.explained(error, say))
        await message.reply(view=view, mention_author=False)

    async def _answer(self, message: discord.Message, content: str, say: Messages) -> LayoutView:
        private = message.guild is None
        if not content and not message.attachments and _role_mentioned(message):
            return notice(say("role-mention"))
        text = await text_of(message, content, self._surface.shelf)
        if not text:
            return notice(say("empty-question" if private else "mention-empty"))
        whose = reader(message.author, message.guild, message.channel)
        pointed_at = await self._pointed_at(message)
        return await while_awaited(
            self._talk.reply, text, say, message.channel.id, whose, pointed_at, alone=private
        )

    async def _pointed_at(self, message: discord.Message) -> Seen | None:
        """The list of ours that a message replies to. Raises `Declined` where that is of papers
        which are not those meant now.
        """
        replied = message.reference.resolved if message.reference is not None else None
        if not isinstance(replied, discord.Message) or replied.author != self._surface.client.user:
            return None
        seen = seen_in(component.to_dict() for component in replied.components)
        direct, placing = message.guild is None, self._surface.placing
        if seen and direct and not await placing.was_here(message.author.id, replied.id):
            raise Declined("place-old-list")
        return seen

    def _mentioned(self, message: discord.Message) -> bool:
        return self._surface.client.user in message.mentions or _role_mentioned(message)

    def _language_for(self, message: discord.Message, content: str) -> Messages:
        """The query's language, then the server's, then the host's choice."""
        ours = self._surface.config.discord.locale
        language = guess_language(content) if content else ""
        preferred = message.guild.preferred_locale.value if message.guild is not None else ours
        if language == "zh":
            return messages(preferred if preferred.startswith("zh") else "zh-CN")
        return messages("en" if language else preferred or ours)


def _is_said(message: discord.Message) -> bool:
    return message.type in (discord.MessageType.default, discord.MessageType.reply)


def _role_mentioned(message: discord.Message) -> bool:
    role = message.guild.self_role if message.guild is not None else None
    return role is not None and role in message.role_mentions
