"""Dates and markup, whatever shape an export has them in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.fields import date, plain


@pytest.mark.parametrize(
    ("said", "known", "exactly"),
    [
        ("2011-02-14", None, "2011-02-14"),
        ("2011/2", None, "2011-02"),
        ("2011年2月14日", None, "2011-02-14"),
        ("2013 06 10", None, "2013-06-10"),
        ("2019 Sep 3", None, "2019-09-03"),
        ("September  1, 2021", None, "2021-09-01"),
        ("14th June 2006", None, "2006-06-14"),
        ("FEB 2011", None, "2011-02"),
        ("JUN 14", 2006, "2006-06-14"),
        (["Apr", "2019"], None, "2019-04"),
        ("JUN 14", None, ""),
        ("2011", None, ""),
        ("2018 Jul-Sep", None, ""),
        ("1998 Dec-1999 Jan", None, ""),
        ("2000 Spring", None, ""),
        ("2011-13-01", None, ""),
        ("2011-02-99", None, "2011-02"),
        (None, None, ""),
    ],
)
def test_a_date_as_exactly_as_it_is_known(said: object, known: int | None, exactly: str) -> None:
    assert date(said, known) == exactly


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("<p>We <i>asked</i>.</p><p>CO<sub>2</sub></p>", "We asked.\nCO2"),
        ("<jats:title>Aims</jats:title><jats:p>To ask.</jats:p>", "Aims\nTo ask."),
        ('<a href="x">here</a><br/>there', "here\nthere"),
        ("p&lt;0.05 &amp; n&gt;3", "p<0.05 & n>3"),
        ("&lt;i&gt;in vivo&lt;/i&gt;", "in vivo"),
        ("if a <b and c> d", "if a <b and c> d"),
        ("Alice & Bob <alice@example.org>", "Alice & Bob <alice@example.org>"),
    ],
)
def test_text_without_markup(said: str, text: str) -> None:
    assert plain(said) == text


@settings(max_examples=50, deadline=None)
@given(st.text("<>/ipb&;lt#x1= \n\"'2011JanMay-.", max_size=80))
def test_any_text_will_do(said: str) -> None:
    assert plain(said) == plain(said).strip()
    assert date(said) == "" or date(said)[:4] in said


def test_markup_that_never_ends_takes_no_time() -> None:
    for piece in ("<i", "<i ", '<i a="', "&", "<p", " "):
        assert plain(f"a{piece * 50_000}<") == f"a{piece * 50_000}<"
