"""What the bot says of itself: its version, its papers, what it keeps, and how it is used."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

from bot import __version__
from bot.messages import Messages
from bot.shelf import Shelf
from corpus.imports import Imported
from corpus.library import Library
from corpus.paper import Filters, Hit, Paper, Query
from corpus.text.normalise import has_han
from corpus.text.width import clip

_KEYWORDS = 2000  # among the commonest of a mixed library, some of either language
_SOURCES, _SOURCE = 3, 40
_GREETINGS = frozenset(
    "hi hello hey hallo start test ping 你好 您好 妳好 嗨 哈喽 哈囉 在吗 在嗎 有人吗 有人嗎".split()
)
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Example:
    """A question that this library answers, and the best paper for it.

    `topic` is the number of the topic whose name it is, 0 where it is a paper's title.
    """

    text: str
    topic: int
    hit: Hit


def example(library: Library, say: Messages) -> Example | None:
    """Something to try, in the reader's language where there is any; None in an empty library."""
    keywords, _ = library.browsing.topics("keyword", limit=_KEYWORDS)
    own = [(one.name, one.id) for one in keywords if has_han(one.name) == say.chinese]
    other = [(one.name, one.id) for one in keywords if has_han(one.name) != say.chinese]
    readable = Query(top=1, filters=Filters(language=say.language[:2]), shown=range(0))
    found = [hit.paper for hit in library.find(readable).hits]
    years, _ = library.browsing.topics("year", limit=1)
    newest = library.browsing.papers(years[0].id, limit=1) if years else library.titled("", 1)
    for text, topic in (*own[:3], *_titles(found), *other[:3], *_titles(newest)):
        query = Query(text=text, top=1, reader=say.language, shown=range(1))
        if hits := library.find(query).hits:
            return Example(text, topic, hits[0])
    return None


def _titles(papers: Iterable[Paper]) -> list[tuple[str, int]]:
    return [(paper.title or paper.abstract, 0) for paper in papers]


def is_greeting(text: str) -> bool:
    """Whether somebody says no more than hello."""
    said = _NOT_WORDS.sub(" ", text.casefold()).split()
    return bool(said) and set(said) <= _GREETINGS


def facts(shelf: Shelf, keep_days: int) -> dict[str, Any]:
    """What there is to know of the bot here, for other programs."""
    library = shelf.library()
    last = _last(shelf)
    return {
        "version": __version__,
        "papers": library.state().papers,
        "demo": shelf.is_demo(library),
        "last_import": dataclasses.asdict(last) if last else None,
        "keep_questions_days": keep_days,
    }


def rows(shelf: Shelf, keep_days: int, say: Messages) -> list[tuple[str, str]]:
    """The same in words: names and values, to be shown one a line."""
    known, last = facts(shelf, keep_days), _last(shelf)
    return [
        (say("about-version"), f"Similit {known['version']}"),
        (
            say("about-papers"),
            say("demo-note" if known["demo"] else "about-papers-here", papers=known["papers"]),
        ),
        (say("about-last-import"), imported(last, say) if last else say("about-no-import")),
        (say("about-stored"), say("about-stored-what", days=keep_days)),
    ]


def imported(last: Imported, say: Messages) -> str:
    """When an import was made, of what, and how many papers came with it."""
    sources = [clip(PurePath(one).name or one, _SOURCE) for one in last.sources]
    if len(sources) > _SOURCES:
        sources[_SOURCES:] = ["…"]
    day = datetime.fromisoformat(last.at).strftime("%Y-%m-%d %H:%M UTC")
    return say("about-import", at=day, papers=last.papers, sources=", ".join(sources))


def _last(shelf: Shelf) -> Imported | None:
    library = shelf.library()
    return None if shelf.is_demo(library) else library.last_import()
