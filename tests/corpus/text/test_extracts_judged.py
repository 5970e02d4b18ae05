"""What was wrong with extracts when fifty questions were judged, each kind in other sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.paper import Extract
from corpus.text.extract import extract
from corpus.text.terms import terms, tokens
from corpus.text.width import columns


def shown(text: str, question: str, width: int = 270, **weights: float) -> str:
    """What is shown of `text` for `question`; a term weighs 1 unless said otherwise."""
    weighed = {term: weights.get(term, 1.0) for term in terms(question)}
    return extract(text, [one for one in tokens(text) if one.term in weighed], weighed, width).text


@pytest.mark.parametrize(
    ("background", "finding"),
    [
        ("BACKGROUND: Kites are a common toy.", "RESULTS: Kites flew for an hour."),
        ("OBJECTIVE: To study kites of paper.", "CONCLUSION: Kites of paper last."),
        ("Methods. Kites were bought at a fair.", "Findings. Kites of silk were torn."),
        ("The aim was to learn how kites fly.", "We found that kites fly in circles."),
        ("Sixty kites were collected at random.", "Overall, kites were higher at noon."),
        ("Little about kites is known, and much is unclear.", "Rain significantly reduced kites."),
    ],
)
def test_a_finding_is_shown_before_an_aim(background: str, finding: str) -> None:
    bare = finding.rsplit(": ", maxsplit=1)[-1].rsplit("gs. ", maxsplit=1)[-1]
    assert shown(f"{background} {finding}", "kites", columns(background)) == bare


@pytest.mark.parametrize(
    ("aim", "finding"),
    [
        ("目的：探讨风筝的飞行。", "结果：风筝飞行一小时。"),
        ("【方法】收集风筝六十只。", "【结论】风筝可以飞得高。"),
        ("目的研究风筝的历史。方法收集旧书。", "结果风筝起源很早。结论可信。"),
        ("本文介绍了风筝的历史。", "结果表明，风筝起源很早。"),
        ("近年来，风筝日益受到关注。", "纸的质量显著影响风筝。"),
    ],
)
def test_a_chinese_finding_is_shown_before_an_aim(aim: str, finding: str) -> None:
    found = shown(aim + finding, "风筝", 28)
    assert found in finding
    assert found.startswith(finding[-len(found) :][:2]) or finding.startswith("结果风筝")


def test_what_matches_far_more_is_shown_even_if_it_is_an_aim() -> None:
    text = "AIM: To see silk kites fly over lakes. RESULTS: Lakes were blue."
    assert shown(text, "silk kites over lakes", 40) == "To see silk kites fly over lakes."


def test_a_finding_joins_background_where_there_is_room() -> None:
    text = (
        "BACKGROUND: Silk kites are old. METHODS: Silk kites were sold. RESULTS: Wind was strong. "
        "CONCLUSION: Kites tear in rain."
    )
    assert shown(text, "silk kites").endswith("Kites tear in rain.")


def test_a_method_that_adds_nothing_is_no_filler() -> None:
    text = (
        "METHODS: A total of ninety children with kites of every colour took part in all of this. "
        "CONCLUSION: Silk kites of children last longer."
    )
    assert shown(text, "silk kites of children") == "Silk kites of children last longer."


@pytest.mark.parametrize("word", ["However,", "This is so:", "In addition,", "They say that"])
def test_a_sentence_that_leans_back_is_not_first_choice(word: str) -> None:
    text = f"It was cold. {word} kites fell there. Nobody saw that day. Red kites fell on us."
    assert shown(text, "kites fell", 45) == "Red kites fell on us."


def test_a_sentence_that_leans_back_may_follow_the_one_before() -> None:
    text = "Silk kites fell. However, linen rose. It rained."
    assert shown(text, "silk linen") == "Silk kites fell. However, linen rose."
    chinese = "丝的风筝下落。其中纸的上升。下雨了。"
    assert shown(chinese, "风筝 上升") == "丝的风筝下落。其中纸的上升。"


@pytest.mark.parametrize(
    "line",
    [
        "© 2020 The Society for Kites.",
        "Copyright © 1999 Kites and Sons.",
        "(c) 2021 Kites, all rights reserved.",
        "This article is protected by copyright of kites.",
        "(ABSTRACT TRUNCATED AT 250 KITES)",
        "版权所有：风筝与 kites 杂志社。",
    ],
)
def test_copyright_lines_are_never_shown(line: str) -> None:
    assert shown(f"It was calm. {line}", "kites") == "It was calm."
    assert shown(f"Red kites rose. {line}", "kites") == "Red kites rose."
    assert shown(line, "kites") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain fell. (2) Kites rose.", "Kites rose."),
        ("Rain fell. 2. Kites rose.", "Kites rose."),
        ("雨下了。②风筝飞了。", "风筝飞了。"),
        ("雨下了。（3）风筝飞了。", "风筝飞了。"),
        ("Rain fell. 2.5 kites rose.", "2.5 kites rose."),
        ("Rain fell. 90 kites rose.", "90 kites rose."),
    ],
)
def test_list_numbers_are_not_shown(text: str, expected: str) -> None:
    assert shown(text, "kites 风筝") == expected


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("风筝飞了.天气很好.", "风筝 天气", "风筝飞了.天气很好."),
        ('风筝又叫"鸢".天气很好.', "风筝 天气", '风筝又叫"鸢".天气很好.'),
        ("目的 研究风筝的重量.方法 记录天气.", "风筝 天气", "研究风筝的重量.记录天气."),
        ("风筝飞了. 天气很好.", "风筝 天气", "风筝飞了. 天气很好."),
        ("Kites descended.Rain fell.", "kites rain", "Kites descended. Rain fell."),
        ("AIMS: Kites rose. METHODS: Rain fell.", "kites rain", "Kites rose. Rain fell."),
    ],
)
def test_neighbours_are_joined_as_the_text_joins_them(
    text: str, question: str, expected: str
) -> None:
    assert shown(text, question) == expected


def test_heads_with_nothing_behind_them_are_not_shown() -> None:
    text = "目的探讨风筝。方法采用风筝。结果风筝三只。结论风筝可行。"
    assert shown(text, "风筝", 14) == "风筝可行。"
    assert "方法" not in shown(text, "风筝")


def test_an_abbreviation_stands_for_what_it_abbreviates() -> None:
    text = (
        "Silk kites (SK) are sold in the old town where many a shop has little else to sell. "
        "Rain is common. SK were found to last longer than linen. Children were glad."
    )
    assert shown(text, "silk kites last", 90) == "SK were found to last longer than linen."


def test_a_finding_that_abbreviates_joins_the_sentence_that_says_how() -> None:
    text = "Silk kites (SK) are sold. It rained. Overall, SK were better. It was late."
    assert shown(text, "silk kites") == "Silk kites (SK) are sold. … Overall, SK were better."
    many = "Silk kites (SK) are sold." + " SK were significantly better." * 9
    assert shown(many, "silk kites").startswith("Silk kites (SK) are sold.")
    owned = "It rained. © 2020 Silk kites (SK). SK were better."
    assert shown(owned, "silk kites") == "It rained. … SK were better."


def test_an_abbreviation_alone_is_no_match() -> None:
    text = "Silk kites (SK) are sold. We conclude that SK last."
    assert shown(text, "silk kites", 30) == "Silk kites (SK) are sold."


def test_a_finding_that_is_too_long_is_cut_behind_its_main_clause() -> None:
    text = (
        "AIM: Silk was bought. CONCLUSIONS: Silk kites may be significantly better than others, "
        "but this may need a far longer time."
    )
    assert shown(text, "silk kites", 80) == ("Silk kites may be significantly better than others…")


def test_nothing_is_cut_within_brackets() -> None:
    text = "Kites of silk and of linen were sold (red, green, blue, white, grey, black) by night."
    assert shown(text, "kites", 60) == "Kites of silk and of linen were sold…"


CLAUSES = st.lists(
    st.sampled_from(
        ["kites fly", "it (was, so) late", "rain (or snow; hail) fell", "风筝（纸，丝）"]
    ),
    min_size=4,
    max_size=12,
).map(", ".join)


@given(CLAUSES, st.integers(40, 120))
def test_brackets_that_open_are_closed(text: str, width: int) -> None:
    found = shown(text + ".", "kites 风筝", width)
    assert found.count("(") == found.count(")")
    assert found.count("（") == found.count("）")
    assert columns(found) <= width


def test_a_list_is_cut_between_its_items() -> None:
    text = "启示如下:1.风筝应当轻巧;2.风筝的线应当很长,并且应当结实,不能受潮,不能打结."
    assert shown(text, "风筝", 56) == "启示如下:1.风筝应当轻巧;2.风筝的线应当很长…"
    assert shown(text, "风筝", 42) == "启示如下:1.风筝应当轻巧…"


def test_only_boilerplate_is_nothing() -> None:
    text = "© 2020 The Authors. All rights reserved."
    assert extract(text, [], {}) == Extract("")
