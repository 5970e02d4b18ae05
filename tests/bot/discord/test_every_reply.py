"""Every kind of reply there is, made of papers that mean harm, is one that Discord takes."""

from __future__ import annotations

import ast
import dataclasses
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.about import Example
from bot.browse import PaperPage, TopicPage
from bot.config import LOCALES
from bot.digests import Told
from bot.discord import (
    browsing_layout,
    curating_layout,
    export_layout,
    helping_layout,
    layout,
    list_layout,
    paper_layout,
    pieces,
    watch_layout,
)
from bot.discord.escape import clean
from bot.list_page import Entry, ListPage
from bot.messages import messages
from bot.reading_lists import LONGEST_NAME, Item, Reader, ReadingList
from bot.watches import Digest, Target, Watch
from corpus.imports import Imported
from corpus.library import ImportReport, Remark, Undone
from corpus.paper import Extract, Hit, Paper, Quotation, Share, Topic
from corpus.text.width import clip
from corpus.writers.citation import STYLES
from tests import discord_limits
from tests.bot.discord.views import listing, sent, texts

ROOT = Path(__file__).resolve().parents[3]
NASTY = [
    "*_~`|[](<>)\\# " * 700,
    "@everyone @here <@1> <@&2> <#3> <t:4:R> </cmd:5> <:smile:6>" * 170,
    "\u202e\u2066\u200f" * 3400,
    "\u200b\u200c\u200d\ufeff" * 2500,
    "e" + "\u0301" * 9_999,
    "同" * 10_000,
    "```\n" * 2500,
    "`*_~" * 2500,
    "https://evil.example/" + "a" * 9_980,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 2000,
    "\n\n- x\n> y\n1. z\n" * 600,
    "word " * 2000,
    "",
]


class Nasty(str):
    """A long text that a failing test names briefly."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{len(self)} characters: {self[:12]!s:.40}…>".encode("ascii", "replace").decode()


_ONE = st.sampled_from([Nasty(one) for one in NASTY])
TEXT = _ONE | st.lists(_ONE, min_size=2, max_size=3).map(
    lambda parts: Nasty("".join(part[:60] for part in parts))
)
SAY = st.sampled_from([messages(one) for one in LOCALES])


@st.composite
def hostile(draw: st.DrawFn) -> Paper:
    """A paper whose every field may mean harm, or say nothing."""
    names = st.lists(TEXT.filter(bool), max_size=3).map(tuple)
    return Paper(
        id=draw(st.integers(1, 10**15)),
        title=draw(TEXT),
        abstract=draw(TEXT),
        translated_title=draw(TEXT),
        translated_abstract=draw(TEXT),
        authors=draw(names | st.just(("*Somebody*, @everyone",) * 500)),
        journal=draw(TEXT),
        year=draw(st.none() | st.integers(-99, 99_999)),
        volume=draw(TEXT)[:200],
        pages=draw(TEXT)[:200],
        doi=draw(TEXT)[:400],
        url=draw(TEXT),
        keywords=draw(names),
        summary_by=draw(TEXT)[:200],
    )


Papers = list[Paper]


def _hit(paper: Paper, text: str = "") -> Hit:
    extract = Extract(paper.abstract, ((0, min(5, len(paper.abstract))),))
    shares = tuple(Share(f"{text}{n}", "word", "", 1.0 / (n + 1)) for n in range(12))
    terms = tuple(part or "x" for part in (text[:3000], paper.title[:3000]))
    return Hit(rank=1, paper=paper, score=9.0, extract=extract, terms=terms, shares=shares)


def _topics(text: str) -> tuple[Topic, ...]:
    return tuple(Topic(10**12 + n, "keyword", text[:200] or "x", 10**9) for n in range(20))


def _report(text: str) -> ImportReport:
    remarks = [Remark(Path("a"), n, n, text) for n in range(9)]
    return ImportReport(added=10**9, merged=remarks, skipped=remarks, failed={Path("a"): text})


LAST = Imported(10**9, "2020-01-01", ("a",), 10**9)
QUOTED = tuple(Quotation(rank, "Quoted *sentence*. " * 40) for rank in (1, 2, 3))
READER = Reader("1", "7")
WATCH = Watch(2**48, "1", "7", Target(text="x"), "en", "daily", "Asia/Shanghai", 0, 1)


def _lists(text: str, many: int = 30) -> list[ReadingList]:
    name = text[:LONGEST_NAME] or "x"
    return [ReadingList(2**48 + n, name, "1", "78"[n % 2], 10**9) for n in range(many)]


def _entries(papers: Papers, text: str) -> tuple[Entry, ...]:
    return tuple(Entry(Item(one.id, text, (text,) * 9, 1, "1", True), one) for one in papers)


Build = Callable[[Papers, str, Any], Any]
REPLIES: dict[str, Build] = {
    "layout.listing": lambda p, t, say: layout.listing(
        listing(p, t, answer=QUOTED), say, asker=10**19, number=10**9
    ),
    "layout.listing of neighbours": lambda p, t, say: layout.listing(
        listing(p[1:], t, seed=p[0]), say, asker=10**19, number=10**9
    ),
    "layout.listing of nothing": lambda _, t, say: layout.listing(
        listing([], t, unknown=(t, t)), say, asker=10**19, number=10**9
    ),
    "paper_layout.paper": lambda p, t, say: paper_layout.paper(
        p[0], say, (10**9, 20), browsing_layout.on(_topics(t), say)
    ),
    "paper_layout.citation": lambda p, t, say: paper_layout.citation(
        p[0], dict.fromkeys(STYLES, t), say
    ),
    "paper_layout.why": lambda p, t, say: paper_layout.why(_hit(p[0], t), say),
    "export_layout.formats": lambda _, __, say: export_layout.formats((10**9, 20), say),
    "export_layout.formats of a page": lambda _, __, say: export_layout.formats(
        (10**9, 20), say, 10**6
    ),
    "export_layout.paper_formats": lambda p, _, say: export_layout.paper_formats(p[0].id, say),
    "export_layout.exported": lambda _, t, say: export_layout.exported(
        t.encode(), 10**9, "ris", ".ris", say
    ),
    "pieces.notice": lambda _, t, say: pieces.notice(
        say("paper-not-found", reference=clip(clean(t), 120))
    ),
    "browsing_layout.topics": lambda _, t, say: browsing_layout.topics(
        TopicPage(kind="keyword", topics=_topics(t), total=10**9, page=2, pages=10**6), say, 10**19
    ),
    "browsing_layout.papers": lambda p, t, say: browsing_layout.papers(
        PaperPage(topic=_topics(t)[0], papers=tuple(p), page=2, pages=10**6), say, 10**19
    ),
    "browsing_layout.browsed": lambda p, t, say: browsing_layout.browsed(
        PaperPage(topic=_topics(t)[0], papers=tuple(p), page=2, pages=10**6), say, 10**19
    ),
    "helping_layout.help": lambda p, t, say: helping_layout.help(
        Example(t, 10**12, _hit(p[0])), say
    ),
    "helping_layout.welcome": lambda p, t, say: helping_layout.welcome(
        10**9, Example(t, 10**12, _hit(p[0])), say
    ),
    "helping_layout.about": lambda _, t, say: helping_layout.about([("x", t[:300])] * 4, say),
    "list_layout.overview": lambda _, t, say: list_layout.overview(
        _lists(t), READER, say, hidden=True
    ),
    "list_layout.listed": lambda p, t, say: list_layout.listed(
        ListPage(_lists(t)[0], _entries(p, t), 2, 10**6, True), READER, say, alone=False
    ),
    "list_layout.card": lambda p, t, say: list_layout.card(
        list_layout.Card(p[0], _lists(t), _lists(t, 9), True), say
    ),
    "list_layout.formats": lambda _, t, say: list_layout.formats(_lists(t)[0], say),
    "list_layout.sure": lambda _, t, say: list_layout.sure(_lists(t)[0], say),
    "watch_layout.digest": lambda p, t, say: watch_layout.digest(
        Told(WATCH, Digest(2**48, WATCH.id, (), 0), t, tuple(_hit(one, t) for one in p)), say
    ),
    "watch_layout.watching": lambda _, t, say: watch_layout.watching(WATCH, t, say),
    "watch_layout.watches": lambda _, t, say: watch_layout.watches(
        [(WATCH._replace(id=n), t) for n in range(24)], say
    ),
    "curating_layout.preview": lambda p, t, say: curating_layout.preview(
        _report(t), [one.title for one in p[:6]], [t, t], 10**12, say
    ),
    "curating_layout.progress": lambda _, __, say: curating_layout.progress("reading", 10**9, say),
    "curating_layout.added": lambda _, t, say: curating_layout.added(_report(t), LAST, say),
    "curating_layout.last": lambda _, t, say: curating_layout.last(LAST, t, say),
    "curating_layout.undone": lambda _, __, say: curating_layout.undone(
        Undone("2020", ("a",), 10**9, 10**9), 10**9, say
    ),
}


@pytest.mark.parametrize("kind", REPLIES)
@given(found=st.lists(hostile(), min_size=8, max_size=8), text=TEXT, say=SAY)
@settings(max_examples=12)
def test_no_paper_breaks_any_reply(kind: str, found: Papers, text: str, say: Any) -> None:
    assert_taken(kind, found, text, say)


@pytest.mark.parametrize("kind", REPLIES)
@pytest.mark.parametrize("text", [one for one in NASTY if one], ids=lambda text: ascii(text[:8]))
def test_no_text_in_every_field_breaks_any_reply(kind: str, text: str) -> None:
    """What random examples may never do: the same harm everywhere at once."""
    fields = "title abstract translated_title translated_abstract journal url".split()
    paper = Paper(
        **dict.fromkeys(fields, text),
        authors=(text, text),
        keywords=(text, text),
        year=-99,
        doi=text[:400],
        summary_by=text[:200],
    )
    for locale in LOCALES:
        assert_taken(kind, [paper] * 8, text, messages(locale))


def assert_taken(kind: str, found: Papers, text: str, say: Any) -> None:
    """A reply of this kind about these papers, which are numbered here, is what Discord takes."""
    numbered = [dataclasses.replace(paper, id=n) for n, paper in enumerate(found, 1)]
    view = REPLIES[kind](numbered, text, say)
    payload = sent(view)
    if isinstance(view, export_layout.FileView):
        payload["attachments"] = [{"id": 0, "filename": view.file.filename}]
    assert list(discord_limits.violations(payload)) == []
    assert list(discord_limits.mention_violations(payload)) == []
    for shown in texts(view):
        assert clean(shown) == shown  # nothing that turns the direction of writing


def kinds() -> Iterator[str]:
    """Every function of the bot's Discord rooms that makes a reply for others to send."""
    rooms = ROOT / "bot" / "discord"
    for path in [rooms / "pieces.py", *sorted(rooms.glob("*layout.py"))]:
        for node in ast.parse(path.read_text("utf-8")).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith(
                ("_", "message", "fitting")
            ):
                continue
            if node.returns and ast.unparse(node.returns) in ("LayoutView", "FileView"):
                yield f"{path.stem}.{node.name}"


def test_every_kind_of_reply_has_a_property_test() -> None:
    """Here, or in a file of its own that holds what it makes against Discord's limits."""
    others = [
        text
        for path in Path(__file__).parent.glob("test_*layout*.py")
        if re.search("discord_limits|import .*wrong", text := path.read_text("utf-8"))
        if "@given" in text
    ]
    covered = {name.split(" ")[0] for name in REPLIES}
    missing = [
        name
        for name in set(kinds()) - covered
        if not any(re.search(rf"\b{name.split('.')[1]}\(", text) for text in others)
    ]
    assert missing == []
    assert covered <= set(kinds())
    assert len(covered) >= 16
