"""Somebody's first day, as `docs/first-day.md` tells it: from the invitation to nothing kept."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.__main__ import main
from bot.discord.watching import Watching
from bot.invite import invite_link
from bot.messages import messages
from corpus.library import Library
from tests.bot.discord.conftest import Team, buttons, shown

DOCS = Path(__file__).resolve().parents[3] / "docs"


class Words(NamedTuple):
    """What a newcomer types, and what comes of the questions."""

    heading: str
    question: str
    more: str
    similar: str
    back: str
    open: str
    only: str
    save: str
    help: str
    comes: str


WORDS = {
    "en-US": Words(
        *("In English", "peer support workers", "more", "similar 2", "back", "open 1"),
        *("only 2012-2018", "save 1", "help", "Peer support workers in wards of Tartu"),
    ),
    "zh-CN": Words(
        *("中文", "同伴支持者", "更多", "相似 2", "返回", "打开 1"),
        *("只要 2012-2018", "收藏 1", "帮助", "塔尔图病房中同伴支持者的工作"),
    ),
}


@pytest.fixture(autouse=True)
def no_news_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test says when the bot looks for news."""
    monkeypatch.setattr(Watching, "start", lambda self: None)


def typed(words: Words) -> list[str]:
    """What the page says somebody types, in their language."""
    page = (DOCS / "first-day.md").read_text(encoding="utf-8")
    part = page.split(f"## {words.heading}\n")[1].split("\n## ")[0]
    return re.findall(r"`([^`]+)`", part)


def come(folder: Path, title: str) -> None:
    """A paper of this title is imported, by another process as it were."""
    file = folder.parent / "new.jsonl"
    paper = {"title": title, "abstract": f"{title}。", "year": 2015}
    file.write_text(json.dumps(paper), encoding="utf-8")
    with Library(folder) as library:
        library.add([file])


def about(folder: Path, person: Any) -> int:
    """How many bytes of what is kept name somebody."""
    with closing(sqlite3.connect(folder / "state.db")) as db:
        return "\n".join(db.iterdump()).count(str(person.id))


@pytest.mark.parametrize("language", WORDS)
async def test_a_newcomers_path(
    team: Team, folder: Path, locale: dict[str, str], language: str
) -> None:
    words, say = WORDS[language], messages(language)
    locale["locale"] = language
    ruoxi = team.carol
    said = typed(words)
    assert set(words[1:9]) <= set(said)
    # Invited, and met.
    assert "scope=bot+applications.commands" in invite_link(team.env.bot.user.id)
    helped = await team.alice.slash(team.channel, "help")
    assert helped.ephemeral
    tried = await team.press(team.alice, helped.response, say("help-similar"))
    assert say("button-similar") in buttons(tried.response)

    async def write(text: str) -> Any:
        await ruoxi.send_dm(text)
        return ruoxi.dm_channel.last_message

    # The first question is introduced to, and answered.
    listed = await write(words.question)
    first, *_ = [one for one in ruoxi.dm_channel.history() if one.author.id != ruoxi.id]
    assert say("help-more") in buttons(first)
    assert words.question in shown(listed)
    # Follow-ups.
    assert "**6. " in shown(await write(words.more))
    assert "#" in shown(await write(words.similar))
    assert "**6. " in shown(await write(words.back))
    opened = await write(words.open)
    assert "2012..2018" in shown(await write(words.only))
    assert say("help-heading") in shown(await write(words.help))
    # Saved, by word and by button.
    assert say("list-saved-in", names=say("list-default")) in shown(await write(words.save))
    pressed = await team.press(ruoxi, opened, say("button-save"))
    assert say("list-saved-in", names=say("list-default")) in shown(pressed.response)
    assert "★" in shown(await write(words.question))
    kept = (await ruoxi.slash("list show")).response
    assert say("list-default") in shown(kept)
    # Watched, and told once.
    await team.press(ruoxi, opened, say("button-watch"))
    await ruoxi.slash("watch add", text=words.question, when="now")
    come(folder, words.comes)
    await team.env.bot.watching.tell()
    await team.env.settle()
    digest = ruoxi.dm_channel.last_message
    assert shown(digest).startswith(f"## {say('digest-heading')}")
    assert words.comes in shown(digest)
    await team.press(ruoxi, digest, say("button-end-watch"))
    # Forgotten.
    assert about(folder, ruoxi) > 0
    privacy = (await ruoxi.slash("privacy")).response
    sure = (await team.press(ruoxi, privacy, say("button-erase"))).response
    await team.press(ruoxi, sure, say("button-erase-sure"))
    assert about(folder, ruoxi) == 0
    assert {"/help", "/similar", "/list show", "/watch add", "/privacy"} <= set(said)


@pytest.mark.parametrize("language", WORDS)
def test_a_newcomers_path_at_a_terminal(
    folder: Path,
    language: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words, say = WORDS[language], messages(language)

    def similit(*arguments: str) -> str:
        assert main([*arguments, "--library", str(folder), "--lang", language[:5]]) == 0
        return " ".join(capsys.readouterr().out.split())

    assert "1. " in similit("ask", words.question)
    lines = iter((words.question, words.similar, words.back, words.save))
    monkeypatch.setattr("builtins.input", lambda _: next(lines, None) or _ended())
    chatted = similit("chat")
    assert say("list-saved-in", names=say("list-default")) in chatted
    assert say("list-default") in similit("list", "show")
    assert "★" in similit("ask", words.question)
    similit("watch", "add", words.question)
    come(folder, words.comes)
    assert say("digest-heading") in similit("watch", "run")
    similit("privacy", "erase")
    assert say("privacy-none") in similit("privacy")
    said = typed(words)
    commands = ("ask", "chat", "list show", "watch add", "watch run", "privacy erase")
    assert {f"similit {one}" for one in commands} <= set(said)


def _ended() -> str:
    raise EOFError
