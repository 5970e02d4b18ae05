"""The exact pieces of replies, and that no paper, however strange, breaks a message."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.answer import Listing, Question
from bot.config import LOCALES
from bot.discord import layout, paper_layout, pieces
from bot.messages import messages
from corpus.paper import Extract, Filters, Hit, Paper, Query, Quotation, Results, Share
from corpus.text.query import weigh
from corpus.text.why import Why
from corpus.text.width import columns
from corpus.writers.citation import STYLES, reference
from tests import discord_limits
from tests.bot.discord.conftest import displayed

ENGLISH, SIMPLIFIED, TRADITIONAL = (messages(name) for name in LOCALES)
GAP = "\u00a0· "
TEXT, SECTION, SEPARATOR, ROW, CONTAINER = 10, 9, 14, 1, 17
ACCENT, AMBER, GREY = 0x1685A9, 0xC9923E, 0x80848E

TATE = Paper(
    id=17,
    title="Supervision of peer workers",
    abstract="Peer workers left. Supervision helps peers to stay. Nothing else did.",
    authors=("Tate, Mary C.", "Roe, James", "Gillard, Steven"),
    journal="Journal of Mental Health",
    year=2021,
    volume="56",
    issue="10",
    pages="1903-1911",
    doi="10.1007/s00127-021-02038-4",
)
XUE = Paper(
    id=5,
    title="同伴支持者的督导",
    abstract="目的：了解督导的作用。结论：督导有助于同伴支持者留任。",
    authors=("薛婉钰", "王静", "李明"),
    journal="中国心理卫生杂志",
    year=2020,
)


def listing(
    papers: Sequence[Paper],
    text: str = "supervision of peers 督导",
    *,
    seed: Paper | None = None,
    page: int = 1,
    unknown: tuple[str, ...] = (),
    answer: tuple[Quotation, ...] = (),
    **options: Any,
) -> Listing:
    """The page of a list of these papers, each with the extract that it gets for `text`."""
    asked = weigh(text)
    why = Why(text, asked, dict.fromkeys(asked.weights, 1.0), chinese=False)
    hits = []
    for rank, paper in enumerate(papers, 1):
        extract, words = why.shown(paper)
        hits.append(Hit(rank=rank, paper=paper, score=1.0, extract=extract, terms=words))
    question = Question(text=text, like=seed.id if seed else None, **options)
    results = Results(
        query=Query(text=text),
        language="en",
        seed=seed,
        hits=tuple(hits),
        matched=len(hits),
        unknown=unknown,
        milliseconds=31.4,
        papers=208_924,
        version="1",
        answer=answer,
    )
    return Listing(question=question, results=results, page=page, demo=False)


def many(count: int, paper: Paper = TATE) -> list[Paper]:
    """That many papers, numbered from 1."""
    return [dataclasses.replace(paper, id=id) for id in range(1, count + 1)]


def sent(view: Any) -> dict[str, Any]:
    """The message as the client sends it."""
    return {
        "components": view.to_components(),
        "flags": discord_limits.COMPONENTS_V2,
        "allowed_mentions": {"parse": []},
    }


def inside(view: Any) -> list[dict[str, Any]]:
    """What stands in the one container of a message."""
    (container,) = view.to_components()
    assert container["type"] == CONTAINER
    return container["components"]


def texts(view: Any) -> list[str]:
    """Every text that is displayed, in order."""
    return [
        one["content"] for one in discord_limits.nested(view.to_components()) if "content" in one
    ]


def labels(view: Any) -> list[str]:
    """What is written on the buttons."""
    nested = discord_limits.nested(view.to_components())
    return [one["label"] for one in nested if one.get("type") == 2]


def shown(papers: Sequence[Paper], say: Any = ENGLISH, **options: Any) -> Any:
    """The list as it is sent, asked by 42 and kept as question 7."""
    return layout.listing(listing(papers, **options), say, asker=42, number=7)


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


def came(*across: tuple[str, str]) -> Listing:
    """A list of one paper that was found across languages."""
    found = listing([TATE], text="同伴督导")
    (hit,) = found.results.hits
    hits = (dataclasses.replace(hit, across=across),)
    return dataclasses.replace(found, results=dataclasses.replace(found.results, hits=hits))


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


def quoted(view: Any) -> list[str]:
    """The ranks of what is quoted."""
    return [
        line.split("]")[0].removeprefix("> **[")
        for line in texts(view)[0].splitlines()
        if line.startswith("> ")
    ]


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


# One paper


def test_a_paper_is_exactly_this() -> None:
    view = paper_layout.paper(TATE, ENGLISH)
    (container,) = view.to_components()
    assert container["accent_color"] == ACCENT
    assert texts(view) == [
        (
            "## Supervision of peer workers\n"
            "Tate MC, Roe J, Gillard S\n"
            "-# Journal of Mental Health · 2021;56(10):1903–1911\n"
            f"-# doi:10.1007/s00127-021-02038-4{GAP}#17"
        ),
        "Peer workers left. Supervision helps peers to stay. Nothing else did.",
    ]
    first, second = (one["components"] for one in container["components"][-2:])
    offered = [(one["label"], one.get("custom_id"), one.get("url")) for one in [*first, *second]]
    assert offered == [
        ("Similar", "similit:similar:17", None),
        ("Cite", "similit:cite:17", None),
        ("DOI", None, "https://doi.org/10.1007/s00127-021-02038-4"),
        ("Export", "similit:file:17", None),
        ("Save", "similit:save:17", None),
        ("Watch", "similit:watch:17", None),
    ]


@pytest.mark.parametrize("numbers", [(7,), (17, 6)])
def test_a_paper_of_a_list_can_say_why_it_was_found(numbers: tuple[int, ...]) -> None:
    view = paper_layout.paper(TATE, ENGLISH, numbers)
    assert labels(view) == ["Similar", "Cite", "Why", "DOI", "Export", "Save", "Watch", "👍", "👎"]
    presses = [one.get("custom_id") for row in inside(view)[-2:] for one in row["components"]]
    for verb in ("why", "like", "unlike"):
        assert ":".join(map(str, (f"similit:{verb}:17", *numbers))) in presses
    chinese = paper_layout.paper(XUE, SIMPLIFIED, numbers)
    assert labels(chinese) == ["相似文献", "引用", "为何命中", "导出", "收藏", "订阅", "👍", "👎"]
    assert "👍" not in labels(paper_layout.paper(TATE, ENGLISH))


def why_of(paper: Paper, *shares: Share) -> Hit:
    """A hit whose score is made up of these."""
    score = sum(share.score for share in shares)
    return Hit(rank=1, paper=paper, score=score, extract=Extract(""), terms=(), shares=shares)


def test_why_a_paper_was_found_is_exactly_this() -> None:
    hit = why_of(
        TATE,
        Share("peer", "translation", "同伴", 6.0, "*peers*"),
        Share("同伴", "pair", "", 2.0),
        Share("stay", "feedback", "", 2.0),
    )
    view = paper_layout.why(hit, ENGLISH)
    assert view.to_components()[0]["accent_color"] == ACCENT
    assert texts(view) == [
        (
            f"**Why #17 was found**{GAP}Supervision of peer workers\u00a0(2021)\n"
            f"**\\*peers\\***{GAP}translation of 同伴{GAP}60\u00a0%{GAP}6.00\n"
            f"**character pairs**{GAP}20\u00a0%{GAP}2.00\n"
            f"**stay**{GAP}from the best papers{GAP}20\u00a0%{GAP}2.00\n"
            f"-# score{GAP}10.00"
        )
    ]
    lines = texts(paper_layout.why(hit, SIMPLIFIED))[0].splitlines()
    assert lines[0].startswith("**#17 为何命中**")
    assert lines[1] == f"**\\*peers\\***{GAP}“同伴”的译词{GAP}60\u00a0%{GAP}6.00"
    assert lines[-1] == f"-# 得分{GAP}10.00"


def test_a_chinese_paper_has_its_abstract_in_parts() -> None:
    view = paper_layout.paper(XUE, SIMPLIFIED)
    assert texts(view)[1] == (
        "**目的**\u3000了解督导的作用。\n**结论**\u3000督导有助于同伴支持者留任。"
    )
    assert labels(view) == ["相似文献", "引用", "导出", "收藏", "订阅"]


def test_a_long_abstract_is_cut_at_a_sentence_with_a_note() -> None:
    sentence = "Supervision helps peers to stay in *their* work."
    view = paper_layout.paper(dataclasses.replace(TATE, abstract=f"{sentence} " * 200), ENGLISH)
    lines = texts(view)[1].splitlines()
    assert lines[-1] == "-# … cut here: the abstract goes on."
    assert lines[0].endswith("their\\* work.")
    assert 3600 < sum(map(len, texts(view))) <= 3800


@pytest.mark.parametrize("word", ["supervision ", "督导", "supervision, "])
def test_a_long_abstract_of_one_sentence_is_shown_as_far_as_it_goes(word: str) -> None:
    view = paper_layout.paper(dataclasses.replace(TATE, abstract=word * 2000), ENGLISH)
    assert texts(view)[1].startswith(word * 100)
    assert texts(view)[1].endswith("-# … cut here: the abstract goes on.")
    assert sum(map(len, texts(view))) <= 3800


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://example.org/a",
        "example.org",
        "https://",
        "http://[::1",
        "https:///path",
        "https://example.org/a b",
        "https://example.org/a\nb",
        "https://example.org/" + "a" * 600,
        "discord://example.org",
        "",
    ],
)
def test_no_button_leads_anywhere_but_to_the_web(url: str) -> None:
    view = paper_layout.paper(dataclasses.replace(TATE, doi="", url=url), ENGLISH)
    assert labels(view) == ["Similar", "Cite", "Export", "Save", "Watch"]


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


# Every reply, whatever the paper

HOSTILE = st.sampled_from(
    (
        "**bold** __under__ `code` ",
        "@everyone @here <@123> <@&4> <#5> <t:1:R> </cmd:1> <a:wave:1> ",
        "[link](https://evil.example) discord.gg/x http://a.b ",
        "# head\n> quote\n- item\n1. first\n-# small\n```\nfence\n",
        "\u202e\u2066\u200f\u200b\ufeff\x00\x07\x1b[31m\x85",
        "👩‍👩‍👧‍👦🇨🇳",
        "عربى עברית ",
        "同伴支持者的督导。",
        "peer supervision. ",
        "\\\\\\",
        "re\u0301sume\u0301 ",
        "\u3000",
        "\u2800\u3164",
    )
)
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
LONG = st.builds(lambda part, count: part * count, HOSTILE | ANYTHING, st.integers(1, 300))
FIELD = st.one_of(st.just(""), st.lists(HOSTILE | ANYTHING, max_size=5).map("".join), LONG).map(
    lambda text: text.strip()[:10_000]
)
SHORT = st.just("") | FIELD.map(lambda text: text[:40])


def papers() -> st.SearchStrategy[Paper]:
    """Papers with anything in them."""
    return st.builds(
        Paper,
        id=st.integers(1, 10**9),
        title=FIELD,
        abstract=FIELD,
        translated_title=SHORT,
        translated_abstract=SHORT | FIELD,
        authors=st.lists(SHORT.map(lambda name: name or "A"), max_size=4).map(tuple)
        | st.builds(lambda name: (name or "A",) * 500, FIELD),
        journal=FIELD,
        year=st.none() | st.integers(1500, 2099),
        volume=SHORT,
        issue=SHORT,
        pages=SHORT,
        doi=st.just("") | st.text("10./abc<>()*_~|`", min_size=1, max_size=40) | FIELD,
        url=st.just("") | FIELD.map(lambda text: f"https://{text}") | FIELD,
        summary_by=st.sampled_from(["", "", "Similit *"]),
    )


def wrong(view: Any) -> list[str]:
    """What Discord or the design's budget forbids of a message."""
    payload = sent(view)
    total = sum(map(len, texts(view)))
    return [
        *discord_limits.violations(payload),
        *discord_limits.mention_violations(payload),
        *([f"{total} characters of text"] if total > 3800 else []),
    ]


LANGUAGES = st.sampled_from([ENGLISH, SIMPLIFIED, TRADITIONAL])
COMBINING = "e" + "\u0301" * 9_999


def distinct(found: Iterable[Paper]) -> list[Paper]:
    """The papers under numbers of their own, as a library has them."""
    return [dataclasses.replace(paper, id=id) for id, paper in enumerate(found, 1)]


@given(found=st.lists(papers(), min_size=1, max_size=6), text=FIELD, say=LANGUAGES)
@example(found=[Paper(id=1)] * 6, text="x", say=ENGLISH)
@example(found=[Paper(id=1, title="*" * 10_000, abstract="*" * 10_000)] * 6, text="", say=ENGLISH)
def test_any_list_is_one_that_discord_takes(found: list[Paper], text: str, say: Any) -> None:
    assert wrong(shown(distinct(found), say, text=text)) == []


@st.composite
def quotes(draw: st.DrawFn, most: int) -> tuple[Quotation, ...]:
    """Up to three quotations, of anything, of the first `most` papers."""
    out = []
    for _ in range(draw(st.integers(1, 3))):
        text = draw(FIELD)
        ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
        marks = tuple(zip(ends[::2], ends[1::2], strict=False))
        out.append(Quotation(draw(st.integers(1, most)), text, marks))
    return tuple(out)


@given(data=st.data(), found=st.lists(papers(), min_size=1, max_size=6), text=FIELD, say=LANGUAGES)
@settings(max_examples=80)
def test_any_answer_is_one_that_discord_takes(
    data: Any, found: list[Paper], text: str, say: Any
) -> None:
    answer = data.draw(quotes(len(found)))
    view = shown(distinct(found), say, text=text, answer=answer)
    assert wrong(view) == []
    assert len(quoted(view)) <= len(answer)
    box = texts(view)[0].splitlines() if quoted(view) else []
    assert all(line.startswith("> **[") for line in box[2:])


@given(found=st.lists(papers(), min_size=1, max_size=6), seed=papers(), say=LANGUAGES)
def test_any_neighbours_are_ones_that_discord_takes(
    found: list[Paper], seed: Paper, say: Any
) -> None:
    assert wrong(shown(distinct(found), say, text=seed.searchable, seed=seed)) == []


@given(text=FIELD, unknown=st.lists(FIELD, max_size=9).map(tuple), say=LANGUAGES)
def test_any_nothing_is_one_that_discord_takes(
    text: str, unknown: tuple[str, ...], say: Any
) -> None:
    assert wrong(shown([], say, text=text, unknown=unknown)) == []


@given(paper=papers(), say=LANGUAGES)
@example(paper=Paper(id=1), say=ENGLISH)
@example(paper=Paper(id=1, title="*" * 10_000, authors=("_" * 9,) * 500), say=ENGLISH)
def test_any_paper_is_one_that_discord_takes(paper: Paper, say: Any) -> None:
    assert wrong(paper_layout.paper(paper, say)) == []


SHARES = st.builds(
    Share,
    FIELD.filter(bool),
    st.sampled_from(["word", "pair", "translation", "feedback"]),
    FIELD.filter(bool),
    st.floats(0.001, 50),
    FIELD,
)


@given(paper=papers(), shares=st.lists(SHARES, min_size=1, max_size=12), say=LANGUAGES)
@example(
    paper=Paper(id=1, title="*" * 10_000),
    shares=[Share("*" * n, "translation", "_" * 999, 1.0) for n in range(1, 99)],
    say=ENGLISH,
)
def test_any_why_is_one_that_discord_takes(paper: Paper, shares: list[Share], say: Any) -> None:
    assert wrong(paper_layout.why(why_of(paper, *shares), say)) == []


WORDS = st.lists(st.tuples(FIELD.filter(bool), FIELD.filter(bool)), max_size=4)


@given(across=WORDS, say=LANGUAGES)
def test_whatever_came_across_is_what_discord_takes(
    across: list[tuple[str, str]], say: Any
) -> None:
    assert wrong(layout.listing(came(*across), say, asker=42, number=7)) == []


REFERENCES = st.fixed_dictionaries({style: FIELD.filter(bool) for style in STYLES})


@given(references=REFERENCES, say=LANGUAGES)
@example(references=dict.fromkeys(STYLES, "*`" * 5_000), say=ENGLISH)
@example(references=dict.fromkeys(STYLES, "同伴支持" * 5_000), say=ENGLISH)
def test_any_citation_is_one_that_discord_takes(references: dict[str, str], say: Any) -> None:
    view = paper_layout.citation(TATE, references, say)
    assert wrong(view) == []
    assert texts(view)[0].count("```") == 2 * len(STYLES)


@given(text=FIELD.filter(bool).map(lambda text: text[:1000]))
@example(text="*" * 1000)
def test_any_notice_is_one_that_discord_takes(text: str) -> None:
    assert wrong(pieces.notice(f"No paper {text} is here.")) == []


@pytest.mark.parametrize("field", ["title", "abstract", "journal", "authors"])
def test_marks_that_take_no_width_do_not_grow_a_message(field: str) -> None:
    value: Any = (COMBINING,) if field == "authors" else COMBINING
    paper = dataclasses.replace(TATE, **{field: value})
    for view in (
        shown([paper]),
        shown([paper], answer=(Quotation(1, COMBINING), Quotation(1, "*" * 9_999))),
        shown([TATE], seed=paper),
        paper_layout.paper(paper, ENGLISH),
        paper_layout.citation(paper, {style: reference(paper, style) for style in STYLES}, ENGLISH),
    ):
        assert wrong(view) == []


@pytest.mark.parametrize("text", [COMBINING, "q" * 6000, "*" * 6000])
def test_a_long_word_that_occurs_nowhere_does_not_break_nothing_found(text: str) -> None:
    assert wrong(shown([], text=text, unknown=(text,) * 8)) == []
