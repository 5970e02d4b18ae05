"""RIS, as reference managers read it, with tags of our own where it has none (see `ris_fields`).

A paragraph of an abstract goes on after a blank line; a line that would be taken for a tag goes on
where the one before it ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from corpus.paper import Paper
from corpus.readers.fields import text, texts
from corpus.readers.names import names
from corpus.readers.ris_fields import CODES, TAG, TYPES, single
from corpus.writers import Writer

_TAG = re.compile(r"[A-Z][A-Z0-9]")
_RANGE = re.compile(r"([^\s-]+)-([^\s-]+)")
_ISO = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
_OTHERS = "et al."

_ORDER = ("title", "translated_title", "journal", "volume", "issue", "publisher", "place", "series")
_LAST = ("edition", "language", "pmid", "summary_by")


def _write(papers: Iterable[Paper]) -> Iterator[str]:
    for paper in papers:
        yield "\n".join([*_record(paper), "ER  - \n\n"])


def _record(paper: Paper) -> Iterator[str]:
    kept = paper.extra.get("ris")
    kept = kept if isinstance(kept, dict) else {}
    code = _code(paper, kept)
    yield f"TY  - {code}"
    for tag, value in _fields(paper, TYPES.get(code, "")):
        if value := _line(value):
            yield f"{tag}  - {value}"
    for tag, value in (
        ("AB", paper.abstract),
        ("XB", paper.translated_abstract),
        ("N1", text(paper.extra.get("note"))),
    ):
        yield from _lines(tag, value, between="\n" if tag == "N1" else "\n\n")
    for tag, values in kept.items():
        if _TAG.fullmatch(tag) and tag not in ("TY", "ER"):
            for value in values if isinstance(values, list) else [values]:
                yield from _lines(tag, text(value), between="\n")


def _code(paper: Paper, kept: dict[str, Any]) -> str:
    """The record's own, unless its type has been changed since."""
    kind = text(paper.extra.get("type"))
    own = _line(text(kept.get("TY")))
    if own and TYPES.get(own, "") in (kind, ""):
        return own
    return CODES.get(kind) or ("JOUR" if paper.journal and not kind else "GEN")


def _fields(paper: Paper, kind: str) -> Iterator[tuple[str, str]]:
    extra = paper.extra
    tags = single(kind)
    yield "ID", paper.source_id
    yield from (("AU", _name(name)) for name in paper.authors)
    editor = "ED" if kind == "patent" else "A2"
    yield from ((editor, _name(name)) for name in texts(extra.get("editors")))
    yield from (("A4", _name(name)) for name in texts(extra.get("translators")))
    yield "PY", str(paper.year or "")
    yield "DA", _date(extra.get("date"))
    for name in (*_ORDER, *_LAST):
        if name in tags:
            value = getattr(paper, name) if hasattr(paper, name) else extra.get(name)
            yield tags[name][0], text(value)
    yield from _pages(paper.pages)
    yield "DO", paper.doi
    yield "C2", text(extra.get("pmcid"))
    yield from (("UR", url) for url in (paper.url, *texts(extra.get("urls"))))
    yield "Y2", _date(extra.get("accessed"))
    yield from (("SN", each) for name in ("issn", "isbn") for each in texts(extra.get(name)))
    yield from (("KW", keyword) for keyword in paper.keywords)
    yield from (("MH", subject) for subject in paper.subjects)
    yield from (("AD", address) for address in paper.affiliations)


def _date(value: Any) -> str:
    date = text(value)
    return date.replace("-", "/") if _ISO.fullmatch(date) else ""


def _pages(pages: str) -> Iterator[tuple[str, str]]:
    found = _RANGE.fullmatch(pages)
    if found and found[1] != found[2]:
        yield from (("SP", found[1]), ("EP", found[2]))
    else:
        yield "SP", pages


def _name(name: str) -> str:
    """`name` with a comma behind it where it would be taken for a person's without."""
    return name if name == _OTHERS or names([name]) == [name] else f"{name},"


def _line(value: str) -> str:
    return " ".join(value.split())


def _lines(tag: str, value: str, *, between: str) -> Iterator[str]:
    lines: list[str] = []
    for line in filter(None, map(_line, value.replace("\r", "\n").split("\n"))):
        if lines and TAG.match(line):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    if lines:
        yield f"{tag}  - {between.join(lines)}"


WRITER = Writer("ris", ".ris", _write)
