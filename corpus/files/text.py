"""The text of a file, read once from its beginning to its end, with line numbers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from corpus.errors import UnreadableFile
from corpus.files.encoding import codec_of
from corpus.files.packed import File

LONGEST = 1 << 23
"""How many characters a line, or any one record, may have."""

_PIECE = 1 << 16
_UNMARKED = {"utf-8": "utf-8-sig"}  # which would keep a byte order mark


class Line(NamedTuple):
    """A line of text without its end, and its number from 1."""

    number: int
    text: str


class Text:
    """The text of one file: iterate over its lines, or over its `pieces`, but not both.

    Without NUL, which no text has and no database or chat takes: broken disks and programs leave
    them in files that are else as they should be.

    `path` names the file for error messages, `line` is the number of the last line that was read
    to its end or into, from 1 (0 before anything was read).
    """

    def __init__(self, stream: TextIO, path: Path) -> None:
        self._stream = stream
        self.path = path
        self.line = 0

    @classmethod
    def of(cls, text: str, path: Path = Path("text")) -> Text:
        """A text that is in memory already."""
        return cls(io.StringIO(text, newline=None), path)

    def head(self, most: int) -> str:
        """The first `most` characters, read instead of the rest: its line ends all `\\n`."""
        return _without_nul(self._stream.read(most))

    def __iter__(self) -> Iterator[Line]:
        """The lines in order. Raises `UnreadableFile` at one beyond all reason."""
        while text := self._stream.readline(LONGEST):
            self.line += 1
            if len(text) >= LONGEST:
                raise UnreadableFile(
                    f"{self.path} has over {LONGEST >> 20} million characters in line {self.line}"
                )
            yield Line(self.line, _without_nul(text.rstrip("\n")))

    def pieces(self) -> Iterator[str]:
        """The text in pieces of at most 65,536 characters, its line ends all `\\n`.

        For parsers that keep their own place; `line` counts on.
        """
        self.line += 1
        while text := self._stream.read(_PIECE):
            if piece := _without_nul(text):
                yield piece
            self.line += text.count("\n")


@contextmanager
def text_of(file: File, encoding: str) -> Iterator[Text]:
    """The text of `file`, any byte order mark left out."""
    codec = _UNMARKED.get(encoding) or codec_of(encoding)
    with io.TextIOWrapper(file.open(), codec, newline=None) as stream:
        try:
            yield Text(stream, file.path)
        except UnicodeDecodeError as error:  # it has changed since its encoding was found
            raise UnreadableFile(f"{file.path} is not {encoding}: {error.reason}") from error


def _without_nul(text: str) -> str:
    return text.replace("\0", "") if "\0" in text else text
