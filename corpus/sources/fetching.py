"""Papers fetched from a service into a spool: begun, or gone on with where it was interrupted."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus.errors import SourceUnavailable, UnreadableFile
from corpus.files.text import Text
from corpus.readers import reader_named
from corpus.sources import Answer, Call, NotUnderstood, Page, Refused, Request, Source
from corpus.sources.http import Access, Client, Patience, client
from corpus.sources.spool import Spool

if TYPE_CHECKING:
    import aiohttp

KEPT_DAYS = 7

Progress = Callable[[int, int | None], None]
"""Called with how many records are there, and how many it will be where that is known."""

_FORGOTTEN = frozenset((400, 404, 410, 422))
_log = logging.getLogger("similit")


class _Got(NamedTuple):
    page: Page
    records: int
    body: str


async def fetch(
    source: Source,
    request: Request,
    folder: Path,
    *,
    access: Access | None = None,
    patience: Patience | None = None,
    progress: Progress = lambda *_: None,
    session: aiohttp.ClientSession | None = None,
) -> Spool:
    """Everything that `request` asks of the service, in a complete spool in `folder`.

    Goes on where an earlier fetch of the same stopped. Raises `SourceUnavailable`, or
    `LibraryBusy`; what came until then is kept for the next time.
    """
    access, patience = access or Access(), patience or Patience()
    spool = Spool(folder, source, request)
    try:
        if (days := spool.days_old(patience.now)) > KEPT_DAYS:
            _log.warning("%s: fetched %.0f days ago, begun anew", source.title, days)
            spool.begin_anew()
        async with client(source, access, patience, session) as asking:
            await _fill(spool, asking, progress)
    except BaseException:
        spool.close()
        raise
    return spool


async def _fill(spool: Spool, client: Client, progress: Progress) -> None:
    source, request = spool.source, spool.request
    resumed = bool(spool.cursor)
    cursor = spool.cursor
    if spool.count:
        progress(*_progress(spool))
    while cursor is not None and not spool.complete:
        try:
            got = await _ask(client, source.call(request, cursor), spool, cursor)
        except Refused as refused:
            if not resumed or request.ids or refused.status not in _FORGOTTEN:
                raise SourceUnavailable(f"{source.title} {refused}") from None
            _log.warning("%s: no longer knows where it was, begun anew", source.title)
            spool.begin_anew()
            cursor, resumed = "", False
            continue
        if got.page.next == cursor and not got.records:
            raise SourceUnavailable(f"{source.title} goes round in circles")
        resumed = False
        cursor = got.page.next
        if got.body or cursor is None:
            spool.append(cursor, got.records, got.page.total, got.body)
            progress(*_progress(spool))
    if spool.out_of_reach:
        _log.warning("%s gives no more than the first %s papers", source.title, source.most)
    elif not request.ids and spool.count < (_progress(spool)[1] or 0):
        _log.warning("%s gave %s of %s papers", source.title, spool.count, spool.total)


def _progress(spool: Spool) -> tuple[int, int | None]:
    bounds = (spool.total, spool.request.most, None if spool.request.ids else spool.source.most)
    if spool.total is None:
        return spool.count, None
    expected = min(bound for bound in bounds if bound is not None)
    return min(spool.count, expected), expected


async def _ask(client: Client, call: Call, spool: Spool, cursor: str) -> _Got:
    """One page, read to see that it can be; a search that only leads to one has no body here."""
    source, request = spool.source, spool.request

    def understand(body: str) -> _Got:
        records = 0
        if call.papers:
            path = Path(f"page {spool.pages + 1} of {source.title}")
            try:
                records = sum(1 for _ in reader.read(Text.of(body, path)))
            except UnreadableFile as error:
                raise NotUnderstood(str(error)) from error
        page = source.page(request, cursor, Answer(body, records, spool.count))
        return _Got(page, records, body if call.papers else "")

    reader = reader_named(source.format)
    try:
        return await client.ask(call, understand)
    except Refused as refused:
        if not (call.lone and refused.status == 404):
            raise
        return _Got(source.page(request, cursor, Answer("", 0, spool.count)), 0, "")
