"""When people are told: at their hour, whatever their clocks do."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.schedule import DAILY, NOW, WEEKLY, next_time, retry_time, zone_named, zones_with

ZONES = ["UTC", "Asia/Shanghai", "Europe/London", "America/St_Johns", "Pacific/Apia"]
DAY = 86_400


def at(text: str) -> int:
    """Seconds of a time in UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("pace", "zone", "after", "expected"),
    [
        (NOW, "Asia/Shanghai", "2026-03-04T05:06", "2026-03-04T05:06"),
        (DAILY, "UTC", "2026-03-04T07:59", "2026-03-04T08:00"),
        (DAILY, "UTC", "2026-03-04T08:00", "2026-03-05T08:00"),
        (DAILY, "Asia/Shanghai", "2026-03-04T07:59", "2026-03-05T00:00"),
        (DAILY, "Asia/Shanghai", "2026-03-03T23:59", "2026-03-04T00:00"),
        (WEEKLY, "UTC", "2026-03-02T07:00", "2026-03-02T08:00"),  # a Monday
        (WEEKLY, "UTC", "2026-03-02T08:00", "2026-03-09T08:00"),
        (WEEKLY, "Asia/Shanghai", "2026-03-01T12:00", "2026-03-02T00:00"),
        (DAILY, "Europe/London", "2026-03-28T08:00", "2026-03-29T07:00"),  # summer begins
        (DAILY, "Europe/London", "2026-10-24T07:00", "2026-10-25T08:00"),  # and ends
    ],
)
def test_the_next_time(pace: str, zone: str, after: str, expected: str) -> None:
    assert next_time(pace, zone, 8, at(after)) == at(expected)


def test_an_hour_that_clocks_skip_is_one_later() -> None:
    assert next_time(DAILY, "Europe/London", 1, at("2026-03-29T00:30")) == at("2026-03-29T01:00")


@given(
    pace=st.sampled_from([DAILY, WEEKLY]),
    zone=st.sampled_from(ZONES),
    hour=st.integers(0, 23),
    after=st.integers(0, 2**32),
)
def test_there_is_always_a_next_time_soon_at_the_hour(
    pace: str, zone: str, hour: int, after: int
) -> None:
    found = next_time(pace, zone, hour, after)
    assert after < found <= after + (9 if pace == WEEKLY else 2) * DAY
    shown = datetime.fromtimestamp(found, ZoneInfo(zone))
    assert shown.hour in (hour, (hour + 1) % 24)
    if pace == WEEKLY:
        assert shown.weekday() == 0
    assert next_time(pace, zone, hour, found - 1) == found


def test_what_fails_is_tried_again_later_each_time() -> None:
    waits = [retry_time(tries, 1000) - 1000 for tries in range(1, 2000)]
    assert waits[:4] == [60, 120, 240, 480]
    assert waits == sorted(waits)
    assert waits[-1] == 6 * 3600


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("asia/shanghai", "Asia/Shanghai"),
        (" America/New York ", "America/New_York"),
        ("utc", "UTC"),
        ("Europe", ""),
        ("../../etc/passwd", ""),
        ("", ""),
    ],
)
def test_zones_are_known_by_name(said: str, zone: str) -> None:
    assert zone_named(said) == zone


def test_zones_are_suggested() -> None:
    assert zones_with("shang", 25) == ["Asia/Shanghai"]
    assert len(zones_with("", 25)) == 25
    assert zones_with("nowhere", 25) == []
