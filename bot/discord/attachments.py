"""The text of a message, wherever Discord put it."""

from __future__ import annotations

import discord

LONGEST = 256 * 1024


class UnreadableAttachment(Exception):
    """What was attached cannot be a question; `message` names the sentence that says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


async def text_of(message: discord.Message, content: str) -> str:
    """`content`, or what a long paste became: an attached text file.

    Raises `UnreadableAttachment` where there is an attachment, but no text that can be read.
    """
    if content.strip() or not message.attachments:
        return content.strip()
    for attachment in message.attachments:
        if _is_text(attachment):
            if attachment.size > LONGEST:
                raise UnreadableAttachment("attachment-too-big")
            data = await attachment.read()
            try:
                return data.decode("utf-8-sig").strip()
            except UnicodeDecodeError as error:
                raise UnreadableAttachment("attachment-not-text") from error
    raise UnreadableAttachment("attachment-not-text")


def _is_text(attachment: discord.Attachment) -> bool:
    kind = (attachment.content_type or "").split(";")[0]
    return kind == "text/plain" or attachment.filename.lower().endswith(".txt")
