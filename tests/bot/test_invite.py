"""The link by which a server invites the bot."""

from __future__ import annotations

import base64
from urllib.parse import parse_qs, urlsplit

import pytest
from discord import Permissions
from hypothesis import given
from hypothesis import strategies as st

from bot.invite import application_id, invite_link


def token(application: int) -> str:
    first = base64.urlsafe_b64encode(str(application).encode()).decode().rstrip("=")
    return f"{first}.GaBcDe.some-secret_part"


def test_the_link_asks_for_what_replies_need_and_nothing_else() -> None:
    link = urlsplit(invite_link(123456789012345678))
    asked = parse_qs(link.query)
    assert (link.scheme, link.netloc, link.path) == ("https", "discord.com", "/oauth2/authorize")
    assert asked["client_id"] == ["123456789012345678"]
    assert asked["scope"] == ["bot applications.commands"]
    granted = {name for name, value in Permissions(int(asked["permissions"][0])) if value}
    assert granted - {"view_channel"} == {
        "read_messages",
        "send_messages",
        "send_messages_in_threads",
        "read_message_history",
    }


@given(st.integers(1, 2**64 - 1))
def test_a_token_says_which_application_it_belongs_to(application: int) -> None:
    assert application_id(token(application)) == application


@pytest.mark.parametrize(
    "text", ["", ".", "abc", "not a token", "令牌", "YWJj.x.y", "////.x", "=", "-1.x", "A" * 5]
)
def test_what_is_no_token_says_nothing(text: str) -> None:
    assert application_id(text) is None


@given(st.text())
def test_any_text_is_a_token_or_not(text: str) -> None:
    found = application_id(text)
    assert found is None or found >= 0


def test_the_link_never_has_the_secret() -> None:
    assert "secret" not in invite_link(application_id(token(5)) or 0)
