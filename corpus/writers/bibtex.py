r"""BibTeX, in UTF-8, with biblatex's fields where BibTeX has none.

A citation key is the record's own id where BibTeX allows it, else family name, year and a word of
the title (Davidson2006peer); what has the same key as another before it gets a number. A braced
word in a title is one whose capitals a style has to keep: DNA, McDonald, and names in a title that
has no capitals but theirs. `\textbraceleft{}` is written for `{`, as BibTeX counts `\{` too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from corpus.paper import Paper
from corpus.readers.bibtex_fields import ENTRY_TYPES, LISTS, PEOPLE, TYPES, is_address, places
from corpus.readers.fields import text, texts
from corpus.text.normalise import has_han
from corpus.writers import Writer

_ESCAPES = {
    **{char: f"\\{char}" for char in "&%$#_"},
    **{char: char + "{}" for char in "-`'"},
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
_SPECIAL = re.compile(r"[\\{}~^&%$#_]|-(?=-)|`(?=`)|'(?=')")
_SPECIAL_IN_ADDRESS = re.compile(r"[\\{}]")
_KEY = re.compile(r"[^\s\"#%'(),={}~\\@\x00-\x1f\x7f]+")
_FIELD = re.compile(r"[a-z0-9.:+_-]+")
_ENTRY_TYPE = re.compile(r"[a-z]\w*", re.ASCII)
_ISO = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_RANGE = re.compile(r"([^\s-]+)-([^\s-]+)")
_AND = re.compile(r"(?i)(?<!\S)and(?!\S)|[,;]")
_SEPARATOR = re.compile(r"[,;，；、]")
_WORD = re.compile(r"[^\W\d_]+")
_NOT_TELLING = frozenset(
    "a an and das der die effect effects for from in of on the to with".split()
)

_ORDER = (
    "translated_title",
    "journal",
    "volume",
    "issue",
    "publisher",
    "place",
    "series",
    "edition",
    "conference",
    "pmid",
    "pmcid",
    "language",
    "summary_by",
)


def _write(papers: Iterable[Paper]) -> Iterator[str]:
    used: dict[str, int] = {}
    for paper in papers:
        yield _entry(paper, _key(paper, used))


def _entry(paper: Paper, key: str) -> str:
    kept = paper.extra.get("bibtex")
    kept = kept if isinstance(kept, dict) else {}
    entry_type = _entry_type(paper, kept)
    own = _address(paper.source_id) if paper.source_id != key or "sourceid" in kept else ""
    fields = [*_fields(paper, TYPES.get(entry_type, "")), ("sourceid", own), *_left(kept)]
    lines = [f"  {name} = {_enclosed(name, value)}," for name, value in fields if value]
    return "\n".join([f"@{entry_type}{{{key},", *lines, "}\n\n"])


def _enclosed(name: str, value: str) -> str:
    return value if name == "month" and value in _MONTHS else f"{{{value}}}"


def _entry_type(paper: Paper, kept: dict[str, Any]) -> str:
    """The record's own, unless its type has been changed since."""
    kind = text(paper.extra.get("type"))
    own = text(kept.get("ENTRYTYPE")).lower()
    if _ENTRY_TYPE.fullmatch(own) and TYPES.get(own, "") in (kind, ""):
        return own
    in_journal = kind.startswith("article-") or (not kind and paper.journal)
    return ENTRY_TYPES.get(kind) or ("article" if in_journal else "misc")


def _fields(paper: Paper, kind: str) -> Iterator[tuple[str, str]]:
    extra = paper.extra
    named = places(kind)
    yield "author", _people(paper.authors)
    yield "title", _title(_line(paper.title))
    yield from _dates(paper)
    for name in _ORDER:
        value = getattr(paper, name) if hasattr(paper, name) else extra.get(name)
        yield named[name][0], _tex(_line(text(value)))
    yield "pages", _pages(_line(paper.pages))
    for name in ("editors", "translators"):
        yield PEOPLE[name], _people(texts(extra.get(name)))
    yield "doi", _address(paper.doi)
    if arxiv := text(extra.get("arxiv")):
        yield "eprint", _address(arxiv)
        yield "archiveprefix", "arXiv"
    yield "url", _address(paper.url)
    yield "urls", _address(" ".join(texts(extra.get("urls"))))
    yield "urldate", _address(text(extra.get("accessed")))
    for name in ("issn", "isbn"):
        yield LISTS[name][0], _list(texts(extra.get(name)))
    for name in ("keywords", "subjects", "affiliations"):
        yield LISTS[name][0], _list(getattr(paper, name))
    yield "note", _lines(text(extra.get("note")))
    for name in ("abstract", "translated_abstract"):
        paragraphs = filter(None, map(str.strip, getattr(paper, name).split("\n")))
        yield named[name][0], "\n\n".join(map(_at_start, map(_tex, paragraphs)))


def _left(kept: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, values in kept.items():
        if not _FIELD.fullmatch(name):
            continue
        for value in values if isinstance(values, list) else [values]:
            said = _address(text(value))
            yield name, said if is_address(name, said) else _lines(text(value))


def _dates(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "year", str(paper.year or "")
    date = text(paper.extra.get("date"))
    if found := _ISO.fullmatch(date):
        if int(found[1]) == paper.year:
            yield "month", _MONTHS[int(found[2]) - 1]
            yield "day", (found[3] or "").lstrip("0")
        else:
            yield "date", date


def _tex(value: str) -> str:
    return _SPECIAL.sub(lambda special: _ESCAPES[special.group()], value)


def _address(value: str) -> str:
    said = _SPECIAL_IN_ADDRESS.sub(lambda special: _ESCAPES[special.group()], value.strip())
    return "\n".join(map(_at_start, said.replace("\r", "").split("\n")))


def _line(value: str) -> str:
    return " ".join(value.split())


def _lines(value: str) -> str:
    lines = (line.strip() for line in value.replace("\r", "\n").split("\n"))
    return "\n".join(_at_start(_tex(line)) for line in lines if line)


def _at_start(line: str) -> str:
    """`line` so that it begins no entry."""
    return "{@}" + line[1:] if line.startswith("@") else line


def _pages(value: str) -> str:
    found = _RANGE.fullmatch(value)
    return f"{_tex(found[1])}--{_tex(found[2])}" if found else _tex(value)


def _list(values: Iterable[str]) -> str:
    said = [_line(value) for value in values]
    parts = [f"{{{_tex(one)}}}" if _SEPARATOR.search(one) else _tex(one) for one in said if one]
    alone = len(parts) == 1 and parts[0].startswith("{")
    return parts[0] + "," if alone else ", ".join(parts)


def _people(names: Iterable[str]) -> str:
    return " and ".join(filter(None, map(_person, names)))


def _person(name: str) -> str:
    if name == "et al.":
        return "others"
    parts = [_line(part) for part in name.split(",")]
    if len(parts) == 1 or len(parts) > 3 or not all(parts):
        whole = _line(name)
        plain = " " not in whole and whole.lower() != "others" and not _AND.search(whole)
        return _tex(whole) if plain else f"{{{_tex(whole)}}}"
    said = [f"{{{_tex(part)}}}" if _AND.search(part) else _tex(part) for part in parts]
    return ", ".join([said[0], *reversed(said[1:])])


def _title(value: str) -> str:
    words = value.split(" ")
    if value.isupper() and len(words) > 3:
        return _tex(value)
    longer = [word for word in words[1:] if len(word) > 3 and word[0].isalpha()]
    few_capitals = sum(word[0].isupper() for word in longer) * 2 < len(longer)
    before = ["", *words]
    return " ".join(
        _braced(word) if _keeps_capitals(word, last, few_capitals) else _tex(word)
        for last, word in zip(before, words, strict=False)
    )


def _braced(word: str) -> str:
    """`word` in braces, but for what stands around it."""
    core = word.strip(".,:;!?()[]\"'")
    before, _, behind = word.partition(core)
    return f"{_tex(before)}{{{_tex(core)}}}{_tex(behind)}"


def _keeps_capitals(word: str, before: str, few_capitals: bool) -> bool:
    parts = _WORD.findall(word)
    if any(any(map(str.isupper, part[1:])) for part in parts):
        return True
    begins = not before or before[-1] in ".:?!—–"
    if not parts or begins or not word[0].isupper():
        return False
    return few_capitals or (len(parts[0]) == 1 and parts[0] not in "AI")


def _key(paper: Paper, used: dict[str, int]) -> str:
    own = paper.source_id
    base = own if _KEY.fullmatch(own) else _made_key(paper)
    for number in count(used.get(base.casefold(), 0) + 1):
        key = base if number == 1 else f"{base}-{number}"
        if key.casefold() not in used:
            break
    used[key.casefold()] = 1
    used[base.casefold()] = number
    return key


def _made_key(paper: Paper) -> str:
    family = paper.authors[0].split(",")[0] if paper.authors else ""
    words = (word for word in _WORD.findall(paper.title) if word.lower() not in _NOT_TELLING)
    word = next((word for word in words if len(word) > 3 or has_han(word)), "")
    parts = ("".join(_WORD.findall(_folded(family))), str(paper.year or ""), _folded(word[:20]))
    return f"{parts[0][:30]}{parts[1]}{parts[2].lower()}" or "anon"


def _folded(name: str) -> str:
    """`name` without accents."""
    apart = unicodedata.normalize("NFD", name)
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


WRITER = Writer("bibtex", ".bib", _write)
