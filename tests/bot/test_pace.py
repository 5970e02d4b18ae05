"""How often people may ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import pace
from bot.pace import Pace, Paces


class Clock:
    """A clock that a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """A clock."""
    return Clock()


def asked(paces: Paces, times: int, person: str = "1", channel: str = "") -> list[int]:
    return [paces.hold(person, channel) for _ in range(times)]


def test_so_many_at_once_and_then_one_at_a_time(clock: Clock) -> None:
    paces = Paces(6, 0, clock)
    assert asked(paces, 8) == [0] * 6 + [10, 10]
    clock.now += 4.5
    assert asked(paces, 1) == [6]
    clock.now += 5.5
    assert asked(paces, 2) == [0, 10]
    clock.now += 3600
    assert asked(paces, 7) == [0] * 6 + [10]
    assert asked(paces, 1, "2") == [0]


def test_a_channel_is_shared(clock: Clock) -> None:
    paces = Paces(100, 3, clock)
    assert [paces.hold(str(person), "77") for person in range(4)] == [0, 0, 0, 20]
    assert paces.hold("1", "88") == 0
    assert paces.hold("1", "") == 0


def test_who_has_to_wait_takes_nothing(clock: Clock) -> None:
    paces = Paces(2, 3, clock)
    assert asked(paces, 5, channel="77") == [0, 0, 30, 30, 30]
    assert asked(paces, 2, "2", "77") == [0, 20]
    assert asked(paces, 1, "2", "88") == [0]


def test_zero_is_no_limit(clock: Clock) -> None:
    assert set(asked(Paces(0, 0, clock), 1000, channel="77")) == {0}


def test_full_buckets_are_forgotten(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "_MANY", 10)
    one = Pace(6, clock)
    for person in range(10):
        one.take(str(person))
    clock.now += 60
    one.take("new")
    assert set(one._buckets) == {"new"}


@given(
    per_minute=st.integers(1, 100),
    steps=st.lists(st.floats(0, 120, allow_nan=False), min_size=1, max_size=50),
)
def test_nobody_gets_more_than_the_pace_and_whoever_waits_gets_something(
    per_minute: int, steps: list[float]
) -> None:
    clock = Clock()
    paces = Paces(per_minute, 0, clock)
    began, taken = clock.now, 0
    for step in steps:
        clock.now += step
        wait = paces.hold("1", "")
        taken += not wait
        assert taken <= per_minute * (1 + (clock.now - began) / 60) + 1e-6
        if wait:
            clock.now += wait
            assert paces.hold("1", "") == 0
            taken += 1
