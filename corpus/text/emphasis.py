"""How much a sentence of an abstract is worth showing, whatever it is about."""

from __future__ import annotations

import re

from corpus.text.normalise import has_han

# Differences that decide between near equals, and no more.
_BY_ROLE = {"concludes": 1.2, "reports": 1.1, "prepares": 0.85, "appends": 0.4}
_FIRST, _LAST = 0.9, 1.1
_BY_WORDING = {1: 1.1, 0: 1.0, -1: 0.9}
_FRAGMENT = 0.75
_SHORT = 12

_FINDS = frozenset(
    """
    found shows showed shown reveal reveals revealed demonstrate demonstrates demonstrated indicate
    indicates indicated suggest suggests suggested conclude concluded confirm confirms confirmed
    conclusion significant significantly associated correlated increased increases decreased
    decreases reduced reduces improved improves inhibited inhibits promoted promotes induced induces
    prevented prevents enhanced enhances resulted caused causes higher lower greater better worse
    fewer highest lowest superior inferior effective beneficial evidence prevalence likely predicted
    predictors unchanged declined rose fell should thus therefore hence consequently overall
    altogether collectively
    """.split()
)
_SEEKS = frozenset(
    """
    aim aims aimed purpose objective objectives goal sought seek investigate investigates
    investigated examine examines examined explore explores explored assess assesses assessed
    evaluate evaluates evaluated describe describes discusses reviews hypothesis hypothesized
    hypothesised proposes protocol recruited enrolled randomized randomised randomly
    collected analyzed analysed administered undergoing questionnaire
    questionnaires interviews searched unclear unknown poorly controversial debate
    """.split()
)
_SIGNS = str.maketrans(",.;:()", "      ")
_FINDS_CHINESE = re.compile(
    "结果|表明|显示|发现|证[明实]|提示|说明|显著|明显|有效|优于|[高低大小多少快]于|提高|降低|减少|增[加强]"
    "|改善|促进|抑制|缓解|可作为|可用于|有助于|有利于|取决于|结论|得出|达到?[了到]|应[当该]|相关性|导致"
)
_SEEKS_CHINESE = re.compile(
    "^(?:为|探[讨索]|观察|研究[^表结]|分析|了解|评价|比较|通过|针对|本[文研]|采[用取]|选[取择]|将|运用|利用"
    "|收集|介绍|综述|阐述|论述|回顾|根据|基于|以.{2,30}为)|目的|旨在|探讨|随机分|[究析讨绍述]了|笔者"
    "|近年来|日益|如下|尚[不未]|有待|亟待|必要|迫切"
)
_LEANS = re.compile(
    r"(?:However|But|And|This|These|That|Those|It|They|He|She|Its|Their|Such|Both|Moreover|Besides"
    r"|Furthermore|In addition|Additionally|Also|Nevertheless|Similarly|Conversely|In contrast"
    r"|For (?:example|instance)|On the (?:other|contrary)|Finally|Then|Instead|Yet|Here"
    r"|The (?:former|latter))\b"
    # `These results` and `It is concluded` stand for themselves.
    r"(?! (?:[\w-]+ ){0,2}(?:stud|result|finding|data|review|meta|evidence|trial|paper|article"
    r"|survey|research|observation|fact)|(?<=It) is (?:concluded|suggested))"
    r"|但|然而|此外|同时|另外|而|并[且在将对]|且|其[^他]|这|该|从而|由此|于是|最后|首先|其次|再次"
)
_BOILERPLATE = re.compile(
    r"\W*(?:©|\(c\) ?\d|copyright (?:©|\(c\)|\d|by|the )|published by .{0,80}$|all rights reserved"
    r"|this article is protected|abstract truncated|psycinfo database|the online version contains"
    r"|trial registration\b|版权所有|本刊版权)|.*© ?(?:\d|the )",
    re.IGNORECASE,
)
_STOPS = (".", "!", "?", "。", "！", "？", "．", "；", ";", "…", "｡")
_CLOSERS = "\"'”’」』）)]】》"


def emphasis(role: str, place: float, sentence: str) -> float:
    """How much what `sentence` says counts: about 1, more where it says what was found.

    `role` is that of its section, `place` how far into an abstract without sections it stands,
    from 0 to 1.
    """
    factor = _BY_ROLE.get(role) or _FIRST + (_LAST - _FIRST) * place
    factor *= _BY_WORDING[_wording(sentence)]
    if len(sentence) < _SHORT or not sentence.rstrip(_CLOSERS).endswith(_STOPS):
        factor *= _FRAGMENT
    return factor


def _wording(sentence: str) -> int:
    """1 where `sentence` is put as a finding, -1 where as an aim, a method or what is not known."""
    if has_han(sentence):
        finds = _FINDS_CHINESE.search(sentence) is not None
        return finds - (_SEEKS_CHINESE.search(sentence) is not None)
    words = sentence.lower().translate(_SIGNS).split()
    if not words:
        return 0
    seeks = words[0] == "to" or not _SEEKS.isdisjoint(words)
    return (not _FINDS.isdisjoint(words)) - seeks


def leans_back(sentence: str) -> bool:
    """Whether `sentence` begins with a word that points to the one before: However, This, 其中."""
    return _LEANS.match(sentence) is not None


def is_boilerplate(sentence: str) -> bool:
    """Whether `sentence` is about the text's owner or its place: © 2020, 版权所有."""
    return _BOILERPLATE.match(sentence) is not None
