"""When two records are the same paper, and what the one paper is then."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from corpus.paper import Paper
from corpus.text.normalise import fold, has_han, key

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"]+", re.IGNORECASE)
_BRACKETS = (("(", ")"), ("[", "]"), ("<", ">"), ("{", "}"))
_DOI_ALONE = re.compile(
    r"(?:doi\s*[:：]?\s*|(?:https?://)?(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)", re.IGNORECASE
)
_PMID_ALONE = re.compile(
    r"(?:pmid\s*[:：]?\s*|(?:https?://)?pubmed\.ncbi\.nlm\.nih\.gov/)(\d{1,9})/?", re.IGNORECASE
)
_NUMBER_ALONE = re.compile(r"(?:[#＃]|paper:)?\s*(\d{1,12})", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.?[ -]?){1,4}")


class Keys(NamedTuple):
    """Hashes that equal papers share; empty where the paper has no such thing."""

    identifiers: tuple[int, ...]
    titles: tuple[int, ...]
    texts: tuple[int, ...]

    def all(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self.identifiers + self.titles + self.texts))


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
    """The paper that `text` names by `#12`, `12`, `paper:12`, a DOI or a PMID, else None."""
    text = text.strip()
    if found := _NUMBER_ALONE.fullmatch(text):
        return Reference("number", str(int(found.group(1))))
    if found := _DOI_ALONE.fullmatch(text):
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
    return tuple(_hash(kind, plain) for kind in ("title", "text")) if plain else ()


def keys(paper: Paper) -> Keys:
    """What `paper` can be recognised by."""
    identifiers = [
        _hash(kind, value.casefold())
        for kind, value in (("doi", paper.doi), ("pmid", paper.pmid))
        if value
    ]
    titles, texts = [], []
    for title, abstract in (
        (paper.title, paper.abstract),
        (paper.translated_title, paper.translated_abstract),
    ):
        plain_title, plain_abstract = key(title), key(abstract)
        if plain_title:
            titles.append(_hash("title", plain_title))
        if plain_abstract:
            texts.append(_hash("text", plain_abstract))
            if plain_title:
                texts.append(_hash("text", plain_title + plain_abstract))
    return Keys(tuple(identifiers), tuple(titles), tuple(texts))


def record_hash(paper: Paper) -> bytes:
    """A fingerprint of the record as it was read: 16 bytes, equal for equal records."""
    fields = {
        field.name: value
        for field in dataclasses.fields(paper)
        if field.name != "id" and (value := getattr(paper, field.name))
    }
    canonical = json.dumps(fields, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.blake2b(canonical.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def first_author(paper: Paper) -> str:
    """The folded family name of the first author, "" where there is none."""
    if not paper.authors:
        return ""
    name = paper.authors[0].strip()
    if "," in name:
        return key(name.split(",")[0])
    words = name.split()
    if has_han(name) or len(words) < 2:
        return key(name)
    if _INITIALS.fullmatch(words[-1]) and len(words[-1]) < 5:
        return key(" ".join(words[:-1]))
    return key(words[-1])


def same_paper(known: Paper, new: Paper) -> bool:
    """Whether `new` is `known` again, by the rule: DOI, then PMID, then title, year and author.

    Titles decide only where both years are known and at most one apart, the first authors are
    the same, and neither identifier contradicts.
    """
    for mine, theirs in ((known.doi, new.doi), (known.pmid, new.pmid)):
        if mine and theirs:
            return mine.casefold() == theirs.casefold()
    if known.year is None or new.year is None or abs(known.year - new.year) > 1:
        return False
    author = first_author(known)
    if not author or author != first_author(new):
        return False
    return bool(set(keys(known).titles) & set(keys(new).titles))


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


_LISTS = ("keywords", "subjects", "affiliations")
_TEXTS = ("abstract", "translated_abstract")


def merge(known: Paper, new: Paper, *, newer: bool = False) -> Paper:
    """One paper with what either knew; where both say something, `known` unless `newer`.

    Abstracts: the longer stays. Lists are united. What is displaced is kept in
    `extra["other_values"]`.
    """
    first, second = (new, known) if newer else (known, new)
    changes: dict[str, Any] = {}
    displaced: dict[str, Any] = {}
    for field in dataclasses.fields(Paper):
        name = field.name
        if name in ("id", "extra", "source_id", "summary_by"):
            continue
        one, other = getattr(first, name), getattr(second, name)
        if name in _LISTS:
            changes[name] = tuple(dict.fromkeys((*one, *other)))
            continue
        keep = one or other
        if name in (*_TEXTS, "authors") and not newer and len(other) > len(keep):
            keep = other
        if name == "abstract" and known.summary_by != new.summary_by:
            # A paper's own abstract is better than anybody's summary, however long.
            keep = next((p.abstract for p in (first, second) if not p.summary_by), "") or keep
        changes[name] = keep
        dropped = other if keep is one else one
        if dropped and dropped != keep:
            displaced[name] = list(dropped) if isinstance(dropped, tuple) else dropped
    wrote = next((p for p in (first, second) if p.abstract == changes["abstract"]), first)
    changes["summary_by"] = wrote.summary_by
    changes["source_id"] = known.source_id or new.source_id
    changes["extra"] = _merge_extra(first.extra, second.extra, displaced)
    return dataclasses.replace(known, **changes)


def _merge_extra(
    first: Mapping[str, Any], second: Mapping[str, Any], displaced: dict[str, Any]
) -> dict[str, Any]:
    out = dict(first)
    others = [*first.get("other_values", ()), *second.get("other_values", ())]
    for name, value in second.items():
        if name == "other_values" or out.get(name) == value:
            continue
        if name in out and value not in (None, "", [], {}):
            displaced[name] = value
        else:
            out[name] = value
    if displaced and displaced not in others:
        others.append(displaced)
    if others:
        out["other_values"] = others
    return out
