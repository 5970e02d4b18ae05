"""arXiv: preprints, as Atom feeds. https://info.arxiv.org/help/api/user-manual.html"""

from __future__ import annotations

import re

from corpus.sources import Answer, Call, NotUnderstood, Page, Refused, Request, Source
from corpus.sources.identifiers import batch

_PAGE = 200
_BATCH = 100
_MOST = 30_000
_TOTAL = re.compile(r"<(?:\w+:)?totalResults\b[^>]*>\s*(\d{1,12})\s*<")
_ERROR = re.compile(r"arxiv\.org/api/errors.{0,2000}?<summary[^>]*>([^<]{1,300})", re.DOTALL)
_WRITTEN = re.compile(r"\b(?:ti|au|abs|co|jr|cat|rn|id|all|submittedDate):|\b(?:AND|OR|ANDNOT)\b")
_WORDS = re.compile(r'"[^"]+"|[^\s"]+')


def _call(request: Request, cursor: str) -> Call:
    if request.ids:
        values = batch(request.ids, int(cursor or 0), _BATCH).values
        return Call("query", {"id_list": ",".join(values), "max_results": str(len(values))})
    size = request.page(_PAGE)
    window = {"start": cursor or "0", "max_results": str(size)}
    return Call("query", {"search_query": _query(request)} | window)


def _query(request: Request) -> str:
    """The query in arXiv's language; plain words must all occur, anywhere."""
    query = request.query
    if not _WRITTEN.search(query):
        query = " AND ".join(f"all:{word}" for word in _WORDS.findall(query))
    if request.since:
        # The manual has no open end; this one is far enough.
        query = f"({query}) AND submittedDate:[{request.since:%Y%m%d}0000 TO 299912312359]"
    return query


def _page(request: Request, cursor: str, answer: Answer) -> Page:
    if error := _ERROR.search(answer.body[:8000]):
        raise Refused(400, error.group(1))
    if request.ids:
        return Page(batch(request.ids, int(cursor or 0), _BATCH).next, len(request.ids))
    told = _TOTAL.search(answer.body)
    if told is None:
        raise NotUnderstood("it does not say how many papers there are")
    total, start = int(told.group(1)), int(cursor or 0)
    following = start + request.page(_PAGE)
    if not answer.records and start < total:
        raise NotUnderstood(f"there is no paper in it, and {total} were found")
    return Page(str(following) if following < min(total, _MOST) else None, total)


SOURCE = Source(
    name="arxiv",
    title="arXiv",
    address="https://export.arxiv.org/api",
    format="arxiv-atom",
    kinds=("arxiv",),
    seconds=3.0,
    call=_call,
    page=_page,
    most=_MOST,
)
