"""A query line that is wrong, and carets under what is wrong with it."""

from __future__ import annotations

from bot.messages import Messages
from bot.query_line import BadLine
from bot.terminal.layout import plain
from corpus.text.width import clip, columns

_INDENT = "  "
_MOST, _LEAST = 40, 20


def pointed(error: BadLine, say: Messages, width: int) -> str:
    """Three lines: the sentence that says what is wrong, the query line, carets under the place."""
    line = plain(error.text)
    wrong = line[error.start : error.end]
    before = line[: error.start].lstrip()
    if columns(before) > _MOST:
        before = "…" + clip(before[::-1], _MOST)[-2::-1]
    after = clip(line[error.start :], max(width - columns(_INDENT + before), _LEAST))
    carets = "^" * max(1, min(columns(wrong), columns(after)))
    return "\n".join(
        (
            say(error.reason, said=clip(wrong, _MOST)),
            f"{_INDENT}{before}{after}",
            f"{_INDENT}{' ' * columns(before)}{carets}",
        )
    )
