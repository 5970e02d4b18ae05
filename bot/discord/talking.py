"""Following up in words on Discord: which list a message means, and what it is answered with."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from discord.ui import LayoutView, TextDisplay

from bot.answer import Listing, Question, ask
from bot.conversation import (
    Browsed,
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
from bot.discord import browsing, browsing_layout, layout, paper_layout, pieces
from bot.discord.escape import escape
from bot.discord.lists import Lists
from bot.discord.saving import Saving
from bot.discord.seen import behind, remember
from bot.discord.surface import Surface
from bot.messages import Messages
from bot.reading_lists import Reader
from bot.state import Seen


class Talk:
    """What people say to the bot in their own words. Safe to use from any thread."""

    def __init__(self, surface: Surface, lists: Lists, saving: Saving) -> None:
        self._surface = surface
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
        shelf, state = self._surface.shelf, self._surface.state
        library = shelf.library()
        demo = shelf.is_demo(library)
        person = int(whose.person)
        marked, hidden = self._lists.marks(whose, alone=alone)

        def listed(question: Question, page: int) -> Listing:
            return ask(library, question, page, demo=demo, marked=marked, hidden=hidden)

        seen = [pointed_at] if pointed_at else state.recalled(str(place), str(person))
        known = [(one, shown) for one in seen if (shown := self._shown(one, say)) is not None]
        blank = Question(top=self._surface.config.reply.count, reader=say.language)
        conversation = Conversation(library, listed, blank, chinese=say.chinese)
        reply = conversation.reply(text, [shown for _, shown in known])
        if isinstance(reply, Kept):
            card = self._saving.keep(whose, reply.paper, say)
            # What else somebody keeps is not told to a channel.
            return card if alone else pieces.notice(say("talk-saved", id=str(reply.paper)))
        if isinstance(reply, Opened):
            numbers = known[-1][0].numbers if known else ()
            rows = browsing.rows(shelf, reply.paper.id, say)
            return paper_layout.paper(reply.paper, say, numbers, rows)
        if isinstance(reply, Browsed):
            return browsing_layout.browsed(reply.page, say, person)
        if not isinstance(reply, Listed):
            return _laid_out(reply, say)
        if reply.back:
            state.forget_last(str(place), str(person))
        number = self._number(reply.listing, known)
        view = layout.listing(reply.listing, say, asker=person, number=number)
        remember(state, place, person, view)
        return _noted(view, say(reply.remark)) if reply.remark else view

    def _shown(self, seen: Seen, say: Messages) -> Shown | None:
        question = behind(self._surface.state, seen.numbers)
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
        return self._surface.state.keep(listing.question)


def _laid_out(
    reply: Cited | Explained | Helped | Told | Ended,
    say: Messages,
) -> LayoutView:
    match reply:
        case Cited(paper, style, reference):
            return paper_layout.citation(paper, {style: reference}, say)
        case Explained(hit):
            return paper_layout.why(hit, say)
        case Helped():
            return pieces.notice(say("talk-help"))
        case Told(message, values):
            return pieces.notice(say(message, **values))
        case Ended():
            return pieces.notice(say("chat-bye"))


def _noted(view: LayoutView, note: str) -> LayoutView:
    """`view` below a line of small print."""
    noted = LayoutView(timeout=None)
    noted.add_item(TextDisplay(f"-# {escape(note)}"))
    for part in view.children:
        noted.add_item(part)
    return noted
