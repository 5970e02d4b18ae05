"""Crossref's XML: the deposited record alone (Unixref), or in an answer about it (unixsd)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any
from xml.etree.ElementTree import Element

from corpus.readers import Reader, Record, Skipped, Text
from corpus.readers.fields import date
from corpus.readers.names import institution
from corpus.readers.xml import (
    all_said,
    at,
    elements,
    kept,
    own_first,
    person,
    plain,
    record,
    root,
    said,
)
from corpus.text.language import guess_language, language_code

_NAME = "crossref-xml"
_ROOTS = frozenset(("doi_records", "doi_record", "crossref", "crossref_result", "doi_batch"))
# What CSL calls a publication that was registered as a whole, and what a part of such a one.
_WHOLE = {
    "journal": "",
    "book": "book",
    "conference": "book",
    "report-paper": "report",
    "standard": "standard",
    "database": "dataset",
    "dissertation": "thesis",
    "posted_content": "article",
    "peer_review": "review",
    "pending_publication": "article-journal",
}
_WITHIN = {
    "journal_article": "article-journal",
    "conference_paper": "paper-conference",
    "content_item": "chapter",
    "dataset": "dataset",
}
_ROLES = {"author": "authors", "editor": "editors", "chair": "editors", "translator": "translators"}
_DATES = (
    "publication_date[@media_type='print']",
    *("publication_date", "posted_date", "approval_date", "review_date", "acceptance_date"),
    *("database_date/publication_date", "database_date/creation_date"),
)
_ARTICLE_NUMBER = "publisher_item/item_number[@item_number_type='article{}number']"
_USED = frozenset(
    "titles full_title proceedings_title publication_date posted_date"
    " abstract pages issn isbn journal_volume volume issue edition_number publisher"
    " series_metadata conference_name".split()
)
_NAMES = frozenset("contributors person_name organization given_name surname suffix".split())
_BESIDES = ("graphical", "teaser", "plain-language-summary", "executive-summary", "toc")
_ABSTRACT = ("abstract", "summary", "摘要", "内容提要", "提要")


def _recognises(head: str) -> bool:
    return root(head) in _ROOTS


def _read(text: Text) -> Iterator[Record | Skipped]:
    numbers = count(1)
    for whole, _, line in elements(text, {"query", "doi_record", *_WHOLE}):
        papers = list(_papers(whole))
        for values, left in papers:
            yield record(values, _NAME, left, next(numbers), line)
        if not papers:
            reason = said(whole, "crossref/error", "doi_record/crossref/error", "msg")
            yield Skipped(next(numbers), line, reason or "no paper in it")


def _papers(whole: Element) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What each work of an answer says under the names that it has here, and what else is left."""
    answer: dict[str, Any] = {}
    publications = [whole]
    if whole.tag not in _WHOLE:
        deposited = at(whole, "doi_record", ".")
        publications = [one for one in at(deposited, "crossref") if one.tag in _WHOLE]
        answer = {**deposited.attrib, **kept(whole, {"doi_record", "crossref"})}
    for publication in publications:
        about = [one for one in publication if _tells_about(one)]
        works = [one for one in publication if one.tag in _WITHIN]
        if not works and publication.tag != "journal":
            works = [*(one for one in about if one.tag != "event_metadata"), publication][:1]
        around = _around(publication, about)
        for work in works:
            left = {**answer, **publication.attrib, **work.attrib}
            # A deposit of many works says much that is no more about one than about another.
            parts = [*about, work] if len(works) == 1 else [work]
            for part in parts:
                left[part.tag] = kept(part, _used(part))
            yield around | _values(work, publication, around), left


def _used(part: Element) -> frozenset[str]:
    """The names of the children that nothing is left of."""
    people = at(part, "contributors").iter()
    named = all(
        one.tag in _NAMES and (one.get("contributor_role") or "author") in _ROLES for one in people
    )
    return _USED | {"contributors"} if named else _USED


def _tells_about(part: Element) -> bool:
    return part.tag.endswith("_metadata") or part.tag == "journal_issue"


def _around(publication: Element, about: list[Element]) -> dict[str, Any]:
    """What is true of every work in a publication."""

    def first(*paths: str) -> str:
        return next(filter(None, (said(part, *paths) for part in about)), "")

    def every(*paths: str) -> list[str]:
        return [text for part in about for path in paths for text in all_said(part, path)]

    editors = [name for part in (*about, publication) for name in _people(part)["editors"]]
    languages = filter(None, (part.get("language") for part in (*about, publication)))
    return {
        "journal": first("full_title", "proceedings_title", "titles/title"),
        "volume": first("journal_volume/volume", "volume"),
        "issue": first("issue"),
        "issn": every("issn", "series_metadata/issn"),
        "isbn": every("isbn"),
        "publisher": first("publisher/publisher_name"),
        "place": first("publisher/publisher_place"),
        "edition": first("edition_number"),
        "series": first("series_metadata/titles/title"),
        "conference": first("conference_name"),
        "editors": list(dict.fromkeys(editors)),
        "year": next(filter(None, map(_published, reversed(about))), ""),
        "language": next(languages, ""),
    }


def _values(work: Element, publication: Element, around: dict[str, Any]) -> dict[str, Any]:
    published = _published(work) or around["year"]
    language = language_code(work.get("language") or around["language"])
    doi = said(work, "doi_data/doi")
    values = {
        "source_id": doi,
        "doi": doi,
        "url": said(work, "doi_data/resource"),
        **_titles(work, language),
        **_abstracts(work, language),
        **{role: names for role, names in _people(work).items() if names},
        "affiliations": list(
            dict.fromkeys(
                all_said(work, "contributors/*/affiliation")
                + all_said(work, "contributors/*/affiliations/institution/institution_name")
            )
        ),
        "year": published,
        "date": date(published),
        "language": language,
        "pages": _pages(work),
        "type": _WITHIN.get(work.tag) or _WHOLE[publication.tag],
    }
    if work.tag not in _WITHIN:
        values["journal"] = ""
        values["title"] = values["title"] or said(work, "proceedings_title")
        values["publisher"] = around["publisher"] or said(work, "institution/institution_name")
    if work.get("component_type") == "reference_entry":
        values["type"] = "entry-encyclopedia"
    return values


def _titles(work: Element, language: str) -> dict[str, str]:
    versions: list[tuple[str, str]] = []
    for titles in work.iterfind("titles"):
        title, subtitle = said(titles, "title"), said(titles, "subtitle")
        if title and subtitle:
            title += f" {subtitle}" if title[-1] in ":：?？!！." else f": {subtitle}"
        versions.append((title or subtitle, guess_language(title)))
        for original in titles.iterfind("original_language_title"):
            text = plain(original)
            versions.append((text, language_code(original.get("language") or guess_language(text))))
    first, second = [*own_first(versions, language), ""][:2]
    return {"title": first, "translated_title": second}


def _people(part: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"authors": [], "editors": [], "translators": []}
    for someone in (*part.iterfind("contributors/*"), *part.iterfind("person_name")):
        role = _ROLES.get(someone.get("contributor_role") or "author")
        if someone.tag == "organization":
            name = institution(plain(someone))
        else:
            name = person(*(said(someone, one) for one in ("surname", "given_name", "suffix")))
        if role and name:
            found[role].append(name)
    return found


def _published(part: Element) -> str:
    for path in _DATES:
        day = part.find(path)
        if day is not None and (text := " ".join(all_said(day, "year"))):
            return " ".join([text, *all_said(day, "month"), *all_said(day, "day")])
    return ""


def _pages(work: Element) -> str:
    ends = (said(work, "pages/first_page"), said(work, "pages/last_page"))
    first_to_last = "-".join(dict.fromkeys(filter(None, ends)))
    together = ", ".join(filter(None, (first_to_last, said(work, "pages/other_pages"))))
    return together or said(work, *map(_ARTICLE_NUMBER.format, "_-"))


def _abstracts(work: Element, language: str) -> dict[str, str]:
    versions: list[tuple[str, str]] = []
    for abstract in work.iterfind("abstract"):
        if abstract.get("abstract-type") not in _BESIDES:
            text = "\n".join(_sections(abstract))
            versions.append((text, language_code(abstract.get("lang") or guess_language(text))))
    first, second = [*own_first(versions, language), ""][:2]
    return {"abstract": first, "translated_abstract": second}


def _sections(abstract: Element, head: str = "") -> Iterator[str]:
    """The paragraphs of JATS, each that has a head after it."""
    if any(map(str.strip, filter(None, (abstract.text, *(part.tail for part in abstract))))):
        yield plain(abstract)  # not in paragraphs
        return
    for part in abstract:
        if part.tag == "title":
            head = plain(part).rstrip(" :：.")
            head = "" if head.casefold() in _ABSTRACT else head
        elif part.tag == "sec":
            yield from _sections(part, head)
            head = ""
        elif text := plain(part):
            yield f"{head}: {text}" if head else text
            head = ""


READER = Reader(_NAME, _recognises, _read)
