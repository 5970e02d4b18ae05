"""Starting the bot and ending it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import platform
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route
from filelock import FileLock, Timeout

from bot.config import Config, DiscordSettings
from bot.discord.client import Similit
from bot.invite import application_id, invite_link
from bot.messages import messages, terminal_locale
from bot.shelf import Shelf
from bot.state import STATE, State
from bot.terminal.exits import DONE, SETTINGS, UNAVAILABLE, Refused

_log = logging.getLogger("similit")
_LOCK = "bot.lock"
_HOLDER = "bot.holder"


def run(shelf: Shelf, config: Config, token: str) -> int:
    """Run the bot until it is told to stop. Raises `Refused` where it cannot start."""
    _log_to_standard_error()
    say = messages(config.discord.locale or terminal_locale())
    shelf.path.mkdir(parents=True, exist_ok=True)
    with _only_one(shelf.path):
        state = State(shelf.path / STATE, config.privacy.keep_questions_days)
        try:
            # Everything the first question would wait for, before anybody can ask it.
            shelf.library().warm()
            if application := application_id(token):
                _log.info("%s", say("invite", url=invite_link(application)))
            asyncio.run(_converse(shelf, config, state, token))
        except discord.LoginFailure as error:
            raise Refused(say("bad-token"), SETTINGS) from error
        except (aiohttp.ClientError, OSError, discord.HTTPException) as error:
            reason = str(error) or type(error).__name__
            raise Refused(say("no-connection", reason=reason), UNAVAILABLE) from error
        finally:
            state.close()
    _log.info("%s", say("stopping"))
    return DONE


async def _converse(shelf: Shelf, config: Config, state: State, token: str) -> None:
    _point_at(config.discord)
    client = Similit(shelf, config, state)
    stop = asyncio.Event()
    async with client:
        loop = asyncio.get_running_loop()
        with contextlib.suppress(NotImplementedError):  # Windows has no handlers for signals
            loop.add_signal_handler(signal.SIGTERM, stop.set)
        ending = loop.create_task(_close_when(stop, client))
        try:
            await client.start(token)
        finally:
            # Told to stop, the client is just being closed: that is to be finished.
            if stop.is_set():
                await ending
            else:
                ending.cancel()


async def _close_when(stop: asyncio.Event, client: Similit) -> None:
    await stop.wait()
    await client.close()


def _point_at(settings: DiscordSettings) -> None:
    """Reach Discord where the host says; discord.py has no other place to say so."""
    # The bot has no voice, so what voice would need is not missed.
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    if settings.api_base:
        Route.BASE = settings.api_base.rstrip("/")
    if settings.gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.gateway)


@contextlib.contextmanager
def _only_one(folder: Path) -> Iterator[None]:
    lock = FileLock(folder / _LOCK)
    holder = folder / _HOLDER
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        who = holder.read_text("utf-8").strip() if holder.is_file() else str(folder)
        say = messages(terminal_locale())
        raise Refused(say("library-busy", holder=who), SETTINGS) from error
    try:
        holder.write_text(f"process {os.getpid()} on {platform.node()}\n", "utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _log_to_standard_error() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    _log.setLevel(logging.INFO)
