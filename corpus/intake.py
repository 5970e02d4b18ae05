"""One import: records put into the library file by file, and the report of what became of them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from corpus import preparing, readers
from corpus.changes import Changes
from corpus.engines.indexing import Indexing
from corpus.errors import UnreadableFile
from corpus.files.packed import File, files_in
from corpus.preparing import Ready
from corpus.readers import Recognised, Record, Skipped

_log = logging.getLogger(__name__)

Progress = Callable[[str, Path | None, int], None]
"""Called with `reading` or `indexing`, the file, and how many records or papers are done."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the report says of one record: why it was skipped, or what it merged with."""

    file: Path
    record: int
    line: int
    reason: str
    paper: int | None = None


@dataclass(slots=True)
class ImportReport:
    """What an import did: how many records were added or known already, which merged or skipped.

    `failed` are whole files that were left out, with the reason; nothing of them is kept.
    `encodings` are those of the files that are not UTF-8.
    """

    added: int = 0
    known: int = 0
    without_abstract: int = 0
    papers: int = 0
    formats: dict[Path, str] = field(default_factory=dict)
    encodings: dict[Path, str] = field(default_factory=dict)
    merged: list[Remark] = field(default_factory=list)
    skipped: list[Remark] = field(default_factory=list)
    failed: dict[Path, str] = field(default_factory=dict)

    @property
    def kept(self) -> int:
        """How many records the library now has, whether by this import or before it."""
        return self.added + self.known + len(self.merged)

    @property
    def read(self) -> int:
        """How many records there were."""
        return self.kept + len(self.skipped)


def _source(file: File) -> str:
    return str(file.path.resolve())


class Intake:
    """Puts files and records into a library, within one transaction."""

    def __init__(self, changes: Changes, indexing: Indexing | None, progress: Progress) -> None:
        """`indexing` is None where nothing is to be kept in the end."""
        self.report = ImportReport()
        self.sources: list[str] = []
        self._changes = changes
        self._indexing = indexing
        self._progress = progress

    def take_file(self, path: Path, format: str = "", encoding: str = "") -> None:
        """Put what is in the file, and in each file packed in it, wholly or not at all."""
        try:
            packed = files_in(path)
        except UnreadableFile as error:
            self.report.failed[path] = str(error)
            return
        for file in packed:
            self._take(file, format, encoding)

    def _take(self, file: File, format: str, encoding: str) -> None:
        report = self.report
        try:
            if preparing.is_large(file) and self._take_ahead(file, format, encoding):
                return
            found = self._recognised(file, format, encoding)
            self.take(file.path, _source(file), found.records())
        except UnreadableFile as error:
            report.failed[file.path] = str(error)

    def _take_ahead(self, file: File, format: str, encoding: str) -> bool:
        """Whether another process has read all of the file, as what it began as."""
        glanced = readers.recognise(file, format=format, encoding=encoding, at_a_glance=True)
        try:
            with preparing.ahead(glanced) as records:
                if self._indexing:
                    self._indexing.expect()
                self._take_all(file.path, _source(file), records)
        except preparing.ReadingDied:
            _log.warning("the process that read %s ended before its end", file.path)
            return False
        except UnreadableFile:
            if self._recognised(file, format, encoding) == glanced:
                raise
            return False
        self._note(glanced)
        return True

    def _recognised(self, file: File, format: str, encoding: str) -> Recognised:
        found = readers.recognise(file, format=format, encoding=encoding)
        self._note(found)
        return found

    def _note(self, found: Recognised) -> None:
        file = found.file
        self.report.formats[file.path] = found.reader.name
        if not found.encoding.startswith("utf-8"):
            self.report.encodings[file.path] = found.encoding

    def take(self, path: Path, source: str, records: Iterable[Record | Skipped]) -> None:
        """Put all of `records`, or none where reading them fails.

        `path` stands for them in the report; own ids are told apart by `source`.
        """
        self._take_all(path, source, preparing.prepared(records))

    def _take_all(self, path: Path, source: str, records: Iterable[Ready | Skipped]) -> None:
        report = self.report
        before = (report.added, report.known, report.without_abstract)
        lengths = len(report.merged), len(report.skipped)
        mark = self._indexing.mark() if self._indexing else 0
        try:
            with self._changes.savepoint():
                for done, record in enumerate(records, 1):
                    self._put(path, source, record)
                    self._progress("reading", path, done)
        except (UnreadableFile, preparing.ReadingDied):
            report.added, report.known, report.without_abstract = before
            del report.merged[lengths[0] :], report.skipped[lengths[1] :]
            if self._indexing:
                self._indexing.forget(mark)
            raise
        self.sources.append(source)

    def _put(self, path: Path, source: str, record: Ready | Skipped) -> None:
        report = self.report
        if isinstance(record, Skipped):
            report.skipped.append(Remark(path, record.number, record.line, record.reason))
            return
        kind, paper, stored = self._changes.put(record.kept, source)
        if stored is None:
            report.known += 1
            return
        if self._indexing:
            self._indexing.take(paper, stored.indexed)
        if kind == "added":
            report.added += 1
            report.without_abstract += not stored.abstract
        else:
            reason = f"the same paper as #{paper}: {stored.title or stored.abstract[:80]}"
            report.merged.append(Remark(path, record.number, record.line, reason, paper))
