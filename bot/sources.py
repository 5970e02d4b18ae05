"""How the services that papers come from are asked, as the host's settings say."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

from bot import __version__
from bot.config import Config

if TYPE_CHECKING:
    from corpus.sources.http import Access

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>，。；、]{1,200}")
_PMID = re.compile(r"(?i)\bpmid\s*[:：]?\s*(\d{1,9})\b|pubmed\.ncbi\.nlm\.nih\.gov/(\d{1,9})")
_ENDS = ".,;:)]}'*_"
_MOST = 25


class Wanted(NamedTuple):
    """Papers that a service is to be asked for, by their identifiers."""

    source: str
    ids: tuple[str, ...]


def access(config: Config, source: str) -> Access:
    """How the service named `source` is reached, and what it is told of who asks."""
    from corpus.sources.http import Access  # asyncio with it: only where it is wanted

    settings = config.sources
    return Access(
        contact=settings.contact,
        api_key=os.environ.get(f"SIMILIT_{source.upper()}_KEY", ""),
        per_second=settings.per_second,
        proxy=settings.proxy,
        api_base=getattr(settings, source, ""),
        agent=f"Similit/{__version__}",
    )


def wanted(text: str) -> Wanted | None:
    """What a DOI, a PMID, a link or a pasted reference names; None where it has neither.

    DOIs go before PMIDs: a reference that has both means one paper.
    """
    dois = dict.fromkeys(found.rstrip(_ENDS) for found in _DOI.findall(text))
    if dois:
        return Wanted("crossref", tuple(dois)[:_MOST])
    pmids = dict.fromkeys(one or other for one, other in _PMID.findall(text))
    return Wanted("pubmed", tuple(pmids)[:_MOST]) if pmids else None
