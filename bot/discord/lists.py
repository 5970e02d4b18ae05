"""Reading lists on Discord: what their commands, presses, menus and forms do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from discord.app_commands import Choice
from discord.ui import LayoutView

from bot.declined import Declined
from bot.discord import layout, list_layout
from bot.discord.asking import Field, form
from bot.discord.escape import clean
from bot.discord.feature import Feature, Interaction, Surface, in_thread, is_alone, reader_of
from bot.discord.list_layout import Card
from bot.discord.presses import Press
from bot.list_page import list_page, marks, meant, papers_of
from bot.messages import Messages, messages
from bot.preferences import HIDE_SAVED, prefer, preference
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
from corpus.text.width import clip

_CHOICES, _CHOICE = 25, 90
_LONGEST_TAGS = 200


class Lists(Feature):
    """Lists, their papers, and what somebody has read."""

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self.presses = {
            ("save", 1): self.saved,
            ("read", 2): self.marked,
            ("note", 2): self.annotating,
            ("list", 2): self.turned,
            ("hide", 1): self.hid,
            ("drop", 1): self.dropping,
            ("dropped", 1): self.dropped,
            ("listexport", 1): self.formats,
        }
        self.choices = {
            ("put", 1): self.put,
            ("lists", 0): self.chosen,
            ("kept", 1): self.kept,
            ("listexport", 1): self.chosen_format,
        }
        self.forms = {("note", 2): self.annotated, ("newlist", 1): self.made}

    # What the client asks

    def marks(self, reader: Reader, *, alone: bool) -> tuple[frozenset[int], tuple[int, ...]]:
        """The papers to mark in what somebody finds, and those to leave out of it."""
        _, lists = self._lists()
        return marks(self._surface.state, lists, reader, alone=alone)

    def _lists(self) -> tuple[Library, ReadingLists]:
        library = self._surface.shelf.library()
        demo = self._surface.shelf.is_demo(library)
        return library, ReadingLists(self._surface.state, demo=demo)

    def _meant(self, lists: ReadingLists, reader: Reader, name: str, say: Messages) -> ReadingList:
        return meant(self._surface.state, lists, reader, name, say("list-default"))

    # Commands

    async def show(self, interaction: Interaction, name: str, *, private: bool) -> None:
        """A list, or all there are."""
        reader = reader_of(interaction)
        alone = private or not reader.channel

        def shown(say: Messages) -> LayoutView:
            library, lists = self._lists()
            if not name:
                return self._overview(lists, reader, say, alone=alone)
            found = lists.named(reader, name)
            if not alone and (not found.channel or found.channel != reader.channel):
                raise Declined("list-not-shared", name=found.name)
            return list_layout.listed(
                list_page(library, lists, reader, found.id), reader, say, alone=alone
            )

        await self._surface.respond(interaction, in_thread(shown))

    def _overview(
        self, lists: ReadingLists, reader: Reader, say: Messages, *, alone: bool = True
    ) -> LayoutView:
        hidden = bool(preference(self._surface.state, reader.person, HIDE_SAVED))
        seen = lists.seen_by(reader)
        if not alone:
            seen = [one for one in seen if one.channel == reader.channel]
        return list_layout.overview(seen, reader, say, hidden=hidden)

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

    async def remove(self, interaction: Interaction, name: str, paper: str) -> None:
        """A paper out of a list, or, where none is named, the list itself, once that is sure."""
        reader = reader_of(interaction)

        def remove(say: Messages) -> LayoutView:
            library, lists = self._lists()
            one = lists.named(reader, name)
            if not paper:
                return list_layout.sure(one, say)
            found = library.named(paper)
            done = lists.remove(reader, one.id, found.id)
            message = "list-removed" if done else "list-not-in"
            return layout.notice(say(message, id=str(found.id), name=clean(one.name)))

        await self._surface.respond(interaction, in_thread(remove))

    async def share(self, interaction: Interaction, name: str, *, stop: bool) -> None:
        """A list shown to everybody in the channel, or no longer."""
        reader = reader_of(interaction)

        def share(say: Messages) -> LayoutView:
            library, lists = self._lists()
            if not reader.channel:
                raise Declined("list-share-where")
            found = lists.named(reader, name)
            lists.share(reader, found.id, "" if stop else reader.channel)
            if stop:
                return layout.notice(say("list-unshared", name=clean(found.name)))
            page = list_page(library, lists, reader, found.id)
            return list_layout.listed(page, reader, say, alone=False)

        await self._surface.respond(interaction, in_thread(share))

    async def export(self, interaction: Interaction, name: str, format: str) -> None:
        """The papers of a list as a file."""
        reader = reader_of(interaction)

        def export(say: Messages) -> LayoutView:
            _, lists = self._lists()
            return self._export(reader, lists.named(reader, name).id, format, say)

        await self._surface.respond(interaction, in_thread(export))

    def _export(self, reader: Reader, id: int, format: str, say: Messages) -> LayoutView:
        library, lists = self._lists()
        papers = papers_of(library, lists, reader, id)
        text = "".join(library.export(papers, format)).encode()
        return layout.exported(text, len(papers), format, library.suffix(format), say)

    async def names(self, interaction: Interaction, current: str) -> list[Choice[str]]:
        """Lists for what somebody has written of a name so far."""
        reader = reader_of(interaction)
        found = await asyncio.to_thread(lambda: self._lists()[1].seen_by(reader))
        part = current.strip().casefold()
        names = dict.fromkeys(clean(one.name) for one in found if part in one.name.casefold())
        return [Choice(name=clip(name, _CHOICE), value=name) for name in names][:_CHOICES]

    # Presses

    async def saved(self, interaction: Interaction, paper: int) -> None:
        """Save a paper where its reader saved last, unless it is saved already, and tell them."""
        reader = reader_of(interaction)

        def save(say: Messages) -> LayoutView:
            library, lists = self._lists()
            found = library.paper(paper)
            if not lists.holding(reader, found.id):
                lists.save(reader, self._meant(lists, reader, "", say).id, [found.id])
            return self._card(library, lists, reader, found.id, say)

        await self._surface.follow(interaction, in_thread(save), private=True)

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

    async def chosen(self, interaction: Interaction, values: Sequence[str]) -> None:
        """Show a list chosen from all."""
        await self._page(interaction, int(values[0]), 1)

    async def turned(self, interaction: Interaction, id: int, page: int) -> None:
        """Show another page of a list, as a private copy to whoever turns it."""
        await self._page(interaction, id, page)

    async def _page(self, interaction: Interaction, id: int, page: int) -> None:
        reader = reader_of(interaction)

        def shown(say: Messages) -> LayoutView:
            library, lists = self._lists()
            found = list_page(library, lists, reader, id, page)
            return list_layout.listed(found, reader, say, alone=True)

        if is_alone(interaction):
            await self._turn(interaction, in_thread(shown))
        else:
            await self._surface.follow(interaction, in_thread(shown), private=True)

    async def kept(self, interaction: Interaction, values: Sequence[str], id: int) -> None:
        """Show what is kept of a paper chosen from a list."""
        reader = reader_of(interaction)

        def shown(say: Messages) -> LayoutView:
            library, lists = self._lists()
            lists.one(reader, id)
            return self._card(library, lists, reader, int(values[0]), say)

        await self._surface.follow(interaction, in_thread(shown), private=True)

    async def hid(self, interaction: Interaction, hidden: int) -> None:
        """Leave saved papers out of what the person finds, or no longer."""
        reader = reader_of(interaction)

        def hide(say: Messages) -> LayoutView:
            prefer(self._surface.state, reader.person, HIDE_SAVED, "yes" if hidden else "")
            return self._overview(self._lists()[1], reader, say)

        await self._turn(interaction, in_thread(hide))

    async def dropping(self, interaction: Interaction, id: int) -> None:
        """Ask whether a list is really to be deleted."""
        reader = reader_of(interaction)

        def ask(say: Messages) -> LayoutView:
            found = self._lists()[1].one(reader, id)
            return list_layout.sure(found, say)

        await self._surface.follow(interaction, in_thread(ask), private=True)

    async def dropped(self, interaction: Interaction, id: int) -> None:
        """Delete a list."""
        reader = reader_of(interaction)

        def drop(say: Messages) -> LayoutView:
            found = self._lists()[1].delete(reader, id)
            return layout.notice(say("list-deleted", name=clean(found.name)))

        await self._turn(interaction, in_thread(drop))

    async def formats(self, interaction: Interaction, id: int) -> None:
        """Offer the formats of an export."""
        reader = reader_of(interaction)

        def offer(say: Messages) -> LayoutView:
            return list_layout.formats(self._lists()[1].one(reader, id), say)

        await self._surface.follow(interaction, in_thread(offer), private=True)

    async def chosen_format(self, interaction: Interaction, values: Sequence[str], id: int) -> None:
        """Export a list in the chosen format."""
        reader = reader_of(interaction)
        await self._surface.follow(
            interaction,
            in_thread(lambda say: self._export(reader, id, values[0], say)),
            private=True,
        )
