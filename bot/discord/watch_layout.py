"""Watches and digests as Discord messages: pure, from what there is to tell to what is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from discord import SelectOption
from discord.ui import ActionRow, Container, LayoutView, TextDisplay

from bot import byline
from bot.answer import PAGE
from bot.digests import Told
from bot.discord.asking import ChoiceMenu
from bot.discord.escape import clean, escape
from bot.discord.layout import items
from bot.discord.pieces import ACCENT, GAP, GREY, MOST_TEXT, OPTION, OPTIONS, fitting, message
from bot.discord.presses import PaperMenu, Press, PressButton
from bot.messages import Messages
from bot.schedule import NOW, there
from bot.watches import Watch
from bot.words import called
from corpus.text.width import clip

_ABOUT = 120
_WIDTHS = (200, 120, 60, 0)


def _shortly(about: str, width: int = _ABOUT) -> str:
    return clip(" ".join(clean(about).split()), width) or "…"


def pages_of(shown: Told) -> int:
    """How many pages a digest has."""
    return max(1, -(-len(shown.hits) // PAGE))


def digest(shown: Told, say: Messages, page: int = 1) -> LayoutView:
    """A page of a digest."""
    page = min(max(page, 1), pages_of(shown))
    return fitting(_digest(shown, say, page, width) for width in _WIDTHS)


def _digest(shown: Told, say: Messages, page: int, width: int) -> LayoutView:
    counted = say("digest-count", count=len(shown.hits))
    head = f"## {say('digest-heading')}\n{escape(_shortly(shown.about))}\n-# {counted}"
    hits = shown.hits[(page - 1) * PAGE : page * PAGE]
    parts: list[Any] = [TextDisplay(head), *items(hits, say, width)]
    row: list[Any] = []
    pages = pages_of(shown)
    if pages > 1:
        turn = [(shown.digest.id, other) for other in (page - 1, page + 1)]
        row = [
            PressButton(Press("news", turn[0]), "←", disabled=page == 1),
            PressButton(Press("here"), f"{page} / {pages}", disabled=True),
            PressButton(Press("news", turn[1]), "→", disabled=page == pages),
        ]
    row.append(PressButton(Press("endwatch", (shown.watch.id,)), say("button-end-watch")))
    parts.append(ActionRow(*row))
    options = [
        SelectOption(
            label=clip(f"{hit.rank}. {clean(called(hit.paper, say, OPTION))}", OPTION),
            value=str(hit.paper.id),
            description=clip(
                " · ".join(
                    filter(
                        None,
                        (
                            clean(byline.authors(hit.paper)),
                            str(hit.paper.year or say("year-unknown")),
                        ),
                    )
                ),
                OPTION,
            ),
        )
        for hit in hits
    ]
    if options:
        parts.append(ActionRow(PaperMenu(page, (), say("menu-open"), options)))
    return message(Container(*parts, accent_colour=ACCENT))


def pace(watch: Watch, say: Messages) -> str:
    """How often a watch tells, and when it will the next time, in words."""
    often = say(f"watch-{watch.pace}")
    if watch.pace == NOW:
        return often
    at = there(watch.due, watch.zone)
    return GAP.join((often, say("watch-next", at=at, zone=watch.zone)))


def watching(watch: Watch, about: str, say: Messages) -> LayoutView:
    """That something is watched from now on."""
    name = "watch-set-here" if watch.channel else "watch-set"
    text = say(name, about=_shortly(about), pace=say(f"watch-{watch.pace}"))
    lines = [escape(text)]
    if watch.pace != NOW:
        lines.append(f"-# {pace(watch, say)}")
    button = PressButton(Press("endwatch", (watch.id,)), say("button-end-watch"))
    return message(
        Container(TextDisplay("\n".join(lines)), ActionRow(button), accent_colour=ACCENT)
    )


def watches(shown: Sequence[tuple[Watch, str]], say: Messages) -> LayoutView:
    """What somebody watches, each with what it is about, to be ended from a menu."""
    if not shown:
        text = f"## {say('watches-heading')}\n{escape(say('watches-none'))}"
        return message(Container(TextDisplay(text), accent_colour=GREY))
    for width in (_ABOUT, 60, 30, 10):
        lines = [f"## {say('watches-heading')}"]
        for place, (watch, about) in enumerate(shown, 1):
            where = say("watch-here" if watch.channel else "watch-alone")
            lines.append(f"**{place}.** {escape(_shortly(about, width))}")
            lines.append(f"-# {GAP.join((where, pace(watch, say)))}")
        if len("\n".join(lines)) <= MOST_TEXT:
            break
    options = [
        SelectOption(label=clip(f"{place}. {_shortly(about)}", OPTION), value=str(watch.id))
        for place, (watch, about) in enumerate(shown[:OPTIONS], 1)
    ]
    menu = ChoiceMenu(Press("endwatch"), say("menu-end-watch"), options)
    return message(Container(TextDisplay("\n".join(lines)), ActionRow(menu), accent_colour=ACCENT))
