"""Where a phrase stands and where it does not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import phrase as phrases
from corpus.text.normalise import fold


def stands(phrase: str, text: str) -> bool:
    return phrases.stands(phrase)(fold(text))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("peer worker", "Peer worker"),
        ("Peer Worker", "our PEER  \n worker."),
        ("peer worker", "peer workers’ roles"),
        ("class", "two classes"),
        ("peer support", "co-peer support"),
        ("同伴支持", "论同伴支持者"),
        ("同伴支持", "論同伴支持者"),
        ("督导 peer", "督导 peers"),
        ("IL-6", "an il‑6 level"),
        ("naïve", "naive peers"),
        ("a.b(c", "A.B(C"),
    ],
)
def test_a_phrase_stands_where_its_words_do(phrase: str, text: str) -> None:
    assert stands(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("art", "heart"),
        ("art", "artist"),
        ("peer worker", "peer and worker"),
        ("peer worker", "worker peer"),
        ("peer 支持", "superpeer 支持"),
        ("a.b", "axb"),
        ("同伴支持", "同伴的支持"),
    ],
)
def test_it_stands_nowhere_else(phrase: str, text: str) -> None:
    assert not stands(phrase, text)


@given(st.text(min_size=1).filter(lambda text: re.search(r"\w", text) is not None))
def test_any_phrase_stands_in_itself(phrase: str) -> None:
    assert stands(phrase, f" {phrase} ")
