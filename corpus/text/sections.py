"""The parts of a structured abstract: its heads and the text under each."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.text.normalise import has_han

ENGLISH_HEADS = (
    "Main Outcome Measures?",
    "Main Outcomes and Measures",
    "Methods?(?: and (?:Results?|Materials?|Findings?|Design|Procedures?))?",
    "Methodology(?:/Principal Findings)?",
    "Methodology/Approach",
    "Design(?:/Methodology/Approach)?",
    "Results?(?: and (?:Discussion|Conclusions?))?",
    "Principal Findings?",
    "Main Results?",
    "Key Results?",
    "Findings?",
    "Discussion(?: and Conclusions?)?",
    "Conclusions?(?:/(?:Significance|Implications))?",
    "Conclusions? and (?:Implications|Relevance|Recommendations)",
    "Implications(?: for [A-Z][a-z]+(?: [A-Za-z]+){0,3})?",
    "Practical Implications",
    "Aims?(?: and (?:Objectives?|Methods?|Background))?",
    "Background(?: and (?:Aims?|Objectives?|Purpose))?",
    "Background/(?:Aims?|Objectives?)",
    "Introduction",
    "Objectives?",
    "Purpose",
    "Study Design",
    "Study Selection",
    "Data (?:Sources?|Extraction|Synthesis|Collection)",
    "Materials? and Methods?",
    "Patients? and Methods?",
    "Subjects? and Methods?",
    "Settings?",
    "Participants",
    "Patients",
    "Subjects",
    "Sample",
    "Measurements?",
    "Interventions?",
    "Interpretation",
    "Significance",
    "Limitations",
    "Originality/Value",
    "Recommendations",
    "Context",
    "Rationale",
    "Summary",
    "Trial Registration",
    "Funding",
    "Level of Evidence",
)
"""Regular expressions of the heads of English abstracts, in the case journals print them."""

CHINESE_HEADS = """
    背景与目的 目的与意义
    研究背景 研究目的 研究方法 研究结果 研究结论 目的与方法 方法与结果 材料与方法 资料与方法
    对象与方法 结果与结论 结论与展望 背景 目的 目标 方法 结果 结论 讨论 对象 设计 意义 局限
    启示
    """.split()

_BOXED_HEADS = frozenset(CHINESE_HEADS) | {"过程", "价值", "创新", "应用", "建议", "展望"}
_JOINED = re.compile("[/／与和、]")
_CONCLUSION = re.compile(
    r"conclusion|implication|interpretation|discussion|significance|结论|启示|讨论|意义",
    re.IGNORECASE,
)
_HEAD = "|".join(sorted(ENGLISH_HEADS, key=len, reverse=True))
_UPPER_HEAD = r"[A-Z][A-Z]{3,}(?:[ /&,-]{1,3}[A-Z]{2,}){0,5}"
_BOUNDARY = re.compile(r"(?:^|\n|[.!?)\]])[ \t]*(?=[A-Z])")
_DELIMITED = re.compile(
    rf"(?P<head>(?:{_HEAD})|(?i:{_HEAD})(?=:)|{_UPPER_HEAD}(?=:))"
    r"(?:[ \t]*[.:]\s+|:(?=\S)|[ \t]*\n\s*)"
)
_SPACED = re.compile(rf"(?P<head>{_HEAD}) (?=[A-Z][a-z]* )")
_CHINESE = re.compile(
    r"[ \t]*[【\[［](?P<boxed>[^】\]］\n]{2,10})[】\]］][:：]?\s*"
    r"|(?:^|(?<=[\n。.；;！？\s]))[ \t]*"
    rf"(?:(?P<head>{'|'.join(CHINESE_HEADS)})(?:[:：]\s*|[ \t\u3000]+|\n\s*))"
)


class Section(NamedTuple):
    """A head ("" where the abstract has none) and the characters `[start:end]` under it."""

    head: str
    start: int
    end: int

    @property
    def concludes(self) -> bool:
        """Whether this part says what was found to follow, rather than how it was sought."""
        return _CONCLUSION.search(self.head) is not None


def sections(text: str) -> list[Section]:
    """The parts of `text` in order; one without a head where it is not structured."""
    found: list[tuple[str, int, int]] = []
    spaced: list[tuple[str, int, int]] = []
    for boundary in _BOUNDARY.finditer(text):
        if head := _DELIMITED.match(text, boundary.end()):
            found.append((head.group("head"), head.start(), head.end()))
        elif head := _SPACED.match(text, boundary.end()):
            spaced.append((head.group("head"), head.start(), head.end()))
    if has_han(text):
        found += [
            (head.group("boxed") or head.group("head"), head.start(), head.end())
            for head in _CHINESE.finditer(text)
            if head.group("head") or _BOXED_HEADS.issuperset(_JOINED.split(head.group("boxed")))
        ]
    # One capitalised word after another proves nothing; a series of heads does.
    if len(found) + len(spaced) > 2 and len({head for head, _, _ in spaced}) > 1:
        found += spaced
    found.sort(key=lambda head: head[1])
    out: list[Section] = []
    if not found or text[: found[0][1]].strip():
        out.append(Section("", 0, found[0][1] if found else len(text)))
    for position, (name, _, start) in enumerate(found):
        end = found[position + 1][1] if position + 1 < len(found) else len(text)
        out.append(Section(name, start, end))
    return out
