"""Web of Science's tagged format, once ISI's: savedrecs.txt, .ciw, .isi."""

from __future__ import annotations

import re
from typing import Any

from corpus.readers import Reader
from corpus.readers.fields import date, year
from corpus.readers.managers import doi_in, numbers, page_range
from corpus.readers.names import institution, names, terms
from corpus.readers.tagged import Field, Layout, Tagged, reading

_NAME = "wos"
_TABLE: dict[str, tuple[str, ...]] = {
    "source_id": ("UT",),
    "pmid": ("PM",),
    "title": ("TI",),
    "abstract": ("AB",),
    "authors": ("AF", "AU", "BF", "BA"),
    "journal": ("SO",),
    "volume": ("VL",),
    "issue": ("IS",),
    "language": ("LA",),
    "keywords": ("DE",),
    "editors": ("BE", "ED"),
    "publisher": ("PU",),
    "place": ("PI",),
    "series": ("SE",),
    "conference": ("CT",),
}
_LINES = frozenset("AU AF BA BF BE ED GP CA C1 C3 CR RI OI".split())
_TYPES = {"J": "article-journal", "S": "chapter", "B": "book", "P": "patent"}
_DOCUMENT_TYPES = {
    "proceedings paper": "paper-conference",
    "book chapter": "chapter",
    "book": "book",
    "book review": "review-book",
    "data paper": "article-journal",
}
_BEGINS = re.compile(r"\s*(?:FN [^\n]*\n\s*(?:VR [^\n]*\n\s*)?)?PT [A-Z]\s*\n")
_WHOSE = re.compile(r"^\[[^\]]*\]\s*")


def _recognises(head: str) -> bool:
    return _BEGINS.match(head) is not None


def _begins(field: Field, _: Tagged | None) -> bool:
    return field.tag == "PT"


def _fields(record: Tagged) -> dict[str, Any]:
    fields = record.fields(_TABLE)
    kind = "".join(record.take("PT")).strip()
    documents = record.take("DT")
    record.keep("DT", documents)
    fields["type"] = _DOCUMENT_TYPES.get("".join(documents).lower(), _TYPES.get(kind, ""))
    for name in ("authors", "editors"):
        fields[name] = names(one for one in fields.get(name, []) if one != "[Anonymous]")
    fields["authors"] += map(institution, record.take("CA"))
    fields["keywords"] = terms(fields.get("keywords", []))
    fields["subjects"] = terms(record.take("ID") + record.take("WC") + record.take("SC"))
    addresses = record.take("C1")
    fields["affiliations"] = list(dict.fromkeys(_WHOSE.sub("", one) for one in addresses))
    record.keep("C1", [one for one in addresses if one.startswith("[")])  # says whose each is
    fields["pages"] = page_range("".join(record.take("BP")), "".join(record.take("EP")))
    if not fields["pages"]:
        fields["pages"] = record.take("AR", "PS")
    fields.update(numbers(record.take("SN") + record.take("EI") + record.take("BN")))
    named = record.take("DI", "D2")
    fields["doi"] = "".join(map(doi_in, named[:1]))
    record.keep("DI", [] if fields["doi"] else named)
    published, early = record.take("PD"), record.take("EA")
    fields["year"] = record.take("PY") or published or early
    fields["date"] = date(published or early, year(fields["year"]))
    record.keep("PD", [] if fields["date"] else published)  # it may name a season
    record.keep("EA", early if published else [])
    if kind == "B" and "title" not in fields:
        fields["title"] = fields.pop("journal", [])
    return fields


READER = Reader(
    _NAME,
    _recognises,
    reading(
        _NAME,
        Layout(re.compile(r"([A-Z][A-Z0-9])(?: (.*)|\s*)$"), _begins, "ER", _LINES),
        _fields,
    ),
)
