"""Papers as CSL-JSON has them, the form that citation styles and reference managers share.

A name "Family, Given, Jr" is `family`, `given` and `suffix`. One without a comma, or with Han in
it, is a `literal`: it comes back as it went, and citation processors print it as it stands, whereas
a Chinese name given as a `family` gets the punctuation of missing initials.

What CSL has no name for is in `custom`, which it leaves to applications: a title and an abstract in
a second language, subjects, affiliations. What an item had that would be written differently, or
is not understood, is kept in `extra["csl"]` and written as it was, as long as it still says the
same.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from typing import Any

from corpus.identity import bare_doi
from corpus.paper import Paper
from corpus.readers.fields import date, paper, plain, text, texts, year
from corpus.readers.jats import prose
from corpus.readers.json_items import at, objects
from corpus.text.language import language_code
from corpus.text.normalise import has_han

TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic
    hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet
    paper-conference patent performance periodical personal_communication post post-weblog
    regulation report review review-book software song speech standard thesis treaty webpage
    """.split()
)

_OURS = frozenset(Paper.__dataclass_fields__)
_TEXTS = {
    "id": "source_id",
    "volume": "volume",
    "issue": "issue",
    "DOI": "doi",
    "PMID": "pmid",
    "URL": "url",
    "language": "language",
    "PMCID": "pmcid",
    "publisher": "publisher",
    "publisher-place": "place",
    "edition": "edition",
    "collection-title": "series",
    "event-title": "conference",
    "note": "note",
}
_READ: dict[str, Callable[[str], str]] = {"DOI": bare_doi, "language": language_code}
_LINES = {"title": "title", "container-title": "journal"}
_PEOPLE = {"author": "authors", "editor": "editors", "translator": "translators"}
_NUMBERS = {"ISSN": "issn", "ISBN": "isbn"}
_CUSTOM_TEXTS = ("translated_title", "translated_abstract", "summary_by", "arxiv")
_CUSTOM_LISTS = ("keywords", "subjects", "affiliations", "urls")
_NO_ID = re.compile(r"similit:\d+")  # what an item is called whose record has no id of its own
_NOTED = re.compile(r"(?im)^\s*(PMID|PMCID|DOI)\s*:\s*(\S+)\s*$")
_DASH = re.compile(r"(?<=\w)\s*[-‐‑‒–—]+\s*(?=\w)")
_ISO = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


def paper_of(item: Mapping[str, Any]) -> Paper:
    """The paper that a CSL item describes, whatever types its values have."""
    said = _said(item)
    for name, value in _noted(item.get("note")).items():
        said.setdefault(name, value)
    fields = {name: value for name, value in said.items() if name in _OURS}
    extra = {name: value for name, value in said.items() if name not in _OURS}
    read = paper(fields, {})  # what it does not understand is kept under CSL's name
    read = dataclasses.replace(read, extra=extra)
    kept = _differing(item, _made(read))
    if not read.source_id and _NO_ID.fullmatch(text(kept.get("id"))):
        del kept["id"]
    return dataclasses.replace(read, extra={**extra, "csl": kept}) if kept else read


def item_of(paper: Paper) -> dict[str, Any]:
    """The CSL item that describes `paper`, with all that the item it came from had."""
    made = _made(paper)
    kept = paper.extra.get("csl")
    for name, value in kept.items() if isinstance(kept, Mapping) else ():
        if name == "custom" and isinstance(value, Mapping):
            made[name] = {**value, **made.get(name, {})}
        elif name not in made or _says(paper, {name: value}, {name: made[name]}):
            made[name] = value
    made.setdefault("id", f"similit:{paper.id}")
    made.setdefault("type", "article-journal" if paper.journal else "document")
    return made


def name_of(person: Any) -> str:
    """A name of CSL's parts as "Family, Given, Jr"; a Chinese name, or a literal one, whole."""
    if not isinstance(person, Mapping):
        return text(person)
    if whole := text(person.get("literal") or person.get("name")):
        return whole
    parts = {name: text(person.get(name)) for name in ("family", "given", "suffix")}
    if has_han(parts["family"]) and has_han(parts["given"]):
        return "".join(parts.values())
    before, after = text(person.get("non-dropping-particle")), text(person.get("dropping-particle"))
    parts["family"] = f"{before} {parts['family']}".strip()
    parts["given"] = f"{parts['given']} {after}".strip()
    return ", ".join(filter(None, parts.values()))


def date_of(value: Any) -> tuple[int | None, str]:
    """The year of one of CSL's dates, and the day or month where it is known: 2011-02-14."""
    parts = at(value, "date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    if isinstance(first, list):
        written = "-".join(filter(None, map(text, first[:3])))
    elif isinstance(value, Mapping):
        written = text(value.get("raw") or value.get("literal"))
    else:
        written = text(value)
    return year(written), date(written)


def _said(item: Mapping[str, Any]) -> dict[str, Any]:
    """What is understood of an item, by our names."""
    said: dict[str, Any] = {}
    for name, value in item.items():
        if name in _TEXTS:
            whole = text(value)
            said[_TEXTS[name]] = _READ[name](whole) if name in _READ else whole
        elif name in _LINES:
            said[_LINES[name]] = " ".join(plain(text(value)).split())
        elif name in _PEOPLE and isinstance(value, list):
            said[_PEOPLE[name]] = list(filter(None, map(name_of, value)))
        elif name in _NUMBERS:
            said[_NUMBERS[name]] = re.split(r"[\s,;]+", text(value).strip(" ,;"))
    if _NO_ID.fullmatch(said.get("source_id", "")):
        del said["source_id"]
    if text(item.get("type")) in TYPES:
        said["type"] = text(item["type"])
    said.setdefault("conference", text(item.get("event")))
    said["abstract"] = prose(item.get("abstract"))
    said["pages"] = _DASH.sub("-", text(item.get("page")))
    said["year"], said["date"] = date_of(item.get("issued"))
    visited = item.get("accessed")
    said["accessed"] = date_of(visited)[1] or text(at(visited, "raw"))
    said["keywords"] = _keywords(text(item.get("keyword")))
    for custom in objects(item.get("custom")):
        # Others may have the same names for something else.
        said |= {n: v for n in _CUSTOM_TEXTS if (v := custom.get(n)) == text(v)}
        said |= {n: v for n in _CUSTOM_LISTS if (v := custom.get(n)) == list(texts(v))}
    return {name: value for name, value in said.items() if value not in ("", None, [], [""])}


def _noted(note: Any) -> dict[str, str]:
    """Identifiers that Zotero writes in lines of their own for want of a field."""
    return {name.lower(): value for name, value in _NOTED.findall(text(note))}


def _keywords(value: str) -> list[str]:
    return list(texts(value if re.search("[;；|\n]", value) else value.replace(",", ";")))


def _differing(item: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
    """What of `item` is not, or not so, in `made`."""
    kept = {name: v for name, v in item.items() if name not in made or made[name] != v}
    if isinstance(kept.get("custom"), dict):
        kept["custom"] = _differing(kept["custom"], made.get("custom", {}))
    return kept


def _says(paper: Paper, kept: dict[str, Any], made: dict[str, Any]) -> bool:
    """Whether `kept` says of `paper` what `made` does."""
    held, said = _held(paper), _said(kept)
    values = ((held.get(name), said.get(name)) for name in said.keys() | _said(made).keys())
    return all((list(a) if isinstance(a, tuple) else a) == b for a, b in values)


def _held(paper: Paper) -> dict[str, Any]:
    return {**paper.extra, **{name: getattr(paper, name) for name in _OURS - {"extra"}}}


def _made(paper: Paper) -> dict[str, Any]:
    """The item as it is made of a paper alone."""
    held = _held(paper)
    kind = held.get("type") if isinstance(held.get("type"), str) else ""
    made: dict[str, Any] = {
        "id": "",
        "type": kind if kind in TYPES else "",
        "title": paper.title,
        "author": list(map(_person, paper.authors)),
        "container-title": paper.journal,
        "issued": _date(paper),
        "page": paper.pages,
        "abstract": paper.abstract,
        "keyword": "; ".join(paper.keywords),
    }
    for name, ours in _TEXTS.items():
        made[name] = text(held.get(ours))
    for name, ours in _NUMBERS.items():
        made[name] = ", ".join(texts(held.get(ours)))
    for name, ours in _PEOPLE.items():
        made[name] = list(map(_person, texts(held.get(ours))))
    if visited := text(held.get("accessed")):
        made["accessed"] = (
            {"date-parts": [_parts(visited)]} if _parts(visited) else {"raw": visited}
        )
    custom: dict[str, Any] = {name: text(held.get(name)) for name in _CUSTOM_TEXTS}
    custom |= {name: list(texts(held.get(name))) for name in _CUSTOM_LISTS}
    if tuple(_keywords(made["keyword"])) == paper.keywords:
        del custom["keywords"]
    made["custom"] = {name: value for name, value in custom.items() if value}
    return {name: value for name, value in made.items() if value}


def _person(name: str) -> dict[str, str]:
    parts = name.split(", ")
    if 2 <= len(parts) <= 3 and all(parts) and not has_han(name):
        person = dict(zip(("family", "given", "suffix"), parts, strict=False))
        if name_of(person) == name:
            return person
    return {"literal": name}


def _date(paper: Paper) -> dict[str, Any]:
    parts = _parts(text(paper.extra.get("date")))
    if parts[:1] != [paper.year]:
        parts = [paper.year] if paper.year else []
    return {"date-parts": [parts]} if parts else {}


def _parts(written: str) -> list[int]:
    found = _ISO.fullmatch(written)
    return [int(part) for part in found.groups() if part] if found else []
