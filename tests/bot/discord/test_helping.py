"""`/help`, `/about`, and the first words to somebody new."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import about
from bot.about import Example, is_greeting
from bot.config import LOCALES
from bot.discord import helping_layout as layout
from bot.messages import messages
from bot.shelf import Shelf
from corpus.library import Library
from corpus.paper import Extract, Filters, Hit, Paper
from corpus.readers import Record
from tests import discord_limits
from tests.bot.discord.anything import FIELD, papers
from tests.bot.discord.conftest import MakeBot, Team, buttons, shown
from tests.bot.discord.views import sent

INTRODUCED = "Hello! I find literature that is similar to what you have:"


@pytest.fixture(params=["at once", "after a restart"])
def later(request: pytest.FixtureRequest, make_bot: MakeBot) -> Callable[[Team], Any]:
    """Lets time pass: either none, or a whole restart."""

    async def later(team: Team) -> None:
        if request.param == "after a restart":
            await team.env.restart_bot(make_bot())

    return later


@pytest.fixture
def keyed(shelf: Shelf) -> None:
    """A keyword in each language."""
    made = [
        Paper(source_id="a", title="Puffins of the cliff", keywords=("puffins",), year=2001),
        Paper(source_id="b", title="Puffins of the sea", keywords=("puffins",), year=2002),
        Paper(source_id="c", title="海鹦的巢", keywords=("海鹦",), year=2003),
    ]
    shelf.library().take("keyed", [Record(one, n, n) for n, one in enumerate(made, 1)])


def said(team: Team) -> list[str]:
    """What the bot has written to carol."""
    history = team.carol.dm_channel.history()
    return [shown(one) for one in history if one.author.id == team.env.bot.user.id]


# Help


@pytest.mark.usefixtures("keyed")
async def test_help_shows_an_answer_of_this_library_and_tries_it(
    team: Team, later: Callable[[Team], Any]
) -> None:
    page = (await team.alice.slash(team.channel, "help")).response
    assert page.ephemeral
    assert "“puffins” finds, first of all:\n**1. Puffins of the" in shown(page)
    await later(team)
    tried = await team.press(team.alice, page, "Try “puffins”")
    assert "“puffins”\n-# 2 similar papers" in shown(tried.response)
    assert tried.response.ephemeral
    similar = await team.press(team.alice, page, "Similar to it")
    assert "Neighbours of #" in shown(similar.response)
    browsed = await team.press(team.alice, page, "Subjects")
    assert shown(browsed.response).startswith("## Browse by subject")
    about = await team.press(team.alice, page, "About this bot")
    assert shown(about.response).startswith("## About this bot")
    again = await team.press(team.alice, about.response, "What I can do")
    assert shown(again.response) == shown(page)


@pytest.mark.usefixtures("keyed")
async def test_help_speaks_the_language_of_the_person(team: Team, locale: dict[str, str]) -> None:
    locale["locale"] = "zh-CN"
    page = (await team.alice.slash(team.channel, "help")).response
    assert shown(page).startswith("## 我能做什么")
    assert "“海鹦”查到的第一篇：\n**1. 海鹦的巢**" in shown(page)


async def test_help_without_keywords_shows_a_paper(team: Team) -> None:
    page = (await team.alice.slash(team.channel, "help")).response
    assert "finds, first of all:" in shown(page)
    assert list(buttons(page)) == ["Similar to it", "Subjects", "About this bot"]


@pytest.mark.parametrize(("language", "title"), [("en", "puffins"), ("zh-CN", "海鹦的巢与海")])
def test_the_example_is_in_the_readers_language_though_keywords_are_not(
    tmp_path: Path, language: str, title: str
) -> None:
    made = [
        Paper(title="Puffins", keywords=("puffins",), year=2005, language="en"),
        Paper(title="海鹦的巢与海", keywords=("puffins",), year=2001, language="zh"),
        Paper(title="海鹦的歌", keywords=("puffins",), year=1999, language="zh"),
    ]
    with Library(tmp_path / "library", create=True) as library:
        library.take("made", [Record(one, n, n) for n, one in enumerate(made, 1)])
        example = about.example(library, messages(language))
        assert example is not None
        assert example.text == title


async def test_help_is_shown_where_it_is_asked_for_in_words(team: Team) -> None:
    await team.carol.send_dm("hello")
    await team.carol.send_dm("help")
    assert "## What I can do" in said(team)[-1]
    await team.alice.send(team.channel, f"<@{team.env.bot.user.id}> help")
    assert "## What I can do" in shown(team.said(team.channel)[-1])


async def test_help_of_an_empty_library(team: Team, shelf: Shelf) -> None:
    for paper in [*shelf.library().every(Filters())]:
        shelf.library().remove(paper.id)
    page = (await team.alice.slash(team.channel, "help")).response
    assert "There are no papers here yet." in shown(page)
    await team.carol.send_dm("hi")
    assert "but there are no papers here yet" in said(team)[-1]


async def test_a_topic_that_is_gone_is_not_tried(team: Team, shelf: Shelf, keyed: None) -> None:
    page = (await team.alice.slash(team.channel, "help")).response
    for own in ("a", "b"):
        shelf.library().remove(shelf.library().named(own).id)
    tried = await team.press(team.alice, page, "Try “puffins”")
    assert "Nothing similar found" in shown(tried.response)


# About


async def test_about_says_version_papers_last_import_and_what_is_stored(team: Team) -> None:
    page = (await team.alice.slash(team.channel, "about")).response
    assert page.ephemeral
    text = shown(page)
    for part in ("Similit 0.", "30 papers", "from papers.jsonl", "90 days"):
        assert part in text


async def test_about_the_demo_corpus_says_that_it_is_one(
    team: Team, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "is_demo", lambda _: True)
    text = shown((await team.alice.slash(team.channel, "about")).response)
    assert "demo corpus" in text
    assert "none yet" in text


# First words


async def test_the_first_direct_message_introduces_the_bot_and_is_answered(
    team: Team, later: Callable[[Team], Any]
) -> None:
    await team.carol.send_dm("peer support workers")
    hello, answer = said(team)
    assert hello.startswith(f"{INTRODUCED} 30 papers are at hand.\n")
    assert hello.count("\n") == 2
    assert "similar papers" in answer
    await later(team)
    await team.carol.send_dm("supervision of workers")
    assert len(said(team)) == 3
    assert INTRODUCED not in said(team)[-1]


@pytest.mark.usefixtures("keyed")
async def test_the_buttons_of_the_introduction_work(
    team: Team, later: Callable[[Team], Any]
) -> None:
    await team.carol.send_dm("hello!")
    [hello] = said(team)
    assert hello.startswith(INTRODUCED)
    message = team.carol.dm_channel.last_message
    await later(team)
    tried = await team.press(team.carol, message, "Try “puffins”")
    assert "2 similar papers" in shown(tried.response)
    more = await team.press(team.carol, message, "What else?")
    assert shown(more.response).startswith("## What I can do")


async def test_a_greeting_is_greeted_every_time_and_in_its_language(team: Team) -> None:
    for text in ("hello", "Hi!"):
        await team.carol.send_dm(text)
        assert said(team)[-1].startswith(INTRODUCED)
    await team.carol.send_dm("你好！")
    assert said(team)[-1].startswith("你好！我帮你查找相似文献，库中现有 30 篇。")


async def test_nobody_is_introduced_in_a_channel_unless_they_greet(team: Team) -> None:
    me = f"<@{team.env.bot.user.id}>"
    await team.alice.send(team.channel, f"{me} peer support")
    assert all(INTRODUCED not in shown(one) for one in team.said(team.channel))
    await team.alice.send(team.channel, f"{me} hello")
    assert INTRODUCED in shown(team.said(team.channel)[-1])


async def test_whom_it_met_is_kept_by_number_alone(team: Team, folder: Path) -> None:
    await team.carol.send_dm("hello")
    with sqlite3.connect(folder / "state.db") as db:
        assert [row[0] for row in db.execute("SELECT person FROM met")] == [str(team.carol.id)]
    db.close()


@pytest.mark.parametrize("text", ["hi", "Hello!", "你好", "  HEY  ", "您好！", "test"])
def test_these_are_greetings(text: str) -> None:
    assert is_greeting(text)


@pytest.mark.parametrize("text", ["", "hello world of peers", "hi-fi", "你好吗的翻译", "?", "peer"])
def test_these_are_questions(text: str) -> None:
    assert not is_greeting(text)


# Whatever the papers say, Discord takes it

SAY = st.sampled_from([messages(one) for one in LOCALES])


@given(paper=papers(), text=FIELD, topic=st.integers(0, 10**12), say=SAY)
@settings(max_examples=60, deadline=None)
def test_any_help_is_what_discord_takes(paper: Paper, text: str, topic: int, say: Any) -> None:
    hit = Hit(rank=1, paper=paper, score=1.0, extract=Extract(paper.abstract), terms=())
    shown = Example(text, topic, hit)
    for view in (layout.help(shown, say), layout.welcome(10**9, shown, say)):
        assert list(discord_limits.violations(sent(view))) == []


@given(rows=st.lists(st.tuples(FIELD, FIELD).map(lambda two: (two[0][:40], two[1][:200]))), say=SAY)
@settings(max_examples=30, deadline=None)
def test_any_about_is_what_discord_takes(rows: list[tuple[str, str]], say: Any) -> None:
    assert list(discord_limits.violations(sent(layout.about(rows[:6], say)))) == []


async def test_an_introduction_that_fails_does_not_cost_the_answer(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> Any:
        raise RuntimeError("no example")

    monkeypatch.setattr(about, "example", fail)
    await team.carol.send_dm("peer support workers")
    assert ["similar papers" in one for one in said(team)] == [True]
