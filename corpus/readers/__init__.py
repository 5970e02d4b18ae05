"""Papers in: one module a format, found by what the file contains.

A module here that has a `READER` is a format; nothing else has to know of it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from corpus.errors import UnknownFormat, UnreadableFile
from corpus.files.encoding import encoding_of
from corpus.files.packed import File
from corpus.files.text import Line, Text, text_of
from corpus.paper import Paper

__all__ = ["Line", "Reader", "Recognised", "Record", "Skipped", "Text", "readers", "recognise"]

_HEAD = 1 << 16


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


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: its name, whether a file's first 65,536 characters are of it, and its records.

    `recognises` must be sure: of two that claim the same text, the first by module's name wins.
    `read` gives records as it goes, holding no more than one at a time where the format allows
    it; what it cannot make sense of is a `Skipped`, and a file it cannot go on with an
    `UnreadableFile` that names the line.
    """

    name: str
    recognises: Callable[[str], bool]
    read: Callable[[Text], Iterator[Record | Skipped]]
    general: bool = False
    """Whether other formats are special cases of this one, and are asked first."""


class Recognised(NamedTuple):
    """A file, and how it is read."""

    file: File
    encoding: str
    reader: Reader

    def records(self) -> Iterator[Record | Skipped]:
        """What is in the file, in order, one at a time. Raises `UnreadableFile`."""
        with text_of(self.file, self.encoding) as text:
            yield from self.reader.read(text)
            for _ in text.pieces():  # what the reader left has to be in this encoding too
                pass


def readers() -> list[Reader]:
    """Every format there is, by name of its module."""
    return list(_found(""))


def _found(first: str) -> Iterator[Reader]:
    """Every format, by name of its module, but the module `first` before all others."""
    names = [module.name for module in pkgutil.iter_modules(__path__)]
    for name in sorted(names, key=lambda name: (name != first, name)):
        module = importlib.import_module(f"{__name__}.{name}")
        if hasattr(module, "READER"):
            yield module.READER


def reader_named(name: str) -> Reader:
    """The reader of the format of this name. Raises `UnknownFormat` where there is none."""
    likely = _found(name.replace("-", "_"))  # then no other has to be loaded
    found = next((reader for reader in likely if reader.name == name), None)
    if found is None:
        raise UnknownFormat(f"{name} is not a format that can be read here ({_known()})")
    return found


def recognise(
    file: File, *, format: str = "", encoding: str = "", at_a_glance: bool = False
) -> Recognised:
    """How `file` is to be read: as its owner says, else by what it contains.

    `at_a_glance` only its beginning is looked at where that will do: the rest may be otherwise.
    Raises `UnreadableFile` where no format or no encoding fits, `UnknownFormat` where there is
    none of that name.
    """
    encoding = encoding_of(file, encoding, at_a_glance=at_a_glance)
    with text_of(file, encoding) as text:
        head = text.head(_HEAD)
    if not head.strip():
        raise UnreadableFile(f"{file.path} is empty")
    if format:
        return Recognised(file, encoding, reader_named(format))
    for reader in sorted(readers(), key=lambda reader: reader.general):
        if reader.recognises(head):
            return Recognised(file, encoding, reader)
    raise UnreadableFile(f"{file.path} is in no format that can be read here ({_known()})")


def _known() -> str:
    return ", ".join(reader.name for reader in readers())
