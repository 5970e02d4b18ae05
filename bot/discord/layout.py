"""Lists of papers as Discord messages of Components V2: pure, from a page to what is sent.

Lengths are in columns (a Han character is 2). A message has at most 40 components and 4,000
characters of text; what is made here keeps to `MOST_TEXT` by shortening extracts, and then by
quoting fewer sentences.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from discord import SelectOption
from discord.ui import (
    ActionRow,
    Container,
    LayoutView,
    Section,
    Separator,
    TextDisplay,
)

from bot import byline
from bot.answer import BESIDE_AN_ANSWER, PAGE, Listing, within
from bot.discord.escape import begin_lines, clean, escape, escape_within
from bot.discord.pieces import (
    ACCENT,
    AMBER,
    GAP,
    GREY,
    OPTION,
    OPTIONS,
    fitting,
    message,
    year_of,
)
from bot.discord.presses import PaperMenu, Press, PressButton
from bot.messages import Messages
from bot.words import called, connection, leanings, limits, why_nothing
from corpus.paper import Extract, Hit, Quotation
from corpus.text.extract import shorten
from corpus.text.width import clip

_QUESTION = 120
_TITLE, _BYLINE, _WORDS, _BY = 150, 72, 52, 40
_EXTRACTS = (270, 210, 150, 90, 0)
_EXTRACTS_BELOW = (BESIDE_AN_ANSWER, 150, 90)
_QUOTATION = 250


def listing(shown: Listing, say: Messages, *, asker: int, number: int) -> LayoutView:
    """A page of a list. `number` is the stored question's, `asker` may turn its pages in place."""
    if not shown.results.hits:
        return _nothing(shown, say, number)
    answers = [shown.answer[:many] for many in range(len(shown.answer), 0, -1)]
    sizes = [(answer, width) for answer in answers for width in _EXTRACTS_BELOW]
    sizes += [((), width) for width in _EXTRACTS]
    return fitting(_listing(shown, say, width, asker, number, answer) for answer, width in sizes)


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
    containers = [Container(*parts, accent_colour=ACCENT)]
    if answer:
        containers.insert(0, _answer(shown, say, answer))
    return message(*containers)


def _numbers(shown: Listing, number: int) -> tuple[int, ...]:
    """What a list stands for: a paper and how many of its neighbours, or its stored question."""
    return (shown.neighbours, shown.question.top) if shown.neighbours else (number,)


def _refine(numbers: tuple[int, ...], say: Messages) -> PressButton:
    return PressButton(Press("refine", numbers), say("button-refine"))


def _answer(shown: Listing, say: Messages, answer: tuple[Quotation, ...]) -> Container[Any]:
    note = say("answer-note-summaries" if shown.quotes_summaries else "answer-note")
    lines = [f"### {_quoted(shown, say)}", f"-# {note}".replace(" · ", GAP)]
    for one in answer:
        sentence = shorten(Extract(one.text.replace("\n", " "), one.marks), _QUOTATION)
        lines.append(f"> **[{one.rank}]** {marked(sentence)}")
    return Container(TextDisplay("\n".join(lines)), accent_colour=AMBER)


def _header(shown: Listing, say: Messages, *, quoted: bool) -> list[Any]:
    results = shown.results
    counted = say("found", count=len(results.hits), ms=_milliseconds(shown))
    line = f"-# {counted} · {say('extracts-in-bold')}".replace(" · ", GAP)
    if shown.demo:
        line += f"\n-# {say('demo-note', papers=results.papers)}"
    seed = results.seed
    if seed is None:
        question = f"{_quoted(shown, say)}\n" if quoted and shown.question.text else ""
        return [TextDisplay(f"## {say('heading')}\n{question}{_limits(shown, say)}{line}")]
    name = escape(called(seed, say, _TITLE))
    above = f"**{say('neighbours-of', id=str(seed.id))}**{GAP}{name}{year_of(seed)}"
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
    lines = [f"**{hit.rank}. {star}{name}**{year_of(paper)}"]
    where = byline.byline(paper, _BYLINE)
    if not (paper.title or paper.translated_title):
        where = say("no-title")
    if paper.summary_by:
        note = say("summary-short", by=clip(paper.summary_by, _BY))
        where = " · ".join(filter(None, (where, note)))
    if where:
        lines.append(f"-# {escape(where)}".replace(" · ", GAP))
    if not paper.abstract:
        lines.append(f"-# {say('no-abstract')}")
    elif width:
        lines.append(marked(within(hit.extract, width)))
    return "\n".join(lines)


def _foot(hit: Hit, say: Messages) -> Section[Any]:
    said = escape(connection(hit, say, _WORDS)) or f"#{hit.paper.id}"
    button = PressButton(Press("similar", (hit.paper.id,)), say("button-similar"))
    return Section(TextDisplay(f"-# {said}".replace(" · ", GAP)), accessory=button)


def marked(extract: Extract) -> str:
    """An extract with its matched words in bold and everything else escaped."""
    out: list[str] = []
    done = 0
    for start, end in extract.marks:
        out.append(escape_within(extract.text[done:start]))
        out.append(f"**{escape_within(extract.text[start:end])}**")
        done = end
    return begin_lines("".join(out) + escape_within(extract.text[done:]))


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
    first = (shown.page - 1) * PAGE // OPTIONS * OPTIONS
    options = []
    for hit in shown.results.hits[first : first + OPTIONS]:
        paper = hit.paper
        name = clean(called(paper, say, OPTION))
        year = str(paper.year or say("year-unknown"))
        about = clip(" · ".join(filter(None, (clean(byline.authors(paper)), year))), OPTION)
        options.append(
            SelectOption(
                label=clip(f"{hit.rank}. {name}", OPTION), value=str(paper.id), description=about
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
    head = f"## {say('heading')}\n{above}{_limits(shown, say)}-# {searched}{GAP}{took}"
    return message(
        Container(
            TextDisplay(head),
            Separator(),
            TextDisplay("\n".join(lines)),
            ActionRow(_refine(_numbers(shown, number), say)),
            accent_colour=GREY,
        )
    )
