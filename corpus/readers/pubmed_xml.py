"""PubMed's XML: what efetch answers with, MEDLINE's yearly and daily files, and NCBI's books."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element

from corpus.readers import Reader, Record, Skipped, Text
from corpus.readers.fields import date, nlm_title, pages
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
from corpus.text.language import language_code
from corpus.text.normalise import has_han

_NAME = "pubmed-xml"
_RECORDS = frozenset(("PubmedArticle", "PubmedBookArticle", "MedlineCitation"))
_ROOTS = _RECORDS | {"PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet"}
_TYPES = {
    "Preprint": "article",
    "Dataset": "dataset",
    "Technical Report": "report",
    "Academic Dissertation": "thesis",
    "Newspaper Article": "article-newspaper",
}
# The parts of a record, and what of each has a place of its own; the rest is kept as it stands.
_ARTICLE = {
    *("ArticleTitle", "VernacularTitle", "Abstract", "Language", "Pagination"),
    *("AuthorList", "ELocationID"),
}
_PARTS = {
    ".": {"MedlineCitation", "BookDocument", "PubmedData", "PubmedBookData"},
    "MedlineCitation": {"PMID", "Article", "KeywordList", "MeshHeadingList", "OtherAbstract"},
    "MedlineCitation/Article": _ARTICLE | {"Journal"},
    "MedlineCitation/Article/Abstract": {"AbstractText"},
    "MedlineCitation/Article/Journal": {"Title", "ISSN", "JournalIssue"},
    "MedlineCitation/Article/Journal/JournalIssue": {"Volume", "Issue", "PubDate"},
    "PubmedData": {"ArticleIdList"},
    "BookDocument": _ARTICLE | {"PMID", "ArticleIdList", "Book", "KeywordList"},
    "BookDocument/Abstract": {"AbstractText"},
    "BookDocument/Book": {
        *("BookTitle", "Publisher", "PubDate", "AuthorList", "Volume", "Edition"),
        *("CollectionTitle", "Isbn", "ELocationID"),
    },
    "PubmedBookData": {"ArticleIdList"},
}
_IDS = (
    "PubmedData/ArticleIdList/ArticleId",  # not all there are: its references have such, too
    "BookDocument/ArticleIdList/ArticleId",
    "PubmedBookData/ArticleIdList/ArticleId",
    "MedlineCitation/Article/ELocationID",
    "BookDocument/Book/ELocationID",
)
_UNTRANSLATED = "not available"
_ELSEWHERE = re.compile(r"abstract (?:is )?available", re.IGNORECASE)
_UNLABELLED = ("UNLABELLED", "UNLABELED", "UNASSIGNED")


def _recognises(head: str) -> bool:
    return root(head) in _ROOTS


def _read(text: Text) -> Iterator[Record | Skipped]:
    for element, number, line in elements(text, _RECORDS):
        whole = element
        if element.tag == "MedlineCitation":
            whole = Element("PubmedArticle")
            whole.append(element)
        left: dict[str, Any] = {}
        for path, used in _PARTS.items():
            part = at(whole, path)
            left |= {**part.attrib, **kept(part, used)}
        yield record(_values(whole, left), _NAME, left, number, line)


def _values(whole: Element, left: dict[str, Any]) -> dict[str, Any]:
    """What a record says under the names that it has here; what has none is put to what is left."""
    citation = at(whole, "MedlineCitation", "BookDocument")
    article = at(citation, "Article", ".")
    first, *further = [*all_said(article, "Language"), ""]
    language, left["Language"] = language_code(first), further[:-1]
    ids = _ids(whole)
    pmid = said(citation, "PMID") or ids.pop("pubmed", "")
    values = {
        "source_id": pmid or ids.get("bookaccession", ""),
        "pmid": pmid,
        "doi": ids.pop("doi", ""),
        "pmcid": ids.pop("pmc", ""),
        "language": language,
        "pages": _pages(at(article, "Pagination")),
        "keywords": _once(all_said(citation, "KeywordList/Keyword")),
        **_titles(article, language),
        **_abstracts(citation, article, language, left),
        **_people(article, left),
    }
    values |= (
        _book(article, values, left) if article is citation else _journal(citation, article, left)
    )
    ids.pop("pubmed", "")
    left["ArticleId"] = ids
    return values


def _journal(citation: Element, article: Element, left: dict[str, Any]) -> dict[str, Any]:
    kinds = all_said(article, "PublicationTypeList/PublicationType")
    headings = [*citation.iterfind("MeshHeadingList/MeshHeading")]
    subjects = [said(heading, "DescriptorName") for heading in headings]
    left["MeshHeading"] = [full for full in map(_heading, headings) if re.search(r"[*/]", full)]
    return {
        "type": next((_TYPES[kind] for kind in kinds if kind in _TYPES), "article-journal"),
        "journal": said(article, "Journal/Title") or said(citation, "MedlineJournalInfo/MedlineTA"),
        "issn": all_said(article, "Journal/ISSN"),
        "volume": said(article, "Journal/JournalIssue/Volume"),
        "issue": said(article, "Journal/JournalIssue/Issue"),
        "subjects": _once(subjects),
        **_published(left, at(article, "Journal/JournalIssue/PubDate"), at(article, "ArticleDate")),
    }


def _book(article: Element, values: dict[str, Any], left: dict[str, Any]) -> dict[str, Any]:
    book = at(article, "Book")
    chapter = bool(values["title"])
    return {
        "type": "chapter" if chapter else "book",
        "title": values["title"] or said(book, "BookTitle"),
        "journal": said(book, "BookTitle") if chapter else "",
        "publisher": said(book, "Publisher/PublisherName"),
        "place": said(book, "Publisher/PublisherLocation"),
        "isbn": all_said(book, "Isbn"),
        "volume": said(book, "Volume"),
        "edition": said(book, "Edition"),
        "series": said(book, "CollectionTitle"),
        **_published(left, at(book, "PubDate"), at(article, "ContributionDate")),
    }


def _published(left: dict[str, Any], *dates: Element) -> dict[str, str]:
    """Year and date of the first of `dates` that says anything."""
    said_so = next(filter(None, (" ".join(all_said(one, "*")) for one in dates)), "")
    exactly = date(said_so)
    if not exactly:
        left["PubDate"] = said_so  # it may name a season, or two months
    return {"year": said_so, "date": exactly}


def _heading(heading: Element) -> str:
    """A MeSH heading with its qualifiers, as MEDLINE prints it: `Iron/*analysis`."""
    return "/".join(
        "*" * (part.get("MajorTopicYN") == "Y") + plain(part)
        for part in heading
        if part.tag in ("DescriptorName", "QualifierName")
    )


def _ids(whole: Element) -> dict[str, str]:
    """The paper's names in other places, by the kind of each."""
    ids: dict[str, str] = {}
    for path in _IDS:
        for one in whole.iterfind(path):
            kind = one.get("IdType") or one.get("EIdType") or "other"
            if one.get("ValidYN") != "N" and (name := plain(one)):
                ids.setdefault(kind, name)
    return ids


def _pages(pagination: Element) -> str:
    if together := said(pagination, "MedlinePgn"):
        return pages(together)
    return "-".join(_once(all_said(pagination, "StartPage") + all_said(pagination, "EndPage")))


def _titles(article: Element, language: str) -> dict[str, str]:
    """The title that NLM has put into English, and the paper's own: first, where it is in Han."""
    english = nlm_title(said(article, "ArticleTitle"))
    own = nlm_title(said(article, "VernacularTitle"))
    if english.casefold() == _UNTRANSLATED:
        english = ""
    spoken = language if has_han(own) else ""
    first, second = [*own_first([(english, "en"), (own, spoken)], _main(language)), ""][:2]
    return {"title": first, "translated_title": second}


def _main(language: str) -> str:
    """The language that a paper's title and abstract are wanted in, where they are in several."""
    return language if language in ("zh", "ja") else "en"


def _abstracts(
    citation: Element, article: Element, language: str, left: dict[str, Any]
) -> dict[str, str]:
    versions = [(_structured(at(article, "Abstract")), "en")]
    summaries: list[str] = []
    for other in (*citation.iterfind("OtherAbstract"), *article.iterfind("OtherAbstract")):
        abstract = _structured(other)
        spoken = language_code(other.get("Language") or "en")
        if _ELSEWHERE.search(abstract[:100]) or (spoken == "en" and versions[0][0]):
            summaries.append(abstract)
        else:
            versions.append((abstract, spoken))
    first, *others = own_first(versions, _main(language))
    left["OtherAbstract"] = others[1:] + summaries
    return {"abstract": first, "translated_abstract": "".join(others[:1])}


def _structured(abstract: Element) -> str:
    """An abstract, each of its sections on a line of its own with its head before it."""
    lines: list[str] = []
    for part in abstract.iterfind("AbstractText"):
        head = (part.get("Label") or "").rstrip(": ")
        text = plain(part)
        if text:
            lines.append(f"{head}: {text}" if head and head not in _UNLABELLED else text)
    return "\n".join(lines)


def _people(article: Element, left: dict[str, Any]) -> dict[str, Any]:
    lists = list(article.iterfind("AuthorList"))
    written = any(one.get("Type") != "editors" for one in lists)
    lists += (
        one
        for one in article.iterfind("Book/AuthorList")
        if one.get("Type") == "editors" or not written
    )
    names: dict[str, list[str]] = {"authors": [], "editors": []}
    places: dict[str, int] = {}
    of_each: list[list[int]] = []
    identifiers: dict[str, str] = {}
    for people in lists:
        for someone in people.iterfind("Author"):
            name = _name(someone)
            if not name or someone.get("ValidYN") == "N":  # a spelling that was corrected
                continue
            names["editors" if people.get("Type") == "editors" else "authors"].append(name)
            of_each.append([places.setdefault(place, len(places)) for place in _places(someone)])
            if identifier := said(someone, "Identifier"):
                identifiers[name] = identifier
    left["Identifier"] = identifiers
    left["AffiliationInfo"] = of_each if len(places) > 1 else []  # whose they are, from 0
    return {**names, "affiliations": list(places) or all_said(article, "Affiliation")}


def _name(author: Element) -> str:
    if collective := said(author, "CollectiveName"):
        return institution(collective)
    given = said(author, "ForeName", "FirstName", "Initials")
    return person(said(author, "LastName"), given, said(author, "Suffix"))


def _places(author: Element) -> list[str]:
    return all_said(author, "AffiliationInfo/Affiliation") + all_said(author, "Affiliation")


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


READER = Reader(_NAME, _recognises, _read)
