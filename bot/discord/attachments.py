"""What a message asks, wherever Discord put it."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import discord

from bot.declined import Declined
from bot.question_file import LARGEST, question_in
from bot.shelf import Shelf

_NO_TEXT = ("image/", "audio/", "video/")


async def text_of(message: discord.Message, content: str, shelf: Shelf) -> str:
    """`content`, or what an attached file asks, such as the text that a long paste became.

    Raises `Declined` where there are files, but none that anything can be asked with.
    """
    if content.strip() or not message.attachments:
        return content.strip()
    declined = Declined("file-unreadable")
    for attachment in message.attachments:
        try:
            return await _asked(attachment, shelf)
        except Declined as error:
            declined = error
    raise declined


async def _asked(attachment: discord.Attachment, shelf: Shelf) -> str:
    if (attachment.content_type or "").startswith(_NO_TEXT):
        raise Declined("file-unreadable")
    if attachment.size > LARGEST:
        raise Declined("file-too-large", limit=LARGEST)
    data = await attachment.read()

    def read() -> str:
        with tempfile.TemporaryDirectory(prefix="similit-") as folder:
            path = Path(folder, "attachment")
            path.write_bytes(data)
            return question_in(path, shelf.library())

    return await asyncio.to_thread(read) if data.strip() else ""
