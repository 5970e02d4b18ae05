"""`/privacy`: everything about a person, to them alone, and its end."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.config import LOCALES
from bot.messages import messages
from tests.bot.discord.conftest import MakeBot, Team, buttons, shown
from tests.bot.discord.test_lists import later, saved, shown_last

__all__ = ["later"]


async def test_nothing_is_kept_at_first(team: Team) -> None:
    answer = await team.alice.slash(team.channel, "privacy")
    assert answer.ephemeral
    assert shown(answer.response) == "Nothing is kept about you."


async def test_a_question_leaves_which_list_was_shown_until_it_is_erased(team: Team) -> None:
    await team.similar("peer support workers")
    answer = await team.alice.slash(team.channel, "privacy")
    assert "lists shown to you last, for following up in words · 1" in shown(answer.response)
    (file,) = answer.response.attachments
    assert "peer support workers" not in (await file.read()).decode()
    sure = await team.press(team.alice, answer.response, "Erase all of it")
    await team.press(team.alice, sure.response, "Erase it for good")
    answer = await team.alice.slash(team.channel, "privacy")
    assert shown(answer.response) == "Nothing is kept about you."
    follow = await team.alice.send(team.channel, f"<@{team.env.bot.user.id}> more")
    assert follow is not None
    assert "There is no list yet" in shown(team.said(team.channel)[-1])


async def test_everything_is_shown_and_erased(
    team: Team, later: Callable[[Team], Any], folder: Path
) -> None:
    await saved(team, team.alice, "#4", list="Thesis", note="a secret note")
    await saved(team, team.bob, "#4", list="Bob's")
    await team.alice.slash(team.channel, "watch add", text="a secret question", zone="Asia/Tokyo")
    answer = await team.alice.slash(team.channel, "privacy")
    assert answer.ephemeral
    text = shown(answer.response)
    assert "reading lists · 1" in text
    assert "watches · 1" in text
    assert "Questions behind lists are kept for 90 days, without who asked them." in text
    (attachment,) = answer.response.attachments
    found = json.loads(await attachment.read())
    assert found["saved"][0]["note"] == "a secret note"
    assert found["watches"][0]["text"] == "a secret question"
    assert "Bob" not in json.dumps(found)
    await later(team)
    asked = await team.press(team.alice, answer.response, "Erase all of it")
    assert asked.ephemeral
    assert "Lists that you share with channels go too" in shown(asked.response)
    await later(team)
    await team.press(team.alice, asked.response, "Erase it for good")
    assert "Nothing is kept about you now" in shown_last(team)
    again = await team.alice.slash(team.channel, "privacy")
    assert shown(again.response) == "Nothing is kept about you."
    other = await team.bob.slash(team.channel, "privacy")
    assert "reading lists · 1" in shown(other.response)
    assert b"a secret" not in stored(folder)


def stored(folder: Path) -> bytes:
    """Every byte of what is kept beside the library."""
    return b"".join(file.read_bytes() for file in folder.glob("state.db*"))


async def test_a_direct_message_shows_the_same(team: Team) -> None:
    await team.carol.slash("list save", paper="#4", list="Thesis")
    answer = await team.carol.slash("privacy")
    assert set(buttons(answer.response)) == {"Erase all of it"}


async def test_a_table_without_a_name_for_people_is_shown_by_its_own(
    team: Team, folder: Path, make_bot: MakeBot
) -> None:
    with sqlite3.connect(folder / "state.db") as db:
        db.execute("CREATE TABLE moods (person TEXT, mood TEXT)")
        db.execute("INSERT INTO moods VALUES (?, 'sunny')", [str(team.alice.id)])
    db.close()
    answer = await team.alice.slash(team.channel, "privacy")
    assert "moods · 1" in shown(answer.response)


@pytest.mark.parametrize("language", LOCALES)
async def test_privacy_speaks_every_language(
    team: Team, locale: dict[str, str], language: str
) -> None:
    locale["locale"] = language.replace("en", "en-GB")
    say = messages(language)
    await saved(team, team.alice, "#4")
    answer = await team.alice.slash(team.channel, "privacy")
    assert say("privacy-heading") in shown(answer.response)
    assert say("button-erase") in buttons(answer.response)
