"""Reading lists as Discord messages: pure, from what is in them to what is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from discord import ButtonStyle, SelectOption
from discord.ui import ActionRow, Container, LayoutView, Separator, TextDisplay

from bot import byline
from bot.discord.asking import ChoiceMenu
from bot.discord.escape import clean, escape
from bot.discord.export_layout import EXPORTS
from bot.discord.pieces import ACCENT, GAP, GREY, OPTION, OPTIONS, fitting, message
from bot.discord.presses import Press, PressButton
from bot.list_page import PAGE, Entry, ListPage
from bot.messages import Messages
from bot.reading_lists import Reader, ReadingList
from bot.words import called
from corpus.paper import Paper
from corpus.text.width import clip

_NAME, _TITLE, _TAGS = 60, 150, 60
_NAMES = (_NAME, 40)  # columns of the names of many lists: as signs, each can need two characters
# Columns of a title, a byline and a note in a list: the first that fit.
_SIZES = ((150, 72, 200), (120, 60, 80), (80, 40, 0), (50, 0, 0))


class Card(NamedTuple):
    """A paper, and what the reader keeps of it: the lists with it, out of all they see."""

    paper: Paper
    lists: Sequence[ReadingList]
    held: Sequence[ReadingList]
    read: bool


def _named(shown: ReadingList, width: int = _NAME) -> str:
    return clip(clean(shown.name), width) or "…"


def whose(shown: ReadingList, reader: Reader, say: Messages) -> str:
    """Who sees a list, in words."""
    if not shown.channel:
        return say("list-private")
    return say("list-shared" if shown.channel == reader.channel else "list-shared-elsewhere")


def overview(
    lists: Sequence[ReadingList], reader: Reader, say: Messages, *, hidden: bool
) -> LayoutView:
    """All lists that somebody sees."""
    if not lists:
        text = f"## {say('lists-heading')}\n{escape(say('lists-none'))}"
        return message(Container(TextDisplay(text), accent_colour=GREY))
    shown = lists[:OPTIONS]
    return fitting(_overview(shown, reader, say, hidden, width) for width in _NAMES)


def _overview(
    shown: Sequence[ReadingList], reader: Reader, say: Messages, hidden: bool, width: int
) -> LayoutView:
    lines = [f"## {say('lists-heading')}"]
    for one in shown:
        about = (say("list-papers", count=one.papers), whose(one, reader, say))
        lines.append(f"**{escape(_named(one, width))}**{GAP}{GAP.join(about)}")
    if hidden:
        lines.append(f"-# {say('list-hidden')}")
    options = [SelectOption(label=_named(one), value=str(one.id)) for one in shown]
    switch = PressButton(
        Press("hide", (0 if hidden else 1,)),
        say("button-show-saved" if hidden else "button-hide-saved"),
    )
    return message(
        Container(
            TextDisplay("\n".join(lines)),
            ActionRow(ChoiceMenu(Press("lists"), say("menu-list"), options)),
            ActionRow(switch),
            accent_colour=ACCENT,
        )
    )


def listed(shown: ListPage, reader: Reader, say: Messages, *, alone: bool) -> LayoutView:
    """A page of a list. What the reader has read is told only where they are `alone`."""
    return fitting(_listed(shown, reader, say, alone, sizes) for sizes in _SIZES)


def _listed(
    shown: ListPage, reader: Reader, say: Messages, alone: bool, sizes: tuple[int, int, int]
) -> LayoutView:
    one = shown.list
    about = GAP.join((say("list-papers", count=one.papers), whose(one, reader, say)))
    parts: list[Any] = [TextDisplay(f"## {escape(_named(one))}\n-# {about}"), Separator()]
    if not shown.entries:
        parts.append(TextDisplay(escape(say("list-empty"))))
    else:
        for place, entry in enumerate(shown.entries, (shown.page - 1) * PAGE + 1):
            if place % PAGE != 1:
                parts.append(Separator(visible=False))
            parts.append(TextDisplay(_entry(place, entry, say, alone, sizes)))
        parts.append(Separator())
    parts += [ActionRow(*row) for row in (_buttons(shown, say), _menu(shown, say)) if row]
    return message(Container(*parts, accent_colour=ACCENT))


def _entry(
    place: int, entry: Entry, say: Messages, alone: bool, sizes: tuple[int, int, int]
) -> str:
    paper, item = entry.paper, entry.item
    title, where, note = sizes
    if paper is None:
        return f"**{place}.** {say('list-paper-gone', id=str(item.paper))}"
    name = escape(called(paper, say, title))
    year = f"\u00a0({paper.year})" if paper.year else ""
    lines = [f"**{place}. {name}**{year}"]
    about = [escape(byline.byline(paper, where)), f"#{paper.id}"]
    if alone and item.read:
        about.append(f"✓\u00a0{say('list-read')}")
    lines.append(f"-# {GAP.join(filter(None, about))}")
    if item.tags and where:
        lines.append(f"-# {escape(clip(' · '.join(map(clean, item.tags)), _TAGS))}")
    if item.note and note:
        lines.append(f"> {escape(clip(' '.join(clean(item.note).split()), note))}")
    return "\n".join(lines)


def _buttons(shown: ListPage, say: Messages) -> list[Any]:
    one = shown.list
    row: list[Any] = []
    if shown.pages > 1:
        row += [
            PressButton(Press("list", (one.id, shown.page - 1)), "←", disabled=shown.page == 1),
            PressButton(
                Press("list", (one.id, shown.page + 1)), "→", disabled=shown.page == shown.pages
            ),
        ]
    if shown.entries:
        row.append(PressButton(Press("listexport", (one.id,)), say("button-export")))
        row.append(PressButton(Press("watchlist", (one.id,)), say("button-watch")))
    if shown.own:
        row.append(PressButton(Press("drop", (one.id,)), say("button-delete-list")))
    return row


def _menu(shown: ListPage, say: Messages) -> list[Any]:
    options = [
        SelectOption(
            label=clip(clean(called(entry.paper, say, OPTION)).strip(), OPTION)
            or f"#{entry.paper.id}",
            value=str(entry.paper.id),
        )
        for entry in shown.entries
        if entry.paper is not None
    ]
    if not options:
        return []
    return [ChoiceMenu(Press("kept", (shown.list.id,)), say("menu-list-paper"), options)]


def card(shown: Card, say: Messages) -> LayoutView:
    """What somebody keeps of a paper, and what to change of it."""
    paper = shown.paper
    year = f"\u00a0({paper.year})" if paper.year else ""
    names = " · ".join(_named(one) for one in shown.held)
    kept = say("list-saved-in", names=names) if names else say("list-not-saved")
    lines = [f"**{escape(called(paper, say, _TITLE))}**{year}{GAP}#{paper.id}", escape(kept)]
    if shown.read:
        lines.append(f"-# ✓\u00a0{say('list-read')}")
    held = {one.id for one in shown.held}
    put = Press("put", (paper.id,))
    options = [
        SelectOption(label=_named(one), value=str(one.id), default=one.id in held)
        for one in shown.lists[: OPTIONS - 1]
    ]
    options.append(SelectOption(label=say("list-new"), value="new"))
    buttons = [
        PressButton(
            Press("read", (paper.id, 0 if shown.read else 1)),
            say("button-unread" if shown.read else "button-read"),
        ),
        PressButton(Press("open", (paper.id,)), say("button-open")),
    ]
    if shown.held:
        note = Press("note", (shown.held[0].id, paper.id))
        buttons.insert(1, PressButton(note, say("button-note")))
    return message(
        Container(
            TextDisplay("\n".join(lines)),
            ActionRow(ChoiceMenu(put, say("menu-put"), options, several=True)),
            ActionRow(*buttons),
            accent_colour=ACCENT,
        )
    )


def formats(shown: ReadingList, say: Messages) -> LayoutView:
    """The formats that a list can be exported in, to choose from."""
    options = [
        SelectOption(label=name, value=format, description=say(f"export-{format}"))
        for format, name in EXPORTS.items()
    ]
    menu = ChoiceMenu(Press("listexport", (shown.id,)), say("menu-export"), options)
    text: TextDisplay[Any] = TextDisplay(f"**{escape(_named(shown))}**")
    return message(Container(text, ActionRow(menu), accent_colour=ACCENT))


def sure(shown: ReadingList, say: Messages) -> LayoutView:
    """Whether a list is really to be deleted."""
    text = say("list-delete-sure", name=_named(shown), count=shown.papers)
    button = PressButton(
        Press("dropped", (shown.id,)), say("button-delete-sure"), style=ButtonStyle.danger
    )
    return message(Container(TextDisplay(escape(text)), ActionRow(button), accent_colour=GREY))
