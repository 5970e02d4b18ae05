"""The records of an XML file one at a time, and what their elements say in plain text.

defusedxml stands between the file and expat: a file may name the DTD it follows, as PubMed's do,
but neither declare entities nor refer to anything outside itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from html.entities import entitydefs
from itertools import chain
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.parsers.expat import ErrorString

from corpus.errors import UnreadableFile
from corpus.files.text import LONGEST
from corpus.readers import Record, Skipped, Text
from corpus.readers.fields import described
from corpus.text.normalise import has_han

_DEEPEST = 200
_MOST = 300_000
_LONGEST_TAG = 1 << 20  # expat reads an unfinished tag again with every piece that is added to it
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ROOT = re.compile(
    r"\ufeff?(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*+<(?:[\w.-]+:)?([\w.-]+)",
    re.DOTALL,
)
_BLOCKS = frozenset(
    "p sec title label list list-item def-list disp-formula disp-quote div br break li ul ol"
    " table tr td th AbstractText".split()
)
_UNSAID = frozenset(("annotation", "annotation-xml", "graphic", "inline-graphic"))
_NOTHING = Element("nothing")


class Found(NamedTuple):
    """An element: the `number`-th of those asked for, beginning in `line` (both from 1)."""

    element: Element
    number: int
    line: int


def root(head: str) -> str:
    """The name of the outermost element without its prefix, "" where `head` begins no XML."""
    found = _ROOT.match(head)
    return found.group(1) if found else ""


def elements(text: Text, names: Collection[str]) -> Iterator[Found]:
    """Each outermost element with one of `names`, whole; the next is read after it was handled.

    Names of tags and attributes come without prefix. Raises `UnreadableFile`.
    """
    parser = _Parser(names)
    for piece in chain(text.pieces(), (None,)):
        wrong = parser.wrong_with(piece)
        found, parser.found = parser.found, []
        yield from found
        if wrong:
            raise UnreadableFile(f"{text.path}, line {parser.line}: {wrong}")


class _RefusedError(Exception):
    """Why a file is not read any further."""


class _Parser:
    """Builds the elements that are wanted, in `found`, and forgets everything else."""

    def __init__(self, names: Collection[str]) -> None:
        from defusedxml.ElementTree import DefusedXMLParser

        self.found: list[Found] = []
        self._names = names
        self._parser = DefusedXMLParser(
            target=self, forbid_dtd=False, forbid_entities=True, forbid_external=True
        )
        self._parser.entity.update(entitydefs)  # &nbsp; and its like, of DTDs that are not read
        self._expat = self._parser.parser
        self._begun = False
        self._above = 0
        self._depth = 0
        self._quiet = 0
        self._number = 0
        self._record: TreeBuilder | None = None
        self._from = self._outside = self._parts = self._size = 0

    @property
    def line(self) -> int:
        return self._above + int(self._expat.CurrentLineNumber)

    def wrong_with(self, piece: str | None) -> str:
        """Reads on (None for the end), and says what makes that impossible, "" for nothing."""
        from defusedxml.common import DefusedXmlException

        try:
            if piece is None:
                self._parser.close()
            else:
                self._feed(_UNFIT.sub(" ", piece))
        except _RefusedError as refused:
            return str(refused)
        except DefusedXmlException:
            return "it declares XML entities, which are not read: they can be made to do harm"
        except ParseError as error:
            if piece is not None:
                return f"not well-formed XML ({ErrorString(error.code)})"
            return "the XML is cut off" if self._begun else "there is no XML in it"
        return ""

    def _feed(self, piece: str) -> None:
        if not self._begun:  # expat wants the prolog first, and some exports begin with empty lines
            begun = piece.lstrip("\ufeff \t\n")
            self._above += piece.count("\n", 0, len(piece) - len(begun))
            self._begun, piece = bool(begun), begun
        self._quiet += len(piece)
        self._size += len(piece)
        if self._quiet > _LONGEST_TAG:
            raise _RefusedError("a tag or comment of over a million characters")
        if self._record is not None and self._size > LONGEST:
            raise _RefusedError(
                f"the record from line {self._from} on has over {LONGEST >> 20} million characters"
            )
        self._parser.feed(piece)

    # What defusedxml's parser calls:

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition("}")[2]
        self._quiet = 0
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _RefusedError(f"elements within elements over {_DEEPEST} deep")
        if self._record is None:
            if name not in self._names:
                return
            self._record = TreeBuilder()
            self._outside = self._depth - 1
            self._from = self.line
            self._size = self._parts = 0
        self._parts += 1
        if self._parts > _MOST:
            raise _RefusedError(f"the record from line {self._from} on has over {_MOST:,} elements")
        plain = {key.rpartition("}")[2]: value for key, value in attributes.items()}
        self._record.start(name, plain)

    def data(self, text: str) -> None:
        self._quiet = 0
        if self._record is not None:
            self._record.data(text)

    def end(self, tag: str) -> None:
        self._quiet = 0
        self._depth -= 1
        if self._record is not None:
            self._record.end(tag.rpartition("}")[2])
            if self._depth == self._outside:
                self._number += 1
                self.found.append(Found(self._record.close(), self._number, self._from))
                self._record = None

    def close(self) -> None:
        """There is nothing left to do."""


def at(element: Element, *paths: str) -> Element:
    """The first element that one of `paths` leads to, an empty one where there is none."""
    for path in paths:
        found = element.find(path)
        if found is not None:
            return found
    return _NOTHING


def plain(element: Element) -> str:
    """What `element` says, markup left out and white space single."""
    if not len(element):
        return " ".join((element.text or "").split())
    said: list[str] = []
    _say(element, said)
    return " ".join("".join(said).split())


def said(element: Element, *paths: str) -> str:
    """What the first element says that one of `paths` leads to and that says anything, else ""."""
    return next((text for path in paths for text in all_said(element, path)), "")


def all_said(element: Element, path: str) -> list[str]:
    """What each of the elements says that `path` leads to, empty ones left out."""
    return [text for found in element.iterfind(path) if (text := plain(found))]


def _say(element: Element, said: list[str]) -> None:
    if element.tag == "math":
        said.append(_formula(element))
        return
    space = " " if element.tag in _BLOCKS else ""
    said += (space, element.text or "")
    # A formula that is there twice, as MathML and as TeX, is said once.
    twice = element.tag == "alternatives" and element.find("math") is not None
    for child in element:
        if child.tag not in _UNSAID and not (twice and child.tag == "tex-math"):
            _say(child, said)
        said.append(child.tail or "")
    said.append(space)


def _formula(element: Element) -> str:
    """MathML in one line, its white space being layout."""
    own = element.text or ""
    parts = [_formula(child) for child in element if child.tag not in _UNSAID]
    between = "/" if element.tag == "mfrac" else ""
    return (own if element.tag == "mtext" else own.strip()) + between.join(parts)


def kept(element: Element, used: Container[str] = ()) -> dict[str, list[Any]]:
    """The children of `element` as JSON by their names, but for the names that were `used`."""
    out: dict[str, list[Any]] = {}
    for child in element:
        if child.tag not in used and (value := _json(child)):
            out.setdefault(child.tag, []).append(value)
    return out


def _json(element: Element) -> Any:
    around = [element.text, *(child.tail for child in element)]
    mixed = any(text and text.strip() for text in around)
    if not mixed and any(child.tag != "style" for child in element):  # EndNote's, for type faces
        inside: dict[str, list[Any]] = {key: [value] for key, value in element.attrib.items()}
        for name, values in kept(element).items():
            inside.setdefault(name, []).extend(values)
        return {name: values[0] if len(values) == 1 else values for name, values in inside.items()}
    text = plain(element)
    if not element.attrib:
        return text
    return {**element.attrib, "text": text} if text else dict(element.attrib)


def person(family: str, given: str = "", suffix: str = "") -> str:
    """A name as `Paper.authors` has it: `King, Martin Luther, Jr`; a Han name in one piece."""
    if has_han(family) and has_han(given):
        return family + given
    return ", ".join(filter(None, (family, given, suffix)))


def own_first(versions: Iterable[tuple[str, str]], language: str) -> list[str]:
    """Texts given with their languages: that in `language` first, then those readers here know."""
    said = [version for version in versions if version[0]]
    said.sort(key=lambda version: (version[1] != language, version[1] not in ("zh", "en")))
    return [text for text, _ in said] or [""]


def record(
    values: Mapping[str, Any], format: str, left: Mapping[str, Any], number: int, line: int
) -> Record | Skipped:
    """The record of a paper with these `values`, named as in `Paper` or as agreed for its `extra`.

    What is `left` of it is kept under the format's name.
    """
    made = described(values, format, left)
    if made.title or made.abstract or made.doi:
        return Record(made, number, line)
    return Skipped(number, line, "no title, abstract or DOI")
