"""Following up, where servers have libraries of their own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.privacy import kept
from bot.state import STATE, State
from tests.bot.discord.conftest import Team, menu, shown
from tests.bot.discord.test_placing import apart, last, later, make, other, own

__all__ = ["apart", "later", "make", "other", "own"]


async def lichens(team: Team) -> Any:
    """The list that alice got directly from the second server, before she chose the first."""
    alice = team.alice.user
    await alice.send_dm("hello")
    await team.press(alice, last(alice), "Other *place*")
    await alice.send_dm("lichens of walls")
    listed = last(alice)
    changed = (await alice.slash("library")).response
    await team.press(alice, changed, "Workshop")
    return listed


async def said(who: Any, text: str, reply_to: Any = None) -> str:
    """What somebody is told for a direct message."""
    more = {}
    if reply_to is not None:
        channel = str(who.dm_channel.id)
        more["reference"] = {"channel_id": channel, "message_id": str(reply_to.id)}
    await who.send_dm(text, **more)
    return shown(last(who))


async def test_nobody_follows_up_on_a_list_of_another_library(
    team: Team, apart: Team, later: Callable[[Team], Any]
) -> None:
    listed, alice = await lichens(team), team.alice.user
    assert "Lichens" in shown(listed)
    await later(team)
    assert "There is no list yet" in await said(alice, "open 3")
    assert "not of the papers that answer here now" in await said(alice, "open 3", reply_to=listed)
    assert "20 similar papers" in await said(alice, "peer support workers")
    assert "**6. " in await said(alice, "more")
    back = (await alice.slash("library")).response
    await team.press(alice, back, "Other *place*")
    await later(team)
    assert (await said(alice, "open 3")).startswith("## Lichens of wall")
    assert (await said(alice, "open 2", reply_to=listed)).startswith("## Lichens of wall")


async def test_a_form_and_a_thumb_are_of_the_papers_that_they_stand_under(
    team: Team, apart: Team, later: Callable[[Team], Any]
) -> None:
    listed, alice = await lichens(team), team.alice.user
    await later(team)
    form = await team.press(alice, listed, "Refine")
    await later(team)
    refined = await alice.submit_modal(form, {"question": "old walls"})
    assert "Lichens of wall" in shown(refined.response)
    opened = await alice.select(listed, ["3"], custom_id=menu(listed)["custom_id"])
    await later(team)
    moved = (await team.press(alice, opened.response, "👍")).response
    assert "👍 #3" in shown(moved)
    assert "Lichens of wall" in shown(moved)


async def test_in_a_channel_the_last_list_is_of_its_server(
    team: Team, apart: Team, own: Path, folder: Path
) -> None:
    await apart.alice.slash(apart.channel, "similar", text="lichens of walls")
    await team.alice.slash(team.channel, "similar", text="peer support workers")
    await apart.alice.send(apart.channel, f"<@{team.env.bot.user.id}> open 1")
    assert shown(apart.said(apart.channel)[-1]).startswith("## Lichens of wall")
    for place in (own, folder):
        with closing(State(place / STATE)) as state:
            assert len(kept(state, str(team.alice.id))["shown"]) == 1


async def test_a_list_from_before_there_were_several_is_the_hosts(
    team: Team, make: Callable[..., Any]
) -> None:
    bob = team.bob.user
    await bob.send_dm("peer support workers")
    listed = last(bob)
    await team.env.restart_bot(make())
    assert "**6. " in await said(bob, "more", reply_to=listed)
