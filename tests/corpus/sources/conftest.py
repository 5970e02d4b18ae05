"""A clock that only moves when somebody sleeps by it, services on loopback, and fetches of them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from corpus.readers import Record
from corpus.sources import Request, arxiv, crossref, openalex, pubmed, source_named
from corpus.sources.fetching import fetch
from corpus.sources.http import Access, Patience
from corpus.sources.spool import Spool

from .services import SERVICES, Service


@dataclass
class Clock:
    """Seconds since the test began; sleeping costs no time, but is remembered."""

    time: float = 0.0
    slept: list[float] = field(default_factory=list)

    def __call__(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
        await asyncio.sleep(0)


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of what is really asked for at a time, so that few papers make many pages."""
    for module in (arxiv, crossref, openalex, pubmed):
        for name in {"_PAGE", "_BATCH", "_DOIS"} & vars(module).keys():
            monkeypatch.setattr(module, name, getattr(module, name) // 10)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def patience(clock: Clock) -> dict[str, Any]:
    """How `Patience` is made in tests; jitter always takes the longest wait."""
    return {"sleep": clock.sleep, "clock": clock, "chance": lambda: 1.0}


Start = Callable[..., Awaitable[Service]]


@pytest.fixture
async def start(clock: Clock) -> AsyncIterator[Start]:
    """Starts the service of a name, with so many papers."""
    running: list[Service] = []

    async def start(name: str, count: int = 45) -> Service:
        service = SERVICES[name](clock, count)
        await service.start()
        running.append(service)
        return service

    yield start
    for service in running:
        await service.server.close()


Fetching = Callable[..., Awaitable[Spool]]


@pytest.fixture
async def fetching(tmp_path: Path, patience: dict[str, Any]) -> AsyncIterator[Fetching]:
    """Fetches a query, or a whole request, of a running service, and closes the spool later."""
    spools: list[Spool] = []

    async def fetching(
        service: Service,
        request: Request | str = "burnout in nurses",
        *,
        access: dict[str, Any] | None = None,
        patient: dict[str, Any] | None = None,
        most: int | None = None,
        **others: Any,
    ) -> Spool:
        source = source_named(service.name)
        if isinstance(request, str):
            request = source.request(request, most=most)
        for spool in spools:
            spool.close()
        spool = await fetch(
            source,
            request,
            tmp_path / "fetch",
            access=Access(api_base=service.api_base, **(access or {})),
            patience=Patience(**{**patience, **(patient or {})}),
            **others,
        )
        spools.append(spool)
        return spool

    yield fetching
    for spool in spools:
        spool.close()


def titles(spool: Spool) -> list[str]:
    """The titles of what was fetched, none of it skipped and all numbered from 1."""
    records = list(spool.records())
    assert all(isinstance(record, Record) for record in records), records
    assert [record.number for record in records] == list(range(1, len(records) + 1))
    return [record.paper.title for record in records if isinstance(record, Record)]


def papers(numbers: range | list[int]) -> list[str]:
    return [f"Paper {number}" for number in numbers]
