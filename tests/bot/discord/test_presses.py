"""What buttons and menus do, now and after a restart."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from simcord.components import walk_components

from bot.discord.export_layout import EXPORTS
from corpus.library import Library
from tests.bot.discord.conftest import MakeBot, Team, buttons, menu, parts, shown

BOTH = "peer support workers 同伴支持"
GLASGOW = "Peer support workers in prisons of Glasgow: a qualitative study"


def ranks(message: Any) -> list[int]:
    """The numbers of the items that a list shows."""
    return [int(rank) for rank in re.findall(r"(?m)^\*\*(\d+)\. ", shown(message))]


def menus(message: Any) -> list[dict[str, Any]]:
    """The menus of a message, in order."""
    return [one for one in parts(message) if one["type"] == 3]


def acknowledged_by(team: Team) -> int:
    """The type of the first answer to the last interaction."""
    return team.kinds()[-1]


@pytest.fixture(params=["at once", "after a restart"])
def later(request: pytest.FixtureRequest, make_bot: MakeBot) -> Callable[[Team], Any]:
    """Lets time pass between a list and a press: either none, or a whole restart."""

    async def later(team: Team) -> None:
        if request.param == "after a restart":
            await team.env.restart_bot(make_bot())

    return later


# Similar, Open, Cite


async def test_similar_answers_with_a_new_list(team: Team, later: Callable[[Team], Any]) -> None:
    listed = (await team.similar("prisons of Glasgow")).response
    before = shown(listed)
    await later(team)
    pressed = await team.press(team.alice, listed, "Similar")
    assert acknowledged_by(team) == 5
    assert pressed.response.id != listed.id
    assert "**Neighbours of #4**\u00a0· " + GLASGOW in shown(pressed.response)
    assert not pressed.response.ephemeral
    assert shown(listed) == before


async def test_every_item_has_its_own_similar_button(team: Team) -> None:
    listed = (await team.similar(BOTH)).response
    first = [one["value"] for one in menu(listed)["options"][:5]]
    similar = [one["custom_id"] for one in parts(listed) if one.get("label") == "Similar"]
    assert similar == [f"similit:similar:{paper}" for paper in first]


async def test_open_above_neighbours_opens_the_paper(
    team: Team, later: Callable[[Team], Any]
) -> None:
    listed = (await team.similar("#4")).response
    await later(team)
    opened = await team.press(team.bob, listed, "Open")
    assert acknowledged_by(team) == 5
    assert shown(opened.response).startswith(f"## {GLASGOW}")


async def test_menu_opens_the_chosen_paper(team: Team, later: Callable[[Team], Any]) -> None:
    listed = (await team.similar(BOTH)).response
    await later(team)
    opened = await team.bob.select(listed, ["4"], custom_id=menu(listed)["custom_id"])
    assert acknowledged_by(team) == 5
    assert shown(opened.response).startswith(f"## {GLASGOW}")
    assert opened.response.id != listed.id


async def test_similar_under_an_opened_paper_lists_its_neighbours(
    team: Team, later: Callable[[Team], Any]
) -> None:
    opened = (await team.alice.slash(team.channel, "paper", paper="#4")).response
    await later(team)
    listed = await team.press(team.alice, opened, "Similar")
    assert "**Neighbours of #4**" in shown(listed.response)


async def opened_from(team: Team, listed: Any, paper: int) -> Any:
    """The first paper of a list, or the one with this number, opened from its menu by Bob."""
    chosen = menu(listed)
    return (await team.bob.select(listed, [str(paper)], custom_id=chosen["custom_id"])).response


@pytest.mark.parametrize("asked", [BOTH, "#4"])
async def test_why_tells_in_private_what_made_up_the_score(
    team: Team, later: Callable[[Team], Any], asked: str
) -> None:
    listed = (await team.similar(asked)).response
    await later(team)
    paper = int(menu(listed)["options"][0]["value"])
    opened = await opened_from(team, listed, paper)
    offered = [label for label in buttons(opened) if label != "DOI"]
    assert offered == ["Similar", "Cite", "Why", "Export", "Save", "Watch", "👍", "👎"]
    await later(team)
    told = await team.press(team.bob, opened, "Why")
    assert acknowledged_by(team) == 5
    assert told.ephemeral
    first, *rows, last = shown(told.response).splitlines()
    assert first.startswith(f"**Why #{paper} was found**\u00a0· ")
    percents = [int(re.search(r"(\d+)\u00a0%", row)[1]) for row in rows]  # type: ignore[index]
    assert sum(percents) == 100
    parts = [round(100 * float(row.split()[-1])) for row in rows]
    assert last == f"-# score\u00a0· {sum(parts) / 100:.2f}"
    assert any("word\u00a0· " in row for row in rows)


async def test_why_speaks_the_language_of_whoever_asks(team: Team, locale: dict[str, str]) -> None:
    listed = (await team.similar(BOTH)).response
    locale["locale"] = "zh-TW"
    opened = await opened_from(team, listed, 4)
    told = await team.press(team.bob, opened, "為何命中")
    assert shown(told.response).startswith("**#4 為何命中**")


async def test_a_paper_that_was_opened_without_a_question_has_no_why(team: Team) -> None:
    named = (await team.alice.slash(team.channel, "paper", paper="#4")).response
    assert "Why" not in buttons(named)
    listed = (await team.similar("#4")).response
    seed = (await team.press(team.bob, listed, "Open")).response
    assert "Why" not in buttons(seed)


async def test_a_menu_from_before_there_was_a_why_still_opens(team: Team) -> None:
    listed = (await team.similar(BOTH)).response
    stored = team.env.backend.get_message(listed.channel_id, listed.id)
    old = next(one for one in walk_components(stored.components) if one["type"] == 3)
    old["custom_id"] = "similit-menu:1"
    opened = (await team.bob.select(listed, ["4"], custom_id="similit-menu:1")).response
    assert shown(opened).startswith(f"## {GLASGOW}")
    assert "Why" not in buttons(opened)


async def test_why_of_a_question_that_is_gone_says_so(team: Team, folder: Path) -> None:
    opened = await opened_from(team, (await team.similar(BOTH)).response, 4)
    with sqlite3.connect(folder / "state.db") as db:
        db.execute("DELETE FROM questions")
    db.close()
    told = await team.press(team.bob, opened, "Why")
    assert told.ephemeral
    assert "no longer stored" in shown(told.response)


async def test_why_of_a_paper_that_the_question_no_longer_finds_says_so(
    team: Team, folder: Path
) -> None:
    opened = await opened_from(team, (await team.similar(BOTH)).response, 4)
    with sqlite3.connect(folder / "state.db") as db:
        db.execute("UPDATE questions SET text = 'badgers', top = 1")
    db.close()
    told = await team.press(team.bob, opened, "Why")
    assert shown(told.response) == "#4 is not among what this question finds now."


async def test_cite_answers_in_private_with_every_style(
    team: Team, later: Callable[[Team], Any]
) -> None:
    opened = (await team.alice.slash(team.channel, "paper", paper="#4")).response
    await later(team)
    cited = await team.press(team.bob, opened, "Cite")
    assert cited.ephemeral
    assert shown(cited.response) == (
        "**To cite this paper** #4\n"
        "GB/T 7714-2015\n```text\n"
        f"O'HAGAN M, TATE M C. {GLASGOW}[J]. Journal of Mental Health, 2013, 24(4): 400-409. "
        "DOI:10.1000/peer.4.\n```\n"
        "APA\n```text\n"
        f"O'Hagan, M., & Tate, M. C. (2013). {GLASGOW}. Journal of Mental Health, 24(4), 400–409. "
        "https://doi.org/10.1000/peer.4\n```\n"
        "Vancouver\n```text\n"
        f"O'Hagan M, Tate MC. {GLASGOW}. Journal of Mental Health. 2013;24(4):400-9. "
        "doi:10.1000/peer.4\n```"
    )


@pytest.mark.parametrize("asked", [BOTH, "#4"])
@pytest.mark.parametrize(("format", "suffix"), [("ris", ".ris"), ("gb-t-7714", ".txt")])
async def test_export_gives_every_paper_of_the_list_as_a_file_in_private(
    team: Team, later: Callable[[Team], Any], asked: str, format: str, suffix: str
) -> None:
    listed = (await team.similar(asked)).response
    await later(team)
    offered = await team.press(team.bob, listed, "Export")
    assert offered.ephemeral
    ofpage, chosen = menus(offered.response)
    assert [one["value"] for one in chosen["options"]] == list(EXPORTS)
    assert (ofpage["placeholder"], ofpage["options"]) == ("This page: a format…", chosen["options"])
    await later(team)
    given = await team.bob.select(offered.response, [format], custom_id=chosen["custom_id"])
    assert given.ephemeral
    (file,) = given.response.attachments
    assert file.filename == f"similar-literature{suffix}"
    found = menu(listed)["options"]
    text = (await file.read()).decode()
    assert text.count("TY  - " if format == "ris" else "\n") == len(found)
    assert f"{len(found)} papers as {EXPORTS[format]}" in shown(given.response)


@pytest.mark.parametrize("asked", [BOTH, "#4", "sort:year peer year:2011.."])
async def test_export_gives_the_page_alone(
    team: Team, later: Callable[[Team], Any], asked: str
) -> None:
    listed = (await team.similar(asked)).response
    await team.press(team.alice, listed, "→")
    turned = team.said(team.channel)[-1]
    await later(team)
    offered = await team.press(team.bob, turned, "Export")
    await later(team)
    chosen = menus(offered.response)[0]["custom_id"]
    given = await team.bob.select(offered.response, ["jsonl"], custom_id=chosen)
    (file,) = given.response.attachments
    exported = [json.loads(line)["title"] for line in (await file.read()).decode().splitlines()]
    assert len(exported) == 5
    texts = shown(turned).replace("\\", "")
    assert all(title[:60] in texts for title in exported)


async def test_export_gives_one_paper(team: Team, later: Callable[[Team], Any]) -> None:
    opened = (await team.alice.slash(team.channel, "paper", paper="#4")).response
    await later(team)
    offered = await team.press(team.bob, opened, "Export")
    assert offered.ephemeral
    assert "**Export #4**" in shown(offered.response)
    await later(team)
    chosen = menu(offered.response)["custom_id"]
    given = await team.bob.select(offered.response, ["bibtex"], custom_id=chosen)
    assert given.ephemeral
    (file,) = given.response.attachments
    assert (await file.read()).decode().count("@article{") == 1
    assert "1 paper as BibTeX" in shown(given.response)


async def test_export_of_a_list_of_one_page_has_one_menu(team: Team) -> None:
    listed = (await team.similar(BOTH, count=3)).response
    offered = await team.press(team.bob, listed, "Export")
    assert menu(offered.response)["placeholder"] == "Choose a format…"


async def test_export_of_neighbours_of_one_page_has_one_menu(team: Team) -> None:
    listed = (await team.similar("#4", count=5)).response
    offered = (await team.press(team.alice, listed, "Export")).response
    (one,) = (part for part in parts(offered) if part["type"] == 3)
    given = await team.alice.select(offered, ["ris"], custom_id=one["custom_id"])
    assert (await given.response.attachments[0].read()).count(b"TY  - ") == 5


async def test_export_under_lists_of_old_still_works(team: Team) -> None:
    listed = (await team.similar(BOTH)).response
    stored = team.env.backend.get_message(listed.channel_id, listed.id)
    old = next(one for one in walk_components(stored.components) if one.get("label") == "Export")
    old["custom_id"] = "similit:export:1"
    offered = await team.bob.click(listed, custom_id="similit:export:1")
    assert menu(offered.response)["custom_id"] == "similit-export:1"


async def test_export_of_a_question_that_is_gone_says_so(team: Team) -> None:
    listed = (await team.similar(BOTH)).response
    with sqlite3.connect(team.env.bot.places.shelf.path / "state.db") as db:
        db.execute("DELETE FROM questions")
    db.close()
    offered = await team.press(team.bob, listed, "Export")
    for chosen in menus(offered.response):
        given = await team.bob.select(offered.response, ["csv"], custom_id=chosen["custom_id"])
        assert "no longer stored" in shown(given.response)


async def test_cite_of_a_hostile_paper_stays_within_its_block(team: Team) -> None:
    opened = (await team.alice.slash(team.channel, "paper", paper="hostile")).response
    cited = await team.press(team.alice, opened, "Cite")
    assert shown(cited.response).count("```") == 6


@pytest.mark.parametrize(
    ("own", "link"),
    [
        ("en-4", ("DOI", "https://doi.org/10.1000/peer.4")),
        ("address", ("URL", "https://example.org/otters?a=1&b=2")),
        ("script", None),
        ("hostile", None),
        ("untitled", None),
    ],
)
async def test_links_lead_only_to_the_web(
    team: Team, own: str, link: tuple[str, str] | None
) -> None:
    opened = (await team.alice.slash(team.channel, "paper", paper=own)).response
    links = [(one["label"], one["url"]) for one in parts(opened) if one.get("url")]
    assert links == ([link] if link else [])


# Pages


async def test_pages_turn_in_place_for_the_asker(team: Team, later: Callable[[Team], Any]) -> None:
    listed = (await team.similar(BOTH)).response
    posts = len(team.said(team.channel))
    await later(team)
    for page in (2, 3, 4):
        pressed = await team.press(team.alice, listed, "→")
        assert acknowledged_by(team) == 6
        assert pressed.response.id == listed.id
        assert ranks(listed) == list(range(5 * page - 4, 5 * page + 1))
        assert f"{page} / 4" in buttons(listed)
    await team.press(team.alice, listed, "←")
    assert ranks(listed) == [11, 12, 13, 14, 15]
    assert len(team.said(team.channel)) == posts


async def test_the_ends_of_a_list_cannot_be_turned_over(team: Team) -> None:
    listed = (await team.similar(BOTH, count=7)).response
    assert buttons(listed)["←"]["disabled"]
    assert buttons(listed)["1 / 2"]["disabled"]
    assert not buttons(listed)["→"]["disabled"]
    await team.press(team.alice, listed, "→")
    assert not buttons(listed)["←"]["disabled"]
    assert buttons(listed)["→"]["disabled"]
    assert ranks(listed) == [6, 7]


async def test_a_page_turned_by_somebody_else_is_their_private_copy(
    team: Team, later: Callable[[Team], Any]
) -> None:
    listed = (await team.similar(BOTH)).response
    before = shown(listed)
    await later(team)
    copied = await team.press(team.bob, listed, "→")
    assert acknowledged_by(team) == 5
    assert copied.ephemeral
    copy = copied.response
    assert copy.id != listed.id
    assert ranks(copy) == [6, 7, 8, 9, 10]
    assert shown(listed) == before
    await later(team)
    again = await team.press(team.bob, copy, "→")
    assert acknowledged_by(team) == 6
    assert again.response.id == copy.id
    assert ranks(copy) == [11, 12, 13, 14, 15]
    assert shown(listed) == before
    await team.press(team.alice, listed, "→")
    assert ranks(listed) == [6, 7, 8, 9, 10]


async def test_pages_of_neighbours_turn_without_a_stored_question(
    team: Team, later: Callable[[Team], Any], folder: Path
) -> None:
    listed = (await team.similar("#4", count=12)).response
    with sqlite3.connect(folder / "state.db") as db:
        db.execute("DELETE FROM questions")
    db.close()
    await later(team)
    await team.press(team.alice, listed, "→")
    await team.press(team.alice, listed, "→")
    assert ranks(listed) == [11, 12]
    assert "**Neighbours of #4**" in shown(listed)
    copy = (await team.press(team.bob, listed, "←")).response
    assert ranks(copy) == [6, 7, 8, 9, 10]
    assert copy.ephemeral
    await team.press(team.bob, copy, "←")
    assert ranks(copy) == [1, 2, 3, 4, 5]


async def test_pages_turn_in_direct_messages(team: Team, later: Callable[[Team], Any]) -> None:
    listed = (await team.carol.slash("similar", text=BOTH)).response
    await later(team)
    await team.press(team.carol, listed, "→")
    assert ranks(listed) == [6, 7, 8, 9, 10]


async def test_a_page_speaks_the_language_of_whoever_turns_it(
    team: Team, locale: dict[str, str]
) -> None:
    listed = (await team.similar(BOTH)).response
    locale["locale"] = "zh-TW"
    copy = (await team.press(team.bob, listed, "→")).response
    assert "共查詢到 20 條相似文獻" in shown(copy)
    assert "相似文獻" in buttons(copy)


async def test_a_page_of_a_library_that_shrank_is_the_nearest_there_is(
    team: Team, folder: Path
) -> None:
    listed = (await team.similar(BOTH)).response
    for _ in range(2):
        await team.press(team.alice, listed, "→")
    with sqlite3.connect(folder / "state.db") as db:
        db.execute("UPDATE questions SET text = 'badgers', top = 1")
    db.close()
    await team.press(team.alice, listed, "→")
    assert ranks(listed) == [1]


# What is no longer there


async def test_a_page_whose_question_is_gone_says_so_kindly(team: Team, folder: Path) -> None:
    listed = (await team.similar(BOTH)).response
    before = shown(listed)
    with sqlite3.connect(folder / "state.db") as db:
        db.execute("DELETE FROM questions")
    db.close()
    for person in (team.alice, team.bob):
        told = await team.press(person, listed, "→")
        last = told.followups[-1] if told.followups else told.response
        assert "no longer stored: they are kept for 90 days" in shown(last)
        assert last.ephemeral
    assert shown(listed) == before


async def test_a_question_older_than_the_kept_days_is_gone(
    team: Team, locale: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = (await team.similar(BOTH)).response
    locale["locale"] = "zh-CN"
    now = time.time()
    monkeypatch.setattr("bot.state.time.time", lambda: now + 91 * 86_400)
    told = await team.press(team.bob, listed, "→")
    assert "已不再保存（只保存 90 天）" in shown(told.response)


@pytest.mark.parametrize("label", ["Similar", "Cite"])
async def test_a_press_for_a_paper_that_is_gone_says_so(
    team: Team, folder: Path, label: str
) -> None:
    opened = (await team.alice.slash(team.channel, "paper", paper="#4")).response
    with sqlite3.connect(folder / "papers.db") as db:
        db.execute("DELETE FROM papers WHERE id = 4")
    db.close()
    told = await team.press(team.alice, opened, label)
    assert shown(told.response).startswith("No paper #4 is in this library")


async def test_a_menu_choice_of_a_paper_that_is_gone_says_so(team: Team, folder: Path) -> None:
    listed = (await team.similar(BOTH)).response
    with sqlite3.connect(folder / "papers.db") as db:
        db.execute("DELETE FROM papers WHERE id = 4")
    db.close()
    told = await team.alice.select(listed, ["4"], custom_id=menu(listed)["custom_id"])
    assert "No paper #4 is in this library" in shown(told.response)


def mean(team: Team, listed: Any, custom_id: str) -> None:
    """Let the first Similar button of a message be one of another version's."""
    stored = team.env.backend.get_message(listed.channel_id, listed.id)
    found = walk_components(stored.components)
    next(one for one in found if one.get("label") == "Similar")["custom_id"] = custom_id


@pytest.mark.parametrize("paper", [0, 999_999, 10**15])
async def test_a_press_for_a_paper_that_never_was_says_so(team: Team, paper: int) -> None:
    listed = (await team.similar(BOTH)).response
    mean(team, listed, f"similit:similar:{paper}")
    told = await team.press(team.alice, listed, "Similar")
    assert f"No paper #{paper} is in this library" in shown(told.response)


@pytest.mark.parametrize(
    "unknown",
    [
        *("similit:dance:4", "similit:similar", "similit:page:1", "similit:here:4"),
        *("similit:why:4", "similit:why:4:1:2:3", "similit:open", "similit:open:1:2:3:4"),
    ],
)
async def test_a_press_of_an_unknown_kind_is_survived(team: Team, unknown: str) -> None:
    listed = (await team.similar(BOTH)).response
    before = shown(listed)
    mean(team, listed, unknown)
    pressed = await team.press(team.alice, listed, "Similar")
    assert pressed.acknowledged
    assert shown(listed) == before
    assert "Neighbours of" in shown((await team.similar("#4")).response)


# Privacy


async def test_presses_on_a_private_list_answer_in_private(
    team: Team, later: Callable[[Team], Any]
) -> None:
    listed = (await team.similar(BOTH, private=True)).response
    await later(team)
    similar = await team.press(team.alice, listed, "Similar")
    opened = await team.alice.select(listed, ["4"], custom_id=menu(listed)["custom_id"])
    assert [similar.response.ephemeral, opened.response.ephemeral] == [True, True]
    cited = await team.press(team.alice, opened.response, "Cite")
    assert cited.response.ephemeral
    await team.press(team.alice, listed, "→")
    assert ranks(listed) == [6, 7, 8, 9, 10]
    assert listed.ephemeral


async def test_stored_questions_do_not_say_who_asked(team: Team, folder: Path) -> None:
    await team.similar(BOTH)
    with sqlite3.connect(folder / "state.db") as db:
        lines = [line for line in db.iterdump() if not line.startswith('INSERT INTO "shown"')]
    db.close()
    stored = "\n".join(lines)
    assert BOTH in stored
    for person in (team.alice, team.bob, team.carol):
        assert str(person.id) not in stored
        assert person.name not in stored


# Failures


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, expected_errors: list[str]) -> Callable[[], None]:
    """Breaks the library's every answer when called."""
    expected_errors.append("a reply failed (code ")

    def fail(*_: Any, **__: Any) -> Any:
        raise RuntimeError("the secret inside")

    def broken() -> None:
        for name in ("find", "named", "paper"):
            monkeypatch.setattr(Library, name, fail)

    return broken


def codes(caplog: pytest.LogCaptureFixture) -> list[str]:
    """The codes under which failures were logged."""
    return re.findall(r"a reply failed \(code (\w+)\)", caplog.text)


@pytest.mark.parametrize("label", ["Similar", "→", "Open"])
async def test_a_failed_press_gives_the_person_the_code_that_the_log_has(
    team: Team, broken: Callable[[], None], caplog: pytest.LogCaptureFixture, label: str
) -> None:
    listed = (await team.similar("#4")).response
    before = shown(listed)
    broken()
    told = await team.press(team.alice, listed, label)
    last = told.followups[-1] if told.followups else told.response
    (code,) = codes(caplog)
    assert f"tell the host this code: {code}." in shown(last)
    assert "the secret inside" in caplog.text
    assert "secret" not in str([one.json for one in team.env.http_requests])
    assert shown(listed) == before


async def test_a_failed_command_gives_the_person_the_code_that_the_log_has(
    team: Team,
    broken: Callable[[], None],
    caplog: pytest.LogCaptureFixture,
    locale: dict[str, str],
) -> None:
    broken()
    locale["locale"] = "zh-CN"
    told = await team.similar("peer support")
    (code,) = codes(caplog)
    assert f"请把这个代码告诉管理员：{code}。" in shown(told.response)
    assert "secret" not in str([one.json for one in team.env.http_requests])


async def test_a_failed_message_gives_the_person_the_code_that_the_log_has(
    team: Team, broken: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    broken()
    await team.carol.send_dm("peer support")
    (code,) = codes(caplog)
    assert f"tell the host this code: {code}." in shown(team.carol.dm_channel.last_message)


async def test_after_a_failure_the_next_press_works(
    team: Team, broken: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = (await team.similar(BOTH)).response
    with monkeypatch.context() as patch:
        find = Library.find
        broken()
        await team.press(team.alice, listed, "→")
        patch.undo()
    monkeypatch.setattr(Library, "find", find)
    await team.press(team.alice, listed, "→")
    assert ranks(listed) == [6, 7, 8, 9, 10]


async def test_a_page_that_fails_is_told_in_private_and_the_list_stays(
    team: Team, broken: Callable[[], None]
) -> None:
    listed = (await team.similar(BOTH)).response
    before = shown(listed)
    broken()
    told = await team.press(team.alice, listed, "→")
    assert shown(listed) == before
    assert told.followups[-1].ephemeral
