"""Crossref: what publishers register with their DOIs. https://api.crossref.org"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from corpus.sources import Answer, Call, NotUnderstood, Page, Request, Source
from corpus.sources.identifiers import Batch, batch

_PAGE = 100  # up to 1,000 are allowed, but each comes with all of its references
_BATCH = 50


def _batch(request: Request, cursor: str) -> Batch:
    return batch(request.ids, int(cursor or 0), _BATCH, alone=",")


def _call(request: Request, cursor: str) -> Call:
    if request.ids:
        values = _batch(request, cursor).values
        if len(values) == 1:
            return Call(f"works/{quote(values[0], safe='')}", {}, lone=True)
        # The same filter given several times finds what any of them finds.
        wanted = ",".join(f"doi:{value}" for value in values)
        return Call("works", {"filter": wanted, "rows": str(_BATCH)})
    params = {
        "query": request.query,
        "rows": str(request.page(_PAGE)),
        "cursor": cursor or "*",
    }
    if request.since:
        params["filter"] = f"from-pub-date:{request.since.isoformat()}"
    return Call("works", params)


def _page(request: Request, cursor: str, answer: Answer) -> Page:
    message = _told(answer.body) if answer.body else {}
    if request.ids:
        return Page(_batch(request, cursor).next, len(request.ids))
    try:
        found, total = message["items"], int(message["total-results"])
    except (LookupError, TypeError, ValueError, ArithmeticError) as error:
        raise NotUnderstood("it is not a list of works") from error
    following = message.get("next-cursor")
    ended = not found or answer.so_far >= total
    return Page(None if ended or not following else str(following), total)


def _told(body: str) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood("it is not JSON") from error
    message = told.get("message") if isinstance(told, dict) else None
    if not isinstance(message, dict) or told.get("status") != "ok":
        raise NotUnderstood("it is not a list of works")
    return message


SOURCE = Source(
    name="crossref",
    title="Crossref",
    address="https://api.crossref.org",
    format="crossref-json",
    kinds=("doi",),
    seconds=1 / 3,
    call=_call,
    page=_page,
    signature={"mailto": "contact"},
)
