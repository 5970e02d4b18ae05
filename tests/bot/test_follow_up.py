"""What is taken for a wish about the list, and what for a question of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.follow_up import FollowUp, follow_up, resembles
from bot.query_line import fields
from corpus.writers.citation import STYLES

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


@pytest.mark.parametrize("word", ["save", "keep", "收藏", "保存", "儲存"])
@pytest.mark.parametrize("number", ["3", " 3", " #3", "３", " 第3篇"])
def test_save_with_a_number_saves(word: str, number: str) -> None:
    assert follow_up(word + number) == FollowUp("save", 3)


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        *((word, "more") for word in ("more", "next", "更多", "下一页", "下一頁", "继续", "繼續")),
        *((word, "previous") for word in ("previous", "prev", "上一页", "上一頁")),
        *((word, "back") for word in ("back", "go back", "返回", "後退", "上一步")),
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
        "像素 3",
        "only children",
        "only the young since 2010",
        "without a trace of evidence in the field",
        "without doubt? no",
        "without 3 of 4",
        "cite 3rd editions",
        "not 4 but 5 groups",
        "x" * 300,
        "without " + "x" * 300,
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


# To browse


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("browse", FollowUp("browse")),
        ("浏览", FollowUp("browse")),
        ("瀏覽", FollowUp("browse")),
        ("browse keywords", FollowUp("browse", kind="keyword")),
        ("browse by year", FollowUp("browse", kind="year")),
        ("Browse the journals", FollowUp("browse", kind="journal")),
        ("浏览关键词", FollowUp("browse", kind="keyword")),
        ("浏览 期刊", FollowUp("browse", kind="journal")),
        ("瀏覽 關鍵字", FollowUp("browse", kind="keyword")),
        ("按学科浏览", FollowUp("browse", kind="subject")),
        ("browse keyword peer support", FollowUp("browse", kind="keyword", name="peer support")),
        ("浏览 期刊：心理学报", FollowUp("browse", kind="journal", name="心理学报")),
        ("browse 3", FollowUp("browse", 3)),
        ("浏览第 3 篇", FollowUp("browse", 3)),
        ("browse 2015", FollowUp("browse", kind="year", name="2015")),
        ("browse year 2015", FollowUp("browse", kind="year", name="2015")),
    ],
)
def test_browse_names_a_kind_one_of_it_or_an_item(text: str, wish: FollowUp) -> None:
    assert follow_up(text) == wish


@pytest.mark.parametrize("text", ["browse yearling sales", "browsers in the wild", "浏览器指纹"])
def test_what_only_begins_like_browsing_is_a_question(text: str) -> None:
    assert follow_up(text) is None


# To cite


@pytest.mark.parametrize("word", ["cite", "引用", "著錄"])
@pytest.mark.parametrize(
    ("style", "named"),
    [
        ("", ""),
        (" in APA", "apa"),
        (" apa 7", "apa"),
        (" as Vancouver style", "vancouver"),
        ("，溫哥華格式", "vancouver"),
        (" in GB/T 7714", "gb-t-7714"),
        (" in GB/T 7714-2015", "gb-t-7714"),
        (" 用国标", "gb-t-7714"),
        (" 按 APA 格式", "apa"),
        (" in Harvard", "harvard"),
    ],
)
def test_cite_names_a_style_or_none(word: str, style: str, named: str) -> None:
    for number in (" 3", " #3", "第３篇"):
        assert follow_up(f"{word}{number}{style}") == FollowUp("cite", 3, style=named)
    assert named in ("", "harvard", *STYLES)


# To narrow down


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("only 2015-2020", "year:2015..2020"),
        ("Only 2015–2020", "year:2015..2020"),
        ("only from 2015 to 2020", "year:2015..2020"),
        ("only between 2015 and 2020", "year:2015..2020"),
        ("只要 2015-2020", "year:2015..2020"),
        ("只看2015年到2020年", "year:2015..2020"),
        ("only 2015", "year:2015"),
        ("only since 2015", "year:2015.."),
        ("only 2015..", "year:2015.."),
        ("只要2015年以來", "year:2015.."),
        ("only until 2015", "year:..2015"),
        ("僅限2015年以前", "year:..2015"),
        ("only English", "lang:en"),
        ("only in Chinese", "lang:zh"),
        ("只要中文文獻", "lang:zh"),
        ("only author:Gillard", "author:gillard"),
        ("只要 作者：薛婉钰 年份：2015", "作者:薛婉钰 年份:2015"),
        ("without schizophrenia", '-"schizophrenia"'),
        ("without mice, rats or voles", '-"mice" -"rats" -"voles"'),
        ("不要 精神分裂", '-"精神分裂"'),
        ("不要精神分裂和抑郁", '-"精神分裂" -"抑郁"'),
        ("sort by year", "sort:year"),
        ("按年份排序", "sort:year"),
        ("by similarity", "sort:similarity"),
    ],
)
def test_what_narrows_a_list_down_is_a_line_of_fields(text: str, line: str) -> None:
    assert follow_up(text) == FollowUp("refine", line=line)
    fields(line)


# To weigh


@pytest.mark.parametrize(
    ("text", "liked", "disliked"),
    [
        ("like 2 and 5, not 4", (2, 5), (4,)),
        ("like 2, 5 but not like 4 and 6", (2, 5), (4, 6)),
        ("more like 2", (2,), ()),
        ("similar to 2 and 5", (2, 5), ()),
        ("similar #2 #5", (2, 5), ()),
        ("not 4", (), (4,)),
        ("unlike 4, 6", (), (4, 6)),
        ("像 2 和 5，不像 4", (2, 5), (4,)),
        ("像第2、5篇".replace("篇", ""), (2, 5), ()),
        ("更像２、５ 不要 4", (2, 5), (4,)),
        ("不像 4", (), (4,)),
        ("like 2 and 2", (2,), ()),
    ],
)
def test_some_are_liked_and_some_are_not(
    text: str, liked: tuple[int, ...], disliked: tuple[int, ...]
) -> None:
    assert follow_up(text) == FollowUp("like", liked=liked, disliked=disliked)


# What only looks like one


@pytest.mark.parametrize(
    "text",
    ["open 3 please", "similar to 3 of them", "打开那个", "only children", "cite the", "相似 3 吗"],
)
def test_what_looks_like_a_follow_up_is_noticed(text: str) -> None:
    assert follow_up(text) is None
    assert resembles(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "peer support",
        "openness to experience",
        "open-label trials",
        "why do 3 in 4 trials fail",
        "为什么同伴支持在社区康复中有效",
        "only peers of the same age",
        "open " + "x" * 300,
    ],
)
def test_most_questions_do_not(text: str) -> None:
    assert not resembles(text)


@given(st.text())
def test_any_text_may_be_looked_at(text: str) -> None:
    resembles(text)
    wish = follow_up(text)
    if wish is not None and wish.verb == "refine" and not wish.line.count(":"):
        fields(wish.line)
