"""Documents in, their index out, on top of an older state's."""

from __future__ import annotations

import contextlib
import itertools
import os
import tempfile
from array import array
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.ranking.arrays import UNFINISHED
from corpus.ranking.merging import Part, merged, write_merged
from corpus.ranking.postings import (
    MANY,
    Postings,
    beginnings_of,
    hash_of,
    numbering,
    read,
    starts_of,
    write,
)

Array = NDArray[Any]

_AT_ONCE = 1 << 16  # words counted at a time: what is made of them stays in the cache
_KEPT = 1 << 20  # words whose terms are remembered
_IN_MEMORY = 1 << 20  # postings: more of them wait in files, sorted while others still come in
_POSTING = 0xFFFFFF00  # a document and no impact


def _themselves(terms: Sequence[str]) -> Iterable[Sequence[str]]:
    return zip(terms, strict=True)


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
    """Takes documents and makes their index, on top of that of an older state.

    A document that is taken again replaces itself.
    """

    def __init__(
        self,
        terms_of_each: Callable[[Sequence[str]], Iterable[Sequence[str]]] | None = None,
        folder: Path | None = None,
    ) -> None:
        """Documents come as terms, or as words that stand for the terms that are found of each.

        Where there is a `folder`, what is too much for memory waits in files of it.
        """
        self._terms_of_each = terms_of_each or _themselves
        self._folder = folder
        self._numbers = _Numbers()
        self._words = _Numbers()
        self._word_terms = array("i")  # the terms of each word, one word after another
        self._word_ends = array("q", [0])
        self._ids = array("q")
        self._lengths = array("i")
        self._segments: list[Postings] = []  # their ids are places in `_ids`
        self._batches: list[_Batch] = []
        self._counted = 0  # documents that are in batches, or before
        self._held = 0  # postings of batches
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
            if self._held >= _IN_MEMORY and self._folder is not None:
                self._put_by(self._folder)

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
        self._segments = [
            segment
            if not len(segment.ids) or segment.ids[-1] < after
            else merged([Part(segment, segment.ids < after, segment.ids)])
            for segment in self._segments
        ]
        self._counted = after
        del self._ids[after:], self._lengths[after:]

    def _count(self) -> None:
        # A word is analysed once, whoever writes it how often.
        new = len(self._words) - (len(self._word_ends) - 1)
        latest = [*itertools.islice(reversed(self._words), new)][::-1]
        found = [*self._terms_of_each(latest)]
        terms = itertools.chain.from_iterable(found)
        self._word_terms.extend(map(self._numbers.__getitem__, terms))
        before = self._word_ends.pop()
        self._word_ends.extend(itertools.accumulate(map(len, found), initial=before))
        words = np.concatenate([np.empty(0, dtype=np.int32), *self._tokens])
        # Looked at in place, as long as this call takes: an array cannot grow meanwhile.
        ends = np.frombuffer(self._word_ends, dtype=np.int64)
        begins = ends[words]
        sizes = ends[words + 1] - begins
        upto = starts_of(sizes)
        places = np.repeat(begins - upto[:-1], sizes) + np.arange(upto[-1])
        numbers = np.frombuffer(self._word_terms, dtype=np.int32)[places].astype(np.int64)
        lengths = np.diff(upto[starts_of(np.array([len(one) for one in self._tokens]))])
        self._lengths.extend(lengths.tolist())
        documents = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
        keys, counts = np.unique(documents << 32 | numbers, return_counts=True)
        self._batches.append(
            _Batch(
                (keys >> 32).astype(np.int32) + np.int32(self._counted),
                (keys & 0xFFFFFFFF).astype(np.int32),
                counts.astype(np.uint32),
            )
        )
        self._held += len(keys)
        self._counted = len(self._ids)
        self._tokens, self._waiting = [], 0
        if len(self._words) > _KEPT:  # runs of Han rarely come again
            self._forget_words()

    def _forget_words(self) -> None:
        self._words.clear()
        self._word_terms = array("i")
        self._word_ends = array("q", [0])

    def _put_by(self, folder: Path) -> None:
        """Let what was counted until now wait in a file."""
        segment = self._segment()
        folder.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=UNFINISHED)
        os.close(descriptor)
        write(segment, Path(name))
        self._segments.append(read(Path(name)))
        with contextlib.suppress(OSError):  # some systems keep the name of what is open
            Path(name).unlink()

    def _segment(self) -> Postings:
        batches = [_Batch(*(np.empty(0, np.int32) for _ in _Batch._fields)), *self._batches]
        documents, terms, counts = map(np.concatenate, zip(*batches, strict=True))
        before = sum(len(segment.ids) for segment in self._segments)
        places = np.arange(before, self._counted)
        lengths = _of(self._lengths, np.int32)[before:]
        segment = _assemble(list(self._numbers), terms, documents - before, counts, places, lengths)
        self._batches, self._held = [], 0
        if len(self._numbers) > _KEPT:
            self._numbers.clear()
            self._forget_words()
        return segment

    def build(self, older: Sequence[Part] = (), without: Iterable[int] = ()) -> Postings:
        """The index of what was taken and of what is `older`, less the documents `without`."""
        return merged(self._parts(older, without))

    def write(self, path: Path, older: Sequence[Part] = (), without: Iterable[int] = ()) -> None:
        """As `build`, into the file `path`, whole or not at all."""
        write_merged(self._parts(older, without), path)

    def _parts(self, older: Sequence[Part], without: Iterable[int]) -> list[Part]:
        self._count()
        if self._batches:
            self._segments.append(self._segment())
        ids = _of(self._ids, np.int64)
        gone = np.fromiter(without, dtype=np.int64)
        # Of a document that was taken twice, the first of the reversed is the last.
        latest = np.zeros(len(ids), dtype=np.bool_)
        latest[len(ids) - 1 - np.unique(ids[::-1], return_index=True)[1]] = True
        latest &= ~np.isin(ids, gone)
        gone = np.concatenate([ids, gone])
        return [
            *(Part(index, keep & ~np.isin(of, gone), of) for index, keep, of in older),
            *(Part(segment, latest[segment.ids], ids[segment.ids]) for segment in self._segments),
        ]


def _of(values: array[int], kind: Any) -> Array:
    # A copy: an array that is being looked at cannot grow.
    return np.array(values, dtype=kind)


def _assemble(
    vocabulary: list[str], terms: Array, documents: Array, counts: Array, ids: Array, lengths: Array
) -> Postings:
    """The index of `terms[i]` that occur `counts[i]` times in `documents[i]`, without impacts."""
    frequency = np.bincount(terms, minlength=len(vocabulary))
    # What was forgotten may have been all that held a term.
    encoded = [vocabulary[number].encode() for number in np.flatnonzero(frequency)]
    hashes = np.array([hash_of(term) for term in encoded], dtype=np.uint64)
    by_hash = numbering(encoded, hashes)
    number = np.zeros(len(vocabulary), dtype=np.int64)
    number[np.flatnonzero(frequency)[by_hash]] = np.arange(len(by_hash))
    terms, documents = number[terms], documents.astype(np.int64)
    # Sorted with what goes with them: that takes a fourth of the time of sorting their places.
    times = np.minimum(counts, MANY).astype(np.int64)
    by_term = terms << 32 | documents << 8 | times
    by_document = documents << 32 | terms << 8 | times
    often = by_term[counts >= MANY]
    many_times = counts[counts >= MANY][np.argsort(often)]
    by_term.sort()
    by_document.sort()
    sorted_terms = [encoded[place] for place in by_hash.tolist()]
    return Postings(
        ids=ids,
        lengths=lengths,
        starts=starts_of(frequency[frequency > 0][by_hash]),
        postings=(by_term & _POSTING).astype(np.uint32),
        frequencies=(by_term & MANY).astype(np.uint8),
        many=np.flatnonzero(by_term & MANY == MANY),
        many_times=many_times.astype(np.uint32),
        forward_starts=starts_of(np.bincount(documents, minlength=len(ids))),
        forward=(by_document & 0xFFFFFFFF).astype(np.uint32),
        hashes=hashes[by_hash],
        term_starts=starts_of(np.array([len(term) for term in sorted_terms], dtype=np.int64)),
        term_bytes=np.frombuffer(b"".join(sorted_terms), dtype=np.uint8),
        beginnings=beginnings_of(sorted_terms),
    )
