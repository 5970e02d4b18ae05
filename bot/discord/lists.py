"""Reading lists on Discord: what their commands, presses, menus and forms do."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from discord.app_commands import Choice
from discord.ui import LayoutView

from bot.declined import Declined
from bot.discord import export_layout, list_layout, pieces
from bot.discord.escape import clean
from bot.discord.feature import Feature, in_thread
from bot.discord.reader import is_alone, reader_of
from bot.discord.surface import Interaction, Surface
from bot.list_page import list_page, marks, papers_of
from bot.messages import Messages
from bot.preferences import HIDE_SAVED, prefer, preference
from bot.reading_lists import (
    Reader,
    ReadingLists,
)
from corpus.text.width import clip

_CHOICES, _CHOICE = 25, 90
_LONGEST_TAGS = 200


class Lists(Feature):
    """Lists, their papers, and what somebody has read."""

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self.presses = {
            ("list", 2): self.turned,
            ("hide", 1): self.hid,
            ("drop", 1): self.dropping,
            ("dropped", 1): self.dropped,
            ("listexport", 1): self.formats,
        }
        self.choices = {
            ("lists", 0): self.chosen,
            ("listexport", 1): self.chosen_format,
        }

    # What the client asks

    def marks(self, reader: Reader, *, alone: bool) -> tuple[frozenset[int], tuple[int, ...]]:
        """The papers to mark in what somebody finds, and those to leave out of it."""
        _, lists = self._lists()
        return marks(self._surface.state, lists, reader, alone=alone)

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
            return pieces.notice(say(message, id=str(found.id), name=clean(one.name)))

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
                return pieces.notice(say("list-unshared", name=clean(found.name)))
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
        return export_layout.exported(text, len(papers), format, library.suffix(format), say)

    async def names(self, interaction: Interaction, current: str) -> list[Choice[str]]:
        """Lists for what somebody has written of a name so far."""
        reader = reader_of(interaction)
        found = await asyncio.to_thread(lambda: self._lists()[1].seen_by(reader))
        part = current.strip().casefold()
        names = dict.fromkeys(clean(one.name) for one in found if part in one.name.casefold())
        return [Choice(name=clip(name, _CHOICE), value=name) for name in names][:_CHOICES]

    # Presses

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
            return pieces.notice(say("list-deleted", name=clean(found.name)))

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
