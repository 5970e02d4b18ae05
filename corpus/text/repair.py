"""The damage that journal platforms do to abstracts, undone: exactly what is listed here.

- operators whose spaces became question marks (`n?=?15`, `SD =?12`, `Leadership?+?Innovation`);
- section heads glued to their text (`Aims.A range`, `ResultsFirst, …`);
- HTML and JATS markup and entities; soft hyphens and other invisible or control characters;
- white space of every kind where one space or line break would do, and lines wrapped mid-sentence.
"""

from __future__ import annotations

import dataclasses
import html
import operator
import re
from collections.abc import Callable
from typing import Any

from corpus.paper import Paper
from corpus.text.sections import ENGLISH_HEADS

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ATTRIBUTES = r"""(?:\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+))*\s*/?>"""
_BLOCK = re.compile(
    r"</?(?:jats:)?(?:p|br|div|sec|title|li|ul|ol|list|list-item|h[1-6]|abstract|tr|table)"
    + _ATTRIBUTES,
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"</?(?:jats:|mml:)?(?:i|b|u|em|strong|it|bold|italic|sub|sup|inf|sc|scp|span|font|a|tt|small|"
    r"underline|monospace|styled-content|inline-formula|named-content|ext-link|xref|label)"
    + _ATTRIBUTES,
    re.IGNORECASE,
)
_MATHML = re.compile(r"</?mml:[a-z]+" + _ATTRIBUTES, re.IGNORECASE)
_INVISIBLE = re.compile(
    "[\u00ad\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)
_SPACES = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_LINES = re.compile(r"\s*\n\s*")
_WRAPPED = re.compile(r"(?<![.!?:;。！？：；\n])\n(?=[a-z(])")

_OPERATOR = "[=<>±≤≥≈×+−–]"
_LOST_BOTH = re.compile(rf"(?<=[^\W_]|[)\]%])\?({_OPERATOR})\?(?=[^\W_]|[(\[.−-])")
_LOST_AFTER = re.compile(rf"(?<=\s)({_OPERATOR})\?(?=[\d.(−-])")
_LOST_BEFORE = re.compile(r"(?<=[^\W_]|[)\]%])\?([=<>±≤≥≈]) (?=[\d.(−-])")

# Addresses have question marks of their own.
_WORD_OR_ADDRESS = re.compile(r"\S+://\S+|(?:(?!\S+://).)+", re.DOTALL)

_HEAD = "|".join(sorted(ENGLISH_HEADS, key=len, reverse=True))
_HEAD_GLUED = (
    rf"(?P<head>{_HEAD})"
    r"(?:(?P<stop>\.(?=[A-Z(\d“\"])|\. )|(?=[A-Z](?:[a-z ]|[A-Z])))"
)
_GLUED = re.compile(rf"(?P<before>^|\n|[.!?)\]] ?){_HEAD_GLUED}")
# The same in two, which is far faster where there is none: a search for one of a few characters.
_GLUED_AT_START = re.compile(_HEAD_GLUED)
_GLUED_WITHIN = re.compile(rf"[\n.!?)\]] ?{_HEAD_GLUED}")


def repair_text(text: str) -> str:
    """An abstract as its author wrote it, as far as the listed damage goes.

    What is repaired once stays the same when repaired again.
    """
    return _with_heads_apart(_repaired(text))


def repair_line(text: str) -> str:
    """`repair_text` for what stands on one line and has no sections: titles, names, journals."""
    return _repaired(text).replace("\n", " ")


def _repaired(text: str) -> str:
    if not _is_plain(text):
        text = _without_markup(text)
        text = _LINES.sub("\n", _SPACES.sub(" ", text)).strip()
        text = _WRAPPED.sub(" ", text)
    if "?" in text:
        text = _WORD_OR_ADDRESS.sub(_of_either, text) if "://" in text else _with_operators(text)
    return text


def _is_plain(text: str) -> bool:
    """Whether there is surely no markup, and no white space but single spaces within."""
    return (
        text.isprintable()
        and "<" not in text
        and "&" not in text
        and "  " not in text
        and text[:1] != " "
        and text[-1:] != " "
    )


def _of_either(found: re.Match[str]) -> str:
    text = found.group()
    return text if "://" in text else _with_operators(text)


def _with_operators(text: str) -> str:
    text = _LOST_BOTH.sub(r" \1 ", text)
    text = _LOST_AFTER.sub(r"\1 ", text)
    return _LOST_BEFORE.sub(r" \1 ", text)


def _without_markup(text: str) -> str:
    """Without tags, entities and what is invisible, each of which can hide another."""
    while True:
        before = text
        text = _INVISIBLE.sub("", text)
        if "&" in text:
            text = _ENTITY.sub(lambda entity: html.unescape(entity.group()), text)
        if "<" in text:
            text = _BLOCK.sub("\n", text)
            text = _MATHML.sub("", _INLINE.sub("", text))
        if text == before:
            return text


def _with_heads_apart(text: str) -> str:
    while _GLUED_AT_START.match(text) or _GLUED_WITHIN.search(text):
        # `ResultsFirst` beside other heads is one; `ContextAgent` alone is a name.
        series = len({found.group("head") for found in _GLUED.finditer(text)}) > 1
        mended = _GLUED.sub(_apart if series else _apart_where_sure, text)
        if mended == text:
            return text
        text = mended
    return text


def _apart_where_sure(found: re.Match[str]) -> str:
    sure = found.group("stop") or " " in found.group("head")
    return _apart(found) if sure else found.group()


def _apart(found: re.Match[str]) -> str:
    before = found.group("before")
    space = "" if not before or before[-1] in " \n" else " "
    return f"{before}{space}{found.group('head')}. "


def repair(paper: Paper) -> Paper:
    """`paper` with every text that people read repaired; identifiers and `extra` are left."""
    mended: dict[str, Any] = {}
    for (name, mend), value in zip(_MENDED.items(), _VALUES(paper), strict=True):
        if value and (better := mend(value)) != value:
            mended[name] = better
    return dataclasses.replace(paper, **mended) if mended else paper


def _each(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(mended for mended in map(repair_line, texts) if mended)


_MENDED: dict[str, Callable[[Any], Any]] = {
    "title": repair_line,
    "abstract": repair_text,
    "translated_title": repair_line,
    "translated_abstract": repair_text,
    "authors": _each,
    "journal": repair_line,
    "keywords": _each,
    "subjects": _each,
    "affiliations": _each,
}
_VALUES = operator.attrgetter(*_MENDED)
