"""Lists of papers on Discord: what is asked for, and what is done with a whole list."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import Callable

import discord
from discord.ui import LayoutView

from bot.answer import Question, ask, leaning
from bot.discord import layout, searching
from bot.discord.attachments import text_of
from bot.discord.feature import Feature, in_thread
from bot.discord.lists import Lists
from bot.discord.pieces import notice
from bot.discord.reader import is_alone, reader_of
from bot.discord.seen import QuestionGone, latest, question_of
from bot.discord.surface import Answer, Interaction, Surface
from bot.messages import Messages, messages
from bot.query_line import asked
from bot.reading_lists import Reader
from bot.waiting import while_awaited
from corpus.paper import Filters

Make = Callable[[], Question]


class Finding(Feature):
    """What is similar to a text or a paper, page by page, narrowed down and moved."""

    def __init__(self, surface: Surface, lists: Lists) -> None:
        super().__init__(surface)
        self._marks = lists.marks
        self.presses = {
            ("similar", 1): self.neighbours,
            ("near", 4): self.neighbours_turned,
            ("page", 3): self.turned,
            ("refine", 1): self.refining,
            ("refine", 2): self.refining,
            ("like", 2): self.liked,
            ("like", 3): self.liked,
            ("unlike", 2): self.disliked,
            ("unlike", 3): self.disliked,
        }

    # Commands

    async def asked(self, interaction: Interaction, text: str, count: int | None) -> None:
        """Answer a text, the interaction being deferred."""
        blank = self._blank(count)
        await self._surface.respond(interaction, self._new(interaction, lambda: asked(blank, text)))

    async def searched(
        self, interaction: Interaction, text: str, filters: Filters, sort: str, count: int | None
    ) -> None:
        """Answer a search by fields, the interaction being deferred."""
        top = self._blank(count).top
        answer = self._new(interaction, lambda: searching.searched(text, filters, sort, top))
        await self._surface.respond(interaction, answer)

    async def asked_with(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer what somebody else wrote."""

        async def answer(say: Messages) -> LayoutView:
            text = await text_of(message, message.content, self._surface.shelf)
            question = dataclasses.replace(self._blank(), text=text)
            return await while_awaited(self._list, question, reader_of(interaction), say)

        await self._surface.respond(interaction, answer)

    # Presses

    async def neighbours(self, interaction: Interaction, paper: int) -> None:
        """List what is similar to a paper."""
        question = dataclasses.replace(self._blank(), like=paper)
        await self._surface.follow(interaction, self._new(interaction, lambda: question))

    async def neighbours_turned(
        self, interaction: Interaction, paper: int, top: int, page: int, asker: int
    ) -> None:
        """Show another page of what is similar to a paper."""
        await self._page(interaction, lambda: Question(like=paper, top=top), 0, page, asker)

    async def turned(self, interaction: Interaction, number: int, page: int, asker: int) -> None:
        """Show another page of what a stored question found."""

        def stored() -> Question:
            return question_of(self._surface.state, (number,))

        await self._page(interaction, stored, number, page, asker)

    async def _page(
        self, interaction: Interaction, make: Make, number: int, page: int, asker: int
    ) -> None:
        whose = reader_of(interaction)
        alone = interaction.user.id != asker or is_alone(interaction)
        answer = in_thread(lambda say: self._list(make(), whose, say, page, number, alone=alone))
        await self._surface.turn(interaction, asker, answer)

    async def liked(self, interaction: Interaction, paper: int, *numbers: int) -> None:
        """Move a list towards one of its papers."""
        await self._lean(interaction, numbers, liked=(f"#{paper}",))

    async def disliked(self, interaction: Interaction, paper: int, *numbers: int) -> None:
        """Move a list away from one of its papers."""
        await self._lean(interaction, numbers, disliked=(f"#{paper}",))

    async def _lean(
        self,
        interaction: Interaction,
        numbers: tuple[int, ...],
        *,
        liked: tuple[str, ...] = (),
        disliked: tuple[str, ...] = (),
    ) -> None:
        place, person = interaction.channel_id or 0, interaction.user.id
        state = self._surface.state

        def moved() -> Question:
            question = question_of(state, numbers)
            return leaning(latest(state, question, place, person), liked, disliked)

        await self._surface.follow(interaction, self._new(interaction, moved))

    async def refining(self, interaction: Interaction, *numbers: int) -> None:
        """Show the form that narrows a list down."""
        say = messages(interaction.locale.value)
        try:
            question = await asyncio.to_thread(question_of, self._surface.state, numbers)
        except QuestionGone as error:
            refused = notice(self._surface.explained(error, say))
            await interaction.response.send_message(view=refused, ephemeral=True)
            return
        await interaction.response.send_modal(searching.RefineForm(question, numbers, say))

    async def refined(self, interaction: Interaction, numbers: tuple[int, ...]) -> None:
        """Answer the form that narrows a list down, whenever it was opened."""

        def narrowed() -> Question:
            return searching.handed_in(question_of(self._surface.state, numbers), interaction)

        await self._surface.follow(interaction, self._new(interaction, narrowed))

    # Answers

    def _blank(self, count: int | None = None) -> Question:
        return Question(top=count or self._surface.config.reply.count)

    def _new(self, interaction: Interaction, make: Make) -> Answer:
        """The answer that lists what the question of `make` finds."""
        whose, alone = reader_of(interaction), is_alone(interaction)
        return in_thread(lambda say: self._list(make(), whose, say, alone=alone))

    def _list(
        self,
        question: Question,
        whose: Reader,
        say: Messages,
        page: int = 1,
        number: int = 0,
        *,
        alone: bool = False,
    ) -> LayoutView:
        """A page of what a question finds; `number` is what it is kept under, 0 where it is not."""
        if not question:
            return notice(say("empty-question"))
        question = dataclasses.replace(question, reader=say.language)
        library = self._surface.shelf.library()
        demo = self._surface.shelf.is_demo(library)
        marked, hidden = self._marks(whose, alone=alone)
        listing = ask(library, question, page, demo=demo, marked=marked, hidden=hidden)
        if not number and not listing.neighbours:
            number = self._surface.state.keep(question)
        return layout.listing(listing, say, asker=int(whose.person), number=number)
