"""Several indexes into one, a piece at a time: linear, and never all of it in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.ranking import arrays
from corpus.ranking.norms import average_of, norms_of
from corpus.ranking.postings import (
    KINDS,
    MANY,
    MOST,
    Postings,
    beginnings_of,
    numbering,
    starts_of,
    within,
)

Array = NDArray[Any]

_AT_ONCE = 1 << 18  # postings at once: what is made of them stays in the cache


class Part(NamedTuple):
    """An index to be merged: which of its documents stay, bool[N], and their ids, int64[N]."""

    postings: Postings
    keep: Array
    ids: Array


class TooLarge(OSError):
    """More documents or terms than an index can number."""


class _Put(Protocol):
    def put(self, name: str, piece: Array) -> None: ...


class _Memory:
    """Takes the arrays of an index, and gives it."""

    def __init__(self, sizes: dict[str, tuple[Any, int]]) -> None:
        self._made = {name: np.empty(length, dtype=kind) for name, (kind, length) in sizes.items()}
        self._upto = dict.fromkeys(sizes, 0)

    def put(self, name: str, piece: Array) -> None:
        """Append `piece` to the array `name`."""
        start = self._upto[name]
        self._upto[name] = start + len(piece)
        self._made[name][start : start + len(piece)] = piece

    def postings(self) -> Postings:
        return Postings(**self._made)


def merged(parts: Sequence[Part]) -> Postings:
    """The index of all documents of `parts` that stay, in memory. No two have the same id."""
    merge = _Merge(parts)
    memory = _Memory(merge.sizes())
    merge.run(memory)
    return memory.postings()


def write_merged(parts: Sequence[Part], path: Path) -> None:
    """As `merged`, into the file `path`, whole or not at all."""
    merge = _Merge(parts)
    with arrays.writing(path, merge.sizes()) as sink:
        merge.run(sink)


class _Merge:
    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        ids = np.concatenate([np.empty(0, np.int64), *(part.ids[part.keep] for part in parts)])
        lengths = [part.postings.lengths[part.keep] for part in parts]
        order = np.argsort(ids, kind="stable")
        number = np.empty(len(ids), dtype=np.int64)
        number[order] = np.arange(len(ids))
        self._in_order = bool((order == np.arange(len(ids))).all())
        self._ids = ids[order]
        self._lengths = np.concatenate([np.empty(0, np.int32), *lengths])[order]
        self._documents = []  # the new number of each part's documents
        upto = 0
        for part in parts:
            new = np.full(len(part.keep), -1, dtype=np.int64)
            count = int(part.keep.sum())
            new[part.keep] = number[upto : upto + count]
            upto += count
            self._documents.append(new)
        total = int(self._lengths.sum(dtype=np.int64))
        self._norms = norms_of(self._lengths, average_of(total, len(ids)))
        self._held = [_held(part) for part in parts]
        self._number_terms()
        if max(len(self._ids), len(self._terms)) > MOST:
            raise TooLarge(f"an index holds at most {MOST:,} papers and terms")

    def _number_terms(self) -> None:
        numbers: dict[bytes, int] = {}
        hashes: list[Array] = []
        local = []  # per part, the first number of each term that is still held
        for part, held in zip(self._parts, self._held, strict=True):
            known = len(numbers)
            stays = held > 0
            encoded = part.postings.encoded()
            ours = np.array(
                [
                    numbers.setdefault(term, len(numbers)) if there else -1
                    for term, there in zip(encoded, stays.tolist(), strict=True)
                ],
                dtype=np.int64,
            )
            hashes.append(part.postings.hashes[ours >= known])
            local.append(ours)
        of_all = np.concatenate([np.empty(0, np.uint64), *hashes])
        terms = list(numbers)
        order = numbering(terms, of_all)
        final = np.empty(len(terms), dtype=np.int64)
        final[order] = np.arange(len(terms))
        self._hashes = of_all[order]
        self._terms = [terms[place] for place in order.tolist()]
        self._frequencies = np.zeros(len(terms), dtype=np.int64)
        self._numbers = []  # the new number of each part's terms, ascending
        for ours, held in zip(local, self._held, strict=True):
            new = np.where(ours >= 0, final[ours] if len(final) else 0, -1)
            self._frequencies[new[ours >= 0]] += held[ours >= 0]
            # What is held no more goes by the number before it: nothing is written for it.
            self._numbers.append(np.maximum.accumulate(new) if len(new) else new)
        self._starts = starts_of(self._frequencies)
        self._beginnings = beginnings_of(self._terms)

    def sizes(self) -> dict[str, tuple[Any, int]]:
        """The types and lengths of the arrays that `run` puts."""
        postings = int(self._starts[-1])
        many = sum(map(_many, self._parts))
        lengths = {
            "starts": len(self._starts),
            "forward_starts": len(self._ids) + 1,
            "term_starts": len(self._terms) + 1,
            "term_bytes": sum(map(len, self._terms)),
            "hashes": len(self._terms),
            "beginnings": len(self._beginnings),
            "many": many,
            "many_times": many,
            "postings": postings,
            "frequencies": postings,
            "forward": postings,
        }
        return {name: (kind, lengths.get(name, len(self._ids))) for name, kind in KINDS.items()}

    def run(self, sink: _Put) -> None:
        """Put every array into `sink`."""
        sink.put("ids", self._ids)
        sink.put("lengths", self._lengths)
        sink.put("starts", self._starts)
        sink.put("hashes", self._hashes)
        sink.put("beginnings", self._beginnings)
        sink.put("term_starts", starts_of(np.array([len(term) for term in self._terms])))
        sink.put("term_bytes", np.frombuffer(b"".join(self._terms), dtype=np.uint8))
        for first, last in _pieces(self._starts):
            self._put_postings(sink, first, last)
        self._put_forward(sink)

    def _put_postings(self, sink: _Put, first: int, last: int) -> None:
        """Put the postings of the terms from `first` to `last`."""
        base = self._starts[first]
        size = int(self._starts[last] - base)
        upto = self._starts[first:last] - base  # where each term's next posting goes
        documents = np.empty(size, dtype=np.int64)
        often = np.empty(size, dtype=np.int64)
        for part, new, numbers, held in zip(
            self._parts, self._documents, self._numbers, self._held, strict=True
        ):
            begin, end = np.searchsorted(numbers, [first, last])
            here = slice(part.postings.starts[begin], part.postings.starts[end])
            of_part = new[(part.postings.postings[here] >> np.uint32(8)).astype(np.int64)]
            times = part.postings.times(here.start, here.stop)
            if not part.keep.all():
                stays = of_part >= 0
                of_part, times = of_part[stays], times[stays]
            there = held[begin:end] > 0
            terms, counts = numbers[begin:end][there] - first, held[begin:end][there]
            places = np.repeat(upto[terms], counts) + within(counts)
            documents[places] = of_part
            often[places] = times
            upto[terms] += counts
        if not self._in_order:
            sizes = self._frequencies[first:last]
            order = np.argsort(np.repeat(np.arange(last - first), sizes) << 32 | documents)
            documents, often = documents[order], often[order]
        sink.put("postings", (documents << 8 | self._impacts(documents, often)).astype(np.uint32))
        sink.put("frequencies", np.minimum(often, MANY).astype(np.uint8))
        many = np.flatnonzero(often >= MANY)
        sink.put("many", many + base)
        sink.put("many_times", often[many].astype(np.uint32))

    def _impacts(self, documents: Array, often: Array) -> Array:
        times = often.astype(np.float64)
        steps = times / (times + self._norms[documents]) * 255
        # One more than the whole steps is never less than the impact, whatever was rounded.
        out: Array = np.minimum(np.floor(steps) + 1, 255).astype(np.int64)
        return out

    def _put_forward(self, sink: _Put) -> None:
        size = np.zeros(len(self._ids), dtype=np.int64)
        at = np.zeros(len(self._ids), dtype=np.int64)
        whose = np.zeros(len(self._ids), dtype=np.int32)
        for place, (part, new) in enumerate(zip(self._parts, self._documents, strict=True)):
            stays = new >= 0
            size[new[stays]] = np.diff(part.postings.forward_starts)[stays]
            at[new[stays]] = part.postings.forward_starts[:-1][stays]
            whose[new[stays]] = place
        starts = starts_of(size)
        sink.put("forward_starts", starts)
        for first, last in _pieces(starts):
            out = np.empty(int(starts[last] - starts[first]), dtype=np.uint32)
            of_piece = np.repeat(whose[first:last], size[first:last])
            source = np.repeat(at[first:last], size[first:last]) + within(size[first:last])
            for place, (part, numbers) in enumerate(zip(self._parts, self._numbers, strict=True)):
                mine = of_piece == place
                entries = part.postings.forward[source[mine]]
                terms = numbers[(entries >> np.uint32(8)).astype(np.int64)]
                out[mine] = (terms << 8).astype(np.uint32) | entries & np.uint32(MANY)
            sink.put("forward", out)


def _many(part: Part) -> int:
    """How many of the postings that stay have a frequency of their own."""
    held = part.postings.postings[part.postings.many]
    return int(part.keep[(held >> np.uint32(8)).astype(np.int64)].sum())


def _held(part: Part) -> Array:
    """How many of the documents that stay hold each term: int64[V]."""
    postings = part.postings
    if part.keep.all():
        return postings.document_frequencies
    out = np.zeros(len(postings.hashes), dtype=np.int64)
    for first, last in _pieces(postings.starts):
        here = postings.postings[postings.starts[first] : postings.starts[last]]
        stays = part.keep[(here >> np.uint32(8)).astype(np.int64)]
        upto = starts_of(stays)
        out[first:last] = np.diff(upto[postings.starts[first : last + 1] - postings.starts[first]])
    return out


def _pieces(starts: Array) -> Iterator[tuple[int, int]]:
    """Rows of lists that start at `starts`: so many in a row as fit into memory at once."""
    first = 0
    while first < len(starts) - 1:
        limit = starts[first] + _AT_ONCE
        last = max(first + 1, int(np.searchsorted(starts, limit, side="right")) - 1)
        yield first, last
        first = last
