"""An index in two parts: a large base that stays as it is, and a small tail of what came since.

The tail of a state is written anew with every change, and holds everything that changed since the
base, so that a base and one tail are a whole index. For each paper the tail says since which state
it is there, or gone: a later base, made of an earlier tail, takes the place of the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.ranking import arrays
from corpus.ranking.merging import Part, merged
from corpus.ranking.postings import KINDS, Postings, empty

Array = NDArray[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Tail:
    """What changed since the base.

    `postings` of the papers that came or changed, `since` int64[N] the number of the state that
    each came with; `gone` int64[M] the library numbers of papers that went or changed, and
    `gone_since` of which state. `line` names the states from the base's to this one, in order.
    """

    postings: Postings
    since: Array
    gone: Array
    gone_since: Array
    line: tuple[str, ...]

    def after(self, state: int) -> Tail:
        """What changed since this later state, which `line` names."""
        stays = self.since > state
        postings = self.postings
        if not stays.all():
            postings = merged([Part(postings, stays, postings.ids)])
        gone = self.gone_since > state
        line = tuple(one for one in self.line if number(one) >= state)
        return Tail(postings, self.since[stays], self.gone[gone], self.gone_since[gone], line)


def number(version: str) -> int:
    """Which in the row of states this version names."""
    first = version.split("-", maxsplit=1)[0]
    return int(first) if first.isdecimal() else 0


def beginning(version: str) -> Tail:
    """The tail of a state that is its own base."""
    none = np.empty(0, dtype=np.int64)
    return Tail(empty(), none, none, none, (version,))


def further(
    tail: Tail, version: str, came: Postings, gone: Sequence[int] | Array, last: int
) -> Tail:
    """`tail` and what changes with the state `version`: papers that `came` or changed, or went.

    `last` is the greatest library number until then.
    """
    state = number(version)
    out = np.concatenate([came.ids[came.ids <= last], np.asarray(gone, dtype=np.int64)])
    stays = ~np.isin(tail.postings.ids, out)
    both = [Part(tail.postings, stays, tail.postings.ids), every(came)]
    ids = np.concatenate([tail.postings.ids[stays], came.ids])
    since = np.concatenate([tail.since[stays], np.full(len(came.ids), state, dtype=np.int64)])
    return Tail(
        merged(both),
        since[np.argsort(ids)],
        np.concatenate([tail.gone, out]),
        np.concatenate([tail.gone_since, np.full(len(out), state, dtype=np.int64)]),
        (*tail.line, version),
    )


def every(postings: Postings) -> Part:
    """All of an index, as it is."""
    return Part(postings, np.ones(len(postings.ids), dtype=np.bool_), postings.ids)


def whole(base: Postings, tail: Tail) -> list[Part]:
    """A base and its tail as what can be merged."""
    parts = [Part(base, ~np.isin(base.ids, tail.gone), base.ids)]
    return parts + [every(tail.postings)] * (len(tail.postings.ids) > 0)


def write(tail: Tail, path: Path) -> None:
    """Put `tail` into the file `path`, whole or not at all."""
    held = {name: getattr(tail.postings, name) for name in KINDS}
    held |= {"since": tail.since, "gone": tail.gone, "gone_since": tail.gone_since}
    sizes = {name: (one.dtype, len(one)) for name, one in held.items()}
    with arrays.writing(path, sizes, {"line": tail.line}) as sink:
        for name, one in held.items():
            sink.put(name, one)


def read(path: Path) -> Tail:
    """The tail in the file `path`. Raises `arrays.TornIndex` or `OSError`."""
    held, facts = arrays.read(path)
    if "line" not in facts:
        raise arrays.TornIndex(path)
    postings = Postings(**{name: held[name] for name in KINDS})
    return Tail(postings, held["since"], held["gone"], held["gone_since"], tuple(facts["line"]))
