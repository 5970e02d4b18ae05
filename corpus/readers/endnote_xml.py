"""EndNote's XML, as it and other managers write it, with `<style>` runs or without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from corpus.identity import bare_doi
from corpus.readers import Reader, Record, Skipped, Text
from corpus.readers.fields import date, pages, year
from corpus.readers.managers import numbers
from corpus.readers.names import names, terms
from corpus.readers.xml import all_said, at, elements, kept, record, root, said

_NAME = "endnote-xml"
_FIELDS = {
    "title": ("titles/title",),
    "translated_title": ("titles/translated-title",),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "language": ("language",),
    "publisher": ("publisher",),
    "place": ("pub-location",),
    "edition": ("edition",),
    "note": ("notes",),
    "accessed": ("access-date",),
}
_PEOPLE = {
    "authors": "contributors/authors/author",
    "editors": "contributors/secondary-authors/author",
}
# `database` and `source-app` tell of somebody's computer, not of the paper.
_USED = frozenset(
    "database source-app ref-type contributors titles periodical pages volume number keywords"
    " dates publisher pub-location edition isbn electronic-resource-num abstract urls language"
    " notes access-date auth-address".split()
)
# What else stands in those of them that have parts.
_INSIDE = {
    "contributors": {"authors", "secondary-authors"},
    "titles": {"title", "secondary-title", "translated-title"},
    "periodical": {"full-title"},
    "dates": {"year", "pub-dates"},
    "urls": {"web-urls", "related-urls"},
}
# EndNote's own number stands for a kind of reference where its name does not.
_KINDS = (
    ("5", "Book Section", "chapter"),
    ("6", "Book", "book"),
    ("9", "Computer Program", "software"),
    ("10", "Conference Proceedings", "paper-conference"),
    ("12", "Web Page", "webpage"),
    ("17", "Journal Article", "article-journal"),
    ("19", "Magazine Article", "article-magazine"),
    ("23", "Newspaper Article", "article-newspaper"),
    ("25", "Patent", "patent"),
    ("27", "Report", "report"),
    ("28", "Edited Book", "book"),
    ("31", "Statute", "legislation"),
    ("32", "Thesis", "thesis"),
    ("34", "Unpublished Work", "manuscript"),
    ("36", "Manuscript", "manuscript"),
    ("43", "Electronic Article", "article-journal"),
    ("44", "Electronic Book", "book"),
    ("46", "Government Document", "report"),
    ("47", "Conference Paper", "paper-conference"),
    ("58", "Standard", "standard"),
    ("59", "Dataset", "dataset"),
    ("60", "Electronic Book Section", "chapter"),
)
_TYPES = {named: type for number, name, type in _KINDS for named in (number, name)}
_NEW_LINE = re.compile(r"\r\n?|\n(?=\S)")  # an indented line goes on with the one before
_PUBMED = re.compile(r"pubmed|medline|nlm", re.IGNORECASE)
_PMCID = re.compile(r"PMC\d+")
_WEB = re.compile(r"(?:https?://|ftp://|www\.)", re.IGNORECASE)


def _recognises(head: str) -> bool:
    return root(head) == "xml" and re.search(r"<records?[\s>]", head) is not None


def _read(text: Text) -> Iterator[Record | Skipped]:
    for element, number, line in elements(text, ("record",)):
        left: dict[str, Any] = kept(element, _USED)
        for name, used in _INSIDE.items():
            left |= kept(at(element, name), used)
        yield record(_values(element, left), _NAME, left, number, line)


def _values(element: Element, left: dict[str, Any]) -> dict[str, Any]:
    """What a record says under the names that it has here; what has none is put to what is left."""
    kind = at(element, "ref-type")
    called = kind.get("name") or said(element, "ref-type")
    type = _TYPES.get(called, "")
    if not type:
        left["ref-type"] = called
    accession = said(element, "accession-num")
    database = said(element, "remote-database-name", "remote-database-provider")
    periodical = said(element, "periodical/full-title", "alt-periodical/full-title")
    container = said(element, "titles/secondary-title")
    in_series = type == "book" and not periodical
    doi = said(element, "electronic-resource-num")
    urls, left["url"] = _urls(element)
    day = " ".join(all_said(element, "dates/pub-dates/date"))
    published = said(element, "dates/year")
    exactly = date(day, year(published))
    if not exactly:
        left["pub-dates"] = day
    notices = said(element, "isbn")
    found = numbers([notices])
    if not found:
        left["isbn"] = notices  # a patent's
    pmcid = said(element, "custom2")
    return {
        **{name: said(element, *paths) for name, paths in _FIELDS.items()},
        **{name: names(all_said(element, path)) for name, path in _PEOPLE.items()},
        **found,
        "source_id": accession or said(element, "foreign-keys/key", "rec-number"),
        "pmid": accession if accession.isdecimal() and _PUBMED.search(database) else "",
        "pmcid": pmcid if _PMCID.fullmatch(pmcid) else "",
        "type": type,
        "abstract": _paragraphs(at(element, "abstract")),
        "journal": "" if in_series else periodical or container,
        "series": container if in_series else "",
        "conference": container if type == "paper-conference" else "",
        "year": published or day,
        "date": exactly,
        "pages": pages(said(element, "pages")),
        "doi": doi or next(filter(bare_doi, urls), ""),
        "url": "".join(urls[:1]),
        "urls": urls[1:],
        "keywords": terms(all_said(element, "keywords/keyword")),
        "affiliations": all_said(element, "auth-address"),
    }


def _urls(element: Element) -> tuple[list[str], list[str]]:
    """The addresses of a record on the web, and those elsewhere."""
    found = all_said(element, "urls/web-urls/url") + all_said(element, "urls/related-urls/url")
    return [url for url in found if _WEB.match(url)], [url for url in found if not _WEB.match(url)]


def _paragraphs(element: Element) -> str:
    lines = _NEW_LINE.split("".join(element.itertext()))
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


READER = Reader(_NAME, _recognises, _read)
