"""BibTeX text as its blocks, so that each can be parsed alone, and the macros in its values.

A broken block ends where a line begins the next one. A block whose braces close too early, while
lines with fields still follow, goes on until there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus.errors import UnreadableFile
from corpus.files.text import LONGEST
from corpus.readers import Text

_OPENS = re.compile(r"(?<![\w.])@([A-Za-z][\w-]*)[ \t]*([{(])")
_BEGINS = re.compile(
    r"@(?:(?:preamble|comment)[ \t]*\{|string[ \t]*[{(][^={}\"@,]*="
    r"|[A-Za-z][\w-]*[ \t]*[{(](?:[^={}\"@,]*,[ \t]*(?:[A-Za-z][\w.:+-]*[ \t]*=|$)|[ \t]*$))",
    re.IGNORECASE,
)
_FIELD = re.compile(r"[ \t]*([A-Za-z][\w.:+-]*)[ \t]*=[ \t]*([{\"].*|\w+[ \t,]*)$")
_HEAD = re.compile(r"@[\w-]+[ \t]*[{(]([^={}\"@,]*),")
_GLUED = re.compile(r"[}\"][ \t]*\n[ \t\n]*[A-Za-z][\w-]*[ \t]*=[ \t]*[{\"\d]")
_MARKS = {"}": re.compile(r"(?<!\\)[{}\"]"), ")": re.compile(r"(?<!\\)[{}\")]")}
_CONCATENATION = re.compile(r"(?<!\\)[{}\"#]")

_LEAST = 80  # a line takes memory however short it is
_LONGEST_MACRO = 1 << 12
_ROOM = 1 << 16


class Block(NamedTuple):
    """`@kind{…}`, beginning in `line`: `ended` where it has an end, `spilt` where that is early."""

    kind: str
    line: int
    text: str
    ended: bool = True
    spilt: bool = False


def blocks(lines: Text) -> Iterator[Block]:
    """Every block in order, of which it holds one at a time. Raises `UnreadableFile`."""
    block: _Open | None = None
    for line in lines:
        text, start = line.text, 0
        if block and block.gives_way(text):
            yield block.closed()
            block = None
        while True:
            if block is None:
                opens = _OPENS.search(text, start)
                if opens is None:
                    break
                block, start = _Open(opens, line.number), opens.end()
            start = block.take(text, start, lines)
            if start < 0:
                break
            yield block.closed()
            block = None
    if block:
        yield block.closed()


class _Open:
    """A block whose end may not have been read."""

    def __init__(self, opens: re.Match[str], line: int) -> None:
        self._kind = opens[1].lower()
        self._line = line
        self._lead = opens.group()
        self._closer = "}" if opens[2] == "{" else ")"
        self._depth = 1
        self._quoted = False
        self._parts: list[str] = []
        self._size = 0
        self._whole: Block | None = None
        self._has_more = False

    def gives_way(self, text: str) -> bool:
        """Whether the line `text` begins another block."""
        if "@" not in text:
            return False
        begins = _BEGINS.search(text) if self._whole else _BEGINS.match(text.lstrip("\ufeff \t"))
        return begins is not None

    def take(self, text: str, start: int, lines: Text) -> int:
        """Takes its part of a line from `start`; gives the place behind its end, -1 before it."""
        if self._whole:
            self._has_more = self._has_more or _FIELD.match(text) is not None
            self._add(text, lines)
            return -1
        end = self._end_in(text, start)
        self._add(self._lead + text[start : end if end >= 0 else None], lines)
        self._lead = ""
        if end < 0:
            return -1
        self._whole = self._block()
        if not _is_more(text, end):
            return end
        self._parts[-1] += text[end:]
        return -1

    def closed(self) -> Block:
        """The block, of which nothing more is to come."""
        if self._whole and self._has_more:
            return self._block()._replace(spilt=True)
        return self._whole or self._block()._replace(ended=False)

    def _block(self) -> Block:
        return Block(self._kind, self._line, "\n".join(self._parts))

    def _add(self, text: str, lines: Text) -> None:
        self._parts.append(text)
        self._size += max(len(text), _LEAST)
        if self._size > LONGEST:
            raise UnreadableFile(
                f"{lines.path}, line {lines.line}: the entry that begins in line {self._line} "
                "is too large to be one paper's"
            )

    def _end_in(self, text: str, start: int) -> int:
        for mark in _MARKS[self._closer].finditer(text, start):
            char = mark.group()
            if char == '"':
                if self._depth == 1 and self._kind != "comment" and not self._is_text(mark):
                    self._quoted = not self._quoted
            elif self._quoted:
                continue
            elif char == "{":
                self._depth += 1
            elif self._depth > 1:
                self._depth -= char == "}"
            elif char == self._closer:
                return mark.end()
        return -1

    def _is_text(self, mark: re.Match[str]) -> bool:
        """Whether a quotation mark stands within quotation marks as `{"}`."""
        around = mark.string[max(mark.start() - 1, 0) : mark.end() + 1]
        return self._quoted and around == '{"}'


def _is_more(text: str, end: int) -> bool:
    """Whether something other than the next block follows on the line where one ends."""
    rest = text[end:].strip(" \t,})")
    return rest != "" and rest[0] not in "%@" and _OPENS.search(rest) is None


def fields_by_line(text: str) -> tuple[str, list[tuple[str, str]]]:
    """The key and the fields of an entry that cannot be parsed, taking each from its own line."""
    head = _HEAD.match(text)
    found: list[tuple[str, list[str]]] = []
    for line in text[head.end() if head else 0 :].split("\n"):
        field = _FIELD.match(line)
        if field:
            found.append((field[1], [field[2]]))
        elif found:
            found[-1][1].append(line)
    fields = [(name, "\n".join(value).strip()) for name, value in found]
    if fields and fields[-1][1].endswith(("}", ")")):
        fields[-1] = (fields[-1][0], fields[-1][1][:-1])
    return head[1].strip() if head else "", [(name, _enclosed(value)) for name, value in fields]


def _enclosed(value: str) -> str:
    value = value.rstrip(", \t\n")
    if value[:1] in ("{", '"'):
        closer = "}" if value[0] == "{" else '"'
        return "{" + value[1:].removesuffix(closer) + "}"
    return value


def is_glued(value: str) -> bool:
    """Whether the comma is missing between this value and the next field."""
    if "=" not in value or not _GLUED.search(value):
        return False
    depth = 0
    for mark in _MARKS["}"].finditer(value):
        char = mark.group()
        if char == "{":
            depth += 1
        elif char == "}":
            depth -= 1
        if depth <= 0 and (mark.start() or char == "}") and char in ("}", value[:1]):
            return mark.end() < len(value.rstrip())
    return False


class TooLong(Exception):
    """Macros make more of an entry than any entry has."""


class Macros:
    """The `@string`s that were read, which stand for no more text than a journal's name has."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._room = LONGEST

    def define(self, name: str, value: str) -> None:
        """Takes in a macro as written, which may be made of those before it."""
        try:
            said = self.values([("", value)])[0][1]
        except TooLong:
            return
        self._room -= len(said) + _LEAST
        if len(said) <= _LONGEST_MACRO and self._room > 0:
            self._known[name.lower()] = said

    def values(self, fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """`fields` with their values out of braces and quotation marks. Raises `TooLong`."""
        room = _ROOM
        out: list[tuple[str, str]] = []
        for name, value in fields:
            said: list[str] = []
            for part in _parts(value):
                text = self._part(part)
                room -= max(len(text) - len(part), 0)
                if room < 0:
                    raise TooLong
                said.append(text)
            out.append((name, "".join(said)))
        return out

    def _part(self, part: str) -> str:
        part = part.strip()
        if part[:1] == "{":
            return part[1:].removesuffix("}")
        if part[:1] == '"':
            return part[1:].removesuffix('"')
        return self._known.get(part.lower(), part)


def _parts(value: str) -> Iterator[str]:
    """What `#` joins."""
    start = depth = 0
    quoted = False
    for mark in _CONCATENATION.finditer(value) if "#" in value else ():
        char = mark.group()
        if char == '"' and not depth:
            quoted = not quoted
        elif quoted:
            continue
        elif char == "{":
            depth += 1
        elif char == "}":
            depth = max(depth - 1, 0)
        elif not depth and char == "#":
            yield value[start : mark.start()]
            start = mark.end()
    yield value[start:]
