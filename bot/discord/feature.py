"""What a group of commands, presses, menus and forms has to work with, and what it offers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from discord.ui import LayoutView

from bot.discord.surface import Answer, Interaction, Surface
from bot.messages import Messages
from bot.reading_lists import ReadingLists
from bot.waiting import while_awaited
from corpus.library import Library

Doing = Mapping[tuple[str, int], Callable[..., Awaitable[None]]]
"""What does a press: by its verb and how many numbers it has, which it is called with."""


class Feature:
    """`presses`, `choices` and `forms` say what is done for which custom_id.

    A choice's function is called with the values chosen too, a form's with what was written.
    """

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self.presses: Doing = {}
        self.choices: Doing = {}
        self.forms: Doing = {}

    def _lists(self) -> tuple[Library, ReadingLists]:
        """The library that answers now, and the lists of its papers."""
        library = self._surface.shelf.library()
        demo = self._surface.shelf.is_demo(library)
        return library, ReadingLists(self._surface.state, demo=demo)

    async def _turn(self, interaction: Interaction, answer: Answer) -> None:
        """Answer a press by changing the message that it stands on."""
        await interaction.response.defer()
        await self._surface.respond(interaction, answer, in_place=True)


def in_thread(work: Callable[[Messages], LayoutView]) -> Answer:
    """The answer that `work` gives, which the event loop does not wait for."""

    async def answer(say: Messages) -> LayoutView:
        return await while_awaited(work, say)

    return answer
