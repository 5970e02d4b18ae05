"""The exact pieces of one paper, opened."""

from __future__ import annotations

import dataclasses

import pytest

from bot.discord import paper_layout
from corpus.paper import Share
from tests.bot.discord.views import (
    ACCENT,
    ENGLISH,
    GAP,
    SIMPLIFIED,
    TATE,
    XUE,
    inside,
    labels,
    texts,
    why_of,
)


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
