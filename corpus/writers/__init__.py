"""Papers out: one module a format, in the form that other tools read.

A module here that has a `WRITER`, or several `WRITERS`, offers them; nothing else has to know.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from corpus.errors import UnknownFormat
from corpus.paper import Paper


@dataclass(frozen=True, slots=True)
class Writer:
    """A format to export: its name, the ending of its files' names, and how papers are written.

    `write` gives the text in pieces, to be encoded as UTF-8, for papers taken one at a time.
    """

    name: str
    suffix: str
    write: Callable[[Iterable[Paper]], Iterator[str]]


def writers() -> list[Writer]:
    """Every format there is, by name."""
    modules = sorted(module.name for module in pkgutil.iter_modules(__path__))
    found: list[Writer] = []
    for name in modules:
        module = importlib.import_module(f"{__name__}.{name}")
        found += [module.WRITER] if hasattr(module, "WRITER") else getattr(module, "WRITERS", [])
    return sorted(found, key=lambda writer: writer.name)


def writer_named(name: str) -> Writer:
    """The writer of the format of this name. Raises `UnknownFormat`."""
    found = next((writer for writer in writers() if writer.name == name), None)
    if found is None:
        known = ", ".join(writer.name for writer in writers())
        raise UnknownFormat(f"{name} is not a format that can be written here ({known})")
    return found
