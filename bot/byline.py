"""How a paper is named in few words: its title, its authors, where it appeared."""

from __future__ import annotations

import re

from corpus.paper import Paper
from corpus.text.normalise import has_han
from corpus.text.sections import sections
from corpus.text.width import clip

_INITIALS = re.compile(r"(?:[A-Z]\.?-?){1,4}")
_SUFFIXES = frozenset(("Jr", "Sr", "II", "III", "IV"))
_ABBREVIATION = 4  # how long one is at most, its full stop included
_TITLE_OF_UNTITLED = 80


def title(paper: Paper, *, chinese: bool, width: int) -> str:
    """The title in the reader's language if the record has it so, in `width` columns.

    A paper without a title is called by the first words of its abstract. The full stop that some
    databases put after every title is left out.
    """
    named = paper.translated_title if in_translation(paper, chinese=chinese) else paper.title
    if named := named or paper.translated_title:
        return clip(_without_stop(named), width)
    # Not with the head of its first section.
    first = next((part for part in sections(paper.abstract) if part.start < part.end), None)
    words = paper.abstract[first.start :] if first else paper.abstract
    return clip(words.strip().replace("\n", " "), min(width, _TITLE_OF_UNTITLED))


def in_translation(paper: Paper, *, chinese: bool) -> bool:
    """Whether it is the translated title that is in the reader's language."""
    translated = paper.translated_title
    return bool(translated) and has_han(translated) == chinese != has_han(paper.title)


def _without_stop(name: str) -> str:
    last = name.rsplit(maxsplit=1)[-1] if name.split() else ""
    # Of "et al." or "U.S." it is a part.
    stops = last.count(".") == 1 and last.endswith(".") and len(last) > _ABBREVIATION
    return name.rstrip()[:-1] if stops else name


def short_name(name: str) -> str:
    """A name as bylines have it: `Gillard, Steven G.` is `Gillard SG`, `薛婉钰` stays."""
    if has_han(name):
        return name.replace(",", "").replace(" ", "")
    family, comma, given = name.partition(",")
    if not comma:
        return name.strip()
    parts = [part for part in re.split(r"[\s.,]+", given) if part]
    suffix = " ".join(part for part in parts if part in _SUFFIXES)
    initials = "".join(
        part if _INITIALS.fullmatch(part) else "".join(half[:1].upper() for half in part.split("-"))
        for part in parts
        if part not in _SUFFIXES
    )
    return " ".join(filter(None, (family.strip(), initials, suffix)))


def names(paper: Paper) -> list[str]:
    """All authors as bylines have them."""
    return [short_name(author) for author in paper.authors]


def authors(paper: Paper) -> str:
    """One or two authors named, else the first and et al. or 等 in the paper's language."""
    everybody = names(paper)
    if not everybody:
        return ""
    chinese = has_han(everybody[0])
    if len(everybody) <= 2 and everybody[-1] != "et al.":
        return ("，" if chinese else ", ").join(everybody)
    return f"{everybody[0]} 等" if chinese else f"{everybody[0]} et al."


def byline(paper: Paper, width: int) -> str:
    """Authors and journal in `width` columns, "" where neither is known."""
    return clip(" · ".join(filter(None, (authors(paper), paper.journal))), width)


def published(paper: Paper) -> str:
    """Journal, year, volume, issue and pages, as the paper's language writes them."""
    chinese = has_han(paper.journal or paper.title)
    comma, colon = ("，", "：") if chinese else (";", ":")
    where = str(paper.year or "")
    volume = paper.volume + (f"({paper.issue})" if paper.issue else "")
    where += (comma if where and volume else "") + volume
    pages = re.sub(r"(?<=\w)-+(?=\w)", "–", paper.pages)
    where += (colon if where and pages else "") + pages
    return " · ".join(filter(None, (paper.journal, where)))
