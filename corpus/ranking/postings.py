"""Which document holds which term how often: integers, both ways round.

Documents are numbered from 0 in the order of their ids, terms from 0 in the order of their hashes.
For term t, `postings[starts[t]:starts[t + 1]]` are the documents that hold it, in order, and
`frequencies` of the same range how often, up to 255; where it is `MANY` or more, `times` has how
often. For document d, `forward[forward_starts[d]:
forward_starts[d + 1]]` are its terms, in order.

A posting is `document << 8 | impact`: the impact is tf (k1 + 1) / (tf + norm) in steps of
(k1 + 1) / 255, rounded up, with the norms of this very corpus. A forward entry is
`term << 8 | min(tf, 255)`. Everything else that ranking needs (idf, norms) is derived.
"""

from __future__ import annotations

import bisect
import hashlib
import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from corpus.ranking import arrays

Array = NDArray[Any]

MOST = 1 << 24
"""How many documents, and how many terms, there can be."""
MANY = 255
"""The tf of a forward entry that stands for this or more."""

KINDS: Mapping[str, Any] = {
    "ids": np.int64,
    "lengths": np.int32,
    "starts": np.int64,
    "postings": np.uint32,
    "frequencies": np.uint8,
    "many": np.int64,
    "many_times": np.uint32,
    "forward_starts": np.int64,
    "forward": np.uint32,
    "hashes": np.uint64,
    "term_starts": np.int64,
    "term_bytes": np.uint8,
    "beginnings": np.uint8,
}


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Postings:
    """The index of a corpus of N documents, V terms and P postings.

    `ids` int64[N] ascending library numbers; `lengths` int32[N] terms per document; `starts`
    int64[V+1]; `postings` uint32[P]; `frequencies` uint8[P], at most `MANY`; `many` int64 the
    places where it is that, ascending, and `many_times` uint32 what it really is; `forward_starts`
    int64[N+1]; `forward` uint32[P]; `hashes` uint64[V] ascending; `term_bytes` uint8 holds the
    terms in UTF-8, term t at `term_starts[t]:term_starts[t + 1]`; `beginnings` are the distinct
    first bytes of terms.
    """

    ids: Array
    lengths: Array
    starts: Array
    postings: Array
    frequencies: Array
    many: Array
    many_times: Array
    forward_starts: Array
    forward: Array
    hashes: Array
    term_starts: Array
    term_bytes: Array
    beginnings: Array

    @property
    def document_frequencies(self) -> Array:
        """How many documents hold each term: int64[V]."""
        return np.diff(self.starts)

    @property
    def documents(self) -> Array:
        """The document of every posting: int32[P], made when asked for."""
        return (self.postings >> 8).astype(np.int32)

    def holders(self, term: int) -> Array:
        """The documents that hold the term of this number, in order: int32."""
        held = self.postings[self.starts[term] : self.starts[term + 1]]
        documents: Array = (held >> np.uint32(8)).astype(np.int32)
        return documents

    def times(self, start: Any, end: Any) -> Array:
        """How often the documents of these postings hold their terms: int64."""
        often: Array = self.frequencies[start:end].astype(np.int64)
        first, last = np.searchsorted(self.many, [start, end])
        often[self.many[first:last] - start] = self.many_times[first:last]
        return often

    def numbers(self, terms: Sequence[str]) -> list[int]:
        """The number of each term, -1 where no document holds it."""
        if not len(self.hashes):
            return [-1] * len(terms)
        known = _familiar.get(self, {})
        return [known[term] if term in known else self._number(term) for term in terms]

    def _number(self, term: str) -> int:
        hashes, starts, text = self.hashes.data, self.term_starts.data, self.term_bytes.data
        encoded = term.encode()
        hash = hash_of(encoded)
        place = bisect.bisect_left(hashes, hash)
        while place < len(hashes) and hashes[place] == hash:  # two terms may share one
            if text[starts[place] : starts[place + 1]] == encoded:
                return place
            place += 1
        return -1

    def familiarise(self, count: int) -> None:
        """Have the numbers of the `count` commonest terms at hand, some 6 MB for 32,768.

        Looking a term up takes ten times as long, and a whole abstract has eighty.
        """
        if self in _familiar:
            return
        often = self.document_frequencies
        common = np.arange(len(often))
        if len(often) > count:
            common = np.argpartition(often, len(often) - count)[len(often) - count :]
        text, starts = self.term_bytes.data, self.term_starts.data
        _familiar[self] = {
            bytes(text[starts[place] : starts[place + 1]]).decode(): place
            for place in common.tolist()
        }

    def term(self, number: int) -> str:
        """The term of this number."""
        return (
            self.term_bytes[self.term_starts[number] : self.term_starts[number + 1]]
            .tobytes()
            .decode()
        )

    def encoded(self) -> list[bytes]:
        """Every term in UTF-8, in the order of its number."""
        text = self.term_bytes.tobytes()
        return [text[start:end] for start, end in itertools.pairwise(self.term_starts.tolist())]

    def terms(self) -> list[str]:
        """Every term, in the order of its number."""
        return [term.decode() for term in self.encoded()]

    def numbers_of(self, ids: Array) -> Array:
        """The documents whose library numbers are in `ids`, those that are not here left out."""
        places = np.searchsorted(self.ids, ids)
        inside = places < len(self.ids)
        places, ids = places[inside], ids[inside]
        found: Array = places[self.ids[places] == ids]
        return found


_familiar: WeakKeyDictionary[Postings, dict[str, int]] = WeakKeyDictionary()


def hash_of(term: bytes) -> int:
    """The hash that decides a term's number: 64 bits."""
    return int.from_bytes(hashlib.blake2b(term, digest_size=8).digest(), "little")


def numbering(terms: Sequence[bytes], hashes: Array) -> Array:
    """The places of `terms` in the order of their numbers: by hash, and by bytes where hashes meet.

    Two indexes number the terms that they have in common in the same order.
    """
    order: Array = np.argsort(hashes, kind="stable")
    ordered = hashes[order]
    if (ordered[1:] == ordered[:-1]).any():
        order = np.array(sorted(range(len(terms)), key=lambda at: (int(hashes[at]), terms[at])))
    return order


def beginnings_of(terms: Iterable[bytes]) -> Array:
    """The distinct first bytes of `terms`: uint8, ascending."""
    return np.array(sorted({term[0] for term in terms if term}), dtype=np.uint8)


def empty() -> Postings:
    """The index of no documents."""
    none = {name: np.empty(0, dtype=kind) for name, kind in KINDS.items()}
    for name in ("starts", "forward_starts", "term_starts"):
        none[name] = np.zeros(1, dtype=np.int64)
    return Postings(**none)


def starts_of(sizes: Array) -> Array:
    """Where each of the pieces of these sizes starts, and where the last ends: int64[n + 1]."""
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes, dtype=np.int64)])


def within(sizes: Array) -> Array:
    """For pieces of these sizes in a row, the place of every member in its piece: int64."""
    upto = starts_of(sizes)
    places: Array = np.arange(upto[-1]) - np.repeat(upto[:-1], sizes)
    return places


def write(postings: Postings, path: Path) -> None:
    """Put `postings` into the file `path`, whole or not at all."""
    held = {name: getattr(postings, name) for name in KINDS}
    with arrays.writing(path, {name: (one.dtype, len(one)) for name, one in held.items()}) as sink:
        for name, one in held.items():
            sink.put(name, one)


def read(path: Path) -> Postings:
    """The postings in the file `path`, memory-mapped. Raises `TornIndex` or `OSError`."""
    held, _ = arrays.read(path)
    if held.keys() != KINDS.keys():
        raise arrays.TornIndex(path)
    return Postings(**held)
