"""What the fields of BibTeX and biblatex mean, and those of its dialects.

Web of Science, Scopus and EBSCO have names of their own, and CNKI separates people as it likes.
What a paper says that neither BibTeX nor biblatex has a field for stands in fields of our own:
`translatedtitle`, `translatedabstract`, `subjects`, `affiliation`, `urls`, `summaryby`, and
`sourceid` where the record's id cannot be a citation key.
"""

from __future__ import annotations

import functools

Fields = dict[str, list[str]]

TYPES = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "incollection": "chapter",
    "inbook": "chapter",
    "suppbook": "chapter",
    "suppcollection": "chapter",
    "inreference": "entry-encyclopedia",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "reference": "book",
    "mvreference": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "manual": "book",
    "booklet": "pamphlet",
    "periodical": "periodical",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "unpublished": "manuscript",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "patent": "patent",
    "dataset": "dataset",
    "software": "software",
    "standard": "standard",
    "movie": "motion_picture",
    "music": "song",
    "legislation": "legislation",
}
"""What the kinds of entry are in CSL; of several that are the same there, we write the first."""

PLACES: dict[str, tuple[str, ...]] = {
    "title": ("title",),
    "abstract": ("abstract",),
    "translated_title": ("translatedtitle",),
    "translated_abstract": ("translatedabstract",),
    "volume": ("volume",),
    "pages": ("pages", "eid", "article-number", "art_number", "articleno"),
    "doi": ("doi",),
    "pmid": ("pmid",),
    "url": ("url", "link", "ee"),
    "language": ("language", "langid", "hyphenation"),
    "summary_by": ("summaryby",),
    "place": ("address", "location"),
    "series": ("series",),
    "edition": ("edition",),
    "conference": ("eventtitle",),
    "pmcid": ("pmcid", "pmc"),
    "note": ("note",),
    "accessed": ("urldate",),
}
"""Where a paper's fields stand, the best place first, which is where we write them."""

_IN_BOOKS = frozenset(("paper-conference", "chapter", "entry-encyclopedia"))
_NUMBERED = frozenset(("", "article-journal", "paper-conference", "periodical"))
_PUBLISHERS = {
    "thesis": ("school", "institution", "publisher", "organization"),
    "report": ("institution", "publisher", "organization", "school"),
}

PEOPLE = {"authors": "author", "editors": "editor", "translators": "translator"}
LISTS: dict[str, tuple[str, ...]] = {
    "keywords": ("keywords", "keyword"),
    "subjects": ("subjects", "keywords-plus", "research-areas", "web-of-science-categories"),
    "affiliations": ("affiliation",),
    "issn": ("issn", "eissn"),
    "isbn": ("isbn", "eisbn"),
    "urls": ("urls",),
}

_ADDRESSES = frozenset("url link ee doi eprint file pdf urls urldate date sourceid".split())
ENTRY_TYPES: dict[str, str] = {}
for _entry_type, _type in TYPES.items():
    ENTRY_TYPES.setdefault(_type, _entry_type)


@functools.cache
def places(kind: str) -> dict[str, tuple[str, ...]]:
    """`PLACES`, and those that depend on a paper's type in CSL."""
    journals: tuple[str, ...] = ("journal", "journaltitle")
    if kind in _IN_BOOKS:
        journals = ("booktitle", *journals)
    elif kind != "book":
        journals = (*journals, "booktitle")
    publishers = ("publisher", "organization", "institution", "school")
    return {
        **PLACES,
        "journal": journals,
        "issue": ("number", "issue") if kind in _NUMBERED else ("issue",),
        "publisher": _PUBLISHERS.get(kind, publishers),
    }


def is_address(name: str, value: str) -> bool:
    """Whether a field is to be read letter by letter."""
    return name in _ADDRESSES or value.lstrip(" \n{").startswith(("http://", "https://"))
