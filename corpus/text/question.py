"""Whether a text asks something, or is a title, keywords or an abstract."""

from __future__ import annotations

import re

from corpus.text.normalise import fold
from corpus.text.sentences import sentences
from corpus.text.width import columns

_LONGEST = 400
_LONGEST_OF_SEVERAL = 300
# Without a question mark only a short text is taken for a question.
_LONGEST_UNMARKED = 200
_MOST_SENTENCES = 4
_CLOSERS = r"\"'”’」』）)\]】》*_"
_MARKED = re.compile(rf"[?？][?？!！.。…~\s{_CLOSERS}]*$")
_STATED = re.compile(rf"[.。!！;；…][{_CLOSERS}]*$")

_OPENING = r"^(?:(?:hi|hello|hey|please|ok|so|and|but|well|also|question|q)\b[,!.:]?\s*)*"
# What people add to a question: it does not make an abstract, or a title, of it.
_ADDED = re.compile(
    r"(?:thanks?|thx|cheers|please|pls|i|i'm|i'd|we|we're|looking|any|give|show|find|need|only"
    r"|preferably)\b|多?谢|麻烦|最好|我|请|求"
)
_BE = "is|are|was|were|do|does|did|can|could|should|would|has|have"
_NOT = "isn't|aren't|don't|doesn't|didn't|can't|shouldn't|won't"
_VERB = rf"(?:{_BE}|{_NOT}|will|may|might|must)\b"
_ASKING = r"(?:what|what's|which|how|why|who|whom|whose|when|where)\b"
# "Do not resuscitate" is an order; after "Will" and "May" only a question mark tells.
_INVERTED = rf"(?:{_BE}|{_NOT})\b(?! not\b)"
# How does supervision affect peer workers. · does exercise help
_ENGLISH_ALWAYS = (
    re.compile(rf"{_OPENING}(?:what|which|how|why|who)\b(?:\s+[^\s,]+){{0,6}}?\s+{_VERB}\s"),
    re.compile(rf"{_OPENING}(?:when|where|whom|whose)\s+{_VERB}\s"),
    re.compile(rf"{_OPENING}{_INVERTED}\s+\S+\s+\S"),
)
_ENGLISH = (
    # how to teach statistics · which therapies help · whether peers help
    re.compile(rf"{_OPENING}(?:{_ASKING}|whether)\s+\S+\s+\S"),
    # in older adults, does exercise prevent falls · among nurses what is the rate of burnout
    re.compile(rf"[\s,](?:what|how|why|which)\s+(?:[^\s,]+\s+){{0,2}}?{_VERB}\s"),
    re.compile(r",\s*(?:do|does|did|can|should|is|are)\s"),
    # I want to know whether … · tell me how … · is there evidence that … · any evidence that …
    re.compile(
        r"\b(?:know|wonder|wondering|tell me|find out|understand|explain|curious|ask|unsure)"
        rf"(?: about)?\s+(?:if\b|whether\b|{_ASKING})"
    ),
    re.compile(r"\b(?:is|are) there\b"),
    re.compile(rf"{_OPENING}(?:any|the) evidence (?:that|whether|for or against)\b"),
)
_SUBTITLE = re.compile(r"[:：]|——|--|\s[–—-]\s")
_CHINESE = re.compile(
    "什么|啥|如何|怎|哪|谁|为何|何种|何时|何处|何以|何在|有何|多少|多大|多久|是否|能否|可否|会否"
    "|应否|(?<!具)有无(?!穷|限|线|人|机|数)|有没有|是不是|能不能|会不会|可不可以|要不要|该不该"
    "|[吗呢么]$|请问"
)
# So titles and sentences about a question begin and end, where no mark says that it is asked.
_CHINESE_TITLE = re.compile(
    "^(?:浅[谈析议论]|试[论析]|略论|再论|论(?!文)|也?谈(?!判)|探讨|考察|本文|本研究|旨在|目的|为了"
    "|无论|不论|不管)"
    "|(?:探讨|初探|综述|思考|启示|述评|探析|探究|论析|刍议|漫谈)$"
    "|[的之](?:研究|分析|进展|调查|实证|比较|实践|探索|对策|策略|路径)$"
)
_LONG_WORD = re.compile(r"\b[A-Za-z][a-z]{3,}")


def is_question(text: str) -> bool:
    """Whether `text` asks something, in English or Chinese, with a question mark or without.

    An abstract that has a question in it does not, nor does a title that goes on after its own,
    such as `Does it work? A randomised trial`.
    """
    text = " ".join(text.split())
    if not text or len(text) > 2 * _LONGEST or columns(text) > _LONGEST:
        return False
    said = [text[start:end] for start, end in sentences(text)]
    if len(said) > 1 and (len(said) > _MOST_SENTENCES or columns(text) > _LONGEST_OF_SEVERAL):
        return False
    while len(said) > 1 and not _MARKED.search(said[-1]) and _ADDED.match(fold(said[-1])):
        said.pop()
    if _MARKED.search(said[-1]):
        return any(map(str.isalpha, said[-1]))
    return not any(map(_MARKED.search, said)) and _asks_unmarked(said[-1])


def _asks_unmarked(sentence: str) -> bool:
    if columns(sentence) > _LONGEST_UNMARKED or _SUBTITLE.search(sentence):
        return False
    folded = fold(sentence)
    stated = _STATED.search(sentence) is not None
    if _CHINESE.search(folded) and not _CHINESE_TITLE.search(folded):
        return not stated or "请问" in folded
    if _in_title_case(sentence):
        return False
    patterns = _ENGLISH_ALWAYS if stated else _ENGLISH_ALWAYS + _ENGLISH
    return any(pattern.search(folded) for pattern in patterns)


def _in_title_case(sentence: str) -> bool:
    """Whether most of the longer words behind the first are capitalised."""
    words = _LONG_WORD.findall(sentence)[1:]
    return len(words) > 1 and sum(word[0].isupper() for word in words) * 2 > len(words)
