"""What people are told where something cannot be done, or fails."""

from __future__ import annotations

import logging
import secrets
import sqlite3

import discord

from bot.browse import TopicNotFound
from bot.declined import Declined
from bot.discord import searching
from bot.discord.escape import clean
from bot.discord.seen import QuestionGone
from bot.messages import Messages
from bot.query_line import BadLine
from corpus.errors import LibraryBusy, LibraryDamaged, LibraryMissing, PaperNotFound
from corpus.text.width import clip

_log = logging.getLogger("similit")
_NAME = 120
# What to do about errors that people cannot help; about others, only to try again.
_FAILURES = (
    (LibraryBusy, "failed-busy"),
    ((LibraryMissing, LibraryDamaged, sqlite3.Error), "failed-library"),
    (discord.HTTPException, "failed-discord"),
)


def explained(error: Exception, say: Messages, keep_days: int) -> str:
    """The sentence for an error; one that nobody foresaw is logged under a short code."""
    match error:
        case TopicNotFound():
            return say("topic-not-found", name=clip(clean(error.reference), _NAME))
        case PaperNotFound():
            return say("paper-not-found", reference=clip(clean(error.reference), _NAME))
        case QuestionGone():
            return say("question-gone", days=keep_days)
        case Declined():
            return say(error.message, **error.values)
        case BadLine():
            return searching.pointed(error, say)
    kinds = (name for kind, name in _FAILURES if isinstance(error, kind))
    return say(next(kinds, "failed"), code=logged("a reply failed (code %s)", error))


def logged(message: str, error: Exception) -> str:
    """The short code under which an error is in the log now: people tell it the host."""
    code = secrets.token_hex(3)
    _log.error(message, code, exc_info=error)
    return code
