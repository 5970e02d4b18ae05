"""Words that say nothing of what somebody looks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import chatter
from corpus.text.chatter import is_chatter
from corpus.text.normalise import fold
from corpus.text.terms import is_pair, terms


@pytest.mark.parametrize(
    "text",
    ["hello", "Thanks!", "tell me a joke", "seven", "Wednesday", "你好", "謝謝", "上次", "7", "42"],
)
def test_talk_is_chatter(text: str) -> None:
    assert all(is_chatter(term) for term in terms(text) if not is_pair(term))


@pytest.mark.parametrize(
    "text",
    ["peer support", "death", "work", "office", "il-6", "2020", "护士", "死亡", "leaves", "磷"],
)
def test_subjects_are_not(text: str) -> None:
    words = [term for term in terms(text) if not is_pair(term)]
    assert words
    assert not any(map(is_chatter, words))


def test_its_words_are_written_as_folded_text_is() -> None:
    for word in (*chatter._ENGLISH.split(), *chatter._CHINESE.split()):
        assert fold(word) == word


def test_no_word_stands_there_twice() -> None:
    for words in (chatter._ENGLISH.split(), chatter._CHINESE.split()):
        assert len(words) == len(set(words))


@given(st.text(st.characters(categories=("Ll", "Nd")), min_size=3, max_size=12))
def test_only_its_words_and_what_is_short_are_chatter(word: str) -> None:
    known = set(chatter._CHINESE.split()) | set(terms(chatter._ENGLISH))
    assert is_chatter(word) == (word in known)
