"""How much the bot answers at once, and what it says where it cannot."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

import pytest

from corpus.errors import LibraryBusy, LibraryDamaged, LibraryMissing
from corpus.library import Library
from tests.bot.discord.conftest import MakeBot, Team, shown

TEXT = "peer support workers"


async def test_whoever_asks_too_often_is_asked_kindly_to_wait(
    team: Team, make_bot: MakeBot
) -> None:
    await team.env.restart_bot(make_bot(person_per_minute=2))
    listed = (await team.similar(TEXT)).response
    assert "similar papers" in shown(listed)
    await team.press(team.alice, listed, "→")
    held = await team.similar(TEXT)
    assert re.fullmatch(
        r"That was a lot at once: give me \d+ seconds?, please, and ask again\.",
        shown(held.response),
    )
    turned = await team.press(team.alice, listed, "→")
    assert turned.followups[-1].ephemeral
    assert "a lot at once" in shown(turned.followups[-1])
    assert "similar papers" in shown(listed)  # it is not taken away
    other = await team.bob.slash(team.channel, "similar", text=TEXT)
    assert "similar papers" in shown(other.response)


async def test_a_channel_has_a_pace_that_direct_messages_do_not_share(
    team: Team, make_bot: MakeBot, locale: dict[str, str]
) -> None:
    await team.env.restart_bot(make_bot(channel_per_minute=2))
    await team.similar(TEXT)
    await team.bob.slash(team.channel, "similar", text=TEXT)
    locale["locale"] = "zh-CN"
    held = await team.similar(TEXT)
    assert "你问得太快了" in shown(held.response)
    locale["locale"] = "en-US"
    elsewhere = team.guild.create_text_channel("elsewhere")
    assert "similar papers" in shown(
        (await team.alice.slash(elsewhere, "similar", text=TEXT)).response
    )
    for _ in range(3):
        answer = await team.carol.slash("similar", text=TEXT)
        assert "similar papers" in shown(answer.response)


async def test_messages_keep_the_pace_too(team: Team, make_bot: MakeBot) -> None:
    await team.env.restart_bot(make_bot(person_per_minute=1))
    await team.carol.send_dm(TEXT)
    await team.carol.send_dm(TEXT)
    sent = [one.json for one in team.env.http_requests if one.path.endswith("/messages")]
    said = [str(one["components"]) for one in sent if one and "components" in one]
    assert ["a lot at once" in one for one in said] == [False, False, True]  # the first: welcome


async def test_a_pace_of_zero_is_none(team: Team, make_bot: MakeBot) -> None:
    await team.env.restart_bot(make_bot(person_per_minute=0, channel_per_minute=0))
    for _ in range(40):
        answer = await team.similar("badgers")
    assert "Badgers" in shown(answer.response)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (LibraryBusy("locked"), "The library is being written just now."),
        (LibraryMissing("gone"), "The library cannot be read just now."),
        (LibraryDamaged("torn"), "The library cannot be read just now."),
        (sqlite3.OperationalError("disk I/O error"), "The library cannot be read just now."),
        (RuntimeError("who knows"), "That did not work. Please try again"),
    ],
    ids=lambda value: type(value).__name__,
)
async def test_a_failure_says_what_to_do_with_the_code_that_the_log_has(
    team: Team,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    expected_errors: list[str],
    error: Exception,
    said: str,
) -> None:
    def broken(*_: Any) -> Any:
        raise error

    expected_errors.append("a reply failed (code ")
    monkeypatch.setattr(Library, "find", broken)
    answer = await team.similar(TEXT)
    assert said in shown(answer.response)
    (code,) = re.findall(r"a reply failed \(code (\w+)\)", caplog.text)
    assert code in shown(answer.response)
    assert str(error) not in shown(answer.response)


async def test_what_discord_does_not_take_is_said_and_logged(
    team: Team, expected_errors: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    expected_errors += ["a reply failed (code ", "a failure could not be told (code "]
    team.env.inject_error("*", "/webhooks/*", status=400)
    answer = await team.similar(TEXT)
    assert "Discord did not take the answer." in shown(answer.response)
    team.env.inject_error("*", "/webhooks/*", status=400, times=2)
    await team.similar(TEXT)
    assert "a failure could not be told (code " in caplog.text


async def test_a_message_that_may_not_be_answered_is_logged(
    team: Team, expected_errors: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    expected_errors.append("a message was not answered (code ")
    team.env.inject_error("POST", "/channels/*/messages", status=403)
    await team.alice.send(team.channel, f"<@{team.env.bot.user.id}> {TEXT}")
    assert re.search(r"a message was not answered \(code \w{6}\)", caplog.text)
