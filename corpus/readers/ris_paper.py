"""A record of RIS as a paper.

A value goes on in lines without a tag. Those of an abstract were wrapped, except where a sentence
or a paragraph ends; every line of a note counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from corpus.paper import Paper
from corpus.readers.fields import date, described, pages, plain, year
from corpus.readers.managers import doi_in, numbers, page_range
from corpus.readers.names import names, terms
from corpus.readers.ris_fields import CODES, LINES, NAMES, TYPES, single
from corpus.text.normalise import HAN

_BLANKS = re.compile(r"\s{2,}|[^\S ]")
_IN_CHINESE = re.compile(rf"(?<=[{HAN}，。；：、])\n|\n(?=[{HAN}，。；：、])")
_PARAGRAPH = re.compile(r"\n{2,}|(?<=[.!?:;。！？：；…])\n")
_NO_PAGES = frozenset(("no", "specified", "none", "n/a", "no pagination specified"))
_ISSUE = re.compile(r"\d{1,4}(?:[-/]\d{1,4})?")
_SEVERAL = re.compile(r"\s*;\s*")
_URLS = re.compile(r"(?: ?; ?| )(?=https?://)|\n")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_DOI_ADDRESS = re.compile(r"https?://(?:dx\.)?doi\.org/\S", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:?\s*|https?://(?:dx\.)?doi\.org/)?10\.\d", re.IGNORECASE)
_PMID = re.compile(r"(\d{1,8})")
_PMID_NAMED = re.compile(r"(\d{1,8})\s*\[pmid\]", re.IGNORECASE)
_PMCID = re.compile(r"PMC\d+")
_PUBMED = re.compile(r"pubmed|medline|\bNLM\b", re.IGNORECASE)
_DATED = re.compile(
    r"(?i)(?:[\d\s/.,-]|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|undefined)+"
)
_UNDATED = re.compile(r"undefined|[\s/.,-]")
_BOOKS = frozenset(("book", "chapter", "entry-dictionary", "entry-encyclopedia"))

Left = dict[str, list[str]]


def paper_of(of_type: str, record: Mapping[str, list[str]]) -> Paper:
    """The paper that a record describes, by its `TY` and the values of its other tags."""
    of_type = " ".join(of_type.split()).upper() or "GEN"
    of_type = NAMES.get(of_type, of_type)
    kind = TYPES.get(of_type, "")
    left: Left = {tag: list(filter(None, map(_spaced, record[tag]))) for tag in record}
    for tag in LINES & left.keys():
        lines = [_line(line) for value in left[tag] for line in value.split("\n")]
        left[tag] = list(dict.fromkeys(filter(None, lines)))
    found: dict[str, Any] = {"type": kind}
    for name, tags in single(kind).items():
        found[name] = said = _line(_first(left, *tags))
        for tag in tags:
            left[tag] = [value for value in left.get(tag, []) if _line(value) != said]
    for name, tags in {"abstract": ("AB", "N2"), "translated_abstract": ("XB",)}.items():
        texts = [list(map(_prose, left.pop(tag, []))) for tag in tags]
        found[name] = "\n".join(texts[0] or texts[-1])
        if texts[0] and texts[-1] != texts[0]:
            left[tags[-1]] = texts[-1]
    found["note"] = _dense("\n".join(left.pop("N1", [])))
    found |= _people(left, kind) | _lists(left) | _dates(left) | _pages(left)
    if not found.get("issue") and kind.startswith("article"):
        found["issue"] = _first(left, "M1", having=_ISSUE)
    found |= _addresses(left) | _identifiers(left, found)
    if kind != "patent" and date("".join(left.get("Y2", [])[:1])):
        found["accessed"] = date(_first(left, "Y2", having=_DATED))
    if of_type != CODES.get(kind):
        left["TY"] = [of_type]
    return described(found, "ris", {tag: list(map(_dense, left[tag])) for tag in left})


def _spaced(value: str) -> str:
    return "\n".join(" ".join(line.split()) for line in value.split("\n"))


def _dense(value: str) -> str:
    return "\n".join(filter(None, value.split("\n")))


def _first(left: Left, *tags: str, having: re.Pattern[str] | None = None) -> str:
    """Takes the first value of those tags, or leaves it where it is not all of the form."""
    tag = next((tag for tag in tags if left.get(tag)), "")
    if not tag or (having and not having.fullmatch(left[tag][0])):
        return ""
    return left[tag].pop(0)


def _line(value: str) -> str:
    return plain(_BLANKS.sub(" ", _IN_CHINESE.sub("", value))).replace("\n", " ")


def _prose(value: str) -> str:
    paragraphs = (_BLANKS.sub(" ", _IN_CHINESE.sub("", part)) for part in _PARAGRAPH.split(value))
    return plain("\n".join(filter(None, map(str.strip, paragraphs))))


def _people(left: Left, kind: str) -> dict[str, list[str]]:
    authors, first = left.pop("AU", []), left.pop("A1", [])
    known = set(authors)
    both = [name for name in first if name not in known] + authors
    found = {"authors": names(both), "editors": [], "translators": []}
    if both and both[-1].rstrip(".").lower() == "et al":
        found["authors"].append("et al.")
    tags = {"A2": "editors", "ED": "editors", "A4": "translators"}
    if kind == "patent":
        del tags["A2"]  # whoever issued it
    if kind not in _BOOKS:
        del tags["A4"]
    for tag, name in tags.items():
        values = left.get(tag, [])
        found[name] += names(value for value in values if value.count(",") < 3)
        left[tag] = [value for value in values if value.count(",") >= 3]  # PsycINFO's crowds
    return found


def _lists(left: Left) -> dict[str, list[str]]:
    keywords, addresses = left.pop("KW", []), left.pop("AD", [])
    parted = _SEVERAL.split("".join(addresses[:1]))
    numbered = left.pop("SN", [])
    left["SN"] = [value for value in numbered if not numbers([value])]
    return {
        "keywords": terms(keywords) if len(keywords) == 1 else keywords,
        "subjects": left.pop("MH", []),
        "affiliations": list(filter(None, parted)) if len(addresses) == 1 else addresses,
        **numbers(numbered),
    }


def _dates(left: Left) -> dict[str, Any]:
    tags = ("PY", "Y1", "YR", "DA")
    in_year = next(filter(None, (year(one) for tag in tags for one in left.get(tag, []))), None)
    days = (date(one, in_year) for tag in ("DA", "PY", "Y1") for one in left.get(tag, []))
    on_day = next(filter(None, days), "")

    def is_said(value: str) -> bool:
        day = date(value, in_year)
        if day:
            return on_day.startswith(day) and _DATED.fullmatch(value) is not None
        return _UNDATED.sub("", value) == str(in_year)

    for tag in tags:
        left[tag] = [value for value in left.get(tag, []) if not is_said(value)]
    return {"year": in_year, "date": on_day}


def _pages(left: Left) -> dict[str, str]:
    first = _page(left, "SP")
    last = _page(left, "EP") if first or len(set(left.get("EP", []))) == 1 else ""
    if "-" in first and last:
        left["EP"] = [*([] if first.endswith(last) else [last]), *left["EP"]]
        last = ""
    found = pages(_line(page_range(first, last)))
    return {"pages": found if found or left.get("EP") else _line(_page(left, "C7"))}


def _page(left: Left, tag: str) -> str:
    page = _first(left, tag)
    left[tag] = [other for other in left.get(tag, []) if other != page]
    if page.lower() in _NO_PAGES:  # as Ovid says it
        left[tag].append(page)
        return ""
    return page


def _addresses(left: Left) -> dict[str, Any]:
    urls = [url for value in left.pop("UR", []) for url in _URLS.split(value) if url]
    for tag in ("LK", "L2", "L1") if not urls else ():
        urls = urls or list(filter(None, [_first(left, tag, having=_ADDRESS)]))
    dois = left.pop("DO", [])
    doi = next(filter(None, map(doi_in, dois)), "")
    left["DO"] = [value for value in dois if not doi or doi_in(value) != doi]
    if not doi and _DOI.match("".join(left.get("M3", [])[:1])):
        doi = doi_in(_first(left, "M3"))
    if not doi and _DOI_ADDRESS.match(url := "".join(urls[:1])):
        doi = doi_in(url)
    return {"url": "".join(urls[:1]), "urls": list(dict.fromkeys(urls))[1:], "doi": doi}


def _identifiers(left: Left, found: dict[str, Any]) -> dict[str, str]:
    pmcid = _first(left, "C2", having=_PMCID)
    if found["pmid"]:
        return {"pmcid": pmcid}
    provider = " ".join(left.get("DB", []) + left.get("DP", []))
    if _PUBMED.search(provider):
        own = found["source_id"] if not left.get("AN") else ""
        pmid = _first(left, "AN", having=_PMID) or (own if _PMID.fullmatch(own) else "")
    elif "scopus" in provider.lower():
        pmid = _first(left, "C2", having=_PMID)
    else:
        named = _PMID_NAMED.match(_first(left, "U1", having=_PMID_NAMED))
        pmid = named[1] if named else ""
    return {"pmcid": pmcid, "pmid": pmid}
