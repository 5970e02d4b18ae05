"""Which of many texts can have a part in them: one bit a text for each kind of three bytes.

A text leaves a trace of every three bytes that follow each other in it, and has a part only if it
has all the part's traces. Three bytes are of one of `KINDS` kinds, so a few texts have them by
chance: the texts themselves decide. Texts stand in blocks of `BLOCK`, so that traces are made and
appended a block at a time; those of one kind are one page of memory a block. A last block of few
texts has none, since looking at all of them is sooner done.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

KINDS = 1 << 9
BLOCK = 1 << 15
_BYTES = BLOCK // 8
_FEW = 1 << 11
_SPREAD = np.uint32(2654435761)  # 2^32 over the golden ratio
_AWAY = np.uint32(32 - 9)
_MANY = 4  # where more than one in so many is likely, reading on is sooner done than choosing
_ENOUGH = 12  # traces of a part: those of more tell little more apart


def traces(text: Array, starts: Array) -> Array:
    """The traces of up to `BLOCK` texts, text n being `text[starts[n]:starts[n + 1]]` in UTF-8.

    uint8[KINDS * BLOCK / 8], for each kind the bits of the texts; uint8[0] of few.
    """
    if len(starts) <= _FEW:
        return np.empty(0, dtype=np.uint8)
    flags = np.zeros((KINDS, BLOCK), dtype=np.bool_)
    if len(text) > 2:
        of = np.repeat(np.arange(len(starts) - 1, dtype=np.int32), np.diff(starts))
        within = of[:-2] == of[2:]
        flags[_kinds(text)[within], of[:-2][within]] = True
    return np.packbits(flags, axis=1).reshape(-1)


def candidates(traces: Array, count: int, part: bytes) -> Array:
    """Which of `count` texts can have `part` in them, ascending; `traces` of all their blocks."""
    if len(part) < 3:
        return np.arange(count)
    kinds = np.array(sorted(set(_kinds(np.frombuffer(part, dtype=np.uint8)).tolist())))
    blocks = traces.reshape(-1, KINDS, _BYTES)
    step = -(-len(kinds) // _ENOUGH)
    bits = np.bitwise_and.reduce(blocks[:, kinds[::step]], axis=1).reshape(-1)
    traced = np.flatnonzero(np.unpackbits(bits, count=min(count, len(blocks) * BLOCK)))
    return np.concatenate([traced, np.arange(len(blocks) * BLOCK, count)])


def having(text: Array, starts: Array, traces: Array, part: bytes) -> Array:
    """Which texts have `part` in them: bool[N].

    Text n is `text[starts[n]:starts[n + 1]]`; `traces` are those of all blocks.
    """
    count = len(starts) - 1
    found = np.zeros(count, dtype=np.bool_)
    likely = candidates(traces, count, part)
    if len(likely) > count // _MANY:
        for first in range(0, count, BLOCK):
            some = starts[first : first + BLOCK + 1]
            found[first + _among(text[some[0] : some[-1]], some - some[0], part)] = True
    else:
        read = text.data
        ends = zip(starts[likely].tolist(), starts[likely + 1].tolist(), strict=True)
        found[likely] = [part in bytes(read[start:end]) for start, end in ends]
    return found


def _among(text: Array, starts: Array, part: bytes) -> Array:
    """The texts that have `part` in them, each as often as it does: all are looked at at once."""
    at = np.flatnonzero(text[: max(0, len(text) - len(part) + 1)] == part[0])
    for further, byte in enumerate(part[1:], 1):
        at = at[text[at + further] == byte]
    texts = np.searchsorted(starts, at, side="right") - 1
    within: Array = texts[at + len(part) <= starts[texts + 1]]
    return within


def _kinds(text: Array) -> Array:
    """The kind of every three bytes that follow each other in `text`."""
    wide = text.astype(np.uint32)
    three = wide[:-2] | wide[1:-1] << np.uint32(8) | wide[2:] << np.uint32(16)
    kinds: Array = (three * _SPREAD) >> _AWAY
    return kinds
