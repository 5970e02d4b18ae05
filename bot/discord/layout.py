"""Replies as Discord messages of Components V2: pure, from a reply to what is sent.

Lengths are in columns (a Han character is 2). A message has at most 40 components and 4,000
characters of text; what is made here keeps to `_MOST_TEXT` by shortening extracts, and then by
quoting fewer sentences.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

import discord
from discord import ButtonStyle, SelectOption
from discord.ui import (
    ActionRow,
    Button,
    Container,
    File,
    LayoutView,
    Section,
    Separator,
    TextDisplay,
)

from bot import byline
from bot.answer import BESIDE_AN_ANSWER, PAGE, Listing, within
from bot.discord.escape import begin_lines, clean, escape, escape_within
from bot.discord.pieces import ACCENT as _ACCENT
from bot.discord.pieces import AMBER as _AMBER
from bot.discord.pieces import GAP as _GAP
from bot.discord.pieces import GREY as _GREY
from bot.discord.pieces import MOST_TEXT as _MOST_TEXT
from bot.discord.pieces import OPTION as _OPTION
from bot.discord.pieces import OPTIONS as _OPTIONS
from bot.discord.pieces import message as _message
from bot.discord.presses import ExportMenu, PaperMenu, Press, PressButton
from bot.messages import Messages
from bot.words import called, carried, connection, leanings, limits, why_nothing
from corpus.paper import Extract, Hit, Paper, Quotation
from corpus.text.extract import shorten
from corpus.text.normalise import has_han
from corpus.text.sections import sections
from corpus.text.sentences import sentences
from corpus.text.width import clip, columns

_QUESTION = 120
_TITLE, _BYLINE, _WORDS, _BY = 150, 72, 52, 40
_EXTRACTS = (270, 210, 150, 90, 0)
_EXTRACTS_BELOW = (BESIDE_AN_ANSWER, 150, 90)
_QUOTATION = 250
_PAPER_TITLE, _PAPER_AUTHORS, _REFERENCE = 250, 300, 800
_STYLES = {"gb-t-7714": "GB/T 7714-2015", "apa": "APA", "vancouver": "Vancouver"}
EXPORTS = {
    "ris": "RIS",
    "bibtex": "BibTeX",
    "csl-json": "CSL-JSON",
    "csv": "CSV",
    "jsonl": "JSON Lines",
    **_STYLES,
}
"""What lists can be exported as, by the name of the format."""
_LONGEST_LINK = 512
_ADDRESS = re.compile(r"(?i)https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?(?:[/?#][!-~]*)?")


def listing(shown: Listing, say: Messages, *, asker: int, number: int) -> LayoutView:
    """A page of a list. `number` is the stored question's, `asker` may turn its pages in place."""
    if not shown.results.hits:
        return _nothing(shown, say, number)
    answers = [shown.answer[:many] for many in range(len(shown.answer), 0, -1)]
    sizes = [(answer, width) for answer in answers for width in _EXTRACTS_BELOW]
    for answer, width in [*sizes, *(((), width) for width in _EXTRACTS)]:
        view = _listing(shown, say, width, asker, number, answer)
        if view.content_length() <= _MOST_TEXT:
            break
    return view


def _listing(
    shown: Listing,
    say: Messages,
    width: int,
    asker: int,
    number: int,
    answer: tuple[Quotation, ...],
) -> LayoutView:
    parts: list[Any] = _header(shown, say, quoted=not answer)
    parts += items(shown.hits, say, width, shown.marked)
    parts.append(Separator())
    pager = _pager(shown, asker, number) if shown.pages > 1 else []
    numbers = _numbers(shown, number)
    files = Press("files", (shown.page, *numbers)) if shown.pages > 1 else Press("export", numbers)
    export = PressButton(files, say("button-export"))
    parts.append(ActionRow(*pager, export, _refine(numbers, say)))
    parts.append(ActionRow(_menu(shown, say, numbers)))
    containers = [Container(*parts, accent_colour=_ACCENT)]
    if answer:
        containers.insert(0, _answer(shown, say, answer))
    return _message(*containers)


def _numbers(shown: Listing, number: int) -> tuple[int, ...]:
    """What a list stands for: a paper and how many of its neighbours, or its stored question."""
    return (shown.neighbours, shown.question.top) if shown.neighbours else (number,)


def _refine(numbers: tuple[int, ...], say: Messages) -> PressButton:
    return PressButton(Press("refine", numbers), say("button-refine"))


def _answer(shown: Listing, say: Messages, answer: tuple[Quotation, ...]) -> Container[Any]:
    note = say("answer-note-summaries" if shown.quotes_summaries else "answer-note")
    lines = [f"### {_quoted(shown, say)}", f"-# {note}".replace(" · ", _GAP)]
    for one in answer:
        sentence = shorten(Extract(one.text.replace("\n", " "), one.marks), _QUOTATION)
        lines.append(f"> **[{one.rank}]** {marked(sentence)}")
    return Container(TextDisplay("\n".join(lines)), accent_colour=_AMBER)


def _header(shown: Listing, say: Messages, *, quoted: bool) -> list[Any]:
    results = shown.results
    counted = say("found", count=len(results.hits), ms=_milliseconds(shown))
    line = f"-# {counted} · {say('extracts-in-bold')}".replace(" · ", _GAP)
    if shown.demo:
        line += f"\n-# {say('demo-note', papers=results.papers)}"
    seed = results.seed
    if seed is None:
        question = f"{_quoted(shown, say)}\n" if quoted and shown.question.text else ""
        return [TextDisplay(f"## {say('heading')}\n{question}{_limits(shown, say)}{line}")]
    name = escape(called(seed, say, _TITLE))
    above = f"**{say('neighbours-of', id=str(seed.id))}**{_GAP}{name}{_year(seed)}"
    button = PressButton(Press("open", (seed.id,)), say("button-open"))
    return [
        TextDisplay(f"## {say('heading')}\n{above}\n{_limits(shown, say)}".rstrip()),
        Section(TextDisplay(line), accessory=button),
    ]


def _limits(shown: Listing, say: Messages) -> str:
    """The lines that say what the list was moved by and is limited to, "" where by nothing."""
    lines = [*leanings(shown, say, _TITLE), clip(limits(shown, say), _QUESTION)]
    return "".join(f"-# {escape(line)}\n" for line in lines if line)


def _quoted(shown: Listing, say: Messages) -> str:
    text = " ".join(clean(shown.question.text).split())
    return say("quoted", text=escape(clip(text, _QUESTION)))


def _milliseconds(shown: Listing) -> str:
    return str(max(1, round(shown.results.milliseconds)))


def items(
    hits: Iterable[Hit], say: Messages, width: int, marked: frozenset[int] = frozenset()
) -> list[Any]:
    """These papers as they stand in a list, with extracts of `width` columns."""
    parts: list[Any] = []
    for hit in hits:
        item = _item(hit, say, width, saved=hit.paper.id in marked)
        parts += [Separator(), TextDisplay(item), _foot(hit, say)]
    return parts


def _item(hit: Hit, say: Messages, width: int, *, saved: bool = False) -> str:
    paper = hit.paper
    star = "★ " if saved else ""
    name = escape(byline.title(paper, chinese=say.chinese, width=_TITLE))
    lines = [f"**{hit.rank}. {star}{name}**{_year(paper)}"]
    where = byline.byline(paper, _BYLINE)
    if not (paper.title or paper.translated_title):
        where = say("no-title")
    if paper.summary_by:
        note = say("summary-short", by=clip(paper.summary_by, _BY))
        where = " · ".join(filter(None, (where, note)))
    if where:
        lines.append(f"-# {escape(where)}".replace(" · ", _GAP))
    if not paper.abstract:
        lines.append(f"-# {say('no-abstract')}")
    elif width:
        lines.append(marked(within(hit.extract, width)))
    return "\n".join(lines)


def _foot(hit: Hit, say: Messages) -> Section[Any]:
    said = escape(connection(hit, say, _WORDS)) or f"#{hit.paper.id}"
    button = PressButton(Press("similar", (hit.paper.id,)), say("button-similar"))
    return Section(TextDisplay(f"-# {said}".replace(" · ", _GAP)), accessory=button)


def marked(extract: Extract) -> str:
    """An extract with its matched words in bold and everything else escaped."""
    out: list[str] = []
    done = 0
    for start, end in extract.marks:
        out.append(escape_within(extract.text[done:start]))
        out.append(f"**{escape_within(extract.text[start:end])}**")
        done = end
    return begin_lines("".join(out) + escape_within(extract.text[done:]))


def _year(paper: Paper) -> str:
    return f"\u00a0({paper.year})" if paper.year else ""


def _pager(shown: Listing, asker: int, number: int) -> list[Any]:
    def to(page: int) -> Press:
        if shown.neighbours:
            return Press("near", (shown.neighbours, shown.question.top, page, asker))
        return Press("page", (number, page, asker))

    page, pages = shown.page, shown.pages
    return [
        PressButton(to(page - 1), "←", disabled=page == 1),
        PressButton(Press("here"), f"{page} / {pages}", disabled=True),
        PressButton(to(page + 1), "→", disabled=page == pages),
    ]


def _menu(shown: Listing, say: Messages, numbers: tuple[int, ...]) -> PaperMenu:
    first = (shown.page - 1) * PAGE // _OPTIONS * _OPTIONS
    options = []
    for hit in shown.results.hits[first : first + _OPTIONS]:
        paper = hit.paper
        name = clean(called(paper, say, _OPTION))
        year = str(paper.year or say("year-unknown"))
        about = clip(" · ".join(filter(None, (clean(byline.authors(paper)), year))), _OPTION)
        options.append(
            SelectOption(
                label=clip(f"{hit.rank}. {name}", _OPTION), value=str(paper.id), description=about
            )
        )
    return PaperMenu(shown.page, numbers, say("menu-open"), options)


def _nothing(shown: Listing, say: Messages, number: int) -> LayoutView:
    results = shown.results
    searched = say("searched", papers=results.papers)
    took = say("took", ms=_milliseconds(shown))
    asked = _quoted(shown, say)
    if results.seed is not None:
        asked = f"**{say('neighbours-of', id=str(results.seed.id))}**"
    lines = [f"**{say('nothing')}** {escape(why_nothing(shown, say))}", f"-# {say('nothing-try')}"]
    if shown.demo:
        lines.append(f"-# {say('demo-note', papers=results.papers)}")
    above = f"{asked}\n" if results.seed or shown.question.text else ""
    head = f"## {say('heading')}\n{above}{_limits(shown, say)}-# {searched}{_GAP}{took}"
    return _message(
        Container(
            TextDisplay(head),
            Separator(),
            TextDisplay("\n".join(lines)),
            ActionRow(_refine(_numbers(shown, number), say)),
            accent_colour=_GREY,
        )
    )


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
    room = _MOST_TEXT - len(head)
    body = _paper_body(shown, say, room)
    return _message(
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
            accent_colour=_ACCENT,
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
    if say.chinese and byline.title(shown, chinese=True, width=1 << 16) == shown.translated_title:
        titles.reverse()
    titles = [clip(clean(title), _PAPER_TITLE) for title in titles if title]
    name = titles[0] if titles else byline.title(shown, chinese=say.chinese, width=_PAPER_TITLE)
    lines = [f"## {escape(name)}" if name else f"## #{shown.id}"]
    if not titles:
        lines.append(f"-# {say('no-title')}")
    lines += [escape(title) for title in titles[1:]]
    people = byline.names(shown)
    if people:
        between = "，" if has_han(people[0]) else ", "
        lines.append(escape(clip(between.join(people), _PAPER_AUTHORS)))
    if where := byline.published(shown):
        lines.append(f"-# {escape(clip(where, _PAPER_TITLE))}")
    doi = f"doi:{escape(clip(shown.doi, _PAPER_TITLE))}{_GAP}" if shown.doi else ""
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
    if say.chinese and byline.title(shown, chinese=True, width=1 << 16) == shown.translated_title:
        texts.reverse()
    for text in filter(None, texts):
        for line in _paragraphs(text):
            kept = _within(line, room)
            lines.append(kept)
            room -= len(kept) + 1
            if kept != line:
                return "\n".join(filter(None, lines)) + cut + note
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
    for style, name in _STYLES.items():
        if style not in references:
            continue
        text = clip(clean(references[style]).replace("`", "'"), _REFERENCE)
        lines.append(f"{name}\n```text\n{text}\n```")
    return _message(Container(TextDisplay("\n".join(lines)), accent_colour=_ACCENT))


def why(hit: Hit, say: Messages) -> LayoutView:
    """What made up the score of a hit."""
    name = escape(called(hit.paper, say, _TITLE))
    lines = [f"**{say('why-heading', id=str(hit.paper.id))}**{_GAP}{name}{_year(hit.paper)}"]
    for row in carried(hit, say):
        told = (f"**{escape(row.term)}**", escape(row.kind), f"{row.percent}\u00a0%", row.score)
        lines.append(_GAP.join(filter(None, told)))
    lines.append(f"-# {say('why-score')}{_GAP}{hit.score:.2f}")
    return _message(Container(TextDisplay("\n".join(lines)), accent_colour=_ACCENT))


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
    return _message(Container(text, *rows, accent_colour=_ACCENT))


class FileView(LayoutView):
    """A message that has a file."""

    def __init__(self, text: str, file: discord.File, heading: str = "") -> None:
        super().__init__(timeout=None)
        self.file = file
        shown: File[Any] = File(file)
        above = f"## {heading}\n" if heading else ""
        self.add_item(Container(TextDisplay(above + escape(text)), shown, accent_colour=_ACCENT))


def exported(text: bytes, papers: int, format: str, suffix: str, say: Messages) -> FileView:
    """The papers of a list as a file in the format."""
    file = discord.File(io.BytesIO(text), f"similar-literature{suffix}")
    return FileView(say("exported", papers=papers, format=EXPORTS[format]), file)


def notice(text: str) -> LayoutView:
    """A sentence of the bot's own, such as why something cannot be done."""
    return _message(Container(TextDisplay(escape(text)), accent_colour=_GREY))
