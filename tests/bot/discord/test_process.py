"""The program itself, as a process of its own, against a Discord on loopback."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.loopback import Exchange, LoopbackDiscord

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 90.0  # the first process of all compiles the search
BOTH = "peer support workers 同伴支持"


@pytest.fixture
async def server(
    sent: list[Callable[[], Iterable[tuple[str, str, Any]]]],
) -> AsyncIterator[LoopbackDiscord]:
    """A Discord that knows every request; nothing else may be asked of it."""
    async with LoopbackDiscord(token="MTIz.loop.token-of-this-test", timeout=PATIENCE) as running:
        sent.append(lambda: [*running.sent, ("PUT", "/commands", running.commands)])
        yield running
        assert running.unhandled == []


class Similit:
    """Runs the program; all that it printed is in `output`."""

    def __init__(self, folder: Path, server: LoopbackDiscord) -> None:
        self.folder = folder
        self.server = server
        self.output = ""
        self.api_base = server.api_base
        self.token = server.token
        self._config = folder.parent / "config.toml"

    async def start(self, *arguments: str) -> asyncio.subprocess.Process:
        """A process of the program on this library."""
        self._config.write_text(
            f'[discord]\napi_base = "{self.api_base}"\ngateway = "{self.server.gateway_url}"\n',
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


@pytest.fixture
def similit(folder: Path, server: LoopbackDiscord) -> Iterable[Similit]:
    """The program, on the test's library and the test's Discord."""
    program = Similit(folder, server)
    yield program
    assert server.token not in program.output


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


async def test_a_list_outlives_the_process_that_sent_it(
    similit: Similit, server: LoopbackDiscord
) -> None:
    async with similit.running():
        listed = prompt(await server.slash("similar", {"text": BOTH}))
        assert "-# 20 similar papers\u00a0· " in shown(listed)
        neighbours = prompt(await server.press(listed, button(listed, "Similar")))
        assert "**Neighbours of #" in shown(neighbours)
        turned = await server.press(listed, button(listed, "→"))
        assert turned.ack_type == 6
        assert prompt(turned)["id"] == listed["id"]
        assert "**6. " in shown(server.messages[listed["id"]])
    assert server.intents == 1 << 0 | 1 << 9 | 1 << 12
    async with similit.running():
        old = server.messages[listed["id"]]
        turned = await server.press(old, button(old, "→"), locale="zh-CN")
        assert prompt(turned)["id"] == listed["id"]
        text = shown(server.messages[listed["id"]])
        assert "**11. " in text
        assert "共查询到 20 条相似文献" in text
        copy = await server.press(old, button(old, "→"), user=server.new_user("bob"))
        assert copy.ephemeral
        assert "**16. " in shown(prompt(copy))
        again = prompt(await server.press(neighbours, button(neighbours, "Similar")))
        assert "**Neighbours of #" in shown(again)
    assert server.command_syncs == 1


async def test_the_bot_sees_what_another_process_imports_and_lets_no_second_bot_in(
    similit: Similit, server: LoopbackDiscord, tmp_path: Path
) -> None:
    file = tmp_path / "more.jsonl"
    paper = {"title": "Quokkas of Rottnest", "abstract": "Quokkas were counted by torchlight."}
    file.write_text(json.dumps(paper), encoding="utf-8")
    async with similit.running():
        none = prompt(await server.slash("similar", {"text": "quokkas"}, dm=True))
        assert "Nothing similar found." in shown(none)
        code, printed = await similit("import", str(file))
        assert (code, "1 added" in printed) == (0, True)
        assert "Hello!" in shown((await server.direct_message("hello")).messages[0])
        found = await server.direct_message("Quokkas, counted?")
        assert "**1. Quokkas of Rottnest**" in shown(found.messages[0])
        mentioned = await server.mention(server.channel, "quokkas")
        assert "**1. Quokkas of Rottnest**" in shown(mentioned.messages[0])

        code, printed = await similit("run")
        assert code == 78
        assert printed.startswith("similit: Another bot answers from this library already (")
        assert printed.count("\n") == 1
        suggested = await server.autocomplete("paper", "paper", "rottnest")
        assert suggested.choices == [{"name": "Quokkas of Rottnest", "value": "#31"}]


async def test_a_refused_token_is_one_sentence(similit: Similit) -> None:
    similit.token = "MTIz.another.token"
    code, printed = await similit("run")
    assert code == 78
    said = printed.splitlines()[-1]
    assert said.startswith("similit: Discord refused the token: ")
    assert similit.token not in printed
    assert "Traceback" not in printed


async def test_a_missing_token_is_one_sentence(similit: Similit) -> None:
    similit.token = " "
    code, printed = await similit("run")
    assert code == 78
    assert printed.startswith("similit: There is no Discord token: ")
    assert printed.count("\n") == 1


async def test_an_unreachable_discord_is_one_sentence(similit: Similit) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    similit.api_base = f"http://127.0.0.1:{port}/api/v10"
    code, printed = await similit("run")
    assert code == 69
    assert printed.splitlines()[-1].startswith("similit: Discord cannot be reached: ")
    assert "Traceback" not in printed
