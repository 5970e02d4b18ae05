"""`/add` and `/undo`: papers in, from chat, by those who may; nothing is kept unseen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import discord
from discord import app_commands
from discord.ui import LayoutView

from bot import about, sources
from bot.declined import Declined
from bot.discord import curating_layout as layout
from bot.discord.access import Rank
from bot.discord.curating_layout import CurateButton
from bot.discord.pieces import notice
from bot.discord.surface import Interaction, Surface
from bot.discord.wording import anywhere, said
from bot.messages import Messages
from bot.pending import FOLDER, Pending, Waiting
from bot.shelf import Shelf
from corpus.errors import SourceUnavailable
from corpus.library import ImportReport, Library
from corpus.reading import contents

if TYPE_CHECKING:
    from bot.discord.client import Similit

_T = TypeVar("_T")
ITEMS = (CurateButton,)
LARGEST = 24 << 20
"""How many bytes a file may have that is added."""
_TITLES = 5
_LONGEST_REFERENCE = 4000
_SECONDS = 2.0  # between two words on how far it is


class Curating:
    """What is done for those who look after the papers."""

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._one = asyncio.Lock()

    async def added(
        self, interaction: Interaction, reference: str, file: discord.Attachment | None
    ) -> None:
        """Show what adding the file, or the papers that a reference names, would do."""

        async def answer(say: Messages) -> LayoutView:
            await self._must_be(interaction, Rank.CURATOR)
            shelf = self._surface.shelf
            waiting, missing = await self._waiting(interaction, shelf, reference, file)
            telling = _Telling(interaction, say)
            return await self._dry_run(shelf, waiting, missing, telling, say)

        await self._surface.respond(interaction, answer, in_place=True)

    async def last(self, interaction: Interaction) -> None:
        """Show the last import, which can be taken back."""

        async def answer(say: Messages) -> LayoutView:
            await self._must_be(interaction, Rank.CURATOR)
            return await asyncio.to_thread(_last, self._surface.shelf, say)

        await self._surface.respond(interaction, answer, in_place=True)

    async def pressed(self, interaction: Interaction, what: str, number: int) -> None:
        """Keep or drop what waits, or take an import back, in the message that was pressed on."""
        await interaction.response.defer()

        async def answer(say: Messages) -> LayoutView:
            rank = await self._must_be(interaction, Rank.CURATOR)
            shelf = self._surface.shelf
            if what == "undo":
                async with self._one:
                    return await asyncio.to_thread(_undo, shelf, number, rank, say)
            pending = Pending(self._surface.state, shelf.path)
            path = await asyncio.to_thread(pending.file, number)
            if path is None:
                raise Declined("curate-gone")
            if what == "keep":
                view = await self._keep(shelf, path, _Telling(interaction, say), say)
            else:
                view = notice(say("curate-dropped"))
            await asyncio.to_thread(pending.drop, number)
            return view

        await self._surface.respond(interaction, answer, in_place=True)

    async def _must_be(self, interaction: Interaction, least: Rank) -> Rank:
        counts = self._surface.places.is_here
        rank = await self._surface.access.rank(interaction.user, interaction.guild, counts)
        if rank < least:
            raise Declined("curate-not-allowed")
        return rank

    async def _waiting(
        self,
        interaction: Interaction,
        shelf: Shelf,
        reference: str,
        file: discord.Attachment | None,
    ) -> tuple[Waiting, list[str]]:
        """The file that is to be added, and the identifiers that nobody knows."""
        pending = Pending(self._surface.state, shelf.path)
        person = interaction.user.id
        if file is not None:
            if file.size > LARGEST:
                raise Declined("file-too-large", limit=LARGEST)
            data = await file.read()
            return await asyncio.to_thread(pending.keep, person, file.filename, data), []
        wanted = sources.wanted(reference)
        if wanted is None:
            raise Declined("curate-no-reference" if reference.strip() else "curate-nothing")

        def looked_up() -> tuple[Waiting, list[str]]:
            library, reached = shelf.own(), sources.access(self._surface.config, wanted.source)
            papers, missing = library.look_up(wanted.source, wanted.ids, access=reached)
            if not papers:
                raise Declined("curate-unknown", ids=", ".join(missing or wanted.ids))
            data = "".join(library.export(papers, "jsonl")).encode()
            return pending.keep(person, f"{wanted.source}.jsonl", data), missing

        try:
            return await asyncio.to_thread(looked_up)
        except SourceUnavailable as error:
            raise Declined("curate-unavailable", reason=str(error)) from error

    async def _dry_run(
        self, shelf: Shelf, waiting: Waiting, missing: list[str], telling: _Telling, say: Messages
    ) -> LayoutView:
        def run() -> tuple[ImportReport, list[str]]:
            report = shelf.own().add([waiting.path], telling, dry_run=True)
            papers = contents(waiting.path, _TITLES, 0).papers if report.added else []
            return _plain(report), [one.title or one.abstract for one in papers]

        async with self._one:
            report, titles = await telling.through(run)
        if report.added > _TITLES:
            titles.append("…")
        return layout.preview(report, titles, missing, waiting.number, say)

    async def _keep(self, shelf: Shelf, path: Path, telling: _Telling, say: Messages) -> LayoutView:
        def run() -> LayoutView:
            library = shelf.own()
            before = library.state()
            report = library.add([path], telling)
            changed = library.state() != before
            return layout.added(_plain(report), library.last_import() if changed else None, say)

        async with self._one:
            return await telling.through(run)


class _Telling:
    """Edits the answer to say how far an import is; called in its thread."""

    def __init__(self, interaction: Interaction, say: Messages) -> None:
        self._interaction = interaction
        self._say = say
        self._loop = asyncio.get_running_loop()
        self._told = time.monotonic()
        self._edits: list[Future[Any]] = []

    def __call__(self, doing: str, _file: Path | None, done: int) -> None:
        now = time.monotonic()
        if now - self._told < _SECONDS:
            return
        self._told = now
        view = layout.progress(doing, done, self._say)
        edit: Awaitable[Any] = self._interaction.edit_original_response(view=view)
        self._edits.append(asyncio.run_coroutine_threadsafe(_quietly(edit), self._loop))

    async def through(self, run: Callable[[], _T]) -> _T:
        """What `run` gives in a thread, when everything has been told."""
        done = await asyncio.to_thread(run)
        for edit in self._edits:
            await asyncio.wrap_future(edit)
        return done


async def _quietly(edit: Awaitable[Any]) -> None:
    try:
        await edit
    except discord.HTTPException:
        return  # a word on how far it is may be missed; the end is told, or fails aloud


def _last(shelf: Shelf, say: Messages) -> LayoutView:
    library = shelf.library()
    last = None if shelf.is_demo(library) else library.last_import()
    if last is None:
        raise Declined("undo-nothing")
    return layout.last(last, about.imported(last, say), say)


def _undo(shelf: Shelf, number: int, rank: Rank, say: Messages) -> LayoutView:
    library: Library = shelf.own()
    last = library.last_import()
    if last is None:
        raise Declined("undo-nothing")
    if last.id != number:
        raise Declined("curate-not-last")
    from_chat = all(FOLDER in Path(source).parts for source in last.sources)
    if rank < Rank.ADMIN and not from_chat:
        raise Declined("curate-not-yours")
    undone = library.undo()
    if undone is None:
        raise Declined("undo-nothing")
    return layout.undone(undone, library.state().papers, say)


def _plain(report: ImportReport) -> ImportReport:
    """The report without where on this machine the file lies."""
    report.failed = {file: why.replace(str(file), file.name) for file, why in report.failed.items()}
    return report


def add_commands(tree: app_commands.CommandTree[Similit]) -> None:
    """Put `/add` and `/undo` into `tree`."""

    @anywhere
    @tree.command(name="add", description=said("command-add"))
    @app_commands.describe(reference=said("option-reference"), file=said("option-add-file"))
    async def add(
        interaction: discord.Interaction[Similit],
        reference: app_commands.Range[str, 1, _LONGEST_REFERENCE] = "",
        file: discord.Attachment | None = None,
    ) -> None:
        await interaction.response.defer(thinking=True)
        await interaction.client.curating.added(interaction, reference, file)

    @anywhere
    @tree.command(name="undo", description=said("command-undo"))
    async def undo(interaction: discord.Interaction[Similit]) -> None:
        await interaction.response.defer(thinking=True)
        await interaction.client.curating.last(interaction)
