"""Whether a person's name as one database writes it can be the same as another has it."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from corpus.text.normalise import has_han, key

_LONGEST = 200
_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?){1,4}")
_WORD = re.compile(r"[^\W_]+")
_AFTER = frozenset("jr sr ii iii iv 2nd 3rd 4th".split())
_BEFORE = frozenset(
    """
    af al ap av ben bin da das de degli dei del della den der des di do dos du el ibn la las le lo
    los op 't te ten ter van vande vanden vander vom von zu zum zur
    """.split()
)
_LETTERS = str.maketrans(dict(zip("øłđðþæœı", "o l d d th ae oe i".split(), strict=True)))
_SPELT = re.compile("(?<=[aou])e|(?<=a)a")


class Person(NamedTuple):
    """The ways a family name may be written, and the first letter of what is given, "" unknown.

    `words` are all of the name, in alphabetical order.
    """

    families: frozenset[str]
    initial: str
    words: tuple[str, ...]

    def may_be(self, other: Person) -> bool:
        """Whether both can be one: a family name in common, and no other first letter.

        Or the same words throughout: who turns names round takes `Wang Wei` for `Wei, Wang`.
        """
        if len(self.words) > 1 and self.words == other.words:
            return True
        if self.initial and other.initial and self.initial != other.initial:
            return False
        return not self.families.isdisjoint(other.families)


def person(name: str) -> Person:
    """Who `name` names, with or without a comma between the family name and what is given.

    `van Maris, A.` and `Maris, A. van` are one, as are `Müller`, `Muller` and `Mueller`.
    """
    name = unicodedata.normalize("NFC", name.strip()[:_LONGEST])
    family, given = _parts(name)
    words = [word for word in family.casefold().split() if _bare(word) not in _AFTER]
    before = given.casefold().split()
    # What stands before a family name stands behind the given one in some lists: Maris, A. van
    while before and before[-1] in _BEFORE:
        words.insert(0, before.pop())
    last = words
    while len(last) > 1 and last[0] in _BEFORE:
        last = last[1:]
    families = frozenset(_folded("".join(form)) for form in (words, last))
    every = sorted(filter(None, map(_folded, _WORD.findall(name))))
    return Person(families - {""}, _folded(given)[:1], tuple(every))


def _folded(name: str) -> str:
    return _SPELT.sub("", key(name.casefold().translate(_LETTERS)))


def _parts(name: str) -> tuple[str, str]:
    family, *given = name.split(",")
    if given:
        return family, " ".join(part for part in given if _bare(part) not in _AFTER)
    words = name.split()
    if len(words) < 2 or has_han(name):
        return name, ""
    if _INITIALS.fullmatch(words[-1]) and len(words[-1]) < 5:
        return " ".join(words[:-1]), words[-1]
    return words[-1], " ".join(words[:-1])


def _bare(word: str) -> str:
    return word.strip(" .").casefold()
