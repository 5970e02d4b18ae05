"""The rows of CSV and tab-delimited text, one at a time, quotes as RFC 4180 has them.

Not by the csv module: its longest field is a setting of the whole process, and Scopus puts all
references of a paper into one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.errors import UnreadableFile
from corpus.files.text import LONGEST
from corpus.readers import Text

WIDEST = 2000
"""How many columns a table may have."""

_LEAST = 80  # a line takes memory however short it is
_OPENS = re.compile(' {0,8}"')
_IN_QUOTES = re.compile(r'[^"]*+(?:""[^"]*+)*+')


class Row(NamedTuple):
    """The cells of a row that begins in `line`; none where a quotation mark has no end."""

    line: int
    cells: list[str]


def header(line: str, delimiter: str) -> list[str]:
    """The cells of a line that begins a table; of more than may be, one too many."""
    cells: list[str] = []
    _part(line, delimiter, cells, None)
    return cells


def rows(text: Text, delimiter: str, width: int) -> Iterator[Row]:
    """The rows of a table of `width` columns that have anything in them.

    Raises `UnreadableFile` at one beyond all reason.
    """
    cells: list[str] = []
    quoted: list[str] | None = None
    begun = size = 0
    for line in text:
        if quoted is None:
            cells, begun, size = [], line.number, 0
        size += len(line.text) + _LEAST
        if size > LONGEST:
            raise UnreadableFile(
                f"{text.path}, line {begun}: a row has over {LONGEST >> 20} million characters"
            )
        if quoted is None and delimiter == "\t" and line.text.count("\t") == width - 1:
            cells = list(map(_unquoted, line.text.split("\t")))  # Web of Science quotes nothing
        else:
            quoted = _part(line.text, delimiter, cells, quoted)
        if len(cells) > WIDEST:
            raise UnreadableFile(f"{text.path}, line {begun}: over {WIDEST:,} columns")
        if quoted is None and any(map(str.strip, cells)):
            yield Row(begun, cells)
    if quoted is not None:
        yield Row(begun, [])


def _part(
    line: str, delimiter: str, cells: list[str], quoted: list[str] | None
) -> list[str] | None:
    """Puts the cells of `line` behind `cells`; gives the lines of a last one that has no end yet.

    `quoted` are those of a cell that lines before began.
    """
    place = 0
    while len(cells) <= WIDEST:
        whole = ""
        if quoted is None and (opened := _OPENS.match(line, place)):
            quoted, place = [], opened.end()
        if quoted is not None:
            inside = _IN_QUOTES.match(line, place)
            end = inside.end() if inside else place
            quoted.append(line[place:end].replace('""', '"'))
            if end == len(line):
                return quoted
            whole, quoted, place = "\n".join(quoted), None, end + 1
        end = line.find(delimiter, place)
        cells.append(whole + (line[place:] if end < 0 else line[place:end]))
        if end < 0:
            break
        place = end + 1
    return None


def _unquoted(cell: str) -> str:
    whole = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if whole else cell
