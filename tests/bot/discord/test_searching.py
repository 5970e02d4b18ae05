"""Searching by fields: `/search`, a query line anywhere, and the form that refines a list."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.bot.discord.conftest import MakeBot, Team, buttons, menu, parts, shown

PEERS = "peer support workers"
LINE = 'peer support year:2012..2014 -prisons "unclear roles"'


def listed(message: Any) -> list[int]:
    """The papers of a list."""
    return [int(one["value"]) for one in menu(message)["options"]]


async def search(team: Team, **options: Any) -> Any:
    return (await team.alice.slash(team.channel, "search", **options)).response


# /search


@pytest.mark.parametrize(
    ("options", "own", "said"),
    [
        ({"author": "o'hagan"}, ["en-4"], "author:o'hagan"),
        ({"title": "prisons of"}, ["en-4"], 'title:"prisons of"'),
        ({"journal": "心理", "from": 2018}, ["zh-7", "zh-6"], "journal:心理 year:2018.."),
        ({"text": PEERS, "to": 2010, "from": 2010}, ["en-1"], "year:2010"),
        ({"text": "caffeine", "language": "English"}, ["untitled"], "lang:en"),
        (
            {"text": "counts", "without": "lynx, marten、weasel"},
            ["animal-1"],
            "-lynx -marten -weasel",
        ),
    ],
)
async def test_search_finds_by_fields(
    team: Team, number: Callable[[str], int], options: dict[str, Any], own: list[str], said: str
) -> None:
    answer = await search(team, **options)
    assert listed(answer) == [number(one) for one in own]
    assert f"-# {said}\n" in shown(answer).replace("\\", "")


async def test_search_sorts_and_counts(team: Team, number: Callable[[str], int]) -> None:
    answer = await search(team, text=PEERS, author="roe", sort="year")
    assert listed(answer) == [number(f"en-{one}") for one in (11, 8, 5, 2)]
    assert len(listed(await search(team, text=PEERS, author="roe", count=2))) == 2
    assert "author:roe sort:year" in shown(answer)


async def test_search_in_private_is_for_the_asker_alone(team: Team) -> None:
    answer = await team.alice.slash(team.channel, "search", author="roe", private=True)
    assert answer.ephemeral


async def test_search_takes_a_line_as_its_text(team: Team, number: Callable[[str], int]) -> None:
    answer = await search(team, text="counts year:1982")
    assert listed(answer) == [number("animal-2")]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "Paste an abstract, a title, a DOI"),
        ({"text": " "}, "Paste an abstract, a title, a DOI"),
        ({"from": 2020, "to": 2010}, "These years end before they begin: 2020..2010"),
        ({"language": "klingon"}, "This is not a language: klingon"),
        ({"text": "year:20x0 author:roe"}, "year:▸20x0 author:roe"),
        ({"author": "nobody at all"}, "No paper here fits all of this."),
    ],
)
async def test_search_says_what_is_wrong(team: Team, options: dict[str, Any], said: str) -> None:
    assert said in shown(await search(team, **options))


async def test_search_speaks_the_language_of_whoever_asks(
    team: Team, locale: dict[str, str]
) -> None:
    locale["locale"] = "zh-TW"
    answer = await search(team, author="roe", sort="year", language="en")
    assert "-# 作者：roe 語言：en 排序：年份\n" in shown(answer)


# A line anywhere


async def test_a_line_is_understood_wherever_one_asks(
    team: Team, number: Callable[[str], int]
) -> None:
    expected = {number("en-3"), number("en-5")}
    answers = [(await team.similar(LINE)).response]
    await team.carol.send_dm(LINE)
    answers.append(team.carol.dm_channel.last_message)
    await team.alice.send(team.channel, f"<@{team.env.bot.user.id}> {LINE}")
    answers.append(team.said(team.channel)[-1])
    for answer in answers:
        assert set(listed(answer)) == expected
        assert 'year:2012..2014 "unclear roles" -prisons\n' in shown(answer)
        assert "“peer support unclear roles”" in shown(answer)


async def test_a_wrong_line_is_marked_where_it_is_wrong(team: Team) -> None:
    answer = await team.similar("*author*:x author:roe sort:colour")
    text = shown(answer.response)
    assert "A list is sorted by similarity or by year, not by this: colour" in text
    assert "author:roe sort:▸colour" in text
    assert "\\*author\\*" in text


async def test_what_somebody_else_wrote_is_no_line(team: Team) -> None:
    message = await team.bob.send(team.channel, "counts of lynx year:1982")
    answer = await team.alice.context_menu(team.channel, "Similar literature · 相似文献", message)
    assert "“counts of lynx year:1982”" in shown(answer.response)


# Refining


@pytest.fixture(params=["at once", "after a restart"])
def later(request: pytest.FixtureRequest, make_bot: MakeBot) -> Callable[[Team], Any]:
    """Lets time pass between a list and a press, or the form: either none, or a restart."""

    async def later(team: Team) -> None:
        if request.param == "after a restart":
            await team.env.restart_bot(make_bot())

    return later


def values(form: Any) -> dict[str, str]:
    """What a form is filled in with."""
    fields = (one["component"] for one in form.modal["components"])
    return {one["custom_id"]: one.get("value") or "" for one in fields}


async def test_a_list_is_refined_by_its_form(
    team: Team, later: Callable[[Team], Any], number: Callable[[str], int]
) -> None:
    answer = (await team.similar(LINE + " sort:year")).response
    await later(team)
    form = await team.press(team.bob, answer, "Refine")
    assert form.modal["title"] == "Refine this list"
    assert values(form) == {
        "question": "peer support unclear roles",
        "years": "2012..2014",
        "author": "",
        "journal": "",
        "more": 'sort:year "unclear roles" -prisons',
    }
    await later(team)
    filled = {**values(form), "years": "2013..", "author": "raman", "more": "lang:en"}
    narrowed = await team.bob.submit_modal(form, filled)
    assert listed(narrowed.response) == [number("en-8")]
    assert "author:raman year:2013.. lang:en\n" in shown(narrowed.response)
    assert narrowed.response.id != answer.id
    again = await team.press(team.bob, narrowed.response, "Refine")
    assert values(again)["years"] == "2013.."


async def test_neighbours_are_refined_and_stay_neighbours(
    team: Team, later: Callable[[Team], Any], number: Callable[[str], int]
) -> None:
    answer = await team.press(team.alice, (await team.similar(PEERS)).response, "Similar")
    seed = int(re.search(r"Neighbours of #(\d+)", shown(answer.response))[1])  # type: ignore[index]
    await later(team)
    form = await team.press(team.alice, answer.response, "Refine")
    assert set(values(form)) == {"years", "author", "journal", "more"}
    narrowed = await team.alice.submit_modal(form, {"years": "..2012"})
    text = shown(narrowed.response)
    assert f"**Neighbours of #{seed}**" in text
    assert "year:..2012" in text
    first = listed(narrowed.response)
    assert first
    assert seed not in first
    await later(team)
    opened = await team.alice.select(
        narrowed.response, [str(first[0])], custom_id=menu(narrowed.response)["custom_id"]
    )
    why = await team.press(team.alice, opened.response, "Why")
    assert shown(why.response).startswith(f"**Why #{first[0]} was found**")


async def test_pages_of_refined_neighbours_stay_refined(
    team: Team, later: Callable[[Team], Any]
) -> None:
    answer = (await team.similar("#4 year:2010..")).response
    assert "**Neighbours of #4**" in shown(answer)
    await later(team)
    await team.press(team.alice, answer, "→")
    turned = team.said(team.channel)[-1]
    assert "**6. " in shown(turned)
    assert "year:2010.." in shown(turned)


async def test_where_nothing_was_found_the_question_is_refined(
    team: Team, later: Callable[[Team], Any]
) -> None:
    answer = (await team.similar("xylophone quodlibet year:1900")).response
    await later(team)
    form = await team.press(team.alice, answer, "Refine")
    assert values(form)["question"] == "xylophone quodlibet"
    narrowed = await team.alice.submit_modal(form, {"question": PEERS, "years": ""})
    assert "20 similar papers" in shown(narrowed.response)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ({"years": "20x0"}, 'year:▸"20x0"'),
        ({"more": "lang:en mice"}, "lang:en ▸mice"),
        ({"question": "  ", "more": ""}, "Paste an abstract"),
    ],
)
async def test_what_is_wrong_in_a_form_is_said(
    team: Team, written: dict[str, str], said: str
) -> None:
    form = await team.press(team.alice, (await team.similar(PEERS)).response, "Refine")
    refused = await team.alice.submit_modal(form, {"years": "", **written})
    assert said in shown(refused.response).replace("\\", "")


async def test_a_question_too_long_for_a_form_stays_as_it_is(team: Team) -> None:
    answer = (await team.similar(f"{PEERS} in prisons. " * 150)).response
    form = await team.press(team.alice, answer, "Refine")
    assert "question" not in values(form)
    narrowed = await team.alice.submit_modal(form, {"author": "o'hagan"})
    assert len(listed(narrowed.response)) == 1
    assert "peer support workers in prisons. peer" in shown(narrowed.response)


async def test_the_form_of_a_list_that_is_gone_says_so(team: Team, folder: Path) -> None:
    answer = (await team.similar(PEERS)).response
    form = await team.press(team.alice, answer, "Refine")
    with sqlite3.connect(folder / "state.db") as db:
        db.execute("DELETE FROM questions")
    db.close()
    for told in (
        await team.press(team.bob, answer, "Refine"),
        await team.alice.submit_modal(form, {}),
    ):
        assert "is no longer stored" in shown(told.response)


async def test_a_private_list_is_refined_in_private(team: Team) -> None:
    answer = (await team.similar(PEERS, private=True)).response
    form = await team.press(team.alice, answer, "Refine")
    narrowed = await team.alice.submit_modal(form, {"years": "2012"})
    assert narrowed.ephemeral


async def test_who_is_not_answered_gets_no_list_by_a_form(team: Team, make_bot: MakeBot) -> None:
    answer = (await team.similar(PEERS)).response
    form = await team.press(team.alice, answer, "Refine")
    await team.env.restart_bot(make_bot(guilds=(1,)))
    refused = await team.alice.submit_modal(form, {"years": "2012"})
    assert "This bot answers only members" in shown(refused.response)


async def test_refine_stands_once_under_every_list(team: Team) -> None:
    for text in (PEERS, "#4", "xylophone"):
        answer = (await team.similar(text)).response
        assert [one.get("label") for one in parts(answer)].count("Refine") == 1
        assert buttons(answer)["Refine"]["custom_id"].startswith("similit:refine:")
