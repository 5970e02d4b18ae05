"""`/privacy`: what is kept about whoever asks, and its end."""

from __future__ import annotations

import io
import json
from collections import Counter
from typing import TYPE_CHECKING

import discord
from discord import ButtonStyle, app_commands
from discord.ui import ActionRow, Container, LayoutView, TextDisplay

from bot.discord import export_layout, pieces
from bot.discord.feature import Feature, in_thread
from bot.discord.pieces import GREY, message
from bot.discord.presses import Press, PressButton
from bot.discord.reader import reader_of
from bot.discord.surface import Interaction, Surface
from bot.discord.wording import anywhere, said
from bot.messages import Messages
from bot.privacy import erase_everywhere, kept_everywhere
from bot.words import named_table

if TYPE_CHECKING:
    from bot.discord.client import Similit


class Privacy(Feature):
    """Everything about one person, shown to them alone."""

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self.presses = {("erase", 0): self.erasing, ("erased", 0): self.erased}

    async def show(self, interaction: Interaction) -> None:
        """All that is kept about the person: counted in the message, word for word in a file."""
        person = reader_of(interaction).person

        def show(say: Messages) -> LayoutView:
            places = self._surface.places
            found = kept_everywhere(places, person)
            if not found:
                return pieces.notice(say("privacy-none"))
            counts = Counter[str]()
            for tables in found.values():
                counts.update({table: len(rows) for table, rows in tables.items()})
            lines = [f"{named_table(table, say)} · {count}" for table, count in counts.items()]
            days = self._surface.config.privacy.keep_questions_days
            lines.append(say("privacy-note", days=days))
            shown = found if places.several else next(iter(found.values()))
            text = json.dumps(shown, ensure_ascii=False, indent=2, default=str).encode()
            file = discord.File(io.BytesIO(text), "similit-privacy.json")
            view = export_layout.FileView("\n".join(lines), file, say("privacy-heading"))
            button = PressButton(Press("erase"), say("button-erase"), style=ButtonStyle.danger)
            view.add_item(ActionRow(button))
            return view

        await self._surface.respond(interaction, in_thread(show))

    async def erasing(self, interaction: Interaction) -> None:
        """Ask whether it is all to go."""

        async def sure(say: Messages) -> LayoutView:
            button = PressButton(
                Press("erased"), say("button-erase-sure"), style=ButtonStyle.danger
            )
            text: TextDisplay[LayoutView] = TextDisplay(say("privacy-sure"))
            return message(Container(text, ActionRow(button), accent_colour=GREY))

        await self._surface.follow(interaction, sure, private=True)

    async def erased(self, interaction: Interaction) -> None:
        """Erase all of it."""
        person = reader_of(interaction).person

        def done(say: Messages) -> LayoutView:
            erase_everywhere(self._surface.places, person)
            return pieces.notice(say("privacy-erased"))

        await self._turn(interaction, in_thread(done))


def add_command(tree: app_commands.CommandTree[Similit]) -> None:
    """Put the command into `tree`."""

    @anywhere
    @tree.command(name="privacy", description=said("command-privacy"))
    async def privacy(interaction: discord.Interaction[Similit]) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        await interaction.client.privacy.show(interaction)
