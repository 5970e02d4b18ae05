"""What somebody has before them: the list that a message shows, and the question behind it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bot.answer import Question
from bot.state import Seen, State

_MENU = re.compile(r"similit-menu:(\d+)((?::\d+){1,2})")
_LABEL = re.compile(r"\d+")


class QuestionGone(Exception):
    """The question behind a list is no longer stored."""


def behind(state: State, numbers: tuple[int, ...]) -> Question | None:
    """The question of the list that `numbers` stand for, None where it is no longer stored.

    Two numbers are a paper and how many of its neighbours, one is a stored question's.
    """
    if len(numbers) == 2:
        return Question(like=numbers[0], top=numbers[1])
    return state.question(numbers[0])


def question_of(state: State, numbers: tuple[int, ...]) -> Question:
    """The question that `behind` gives. Raises `QuestionGone`."""
    question = behind(state, numbers)
    if question is None:
        raise QuestionGone
    return question


def remember(state: State, place: int, person: int, view: Any) -> None:
    """Keep in mind that a person was shown this in a channel, where it is a list."""
    if seen := seen_in(view.to_components()):
        state.remember(str(place), str(person), seen)


def latest(state: State, question: Question, place: int, person: int) -> Question:
    """`question` with all that the person said of its papers in lists that came after it."""
    for seen in state.recalled(str(place), str(person))[-1:]:
        last = behind(state, seen.numbers)
        if last and _unmoved(last) == _unmoved(question):
            return last
    return question


def _unmoved(question: Question) -> Question:
    return dataclasses.replace(question, liked=(), disliked=())


def seen_in(components: Iterable[Mapping[str, Any]]) -> Seen | None:
    """The page of a list that a message of these components shows, None where it shows none."""
    for one in _nested(components):
        if found := _MENU.fullmatch(str(one.get("custom_id", ""))):
            numbers = tuple(map(int, found[2].split(":")[1:]))
            papers = {
                int(rank[0]): int(option["value"])
                for option in one.get("options", ())
                if (rank := _LABEL.match(option["label"])) and option["value"].isdecimal()
            }
            return Seen(numbers, int(found[1]), papers)
    return None


def _nested(components: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for one in components:
        yield one
        yield from _nested(one.get("components") or ())
