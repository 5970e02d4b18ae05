"""EndNote's own tags (.enw), which are Refer's and BibIX's, with the dialects of CNKI and Wanfang.

CNKI puts several people into one %A, or several %A into one line, and parts keywords by ;; or ;.
Wanfang parts them by spaces, and gives a Chinese %J first and the English one after it.
"""

from __future__ import annotations

import re
from typing import Any

from corpus.readers import Reader
from corpus.readers.managers import abstracts, completed
from corpus.readers.tagged import Field, Layout, Tagged, reading

_NAME = "endnote"
_TABLE: dict[str, tuple[str, ...]] = {
    "type": ("%0",),
    "source_id": ("%M", "%F"),
    "title": ("%T",),
    "translated_title": ("%Q",),
    "authors": ("%A",),
    "journal": ("%J", "%B"),
    "year": ("%D",),
    "date": ("%8",),
    "volume": ("%V",),
    "issue": ("%N",),
    "pages": ("%P",),
    "doi": ("%R",),
    "url": ("%U",),
    "keywords": ("%K",),
    "affiliations": ("%+",),
    "language": ("%G",),
    "issn": ("%@",),
    "publisher": ("%I",),
    "place": ("%C",),
    "editors": ("%E",),
    "series": ("%S",),
    "edition": ("%7",),
    "note": ("%Z",),
    "accessed": ("%[",),
}
_TAG = r"%[0-9A-Z@!#$\](&)*+^>?=~<\[]"
_FIELD = re.compile(rf"\s*({_TAG})(?:(?=\s|[^\x00-\x7f])\s*(.*))?$")
_GLUED = re.compile(r"(?<=\S)%[AKEY]\s+")
_LISTS = frozenset(("%A", "%E", "%K", "%Y"))
_TELLING = re.compile(r"(?m)^[ \t]*%[0AT][ \t]+\S")
_BIBTEX = re.compile(r"(?m)^[ \t]*@\w{3,20}[ \t]*[{(]")


def _recognises(head: str) -> bool:
    tags = [_FIELD.match(line) for line in head.split("\n") if line.strip()]
    if not tags or not tags[0] or sum(map(bool, tags)) < 2:
        return False
    return _TELLING.search(head) is not None and not _BIBTEX.search(head)


def _begins(field: Field, record: Tagged | None) -> bool:
    """A type begins a record; where there is none, what mostly does after a blank line.

    Not any tag after one: an abstract of several paragraphs has blank lines too.
    """
    if record is None:
        return True
    between = field.after_blank and not record.spaced
    if field.tag == "%0":
        return between or ("%0" in record and "%T" in record)
    return between and field.tag in ("%A", "%T", "%F") and "%T" in record


def _fields(record: Tagged) -> dict[str, Any]:
    for tag in _LISTS:
        record.keep(tag, [part for one in record.take(tag) for part in _GLUED.split(one)])
    both = abstracts(record.paragraphs("%X"))
    return {**completed(record, _TABLE), **both}


READER = Reader(_NAME, _recognises, reading(_NAME, Layout(_FIELD, _begins, lists=_LISTS), _fields))
