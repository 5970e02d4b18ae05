"""Papers as files: which formats there are for what, and the file."""

from __future__ import annotations

from collections.abc import Callable

from discord.ui import LayoutView

from bot.answer import ask
from bot.discord import export_layout
from bot.discord.feature import Feature, in_thread
from bot.discord.lists import Lists
from bot.discord.reader import reader_of
from bot.discord.seen import question_of
from bot.discord.surface import Interaction, Surface
from bot.messages import Messages
from bot.reading_lists import Reader
from corpus.paper import Paper


class Exporting(Feature):
    """All that was found, a page of it, or one paper."""

    def __init__(self, surface: Surface, lists: Lists) -> None:
        super().__init__(surface)
        self._marks = lists.marks
        self.presses = {
            ("export", 1): self.formats,
            ("export", 2): self.formats,
            ("files", 2): self.page_formats,
            ("files", 3): self.page_formats,
            ("file", 1): self.paper_formats,
        }

    async def formats(self, interaction: Interaction, *numbers: int) -> None:
        """Offer the formats for a list."""
        await self._offer(interaction, lambda say: export_layout.formats(numbers, say))

    async def page_formats(self, interaction: Interaction, page: int, *numbers: int) -> None:
        """Offer the formats for a list and for a page of it."""
        await self._offer(interaction, lambda say: export_layout.formats(numbers, say, page))

    async def paper_formats(self, interaction: Interaction, paper: int) -> None:
        """Offer the formats for one paper."""
        await self._offer(interaction, lambda say: export_layout.paper_formats(paper, say))

    async def _offer(
        self, interaction: Interaction, offered: Callable[[Messages], LayoutView]
    ) -> None:
        async def answer(say: Messages) -> LayoutView:
            return offered(say)

        await self._surface.follow(interaction, answer, private=True)

    async def exported(
        self, interaction: Interaction, part: str, numbers: tuple[int, ...], format: str
    ) -> None:
        """Give the papers of a list, of its page or one alone as a file, in private."""
        whose = reader_of(interaction)

        def file(say: Messages) -> LayoutView:
            library = self._surface.shelf.library()
            found = self._papers(part, numbers, whose)
            text = "".join(library.export(found, format)).encode()
            return export_layout.exported(text, len(found), format, library.suffix(format), say)

        await self._surface.follow(interaction, in_thread(file), private=True)

    def _papers(self, part: str, numbers: tuple[int, ...], whose: Reader) -> list[Paper]:
        library = self._surface.shelf.library()
        if part == "paper":
            return [library.paper(numbers[0])]
        page, *of = numbers if part == "page" else (1, *numbers)
        question = question_of(self._surface.state, tuple(of))
        _, hidden = self._marks(whose, alone=True)
        listing = ask(library, question, page, hidden=hidden)
        hits = listing.hits if part == "page" else listing.results.hits
        return [hit.paper for hit in hits]
