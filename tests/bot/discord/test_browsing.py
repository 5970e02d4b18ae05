"""`/browse` and the way on from an opened paper, now and after a restart."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.browse import PaperPage, TopicPage
from bot.config import LOCALES
from bot.discord import browsing_layout, paper_layout
from bot.messages import messages
from bot.shelf import Shelf
from corpus.paper import TOPICS, Paper, Topic
from corpus.readers import Record
from tests import discord_limits
from tests.bot.discord.anything import papers
from tests.bot.discord.conftest import MakeBot, Team, buttons, menu, parts, shown
from tests.bot.discord.views import sent

ENGLISH = messages("en")


@pytest.fixture(autouse=True)
def keyed(shelf: Shelf) -> None:
    """Thirty more papers, with keywords and subjects."""
    made = [
        Paper(
            source_id=f"key-{number}",
            title=f"Otter study {number}",
            keywords=("otters", f"river {number}"),
            subjects=("Zoology", "动物学"),
            journal="Journal of *Otters*",
            year=1960 + number % 10,
        )
        for number in range(30)
    ]
    shelf.library().take("keyed", [Record(one, place, place) for place, one in enumerate(made, 1)])


@pytest.fixture(params=["at once", "after a restart"])
def later(request: pytest.FixtureRequest, make_bot: MakeBot) -> Callable[[Team], Any]:
    """Lets time pass before a press: either none, or a whole restart."""

    async def later(team: Team) -> None:
        if request.param == "after a restart":
            await team.env.restart_bot(make_bot())

    return later


async def browse(team: Team, **options: Any) -> Any:
    return (await team.alice.slash(team.channel, "browse", **options)).response


def option(message: Any, label: str) -> str:
    """The value of an option by its label, in whichever menu."""
    menus = [item for item in parts(message) if item["type"] == 3]
    [value] = [one["value"] for item in menus for one in item["options"] if one["label"] == label]
    return str(value)


async def test_browse_begins_with_subjects_where_there_are_any(team: Team) -> None:
    page = await browse(team)
    assert shown(page).startswith("## Browse by subject\n-# 2 subjects\n**Zoology**\u00a0· 30")
    assert list(buttons(page)) == ["Subjects", "Keywords", "Journals", "Years"]
    assert buttons(page)["Subjects"]["disabled"]


async def test_browse_lists_a_kind_with_counts_and_turns_pages(
    team: Team, later: Callable[[Team], Any]
) -> None:
    page = await browse(team, by="keyword")
    assert "-# 31 keywords\n**otters**\u00a0· 30\n" in shown(page)
    await later(team)
    await team.press(team.alice, page, "→")
    assert "2 / 2" in buttons(page)
    assert len(menu(page)["options"]) == 11
    await team.press(team.alice, page, "Years")
    assert shown(page).startswith("## Browse by year")
    await team.press(team.alice, page, "Keywords")
    assert "1 / 2" in buttons(page)


async def test_a_chosen_topic_shows_its_papers_newest_first(
    team: Team, later: Callable[[Team], Any]
) -> None:
    page = await browse(team, by="keyword")
    await later(team)
    await team.alice.select(page, [option(page, "otters")], custom_id=menu(page)["custom_id"])
    text = shown(page)
    assert text.startswith("## Keyword\u00a0· otters\n-# 30 papers · newest first")
    assert text.index("Otter study 29**\u00a0(1969)") < text.index("Otter study 8**\u00a0(1968)")
    await team.press(team.alice, page, "→")
    assert "2 / 4" in buttons(page)
    listed = await team.press(team.alice, page, "Similar")
    assert "Neighbours of #" in shown(listed.response)
    opened = await team.alice.select(
        page, [menu(page)["options"][0]["value"]], custom_id=menu(page)["custom_id"]
    )
    assert shown(opened.response).startswith("## Otter study")
    await team.press(team.alice, page, "Keywords")
    assert shown(page).startswith("## Browse by keyword")


async def test_browse_a_name_shows_its_papers(team: Team) -> None:
    assert "Keyword\u00a0· otters" in shown(await browse(team, name="Otters"))
    assert "Subject\u00a0· 动物学" in shown(await browse(team, by="subject", name="動物學"))
    assert "Year\u00a0· 1965" in shown(await browse(team, by="year", name="1965"))
    assert r"Journal\u00a0· Journal of \*Otters\*".replace(r"\u00a0", "\u00a0") in shown(
        await browse(team, by="journal", name="journal of *otters*")
    )


async def test_browse_a_part_of_a_name_shows_what_has_it(team: Team) -> None:
    page = await browse(team, by="keyword", name="ver 1")
    assert "-# 11 keywords" in shown(page)
    assert "→" not in buttons(page)


async def test_browse_a_name_that_nothing_has_says_so(team: Team) -> None:
    assert "journal or year “unicorns”" in shown(await browse(team, name="unicorns"))
    assert "journal or year “#999999”" in shown(await browse(team, name="#999999"))


async def test_names_are_suggested_of_the_kind_that_was_chosen(team: Team) -> None:
    found = await team.alice.autocomplete(team.channel, "browse", "name", "river")
    assert len(found) == 25
    found = await team.alice.autocomplete(team.channel, "browse", "name", "ott", by="journal")
    assert [one["name"] for one in found] == ["Journal of *Otters* · 30"]
    assert "Journal of" in shown(await browse(team, by="journal", name=found[0]["value"]))


async def test_an_opened_paper_leads_on_to_others_of_its_kind(
    team: Team, later: Callable[[Team], Any]
) -> None:
    opened = (await team.alice.slash(team.channel, "paper", paper="Otter study 7")).response
    assert [one["label"] for one in menu(opened)["options"]] == [
        *("Zoology", "动物学", "Journal of *Otters*", "1967", "otters", "river 7")
    ]
    await later(team)
    found = await team.bob.select(
        opened, [option(opened, "1967")], custom_id=menu(opened)["custom_id"]
    )
    assert shown(found.response).startswith("## Year\u00a0· 1967\n-# 3 papers")
    assert shown(opened).startswith("## Otter study 7")


async def test_others_get_a_private_copy_of_a_turned_page(team: Team) -> None:
    page = await browse(team, by="keyword")
    before = shown(page)
    turned = await team.press(team.bob, page, "→")
    assert turned.response.ephemeral
    assert shown(page) == before
    assert shown(turned.response) != before


async def test_a_topic_whose_papers_are_gone_says_so(
    team: Team, shelf: Shelf, number: Callable[[str], int]
) -> None:
    page = await browse(team, by="keyword", name="river 3")
    shelf.library().remove(number("key-3"))
    again = await browse(team, by="keyword")
    assert "river 3\n" not in shown(again)
    listed = await browse(team, name="otters")
    assert "29 papers" in shown(listed)
    assert "1 paper" in shown(page)


async def test_browse_speaks_chinese_and_works_in_direct_messages(
    team: Team, locale: dict[str, str]
) -> None:
    locale["locale"] = "zh-CN"
    page = (await team.carol.slash("browse", by="keyword")).response
    assert shown(page).startswith("## 按关键词浏览\n-# 共 31 个关键词")
    assert (await browse(team, private=True)).ephemeral


# Whatever the papers say, Discord takes it

ODD = st.one_of(
    st.text(min_size=1, max_size=200),
    st.sampled_from(["*" * 200, "@everyone" * 22, "\u202e\u200b", "字" * 200, "# a", "[" * 199]),
)
TOPIC = st.builds(
    Topic,
    st.integers(1, 10**12),
    st.sampled_from(TOPICS),
    ODD,
    st.integers(0, 10**9),
)


def wrong(view: Any) -> list[str]:
    return list(discord_limits.violations(sent(view)))


@given(
    found=st.lists(TOPIC, max_size=20, unique_by=lambda one: one.id),
    page=st.integers(1, 10**6),
    say=st.sampled_from([messages(one) for one in LOCALES]),
    kind=st.sampled_from(TOPICS),
)
@settings(max_examples=60, deadline=None)
def test_any_topics_are_what_discord_takes(
    found: list[Topic], page: int, say: Any, kind: str
) -> None:
    whole = TopicPage(kind=kind, topics=tuple(found), total=10**9, page=page, pages=10**6)
    assert wrong(browsing_layout.topics(whole, say, 10**19)) == []


@example(found=[Paper(title="\x1b")], topic=Topic(1, "subject", "0", 0), say=ENGLISH)
@given(
    found=st.lists(papers(), max_size=8),
    topic=TOPIC,
    say=st.sampled_from([messages(one) for one in LOCALES]),
)
@settings(max_examples=60, deadline=None)
def test_any_papers_of_a_topic_are_what_discord_takes(
    found: list[Paper], topic: Topic, say: Any
) -> None:
    numbered = [dataclasses.replace(one, id=place) for place, one in enumerate(found, 1)]
    page = PaperPage(topic=topic, papers=tuple(numbered), page=2, pages=3)
    assert wrong(browsing_layout.papers(page, say, 10**19)) == []


@given(paper=papers(), topics=st.lists(TOPIC, max_size=40, unique_by=lambda one: one.id))
@settings(max_examples=60, deadline=None)
def test_any_paper_with_its_ways_on_is_what_discord_takes(
    paper: Paper, topics: list[Topic]
) -> None:
    view = paper_layout.paper(paper, ENGLISH, (7,), browsing_layout.on(topics, ENGLISH))
    assert wrong(view) == []
