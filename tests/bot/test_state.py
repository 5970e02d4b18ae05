"""What the bot remembers between questions."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answer import Question
from bot.state import Seen, State
from corpus.paper import Filters

DAY = 86_400
FILTERS = Filters(
    author="Tate",
    journal="健康",
    first_year=2001,
    last_year=2020,
    language="zh",
    without=("mice", "小鼠"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the state lies."""
    return tmp_path / "state.db"


@pytest.fixture
def state(path: Path) -> Iterator[State]:
    """A state that forgets after 90 days."""
    made = State(path, 90)
    yield made
    made.close()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the clock, in days."""

    def at(day: float) -> None:
        monkeypatch.setattr("bot.state.time.time", lambda: 1_700_000_000 + day * DAY)

    at(0)
    return at


@pytest.mark.parametrize(
    "question",
    [
        Question(text="peer support"),
        Question(text="同伴支持 “x” 'y' \x00 \n", top=100),
        Question(text="", top=1),
        Question(text="with filters", filters=FILTERS),
        Question(text="one year", filters=Filters(first_year=2001)),
        Question(text="x" * 300_000),
    ],
    ids=["plain", "signs", "empty", "filters", "a year", "long"],
)
def test_a_kept_question_comes_back_as_it_was(state: State, question: Question) -> None:
    assert state.question(state.keep(question)) == question


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(st.characters(exclude_categories=["Cs"])),
    top=st.integers(1, 100),
    author=st.text(st.characters(exclude_categories=["Cs"])),
    without=st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1)).map(tuple),
)
def test_any_question_comes_back(
    state: State, text: str, top: int, author: str, without: tuple[str, ...]
) -> None:
    question = Question(text=text, top=top, filters=Filters(author=author, without=without))
    assert state.question(state.keep(question)) == question


def test_questions_have_numbers_of_their_own(state: State) -> None:
    numbers = [state.keep(Question(text=str(n))) for n in range(5)]
    assert len(set(numbers)) == 5
    assert all(number > 0 for number in numbers)
    assert [state.question(number).text for number in numbers] == list("01234")


@pytest.mark.parametrize("number", [0, 1, -1, 10**12])
def test_a_number_that_was_never_given_has_no_question(state: State, number: int) -> None:
    assert state.question(number) is None


def test_a_question_expires_after_the_days_it_is_kept(
    state: State, at: Callable[[float], None]
) -> None:
    number = state.keep(Question(text="old"))
    at(89.99)
    assert state.question(number) is not None
    at(90.01)
    assert state.question(number) is None


def test_expired_questions_are_erased_when_the_next_is_kept(
    state: State, path: Path, at: Callable[[float], None]
) -> None:
    state.keep(Question(text="an old question"))
    at(60)
    state.keep(Question(text="a younger question"))
    at(100)
    state.keep(Question(text="a new question"))
    assert stored(path, "questions", "text") == ["a younger question", "a new question"]


def test_the_number_of_an_erased_question_is_not_given_again(
    state: State, at: Callable[[float], None]
) -> None:
    old = state.keep(Question(text="somebody's question"))
    at(100)
    assert state.keep(Question(text="another's question")) != old


def stored(path: Path, table: str, column: str) -> list[str]:
    """What the file holds in a column."""
    db = sqlite3.connect(path)
    try:
        return [row[0] for row in db.execute(f"SELECT {column} FROM {table} ORDER BY rowid")]
    finally:
        db.close()


def test_no_person_is_stored(state: State, path: Path) -> None:
    state.keep(Question(text="peer support", filters=FILTERS))
    db = sqlite3.connect(path)
    try:
        columns = [row[1] for row in db.execute("PRAGMA table_info(questions)")]
    finally:
        db.close()
    assert columns == ["id", "text", "top", "filters", "asked_at", "details"]


def test_a_reopened_file_has_what_was_kept(path: Path) -> None:
    first = State(path, 90)
    number = first.keep(Question(text="peer support", filters=FILTERS))
    first.note("commands", "abc")
    first.close()
    second = State(path, 90)
    assert second.question(number) == Question(text="peer support", filters=FILTERS)
    assert second.fact("commands") == "abc"
    second.close()


def test_two_connections_see_each_other_at_once(path: Path, state: State) -> None:
    other = State(path, 90)
    number = state.keep(Question(text="from one"))
    assert other.question(number) == Question(text="from one")
    assert other.keep(Question(text="from the other")) != number
    other.note("commands", "abc")
    assert state.fact("commands") == "abc"
    other.close()


def test_many_that_come_first_at_once_all_come_in(path: Path) -> None:
    wrong: list[Exception] = []
    ready = threading.Barrier(6)

    def come() -> None:
        ready.wait()
        try:
            State(path).close()
        except Exception as error:
            wrong.append(error)

    threads = [threading.Thread(target=come) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_many_threads_keep_questions_under_numbers_of_their_own(state: State) -> None:
    numbers: list[int] = []

    def keep() -> None:
        for n in range(20):
            numbers.append(state.keep(Question(text=str(n))))

    threads = [threading.Thread(target=keep) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(numbers)) == len(numbers) == 80


def test_a_fact_is_the_last_that_was_noted(state: State, path: Path) -> None:
    assert state.fact("commands") == ""
    state.note("commands", "one")
    state.note("commands", "two")
    assert state.fact("commands") == "two"
    assert stored(path, "facts", "name") == ["commands"]


# What people have before them


def seen(number: int, page: int = 1) -> Seen:
    return Seen((number,), page, {1: 10 * number, 2: 10 * number + 1})


def test_what_was_shown_is_recalled_by_person_and_place(state: State) -> None:
    state.remember("dm", "ann", seen(1))
    state.remember("dm", "ann", Seen((4, 20), 2, {6: 9}))
    state.remember("room", "ann", seen(2))
    state.remember("room", "ben", seen(3))
    assert state.recalled("dm", "ann") == [seen(1), Seen((4, 20), 2, {6: 9})]
    assert state.recalled("room", "ann") == [seen(2)]
    assert state.recalled("room", "ben") == [seen(3)]
    assert state.recalled("dm", "ben") == []


def test_another_page_takes_the_place_of_the_last(state: State) -> None:
    for page in (1, 2, 3):
        state.remember("dm", "ann", seen(1, page))
    state.remember("dm", "ann", seen(2))
    state.remember("dm", "ann", seen(1))
    assert state.recalled("dm", "ann") == [seen(1, 3), seen(2), seen(1)]


def test_the_last_is_put_out_of_mind(state: State) -> None:
    state.remember("dm", "ann", seen(1))
    state.remember("dm", "ben", seen(3))
    state.remember("dm", "ann", seen(2))
    state.forget_last("dm", "ann")
    assert state.recalled("dm", "ann") == [seen(1)]
    state.forget_last("dm", "ann")
    state.forget_last("dm", "ann")
    assert state.recalled("dm", "ann") == []
    assert state.recalled("dm", "ben") == [seen(3)]


def test_only_so_many_lists_are_kept_in_mind(state: State, path: Path) -> None:
    for number in range(1, 41):
        state.remember("dm", "ann", seen(number))
    assert [one.numbers[0] for one in state.recalled("dm", "ann")] == list(range(21, 41))
    assert len(stored(path, "shown", "numbers")) == 20


def test_what_was_shown_is_forgotten_with_the_questions(
    state: State, path: Path, at: Callable[[float], None]
) -> None:
    state.remember("dm", "ann", seen(1))
    at(89)
    state.remember("dm", "ben", seen(2))
    assert state.recalled("dm", "ann") == [seen(1)]
    at(91)
    assert state.recalled("dm", "ann") == []
    state.remember("room", "cem", seen(3))
    assert stored(path, "shown", "person") == ["ben", "cem"]


def test_what_was_shown_outlives_the_process(path: Path) -> None:
    first = State(path, 90)
    first.remember("dm", "ann", seen(1, 2))
    first.close()
    second = State(path, 90)
    assert second.recalled("dm", "ann") == [seen(1, 2)]
    second.close()


def test_every_detail_of_a_question_comes_back(state: State) -> None:
    question = Question(
        like=4,
        sort="year",
        filters=Filters(title="a", keyword="b", phrases=("c d",), without=("e",)),
    )
    assert state.question(state.keep(question)) == question
