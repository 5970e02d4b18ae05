"""How good a run is: ir-measures' values of each question, and what chance has to do with them.

A run is judged by its scores, as trec_eval does: of equal scores not the rank decides but the id.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.bench.quality.collections import Judgements
from tests.bench.quality.systems import Run

Values = NDArray[np.float64]
"""A measure of every judged question, in the order of their ids: float64[Q]."""

MEASURES = {
    "ndcg@10": "nDCG@10",
    "map": "AP@1000",
    "recall@20": "R@20",
    "mrr@10": "RR@10",
    "hit@10": "Success@10",
}
"""What we call the measures, and what ir-measures does."""
TITLES = dict(zip(MEASURES, ("nDCG@10", "MAP", "Recall@20", "MRR@10", "Hit@10"), strict=True))

_SEED = 20240229
_PERMUTATIONS = 10_000
_SAMPLES = 10_000
_AT_ONCE = 1_000


class Change(NamedTuple):
    """By how much the mean of a measure changed, and how likely chance alone does as much."""

    difference: float
    p: float


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One system on one collection; `kept` is how it differs from the run that was kept."""

    set: str
    about: str
    main: str
    system: str
    papers: int
    queries: tuple[str, ...]
    values: dict[str, Values]
    kept: dict[str, Change] = field(default_factory=dict)

    @property
    def means(self) -> dict[str, float]:
        """Every measure's mean over the questions."""
        return {name: float(values.mean()) for name, values in self.values.items()}

    @property
    def interval(self) -> tuple[float, float]:
        """Between what the mean of the main measure lies, at 95 %."""
        return interval(self.values[self.main])

    def as_json(self) -> dict[str, Any]:
        """One object of the machine's output."""
        return {
            "set": self.set,
            "system": self.system,
            "queries": len(self.queries),
            "papers": self.papers,
            **{name: round(mean, 4) for name, mean in self.means.items()},
            "main": self.main,
            "ci": [round(bound, 4) for bound in self.interval],
            "kept": {
                name: {"difference": round(change.difference, 4), "p": round(change.p, 4)}
                for name, change in self.kept.items()
            },
        }


def measure(judgements: Judgements, run: Run) -> dict[str, Values]:
    """Every measure of every judged question; a question that found nothing has 0."""
    import ir_measures

    ours = {ir_measures.parse_measure(theirs): name for name, theirs in MEASURES.items()}
    places = {query: place for place, query in enumerate(sorted(judgements))}
    found = {name: np.zeros(len(places)) for name in MEASURES}
    judged = {query: run[query] for query in places if query in run}
    for metric in ir_measures.iter_calc(list(ours), judgements, judged):
        found[ours[metric.measure]][places[metric.query_id]] = metric.value
    return found


def change(new: Values, old: Values) -> Change:
    """How `new` differs from `old`, question by question: a paired randomisation test.

    Where the two are equally good, each question's difference could as well have the other sign.
    `p` is the share of 10,000 random choices of signs whose mean is as far from 0 as the one
    seen, that one counted too, so that no p is 0.
    """
    differences = new - old
    seen = abs(differences.sum())
    moved = differences[differences != 0]
    draw = np.random.default_rng(_SEED)
    as_far = 0
    for _ in range(_PERMUTATIONS // _AT_ONCE):
        signs = draw.integers(0, 2, size=(_AT_ONCE, len(moved))) * 2.0 - 1
        as_far += int((np.abs(signs @ moved) >= seen - 1e-9).sum())
    return Change(float(differences.mean()), (as_far + 1) / (_PERMUTATIONS + 1))


def interval(values: Values) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean: 10,000 samples of as many questions."""
    draw = np.random.default_rng(_SEED)
    means = [
        values[draw.integers(0, len(values), size=(_AT_ONCE, len(values)))].mean(axis=1)
        for _ in range(_SAMPLES // _AT_ONCE)
    ]
    low, high = np.percentile(np.concatenate(means), [2.5, 97.5])
    return float(low), float(high)
