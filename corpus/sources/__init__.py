"""Papers from where they are kept: OpenAlex, Crossref, PubMed and arXiv over HTTP.

A module here that has a `SOURCE` is a service; nothing else has to know of it. It says what to
ask and what an answer means; asking is the business of `http`, keeping what came of `spool`, and
`fetching` brings them together.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from corpus.errors import NothingAsked
from corpus.sources.identifiers import Identifier, identifiers_in
from corpus.sources.refusals import in_a_sentence


@dataclass(frozen=True, slots=True)
class Request:
    """What is wanted of a service: the papers that a query finds, or those with these identifiers.

    `since` is the first day of publication for a query, `most` after how many records to stop.
    `unknown` was among the identifiers, but is none that the service knows papers by.
    """

    query: str = ""
    ids: tuple[Identifier, ...] = ()
    since: date | None = None
    most: int | None = None
    unknown: tuple[str, ...] = ()

    def page(self, size: int) -> int:
        """How many records to ask for at a time where `size` is the most."""
        return size if self.most is None else min(size, self.most)


class Call(NamedTuple):
    """One HTTP request: a path below the service's address, percent-encoded, and its query.

    Without `papers` the answer only says how to go on. `lone` asks for a single paper: 404 says
    that there is none.
    """

    path: str
    params: Mapping[str, str]
    papers: bool = True
    lone: bool = False


class Answer(NamedTuple):
    """What came back: the `records` its reader found in it, and those that came `before`.

    The body is "" where a lone paper was asked for, and there is none.
    """

    body: str
    records: int
    before: int

    @property
    def so_far(self) -> int:
        return self.before + self.records


class Page(NamedTuple):
    """What an answer says beside its papers: the cursor that goes on, None at the end, and how
    many papers there are in all.
    """

    next: str | None
    total: int | None = None


class NotUnderstood(Exception):
    """An answer is not what the service documents; asking again may help. `str()` says why."""


class Refused(Exception):
    """The service will not answer this request, however often it is asked."""

    def __init__(self, status: int, said: str = "") -> None:
        said = f": {in_a_sentence(said)}" if said else ""
        super().__init__(f"refused the request ({status}{said})")
        self.status = status


@dataclass(frozen=True, slots=True)
class Source:
    """A service: what it is called, and what is asked of it.

    `call` is what to ask at a cursor ("" at the beginning), `page` what the answer says; it
    raises `NotUnderstood`, or `Refused` where the service means that. Pages of papers are read
    by the reader named `format`. `kinds` of identifiers are what it knows papers by.
    """

    name: str
    title: str
    address: str
    format: str
    kinds: tuple[str, ...]
    seconds: float
    """How long the service wants between one request and the next."""
    call: Callable[[Request, str], Call]
    page: Callable[[Request, str, Answer], Page]
    signature: Mapping[str, str] = field(default_factory=dict)
    """The names under which it is told the caller's `contact` and `api_key`."""
    most: int | None = None
    """How many papers of one query it gives, where it does not give all."""

    def request(
        self,
        query: str = "",
        *,
        ids: Iterable[str] = (),
        since: date | None = None,
        most: int | None = None,
    ) -> Request:
        """A request for the papers of `ids`, one or several a line, or for what a query finds.

        A query that is nothing but identifiers is taken for these, and `most` is then how many of
        them are asked for. Raises `NothingAsked`.
        """
        query = " ".join(query.split())
        known, unknown = identifiers_in([query], self.kinds)
        if unknown or not known:
            known, unknown = identifiers_in(ids, self.kinds)
        else:
            query = ""
        if query and (known or unknown):
            raise NothingAsked(f"{self.title} takes a query or identifiers, not both")
        if not query and not known:
            given = f"nothing in {unknown[0]!r}" if unknown else "no query"
            kinds = ", ".join(self.kinds)
            raise NothingAsked(f"{given} to ask {self.title} for; it knows papers by {kinds}")
        if not known:
            return Request(query, since=since, most=most)
        by_kind = sorted(known[:most], key=lambda one: self.kinds.index(one.kind))
        return Request(ids=tuple(by_kind), unknown=unknown)


def sources() -> list[Source]:
    """Every service there is, by name of its module."""
    modules = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found = (importlib.import_module(f"{__name__}.{name}") for name in modules)
    return [module.SOURCE for module in found if hasattr(module, "SOURCE")]


def source_named(name: str) -> Source:
    """The service of this name. Raises `NothingAsked` where there is none."""
    found = next((source for source in sources() if source.name == name), None)
    if found is None:
        known = ", ".join(source.name for source in sources())
        raise NothingAsked(f"{name} is not a service that can be asked here ({known})")
    return found
