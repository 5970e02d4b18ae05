"""Whole fetches of each service, and what interrupts them."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
import json
import logging
import os
from datetime import date
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from corpus.errors import LibraryBusy, SourceUnavailable
from corpus.sources import pubmed, source_named
from corpus.sources.http import Access
from corpus.sources.spool import Spool

from .conftest import Clock, Fetching, Start, papers, titles
from .services import SERVICES, Service

# How many requests 45 papers take; PubMed searches first.
REQUESTS = {"openalex": 5, "crossref": 5, "pubmed": 4, "arxiv": 3}
SIZES = {"openalex": 10, "crossref": 10, "pubmed": 20, "arxiv": 20}
PAGES = {"openalex": 5, "crossref": 5, "pubmed": 3, "arxiv": 3}
SECONDS = {"openalex": 0.1, "crossref": 1 / 3, "pubmed": 1 / 3, "arxiv": 3.0}

all_services = pytest.mark.parametrize("name", SERVICES)


async def broken(request: web.Request) -> web.StreamResponse:
    return web.Response(status=500, text="<html>Internal Server Error</html>")


@all_services
async def test_every_paper_of_a_query_arrives_once_and_in_order(
    name: str, start: Start, fetching: Fetching
) -> None:
    service = await start(name)
    spool = await fetching(service)
    assert titles(spool) == papers(range(1, 46))
    assert (spool.complete, spool.count, spool.total) == (True, 45, 45)
    assert len(service.asked) == REQUESTS[name]
    assert [record.line for record in spool.records()][::44] == [1, PAGES[name]]


@all_services
async def test_requests_keep_the_distance_that_the_service_wants(
    name: str, start: Start, fetching: Fetching, clock: Clock
) -> None:
    service = await start(name)
    await fetching(service)
    moments = [asked.when for asked in service.asked]
    gaps = [later - earlier for earlier, later in itertools.pairwise(moments)]
    assert gaps == pytest.approx([SECONDS[name]] * (REQUESTS[name] - 1))
    assert sum(clock.slept) == pytest.approx(moments[-1])


@pytest.mark.parametrize(("per_second", "gap"), [(0.1, 10.0), (1000, 1 / 3)])
async def test_a_caller_can_only_be_slower(
    per_second: float, gap: float, start: Start, fetching: Fetching
) -> None:
    service = await start("crossref", 15)
    await fetching(service, access={"per_second": per_second})
    first, second = service.asked
    assert second.when - first.when == pytest.approx(gap)


@all_services
@pytest.mark.parametrize("most", [1, 10, 11, 39, 40, 45, 46])
async def test_no_more_than_asked_for(
    name: str, most: int, start: Start, fetching: Fetching
) -> None:
    service = await start(name)
    spool = await fetching(service, most=most)
    assert titles(spool) == papers(range(1, min(most, 45) + 1))
    assert spool.complete
    pages = -(-min(most, 45) // SIZES[name])
    assert len(service.asked) == pages + (name == "pubmed")


@all_services
async def test_a_query_that_finds_nothing(name: str, start: Start, fetching: Fetching) -> None:
    service = await start(name, 0)
    spool = await fetching(service)
    assert (titles(spool), spool.complete, spool.total) == ([], True, 0)
    assert len(service.asked) == 1


@pytest.mark.parametrize(("name", "page"), [(n, p) for n in SERVICES for p in range(PAGES[n])])
async def test_an_interrupted_fetch_goes_on_where_it_was(
    name: str, page: int, start: Start, fetching: Fetching, tmp_path: Path
) -> None:
    service = await start(name)
    first = page + 1 + (name == "pubmed")
    service.troubles = dict.fromkeys(range(first, first + 5), broken)
    with pytest.raises(SourceUnavailable, match=r"did not answer in 5 tries: error 500"):
        await fetching(service)
    assert len(service.asked) == first + 4
    kept = list((tmp_path / "fetch").glob("*.jsonl"))
    assert sum(len(path.read_bytes().splitlines()) for path in kept) == page

    spool = await fetching(service)
    assert titles(spool) == papers(range(1, 46))
    again = REQUESTS[name] - page - (name == "pubmed" and page > 0)
    assert len(service.asked) == first + 4 + again


@all_services
async def test_a_process_killed_while_it_wrote_loses_one_page(
    name: str, start: Start, fetching: Fetching
) -> None:
    service = await start(name)
    spool = await fetching(service)
    spool.close()
    lines = spool.path.read_bytes().splitlines(keepends=True)
    for torn in (lines[-1][:-1], lines[-1][: len(lines[-1]) // 2], b"{", b"\xff\n", b"[]\n"):
        service.asked.clear()
        spool.path.write_bytes(b"".join(lines[:-1]) + torn)
        spool = await fetching(service)
        assert titles(spool) == papers(range(1, 46))
        assert len(service.asked) == 1
        assert spool.path.read_bytes() == b"".join(lines)


async def test_what_is_complete_is_not_fetched_again(start: Start, fetching: Fetching) -> None:
    service = await start("openalex")
    await fetching(service)
    service.asked.clear()
    assert titles(await fetching(service)) == papers(range(1, 46))
    assert service.asked == []
    await fetching(service, "another query")
    await fetching(service, most=7)
    assert len(service.asked) == 6


@all_services
async def test_a_forgotten_place_begins_anew_and_says_so(
    name: str, start: Start, fetching: Fetching, caplog: pytest.LogCaptureFixture
) -> None:
    service = await start(name)
    second = 2 + (name == "pubmed")
    service.troubles = dict.fromkeys(range(second, second + 5), broken)
    with pytest.raises(SourceUnavailable):
        await fetching(service)
    service.asked.clear()
    service.troubles.clear()
    service.forgotten = True
    service.papers = list(range(3, 48))  # meanwhile two are gone and two are new

    if name in ("openalex", "crossref"):
        service.always = forgetful(service)
    spool = await fetching(service)
    assert titles(spool) == papers([*range(3, 48), 1, 2])
    assert (spool.count, spool.total) == (45, 45)
    assert len(service.asked) == 1 + REQUESTS[name]
    assert [record.getMessage() for record in caplog.records] == [
        f"{spool.source.title}: no longer knows where it was, begun anew"
    ]


def forgetful(service: Service):
    """Cursors are known again once somebody has asked for the first page."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if request.query["cursor"] == "*":
            service.forgotten = False
        told = service.works(request)
        return told if isinstance(told, web.Response) else web.Response(text=told)

    return answer


async def test_only_a_resumed_place_may_be_forgotten(start: Start, fetching: Fetching) -> None:
    service = await start("openalex")

    async def refuse(request: web.Request) -> web.StreamResponse:
        told = {"error": "Invalid query", "message": "Unknown filter: key=s3cret of a@b.org"}
        return web.json_response(told, status=400)

    service.troubles = {2: refuse, 3: refuse, 4: refuse}
    with pytest.raises(SourceUnavailable) as caught:
        await fetching(service, access={"api_key": "s3cret", "contact": "a@b.org"})
    assert str(caught.value) == ("OpenAlex refused the request (400: Unknown filter: key=… of …)")
    assert len(service.asked) == 2


@pytest.mark.parametrize(("status", "page"), [(401, 1), (403, 1), (451, 1), (400, 2), (404, 2)])
async def test_a_resumed_fetch_that_is_refused_for_another_reason_is_not_begun_anew(
    status: int, page: int, start: Start, fetching: Fetching, caplog: pytest.LogCaptureFixture
) -> None:
    service = await start("openalex")
    service.troubles = dict.fromkeys(range(2, 7), broken)
    with pytest.raises(SourceUnavailable, match="error 500"):
        await fetching(service)

    async def refuse(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status)

    service.troubles = {6 + page: refuse}
    with pytest.raises(SourceUnavailable, match=rf"refused the request \({status}"):
        await fetching(service)
    assert len(service.asked) == 6 + page
    service.always = None
    assert titles(await fetching(service)) == papers(range(1, 46))
    assert caplog.records == []


async def test_a_resumed_list_that_is_refused_is_not_begun_anew(
    start: Start, fetching: Fetching
) -> None:
    service = await start("crossref", 40)
    request = source_named("crossref").request(ids=[f"10.5555/p{n}" for n in range(1, 35)])
    service.troubles = dict.fromkeys(range(2, 7), broken)
    with pytest.raises(SourceUnavailable, match="error 500"):
        await fetching(service, request)

    async def refuse(request: web.Request) -> web.StreamResponse:
        return web.Response(status=400)

    service.troubles = {7: refuse}
    with pytest.raises(SourceUnavailable, match="refused"):
        await fetching(service, request)
    assert len(service.asked) == 7


async def test_a_fetch_of_long_ago_begins_anew(
    start: Start, fetching: Fetching, caplog: pytest.LogCaptureFixture
) -> None:
    service = await start("arxiv")
    spool = await fetching(service, most=30)
    long_ago = spool.path.stat().st_mtime - 7.5 * 86_400
    os.utime(spool.path, (long_ago, long_ago))
    service.papers = list(range(11, 56))
    service.asked.clear()
    spool = await fetching(service, most=30)
    assert titles(spool) == papers(range(11, 41))  # the newer ones, and still no more
    assert len(service.asked) == 2
    assert ["begun anew" in record.getMessage() for record in caplog.records] == [True]
    assert caplog.records[0].levelno == logging.WARNING
    service.asked.clear()
    await fetching(service, most=30)
    assert service.asked == []


@all_services
async def test_a_page_that_cannot_be_read_is_asked_for_again(
    name: str, start: Start, fetching: Fetching
) -> None:
    bodies = [
        b"<html>maintenance</html>",
        b"",
        b'{"results": []',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"meta": {"count": 1e999}, "results": []}',
        b'{"status": "ok", "message": {"items": [], "total-results": 1e999}}',
        b"<eFetchResult><ERROR>External viewer error: Empty Response</ERROR></eFetchResult>",
    ]
    service = await start(name)

    def saying(body: bytes):
        async def answer(request: web.Request) -> web.StreamResponse:
            return web.Response(body=body)

        return answer

    for at in (1, 2, 3):
        service.asked.clear()
        service.troubles = {at + n: saying(body) for n, body in enumerate(bodies)}
        with pytest.raises(SourceUnavailable, match=r"its answer cannot be read: "):
            await fetching(service, f"query {at}", patient={"tries": len(bodies)})
        service.troubles.clear()
        spool = await fetching(service, f"query {at}")
        assert titles(spool) == papers(range(1, 46))


async def test_pages_before_a_broken_one_are_kept_and_read_again(
    start: Start, fetching: Fetching, tmp_path: Path
) -> None:
    service = await start("crossref")

    async def other(request: web.Request) -> web.StreamResponse:
        return web.json_response({"status": "failed", "message": "no"})

    service.troubles = dict.fromkeys((3, 4, 5), other)
    with pytest.raises(SourceUnavailable):
        await fetching(service, patient={"tries": 3})
    request = source_named("crossref").request("burnout in nurses")
    with Spool(tmp_path / "fetch", source_named("crossref"), request) as spool:
        assert (spool.pages, spool.count, spool.complete) == (2, 20, False)
        assert titles(spool) == papers(range(1, 21))


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("openalex", {"filter": "from_publication_date:2020-02-03"}),
        ("crossref", {"filter": "from-pub-date:2020-02-03"}),
        ("pubmed", {"datetype": "pdat", "mindate": "2020/02/03", "maxdate": "3000"}),
        (
            "arxiv",
            {
                "search_query": "(all:burnout AND all:nurses)"
                " AND submittedDate:[202002030000 TO 299912312359]"
            },
        ),
    ],
)
async def test_since_a_day(
    name: str, told: dict[str, str], start: Start, fetching: Fetching
) -> None:
    service = await start(name, 3)
    request = source_named(name).request("burnout nurses", since=date(2020, 2, 3))
    assert titles(await fetching(service, request)) == papers([1, 2, 3])
    assert told.items() <= service.asked[0].query.items()
    service.asked.clear()
    await fetching(service, source_named(name).request("burnout nurses"))
    assert not {"filter", "mindate", "datetype"} & set(service.asked[0].query)
    assert "submittedDate" not in service.asked[0].query.get("search_query", "")


@all_services
async def test_who_asks_is_told(name: str, start: Start, fetching: Fetching) -> None:
    service = await start(name, 3)
    access = {"contact": "ada@example.org", "api_key": "s3cret", "agent": "Similit/9\n文献"}
    await fetching(service, access=access)
    told = {
        "openalex": {"mailto": "ada@example.org", "api_key": "s3cret"},
        "crossref": {"mailto": "ada@example.org"},
        "pubmed": {"email": "ada@example.org", "tool": "similit", "api_key": "s3cret"},
        "arxiv": {},
    }[name]
    for asked in service.asked:
        assert asked.agent == "Similit/9 (mailto:ada@example.org)"
        assert told.items() <= asked.query.items()
        assert ("s3cret" in asked.query.values()) == ("api_key" in told)
    assert "s3cret" not in repr(Access(**access))
    service.asked.clear()
    await fetching(service, "anonymous")
    assert not {"mailto", "email", "api_key"} & set(service.asked[0].query)
    assert service.asked[0].agent == "Similit"


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("openalex", ["10.5555/p1", "W2", "100003", "10.5555/p999"]),
        ("crossref", ["10.5555/p1", "10.5555/p2", "10.5555/p999", "10.5555/p3"]),
        ("pubmed", ["100001", "https://doi.org/10.5555/P2", "10.5555/p999", "100003"]),
        ("arxiv", ["2101.00001", "arXiv:2101.00002v3", "2101.00003", "2101.00999"]),
    ],
)
async def test_identifiers_one_of_which_is_not_there(
    name: str, ids: list[str], start: Start, fetching: Fetching
) -> None:
    service = await start(name, 10)
    request = source_named(name).request(" ".join(ids))
    assert len(request.ids) == 4
    spool = await fetching(service, request)
    assert sorted(titles(spool)) == papers([1, 2, 3])
    assert [value.endswith("999") for value in spool.missing()] == [True]
    assert spool.complete


@pytest.mark.parametrize(
    ("name", "requests"), [("openalex", 7), ("crossref", 7), ("pubmed", 14), ("arxiv", 4)]
)
async def test_long_lists_go_in_batches(
    name: str, requests: int, start: Start, fetching: Fetching
) -> None:
    service = await start(name, 40)
    ids = [f"2101.{n:05}" if name == "arxiv" else f"10.5555/p{n}" for n in range(1, 35)]
    spool = await fetching(service, source_named(name).request(ids=ids))
    assert titles(spool) == papers(range(1, 35))
    assert spool.missing() == []
    assert len(service.asked) == requests


@pytest.mark.parametrize("batch", range(7))
async def test_an_interrupted_list_goes_on_with_its_batch(
    batch: int, start: Start, fetching: Fetching
) -> None:
    service = await start("crossref", 40)
    request = source_named("crossref").request(ids=[f"10.5555/p{n}" for n in range(1, 35)])
    service.troubles = dict.fromkeys(range(batch + 1, batch + 6), broken)
    with pytest.raises(SourceUnavailable):
        await fetching(service, request)
    service.troubles.clear()
    service.asked.clear()
    assert titles(await fetching(service, request)) == papers(range(1, 35))
    assert len(service.asked) == 7 - batch


async def test_pmids_go_in_batches(start: Start, fetching: Fetching) -> None:
    service = await start("pubmed", 44)
    lines = [f"{100_000 + n}, {100_001 + n}" for n in range(1, 45, 2)]
    spool = await fetching(service, source_named("pubmed").request(ids=lines))
    assert titles(spool) == papers(range(1, 45))
    assert [asked.path for asked in service.asked] == ["/efetch.fcgi"] * 3


async def test_a_single_doi_that_nobody_has(start: Start, fetching: Fetching) -> None:
    for name in ("openalex", "crossref", "pubmed"):
        service = await start(name, 3)
        spool = await fetching(service, "10.5555/p999")
        assert (titles(spool), spool.missing()) == ([], ["10.5555/p999"])
        assert len(service.asked) == 1


async def test_a_doi_with_a_comma_is_asked_for_alone(start: Start, fetching: Fetching) -> None:
    for name in ("openalex", "crossref"):
        service = await start(name, 3)
        ids = ["10.5555/p1", "10.5555/a,b", "10.5555/p2", "10.5555/p3"]
        spool = await fetching(service, source_named(name).request(ids=ids))
        assert titles(spool) == papers([1, 2, 3])
        assert spool.missing() == ["10.5555/a,b"]
        assert [asked.path.count("/") for asked in service.asked] == [3, 3, 1]
        assert service.asked[1].path.endswith("10.5555/a,b")


async def test_more_than_pubmed_gives(
    start: Start,
    fetching: Fetching,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert pubmed.SOURCE.most == 9_999
    monkeypatch.setattr(pubmed, "_MOST", 50)
    monkeypatch.setattr(pubmed, "SOURCE", dataclasses.replace(pubmed.SOURCE, most=50))
    service = await start("pubmed", 53)
    spool = await fetching(service)
    assert titles(spool) == papers(range(1, 51))
    assert (spool.count, spool.total, spool.out_of_reach) == (50, 53, 3)
    assert [record.getMessage() for record in caplog.records] == [
        "PubMed gives no more than the first 50 papers"
    ]
    windows = [(asked.query["retstart"], asked.query["retmax"]) for asked in service.asked[1:]]
    assert windows == [("0", "20"), ("20", "20"), ("40", "10")]
    spool = await fetching(service, most=50)
    assert (spool.count, spool.out_of_reach) == (50, 0)


async def test_papers_that_never_came_are_told(
    start: Start, fetching: Fetching, caplog: pytest.LogCaptureFixture
) -> None:
    service = await start("crossref")

    async def ended(request: web.Request) -> web.StreamResponse:
        message = {"total-results": 45, "items": [], "next-cursor": "next+/=30"}
        return web.json_response({"status": "ok", "message": message})

    service.troubles = {3: ended}
    spool = await fetching(service)
    assert (spool.count, spool.complete) == (20, True)
    assert [record.getMessage() for record in caplog.records] == ["Crossref gave 20 of 45 papers"]
    caplog.clear()
    service.troubles = {}
    await fetching(service, most=7)
    assert caplog.records == []


async def test_progress_is_told(start: Start, fetching: Fetching) -> None:
    told: list[tuple[int, int | None]] = []
    service = await start("openalex")
    service.troubles = dict.fromkeys(range(3, 8), broken)
    with pytest.raises(SourceUnavailable):
        await fetching(service, most=25, progress=lambda *now: told.append(now))
    assert told == [(10, 25), (20, 25)]
    told.clear()
    await fetching(service, most=25, progress=lambda *now: told.append(now))
    assert told == [(20, 25), (25, 25)]


async def test_a_fetch_that_is_cancelled_keeps_its_pages_and_closes_its_session(
    start: Start, fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[aiohttp.ClientSession] = []
    made = aiohttp.ClientSession.__init__

    def noted(self: aiohttp.ClientSession, *args: object, **options: object) -> None:
        opened.append(self)
        made(self, *args, **options)

    monkeypatch.setattr(aiohttp.ClientSession, "__init__", noted)
    service = await start("arxiv")
    arrived = asyncio.Event()
    never = asyncio.Event()

    async def hang(request: web.Request) -> web.StreamResponse:
        arrived.set()
        await never.wait()
        raise AssertionError

    service.troubles = {3: hang}
    task = asyncio.create_task(fetching(service))
    await arrived.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert [session.closed for session in opened] == [True]
    never.set()
    assert titles(await fetching(service)) == papers(range(1, 46))
    assert len(service.asked) == 4


async def test_a_session_that_was_lent_stays_open(start: Start, fetching: Fetching) -> None:
    service = await start("openalex", 3)
    async with aiohttp.ClientSession() as session:
        await fetching(service, session=session)
        assert not session.closed


async def test_two_fetches_at_once_do_not_mix(
    start: Start, fetching: Fetching, tmp_path: Path
) -> None:
    service = await start("openalex", 3)
    spool = await fetching(service)
    with pytest.raises(LibraryBusy, match="another process is fetching"):
        Spool(tmp_path / "fetch", spool.source, spool.request)
    spool.discard()
    assert not spool.path.exists()
    with Spool(tmp_path / "fetch", spool.source, spool.request) as again:
        assert (again.count, again.complete, titles(again)) == (0, False, [])


async def test_the_page_is_on_disk_as_it_came(start: Start, fetching: Fetching) -> None:
    service = await start("openalex", 15)
    spool = await fetching(service)
    first, last = map(json.loads, spool.path.read_text().splitlines())
    assert {key: first[key] for key in ("page", "next", "records", "total")} == {
        "page": 1,
        "next": "next+/=10",
        "records": 10,
        "total": 15,
    }
    assert json.loads(first["body"])["meta"]["count"] == 15
    assert (last["page"], last["next"], last["records"]) == (2, None, 5)
