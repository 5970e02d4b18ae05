"""Many questions at once: against one after another, and what an event loop feels of them."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from tests.bench.speed.questions import Question

AT_ONCE = 16
_SECONDS = 2.0  # that each of the two measurements takes at least
_ROUNDS = 5
_TICK = 0.001

Answer = Callable[[Question], object]


def together(answer: Answer, questions: Sequence[Question]) -> dict[str, float]:
    """How long questions take at once, as a part of one after another, and lags of a loop."""
    lags = asyncio.run(_lags(answer, questions))
    idle = asyncio.run(_lags(None, questions))
    return {
        "at_once_ratio": _ratio(answer, questions),
        "lag_p99_ms": float(np.percentile(lags, 99)),
        "idle_lag_p99_ms": float(np.percentile(idle, 99)),
    }


def _ratio(answer: Answer, questions: Sequence[Question]) -> float:
    ratios: list[float] = []
    until = time.perf_counter() + _SECONDS
    with ThreadPoolExecutor(len(questions)) as threads:
        list(threads.map(answer, questions))
        while len(ratios) < _ROUNDS or time.perf_counter() < until:
            began = time.perf_counter()
            for question in questions:
                answer(question)
            between = time.perf_counter()
            list(threads.map(answer, questions))
            ratios.append((time.perf_counter() - between) / (between - began))
    return statistics.median(ratios)


async def _lags(answer: Answer | None, questions: Sequence[Question]) -> list[float]:
    """How many milliseconds too late a loop woke each time, while questions are answered."""
    lags: list[float] = []

    async def tick() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(_TICK)
            lags.append((time.perf_counter() - began - _TICK) * 1000)

    ticking = asyncio.create_task(tick())
    until = time.perf_counter() + _SECONDS
    while time.perf_counter() < until:
        if answer is None:
            await asyncio.sleep(_TICK)
        else:
            await asyncio.gather(*(asyncio.to_thread(answer, question) for question in questions))
    await asyncio.sleep(2 * _TICK)  # a loop that was blocked all the time has a lag, too
    ticking.cancel()
    return lags
