"""What the stand-in for Discord remembers, across every connection of a bot."""

import asyncio
import mimetypes
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import quote

from . import payloads
from .payloads import Json

DEFERRED_MESSAGE, DEFERRED_UPDATE = 5, 6
# The message flags that the different requests may set.
IN_EDIT = payloads.SUPPRESS_EMBEDS | payloads.COMPONENTS_V2
IN_CHANNEL = IN_EDIT | payloads.SUPPRESS_NOTIFICATIONS
IN_RESPONSE = IN_CHANNEL | payloads.EPHEMERAL


class Sent(NamedTuple):
    """A request of the bot that carries a message, exactly as it was sent."""

    method: str
    path: str
    payload: Any


class Upload(NamedTuple):
    """A file from a multipart body."""

    filename: str
    content: bytes


@dataclass(eq=False)
class Exchange:
    """What the bot did about one interaction, or about one message."""

    label: str
    channel_id: str
    interaction: Json | None = None
    source: Json | None = None
    """The message whose component was used, or the message to which the bot may answer."""
    ack_type: int | None = None
    ack_ms: float | None = None
    choices: list[Json] | None = None
    modal: Json | None = None
    original: Json | None = None
    """What `@original` stands for in the follow-up routes."""
    touched: list[Json] = field(default_factory=list)
    dispatched: float = field(default_factory=time.perf_counter)

    @property
    def acknowledged(self) -> bool:
        """Whether the bot answered the interaction itself, be it only to defer."""
        return self.ack_type is not None

    @property
    def deferred(self) -> bool:
        """Whether the bot's first answer was to ask for time."""
        return self.ack_type in (DEFERRED_MESSAGE, DEFERRED_UPDATE)

    @property
    def messages(self) -> list[Json]:
        """The messages made or edited, in order and with all edits applied so far."""
        return [m for m in self.touched if not m["flags"] & payloads.LOADING]

    @property
    def ephemeral(self) -> bool:
        """Whether only the user of the interaction sees what the bot made of it."""
        return any(message["flags"] & payloads.EPHEMERAL for message in self.touched)

    @property
    def done(self) -> bool:
        """Whether there is an answer; a deferral only promises one."""
        if self.interaction is None or self.deferred:
            return bool(self.messages)
        return self.acknowledged

    def acknowledge(self, kind: int) -> None:
        """Note the first response to the interaction and how long it took."""
        self.ack_type = kind
        self.ack_ms = (time.perf_counter() - self.dispatched) * 1000

    def touch(self, message: Json) -> None:
        """Count a message among those that the bot made or edited."""
        if not any(known is message for known in self.touched):
            self.touched.append(message)


class State:
    """Guilds, channels, messages, files, commands and the log of what the bot did."""

    def __init__(self, token: str, privileged: int) -> None:
        self.token = token
        self.privileged = privileged
        self.origin = ""
        self.bot = payloads.user("loopback", bot=True)
        # Discord gives both the same id for every application since 2016.
        self.application_id: str = self.bot["id"]
        self.user = payloads.user("ada")
        self.users: dict[str, Json] = {u["id"]: u for u in (self.bot, self.user)}
        self.guilds: dict[str, Json] = {}
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, Json] = {}
        self.files: dict[str, Upload] = {}
        self.commands: dict[str | None, list[Json]] = {}
        self.command_syncs = 0
        self.exchanges: list[Exchange] = []
        self.sent: list[Sent] = []
        self.typing: list[str] = []
        self.unhandled: list[tuple[str, str]] = []
        self._changed = asyncio.Event()

    def notify(self) -> None:
        """Wake everybody who waits for something to become true."""
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    async def until(self, true: Callable[[], bool], what: str, within: float) -> None:
        """Return once `true()`; a TimeoutError after `within` seconds tells what was missing."""
        try:
            async with asyncio.timeout(within):
                while not true():
                    await self._changed.wait()
        except TimeoutError:
            unhandled = f"; unhandled: {self.unhandled}" if self.unhandled else ""
            raise TimeoutError(f"no {what} within {within} s{unhandled}") from None

    def new_user(self, name: str) -> Json:
        """A further user."""
        made = payloads.user(name)
        self.users[made["id"]] = made
        return made

    def new_guild(self, name: str, locale: str) -> Json:
        """A further guild, of which bots hear when they next identify."""
        made = payloads.guild(name, self.user, self.bot, locale=locale)
        self.guilds[made["id"]] = made
        self.channels |= {channel["id"]: channel for channel in made["channels"]}
        return made

    def dm_channel(self, who: Json) -> Json:
        """The one private channel of the bot and this user."""
        for channel in self.channels.values():
            if channel["type"] == payloads.DM and channel["recipients"][0]["id"] == who["id"]:
                return channel
        made = payloads.dm_channel(who)
        self.channels[made["id"]] = made
        return made

    def guild_of(self, channel_id: str) -> Json | None:
        """The guild of a channel, or None for a private one."""
        return self.guilds.get(self.channels[channel_id].get("guild_id", ""))

    def store_file(self, channel_id: str, upload: Upload) -> Json:
        """An attachment object whose url this server answers."""
        attachment_id = payloads.snowflake()
        path = f"/attachments/{channel_id}/{attachment_id}/{quote(upload.filename)}"
        self.files[attachment_id] = upload
        return {
            "id": attachment_id,
            "filename": upload.filename,
            "size": len(upload.content),
            "url": self.origin + path,
            "proxy_url": self.origin + path,
            "content_type": content_type(upload.filename),
        }

    def store_message(self, message: Json) -> Json:
        """The message, kept so that components and later edits find it."""
        self.messages[message["id"]] = message
        self.channels[message["channel_id"]]["last_message_id"] = message["id"]
        return message

    def apply(self, message: Json, payload: Json, uploads: list[Upload], settable: int) -> None:
        """Change a message as a create or an edit with this payload does."""
        if "attachments" in payload:
            kept = {str(attachment["id"]) for attachment in payload["attachments"] or []}
            message["attachments"] = [a for a in message["attachments"] if a["id"] in kept]
        message["attachments"] += [self.store_file(message["channel_id"], u) for u in uploads]
        urls = {a["filename"]: a["url"] for a in message["attachments"]}
        if "content" in payload:
            message["content"] = payload["content"] or ""
        if "embeds" in payload:
            embeds = payloads.with_uploads(payload["embeds"] or [], urls)
            message["embeds"] = [{"type": "rich"} | embed for embed in embeds]
        if "components" in payload:
            components = payloads.with_uploads(payload["components"] or [], urls)
            message["components"] = payloads.numbered(components)
        message["flags"] |= (payload.get("flags") or 0) & settable
        if message["flags"] & payloads.SUPPRESS_EMBEDS:
            message["embeds"] = []


def content_type(filename: str) -> str:
    """The media type that Discord would give a file of this name."""
    guessed = mimetypes.guess_type(filename)[0] or "application/octet-stream"
    return f"{guessed}; charset=utf-8" if guessed.startswith("text/") else guessed
