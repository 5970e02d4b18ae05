"""Following up in words on Discord: which list a message means, and what it is answered with."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from discord.ui import LayoutView, TextDisplay

from bot.answer import Listing, Question, ask
from bot.conversation import (
    Cited,
    Conversation,
    Ended,
    Explained,
    Helped,
    Kept,
    Listed,
    Opened,
    Shown,
    Told,
)
from bot.discord import browsing, layout
from bot.discord.escape import escape
from bot.discord.lists import Lists
from bot.discord.saving import Saving
from bot.messages import Messages
from bot.reading_lists import Reader
from bot.shelf import Shelf
from bot.state import Seen, State

_MENU = re.compile(r"similit-menu:(\d+)((?::\d+){1,2})")
_LABEL = re.compile(r"\d+")

Behind = Callable[[tuple[int, ...]], Question | None]
"""Gives the question behind a list from what the list stands for; None where it is gone."""


class Talk:
    """What people say to the bot in their own words. Safe to use from any thread."""

    def __init__(
        self,
        shelf: Shelf,
        state: State,
        top: int,
        behind: Behind,
        lists: Lists,
        saving: Saving,
    ) -> None:
        self._shelf = shelf
        self._state = state
        self._top = top
        self._behind = behind
        self._lists = lists
        self._saving = saving

    def reply(
        self,
        text: str,
        say: Messages,
        place: int,
        whose: Reader,
        pointed_at: Seen | None = None,
        *,
        alone: bool = False,
    ) -> LayoutView:
        """What `text` is answered with in the channel `place`; `alone`, only the person sees it.

        It follows up on the list `pointed_at`, or else on the last that the person was shown there.
        Raises `corpus.errors.PaperNotFound`, `bot.query_line.BadLine`, `bot.declined.Declined`.
        """
        library = self._shelf.library()
        demo = self._shelf.is_demo(library)
        person = int(whose.person)
        marked, hidden = self._lists.marks(whose, alone=alone)

        def listed(question: Question, page: int) -> Listing:
            return ask(library, question, page, demo=demo, marked=marked, hidden=hidden)

        seen = [pointed_at] if pointed_at else self._state.recalled(str(place), str(person))
        known = [(one, shown) for one in seen if (shown := self._shown(one, say)) is not None]
        blank = Question(top=self._top, reader=say.language)
        conversation = Conversation(library, listed, blank, chinese=say.chinese)
        reply = conversation.reply(text, [shown for _, shown in known])
        if isinstance(reply, Kept):
            card = self._saving.keep(whose, reply.paper, say)
            # What else somebody keeps is not told to a channel.
            return card if alone else layout.notice(say("talk-saved", id=str(reply.paper)))
        if isinstance(reply, Opened):
            numbers = known[-1][0].numbers if known else ()
            rows = browsing.rows(self._shelf, reply.paper.id, say)
            return layout.paper(reply.paper, say, numbers, rows)
        if not isinstance(reply, Listed):
            return _laid_out(reply, say)
        if reply.back:
            self._state.forget_last(str(place), str(person))
        number = self._number(reply.listing, known)
        view = layout.listing(reply.listing, say, asker=person, number=number)
        self.remember(place, person, view)
        return _noted(view, say(reply.remark)) if reply.remark else view

    def latest(self, question: Question, place: int, person: int) -> Question:
        """`question` with all that the person said of its papers in lists that came after it."""
        for seen in self._state.recalled(str(place), str(person))[-1:]:
            last = self._behind(seen.numbers)
            if last and dataclasses.replace(last, liked=(), disliked=()) == dataclasses.replace(
                question, liked=(), disliked=()
            ):
                return last
        return question

    def remember(self, place: int, person: int, view: Any) -> None:
        """Keep in mind that a person was shown this in a channel, where it is a list."""
        if seen := seen_in(view.to_components()):
            self._state.remember(str(place), str(person), seen)

    def _shown(self, seen: Seen, say: Messages) -> Shown | None:
        question = self._behind(seen.numbers)
        if question is None:
            return None
        return Shown(dataclasses.replace(question, reader=say.language), seen.page, seen.papers)

    def _number(self, listing: Listing, known: Iterable[tuple[Seen, Shown]]) -> int:
        """The number that the question of a list is stored under; 0 where it need not be."""
        if listing.neighbours:
            return 0
        for seen, shown in known:
            if shown.question == listing.question and len(seen.numbers) == 1:
                return seen.numbers[0]
        return self._state.keep(listing.question)


def seen_in(components: Iterable[Mapping[str, Any]]) -> Seen | None:
    """The page of a list that a message of these components shows, None where it shows none."""
    for one in _nested(components):
        if found := _MENU.fullmatch(str(one.get("custom_id", ""))):
            numbers = tuple(map(int, found[2].split(":")[1:]))
            papers = {
                int(rank[0]): int(option["value"])
                for option in one.get("options", ())
                if (rank := _LABEL.match(option["label"])) and option["value"].isdecimal()
            }
            return Seen(numbers, int(found[1]), papers)
    return None


def _nested(components: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for one in components:
        yield one
        yield from _nested(one.get("components") or ())


def _laid_out(
    reply: Cited | Explained | Helped | Told | Ended,
    say: Messages,
) -> LayoutView:
    match reply:
        case Cited(paper, style, reference):
            return layout.citation(paper, {style: reference}, say)
        case Explained(hit):
            return layout.why(hit, say)
        case Helped():
            return layout.notice(say("talk-help"))
        case Told(message, values):
            return layout.notice(say(message, **values))
        case Ended():
            return layout.notice(say("chat-bye"))


def _noted(view: LayoutView, note: str) -> LayoutView:
    """`view` below a line of small print."""
    noted = LayoutView(timeout=None)
    noted.add_item(TextDisplay(f"-# {escape(note)}"))
    for part in view.children:
        noted.add_item(part)
    return noted
