"""When people are told what is new: pure, all times in seconds since 1970 in UTC."""

from __future__ import annotations

import functools
import zoneinfo
from datetime import datetime, time, timedelta

NOW, DAILY, WEEKLY = PACES = ("now", "daily", "weekly")
"""How often somebody is told: whenever there is something, or once a day, or on Mondays."""
_FIRST_WAIT, _LONGEST_WAIT = 60, 6 * 3600


def next_time(pace: str, zone: str, hour: int, after: int) -> int:
    """When it is time the next time after `after`; at once where it always is.

    `hour` is what clocks in `zone` show. Where they skip it in spring, it is an hour later.
    """
    if pace == NOW:
        return after
    clock = zoneinfo.ZoneInfo(zone)
    day = datetime.fromtimestamp(after, clock).date()
    while True:
        at = int(datetime.combine(day, time(hour), clock).timestamp())
        if at > after and (pace == DAILY or day.weekday() == 0):
            return at
        day += timedelta(days=1)


def there(at: int, zone: str) -> str:
    """What calendars and clocks in `zone` show at a time."""
    return datetime.fromtimestamp(at, zoneinfo.ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def retry_time(tries: int, now: int) -> int:
    """When to try again what has failed `tries` times: later each time, up to six hours."""
    return now + int(min(_FIRST_WAIT * 2 ** min(tries - 1, 20), _LONGEST_WAIT))


def zone_named(name: str) -> str:
    """The time zone of this name, whatever its case; "" where there is none."""
    return _zones().get(name.strip().replace(" ", "_").casefold(), "")


def zones_with(part: str, limit: int) -> list[str]:
    """Time zones with `part` in their names, shorter names first."""
    wanted = part.strip().replace(" ", "_").casefold()
    found = [name for folded, name in _zones().items() if wanted in folded]
    return sorted(found, key=lambda name: (len(name), name))[:limit]


@functools.cache
def _zones() -> dict[str, str]:
    return {name.casefold(): name for name in sorted(zoneinfo.available_timezones())}
