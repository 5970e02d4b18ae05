"""Papers in: one module a format, found by what the file contains.

A module here that has a `READER` is a format; nothing else has to know of it.
"""

from __future__ import annotations

import gzip
import importlib
import pkgutil
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NamedTuple

from corpus.errors import UnreadableFile
from corpus.paper import Paper

_HEAD = 1 << 16
_LONGEST_LINE = 1 << 25


class Record(NamedTuple):
    """A paper as a file has it: the `number`-th record, beginning in `line` (both from 1)."""

    paper: Paper
    number: int
    line: int


class Skipped(NamedTuple):
    """A record that cannot be kept, and why."""

    number: int
    line: int
    reason: str


class Line(NamedTuple):
    """A line of text without its end, and its number from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: its name, whether a file's beginning is of it, and its records."""

    name: str
    recognises: Callable[[str], bool]
    read: Callable[[Iterator[Line]], Iterator[Record | Skipped]]


def readers() -> list[Reader]:
    """Every format there is, by name."""
    modules = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found = (importlib.import_module(f"{__name__}.{name}") for name in modules)
    return [module.READER for module in found if hasattr(module, "READER")]


def reader_for(path: Path) -> Reader:
    """The reader of the file's format. Raises `UnreadableFile` where no format fits."""
    with _open(path) as file:
        try:
            head = file.read(_HEAD)
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableFile(f"{path} cannot be read: {error}") from error
    text = head.decode("utf-8-sig", errors="replace")
    if not text.strip():
        raise UnreadableFile(f"{path} is empty")
    if "\0" in text:
        raise UnreadableFile(f"{path} is not a text file")
    for reader in readers():
        if reader.recognises(text):
            return reader
    known = ", ".join(reader.name for reader in readers())
    raise UnreadableFile(f"{path} is in no format that can be read here ({known})")


def read(path: Path, reader: Reader) -> Iterator[Record | Skipped]:
    """The records of the file in order, one at a time.

    Raises `UnreadableFile` where it is not UTF-8, damaged, or has a line beyond all reason.
    """
    with _open(path) as file:
        yield from reader.read(_lines(path, file))


def _open(path: Path) -> IO[bytes] | gzip.GzipFile:
    try:
        file = path.open("rb")
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror}") from error
    if not packed:
        return file
    file.close()
    return gzip.open(path)


def _lines(path: Path, file: IO[bytes] | gzip.GzipFile) -> Iterator[Line]:
    number = offset = 0
    while True:
        try:
            raw = file.readline(_LONGEST_LINE)
        except (OSError, EOFError, zlib.error) as error:
            raise UnreadableFile(f"{path} is damaged after line {number}: {error}") from error
        if not raw:
            return
        number += 1
        if len(raw) >= _LONGEST_LINE:
            raise UnreadableFile(f"{path} has over {_LONGEST_LINE >> 20} MB in line {number}")
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise UnreadableFile(
                f"{path} is not UTF-8: line {number}, byte {offset + error.start}"
            ) from error
        yield Line(number, text.rstrip("\r\n"))
        offset += len(raw)
