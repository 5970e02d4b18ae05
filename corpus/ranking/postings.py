"""Which document holds which term how often: integers in one memory-mapped file.

Documents are numbered from 0 in the order of their ids, terms from 0 in the order of their
hashes. For term t, `documents[starts[t]:starts[t + 1]]` are the documents that hold it, in
order, and `frequencies` of the same range how often. Everything that ranking needs beside these
(idf, norms) is derived.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import mmap
import os
import tempfile
import zlib
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_MAGIC = b"similit postings 1\n"
UNFINISHED = ".new-"
"""How the names of files begin that are not whole yet."""
_ALIGNED = 64
_AT_ONCE = 1 << 18  # words counted at a time
_KEPT = 1 << 20  # words whose terms are remembered
_ARRAYS = (
    "ids",
    "lengths",
    "starts",
    "documents",
    "frequencies",
    "hashes",
    "term_starts",
    "term_bytes",
)


class TornIndex(Exception):
    """The file is not a whole index."""


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """The inverted index of a corpus of N documents, V terms and P postings.

    `ids` int64[N] ascending library numbers; `lengths` int32[N] terms per document; `starts`
    int64[V+1]; `documents` int32[P]; `frequencies` uint16 or uint32[P]; `hashes` uint64[V]
    ascending; `term_bytes` uint8 holds the terms in UTF-8, term t at
    `term_starts[t]:term_starts[t + 1]`.
    """

    ids: Array
    lengths: Array
    starts: Array
    documents: Array
    frequencies: Array
    hashes: Array
    term_starts: Array
    term_bytes: Array

    @property
    def document_frequencies(self) -> Array:
        """How many documents hold each term: int64[V]."""
        return np.diff(self.starts)

    def numbers(self, terms: Sequence[str]) -> Array:
        """The number of each term, -1 where no document holds it: int64, shaped as `terms`."""
        out = np.full(len(terms), -1, dtype=np.int64)
        if not len(self.hashes) or not terms:
            return out
        encoded = [term.encode() for term in terms]
        hashes = np.array([_hash(term) for term in encoded], dtype=np.uint64)
        places = np.searchsorted(self.hashes, hashes)
        for position, first in enumerate(places.tolist()):
            place = first
            # Two terms may share a hash, so the bytes decide.
            while place < len(self.hashes) and self.hashes[place] == hashes[position]:
                start, end = self.term_starts[place], self.term_starts[place + 1]
                if self.term_bytes[start:end].tobytes() == encoded[position]:
                    out[position] = place
                    break
                place += 1
        return out

    def terms(self) -> list[str]:
        """Every term, in the order of its number."""
        text = self.term_bytes.tobytes()
        ends = self.term_starts.tolist()
        return [text[start:end].decode() for start, end in itertools.pairwise(ends)]

    def numbers_of(self, ids: Array) -> Array:
        """The documents whose library numbers are in `ids`, those that are not here left out."""
        places = np.searchsorted(self.ids, ids)
        inside = places < len(self.ids)
        places, ids = places[inside], ids[inside]
        found: Array = places[self.ids[places] == ids]
        return found


def _hash(term: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(term, digest_size=8).digest(), "little")


def _itself(term: str) -> Sequence[str]:
    return (term,)


class _Numbers(dict[str, int]):
    """The number of each term or word, given to it when it is first met."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class _Batch(NamedTuple):
    """Postings of some documents in a row: of each, by number, its distinct terms and counts."""

    documents: Array
    terms: Array
    counts: Array


class Builder:
    """Takes documents and gives their `Postings`, on top of those of an older state.

    A document that is taken again replaces itself.
    """

    def __init__(self, terms_of: Callable[[str], Sequence[str]] | None = None) -> None:
        """Documents come as terms, or as words, each of which stands for `terms_of(word)`."""
        self._terms_of = terms_of or _itself
        self._numbers = _Numbers()
        self._words = _Numbers()
        self._word_terms = array("i")  # the terms of each word, one word after another
        self._word_ends = array("q", [0])
        self._ids = array("q")
        self._lengths = array("i")
        self._batches: list[_Batch] = []
        self._counted = 0  # documents that are in batches
        self._tokens: list[Array] = []  # the words of the others
        self._waiting = 0

    def add(self, id: int, words: Sequence[str]) -> None:
        """Take one document."""
        numbers = map(self._words.__getitem__, words)
        self._tokens.append(np.fromiter(numbers, dtype=np.int32, count=len(words)))
        self._waiting += len(words)
        self._ids.append(id)
        if self._waiting >= _AT_ONCE:
            self._count()

    def __len__(self) -> int:
        """How many documents were taken, those taken again included."""
        return len(self._ids)

    def forget(self, after: int) -> None:
        """Forget every document but the first `after` that were taken."""
        self._count()
        self._batches = [
            _Batch(*(values[documents < after] for values in batch))
            for batch in self._batches
            for documents in (batch.documents,)
        ]
        self._counted = after
        del self._ids[after:], self._lengths[after:]

    def _count(self) -> None:
        # A word is analysed once, whoever writes it how often.
        for word in itertools.islice(self._words, len(self._word_ends) - 1, None):
            self._word_terms.extend(map(self._numbers.__getitem__, self._terms_of(word)))
            self._word_ends.append(len(self._word_terms))
        words = np.concatenate([np.empty(0, dtype=np.int32), *self._tokens])
        ends = _of(self._word_ends, np.int64)
        sizes = np.diff(ends)[words]
        upto = _starts(sizes)
        within = np.arange(upto[-1]) - np.repeat(upto[:-1], sizes)
        terms = _of(self._word_terms, np.int64)[np.repeat(ends[words], sizes) + within]
        lengths = np.diff(upto[_starts(np.array([len(one) for one in self._tokens]))])
        self._lengths.extend(lengths.tolist())
        documents = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
        keys, counts = np.unique(documents << 32 | terms, return_counts=True)
        self._batches.append(
            _Batch(
                (keys >> 32).astype(np.int32) + np.int32(self._counted),
                (keys & 0xFFFFFFFF).astype(np.int32),
                counts.astype(np.uint32),
            )
        )
        self._counted = len(self._ids)
        self._tokens, self._waiting = [], 0
        if len(self._words) > _KEPT:  # runs of Han rarely come again
            self._words.clear()
            self._word_terms = array("i")
            self._word_ends = array("q", [0])

    def build(self, base: Postings | None = None, without: Iterable[int] = ()) -> Postings:
        """The postings of what was taken and of `base`, less the documents `without`."""
        self._count()
        ids = _of(self._ids, np.int64)
        gone = np.fromiter(without, dtype=np.int64)
        # Of a document that was taken twice, the first of the reversed is the last.
        latest = np.zeros(len(ids), dtype=np.bool_)
        latest[len(ids) - 1 - np.unique(ids[::-1], return_index=True)[1]] = True
        latest &= ~np.isin(ids, gone)
        number = np.cumsum(latest, dtype=np.int32) - np.int32(1)
        parts: list[tuple[Array, Array, Array]] = []
        for documents, terms, counts in self._batches:
            stays = latest[documents]
            parts.append((number[documents[stays]], terms[stays], counts[stays]))
        self._batches = []
        lengths = _of(self._lengths, np.int32)[latest]
        ids = ids[latest]
        if base is not None:
            keep = ~np.isin(base.ids, np.concatenate([ids, gone]))
            first = np.int32(keep.sum())
            parts = [(documents + first, terms, counts) for documents, terms, counts in parts]
            parts.append(self._kept(base, keep))
            ids = np.concatenate([base.ids[keep], ids])
            lengths = np.concatenate([base.lengths[keep], lengths])
        documents, terms, counts = (np.concatenate(column) for column in zip(*parts, strict=True))
        return _assemble(list(self._numbers), terms, documents, counts, ids, lengths)

    def _kept(self, base: Postings, keep: Array) -> tuple[Array, Array, Array]:
        renumbered = np.cumsum(keep, dtype=np.int32) - np.int32(1)
        known = np.array([self._numbers[term] for term in base.terms()], dtype=np.int32)
        stays = keep[base.documents]
        return (
            renumbered[base.documents[stays]],
            np.repeat(known, base.document_frequencies)[stays],
            base.frequencies[stays].astype(np.uint32),
        )


def _of(values: array[int], kind: Any) -> Array:
    # A copy: an array that is being looked at cannot grow.
    return np.array(values, dtype=kind)


def _assemble(
    vocabulary: list[str], terms: Array, documents: Array, counts: Array, ids: Array, lengths: Array
) -> Postings:
    """Postings from triples in any order: `terms[i]` occurs `counts[i]` times in `documents[i]`."""
    by_id = np.argsort(ids, kind="stable")
    place = np.empty_like(by_id)
    place[by_id] = np.arange(len(ids))
    documents = place[documents]
    frequency = np.bincount(terms, minlength=len(vocabulary))
    # Terms whose last document went away go too; the rest are numbered by their hash.
    encoded = [vocabulary[number].encode() for number in np.flatnonzero(frequency)]
    hashes = np.array([_hash(term) for term in encoded], dtype=np.uint64)
    by_hash = np.argsort(hashes, kind="stable")
    number = np.zeros(len(vocabulary), dtype=np.int64)
    number[np.flatnonzero(frequency)[by_hash]] = np.arange(len(by_hash))
    order = np.argsort(number[terms] * max(len(ids), 1) + documents, kind="stable")
    largest = int(counts.max(initial=0))
    sizes = np.array([len(encoded[position]) for position in by_hash.tolist()], dtype=np.int64)
    return Postings(
        ids=ids[by_id],
        lengths=lengths[by_id],
        starts=_starts(frequency[frequency > 0][by_hash]),
        documents=documents[order].astype(np.int32),
        frequencies=counts[order].astype(np.uint16 if largest < 1 << 16 else np.uint32),
        hashes=hashes[by_hash],
        term_starts=_starts(sizes),
        term_bytes=np.frombuffer(
            b"".join(encoded[position] for position in by_hash.tolist()), dtype=np.uint8
        ),
    )


def _starts(sizes: Array) -> Array:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes, dtype=np.int64)])


def write(postings: Postings, path: Path) -> None:
    """Put `postings` into the file `path`, whole or not at all."""
    layout: dict[str, list[Any]] = {}
    offset = 0
    for name in _ARRAYS:
        array = getattr(postings, name)
        offset = -(-offset // _ALIGNED) * _ALIGNED
        layout[name] = [array.dtype.str, len(array), offset]
        offset += array.nbytes
    header = json.dumps({"arrays": layout, "bytes": offset}).encode()
    start = _body_start(len(header))
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_MAGIC + b"%08x%08x" % (len(header), zlib.crc32(header)) + header)
            for array_name, (_, _, at) in layout.items():
                file.seek(start + at)
                file.write(np.ascontiguousarray(getattr(postings, array_name)).data)
            # An empty last array leaves the file short of its declared size.
            file.truncate(start + offset)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _body_start(header: int) -> int:
    return -(-(len(_MAGIC) + 16 + header) // _ALIGNED) * _ALIGNED


def read(path: Path) -> Postings:
    """The postings in the file `path`, memory-mapped. Raises `TornIndex` or `OSError`."""
    with path.open("rb") as file:
        beginning = file.read(len(_MAGIC) + 16)
        if len(beginning) < len(_MAGIC) + 16 or not beginning.startswith(_MAGIC):
            raise TornIndex(path)
        try:
            size, checksum = (
                int(beginning[-16:-8], 16),
                int(beginning[-8:], 16),
            )
        except ValueError:
            raise TornIndex(path) from None
        header = file.read(size)
        if len(header) != size or zlib.crc32(header) != checksum:
            raise TornIndex(path)
        declared = json.loads(header)
        start = _body_start(size)
        if os.fstat(file.fileno()).st_size != start + declared["bytes"]:
            raise TornIndex(path)
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    return Postings(
        **{
            name: np.frombuffer(mapped, dtype=kind, count=count, offset=start + offset)
            for name, (kind, count, offset) in declared["arrays"].items()
        }
    )
