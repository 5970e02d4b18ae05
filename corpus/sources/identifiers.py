"""What services know papers by: DOIs, PMIDs, arXiv's and OpenAlex's own identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus import identity
from corpus.paper import Paper

_ARXIV = re.compile(
    r"(?:arxiv\s*:\s*|(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf)/"
    r"|(?:https?://)?(?:(?:dx\.)?doi\.org/)?10\.48550/arxiv\.)?"
    r"(?:(\d{4}\.\d{4,5})|([a-z][a-z-]{1,15})(?:\.[a-z]{2})?/(\d{7}))(?:v\d{1,3})?(?:\.pdf)?",
    re.IGNORECASE,
)
_OPENALEX = re.compile(
    r"(?:(?:https?://)?(?:api\.)?openalex\.org/(?:works/)?)?(W\d{1,12})", re.IGNORECASE
)


class Identifier(NamedTuple):
    """The `kind` is doi, pmid, arxiv (without a version) or openalex."""

    kind: str
    value: str


class Batch(NamedTuple):
    """Identifiers of one kind to be asked for together; `next` is where the rest begins."""

    kind: str
    values: tuple[str, ...]
    next: str | None


def identifier(text: str, kinds: Sequence[str]) -> Identifier | None:
    """The identifier that `text` is, of one of these kinds; None where it is none."""
    text = text.strip().strip(",;")
    if "arxiv" in kinds and (found := _ARXIV.fullmatch(text)):
        new, archive, number = found.groups()
        return Identifier("arxiv", new or f"{archive.lower()}/{number}")
    if "openalex" in kinds and (found := _OPENALEX.fullmatch(text)):
        return Identifier("openalex", found.group(1).upper())
    named = identity.reference(text)
    if named is None:
        return None
    bare = named.kind == "number" and text.isdecimal() and len(named.value) < 10
    kind = "pmid" if bare else named.kind
    return Identifier(kind, named.value.lower()) if kind in kinds else None


def identifiers_in(
    lines: Iterable[str], kinds: Sequence[str]
) -> tuple[tuple[Identifier, ...], tuple[str, ...]]:
    """The identifiers in the lines, each once, and what else stands there."""
    known: dict[Identifier, None] = {}
    unknown: dict[str, None] = {}
    for line in lines:
        whole = identifier(line, kinds)
        for word in [line] if whole else line.split():
            found = whole or identifier(word, kinds)
            if found is None:
                unknown[word] = None
            else:
                known[found] = None
    return tuple(known), tuple(unknown)


def identifiers_of(paper: Paper) -> set[Identifier]:
    """What `paper` can be asked for by."""
    own = str(paper.extra.get("arxiv") or "")
    texts = (paper.source_id, own, paper.doi)
    found = {identifier(text, (kind,)) for text in texts for kind in ("doi", "arxiv", "openalex")}
    found.add(Identifier("pmid", paper.pmid) if paper.pmid else None)
    return {one for one in found if one is not None}


def batch(ids: Sequence[Identifier], start: int, size: int, alone: str = "") -> Batch:
    """Up to `size` identifiers from `start` on, as long as they are of one kind.

    One with a character of `alone` in it cannot be put into a list, and comes by itself.
    """
    kind = ids[start].kind
    end = start + 1
    if not set(alone) & set(ids[start].value):
        while end < min(start + size, len(ids)) and ids[end].kind == kind:
            if set(alone) & set(ids[end].value):
                break
            end += 1
    values = tuple(one.value for one in ids[start:end])
    return Batch(kind, values, str(end) if end < len(ids) else None)
