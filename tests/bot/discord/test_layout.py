"""The exact pieces of lists, answers and notices, and their lengths."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from bot.config import LOCALES
from bot.discord import layout, paper_layout, pieces
from corpus.paper import Extract, Filters, Paper, Quotation
from corpus.text.width import columns
from tests import discord_limits
from tests.bot.discord.anything import wrong
from tests.bot.discord.conftest import displayed
from tests.bot.discord.views import (
    ACCENT,
    AMBER,
    CONTAINER,
    ENGLISH,
    GAP,
    GREY,
    ROW,
    SECTION,
    SEPARATOR,
    SIMPLIFIED,
    TATE,
    TEXT,
    TRADITIONAL,
    XUE,
    came,
    inside,
    labels,
    listing,
    many,
    quoted,
    shown,
    texts,
)

# A list


def test_a_list_of_one_page_is_exactly_this() -> None:
    assert shown([TATE]).to_components() == [
        {
            "type": CONTAINER,
            "accent_color": ACCENT,
            "spoiler": False,
            "components": [
                {
                    "type": TEXT,
                    "content": "## 相似文献 · Similar literature\n“supervision of peers 督导”\n"
                    f"-# 1 similar paper{GAP}31 ms{GAP}extracts, matched words in bold",
                },
                {"type": SEPARATOR, "divider": True, "spacing": 1},
                {
                    "type": TEXT,
                    "content": "**1. Supervision of peer workers**\u00a0(2021)\n"
                    f"-# Tate MC et al.{GAP}Journal of Mental Health\n"
                    "**Peer** workers left. **Supervision** helps peers to stay.",
                },
                {
                    "type": SECTION,
                    "components": [
                        {"type": TEXT, "content": f"-# matched: Peer{GAP}Supervision"},
                    ],
                    "accessory": {
                        "type": 2,
                        "style": 2,
                        "label": "Similar",
                        "custom_id": "similit:similar:17",
                        "disabled": False,
                    },
                },
                {"type": SEPARATOR, "divider": True, "spacing": 1},
                {
                    "type": ROW,
                    "components": [
                        {
                            "type": 2,
                            "style": 2,
                            "label": "Export",
                            "custom_id": "similit:export:7",
                            "disabled": False,
                        },
                        {
                            "type": 2,
                            "style": 2,
                            "label": "Refine",
                            "custom_id": "similit:refine:7",
                            "disabled": False,
                        },
                    ],
                },
                {
                    "type": ROW,
                    "components": [
                        {
                            "type": 3,
                            "custom_id": "similit-menu:1:7",
                            "placeholder": "Open a paper…",
                            "min_values": 1,
                            "max_values": 1,
                            "disabled": False,
                            "required": True,
                            "options": [
                                {
                                    "label": "1. Supervision of peer workers",
                                    "value": "17",
                                    "description": "Tate MC et al. · 2021",
                                    "default": False,
                                }
                            ],
                        }
                    ],
                },
            ],
        }
    ]


def test_a_chinese_list_has_these_pieces() -> None:
    view = shown([XUE], SIMPLIFIED)
    assert texts(view) == [
        (
            "## 相似文献 · Similar literature\n“supervision of peers 督导”\n"
            f"-# 共查询到 1 条相似文献，搜索用时 31 毫秒{GAP}以下为摘录，命中词加粗"
        ),
        (
            "**1. 同伴支持者的督导**\u00a0(2020)\n"
            f"-# 薛婉钰 等{GAP}中国心理卫生杂志\n"
            "了解**督导**的作用。督导有助于同伴支持者留任。"
        ),
        "-# 命中：督导",
    ]
    assert labels(view) == ["相似文献", "导出", "筛选"]


def test_a_traditional_chinese_list_is_headed_in_its_own_characters() -> None:
    assert texts(shown([XUE], TRADITIONAL))[0].endswith(
        f"-# 共查詢到 1 條相似文獻，搜尋用時 31 毫秒{GAP}以下為摘錄，命中詞加粗"
    )


def test_a_full_page_stands_in_this_order() -> None:
    view = shown(many(20))
    item = [SEPARATOR, TEXT, SECTION]
    assert [one["type"] for one in inside(view)] == [TEXT, *item * 5, SEPARATOR, ROW, ROW]
    assert len(list(discord_limits.nested(view.to_components()))) == 36
    assert f"-# 20 similar papers{GAP}31 ms{GAP}extracts" in texts(view)[0]
    assert labels(view) == ["Similar"] * 5 + ["←", "1 / 4", "→", "Export", "Refine"]


@pytest.mark.parametrize(
    ("page", "ranks", "disabled"),
    [
        (1, [1, 2, 3, 4, 5], [True, True, False]),
        (3, [11, 12, 13, 14, 15], [False, True, False]),
        (4, [16, 17], [False, True, True]),
    ],
)
def test_a_page_shows_five_items_and_turns_where_there_is_more(
    page: int, ranks: list[int], disabled: list[bool]
) -> None:
    view = shown(many(17), page=page)
    headings = [one.split(".")[0] for one in texts(view) if one.startswith("**")]
    assert headings == [f"**{rank}" for rank in ranks]
    pager = inside(view)[-2]["components"]
    assert [one["custom_id"] for one in pager] == [
        f"similit:page:7:{page - 1}:42",
        "similit:here",
        f"similit:page:7:{page + 1}:42",
        f"similit:files:{page}:7",
        "similit:refine:7",
    ]
    assert [one["disabled"] for one in pager] == [*disabled, False, False]


@pytest.mark.parametrize(("count", "pager"), [(1, False), (5, False), (6, True)])
def test_there_is_no_pager_where_there_is_one_page(count: int, pager: bool) -> None:
    assert ("→" in labels(shown(many(count)))) == pager


@pytest.mark.parametrize(
    ("page", "first", "last"), [(1, 1, 25), (5, 1, 25), (6, 26, 50), (11, 51, 53)]
)
def test_the_menu_has_the_papers_around_the_page_up_to_twenty_five(
    page: int, first: int, last: int
) -> None:
    menu = inside(shown(many(53), page=page))[-1]["components"][0]
    values = [int(option["value"]) for option in menu["options"]]
    assert values == list(range(first, last + 1))
    assert menu["options"][0]["label"] == f"{first}. Supervision of peer workers"


def test_neighbours_stand_under_their_paper_with_a_button_that_opens_it() -> None:
    view = shown(many(6), seed=TATE, top=6)
    head, section = inside(view)[:2]
    assert head["content"] == (
        "## 相似文献 · Similar literature\n"
        f"**Neighbours of #17**{GAP}Supervision of peer workers\u00a0(2021)"
    )
    assert section["components"][0]["content"].startswith(f"-# 6 similar papers{GAP}31 ms")
    assert section["accessory"]["label"] == "Open"
    assert section["accessory"]["custom_id"] == "similit:open:17"
    assert inside(view)[-2]["components"][2]["custom_id"] == "similit:near:17:6:2:42"
    assert len(list(discord_limits.nested(shown(many(20), seed=TATE).to_components()))) <= 39


def test_neighbours_are_headed_in_chinese_for_chinese_readers() -> None:
    assert f"**#17 的相似文献**{GAP}" in texts(shown([XUE], SIMPLIFIED, seed=TATE))[0]


def test_a_paper_without_title_is_called_by_its_first_words_and_marked() -> None:
    paper = dataclasses.replace(TATE, title="", abstract="Supervision of peers. " * 9)
    view = shown([paper])
    name = "Supervision of peers. " * 3 + "Supervision…"
    assert texts(view)[1].startswith(
        f"**1. {name}**\u00a0(2021)\n-# no title on record: first words of its abstract\n"
    )
    option = inside(view)[-1]["components"][0]["options"][0]
    assert option["label"].startswith("1. (no title) Supervision of peers.")
    assert (
        "无题名" in inside(shown([paper], SIMPLIFIED))[-1]["components"][0]["options"][0]["label"]
    )


def test_a_paper_without_abstract_says_so() -> None:
    view = shown([dataclasses.replace(TATE, abstract="")])
    assert texts(view)[1].endswith("\n-# No abstract on record.")
    assert texts(view)[2] == f"-# matched: Supervision{GAP}peer"


def test_the_demo_corpus_says_what_it_is() -> None:
    demo = dataclasses.replace(listing([TATE]), demo=True)
    text = texts(layout.listing(demo, ENGLISH, asker=1, number=1))[0]
    assert text.splitlines()[-1] == (
        "-# From the demo corpus of 208,924 publications. Your own papers: similit import FILE…"
    )


def test_a_summary_of_ours_is_named_as_one() -> None:
    text = texts(shown([dataclasses.replace(TATE, summary_by="Similit")]))[1]
    assert f"{GAP}summary by Similit\n" in text


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ((), "peers\\* and \\_others\\_"),
        (((0, 6),), "**peers\\*** and \\_others\\_"),
        (((0, 6), (11, 19)), "**peers\\*** and **\\_others\\_**"),
    ],
)
def test_marked_words_are_bold_and_the_rest_escaped(marks: Any, expected: str) -> None:
    assert layout.marked(Extract("peers* and _others_", marks)) == expected


def test_a_hit_that_came_across_languages_says_so() -> None:
    found = came(("同伴", "peer"), ("督*导", "super_vision"))
    for say in (ENGLISH, SIMPLIFIED, TRADITIONAL):
        assert texts(layout.listing(found, say, asker=42, number=7))[2] == (
            f"-# ⇄ 同伴 → peer{GAP}督\\*导 → super\\_vision"
        )


def test_words_that_came_across_are_left_out_where_they_are_too_long() -> None:
    found = came(("同伴", "peer " * 12), ("督导", "supervision"))
    assert texts(layout.listing(found, ENGLISH, asker=42, number=7))[2] == "-# ⇄ 督导 → supervision"


def test_the_menu_knows_which_list_it_belongs_to() -> None:
    def menu(**options: Any) -> str:
        custom_id = inside(shown(many(6), **options))[-1]["components"][0]["custom_id"]
        assert isinstance(custom_id, str)
        return custom_id

    assert menu(page=2) == "similit-menu:2:7"
    assert menu(seed=TATE, top=6) == "similit-menu:1:17:6"


# An answer


QUESTION = "Does supervision help peers?"
ANSWER = (
    Quotation(2, "Supervision helps peers to stay.", ((0, 11), (18, 23))),
    Quotation(1, "1. Peers *stay* where\nthey are supervised.", ((3, 8),)),
)


def test_an_answer_box_is_exactly_this() -> None:
    view = shown(many(2), text=QUESTION, answer=ANSWER)
    box, listed = view.to_components()
    assert (box["accent_color"], listed["accent_color"]) == (AMBER, ACCENT)
    assert [one["type"] for one in box["components"]] == [TEXT]
    assert texts(view)[0] == (
        "### “Does supervision help peers?”\n"
        f"-# What the papers say{GAP}quoted as written, numbered as below\n"
        "> **[2]** **Supervision** helps **peers** to stay.\n"
        "> **[1]** 1\\. **Peers** \\*stay\\* where they are supervised."
    )
    assert texts(view)[1] == (
        "## 相似文献 · Similar literature\n"
        f"-# 2 similar papers{GAP}31 ms{GAP}extracts, matched words in bold"
    )
    assert "“" not in "".join(texts(view)[1:])


def test_an_answer_box_in_chinese() -> None:
    for say, note in (
        (SIMPLIFIED, f"-# 文献中的相关论述{GAP}均为原文引用，编号对应下方列表"),
        (TRADITIONAL, f"-# 文獻中的相關論述{GAP}均為原文引用，編號對應下方列表"),
    ):
        view = shown([XUE], say, text="督导有用吗？", answer=(Quotation(1, "督导有用。"),))
        assert texts(view)[0].splitlines()[1:] == [note, "> **[1]** 督导有用。"]


def test_summaries_of_ours_are_not_called_what_papers_say() -> None:
    paper = dataclasses.replace(TATE, summary_by="Similit")
    view = shown([paper, TATE], text=QUESTION, answer=ANSWER)
    assert f"-# What summaries of the papers say{GAP}" in texts(view)[0]
    view = shown([TATE, paper], text=QUESTION, answer=ANSWER[1:])
    assert f"-# What the papers say{GAP}" in texts(view)[0]


def test_the_answer_stands_above_the_first_page_alone() -> None:
    (container,) = shown(many(7), text=QUESTION, answer=ANSWER, page=2).to_components()
    assert container["accent_color"] == ACCENT
    assert f"“{QUESTION}”" in container["components"][0]["content"]


def test_a_full_page_with_an_answer_has_38_components() -> None:
    view = shown(many(20), text=QUESTION, answer=ANSWER)
    assert len(list(discord_limits.nested(view.to_components()))) == 38


def test_extracts_below_an_answer_are_shorter_and_still_whole_sentences() -> None:
    abstract = "Supervision of peers is known to be of much help in many of the services. " * 3
    paper = dataclasses.replace(TATE, abstract=abstract.replace("much", "so much", 1))
    alone = texts(shown([paper]))[1].splitlines()[-1]
    below = texts(shown([paper], answer=ANSWER[1:]))[2].splitlines()[-1]
    assert 200 < columns(printed(alone)) <= 270
    assert 100 <= columns(printed(below)) <= 200
    assert below.endswith("services.")


def test_extracts_give_way_before_quotations_and_the_last_of_these_first() -> None:
    def fit(stars: int) -> Any:
        paper = dataclasses.replace(
            TATE, title="*" * stars, abstract="Supervision of *peers*, " * 40
        )
        answer = tuple(Quotation(rank, "*" * 250) for rank in (2, 1, 3))
        view = shown(many(20, paper), text="supervision " * 30, answer=answer)
        assert wrong(view) == []
        return view

    ranks = [quoted(fit(stars)) for stars in range(0, 151, 10)]
    assert ranks == sorted(ranks, key=len, reverse=True)
    assert {tuple(one) for one in ranks} >= {("2", "1", "3"), ("2", "1")}
    assert all(one == ["2", "1", "3"][: len(one)] for one in ranks)


# Nothing found


def test_nothing_found_is_exactly_this() -> None:
    view = shown([], unknown=("xylo*phone", "quodlibet"))
    (container,) = view.to_components()
    assert container["accent_color"] == GREY
    assert [one["type"] for one in container["components"]] == [TEXT, SEPARATOR, TEXT, ROW]
    assert labels(view) == ["Refine"]
    assert texts(view) == [
        (
            "## 相似文献 · Similar literature\n“supervision of peers 督导”\n"
            f"-# 208,924 papers searched{GAP}31 ms"
        ),
        (
            "**Nothing similar found.** "
            "No paper here contains any of: xylo\\*phone · quodlibet.\n"
            "-# Try other words, a longer passage or a whole abstract, in English or Chinese."
        ),
    ]


def test_nothing_found_in_chinese() -> None:
    text = "\n".join(texts(shown([], SIMPLIFIED)))
    assert f"已检索 208,924 篇文献{GAP}搜索用时 31 毫秒" in text
    assert "**没有找到相似文献。** 问题中没有可用于检索的词。" in text


def test_nothing_found_blames_the_filters_where_they_are_to_blame() -> None:
    view = shown([], filters=Filters(first_year=2020))
    assert "none that the filters allow" in texts(view)[1]


def test_a_notice_is_grey_and_escaped() -> None:
    view = pieces.notice("No *such* <@1> thing.")
    assert view.to_components()[0]["accent_color"] == GREY
    assert texts(view) == ["No \\*such\\* \\<@1> thing."]


# Lengths, whatever the words


def printed(text: str) -> str:
    """A line as a person reads it: unescaped, without its small print's mark, plain spaces."""
    return displayed(text.removeprefix("-# ")).replace("\u00a0", " ")


@pytest.mark.parametrize(
    "words", ["Supervision of peers, ", "*_Supervision_* of ~peers~ ", "同伴支持者的督导", "督导*"]
)
@pytest.mark.parametrize("say", [ENGLISH, SIMPLIFIED, TRADITIONAL], ids=LOCALES)
def test_lengths_are_those_of_the_design(words: str, say: Any) -> None:
    long = (words * 200).strip()
    paper = Paper(
        id=3,
        title=long,
        abstract=(words * 6 + "Ends. ") * 20,
        authors=(long, long),
        journal=long,
        year=2001,
    )
    view = shown(many(20, paper), say, text=words * 100)
    head, item, matched, *_ = texts(view)
    title, byline, extract = item.splitlines()
    assert columns(printed(head.splitlines()[1])) <= 120 + 2 * 2
    assert columns(printed(title).removeprefix("1. ").removesuffix(" (2001)")) <= 150
    assert columns(printed(byline)) <= 72
    assert columns(printed(extract)) <= 270
    assert columns(printed(matched)) <= 52
    option = inside(view)[-1]["components"][0]["options"][-1]
    assert columns(option["label"]) <= 64
    assert columns(option["description"]) <= 64
    assert sum(map(len, texts(view))) <= 3800
    opened = texts(paper_layout.paper(paper, say))[0].splitlines()
    assert columns(printed(opened[0]).removeprefix("## ")) <= 250
    assert columns(printed(opened[1])) <= 300
