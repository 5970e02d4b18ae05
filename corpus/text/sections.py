"""The parts of a structured abstract: its heads and the text under each."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.text.normalise import has_han
from corpus.text.sentences import Span, sentences

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
    研究背景 研究目的 研究方法 研究结果 研究结论 目的与方法 方法与结果 材料与方法 材料和方法
    资料与方法 资料和方法 对象与方法 对象和方法 结果与结论 结论与展望 背景 目的 目标 方法 结果 结论
    讨论 对象 设计 意义 局限 启示
    """.split()

# Heads only where a colon follows: as words of a text they are too common.
_BEFORE_A_COLON = (
    "Aims? of (?:the|this) (?:study|review)",
    "Authors['’] Conclusions?",
    "Background & Aims?",
    "Case (?:Presentation|Report)s?",
    "Clinical (?:Relevance|Implications|Significance)",
    "Critical Issues",
    "Design,? Settings?,? and Participants",
    "Exposures?",
    "Future Directions",
    "Highlights",
    "Importance",
    "Key (?:Findings|Messages?|Points)",
    "Lay (?:Abstract|Summary)",
    "Measurements and Main Results",
    "Observations?",
    "Practical Applications?",
    "Recent Advances",
    "Settings? and Design",
    "Significance Statement",
    "Clinical Trial Registration(?: Number)?",
    "Registration(?: Number)?",
    "Statistical Analys[ie]s(?: Used)?",
    "Supplementary Information",
)
_BOXED_HEADS = frozenset(CHINESE_HEADS) | {"过程", "价值", "创新", "应用", "建议", "展望"}
_JOINED = re.compile("[/／与和、]")
# What a part does, by the first of these that its head has.
_ROLES = tuple(
    (role, re.compile("|".join(words.split()).replace("_", " "), re.IGNORECASE))
    for role, words in (
        ("appends", "registration funding availab level_of_evidence supplementary_information"),
        (
            "prepares",
            """aim objective purpose background introduction context rationale importance hypothes
            question motivation ethnopharm limitation 目的 目标 背景 局限""",
        ),
        (
            "concludes",
            """conclusion implication interpretation discussion significance relevance application
            impact lesson key_(?:message|point) 结论 启示 讨论 意义""",
        ),
        ("", "(?:method|material|patient|measure).*(?:result|finding) 方法.*结果"),
        ("reports", "result finding data_synthesis observation 结果"),
        (
            "prepares",
            """method design setting participant patients subject sample material intervention
            exposure measure outcome analysis data search selection 方法 资料 材料 对象 设计""",
        ),
    )
)
_REMEMBERED = 1 << 8  # abstracts: an extract and an answer are made of the same ones
_HEAD = "|".join(sorted(ENGLISH_HEADS, key=len, reverse=True))
_UPPER_HEAD = r"(?:[A-Z]{4,}|[A-Z]{3}(?= [A-Z]{2,} ))(?:[ /&,-]{1,3}[A-Z]{2,}){0,5}"
# Three letters tell most sentences apart from heads, far faster than matching each head.
_BEGINNINGS = frozenset(head[:3].lower() for head in (*ENGLISH_HEADS, *_BEFORE_A_COLON))
_AT_START = re.compile(r"[ \t]*([A-Z][A-Za-z]{2})")
_BOUNDARY = re.compile(rf"[\n.!?)\]]{_AT_START.pattern}")
_DELIMITED = re.compile(
    rf"(?P<head>(?:{_HEAD})|(?i:{_HEAD}|{'|'.join(_BEFORE_A_COLON)})(?=:)|{_UPPER_HEAD}(?=:))"
    r"(?:[ \t]*[.:]\s+|:(?=\S)|[ \t]*\n\s*)"
)
_SPACED = re.compile(rf"(?P<head>{_HEAD}) (?=[A-Z][a-z]* )")
_CHINESE = re.compile(
    r"[ \t]*[【\[［](?P<boxed>[^】\]］\n]{2,10})[】\]］][:：]?\s*"
    r"|(?:^|(?<=[\n。.；;！？\s]))[ \t]*"
    rf"(?:(?P<head>{'|'.join(CHINESE_HEADS)})(?:[:：]\s*|[ \t\u3000]+|\n\s*))"
)
_GLUED_HEADS = "|".join(head for head in CHINESE_HEADS if re.search("目的|方法|结果|结论", head))
# 目的探讨…。方法采用…。结果两组…: no sign behind the head, nor what makes it a word of the text.
_GLUED = re.compile(
    rf"(?:^|(?<=[\n。.；;！？．]))(?P<head>{_GLUED_HEADS})"
    "(?![是为在和与及的之性地论学上]|表[明示]|显示|发现|说明|证[明实]|提示|分析表|可[见知]|如下|基因)"
    r"(?=[^\s:：.。,，;；])"
)


class Section(NamedTuple):
    """A head ("" where the abstract has none) and the characters `[start:end]` under it."""

    head: str
    start: int
    end: int

    @property
    def concludes(self) -> bool:
        """Whether this part says what was found to follow, rather than how it was sought."""
        return self.role == "concludes"

    @property
    def role(self) -> str:
        """What this part does: `prepares`, `reports`, `concludes`, `appends`, or "" for any."""
        return _role(self.head) if self.head else ""


@functools.lru_cache(1 << 10)
def _role(head: str) -> str:
    return next((role for role, words in _ROLES if words.search(head)), "")


class _Head(NamedTuple):
    name: str
    start: int
    end: int


def sections(text: str) -> list[Section]:
    """The parts of `text` in order; one without a head where it is not structured."""
    found = sorted(_heads(text), key=lambda head: head.start)
    out: list[Section] = []
    if not found or text[: found[0].start].strip():
        out.append(Section("", 0, found[0].start if found else len(text)))
    for position, head in enumerate(found):
        end = found[position + 1].start if position + 1 < len(found) else len(text)
        out.append(Section(head.name, head.end, end))
    return out


@functools.lru_cache(_REMEMBERED)
def in_sentences(text: str) -> Sequence[tuple[Section, Sequence[Span]]]:
    """The parts of `text` in order, each with its sentences."""
    return [(part, sentences(text, part.start, part.end)) for part in sections(text)]


def _heads(text: str) -> list[_Head]:
    found: list[_Head] = []
    spaced: list[_Head] = []
    at_start = _AT_START.match(text)
    for boundary in itertools.chain(filter(None, [at_start]), _BOUNDARY.finditer(text)):
        beginning = boundary.group(1)
        if beginning.lower() not in _BEGINNINGS and not beginning.isupper():
            continue
        if head := _DELIMITED.match(text, boundary.start(1)):
            found.append(_Head(head.group("head"), head.start(), head.end()))
        elif head := _SPACED.match(text, boundary.start(1)):
            spaced.append(_Head(head.group("head"), head.start(), head.end()))
    if has_han(text):
        found += _chinese_heads(text)
    # One capitalised word after another proves nothing; a series of heads does.
    if len(found) + len(spaced) > 2 and len({head.name for head in spaced}) > 1:
        found += spaced
    return found


def _chinese_heads(text: str) -> list[_Head]:
    found = [
        _Head(head.group("boxed") or head.group("head"), head.start(), head.end())
        for head in _CHINESE.finditer(text)
        if head.group("head") or _BOXED_HEADS.issuperset(_JOINED.split(head.group("boxed")))
    ]
    glued = [
        _Head(head.group("head"), head.start("head"), head.end("head"))
        for head in _GLUED.finditer(text)
    ]
    first = min((head.start for head in (*found, *glued)), default=0)
    series = len({head.name for head in (*found, *glued)}) > 2 and not text[:first].strip()
    return found + glued if series else found
