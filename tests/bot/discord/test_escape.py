"""Text from papers shows as it is: Discord makes nothing else of it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.escape import begin_lines, clean, escape, escape_within
from tests.bot.discord.conftest import displayed

HOSTILE = st.sampled_from(
    [
        *"*_~`|<>[]()\\#-+.:/@!&\n 1aA中\u3000\u00a0",
        *("**", "__", "~~", "||", "```", "@everyone", "@here", "<@1>", "<@!1>", "<@&1>", "<#1>"),
        *(
            "<t:1:R>",
            "</cmd:1>",
            "<:a:1>",
            "<a:a:1>",
            "<id:guide>",
            "[a](https://a.b)",
            "<http://a>",
        ),
        *("http://a.b", "https://a.b/c_d", "HTTPS://a.b", "discord.gg/x", "discordapp.com/x"),
        *("discord://x", "steam://x", "# ", "## ", "### ", "-# ", "> ", ">>> ", "- ", "* ", "+ "),
        *("1. ", "12) ", "\u202e", "\u2066", "\u200f", "\u200b", "\x00", "\x1b", "\r", "\x85"),
    ]
)
TEXT = st.lists(HOSTILE | st.text(max_size=5), max_size=12).map("".join)

MEANT = {
    "a mention, time stamp, command or emoji": re.compile(r"<(?=[@#:/]|t:|a:|id:)"),
    "emphasis, code or a spoiler": re.compile(r"[*_~`|]"),
    "a link with words": re.compile(r"\[[^\]]*\]\("),
    "a bare link": re.compile(r"(?i)(?:https?|steam|discord)://"),
    "an invitation": re.compile(r"(?i)discord(?:app)?\.(?:gg|com)"),
    "a mention of everybody": re.compile(r"@(?:everyone|here)"),
    "a heading, quote or list": re.compile(r"(?m)^\s*(?:#{1,3}\s|-#|>|[-+*]\s|\d+[.)]\s)"),
}


def read(escaped: str) -> str:
    """What Discord parses: each escaped sign is a letter to it, whatever it was."""
    return re.sub(r"\\[^0-9A-Za-z\s]", "\u2060", escaped)


def meant(escaped: str) -> list[str]:
    """What Discord would make of an escaped text beside showing it."""
    return [name for name, pattern in MEANT.items() if pattern.search(read(escaped))]


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("plain words, (n = 15); p < 0.05", "plain words, (n = 15); p \\< 0.05"),
        ("*a* _b_ ~~c~~ ||d|| `e`", "\\*a\\* \\_b\\_ \\~\\~c\\~\\~ \\|\\|d\\|\\| \\`e\\`"),
        ("a\\*b", "a\\\\\\*b"),
        ("<@123> <#1> <t:1:R> </a:1> <:a:1>", "\\<@123> \\<#1> \\<t:1:R> \\</a:1> \\<:a:1>"),
        ("@everyone and @here, me@here.org", "\\@everyone and \\@here, me\\@here.org"),
        ("[a](https://b.c)", "\\[a](https\\://b.c)"),
        ("See HTTPS://a.b", "See HTTPS\\://a.b"),
        ("discord.gg/x", "discord\\.gg/x"),
        ("# head", "\\# head"),
        ("#12 is a number", "#12 is a number"),
        ("> quote", "\\> quote"),
        (">>> quotes", "\\>>> quotes"),
        ("-# small", "\\-# small"),
        ("- item", "\\- item"),
        ("-5 degrees", "-5 degrees"),
        ("* item", "\\* item"),
        ("1. item", "1\\. item"),
        ("2021) item", "2021\\) item"),
        ("1.5 mg", "1.5 mg"),
        ("a\n  > b\n\n2. c", "a\n  \\> b\n\n2\\. c"),
        ("a > b - c 1. d", "a > b - c 1. d"),
    ],
)
def test_escaped_text_is_exactly_this(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@pytest.mark.parametrize(
    "char",
    [
        *"\x00\x07\x08\x0b\x0c\r\x1b\x7f\x85\x9f\u200b\u200e\u200f\u061c\u2028\u2029",
        *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    ],
    ids=ascii,
)
def test_control_characters_and_marks_that_turn_text_are_left_out(char: str) -> None:
    assert clean(f"a{char}b") == "ab"
    assert escape(f"{char}# a") == "\\# a"


@pytest.mark.parametrize(
    "text", ["a\nb", "a\tb", "é", "e\u0301", "👩\u200d👩", "می\u200cخواهم", "中\u3000文"]
)
def test_what_writing_needs_is_kept(text: str) -> None:
    assert clean(text) == text
    assert escape(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "见https://evil.example",
        "全文:https://evil.example",
        "_https://evil.example",
        "1https://evil.example",
        "xhttps://evil.example",
        "éhttp://evil.example",
        "加入discord.gg/x",
        "(https://evil.example)",
        "https\u200b://evil.example",
        "ht\u202etps://evil.example",
    ],
)
def test_links_are_escaped_wherever_they_stand(text: str) -> None:
    assert meant(escape(text)) == []
    assert displayed(escape(text)) == clean(text)


@given(TEXT)
def test_what_is_displayed_is_the_cleaned_text(text: str) -> None:
    assert displayed(escape(text)) == clean(text)


@given(TEXT)
def test_discord_makes_nothing_of_an_escaped_text(text: str) -> None:
    assert meant(escape(text)) == []


@given(TEXT, TEXT)
def test_lines_that_begin_in_another_piece_are_escaped_in_the_end(first: str, then: str) -> None:
    whole = begin_lines(f"{escape_within(first)}**{escape_within(then)}**")
    assert meant(read(whole).replace("**", "\u2060")) == []


@given(st.integers(0, 10**9), st.sampled_from(".)"), st.sampled_from(["", " ", "\n", "a\n"]))
def test_numbers_do_not_begin_a_list(number: int, mark: str, before: str) -> None:
    text = f"{before}{number}{mark} item"
    assert escape(text) == f"{before}{number}\\{mark} item"


@given(TEXT)
def test_cleaning_again_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
