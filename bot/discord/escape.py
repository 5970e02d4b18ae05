"""Text from papers and people, made safe to show: Discord turns much into something else."""

from __future__ import annotations

import re

_MARKDOWN = re.compile(r"[\\*_~`|<\[]")
_LINK = re.compile(r"(?i)(https?|steam|discord)(?=:)|(discord(?:app)?)(?=\.(?:gg|com))")
_EVERYBODY = re.compile(r"@(?=everyone|here)")
_LINE_START = re.compile(r"(?m)^(\s*)(#{1,3}(?=\s)|-#|>|[-+](?=\s)|\d+(?=[.)]\s))")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069]"
)


def clean(text: str) -> str:
    """`text` without control characters and marks that turn the writing direction."""
    return _INVISIBLE.sub("", text)


def escape(text: str) -> str:
    """`text` so that Discord shows just it: no markdown, link, mention, emoji or time stamp."""
    return begin_lines(escape_within(text))


def escape_within(text: str) -> str:
    """`escape` for a piece from within a line: `begin_lines` is still to be done on the whole."""
    text = _MARKDOWN.sub(r"\\\g<0>", clean(text))
    text = _LINK.sub(r"\g<0>\\", text)
    return _EVERYBODY.sub(r"\\@", text)


def begin_lines(text: str) -> str:
    """`text` with the marks escaped that only mean something where a line begins."""
    return _LINE_START.sub(_escape_start, text)


def _escape_start(found: re.Match[str]) -> str:
    space, mark = found.groups()
    # A backslash before a digit is shown; before the stop of "1." it is not.
    return f"{space}{mark}\\" if mark.isdigit() else f"{space}\\{mark}"
