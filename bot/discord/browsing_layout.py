"""Browsing as Discord messages: pure, from a page of topics or papers to what is sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from discord import SelectOption
from discord.ui import ActionRow, Container, LayoutView, Section, Separator, TextDisplay

from bot import byline
from bot.browse import PaperPage, TopicPage
from bot.discord.browsing_presses import TopicMenu, Turn, TurnButton
from bot.discord.escape import clean, escape
from bot.discord.pieces import ACCENT, GAP, OPTION, OPTIONS, fitting, message
from bot.discord.presses import PaperMenu, Press, PressButton
from bot.messages import Messages
from bot.words import called
from corpus.paper import TOPICS, Paper, Topic
from corpus.text.width import clip

_NAMES = (80, 50)  # columns of the names of topics: as signs, each can need two characters
_SIZES = ((120, 72), (80, 50), (40, 0))  # of title and byline: what fits first is taken


def browsed(shown: TopicPage | PaperPage, say: Messages, asker: int) -> LayoutView:
    """A page of topics or of the papers of one."""
    if isinstance(shown, TopicPage):
        return topics(shown, say, asker)
    return papers(shown, say, asker)


def topics(shown: TopicPage, say: Messages, asker: int) -> LayoutView:
    """A page of topics with counts; choosing one shows its papers."""
    return fitting(_topics(shown, say, asker, width) for width in _NAMES)


def _topics(shown: TopicPage, say: Messages, asker: int, width: int) -> LayoutView:
    counted = say("browse-counted", kind=shown.kind, count=shown.total)
    head = f"## {say('browse-heading', kind=shown.kind)}\n-# {counted}"
    parts: list[Any] = [TextDisplay(head), Separator()]
    if shown.topics:
        lines = (f"**{_name(one, width)}**{GAP}{one.papers:,}" for one in shown.topics)
        parts += [TextDisplay("\n".join(lines)), Separator()]
    kinds = (
        TurnButton.of_kind(kind, asker, say("browse-kinds", kind=kind), current=kind == shown.kind)
        for kind in TOPICS
    )
    parts.append(ActionRow(*kinds))
    if shown.pages > 1 and not shown.part:
        number = TOPICS.index(shown.kind)
        parts.append(ActionRow(*_turns("topics", number, shown.page, shown.pages, asker)))
    if shown.topics:
        placeholder = say("browse-choose", kind=shown.kind)
        options = [_option(one, say, bare=True) for one in shown.topics]
        parts.append(ActionRow(TopicMenu(asker, placeholder, options)))
    return message(Container(*parts, accent_colour=ACCENT))


def papers(shown: PaperPage, say: Messages, asker: int) -> LayoutView:
    """A page of the papers of a topic, each with its neighbours a press away."""
    return fitting(_papers(shown, say, asker, *sizes) for sizes in _SIZES)


def _papers(shown: PaperPage, say: Messages, asker: int, title: int, by: int) -> LayoutView:
    topic = shown.topic
    counted = say("browse-papers", papers=topic.papers)
    kind = say("browse-kind", kind=topic.kind)
    parts: list[Any] = [TextDisplay(f"## {kind}{GAP}{_name(topic)}\n-# {counted}"), Separator()]
    for paper in shown.papers:
        button = PressButton(Press("similar", (paper.id,)), say("button-similar"))
        parts.append(Section(TextDisplay(_item(paper, say, title, by)), accessory=button))
    if shown.papers:
        parts.append(Separator())
    turns = _turns("papers", topic.id, shown.page, shown.pages, asker) if shown.pages > 1 else []
    all_of_kind = say("browse-kinds", kind=topic.kind)
    back = TurnButton.of_kind(topic.kind, asker, all_of_kind, current=False)
    parts.append(ActionRow(*turns, back))
    if shown.papers:
        options = [_paper_option(paper, say) for paper in shown.papers]
        parts.append(ActionRow(PaperMenu(shown.page, (), say("menu-open"), options)))
    return message(Container(*parts, accent_colour=ACCENT))


def on(topics: Iterable[Topic], say: Messages) -> list[ActionRow[Any]]:
    """A row that leads on from a paper to others of its subjects, journal, year or keywords."""
    options = [_option(one, say) for one in topics][:OPTIONS]
    return [ActionRow(TopicMenu(0, say("browse-on"), options))] if options else []


def _item(paper: Paper, say: Messages, title: int, by: int) -> str:
    name = escape(called(paper, say, title))
    where = byline.byline(paper, by) if by else ""
    year = f"\u00a0({paper.year})" if paper.year else ""
    lines = [f"**{name}**{year}"]
    if where:
        lines.append(f"-# {escape(where)}".replace(" · ", GAP))
    return "\n".join(lines)


def _name(topic: Topic, width: int = _NAMES[0]) -> str:
    return escape(clip(clean(topic.name), width))


def _turns(what: str, number: int, page: int, pages: int, asker: int) -> list[Any]:
    return [
        TurnButton(Turn(what, number, page - 1, asker), "←", disabled=page == 1),
        PressButton(Press("here"), f"{page:,} / {pages:,}", disabled=True),
        TurnButton(Turn(what, number, page + 1, asker), "→", disabled=page == pages),
    ]


def _option(topic: Topic, say: Messages, *, bare: bool = False) -> SelectOption:
    counted = say("browse-count", papers=topic.papers)
    kind = "" if bare else say("browse-kind", kind=topic.kind)
    return SelectOption(
        label=clip(clean(topic.name).strip(), OPTION) or f"#{topic.id}",
        value=str(topic.id),
        description=" · ".join(filter(None, (kind, counted))),
    )


def _paper_option(paper: Paper, say: Messages) -> SelectOption:
    known = str(paper.year or say("year-unknown"))
    about = " · ".join(filter(None, (clean(byline.authors(paper)), known)))
    return SelectOption(
        label=clip(clean(called(paper, say, OPTION)).strip(), OPTION) or f"#{paper.id}",
        value=str(paper.id),
        description=clip(about, OPTION),
    )
