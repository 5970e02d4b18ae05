"""Whether the settings of ranking were tuned to a collection: each is left out in its turn.

First every setting is varied around those that are kept. Then, for each collection, the others
choose: from plain BM25 on, the one change that raises their mean most, each collection relative to
plain BM25 on it, is made until none raises it by a quarter of a percent. What the left-out
collection gets by that stands beside what it gets by the kept settings, by plain BM25, and by the
best that was tried on it. Before that they choose in the same way from the kept settings on:
whether these would be others if the collection had never been there.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from tests.bench.quality.measures import Change, change
from tests.bench.quality.settings import KEPT, PLAIN, Setting, descend, neighbours, told
from tests.bench.quality.trials import Trial

SWEPT = (
    "cranfield",
    "med",
    "cacm",
    "nfcorpus_dev",
    "cohen_similar",
    "zh",
    "zh_similar",
    "clir_dev_han_only",
    "english_chinese",
)
"""What is swept: `clir_dev` is `clir_dev_han_only` once more."""

_SEEN = 0.05
_COLUMNS = ("chosen", "kept", "plain", "best", "- kept", "p")


class Varied(NamedTuple):
    """What comes of changing one field of the kept settings.

    `changes` are those of each collection's main measure, None where the field makes no difference;
    `relative` is the mean of them all, each in shares of what plain BM25 reaches.
    """

    field: str
    setting: Setting
    changes: dict[str, Change | None]
    relative: float

    def as_json(self) -> dict[str, Any]:
        """One object of the machine's output."""
        return {
            "varied": self.field,
            "setting": self.setting.as_json(),
            "relative": round(self.relative, 4),
            "changes": {
                name: {"difference": round(one.difference, 4), "p": round(one.p, 4)}
                for name, one in self.changes.items()
                if one
            },
        }

    def line(self) -> str:
        """One line: the differences, with a star where chance hardly makes them."""
        cells = [
            f"{one.difference:+.3f}{'*' if one.p < _SEEN else ' '}" if one else "· "
            for one in self.changes.values()
        ]
        name = told(self.field, getattr(self.setting, self.field))
        return _row(name, [*cells, f"{self.relative:+.1%}"])


class Moved(NamedTuple):
    """Where the others go from the kept settings, and what that does to the collection `name`."""

    name: str
    setting: Setting
    changed: Change

    def as_json(self) -> dict[str, Any]:
        """One object of the machine's output."""
        return {
            "without": self.name,
            "setting": self.setting.as_json(),
            "difference": round(self.changed.difference, 4),
            "p": round(self.changed.p, 4),
        }

    def line(self) -> str:
        """One line: the difference, p, and the fields that others would change."""
        pairs = zip(Setting._fields, self.setting, KEPT, strict=True)
        fields = [field for field, its, kept in pairs if its != kept]
        cells = [f"{self.changed.difference:+.3f} ", f"{self.changed.p:.3f} "]
        return f"{_row(self.name, cells)}  {self.setting.told(fields) if fields else 'the same'}"


class LeftOut(NamedTuple):
    """What a collection gets by the settings that others choose; `name` is "" where none is out.

    The scores are means of its main measure, and where none is left out means over all, relative to
    plain BM25. `changed` is how `chosen` differs from the kept settings, question by question, and
    `others` by how much more those who chose it get by it, a mean relative to plain BM25. `fields`
    are those that make a difference to the collection.
    """

    name: str
    fields: Sequence[str]
    chosen: Setting
    best: Setting
    scores: dict[str, float]
    changed: Change | None
    others: float

    def as_json(self) -> dict[str, Any]:
        """One object of the machine's output."""
        return {
            "left_out": self.name,
            "fields": list(self.fields),
            "chosen": self.chosen.as_json(),
            "best": self.best.as_json(),
            **{f"by_{name}": round(score, 4) for name, score in self.scores.items()},
            "p": round(self.changed.p, 4) if self.changed else None,
            "others_gain": round(self.others, 4),
        }

    def lines(self) -> Iterator[str]:
        """One line of scores, and one each for the settings behind them."""
        cells = [f"{score:.3f} " for score in self.scores.values()]
        if self.changed:
            cells += [f"{self.changed.difference:+.3f} ", f"{self.changed.p:.3f} "]
            cells += [f"{self.others:+.1%}"]
        yield _row(self.name or "none", cells).rstrip()
        yield f"  others choose   {self.chosen.told()}" if self.name else f"  {self.chosen.told()}"
        if self.name:
            yield f"  best for itself {self.best.told(self.fields)}"


def varied(trials: Sequence[Trial]) -> Iterator[Varied]:
    """Every value of every field, the others as they are kept."""
    for field, setting in neighbours(KEPT):
        changes = {
            trial.name: change(trial.values(setting), trial.values(KEPT))
            if trial.effective(setting) != trial.effective(KEPT)
            else None
            for trial in trials
        }
        yield Varied(field, setting, changes, relative(trials, setting) - relative(trials, KEPT))


def moved(trials: Sequence[Trial]) -> Iterator[Moved]:
    """Each collection left out in its turn, the others choosing from the kept settings on."""
    for trial in trials:
        others = [other for other in trials if other is not trial]
        setting = descend(functools.partial(relative, others), KEPT)
        yield Moved(trial.name, setting, change(trial.values(setting), trial.values(KEPT)))


def left_out(trials: Sequence[Trial]) -> Iterator[LeftOut]:
    """Each collection left out in its turn, then none."""
    for trial in trials:
        descend(functools.partial(relative, [trial]))  # so that the best for itself was tried
    others = [[other for other in trials if other is not trial] for trial in trials]
    choices = [chosen_by(those) for those in others]
    for trial, those, chosen in zip(trials, others, choices, strict=True):
        best = trial.best()
        yield LeftOut(
            name=trial.name,
            fields=trial.fields,
            chosen=chosen,
            best=best,
            scores=_scores(trial.mean, chosen) | {"best": trial.mean(best)},
            changed=change(trial.values(chosen), trial.values(KEPT)),
            others=relative(those, chosen) - relative(those, KEPT),
        )
    chosen = chosen_by(trials)
    scores = _scores(functools.partial(relative, trials), chosen)
    scores["best"] = float(np.mean([one.mean(one.best()) / one.mean(PLAIN) for one in trials]))
    gain = scores["chosen"] - scores["kept"]
    yield LeftOut("", Setting._fields, chosen, chosen, scores, None, gain)


def _scores(score: Callable[[Setting], float], chosen: Setting) -> dict[str, float]:
    return {"chosen": score(chosen), "kept": score(KEPT), "plain": score(PLAIN)}


def chosen_by(trials: Sequence[Trial]) -> Setting:
    """The setting that these collections choose together."""
    return descend(lambda setting: relative(trials, setting))


def relative(trials: Sequence[Trial], setting: Setting) -> float:
    """The mean over collections of what `setting` reaches in shares of what plain BM25 does."""
    return float(np.mean([trial.mean(setting) / trial.mean(PLAIN) for trial in trials]))


def objects(trials: Sequence[Trial]) -> Iterator[dict[str, Any]]:
    """All tables as a machine reads them."""
    scores = {trial.name: round(trial.mean(KEPT), 4) for trial in trials}
    yield {"kept": KEPT.as_json(), "scores": scores}
    for found in (varied(trials), moved(trials), left_out(trials)):
        yield from (one.as_json() for one in found)


def lines(trials: Sequence[Trial]) -> Iterator[str]:
    """All tables as people read them."""
    yield "One field varied, the others as they are kept; * where p < .05"
    yield f"kept: {KEPT.told()}"
    yield _row("", [*(f"{trial.name[:12]} " for trial in trials), "mean"])
    yield _row("kept", [f"{trial.mean(KEPT):.3f} " for trial in trials])
    for one in varied(trials):
        yield one.line()
    yield ""
    yield "Left out in turn, from the kept settings on: what it gets by what the others choose"
    yield "less what it gets by those kept; p; what they choose"
    for going in moved(trials):
        yield going.line()
    yield ""
    yield "Left out in turn: what it gets by the settings that the others choose, by those kept, by"
    yield "plain BM25 and by the best that was tried; chosen less kept and p; what the others gain"
    yield _row("", [*(f"{name} " for name in _COLUMNS), "others"])
    for out in left_out(trials):
        yield from out.lines()


def _row(name: str, cells: Sequence[str]) -> str:
    return f"{name:34}" + "".join(f"{cell:>13}" for cell in cells)
