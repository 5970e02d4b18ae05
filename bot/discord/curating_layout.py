"""Adding papers, as Discord messages: pure, from a report to what is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Self

import discord
from discord import ButtonStyle
from discord.ui import ActionRow, Button, Container, DynamicItem, LayoutView, Separator, TextDisplay

from bot.discord.escape import clean, escape
from bot.discord.pieces import ACCENT, AMBER, GREY, message
from bot.discord.placed import Placed
from bot.messages import Messages
from bot.pending import HOURS
from bot.terminal.data import reason
from corpus.imports import Imported
from corpus.library import ImportReport, Undone
from corpus.text.width import clip

_REMARKS, _REMARK, _NAME = 5, 150, 80


class CurateButton(
    Placed,
    DynamicItem[Button[Any]],
    template=r"similit-curate:(?P<what>keep|drop|undo):(?P<number>\d+)",
):
    """Keeps or drops the file that waits under `number`, or takes the import `number` back."""

    def __init__(self, what: str, number: int, label: str) -> None:
        self.what, self.number = what, number
        style = ButtonStyle.primary if what == "keep" else ButtonStyle.secondary
        custom_id = f"similit-curate:{what}:{number}"
        super().__init__(Button(label=label, style=style, custom_id=custom_id))

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
    ) -> Self:
        """The button that somebody pressed on a message, however old."""
        return cls(match["what"], int(match["number"]), item.label or "")

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Hand the wish to whoever curates."""
        await interaction.client.curating.pressed(interaction, self.what, self.number)


def preview(
    report: ImportReport, titles: Iterable[str], missing: Iterable[str], number: int, say: Messages
) -> LayoutView:
    """What adding a file would do, with buttons to do it or not."""
    lines = [f"## {say('curate-preview')}", *_report(report, say)]
    lines += [f"**+** {escape(clip(clean(title), _REMARK))}" for title in titles]
    if lost := clip(", ".join(map(clean, missing)), _REMARK):
        lines.append(f"-# {escape(say('fetch-missing', ids=lost))}")
    parts: list[Any] = [TextDisplay("\n".join(lines))]
    if report.kept:
        lines = [f"-# {say('curate-waits', hours=HOURS)}"]
        keep = CurateButton("keep", number, say("button-keep"))
        drop = CurateButton("drop", number, say("button-drop"))
        parts += [Separator(), TextDisplay("\n".join(lines)), ActionRow(keep, drop)]
    return message(Container(*parts, accent_colour=AMBER if report.kept else GREY))


def progress(doing: str, done: int, say: Messages) -> LayoutView:
    """How far an import is."""
    name = "curate-indexing" if doing == "indexing" else "curate-reading"
    return message(Container(TextDisplay(say(name, done=done)), accent_colour=GREY))


def added(report: ImportReport, imported: Imported | None, say: Messages) -> LayoutView:
    """What adding a file did, and the way back."""
    lines = [f"## {say('curate-added')}", *_report(report, say)]
    lines.append(f"-# {say('curate-papers', papers=report.papers)}")
    parts: list[Any] = [TextDisplay("\n".join(lines))]
    if imported is not None:
        parts.append(ActionRow(CurateButton("undo", imported.id, say("button-undo"))))
    return message(Container(*parts, accent_colour=ACCENT))


def last(imported: Imported, when: str, say: Messages) -> LayoutView:
    """The last import, to be taken back or not."""
    text = f"## {say('about-last-import')}\n{escape(clip(clean(when), 300))}"
    row: ActionRow[Any] = ActionRow(CurateButton("undo", imported.id, say("button-undo")))
    return message(Container(TextDisplay(text), row, accent_colour=AMBER))


def undone(what: Undone, papers: int, say: Messages) -> LayoutView:
    """What taking an import back did."""
    told = say("curate-undone", removed=what.removed, restored=what.restored)
    text = f"{told}\n-# {say('curate-papers', papers=papers)}"
    return message(Container(TextDisplay(text), accent_colour=ACCENT))


def _report(report: ImportReport, say: Messages) -> Iterable[str]:
    yield say(
        "curate-report",
        added=report.added,
        merged=len(report.merged),
        known=report.known,
        skipped=len(report.skipped),
    )
    remarks = [reason(why, say) for why in report.failed.values()]
    for one in (*report.skipped, *report.merged):
        told = reason(one.reason, say)
        remarks.append(say("curate-remark", record=str(one.record), reason=clip(told, _REMARK)))
    for told in remarks[:_REMARKS]:
        yield f"-# {escape(clip(clean(told), _REMARK))}"
    if len(remarks) > _REMARKS:
        yield f"-# {say('curate-more', count=len(remarks) - _REMARKS)}"
