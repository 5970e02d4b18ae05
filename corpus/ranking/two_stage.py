"""The exact best without adding everything up. Importing this imports numba, which takes a second.

First bounds, then scores. The documents are gone through in windows small enough for the
processor's cache. In a window, the impacts of the query's terms, rarest first, are added up as
integers that are never less than a document's score. Only documents whose bound reaches the worst
of the best found so far are scored, from their own terms, in the query's order, so that scores are
equal to the plain sum's to the last bit. So that there is something to reach, the documents that
the rarer terms make likeliest are scored first. The commonest terms, which hold most of the
postings, are not added where few documents are left that could make it with all they could still
get: these are scored at once.

After Turtle and Flood, Query evaluation: strategies and optimizations (1995), and Anh and Moffat,
Pruned query evaluation using pre-computed impacts (SIGIR 2006).
"""

from __future__ import annotations

import heapq
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[Any]
Int = Any  # Python's, or one of numpy's

WINDOW = 1 << 16
"""Documents whose bounds fit the processor's cache."""
_BLOCK = 64
_LIKELY = 2
"""So many times the documents that are wanted are scored first, …"""
_RARER = 0.3
"""… when the terms that are not added yet can give less than this part of a score."""
_NEVER = -(2**31)
"""The bound of what may not be found: whatever is added, it stays below zero."""
_CEILING = 2.0**31 - 2**24
"""What all bounds together stay below, so that they fit 32 bits with their sign."""
_SAFE = 1 + 1e-9
"""More than the rounding of a few thousand sums in double precision takes."""
_SCORING = 2000
"""So many postings left for each document that could make it are worth no more adding."""
_WORTH = 1 << 14
"""So many postings left are worth looking through a window for such documents."""
_FEW, _DEGENERATE = 1 << 11, 64
"""When more than a few, and this part of the documents, were scored, the plain sum is quicker."""


class Index(NamedTuple):
    """The arrays of `Postings` that searching needs; numba knows tuples, not dataclasses."""

    lengths: Array
    starts: Array
    postings: Array
    many: Array
    many_times: Array
    forward_starts: Array
    forward: Array


class _Plan(NamedTuple):
    """The query's terms, rarest first, as bounds are made of them.

    `terms` int64[n] and what a step of impact counts for each, `steps` int32[n], in `unit`s of
    score. What the terms from place i on can add to a bound: `rest` int64[n + 1]; how many postings
    they have for each document of the corpus: `left` float64[n + 1]. The first `rarer` terms say
    which documents are likely.
    """

    terms: Array
    steps: Array
    rest: Array
    left: Array
    unit: float
    rarer: Int


class _Query(NamedTuple):
    """What scoring needs: the terms, what each counts, and BM25's parameters.

    `terms` int64[n] and `weights` float64[n] in the query's order; `table` is that of `_places`;
    `shares` float64[n] is written over with every document.
    """

    terms: Array
    weights: Array
    table: Array
    shares: Array
    average: float
    k1: float
    b: float


@njit(nogil=True, cache=True)
def _planned(
    terms: Array, weights: Array, drift: float, starts: Array, documents: Int, k1: float
) -> _Plan:
    sizes = starts[terms + 1] - starts[terms]
    order = np.argsort(sizes)
    # In units that make the greatest possible bound fit.
    unit = max(weights.sum() * (k1 + 1) * drift * _SAFE / _CEILING, 1e-300)
    steps = np.zeros(len(terms), dtype=np.int32)
    rest = np.zeros(len(terms) + 1, dtype=np.int64)
    left = np.zeros(len(terms) + 1)
    for place in range(len(terms) - 1, -1, -1):
        number = order[place]
        step = np.ceil(weights[number] * (k1 + 1) / 255 * drift * _SAFE / unit)
        steps[place] = np.int32(max(1.0, step))  # what has no weight is found all the same
        rest[place] = rest[place + 1] + 255 * np.int64(steps[place])
        left[place] = left[place + 1] + sizes[number] / documents
    rarer = 0
    while rarer < len(terms) and rest[rarer] > _RARER * rest[0]:
        rarer += 1
    return _Plan(terms[order], steps, rest, left, unit, rarer)


@njit(nogil=True, cache=True)
def _places(terms: Array) -> Array:
    """A table from a term's number to its place in the query: open addressing, -1 is empty."""
    size = 4096
    while size < 32 * len(terms):
        size *= 2
    table = np.full(size, -1, dtype=np.int32)
    for place in range(len(terms)):
        slot = terms[place] & (size - 1)
        while table[slot] >= 0:
            slot = (slot + 1) & (size - 1)
        table[slot] = place
    return table


@njit(nogil=True, cache=True)
def _end(held: Array, place: Int, limit: Int) -> Int:
    """The first place from `place` on whose document is `limit` or later."""
    step = 16
    low = high = place
    while high < len(held) and np.int64(held[high] >> np.uint32(8)) < limit:
        low = high
        high += step
        step *= 2
    high = min(high, len(held))
    while low < high:
        middle = (low + high) >> 1
        if np.int64(held[middle] >> np.uint32(8)) < limit:
            low = middle + 1
        else:
            high = middle
    return low


@njit(nogil=True, cache=True)
def _add(bounds: Array, held: Array, first: Int, step: Int) -> None:
    """Add a term's impacts, each times `step`, to the bounds of documents counted from `first`."""
    base = np.uint32(first)
    for place in range(len(held)):
        posting = held[place]
        document = np.uintp((posting >> np.uint32(8)) - base)
        bounds[document] += np.int32(posting & np.uint32(255)) * step


@njit(nogil=True, cache=True)
def _whole(size: Int) -> Int:
    """The multiple of `_BLOCK` that so many documents need."""
    return (size + _BLOCK - 1) // _BLOCK * _BLOCK


@njit(nogil=True, cache=True)
def _reaching(bounds: Array, need: Int, most: Int, found: Array) -> Int:
    """Put the places of bounds of at least `need` into `found`; how many, or more than `most`.

    There is a multiple of `_BLOCK` of them.
    """
    count = 0
    for block in range(len(bounds) // _BLOCK):
        start = block * _BLOCK
        reached = np.int32(0)
        for place in range(_BLOCK):  # without a branch: done many at a time
            reached |= np.int32(bounds[start + place] >= need)
        if reached:
            for place in range(_BLOCK):
                if bounds[start + place] >= need:
                    found[count] = start + place
                    count += 1
            if count > most:
                break
    return count


@njit(nogil=True, cache=True)
def _take(
    index: Index, plan: _Plan, upto: Array, place: Int, first: Int, last: Int, bounds: Array
) -> None:
    """Add the term at `place` of the plan to the bounds of the documents from `first` to `last`.

    `upto` int64[n] is where each term's postings were read to, and goes on.
    """
    held = index.postings[upto[place] : index.starts[plan.terms[place] + 1]]
    begin = _end(held, 0, first)  # past the windows that did without this term
    stop = _end(held, begin, last)
    _add(bounds, held[begin:stop], first, plan.steps[place])
    upto[place] += stop


@njit(nogil=True, cache=True)
def _likeliest(bounds: Array, most: Int) -> Array:
    """The places of the greatest bounds, but one of each block, and about `most`: int64, ascending.

    There is a multiple of `_BLOCK` of bounds.
    """
    blocks = len(bounds) // _BLOCK
    greatest = np.empty(blocks, dtype=np.int32)
    for block in range(blocks):
        reached = np.int32(0)
        for place in range(block * _BLOCK, (block + 1) * _BLOCK):
            reached = max(reached, bounds[place])
        greatest[block] = reached
    least = np.int32(1)
    if blocks > most:
        least = max(least, np.partition(greatest, blocks - most)[blocks - most])
    found = np.empty(min(blocks, 2 * most), dtype=np.int64)  # many can be equal
    count = 0
    for block in range(blocks):
        if greatest[block] >= least and count < len(found):
            found[count] = block * _BLOCK
            while bounds[found[count]] != greatest[block]:
                found[count] += 1
            count += 1
    return found[:count]


@njit(nogil=True, cache=True)
def _bounded(
    index: Index,
    plan: _Plan,
    upto: Array,
    taken: Int,
    first: Int,
    last: Int,
    need: Int,
    bounds: Array,
    found: Array,
) -> tuple[Int, Int]:
    """Put the documents from `first` to `last` that could make it into `found`, from `first` on.

    How many they are, and how much more than their `bounds` they could still have. The first
    `taken` terms of the plan are in the bounds already.
    """
    for place in range(taken, len(plan.terms)):
        left = plan.left[place] * len(bounds)
        if plan.rest[place] < need and left > _WORTH:
            most = np.int64(left / _SCORING)
            count = _reaching(bounds, np.int32(need - plan.rest[place]), most, found)
            if count <= most:
                return count, plan.rest[place]
        _take(index, plan, upto, place, first, last, bounds)
    return _reaching(bounds, np.int32(need), len(bounds), found), 0


@njit(nogil=True, cache=True)
def _times(index: Index, term: Int, document: Int) -> Any:
    """How often a document holds a term that it holds too often for its entry to say."""
    start = index.starts[term]
    place = start + _end(index.postings[start : index.starts[term + 1]], 0, document)
    return np.float64(index.many_times[np.searchsorted(index.many, place)])


@njit(nogil=True, cache=True)
def _score(index: Index, query: _Query, document: Int) -> Any:
    """The score of a document, of its terms in the query's order."""
    norm = query.k1 * (1 - query.b + query.b * index.lengths[document] / query.average)
    shares, table = query.shares, query.table
    shares[:] = 0.0
    mask = len(table) - 1
    for entry in index.forward[index.forward_starts[document] : index.forward_starts[document + 1]]:
        term = np.int64(entry >> np.uint32(8))
        slot = term & mask
        while table[slot] >= 0:
            place = table[slot]
            if query.terms[place] == term:
                often = np.float64(entry & np.uint32(255))
                if often == 255.0:
                    often = _times(index, term, document)
                shares[place] = query.weights[place] * (often * (query.k1 + 1) / (often + norm))
                break
            slot = (slot + 1) & mask
    score = 0.0
    for share in shares:
        score += share
    return score


@njit(nogil=True, cache=True)
def _offer(best: list[Any], count: Int, score: float, document: Int, unit: float) -> Int:
    """Take a document among the `count` best, if it is: of equal scores, the first.

    The least bound that makes another worth scoring.
    """
    if len(best) < count:
        heapq.heappush(best, (score, -document))
    elif (score, -document) > best[0]:
        heapq.heapreplace(best, (score, -document))
    if len(best) < count:
        return np.int64(1)
    return max(np.int64(1), np.int64(best[0][0] / _SAFE / unit))


@njit(nogil=True, cache=True)
def _ordered(best: list[Any]) -> tuple[Array, Array]:
    """The documents, best first, and their scores."""
    best.sort(reverse=True)
    out = np.empty(len(best), dtype=np.int64)
    scores = np.empty(len(best))
    for place in range(len(best)):
        scores[place], out[place] = best[place][0], -best[place][1]
    return out, scores


@njit(nogil=True, cache=True)
def search(
    arrays: tuple[Array, ...],
    window: Int,
    terms: Array,
    weights: Array,
    drift: float,
    average: float,
    k1: float,
    b: float,
    allowed: Array,
    excluded: Int,
    count: Int,
) -> tuple[Array, Array, bool]:
    """The `count` best documents, best first, their scores, and whether it came to an end.

    `arrays` are those of `Index` as a bare tuple: at every call numba would take a quarter of a
    millisecond to see what a named one holds. `window`, a multiple of 64, is how many documents are
    looked at together. `terms` int64[n] are distinct numbers of terms, `weights` float64[n] what
    each counts, its idf included, both in the query's order; `drift` is at least what the present
    `average` length can make of an impact. `allowed` bool[N] is empty where every document may be
    found; `excluded` is -1 where none may not. Where so many documents could be among the best
    that the plain sum is quicker, it gives up.
    """
    index = Index(*arrays)
    documents = len(index.lengths)
    plan = _planned(terms, weights, drift, index.starts, documents, k1)
    query = _Query(terms, weights, _places(terms), np.empty(len(terms)), average, k1, b)
    upto = index.starts[plan.terms]
    # Empty, but typed: numba has to know what the heap will hold.
    best: list[Any] = [(0.0, np.int64(0)) for _ in range(0)]
    need = np.int64(1)  # the least bound that makes a document worth scoring
    scored, most = 0, _FEW + documents // _DEGENERATE
    bounds = np.empty(min(window, _whole(documents)), dtype=np.int32)
    found = np.empty(len(bounds), dtype=np.int32)
    for first in range(0, documents, window):
        last = min(first + window, documents)
        here = bounds[: _whole(last - first)]
        _begin(here, last - first, allowed[first:last])
        if first <= excluded < last:
            here[excluded - first] = _NEVER
        taken = 0
        if len(best) < count:
            while taken < plan.rarer:
                _take(index, plan, upto, taken, first, last, here)
                taken += 1
            for place in _likeliest(here, _LIKELY * count):
                scored += 1
                here[place] = _NEVER
                document = np.int64(first + place)
                score = _score(index, query, document)
                need = _offer(best, count, score, document, plan.unit)
        could, beyond = _bounded(index, plan, upto, taken, first, last, need, here, found)
        for place in found[:could]:
            if here[place] + beyond >= need:  # what came before may have raised it
                scored += 1
                if scored > most:
                    return found[:0].astype(np.int64), query.shares[:0], False
                document = np.int64(first + place)
                score = _score(index, query, document)
                need = _offer(best, count, score, document, plan.unit)
    return *_ordered(best), True


@njit(nogil=True, cache=True)
def _begin(bounds: Array, size: Int, allowed: Array) -> None:
    """Begin the bounds of a window of so many documents."""
    bounds[:size] = 0
    bounds[size:] = _NEVER
    for place in range(len(allowed)):
        if not allowed[place]:
            bounds[place] = _NEVER
