"""What a group of commands, presses, menus and forms has to work with, and what it offers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import discord
from discord.ui import LayoutView

from bot.config import Config
from bot.discord.placing import Placing
from bot.messages import Messages
from bot.places import Places
from bot.reading_lists import Reader, ReadingLists
from bot.shelf import Shelf
from bot.state import State
from bot.waiting import while_awaited
from corpus.library import Library

Interaction = discord.Interaction[Any]
Answer = Callable[[Messages], Awaitable[LayoutView]]
Doing = Mapping[tuple[str, int], Callable[..., Awaitable[None]]]
"""What does a press: by its verb and how many numbers it has, which it is called with."""


class Respond(Protocol):
    """Sends an answer to a deferred interaction."""

    async def __call__(
        self, interaction: Interaction, answer: Answer, *, in_place: bool = False
    ) -> None: ...


class Follow(Protocol):
    """Defers a press and answers it with a new message."""

    async def __call__(
        self, interaction: Interaction, answer: Answer, *, private: bool = False
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class Surface:
    """The client, as far as a feature needs it."""

    client: discord.Client
    places: Places
    placing: Placing
    config: Config
    respond: Respond
    follow: Follow

    @property
    def shelf(self) -> Shelf:
        """The papers of where something is done."""
        return self.places.shelf

    @property
    def state(self) -> State:
        """What is remembered where something is done."""
        return self.places.state


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


def reader_of(interaction: Interaction) -> Reader:
    """Who acts, and in which channel: a thread is part of its channel, a direct message of none."""
    return reader(interaction.user, interaction.guild, interaction.channel)


def reader(person: Any, guild: discord.Guild | None, channel: Any) -> Reader:
    """Who acts, and where, whatever they do there."""
    if guild is None or channel is None:
        return Reader(str(person.id))
    parent = channel.parent_id if isinstance(channel, discord.Thread) else None
    return Reader(str(person.id), str(parent or channel.id))


def is_alone(interaction: Interaction) -> bool:
    """Whether nobody else sees what is answered."""
    if interaction.guild_id is None or interaction.namespace.private is True:
        return True
    source = interaction.message
    return source is not None and source.flags.ephemeral
