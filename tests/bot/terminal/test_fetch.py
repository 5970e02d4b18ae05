"""Papers in from services, which are played on the loopback interface."""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from corpus.library import Library
from corpus.sources import arxiv, crossref, fetching, openalex, pubmed
from corpus.sources.http import Patience
from tests.bot.terminal.running import CONTROL, Similit, assert_refused
from tests.corpus.sources.conftest import Clock
from tests.corpus.sources.services import SERVICES, Service

Start = Callable[..., Service]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time that passes by sleeping alone, which costs none."""
    made = Clock()
    patience = Patience(sleep=made.sleep, clock=made, chance=lambda: 1.0)
    monkeypatch.setattr(fetching, "Patience", lambda: patience)
    for module in (arxiv, crossref, openalex, pubmed):
        for name in {"_PAGE", "_BATCH", "_DOIS"} & vars(module).keys():
            monkeypatch.setattr(module, name, getattr(module, name) // 10)
    return made


@pytest.fixture
def start(clock: Clock) -> Iterator[Start]:
    """Starts the service of a name, and says in the config where it is."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    running: list[Service] = []

    def start(name: str, count: int = 45, **settings: Any) -> Service:
        service = SERVICES[name](clock, count)
        asyncio.run_coroutine_threadsafe(service.start(), loop).result(60)
        running.append(service)
        settings[name] = service.api_base
        lines = [f"{key} = {json.dumps(value)}" for key, value in settings.items()]
        Path("config.toml").write_text("\n".join(["[sources]", *lines, ""]))
        return service

    yield start
    for service in running:
        asyncio.run_coroutine_threadsafe(service.server.close(), loop).result(60)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def new(tmp_path: Path) -> Path:
    """Where no library is yet."""
    return tmp_path / "new"


async def broken(_: web.Request) -> web.StreamResponse:
    return web.Response(status=503)


def fetched(similit: Similit, new: Path, *arguments: object, code: int = 0) -> dict[str, Any]:
    """What `fetch --json` prints, which is one JSON object and nothing else."""
    ended = similit("fetch", *arguments, "--library", new, "--json")
    assert (ended.code, ended.err) == (code, "")
    report = json.loads(ended.out)
    assert isinstance(report, dict)
    return report


def titles(new: Path) -> list[str]:
    with Library(new) as library:
        return [library.paper(number + 1).title for number in range(library.state().papers)]


def spooled(new: Path) -> list[Path]:
    return list((new / "fetch").glob("*.jsonl"))


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_query_finds_is_imported(
    similit: Similit, start: Start, new: Path, name: str
) -> None:
    service = start(name)
    ended = similit("fetch", name, "burnout", "in", "nurses", "--library", new)
    assert (ended.code, ended.err) == (0, "")
    told = " ".join(ended.out.split())
    assert told.startswith(
        "45 added, 0 merged, 0 already here, 0 skipped. The library has 45 papers."
    )
    assert titles(new) == [f"Paper {number}" for number in range(1, 46)]
    assert any("burnout" in value for value in service.asked[0].query.values())
    assert len(service.asked) > 2
    assert spooled(new) == []
    again = similit("fetch", name, "burnout in nurses", "--library", new)
    assert "0 added, 0 merged, 45 already here" in again.out
    undone = similit("import", "--undo", "--library", new)
    assert f"({name})" in undone.out


def test_the_report_in_json(similit: Similit, start: Start, new: Path) -> None:
    start("pubmed", 3)
    assert fetched(similit, new, "pubmed", "burnout") == {
        "added": 3,
        "merged": [],
        "unchanged": 0,
        "skipped": [],
        "failed": [],
        "without_abstract": 3,
        "formats": {},
        "encodings": {},
        "papers": 3,
        "not_found": [],
        "total": 3,
    }


def test_a_query_without_a_limit_has_one_and_says_so(
    similit: Similit, start: Start, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.terminal.curating._FETCHED", 20)
    start("crossref")
    ended = similit("fetch", "crossref", "burnout", "--library", new)
    assert "20 of 45 there were fetched: --max N fetches more." in ended.err
    assert len(titles(new)) == 20
    assert similit("fetch", "crossref", "burnout", "--max", "30", "--library", new).err == ""


def test_a_paper_that_is_here_from_a_file_is_merged(
    similit: Similit, start: Start, new: Path
) -> None:
    start("crossref", 3)
    Path("mine.jsonl").write_text('{"title": "Mine", "doi": "10.5555/P2"}\n')
    similit("import", "mine.jsonl", "--library", new)
    report = fetched(similit, new, "crossref", "burnout")
    assert (report["added"], report["papers"]) == (2, 3)
    (merged,) = report["merged"]
    assert (merged["file"], merged["record"], merged["paper"]) == ("crossref", 2, 1)
    assert merged["reason"] == "the same paper as #1: Mine"


# What is asked for


def test_no_more_than_somebody_wants(similit: Similit, start: Start, new: Path) -> None:
    start("pubmed")
    assert fetched(similit, new, "pubmed", "burnout", "--max", "7")["added"] == 7
    assert fetched(similit, new, "pubmed", "burnout", "--max", "30")["papers"] == 30


@pytest.mark.parametrize(
    ("day", "first"),
    [("2020", "2020/01/01"), ("2020-06", "2020/06/01"), ("2020-2-3", "2020/02/03")],
)
def test_since_is_a_day_a_month_or_a_year(
    similit: Similit, start: Start, new: Path, day: str, first: str
) -> None:
    service = start("pubmed", 2)
    fetched(similit, new, "pubmed", "burnout", "--since", day)
    assert service.asked[0].query["mindate"] == first


@pytest.mark.parametrize("how", ["file", "query"])
def test_papers_by_their_identifiers_and_those_that_are_not_found(
    similit: Similit, start: Start, new: Path, how: str
) -> None:
    start("pubmed")
    ids = ["100003", "100099", "PMID: 100001", "https://doi.org/10.5555/P7", "10.5555/p88"]
    Path("ids.txt").write_text("\ufeff" + "\n".join([*ids, "", "100003", "neither"]) + "\n")
    asked = ["--ids", "ids.txt"] if how == "file" else [" ".join(ids).replace("PMID: ", "")]
    report = fetched(similit, new, "pubmed", *asked)
    assert sorted(titles(new)) == ["Paper 1", "Paper 3", "Paper 7"]
    unknown = ["neither"] if how == "file" else []
    assert report["not_found"] == [*unknown, "100099", "10.5555/p88"]
    ended = similit("fetch", "pubmed", *asked, "--library", new, "--lang", "zh-CN")
    assert ended.code == 0
    assert ended.err == f"该服务中没有：{', '.join([*unknown, '100099', '10.5555/p88'])}\n"


def test_nothing_found_ends_with_1(similit: Similit, start: Start, new: Path) -> None:
    start("openalex", 0)
    ended = similit("fetch", "openalex", "zzzqqq", "--library", new)
    assert ended.code == 1
    assert ended.out.startswith("0 added")
    assert fetched(similit, new, "openalex", "10.5555/p9", code=1)["not_found"] == ["10.5555/p9"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["scopus", "peer"], "scopus is not a service that can be asked here (arxiv, crossref"),
        (["contact", "peer"], "contact is not a service"),
        (["pubmed"], "no query to ask PubMed for; it knows papers by pmid, doi"),
        (["pubmed", "  "], "no query to ask PubMed for"),
        (["pubmed", "--ids", "words.txt"], "nothing in 'neither' to ask PubMed for"),
        (["pubmed", "--ids", "empty.txt"], "no query to ask PubMed for"),
        (["pubmed", "peer", "--ids", "ids.txt"], "PubMed takes a query or identifiers, not both"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
@pytest.mark.parametrize("json", [[], ["--json"]], ids=["", "json"])
def test_what_cannot_be_asked_ends_with_2_and_makes_no_library(
    similit: Similit, new: Path, tmp_path: Path, arguments: list[str], said: str, json: list[str]
) -> None:
    Path("words.txt").write_text("neither nor\n")
    Path("empty.txt").write_text("\n")
    Path("ids.txt").write_text("100001\n")
    assert_refused(similit("fetch", *arguments, *json, "--library", new), 2, said)
    assert not new.exists()
    assert_refused(similit("fetch", *arguments, *json), 2, said)
    assert not (tmp_path / "data").exists()


# A service that does not answer


def test_a_service_that_is_down_ends_with_69_and_the_next_run_goes_on(
    similit: Similit, start: Start, new: Path, clock: Clock
) -> None:
    service = start("pubmed")
    service.troubles = dict.fromkeys(range(4, 99), broken)
    ended = similit("fetch", "pubmed", "burnout", "--library", new)
    assert_refused(ended, 69, "PubMed did not answer in 5 tries", "the same command goes on")
    assert clock.slept  # it was asked patiently
    assert not (new / "papers.db").exists()
    assert len(spooled(new)) == 1
    assert_refused(similit("fetch", "nosuch", "burnout", "--library", new), 2, "nosuch")
    assert [path.name for path in new.iterdir()] == ["fetch"]
    before = len(service.asked)
    service.troubles = {}
    report = fetched(similit, new, "pubmed", "burnout")
    assert (report["added"], report["papers"]) == (45, 45)
    assert [one.query["retstart"] for one in service.asked[before:]] == ["40"]
    assert spooled(new) == []


def test_where_nobody_listens_ends_with_69(similit: Similit, new: Path, clock: Clock) -> None:
    Path("config.toml").write_text('[sources]\ncrossref = "http://127.0.0.1:1"\n')
    for lang, said in (("en", "the same command goes on"), ("zh-CN", "再次运行同一命令即可继续")):
        ended = similit("fetch", "crossref", "burnout", "--library", new, "--lang", lang)
        assert_refused(ended, 69, "Crossref did not answer", said)
    assert clock.slept


def test_a_service_that_refuses_ends_with_69_in_its_own_words(
    similit: Similit, start: Start, new: Path
) -> None:
    async def refused(_: web.Request) -> web.StreamResponse:
        return web.json_response({"message": "Unknown\n filter\x1b[31m: x"}, status=403)

    start("openalex").always = refused
    ended = similit("fetch", "openalex", "burnout", "--library", new)
    assert_refused(ended, 69, "OpenAlex refused the request (403: Unknown filter")
    assert CONTROL.findall(ended.err) == []


def test_an_interrupted_fetch_ends_with_130_and_goes_on(
    similit: Similit, start: Start, new: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = start("pubmed")
    append = fetching.Spool.append

    def interrupted(self: fetching.Spool, *page: Any) -> None:
        append(self, *page)
        if self.pages == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(fetching.Spool, "append", interrupted)
        ended = similit("fetch", "pubmed", "burnout", "--library", new)
    assert (ended.code, ended.out) == (130, "")
    assert ended.err.startswith("What came until then is kept")
    before = len(service.asked)
    assert fetched(similit, new, "pubmed", "burnout")["added"] == 45
    assert len(service.asked) == before + 1


def test_what_was_fetched_is_kept_where_it_cannot_be_imported(
    similit: Similit, start: Start, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = start("pubmed", 3)
    with Library(new, create=True):
        (new / "index").write_text("a file where the folder should be")
    ended = similit("fetch", "pubmed", "burnout", "--library", new)
    assert_refused(ended, 78, "index cannot be written")
    assert len(spooled(new)) == 1
    (new / "index").unlink()
    before = len(service.asked)
    assert fetched(similit, new, "pubmed", "burnout")["added"] == 3
    assert len(service.asked) == before


def test_a_fetch_that_nobody_went_on_with_is_gone_with_the_next(
    similit: Similit, start: Start, new: Path, clock: Clock
) -> None:
    service = start("pubmed")
    service.troubles = dict.fromkeys(range(4, 99), broken)
    assert similit("fetch", "pubmed", "burnout", "--library", new).code == 69
    (given_up,) = spooled(new)
    os.utime(given_up, (time.time() - 31 * 86_400,) * 2)
    start("crossref", 3)
    assert fetched(similit, new, "crossref", "burnout")["added"] == 3
    assert spooled(new) == []


def test_a_library_that_is_made_during_the_first_fetch_has_both(
    similit: Similit, start: Start, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start("pubmed", 3)
    fetch = Library.fetch

    def slow(self: Library, *arguments: Any, **more: Any) -> Any:
        if not (new / "papers.db").exists():
            Path("mine.jsonl").write_text('{"title": "Mine"}\n')
            assert similit("import", "mine.jsonl", "--library", new).code == 0
        return fetch(self, *arguments, **more)

    monkeypatch.setattr(Library, "fetch", slow)
    assert fetched(similit, new, "pubmed", "burnout")["papers"] == 4
    assert titles(new) == ["Mine", "Paper 1", "Paper 2", "Paper 3"]


# Who asks


def test_a_service_is_told_who_asks(
    similit: Similit, start: Start, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIMILIT_PUBMED_KEY", "a-key")
    service = start("pubmed", 3, contact="team@example.org")
    fetched(similit, new, "pubmed", "burnout")
    for asked in service.asked:
        assert asked.query["email"] == "team@example.org"
        assert asked.query["api_key"] == "a-key"
        assert asked.agent.startswith("Similit/")
        assert "mailto:team@example.org" in asked.agent


def test_a_key_is_never_shown(
    similit: Similit, start: Start, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def telling(request: web.Request) -> web.StreamResponse:
        return web.json_response({"error": f"bad key in {request.query_string}"}, status=400)

    monkeypatch.setenv("SIMILIT_OPENALEX_KEY", "a-secret-key")
    start("openalex", contact="team@example.org").always = telling
    ended = similit("fetch", "openalex", "burnout", "--library", new)
    assert_refused(ended, 69, "bad key in")
    assert "a-secret-key" not in ended.err


def test_the_config_slows_it_down(similit: Similit, start: Start, new: Path, clock: Clock) -> None:
    service = start("pubmed", per_second=0.1)
    fetched(similit, new, "pubmed", "burnout")
    times = [asked.when for asked in service.asked]
    assert [later - sooner for sooner, later in itertools.pairwise(times)] == [10] * 3
