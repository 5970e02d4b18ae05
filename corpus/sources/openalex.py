"""OpenAlex: works by the million, with cursors. https://developers.openalex.org"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from corpus.sources import Answer, Call, NotUnderstood, Page, Request, Source
from corpus.sources.identifiers import Batch, batch

_PAGE = 100  # it allowed 200 once
_BATCH = 50


def _batch(request: Request, cursor: str) -> Batch:
    # In a filter a comma ends the value and a bar begins another.
    return batch(request.ids, int(cursor or 0), _BATCH, alone=",|")


def _call(request: Request, cursor: str) -> Call:
    params = {"per_page": str(request.page(_PAGE))}
    if request.ids:
        kind, values, _ = _batch(request, cursor)
        if len(values) == 1:
            key = values[0] if kind == "openalex" else f"{kind}:{quote(values[0], safe='')}"
            return Call(f"works/{key}", {}, lone=True)
        params["per_page"] = str(_PAGE)  # some DOIs have two works
        return Call("works", params | {"filter": f"{kind}:{'|'.join(values)}"})
    params |= {"search": request.query, "cursor": cursor or "*"}
    if request.since:
        params["filter"] = f"from_publication_date:{request.since.isoformat()}"
    return Call("works", params)


def _page(request: Request, cursor: str, answer: Answer) -> Page:
    if request.ids:
        if answer.body:
            _told(answer.body)
        return Page(_batch(request, cursor).next, len(request.ids))
    told = _told(answer.body)
    try:
        meta, found = told["meta"], told["results"]
        total, following = int(meta["count"]), meta.get("next_cursor")
    except (LookupError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        raise NotUnderstood("it is not a list of works") from error
    ended = not found or answer.so_far >= total
    return Page(None if ended or not following else str(following), total)


def _told(body: str) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotUnderstood("it is not JSON") from error
    if not isinstance(told, dict) or "error" in told:
        raise NotUnderstood("it is not a list of works")
    return told


SOURCE = Source(
    name="openalex",
    title="OpenAlex",
    address="https://api.openalex.org",
    format="openalex",
    kinds=("doi", "pmid", "openalex"),
    seconds=0.1,
    call=_call,
    page=_page,
    signature={"mailto": "contact", "api_key": "api_key"},
)
