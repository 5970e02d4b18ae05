"""What the abbreviations of a text stand for."""

from __future__ import annotations

import pytest

from corpus.text.abbreviations import abbreviated
from corpus.text.terms import terms, tokens


def stands_for(text: str, question: str) -> list[tuple[str, str]]:
    """The places of `text` that are abbreviations of words of `question`, and the terms."""
    found = [one for one in tokens(text) if one.term in terms(question)]
    return [(text[start:end], term) for term, start, end in abbreviated(text, found)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Silk kites (SK) fly. A SK fell.", {("SK", "kite"), ("SK", "silk")}),
        ("Kites of silk (KoS) fly. KoSs fell.", {("KoS", "kite"), ("KoS", "silk")}),
        ("Red kites (RK) fly. RK fell.", {("RK", "kite")}),
        ("纸kites(SK)飞,SK组落下.", {("SK", "kite")}),
        ("Kites that fly (KTF) fell. KTF rose.", set()),
        ("Kites (SK) fly. The XSK, SK2 and pk fell.", set()),
        ("SK fell. Silk kites (SK) fly.", set()),
        ("Kites (it is said) fly. It fell.", set()),
        ("", set()),
    ],
)
def test_later_occurrences_are_found(text: str, expected: set[tuple[str, str]]) -> None:
    assert set(stands_for(text, "silk kites")) == expected


def test_they_come_in_order_and_once() -> None:
    text = "Kites (K1) and silk (P1) fly; kites (K1) are here. P1, K1, P1."
    assert [place for place, _ in stands_for(text, "silk kites")] == ["K1", "P1", "K1", "P1"]
