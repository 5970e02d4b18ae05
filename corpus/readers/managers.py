"""What the fields of reference managers' tagged formats mean, once it is known what they are.

EndNote, RefWorks, NoteExpress and CNKI's own format call the same things differently, and CNKI
and Wanfang fill all of them in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from corpus.identity import bare_doi
from corpus.readers.fields import date, year
from corpus.readers.names import names, terms
from corpus.readers.tagged import Tagged
from corpus.text.normalise import has_han

_ISSN = re.compile(r"(?<!\d)(?<!\d-)\d{4}-\d{3}[\dXx](?![\w-])|(?<![\w-])\d{7}[\dXx](?![\w-])")
_ISBN = re.compile(r"(?<![\w-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\w-])")
_LONGEST_DOI = 2_000
_SEMICOLONS = re.compile("[;；]+")

_TYPES = {
    **dict.fromkeys(
        ("journal article", "electronic article", "journal, electronic", "abstract"),
        "article-journal",
    ),
    "magazine article": "article-magazine",
    "newspaper article": "article-newspaper",
    **dict.fromkeys(
        ("book", "book, whole", "book, edited", "edited book", "electronic book", "monograph"),
        "book",
    ),
    **dict.fromkeys(("book section", "book, section", "electronic book section"), "chapter"),
    **dict.fromkeys(
        ("conference proceedings", "conference proceeding", "conference paper"),
        "paper-conference",
    ),
    **dict.fromkeys(
        ("thesis", "dissertation", "dissertation/thesis", "dissertation/thesis, unpublished"),
        "thesis",
    ),
    **dict.fromkeys(("report", "government document"), "report"),
    **dict.fromkeys(("web page", "electronic source", "online database", "blog"), "webpage"),
    **dict.fromkeys(("unpublished work", "unpublished material", "manuscript"), "manuscript"),
    "patent": "patent",
    "dataset": "dataset",
    "standard": "standard",
    "computer program": "software",
    "map": "map",
}


def completed(record: Tagged, table: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """The fields of `record` that `table` tells the tags of, in the shape that `Paper` has."""
    source = {name: next(filter(record.__contains__, tags), "") for name, tags in table.items()}
    fields = record.fields(table)
    for name, shape in _SHAPES.items():
        if name in fields:
            fields[name] = shape(fields[name])
    for name in ("title", "journal"):
        _bilingual(record, fields, name, source.get(name, ""))
    kind = fields.get("type", [])
    fields["type"] = next((_TYPES[one.lower()] for one in kind if one.lower() in _TYPES), "")
    if not fields["type"]:
        record.keep(source["type"], kind)
    dates, years = fields.get("date", []), fields.get("year", [])
    fields["year"] = years if year(years) else dates
    fields["date"] = date(dates, year(years)) or date(years)
    if dates and not fields["date"]:
        record.keep(source["date"], dates)
    numbered = fields.pop("issn", [])
    fields.update(numbers(numbered))
    if numbered and "issn" not in fields and "isbn" not in fields:
        record.keep(source["issn"], numbered)  # a patent's or a standard's number
    _addresses(record, fields, source)
    if fields["type"] == "thesis" and "publisher" not in fields:
        fields["publisher"] = fields.pop("journal", [])  # CNKI's place for the university
    elif fields["type"] == "article-newspaper" and "journal" not in fields:
        fields["journal"] = fields.get("publisher", [])
    return fields


def abstracts(values: list[str]) -> dict[str, str]:
    """The paper's own abstract, and the one that is a translation where there are two."""
    other = [value for value in values[1:] if has_han(value) != has_han(values[0])][:1]
    own = [value for value in values if value not in other]
    return {"abstract": "\n".join(own), "translated_abstract": "".join(other)}


def doi_in(value: str) -> str:
    """The DOI that `value` has, "" where there is none or it is longer than one can be."""
    return bare_doi(value) if len(value) < _LONGEST_DOI else ""


def numbers(values: list[str]) -> dict[str, list[str]]:
    """ISSNs and ISBNs, told apart by their shape and free of what is written around them."""
    found = {"issn": _ISSN.findall(" ; ".join(values)), "isbn": _ISBN.findall(" ; ".join(values))}
    return {name: list(dict.fromkeys(each)) for name, each in found.items() if each}


def page_range(first: str, last: str) -> str:
    """`732-738`, or what there is of it."""
    return f"{first}-{last}" if first and last and first != last else first or last


def _unpadded(values: list[str]) -> list[str]:
    return [value.lstrip("0") or value if value.isdecimal() else value for value in values]


def _parts(values: list[str]) -> list[str]:
    found = (part for value in values for part in _SEMICOLONS.split(value))
    return list(dict.fromkeys(filter(None, map(str.strip, found))))


_SHAPES: dict[str, Callable[[list[str]], Any]] = {
    "authors": names,
    "editors": names,
    "translators": names,
    "keywords": terms,
    "affiliations": _parts,
    "volume": _unpadded,
    "issue": _unpadded,
    "pages": ", ".join,
}


def _bilingual(record: Tagged, fields: dict[str, Any], name: str, tag: str) -> None:
    """The first of a field's values is the paper's own; another may be its translation."""
    first, *others = fields.get(name, []) or [""]
    if not others:
        return
    fields[name] = [first]
    if name == "title" and not fields.get("translated_title"):
        translation = [one for one in others if has_han(one) != has_han(first)][:1]
        fields["translated_title"] = translation
        others = [one for one in others if one not in translation]
    record.keep(tag, others)


def _addresses(record: Tagged, fields: dict[str, Any], source: Mapping[str, str]) -> None:
    """The DOI, from the address where it has no field of its own, and the first address."""
    named, urls = fields.get("doi", []), fields.get("url", [])
    dois = list(filter(None, map(doi_in, named + urls)))
    fields["doi"], fields["url"], fields["urls"] = dois[:1], urls[:1], urls[1:]
    record.keep(source.get("doi", ""), [one for one in named if not doi_in(one)])
