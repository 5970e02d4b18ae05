"""PubMed's tagged format (MEDLINE, .nbib), and what ERIC and PubMed Central make of it."""

from __future__ import annotations

import re
from typing import Any

from corpus.readers import Reader
from corpus.readers.fields import date, nlm_title, pages
from corpus.readers.managers import doi_in, numbers
from corpus.readers.names import institution, names
from corpus.readers.tagged import Field, Layout, Tagged, reading
from corpus.text.language import language_code
from corpus.text.normalise import has_han

_NAME = "nbib"
_TABLE: dict[str, tuple[str, ...]] = {
    "pmid": ("PMID",),
    "pmcid": ("PMC",),
    "title": ("TI", "BTI"),
    "translated_title": ("TT",),
    "journal": ("JT", "BTI", "TA"),
    "volume": ("VI",),
    "issue": ("IP",),
    "pages": ("PG",),
    "year": ("DP", "DEP"),
    "affiliations": ("AD",),
    "language": ("LA",),
    "editors": ("FED", "ED"),
    "publisher": ("PB",),
    "place": ("PL",),
}
_TYPES = {
    "book chapter": "chapter",
    "book": "book",
    "books": "book",
    "preprint": "article",
    "technical report": "report",
    "dataset": "dataset",
    "newspaper article": "article-newspaper",
    "academic dissertation": "thesis",
}
_TAG = r"PMID(?=-)|PMC(?= -)|[A-Z][A-Z0-9]{1,3}(?= {0,2}-(?:\s|$))"
_FIELD = re.compile(rf"({_TAG}) {{0,2}}-\s?(.*)$")
_FIRST = re.compile(rf"\s*(?:PMID- *\d|PMC - *PMC\d|OWN - *ERIC)[^\n]*\n\s*(?:{_TAG})")
_HEAD = r"[A-Z][A-Z0-9 ,/&()'-]{2,60}:\s"
_STRUCTURED = re.compile(_HEAD)
_NEXT_HEAD = re.compile(rf"(?<=[.?!)\]%]) (?={_HEAD})")
_STAR = re.compile(r"\*")  # what the paper is mainly about
_QUALIFIER = re.compile(r"\*|/.*")
_GIVEN_BY = re.compile(r"^Publisher:\s*")
_ELSEWHERE = re.compile(r"abstract (?:is )?available", re.IGNORECASE)
_UNTRANSLATED = "not available"
_ERIC = re.compile(r"E[DJ]\d+")


def _recognises(head: str) -> bool:
    return _FIRST.match(head) is not None


def _begins(field: Field, record: Tagged | None) -> bool:
    if record is None or (field.tag == "PMID" and "PMID" in record):
        return True
    return field.after_blank and not record.spaced


def _fields(record: Tagged) -> dict[str, Any]:
    in_journal = "JT" in record or "TA" in record
    fields = record.fields(_TABLE)
    fields["subjects"] = _marked(record, "MH", _QUALIFIER)
    fields["keywords"] = _marked(record, "OT", _STAR) or record.take("KW")
    short, groups = record.take("AU"), record.take("CN")
    fields["authors"] = names(record.take("FAU") or short) + list(map(institution, groups))
    fields["editors"] = names(fields.get("editors", []))
    fields["affiliations"] = list(dict.fromkeys(fields.get("affiliations", [])))
    fields["pages"] = pages(", ".join(fields.get("pages", [])))
    fields["date"] = date(fields.get("year"))
    if not fields["date"]:
        record.keep("DP", fields.get("year", []))  # it may name a season
    fields.update(numbers(record.take("IS") + record.take("ISSN") + record.take("ISBN")))
    language = language_code("".join(fields.get("language", [])[:1]))
    _languages(record, fields, language)
    _identifiers(record, fields)
    _type(record, fields, in_journal)
    return fields


def _marked(record: Tagged, tag: str, mark: re.Pattern[str]) -> list[str]:
    """The terms under `tag` without what `mark` finds in them; with it, they stay there."""
    terms = record.take(tag)
    record.keep(tag, [term for term in terms if mark.search(term)])
    return list(dict.fromkeys(mark.sub("", term) for term in terms))


def _languages(record: Tagged, fields: dict[str, Any], language: str) -> None:
    """Title and abstract in the paper's own language where that is one of Han characters.

    Otherwise both are English here, and what the paper has in its own is the translation.
    """
    title, vernacular = fields.get("title", []), fields.get("translated_title", [])
    title, vernacular = list(map(nlm_title, title)), list(map(nlm_title, vernacular))
    title = [one for one in title if one.lower() != _UNTRANSLATED]
    if not title or _own(vernacular, language):
        title, vernacular = vernacular, title
    fields["title"], fields["translated_title"] = title, vernacular
    others = [_GIVEN_BY.sub("", other) for other in record.take("OAB")]
    there = [other for other in others if not _ELSEWHERE.search(other[:100])]
    record.keep("OAB", [other for other in others if other not in there[:1]])
    abstracts = [list(map(_sections, record.take("AB"))), list(map(_sections, there[:1]))]
    if not abstracts[0] or _own(abstracts[1], language):
        abstracts.reverse()
    fields["abstract"], fields["translated_abstract"] = abstracts


def _own(texts: list[str], language: str) -> bool:
    return language in ("zh", "ja") and has_han("".join(texts))


def _sections(abstract: str) -> str:
    """`abstract` with each of its heads at the beginning of a line."""
    return _NEXT_HEAD.sub("\n", abstract) if _STRUCTURED.match(abstract) else abstract


def _identifiers(record: Tagged, fields: dict[str, Any]) -> None:
    """The DOI, the address and the record's own id out of the fields that mix all sorts."""
    found = {tag: record.take(tag) for tag in ("LID", "AID", "OID")}
    articles = found["LID"] + found["AID"]
    dois = [one for one in articles if one.endswith("[doi]")]
    dois += [one for one in articles if "[" not in one and doi_in(one)]
    urls = [one for one in found["LID"] if one.startswith("http") and not doi_in(one)]
    own = [one for one in found["OID"] if _ERIC.fullmatch(one)]
    doi = doi_in(dois[0]) if dois else ""
    fields["doi"], fields["url"] = doi, urls[:1]
    fields["source_id"] = fields.get("pmid") or own[:1] or fields.get("pmcid", [])
    taken = {*urls[:1], *own[:1], *(one for one in dois if doi and doi_in(one) == doi)}
    for tag, values in found.items():
        record.keep(tag, [one for one in values if one not in taken])


def _type(record: Tagged, fields: dict[str, Any], in_journal: bool) -> None:
    kinds = record.take("PT")
    record.keep("PT", kinds)
    known = [_TYPES[kind.lower()] for kind in kinds if kind.lower() in _TYPES]
    fields["type"] = known[0] if known else "article-journal" if in_journal else ""
    if "".join(fields["source_id"]).startswith("ED"):  # ERIC's number of a document
        fields["type"] = "report"
        fields["publisher"] = fields.pop("journal", [])


READER = Reader(_NAME, _recognises, reading(_NAME, Layout(_FIELD, _begins), _fields))
