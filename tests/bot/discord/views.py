"""Papers, lists of them, and what is read out of the views that show them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from bot.answer import Listing, Question
from bot.config import LOCALES
from bot.discord import layout
from bot.messages import messages
from corpus.paper import Extract, Hit, Paper, Query, Quotation, Results, Share
from corpus.text.query import weigh
from corpus.text.why import Why
from tests import discord_limits

ENGLISH, SIMPLIFIED, TRADITIONAL = (messages(name) for name in LOCALES)
GAP = "\u00a0· "
TEXT, SECTION, SEPARATOR, ROW, CONTAINER = 10, 9, 14, 1, 17
ACCENT, AMBER, GREY = 0x1685A9, 0xC9923E, 0x80848E

TATE = Paper(
    id=17,
    title="Supervision of peer workers",
    abstract="Peer workers left. Supervision helps peers to stay. Nothing else did.",
    authors=("Tate, Mary C.", "Roe, James", "Gillard, Steven"),
    journal="Journal of Mental Health",
    year=2021,
    volume="56",
    issue="10",
    pages="1903-1911",
    doi="10.1007/s00127-021-02038-4",
)
XUE = Paper(
    id=5,
    title="同伴支持者的督导",
    abstract="目的：了解督导的作用。结论：督导有助于同伴支持者留任。",
    authors=("薛婉钰", "王静", "李明"),
    journal="中国心理卫生杂志",
    year=2020,
)


def listing(
    papers: Sequence[Paper],
    text: str = "supervision of peers 督导",
    *,
    seed: Paper | None = None,
    page: int = 1,
    unknown: tuple[str, ...] = (),
    answer: tuple[Quotation, ...] = (),
    **options: Any,
) -> Listing:
    """The page of a list of these papers, each with the extract that it gets for `text`."""
    asked = weigh(text)
    why = Why(text, asked, dict.fromkeys(asked.weights, 1.0), chinese=False)
    hits = []
    for rank, paper in enumerate(papers, 1):
        extract, words = why.shown(paper)
        hits.append(Hit(rank=rank, paper=paper, score=1.0, extract=extract, terms=words))
    question = Question(text=text, like=seed.id if seed else None, **options)
    results = Results(
        query=Query(text=text),
        language="en",
        seed=seed,
        hits=tuple(hits),
        matched=len(hits),
        unknown=unknown,
        milliseconds=31.4,
        papers=208_924,
        version="1",
        answer=answer,
    )
    return Listing(question=question, results=results, page=page, demo=False)


def many(count: int, paper: Paper = TATE) -> list[Paper]:
    """That many papers, numbered from 1."""
    return [dataclasses.replace(paper, id=id) for id in range(1, count + 1)]


def sent(view: Any) -> dict[str, Any]:
    """The message as the client sends it."""
    return {
        "components": view.to_components(),
        "flags": discord_limits.COMPONENTS_V2,
        "allowed_mentions": {"parse": []},
    }


def inside(view: Any) -> list[dict[str, Any]]:
    """What stands in the one container of a message."""
    (container,) = view.to_components()
    assert container["type"] == CONTAINER
    return container["components"]


def texts(view: Any) -> list[str]:
    """Every text that is displayed, in order."""
    return [
        one["content"] for one in discord_limits.nested(view.to_components()) if "content" in one
    ]


def labels(view: Any) -> list[str]:
    """What is written on the buttons."""
    nested = discord_limits.nested(view.to_components())
    return [one["label"] for one in nested if one.get("type") == 2]


def shown(papers: Sequence[Paper], say: Any = ENGLISH, **options: Any) -> Any:
    """The list as it is sent, asked by 42 and kept as question 7."""
    return layout.listing(listing(papers, **options), say, asker=42, number=7)


def quoted(view: Any) -> list[str]:
    """The ranks of what is quoted."""
    return [
        line.split("]")[0].removeprefix("> **[")
        for line in texts(view)[0].splitlines()
        if line.startswith("> ")
    ]


def came(*across: tuple[str, str]) -> Listing:
    """A list of one paper that was found across languages."""
    found = listing([TATE], text="同伴督导")
    (hit,) = found.results.hits
    hits = (dataclasses.replace(hit, across=across),)
    return dataclasses.replace(found, results=dataclasses.replace(found.results, hits=hits))


def why_of(paper: Paper, *shares: Share) -> Hit:
    """A hit whose score is made up of these."""
    score = sum(share.score for share in shares)
    return Hit(rank=1, paper=paper, score=score, extract=Extract(""), terms=(), shares=shares)
