"""The commands about what a person keeps: reading lists."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from rich.text import Text

from bot.list_page import Entry, list_page, marks, meant, papers_of
from bot.reading_lists import Reader, ReadingList, ReadingLists, tags_in
from bot.shelf import Shelf
from bot.state import STATE, State
from bot.terminal import layout
from bot.terminal.curating import Curating, format_of
from bot.terminal.exits import DONE, NOTHING, SETTINGS, Refused
from corpus.library import Library


def local_reader() -> Reader:
    """Whoever sits at this terminal."""
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        name = ""
    return Reader(f"local:{name}")


@contextmanager
def opened(shelf: Shelf) -> Iterator[State]:
    """What is kept beside the library; it is made where nothing has been. Raises `Refused`."""
    try:
        shelf.path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(f"{shelf.path} cannot be made: {error.strerror}.", SETTINGS) from error
    with closing(State(shelf.path / STATE)) as state:
        yield state


def marked(shelf: Shelf) -> tuple[frozenset[int], tuple[int, ...]]:
    """The papers to mark in what whoever sits here finds, and those to leave out of it."""
    library = shelf.library()
    if not (shelf.path / STATE).is_file():
        return frozenset(), ()
    with opened(shelf) as state:
        lists = ReadingLists(state, demo=shelf.is_demo(library))
        return marks(state, lists, local_reader(), alone=True)


def saved(shelf: Shelf, paper: int, default: str) -> ReadingList:
    """Save a paper in the list that whoever sits here saved into last: which one that is."""
    library = shelf.library()
    with opened(shelf) as state:
        lists = ReadingLists(state, demo=shelf.is_demo(library))
        found = meant(state, lists, local_reader(), "", default)
        lists.save(local_reader(), found.id, [paper])
        return found


def _entry(entry: Entry) -> dict[str, Any]:
    item, paper = entry
    return {
        "id": item.paper,
        "title": (paper.title or None) if paper else None,
        "note": item.note or None,
        "tags": list(item.tags),
        "read": item.read,
        "in_library": paper is not None,
    }


class Keeping(Curating):
    """What a person keeps beside the library."""

    def list(self) -> int:
        """Reading lists."""
        given = self._arguments
        with self._shelf() as shelf, opened(shelf) as state:
            library = shelf.library()
            lists = ReadingLists(state, demo=shelf.is_demo(library))
            match given.what:
                case "show":
                    return self._list_show(library, lists)
                case "save":
                    return self._list_save(library, lists, state)
                case "remove":
                    return self._list_remove(library, lists)
                case "export":
                    return self._list_export(library, lists)
                case _:
                    paper = library.named(" ".join(given.paper))
                    lists.mark(local_reader().person, paper.id, read=not given.undo)
        return DONE

    def _list_show(self, library: Library, lists: ReadingLists) -> int:
        name, reader = " ".join(self._arguments.name), local_reader()
        if not name:
            found = lists.seen_by(reader)
            if self._arguments.json:
                self._json([{"list": one.name, "papers": one.papers} for one in found])
                return DONE
            for one in found:
                papers = self._say("list-papers", count=one.papers)
                self._out.print(Text.assemble((layout.plain(one.name), "bold"), f" · {papers}"))
            if not found:
                self._tell(self._say("lists-none-shell"))
            return DONE
        one = lists.named(reader, name)
        first = list_page(library, lists, reader, one.id)
        entries = list(first.entries)
        for page in range(2, first.pages + 1):
            entries += list_page(library, lists, reader, one.id, page).entries
        if self._arguments.json:
            self._json({"list": one.name, "papers": [_entry(entry) for entry in entries]})
            return DONE
        papers = self._say("list-papers", count=one.papers)
        self._out.print(Text.assemble((layout.plain(one.name), "bold"), f" · {papers}"))
        for place, entry in enumerate(entries, 1):
            self._out.print(layout.entry(place, entry, self._say, self._out.width))
        return DONE

    def _list_save(self, library: Library, lists: ReadingLists, state: State) -> int:
        given, reader = self._arguments, local_reader()
        paper = library.named(" ".join(given.paper))
        found = meant(state, lists, reader, given.list or "", self._say("list-default"))
        tags = tags_in(" ".join(given.tag or ()))
        lists.save(reader, found.id, [paper.id], given.note or "", tags)
        self._tell(self._say("list-saved-in", names=found.name))
        return DONE

    def _list_remove(self, library: Library, lists: ReadingLists) -> int:
        given, reader = self._arguments, local_reader()
        one = lists.named(reader, given.name)
        if not given.paper:
            lists.delete(reader, one.id)
            self._tell(self._say("list-deleted", name=one.name))
            return DONE
        paper = library.named(" ".join(given.paper))
        done = lists.remove(reader, one.id, paper.id)
        message = "list-removed" if done else "list-not-in"
        self._tell(self._say(message, id=str(paper.id), name=one.name))
        return DONE if done else NOTHING

    def _list_export(self, library: Library, lists: ReadingLists) -> int:
        given, reader = self._arguments, local_reader()
        one = lists.named(reader, " ".join(given.name))
        papers = papers_of(library, lists, reader, one.id)
        format = given.format or format_of(given.output)
        self._hand_out(library.export(papers, format))
        return DONE
