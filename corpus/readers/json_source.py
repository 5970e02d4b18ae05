"""JSON text that is read value by value, of which no more is held than the next one needs.

Python's own decoder reads it, since it takes what ijson's fast one refuses a whole file for: half a
character in an escape, a number of any length.
"""

from __future__ import annotations

import json
import re
from typing import Any

from corpus.errors import UnreadableFile
from corpus.files.text import LONGEST
from corpus.readers import Text

_SPACES = " \t\n\r\ufeff"
_SPACE = re.compile(f"[{_SPACES}]*")
_LONGEST_NUMBER = 4000  # Python reads no longer ones
_NEARLY = 12  # what is cut off is said to be wrong up to this far before the end: -Infinit, \ud83d


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) < _LONGEST_NUMBER else digits


DECODER = json.JSONDecoder(parse_int=_number)
"""JSON as Python reads it, but for numbers too long for it, which stay text."""


class Source:
    """JSON text, of which as much is held as the next value needs; `line` is where it stands."""

    def __init__(self, text: Text) -> None:
        self.path = text.path
        self.line = 1
        self.taken = 0
        self._pieces = text.pieces()
        self._held = ""
        self._at = 0

    def peek(self) -> str:
        """The next character that is not white space, "" at the end."""
        while True:
            if (char := self._held[self._at : self._at + 1]) and char not in _SPACES:
                return char
            found = _SPACE.match(self._held, self._at)
            self._go_to(found.end() if found else self._at)
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                return ""

    def skip(self, char: str) -> None:
        """Past `char`, which must be what comes next."""
        if self.peek() != char:
            raise self.broken("it is cut off" if not self.peek() else f"{char} is missing")
        self._go_to(self._at + 1)

    def take(self) -> Any:
        """The value that comes next. Raises `UnreadableFile`, or `RecursionError`."""
        self.peek()
        while True:
            try:
                value, end = DECODER.raw_decode(self._held, self._at)
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated")
                if (cut or error.pos >= len(self._held) - _NEARLY) and self._more():
                    continue
                cut = cut or error.pos >= len(self._held.rstrip())
                self._go_to(error.pos)
                raise self.broken("it is cut off" if cut else error.msg) from error
            if end == len(self._held) and not isinstance(value, (dict, list)) and self._more():
                continue  # a number may go on
            self._go_to(end)
            return value

    def take_line(self) -> str:
        """The rest of this line, which is left."""
        while (end := self._held.find("\n", self._at)) < 0 and self._more():
            pass
        end = len(self._held) if end < 0 else end
        line = self._held[self._at : end]
        self.taken += len(line)
        self._at = end
        self._go_to(min(end + 1, len(self._held)))
        return line

    def broken(self, reason: str) -> UnreadableFile:
        """The error that says where it stands."""
        return UnreadableFile(f"{self.path}, line {self.line}: not JSON: {reason}")

    def too_long(self) -> UnreadableFile:
        """The error that says that a record has no end within all reason."""
        most = LONGEST >> 20
        return UnreadableFile(
            f"{self.path}, line {self.line}: a record has over {most} million characters"
        )

    def _go_to(self, place: int) -> None:
        self.line += self._held.count("\n", self._at, place)
        self.taken += place - self._at
        self._at = place

    def _more(self) -> bool:
        """Reads on, as much again as is held: what is decoded anew is then not much."""
        rest = self._held[self._at :]
        if len(rest) > LONGEST:
            raise self.too_long()
        parts, most = [rest], 2 * len(rest) + 1
        length = len(rest)
        while length < most and (piece := next(self._pieces, "")):
            parts.append(piece)
            length += len(piece)
        self._held, self._at = "".join(parts), 0
        return len(parts) > 1
