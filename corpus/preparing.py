"""Records made ready to be kept: repaired, and with all by which they are recognised.

Of a large file this is done ahead by a process of its own, while papers are stored in this one.
"""

from __future__ import annotations

import contextlib
import dataclasses
import itertools
import operator
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from corpus import readers
from corpus.errors import UnreadableFile
from corpus.files.packed import File, files_in
from corpus.identity import Kept, Keys, kept
from corpus.paper import Paper
from corpus.process import AT_ONCE, received, send, started
from corpus.readers import Recognised, Record, Skipped
from corpus.text.repair import repair

_LARGE = 1 << 20
"""Bytes of a file from which on another process pays."""
_TOGETHER = 100  # records in a message
_NAMES = tuple(field.name for field in dataclasses.fields(Paper))
_VALUES = operator.attrgetter(*_NAMES)


class Ready(NamedTuple):
    """A record ready to be kept: the `number`-th of its file, beginning in `line` (both from 1)."""

    kept: Kept
    number: int
    line: int


class ReadingDied(Exception):
    """The process that read a file ended before the file did."""


def prepared(records: Iterable[Record | Skipped]) -> Iterator[Ready | Skipped]:
    """Each of `records` ready to be kept, or skipped, with its reason."""
    for record in records:
        if isinstance(record, Skipped):
            yield record
            continue
        mended = repair(record.paper)
        if _emptied(record.paper, mended):
            yield Skipped(record.number, record.line, "no title, abstract or DOI")
        else:
            yield Ready(kept(record.paper, mended), record.number, record.line)


def _emptied(read: Paper, mended: Paper) -> bool:
    """Whether mending took away all that the record could be found by.

    A title may be nothing but invisible characters or markup. What a reader kept although it had
    none, such as a mere journal and year, stays unless there is nothing left at all.
    """
    if mended is read or mended.searchable or mended.doi or mended.pmid:
        return False
    return bool(read.searchable) or mended == Paper()


def is_large(file: File) -> bool:
    """Whether a file is worth being read ahead: a large one that is not among others in one."""
    return file.path.is_file() and file.path.stat().st_size >= _LARGE


@contextlib.contextmanager
def ahead(found: Recognised) -> Iterator[Iterator[Ready | Skipped]]:
    """As `prepared(found.records())`, by a process that reads them from now on.

    Raises `ReadingDied`, as do the records, and these `UnreadableFile` as reading does.
    """
    told = (str(found.file.path), found.reader.name, found.encoding)
    process = started(__name__, *told, stdout=subprocess.PIPE)
    if process is None or process.stdout is None:
        raise ReadingDied
    with process:
        try:
            yield _all_of(process.stdout)
        finally:
            process.kill()


def _all_of(pipe: IO[bytes]) -> Iterator[Ready | Skipped]:
    for message in received(pipe):
        if isinstance(message, str):
            raise UnreadableFile(message)
        if message is None:
            return
        yield from map(_taken, message)
    raise ReadingDied


def _taken(told: tuple[Any, ...]) -> Ready | Skipped:
    if len(told) == len(Skipped._fields):
        return Skipped(*told)
    values, fingerprint, keys, number, line = told
    paper = Paper(**dict(zip(_NAMES, values, strict=True)))
    return Ready(Kept(paper, fingerprint, Keys(*keys)), number, line)


def _told(one: Ready | Skipped) -> tuple[Any, ...]:
    if isinstance(one, Skipped):
        return tuple(one)
    paper, fingerprint, keys = one.kept
    return _VALUES(paper), fingerprint, tuple(keys), one.number, one.line


def serve(path: Path, format: str, encoding: str, pipe: IO[bytes]) -> None:
    """What the other process does: messages of some records each, and a last of none.

    A text says why the file cannot be read.
    """
    try:
        (file,) = files_in(path)
        found = Recognised(file, encoding, readers.reader_named(format))
        told = map(_told, prepared(found.records()))
        while some := list(itertools.islice(told, _TOGETHER)):
            send(pipe, some)
        send(pipe, None)
    except UnreadableFile as error:
        send(pipe, str(error))


if __name__ == "__main__":
    with contextlib.suppress(OSError), open(1, "wb", buffering=AT_ONCE) as out:
        serve(Path(sys.argv[1]), sys.argv[2], sys.argv[3], out)
