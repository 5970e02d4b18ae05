"""The records of a JSON document, one at a time: an array of them, one object, an object that
wraps them such as `{"results": […]}`, or one object after another.

Of a document only one record is held.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import suppress
from typing import Any

from corpus.errors import UnreadableFile
from corpus.files.text import LONGEST
from corpus.paper import Paper
from corpus.readers import Record, Skipped, Text
from corpus.readers.json_source import DECODER, Source

DEEPEST = 50
"""How many levels of lists and objects a record may have: more cannot be stored safely."""

_NOTHING = Paper()

_Found = dict[str, Any]
_Values = Generator[tuple[int, Any], None, None]


def papers(
    text: Text, paper: Callable[[_Found], Paper], *wrappers: str
) -> Iterator[Record | Skipped]:
    """The records of `text`, each made a paper.

    `wrappers` name the arrays that hold records where an object is not one itself: `results`,
    `message.items`.
    """
    return _read(_values(Source(text), wrappers), paper, _without_a_name)


def papers_by_line(text: Text, paper: Callable[[_Found], Paper]) -> Iterator[Record | Skipped]:
    """The records of `text`, each made a paper: one a line, where a bad one costs only itself, or
    all in an array. One is kept if any field of it says anything.
    """
    source = Source(text)
    values = _values(source, ()) if source.peek() == "[" else _lines(source)
    return _read(values, paper, _without_a_field)


def _without_a_name(read: Paper) -> str:
    return "" if read.title or read.abstract or read.doi else "no title, abstract or DOI"


def _without_a_field(read: Paper) -> str:
    said = read.title or read.abstract or read != _NOTHING
    return "" if said else "no field in it says anything"


def _read(
    values: _Values, paper: Callable[[_Found], Paper], lacking: Callable[[Paper], str]
) -> Iterator[Record | Skipped]:
    """Each value as a record; `lacking` is why a paper cannot be kept, "" where it can."""
    for number, (line, value) in enumerate(values, 1):
        if isinstance(value, Skipped):
            yield value._replace(number=number)
            continue
        try:
            record = whole(value)
        except RecursionError:
            yield Skipped(number, line, "nested too deep")
            continue
        if not isinstance(record, dict):
            yield Skipped(number, line, "not a JSON object")
            continue
        read = paper(record)
        if reason := lacking(read):
            yield Skipped(number, line, reason)
        else:
            yield Record(read, number, line)


def sample(head: str, *wrappers: str) -> _Found:
    """As much of the first record as the beginning of a file has, {} where it is not JSON."""
    source, found = Source(Text.of(head)), _Found()
    with suppress(UnreadableFile, RecursionError, StopIteration):
        if source.peek() == "[" or (
            source.peek() == "{" and next(_object(source, wrappers, found))
        ):
            if source.peek() == "[":
                source.skip("[")
            found = {}
            for _ in _object(source, (), found):
                pass
    return found


def whole(value: Any, levels: int = DEEPEST) -> Any:
    """`value` without NUL and the halves of characters, which an escape can smuggle in, and
    without what JSON has no number for. Raises `RecursionError` where it is nested too deep.
    """
    if isinstance(value, str):
        if value.isascii():
            return value.replace("\0", "") if "\0" in value else value
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if not isinstance(value, (dict, list)):
        return value
    if not levels:
        raise RecursionError("nested too deep")
    if isinstance(value, list):
        return [whole(one, levels - 1) for one in value]
    return {whole(name): whole(one, levels - 1) for name, one in value.items()}


def objects(value: Any) -> list[_Found]:
    """The objects in a list, or the one that `value` is."""
    found = value if isinstance(value, list) else [value]
    return [one for one in found if isinstance(one, dict)]


def at(value: Any, *path: str) -> Any:
    """What stands in objects within objects under these names, None where nothing does."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _values(source: Source, wrappers: tuple[str, ...]) -> _Values:
    """Each record and the line that it begins in."""
    while char := source.peek():
        line, found, wrapped = source.line, _Found(), char == "["
        try:
            if char == "[":
                yield from _array(source)
            elif char == "{":
                for _ in _object(source, wrappers, found):
                    wrapped = True
                    yield from _array(source)
            else:
                raise source.broken("it begins with neither { nor [")
        except RecursionError:
            raise UnreadableFile(f"{source.path}, line {line}: nested too deep") from None
        if wrapped:
            continue
        yield line, found
        if source.line == line and source.peek() and source.line > line:
            yield from _lines(source)


def _lines(source: Source) -> _Values:
    """Records that have a line each, where a bad one costs only itself."""
    while source.peek():
        line = source.line
        try:
            yield line, DECODER.decode(source.take_line())
        except json.JSONDecodeError as error:
            yield line, Skipped(0, line, f"not JSON: {error.msg}")
        except RecursionError:
            yield line, Skipped(0, line, "nested too deep")


def _array(source: Source) -> _Values:
    source.skip("[")
    if source.peek() != "]":
        while True:
            source.peek()
            yield source.line, source.take()
            if source.peek() != ",":
                break
            source.skip(",")
    source.skip("]")


def _object(
    source: Source, wrappers: tuple[str, ...], found: _Found, path: str = ""
) -> Iterator[bool]:
    """Puts what the object has into `found`, and stops before each array that a wrapper names."""
    began, left_out = source.taken, 0
    source.skip("{")
    while source.peek() != "}":
        name = source.take()
        if not isinstance(name, str):
            raise source.broken("a name is no text")
        source.skip(":")
        here, char = f"{path}{name}", source.peek()
        before = source.taken
        if char == "[" and here in wrappers:
            yield True
            left_out += source.taken - before
        elif char == "{" and any(wrapper.startswith(f"{here}.") for wrapper in wrappers):
            found[name] = {}
            yield from _object(source, wrappers, found[name], f"{here}.")
            left_out += source.taken - before
        else:
            found[name] = source.take()
        if source.taken - began - left_out > LONGEST:
            raise source.too_long()
        if source.peek() != ",":
            break
        source.skip(",")
    source.skip("}")
