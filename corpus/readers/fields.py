"""What exports put into a field, brought into the shape that `Paper` has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from corpus.identity import bare_doi
from corpus.paper import Paper
from corpus.text.language import language_code

_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_SEPARATORS = re.compile(r"\s*[;；|\n]\s*")
_CHINESE_SEPARATORS = re.compile(r"\s*[;；|\n，、]\s*")
_LISTS = ("authors", "keywords", "subjects", "affiliations")


def text(value: Any) -> str:
    """One string out of a string, a number, or a list of such."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, (list, tuple)):
        return " ".join(filter(None, map(text, value)))
    return "" if isinstance(value, Mapping) else str(value).strip()


def texts(value: Any) -> tuple[str, ...]:
    """Several strings out of a list, or out of one string that separates them."""
    if isinstance(value, (list, tuple)):
        return tuple(filter(None, map(text, value)))
    whole = text(value)
    chinese = any("\u4e00" <= char <= "\u9fff" for char in whole)
    pattern = _CHINESE_SEPARATORS if chinese else _SEPARATORS
    return tuple(filter(None, pattern.split(whole)))


def year(value: Any) -> int | None:
    """The year in a number or in any text that has one, None where there is none."""
    found = _YEAR.search(text(value))
    return int(found.group()) if found else None


def paper(fields: Mapping[str, Any], extra: Mapping[str, Any]) -> Paper:
    """A paper out of fields named as `Paper` names them, in whatever types an export has."""
    values: dict[str, Any] = {}
    leftover = dict(extra)
    for name, value in fields.items():
        read: Any
        if name in _LISTS:
            read = texts(value)
        elif name == "year":
            read = year(value)
        elif name == "doi":
            read = bare_doi(text(value))
        elif name == "language":
            first = value[0] if isinstance(value, list) and value else value
            read = language_code(text(first)) if text(first) else ""
        else:
            read = text(value)
        values[name] = read
        if not read and value not in (None, "", [], {}):
            leftover.setdefault(name, value)  # of a shape that says nothing to us: kept as it is
    return Paper(**values, extra=leftover)
