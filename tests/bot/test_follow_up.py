"""What is taken for a wish about the list, and what for a question of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.follow_up import FollowUp, follow_up

SIMILAR = ["similar", "like", "相似", "相似文献", "相似文獻"]
OPEN = ["open", "show", "打开", "打開", "開啟", "查看"]


@pytest.mark.parametrize("word", SIMILAR)
@pytest.mark.parametrize("number", ["3", " 3", " #3", "＃3", "３", " 第3篇", "第 3 條", " to 3"])
def test_similar_with_a_number_asks_for_neighbours(word: str, number: str) -> None:
    assert follow_up(word + number) == FollowUp("similar", 3)


@pytest.mark.parametrize("word", OPEN)
@pytest.mark.parametrize("number", ["3", " 3", " #3", "＃3", "３", " 第3篇", "第 3 项"])
def test_open_with_a_number_opens(word: str, number: str) -> None:
    assert follow_up(word + number) == FollowUp("open", 3)


@pytest.mark.parametrize("word", ["why", "为何", "為何", "为什么", "為什麼", "为何命中"])
@pytest.mark.parametrize("number", ["3", " 3", " #3", "３", " 第3篇"])
def test_why_with_a_number_asks_why(word: str, number: str) -> None:
    assert follow_up(word + number) == FollowUp("why", 3)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        *((word, "more") for word in ("more", "next", "更多", "下一页", "下一頁", "继续", "繼續")),
        *((word, "back") for word in ("previous", "prev", "上一页", "上一頁")),
        *((word, "help") for word in ("help", "?", "？", "帮助", "幫助", "說明", "说明")),
        *((word, "quit") for word in ("quit", "exit", "bye", "退出", "再见", "再見", "結束")),
    ],
)
def test_words_without_a_number(text: str, verb: str) -> None:
    assert follow_up(text) == FollowUp(verb, 0)
    assert follow_up(f"  {text.upper()}\n") == FollowUp(verb, 0)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3",
        "#3",
        "more 3",
        "help me",
        "quitting smoking",
        "similar papers about 3 groups",
        "similar 3 and 4",
        "open access 2020 policies",
        "open-label trial 12 weeks",
        "same as 3",
        "more evidence on peer support",
        "相似性度量",
        "打开的门",
        "10.1000/3",
        "stage 3",
        "why do 3 in 4 trials fail",
        "为什么失眠",
    ],
)
def test_anything_else_is_a_question(text: str) -> None:
    assert follow_up(text) is None


def test_the_smallest_and_largest_numbers() -> None:
    assert follow_up("open") == FollowUp("open")
    assert follow_up("相似") == FollowUp("similar")
    assert follow_up("open 0") == FollowUp("open", 0)
    assert follow_up("open 999") == FollowUp("open", 999)
    assert follow_up("open 007") == FollowUp("open", 7)


@given(st.sampled_from(SIMILAR), st.integers(0, 999), st.sampled_from(["", " ", "  #", "第 "]))
def test_every_number_is_read_as_it_is_written(word: str, number: int, between: str) -> None:
    assert follow_up(f"{word}{between}{number}") == FollowUp("similar", number)


@given(st.text())
def test_any_text_is_a_wish_or_a_question(text: str) -> None:
    wish = follow_up(text)
    assert wish is None or wish.number >= 0


@given(st.text(alphabet="abcdefghij 同伴支持相似打开", min_size=1), st.integers(0, 999))
def test_a_question_that_ends_in_a_number_stays_one(text: str, number: int) -> None:
    wish = follow_up(f"zebra {text} {number}")
    assert wish is None
