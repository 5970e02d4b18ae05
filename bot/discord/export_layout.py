"""Papers as files, as Discord messages: pure. The formats to choose from, and the file."""

from __future__ import annotations

import io
from typing import Any

import discord
from discord import SelectOption
from discord.ui import ActionRow, Container, File, LayoutView, TextDisplay

from bot.discord.escape import escape
from bot.discord.paper_layout import STYLES
from bot.discord.pieces import ACCENT, message
from bot.discord.presses import ExportMenu
from bot.messages import Messages

EXPORTS = {
    "ris": "RIS",
    "bibtex": "BibTeX",
    "csl-json": "CSL-JSON",
    "csv": "CSV",
    "jsonl": "JSON Lines",
    **STYLES,
}
"""What papers can be exported as, by the name of the format."""


def formats(numbers: tuple[int, ...], say: Messages, page: int = 0) -> LayoutView:
    """The formats that a list, and its page where one is given, can be exported in."""
    menus = [_formats((page, *numbers), say("menu-export-page"), say, "page")] if page else []
    name = say("menu-export-all" if page else "menu-export")
    return _offered(say("export-heading"), *menus, _formats(numbers, name, say))


def paper_formats(paper: int, say: Messages) -> LayoutView:
    """The formats that one paper can be exported in, to choose from."""
    menu = _formats((paper,), say("menu-export"), say, "paper")
    return _offered(say("export-heading-one", id=str(paper)), menu)


def _formats(numbers: tuple[int, ...], name: str, say: Messages, part: str = "") -> ExportMenu:
    options = [
        SelectOption(label=name, value=format, description=say(f"export-{format}"))
        for format, name in EXPORTS.items()
    ]
    return ExportMenu(numbers, name, options, part)


def _offered(heading: str, *menus: ExportMenu) -> LayoutView:
    text: TextDisplay[Any] = TextDisplay(f"**{heading}**")
    rows: list[ActionRow[Any]] = [ActionRow(menu) for menu in menus]
    return message(Container(text, *rows, accent_colour=ACCENT))


class FileView(LayoutView):
    """A message that has a file."""

    def __init__(self, text: str, file: discord.File, heading: str = "") -> None:
        super().__init__(timeout=None)
        self.file = file
        shown: File[Any] = File(file)
        above = f"## {heading}\n" if heading else ""
        self.add_item(Container(TextDisplay(above + escape(text)), shown, accent_colour=ACCENT))


def exported(text: bytes, papers: int, format: str, suffix: str, say: Messages) -> FileView:
    """The papers of a list as a file in the format."""
    file = discord.File(io.BytesIO(text), f"similar-literature{suffix}")
    return FileView(say("exported", papers=papers, format=EXPORTS[format]), file)
