"""Papers with anything in them, and what Discord forbids of the messages that show them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from corpus.paper import Paper
from tests import discord_limits
from tests.bot.discord.views import ENGLISH, SIMPLIFIED, TRADITIONAL, sent, texts

HOSTILE = st.sampled_from(
    (
        "**bold** __under__ `code` ",
        "@everyone @here <@123> <@&4> <#5> <t:1:R> </cmd:1> <a:wave:1> ",
        "[link](https://evil.example) discord.gg/x http://a.b ",
        "# head\n> quote\n- item\n1. first\n-# small\n```\nfence\n",
        "\u202e\u2066\u200f\u200b\ufeff\x00\x07\x1b[31m\x85",
        "👩‍👩‍👧‍👦🇨🇳",
        "عربى עברית ",
        "同伴支持者的督导。",
        "peer supervision. ",
        "\\\\\\",
        "re\u0301sume\u0301 ",
        "\u3000",
        "\u2800\u3164",
    )
)
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
LONG = st.builds(lambda part, count: part * count, HOSTILE | ANYTHING, st.integers(1, 300))
FIELD = st.one_of(st.just(""), st.lists(HOSTILE | ANYTHING, max_size=5).map("".join), LONG).map(
    lambda text: text.strip()[:10_000]
)
SHORT = st.just("") | FIELD.map(lambda text: text[:40])


def papers() -> st.SearchStrategy[Paper]:
    """Papers with anything in them."""
    return st.builds(
        Paper,
        id=st.integers(1, 10**9),
        title=FIELD,
        abstract=FIELD,
        translated_title=SHORT,
        translated_abstract=SHORT | FIELD,
        authors=st.lists(SHORT.map(lambda name: name or "A"), max_size=4).map(tuple)
        | st.builds(lambda name: (name or "A",) * 500, FIELD),
        journal=FIELD,
        year=st.none() | st.integers(1500, 2099),
        volume=SHORT,
        issue=SHORT,
        pages=SHORT,
        doi=st.just("") | st.text("10./abc<>()*_~|`", min_size=1, max_size=40) | FIELD,
        url=st.just("") | FIELD.map(lambda text: f"https://{text}") | FIELD,
        summary_by=st.sampled_from(["", "", "Similit *"]),
    )


def wrong(view: Any) -> list[str]:
    """What Discord or the design's budget forbids of a message."""
    payload = sent(view)
    total = sum(map(len, texts(view)))
    return [
        *discord_limits.violations(payload),
        *discord_limits.mention_violations(payload),
        *([f"{total} characters of text"] if total > 3800 else []),
    ]


LANGUAGES = st.sampled_from([ENGLISH, SIMPLIFIED, TRADITIONAL])


def distinct(found: Iterable[Paper]) -> list[Paper]:
    """The papers under numbers of their own, as a library has them."""
    return [dataclasses.replace(paper, id=id) for id, paper in enumerate(found, 1)]
