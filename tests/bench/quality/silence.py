"""Whether silence falls where it should: on what no paper fits, and not on real questions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from bot.terminal.data import run_queries
from corpus.errors import PaperNotFound
from corpus.library import Library
from corpus.paper import Query
from tests.bench.quality.collections import HERE

OFF_TOPIC = HERE / "offtopic.jsonl"


class Asked(NamedTuple):
    """A text, and its id."""

    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Silence:
    """How many texts off the topic of a collection, and how many real questions, were asked.

    `answered` are the ids of the former that got an answer, `silenced` of the latter that got none.
    """

    set: str
    off_topic: int
    answered: tuple[str, ...]
    questions: int
    silenced: tuple[str, ...]

    @property
    def shares(self) -> tuple[float, float]:
        """The share of texts off the topic, and of real questions, that were met with silence."""
        return 1 - len(self.answered) / self.off_topic, len(self.silenced) / self.questions

    def as_json(self) -> dict[str, Any]:
        """One object of the machine's output."""
        off_topic, questions = self.shares
        return {
            "set": self.set,
            "off_topic": self.off_topic,
            "off_topic_silenced": round(off_topic, 4),
            "questions": self.questions,
            "questions_silenced": round(questions, 4),
            "answered": self.answered,
            "silenced": self.silenced,
        }


def off_topic(corpus: str, path: Path = OFF_TOPIC) -> list[Asked]:
    """The texts that no paper of `corpus` should answer."""
    items = map(json.loads, path.read_text("utf-8").splitlines())
    return [Asked(it["id"], it["text"]) for it in items if corpus not in it.get("except", ())]


def questions(path: Path) -> list[Asked]:
    """The questions of a file of queries."""
    return [Asked(query.id, query.text) for query in run_queries(path)]


def silent(library: Library, asked: Iterable[Asked]) -> Iterator[str]:
    """The ids of those that find nothing; naming a paper that is not there finds nothing."""
    for one in asked:
        try:
            found = library.find(Query(text=one.text, shown=range(0))).hits
        except PaperNotFound:
            found = ()
        if not found:
            yield one.id


def silence(name: str, library: Library, strangers: list[Asked], friends: list[Asked]) -> Silence:
    """How `library` takes texts that are off its topic, and the questions of a collection."""
    quiet = set(silent(library, strangers))
    return Silence(
        set=name,
        off_topic=len(strangers),
        answered=tuple(one.id for one in strangers if one.id not in quiet),
        questions=len(friends),
        silenced=tuple(silent(library, friends)),
    )
