"""BibTeX and biblatex, parsed by bibtexparser an entry at a time.

An entry with a `crossref` waits until the entry that it refers to has been read, and so do those
behind it; what does not fit into memory meanwhile goes on without. An entry takes from there what
it does not say itself, as BibTeX has it, and the title as the title of the book that it is in.
"""

from __future__ import annotations

import functools
import logging
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.files.text import LONGEST
from corpus.readers import Reader, Record, Skipped, Text
from corpus.readers.bibtex_blocks import Block, Macros, TooLong, blocks, fields_by_line, is_glued
from corpus.readers.bibtex_fields import Fields
from corpus.readers.bibtex_paper import is_group, line, paper_of, split
from corpus.readers.names import names
from corpus.text.normalise import has_han

_NOT_ENTRIES = frozenset(("string", "comment", "preamble"))
_RECOGNISED = re.compile(
    r"(?im)^[ \t\ufeff]*@(?:[a-z][\w-]*[ \t]*[{(][^={}\"@,]*,\s*[a-z][\w.:+-]*[ \t]*="
    r"|string[ \t]*[{(][ \t]*[\w.:+-]+[ \t]*=|(?:preamble|comment)[ \t]*\{)"
)
_AT = re.compile(r"(\n[ \t]*)@")
_BRACES = re.compile(r"(?<!\\)[{}]")
_SPECIAL = re.compile(r"[\\{}~$&<]")
_LATIN = re.compile("[A-Za-z]")
_FOLLOWS = re.compile(r"(?:Jr|Sr|I{2,3}|IV|VI{0,3}|[2-9](?:nd|rd|th))\.?")
_NAME = re.compile(r"[^a-z0-9.:+_-]+")

_REFERRED_TO = frozenset(
    "book collection mvbook mvcollection mvproceedings mvreference periodical proceedings "
    "reference".split()
)
_INHERITED = frozenset(
    "booktitle publisher editor address location year date month series volume edition isbn issn "
    "organization institution eventtitle eventdate venue language langid".split()
)
_WHEN = frozenset(("year", "date", "month", "day"))

_ROOM = 2 * LONGEST
_LEAST = 1000  # an entry takes memory however little it says


@dataclass(slots=True)
class _Entry:
    """An entry as LaTeX, its fields by name in lower case, each with all its values."""

    number: int
    line: int
    kind: str
    key: str
    fields: Fields

    @property
    def crossref(self) -> str:
        return self.fields.get("crossref", [""])[0].strip().casefold()


def _recognises(head: str) -> bool:
    return _RECOGNISED.search(head) is not None


def _read(lines: Text) -> Iterator[Record | Skipped]:
    macros = Macros()
    parents = _Parents()
    waiting: deque[tuple[_Entry | Skipped, int]] = deque()
    held = number = 0
    for block in blocks(lines):
        if block.kind in _NOT_ENTRIES:
            if block.kind == "string" and block.ended:
                macros.define(*_string(block))
            continue
        number += 1
        entry = _entry(block, number, macros)
        if isinstance(entry, _Entry):
            parents.add(entry)
        waiting.append((entry, len(block.text) + _LEAST))
        held += waiting[-1][1]
        while waiting and (held > _ROOM or not parents.lacks(waiting[0][0])):
            first, size = waiting.popleft()
            held -= size
            yield _record(first, parents)
    for first, _ in waiting:
        yield _record(first, parents)


class _Parents:
    """What entries that others may refer to hand on."""

    def __init__(self) -> None:
        self._known: dict[str, Fields] = {}
        self._room = _ROOM

    def add(self, entry: _Entry) -> None:
        if entry.kind not in _REFERRED_TO or self._room <= 0:
            return
        handed = {name: entry.fields[name] for name in _INHERITED & entry.fields.keys()}
        title = entry.fields.get("title")
        handed.setdefault("booktitle", title or [])
        handed["title"] = title or []
        self._room -= _LEAST + sum(len(value) for values in handed.values() for value in values)
        self._known.setdefault(entry.key.casefold(), handed)

    def lacks(self, entry: _Entry | Skipped) -> bool:
        """Whether `entry` refers to one that has not been read."""
        crossref = entry.crossref if isinstance(entry, _Entry) else ""
        return crossref != "" and crossref not in self._known

    def completed(self, entry: _Entry) -> Fields:
        """The fields of `entry` with what it takes from the one that it refers to."""
        handed = dict(self._known.get(entry.crossref, {}))
        if not handed:
            return entry.fields
        title = handed.pop("title", [])
        if entry.kind == "article":
            handed["booktitle"] = []
            handed["journal"] = [] if "journaltitle" in entry.fields else title
        own = {name for name, values in entry.fields.items() if values}
        said = own | _WHEN if own & {"year", "date"} else own
        taken = {name: list(values) for name, values in handed.items() if name not in said}
        return {**entry.fields, **taken}


def _record(entry: _Entry | Skipped, parents: _Parents) -> Record | Skipped:
    if isinstance(entry, Skipped):
        return entry
    paper = paper_of(entry.kind, entry.key, parents.completed(entry), _people)
    if not (paper.title or paper.abstract or paper.doi):
        return Skipped(entry.number, entry.line, "no title, abstract or DOI")
    return Record(paper, entry.number, entry.line)


def _entry(block: Block, number: int, macros: Macros) -> _Entry | Skipped:
    if not block.ended:
        reason = "the entry has no end: a brace or a quotation mark is not closed"
        return Skipped(number, block.line, reason)
    key, pairs = ("", []) if block.spilt else _parsed(block)
    if not pairs:
        key, pairs = fields_by_line(block.text)
    pairs = [part for pair in pairs for part in _apart(*pair)]
    try:
        pairs = macros.values(pairs)
    except TooLong:
        return Skipped(number, block.line, "its macros stand for too much text")
    fields: Fields = {}
    for name, value in pairs:
        fields.setdefault(_NAME.sub("_", name.lower()) or "_", []).append(value)
    return _Entry(number, block.line, block.kind, key, fields)


def _parsed(block: Block) -> tuple[str, list[tuple[str, str]]]:
    """The key of an entry and its fields as they are written; none where it cannot be parsed."""
    # bibtexparser takes a line that begins with an @ for another entry.
    first = _first(block._replace(text=_AT.sub(r"\1{}@", block.text)))
    entry = getattr(first, "ignore_error_block", None) or first  # where a field is there twice
    fields = getattr(entry, "fields", [])
    return getattr(entry, "key", ""), [(field.key, str(field.value)) for field in fields]


def _apart(name: str, value: str) -> list[tuple[str, str]]:
    """A field, and those behind it where the comma is missing."""
    return fields_by_line(f"{name} = {value}}}")[1] if is_glued(value) else [(name, value)]


def _first(block: Block) -> Any:
    return next(iter(_splitter()(block.text).split().blocks), None)


def _string(block: Block) -> tuple[str, str]:
    string = _first(block)
    return str(getattr(string, "key", "")), str(getattr(string, "value", ""))


@functools.cache
def _splitter() -> Any:
    from bibtexparser.splitter import Splitter

    # It warns of every broken entry, of which a Skipped tells.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    return Splitter


def _people(tex: str) -> list[str]:
    """The names in an `author`, as "Family, Given, Jr", of institutions as they are."""
    tex = " ".join(tex.split())
    tex = tex if _is_balanced(tex) else _BRACES.sub("", tex)
    parts = _separated(tex)
    within = _separated(tex[1:-1]) if is_group(tex) else []
    if len(within) > 1 and all("," in part for part in within):
        parts = within  # Web of Science once put everybody into one more pair
    return [name for part in parts for name in _names(part) if name]


def _separated(tex: str) -> list[str]:
    # bibtexparser's own loses the first letter of a name that begins with an accent.
    parts = split(tex, " (?i:and)(?= )") if " and " in tex.lower() else [tex]
    if len(parts) == 1 and ";" in tex and not {*"{\\&"} & {*tex}:
        parts = tex.split(";")
    return [part.strip() for part in parts]


def _names(tex: str) -> list[str]:
    if tex.lower().rstrip(".") in ("others", "et al"):
        return ["et al."]
    if is_group(tex):
        return [line(tex)]
    if not _SPECIAL.search(tex):
        if has_han(tex) and not _LATIN.search(tex):
            return names([tex])
        commas = tex.count(",")
        if commas > 2 or tex.endswith(",") or (not commas and names([tex]) == [tex]):
            return [tex.rstrip(", ")]  # an institution
        if commas == 1:
            return [", ".join(filter(None, map(str.strip, tex.split(","))))]
    name = _parse()(tex, strict=False)
    given, after = name.first, name.jr
    if _FOLLOWS.fullmatch(" ".join(given)) and not _FOLLOWS.fullmatch(" ".join(after)):
        given, after = after, given
    each = (line(" ".join(words)) for words in (name.von + name.last, given, after))
    return [", ".join(filter(None, each))]


def _is_balanced(tex: str) -> bool:
    depth = 0
    for brace in _BRACES.findall(tex):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            break
    return depth == 0


@functools.cache
def _parse() -> Any:
    from bibtexparser.middlewares.names import parse_single_name_into_parts

    return parse_single_name_into_parts


READER = Reader("bibtex", _recognises, _read)
