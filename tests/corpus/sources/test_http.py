"""A service that is slow, broken, far away or full, and how patiently it is asked."""

from __future__ import annotations

import asyncio
import logging
import socket
from email.utils import formatdate
from typing import Any

import pytest
from aiohttp import web

from corpus.errors import SourceUnavailable

from .conftest import Clock, Fetching, Start, papers, titles
from .services import Trouble


def refusing(status: int, body: str = "", **headers: str) -> Trouble:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(status=status, headers=headers, text=body)

    return answer


NOW = 1_700_000_000.0


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
async def test_what_may_pass_is_asked_again_after_longer_and_longer(
    status: int, start: Start, fetching: Fetching, clock: Clock
) -> None:
    service = await start("crossref", 3)
    service.troubles = dict.fromkeys((1, 2, 3, 4), refusing(status))
    assert titles(await fetching(service)) == papers([1, 2, 3])
    assert clock.slept == [1, 2, 4, 8]


async def test_waits_are_spread_and_have_a_bound(
    start: Start, fetching: Fetching, clock: Clock
) -> None:
    service = await start("crossref", 3)
    service.always = refusing(500)
    chances = iter([0.0, 0.5, 1.0] + [1.0] * 9)
    with pytest.raises(SourceUnavailable, match="in 10 tries: error 500"):
        await fetching(service, patient={"tries": 10, "chance": lambda: next(chances)})
    assert clock.slept == [0.5, 1.5, 4, 8, 16, 32, 60, 60, 60]
    assert len(service.asked) == 10


@pytest.mark.parametrize("status", [403, 429, 503])
@pytest.mark.parametrize(
    ("told", "waits"),
    [
        ("17", 17),
        (" 300 ", 300),
        (formatdate(NOW + 25, usegmt=True), 25),
    ],
)
async def test_a_service_says_how_long_to_wait(
    told: str, waits: float, status: int, start: Start, fetching: Fetching, clock: Clock
) -> None:
    service = await start("openalex", 3)
    service.troubles = {1: refusing(status, **{"Retry-After": told})}
    await fetching(service, patient={"now": lambda: NOW})
    assert clock.slept == [waits]


@pytest.mark.parametrize(
    "told", ["", "0", "-5", "soon", "1.5", "²", formatdate(NOW - 99, usegmt=True), "Mon, 99 Foo"]
)
async def test_a_senseless_wait_is_not_heeded(
    told: str, start: Start, fetching: Fetching, clock: Clock
) -> None:
    service = await start("openalex", 3)
    service.troubles = {1: refusing(429, **{"Retry-After": told})}
    await fetching(service, patient={"now": lambda: NOW})
    assert clock.slept == [1]


@pytest.mark.parametrize(
    ("told", "said"),
    [("301", "5 minutes"), ("25000", "7 hours"), ("9" * 400, "277778 hours")],
)
async def test_too_long_a_wait_is_the_callers_business(
    told: str, said: str, start: Start, fetching: Fetching, clock: Clock
) -> None:
    service = await start("openalex", 3)
    service.troubles = {1: refusing(429, **{"Retry-After": told})}
    with pytest.raises(SourceUnavailable, match=f"^OpenAlex asks to wait {said}$"):
        await fetching(service)
    assert clock.slept == []


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (400, '{"error": "Bad", "message": "no such filter"}', "400: no such filter"),
        (400, '{"status": "failed", "message": [{"message": "bad rows"}]}', "400: bad rows"),
        (400, "<eFetchResult><ERROR>bad\n db</ERROR></eFetchResult>", "400: bad db"),
        (404, "<html><body>gone</body></html>", "404"),
        (410, "[[[[[[[[]]]]]]]]", "410"),
        (400, '{"message": "a\\u001b[31m\\nb' + "c" * 400 + '"}', "400: a [31m b" + "c" * 192),
        (401, "", "401: an API key may help"),
        (403, '{"message": "key required"}', "403: key required; an API key may help"),
        (400, '{"message": 7}', "400"),
    ],
)
async def test_what_will_not_pass_is_asked_once(
    status: int, body: str, said: str, start: Start, fetching: Fetching
) -> None:
    service = await start("openalex", 3)
    service.always = refusing(status, body=body)
    with pytest.raises(SourceUnavailable) as caught:
        await fetching(service)
    assert str(caught.value) == f"OpenAlex refused the request ({said})"
    assert len(service.asked) == 1


async def test_with_a_key_none_is_asked_for(start: Start, fetching: Fetching) -> None:
    service = await start("openalex", 3)
    service.always = refusing(401)
    with pytest.raises(SourceUnavailable, match=r"^OpenAlex refused the request \(401\)$"):
        await fetching(service, access={"api_key": "k"})


async def cut(request: web.Request) -> web.StreamResponse:
    """Promises more than it sends."""
    response = web.StreamResponse(headers={"Content-Length": "5000"})
    await response.prepare(request)
    await response.write(b'{"meta": {')
    assert request.transport is not None
    request.transport.close()
    return response


async def hung_up(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (cut, "its answer was cut off"),
        (hung_up, "the connection failed (ServerDisconnectedError)"),
        (refusing(500), "error 500"),
    ],
)
async def test_a_cut_connection(
    trouble: Trouble, said: str, start: Start, fetching: Fetching, clock: Clock
) -> None:
    service = await start("openalex")
    service.troubles = {1: trouble, 2: trouble}
    assert titles(await fetching(service)) == papers(range(1, 46))
    assert clock.slept[:3] == [1, 2, pytest.approx(0.1)]
    service.always = trouble
    with pytest.raises(SourceUnavailable) as caught:
        await fetching(service, "another")
    assert str(caught.value) == f"OpenAlex did not answer in 5 tries: {said}"


class Limit(asyncio.Timeout):  # type: ignore[misc]  # final, and meant to be
    """A limit of time that runs out when the test says so, and stays out."""

    def __init__(self) -> None:
        super().__init__(None)
        self.out = False
        self.moved = asyncio.Event()

    def reschedule(self, when: float | None) -> None:
        super().reschedule(asyncio.get_running_loop().time() if self.out else when)
        if when is not None:  # not at its beginning, where it is called, too
            self.moved.set()


class Limits:
    def __init__(self) -> None:
        self.asked: list[float] = []
        self.running = Limit()

    def __call__(self, seconds: float) -> asyncio.Timeout:
        self.asked.append(seconds)
        self.running = Limit()
        return self.running

    def run_out(self) -> None:
        self.running.out = True
        self.running.reschedule(None)


@pytest.mark.parametrize("begun", [False, True])
async def test_a_service_that_hangs(
    begun: bool, start: Start, fetching: Fetching, clock: Clock
) -> None:
    limits = Limits()
    over = asyncio.Event()
    service = await start("openalex", 3)

    async def hang(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        if begun:
            await response.prepare(request)
            await response.write(b"{")
            # As long as something comes, there is more time.
            await asyncio.wait_for(limits.running.moved.wait(), 20)
        limits.run_out()
        await over.wait()
        return response

    service.troubles = {1: hang, 2: hang}
    patient: dict[str, Any] = {"within": limits, "silence": 45.0}
    assert titles(await fetching(service, patient=patient)) == papers([1, 2, 3])
    assert limits.asked == [45.0] * 3
    assert clock.slept == [1, 2]
    service.always = hang
    with pytest.raises(SourceUnavailable) as caught:
        await fetching(service, "another", patient=patient)
    assert str(caught.value) == "OpenAlex did not answer in 5 tries: nothing came for 45 seconds"
    over.set()


@pytest.mark.parametrize("packed", [False, True])
async def test_an_answer_beyond_all_bounds(packed: bool, start: Start, fetching: Fetching) -> None:
    service = await start("openalex", 3)

    async def flood(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        if packed:
            response.enable_compression(web.ContentCoding.gzip)
        await response.prepare(request)
        for _ in range(100):
            if request.transport is None or request.transport.is_closing():
                break
            await response.write(b" " * 65_536)
        return response

    service.always = flood
    with pytest.raises(SourceUnavailable, match=r"^OpenAlex sends more than 1,000,000 bytes"):
        await fetching(service, patient={"largest": 1_000_000})
    assert len(service.asked) == 1


async def test_a_packed_answer(start: Start, fetching: Fetching) -> None:
    service = await start("openalex", 3)

    async def pack(request: web.Request) -> web.StreamResponse:
        response = web.Response(text=service._list(service.papers, None, 3))  # type: ignore[attr-defined]
        response.enable_compression(web.ContentCoding.gzip)
        return response

    service.always = pack
    assert titles(await fetching(service)) == papers([1, 2, 3])


async def test_nobody_listens(
    start: Start, fetching: Fetching, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = await start("openalex", 3)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
        monkeypatch.setattr(type(service), "api_base", address)
        with pytest.raises(SourceUnavailable) as caught:
            await fetching(service)
    assert str(caught.value).startswith("OpenAlex did not answer in 5 tries: no connection (")
    assert clock.slept == [1, 2, 4, 8]


@pytest.mark.parametrize("base", ["nowhere", "http://", "http://[::1", "ftp://x/y", "http://a b/"])
async def test_an_address_that_is_none(
    base: str, start: Start, fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = await start("openalex", 3)
    monkeypatch.setattr(type(service), "api_base", base)
    with pytest.raises(SourceUnavailable, match=r"^OpenAlex "):
        await fetching(service)


@pytest.mark.parametrize("named", ["explicitly", "by the environment"])
async def test_a_proxy_is_used(
    named: str,
    start: Start,
    fetching: Fetching,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    service = await start("openalex", 3)
    proxy = service.api_base
    monkeypatch.setattr(type(service), "api_base", "http://openalex.invalid")
    if named == "explicitly":
        spool = await fetching(service, access={"proxy": proxy})
    else:
        monkeypatch.setenv("http_proxy", proxy)
        spool = await fetching(service)
    assert titles(spool) == papers([1, 2, 3])
    assert len(service.asked) == 1


async def test_a_proxy_that_is_none(start: Start, fetching: Fetching) -> None:
    service = await start("openalex", 3)
    with pytest.raises(SourceUnavailable, match=r"^OpenAlex cannot be asked: .*the proxy's"):
        await fetching(service, access={"proxy": "nonsense"})
    assert service.asked == []


async def test_a_moved_service_is_followed_but_not_for_ever(
    start: Start, fetching: Fetching
) -> None:
    service = await start("openalex", 3)

    async def moved(request: web.Request) -> web.StreamResponse:
        raise web.HTTPMovedPermanently(str(request.url))

    service.troubles = {1: moved}
    assert titles(await fetching(service)) == papers([1, 2, 3])
    service.always = moved
    with pytest.raises(SourceUnavailable) as caught:
        await fetching(service, "secret", access={"api_key": "s3cret"})
    assert "s3cret" not in str(caught.value)
    assert "TooManyRedirects" in str(caught.value)


async def test_a_key_in_an_error_page_is_not_passed_on(start: Start, fetching: Fetching) -> None:
    service = await start("pubmed", 3)
    told = f"<eSearchResult><ERROR>{'x' * 188} s3cret</ERROR></eSearchResult>"
    for trouble in (refusing(200, body=told), refusing(400, body=told)):
        service.always = trouble
        with pytest.raises(SourceUnavailable) as caught:
            await fetching(service, access={"api_key": "s3cret"})
        assert "xxx" in str(caught.value)
        assert "s3" not in str(caught.value)


@pytest.mark.parametrize("trouble", [cut, hung_up, refusing(500), refusing(400, body="s3cret")])
async def test_no_key_is_ever_told_or_logged(
    trouble: Trouble, start: Start, fetching: Fetching, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="similit")
    service = await start("pubmed", 3)
    service.always = trouble
    with pytest.raises(SourceUnavailable) as caught:
        await fetching(service, access={"api_key": "s3cret", "contact": "a@b.org"})
    error: BaseException | None = caught.value
    while error is not None:
        assert "s3cret" not in f"{error!s}{error!r}"
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    assert "s3cret" not in caplog.text
