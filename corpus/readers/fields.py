"""What exports put into a field, brought into the shape that `Paper` has.

What `Paper` has no field for is kept in its `extra`. Readers and writers agree on names there:
`type` (CSL's: article-journal, paper-conference, chapter, book, thesis, report, patent, webpage,
dataset, …), `date` (as exactly as it is known: 2011-02-14, 2011-02), `publisher`, `place`, `issn`,
`isbn` (lists), `editors` and `translators` (lists of names as in `authors`), `series`, `edition`,
`conference`, `pmcid`, `arxiv`, `note`, `urls` (further ones), `accessed`. Everything else that a
format has stands as it was read under the format's own name: `extra["ris"] = {"C1": ["…"]}`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from corpus.identity import bare_doi
from corpus.paper import Paper
from corpus.text.language import language_code
from corpus.text.normalise import has_han

_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")
_SEPARATORS = re.compile(r"\s*[;；|\n]\s*")
_CHINESE_SEPARATORS = re.compile(r"\s*[;；|\n，、]\s*")
_BRACKETED = re.compile(r"\[([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]")
_LISTS = ("authors", "keywords", "subjects", "affiliations")
_DATE = re.compile(r"(?<!\d)\d{4}[-/.年\s]\s*(\d{1,2})(?:[-/.月\s]\s*(\d{1,2}))?(?!\d)")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = re.compile(rf"(?i)(?<![a-z])({'|'.join(_MONTHS)})[a-z]*")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?![\da-z])")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARKUP = re.compile(
    r"</?(?:[a-z]+:)?(?:(p|br|div|sec|title|li|ul|ol|list|list-item|tr|h[1-6]|abstract)|i|b|u|em|"
    r"strong|it|bold|italic|sub|sup|inf|sc|scp|span|font|a|tt|small|underline|monospace)"
    r"(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))*\s*/?>",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(?<![\w-])([A-Za-z]{0,9})(\d{1,9}) ?[-‐–—] ?(\d{1,9})(?![\w-])")


def text(value: Any) -> str:
    """One string out of a string, a number, or a list of such."""
    if type(value) is str:
        return value.strip()
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
    pattern = _CHINESE_SEPARATORS if has_han(whole) else _SEPARATORS
    return tuple(filter(None, pattern.split(whole)))


def year(value: Any) -> int | None:
    """The year in a number or in any text that has one, None where there is none."""
    found = _YEAR.search(text(value))
    return int(found.group()) if found else None


def date(value: Any, known: int | None = None) -> str:
    """`2011-02-14` or `2011-02` out of a date of any shape, "" where only a year is known.

    `known` is the year where `value` may have none, as in `JUN 14`.
    """
    whole = text(value)
    in_year = year(whole) or known
    if in_year is None:
        return ""
    month = day = 0
    named = {name.lower() for name in _MONTH.findall(whole)}
    if len(named) == 1:  # two are from one to the other
        month = _MONTHS.index(named.pop()) + 1
        days = _DAY.findall(whole)
        day = int(days[0]) if len(days) == 1 else 0
    elif not named and (found := _DATE.search(whole)):
        month, day = int(found.group(1)), int(found.group(2) or 0)
    if not 1 <= month <= 12:
        return ""
    return f"{in_year}-{month:02}-{day:02}" if 1 <= day <= 31 else f"{in_year}-{month:02}"


def pages(value: str) -> str:
    """`value` with each last page in full: PubMed writes 732-738 as 732-8, and S12-S15 as S12-5."""
    return _RANGE.sub(_in_full, value)


def _in_full(pages: re.Match[str]) -> str:
    before, first, last = pages.groups()
    if len(last) < len(first) and last > first[-len(last) :]:
        return f"{before}{first}-{before}{first[: -len(last)]}{last}"
    return f"{before}{first}-{last}"


def nlm_title(title: str) -> str:
    """`title` without the full stop that NLM ends it with, and the brackets of a translation."""
    if title.endswith(".") and not title.endswith(".."):
        title = title[:-1]
    bracketed = _BRACKETED.fullmatch(title)
    return bracketed.group(1).removesuffix(".") if bracketed else title


def plain(value: str) -> str:
    """`value` without HTML and JATS markup, on a new line wherever a block of it ends."""
    if "&" in value:
        value = _ENTITY.sub(lambda entity: html.unescape(entity.group()), value)
    if "<" in value:
        value = _MARKUP.sub(lambda tag: "\n" if tag.group(1) else "", value)
        value = "\n".join(filter(None, map(str.strip, value.split("\n"))))
    return value.strip()


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


def described(fields: Mapping[str, Any], format: str, left: Mapping[str, Any]) -> Paper:
    """A paper out of fields named as `Paper` or the list above has them.

    What is `left` of its record stands in `extra` under the format's name.
    """
    ours = Paper.__dataclass_fields__
    extra = {name: value for name, value in fields.items() if value and name not in ours}
    if left := {name: value for name, value in left.items() if value not in (None, "", [], {})}:
        extra[format] = left
    return paper({name: value for name, value in fields.items() if name in ours}, extra)
