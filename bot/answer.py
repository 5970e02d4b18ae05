"""From a question to what is to be shown, knowing no surface."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.library import Library
from corpus.paper import Extract, Filters, Hit, Query, Quotation, Results
from corpus.text.extract import shorten
from corpus.text.sentences import sentences
from corpus.text.width import columns

PAGE = 5
"""How many papers a page of a list shows."""
BESIDE_AN_ANSWER = 200
"""How many columns the extracts of a list have where sentences are quoted above it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody asked: papers like `text`, or like the library's paper `like`.

    It is moved by papers `liked` and `disliked`. Where there is nothing of this, the filters alone
    choose. `reader` is `zh` or `en`, the language its
    replies are in. `sort`, `liked` and `disliked` are as in `corpus.paper.Query`.
    """

    text: str = ""
    like: int | None = None
    top: int = 20
    reader: str = ""
    filters: Filters = field(default_factory=Filters)
    sort: str = "similarity"
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text.strip() or self.like is not None or self.liked or self.filters)


def leaning(question: Question, liked: Iterable[str], disliked: Iterable[str]) -> Question:
    """`question` moved by these papers as well: what is said of a paper last counts."""
    fore, against = tuple(liked), tuple(disliked)
    still_liked = (one for one in question.liked if one not in against)
    still_disliked = (one for one in question.disliked if one not in fore)
    return dataclasses.replace(
        question,
        liked=tuple(dict.fromkeys((*still_liked, *fore))),
        disliked=tuple(dict.fromkeys((*still_disliked, *against))),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of what a question found. Pages count from 1; there is always one."""

    question: Question
    results: Results
    page: int
    demo: bool
    marked: frozenset[int] = frozenset()
    """The papers that whoever asked has saved."""

    @property
    def pages(self) -> int:
        """How many pages the list has."""
        return max(1, -(-len(self.results.hits) // PAGE))

    @property
    def hits(self) -> tuple[Hit, ...]:
        """The hits of this page."""
        return self.results.hits[(self.page - 1) * PAGE : self.page * PAGE]

    @property
    def neighbours(self) -> int:
        """The paper that these are the neighbours of, all and in their order; 0 where they are
        not, so that the question is more than that paper.
        """
        # A paper that was moved by others is liked with them, and no longer the seed.
        plain = not self.question.filters and self.question.sort == "similarity"
        return self.results.seed.id if self.results.seed and plain else 0

    @property
    def answer(self) -> tuple[Quotation, ...]:
        """The sentences quoted above this page, best first: the first page's alone."""
        return self.results.answer if self.page == 1 else ()

    @property
    def quotes_summaries(self) -> bool:
        """Whether some of the sentences quoted are a summary's rather than the paper's own."""
        return any(self.results.hits[one.rank - 1].paper.summary_by for one in self.answer)


def within(shown: Extract, width: int) -> Extract:
    """`shown` in at most `width` columns: whole sentences where they fill half of it."""
    if columns(shown.text) <= width:
        return shorten(shown, width)
    fitting = (
        shown.text[:end].rstrip(" …")
        for _, end in sentences(shown.text)
        if columns(shown.text[:end]) <= width
    )
    kept = max(fitting, key=len, default="")
    if columns(kept) * 2 < width:
        return shorten(shown, width)
    return Extract(kept, tuple(mark for mark in shown.marks if mark[1] <= len(kept)))


def ask(
    library: Library,
    question: Question,
    page: int | None = None,
    *,
    demo: bool = False,
    explain: bool = False,
    marked: frozenset[int] = frozenset(),
    hidden: tuple[int, ...] = (),
) -> Listing:
    """The answer to `question`, at `page` or the last there is; without a page, whole.

    `marked` are papers to mark in it, `hidden` such as are left out. Only what the page shows is
    made ready; where it is to `explain` itself, its hits have their shares. Raises
    `corpus.errors.PaperNotFound` where the question names a paper that is not here.
    """
    query = dataclasses.replace(_query(question, page), explain=explain)
    if hidden:
        query = dataclasses.replace(
            query, filters=dataclasses.replace(query.filters, hidden=hidden)
        )
    listing = Listing(
        question=question,
        results=library.find(query),
        page=max(page or 1, 1),
        demo=demo,
        marked=marked,
    )
    if listing.page <= listing.pages:
        return listing
    # The list has become shorter since somebody was shown the way to this page.
    return ask(
        library,
        question,
        listing.pages,
        demo=demo,
        explain=explain,
        marked=marked,
        hidden=hidden,
    )


def explained(library: Library, question: Question, paper: int) -> Hit | None:
    """The hit that the library's paper `paper` is for `question`, with its shares; None where it
    is none.
    """
    query = dataclasses.replace(_query(question, None), shown=range(0), explain=True)
    return next((hit for hit in library.find(query).hits if hit.paper.id == paper), None)


def _query(question: Question, page: int | None) -> Query:
    first = (max(page or 1, 1) - 1) * PAGE
    return Query(
        text=question.text,
        like=question.like,
        top=question.top,
        reader=question.reader,
        shown=None if page is None else range(first, first + PAGE),
        filters=question.filters,
        sort=question.sort,
        liked=question.liked,
        disliked=question.disliked,
    )
