"""The folder in which the indexes of a library's states lie, and which of its files are needed.

A state's index is one file, `<state>.<rules>.postings`, or a tail, `<state>.<rules>.tail`, on an
earlier state's. Each is named after the state of the papers and the version of the text rules it
was made from and put in place by one rename: what has the right name and is whole is right.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from corpus.ranking import arrays, parts, postings
from corpus.ranking.merging import Part
from corpus.ranking.parts import Tail
from corpus.ranking.postings import Postings
from corpus.text.terms import version as rules

_log = logging.getLogger(__name__)

_ABANDONED = 3600.0  # seconds after which an unfinished index is a killed process's
_Read = TypeVar("_Read")
_File = tuple[Path, int, int, int]


class Found(NamedTuple):
    """The index of a state: a base, which is that of the state `of`, and what came since."""

    base: Postings
    of: str
    tail: Tail

    @property
    def last(self) -> int:
        """The greatest library number in it."""
        both = (self.base.ids, self.tail.postings.ids)
        return max((int(ids[-1]) for ids in both if len(ids)), default=0)

    def parts(self) -> list[Part]:
        """All of it, as what can be merged."""
        return parts.whole(self.base, self.tail)


class IndexFolder:
    """The indexes of one library."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._opened: tuple[_File, Postings] | None = None

    def whole(self, state: str) -> Path:
        """Where the whole index of a state is, if it is."""
        return self.path / f"{state}.{rules()}.postings"

    def tail(self, state: str) -> Path:
        """Where the tail of a state is, if it is."""
        return self.path / f"{state}.{rules()}.tail"

    def find(self, state: str) -> Found | None:
        """The index of this state, None where it is missing or damaged."""
        base = self._base(state)
        if base is not None:
            return Found(base, state, parts.beginning(state))
        tail = _read(parts.read, self.tail(state))
        if tail is None or tail.line[-1] != state:
            return None
        for of in reversed(tail.line[:-1]):
            base = self._base(of)
            if base is not None:
                return Found(base, of, tail.after(parts.number(of)))
        return None

    def _base(self, state: str) -> Postings | None:
        path = self.whole(state)
        file, opened = _file(path), self._opened
        if opened is not None and opened[0] == file:
            return opened[1]
        base = _read(postings.read, path)
        if base is not None and file is not None:
            self._opened = (file, base)
        return base

    def status(self, state: str) -> str:
        """`current`, `missing` or `torn`: the index of this state."""
        if self.whole(state).exists():
            return _status(lambda: postings.read(self.whole(state)))
        status = _status(lambda: parts.read(self.tail(state)))
        if status != "current":
            return status
        return "missing" if self.find(state) is None else "current"

    def tidy(self, current: str) -> None:
        """Remove what the state `current` does not need. What is open stays until it is closed."""
        for path in self.path.glob(f"{arrays.UNFINISHED}*"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > _ABANDONED:
                    path.unlink()
        needed = {self.whole(current)}
        if not self.whole(current).exists():
            found = self.find(current)
            needed |= {self.tail(current)} | ({self.whole(found.of)} if found else set())
        for pattern in ("*.postings", "*.tail"):
            for path in self.path.glob(pattern):
                # A later state's index is in place before that state is.
                if path not in needed and parts.number(path.name) <= parts.number(current):
                    try:
                        path.unlink()
                    except OSError as error:
                        _log.debug("%s stays for now: %s", path, error)


def _file(path: Path) -> _File | None:
    """What tells a file from another, or from itself as it was; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return path, found.st_ino, found.st_size, found.st_mtime_ns


def _read(reader: Callable[[Path], _Read], path: Path) -> _Read | None:
    try:
        return reader(path)
    except FileNotFoundError:
        return None
    except (arrays.TornIndex, OSError) as error:
        _log.warning("the index of this library is damaged and is built again (%s)", error)
        return None


def _status(reading: Callable[[], object]) -> str:
    try:
        reading()
    except arrays.TornIndex:
        return "torn"
    except OSError:
        return "missing"
    return "current"
