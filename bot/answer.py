"""From a question to what is to be shown, knowing no surface."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.library import Library
from corpus.paper import Filters, Hit, Query, Results

PAGE = 5
"""How many papers a page of a list shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody asked: papers like `text`, or like the library's paper `like`.

    `reader` is `zh` or `en`, the language its replies are in.
    """

    text: str = ""
    like: int | None = None
    top: int = 20
    reader: str = ""
    filters: Filters = field(default_factory=Filters)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of what a question found. Pages count from 1; there is always one."""

    question: Question
    results: Results
    page: int
    demo: bool

    @property
    def pages(self) -> int:
        """How many pages the list has."""
        return max(1, -(-len(self.results.hits) // PAGE))

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The hits of this page."""
        return self.results.hits[(self.page - 1) * PAGE : self.page * PAGE]


def ask(
    library: Library, question: Question, page: int | None = None, *, demo: bool = False
) -> Listing:
    """The answer to `question`, at `page` or the last there is; without a page, whole.

    Only what the page shows is made ready. Raises `corpus.errors.PaperNotFound` where the question
    names a paper that is not here.
    """
    results = library.find(_query(question, page))
    listing = Listing(question=question, results=results, page=max(page or 1, 1), demo=demo)
    if listing.page <= listing.pages:
        return listing
    # The list has become shorter since somebody was shown the way to this page.
    return ask(library, question, listing.pages, demo=demo)


def _query(question: Question, page: int | None) -> Query:
    first = (max(page or 1, 1) - 1) * PAGE
    return Query(
        text=question.text,
        like=question.like,
        top=question.top,
        reader=question.reader,
        shown=None if page is None else range(first, first + PAGE),
        filters=question.filters,
    )
