"""Reading lists on Discord: commands, presses, menus and forms, now and after a restart."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import LOCALES
from bot.discord import list_layout
from bot.list_page import Entry, ListPage
from bot.messages import messages
from bot.reading_lists import Item, Reader, ReadingList
from corpus.paper import Paper
from tests import discord_limits
from tests.bot.discord.conftest import (
    HOSTILE_ABSTRACT,
    HOSTILE_TITLE,
    MakeBot,
    Team,
    buttons,
    displayed,
    menu,
    parts,
    shown,
)

GLASGOW = "Peer support workers in prisons of Glasgow: a qualitative study"


@pytest.fixture(params=["at once", "after a restart"])
def later(request: pytest.FixtureRequest, make_bot: MakeBot) -> Callable[[Team], Any]:
    """Lets time pass before a press: either none, or a whole restart."""

    async def later(team: Team) -> None:
        if request.param == "after a restart":
            await team.env.restart_bot(make_bot())

    return later


async def saved(team: Team, who: Any, paper: str, **options: Any) -> Any:
    """The card that somebody gets for saving a paper."""
    return (await who.slash(team.channel, "list save", paper=paper, **options)).response


async def chosen(who: Any, message: Any, *values: str) -> Any:
    """What choosing from the one menu of a message does."""
    return await who.select(message, list(values), custom_id=menu(message)["custom_id"])


# Saving


async def test_save_under_an_opened_paper_keeps_it_in_private(
    team: Team, later: Callable[[Team], Any]
) -> None:
    opened = (await team.alice.slash(team.channel, "paper", paper="#4")).response
    await later(team)
    pressed = await team.press(team.bob, opened, "Save")
    assert pressed.ephemeral
    assert GLASGOW in shown(pressed.response)
    assert "Saved in: Reading list" in shown(pressed.response)
    assert set(buttons(pressed.response)) == {"Mark as read", "Note…", "Open"}
    options = menu(pressed.response)["options"]
    assert [(one["label"], one.get("default", False)) for one in options] == [
        ("Reading list", True),
        ("New list…", False),
    ]
    again = await team.press(team.bob, opened, "Save")
    assert "Saved in: Reading list" in shown(again.response)
    listed = await team.bob.slash(team.channel, "list show", list="reading LIST")
    assert listed.ephemeral
    assert "1 paper\u00a0· only you see it" in shown(listed.response)


async def test_list_save_takes_a_list_a_note_and_tags(team: Team) -> None:
    card = await saved(team, team.alice, "#4", list="Thesis", note="read *twice*", tags="a, b")
    assert "Saved in: Thesis" in shown(card)
    await saved(team, team.alice, "同伴支持者", list="Thesis")
    await saved(team, team.alice, "retrieval")  # the list used last
    text = shown((await team.alice.slash(team.channel, "list show", list="Thesis")).response)
    assert text.startswith("## Thesis\n-# 3 papers\u00a0· only you see it")
    assert f"**1. {GLASGOW}**\u00a0(2013)" in text
    assert "-# a · b" in text
    assert "> read \\*twice\\*" in text
    assert "**3. Okapi at TREC**" in text


async def test_save_of_a_paper_that_is_not_here_says_so(team: Team) -> None:
    assert "No paper #999 is in this library" in shown(await saved(team, team.alice, "#999"))


async def test_the_menu_of_the_card_says_in_which_lists_a_paper_is(
    team: Team, later: Callable[[Team], Any]
) -> None:
    await saved(team, team.alice, "#4", list="Thesis")
    card = await saved(team, team.alice, "#4", list="Club")
    ids = {one["label"]: one["value"] for one in menu(card)["options"]}
    await later(team)
    await chosen(team.alice, card, ids["Thesis"])
    assert team.kinds()[-1] == 6
    listed = (await team.alice.slash(team.channel, "list show", list="Club")).response
    assert "Nothing is in it yet." in shown(listed)
    card = await saved(team, team.alice, "#5", list="Club")
    await chosen(team.alice, card)
    overview = (await team.alice.slash(team.channel, "list show")).response
    assert "**Club**\u00a0· 0 papers" in shown(overview)
    assert "**Thesis**\u00a0· 1 paper" in shown(overview)


async def test_a_new_list_is_named_in_a_form(team: Team, later: Callable[[Team], Any]) -> None:
    card = await saved(team, team.alice, "#4")
    form = await chosen(team.alice, card, "new")
    await later(team)
    made = await team.alice.submit_modal(form, {"name": "Second *list*"})
    assert team.kinds()[-1] == 6
    assert made is not None
    text = shown((await team.alice.slash(team.channel, "list show", list="Second *list*")).response)
    assert "## Second \\*list\\*" in text
    assert GLASGOW in text


async def test_a_note_is_written_in_a_form(team: Team, later: Callable[[Team], Any]) -> None:
    card = await saved(team, team.alice, "#4", list="Thesis", note="first", tags="x")
    form = await team.press(team.alice, card, "Note…")
    await later(team)
    await team.alice.submit_modal(form, {"note": "second", "tags": "#y z"})
    text = shown((await team.alice.slash(team.channel, "list show", list="Thesis")).response)
    assert "> second" in text
    assert "-# y · z" in text
    assert "first" not in text


async def test_read_marks_are_each_persons_own(team: Team, later: Callable[[Team], Any]) -> None:
    card = await saved(team, team.alice, "#4", list="Club")
    await team.alice.slash(team.channel, "list share", list="Club")
    await later(team)
    await team.press(team.alice, card, "Mark as read")
    own = (await team.alice.slash(team.channel, "list show", list="Club")).response
    assert "✓\u00a0read" in shown(own)
    other = (await team.bob.slash(team.channel, "list show", list="Club")).response
    assert "✓\u00a0read" not in shown(other)
    public = await team.alice.slash(team.channel, "list show", list="Club", private=False)
    assert not public.ephemeral
    assert "✓\u00a0read" not in shown(public.response)
    await team.press(team.alice, await saved(team, team.alice, "#4"), "Mark as unread")
    own = (await team.alice.slash(team.channel, "list show", list="Club")).response
    assert "✓\u00a0read" not in shown(own)


# Showing


async def test_there_are_no_lists_at_first(team: Team) -> None:
    answer = await team.alice.slash(team.channel, "list show")
    assert "There are no lists here yet." in shown(answer.response)
    missing = await team.alice.slash(team.channel, "list show", list="<@9> *x*")
    assert "There is no list <@9> *x*" in displayed(shown(missing.response)).replace("\\", "")


async def test_a_long_list_has_pages(team: Team, later: Callable[[Team], Any]) -> None:
    for number in range(1, 13):
        await saved(team, team.alice, f"#{number}", list="Thesis")
    listed = (await team.alice.slash(team.channel, "list show", list="Thesis")).response
    assert re.findall(r"(?m)^\*\*(\d+)\. ", shown(listed)) == [str(n) for n in range(1, 11)]
    await later(team)
    await team.press(team.alice, listed, "→")
    assert team.kinds()[-1] == 6
    turned = team.env.http_requests[-1].json
    text = "\n".join(one.get("content", "") for one in discord_limits.nested(turned["components"]))
    assert re.findall(r"(?m)^\*\*(\d+)\. ", text) == ["11", "12"]


async def test_the_overview_opens_a_list_and_a_list_its_papers(
    team: Team, later: Callable[[Team], Any]
) -> None:
    await saved(team, team.alice, "#4", list="Thesis")
    overview = (await team.alice.slash(team.channel, "list show")).response
    await later(team)
    await chosen(team.alice, overview, menu(overview)["options"][0]["value"])
    listed = (await team.alice.slash(team.channel, "list show", list="Thesis")).response
    await later(team)
    card = await chosen(team.alice, listed, "4")
    assert card.ephemeral
    assert "Saved in: Thesis" in shown(card.response)
    opened = await team.press(team.alice, card.response, "Open")
    assert shown(opened.response).startswith(f"## {GLASGOW}")


async def test_lists_are_suggested_by_their_names(team: Team) -> None:
    await saved(team, team.alice, "#4", list="Thesis")
    await saved(team, team.alice, "#4", list="Club")
    offered = await team.alice.autocomplete(team.channel, "list show", "list", "THE")
    assert offered == [{"name": "Thesis", "value": "Thesis"}]
    assert await team.bob.autocomplete(team.channel, "list show", "list", "") == []
    titles = await team.alice.autocomplete(team.channel, "list save", "paper", "recovery")
    assert [one["value"] for one in titles] == ["#21"]


@pytest.mark.parametrize(
    "command", ["list show", "list share", "list export", "list save", "list remove", "watch add"]
)
async def test_lists_are_suggested_wherever_one_is_named(team: Team, command: str) -> None:
    await saved(team, team.alice, "#4", list="Thesis")
    offered = await team.alice.autocomplete(team.channel, command, "list", "the")
    assert offered == [{"name": "Thesis", "value": "Thesis"}]


@pytest.mark.parametrize("command", ["list save", "list remove"])
async def test_papers_are_suggested_wherever_one_is_named(team: Team, command: str) -> None:
    titles = await team.alice.autocomplete(team.channel, command, "paper", "recovery")
    assert [one["value"] for one in titles] == ["#21"]


# Whose they are


async def test_a_press_by_somebody_else_on_a_private_list_is_refused(
    team: Team, folder: Path
) -> None:
    await saved(team, team.alice, "#4", list="Thesis")
    shared = await team.alice.slash(team.channel, "list share", list="Thesis")
    listed = shared.response
    assert not shared.ephemeral
    copy = await team.press(team.bob, listed, "Export")
    assert copy.ephemeral
    await team.alice.slash(team.channel, "list share", list="Thesis", stop=True)
    for label in ("Export", "Delete list"):
        refused = await team.press(team.bob, listed, label)
        assert refused.ephemeral
        assert "somebody else's" in shown(refused.response)
    refused = await chosen(team.bob, listed, "4")
    assert "somebody else's" in shown(refused.response)
    refused = await chosen(team.bob, copy.response, "ris")
    assert "somebody else's" in shown(refused.response)
    with sqlite3.connect(folder / "state.db") as db:
        assert db.execute("SELECT count(*) FROM saved").fetchone() == (1,)
    db.close()


async def test_only_its_owner_deletes_a_shared_list(team: Team) -> None:
    await saved(team, team.alice, "#4", list="Club")
    listed = (await team.alice.slash(team.channel, "list share", list="Club")).response
    asked = await team.press(team.bob, listed, "Delete list")
    assert "Delete the list Club, with 1 paper in it?" in shown(asked.response)
    await team.press(team.bob, asked.response, "Delete it")
    assert "somebody else's" in shown_last(team)
    asked = await team.press(team.alice, listed, "Delete list")
    await team.press(team.alice, asked.response, "Delete it")
    assert "The list Club is deleted." in shown_last(team)
    gone = await team.press(team.bob, listed, "Export")
    assert "no longer there" in shown(gone.response)


def shown_last(team: Team) -> str:
    """The text of the bot's last message."""
    sent = team.env.http_requests[-1].json
    return "\n".join(one.get("content", "") for one in discord_limits.nested(sent["components"]))


async def test_a_shared_list_is_filled_by_everybody_in_its_channel_alone(team: Team) -> None:
    await saved(team, team.alice, "#4", list="Club")
    await team.alice.slash(team.channel, "list share", list="Club")
    await saved(team, team.bob, "#5", list="Club")
    text = shown((await team.alice.slash(team.channel, "list show", list="Club")).response)
    assert "2 papers\u00a0· shared in this channel" in text
    elsewhere = team.guild.create_text_channel("elsewhere")
    missing = await team.bob.slash(elsewhere, "list show", list="Club")
    assert "There is no list Club" in shown(missing.response)
    away = await team.alice.slash(elsewhere, "list show", list="Club")
    assert "shared in another channel" in shown(away.response)


async def test_a_private_list_is_not_shown_to_a_channel(team: Team) -> None:
    await saved(team, team.alice, "#4", list="Thesis")
    refused = await team.alice.slash(team.channel, "list show", list="Thesis", private=False)
    assert "is not shared in this channel" in shown(refused.response)
    assert GLASGOW not in shown(refused.response)
    overview = await team.alice.slash(team.channel, "list show", private=False)
    assert "Thesis" not in shown(overview.response)


async def test_a_list_is_shared_with_channels_alone(team: Team) -> None:
    await team.carol.slash("list save", paper="#4", list="Thesis")
    refused = await team.carol.slash("list share", list="Thesis")
    assert "shared with a channel of a server" in shown(refused.response)
    listed = await team.carol.slash("list show", list="Thesis", private=False)
    assert GLASGOW in shown(listed.response)


# Taking out, exporting


async def test_list_remove_takes_a_paper_out(team: Team) -> None:
    await saved(team, team.alice, "#4", list="Thesis")
    done = await team.alice.slash(team.channel, "list remove", list="Thesis", paper="#4")
    assert "#4 is no longer in Thesis." in displayed(shown(done.response))
    done = await team.alice.slash(team.channel, "list remove", list="Thesis", paper="#4")
    assert "#4 is not in Thesis." in displayed(shown(done.response))


async def test_list_remove_without_a_paper_deletes_the_list(
    team: Team, later: Callable[[Team], Any]
) -> None:
    await saved(team, team.alice, "#4", list="Thesis")
    asked = (await team.alice.slash(team.channel, "list remove", list="Thesis")).response
    await later(team)
    await team.press(team.alice, asked, "Delete it")
    overview = (await team.alice.slash(team.channel, "list show")).response
    assert "There are no lists here yet." in shown(overview)


@pytest.mark.parametrize("format", [None, "bibtex"])
async def test_list_export_gives_a_file_in_private(team: Team, format: str | None) -> None:
    await saved(team, team.alice, "#4", list="Thesis")
    await saved(team, team.alice, "#13", list="Thesis")
    options = {"format": format} if format else {}
    done = await team.alice.slash(team.channel, "list export", list="Thesis", **options)
    assert done.ephemeral
    assert "2 papers as " + ("BibTeX" if format else "RIS") in shown(done.response)


async def test_export_under_a_list_offers_the_formats(
    team: Team, later: Callable[[Team], Any]
) -> None:
    await saved(team, team.alice, "#4", list="Thesis")
    listed = (await team.alice.slash(team.channel, "list show", list="Thesis")).response
    await later(team)
    offered = await team.press(team.alice, listed, "Export")
    assert offered.ephemeral
    await later(team)
    done = await chosen(team.alice, offered.response, "ris")
    assert "1 paper as RIS" in shown(done.response)


async def test_a_paper_that_is_gone_is_said_to_be(team: Team, number: Callable[[str], int]) -> None:
    await saved(team, team.alice, "#4", list="Thesis")
    team.env.bot.places.shelf.library().remove(4)
    listed = (await team.alice.slash(team.channel, "list show", list="Thesis")).response
    assert "**1.** #4 is no longer in the library" in shown(listed)
    done = await team.alice.slash(team.channel, "list export", list="Thesis")
    assert "0 papers as RIS" in shown(done.response)


# Marks in what is found


def stars(message: Any) -> int:
    """How many papers of a list are marked."""
    return len(re.findall(r"(?m)^\*\*\d+\. ★ ", shown(message)))


async def test_saved_papers_are_marked_where_one_is_alone(team: Team) -> None:
    found = "prisons of Glasgow"
    await saved(team, team.alice, "#4", list="Thesis")
    assert stars((await team.similar(found)).response) == 0
    private = (await team.similar(found, private=True)).response
    assert "**1. ★ Peer support workers in prisons" in shown(private)
    near = (await team.press(team.alice, private, "Similar")).response
    assert stars(near) == 0
    await saved(team, team.alice, menu(near)["options"][0]["value"])
    assert stars((await team.press(team.alice, private, "Similar")).response) == 1
    assert stars((await team.bob.slash(team.channel, "similar", text=found)).response) == 0
    await team.carol.slash("list save", paper="#4")
    assert stars((await team.carol.slash("similar", text=found)).response) == 1
    reply = await team.carol.send_dm(found)
    assert reply is not None
    assert "★" in shown_last(team)


async def test_papers_shared_in_a_channel_are_marked_for_everybody_there(team: Team) -> None:
    await saved(team, team.alice, "#4", list="Club")
    await team.alice.slash(team.channel, "list share", list="Club")
    found = (await team.bob.slash(team.channel, "similar", text="prisons of Glasgow")).response
    assert stars(found) == 1


async def test_saved_papers_can_be_left_out(team: Team, later: Callable[[Team], Any]) -> None:
    await saved(team, team.alice, "#4", list="Thesis")
    overview = (await team.alice.slash(team.channel, "list show")).response
    await later(team)
    await team.press(team.alice, overview, "Leave saved papers out of my results")
    assert "left out of what you find" in shown_last(team)
    found = await team.similar("peer support workers 同伴支持", count=30)
    assert "4" not in [one["value"] for one in menu(found.response)["options"]]
    other = await team.bob.slash(
        team.channel, "similar", text="peer support workers 同伴支持", count=25
    )
    assert "4" in [one["value"] for one in menu(other.response)["options"]]
    overview = (await team.alice.slash(team.channel, "list show")).response
    await team.press(team.alice, overview, "Show saved papers in my results")
    found = await team.similar("prisons of Glasgow", private=True)
    assert stars(found.response) == 1


async def test_what_is_hidden_is_not_kept_with_the_question(team: Team, folder: Path) -> None:
    await saved(team, team.alice, "#4", list="Thesis")
    overview = (await team.alice.slash(team.channel, "list show")).response
    await team.press(team.alice, overview, "Leave saved papers out of my results")
    await team.similar("peer support workers")
    with sqlite3.connect(folder / "state.db") as db:
        assert [row[0] for row in db.execute("SELECT filters FROM questions")] == ["{}"]
    db.close()


# Languages, and Discord's limits


@pytest.mark.parametrize("language", ["zh-CN", "zh-TW"])
async def test_lists_speak_chinese(team: Team, locale: dict[str, str], language: str) -> None:
    locale["locale"] = language
    say = messages(language)
    opened = (await team.alice.slash(team.channel, "paper", paper="#13")).response
    card = (await team.press(team.alice, opened, "收藏")).response
    assert say("list-saved-in", names=say("list-default")) in shown(card)
    listed = await team.alice.slash(team.channel, "list show", list=say("list-default"))
    assert say("list-papers", count=1) in shown(listed.response)


async def test_every_part_is_named(team: Team) -> None:
    card = await saved(team, team.alice, "#4")
    ids = [one["custom_id"] for one in parts(card) if "custom_id" in one]
    assert len(ids) == len(set(ids)) == 4
    assert all(one.startswith("similit") for one in ids)


TEXT = st.sampled_from(
    [
        HOSTILE_TITLE,
        HOSTILE_ABSTRACT,
        "同伴" * 900,
        "*" * 2000,
        "x",
        "@everyone " * 90,
        "\u202e" * 9,
    ]
)
PAPERS = st.builds(
    Paper,
    id=st.integers(1, 2**40),
    title=TEXT | st.just(""),
    abstract=TEXT | st.just(""),
    authors=st.just(("*A*", "B")) | st.just(()),
    journal=TEXT | st.just(""),
    year=st.none() | st.integers(1000, 9999),
)
ITEMS = st.builds(
    Item, st.integers(1, 2**40), TEXT, st.lists(TEXT).map(tuple), st.just(1), TEXT, st.booleans()
)
LISTS = st.builds(
    ReadingList, st.integers(1, 2**48), TEXT, st.just("1"), st.sampled_from(["", "7", "8"]),
    st.integers(0, 1000),
)  # fmt: skip
READER = Reader("1", "7")


def fits(view: Any) -> bool:
    """Whether Discord would take a message."""
    sent = {
        "components": view.to_components(),
        "flags": discord_limits.COMPONENTS_V2,
        "allowed_mentions": {"parse": []},
    }
    return discord_limits.violations(sent) == discord_limits.mention_violations(sent) == []


@settings(max_examples=25)
@given(
    locale=st.sampled_from(LOCALES),
    one=LISTS,
    entries=st.lists(
        st.builds(Entry, ITEMS, PAPERS | st.none()),
        max_size=10,
        unique_by=lambda entry: entry.paper.id if entry.paper else -entry.item.paper,
    ).map(tuple),
    alone=st.booleans(),
)
def test_any_list_is_within_the_limits(
    locale: str, one: ReadingList, entries: tuple[Entry, ...], alone: bool
) -> None:
    say = messages(locale)
    page = ListPage(one, entries, 1, 2, True)
    assert fits(list_layout.listed(page, READER, say, alone=alone))
    assert fits(list_layout.sure(one, say))
    assert fits(list_layout.formats(one, say))


@settings(max_examples=25)
@given(
    locale=st.sampled_from(LOCALES),
    lists=st.lists(LISTS, max_size=40, unique_by=lambda one: one.id),
    paper=PAPERS,
    flag=st.booleans(),
)
def test_any_card_and_overview_are_within_the_limits(
    locale: str, lists: list[ReadingList], paper: Paper, flag: bool
) -> None:
    say = messages(locale)
    assert fits(list_layout.overview(lists, READER, say, hidden=flag))
    assert fits(list_layout.card(list_layout.Card(paper, lists, lists[:3], flag), say))
