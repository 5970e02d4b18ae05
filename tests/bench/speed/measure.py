"""Every engine on every set, question by question in turn."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import Any, NamedTuple, Protocol

import numpy as np

from tests.bench.speed.corpora import Corpus
from tests.bench.speed.crew import Index, Worker, built
from tests.bench.speed.engines import ENGINES, SIMILIT
from tests.bench.speed.memory import Memory
from tests.bench.speed.questions import Question, questions
from tests.bench.speed.together import AT_ONCE

WARMING = 5
_SECONDS = 20.0
"""What an engine may take for one set; then it answers no more of it."""
_CHECKED = 10


class Cost(NamedTuple):
    """What an engine takes beside time to answer: `opened` and `asked`, before and after."""

    built: Index
    opened: Memory
    first_s: float
    asked: Memory


class Times(NamedTuple):
    """Milliseconds of each question of one set by one engine.

    `postings` is how many the terms of a question have, on average; `agreement` in how many answers
    it found the same papers as ours, and which share of the best they had in common, on average.
    """

    engine: str
    corpus: str
    papers: int
    set: str
    times: list[float]
    postings: float
    agreement: tuple[int, float] | None

    @property
    def median_ms(self) -> float:
        """The median."""
        return statistics.median(self.times)

    @property
    def p95_ms(self) -> float:
        """The least time that 95 % do not exceed."""
        return p95(self.times)


class Run(NamedTuple):
    """All that was measured of one corpus. `same` are ours that equal the plain sum, of so many."""

    corpus: str
    papers: int
    costs: dict[str, Cost]
    times: list[Times]
    together: dict[str, float]
    same: tuple[int, int]

    def of(self, engine: str, set: str) -> Times | None:
        """What one engine took for one set."""
        found = (one for one in self.times if (one.engine, one.set) == (engine, set))
        return next(found, None)

    def objects(self) -> Iterator[dict[str, Any]]:
        """One object for every engine and set."""
        for one in self.times:
            cost = self.costs[one.engine]
            yield {
                "engine": one.engine,
                "papers": one.papers,
                "corpus": one.corpus,
                "set": one.set,
                "questions": len(one.times),
                "postings": round(one.postings),
                "median_ms": round(one.median_ms, 3),
                "p95_ms": round(one.p95_ms, 3),
                "same_papers": one.agreement and one.agreement[0],
                "shared_papers": one.agreement and round(one.agreement[1], 3),
                "build_s": round(cost.built.build_s, 1),
                "disk_mb": round(cost.built.disk_mb, 1),
                "first_s": round(cost.first_s, 2),
                "opened_rss_mb": round(cost.opened.rss_mb),
                "opened_file_mb": round(cost.opened.file_mb),
                "rss_mb": round(cost.asked.rss_mb),
                "file_mb": round(cost.asked.file_mb),
            }


class Answers(Protocol):
    """Whoever answers questions and says how long it took."""

    name: str

    def answer(self, question: Question) -> tuple[float, list[int]]:
        """Milliseconds, and the papers."""


class Answered:
    """What one engine answered: milliseconds and papers, question by question from the first."""

    def __init__(self) -> None:
        self.every: list[float] = []
        self.papers: list[list[int]] = []

    def take(self, took: float, papers: list[int]) -> None:
        """One answer."""
        self.every.append(took)
        self.papers.append(papers)

    @property
    def counted(self) -> slice:
        """Which answers count: not the first, unless there are hardly more, as each is dear."""
        return slice(WARMING if len(self.every) > 2 * WARMING else 0, len(self.every))

    def agreement(self, ours: Answered) -> tuple[int, float] | None:
        """In how many answers it found the same papers as ours, and which share of the best."""
        both = [
            len({*papers} & {*best}) / len(best)
            for papers, best in zip(self.papers, ours.papers, strict=False)
            if papers and best
        ]
        return (sum(one == 1 for one in both), statistics.mean(both)) if both else None


def p95(times: Sequence[float]) -> float:
    """The least time that 95 % do not exceed."""
    return sorted(times)[-(-len(times) * 95 // 100) - 1]


def round_robin(workers: Sequence[Answers], asked: Sequence[Question]) -> dict[str, Answered]:
    """Every worker answers a question before any answers the next; who begins changes.

    Each stops when it has taken `_SECONDS`.
    """
    found = {worker.name: Answered() for worker in workers}
    for turn, question in enumerate(asked):
        for place in range(len(workers)):
            worker = workers[(turn + place) % len(workers)]
            answered = found[worker.name]
            if sum(answered.every) < _SECONDS * 1000:
                answered.take(*worker.answer(question))
    return found


def measured(papers: Corpus, names: Sequence[str], sets: Sequence[str], count: int) -> Run:
    """These engines on these sets of one corpus, so many questions of each."""
    asked = {
        name: of_set for name, of_set in questions(papers, count + WARMING).items() if name in sets
    }
    first = next(iter(asked.values()))[-1]
    indexes = {name: built(name, papers) for name in names}
    with ExitStack() as until_done:
        workers = {}
        starts = {}
        for name, index in indexes.items():
            with Worker(name, index.folder) as before:  # compiles what is kept compiled
                before.first(first)
            workers[name] = worker = until_done.enter_context(Worker(name, index.folder))
            starts[name] = worker.memory(), worker.first(first)
        times = [taken for name in asked for taken in _set(papers, name, asked[name], workers)]
        costs = {
            name: Cost(indexes[name], *starts[name], worker.memory())
            for name, worker in workers.items()
        }
        ours = workers.get(SIMILIT)
        checked = [one for of_set in asked.values() for one in of_set[:_CHECKED]] if ours else []
        return Run(
            papers.name,
            len(papers),
            costs,
            times,
            ours.together(next(iter(asked.values()))[:AT_ONCE]) if ours else {},
            (sum(ours.same(one) for one in checked) if ours else 0, len(checked)),
        )


def _set(
    papers: Corpus, name: str, asked: Sequence[Question], workers: Mapping[str, Worker]
) -> Iterator[Times]:
    able = [worker for worker in workers.values() if name in ENGINES[worker.name].sets]
    found = round_robin(able, asked)
    ours = found.get(SIMILIT, Answered())
    for engine, answered in found.items():
        counted = answered.counted
        postings = [papers.frequencies[question.terms].sum() for question in asked[counted]]
        yield Times(
            engine,
            papers.name,
            len(papers),
            name,
            answered.every[counted],
            float(np.mean(postings)),
            answered.agreement(ours) if engine != SIMILIT else None,
        )
