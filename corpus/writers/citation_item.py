"""A paper as CSL's styles want it given, before any of them has its own wishes.

- Given names become initials ("SG" and "steven g" as well as "Steven G."); names in scripts
  without capitals stay, and so does what has no comma, an institution. A list of authors that
  the record cuts short is said to be cut short.
- The kind of a paper is what the record calls it; a journal with a volume or issue makes it an
  article, a conference in place of the journal a conference paper.
- 400-9 is written out. The pages of a whole book or report are not given: they would be taken for
  the passage that is cited. Nor is a first edition called one.
- An address is given where the record says when it was visited, or where nothing else leads to
  the paper: what exports have there is mostly the database that the record was taken from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from corpus.paper import Paper
from corpus.readers.fields import text
from corpus.writers.citation_names import people
from corpus.writers.csl_json import csl_item

Item = dict[str, Any]

SERIALS = frozenset(("article-journal", "article-magazine", "article-newspaper"))
_PARTS = frozenset(("chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"))
_WHOLES = frozenset(("article", "book", "manuscript", "patent", "report", "standard", "thesis"))
_ONLINE = frozenset(("dataset", "post", "post-weblog", "software", "webpage"))
_KNOWN = SERIALS | _PARTS | _WHOLES | _ONLINE
# A review article is an article; CSL's reviews are of the book they name.
_SAME = {"review": "article-journal", "review-book": "article-journal"}
# What stands where an article has its journal.
_CONTAINER_OF = {
    **dict.fromkeys(("book", "report", "standard"), "collection-title"),
    **dict.fromkeys(("article", "dataset", "software", "thesis"), "publisher"),
}
_TEXTS = ("container-title", "container-title-short", "volume", "issue", "page", "DOI", "URL")
_TEXTS_OF_OTHERS = (
    *("publisher", "publisher-place", "edition", "collection-title", "event-title"),
    *("genre", "number"),
)
_ONLY_OF = {"genre": ("report", "thesis"), "number": ("patent", "report", "standard")}
_CONFERENCE = re.compile(r"(?i)\b(?:conference|symposium|workshop|annual meeting)\b|会议|研讨会")
_MOST = (9999, 12, 31)

_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_DASHES = re.compile(r"\s*[-‐‑‒–—−~～]+\s*")
_RANGE = re.compile(r"(?<![\w-])([A-Za-z]{0,9})(\d{1,9})-\1(\d{1,9})(?![\w-])")
_EDITION = re.compile(r"(?i)第?\s*0*(\d+)\s*(?:版|(?:st|nd|rd|th)?\s*(?:ed(?:ition|n)?)?\.?)")


def item_of(paper: Paper) -> tuple[Item, bool]:
    """What CSL's styles are given, "" for what the record does not say, and if its kind is known.

    Beside CSL's variables there is `translated`, another title; a date is [year, month, day].
    """
    record = csl_item(paper)
    type, known = _kind(paper)
    item: Item = dict.fromkeys((*_TEXTS, *_TEXTS_OF_OTHERS), "")
    for name in _TEXTS if type in SERIALS else item:
        item[name] = _line(record.get(name))
    item["type"] = type
    item["title"], item["translated"] = map(_title, (paper.title, paper.translated_title))
    for name, types in _ONLY_OF.items():
        item[name] = item[name] if type in types else ""
    _place_container(item)
    item["page"] = _pages(item["page"])
    if type in _WHOLES:
        item["page"] = item["issue"] = ""
    if edition := _EDITION.fullmatch(item["edition"]):
        number = edition.group(1)
        item["edition"] = "" if number == "1" else number
    item |= {role: people(record.get(role)) for role in ("author", "editor", "translator")}
    if type in SERIALS:
        item["editor"] = item["translator"] = []
    item["issued"] = _date(record.get("issued"))
    item["accessed"] = _date(record.get("accessed"))
    if not _is_to_be_visited(item):
        item["URL"], item["accessed"] = "", None
    return item, known


def _line(value: Any) -> str:
    return _BLANK.sub(" ", text(value)).strip()


def _kind(paper: Paper) -> tuple[str, bool]:
    """The paper's CSL type, and whether the record tells it."""
    said = text(paper.extra.get("type"))
    said = _SAME.get(said, said)
    if said in _KNOWN:
        return said, True
    if paper.journal and (paper.volume or paper.issue):
        return "article-journal", True
    if _CONFERENCE.search(paper.journal):
        return "paper-conference", True
    if paper.journal:
        return "article-journal", False
    return ("webpage", True) if paper.url and not paper.doi else ("document", True)


def _title(said: str) -> str:
    title = _line(said)
    return title if title.endswith("...") else title.rstrip(".。．").rstrip()


def _place_container(item: Item) -> None:
    """Put what a record has in place of a journal where works of this type have it."""
    event = item.pop("event-title")
    if item["type"] == "paper-conference":
        item["container-title"] = item["container-title"] or event
    if (place := _CONTAINER_OF.get(item["type"])) is not None:
        item[place] = item[place] or item["container-title"]
        item["container-title"] = ""


def _pages(said: str) -> str:
    """Pages with a hyphen between them, the last in full."""
    written = _RANGE.sub(_in_full, _DASHES.sub("-", said))
    return written if any(map(str.isalnum, written)) else ""


def _in_full(found: re.Match[str]) -> str:
    letters, first, last = found.groups()
    last = first[: max(0, len(first) - len(last))] + last
    return f"{letters}{first}" if first == last else f"{letters}{first}-{letters}{last}"


def _is_to_be_visited(item: Item) -> bool:
    if item["accessed"] or not item["URL"]:
        return bool(item["URL"])
    printed = item["page"] or item["volume"] or (item["publisher"] and item["type"] != "report")
    return not item["DOI"] and (item["type"] in _ONLINE or not printed)


def _date(said: Any) -> list[int]:
    """The year, the month and the day, as far as they are said and can be."""
    given = said.get("date-parts") if isinstance(said, Mapping) else None
    first = given[0] if isinstance(given, list) and given else None
    parts: list[int] = []
    for part, most in zip(first if isinstance(first, list) else (), _MOST, strict=False):
        digits = str(part)
        if not digits.isdecimal() or len(digits) > 4 or not 0 < int(digits) <= most:
            break
        parts.append(int(digits))
    return parts
