"""Whom the bot has met in direct messages, so that it introduces itself once."""

from __future__ import annotations

import time

from bot.state import State


def first_time(state: State, person: int) -> bool:
    """Whether this person was not met before; from now on they were."""
    with state.changing() as db:
        noted = db.execute(
            "INSERT OR IGNORE INTO met (person, at) VALUES (?, ?)", [str(person), int(time.time())]
        )
        return noted.rowcount == 1
