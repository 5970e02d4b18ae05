"""What a person asked for and cannot have, whatever the surface."""

from __future__ import annotations

from corpus.text.width import clip

_LONGEST = 120


class Declined(Exception):
    """`message` names the sentence that says why, with `values` in it."""

    def __init__(self, message: str, **values: str | int) -> None:
        super().__init__(message)
        self.message = message
        self.values = {
            name: clip(value, _LONGEST) if isinstance(value, str) else value
            for name, value in values.items()
        }
