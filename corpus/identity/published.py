"""Where a paper was published, as far as that tells two papers of one title apart."""

from __future__ import annotations

import re

from corpus.identity.merging import every
from corpus.paper import Paper
from corpus.text.normalise import fold, has_han, key

_NUMBER = re.compile(r"0*(\d+)")
_WORD = re.compile(r"[^\W_]+")
_ASIDE = re.compile(r"\([^()]*\)|（[^（）]*）| : .*")  # Social justice (San Francisco, Calif.)
_UNSAID = frozenset("a an and de der des die for in la le of on the und".split())


def apart(one: Paper, other: Paper) -> bool:
    """Whether both say on which page they begin, and it is not the same place.

    Pages alone do not tell: a database may have an article number where another has pages.
    """
    return _differ(_first_pages(one), _first_pages(other)) and (
        _other_volume(one, other) or _other_journal(one, other)
    )


def together(one: Paper, other: Paper) -> bool:
    """Whether both begin on one page of one volume; without pages, whether nothing is different."""
    if _other_journal(one, other):
        return False
    mine, theirs = _first_pages(one), _first_pages(other)
    if mine or theirs:
        return not mine.isdisjoint(theirs) and not _other_volume(one, other)
    if not _journals(one) or not _journals(other) or _differ(_years(one), _years(other)):
        return False
    return _numbers(one, "volume") == _numbers(other, "volume")


def _differ(mine: set[str], theirs: set[str]) -> bool:
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def _said(paper: Paper, name: str) -> list[str]:
    return [value for value in every(paper, name) if isinstance(value, str) and value]


def _years(paper: Paper) -> set[str]:
    return {str(year) for year in every(paper, "year") if isinstance(year, int)}


def _first_pages(paper: Paper) -> set[str]:
    found = ((pages, _NUMBER.search(pages)) for pages in _said(paper, "pages"))
    return {number.group(1) if number else key(pages) for pages, number in found} - {""}


def _other_volume(one: Paper, other: Paper) -> bool:
    return any(_differ(_numbers(one, name), _numbers(other, name)) for name in ("volume", "issue"))


def _numbers(paper: Paper, name: str) -> set[str]:
    return {number for value in _said(paper, name) for number in _NUMBER.findall(value)}


def _other_journal(one: Paper, other: Paper) -> bool:
    mine, theirs = _journals(one), _journals(other)
    return bool(mine and theirs) and not any(
        _one_journal(first, second) for first in mine for second in theirs
    )


def _journals(paper: Paper) -> list[list[str]]:
    """The words of each name that the paper's journal goes by."""
    named = (_WORD.findall(_ASIDE.sub("", fold(name))) for name in _said(paper, "journal"))
    each = ([word for word in words if word not in _UNSAID] for words in named)
    return list(filter(None, each))


def _one_journal(one: list[str], other: list[str]) -> bool:
    if has_han("".join(one)) != has_han("".join(other)):
        return True  # for all we know
    return _shortens(one, other) or _shortens(other, one)


def _shortens(short: list[str], long: list[str]) -> bool:
    """Proc Natl Acad Sci U S A: each word has letters of one in the whole name, in their order."""
    words = iter(long)
    return _abbreviates(short[0], long[0]) and all(
        any(_abbreviates(word, whole) for whole in words) for word in short
    )


def _abbreviates(word: str, whole: str) -> bool:
    letters = iter(whole)
    return word[0] == whole[0] and all(letter in letters for letter in word)
