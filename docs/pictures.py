"""Takes the pictures in this folder: real replies of the bot to questions about the demo corpus,
and about papers in English that are made up (`made-up.jsonl`).

    pip install -e '.[docs]' && python docs/pictures.py

The bot runs against a simulated Discord whose preview a Chromium photographs; CHROMIUM names the
browser (by default /usr/bin/chromium). Look at the pictures before you commit them.

    python docs/pictures.py --library FOLDER --to FOLDER

takes the same of a library of your own, elsewhere: a copy of it, for papers are added to it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import discord
import simcord
from PIL import Image
from playwright.async_api import async_playwright
from simcord import interactions
from simcord.components import walk_components
from simcord.preview._capture import ManagedCapture

from bot.config import Config
from bot.discord.client import Similit
from bot.shelf import Shelf
from bot.state import State
from corpus.library import Library

HERE = Path(__file__).parent
TO = HERE
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WIDTH, HEIGHT = 760, 2000


ARRIVING: dict[str, list[dict[str, Any]]] = {  # made up too
    "en": [
        {
            "title": "Training for peer workers by peer workers: a pilot in four towns",
            "authors": ["Abara, Ngozi", "Feld, Ruth"],
            "journal": "Journal of Community Practice",
            "year": 2026,
            "abstract": "Experienced peer workers trained 31 new ones. Training that began with "
            "shadowing was finished by all but two. Peer workers asked for more supervision.",
        },
        {
            "title": "What supervisors of peer workers wish they had been taught",
            "authors": ["Lindqvist, Per"],
            "journal": "Annals of Recovery Research",
            "year": 2026,
            "abstract": "Nineteen supervisors of peer workers were interviewed. Few had had any "
            "training for it, and most had learnt from the peer workers themselves.",
        },
    ],
    "zh": [
        {
            "title": "同伴支持员培训课程的编制与试用",
            "authors": ["周若溪", "何明远"],
            "journal": "社区康复研究",
            "year": 2026,
            "abstract": "目的：编制同伴支持员培训课程。方法：26 名同伴支持员参加了八周的培训。"
            "结果：培训后同伴支持员的胜任感提高。结论：培训应与督导结合。",
        },
    ],
}


ADDED = {  # the last of each has nothing to go by
    "en": [
        {"TI": "Rounds with a peer worker: a ward diary", "AU": "Mbeki, Thandi", "PY": "2025"},
        {"TI": "Pay and progression of peer workers", "AU": "Larsen, Ida", "PY": "2024"},
        {"PY": "2023"},
    ],
    "zh": [
        {"TI": "同伴支持员的薪酬与晋升", "AU": "何明远", "PY": "2025"},
        {"TI": "病房里的同伴支持：一份日志", "AU": "周若溪", "PY": "2024"},
        {"PY": "2023"},
    ],
}


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
        target = TO / f"{name}.png"
        await page.screenshot(str(target), target=message, mode="surface", allow_incomplete=True)
    _fewer_colours(target)


def _fewer_colours(picture: Path) -> None:
    """Keep a picture small: a palette shows text on plain colours as well, the rare ones too."""
    with Image.open(picture) as drawn:
        plain = drawn.convert("RGB")
    fewer = plain.quantize(128, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    fewer.save(picture, optimize=True)


def _part(message: Any, verb: str) -> dict[str, Any]:
    """The first button or menu of a message that does this."""
    listed = (one if isinstance(one, dict) else one.to_dict() for one in message.components)
    parts = walk_components(list(listed))
    return next(part for part in parts if part.get("custom_id", "").startswith(f"similit{verb}"))


class Asked(NamedTuple):
    """What is asked in one language."""

    language: str
    locale: str
    topic: str
    question: str
    rare: str
    paper: str


DEMO = (
    Asked(
        *("en", "en-US", "training and supervision of peer workers"),
        *("Does peer support reduce hospital admissions?", "graphene", "#12"),
    ),
    Asked(
        *("zh", "zh-CN", "同伴支持员的培训和督导"),
        *("同伴支持能否减少住院？", "石墨烯气凝胶", "#12"),
    ),
)
OWN = (
    Asked(
        *("en", "en-US", "peer support and depression in adolescents"),
        *("Does exercise reduce depressive symptoms?", "quokka torchlight", "depression"),
    ),
    Asked(
        *("zh", "zh-CN", "大学生心理健康与社会支持"),
        *("社会支持能否缓解抑郁？", "夸卡袋鼠", "心理健康"),
    ),
)


async def _talk(env: simcord.Env, channel: Any, person: Any, all_asked: Iterable[Asked]) -> None:
    """Ask, press and photograph, in both languages."""
    for asked in all_asked:
        _speak(asked.locale)

        async def shot(name: str, done: Any, language: str = asked.language) -> Any:
            await _photograph(env, channel, person, done.response, f"{name}-{language}")
            return done.response

        await shot("answer", await person.slash(channel, "similar", text=asked.question))
        listed = await shot("results", await person.slash(channel, "similar", text=asked.topic))
        similar = _part(listed, ":similar:")["custom_id"]
        await shot("neighbours", await person.click(listed, custom_id=similar))
        await shot("paper", await person.slash(channel, "paper", paper=asked.paper))
        await shot("nothing", await person.slash(channel, "similar", text=asked.rare))
        await shot("help", await person.slash(channel, "help"))


async def _demo(env: simcord.Env, channel: Any, person: Any) -> None:
    await _talk(env, channel, person, DEMO)


async def _own(env: simcord.Env, channel: Any, person: Any) -> None:
    """All of it of a library of one's own."""
    await _talk(env, channel, person, OWN)
    for asked in OWN:
        _speak(asked.locale)
        browsed = await person.slash(channel, "browse", by="keyword")
        await _photograph(env, channel, person, browsed.response, f"browse-{asked.language}")
    await _kept(env, channel, person)


async def _across(env: simcord.Env, channel: Any, person: Any) -> None:
    """Ask English papers in Chinese, and why the first was found."""
    _speak("zh-CN")
    asked = await person.slash(channel, "similar", text="社区康复中同伴支持的培训与生活质量")
    await _photograph(env, channel, person, asked.response, "across-zh")
    menu = _part(asked.response, "-menu:")
    opened = await person.select(
        asked.response, [menu["options"][0]["value"]], custom_id=menu["custom_id"]
    )
    why = _part(opened.response, ":why:")["custom_id"]
    told = await person.click(opened.response, custom_id=why)
    await _photograph(env, channel, person, told.response, "why-zh")


def _come(library: Library, language: str) -> None:
    """Import the papers that are new in the pictures."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".jsonl") as file:
        for paper in ARRIVING[language]:
            file.write(json.dumps(paper) + "\n")
        file.flush()
        library.add([Path(file.name)])


def _ris(paper: dict[str, str]) -> str:
    return (
        "TY  - JOUR\n" + "".join(f"{tag}  - {text}\n" for tag, text in paper.items()) + "ER  - \n"
    )


async def _kept(env: simcord.Env, channel: Any, person: Any) -> None:
    """Save papers, watch a question, and be told of what comes, in both languages."""
    for language, locale, name, note, question in (
        ("en", "en-US", "Our review", "Compare with our trial", "training of peer workers"),
        ("zh", "zh-CN", "综述", "可与我们的试验比较", "同伴支持员的培训"),
    ):
        _speak(locale)
        exported = "".join(_ris(one) for one in ADDED[language]).encode()
        added = await person.slash(channel, "add", file=("export.ris", exported))
        await _photograph(env, channel, person, added.response, f"preview-{language}")
        how = {"list": name, "note": note, "tags": "RCT, 2026"}
        card = await person.slash(channel, "list save", paper="#1", **how)
        read = _part(card.response, ":read:")["custom_id"]
        if language == "en":
            await person.click(card.response, custom_id=read)
        for paper in ("#2", "#3"):
            await person.slash(channel, "list save", paper=paper, list=name)
        listed = await person.slash(channel, "list show", list=name)
        await _photograph(env, channel, person, listed.response, f"list-{language}")
        await person.slash(channel, "watch add", text=question, when="now", here=True)
        await asyncio.to_thread(_come, env.bot.places.shelf.library(), language)
        await env.bot.watching.tell()
        await env.settle()
        digest = channel.history(viewer=person)[-1]
        await _photograph(env, channel, person, digest, f"digest-{language}")
        await person.click(digest, custom_id=_part(digest, ":endwatch:")["custom_id"])


async def _converse(
    shelf: Shelf, state: Path, talk: Callable[[simcord.Env, Any, Any], Awaitable[None]]
) -> None:
    await asyncio.to_thread(shelf.library().warm)
    bot = Similit(shelf, Config(), State(state, 1))
    async with simcord.run(bot) as env:
        await env.bot.user.edit(username="Similit")
        guild = env.create_guild("Lab")
        channel = guild.create_text_channel("papers")
        keeps = discord.Permissions(manage_guild=True)  # who may add papers
        roles = [guild.create_role("keepers", permissions=keeps)]
        await talk(env, channel, guild.add_member(env.create_user("ruoxi"), roles=roles))
    shelf.close()


async def main(library: Path | None) -> None:
    """Take every picture."""
    ManagedCapture._ensure_browser = _system_browser
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if library:
            await _converse(Shelf(Config(), library), folder / "own.db", _own)
            return
        os.environ["SIMILIT_LIBRARY"] = ""
        os.environ["XDG_DATA_HOME"] = name
        await _converse(Shelf(Config()), folder / "demo.db", _demo)
        with Library(folder / "made-up", create=True) as made_up:
            made_up.add([HERE / "made-up.jsonl"])
        await _converse(Shelf(Config(), folder / "made-up"), folder / "made-up.db", _across)
        await _converse(Shelf(Config(), folder / "made-up"), folder / "kept.db", _kept)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, help="a copy of a library of your own")
    parser.add_argument("--to", type=Path, default=HERE, help="where the pictures go")
    given = parser.parse_args()
    TO = given.to
    asyncio.run(main(given.library))
