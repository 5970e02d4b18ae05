"""`/add` and `/undo`: who may, what is shown before anything is kept, and the way back."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import sources
from bot.config import LOCALES
from bot.discord import curating
from bot.discord import curating_layout as layout
from bot.messages import messages
from bot.pending import FOLDER
from bot.shelf import Shelf
from bot.sources import Wanted, wanted
from bot.state import State
from corpus.errors import SourceUnavailable
from corpus.imports import Imported
from corpus.library import ImportReport, Library, Remark, Undone
from corpus.sources.http import Access
from tests import discord_limits
from tests.bot.discord.anything import FIELD
from tests.bot.discord.conftest import MakeBot, Team, buttons, shown
from tests.bot.discord.views import sent as as_sent
from tests.bot.making import ris
from tests.corpus.sources.services import Crossref

NEW = ris(
    {"TI": "Walrus haul-outs", "DO": "10.5555/walrus"}, {"TI": "Sea lions", "AB": "They bark."}
)


@pytest.fixture
def curator(team: Team) -> Any:
    """Somebody who may manage the server, which is enough where no role is named."""
    role = team.guild.create_role("keepers", permissions=discord.Permissions(manage_guild=True))
    return team.guild.add_member(team.env.create_user("dora"), roles=[role])


@pytest.fixture(params=["at once", "after a restart"])
def later(request: pytest.FixtureRequest, make_bot: MakeBot) -> Callable[[Team], Any]:
    """Lets time pass before a press: either none, or a whole restart."""

    async def later(team: Team) -> None:
        if request.param == "after a restart":
            await team.env.restart_bot(make_bot())

    return later


async def add(team: Team, who: Any, **options: Any) -> Any:
    return (await who.slash(team.channel, "add", **options)).response


async def exported(team: Team, who: Any, data: bytes = NEW, name: str = "new.ris") -> Any:
    return await add(team, who, file=(name, data))


def count(shelf: Shelf) -> int:
    return shelf.library().state().papers


# An export


async def test_a_file_is_previewed_kept_and_taken_back(
    team: Team, curator: Any, shelf: Shelf, folder: Path, later: Callable[[Team], Any]
) -> None:
    page = await exported(team, curator)
    text = shown(page)
    assert text.startswith("## This would be added\n2 new, 0 merged into papers")
    assert "**+** Walrus haul-outs\n**+** Sea lions" in text
    assert "the file waits for 24 hours" in text
    assert count(shelf) == 30
    await later(team)
    await team.press(curator, page, "Keep")
    assert shown(page).startswith("## Added\n2 new,")
    assert "The library has 32 papers." in shown(page)
    assert list((folder / FOLDER).iterdir()) == []
    assert "**1. Walrus haul-outs**" in shown((await team.similar("walrus")).response)
    await later(team)
    await team.press(curator, page, "Take it back")
    assert shown(page).startswith("Taken back: 2 removed, 0 as before.")
    assert count(shelf) == 30


async def test_a_file_that_is_not_kept_leaves_nothing(
    team: Team, curator: Any, shelf: Shelf, folder: Path
) -> None:
    page = await exported(team, curator)
    await team.press(curator, page, "Do not keep")
    assert shown(page) == "Nothing was kept."
    assert list((folder / FOLDER).iterdir()) == []
    assert count(shelf) == 30


async def test_the_preview_says_what_merges_and_what_is_skipped(team: Team, curator: Any) -> None:
    data = ris({"TI": "Peer work", "DO": "10.1000/peer.4"}, {"PY": "2000"}, {"TI": "New one"})
    text = shown(await exported(team, curator, data))
    assert "1 new, 1 merged into papers that are here, 0 here already, 1 skipped." in text
    assert "record 2: no title, abstract or DOI" in text
    assert "record 1: the same paper as #4" in text


@pytest.mark.parametrize("data", [b"no format at all", b"", b"\0\1\2" * 99])
async def test_a_file_that_cannot_be_read_offers_nothing_to_keep(
    team: Team, curator: Any, data: bytes
) -> None:
    page = await exported(team, curator, data, "../../odd name*.ris")
    assert "0 new" in shown(page)
    assert buttons(page) == {}
    assert "/tmp" not in shown(page)
    assert "pending" not in shown(page)


async def test_a_file_that_is_too_large_is_refused(
    team: Team, curator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(curating, "LARGEST", 10)
    assert "up to 10 bytes of such a file" in shown(await exported(team, curator))


async def test_a_file_waits_a_day_and_no_longer(
    team: Team, curator: Any, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await exported(team, curator)
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 25 * 3600)
    before = shown(page)
    told = await team.press(curator, page, "Keep")
    assert "That file waits no longer" in shown(told.followups[-1])
    assert shown(page) == before
    await exported(team, curator)
    assert len(list((folder / FOLDER).iterdir())) == 1


async def test_what_was_kept_is_not_kept_again(team: Team, curator: Any) -> None:
    page = await exported(team, curator)
    again = await exported(team, curator)
    await team.press(curator, page, "Keep")
    await team.press(curator, again, "Keep")
    assert "0 new, 0 merged into papers that are here, 2 here already" in shown(again)
    assert buttons(again) == {}


async def test_long_work_says_how_far_it_is(
    team: Team, curator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(curating, "_SECONDS", 0.0)
    page = await exported(team, curator)
    await team.press(curator, page, "Keep")
    edits = [str(one.json) for one in team.env.http_requests if one.method == "PATCH"]
    assert any("Reading … 2" in one for one in edits)
    assert any("Making the index … 2" in one for one in edits)
    assert "## Added" in edits[-1]


# Who may


async def test_only_curators_may_add_keep_and_undo(
    team: Team, curator: Any, shelf: Shelf, locale: dict[str, str]
) -> None:
    refused = "Adding papers takes a curator's role here."
    assert refused in shown(await exported(team, team.alice))
    page = await exported(team, curator)
    before = shown(page)
    told = await team.press(team.alice, page, "Keep")
    assert refused in shown(told.followups[-1])
    assert told.followups[-1].ephemeral
    assert shown(page) == before
    assert refused in shown((await team.alice.slash(team.channel, "undo")).response)
    assert refused in shown((await team.carol.slash("undo")).response)
    assert count(shelf) == 30
    locale["locale"] = "zh-CN"
    assert "添加文献需要相应的身份组" in shown(await exported(team, team.alice))


async def test_roles_that_are_named_decide_alone(
    team: Team, curator: Any, make_bot: MakeBot
) -> None:
    keepers, heads = team.guild.create_role("curators"), team.guild.create_role("heads")
    erin = team.guild.add_member(team.env.create_user("erin"), roles=[keepers])
    finn = team.guild.add_member(team.env.create_user("finn"), roles=[heads])
    await team.env.restart_bot(make_bot(curators=(keepers.id,), admins=(heads.id,)))
    assert "a curator's role" in shown(await exported(team, curator))
    for who in (erin, finn):
        assert "2 new" in shown(await exported(team, who))
    # What came another way than from chat is the admins' to take back.
    page = (await erin.slash(team.channel, "undo")).response
    assert "30 papers from papers.jsonl" in shown(page)
    told = await team.press(erin, page, "Take it back")
    assert "only an admin may take it back" in shown(told.followups[-1])
    await team.press(finn, page, "Take it back")
    assert "30 removed" in shown(page)


async def test_a_curator_may_add_by_direct_message(team: Team, curator: Any, shelf: Shelf) -> None:
    page = (await curator.user.slash("add", file=("new.ris", NEW))).response
    await team.press(curator.user, page, "Keep")
    assert count(shelf) == 32


# The last import


async def test_only_the_last_import_can_be_taken_back(team: Team, curator: Any) -> None:
    first = await exported(team, curator)
    await team.press(curator, first, "Keep")
    second = await exported(team, curator, ris({"TI": "Seals"}))
    await team.press(curator, second, "Keep")
    told = await team.press(curator, first, "Take it back")
    assert "That is not the last import any more" in shown(told.followups[-1])
    page = (await curator.slash(team.channel, "undo")).response
    assert "1 paper from new.ris" in shown(page)
    await team.press(curator, page, "Take it back")
    assert shown(page).startswith("Taken back: 1 removed")


async def test_there_may_be_no_import_to_take_back(team: Team, curator: Any, shelf: Shelf) -> None:
    shelf.library().undo()
    page = (await curator.slash(team.channel, "undo")).response
    assert shown(page) == "There is no import to take back."


# By reference


@pytest.fixture
async def crossref(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Crossref]:
    """Crossref with two papers, which the bot asks."""
    service = Crossref(time.monotonic, 2)
    await service.start()
    monkeypatch.setattr(sources, "access", lambda *_: Access(api_base=service.api_base))
    yield service
    await service.server.close()


@pytest.mark.parametrize(
    "reference",
    [
        "10.5555/p1",
        "https://doi.org/10.5555/P1",
        "Byron, A. (2020). Paper 1. Journal, 3(1), 1-9. https://doi.org/10.5555/p1.",
    ],
)
async def test_a_reference_with_a_doi_is_looked_up_and_added(
    team: Team, curator: Any, shelf: Shelf, crossref: Crossref, reference: str
) -> None:
    page = await add(team, curator, reference=reference)
    assert "1 new" in shown(page)
    assert "**+** Paper 1" in shown(page)
    await team.press(curator, page, "Keep")
    assert shelf.library().named("10.5555/p1").title == "Paper 1"


async def test_what_the_service_does_not_know_is_said(
    team: Team, curator: Any, crossref: Crossref
) -> None:
    page = await add(team, curator, reference="10.5555/p1 and 10.5555/p7")
    assert "Not found there: 10.5555/p7" in shown(page)
    page = await add(team, curator, reference="10.5555/p7")
    assert "The service knows no paper under 10.5555/p7." in shown(page)


async def test_a_service_that_does_not_answer_is_named(
    team: Team, curator: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(*_: Any, **__: Any) -> Any:
        raise SourceUnavailable("Crossref cannot be reached")

    monkeypatch.setattr(Library, "look_up", unavailable)
    page = await add(team, curator, reference="10.5555/p1")
    assert "could not be looked up: Crossref cannot be reached." in shown(page)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "Name a DOI or PMID, paste a reference, or attach an export."),
        ({"reference": "Byron (2020). Paper 1."}, "I find neither a DOI nor a PMID"),
    ],
)
async def test_nothing_to_look_up_is_asked_for(
    team: Team, curator: Any, options: dict[str, str], said: str
) -> None:
    assert said in shown(await add(team, curator, **options))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("doi: 10.1000/ab.c)", Wanted("crossref", ("10.1000/ab.c",))),
        ("10.1000/a, 10.1000/b; 10.1000/a", Wanted("crossref", ("10.1000/a", "10.1000/b"))),
        ("刘某（2020）。题名。https://doi.org/10.1000/x。", Wanted("crossref", ("10.1000/x",))),
        ("PMID: 123456", Wanted("pubmed", ("123456",))),
        ("https://pubmed.ncbi.nlm.nih.gov/777/", Wanted("pubmed", ("777",))),
        ("Paper. 10.1000/a PMID 777", Wanted("crossref", ("10.1000/a",))),
        ("no such thing 10.1 2020", None),
    ],
)
def test_identifiers_are_found_in_references(text: str, found: Wanted | None) -> None:
    assert wanted(text) == found


# Whatever the report says, Discord takes it

SAY = st.sampled_from([messages(one) for one in LOCALES])
REMARKS = st.lists(
    st.builds(Remark, st.just(Path("a")), st.integers(1, 9), st.integers(1, 9), FIELD), max_size=8
)
REPORT = st.builds(
    ImportReport,
    added=st.integers(0, 10**9),
    merged=REMARKS,
    skipped=REMARKS,
    failed=st.dictionaries(st.just(Path("a")), FIELD),
)


@given(report=REPORT, titles=st.lists(FIELD, max_size=6), missing=st.lists(FIELD), say=SAY)
@settings(max_examples=40, deadline=None)
def test_any_report_is_what_discord_takes(
    report: ImportReport, titles: list[str], missing: list[str], say: Any
) -> None:
    last = Imported(10**9, "2020-01-01", ("a",), 10**9)
    for view in (
        layout.preview(report, titles, missing, 10**12, say),
        layout.added(report, last, say),
        layout.last(last, "".join(titles), say),
        layout.undone(Undone("2020", ("a",), 10**9, 10**9), 10**9, say),
        layout.progress("indexing", 10**9, say),
    ):
        assert list(discord_limits.violations(as_sent(view))) == []


def test_no_number_of_a_file_that_waits_is_given_twice(tmp_path: Path) -> None:
    from bot.pending import Pending

    state = State(tmp_path / "state.db")
    pending = Pending(state, tmp_path)
    first = pending.keep(1, "a.ris", b"a")
    pending.drop(first.number)
    second = pending.keep(1, "a.ris", b"b")
    assert second.number > first.number
    assert pending.file(first.number) is None
    assert pending.file(second.number) == second.path
    assert second.path.read_bytes() == b"b"
    state.close()
