"""RefWorks' tagged format, and what CNKI makes of it.

CNKI has all people in one A1, parted by ; or commas; no space after some tags; a thesis's
supervisors in A3 and its degree in CL; and an abstract may go on in lines without a tag.
"""

from __future__ import annotations

import re
from typing import Any

from corpus.readers import Reader
from corpus.readers.managers import abstracts, completed, page_range
from corpus.readers.tagged import Field, Layout, Tagged, reading
from corpus.text.normalise import HAN

_NAME = "refworks"
_TABLE: dict[str, tuple[str, ...]] = {
    "type": ("RT",),
    "source_id": ("AN", "ID"),
    "pmid": ("PMID",),
    "pmcid": ("PMCID",),
    "title": ("T1",),
    "translated_title": ("OT",),
    "authors": ("A1",),
    "journal": ("JF", "T2", "JO"),
    "year": ("YR",),
    "date": ("FD",),
    "volume": ("VO", "vo"),
    "issue": ("IS",),
    "doi": ("DO",),
    "url": ("LK", "UL", "URL"),
    "keywords": ("K1",),
    "affiliations": ("AD",),
    "language": ("LA",),
    "issn": ("SN",),
    "publisher": ("PB",),
    "place": ("PP",),
    "editors": ("A2",),
    "translators": ("A4",),
    "series": ("T3",),
    "edition": ("ED",),
    "note": ("NO",),
    "accessed": ("RD",),
}
# No other two letters: an abstract's lines begin with "We used", "DNA was" and "In all".
_TAGS = (
    "RT|SR|ID|A[1-6]|T[1-3]|JF|JO|YR|FD|VO|vo|IS|SP|OP|K1|AB|NO|ED|PB|PP|SN|AV|AD|AN|LA|CL|SF|OT|"
    "LK|DO|CN|DB|DS|IP|RD|ST|U1[0-5]|U[1-9]|UL|URL|SL|LL|CR|WT|WV|WP|OL|PMID|PMCID|C1"
)
_FIELD = re.compile(rf"({_TAGS})(?:(?=[\s{HAN}])\s*(.*))?$")
_TYPE = re.compile(r"[A-Z][\w ,/-]{0,40}")
_BEGINS = re.compile(rf"\s*RT[ \t]+\S[^\n]*\n\s*(?:{_TAGS})[\s{HAN}]")


def _recognises(head: str) -> bool:
    return _BEGINS.match(head) is not None


def _begins(field: Field, record: Tagged | None) -> bool:
    """RT, but not that of an abstract's line that begins with "RT PCR"."""
    if field.tag != "RT":
        return False
    return record is None or field.after_blank or _TYPE.fullmatch(field.value.strip()) is not None


def _fields(record: Tagged) -> dict[str, Any]:
    both = abstracts(record.paragraphs("AB"))
    fields = completed(record, _TABLE)
    first, others = "".join(record.take("SP")), ", ".join(record.take("OP"))
    fields["pages"] = others if "-" in others else page_range(first, others)  # CNKI has both in OP
    return {**fields, **both}


READER = Reader(_NAME, _recognises, reading(_NAME, Layout(_FIELD, _begins), _fields))
