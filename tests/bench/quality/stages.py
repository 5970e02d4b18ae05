"""Where the time of a question goes: what each step of `Library.find` takes."""

from __future__ import annotations

import functools
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Any
from unittest import mock

from corpus import search
from corpus.ranking import feedback
from corpus.ranking.bm25 import Ranker
from corpus.search import Search
from corpus.store import Store
from corpus.text.why import Why

REST = "rest"
STAGES: dict[str, tuple[tuple[Any, str], ...]] = {
    "terms": ((Search, "_seed"), (search, "weigh")),
    "ranking": ((Ranker, "rank"),),
    "feedback": ((Search, "_met"), (Ranker, "likely"), (feedback, "expand")),
    "silence": ((Search, "_silent"),),
    "papers": ((Store, "papers"),),
    "extracts": ((Why, "__init__"), (Why, "shown"), (Why, "across")),
    "answer": ((search, "is_question"), (search, "quotations")),
}
"""What does each step: the terms of a question, both rankings, what is learnt between them, …"""


class Stages:
    """Times each step while it is entered."""

    def __init__(self) -> None:
        self.taken = dict.fromkeys((*STAGES, REST), 0.0)
        """Seconds of each step that were spent in `asked`."""
        self._within = False

    def asked(self, ask: Callable[[], object]) -> None:
        """Ask, and add up what each step took."""
        before = sum(self.taken.values())
        with ExitStack() as until_done:
            for stage, parts in STAGES.items():
                for where, name in parts:
                    timed = self._timed(stage, getattr(where, name))
                    until_done.enter_context(mock.patch.object(where, name, timed))
            began = time.perf_counter()
            ask()
            whole = time.perf_counter() - began
        self.taken[REST] += whole - (sum(self.taken.values()) - before)

    def _timed(self, stage: str, step: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(step)
        def timed(*given: Any, **named: Any) -> Any:
            if self._within:  # a step of another step is part of that
                return step(*given, **named)
            self._within = True
            began = time.perf_counter()
            try:
                return step(*given, **named)
            finally:
                self.taken[stage] += time.perf_counter() - began
                self._within = False

        return timed


def stages_of(ask: Callable[[str], object], texts: Sequence[str]) -> dict[str, float]:
    """The mean milliseconds of each step of these questions; they add up to that of the whole."""
    stages = Stages()
    for text in texts:
        stages.asked(functools.partial(ask, text))
    return {stage: taken * 1000 / len(texts) for stage, taken in stages.taken.items()}
