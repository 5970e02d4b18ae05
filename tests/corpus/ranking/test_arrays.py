"""Files of arrays: how they are brought into memory before anybody asks."""

from __future__ import annotations

import mmap
import os
import sys
from typing import Any

import numpy as np
import pytest

from corpus.ranking import arrays

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux is told more")


class Noted(mmap.mmap):
    """Memory that notes what it is advised, and does not know all of it."""

    known: frozenset[int] = frozenset()

    def madvise(self, option: int, *_: Any) -> None:
        advised.append(option)
        if option not in self.known:
            raise OSError(22, "Invalid argument")


advised: list[int] = []


def expected(known: set[int]) -> list[int]:
    """What the memory of an array is advised, on a system that knows this advice."""
    advised.clear()
    mapped = Noted(-1, mmap.PAGESIZE)
    mapped.known = frozenset(known)
    arrays.expect(np.frombuffer(mapped, dtype=np.uint8))
    return advised


def test_what_is_asked_soon_is_brought_into_memory() -> None:
    assert expected({arrays._POPULATE_READ}) == [arrays._POPULATE_READ]


def test_older_systems_read_ahead() -> None:
    both = [arrays._POPULATE_READ, mmap.MADV_WILLNEED]
    assert expected({mmap.MADV_WILLNEED}) == both


def test_what_would_take_all_memory_is_read_ahead_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sysconf", lambda _: 1)
    assert expected({mmap.MADV_WILLNEED}) == [mmap.MADV_WILLNEED]


def test_an_array_in_memory_needs_nothing() -> None:
    arrays.expect(np.zeros(3))
