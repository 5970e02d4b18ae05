"""What people prefer: short texts under names."""

from __future__ import annotations

from bot.state import State

HIDE_SAVED = "hide saved"
ZONE = "zone"
LAST_LIST = "last list"


def preference(state: State, person: str, name: str) -> str:
    """What the person prefers, "" where they have not said."""
    with state.changing() as db:
        row = db.execute(
            "SELECT value FROM preferences WHERE person = ? AND name = ?", [person, name]
        ).fetchone()
    return str(row[0]) if row else ""


def prefer(state: State, person: str, name: str, value: str) -> None:
    """Remember what the person prefers; "" forgets it."""
    with state.changing() as db:
        if value:
            db.execute("REPLACE INTO preferences VALUES (?, ?, ?)", [person, name, value])
        else:
            db.execute("DELETE FROM preferences WHERE person = ? AND name = ?", [person, name])
