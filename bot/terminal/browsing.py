"""`similit browse`: what a library can be browsed by, and the papers of one subject or the like."""

from __future__ import annotations

import dataclasses
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from bot import browse, byline
from bot.browse import PaperPage, TopicNotFound, TopicPage
from bot.messages import Messages
from bot.terminal import data, layout
from bot.terminal.desk import Desk
from bot.terminal.exits import DONE, NOTHING
from bot.terminal.prose import Prose
from bot.words import called
from corpus.paper import TOPICS

_FIRST = 5  # of each kind, where none is named


class Browsing(Desk):
    """Finding one's way without a question."""

    def browse(self) -> int:
        """Subjects, keywords, journals and years with counts, or the papers of one."""
        given = self._arguments
        kind, name = (given.kind or "").removesuffix("s"), " ".join(given.name)
        with self._shelf() as shelf:
            library = shelf.library()
            if shelf.is_demo(library):
                self._note(self._say("demo-note", papers=library.state().papers))
            size = given.top or browse.TOPICS_A_PAGE
            if not kind:
                pages = [browse.topics(library, one, size=_FIRST) for one in TOPICS]
                return self._topics(*pages)
            try:
                shown = browse.browsed(library, kind, name, given.page, size=size)
            except TopicNotFound:
                self._note(self._say("topic-not-found", name=name), "")
                return NOTHING
            return self._topics(shown) if isinstance(shown, TopicPage) else self._papers(shown)

    def _topics(self, *pages: TopicPage) -> int:
        if self._arguments.json:
            found = [_topics_data(one) for one in pages]
            self._json(found[0] if len(found) == 1 else {"kinds": found})
        else:
            self._out.print(Group(*(topics(one, self._say) for one in pages)))
            if len(pages) == 1:
                self._more(pages[0].page, pages[0].pages)
        return DONE

    def _papers(self, shown: PaperPage) -> int:
        if self._arguments.json:
            self._json(_papers_data(shown))
        else:
            self._out.print(papers(shown, self._say, self._out.width))
            self._more(shown.page, shown.pages)
        return DONE

    def _more(self, page: int, pages: int) -> None:
        if pages > 1:
            self._note(self._say("browse-more", page=page, pages=pages))


def browsed(shown: TopicPage | PaperPage, say: Messages, width: int) -> RenderableType:
    """A page of topics, or of the papers of one."""
    return topics(shown, say) if isinstance(shown, TopicPage) else papers(shown, say, width)


def topics(shown: TopicPage, say: Messages) -> RenderableType:
    """The topics of a page, each with how many papers have it."""
    counts = [f"{one.papers:,}" for one in shown.topics]
    width = max(map(len, counts), default=0)
    lines = [
        Prose(Text.assemble((f"{count:>{width}}  ", "dim"), layout.plain(one.name)), rest=width + 2)
        for count, one in zip(counts, shown.topics, strict=True)
    ]
    head = say("browse-counted", kind=shown.kind, count=shown.total)
    return Group(Text(head, "cyan"), *lines, "")


def papers(shown: PaperPage, say: Messages, width: int) -> RenderableType:
    """The papers of a page, newest first, each with the number that opens it."""
    topic = shown.topic
    kind = say("browse-kind", kind=topic.kind)
    parts: list[RenderableType] = [
        Prose(Text.assemble((f"{kind} · ", "dim"), (layout.plain(topic.name), "bold"))),
        Text(say("browse-papers", papers=topic.papers), "cyan"),
    ]
    for paper in shown.papers:
        name = Text(layout.plain(called(paper, say, width * 2 - 8)), "bold")
        year = f" ({paper.year})" if paper.year else ""
        where = layout.plain(byline.byline(paper, width - 16))
        about = " · ".join(filter(None, (f"#{paper.id}", where)))
        parts += ["", Prose(name.append(year, "not bold")), Text(about, "dim")]
    return Group(*parts, "")


def _topics_data(shown: TopicPage) -> dict[str, Any]:
    return {
        "kind": shown.kind,
        "total": shown.total,
        "page": shown.page,
        "pages": shown.pages,
        "topics": [dataclasses.asdict(one) for one in shown.topics],
    }


def _papers_data(shown: PaperPage) -> dict[str, Any]:
    return {
        "topic": dataclasses.asdict(shown.topic),
        "total": shown.topic.papers,
        "page": shown.page,
        "pages": shown.pages,
        "papers": [data.paper(one) for one in shown.papers],
    }
