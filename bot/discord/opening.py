"""One paper on Discord: the whole of it, how to cite it, and why it was found."""

from __future__ import annotations

from discord.app_commands import Choice
from discord.ui import LayoutView

from bot.answer import explained
from bot.discord import browsing, paper_layout
from bot.discord.escape import clean
from bot.discord.feature import Feature, in_thread
from bot.discord.pieces import notice
from bot.discord.seen import question_of
from bot.discord.surface import Interaction, Surface
from bot.messages import Messages, messages
from bot.words import called
from corpus.paper import Paper
from corpus.writers.citation import STYLES, reference

_CHOICES, _CHOICE = 25, 90


class Opening(Feature):
    """What is shown of one paper."""

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self.presses = {
            ("open", 1): self.shown,
            ("open", 2): self.shown,
            ("open", 3): self.shown,
            ("why", 2): self.why,
            ("why", 3): self.why,
            ("cite", 1): self.cited,
        }

    async def opened(self, interaction: Interaction, text: str) -> None:
        """Open the paper that `text` names, or the first whose title has it."""
        shelf = self._surface.shelf
        page = in_thread(lambda say: self._page(shelf.library().named(text), say))
        await self._surface.respond(interaction, page)

    async def titles(self, interaction: Interaction, current: str) -> list[Choice[str]]:
        """Papers for what somebody has written of a title so far."""
        say = messages(interaction.locale.value)
        shelf = self._surface.shelf

        def titled() -> list[Paper]:
            return shelf.library().titled(current.strip(), _CHOICES)

        found = await self._surface.looked_up(interaction, titled)
        return [Choice(name=_choice(one, say), value=f"#{one.id}") for one in found or ()]

    async def shown(self, interaction: Interaction, paper: int, *numbers: int) -> None:
        """Open a paper, from the list that `numbers` stand for or from none."""
        shelf = self._surface.shelf
        page = in_thread(lambda say: self._page(shelf.library().paper(paper), say, numbers))
        await self._surface.follow(interaction, page)

    def _page(self, paper: Paper, say: Messages, numbers: tuple[int, ...] = ()) -> LayoutView:
        rows = browsing.rows(self._surface.shelf, paper.id, say)
        return paper_layout.paper(paper, say, numbers, rows)

    async def why(self, interaction: Interaction, paper: int, *numbers: int) -> None:
        """Say what made up the score of a paper in a list."""

        def why(say: Messages) -> LayoutView:
            question = question_of(self._surface.state, numbers)
            hit = explained(self._surface.shelf.library(), question, paper)
            return paper_layout.why(hit, say) if hit else notice(say("why-gone", id=str(paper)))

        await self._surface.follow(interaction, in_thread(why), private=True)

    async def cited(self, interaction: Interaction, paper: int) -> None:
        """Give the references to a paper, to copy."""

        def cite(say: Messages) -> LayoutView:
            found = self._surface.shelf.library().paper(paper)
            references = {style: reference(found, style) for style in STYLES}
            return paper_layout.citation(found, references, say)

        await self._surface.follow(interaction, in_thread(cite), private=True)


def _choice(paper: Paper, say: Messages) -> str:
    name = clean(called(paper, say, _CHOICE)).strip() or f"#{paper.id}"
    year = f" ({paper.year})" if paper.year else ""
    return name + year
