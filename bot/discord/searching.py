"""Searching by fields: `/search`, and the form that narrows down a list that is shown."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.app_commands import Choice, Range
from discord.ui import Label, Modal, TextInput

from bot.answer import Question
from bot.discord.presses import Press
from bot.discord.wording import anywhere, said
from bot.messages import Messages
from bot.query_fields import written
from bot.query_line import BadLine, asked, fields, refined
from corpus.paper import Filters
from corpus.text.language import language_code
from corpus.text.width import clip

if TYPE_CHECKING:
    from bot.discord.client import Similit

_FORM = re.compile(r"similit-refine(?P<numbers>(?::\d+){1,2})")
_LONGEST_TEXT, _MOST_PAPERS = 6000, 100
_LONGEST_VALUE = 4000
_LONGEST_FIELD = 300
_MANY = re.compile(r"[,，;；、]")
_LABELS = {
    "question": "refine-question",
    "years": "refine-years",
    "author": "refine-author",
    "journal": "refine-journal",
    "more": "refine-more",
}
_HOW = {"years": "refine-years-how", "more": "refine-more-how"}
_QUOTED_LINE = 300


def add_search(tree: app_commands.CommandTree[Similit]) -> None:
    """Put `/search` into `tree`."""

    @anywhere
    @tree.command(name="search", description=said("command-search"))
    @app_commands.rename(first="from", last="to")
    @app_commands.describe(
        text=said("option-words"),
        title=said("option-title"),
        author=said("option-author"),
        journal=said("option-journal"),
        keyword=said("option-keyword"),
        first=said("option-from"),
        last=said("option-to"),
        language=said("option-language"),
        without=said("option-without"),
        sort=said("option-sort"),
        count=said("option-count"),
        private=said("option-private"),
    )
    @app_commands.choices(
        sort=[
            Choice(name=said("sort-similarity"), value="similarity"),
            Choice(name=said("sort-year"), value="year"),
        ]
    )
    async def search(
        interaction: discord.Interaction[Similit],
        text: Range[str, 1, _LONGEST_TEXT] = "",
        title: Range[str, 1, _LONGEST_FIELD] = "",
        author: Range[str, 1, _LONGEST_FIELD] = "",
        journal: Range[str, 1, _LONGEST_FIELD] = "",
        keyword: Range[str, 1, _LONGEST_FIELD] = "",
        first: Range[int, 1000, 9999] | None = None,
        last: Range[int, 1000, 9999] | None = None,
        language: Range[str, 1, _LONGEST_FIELD] = "",
        without: Range[str, 1, _LONGEST_FIELD] = "",
        sort: str = "",
        count: Range[int, 1, _MOST_PAPERS] | None = None,
        private: bool = False,
    ) -> None:
        await interaction.response.defer(ephemeral=private, thinking=True)
        words = tuple(filter(None, map(str.strip, _MANY.split(without))))
        filters = Filters(
            author=author.strip(),
            title=title.strip(),
            keyword=keyword.strip(),
            journal=journal.strip(),
            first_year=first,
            last_year=last,
            language=language_code(language),
            without=words,
        )
        await interaction.client.finding.searched(interaction, text, filters, sort, count)


def searched(text: str, filters: Filters, sort: str, top: int) -> Question:
    """The question that the options of `/search` put. Raises `BadLine`."""
    first, last = filters.first_year, filters.last_year
    if first and last and first > last:
        years = f"{first}..{last}"
        raise BadLine(years, 0, len(years), "line-backwards")
    if filters.language and not re.fullmatch("[a-z]{2}", filters.language):
        raise BadLine(filters.language, 0, len(filters.language), "line-no-language")
    question = asked(Question(top=top, filters=filters, sort=sort or "similarity"), text)
    if not question.text:
        # The best of what a title or keyword names is better than the newest.
        words = " ".join(filter(None, (filters.title, filters.keyword)))
        question = asked(question, words) if words else question
    return question


class RefineForm(Modal):
    """The form of a list that `numbers` stand for, filled in with the question behind it.

    What is handed in comes by the form's custom_id alone, so nothing waits for it.
    """

    def __init__(self, question: Question, numbers: tuple[int, ...], say: Messages) -> None:
        custom_id = ":".join(("similit-refine", *map(str, numbers)))
        super().__init__(title=say("refine-title"), custom_id=custom_id, timeout=600)
        filters = question.filters
        years = written(Filters(first_year=filters.first_year, last_year=filters.last_year))
        rest = Filters(
            title=filters.title,
            keyword=filters.keyword,
            language=filters.language,
            phrases=filters.phrases,
            without=filters.without,
        )
        values = {
            "question": question.text,
            "years": years.partition(":")[2],
            "author": filters.author,
            "journal": filters.journal,
            "more": written(rest, question.sort, say.locale),
        }
        if question.like is not None or len(question.text) > _LONGEST_VALUE:
            del values["question"]  # there is no text, or none that a form could hold
        for name, value in values.items():
            long = name == "question"
            field: TextInput[Any] = TextInput(
                custom_id=name,
                default=value[:_LONGEST_VALUE],
                required=False,
                max_length=_LONGEST_VALUE,
                style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
            )
            how = say(_HOW[name]) if name in _HOW else None
            self.add_item(Label(text=say(_LABELS[name]), description=how, component=field))


def form_of(interaction: discord.Interaction[Any]) -> Press | None:
    """The press that led to the form that `interaction` hands in; None where it hands in none."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return None
    data: Any = interaction.data
    found = _FORM.fullmatch(data["custom_id"])
    if found is None:
        return None
    return Press("refine", tuple(map(int, found["numbers"].split(":")[1:])))


def handed_in(question: Question, interaction: discord.Interaction[Any]) -> Question:
    """`question` as the form that `interaction` hands in has it now. Raises `BadLine`."""
    data: Any = interaction.data
    values = {name: value.strip() for name, value in _values(data["components"])}
    years = f'year:"{values["years"]}" ' if values.get("years") else ""
    narrowed = fields(years + values.get("more", ""))
    filters = Filters(author=values.get("author", ""), journal=values.get("journal", ""))
    plain = dataclasses.replace(question, filters=filters, sort="similarity")
    if "question" in values:
        plain = asked(plain, values["question"])
    return refined(plain, narrowed)


def _values(components: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, str]]:
    """The values of a form by the names of its fields."""
    for one in components:
        inside = one.get("component")
        nested = [inside] if inside else one.get("components", ())
        if "value" in one and one.get("custom_id") in _LABELS:
            yield one["custom_id"], str(one["value"] or "")
        yield from _values(nested)


def pointed(error: BadLine, say: Messages) -> str:
    """The sentence that says what is wrong with a query line, and the line with a mark there."""
    wrong = error.text[error.start : error.end]
    before, after = error.text[: error.start], error.text[error.start :]
    if len(before) > _QUOTED_LINE:
        before = f"…{before[-_QUOTED_LINE:]}"
    marked = f"{before}▸{clip(after, _QUOTED_LINE)}"
    return f"{say(error.reason, said=clip(wrong, 80))}\n{marked}"
