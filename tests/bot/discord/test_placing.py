"""Libraries of their own for servers: none sees another's papers or questions."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import sqlite3
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config import LOCALES, Config, DiscordSettings, LibrariesSettings
from bot.discord.client import Similit
from bot.discord.placed import Placed
from bot.discord.placing import PlaceButton, which
from bot.messages import messages
from bot.places import HOST, NoPlace, Places
from bot.shelf import Shelf
from bot.state import State
from corpus.library import Library
from corpus.paper import Paper
from corpus.readers import Record
from tests import discord_limits
from tests.bot.discord.conftest import Team, buttons, menu, shown
from tests.bot.discord.views import sent as as_sent
from tests.bot.making import ris

CHOOSE = "You are in several servers that have papers here."


@pytest.fixture
async def other(team: Team) -> Team:
    """A second server, where alice is too, and dora alone."""
    guild = team.env.create_guild("Other *place*")
    return Team(
        env=team.env,
        guild=guild,
        channel=guild.create_text_channel("papers"),
        alice=guild.add_member(team.alice.user),
        bob=guild.add_member(team.env.create_user("dora")),
        carol=team.carol,
    )


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The folder of the second server's library: papers about lichens."""
    folder = tmp_path / "own"
    with Library(folder, create=True) as library:
        made = [
            Paper(
                source_id=f"l{number}",
                title=f"Lichens of wall {number}",
                abstract="Lichens grow on old walls.",
                keywords=("lichens",),
            )
            for number in range(1, 13)
        ]
        library.take("lichens", [Record(one, n, n) for n, one in enumerate(made, 1)])
    return folder


Make = Callable[..., Similit]


@pytest.fixture
def make(shelf: Shelf, folder: Path, own: Path, other: Team) -> Iterator[Make]:
    """Makes a client that has a library of its own for the second server."""
    states: list[State] = []

    def make(**settings: Any) -> Similit:
        config = dataclasses.replace(
            Config(),
            libraries=LibrariesSettings({str(other.guild.id): str(own)}),
            discord=DiscordSettings(**settings),
        )
        states.append(State(folder / "state.db"))
        return Similit(shelf, config, states[-1])

    yield make
    for state in states:
        state.close()


@pytest.fixture
async def apart(team: Team, other: Team, make: Make) -> Team:
    """The second server, which has a library of its own now."""
    await team.env.restart_bot(make())
    return other


@pytest.fixture(params=["at once", "after a restart"])
def later(request: pytest.FixtureRequest, make: Make) -> Callable[[Team], Any]:
    """Lets time pass before a press: either none, or a whole restart."""

    async def later(team: Team) -> None:
        if request.param == "after a restart":
            await team.env.restart_bot(make())

    return later


async def test_each_server_finds_its_own_papers(
    team: Team, apart: Team, later: Callable[[Team], Any]
) -> None:
    here = (await team.similar("peer support")).response
    there = (await apart.similar("lichens of walls")).response
    assert "20 similar papers" in shown(here)
    assert "12 similar papers" in shown(there)
    assert "Nothing similar" in shown((await team.similar("lichens")).response)
    assert "Nothing similar" in shown((await apart.similar("peer support workers")).response)
    await later(team)
    await apart.press(apart.alice, there, "→")
    assert "**6. Lichens" in shown(there)
    opened = await apart.alice.select(there, ["3"], custom_id=menu(there)["custom_id"])
    assert shown(opened.response).startswith("## Lichens of wall 3")
    opened = await team.alice.select(here, ["3"], custom_id=menu(here)["custom_id"])
    assert "Lichens" not in shown(opened.response)


async def test_nothing_else_leads_into_another_servers_papers(team: Team, apart: Team) -> None:
    assert "Lichens" not in shown(
        (await team.alice.slash(team.channel, "paper", paper="#1")).response
    )
    told = await team.alice.slash(team.channel, "paper", paper="Lichens of wall 3")
    assert "is in this library" in shown(told.response)
    assert await team.alice.autocomplete(team.channel, "paper", "paper", "Lichens") == []
    assert await team.alice.autocomplete(team.channel, "browse", "name", "lich") == []
    assert len(await apart.alice.autocomplete(apart.channel, "browse", "name", "lich")) == 1
    told = await team.alice.slash(team.channel, "browse", name="lichens")
    assert "No paper here has" in shown(told.response)
    assert "12 papers" in shown((await apart.alice.slash(apart.channel, "about")).response)
    assert "30 papers" in shown((await team.alice.slash(team.channel, "about")).response)
    me = f"<@{team.env.bot.user.id}>"
    await apart.alice.send(apart.channel, f"{me} lichens")
    assert "12 similar papers" in shown(apart.said(apart.channel)[-1])


async def test_stored_questions_stay_in_their_place(
    team: Team, apart: Team, own: Path, folder: Path
) -> None:
    await apart.similar("lichens of old walls")
    await team.similar("peer support")
    for path, mine, theirs in (
        (own, "old walls", "peer support"),
        (folder, "peer support", "old walls"),
    ):
        with contextlib.closing(sqlite3.connect(path / "state.db")) as db:
            stored = str(db.execute("SELECT text FROM questions").fetchall())
        assert mine in stored
        assert theirs not in stored


async def test_papers_are_added_where_they_are_added(
    team: Team, apart: Team, own: Path, shelf: Shelf
) -> None:
    role = apart.guild.create_role("keep", permissions=discord.Permissions(manage_guild=True))
    keeper = apart.guild.add_member(team.env.create_user("keeper"), roles=[role])
    page = (await keeper.slash(apart.channel, "add", file=("x.ris", ris({"TI": "Moss"})))).response
    await apart.press(keeper, page, "Keep")
    assert "The library has 13 papers." in shown(page)
    assert shelf.library().state().papers == 30


async def test_a_curator_adds_to_no_other_servers_library(
    team: Team, apart: Team, own: Path
) -> None:
    role = team.guild.create_role("keep", permissions=discord.Permissions(manage_guild=True))
    keeper = team.guild.add_member(team.env.create_user("keeper"), roles=[role])
    apart.guild.add_member(keeper.user)
    await keeper.user.send_dm("hello")
    for name, said in (("Other *place*", "a curator's role"), ("Workshop", "1 new")):
        asked = (await keeper.user.slash("library")).response
        await team.press(keeper.user, asked, name)
        page = (await keeper.user.slash("add", file=("x.ris", ris({"TI": "Moss"})))).response
        assert said in shown(page)


# Direct messages


def last(who: Any) -> Any:
    return who.dm_channel.last_message


async def test_somebody_of_one_server_is_not_asked(team: Team, apart: Team) -> None:
    dora = apart.bob.user
    await dora.send_dm("lichens of walls")
    assert "12 similar papers" in shown(last(dora))
    bob = team.bob.user
    await bob.send_dm("peer support")
    assert "20 similar papers" in shown(last(bob))


async def test_somebody_of_no_server_is_not_answered(team: Team, apart: Team) -> None:
    await team.carol.send_dm("peer support")
    assert shown(last(team.carol)).startswith("This bot answers only members")
    assert "This bot answers" in shown((await team.carol.slash("similar", text="peer")).response)
    assert await team.carol.autocomplete("paper", "paper", "peer") == []


async def test_somebody_of_several_servers_is_asked_once(
    team: Team, apart: Team, later: Callable[[Team], Any]
) -> None:
    alice = team.alice.user
    await alice.send_dm("lichens of walls")
    asked = last(alice)
    assert shown(asked).startswith(CHOOSE)
    assert list(buttons(asked)) == ["Workshop", "Other *place*"]
    await later(team)
    await team.press(alice, asked, "Other *place*")
    assert shown(last(alice)) == r"From now on the papers of Other \*place\* answer here. Ask away."
    await later(team)
    await alice.send_dm("lichens of walls")
    assert "12 similar papers" in shown(last(alice))
    assert "12 similar papers" in shown((await alice.slash("similar", text="lichens")).response)
    assert len(await alice.autocomplete("paper", "paper", "Lichens")) == 12


async def test_a_command_is_asked_in_private_too(team: Team, apart: Team) -> None:
    alice = team.alice.user
    told = (await alice.slash("similar", text="lichens")).response
    assert shown(told).startswith(CHOOSE)
    assert await alice.autocomplete("paper", "paper", "Lichens") == []


async def test_old_messages_stay_with_the_library_that_they_came_from(
    team: Team, apart: Team, later: Callable[[Team], Any]
) -> None:
    alice = team.alice.user
    await alice.send_dm("hello")
    await team.press(alice, last(alice), "Other *place*")
    listed = (await alice.slash("similar", text="lichens of walls")).response
    changed = (await alice.slash("library")).response
    await team.press(alice, changed, "Workshop")
    assert "20 similar papers" in shown((await alice.slash("similar", text="peer work")).response)
    await later(team)
    await team.press(alice, listed, "→")
    assert "**6. Lichens" in shown(listed)
    opened = await alice.select(listed, ["3"], custom_id=menu(listed)["custom_id"])
    assert shown(opened.response).startswith("## Lichens of wall 3")


async def test_who_left_a_server_loses_its_papers(team: Team, apart: Team) -> None:
    alice = team.alice.user
    await alice.send_dm("hello")
    await team.press(alice, last(alice), "Other *place*")
    listed = (await alice.slash("similar", text="lichens of walls")).response
    before = shown(listed)
    apart.guild.remove_member(apart.alice)
    told = await team.press(alice, listed, "→")
    assert shown(told.response).startswith("These buttons are of papers")
    assert shown(listed) == before
    await alice.send_dm("peer support")
    assert "Lichens" not in shown(last(alice))


async def test_a_server_that_one_is_no_member_of_cannot_be_chosen(team: Team, apart: Team) -> None:
    alice = team.alice.user
    await alice.send_dm("hello")
    asked = last(alice)
    apart.guild.remove_member(apart.alice)
    told = await team.press(alice, asked, "Other *place*")
    assert "This bot answers only members" in shown(told.followups[-1])


async def test_a_press_from_before_there_were_several_is_the_hosts(
    team: Team, other: Team, make: Make, make_bot: Callable[..., Similit]
) -> None:
    alice, dora = team.alice.user, other.bob.user
    await team.env.restart_bot(make_bot())
    listed = (await alice.slash("similar", text="peer support")).response
    theirs = (await dora.slash("similar", text="peer support")).response
    await team.env.restart_bot(make())
    await team.press(alice, listed, "→")
    assert "**6. " in shown(listed)
    told = await team.press(dora, theirs, "→")
    assert shown(told.response).startswith("These buttons are of papers")


async def test_there_is_nothing_to_choose_where_there_is_one(team: Team, apart: Team) -> None:
    told = await apart.bob.user.slash("library")
    assert "nothing to choose" in shown(told.response)


@given(
    names=st.lists(st.text(min_size=1, max_size=100) | st.just("\u202e"), max_size=60),
    say=st.sampled_from([messages(one) for one in LOCALES]),
)
@settings(max_examples=40, deadline=None)
def test_any_choice_of_servers_is_what_discord_takes(names: list[str], say: Any) -> None:
    servers: Any = [types.SimpleNamespace(id=10**18 + n, name=name) for n, name in enumerate(names)]
    assert list(discord_limits.violations(as_sent(which(servers, say)))) == []


# Nothing is had in no place


def test_nothing_is_to_be_had_where_nobody_said_which_place(
    shelf: Shelf, folder: Path, own: Path
) -> None:
    state = State(folder / "state.db")
    config = dataclasses.replace(Config(), libraries=LibrariesSettings({"7": str(own)}))
    places = Places(config, shelf, state)
    with pytest.raises(NoPlace):
        places.shelf.library()
    with pytest.raises(NoPlace):
        places.state.fact("x")
    with places.within(7):
        assert places.shelf.library().state().papers == 12
    with places.within(8):
        assert places.shelf.library().state().papers == 30
    with pytest.raises(NoPlace):
        places.shelf.library()
    assert places.all() == [HOST, 7]
    places.close()
    state.close()


def test_servers_with_the_same_library_are_one_place(shelf: Shelf, folder: Path, own: Path) -> None:
    state = State(folder / "state.db")
    servers = LibrariesSettings({"7": str(own), "8": str(own), "9": str(folder.parent / "new")})
    places = Places(dataclasses.replace(Config(), libraries=servers), shelf, state)
    assert places.all() == [HOST, 7, 9]
    assert [places.called(home) for home in places.all()] == ["0", "7, 8", "9"]
    with places.within(8):
        assert places.is_here(7)
        assert not places.is_here(9)
        assert places.shelf.library().state().papers == 12
    places.close()
    state.close()


def test_one_library_is_the_place_of_everything(shelf: Shelf, folder: Path) -> None:
    state = State(folder / "state.db")
    assert Places(Config(), shelf, state).shelf.library().state().papers == 30
    state.close()


def test_every_button_and_menu_asks_which_papers_are_meant(make: Make) -> None:
    client = make()
    items = client._connection._view_store._dynamic_items.values()
    assert len(items) >= 7
    assert {item for item in items if not issubclass(item, Placed)} == {PlaceButton}
    assert re.match(r"similit-place", PlaceButton.__discord_ui_compiled_template__.pattern)
