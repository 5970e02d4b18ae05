"""What reviewers really bring: three exports of one search, from Scopus, Web of Science and PubMed,
each as its database writes it. `look_alikes.py` has the papers.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

SCOPUS, WOS, PUBMED = "scopus.csv", "savedrecs.txt", "pubmed-set.nbib"
DATABASES = (SCOPUS, WOS, PUBMED)


class Name(NamedTuple):
    """A person; an institution has nothing given."""

    family: str
    given: str = ""
    after: str = ""

    @property
    def initials(self) -> list[str]:
        return [part[0] for part in re.split(r"[\s.-]+", self.given) if part]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A publication. `own` is the part of its record's own ids that no other work has.

    `original` is the title in the paper's own language where that is not English; `altered` says
    how the databases' records of it differ beyond what they always do.
    """

    own: int
    title: str
    authors: tuple[Name, ...]
    journal: str
    year: int | None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    language: str = "en"
    original: str = ""
    kind: str = "article"
    altered: str = "nothing"


class Entry(NamedTuple):
    """A work as one database has it; `full_names` is whether it gives more than initials."""

    work: Work
    database: str
    full_names: bool = True
    journal_in_short: bool = False

    @property
    def own_id(self) -> str:
        return {
            SCOPUS: f"2-s2.0-{85000000000 + self.work.own}",
            WOS: f"WOS:{self.work.own:015}",
            PUBMED: str(30000000 + self.work.own),
        }[self.database]


# The files


def trio(folder: Path, entries: Iterable[Entry]) -> dict[str, Path]:
    """The three files in `folder`, each with what its database has of `entries`."""
    held = list(entries)
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for database, write in ((SCOPUS, scopus), (WOS, web_of_science), (PUBMED, pubmed)):
        text = write([entry for entry in held if entry.database == database])
        paths[database] = folder / database
        paths[database].write_text(text, encoding="utf-8")
    return paths


def _short(journal: str) -> str:
    words = re.sub(r"[^\w\s]", "", journal).split()
    kept = [word for word in words if word.lower() not in ("of", "the", "and", "in", "for", "on")]
    if len(kept) < 2:
        return journal
    short = {"journal": "J", "international": "Int", "american": "Am", "british": "Br"}
    return " ".join(
        short.get(word.lower(), word[:4] if len(word) > 6 else word) for word in kept
    )  # fmt: skip


def _first_last(pages: str) -> tuple[str, str]:
    first, _, last = pages.partition("-")
    return first, last


_SCOPUS_TYPES = {
    "article": "Article",
    "erratum": "Erratum",
    "preprint": "Article",
    "meeting abstract": "Conference paper",
    "conference paper": "Conference paper",
}
_LANGUAGE_NAMES = {"en": "English", "zh": "Chinese", "de": "German", "es": "Spanish"}


def scopus(entries: Sequence[Entry]) -> str:
    """CSV with all columns: `Gillard S.; Doe A.B.`, what is original in brackets, ©."""
    rows = [
        {
            "Authors": "; ".join(map(_scopus_name, work.authors)),
            "Author full names": "; ".join(
                f"{_with_after(name, ', ')} ({57000000000 + place})"
                for place, name in enumerate(work.authors)
                if entry.full_names
            ),
            "Title": f"{work.title} [{work.original}]" if work.original else work.title,
            "Year": str(work.year or ""),
            "Source title": _short(work.journal) if entry.journal_in_short else work.journal,
            "Volume": work.volume,
            "Issue": work.issue,
            "Art. No.": work.pages if "-" not in work.pages else "",
            "Page start": _first_last(work.pages)[0] if "-" in work.pages else "",
            "Page end": _first_last(work.pages)[1],
            "Cited by": str(work.own % 50),
            "DOI": work.doi,
            "Link": f"https://www.scopus.com/inward/record.uri?eid={entry.own_id}&partnerID=40",
            "Abstract": f"{work.abstract} © {work.year or 2000} The Author(s)."
            if work.abstract
            else "[No abstract available]",
            "Author Keywords": "; ".join(work.keywords),
            "Index Keywords": "Human; Article",
            "PubMed ID": work.pmid,
            "Language of Original Document": _LANGUAGE_NAMES[work.language],
            "Abbreviated Source Title": _short(work.journal),
            "Document Type": _SCOPUS_TYPES[work.kind],
            "Publication Stage": "Final",
            "Source": "Scopus",
            "EID": entry.own_id,
        }
        for entry in entries
        for work in (entry.work,)
    ]
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()


def _with_after(name: Name, between: str) -> str:
    return between.join(filter(None, name))


def _scopus_name(name: Name) -> str:
    if not name.given:
        return name.family
    family = f"{name.family} {name.after}." if name.after else name.family
    given = re.sub(r"([^\W\d_])[^\W\d_]*\.?", r"\1.", name.given).replace(" ", "")
    return f"{family} {given}"


_WOS_TYPES = {
    "article": "Article",
    "erratum": "Correction",
    "preprint": "Article; Early Access",
    "meeting abstract": "Meeting Abstract",
    "conference paper": "Proceedings Paper",
}


def web_of_science(entries: Sequence[Entry]) -> str:
    """Tagged text: names by initials under AU, Title Case, journals in CAPITALS."""
    lines = ["FN Clarivate Analytics Web of Science", "VR 1.0"]
    for entry in entries:
        work = entry.work
        people = [name for name in work.authors if name.given]
        groups = [name.family for name in work.authors if not name.given]
        first, last = _first_last(work.pages)
        title = " ".join(word[:1].upper() + word[1:] for word in work.title.split(" "))
        journal = _short(work.journal) if entry.journal_in_short else work.journal
        fields: list[tuple[str, list[str]]] = [
            ("PT", ["J"]),
            ("AU", [f"{_wos_family(name)}, {''.join(name.initials)}" for name in people]),
            ("AF", [_with_after(name, ", ") for name in people] if entry.full_names else []),
            ("CA", groups),
            ("TI", _wrapped(title, 78)),
            ("SO", [journal.upper()]),
            ("LA", [_LANGUAGE_NAMES[work.language]]),
            ("DT", [_WOS_TYPES[work.kind]]),
            ("DE", _wrapped("; ".join(work.keywords), 78)),
            ("ID", ["MENTAL-HEALTH; RANDOMIZED-TRIAL"]),
            ("AB", _wrapped(work.abstract, 78)),
            ("NR", [str(work.own % 60)]),
            ("JI", [_short(work.journal)]),
            ("PY", [str(work.year or "")]),
            ("VL", [work.volume]),
            ("IS", [work.issue]),
            ("BP", [first if last else ""]),
            ("EP", [last]),
            ("AR", ["" if last else work.pages]),
            ("DI", [work.doi]),
            ("PM", [work.pmid]),
            ("UT", [entry.own_id]),
            ("ER", []),
        ]
        for tag, values in fields:
            if tag == "ER" or any(values):
                lines.append(" ".join((tag, *values[:1])))
                lines += [f"   {value}" for value in values[1:]]
        lines.append("")
    return "\n".join([*lines, "EF", ""])


def _wos_family(name: Name) -> str:
    return f"{name.family}, {name.after}" if name.after else name.family


_PUBMED_TYPES = {
    "article": "Journal Article",
    "erratum": "Published Erratum",
    "preprint": "Preprint",
    "meeting abstract": "Congress",
    "conference paper": "Congress",
}
_PUBMED_LANGUAGES = {"en": "eng", "zh": "chi", "de": "ger", "es": "spa"}


def pubmed(entries: Sequence[Entry]) -> str:
    """nbib: sentence case and a full stop, `[Translated].` with TT, 732-8."""
    blocks = []
    for entry in entries:
        work = entry.work
        title = f"[{work.title}]." if work.original else f"{_sentence_case(work.title)}."
        fields = [
            ("PMID", work.pmid),
            ("OWN", "NLM"),
            ("VI", work.volume),
            ("IP", work.issue),
            ("DP", f"{work.year} Feb" if work.year else ""),
            ("TI", title),
            ("PG", _pubmed_pages(work.pages)),
            ("LID", f"{work.doi} [doi]" if work.doi else ""),
            ("AB", _truncated(work)),
        ]
        for name in work.authors:
            if name.given:
                given = " ".join(filter(None, (name.given.replace(".", ""), name.after)))
                short = " ".join(filter(None, ("".join(name.initials), name.after)))
                fields.append(("FAU", f"{name.family}, {given}"))
                fields.append(("AU", f"{name.family} {short}"))
            else:
                fields.append(("CN", name.family))
        fields += [
            ("LA", _PUBMED_LANGUAGES[work.language]),
            ("PT", _PUBMED_TYPES[work.kind]),
            ("TT", work.original),
            ("TA", _short(work.journal)),
            ("JT", "" if entry.journal_in_short else work.journal),
            ("MH", "Humans"),
            *(("OT", keyword) for keyword in work.keywords),
            ("SO", f"{_short(work.journal)}. {work.year or ''}"),
        ]
        lines = [
            line
            for tag, value in fields
            if value
            for line in (f"{tag:4}- " + "\n      ".join(_wrapped(value, 82))).split("\n")
        ]
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _sentence_case(title: str) -> str:
    words = title.split(" ")
    lowered = [
        word.lower() if word[1:] == word[1:].lower() and word.isalpha() else word for word in words
    ]
    return " ".join([words[0], *lowered[1:]])


def _truncated(work: Work) -> str:
    if work.own % 4 or len(work.abstract) < 200:
        return work.abstract
    return f"{work.abstract[:150].rsplit(' ', 1)[0]} (ABSTRACT TRUNCATED)"


def _pubmed_pages(pages: str) -> str:
    first, _, last = pages.partition("-")
    if not (first.isdigit() and last.isdigit() and len(first) == len(last)):
        return pages
    same = next((at for at in range(len(first)) if first[at] != last[at]), len(first) - 1)
    return f"{first}-{last[same:]}"


def _wrapped(value: str, width: int) -> list[str]:
    lines = [""]
    for word in value.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return lines
