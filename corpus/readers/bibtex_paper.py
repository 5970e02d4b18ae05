"""An entry of BibTeX as a paper: LaTeX into text, and each field where it belongs."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from typing import Any

from corpus.paper import Paper
from corpus.readers.bibtex_fields import (
    ENTRY_TYPES,
    LISTS,
    PEOPLE,
    TYPES,
    Fields,
    is_address,
    places,
)
from corpus.readers.fields import date, described, plain, year
from corpus.readers.latex import address, plain_text
from corpus.readers.managers import doi_in

_BLANKS = re.compile(r"\s{2,}|[^\S ]")
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_HYPHENS = re.compile(r" ?(?<!-)-{2,3}(?!-) ?|(?<=\w) - (?=\w)")
_GROUP = re.compile(r"(?<!\\)[{}]")
_SEPARATORS = ("[;；]", "[,，]", "、")
_URL = re.compile(r"\\url\s*(?=\{)")
_DOI_ADDRESS = re.compile(r"https?://(?:dx\.)?doi\.org/\S", re.IGNORECASE)
_ARCHIVES = {"arxiv": "arxiv", "pubmed": "pmid"}
_UNKNOWN = frozenset(("undefined", "unknown"))
_BABEL = {
    **dict.fromkeys(("american", "british", "usenglish", "ukenglish", "canadian"), "en"),
    **dict.fromkeys(("ngerman", "naustrian", "nswissgerman"), "de"),
    **dict.fromkeys(("brazilian", "brazil", "portuges"), "pt"),
    "pinyin": "zh",
}


def is_group(tex: str) -> bool:
    """Whether all of `tex` is within one pair of braces."""
    if not (tex.startswith("{") and tex.endswith("}")):
        return False
    depth = 0
    for mark in _GROUP.finditer(tex):
        depth += 1 if mark.group() == "{" else -1
        if depth == 0:
            return mark.end() == len(tex)
    return False


def split(tex: str, separator: str) -> list[str]:
    """The parts of `tex` between what matches `separator` and is not within braces."""
    parts: list[str] = []
    start = depth = 0
    for mark in re.finditer(rf"(?<!\\)[{{}}]|{separator}", tex):
        if mark.group() in "{}":
            depth = max(depth + (1 if mark.group() == "{" else -1), 0)
        elif not depth:
            parts.append(tex[start : mark.start()])
            start = mark.end()
    return [*parts, tex[start:]]


def line(tex: str) -> str:
    """A text that stands on one line."""
    return plain(_BLANKS.sub(" ", plain_text(tex)).strip()).replace("\n", " ")


def paper_of(
    entry_type: str, key: str, fields: Fields, people: Callable[[str], list[str]]
) -> Paper:
    """The paper that an entry describes: `fields` are LaTeX, and what is not taken is kept.

    `people` tells the names in an `author`.
    """
    left = {name: [tex for tex in fields[name] if _says(name, tex)] for name in fields}
    kind = TYPES.get(entry_type, "")
    raw = {name: _first(left, *tags) for name, tags in places(kind).items()}
    raw["title"] = ": ".join(filter(None, (raw["title"], *left.pop("subtitle", []))))
    raw["pages"] = _HYPHENS.sub("-", _BLANKS.sub(" ", raw["pages"]))
    found: dict[str, Any] = {
        name: _READ.get(name, line)(tex) for name, tex in raw.items() if tex and name not in _LATER
    }
    for name, field in PEOPLE.items():
        found[name] = []
        while left.get(field) and not found[name]:
            found[name] = people(_first(left, field))
    found |= _lists(left) | _dates(left) | _identifiers(left, raw) | _language(left, raw)
    found["type"] = kind
    found["source_id"] = address(_first(left, "sourceid")) or key
    kept = {} if entry_type == ENTRY_TYPES.get(kind) else {"ENTRYTYPE": [entry_type]}
    kept |= {name: list(filter(None, (_kept(name, tex) for tex in left[name]))) for name in left}
    return described(found, "bibtex", kept)


def _says(name: str, tex: str) -> bool:
    """Whether a value is not of braces, spaces and the like alone."""
    if len(tex) > 20 or is_address(name, tex):
        return tex.strip(" \t\n{}") != ""
    return plain_text(tex).strip() != ""


def _first(left: Fields, *names: str) -> str:
    """Takes the first value out of those fields."""
    for name in names:
        if left.get(name):
            return left[name].pop(0)
    return ""


def _prose(tex: str) -> str:
    """A text whose paragraphs blank lines part."""
    paragraphs = (_BLANKS.sub(" ", part).strip() for part in _PARAGRAPH.split(plain_text(tex)))
    return plain("\n".join(filter(None, paragraphs)))


def _kept(name: str, tex: str) -> str:
    if is_address(name, tex):
        return address(tex)
    return "\n".join(filter(None, map(str.strip, plain_text(tex).split("\n"))))


_LATER = frozenset(("doi", "url", "accessed", "language"))
_READ: dict[str, Callable[[str], str]] = {
    "abstract": _prose,
    "translated_abstract": _prose,
    "note": functools.partial(_kept, "note"),
}


def _lists(left: Fields) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    by_author = left.pop("author_keywords", [])
    if by_author:  # of Scopus, whose keywords are those of its index then
        left["subjects"] = left.get("subjects", []) + left.pop("keywords", [])
        left["keywords"] = by_author
    lines = "unique-id" in left  # Web of Science
    for name, fields in LISTS.items():
        values = [tex for field in fields for tex in left.pop(field, [])]
        if name == "urls":
            values += left.pop("url", [])
            parts = [part for tex in values for part in address(_URL.sub("", tex)).split()]
        elif name == "affiliations" and lines:
            parts = [part for tex in values for part in tex.split("\n")]
        else:
            parts = [part for tex in values for part in _separated(tex)]
        said = parts if name == "urls" else map(line, parts)
        found[name] = list(dict.fromkeys(filter(None, said)))
    return found


def _separated(tex: str) -> list[str]:
    """What semicolons part, else commas, else those of Chinese."""
    tex = tex.strip()
    if is_group(tex):  # as Web of Science once wrote every value
        tex = tex[1:-1].strip()
    each = (split(tex, separator) for separator in _SEPARATORS)
    return next((parts for parts in each if len(parts) > 1), [tex])


def _dates(left: Fields) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in ("year", "date"):
        said = [line(tex) for tex in left.get(name, [])]
        first = next(filter(year, said), "")
        if not first:
            continue
        found.setdefault("year", year(first))
        if name == "date":
            found["date"] = date(first)
        exact = (str(found["year"]), found.get("date"))
        left[name] = [tex for tex, one in zip(left[name], said, strict=True) if one not in exact]
    if "year" in found and left.get("month"):
        day = line(left["day"][0]) if left.get("day") else ""
        on_day = date(f"{found['year']} {line(left['month'][0])} {day}")
        if on_day and (found.get("date") or on_day).startswith(on_day):
            found["date"] = found.get("date") or on_day
            _first(left, "month")
            _first(left, "day" if on_day.count("-") > 1 else "")
    return found


def _identifiers(left: Fields, raw: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    found["url"] = address(_URL.sub("", raw["url"]))
    if not found["url"] and (named := _URL.search("".join(left.get("howpublished", [])))):
        found["url"] = address(named.string[named.end() :].split("}")[0])
    found["doi"] = doi_in(address(raw["doi"]))
    if raw["doi"] and not found["doi"]:
        left.setdefault("doi", []).insert(0, raw["doi"])
    if not found["doi"] and _DOI_ADDRESS.match(found["url"]):
        found["doi"] = doi_in(found["url"])
    for prefix in ("eprinttype", "archiveprefix"):
        name = _ARCHIVES.get(line("".join(left.get(prefix, [])[:1])).lower())
        if name and left.get("eprint") and not raw.get(name):
            found[name] = address(_first(left, "eprint"))
            _first(left, prefix)
    found["accessed"] = date(address(raw["accessed"]))
    if raw["accessed"] and found["accessed"] != address(raw["accessed"]):
        left.setdefault("urldate", []).insert(0, raw["accessed"])
    return found


def _language(left: Fields, raw: Mapping[str, str]) -> dict[str, str]:
    said = line(raw["language"])
    if said.lower() in _UNKNOWN:
        left.setdefault("language", []).insert(0, raw["language"])
        return {"language": ""}
    return {"language": _BABEL.get(said.lower(), said)}
