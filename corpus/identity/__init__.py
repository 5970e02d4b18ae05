"""When two records are the same paper, and what the one paper is then."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import operator
import re
from typing import Any, NamedTuple

from corpus.identity import published
from corpus.identity.merging import every, merge
from corpus.identity.persons import Person, person
from corpus.paper import Paper
from corpus.text.normalise import HAN, fold, key

__all__ = [
    "Keys",
    "Reference",
    "bare_doi",
    "by_identifier",
    "keys",
    "merge",
    "record_hash",
    "reference",
    "reference_key",
    "same_paper",
    "same_record",
    "text_keys",
]

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"]{1,512}", re.IGNORECASE)
_BRACKETS = (("(", ")"), ("[", "]"), ("<", ">"), ("{", "}"))
_DOI_ALONE = re.compile(
    r"(?:doi\s*[:：]?\s*|(?:https?://)?(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE
)
_DOI_LINK = re.compile(  # to a publisher's page of the paper, as browsers show it
    r"https?://[^\s/]+/\S*?(10\.\d{4,9}/[^\s?#]+?)"
    r"(?:/(?:abstract|epdf|full|fulltext|html|meta|pdf|summary)|\.(?:full|html|pdf))*/?(?:[?#]\S*)?",
    re.IGNORECASE,
)
_PMID_ALONE = re.compile(
    r"(?:pmid\s*[:：]?\s*|(?:https?://)?pubmed\.ncbi\.nlm\.nih\.gov/)(\d{1,9})/?", re.IGNORECASE
)
_NUMBER_ALONE = re.compile(r"(?:[#＃]|paper:)?\s*(\d{1,12})", re.IGNORECASE)
_FIELDS = tuple(sorted(field.name for field in dataclasses.fields(Paper) if field.name != "id"))
_VALUES = operator.attrgetter(*_FIELDS)
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str)
_HAN = re.compile(f"[{HAN}]")
_NOT_LATIN = re.compile(f"[{HAN}\u0400-\u052f\u3040-\u30ff\uac00-\ud7af]")
_IN_TWO = re.compile(r"([^\[\]]+)\[([^\[\]]+)\]\.?")
_GREEK = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma
    sigma tau upsilon phi chi psi omega
""".split()
_SPELT = {**dict(enumerate(_GREEK, ord("α"))), ord("&"): "and"}
_SAYS_LITTLE = 17
"""Up to how many letters a title may have that many papers have: Letter to the Editor."""


class Keys(NamedTuple):
    """Hashes that equal papers share; empty where the paper has no such thing."""

    identifiers: tuple[int, ...]
    titles: tuple[int, ...]
    texts: tuple[int, ...]

    def all(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self.identifiers + self.titles + self.texts))


class Kept(NamedTuple):
    """A paper as it is to be kept, the fingerprint of its record as it was read, and its keys."""

    paper: Paper
    fingerprint: bytes
    keys: Keys


class Reference(NamedTuple):
    """A question that names one paper: `kind` is number, doi or pmid."""

    kind: str
    value: str


def _hash(kind: str, value: str) -> int:
    digest = hashlib.blake2b(f"{kind}:{value}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def bare_doi(text: str) -> str:
    """The DOI in `text` without resolver or prefix, "" where there is none."""
    found = _DOI.search(text)
    if found is None:
        return ""
    doi, before = found.group(), ""
    while doi != before:
        before, doi = doi, doi.rstrip(".,;:，。；）")
        for opening, closing in _BRACKETS:
            # Some DOIs end in a bracket of their own: …41:6<391::AID-ASI1>3.0.CO;2-9
            if doi.endswith(closing) and doi.count(closing) > doi.count(opening):
                doi = doi[:-1]
    return doi


def reference(text: str) -> Reference | None:
    """The paper that `text` names by `#12`, `12`, `paper:12`, a DOI, a PMID, or a link to either,
    else None.
    """
    text = text.strip()
    if found := _NUMBER_ALONE.fullmatch(text):
        return Reference("number", str(int(found.group(1))))
    if found := _DOI_ALONE.fullmatch(text) or _DOI_LINK.fullmatch(text):
        return Reference("doi", bare_doi(found.group(1)))
    if found := _PMID_ALONE.fullmatch(text):
        return Reference("pmid", found.group(1))
    return None


def reference_key(named: Reference) -> int:
    """The key of a paper with this DOI or PMID."""
    return _hash(named.kind, named.value.casefold())


def text_keys(text: str) -> tuple[int, ...]:
    """The keys of papers whose title, abstract, or both together read as `text`."""
    plain = key(text)
    titles = (_hash("title", form) for form in sorted(_title_forms(text)))
    return (*titles, _hash("text", plain)) if plain else ()


def keys(paper: Paper) -> Keys:
    """What `paper` can be recognised by."""
    identifiers = [
        _hash(kind, value.casefold())
        for kind, value in (("doi", paper.doi), ("pmid", paper.pmid))
        if value
    ]
    titles = [_hash("title", form) for form in sorted(_titles(paper))]
    texts = []
    for name, of in (("abstract", paper.title), ("translated_abstract", paper.translated_title)):
        for abstract in filter(None, every(paper, name)):
            plain = key(abstract) if isinstance(abstract, str) else ""
            if plain:
                texts.append(_hash("text", plain))
                if title := key(of):
                    texts.append(_hash("text", title + plain))
    return Keys(tuple(identifiers), tuple(titles), tuple(texts))


def record_hash(paper: Paper) -> bytes:
    """A fingerprint of the record as it was read: 16 bytes, equal for equal records."""
    values = zip(_FIELDS, _VALUES(paper), strict=True)
    said = [f'"{name}": {_canonical(value)}' for name, value in values if value]
    canonical = f"{{{', '.join(said)}}}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(canonical, digest_size=16).digest()


def _canonical(value: Any) -> str:
    """`value` as JSON writes it."""
    if isinstance(value, str) and value.isprintable():  # most are, and it is twice as fast
        value = value.replace("\\", r"\\").replace('"', r"\"")
        return f'"{value}"'
    return _CANONICAL.encode(value)


def kept(record: Paper, mended: Paper) -> Kept:
    """A record that is to be kept as `mended`, and all by which it is recognised."""
    return Kept(mended, record_hash(record), keys(mended))


def by_identifier(known: Paper, new: Paper) -> bool | None:
    """Whether the DOI, or else the PMID, says that they are one paper; None where neither can."""
    for mine, theirs in ((known.doi, new.doi), (known.pmid, new.pmid)):
        if mine and theirs:
            return mine.casefold() == theirs.casefold()
    return None


def same_paper(known: Paper, new: Paper) -> bool:
    """Whether `new` is `known` again, by the rule: DOI, then PMID, then title, year and author.

    Titles decide only where both years are known and at most one apart, the first authors can be
    one person, neither identifier contradicts, and neither does the place of publication; a title
    such as `Editorial` decides only where the place is the same.
    """
    decided = by_identifier(known, new)
    if decided is not None:
        return decided
    if not any(abs(one - other) < 2 for one in _years(known) for other in _years(new)):
        return False
    authors = _first_authors(new)
    if not any(one.may_be(other) for one in _first_authors(known) for other in authors):
        return False
    shared = _titles(known) & _titles(new)
    if not shared:
        return False
    if max(map(_says, shared)) <= _SAYS_LITTLE:
        return published.together(known, new)
    return not published.apart(known, new)


def _years(paper: Paper) -> list[int]:
    return [year for year in every(paper, "year") if isinstance(year, int)]


def _first_authors(paper: Paper) -> list[Person]:
    lists = (one for one in every(paper, "authors") if isinstance(one, list | tuple))
    return [person(one[0]) for one in lists if one and isinstance(one[0], str)]


def _titles(paper: Paper) -> set[str]:
    """What any record of `paper` calls it, in whichever of the ways that titles are written."""
    names = ("title", "translated_title")
    said = (title for name in names for title in every(paper, name) if isinstance(title, str))
    return {form for title in said if title for form in _title_forms(title, paper.language)}


def _title_forms(title: str, language: str = "") -> set[str]:
    """`title` as it is compared: with `&` and Greek letters as signs, and as words."""
    if title.isascii() and "&" not in title and not title.endswith(("]", "].")):
        return {key(title)} - {""}
    parts = [title]
    if title.endswith(("]", "].")) and (found := _IN_TWO.fullmatch(title)):
        one, other = found.groups()
        several = other.count(" ") > 1 and language not in ("", "en")
        if several or _foreign(one) != _foreign(other):
            parts += one, other  # English, and behind it in brackets as it is in the original
    forms = set(map(key, parts))
    for part in parts:
        if "&" in part or not part.isascii():
            forms.add(key(fold(part).translate(_SPELT)))
    return forms - {""}


def _foreign(text: str) -> bool:
    return _NOT_LATIN.search(text) is not None


def _says(title: str) -> int:
    """How long a folded title is, a Han character being as much as three letters."""
    return len(title) + 2 * len(_HAN.findall(title))


def same_record(known: Paper, new: Paper) -> bool:
    """Whether a record with the same own id from the same source can be a newer state of `known`.

    A file can be replaced by another whose ids also start at 1: nothing in common, not the same.
    """
    mine, theirs = keys(known), keys(new)
    if mine.identifiers and theirs.identifiers:
        return bool(set(mine.identifiers) & set(theirs.identifiers))
    if set(mine.titles + mine.texts) & set(theirs.titles + theirs.texts):
        return True
    # One of the texts was completed or corrected: most words are still the same.
    before, after = _words(known), _words(new)
    return bool(before and after) and len(before & after) * 2 > min(len(before), len(after))


def _words(paper: Paper) -> set[str]:
    return set(fold(f"{paper.title} {paper.abstract}").split())
