"""A conversation about papers, knowing no surface: what was said, and what is shown for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot import browse
from bot.answer import Listing, Question, explained, leaning
from bot.follow_up import FollowUp, follow_up, resembles
from bot.query_line import asked, fields, refined
from corpus.library import Library
from corpus.paper import Hit, Paper
from corpus.writers.citation import STYLES, reference

Ask = Callable[[Question, int], Listing]
"""Gives a page of the list for a question."""


class Shown(NamedTuple):
    """A page of a list that somebody has before them; `papers` are known by their ranks."""

    question: Question
    page: int
    papers: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list. `back` says that it was shown before what was shown last; `remark` names
    the message that stands above it, "" for none.
    """

    listing: Listing
    back: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """A paper, whole."""

    paper: Paper


@dataclass(frozen=True, slots=True)
class Cited:
    """The reference to a paper in a style."""

    paper: Paper
    style: str
    reference: str


@dataclass(frozen=True, slots=True)
class Explained:
    """What made up the score of a hit."""

    hit: Hit


@dataclass(frozen=True, slots=True)
class Browsed:
    """What the library can be browsed by, or the papers of one subject or the like."""

    page: browse.TopicPage | browse.PaperPage


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper, by its number, that is to be saved: where, the surface knows."""

    paper: int


@dataclass(frozen=True, slots=True)
class Helped:
    """The person wants to know what can be said."""


@dataclass(frozen=True, slots=True)
class Told:
    """A message, by its name, and its values."""

    message: str
    values: Mapping[str, int | str]


@dataclass(frozen=True, slots=True)
class Ended:
    """The person takes leave."""


Reply = Listed | Opened | Cited | Explained | Browsed | Kept | Helped | Told | Ended


@dataclass(frozen=True, slots=True)
class Conversation:
    """What answers one person: `ask` gives lists of `library`, `blank` is what a question is before
    it says anything.
    """

    library: Library
    ask: Ask
    blank: Question
    chinese: bool = False

    def reply(self, text: str, lists: Sequence[Shown]) -> Reply:
        """What is to be shown for `text`, `lists` being those shown before, the last one last.

        Raises `corpus.errors.PaperNotFound`, `bot.browse.TopicNotFound`, `bot.query_line.BadLine`.
        """
        wish = follow_up(text)
        if wish is None:
            remark = "talk-searched" if lists and resembles(text) else ""
            return Listed(self.ask(asked(self.blank, text), 1), remark=remark)
        if wish.verb == "quit":
            return Ended()
        if wish.verb == "help":
            return Helped()
        if wish.verb == "browse" and not wish.number:
            return Browsed(browse.browsed(self.library, wish.kind, wish.name))
        if lists:
            return self._follow(wish, lists)
        if wish.verb in ("refine", "like"):
            return Listed(self.ask(asked(self.blank, text), 1))
        return Told("chat-no-list", {})

    def _follow(self, wish: FollowUp, lists: Sequence[Shown]) -> Reply:
        shown = lists[-1]
        match wish.verb:
            case "more":
                return self._turned(shown, shown.page + 1)
            case "previous":
                return self._turned(shown, shown.page - 1)
            case "back" if shown.page > 1:
                return self._turned(shown, shown.page - 1)
            case "back" if len(lists) > 1:
                earlier = lists[-2]
                return Listed(self.ask(earlier.question, earlier.page), back=True)
            case "back":
                return Told("talk-no-earlier", {})
            case "refine":
                return Listed(self.ask(refined(shown.question, fields(wish.line)), 1))
            case "like":
                return self._moved(wish, shown)
            case _:
                return self._about(wish, shown)

    def _turned(self, shown: Shown, page: int) -> Reply:
        if page < 1:
            return Told("chat-no-more", {})
        listing = self.ask(shown.question, page)
        return Listed(listing) if listing.page == page else Told("chat-no-more", {})

    def _moved(self, wish: FollowUp, shown: Shown) -> Reply:
        """The list for what is liked of a list, and what is not."""
        papers = self._papers(shown)
        for number in (*wish.liked, *wish.disliked):
            if number not in papers:
                return _no_item(number, papers)
        liked, disliked = (
            [f"#{papers[number]}" for number in numbers] for numbers in (wish.liked, wish.disliked)
        )
        return Listed(self.ask(leaning(shown.question, liked, disliked), 1))

    def _about(self, wish: FollowUp, shown: Shown) -> Reply:
        """What is wished about one item of a list."""
        papers = self._papers(shown)
        number = papers.get(wish.number)
        if number is None:
            return _no_item(wish.number, papers)
        if wish.verb == "similar":
            return Listed(self.ask(_neighbours(self.blank, number), 1))
        if wish.verb == "why":
            hit = explained(self.library, shown.question, number)
            return Explained(hit) if hit else Told("why-gone", {"id": str(number)})
        paper = self.library.paper(number)
        if wish.verb == "browse":
            topics = self.library.browsing.of(number)
            return Browsed(browse.papers(self.library, topics[0])) if topics else Opened(paper)
        if wish.verb == "save":
            return Kept(paper.id)
        if wish.verb == "open":
            return Opened(paper)
        style = wish.style or ("gb-t-7714" if self.chinese else "apa")
        if style not in STYLES:
            return Told("talk-no-style", {})
        return Cited(paper, style, reference(paper, style))

    def _papers(self, shown: Shown) -> Mapping[int, int]:
        """The papers of a list by their ranks: as they were shown, and those behind them."""
        hits = self.ask(shown.question, shown.page).results.hits
        return {hit.rank: hit.paper.id for hit in hits} | dict(shown.papers)


def _no_item(number: int, papers: Mapping[int, int]) -> Told:
    return Told("chat-no-item", {"number": number, "last": max(papers, default=0)})


def _neighbours(blank: Question, paper: int) -> Question:
    return Question(like=paper, top=blank.top, reader=blank.reader)


def papers_of(listing: Listing) -> dict[int, int]:
    """The papers of a list by their ranks."""
    return {hit.rank: hit.paper.id for hit in listing.results.hits}
