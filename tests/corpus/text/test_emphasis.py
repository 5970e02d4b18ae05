"""How much a sentence of an abstract is worth showing."""

from __future__ import annotations

import pytest

from corpus.text.emphasis import emphasis, is_boilerplate, leans_back

PLAIN = "Kites are made of paper."


def test_what_a_part_does_decides_between_equals() -> None:
    roles = ["concludes", "reports", "", "prepares", "appends"]
    worth = [emphasis(role, 0.5, PLAIN) for role in roles]
    assert worth == sorted(worth, reverse=True)
    assert len(set(worth)) == len(worth)


def test_without_parts_what_stands_later_is_worth_more() -> None:
    assert emphasis("", 0.1, PLAIN) < emphasis("", 0.9, PLAIN)
    assert emphasis("reports", 0.1, PLAIN) == emphasis("reports", 0.9, PLAIN)


@pytest.mark.parametrize(
    ("finding", "aim"),
    [
        ("Kites were significantly better.", "We aimed to see the kites fly."),
        ("Rain reduced the number of kites.", "To see kites we went to town."),
        ("Thus, kites of silk are the best.", "Ninety kites were collected there."),
        ("结果表明，纸的风筝飞得更高一些。", "目的在于看风筝飞得多么高。"),
        ("天气显著影响风筝飞行的高度。", "本文介绍了风筝飞行的历史。"),
    ],
)
def test_wording_tells_findings_from_aims(finding: str, aim: str) -> None:
    assert emphasis("", 0.5, finding) > emphasis("", 0.5, PLAIN) > emphasis("", 0.5, aim)


@pytest.mark.parametrize("fragment", ["Kite flying", "Kites of silk and kites of paper", "风筝"])
def test_fragments_are_worth_less(fragment: str) -> None:
    assert emphasis("", 0.5, fragment) < emphasis("", 0.5, PLAIN)


@pytest.mark.parametrize(
    "sentence",
    [
        "However, it fell.",
        "This fell.",
        "In addition, it fell.",
        "其中风筝下落。",
        "但风筝下落。",
        "此外，下雨。",
    ],
)
def test_some_beginnings_lean_on_the_sentence_before(sentence: str) -> None:
    assert leans_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "These results show it.",
        "This study is old.",
        "This large randomised trial found it.",
        "It is concluded that kites fly.",
        "Thistles grow.",
        "Thus, kites fly.",
        "其他风筝下落。",
        "因此，风筝下落。",
    ],
)
def test_other_beginnings_do_not(sentence: str) -> None:
    assert not leans_back(sentence)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("© 2021 The Authors.", True),
        ("Published by Kites Ltd.", True),
        ("All rights reserved.", True),
        ("(PsycInfo Database Record (c) 2021 KITE, all rights reserved).", True),
        ("The online version contains supplementary material.", True),
        ("Copyright law protects kites.", False),
        ("The makers own the copyright of kites.", False),
        ("The scale (KITE©) was used.", False),
    ],
)
def test_boilerplate(sentence: str, expected: bool) -> None:
    assert is_boilerplate(sentence) == expected
