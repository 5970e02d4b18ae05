"""What is in a file, read without putting anything into a library."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from corpus import readers
from corpus.errors import UnreadableFile
from corpus.files.encoding import encoding_of
from corpus.files.packed import files_in
from corpus.files.text import text_of
from corpus.paper import Paper
from corpus.readers import Record
from corpus.text.repair import repair


class Contents(NamedTuple):
    """The papers that a file has records of, or else its text."""

    papers: list[Paper]
    text: str


def contents(path: Path, papers: int, characters: int) -> Contents:
    """What is in the file: the first `papers` that it has records of in any format that can be
    imported; where it has none, as many `characters` of its text. Raises `UnreadableFile`.
    """
    found = list(islice(_papers(path), papers))
    return Contents(found, "" if found else _text(path, characters))


def _papers(path: Path) -> Iterator[Paper]:
    for file in files_in(path):
        try:
            recognised = readers.recognise(file)
        except UnreadableFile:
            continue
        for record in recognised.records():
            if isinstance(record, Record):
                yield repair(record.paper)


def _text(path: Path, characters: int) -> str:
    files = files_in(path)
    if len(files) != 1:
        raise UnreadableFile(f"{path} has {len(files)} files in it, and none that can be read")
    with text_of(files[0], encoding_of(files[0])) as text:
        return text.head(characters).strip()
