"""`/browse`: a library's subjects, keywords, journals and years, and the papers of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.app_commands import Choice
from discord.ui import ActionRow, LayoutView

from bot import browse
from bot.discord import browsing_layout as layout
from bot.discord.browsing_presses import TopicMenu, Turn, TurnButton
from bot.discord.escape import clean
from bot.discord.feature import in_thread
from bot.discord.surface import Interaction, Surface
from bot.discord.wording import anywhere, said
from bot.messages import Messages
from bot.shelf import Shelf
from corpus.paper import TOPICS, Topic
from corpus.text.width import clip

if TYPE_CHECKING:
    from bot.discord.client import Similit

ITEMS = (TurnButton, TopicMenu)
_CHOICES, _CHOICE = 25, 80
_BY = {
    "subject": "browse-by-subject",
    "keyword": "browse-by-keyword",
    "journal": "browse-by-journal",
    "year": "browse-by-year",
}


class Browsing:
    """What is done where somebody browses."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface

    async def asked(self, interaction: Interaction, kind: str, name: str) -> None:
        """Show the topics of a kind, or the papers of the one that `name` is."""
        asker = interaction.user.id

        def found(say: Messages) -> LayoutView:
            library = self._surface.shelf.library()
            return layout.browsed(browse.browsed(library, kind, name), say, asker)

        await self._surface.respond(interaction, in_thread(found))

    async def turned(self, interaction: Interaction, turn: Turn) -> None:
        """Show another page; on a paper, where nobody's list stands, in a new message."""

        def found(say: Messages) -> LayoutView:
            library, asker = self._surface.shelf.library(), interaction.user.id
            if turn.what == "papers":
                topic = browse.numbered(library, turn.number)
                return layout.papers(browse.papers(library, topic, turn.page), say, asker)
            kind = TOPICS[turn.number % len(TOPICS)]
            return layout.topics(browse.topics(library, kind, turn.page), say, asker)

        if turn.asker:
            await self._surface.turn(interaction, turn.asker, in_thread(found))
        else:
            await self._surface.follow(interaction, in_thread(found))

    async def suggested(self, interaction: Interaction, kind: str, said: str) -> list[Choice[str]]:
        """Topics for what somebody has written of a name so far."""

        def found() -> list[Topic]:
            library = self._surface.shelf.library()
            kinds = [kind] if kind else TOPICS
            pages = (browse.topics(library, one, part=said, size=_CHOICES) for one in kinds)
            return sorted((one for page in pages for one in page.topics), key=lambda t: -t.papers)

        topics = await self._surface.looked_up(interaction, found)
        return [
            Choice(name=f"{clip(clean(one.name), _CHOICE)} · {one.papers:,}", value=f"#{one.id}")
            for one in topics or ()
        ][:_CHOICES]


def rows(shelf: Shelf, paper: int, say: Messages) -> list[ActionRow[Any]]:
    """What stands under an opened paper: the way on to others of its subjects and the like."""
    return layout.on(shelf.library().browsing.of(paper), say)


def add_command(tree: app_commands.CommandTree[Similit]) -> None:
    """Put `/browse` into `tree`."""

    @anywhere
    @tree.command(name="browse", description=said("command-browse"))
    @app_commands.describe(
        by=said("option-browse-by"), name=said("option-browse-name"), private=said("option-private")
    )
    @app_commands.choices(by=[Choice(name=said(name), value=kind) for kind, name in _BY.items()])
    async def command(
        interaction: discord.Interaction[Similit],
        by: str = "",
        name: str = "",
        private: bool = False,
    ) -> None:
        await interaction.response.defer(ephemeral=private, thinking=True)
        await interaction.client.browsing.asked(interaction, by, name)

    @command.autocomplete("name")
    async def _names(interaction: discord.Interaction[Similit], current: str) -> list[Choice[str]]:
        kind = _chosen(interaction)
        return await interaction.client.browsing.suggested(interaction, kind, current)


def _chosen(interaction: Interaction) -> str:
    """The kind that somebody chose before writing a name, "" where they did not."""
    kind = getattr(interaction.namespace, "by", None)
    return kind if kind in TOPICS else ""
