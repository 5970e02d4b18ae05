"""One paper as Discord messages: pure. The whole of it, its references, why it was found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from discord import ButtonStyle
from discord.ui import ActionRow, Button, Container, LayoutView, Separator, TextDisplay

from bot import byline
from bot.discord.escape import clean, escape
from bot.discord.pieces import ACCENT, GAP, MOST_TEXT, message, year_of
from bot.discord.presses import Press, PressButton
from bot.messages import Messages
from bot.words import called, carried
from corpus.paper import Hit, Paper
from corpus.text.normalise import has_han
from corpus.text.sections import sections
from corpus.text.sentences import sentences
from corpus.text.width import clip, columns

_TITLE, _AUTHORS, _REFERENCE, _BY, _NAME = 250, 300, 800, 40, 150
STYLES = {"gb-t-7714": "GB/T 7714-2015", "apa": "APA", "vancouver": "Vancouver"}
"""What the styles of references are called."""
_LONGEST_LINK = 512
_ADDRESS = re.compile(r"(?i)https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?(?:[/?#][!-~]*)?")


def paper(
    shown: Paper,
    say: Messages,
    numbers: tuple[int, ...] = (),
    rows: Iterable[ActionRow[Any]] = (),
) -> LayoutView:
    """One paper: the whole record, its abstract in parts. `numbers` are what the list that it was
    opened from stands for, `rows` stand under its buttons.
    """
    head = _paper_head(shown, say)
    buttons: list[Any] = [
        PressButton(
            Press("similar", (shown.id,)), say("button-similar"), style=ButtonStyle.primary
        ),
        PressButton(Press("cite", (shown.id,)), say("button-cite")),
    ]
    if numbers:
        buttons.append(PressButton(Press("why", (shown.id, *numbers)), say("button-why")))
    if link := _link(shown):
        buttons.append(Button(label="DOI" if shown.doi else "URL", url=link))
    buttons.append(PressButton(Press("file", (shown.id,)), say("button-export")))
    room = MOST_TEXT - len(head)
    body = _paper_body(shown, say, room)
    return message(
        Container(
            TextDisplay(head),
            Separator(),
            TextDisplay(body),
            Separator(),
            ActionRow(*buttons),
            ActionRow(
                PressButton(Press("save", (shown.id,)), say("button-save")),
                PressButton(Press("watch", (shown.id,)), say("button-watch")),
                *_opinions(shown, numbers),
            ),
            *rows,
            accent_colour=ACCENT,
        )
    )


def _opinions(shown: Paper, numbers: tuple[int, ...]) -> list[PressButton]:
    """What moves the list that `numbers` stand for towards a paper, or away from it."""
    if not numbers:
        return []
    return [
        PressButton(Press(verb, (shown.id, *numbers)), sign)
        for verb, sign in (("like", "👍"), ("unlike", "👎"))
    ]


def _paper_head(shown: Paper, say: Messages) -> str:
    titles = [shown.title, shown.translated_title]
    if say.chinese and byline.in_translation(shown, chinese=True):
        titles.reverse()
    titles = [clip(clean(title), _TITLE) for title in titles if title]
    name = titles[0] if titles else byline.title(shown, chinese=say.chinese, width=_TITLE)
    lines = [f"## {escape(name)}" if name else f"## #{shown.id}"]
    if not titles:
        lines.append(f"-# {say('no-title')}")
    lines += [escape(title) for title in titles[1:]]
    people = byline.names(shown)
    if people:
        between = "，" if has_han(people[0]) else ", "
        lines.append(escape(clip(between.join(people), _AUTHORS)))
    if where := byline.published(shown):
        lines.append(f"-# {escape(clip(where, _TITLE))}")
    doi = f"doi:{escape(clip(shown.doi, _TITLE))}{GAP}" if shown.doi else ""
    lines.append(f"-# {doi}#{shown.id}")
    return "\n".join(lines)


def _paper_body(shown: Paper, say: Messages, room: int) -> str:
    note = ""
    if shown.summary_by:
        name = "summary-note-translated" if shown.translated_abstract else "summary-note"
        note = f"\n-# {say(name, by=escape(clip(shown.summary_by, _BY)))}"
    if not shown.abstract and not shown.translated_abstract:
        return f"-# {say('no-abstract')}{note}"
    cut = f"\n-# {say('cut-note')}"
    room -= len(note) + len(cut)
    lines: list[str] = []
    texts = [shown.abstract, shown.translated_abstract]
    if say.chinese and byline.in_translation(shown, chinese=True):
        texts.reverse()
    for text in filter(None, texts):
        if lines:
            lines.append("")
            room -= 1
        for line in _paragraphs(text):
            kept = _within(line, room)
            lines.append(kept)
            room -= len(kept) + 1
            if kept != line:
                return "\n".join(lines).rstrip() + cut + note
    return "\n".join(lines) + note


def _paragraphs(text: str) -> Iterable[str]:
    for part in sections(text):
        body = escape(text[part.start : part.end].strip())
        # A wide space after a Chinese head, as print has it.
        space = "\u3000" if columns(part.head) > len(part.head) else " "
        yield f"**{escape(part.head)}**{space}{body}" if part.head else body


def _within(line: str, room: int) -> str:
    """As many whole sentences of `line` as `room` characters hold, or else its first words."""
    if len(line) <= room:
        return line
    ends = [end for _, end in sentences(line) if end <= room]
    if ends:
        return line[: ends[-1]]
    words = line[: max(room - 1, 0)].rsplit(" ", 1)[0].rstrip("\\*")
    return f"{words}…" if words else ""


def _link(shown: Paper) -> str:
    link = f"https://doi.org/{shown.doi}" if shown.doi else shown.url
    return link if len(link) <= _LONGEST_LINK and _ADDRESS.fullmatch(link) else ""


def citation(shown: Paper, references: Mapping[str, str], say: Messages) -> LayoutView:
    """References to copy, given by the names of their styles, in one of these or several."""
    lines = [f"**{say('cite-heading')}** #{shown.id}"]
    for style, name in STYLES.items():
        if style not in references:
            continue
        text = clip(clean(references[style]).replace("`", "'"), _REFERENCE)
        lines.append(f"{name}\n```text\n{text}\n```")
    return message(Container(TextDisplay("\n".join(lines)), accent_colour=ACCENT))


def why(hit: Hit, say: Messages) -> LayoutView:
    """What made up the score of a hit."""
    name = escape(called(hit.paper, say, _NAME))
    lines = [f"**{say('why-heading', id=str(hit.paper.id))}**{GAP}{name}{year_of(hit.paper)}"]
    for row in carried(hit, say):
        told = (f"**{escape(row.term)}**", escape(row.kind), f"{row.percent}\u00a0%", row.score)
        lines.append(GAP.join(filter(None, told)))
    lines.append(f"-# {say('why-score')}{GAP}{hit.score:.2f}")
    return message(Container(TextDisplay("\n".join(lines)), accent_colour=ACCENT))
