"""Which language a text is in."""

from __future__ import annotations

import pytest

from corpus.text.language import guess_language, language_code


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("peer support workers", "en"),
        ("The workers support each other, and this is what they have found in their work.", "en"),
        ("同伴支持", "zh"),
        ("社會支持與心理健康", "zh"),
        ("BERT模型", "zh"),
        ("基于 BERT 的检索", "zh"),
        ("ワークの研究", "ja"),
        ("한국어 논문", "ko"),
        ("", ""),
        ("12345 — ?!", ""),
        ("Ärzte und Pfleger " * 20, ""),
    ],
)
def test_language_of_a_text(text: str, expected: str) -> None:
    assert guess_language(text) == expected


def test_a_few_chinese_words_do_not_make_an_english_abstract_chinese() -> None:
    text = "The effect of peer support (同伴支持) on the recovery of people in the community. "
    assert guess_language(text) == "en"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("eng", "en"),
        ("English", "en"),
        ("en-US", "en"),
        ("en_GB", "en"),
        ("中文", "zh"),
        ("chi", "zh"),
        ("zh-Hant", "zh"),
        ("Chinese; English", "zh"),
        (" FRE ", "fr"),
        ("Klingon", "klingon"),
        ("", ""),
    ],
)
def test_code_of_a_language(name: str, expected: str) -> None:
    assert language_code(name) == expected
