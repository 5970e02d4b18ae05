"""Pages of what a library can be browsed by, and of the papers of one topic, knowing no surface."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.errors import PaperNotFound
from corpus.library import Library
from corpus.paper import TOPICS, Paper, Topic

TOPICS_A_PAGE = 20
PAPERS_A_PAGE = 8
_NUMBER = re.compile(r"#(\d{1,15})")


class TopicNotFound(PaperNotFound):
    """No paper has this subject, keyword, journal or year."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPage:
    """Some of the topics of a kind; `total` is how many there are, `part` what their names have."""

    kind: str
    topics: tuple[Topic, ...]
    total: int
    page: int
    pages: int
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPage:
    """Some of the papers of a topic, newest first."""

    topic: Topic
    papers: tuple[Paper, ...]
    page: int
    pages: int


def topics(
    library: Library, kind: str = "", page: int = 1, *, part: str = "", size: int = TOPICS_A_PAGE
) -> TopicPage:
    """A page of the topics of `kind`, or of the first kind that there are any of; the last page
    where there are fewer.
    """
    kind = kind or next(filter(lambda one: _first(library, one), TOPICS), TOPICS[0])
    page = max(page, 1)
    found, total = library.browsing.topics(kind, part, limit=size, offset=(page - 1) * size)
    pages = _pages(total, size)
    if page > pages:
        return topics(library, kind, pages, part=part, size=size)
    return TopicPage(kind=kind, topics=tuple(found), total=total, page=page, pages=pages, part=part)


def papers(library: Library, topic: Topic, page: int = 1, size: int = PAPERS_A_PAGE) -> PaperPage:
    """A page of the papers of a topic, the last where there are fewer."""
    pages = _pages(topic.papers, size)
    page = min(max(page, 1), pages)
    found = library.browsing.papers(topic.id, limit=size, offset=(page - 1) * size)
    return PaperPage(topic=topic, papers=tuple(found), page=page, pages=pages)


def numbered(library: Library, number: int) -> Topic:
    """The topic of this number. Raises `TopicNotFound`."""
    found = library.browsing.numbered(number)
    if found is None:
        raise TopicNotFound(f"#{number}")
    return found


def named(library: Library, kind: str, said: str) -> Topic | None:
    """The topic that `said` is, by name or as `#12`: of `kind`, or of any where that is ""."""
    if number := _NUMBER.fullmatch(said.strip()):
        return numbered(library, int(number.group(1)))
    found = (library.browsing.named(one, said) for one in ([kind] if kind else TOPICS))
    return next(filter(None, found), None)


def browsed(
    library: Library, kind: str, said: str, page: int = 1, *, size: int = 0
) -> TopicPage | PaperPage:
    """The papers of what `said` names, else the topics that have it in their names; where nothing
    was said, all topics of the kind. Raises `TopicNotFound`.
    """
    if not said.strip():
        return topics(library, kind, page, size=size or TOPICS_A_PAGE)
    if (topic := named(library, kind, said)) is not None:
        return papers(library, topic, page, size or PAPERS_A_PAGE)
    like = topics(library, kind, page, part=said, size=size or TOPICS_A_PAGE)
    if not like.topics:
        raise TopicNotFound(said)
    return like


def _first(library: Library, kind: str) -> bool:
    return bool(library.browsing.topics(kind, limit=1)[0])


def _pages(total: int, size: int) -> int:
    return max(1, -(-total // size))
