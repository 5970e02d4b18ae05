"""The parts of a structured abstract."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.sections import CHINESE_HEADS, sections


def parts(text: str) -> list[tuple[str, str]]:
    return [(part.head, text[part.start : part.end].strip()) for part in sections(text)]


def heads(text: str) -> list[str]:
    return [part.head for part in sections(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Aims. A range. Methods. We did. Conclusions. An end.",
            [("Aims", "A range."), ("Methods", "We did."), ("Conclusions", "An end.")],
        ),
        (
            "BACKGROUND: A b. METHODS AND FINDINGS: C d. CONCLUSIONS: E f.",
            [("BACKGROUND", "A b."), ("METHODS AND FINDINGS", "C d."), ("CONCLUSIONS", "E f.")],
        ),
        (
            "OBJECTIVE: a. DESIGN, SETTING, AND PARTICIPANTS: b",
            [("OBJECTIVE", "a."), ("DESIGN, SETTING, AND PARTICIPANTS", "b")],
        ),
        (
            "Purpose\n\nTo see.\n\nMethods\n\nA draft",
            [("Purpose", "To see."), ("Methods", "A draft")],
        ),
        (
            "Background Past studies. Methods In all. Results Day staff. Conclusions An end.",
            [
                ("Background", "Past studies."),
                ("Methods", "In all."),
                ("Results", "Day staff."),
                ("Conclusions", "An end."),
            ],
        ),
        (
            "Purpose: x. Design/methodology/approach: y. Originality/value: z",
            [("Purpose", "x."), ("Design/methodology/approach", "y."), ("Originality/value", "z")],
        ),
        (
            "Some words first. Results: it rose.",
            [("", "Some words first."), ("Results", "it rose.")],
        ),
        (
            "AIM OF THE STUDY: a. Importance: B c. Key Messages: D e. DNA: it is long.",
            [
                ("AIM OF THE STUDY", "a."),
                ("Importance", "B c."),
                ("Key Messages", "D e. DNA: it is long."),
            ],
        ),
        (
            "We did. Trial Registration: N 1. Supplementary Information: The online version.",
            [
                ("", "We did."),
                ("Trial Registration", "N 1."),
                ("Supplementary Information", "The online version."),
            ],
        ),
    ],
)
def test_english_heads(text: str, expected: list[tuple[str, str]]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "【目的】探讨。【方法】采用。【结论】可行。",
        "目的：探讨。方法：采用。结论：可行。",
        "目的 探讨。方法 采用。结论 可行。",
        "［目的］探讨。［方法］采用。［结论］可行。",
        "目的\n探讨。\n方法\n采用。\n结论\n可行。",
        "目的探讨。方法采用。结论可行。",
        "目的：探讨。方法采用。结论 可行。",
    ],
)
def test_chinese_heads(text: str) -> None:
    assert parts(text) == [("目的", "探讨。"), ("方法", "采用。"), ("结论", "可行。")]


@pytest.mark.parametrize("head", CHINESE_HEADS)
def test_every_chinese_head_is_found_whole(head: str) -> None:
    assert heads(f"{head}：探讨。") == [head]


@pytest.mark.parametrize(
    "text",
    [
        "No heads here. Only text.",
        "Methods are described here. Results show that it rose.",
        "Results Show that one capitalised word proves nothing.",
        "方法可行，结果可靠。结论在此。",
        "本文探讨。方法采用。结果较好。结论可行。",
        "目的在于探讨。方法的好处。结果表明可行。结论是可行。",
        "目的探讨。方法采用量表。",
        "Importance is not all. Highlights of the year follow.",
        "",
    ],
)
def test_ordinary_text_is_one_part_without_a_head(text: str) -> None:
    assert parts(text) == [("", text)]


@pytest.mark.parametrize(
    ("head", "concludes"),
    [
        ("Conclusions", True),
        ("CONCLUSIONS AND RELEVANCE", True),
        ("Discussion", True),
        ("结论", True),
        ("Methods", False),
        ("Results", False),
        ("目的", False),
        ("目的与意义", False),
        ("ETHNOPHARMACOLOGICAL RELEVANCE", False),
    ],
)
def test_which_parts_conclude(head: str, concludes: bool) -> None:
    (part,) = sections(f"{head}: it is so.")
    assert (part.head, part.concludes) == (head, concludes)


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("BACKGROUND", "prepares"),
        ("Materials and Methods", "prepares"),
        ("Patients", "prepares"),
        ("Limitations", "prepares"),
        ("资料与方法", "prepares"),
        ("RESULTS", "reports"),
        ("Principal Findings", "reports"),
        ("结果", "reports"),
        ("Methods and Results", ""),
        ("方法与结果", ""),
        ("Summary", ""),
        ("Implications for Patients", "concludes"),
        ("RESULTS AND DISCUSSION", "concludes"),
        ("结果与结论", "concludes"),
        ("Trial Registration", "appends"),
        ("FUNDING", "appends"),
    ],
)
def test_what_a_part_does(head: str, role: str) -> None:
    (part,) = sections(f"{head}: it is so.")
    assert (part.head, part.role) == (head, role)


def test_a_part_without_a_head_may_do_anything() -> None:
    assert [part.role for part in sections("It is so.")] == [""]


def test_a_head_within_a_sentence_is_none() -> None:
    glued = "目的探讨，方法采用。方法改进了设备。结果两组有效。结论可行。"
    assert heads(glued) == ["目的", "方法", "结果", "结论"]
    assert parts(glued)[0] == ("目的", "探讨，方法采用。")


HEADED = st.lists(
    st.sampled_from(
        [
            "Aims",
            "Methods",
            "RESULTS",
            "结论",
            ". ",
            ": ",
            "：",
            "\n",
            " ",
            "We did",
            "【目的】",
            "探讨",
        ]
    ),
    max_size=15,
).map("".join)


@given(HEADED)
def test_parts_and_heads_together_are_the_text(text: str) -> None:
    position = 0
    for part in sections(text):
        between = text[position : part.start]
        assert part.head in between
        assert between.replace(part.head, "", 1).strip(" \t\n.:：【】") == ""
        assert part.start <= part.end
        position = part.end
    assert position == len(text)
