"""What was to be reached, and what was: ratios, growth, and the lines of the goal."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from tests.bench.speed.corpora import REAL_PAPERS
from tests.bench.speed.engines import ENGINES, SIMILIT
from tests.bench.speed.measure import Run, Times
from tests.bench.speed.questions import ABSTRACTS, ALL_WORDS, FILTERS, FIVE

MILLION = 1_000_000
_POSTING = 4  # bytes

_NUMBA, _TANTIVY = ("bm25s-numba",), ("tantivy",)
_AGAINST: tuple[tuple[int, str, tuple[str, ...], float], ...] = (
    (MILLION, ABSTRACTS, _NUMBA, 0.7),
    (MILLION, ABSTRACTS, _TANTIVY, 0.35),
    (MILLION, ALL_WORDS, _NUMBA, 0.45),
    (MILLION, ALL_WORDS, _TANTIVY, 0.2),
    (REAL_PAPERS, ABSTRACTS, _NUMBA, 0.6),
    (MILLION, FIVE, ("bm25s-numba", "bm25s", "tantivy"), 1.0),
)
"""Papers, set, peers of which the best counts, and what of its median ours may take."""

_OF_REAL = f"{ABSTRACTS}, {REAL_PAPERS:,} papers, of bm25s-numba"
_ADDING = """a real abstract has 81 terms with 560,000 postings, of which at best a fifth could be
left out; ours reads half of bm25s's bytes, but looks words up, which bm25s is asked by number, and
takes turns with eight processes on cold caches: warm, in one process, it is .6 to .7"""
REASONS: Mapping[str, str] = {
    f"{_OF_REAL}: median": " ".join(_ADDING.split()),
    f"{_OF_REAL}: p95": "for the same reason",
}
"""Why a line of the goal is not reached, by its name: written by whoever looked into it."""


class Target(NamedTuple):
    """One line of the goal: what may be at most, and what is."""

    name: str
    limit: float
    value: float

    @property
    def met(self) -> bool:
        """Whether it is reached."""
        return self.value <= self.limit

    def as_json(self) -> dict[str, Any]:
        """One object of the machine's output."""
        return {
            "target": self.name,
            "limit": self.limit,
            "value": round(self.value, 3),
            "met": self.met,
            "reason": "" if self.met else REASONS.get(self.name, ""),
        }


class Ratio(NamedTuple):
    """What ours takes as a part of what the best peer takes."""

    corpus: str
    papers: int
    set: str
    peer: str
    median: float
    p95: float

    def as_json(self) -> dict[str, Any]:
        """One object of the machine's output."""
        rounded = {"median": round(self.median, 3), "p95": round(self.p95, 3)}
        return {"ratio": f"{SIMILIT} / {self.peer}", **self._asdict(), **rounded}


class Growth(NamedTuple):
    """How many times as long the median of whole abstracts is at `papers` as at `less`."""

    engine: str
    less: int
    papers: int
    times: float

    @property
    def exponent(self) -> float:
        """Time grows as the number of papers to this power."""
        return math.log(self.times) / math.log(self.papers / self.less)

    def as_json(self) -> dict[str, Any]:
        """One object of the machine's output."""
        return {
            "growth": self.engine,
            "from": self.less,
            "to": self.papers,
            "times": round(self.times, 2),
            "exponent": round(self.exponent, 2),
        }


class Bandwidth(NamedTuple):
    """Gigabytes of postings a second that ours goes through, and that are copied beside it."""

    papers: int
    set: str
    reached: float
    copied: float

    def as_json(self) -> dict[str, Any]:
        """One object of the machine's output."""
        return {
            "bandwidth": self.set,
            "papers": self.papers,
            "gb_s": round(self.reached, 2),
            "copy_gb_s": round(self.copied, 2),
            "share": round(self.reached / self.copied, 3),
        }


def ratios(runs: Sequence[Run]) -> Iterator[Ratio]:
    """Ours and the peer that is best by the median, of every set."""
    for run in runs:
        for ours in [one for one in run.times if one.engine == SIMILIT]:
            peers = [name for name, kind in ENGINES.items() if kind.peer]
            best = _best(run, ours.set, peers)
            if best is not None:
                yield _ratio(ours, best)


def _ratio(ours: Times, peer: Times) -> Ratio:
    return Ratio(
        ours.corpus,
        ours.papers,
        ours.set,
        peer.engine,
        ours.median_ms / peer.median_ms,
        ours.p95_ms / peer.p95_ms,
    )


def _best(run: Run, name: str, engines: Sequence[str]) -> Times | None:
    there = [one for engine in engines if (one := run.of(engine, name))]
    return min(there, key=lambda one: one.median_ms, default=None)


def growth(runs: Sequence[Run]) -> Iterator[Growth]:
    """Of every engine, from each number of synthetic papers to the next."""
    synthetic = sorted((run for run in runs if run.corpus != "real"), key=lambda run: run.papers)
    for engine in ENGINES:
        known = [one for run in synthetic if (one := run.of(engine, ABSTRACTS))]
        for less, more in pairwise(known):
            yield Growth(engine, less.papers, more.papers, more.median_ms / less.median_ms)


def bandwidths(runs: Sequence[Run], copied: float) -> Iterator[Bandwidth]:
    """As if every posting of the terms were read; what is passed over makes it seem faster."""
    for run in runs:
        for name in (ABSTRACTS, ALL_WORDS):
            if ours := run.of(SIMILIT, name):
                milliseconds = sum(ours.times) / len(ours.times)
                reached = ours.postings * _POSTING / milliseconds / 1e6
                yield Bandwidth(run.papers, name, reached, copied)


def targets(runs: Sequence[Run], jieba_s: float) -> Iterator[Target]:
    """The lines of the goal that these runs can say something of."""
    by_papers = {run.papers: run for run in runs}
    for papers, name, peers, limit in _AGAINST:
        if run := by_papers.get(papers):
            ours, best = run.of(SIMILIT, name), _best(run, name, peers)
            if ours and best:
                ratio, what = _ratio(ours, best), f"{name}, {papers:,} papers, of {best.engine}"
                yield Target(f"{what}: median", limit, ratio.median)
                yield Target(f"{what}: p95", limit, ratio.p95)
    for run in runs:
        same, checked = run.same
        if checked:
            yield Target(f"answers unlike the plain sum, {run.papers:,} papers", 0, checked - same)
    largest = max(runs, key=lambda run: run.papers)
    if SIMILIT in largest.costs:
        yield from _of_ours(largest, jieba_s)


def _of_ours(run: Run, jieba_s: float) -> Iterator[Target]:
    at = f"{run.papers:,} papers"
    everything = run.of(SIMILIT, ABSTRACTS)
    for name in FILTERS:
        if everything and (some := run.of(SIMILIT, name)):
            ratio = some.median_ms / everything.median_ms
            yield Target(f"{name}, {at}, of unfiltered: median", 2, ratio)
    cost = run.costs[SIMILIT]
    yield Target(f"16 at once, {at}, of one after another", 0.75, run.together["at_once_ratio"])
    yield Target(f"lag of the loop meanwhile, {at}: p99, ms", 20, run.together["lag_p99_ms"])
    yield Target(f"first answer, {at}, beyond Python with jieba: s", 2, cost.first_s - jieba_s)
    yield Target(f"index, {at}: MB", 1100, cost.built.disk_mb)
    yield Target(f"resident while answering, {at}: MB", 1400, cost.asked.rss_mb)
    yield Target(
        f"the same without pages of files, {at}: MB", 500, cost.asked.rss_mb - cost.asked.file_mb
    )
