"""What was fetched, kept on disk page by page until it is imported.

A line is one page: {"page": 3, "next": "cursor of page 4", "records": 100, "total": 812, "body":
"…"}. It is written when the page has been read, so a fetch that was interrupted goes on behind
its last line. A page 1 in the middle is a fetch begun anew; what lies before it still counts.
What nobody has gone on with for thirty days is removed by whoever fetches next.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from filelock import FileLock, Timeout

from corpus.errors import LibraryBusy, SourceUnavailable
from corpus.files.text import Text
from corpus.readers import Record, Skipped, reader_named
from corpus.sources import Request, Source
from corpus.sources.identifiers import identifiers_of

_LOCK = ".lock"
_DAY = 86_400
_GIVEN_UP = 30  # days after which nobody goes on with a fetch
_NAMES = ("page", "next", "records", "total", "body")


class _Page(NamedTuple):
    number: int
    next: str | None
    records: int
    total: int | None
    body: str


class Spool:
    """The pages of one request, in a file of the folder; closed with `close` or `discard`.

    `records` of the present fetch, of `total` if the service said so, are there. `cursor` is
    where it goes on, None at its end.
    """

    def __init__(self, folder: Path, source: Source, request: Request) -> None:
        """Open the request's spool, or begin it.

        Raises `LibraryBusy` where another process is fetching into this folder,
        `SourceUnavailable` where nothing can be kept there.
        """
        self.source = source
        self.request = request
        self.path = folder / f"{source.name}-{_fingerprint(request)}.jsonl"
        self._lock = FileLock(folder / _LOCK, timeout=0)
        self._lines = 0
        self._first = 1
        self.begin_anew()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout as error:
            raise LibraryBusy(f"another process is fetching into {folder}") from error
        except OSError as error:
            raise _unkept(folder, error) from error
        self._remove_given_up()
        try:
            self._reopen()
        except OSError as error:
            self.close()
            raise _unkept(self.path, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def complete(self) -> bool:
        """Whether everything that the request asks for is here."""
        most = self.request.most
        return self.cursor is None or (most is not None and self.count >= most)

    @property
    def out_of_reach(self) -> int:
        """How many papers the query finds that are wanted, but that the service never gives."""
        if self.request.ids or self.source.most is None or self.total is None:
            return 0
        return max(0, min(self.total, self.request.most or self.total) - self.source.most)

    def begin_anew(self) -> None:
        """Go back to the first page; the pages that are here stay."""
        self.pages = 0
        self.count = 0
        self.total: int | None = None
        self.cursor: str | None = ""

    def days_old(self, now: Callable[[], float] = time.time) -> float:
        """How many days ago the last page came."""
        return (now() - self.path.stat().st_mtime) / _DAY if self.path.exists() else 0.0

    def append(self, next: str | None, records: int, total: int | None, body: str) -> None:
        """Keep one more page, safe from a crash when this returns. Raises `SourceUnavailable`."""
        page = _Page(self.pages + 1, next, records, total, body)
        line = json.dumps(dict(zip(_NAMES, page, strict=True)))
        try:
            with self.path.open("ab") as file:
                before = file.tell()
                try:
                    file.write(line.encode() + b"\n")
                    file.flush()
                    os.fsync(file.fileno())
                except OSError:
                    file.truncate(before)
                    raise
        except OSError as error:
            raise _unkept(self.path, error) from error
        self._count(page)

    def records(self) -> Iterator[Record | Skipped]:
        """Every record once, no more than were asked for: those of the latest fetch in order, then
        what only one before it had.

        They are numbered over all pages; `line` is the line of the spool's file.
        """
        reader = reader_named(self.source.format)
        seen: set[str] = set()
        number = 0
        for line, page in self._read():
            for record in reader.read(Text.of(page.body, self.path)) if page.body else ():
                if isinstance(record, Record):
                    paper = record.paper
                    own = paper.source_id or paper.doi or paper.pmid
                    if own in seen:
                        continue
                    seen.update(filter(None, [own]))
                number += 1
                yield record._replace(number=number, line=line)
                if number == self.request.most:
                    return

    def missing(self) -> list[str]:
        """The identifiers that were asked for, and that no record has."""
        if not self.request.ids:
            return []
        found = {
            one
            for record in self.records()
            if isinstance(record, Record)
            for one in identifiers_of(record.paper)
        }
        return [one.value for one in self.request.ids if one not in found]

    def close(self) -> None:
        """Let others fetch; what is here stays."""
        self._lock.release()

    def discard(self) -> None:
        """Remove the file: its records are in the library now."""
        self.path.unlink(missing_ok=True)
        self.close()

    def _count(self, page: _Page) -> None:
        self._lines += 1
        if page.number == 1:
            self._first = self._lines
            self.begin_anew()
        self.pages = page.number
        self.count += page.records
        self.total = page.total
        self.cursor = page.next

    def _remove_given_up(self) -> None:
        # The folder is ours alone while we hold its lock.
        before = time.time() - _GIVEN_UP * _DAY
        for path in self.path.parent.glob("*.jsonl"):
            with contextlib.suppress(OSError):
                if path != self.path and path.stat().st_mtime < before:
                    path.unlink()

    def _reopen(self) -> None:
        if not self.path.exists():
            return
        whole = 0
        with self.path.open("rb") as file:
            for line in file:
                page = _parsed(line)
                if page is None:
                    break
                self._count(page)
                whole += len(line)
        if whole < self.path.stat().st_size:  # a process was killed while it wrote
            os.truncate(self.path, whole)

    def _read(self) -> Iterator[tuple[int, _Page]]:
        for latest in (True, False) if self._lines else ():
            with self.path.open("rb") as file:
                for number, line in enumerate(file, 1):
                    if (number >= self._first) == latest and (page := _parsed(line)):
                        yield number, page


def _parsed(line: bytes) -> _Page | None:
    if not line.endswith(b"\n"):
        return None
    try:
        told: dict[str, Any] = json.loads(line)
        page = _Page(*(told[name] for name in _NAMES))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    kinds = (int, str | None, int, int | None, str)
    return page if all(map(isinstance, page, kinds)) else None


def _fingerprint(request: Request) -> str:
    since = request.since.isoformat() if request.since else None
    asked = json.dumps([request.query, request.ids, since, request.most])
    return hashlib.blake2b(asked.encode(), digest_size=8).hexdigest()


def _unkept(path: Path, error: OSError) -> SourceUnavailable:
    return SourceUnavailable(f"{path} cannot be kept: {error.strerror or error}")
