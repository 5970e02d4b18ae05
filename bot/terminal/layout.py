"""Replies as text for a terminal, with rich."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bot import byline
from bot.answer import BESIDE_AN_ANSWER, Listing, within
from bot.digests import Told
from bot.list_page import Entry
from bot.messages import Messages
from bot.terminal.prose import Prose
from bot.words import called, carried, connection, leanings, limits, why_nothing
from corpus.paper import Extract, Hit, Paper, Quotation
from corpus.text.sections import sections
from corpus.text.width import clip, columns

_WIDEST = 100
_INDENT = 4
_AMBER = "#c9923e"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def console(*, stderr: bool = False) -> Console:
    """A console that prints text as it is, no wider than reads well."""
    made = Console(stderr=stderr, highlight=False, markup=False, emoji=False, soft_wrap=False)
    made.width = min(made.width, _WIDEST)
    return made


def plain(text: str) -> str:
    """`text` with a space for each character that a terminal would obey rather than show."""
    return _CONTROL.sub(" ", text)


def listing(shown: Listing, say: Messages, hits: Iterable[Hit], width: int) -> RenderableType:
    """The head of a list, and these of its items."""
    results = shown.results
    parts: list[RenderableType] = []
    milliseconds = max(1, round(results.milliseconds))
    if results.seed is not None:
        seed = results.seed
        name = called(seed, say, width * 2)
        parts.append(
            Text.assemble(
                (say("neighbours-of", id=str(seed.id)), "bold"), f" · {plain(name)}{_year(seed)}"
            )
        )
    parts += [Text(plain(line), "bold") for line in leanings(shown, say, width)]
    limited = [Text(plain(line), "dim") for line in [limits(shown, say)] if line]
    if not results.hits:
        parts += [*limited, *_nothing(shown, say, milliseconds)]
        return Group(*parts)
    if shown.answer:
        parts += [*_answer(shown, say), ""]
    parts.append(Text(say("found", count=len(results.hits), ms=str(milliseconds)), "cyan"))
    parts += [*limited, Text(say("extracts"), "dim")]
    if shown.demo:
        parts.append(Text(say("demo-note", papers=results.papers), "dim"))
    for hit in hits:
        saved = hit.paper.id in shown.marked
        parts += ["", _item(hit, say, width, brief=bool(shown.answer), saved=saved)]
    return Group(*parts)


def example(text: str, hit: Hit, say: Messages, width: int) -> RenderableType:
    """A question to try, and the first paper that it finds."""
    asked = say("help-example", text=plain(clip(" ".join(text.split()), width)))
    return Group("", Prose(Text(asked, "cyan")), _item(hit, say, width, brief=True))


def _answer(shown: Listing, say: Messages) -> Iterable[RenderableType]:
    note = "answer-note-summaries" if shown.quotes_summaries else "answer-note"
    yield Prose(Text(say(note), f"bold {_AMBER}"))
    for one in shown.answer:
        head = Text(f"[{one.rank}]".rjust(_INDENT), f"bold {_AMBER}")
        yield Prose(head.append(" ").append_text(_quoted(one)), rest=_INDENT + 1)


def _quoted(one: Quotation) -> Text:
    quoted = marked(Extract(one.text.replace("\n", " "), one.marks))
    quoted.style = "not bold default"
    return quoted


def _nothing(shown: Listing, say: Messages, milliseconds: int) -> list[RenderableType]:
    results = shown.results
    searched = say("searched", papers=results.papers)
    lines: list[RenderableType] = [
        Text(f"{searched} · {say('took', ms=str(milliseconds))}", "dim"),
        Text.assemble((say("nothing"), "bold"), " ", plain(why_nothing(shown, say))),
        Text(say("nothing-try"), "dim"),
    ]
    if shown.demo:
        lines.append(Text(say("demo-note", papers=results.papers), "dim"))
    return lines


def _item(
    hit: Hit, say: Messages, width: int, *, brief: bool, saved: bool = False
) -> RenderableType:
    paper = hit.paper
    inner = width - _INDENT
    name = plain(byline.title(paper, chinese=say.chinese, width=inner * 2 - 8))
    lines: list[Text] = []
    notes = [say("summary-short", by=plain(paper.summary_by))] if paper.summary_by else []
    notes.append(f"#{paper.id}")
    room = inner - sum(columns(note) + 3 for note in notes)
    untitled = not (paper.title or paper.translated_title)
    where = say("no-title") if untitled else plain(byline.byline(paper, room))
    lines.append(Text(" · ".join(filter(None, (where, *notes))), "dim"))
    if hit.extract.text:
        lines.append(marked(within(hit.extract, BESIDE_AN_ANSWER) if brief else hit.extract))
    else:
        lines.append(Text(say("no-abstract"), "italic dim"))
    if why := connection(hit, say, inner):
        lines.append(Text(plain(why), "dim"))
    star = ("★ ", "yellow") if saved else ""
    head = Text.assemble((f"{hit.rank}.".rjust(_INDENT - 1), "bold"), " ", star, (name, "bold"))
    return Group(
        Prose(head.append(_year(paper)), rest=_INDENT),
        *(Prose(line, _INDENT, _INDENT) for line in lines),
        *([_shares(hit, say)] if hit.shares else []),
    )


def why(hit: Hit, say: Messages, width: int) -> RenderableType:
    """What made up the score of a hit."""
    name = plain(called(hit.paper, say, width))
    head = Text.assemble((say("why-heading", id=str(hit.paper.id)), "bold"), f" · {name}")
    return Group(Prose(head), _shares(hit, say))


def _shares(hit: Hit, say: Messages) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    for name in ("left", "left", "right", "right"):
        table.add_column(justify=name, no_wrap=True, overflow="ellipsis")
    for row in carried(hit, say):
        table.add_row(plain(row.term), Text(plain(row.kind), "dim"), f"{row.percent} %", row.score)
    table.add_row(Text(say("why-score"), "dim"), "", "", Text(f"{hit.score:.2f}", "bold"))
    return Padding(table, (0, 0, 0, _INDENT), expand=False)


def marked(extract: Extract) -> Text:
    """An extract with its matched words in bold green."""
    text = Text(plain(extract.text))
    for start, end in extract.marks:
        text.stylize("bold green", start, end)
    return text


def digest(shown: Told, say: Messages, width: int) -> RenderableType:
    """What a watch has to tell."""
    parts: list[RenderableType] = [
        Prose(Text.assemble((say("digest-heading"), "bold"), f" · {plain(shown.about)}")),
        Text(say("digest-count", count=len(shown.hits)), "cyan"),
    ]
    for hit in shown.hits:
        parts += ["", _item(hit, say, width, brief=True)]
    return Group(*parts, "")


def entry(place: int, shown: Entry, say: Messages, width: int) -> RenderableType:
    """A paper of a reading list, with what its reader wrote about it."""
    item, paper = shown
    head = Text(f"{place}.".rjust(_INDENT - 1) + " ", "bold")
    if paper is None:
        return Prose(head.append(say("list-paper-gone", id=str(item.paper)), "not bold"))
    inner = width - _INDENT
    head.append(plain(called(paper, say, inner * 2 - 8))).append(_year(paper), "not bold")
    notes = [f"#{paper.id}", *([f"✓ {say('list-read')}"] if item.read else ())]
    room = inner - sum(columns(note) + 3 for note in notes)
    about = " · ".join(filter(None, (plain(byline.byline(paper, room)), *notes)))
    lines = [Text(about, "dim")]
    lines += [Text(plain(" · ".join(item.tags)), "cyan")] if item.tags else []
    lines += [Text(plain(item.note))] if item.note else []
    return Group(Prose(head, rest=_INDENT), *(Prose(line, _INDENT, _INDENT) for line in lines))


def _year(paper: Paper) -> str:
    return f" ({paper.year})" if paper.year else ""


def paper(shown: Paper, say: Messages) -> RenderableType:
    """The whole record, its abstract in parts."""
    parts: list[RenderableType] = [
        Text(plain(shown.title or byline.title(shown, chinese=say.chinese, width=_WIDEST)), "bold")
    ]
    if not shown.title:
        parts.append(Text(say("no-title"), "dim"))
    if shown.translated_title:
        parts.append(Text(plain(shown.translated_title)))
    identifiers = [f"#{shown.id}"]
    identifiers += [f"doi:{shown.doi}"] if shown.doi else []
    identifiers += [f"PMID {shown.pmid}"] if shown.pmid else []
    identifiers += [shown.source_id] if shown.source_id else []
    identifiers += [shown.url] if shown.url else []
    for name, value in (
        ("show-authors", ", ".join(byline.names(shown))),
        ("show-published", byline.published(shown)),
        ("show-identifiers", " · ".join(identifiers)),
        ("show-keywords", " · ".join(shown.keywords)),
        ("show-subjects", " · ".join(shown.subjects)),
        ("show-affiliations", " · ".join(shown.affiliations)),
        ("show-language", shown.language),
        ("show-other", ", ".join(shown.extra)),
    ):
        if value:
            parts.append(Prose(Text.assemble((f"{say(name)}  ", "dim"), plain(value))))
    parts.append("")
    if not shown.abstract:
        parts.append(Text(say("no-abstract"), "italic dim"))
    for text in filter(None, (shown.abstract, shown.translated_abstract)):
        for part in sections(text):
            body = text[part.start : part.end].strip()
            head = f"{part.head}  " if part.head else ""
            parts.append(Prose(Text.assemble((plain(head), "bold"), plain(body))))
        parts.append("")
    if shown.summary_by:
        note = "summary-note-translated" if shown.translated_abstract else "summary-note"
        parts.append(Text(say(note, by=plain(shown.summary_by)), "dim"))
    return Group(*parts)
