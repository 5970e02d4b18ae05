"""What people keep and are told, where servers have libraries of their own."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.discord.watching import Watching
from bot.pending import FOLDER
from bot.places import choose
from bot.privacy import kept
from bot.state import STATE, State
from corpus.library import Library
from corpus.paper import Paper
from corpus.readers import Record
from tests.bot.discord.conftest import Team, buttons, menu, shown
from tests.bot.discord.test_placing import apart, last, later, make, other, own
from tests.bot.making import ris

__all__ = ["apart", "later", "make", "other", "own"]


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """No bot looks for news by itself."""
    monkeypatch.setattr(Watching, "start", lambda self: None)


async def save(team: Team, who: Any, paper: str, **options: Any) -> Any:
    """The card of a paper that somebody saves."""
    return (await who.slash(team.channel, "list save", paper=paper, **options)).response


async def news(team: Team, own: Path, name: str = "Lichens of roofs") -> None:
    """Another process adds a paper to the second server's library, and the bot tells of it."""
    with Library(own) as library:
        paper = Paper(source_id=name, title=name, abstract="Lichens grow on roofs and walls.")
        library.take(name, [Record(paper, 1, 1)])
    await team.env.bot.watching.tell()
    await team.env.settle()


def in_file(folder: Path, person: int) -> dict[str, Any]:
    """What the file in a folder keeps about a person."""
    with closing(State(folder / STATE)) as state:
        return kept(state, str(person))


async def test_lists_stay_in_their_place(
    team: Team, apart: Team, own: Path, folder: Path, later: Callable[[Team], Any]
) -> None:
    card = await save(apart, apart.alice, "#3", list="Walls")
    assert "Lichens of wall 3" in shown(card)
    await save(team, team.alice, "#3", list="Work")
    assert await team.alice.autocomplete(team.channel, "list show", "list", "Wa") == []
    overview = (await team.alice.slash(team.channel, "list show")).response
    assert "Walls" not in str(menu(overview))
    await later(team)
    await apart.press(apart.alice, card, "Mark as read")
    assert "Mark as unread" in buttons(card)
    assert "readings" in in_file(own, team.alice.id)
    assert "readings" not in in_file(folder, team.alice.id)


async def test_a_form_is_of_the_papers_that_it_was_opened_on(
    team: Team, apart: Team, own: Path, folder: Path, later: Callable[[Team], Any]
) -> None:
    card = await save(apart, apart.alice, "#3")
    form = await apart.alice.select(card, ["new"], custom_id=menu(card)["custom_id"])
    await later(team)
    await apart.alice.submit_modal(form, {"name": "Walls"})
    names = [row["name"] for row in in_file(own, team.alice.id)["lists"]]
    assert "Walls" in names
    assert "lists" not in in_file(folder, team.alice.id)


async def test_each_place_tells_its_own_news(team: Team, apart: Team, own: Path) -> None:
    for here in (team, apart):
        text = "lichens of walls"
        await here.alice.slash(here.channel, "watch add", text=text, when="now", here=True)
    before = len(team.said(team.channel))
    await news(apart, own)
    assert "Lichens of roofs" in shown(apart.said(apart.channel)[-1])
    assert len(team.said(team.channel)) == before


async def test_what_is_told_directly_leads_into_the_library_that_it_came_from(
    team: Team, apart: Team, own: Path, later: Callable[[Team], Any]
) -> None:
    alice = team.alice.user
    await alice.send_dm("hello")
    await team.press(alice, last(alice), "Workshop")
    await apart.alice.slash(apart.channel, "watch add", text="lichens of walls", when="now")
    await news(apart, own)
    digest = last(alice)
    assert "Lichens of roofs" in shown(digest)
    await later(team)
    similar = (await team.press(alice, digest, "Similar")).response
    assert "Lichens of wall" in shown(similar)
    await later(team)
    opened = await alice.select(similar, ["3"], custom_id=menu(similar)["custom_id"])
    assert shown(opened.response).startswith("## Lichens of wall 3")
    await alice.send_dm("peer support")
    assert "20 similar papers" in shown(last(alice))


async def test_who_left_a_server_hears_no_more_of_its_papers(
    team: Team, apart: Team, own: Path
) -> None:
    alice = team.alice.user
    await apart.alice.slash(apart.channel, "watch add", text="lichens of walls", when="now")
    apart.guild.remove_member(apart.alice)
    await news(apart, own)
    assert alice.dm_channel is None or last(alice) is None


async def test_a_broken_place_keeps_no_other_from_its_news(
    team: Team,
    apart: Team,
    own: Path,
    monkeypatch: pytest.MonkeyPatch,
    expected_errors: list[str],
) -> None:
    await apart.alice.slash(
        apart.channel, "watch add", text="lichens of walls", when="now", here=True
    )
    expected_errors.append("looking for news failed (code ")
    real = Watching._gather

    def gather(self: Watching, server: int, now: int) -> None:
        if not server:
            raise OSError
        real(self, server, now)

    monkeypatch.setattr(Watching, "_gather", gather)
    await news(apart, own)
    assert "Lichens of roofs" in shown(apart.said(apart.channel)[-1])


async def test_privacy_shows_and_erases_what_every_place_keeps(
    team: Team, apart: Team, own: Path, folder: Path, later: Callable[[Team], Any]
) -> None:
    role = apart.guild.create_role("keep", permissions=discord.Permissions(manage_guild=True))
    keeper = apart.guild.add_member(team.env.create_user("keeper"), roles=[role])
    here = team.guild.add_member(keeper.user)
    await keeper.slash(apart.channel, "add", file=("x.ris", ris({"TI": "Moss"})))
    await save(apart, keeper, "#3", list="Walls")
    await save(team, here, "#3", list="Work")
    with closing(State(folder / STATE)) as state:
        choose(state, keeper.id, apart.guild.id, 1)
    assert list((own / FOLDER).glob("*/*"))
    # In a direct message, and for who has chosen nothing that is to be had, as well as anywhere.
    answer = await keeper.user.slash("privacy")
    text = shown(answer.response)
    assert "reading lists · 2" in text
    assert "files that wait to be added · 1" in text
    assert "which library answers your direct messages · 1" in text
    (attachment,) = answer.response.attachments
    found = json.loads(await attachment.read())
    assert found[str(apart.guild.id)]["lists"][0]["name"] == "Walls"
    assert found["0"]["lists"][0]["name"] == "Work"
    await later(team)
    asked = await team.press(keeper.user, answer.response, "Erase all of it")
    await later(team)
    await team.press(keeper.user, asked.response, "Erase it for good")
    assert in_file(own, keeper.id) == in_file(folder, keeper.id) == {}
    assert list((own / FOLDER).glob("*/*")) == []


async def test_privacy_does_not_wait_for_a_choice(team: Team, apart: Team) -> None:
    await save(apart, apart.alice, "#3", list="Walls")
    answer = await team.alice.user.slash("privacy")
    assert "reading lists · 1" in shown(answer.response)
    asked = await team.press(team.alice.user, answer.response, "Erase all of it")
    assert "Erase all of it?" in shown(asked.response)
