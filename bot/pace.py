"""How often people may ask: so much a minute, and as much at once after a pause."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

_MINUTE = 60.0
_MANY = 1000


class Pace:
    """For each of many keys a bucket that fills with `per_minute` drops; 0 is no limit."""

    def __init__(self, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = per_minute
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def wait(self, key: str) -> int:
        """Whole seconds until there is a drop for `key`: 0 where there is one now."""
        missing = 1 - self._drops(key)
        if not self._most or missing <= 0:
            return 0
        return math.ceil(missing * _MINUTE / self._most)

    def take(self, key: str) -> None:
        """Take a drop."""
        if self._most:
            self._buckets[key] = self._drops(key) - 1, self._clock()
            if len(self._buckets) > _MANY:
                self._forget_the_full()

    def _drops(self, key: str) -> float:
        drops, at = self._buckets.get(key, (float(self._most), 0.0))
        return min(self._most, drops + (self._clock() - at) * self._most / _MINUTE)

    def _forget_the_full(self) -> None:
        # A bucket that is full is as good as none.
        full = [key for key in self._buckets if self._drops(key) >= self._most]
        for key in full:
            del self._buckets[key]


class Paces:
    """The pace of each person, and of each channel, which many share."""

    def __init__(
        self, person: int, channel: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._person = Pace(person, clock)
        self._channel = Pace(channel, clock)

    def hold(self, person: str, channel: str) -> int:
        """Seconds to wait before asking again: 0 where the question is taken now.

        A `channel` of "" is nobody's but the person's.
        """
        wait = max(self._person.wait(person), self._channel.wait(channel) if channel else 0)
        if not wait:
            self._person.take(person)
            if channel:
                self._channel.take(channel)
        return wait
