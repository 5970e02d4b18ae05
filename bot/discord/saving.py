"""Saving a paper on Discord: into which lists, with what note, and whether it has been read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from discord.ui import LayoutView

from bot.declined import Declined
from bot.discord import list_layout
from bot.discord.asking import Field, form
from bot.discord.feature import Feature, in_thread
from bot.discord.list_layout import Card
from bot.discord.presses import Press
from bot.discord.reader import reader_of
from bot.discord.surface import Interaction, Surface
from bot.list_page import meant
from bot.messages import Messages, messages
from bot.reading_lists import (
    LONGEST_NAME,
    LONGEST_NOTE,
    Item,
    Reader,
    ReadingList,
    ReadingLists,
    tags_in,
)
from corpus.library import Library

_LONGEST_TAGS = 200


class Saving(Feature):
    """What somebody keeps of one paper: a card of it, and what changes that."""

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self.presses = {
            ("save", 1): self.saved,
            ("read", 2): self.marked,
            ("note", 2): self.annotating,
        }
        self.choices = {("put", 1): self.put, ("kept", 1): self.kept}
        self.forms = {("note", 2): self.annotated, ("newlist", 1): self.made}

    def _meant(self, lists: ReadingLists, reader: Reader, name: str, say: Messages) -> ReadingList:
        return meant(self._surface.state, lists, reader, name, say("list-default"))

    async def save(
        self, interaction: Interaction, paper: str, name: str, note: str, tags: str
    ) -> None:
        """A paper into a list, with a note and tags."""
        reader = reader_of(interaction)

        def save(say: Messages) -> LayoutView:
            library, lists = self._lists()
            found = library.named(paper)
            chosen = self._meant(lists, reader, name, say)
            lists.save(reader, chosen.id, [found.id], note, tags_in(tags))
            return self._card(library, lists, reader, found.id, say)

        await self._surface.respond(interaction, in_thread(save))

    async def saved(self, interaction: Interaction, paper: int) -> None:
        """Save a paper where its reader saved last, unless it is saved already, and tell them."""
        reader = reader_of(interaction)
        save = in_thread(lambda say: self.keep(reader, paper, say))
        await self._surface.follow(interaction, save, private=True)

    def keep(self, reader: Reader, paper: int, say: Messages) -> LayoutView:
        """Save a paper where its reader saved last, unless it is saved already: its card."""
        library, lists = self._lists()
        found = library.paper(paper)
        if not lists.holding(reader, found.id):
            lists.save(reader, self._meant(lists, reader, "", say).id, [found.id])
        return self._card(library, lists, reader, found.id, say)

    def _card(
        self, library: Library, lists: ReadingLists, reader: Reader, paper: int, say: Messages
    ) -> LayoutView:
        shown = Card(
            library.paper(paper),
            lists.seen_by(reader),
            lists.holding(reader, paper),
            lists.has_read(reader.person, paper),
        )
        return list_layout.card(shown, say)

    async def _change(
        self,
        interaction: Interaction,
        paper: int,
        change: Callable[[ReadingLists, Reader, Messages], object],
    ) -> None:
        """Change what is kept of a paper, and show the card as it is then."""
        reader = reader_of(interaction)

        def changed(say: Messages) -> LayoutView:
            library, lists = self._lists()
            change(lists, reader, say)
            return self._card(library, lists, reader, paper, say)

        await self._turn(interaction, in_thread(changed))

    async def marked(self, interaction: Interaction, paper: int, read: int) -> None:
        """Note that a paper has been read, or has not."""
        await self._change(
            interaction,
            paper,
            lambda lists, reader, _: lists.mark(reader.person, paper, read=bool(read)),
        )

    async def put(self, interaction: Interaction, values: Sequence[str], paper: int) -> None:
        """Have a paper in the chosen lists alone, or ask for the name of a new one."""
        if "new" in values:
            say = messages(interaction.locale.value)
            name = Field("name", say("list-new-name"), most=LONGEST_NAME, required=True)
            await interaction.response.send_modal(
                form(Press("newlist", (paper,)), say("list-new"), [name])
            )
            return
        wanted = [int(value) for value in values if value.isdecimal()]
        await self._change(
            interaction, paper, lambda lists, reader, _: lists.place(reader, paper, wanted)
        )

    async def made(self, interaction: Interaction, written: dict[str, str], paper: int) -> None:
        """Make a list and put the paper into it."""

        def make(lists: ReadingLists, reader: Reader, say: Messages) -> None:
            found = self._meant(lists, reader, written.get("name", "").strip(), say)
            lists.save(reader, found.id, [paper])

        await self._change(interaction, paper, make)

    async def annotating(self, interaction: Interaction, id: int, paper: int) -> None:
        """Ask for the note and tags of a paper in a list."""
        reader = reader_of(interaction)
        say = messages(interaction.locale.value)

        def item() -> Item | None:
            try:
                items = self._lists()[1].items(reader, id)
            except Declined:
                return None
            return next((one for one in items if one.paper == paper), None)

        found = await asyncio.to_thread(item)
        note, tags = (found.note, " ".join(found.tags)) if found else ("", "")
        fields = [
            Field("note", say("list-note"), note, LONGEST_NOTE, long=True),
            Field("tags", say("list-tags"), tags[:_LONGEST_TAGS], _LONGEST_TAGS),
        ]
        await interaction.response.send_modal(
            form(Press("note", (id, paper)), say("list-note-title"), fields)
        )

    async def annotated(
        self, interaction: Interaction, written: dict[str, str], id: int, paper: int
    ) -> None:
        """Write a note and tags."""
        await self._change(
            interaction,
            paper,
            lambda lists, reader, _: lists.annotate(
                reader, id, paper, written.get("note", ""), tags_in(written.get("tags", ""))
            ),
        )

    async def kept(self, interaction: Interaction, values: Sequence[str], id: int) -> None:
        """Show what is kept of a paper chosen from a list."""
        reader = reader_of(interaction)

        def shown(say: Messages) -> LayoutView:
            library, lists = self._lists()
            lists.one(reader, id)
            return self._card(library, lists, reader, int(values[0]), say)

        await self._surface.follow(interaction, in_thread(shown), private=True)
