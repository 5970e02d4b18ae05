"""What a cell of a table holds: people, keywords, where a paper was published, several values."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.readers import names
from corpus.text.normalise import has_han

_LONGEST_NAME = 200
_LONGEST_CITATION = 2000
_SEMICOLONS = re.compile(r"[;；|\n]")
_AND = re.compile(r" (?:and|&) ")
_COMMAS = re.compile(r"\s*,\s*(?:and |& )?| (?:and|&) ")
_NUMBER = re.compile(r" ?\(\d+\)$")  # Scopus: Liu, Rui (57190123456)
_CAPITAL = "[A-ZÀ-ÖØ-ÞŁŚŠŽŻČĆĐŐŘŞİЀ-Я]"
_INITIALS = rf"(?:{_CAPITAL}[a-zа-я]{{0,2}}\.[ -]?)+|{_CAPITAL}(?:-?{_CAPITAL}){{0,3}}"
_ONLY_INITIALS = re.compile(_INITIALS)
_FAMILY_INITIALS = re.compile(rf"([^,]{{1,80}}) ({_INITIALS})(?: ?(Jr|Sr|I{{2,3}}|IV)\.?)?")
_GLUED = re.compile(r"(?<=[a-zß-öø-ÿ])(?<!\bMc)(?<!\bMac)(?<!\bD[ei])(?<!\bL[ea])(?=[A-ZÀ-Þ])")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_PART = re.compile(r"(?:[^;\\]|\\[\\;]?)++")
_NOT_PEOPLE = re.compile(r"\b(?:of|for|the)\b", re.IGNORECASE)

_CITATIONS = (
    # Endoscopic Ultrasound (2014) 3:3 (152-160). Date of Publication: 2014
    re.compile(
        r"(?P<journal>.+?) \((?P<year>\d{4})\)(?: (?P<volume>[^\s:()][^:()]*?))?"
        r"(?::(?P<issue>[^()]+?))?(?: \((?P<pages>[^()]+)\))?\.(?=$| [A-Z])"
        r"(?:.*Date of Publication: (?P<date>[^.]+))?"
    ),
    # Behav Ther. 2022 Mar;53(2):334-347. doi: 10.1016/j.beth.2021.09.007.
    re.compile(
        r"(?P<journal>.+?)\. (?P<date>(?P<year>\d{4})\b[^;:.]{0,30});(?P<volume>[^():;.]*)"
        r"(?:\((?P<issue>[^()]*)\))?(?::(?P<pages>[^.;]+))?[.;]"
    ),
    # 护理研究,2020,52(3):1-10 as Chinese platforms have it, with or without the journal
    re.compile(
        r"(?:(?P<journal>\D+?)[,，.。\s]\s*)?(?P<year>\d{4})\s*年?\s*[,，;；]?\s*"
        r"(?:第?(?P<volume>\w+?)卷?)?\s*[,，]?\s*[(（]\s*第?(?P<issue>[^()（）]+?)期?\s*[)）]"
        r"(?:\s*[:：]\s*(?P<pages>[\w,+–-]+))?"
    ),
)


def people(cell: str, *, glued: bool = False) -> list[str]:
    """Names in a cell, however they are parted and turned, as "Family, Given".

    `glued` are those that Springer Link puts together: John SmithMary Jones.
    """
    cell = "\n".join(" ".join(line.split()) for line in cell.split("\n"))
    parts = _SEMICOLONS.split(cell)
    if len(parts) == 1:
        parts = _GLUED.split(cell) if glued else _between_commas(cell)
    return [name for part in parts if part for name in _person(part.strip())]


def _between_commas(cell: str) -> list[str]:
    """Several people who are parted by commas, or by `and`, or one with a comma in the name."""
    whole = _AND.split(cell)
    if len(whole) > 1 and all("," in name for name in whole):
        return whole
    parts = [part for part in _COMMAS.split(cell) if part]
    if len(parts) < 2 or has_han(cell):
        return [cell]
    if "," not in cell and any(map(names.is_institution, parts)):
        return [cell]  # GBD 2019 Diseases and Injuries Collaborators
    if parts[-1].endswith(".") and not any("." in part for part in parts[:-1]):
        parts[-1] = parts[-1][:-1]  # PubMed closes its list with a stop
    if all(map(_family_initials, parts)) or all(map(_initials_family, parts)):
        return parts
    families, given = parts[::2], parts[1::2]
    if len(families) == len(given) and all(map(_ONLY_INITIALS.fullmatch, given)):
        return [", ".join(pair) for pair in zip(families, given, strict=True)]
    several = len(parts) > 2 or len(whole) > 1
    if several and all(" " in part for part in parts) and not _NOT_PEOPLE.search(cell):
        return parts
    return [cell]


def _family_initials(name: str) -> re.Match[str] | None:
    found = _FAMILY_INITIALS.fullmatch(name) if len(name) < _LONGEST_NAME else None
    return found if found and not _ONLY_INITIALS.fullmatch(found.group(1)) else None


def _initials_family(name: str) -> bool:
    first, _, last = name.partition(" ")
    return _ONLY_INITIALS.fullmatch(first) is not None and len(last) > 1 and not last.isupper()


def _person(name: str) -> list[str]:
    name = _NUMBER.sub("", name).replace(". -", ".-")
    if found := _family_initials(name):
        return [", ".join(filter(None, found.groups()))]
    return names.names([name])


def terms(cell: str) -> list[str]:
    """Keywords in a cell: between semicolons, or else commas that are in no brackets."""
    parts = _SEMICOLONS.split(cell)
    if len(parts) == 1:
        parts = names.terms([cell]) if has_han(cell) else _outside_brackets(cell)
    return list(dict.fromkeys(filter(None, (" ".join(part.split()) for part in parts))))


def _outside_brackets(cell: str) -> list[str]:
    parts: list[list[str]] = [[]]
    depth = 0
    for piece in re.split(r"([(),])", cell):
        depth = max(0, depth + (piece == "(") - (piece == ")"))
        if piece == "," and not depth:
            parts.append([])
        else:
            parts[-1].append(piece)
    return list(map("".join, parts))


def citation(cell: str) -> dict[str, str]:
    """Journal, year, volume, issue, pages and date, as far as a cell has them in one of the ways
    that are known; {} where it does not.
    """
    cell = " ".join(cell.split())
    if len(cell) > _LONGEST_CITATION:
        return {}
    found = next(filter(None, (pattern.match(cell) for pattern in _CITATIONS)), None)
    return {n: v.strip() for n, v in found.groupdict().items() if v} if found else {}


def guarded(cell: str) -> str:
    """`cell` with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """`cell` without the apostrophe that `guarded` puts."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def joined(values: Iterable[str]) -> str:
    """Several values in one cell: `a; b`. A semicolon or backslash in one gets a backslash."""
    return "; ".join(re.sub(r"([\\;])", r"\\\1", value) for value in values)


def parted(cell: str) -> list[str]:
    """The values that `joined` put together."""
    parts = (found.group() for found in _PART.finditer(cell))
    return [re.sub(r"\\([\\;])", r"\1", part).strip() for part in parts if part.strip()]
