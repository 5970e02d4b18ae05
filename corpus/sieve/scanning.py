"""Which texts have a part in them, by compiled code. Importing this imports numba."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from corpus.sieve.traces import candidates

Array = NDArray[Any]
Int = Any  # Python's, or one of numpy's

_AT_ONCE = 64
_MANY = 8  # where one in so many is likely, all of them in a row are read sooner


def having(text: Array, starts: Array, traces: Array, part: bytes) -> Array:
    """Which texts have `part` in them: bool[N], as `traces.having` finds them, sooner."""
    count = len(starts) - 1
    likely = candidates(traces, count, part)
    looked_for = np.frombuffer(part, dtype=np.uint8)
    if len(likely) > count // _MANY:
        return np.asarray(_of_all(text, starts, looked_for))
    found = np.zeros(count, dtype=np.bool_)
    found[likely] = _of_some(text, starts, likely, looked_for)
    return found


def load(text: Array, starts: Array) -> None:
    """Compile what looks into such arrays, or load it where that was done before."""
    part = np.frombuffer(b"a", dtype=np.uint8)
    _of_all(text[:0], starts[:1], part)
    _of_some(text[:0], starts[:1], np.empty(0, dtype=np.int64), part)


@njit(nogil=True, cache=True)
def _stands_at(text: Array, place: Int, part: Array) -> bool:
    same = 0
    while same < len(part) and text[place + same] == part[same]:
        same += 1
    return same == len(part)


@njit(nogil=True, cache=True)
def _of_some(text: Array, starts: Array, texts: Array, part: Array) -> Array:
    """Which of these texts have `part` in them: bool[n]."""
    found = np.zeros(len(texts), dtype=np.bool_)
    for one in range(len(texts)):
        for place in range(starts[texts[one]], starts[texts[one] + 1] - len(part) + 1):
            if text[place] == part[0] and _stands_at(text, place, part):
                found[one] = True
                break
    return found


@njit(nogil=True, cache=True)
def _of_all(text: Array, starts: Array, part: Array) -> Array:
    """Which of all texts have `part` in them: bool[N]."""
    found = np.zeros(len(starts) - 1, dtype=np.bool_)
    further = len(part) - 1
    places = len(text) - further
    at = np.int64(0)  # the text that was come to
    for first in range(0, places, _AT_ONCE):
        size = min(_AT_ONCE, places - first)
        if size == _AT_ONCE:
            begins = text[first : first + _AT_ONCE]
            ends = text[first + further : first + further + _AT_ONCE]
            met = np.uint8(0)
            for place in range(_AT_ONCE):  # without a branch: done many at a time
                met |= np.uint8(begins[place] == part[0]) & np.uint8(ends[place] == part[further])
            if not met:
                continue
        for place in range(first, first + size):
            if (
                text[place] == part[0]
                and text[place + further] == part[further]
                and _stands_at(text, place, part)
            ):
                while starts[at + 1] <= place:
                    at += 1
                if place + further < starts[at + 1]:
                    found[at] = True
    return found
