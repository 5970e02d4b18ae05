"""Following up in words: in direct messages, by mention, and by replying to a list."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.messages import messages
from tests.bot.discord.conftest import MakeBot, Team, buttons, menu, parts, shown

PEERS = "peer support workers"


@pytest.fixture(params=["at once", "after a restart"])
def later(request: pytest.FixtureRequest, make_bot: MakeBot) -> Callable[[Team], Any]:
    """Lets time pass between a list and what is said after it: either none, or a restart."""

    async def later(team: Team) -> None:
        if request.param == "after a restart":
            await team.env.restart_bot(make_bot())

    return later


async def dm(team: Team, *texts: str) -> Any:
    """What carol gets for the last of her direct messages."""
    for text in texts:
        await team.carol.send_dm(text)
    return team.carol.dm_channel.last_message


async def mention(team: Team, text: str, who: Any = None, **more: Any) -> Any:
    """What somebody gets for a message that mentions the bot."""
    await (who or team.alice).send(team.channel, f"<@{team.env.bot.user.id}> {text}", **more)
    return team.said(team.channel)[-1]


def listed(message: Any) -> list[int]:
    """The papers of a list, by number."""
    return [int(one["value"]) for one in menu(message)["options"]]


def ranks(message: Any) -> list[int]:
    return [int(rank) for rank in re.findall(r"(?m)^\*\*(\d+)\. ", shown(message))]


# In direct messages


@pytest.mark.parametrize("text", ["similar 3", "相似 3", "like #3"])
async def test_similar_lists_the_neighbours_of_an_item(
    team: Team, later: Callable[[Team], Any], text: str
) -> None:
    third = listed(await dm(team, PEERS))[2]
    await later(team)
    answer = await dm(team, text)
    name = "#{} 的相似文献" if text == "相似 3" else "Neighbours of #{}"
    assert f"**{name.format(third)}**" in shown(answer)


@pytest.mark.parametrize("text", ["open 12", "打开第 12 篇", "show 12"])
async def test_open_opens_an_item_of_any_page(
    team: Team, later: Callable[[Team], Any], text: str
) -> None:
    listing = await dm(team, PEERS)
    twelfth = menu(listing)["options"][11]
    await later(team)
    opened = await dm(team, text)
    assert buttons(opened)["Why" if text.isascii() else "为何命中"]["custom_id"].startswith(
        f"similit:why:{twelfth['value']}:"
    )


@pytest.mark.parametrize(
    ("text", "style", "said"),
    [
        ("cite 3", "APA", "https://doi.org/10.1000/peer."),
        ("cite 3 in GB/T 7714", "GB/T 7714-2015", "[J]"),
        ("cite 3 in vancouver", "Vancouver", "doi:10.1000/peer."),
        ("引用 3", "GB/T 7714-2015", "[J]"),
        ("引用 3，APA 格式", "APA", "https://doi.org/10.1000/peer."),
    ],
)
async def test_cite_gives_the_reference_in_one_style(
    team: Team, later: Callable[[Team], Any], text: str, style: str, said: str
) -> None:
    await dm(team, PEERS + " year:2011")
    await dm(team, PEERS)
    await later(team)
    told = shown(await dm(team, text))
    assert f"\n{style}\n```text\n" in told
    assert told.count("```") == 2


async def test_why_more_previous_and_back(team: Team, later: Callable[[Team], Any]) -> None:
    listing = await dm(team, PEERS)
    await later(team)
    assert shown(await dm(team, "why 2")).startswith(f"**Why #{listed(listing)[1]} was found**")
    more = await dm(team, "more")
    assert ranks(more) == [6, 7, 8, 9, 10]
    assert (
        buttons(more)["←"]["custom_id"].split(":")[2]
        == (buttons(listing)["→"]["custom_id"].split(":")[2])
    )
    await later(team)
    assert ranks(await dm(team, "更多")) == [11, 12, 13, 14, 15]
    assert ranks(await dm(team, "previous")) == [6, 7, 8, 9, 10]
    assert "**Neighbours of #" in shown(await dm(team, "similar 7"))
    await later(team)
    assert ranks(await dm(team, "more")) == [6, 7, 8, 9, 10]
    await dm(team, "back")
    back = await dm(team, "back")
    assert ranks(back) == [6, 7, 8, 9, 10]
    assert listed(back) == listed(listing)
    assert ranks(await dm(team, "back")) == [1, 2, 3, 4, 5]
    assert "There is no earlier list." in shown(await dm(team, "back"))
    assert "That was all." in shown(await dm(team, "previous"))


async def test_a_list_is_narrowed_down_step_by_step(
    team: Team, later: Callable[[Team], Any]
) -> None:
    await dm(team, PEERS)
    await later(team)
    assert "-# year:2012..2014\n" in shown(await dm(team, "only 2012-2014"))
    await later(team)
    narrowed = shown(await dm(team, "without prisons"))
    assert "-# year:2012..2014 -prisons\n" in narrowed
    assert "Glasgow" not in narrowed
    assert "年份：2012..2014 -prisons -同伴\n" in shown(await dm(team, "不要 同伴"))
    assert "-# year:2012..2014\n" in shown(await dm(team, "back", "back"))


async def test_what_was_shown_is_what_is_meant_after_an_import(
    team: Team, folder: Path, tmp_path: Path
) -> None:
    third = listed(await dm(team, PEERS))[2]
    file = tmp_path / "more.jsonl"
    file.write_text('{"title": "Peer support workers", "abstract": "Peer support workers."}')
    team.env.bot.places.shelf.library().add([file])
    assert f"similit:cite:{third}" in str(buttons(await dm(team, "open 3")).values())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("open 3", "There is no list yet"),
        ("更多", "还没有列表：请先提问。"),
        ("help", "After a list: `similar 3`"),
        ("帮助", "有了列表之后可以说"),
        ("bye", "Goodbye."),
        ("without peers", "“without peers”"),
        ("author:roe year:20x0", "year:▸20x0"),
    ],
)
async def test_before_any_list(team: Team, text: str, said: str) -> None:
    assert said in shown(await dm(team, text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("open 99", "There is no number 99 in the list: it has 1 to 20."),
        ("cite 3 in Harvard", "References can be set in APA, Vancouver and GB/T 7714."),
        ("only author:x author:y", "author:x ▸author:y"),
    ],
)
async def test_a_wish_that_cannot_be_granted_is_explained(team: Team, text: str, said: str) -> None:
    assert said in shown(await dm(team, PEERS, text)).replace("\\", "")
    assert ranks(await dm(team, "more")) == [6, 7, 8, 9, 10]


async def test_what_is_not_understood_is_searched_and_says_so(team: Team) -> None:
    answer = await dm(team, PEERS, "similar to 3 prisons")
    assert shown(answer).startswith("-# Not understood as a follow-up, so searched")
    assert "“similar to 3 prisons”" in shown(answer)
    assert "Not understood" not in shown(await dm(team, "prisons"))


async def test_lists_by_commands_and_buttons_are_followed_up_too(
    team: Team, later: Callable[[Team], Any]
) -> None:
    await team.carol.send_dm("hello")
    answer = (await team.carol.slash("similar", text=PEERS)).response
    await later(team)
    assert ranks(await dm(team, "more")) == [6, 7, 8, 9, 10]
    await team.press(team.carol, answer, "→")
    pressed = await team.press(team.carol, answer, "Similar")
    assert "**Neighbours of #" in shown(pressed.response)
    await later(team)
    expected = listed(pressed.response)[1]
    assert f"similit:cite:{expected}" in str(buttons(await dm(team, "open 2")).values())


async def test_a_list_that_is_no_longer_stored_is_none(team: Team, folder: Path) -> None:
    await dm(team, PEERS)
    with sqlite3.connect(folder / "state.db") as db:
        db.execute("DELETE FROM questions")
    db.close()
    assert "There is no list yet" in shown(await dm(team, "more"))


@pytest.mark.parametrize("text", ["like 2 and 5, not 4", "像 2 和 5，不像 4"])
async def test_a_list_is_moved_by_its_items(
    team: Team, later: Callable[[Team], Any], text: str
) -> None:
    papers = listed(await dm(team, PEERS))
    await later(team)
    moved = await dm(team, text)
    heads = re.findall(r"(?m)^-# (👍|👎) #(\d+) · ", shown(moved))
    assert heads == [("👍", str(papers[1])), ("👍", str(papers[4])), ("👎", str(papers[3]))]
    assert not {papers[1], papers[4], papers[3]} & set(listed(moved))
    await later(team)
    turned = shown(await dm(team, "more"))
    assert f"👎 #{papers[3]} · " in turned


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("browse", "## Browse by journal"),
        ("浏览 年份", "## 按年份浏览"),
        ("browse journal of mental", "## Browse by journal\n-# 1 journal\n"),
        ("browse 2012", "## Year\u00a0· 2012"),
        ("browse keyword nobody", "No paper here has the subject, keyword, journal or year"),
    ],
)
async def test_one_browses_in_words_before_any_list(team: Team, text: str, said: str) -> None:
    await team.carol.send_dm("hello")
    assert said in shown(await dm(team, text))


async def test_an_item_leads_to_what_shares_its_subject(
    team: Team, later: Callable[[Team], Any]
) -> None:
    await dm(team, PEERS)
    await later(team)
    browsed = await dm(team, "browse 1")
    assert "## Journal\u00a0· " in shown(browsed)
    turned = await team.press(team.carol, browsed, "→")
    assert turned.response.id == browsed.id  # whoever said it turns its pages in place
    assert ranks(await dm(team, "more")) == [6, 7, 8, 9, 10]


# By mention


async def test_everybody_has_lists_of_their_own(team: Team, later: Callable[[Team], Any]) -> None:
    await mention(team, PEERS)
    await mention(team, "counts in snow", team.bob)
    await later(team)
    assert "“peer support workers”" in shown(await mention(team, "more"))
    assert "There is no number 9 in the list: it has 1 to 4." in shown(
        await mention(team, "open 9", team.bob)
    )
    other = team.guild.create_text_channel("elsewhere")
    await team.alice.send(other, f"<@{team.env.bot.user.id}> more")
    assert "There is no list yet" in shown(team.said(other)[-1])


async def test_a_reply_means_the_list_that_it_replies_to(
    team: Team, later: Callable[[Team], Any]
) -> None:
    first = await mention(team, PEERS)
    await mention(team, "counts in snow")
    await later(team)
    for who in (team.alice, team.bob):
        answer = await mention(team, "more", who, reply_to=first)
        assert "“peer support workers”" in shown(answer)
        assert ranks(answer) == [6, 7, 8, 9, 10]
    by_command = (await team.similar("#4")).response
    narrowed = await mention(team, "only 2012-2014", team.bob, reply_to=by_command)
    assert "**Neighbours of #4**" in shown(narrowed)
    assert "year:2012..2014" in shown(narrowed)


async def test_a_reply_to_somebody_else_means_no_list(team: Team) -> None:
    message = await team.bob.send(team.channel, "a word")
    answer = await mention(team, "more", reply_to=message)
    assert "There is no list yet" in shown(answer)


# What is stored


async def test_only_who_was_shown_which_list_is_stored(team: Team, folder: Path) -> None:
    await dm(team, PEERS, "more", "similar 7")
    with sqlite3.connect(folder / "state.db") as db:
        rows = db.execute("SELECT person, place, numbers, page FROM shown").fetchall()
    db.close()
    carol, place = str(team.carol.id), str(team.carol.dm_channel.id)
    assert [row[:2] for row in rows] == [(carol, place)] * 2
    assert [row[3] for row in rows] == [2, 1]


# 👍 and 👎


async def opened(team: Team, who: Any, message: Any, place: int) -> Any:
    chosen = menu(message)
    value = chosen["options"][place]["value"]
    return (await who.select(message, [value], custom_id=chosen["custom_id"])).response


async def test_an_opened_paper_moves_the_list(team: Team, later: Callable[[Team], Any]) -> None:
    first = (await team.similar(PEERS + " lang:en")).response
    papers = listed(first)
    one = await opened(team, team.bob, first, 1)
    await later(team)
    moved = (await team.press(team.bob, one, "👍")).response
    assert f"-# 👍 #{papers[1]} · " in shown(moved)
    assert papers[1] not in listed(moved)
    other = await opened(team, team.bob, moved, 0)
    await later(team)
    again = (await team.press(team.bob, other, "👎")).response
    assert f"-# 👍 #{papers[1]} · " in shown(again)
    assert f"-# 👎 #{listed(moved)[0]} · " in shown(again)
    why = await team.press(team.bob, await opened(team, team.bob, again, 0), "Why")
    assert "from the papers you like" in shown(why.response)


async def test_what_one_says_of_the_first_list_adds_up(
    team: Team, later: Callable[[Team], Any]
) -> None:
    first = (await team.similar(PEERS)).response
    papers = listed(first)
    one, two = [await opened(team, team.bob, first, place) for place in (1, 2)]
    await team.press(team.bob, one, "👍")
    await later(team)
    both = shown((await team.press(team.bob, two, "👍")).response)
    assert f"👍 #{papers[1]} · " in both
    assert f"👍 #{papers[2]} · " in both
    alone = shown((await team.press(team.alice, two, "👍")).response)
    assert f"👍 #{papers[1]} · " not in alone
    changed = shown((await team.press(team.bob, one, "👎")).response)
    assert f"👎 #{papers[1]} · " in changed
    assert f"👍 #{papers[1]} · " not in changed


@pytest.mark.parametrize("thumb", ["👍", "👎"])
async def test_neighbours_are_moved_too(
    team: Team, later: Callable[[Team], Any], thumb: str
) -> None:
    listing = (await team.similar("#4")).response
    one = await opened(team, team.bob, listing, 0)
    await later(team)
    moved = shown((await team.press(team.bob, one, thumb)).response)
    assert "-# 👍 #4 · " in moved
    assert f"-# {thumb} #{listed(listing)[0]} · " in moved


async def test_seeds_in_a_line_are_named_and_those_missing_too(team: Team) -> None:
    answer = shown((await team.similar("#1 #2 #3 #5 -#4 #99")).response)
    assert "-# 👍 #1 · Peer support workers in" in answer
    assert "-# 👍 #5\n" in answer
    assert "-# Not in this library: #99\n" in answer


# What somebody keeps


def stars(message: Any) -> list[int]:
    """The ranks of the papers that are marked as saved."""
    return [int(rank) for rank in re.findall(r"(?m)^\*\*(\d+)\. ★ ", shown(message))]


@pytest.mark.parametrize("text", ["save 2", "收藏 2"])
async def test_an_item_is_saved_and_marked_from_then_on(
    team: Team, later: Callable[[Team], Any], text: str
) -> None:
    first = await dm(team, PEERS)
    assert stars(first) == []
    await later(team)
    card = await dm(team, text)
    say = messages("en" if text.isascii() else "zh-CN")
    assert say("list-saved-in", names=say("list-default")) in shown(card)
    assert stars(await dm(team, PEERS)) == [2]
    assert stars(await dm(team, "only lang:en")) != []


async def test_a_channel_hears_only_that_it_is_saved(team: Team) -> None:
    first = await mention(team, PEERS)
    answer = await mention(team, "save 2")
    assert shown(answer) == f"Saved: #{listed(first)[1]}."
    assert buttons(answer) == {}
    assert stars(await mention(team, PEERS)) == []
    private = await team.similar(PEERS, private=True)
    assert stars(private.response) == [2]


async def test_what_is_shared_in_a_channel_is_marked_there(team: Team) -> None:
    number = listed(await mention(team, PEERS))[2]
    await team.alice.slash(team.channel, "list save", paper=f"#{number}", list="Club")
    await team.alice.slash(team.channel, "list share", list="Club")
    assert stars(await mention(team, PEERS, who=team.bob)) == [3]


async def test_hidden_papers_are_left_out_of_what_words_and_thumbs_find(team: Team) -> None:
    first = await dm(team, PEERS)
    papers = listed(first)
    await team.carol.slash("list save", paper=f"#{papers[1]}")
    overview = (await team.carol.slash("list show")).response
    await team.press(team.carol, overview, "Leave saved papers out of my results")
    again = await dm(team, PEERS)
    assert listed(again)[:2] == [papers[0], papers[2]]
    assert papers[1] not in listed(await dm(team, "sort by year"))
    one = await opened(team, team.carol, again, 0)
    moved = (await team.press(team.carol, one, "👍")).response
    assert papers[1] not in listed(moved)


async def test_the_export_of_a_page_has_what_the_page_has(team: Team) -> None:
    papers = listed(await dm(team, PEERS))
    await team.carol.slash("list save", paper=f"#{papers[1]}")
    overview = (await team.carol.slash("list show")).response
    await team.press(team.carol, overview, "Leave saved papers out of my results")
    page = await dm(team, PEERS)
    offered = (await team.press(team.carol, page, "Export")).response
    menus = [one["custom_id"] for one in parts(offered) if one["type"] == 3]
    given = (await team.carol.select(offered, ["jsonl"], custom_id=menus[0])).response
    (file,) = given.attachments
    exported = [json.loads(line)["title"] for line in (await file.read()).decode().splitlines()]
    assert len(exported) == 5
    texts = shown(page).replace("\\", "")
    assert all(title[:60] in texts for title in exported)
