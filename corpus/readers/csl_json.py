"""CSL-JSON: what Zotero, Mendeley, doi.org and Pandoc write for citation processors."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.readers import Reader, Record, Skipped, Text
from corpus.readers.csl import TYPES, paper_of
from corpus.readers.fields import text
from corpus.readers.json_items import objects, papers, sample

_WRAPPERS = ("items", "references")  # Zotero's API, and Pandoc
_OTHERS = frozenset("authors journal year doi pmid keywords subjects affiliations".split())
_CSL_ALONE = frozenset("container-title issued DOI PMID URL publisher-place event-place".split())


def _recognises(head: str) -> bool:
    item = sample(head, *_WRAPPERS)
    if not item or not _OTHERS.isdisjoint(item):
        return False
    if isinstance(item.get("title"), list) or isinstance(item.get("container-title"), list):
        return False  # Crossref's own
    if any("family" in one or "literal" in one for one in objects(item.get("author"))):
        return True
    if text(item.get("type")) not in TYPES:
        return False
    # JSON lines of our own can have this type, but are in no list.
    return not _CSL_ALONE.isdisjoint(item) or not head.lstrip("\ufeff \n\t").startswith("{")


def _read(lines: Text) -> Iterator[Record | Skipped]:
    return papers(lines, paper_of, *_WRAPPERS)


READER = Reader("csl-json", _recognises, _read)
