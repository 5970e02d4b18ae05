"""Glossaries: a handful of words, and the real tables, made once for all tests."""

from __future__ import annotations

import pytest

from corpus.text import glossary
from corpus.text.glossary import Glossary

# As `glossary._made` gives them, but for what it takes from CC-CEDICT.
WORDS = {
    "支持": ["support", "back"],
    "同伴": ["peer", "companion"],
    "同伴支持": ["peer support"],
    "工作": ["work"],
    "工作者": ["worker"],
    "生活质量": ["quality of life"],
    "精神": ["mind", "spirit"],
    "精神卫生": ["mental health"],
    "卫生": ["hygiene", "sanitation"],
    "信度": ["reliability"],
    "可靠性": ["reliability"],
    "卒中": ["stroke"],
    "肺": ["lung", "pulmonary"],
    "研究": ["research", "study"],
    "我们": ["we", "us"],
    "没有词": ["the of"],
}


@pytest.fixture
def few_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every glossary knows only `WORDS`."""
    tables = {
        "english": {word: tuple(senses) for word, senses in WORDS.items()},
        "chinese": glossary._turned(WORDS, {word: len(word) for word in WORDS}),
    }
    monkeypatch.setattr(glossary, "_table", tables.__getitem__)


@pytest.fixture(scope="session")
def real() -> Glossary:
    """The built-in tables, which take seconds to make."""
    loaded = Glossary()
    loaded.load()
    return loaded
