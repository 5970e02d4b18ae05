"""RIS, the format that every reference manager writes, read with rispy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import rispy

from corpus.paper import Paper
from corpus.readers import Line, Reader, Record, Skipped
from corpus.readers.fields import paper, text, year

_TAG = re.compile(r"\s*(?:([A-Z][A-Z0-9])  ?- ?(.*)|(ER)\s*)$")
_BEGINS = re.compile(r"(?m)^\ufeff?\s*TY  ?- ?")

# rispy's names for a field's tags, best first.
_FIELDS: dict[str, tuple[str, ...]] = {
    "source_id": ("id", "accession_number"),
    "title": ("title", "primary_title", "short_title"),
    "translated_title": ("translated_title",),
    "abstract": ("abstract", "notes_abstract"),
    "authors": ("authors", "first_authors"),
    "journal": ("journal_name", "secondary_title", "alternate_title3", "alternate_title1"),
    "volume": ("volume",),
    "issue": ("number",),
    "doi": ("doi",),
    "url": ("urls", "url"),
    "keywords": ("keywords",),
    "affiliations": ("author_address",),
    "language": ("language",),
}
_YEARS = ("year", "publication_year", "date")


def _recognises(head: str) -> bool:
    return _BEGINS.search(head) is not None


def _read(lines: Iterator[Line]) -> Iterator[Record | Skipped]:
    """Each record is handed to rispy alone, so that a bad one costs only itself."""
    number = begun = 0
    block: list[str] = []
    for line in lines:
        tag = _TAG.match(line.text)
        name = (tag.group(1) or tag.group(3)) if tag else ""
        if name == "TY" and block:
            yield Skipped(number, begun, "the record has no end (ER)")
            block = []
        if name == "TY":
            number += 1
            begun = line.number
        if name == "TY" or block:
            block.append(f"{name}  - {tag.group(2) or ''}" if tag else line.text)
        if name == "ER" and block:
            yield _record(block, number, begun)
            block = []
    if block:
        yield Skipped(number, begun, "the record has no end (ER): the file may be cut off")


def _record(block: list[str], number: int, line: int) -> Record | Skipped:
    try:
        parsed = rispy.loads("\n".join(block) + "\n")
    except (rispy.parser.ParseError, ValueError, KeyError, IndexError) as error:
        return Skipped(number, line, f"not RIS: {error}")
    if len(parsed) != 1:
        return Skipped(number, line, "not one RIS record")
    read = _paper(dict(parsed[0]))
    if not (read.title or read.abstract or read.doi):
        return Skipped(number, line, "no title, abstract or DOI")
    return Record(read, number, line)


def _paper(record: dict[str, Any]) -> Paper:
    fields: dict[str, Any] = {}
    for name, tags in _FIELDS.items():
        tag = next((tag for tag in tags if record.get(tag)), None)
        if tag is not None:
            fields[name] = record.pop(tag)
    # The abstract's lines were wrapped by the exporter, not by its author.
    if "abstract" in fields:
        fields["abstract"] = text(fields["abstract"])
    if isinstance(fields.get("url"), list):
        record["urls"] = fields["url"][1:]
        fields["url"] = fields["url"][0]
    for tag in _YEARS:
        if year(record.get(tag)) is not None:
            fields["year"] = record[tag] if tag != "year" else record.pop(tag)
            break
    first, last = text(record.pop("start_page", "")), text(record.pop("end_page", ""))
    # Some platforms write "No" and "Specified" where they have no pages.
    first, last = (page if any(map(str.isdigit, page)) else "" for page in (first, last))
    fields["pages"] = f"{first}-{last}" if first and last and first != last else first or last
    return paper(fields, {name: value for name, value in record.items() if value})


READER = Reader("ris", _recognises, _read)
