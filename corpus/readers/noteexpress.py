"""NoteExpress's tagged format (.net), as CNKI and Wanfang write it: `{Title}: …`."""

from __future__ import annotations

import re
from typing import Any

from corpus.readers import Reader
from corpus.readers.managers import abstracts, completed
from corpus.readers.tagged import Field, Layout, Tagged, reading

_NAME = "noteexpress"
_TABLE: dict[str, tuple[str, ...]] = {
    "type": ("Reference Type",),
    "source_id": ("Accession Number", "Label"),
    "title": ("Title",),
    "translated_title": ("Translated Title",),
    "authors": ("Author",),
    "journal": ("Journal", "Secondary Title"),
    "year": ("Year",),
    "date": ("Date",),
    "volume": ("Volume",),
    "issue": ("Issue",),
    "pages": ("Pages",),
    "doi": ("DOI",),
    "url": ("URL",),
    "keywords": ("Keywords",),
    "affiliations": ("Author Address",),
    "language": ("Language",),
    "issn": ("ISBN/ISSN", "ISSN", "ISBN"),
    "publisher": ("Publisher",),
    "place": ("Place Published",),
    "editors": ("Secondary Author",),
    "translators": ("Translator",),
    "series": ("Tertiary Title",),
    "edition": ("Edition",),
    "note": ("Notes",),
    "accessed": ("Access Date",),
}
# CNKI has been seen to leave a piece of its page's script before the first record.
_FIELD = re.compile(r"(?:.*;\s*(?=\{Reference Type\}))?\s*\{([A-Z][\w /.-]{1,40})\}[:：]\s*(.*)$")
_BEGINS = re.compile(r"(?m)(?:^|;)[ \t]*\{Reference Type\}[:：]")


def _recognises(head: str) -> bool:
    return _BEGINS.search(head) is not None


def _begins(field: Field, record: Tagged | None) -> bool:
    if record is None or field.tag == "Reference Type":
        return True
    return field.tag == "Title" and "Title" in record and field.after_blank and not record.spaced


def _fields(record: Tagged) -> dict[str, Any]:
    both = abstracts(record.paragraphs("Abstract") + record.paragraphs("Translated Abstract"))
    return {**completed(record, _TABLE), **both}


READER = Reader(_NAME, _recognises, reading(_NAME, Layout(_FIELD, _begins), _fields))
