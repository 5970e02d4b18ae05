"""People, and keywords, out of fields that put several into one string.

Chinese databases part names by ;, by ;; or by commas, whereas "Zelle, Rintze M." is one person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.text.normalise import HAN, has_han

_SEMICOLONS = re.compile("[;；]+")
_COMMAS = re.compile(r"[，、]|,(?!\d)")  # not that of 2,4-D
_BETWEEN_HAN = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
_LATIN = re.compile("[A-Za-z]")
_FOLLOWS = re.compile(r"(?:Jr|Sr|[2-9](?:nd|rd|th)|I{2,3}|IV)\.?")
_INITIALS = re.compile(r"[A-Z](?:[.-]?[A-Z]){0,3}\.?")
_BEFORE_FAMILY = frozenset(
    """
    van von der den de da di do dos das del della du la le lo ter ten te zu zur al el bin ibn
    """.split()
)
_OTHERS = frozenset(("et al", "等"))
_NOT_A_PERSON = re.compile(
    r"\d|\b(?:group|investigators|collaborat\w+|consortium|committee|commission|council|university"
    r"|college|school|institut\w*|society|association|network|team|organi[sz]ation|department"
    r"|ministry|agency|bureau|office|cent(?:er|re)|hospital|clinic|laborator\w+|registry|trialists"
    r"|inc|ltd|llc|gmbh|corp\w*|company|press|foundation|union|project|programme?|of|for|and)\b",
    re.IGNORECASE,
)


def names(values: Iterable[str]) -> list[str]:
    """Each person as "Family, Given" or "Family, Given, Jr"; Chinese names and institutions whole.

    As EndNote has it, a name without a comma begins with what is given, and one that ends in a
    comma is an institution's.
    """
    people = (part for value in values for part in _people(value))
    found = (_name(part) for part in people if part.rstrip(".").casefold() not in _OTHERS)
    return list(filter(None, found))


def institution(name: str) -> str:
    """A name in which no comma parts a person's family name from the given one."""
    return " ".join(name.replace(",", " ").split())


def is_institution(name: str) -> bool:
    """Whether there is a word or a number in `name` that no person has in theirs."""
    return _NOT_A_PERSON.search(name) is not None


def terms(values: Iterable[str]) -> list[str]:
    """Keywords, whichever way a field separates them."""
    parts = [part for value in values for part in _apart(_SEMICOLONS, value)]
    if len(parts) == 1:
        parts = _chinese_terms(parts[0]) if has_han(parts[0]) else _listed(parts[0])
    return list(dict.fromkeys(parts))


def _apart(between: re.Pattern[str], value: str) -> list[str]:
    return list(filter(None, map(str.strip, between.split(value))))


def _listed(value: str) -> list[str]:
    parts = value.split(", ")  # more of them than "Diabetes Mellitus, Type 2" has
    return list(filter(None, map(str.strip, parts))) if len(parts) > 2 else [value]


def _chinese_terms(value: str) -> list[str]:
    parts = _apart(_COMMAS, value)
    if sum(map(has_han, parts)) > 1:
        return parts
    parts = value.split()  # 参考文献管理 文献管理软件 Zotero, but not LDA 主题模型
    return parts if sum(map(has_han, parts)) > 1 else [value]


def _people(value: str) -> list[str]:
    return [name for part in _SEMICOLONS.split(value) for name in _between_commas(part.strip())]


def _between_commas(value: str) -> list[str]:
    parts = _apart(_COMMAS, value)
    if len(parts) < 2:
        return [value]
    if has_han(parts[0]) and not _LATIN.search(parts[0]):
        one = len(parts) == 2 and min(map(len, parts)) == 1  # 张, 三
        return ["".join(parts)] if one else parts
    # Zhang Wei,Li Ming,Wang Fang: a person's name has no third part of several words.
    return parts if len(parts) > 2 and all(" " in part for part in parts) else [value]


def _name(name: str) -> str:
    name = " ".join(name.split())
    if name.endswith(","):
        return institution(name)
    if has_han(name):
        return _BETWEEN_HAN.sub("", name)
    if "," in name:
        parts = [part.strip() for part in name.split(",")]
        given, _, last = parts[-1].rpartition(" ")
        if len(parts) == 2 and given and _FOLLOWS.fullmatch(last):
            parts[-1:] = [given, last]
        return ", ".join(filter(None, parts))
    words = name.split()
    if len(words) < 2 or len(words) > 6 or is_institution(name):
        return name
    return _turned(words)


def _turned(words: list[str]) -> str:
    """A name without a comma, its family name first."""
    after = [words.pop()] if len(words) > 2 and _FOLLOWS.fullmatch(words[-1]) else []
    if _INITIALS.fullmatch(words[-1]) and not _INITIALS.fullmatch(words[0]):
        family, given = words[:-1], words[-1:]  # van Raaij MJ
    else:
        at = len(words) - 1
        while at > 1 and words[at - 1] in _BEFORE_FAMILY:
            at -= 1
        family, given = words[at:], words[:at]
    return ", ".join(filter(None, (" ".join(family), " ".join(given), *after)))
