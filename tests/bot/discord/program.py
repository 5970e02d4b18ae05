"""The program itself, as a process of its own, and what it answered over a Discord on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.loopback import Exchange, LoopbackDiscord

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 90.0  # the first process of all compiles the search


class Similit:
    """Runs the program; all that it printed is in `output`."""

    def __init__(self, folder: Path, server: LoopbackDiscord) -> None:
        self.folder = folder
        self.server = server
        self.output = ""
        self.api_base = server.api_base
        self.token = server.token
        self.libraries: dict[str, Path] = {}
        self._config = folder.parent / "config.toml"

    async def start(self, *arguments: str) -> asyncio.subprocess.Process:
        """A process of the program on this library."""
        own = ", ".join(f'"{id}" = "{folder}"' for id, folder in self.libraries.items())
        self._config.write_text(
            f'[discord]\napi_base = "{self.api_base}"\ngateway = "{self.server.gateway_url}"\n'
            f"[libraries]\nservers = {{ {own} }}\n",
            encoding="utf-8",
        )
        environment = os.environ | {
            "DISCORD_TOKEN": self.token,
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
        }
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "--library", str(self.folder)),
            *("--config", str(self._config), *arguments),
            cwd=self.folder.parent,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )

    async def ended(self, process: asyncio.subprocess.Process) -> tuple[int, str]:
        """How a process ended by itself, and what it printed."""
        async with asyncio.timeout(PATIENCE):
            printed = (await process.communicate())[0].decode()
        self.output += printed
        assert process.returncode is not None
        return process.returncode, printed

    async def __call__(self, *arguments: str) -> tuple[int, str]:
        """Run one command: its exit code, and what it printed."""
        return await self.ended(await self.start(*arguments))

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[asyncio.subprocess.Process]:
        """The bot, connected; it is told to stop at the end, and has to do so well."""
        process = await self.start("run")
        try:
            ready = asyncio.create_task(self.server.wait_ready(synced=True))
            died = asyncio.create_task(process.wait())
            await asyncio.wait((ready, died), return_when=asyncio.FIRST_COMPLETED)
            if died.done():
                ready.cancel()
                pytest.fail(f"the bot ended: {await self.ended(process)}")
            await ready
            yield process
            process.terminate()
            code, printed = await self.ended(process)
            await died
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        assert code == 0, printed
        assert "Traceback" not in printed
        assert printed.rstrip().endswith("Stopped.")
        await self.server.wait_disconnected()


def shown(message: dict[str, Any]) -> str:
    """All text that a message displays."""
    return "\n".join(one["content"] for one in walk(message["components"]) if one["type"] == 10)


def walk(components: Iterable[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Every component, nested ones too."""
    for one in components:
        yield one
        yield from walk(one.get("components", ()))
        yield from walk([one["accessory"]] if "accessory" in one else ())


def button(message: dict[str, Any], label: str) -> str:
    """The custom_id of the first button of that label."""
    return next(
        one["custom_id"] for one in walk(message["components"]) if one.get("label") == label
    )


def prompt(exchange: Exchange) -> dict[str, Any]:
    """The one message of an exchange that was deferred in time."""
    assert exchange.deferred
    assert exchange.ack_ms is not None
    assert exchange.ack_ms < 3000
    (message,) = exchange.messages
    return message
