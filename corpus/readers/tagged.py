"""Tagged text as records of fields: for formats that differ in how a tag looks, and in where a
record begins and ends.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from corpus.errors import UnreadableFile
from corpus.files.text import LONGEST
from corpus.paper import Paper
from corpus.readers import Record, Skipped, Text
from corpus.readers.fields import described, plain, text
from corpus.text.normalise import HAN

_PROSE = ("title", "abstract", "translated_title", "translated_abstract")
_AS_THEY_ARE = {*Paper.__dataclass_fields__, "issn", "isbn", "editors", "translators", "urls"}
_LEAST = 80  # a line takes memory however short it is

_WIDE = f"[{HAN}\u3000-\u303f\uff00-\uffef]"
_IN_CHINESE = re.compile(rf"(?<={_WIDE})\n+|\n+(?={_WIDE})")
_BLANKS = re.compile(r"\n+")
_PARAGRAPH = re.compile(r"\n{2,}|(?<=[.!?:;。！？：；…])\n")
# CNKI marks a line break, a head that is none, and an abstract that is the paper's first lines.
_CNKI_BREAK = "(#br)"
_CNKI_HEAD = re.compile(r"^(?:Abstract\n|[<＜〈⟨]正[>＞〉⟩])\s*")


class Field(NamedTuple):
    """A line that begins with a tag."""

    tag: str
    value: str
    after_blank: bool


class Layout(NamedTuple):
    """How lines make records: `field` finds a tag and its value (its two groups) in a line.

    `begins` tells whether a field is the first of a record, given the one before, None where
    there is none. `ends` is the tag that closes a record, "" where none does; in fields of
    `lists` every line is a value of its own.
    """

    field: re.Pattern[str]
    begins: Callable[[Field, Tagged | None], bool]
    ends: str = ""
    lists: frozenset[str] = frozenset()


class Tagged:
    """One record, whose fields are taken out of it: what is left has no better place."""

    def __init__(self, number: int, line: int, lists: frozenset[str]) -> None:
        self.number = number
        self.line = line
        self.spaced = True
        """Whether blank lines part all fields so far: then they do not part records."""
        self._lists = lists
        self._fields: dict[str, list[list[str]]] = {}
        self._last: list[str] = []

    def __contains__(self, tag: str) -> bool:
        return tag in self._fields

    def add(self, field: Field) -> None:
        """Puts `field` behind those that are there."""
        self.spaced = self.spaced and (field.after_blank or not self._fields)
        self._last = [field.value]
        self._fields.setdefault(field.tag, []).append(self._last)

    def go_on(self, line: str) -> None:
        """Puts `line` behind the last field's value; of blank ones, one."""
        if line or self._last[-1]:
            self._last.append(line)

    def take(self, *tags: str) -> list[str]:
        """The values of the first of `tags` that has any, each on one line."""
        return next(filter(None, map(self._taken, tags)), [])

    def fields(self, table: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
        """What `take` gives for each row of `table`: a name, and the tags it may stand under."""
        taken = {name: self.take(*tags) for name, tags in table.items()}
        return {name: values for name, values in taken.items() if values}

    def paragraphs(self, tag: str) -> list[str]:
        """The values of `tag`, with those line ends kept that end a sentence or a paragraph."""
        values = ("\n".join(map(str.strip, lines)) for lines in self._fields.pop(tag, []))
        each = ("\n".join(map(_unwrapped, _PARAGRAPH.split(value.strip()))) for value in values)
        return list(filter(None, each))

    def keep(self, tag: str, values: list[str]) -> None:
        """Leaves `values` under `tag`."""
        if values:
            self._fields[tag] = [[value] for value in values]

    def left(self) -> dict[str, list[str]]:
        """The values that were not taken, by tag."""
        found = {tag: self._taken(tag) for tag in list(self._fields)}
        return {tag: values for tag, values in found.items() if values}

    def _taken(self, tag: str) -> list[str]:
        found = ("\n".join(map(str.strip, lines)) for lines in self._fields.pop(tag, []))
        if tag in self._lists:
            return [line for value in found for line in value.split("\n") if line]
        return list(filter(None, map(_unwrapped, found)))


def _unwrapped(value: str) -> str:
    """The lines of `value` as one; no space was lost where Chinese went on in the next."""
    if "\n" not in value:
        return value.strip()
    return _BLANKS.sub(" ", _IN_CHINESE.sub("", value)).strip()


def reading(
    name: str, layout: Layout, fields: Callable[[Tagged], dict[str, Any]]
) -> Callable[[Text], Iterator[Record | Skipped]]:
    """The `read` of a format: `fields` gives what a record has as `Paper` and `extra` name it."""

    def read(lines: Text) -> Iterator[Record | Skipped]:
        for record, ended in _records(lines, layout):
            if ended:
                yield _made(record, fields(record), name)
            else:
                yield Skipped(record.number, record.line, f"the record has no end ({layout.ends})")

    return read


def _records(lines: Text, layout: Layout) -> Iterator[tuple[Tagged, bool]]:
    """Each record, and whether it ends as the format has it."""
    record: Tagged | None = None
    number = size = 0
    after_blank = False
    for line in lines:
        content = line.text.removeprefix("\ufeff")  # of a file that was put behind another
        found = layout.field.match(content)
        field = Field(found.group(1), found.group(2) or "", after_blank) if found else None
        if field and layout.begins(field, record):
            if record:
                yield record, not layout.ends
            number, size = number + 1, 0
            record = Tagged(number, line.number, layout.lists)
        after_blank = not content.strip()
        if record is None:
            continue
        size += max(len(content), _LEAST)
        if size > LONGEST:
            raise UnreadableFile(
                f"{lines.path}, line {line.number}: the record that begins in line {record.line} "
                "is too large to be one paper's"
            )
        if field is None:
            record.go_on(content.strip())
        elif field.tag == layout.ends:
            yield record, True
            record = None
        else:
            record.add(field)
    if record:
        yield record, not layout.ends


def _made(record: Tagged, fields: dict[str, Any], format: str) -> Record | Skipped:
    shaped = {name: _shaped(name, values) for name, values in fields.items()}
    read = described(shaped, format, record.left())
    if not (read.title or read.abstract or read.doi):
        return Skipped(record.number, record.line, "no title, abstract or DOI")
    return Record(read, record.number, record.line)


def _shaped(name: str, values: Any) -> Any:
    if name in _PROSE:
        return _prose(values, " " if "title" in name else "\n")
    return values if name in _AS_THEY_ARE else text(values)


def _prose(values: str | Iterable[str], between: str) -> str:
    whole = "\n".join([values] if isinstance(values, str) else values)
    lines = map(str.strip, plain(whole.replace(_CNKI_BREAK, "\n")).split("\n"))
    return _CNKI_HEAD.sub("", "\n".join(filter(None, lines))).replace("\n", between)
