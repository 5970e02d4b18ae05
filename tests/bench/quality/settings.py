"""The settings of ranking that are swept, and how one is chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from corpus.ranking import feedback
from corpus.ranking.bm25 import Ranker
from corpus.text import query
from tests.bench.quality.systems import Okapi

_NO_END = 10_000
_LEAST = 0.0025
"""What a change has to add to a mean relative to plain BM25: less is no reason to choose it."""


class Feedback(NamedTuple):
    """The constants of `corpus.ranking.feedback`; where `all` is 0 there is none."""

    weight: float
    terms: int
    enough: int
    all: int

    def __str__(self) -> str:
        """`.5 of 40`: the weight of how many terms; and what a question's length has to do with it.

        `less after 10` is `enough`; that there is none after the usual `all` goes without saying.
        """
        if not self.all:
            return "off"
        less = f", less after {self.enough}" if self.enough < self.all else ""
        long = ", long ones too" if self.all == _NO_END else ""
        return f"{_short(self.weight)} of {self.terms}{less}{long}"


class Setting(NamedTuple):
    """Everything that is swept: what a title counts, k1 and b, whose idf, what a term counts that
    is said f times, feedback, what a pair of Han characters and a single one count beside a word,
    what a word of titling counts, and what a Chinese word counts for the English one that it
    translates.
    """

    title: int
    k1_b: tuple[float, float]
    idf: str
    said: str
    feedback: Feedback
    pairs: float
    chars: float
    titling: float
    translated: float

    def told(self, fields: Iterable[str] = ()) -> str:
        """Its fields, or these of them, as people read them."""
        return "; ".join(told(field, getattr(self, field)) for field in fields or self._fields)

    def as_json(self) -> dict[str, Any]:
        """One object."""
        return {**self._asdict(), "feedback": self.feedback._asdict()}


OFF = Feedback(0, 0, 0, 0)
_KEPT = Feedback(feedback._WEIGHT, feedback._TERMS, feedback._SAID_ENOUGH, feedback._SAID_ALL)

IDFS: dict[str, type[Ranker]] = {"plus": Ranker, "okapi": Okapi}
SAID: dict[str, Callable[[int], float]] = {
    "f": float,
    "1 + ln f": query._said,
    "1": lambda _: 1.0,
}

KEPT = Setting(
    3,
    (1.5, 0.75),
    "plus",
    "1 + ln f",
    _KEPT,
    query._PAIR,
    query._CHAR,
    query._TITLING,
    query._IN_CHINESE,
)
"""The product as it is."""
PLAIN = Setting(1, (1.5, 0.75), "okapi", "f", OFF, 0.0, 0.0, 1.0, 1.0)
"""Plain BM25, where choosing begins."""

VALUES: dict[str, tuple[Any, ...]] = {
    "title": (1, 2, 3),
    "k1_b": ((0.9, 0.4), (1.2, 0.75), (1.5, 0.75), (2.0, 0.75)),
    "idf": tuple(IDFS),
    "said": tuple(SAID),
    "feedback": (
        OFF,
        *(
            Feedback(weight, terms, enough, _KEPT.all)
            for weight in (0.3, 0.5)
            for terms in (20, 40)
            for enough in (10, 1000)
        ),
        Feedback(0.5, 40, _NO_END, _NO_END),  # whole abstracts too
    ),
    "pairs": (0.0, 0.1, 0.3, 1.0),
    "chars": (0.0, 0.1, 0.3, 1.0),
    "titling": (0.25, 0.5, 1.0),
    "translated": (0.3, 0.6, 1.0),
}
"""What is tried of each field."""

_NAMES = {"title": "title ×", "k1_b": "k1, b = ", "idf": "idf ", "said": "said ", "pairs": "pairs "}


def told(field: str, value: Any) -> str:
    """A field and its value as people read them."""
    if field == "k1_b":
        value = ", ".join(map(_short, value))
    name = _NAMES.get(field, f"{field} ")
    return f"{name}{_short(value) if isinstance(value, float) else value}"


def _short(number: float) -> str:
    return f"{number:g}".removeprefix("0") or "0"


def neighbours(setting: Setting) -> Iterator[tuple[str, Setting]]:
    """The settings that differ from `setting` in one field, and which field that is."""
    for field, values in VALUES.items():
        for value in values:
            if value != getattr(setting, field):
                yield field, setting._replace(**{field: value})


def descend(score: Callable[[Setting], float], start: Setting = PLAIN) -> Setting:
    """What is reached from `start` by changing the one field that raises `score` most, each time,
    until none raises it by more than chance might.
    """
    best = start
    while True:
        new = max((one for _, one in neighbours(best)), key=score)
        if score(new) < score(best) + _LEAST:
            return best
        best = new
