"""What the tags of RIS mean, of those that say the same the best first: that is what we write.

`XB` (the abstract in a second language), `XS` (whose summary the abstract is), `MH` (subjects) and
`PM` (the PubMed id) are not of the format, which has no place for them; programs pass them over.
"""

from __future__ import annotations

import functools
import re

TAG = re.compile(r"[ \t\ufeff]*(?:([A-Z][A-Z0-9])  - ?(.*)|(ER)[\s-]*)$")
"""A line that begins with a tag."""

TYPES = {
    "JOUR": "article-journal",
    "EJOUR": "article-journal",
    "ABST": "article-journal",
    "INPR": "article-journal",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "JFULL": "periodical",
    "SER": "periodical",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "CPAPER": "paper-conference",
    "CONF": "paper-conference",
    "DICT": "entry-dictionary",
    "ENCYC": "entry-encyclopedia",
    "THES": "thesis",
    "RPRT": "report",
    "GOVDOC": "report",
    "PAT": "patent",
    "STAND": "standard",
    "ELEC": "webpage",
    "BLOG": "post-weblog",
    "ICOMM": "personal_communication",
    "PCOMM": "personal_communication",
    "DATA": "dataset",
    "DBASE": "dataset",
    "AGGR": "dataset",
    "COMP": "software",
    "UNPB": "manuscript",
    "MANSCPT": "manuscript",
    "PAMP": "pamphlet",
    "CLSWK": "classic",
    "ANCIENT": "classic",
    "BILL": "bill",
    "CASE": "legal_case",
    "STAT": "legislation",
    "HEAR": "hearing",
    "ART": "graphic",
    "FIGURE": "figure",
    "MAP": "map",
    "MUSIC": "musical_score",
    "SOUND": "song",
    "SLIDE": "speech",
    "MPCT": "motion_picture",
    "VIDEO": "motion_picture",
    "GEN": "document",
}
"""The kinds of work in CSL; of several that are the same there, we write the first."""

NAMES = {
    "JOURNAL": "JOUR",
    "JOURNAL ARTICLE": "JOUR",
    "BOOK SECTION": "CHAP",
    "BOOK CHAPTER": "CHAP",
    "CONFERENCE PAPER": "CPAPER",
    "CONFERENCE PROCEEDINGS": "CONF",
    "THESIS": "THES",
    "REPORT": "RPRT",
    "PATENT": "PAT",
    "WEB PAGE": "ELEC",
}
"""What some write where a code belongs."""

CODES: dict[str, str] = {}
for _code, _type in TYPES.items():
    CODES.setdefault(_type, _code)

LINES = frozenset(("AD", "KW", "MH"))
"""Tags of which every line is a value of its own, as EndNote writes them."""

_SINGLE: dict[str, tuple[str, ...]] = {
    "source_id": ("ID", "AN"),
    "translated_title": ("TT",),
    "volume": ("VL", "VO"),
    "issue": ("IS", "CP"),
    "summary_by": ("XS",),
    "language": ("LA",),
    "publisher": ("PB", "PU"),
    "place": ("CY", "PP", "PI"),
    "series": ("T3",),
    "edition": ("ET",),
    "pmid": ("PM",),
}
_JOURNALS = ("JF", "T2", "JO", "JA", "J2", "J1")
_IN_BOOKS = frozenset(("chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"))


@functools.cache
def single(kind: str) -> dict[str, tuple[str, ...]]:
    """The tags of what a paper of this type in CSL has one of."""
    titles = ("TI", "T1", "CT", "ST")
    tags = {**_SINGLE, "title": titles, "journal": _JOURNALS}
    if kind in _IN_BOOKS:
        tags["journal"] = ("T2", "BT", "JF", "JO", "JA", "J2", "J1")
    elif kind == "book":
        tags |= {"title": ("TI", "T1", "BT", "CT", "ST"), "journal": ("JF", "JO", "JA")}
        tags["series"] = ("T3", "T2")
    elif kind.startswith("article"):
        del tags["edition"]  # when it appeared, as EndNote has it
    elif kind == "patent":  # numbers of other things
        tags = {name: tags[name] for name in tags.keys() - {"volume", "issue"}}
    return tags
