"""Takes the pictures in this folder: real replies of the bot to questions about the demo corpus.

    pip install -e '.[docs]' && python docs/pictures.py

The bot runs against a simulated Discord whose preview a Chromium photographs; CHROMIUM names the
browser (by default /usr/bin/chromium). Look at the pictures before you commit them.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from pathlib import Path
from typing import Any

import simcord
from playwright.async_api import async_playwright
from simcord import interactions
from simcord.components import walk_components
from simcord.preview._capture import ManagedCapture

from bot.config import Config
from bot.discord.client import Similit
from bot.shelf import Shelf
from bot.state import State

HERE = Path(__file__).parent
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WIDTH, HEIGHT = 760, 2000


async def _system_browser(self: ManagedCapture) -> Any:
    if self._browser is None:
        self._playwright = await async_playwright().start()
        self._browser = await self._playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"]
        )
    return self._browser


def _speak(locale: str) -> None:
    """Let the simulated people use Discord in `locale`; simcord itself only knows en-US."""
    real = getattr(interactions, "_real_base_payload", interactions.base_payload)
    interactions._real_base_payload = real

    def payload(*args: Any, **kwargs: Any) -> Any:
        record, made = real(*args, **kwargs)
        made["locale"] = locale
        return record, made

    interactions.base_payload = payload


async def _photograph(env: simcord.Env, channel: Any, viewer: Any, message: Any, name: str) -> None:
    preview = env.preview(
        channel, viewers=[viewer], display="fixed", width=WIDTH, height=HEIGHT, locale="en-US"
    )
    async with preview as page:
        target = HERE / f"{name}.png"
        await page.screenshot(str(target), target=message, mode="surface", allow_incomplete=True)


def _first_similar(message: Any) -> str:
    names = (part.get("custom_id", "") for part in walk_components(message.components))
    return next(name for name in names if name.startswith("similit:similar:"))


async def main() -> None:
    """Ask, press and photograph in both languages."""
    ManagedCapture._ensure_browser = _system_browser
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SIMILIT_LIBRARY"] = ""
        os.environ["XDG_DATA_HOME"] = folder
        shelf = Shelf(Config())
        await asyncio.to_thread(shelf.library().warm)
        bot = Similit(shelf, Config(), State(Path(folder) / "state.db", 1))
        async with simcord.run(bot) as env:
            await env.bot.user.edit(username="Similit")
            guild = env.create_guild("Lab")
            channel = guild.create_text_channel("papers")
            person = guild.add_member(env.create_user("ruoxi"))
            for language, locale, question, rare in (
                ("en", "en-US", "What training and supervision do peer workers need?", "graphene"),
                ("zh", "zh-CN", "同伴支持员需要怎样的培训和督导？", "石墨烯气凝胶"),
            ):
                _speak(locale)
                asked = await person.slash(channel, "similar", text=question)
                await _photograph(env, channel, person, asked.response, f"results-{language}")
                like = await person.click(asked.response, custom_id=_first_similar(asked.response))
                await _photograph(env, channel, person, like.response, f"neighbours-{language}")
                opened = await person.slash(channel, "paper", paper="#12")
                await _photograph(env, channel, person, opened.response, f"paper-{language}")
                nothing = await person.slash(channel, "similar", text=rare)
                await _photograph(env, channel, person, nothing.response, f"nothing-{language}")


if __name__ == "__main__":
    asyncio.run(main())
