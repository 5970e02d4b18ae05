"""Tables of papers, one a row: CSV and tab-delimited files of databases, and of one's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import unquote

from corpus.errors import UnreadableFile
from corpus.paper import Paper
from corpus.readers import Reader, Record, Skipped, Text
from corpus.readers.cells import citation, parted, people, terms, unguarded
from corpus.readers.columns import (
    LISTS,
    MANY,
    NEEDED,
    OURS,
    Column,
    columns,
    type_of,
)
from corpus.readers.fields import date, described, pages, plain, year
from corpus.readers.rows import WIDEST, header, rows
from corpus.text.language import guess_language, language_code

_DELIMITERS = ("\t", ",", ";")
_PREAMBLE = 10  # Dimensions says in the line above the header what was searched for
_NOTHING = re.compile(r"\[no .{1,40} available\]|(n/?a|null|none|nan|-+|—+)", re.IGNORECASE)
_DOI = re.compile(r"[?&]id=doi(?::|%3A)([^&\s]+)", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\[\]]*\]\s*")
_DASH = re.compile(r"[–—-]+")
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)$")
_PLAIN = (
    *("journal", "volume", "issue", "pmid", "pmcid", "arxiv", "url", "publisher", "place"),
    *("series", "edition", "conference", "note", "language"),
)
_IN_CITATIONS = ("journal", "volume", "issue")


class _Table(NamedTuple):
    """How a table is laid out: `width` is the number of its columns."""

    delimiter: str
    columns: list[Column]
    width: int
    ours: bool
    glued: bool


def _recognises(head: str) -> bool:
    if head.lstrip("\ufeff \t\n")[:1] in ("{", "[", "<", "@", "%"):
        return False
    return any(map(_table, islice(filter(str.strip, head.split("\n")), _PREAMBLE)))


def _table(line: str) -> _Table | None:
    """The table whose header `line` is, None where it is none."""
    return max(
        filter(None, (_table_with(delimiter, line) for delimiter in _DELIMITERS)),
        key=lambda table: sum(bool(column.field) for column in table.columns),
        default=None,
    )


def _table_with(delimiter: str, line: str) -> _Table | None:
    names = header(line.lstrip("\ufeff"), delimiter)
    ours = set(OURS).issubset(names)
    found = columns(names, ours=ours)
    meant = {column.field for column in found} - {""}
    if len(meant) < 2 or meant.isdisjoint(NEEDED):
        return None
    return _Table(delimiter, found, len(names), ours, "Item Title" in names)


def _read(text: Text) -> Iterator[Record | Skipped]:
    above = islice((line.text for line in text if line.text.strip()), _PREAMBLE)
    table = next(filter(None, map(_table, above)), None)
    if table is None:
        raise UnreadableFile(f"{text.path}: no column is called title, abstract or DOI")
    if table.width > WIDEST:
        raise UnreadableFile(f"{text.path}, line {text.line}: over {WIDEST:,} columns")
    for number, (line, cells) in enumerate(rows(text, table.delimiter, table.width), 1):
        if not cells:
            yield Skipped(number, line, "a quotation mark has no end: the file may be cut off")
            continue
        row = _Row(table, cells)
        read = _ours(row) if table.ours else _paper(row, glued=table.glued)
        if read.title or read.abstract or read.doi:
            yield Record(read, number, line)
        else:
            yield Skipped(number, line, "no title, abstract or DOI")


class _Row:
    """A row's cells by the field they mean; `left` are those that have no better place."""

    def __init__(self, table: _Table, cells: list[str]) -> None:
        self.left: dict[str, Any] = {}
        self._cells: dict[str, list[tuple[str, str]]] = {}
        for place, name, field in table.columns:
            cell = unguarded(cells[place]).strip() if place < len(cells) else ""
            if not cell or (not table.ours and _says_nothing(cell, field)):
                continue
            if field and (field in MANY or field not in self._cells):
                self._cells.setdefault(field, []).append((name, cell))
            else:
                self._keep(name, cell)
        if more := [cell for cell in cells[table.width :] if cell.strip()]:
            self.left["more"] = more

    def _keep(self, name: str, cell: str) -> None:
        while name in self.left:
            name += "'"
        self.left[name] = cell

    def every(self, field: str) -> list[str]:
        """The cells of `field`."""
        return [cell for _, cell in self._cells.get(field, ())]

    def one(self, *fields: str) -> str:
        """The first cell of the first of `fields` that has any, "" where none has."""
        return next((cell for field in fields for cell in self.every(field)), "")

    def keep(self, field: str) -> None:
        """Keeps the cells of `field` as they are, since not all they say is understood."""
        for name, cell in self._cells.get(field, ()):
            self._keep(name, cell)


def _says_nothing(cell: str, field: str) -> bool:
    found = _NOTHING.fullmatch(cell)
    return found is not None and not (found.group(1) and field == "title")


def _ours(row: _Row) -> Paper:
    cells = {name: row.one(name) for name in ("source_id", *OURS[1:])}
    fields = {name: parted(one) if name in LISTS else one for name, one in cells.items()}
    return described(fields, "csv", row.left)


def _paper(row: _Row, *, glued: bool) -> Paper:
    fields: dict[str, Any] = {name: row.one(name) for name in _PLAIN}
    fields["source_id"] = row.one("source_id", "pmid")
    fields["doi"] = row.one("doi") or _doi_in(row.one("open_url"))
    row.keep("open_url")
    fields |= _texts(row, language_code(row.one("language")))
    for name in ("authors", "editors", "translators"):
        fields[name] = people(row.one(name), glued=glued)
    for name, more in (("keywords", "keywords_en"), ("subjects", "")):
        each = (term for cell in (*row.every(name), *row.every(more)) for term in terms(cell))
        fields[name] = list(dict.fromkeys(each))
    fields["affiliations"] = _affiliations(row)
    for name in ("issn", "isbn"):
        found = (part for cell in row.every(name) for part in re.split(r"[\s,;，；]+", cell))
        fields[name] = list(dict.fromkeys(filter(None, found)))
    fields["type"] = type_of(row.one("type"))
    if not fields["type"]:
        row.keep("type")
    return described(fields | _published(row), "csv", row.left)


def _texts(row: _Row, language: str) -> dict[str, str]:
    """Title and abstract in the paper's own language, and in another."""
    fields: dict[str, str] = {}
    for name in ("title", "abstract"):
        found = {
            field: plain(row.one(field))
            for field in (f"original_{name}", name, f"{name}_zh", f"{name}_en")
        }
        each = [*dict.fromkeys(filter(None, found.values())), "", ""]
        if name == "title":
            each = [" ".join(one.split()) for one in each]
        own, other = each[:2]
        if other and guess_language(other) == language != guess_language(own):
            own, other = other, own
        fields |= {name: own, f"translated_{name}": other}
    return fields


def _published(row: _Row) -> dict[str, str]:
    """Where and when: out of columns for it, else out of one that has all."""
    row.keep("source")
    said = citation(row.one("source"))
    if not said and not row.one("journal"):
        said = {"journal": row.one("source")}
    fields = {name: row.one(name) or said.get(name, "") for name in _IN_CITATIONS}
    first, last = row.one("first_page"), row.one("last_page")
    within = f"{first}-{last}" if first and last and first != last else first or last
    paged = row.one("pages") or within or pages(said.get("pages", ""))
    day = _COMPACT.sub(r"\1-\2-\3", row.one("date") or said.get("date", ""))
    in_year = year(row.one("year")) or year(day) or year(said.get("year", ""))
    fields["date"] = date(day, in_year)
    if not fields["date"] and day != str(in_year):
        row.keep("date")
    if paged:
        row.keep("article_number")
    return {
        **fields,
        "pages": _DASH.sub("-", paged) or row.one("article_number"),
        "year": str(in_year or ""),
    }


def _affiliations(row: _Row) -> list[str]:
    """Each once; Web of Science has in brackets before each who is there."""
    cell = row.one("affiliations")
    if "[" in cell:
        row.keep("affiliations")
    parts = re.split(r"[;；|\n]", _BRACKETS.sub("", cell))
    return list(dict.fromkeys(filter(None, map(str.strip, parts))))


def _doi_in(address: str) -> str:
    found = _DOI.search(address)
    return unquote(found.group(1)) if found else ""


READER = Reader("csv", _recognises, _read, general=True)
