"""The bot on Discord: takes what people do there to the library, and the answers back."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import re
import secrets
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import discord
import yarl
from discord import app_commands
from discord.app_commands import Choice
from discord.ui import LayoutView

from bot.answer import Listing, Question, ask, explained, leaning
from bot.browse import TopicNotFound
from bot.config import Config
from bot.declined import Declined
from bot.discord import (
    browsing,
    commands,
    curating,
    helping,
    layout,
    list_commands,
    placing,
    privacy,
    searching,
    watch_commands,
)
from bot.discord.access import Access
from bot.discord.asking import ChoiceMenu, filled
from bot.discord.attachments import text_of
from bot.discord.browsing import Browsing
from bot.discord.curating import Curating
from bot.discord.escape import clean
from bot.discord.feature import Doing, Surface, is_alone, reader, reader_of
from bot.discord.helping import Helping
from bot.discord.lists import Lists
from bot.discord.placing import PlacedTree, Placing
from bot.discord.presses import ExportMenu, PaperMenu, Press, PressButton
from bot.discord.saving import Saving
from bot.discord.talking import Talk, seen_in
from bot.discord.watching import Watching
from bot.messages import Messages, messages
from bot.pace import Paces
from bot.places import Places
from bot.query_line import BadLine, asked
from bot.reading_lists import Reader
from bot.shelf import Shelf
from bot.state import Seen, State
from bot.waiting import while_awaited
from bot.words import called
from corpus.errors import LibraryBusy, LibraryDamaged, LibraryMissing, PaperNotFound
from corpus.paper import Filters, Hit, Paper
from corpus.text.language import guess_language
from corpus.text.width import clip
from corpus.writers.citation import STYLES, reference

_log = logging.getLogger("similit")
_CHOICES = 25
_CHOICE = 90

# What to do about errors that people cannot help; about others, only to try again.
_FAILURES = (
    (LibraryBusy, "failed-busy"),
    ((LibraryMissing, LibraryDamaged, sqlite3.Error), "failed-library"),
    (discord.HTTPException, "failed-discord"),
)

Interaction = discord.Interaction[Any]
Make = Callable[[Shelf, Messages], LayoutView]
Answer = Callable[[Messages], Awaitable[LayoutView]]
_T = TypeVar("_T")


class Similit(discord.Client):
    """The client. It needs no privileged intent and pings nobody."""

    def __init__(self, shelf: Shelf, config: Config, state: State) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True),
            allowed_mentions=discord.AllowedMentions.none(),
            proxy=config.discord.proxy or None,
            max_messages=None,
        )
        self.places = Places(config, shelf, state)
        self._shelf = self.places.shelf
        self._config = config
        self._state = self.places.state
        self._access = Access(self, config.discord)
        limits = config.discord
        self._paces = Paces(limits.person_per_minute, limits.channel_per_minute)
        self.placing = Placing(self, self.places, self._access)
        self.tree: app_commands.CommandTree[Any] = PlacedTree(self)
        self.browsing = Browsing(self)
        self.helping = Helping(self, config.privacy.keep_questions_days)
        self.curating = Curating(self, config)
        commands.add_commands(self.tree)
        searching.add_search(self.tree)
        browsing.add_command(self.tree)
        helping.add_commands(self.tree)
        curating.add_commands(self.tree)
        list_commands.add_commands(self.tree)
        watch_commands.add_commands(self.tree)
        privacy.add_command(self.tree)
        if self.places.several:
            placing.add_command(self.tree)
        self.add_dynamic_items(PressButton, PaperMenu, ExportMenu, ChoiceMenu)
        self.add_dynamic_items(*browsing.ITEMS, *helping.ITEMS, *curating.ITEMS, *placing.ITEMS)
        surface = Surface(self, self.places, self.placing, config, self._respond, self._follow)
        self.lists, self.saving = Lists(surface), Saving(surface)
        self.watching = Watching(surface)
        self.privacy = privacy.Privacy(surface)
        self._talk = Talk(
            self._shelf, self._state, config.reply.count, self._behind, self.lists, self.saving
        )
        self._presses: Doing = {
            (verb, count): do
            for verb, fewest, do in (
                ("refine", 1, self._refine),
                ("like", 2, self._like),
                ("unlike", 2, self._unlike),
            )
            for count in (fewest, fewest + 1)
        }
        self._features = (self.lists, self.saving, self.watching, self.privacy)

    async def setup_hook(self) -> None:
        """Tell Discord of the commands, but only when they are not what it was told last."""
        await self.tree.set_translator(commands.CatalogueTranslator())
        told = await commands.fingerprint(self.tree, self.application_id or 0)
        with self.places.within() as host:
            if await asyncio.to_thread(host.state.fact, "commands") != told:
                await self.tree.sync()
                await asyncio.to_thread(host.state.note, "commands", told)
        self.watching.start()

    async def close(self) -> None:
        """Look for no more news, leave Discord, and close what servers have of their own."""
        self.watching.stop()
        await super().close()
        await asyncio.to_thread(self.places.close)

    async def on_connect(self) -> None:
        """Resume through the host's own gateway too, not the one that Discord names."""
        if self._config.discord.gateway:
            self.ws.gateway = yarl.URL(self._config.discord.gateway)

    async def on_ready(self) -> None:
        """Say that the bot is there."""
        with self.places.within():
            papers = (await asyncio.to_thread(self._library_state))[1]
        say = messages(self._config.discord.locale or "en")
        _log.info("%s", say("running", name=str(self.user), papers=papers, guilds=len(self.guilds)))

    def _library_state(self) -> tuple[str, int]:
        return self._shelf.library().state()

    # Commands

    async def asked(self, interaction: Interaction, text: str, count: int | None) -> None:
        """Answer a text, the interaction being deferred."""
        question = Question(top=count or self._config.reply.count)
        whose, alone = reader_of(interaction), is_alone(interaction)
        await self._respond(
            interaction, lambda say: self._list(asked(question, text), whose, say, alone=alone)
        )

    async def searched(
        self, interaction: Interaction, text: str, filters: Filters, sort: str, count: int | None
    ) -> None:
        """Answer a search by fields, the interaction being deferred."""
        top = count or self._config.reply.count
        whose, alone = reader_of(interaction), is_alone(interaction)

        async def answer(say: Messages) -> LayoutView:
            question = searching.searched(text, filters, sort, top)
            return await self._list(question, whose, say, alone=alone)

        await self._respond(interaction, answer)

    async def asked_with(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer what somebody else wrote."""

        async def answer(say: Messages) -> LayoutView:
            text = await text_of(message, message.content, self._shelf)
            question = Question(text=text, top=self._config.reply.count)
            return await self._list(question, reader_of(interaction), say)

        await self._respond(interaction, answer)

    async def opened(self, interaction: Interaction, text: str) -> None:
        """Open the paper that `text` names, or the first whose title has it."""
        await self._respond(interaction, lambda say: self._open(text, say))

    async def titles(self, interaction: Interaction, current: str) -> list[Choice[str]]:
        """Papers for what somebody has written of a title so far."""
        if not await self._access.allows(interaction.user, interaction.guild):
            return []
        say = messages(interaction.locale.value)
        found = await asyncio.to_thread(self._titled, current)
        return [Choice(name=_choice_name(paper, say), value=f"#{paper.id}") for paper in found]

    def _titled(self, current: str) -> list[Paper]:
        return self._shelf.library().titled(current.strip(), _CHOICES)

    # Presses

    async def pressed(self, interaction: Interaction, press: Press) -> None:
        """Do what a button or menu of any message, however old, asks for."""
        match press:
            case Press("similar", (paper,)):
                question = Question(like=paper, top=self._config.reply.count)
                whose, alone = reader_of(interaction), is_alone(interaction)
                await self._follow(
                    interaction, lambda say: self._list(question, whose, say, alone=alone)
                )
            case Press("open", (paper, *numbers)) if len(numbers) <= 2:
                await self._follow(interaction, lambda say: self._show(paper, say, tuple(numbers)))
            case Press("why", (paper, *numbers)) if 1 <= len(numbers) <= 2:
                await self._follow(
                    interaction, lambda say: self._why(paper, tuple(numbers), say), private=True
                )
            case Press("cite", (paper,)):
                await self._follow(interaction, lambda say: self._cite(paper, say), private=True)
            case Press("near", (paper, top, page, asker)):
                question = Question(like=paper, top=top)
                await self._turn(interaction, question, 0, page, asker)
            case Press("page", (number, page, asker)):
                await self._turn(interaction, None, number, page, asker)
            case Press("export" | "files" | "file"):
                await self._follow(interaction, lambda say: _formats(press, say), private=True)
            case _:
                for presses in (self._presses, *(one.presses for one in self._features)):
                    if do := presses.get(press.kind):
                        return await do(interaction, *press.numbers)
                _log.warning("a button of an unknown kind was pressed: %s", press)
                await interaction.response.defer()
        return None

    async def chosen(self, interaction: Interaction, press: Press, values: list[str]) -> None:
        """Do what a choice from a menu of any message asks for."""
        for feature in self._features:
            if do := feature.choices.get(press.kind):
                return await do(interaction, values, *press.numbers)
        _log.warning("a menu of an unknown kind was chosen from: %s", press)
        await interaction.response.defer()
        return None

    async def _like(self, interaction: Interaction, paper: int, *numbers: int) -> None:
        """Move a list towards one of its papers."""
        await self._lean(interaction, numbers, liked=(f"#{paper}",))

    async def _unlike(self, interaction: Interaction, paper: int, *numbers: int) -> None:
        """Move a list away from one of its papers."""
        await self._lean(interaction, numbers, disliked=(f"#{paper}",))

    async def _lean(
        self,
        interaction: Interaction,
        numbers: tuple[int, ...],
        *,
        liked: tuple[str, ...] = (),
        disliked: tuple[str, ...] = (),
    ) -> None:
        place, person = interaction.channel_id or 0, interaction.user.id
        whose, alone = reader_of(interaction), is_alone(interaction)

        async def answer(say: Messages) -> LayoutView:
            question = await asyncio.to_thread(self._question, numbers)
            latest = await asyncio.to_thread(self._talk.latest, question, place, person)
            moved = leaning(latest, liked, disliked)
            return await self._list(moved, whose, say, alone=alone)

        await self._follow(interaction, answer)

    async def _refine(self, interaction: Interaction, *numbers: int) -> None:
        """Show the form that narrows a list down."""
        say = messages(interaction.locale.value)
        try:
            question = await asyncio.to_thread(self._question, numbers)
        except _Gone as error:
            refused = layout.notice(self._explained(error, say))
            await interaction.response.send_message(view=refused, ephemeral=True)
            return
        await interaction.response.send_modal(searching.RefineForm(question, numbers, say))

    async def on_interaction(self, interaction: Interaction) -> None:
        """Do what a form that came back asks for; Discord's library has done everything else."""
        refined, form = searching.form_of(interaction), filled(interaction)
        if not (refined or form) or not await self.placing.settle(interaction):
            return None
        if refined:
            return await self._narrow(interaction, refined.numbers)
        if form is None:
            return None
        press, written = form
        for feature in self._features:
            if do := feature.forms.get(press.kind):
                await do(interaction, written, *press.numbers)
        return None

    async def _narrow(self, interaction: Interaction, numbers: tuple[int, ...]) -> None:
        """Answer the form that narrows a list down, whenever it was opened."""
        whose, alone = reader_of(interaction), is_alone(interaction)

        async def answer(say: Messages) -> LayoutView:
            question = await asyncio.to_thread(self._question, numbers)
            narrowed = searching.handed_in(question, interaction)
            return await self._list(narrowed, whose, say, alone=alone)

        await self._follow(interaction, answer)

    async def exported(
        self, interaction: Interaction, part: str, numbers: tuple[int, ...], format: str
    ) -> None:
        """Give the papers of a list, of its page or one alone as a file, in private."""

        whose = reader_of(interaction)

        async def answer(say: Messages) -> LayoutView:
            return await while_awaited(self._export, part, numbers, format, whose, say)

        await self._follow(interaction, answer, private=True)

    def _export(
        self, part: str, numbers: tuple[int, ...], format: str, whose: Reader, say: Messages
    ) -> LayoutView:
        library = self._shelf.library()
        if part == "paper":
            found = [library.paper(numbers[0])]
        else:
            page, *of = numbers if part == "page" else (1, *numbers)
            question = self._question(tuple(of))
            _, hidden = self.lists.marks(whose, alone=True)
            listing = ask(library, question, page, hidden=hidden)
            hits = listing.hits if part == "page" else listing.results.hits
            found = [hit.paper for hit in hits]
        text = "".join(library.export(found, format)).encode()
        return layout.exported(text, len(found), format, library.suffix(format), say)

    async def _follow(
        self,
        interaction: Interaction,
        answer: Callable[[Messages], Awaitable[LayoutView]],
        *,
        private: bool = False,
    ) -> None:
        """Answer a press with a new message, as private as the one it stands on."""
        source = interaction.message
        hidden = private or (source is not None and source.flags.ephemeral)
        await interaction.response.defer(ephemeral=hidden, thinking=True)
        await self._respond(interaction, answer)

    async def _turn(
        self,
        interaction: Interaction,
        question: Question | None,
        number: int,
        page: int,
        asker: int,
    ) -> None:

        async def answer(say: Messages) -> LayoutView:
            asked = question or await asyncio.to_thread(self._state.question, number)
            if asked is None:
                raise _Gone
            whose = reader_of(interaction)
            alone = interaction.user.id != asker or is_alone(interaction)
            return await self._list(asked, whose, say, page, number, alone=alone)

        await self._in_place(interaction, asker, answer)

    async def _in_place(
        self,
        interaction: Interaction,
        asker: int,
        answer: Callable[[Messages], Awaitable[LayoutView]],
    ) -> None:
        """Answer a press in place for the one who asked, as a private copy for others."""
        own = interaction.user.id == asker
        if own:
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
        await self._respond(interaction, answer, in_place=own)

    # Plain messages

    async def on_message(self, message: discord.Message) -> None:
        """Answer direct messages and mentions; everything else is other people's talk."""
        if message.author.bot or self.user is None or not _is_said(message):
            return
        private = message.guild is None
        if not private and not self._mentioned(message):
            return
        content = re.sub(rf"<@!?{self.user.id}>", " ", message.content).strip()
        say = self._language_for(message, content)

        async def answer(say: Messages) -> LayoutView:
            if not content and not message.attachments and self._role_mentioned(message):
                return layout.notice(say("role-mention"))
            text = await text_of(message, content, self._shelf)
            if not text:
                return layout.notice(say("empty-question" if private else "mention-empty"))
            whose = reader(message.author, message.guild, message.channel)
            pointed_at = await self._pointed_at(message)
            return await while_awaited(
                self._talk.reply, text, say, message.channel.id, whose, pointed_at, alone=private
            )

        try:
            await self._reply(message, content, say, answer)
        except discord.HTTPException as error:
            _log.error("a message was not answered (code %s)", _code(), exc_info=error)

    async def _reply(
        self, message: discord.Message, content: str, say: Messages, answer: Answer
    ) -> None:
        if not await self._access.allows(message.author, message.guild):
            view = layout.notice(say("not-allowed"))
        elif wait := self._paces.hold(*reader(message.author, message.guild, message.channel)):
            view = layout.notice(say("pace", seconds=wait))
        elif not await self.placing.settle_message(message, say) or await self.helping.greeting(
            message, content, say
        ):
            return
        else:
            view = await self._safely(answer, say)
        await message.reply(view=view, mention_author=False)

    async def _pointed_at(self, message: discord.Message) -> Seen | None:
        """The list of ours that a message replies to. Raises `Declined` where that is of papers
        which are not those meant now.
        """
        replied = message.reference.resolved if message.reference is not None else None
        if not isinstance(replied, discord.Message) or replied.author != self.user:
            return None
        seen = seen_in(component.to_dict() for component in replied.components)
        direct = message.guild is None
        if seen and direct and not await self.placing.was_here(message.author.id, replied.id):
            raise Declined("place-old-list")
        return seen

    def _mentioned(self, message: discord.Message) -> bool:
        return self.user in message.mentions or self._role_mentioned(message)

    def _role_mentioned(self, message: discord.Message) -> bool:
        role = message.guild.self_role if message.guild is not None else None
        return role is not None and role in message.role_mentions

    def _language_for(self, message: discord.Message, content: str) -> Messages:
        """The query's language, then the server's, then the host's choice."""
        language = guess_language(content) if content else ""
        if message.guild is not None:
            preferred = message.guild.preferred_locale.value
        else:
            preferred = self._config.discord.locale
        if language == "zh":
            return messages(preferred if preferred.startswith("zh") else "zh-CN")
        return messages("en" if language else preferred or self._config.discord.locale)

    # Answers

    async def _respond(
        self,
        interaction: Interaction,
        answer: Callable[[Messages], Awaitable[LayoutView]],
        *,
        in_place: bool = False,
    ) -> None:
        """Send what `answer` gives to a deferred interaction, or why there is nothing to send.

        A failure stands where the answer would have stood; instead of a turned page, which would
        take the list away, it is a private word.
        """
        say = messages(interaction.locale.value)
        try:
            if not await self._access.allows(interaction.user, interaction.guild):
                refused = say("not-allowed")
            elif wait := self._paces.hold(*reader_of(interaction)):
                refused = say("pace", seconds=wait)
            else:
                view = await answer(say)
                if in_place:
                    await interaction.edit_original_response(view=view)
                    await self._shown(interaction, view)
                    return
                file = view.file if isinstance(view, layout.FileView) else discord.utils.MISSING
                sent = await interaction.followup.send(view=view, file=file, wait=True)
                if interaction.guild_id is None:
                    await self.placing.stays(interaction.user.id, sent.id)
                await self._shown(interaction, view)
                return
        except Exception as error:  # noqa: BLE001 - whatever it is, the person has to hear of it
            refused = self._explained(error, say)
        try:
            await interaction.followup.send(view=layout.notice(refused), ephemeral=in_place)
        except discord.HTTPException as error:
            _log.error("a failure could not be told (code %s)", _code(), exc_info=error)

    async def _shown(self, interaction: Interaction, view: LayoutView) -> None:
        """Keep in mind what somebody has before them now."""
        place, person = interaction.channel_id or 0, interaction.user.id
        await asyncio.to_thread(self._talk.remember, place, person, view)

    async def _safely(
        self, answer: Callable[[Messages], Awaitable[LayoutView]], say: Messages
    ) -> LayoutView:
        try:
            return await answer(say)
        except Exception as error:  # noqa: BLE001 - whatever it is, the person has to hear of it
            return layout.notice(self._explained(error, say))

    def _explained(self, error: Exception, say: Messages) -> str:
        """The sentence for an error; one that nobody foresaw is logged under a short code."""
        if isinstance(error, TopicNotFound):
            return say("topic-not-found", name=clip(clean(error.reference), 120))
        if isinstance(error, PaperNotFound):
            return say("paper-not-found", reference=clip(clean(error.reference), 120))
        if isinstance(error, _Gone):
            return say("question-gone", days=self._config.privacy.keep_questions_days)
        if isinstance(error, Declined):
            return say(error.message, **error.values)
        if isinstance(error, BadLine):
            return searching.pointed(error, say)
        code = _code()
        _log.error("a reply failed (code %s)", code, exc_info=error)
        kinds = (name for kind, name in _FAILURES if isinstance(error, kind))
        return say(next(kinds, "failed"), code=code)

    async def _list(
        self,
        question: Question,
        whose: Reader,
        say: Messages,
        page: int = 1,
        number: int = 0,
        *,
        alone: bool = False,
    ) -> LayoutView:
        if not question:
            return layout.notice(say("empty-question"))
        question = dataclasses.replace(question, reader=say.language)
        listing, kept = await while_awaited(self._ask, question, page, number, whose, alone)
        return layout.listing(listing, say, asker=int(whose.person), number=kept)

    def _ask(
        self, question: Question, page: int, number: int, whose: Reader, alone: bool
    ) -> tuple[Listing, int]:
        """The listing, and the number under which its question is kept for its buttons."""
        library = self._shelf.library()
        demo = self._shelf.is_demo(library)
        marked, hidden = self.lists.marks(whose, alone=alone)
        listing = ask(library, question, page, demo=demo, marked=marked, hidden=hidden)
        if not number and not listing.neighbours:
            number = self._state.keep(question)
        return listing, number

    async def _open(self, text: str, say: Messages) -> LayoutView:
        return await asyncio.to_thread(self._page_of, self._named, text, say)

    def _named(self, text: str) -> Paper:
        return self._shelf.library().named(text)

    async def _show(self, paper: int, say: Messages, numbers: tuple[int, ...]) -> LayoutView:
        return await asyncio.to_thread(self._page_of, self._paper, paper, say, numbers)

    def _page_of(
        self, find: Callable[[_T], Paper], what: _T, say: Messages, numbers: tuple[int, ...] = ()
    ) -> LayoutView:
        paper = find(what)
        return layout.paper(paper, say, numbers, browsing.rows(self._shelf, paper.id, say))

    async def _why(self, paper: int, numbers: tuple[int, ...], say: Messages) -> LayoutView:
        hit = await while_awaited(self._explained_hit, paper, numbers)
        return layout.why(hit, say) if hit else layout.notice(say("why-gone", id=str(paper)))

    def _explained_hit(self, paper: int, numbers: tuple[int, ...]) -> Hit | None:
        return explained(self._shelf.library(), self._question(numbers), paper)

    def _question(self, numbers: tuple[int, ...]) -> Question:
        """The question of the list that `numbers` stand for: its own, or a paper and how many."""
        question = self._behind(numbers)
        if question is None:
            raise _Gone
        return question

    def _behind(self, numbers: tuple[int, ...]) -> Question | None:
        if len(numbers) == 2:
            return Question(like=numbers[0], top=numbers[1])
        return self._state.question(numbers[0])

    def _paper(self, number: int) -> Paper:
        return self._shelf.library().paper(number)

    async def _cite(self, paper: int, say: Messages) -> LayoutView:
        return layout.citation(*await asyncio.to_thread(self._cited, paper), say)

    def _cited(self, number: int) -> tuple[Paper, dict[str, str]]:
        paper = self._paper(number)
        return paper, {style: reference(paper, style) for style in STYLES}

    # What is done in rooms of their own: each gives, in a thread, what is to be sent

    @property
    def access(self) -> Access:
        """Who may do what."""
        return self._access

    async def respond(self, interaction: Interaction, answer: Answer, *, in_place: bool) -> None:
        """Send what `answer` gives to a deferred interaction, or why there is nothing."""
        await self._respond(interaction, answer, in_place=in_place)

    @property
    def shelf(self) -> Shelf:
        """Where the papers are."""
        return self._shelf

    @property
    def state(self) -> State:
        """What is remembered."""
        return self._state

    async def answer(self, interaction: Interaction, make: Make) -> None:
        """Send what `make` gives to a deferred interaction."""
        await self._respond(interaction, self._made(make))

    async def follow(self, interaction: Interaction, make: Make, *, private: bool = False) -> None:
        """Answer a press with a new message."""
        await self._follow(interaction, self._made(make), private=private)

    async def turn(self, interaction: Interaction, asker: int, make: Make) -> None:
        """Answer a press in place for `asker`, as a private copy for others."""
        await self._in_place(interaction, asker, self._made(make))

    async def looked_up(self, interaction: Interaction, find: Callable[[Shelf], _T]) -> _T | None:
        """What `find` gives, in a thread; None where the person is not answered here."""
        if not await self._access.allows(interaction.user, interaction.guild):
            return None
        return await asyncio.to_thread(find, self._shelf)

    def _made(self, make: Make) -> Callable[[Messages], Awaitable[LayoutView]]:
        return lambda say: while_awaited(make, self._shelf, say)


async def _formats(press: Press, say: Messages) -> LayoutView:
    match press:
        case Press("file", (paper,)):
            return layout.paper_formats(paper, say)
        case Press("files", (page, *numbers)):
            return layout.formats(tuple(numbers), say, page)
    return layout.formats(press.numbers, say)


def _code() -> str:
    """What a person tells the host, who finds it in the log."""
    return secrets.token_hex(3)


class _Gone(Exception):
    """The question behind a list is no longer stored."""


def _is_said(message: discord.Message) -> bool:
    return message.type in (discord.MessageType.default, discord.MessageType.reply)


def _choice_name(paper: Paper, say: Messages) -> str:
    name = clean(called(paper, say, _CHOICE)).strip() or f"#{paper.id}"
    year = f" ({paper.year})" if paper.year else ""
    return name + year
