"""CNKI's own text exports: that of E-Study (`DataType: 1`), and the one of fields people choose.

Unverified: written from how the two are documented, as no file of either was at hand.
"""

from __future__ import annotations

import re
from typing import Any

from corpus.readers import Reader
from corpus.readers.managers import abstracts, completed
from corpus.readers.tagged import Field, Layout, Tagged, reading
from corpus.text.normalise import HAN

_NAME = "cnki-estudy"
_TABLE: dict[str, tuple[str, ...]] = {
    "type": ("DataType",),
    "title": ("Title",),
    "authors": ("Author",),
    "journal": ("Source",),
    "year": ("Year",),
    "date": ("PubTime",),
    "volume": ("Volume", "Roll"),
    "issue": ("Period",),
    "pages": ("Page",),
    "doi": ("DOI",),
    "url": ("Link", "URL"),
    "keywords": ("Keyword",),
    "affiliations": ("Organ",),
    "issn": ("ISSN",),
    "publisher": ("Organ-出版者",),
    "conference": ("Meeting",),
    "place": ("City",),
}
_TYPES = {
    "期刊": "journal article",
    "辑刊": "journal article",
    "博士": "thesis",
    "硕士": "thesis",
    "会议": "conference proceedings",
    "报纸": "newspaper article",
    "专利": "patent",
    "标准": "standard",
}
_NUMBERED_TYPES = {
    "1": "journal article",
    "2": "thesis",
    "3": "conference proceedings",
    "4": "newspaper article",
}
# One word of each tag is English and the other not always the same; where it tells, it stays.
_FIELD = re.compile(
    rf"(DataType(?=[:：])|PageCount-页码|Organ-出版者|[A-Z][A-Za-z]{{1,20}}(?=-(?:[{HAN}]+|DOI)[:：]))"
    r"[^:：]*[:：]\s*(.*)$"
)
_BEGINS = re.compile(rf"\s*(?:DataType[:：][^\n]*\n\s*)?[A-Z][A-Za-z]+-[{HAN}]+[:：]")
_TITLE = re.compile(rf"(?m)^Title-[{HAN}]+[:：]")


def _recognises(head: str) -> bool:
    return _BEGINS.match(head) is not None and _TITLE.search(head) is not None


def _begins(field: Field, record: Tagged | None) -> bool:
    return record is None or (
        field.tag in ("DataType", "SrcDatabase", "Title") and field.tag in record
    )


def _fields(record: Tagged) -> dict[str, Any]:
    number, database = record.take("DataType"), record.take("SrcDatabase")
    record.keep("SrcDatabase", database)
    kinds = [kind for part, kind in _TYPES.items() if part in "".join(database)]
    record.keep("DataType", kinds[:1] or [_NUMBERED_TYPES.get(one, one) for one in number])
    both = abstracts(record.paragraphs("Summary"))
    fields = completed(record, _TABLE)
    counted = record.take("PageCount-页码")  # some exports have the pages here
    ranges = [one for one in counted if not one.isdecimal()]
    if "pages" not in fields and ranges:
        fields["pages"] = ranges
    else:
        record.keep("PageCount-页码", counted)
    return {**fields, **both}


READER = Reader(_NAME, _recognises, reading(_NAME, Layout(_FIELD, _begins), _fields))
