"""What a service says when it does not answer: how long to wait, and what is wrong."""

from __future__ import annotations

import json
import re
from email.utils import parsedate_to_datetime
from typing import Any

_SAID = re.compile(r"<(?:ERROR|summary)\b[^>]*>([^<]{1,300})")


def seconds_asked(told: str, now: float) -> float:
    """How long a Retry-After header asks to wait, 0 where it says nothing sensible."""
    if told.strip().isdecimal():
        return float(told.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - now)
    except (ValueError, OverflowError):
        return 0.0


def words_of(body: str) -> str:
    """What an error page says in words, as far as that is to be found."""
    told: Any
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        found = _SAID.search(body[:20_000])
        told = found.group(1) if found else ""
    for _ in range(4):
        if isinstance(told, list) and told:
            told = told[0]
        elif isinstance(told, dict):
            told = told.get("message") or told.get("error") or ""
    return told if isinstance(told, str) else ""


def in_a_sentence(told: str) -> str:
    """A stranger's words, fit to be shown: on one line, not long, and no control characters."""
    plain = "".join(char if char.isprintable() else " " for char in told)
    return " ".join(plain.split())[:200]
