"""A reading list as it is shown, knowing no surface."""

from __future__ import annotations

from typing import NamedTuple

from bot.preferences import HIDE_SAVED, LAST_LIST, prefer, preference
from bot.reading_lists import Item, ListMissing, NotYours, Reader, ReadingList, ReadingLists
from bot.state import State
from corpus.errors import PaperNotFound
from corpus.library import Library
from corpus.paper import Paper

PAGE = 10
"""How many papers a page of a reading list shows."""


class Entry(NamedTuple):
    """A paper of a list; `paper` is None where it is no longer in the library."""

    item: Item
    paper: Paper | None


class ListPage(NamedTuple):
    """One page of a reading list, and whether the list is the reader's own. Pages count from 1."""

    list: ReadingList
    entries: tuple[Entry, ...]
    page: int
    pages: int
    own: bool


def list_page(
    library: Library, lists: ReadingLists, reader: Reader, id: int, page: int = 1
) -> ListPage:
    """Page `page` of a list, or the last there is. Raises as `ReadingLists.one` does."""
    found = lists.one(reader, id)
    items = lists.items(reader, id)
    pages = max(1, -(-len(items) // PAGE))
    page = min(max(page, 1), pages)
    shown = items[(page - 1) * PAGE : page * PAGE]
    entries = tuple(Entry(item, _paper(library, item.paper)) for item in shown)
    return ListPage(found, entries, page, pages, found.owner == reader.person)


def papers_of(library: Library, lists: ReadingLists, reader: Reader, id: int) -> list[Paper]:
    """The papers of a list that are in the library. Raises as `ReadingLists.one` does."""
    papers = (_paper(library, item.paper) for item in lists.items(reader, id))
    return [paper for paper in papers if paper is not None]


def meant(
    state: State, lists: ReadingLists, reader: Reader, name: str, default: str
) -> ReadingList:
    """The list that a person means: of this name, made where there is none, or, without a name,
    the one they saved into last, or one called `default`.
    """
    found = None
    try:
        if name:
            found = lists.named(reader, name)
        elif last := preference(state, reader.person, LAST_LIST):
            found = lists.one(reader, int(last))
    except (ListMissing, NotYours):  # deleted, or no longer shared here
        found = None
    if found is None:
        found = lists.make(reader, name or default)
    prefer(state, reader.person, LAST_LIST, str(found.id))
    return found


def marks(
    state: State, lists: ReadingLists, reader: Reader, *, alone: bool
) -> tuple[frozenset[int], tuple[int, ...]]:
    """The papers to mark in what somebody finds, and those that they want left out of it."""
    saved = lists.saved(reader, alone=alone)
    if not preference(state, reader.person, HIDE_SAVED):
        return saved, ()
    return saved, tuple(sorted(lists.saved(reader, alone=True)))


def _paper(library: Library, id: int) -> Paper | None:
    try:
        return library.paper(id)
    except PaperNotFound:
        return None
