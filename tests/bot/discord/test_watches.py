"""Watches on Discord: set by command and press, told in digests, ended from the message."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import LOCALES
from bot.digests import Told
from bot.discord import watch_layout
from bot.discord.watching import Watching
from bot.messages import messages
from bot.schedule import PACES
from bot.watches import Digest, Target, Watch
from corpus.library import Library
from corpus.paper import Extract, Hit
from tests import discord_limits
from tests.bot.discord.conftest import MakeBot, Team, buttons, menu, shown
from tests.bot.discord.test_lists import PAPERS, TEXT, chosen, fits, later, saved, shown_last

__all__ = ["later"]

START = 1_772_600_000  # Wednesday 4 March 2026, 04:53 in UTC
DAY = 86_400
TEXTS = "Peer support workers in {} of {}: a qualitative study"


class Clock:
    """What time it is; a test says."""

    def __init__(self) -> None:
        self.now: float = START

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of every bot that a test makes; none looks for news by itself."""
    made = Clock()
    real = Watching.__init__
    monkeypatch.setattr(Watching, "__init__", lambda self, surface: real(self, surface, made))
    monkeypatch.setattr(Watching, "start", lambda self: None)
    return made


@pytest.fixture
def add(folder: Path, tmp_path: Path) -> Callable[..., None]:
    """Adds papers from these places, as another process would."""

    def add(*places: str) -> None:
        file = tmp_path / "new.jsonl"
        papers = [
            {"title": TEXTS.format("wards", place), "abstract": f"Peer support workers of {place}."}
            for place in places
        ]
        file.write_text("".join(json.dumps(one) + "\n" for one in papers))
        with Library(folder) as library:
            library.add([file])

    return add


async def tell(team: Team, clock: Clock, days: float = 0) -> list[Any]:
    """What the bot sends of itself when so many days have passed."""
    clock.now = START + days * DAY
    before = len(team.env.http_requests)
    await team.env.bot.watching.tell()
    await team.env.settle()
    return [
        one.json
        for one in team.env.http_requests[before:]
        if one.method == "POST" and one.path.endswith("/messages")
    ]


def text_of(sent: Any) -> str:
    """All text of a message as it was sent."""
    nested = discord_limits.nested(sent["components"])
    return "\n".join(one["content"] for one in nested if "content" in one)


async def watch(team: Team, who: Any, **options: Any) -> Any:
    """What `/watch add` answers."""
    return await who.slash(team.channel, "watch add", **options)


async def test_a_channel_is_told_of_new_papers_once(
    clock: Clock, team: Team, add: Callable[..., None], later: Callable[[Team], Any]
) -> None:
    answer = await watch(team, team.alice, text="peer support workers", when="now", here=True)
    assert not answer.ephemeral
    assert shown(answer.response) == (
        "Watching “peer support workers”: this channel hears of new papers as soon as they come."
    )
    assert await tell(team, clock) == []
    add("Reykjavik", "Tartu")
    await later(team)
    (sent,) = await tell(team, clock)
    text = text_of(sent)
    assert text.startswith("## New papers\n“peer support workers”\n-# 2 new papers")
    assert "Reykjavik" in text
    assert "Tartu" in text
    assert len(team.said(team.channel)) == 2
    await later(team)
    assert await tell(team, clock, 1) == []
    add("Bergen")
    (sent,) = await tell(team, clock, 2)
    assert "Tartu" not in text_of(sent)


async def test_a_person_is_told_alone_at_their_hour(
    clock: Clock, team: Team, add: Callable[..., None]
) -> None:
    answer = await watch(team, team.alice, text="peer support workers", zone="asia/shanghai")
    assert answer.ephemeral
    said = shown(answer.response)
    assert "Watching “peer support workers”: you hear of new papers daily." in said
    assert "next at 2026-03-05 08:00 (Asia/Shanghai)" in said
    add("Reykjavik")
    assert await tell(team, clock, 0.79) == []
    told = len(team.said(team.channel))
    (_,) = await tell(team, clock, 0.8)
    assert len(team.said(team.channel)) == told
    weekly = await watch(team, team.alice, text="crisis houses", when="weekly")
    assert "on Mondays" in shown(weekly.response)
    assert "08:00 (Asia/Shanghai)" in shown(weekly.response)


async def test_who_may_not_ask_any_more_is_not_told_either(
    clock: Clock, team: Team, add: Callable[..., None], make_bot: MakeBot
) -> None:
    role = team.guild.create_role("readers")
    dora = team.guild.add_member(team.env.create_user("dora"), roles=[role])
    await team.env.restart_bot(make_bot(roles=(role.id,)))
    await watch(team, dora, text="peer support workers", when="now")
    add("Tartu")
    team.guild.remove_member(dora)
    assert await tell(team, clock) == []
    dora = team.guild.add_member(dora.user)  # a member again, but no reader
    assert await tell(team, clock, 1) == []
    team.guild.remove_member(dora)
    team.guild.add_member(dora.user, roles=[role])
    (sent,) = await tell(team, clock, 2)
    assert "Tartu" in text_of(sent)


async def test_a_channel_of_a_server_that_is_not_answered_any_more_is_not_told(
    clock: Clock, team: Team, add: Callable[..., None], make_bot: MakeBot
) -> None:
    await watch(team, team.alice, text="peer support workers", when="now", here=True)
    add("Tartu")
    await team.env.restart_bot(make_bot(guilds=(1,)))
    assert await tell(team, clock) == []
    await team.env.restart_bot(make_bot(guilds=(team.guild.id,)))
    (sent,) = await tell(team, clock, 1)
    assert "Tartu" in text_of(sent)


async def test_a_digest_ends_its_watch_from_the_message(
    clock: Clock, team: Team, add: Callable[..., None], later: Callable[[Team], Any]
) -> None:
    await watch(team, team.alice, text="peer support workers", when="now", here=True)
    add("Reykjavik")
    await tell(team, clock)
    digest = team.said(team.channel)[-1]
    await later(team)
    refused = await team.press(team.bob, digest, "End this watch")
    assert "somebody else's" in shown(refused.response)
    ended = await team.press(team.alice, digest, "End this watch")
    assert "Ended: “peer support workers”." in shown(ended.response)
    add("Tartu")
    assert await tell(team, clock, 1) == []
    again = await team.press(team.alice, digest, "End this watch")
    assert "This watch has ended." in shown(again.response)
    similar = await team.press(team.bob, digest, "Similar")
    assert "Neighbours of #" in shown(similar.response)


async def test_a_digest_has_pages_and_opens_its_papers(
    clock: Clock, team: Team, add: Callable[..., None], later: Callable[[Team], Any]
) -> None:
    await watch(team, team.alice, text="peer support workers", when="now", here=True)
    add("Reykjavik", "Tartu", "Bergen", "Oulu", "Ghent", "Porto", "Brno")
    await tell(team, clock)
    digest = team.said(team.channel)[-1]
    assert "1 / 2" in buttons(digest)
    await later(team)
    copy = await team.press(team.bob, digest, "→")
    assert copy.ephemeral
    assert "2 / 2" in buttons(copy.response)
    assert "**6. " in shown(copy.response)
    await team.press(team.alice, digest, "→")
    assert team.kinds()[-1] == 6
    assert "**6. " in shown_last(team)
    opened = await chosen(team.bob, copy.response, menu(copy.response)["options"][0]["value"])
    assert "Peer support workers in wards of" in shown(opened.response)


async def test_a_digest_that_cannot_be_sent_is_sent_later(
    clock: Clock,
    team: Team,
    add: Callable[..., None],
    make_bot: MakeBot,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await watch(team, team.alice, text="peer support workers", when="now", here=True)
    add("Reykjavik")
    team.env.inject_error("POST", f"/channels/{team.channel.id}/messages", status=403, times=1)
    await tell(team, clock)
    assert len(team.said(team.channel)) == 1
    assert "a digest is sent again later (code " in caplog.text
    first = [one.json for one in team.env.http_requests if one.path.endswith("/messages")][-1]
    add("Tartu")
    assert await tell(team, clock) == []
    await team.env.restart_bot(make_bot())
    (sent,) = await tell(team, clock, 1)
    assert "Reykjavik" in text_of(sent)
    assert "Tartu" not in text_of(sent)
    assert (sent["nonce"], sent["enforce_nonce"]) == (first["nonce"], True)
    (sent,) = await tell(team, clock, 2)
    assert "Tartu" in text_of(sent)
    assert sent["nonce"] != first["nonce"]


async def test_watch_under_a_paper_and_under_a_list(
    clock: Clock, team: Team, add: Callable[..., None], later: Callable[[Team], Any]
) -> None:
    opened = (await team.alice.slash(team.channel, "paper", paper="#4")).response
    await later(team)
    set_ = await team.press(team.bob, opened, "Watch")
    assert set_.ephemeral
    assert "papers like #4 · Peer support workers in prisons" in shown(set_.response).replace(
        "\\", ""
    )
    await saved(team, team.bob, "#5", list="Thesis")
    listed = (await team.bob.slash(team.channel, "list show", list="Thesis")).response
    await later(team)
    set_ = await team.press(team.bob, listed, "Watch")
    assert "papers like those in Thesis: you hear of new papers daily" in shown(set_.response)
    overview = await team.bob.slash(team.channel, "watch show")
    assert overview.ephemeral
    assert shown(overview.response).count("told to you\u00a0· daily\u00a0· next at") == 2
    add("Reykjavik")
    assert len(await tell(team, clock, 1)) == 2
    await later(team)
    await chosen(team.bob, overview.response, menu(overview.response)["options"][0]["value"])
    assert team.kinds()[-1] == 6
    assert "Thesis" in shown_last(team)
    assert "#4" not in shown_last(team)


async def test_a_list_and_a_paper_are_watched_by_command(clock: Clock, team: Team) -> None:
    named = await watch(team, team.alice, text="10.1000/peer.4")
    assert "papers like #4" in shown(named.response).replace("\\", "")
    missing = await watch(team, team.alice, list="Thesis")
    assert "There is no list Thesis" in shown(missing.response)
    await saved(team, team.alice, "#5", list="Thesis")
    private = await watch(team, team.alice, list="Thesis", here=True)
    assert "is not shared in this channel" in shown(private.response)
    await team.alice.slash(team.channel, "list share", list="Thesis")
    public = await watch(team, team.bob, list="Thesis", here=True)
    assert "papers like those in Thesis: this channel hears of new papers" in shown(public.response)


async def test_what_cannot_be_watched_is_said(clock: Clock, team: Team) -> None:
    for options in ({}, {"text": " "}, {"text": "x", "list": "y"}):
        assert "Say what to watch" in shown((await watch(team, team.alice, **options)).response)
    wrong = await watch(team, team.alice, text="x", zone="Nowhere")
    assert "There is no time zone Nowhere" in shown(wrong.response)
    assert "No paper" in shown((await watch(team, team.alice, text="#999")).response)
    assert "You watch nothing yet" in shown(
        (await team.alice.slash(team.channel, "watch show")).response
    )


async def test_zones_are_suggested(team: Team) -> None:
    offered = await team.alice.autocomplete(team.channel, "watch add", "zone", "shang")
    assert offered == [{"name": "Asia/Shanghai", "value": "Asia/Shanghai"}]


async def test_in_a_direct_message_it_is_the_person_who_is_told(clock: Clock, team: Team) -> None:
    answer = await team.carol.slash("watch add", text="peer support workers", here=True)
    assert "you hear of" in shown(answer.response)


async def test_a_digest_speaks_the_language_of_whoever_watches(
    clock: Clock, team: Team, add: Callable[..., None], locale: dict[str, str]
) -> None:
    locale["locale"] = "zh-TW"
    await watch(team, team.alice, text="peer support workers", when="now", here=True)
    locale["locale"] = "en-US"
    add("Reykjavik")
    (sent,) = await tell(team, clock)
    assert text_of(sent).startswith("## 新文獻\n")
    assert "\n-# 1 篇新文獻\n" in text_of(sent)


async def test_the_bot_looks_for_news_by_itself_and_survives_a_failure(
    team: Team, add: Callable[..., None], expected_errors: list[str], folder: Path
) -> None:
    expected_errors.append("looking for news failed (code ")
    await watch(team, team.alice, text="peer support workers", when="now", here=True)
    with sqlite3.connect(folder / "state.db") as db:
        db.execute("ALTER TABLE told RENAME TO hidden")
    add("Reykjavik")
    await team.env.advance_time(60)
    assert len(team.said(team.channel)) == 1
    with sqlite3.connect(folder / "state.db") as db:
        db.execute("ALTER TABLE hidden RENAME TO told")
    db.close()
    await team.env.advance_time(60)
    assert len(team.said(team.channel)) == 2


HITS = st.lists(
    st.builds(
        Hit,
        rank=st.integers(1, 100),
        paper=PAPERS,
        score=st.just(1.0),
        extract=st.builds(Extract, TEXT),
        terms=st.lists(TEXT, max_size=5).map(tuple),
        across=st.lists(st.tuples(TEXT, TEXT), max_size=3).map(tuple),
    ),
    max_size=12,
    unique_by=lambda hit: hit.paper.id,
).map(tuple)
WATCH = Watch(2**48, "1", "7", Target(text="x"), "en", "daily", "Asia/Shanghai", 0, START)


@settings(max_examples=25)
@given(locale=st.sampled_from(LOCALES), hits=HITS, about=TEXT, page=st.integers(0, 5))
def test_any_digest_is_within_the_limits(
    locale: str, hits: tuple[Hit, ...], about: str, page: int
) -> None:
    shown = Told(WATCH, Digest(2**48, WATCH.id, (), 0), about, hits)
    assert fits(watch_layout.digest(shown, messages(locale), page))


@settings(max_examples=25)
@given(
    locale=st.sampled_from(LOCALES),
    abouts=st.lists(TEXT, max_size=24),
    pace=st.sampled_from(PACES),
    channel=st.sampled_from(["", "7"]),
)
def test_any_watches_are_within_the_limits(
    locale: str, abouts: list[str], pace: str, channel: str
) -> None:
    say = messages(locale)
    found = [
        (WATCH._replace(id=number, pace=pace, channel=channel), about)
        for number, about in enumerate(abouts, 1)
    ]
    assert fits(watch_layout.watches(found, say))
    for one, about in found[:1]:
        assert fits(watch_layout.watching(one, about, say))
