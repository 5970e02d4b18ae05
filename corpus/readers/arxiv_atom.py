"""The Atom feed that arXiv's API answers with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from corpus.readers import Reader, Record, Skipped, Text
from corpus.readers.fields import date
from corpus.readers.names import names
from corpus.readers.xml import all_said, at, elements, kept, record, root, said

_NAME = "arxiv-atom"
_ARXIV = re.compile(r"arxiv\.org/(?:schemas/atom|api/|abs/)", re.IGNORECASE)
_ID = re.compile(r"https?://(?:[\w.]+\.)?arxiv\.org/abs/(\S+?)(?:v(\d{1,4}))?", re.IGNORECASE)
_LINKS = ("rel='alternate'", "title='doi'", "title='pdf'")
_ERROR = "arxiv.org/api/errors"
_USED = frozenset("id title summary author published category link doi journal_ref comment".split())


def _recognises(head: str) -> bool:
    return root(head) in ("feed", "entry") and _ARXIV.search(head) is not None


def _read(text: Text) -> Iterator[Record | Skipped]:
    for entry, number, line in elements(text, ("entry",)):
        if _ERROR in said(entry, "id"):
            yield Skipped(number, line, f"arXiv answers: {said(entry, 'summary')}")
            continue
        address = said(entry, "id")
        found = _ID.fullmatch(address)
        left = kept(entry, _USED) | {"version": found.group(2) if found else ""}
        yield record(
            _values(entry, found.group(1) if found else address), _NAME, left, number, line
        )


def _values(entry: Element, arxiv: str) -> dict[str, Any]:
    """What an entry says under the names that it has here."""
    links = {kind: at(entry, f"link[@{kind}]").get("href", "") for kind in _LINKS}
    published, journal = said(entry, "published"), said(entry, "journal_ref")
    return {
        "source_id": arxiv,
        "arxiv": arxiv,
        "title": said(entry, "title"),
        "abstract": said(entry, "summary"),
        "authors": [name for one in all_said(entry, "author/name") for name in names([one])],
        "affiliations": list(dict.fromkeys(all_said(entry, "author/affiliation"))),
        "journal": journal,
        "type": "article-journal" if journal else "article",
        "year": published,
        "date": date(published[:10]),
        "doi": said(entry, "doi") or links["title='doi'"],
        "url": links["rel='alternate'"] or said(entry, "id"),
        "urls": [*filter(None, [links["title='pdf'"]])],
        "subjects": list(dict.fromkeys(one.get("term", "") for one in entry.iterfind("category"))),
        "note": said(entry, "comment"),
    }


READER = Reader(_NAME, _recognises, _read)
