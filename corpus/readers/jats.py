"""Abstracts marked up as journals deliver them, in JATS or HTML, as plain text."""

from __future__ import annotations

import re

from corpus.readers.fields import plain, text

_HEAD = re.compile(
    r"<(?:jats:)?title\b[^<>]*>([^<>]{0,200})</(?:jats:)?title>\s*(?:<(?:jats:)?p\b[^<>]*>)?",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"</?(?:jats:)?(?:p|sec|title|abstract|div|br)\b[^<>]*>", re.IGNORECASE)
_SAYS_NOTHING = frozenset(("", "abstract", "summary", "摘要"))


def prose(value: object) -> str:
    """The text of a marked-up abstract: each section on a line of its own, behind its head."""
    # Line breaks of the source are only there to make it handsome.
    whole = text(value)
    if _BLOCK.search(whole):
        whole = _HEAD.sub(_head, " ".join(whole.split()))
    return plain(whole)


def _head(found: re.Match[str]) -> str:
    head = found.group(1).strip().rstrip(".:： ")
    return "\n" if head.casefold() in _SAYS_NOTHING else f"\n{head}: "
