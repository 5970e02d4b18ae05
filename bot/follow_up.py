"""What people say after a list: "similar 3", "打开 3", "cite 3 in Vancouver", "only 2015-2020".

"browse keywords" and "浏览 期刊 心理学报" can be said before there is any.

What narrows a list down becomes a query line: "only 2015-2020" is `year:2015..2020`, "without mice"
is `-"mice"`. Whether a wish can be granted is not known here.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus.text.normalise import fold

# Everything is compared folded: in lower case, Simplified, with plain signs.
_VERBS = {
    "similar": "similar|like|相似|相似文献",
    "why": "why|为何|为何命中|为什么",
    "open": "open|show|打开|开启|查看|检视",
    "cite": "cite|citation|引用|引文|著录",
    "save": "save|keep|收藏|保存|储存",
    "more": "more|next|更多|下一页|继续",
    "previous": "previous|prev|previous page|上一页",
    "back": "back|go back|返回|后退|回去|上一步",
    "browse": "browse|浏览",
    "help": "help|?|帮助|说明",
    "quit": "quit|exit|bye|退出|再见|结束",
}
_NUMBERED = ("similar", "open", "why", "cite", "save", "browse")
_VERB_OF = {word: verb for verb, words in _VERBS.items() for word in words.split("|")}
_ITEM = r"(?:to|第)?\s*#?(\d{1,6})(?![a-z])\s*(?:[篇条项])?"
_WITH_NUMBER = re.compile(rf"(\D+?)\s*{_ITEM}")
_CITED = re.compile(
    rf"(?:{_VERBS['cite']})\s*{_ITEM}[,\s]*(?:in|as|用|以|按|为)?\s*(\D.*?)\s*(?:style|format|格式)?"
)
_STYLES = {
    "apa": "apa|apa7|apa 7",
    "vancouver": "vancouver|icmje|温哥华",
    "gb-t-7714": "gb/t 7714|gb/t7714|gb/t|gbt 7714|gbt7714|gb 7714|gb7714|gb|国标",
}
_STYLE_OF = {name: style for style, names in _STYLES.items() for name in names.split("|")}
_EDITION = re.compile(r"-\d{4}$")

_BETWEEN = r"(?:\s*(?:,|、|;|\band\b|&|和|与|及|跟)\s*|\s+)"
_NUMBERS = rf"第?#?\d{{1,3}}(?:{_BETWEEN}第?#?\d{{1,3}})*"
_NOT = r"(?:not(?:\s+like)?|unlike|不像|不要|不是)"
_LIKED = re.compile(
    rf"(?:more\s+like|like|similar(?:\s+to)?|更像|像|类似|相似)\s*(?P<liked>{_NUMBERS})"
    rf"(?:\s*[,;]?\s*(?:but\s+|而)?{_NOT}\s*(?P<disliked>{_NUMBERS}))?"
)
_DISLIKED = re.compile(rf"(?P<liked>){_NOT}\s*(?P<disliked>{_NUMBERS})")
_NUMBER = re.compile(r"\d+")

_KINDS = {
    "subject": "subjects?|学科|主题",
    "keyword": "keywords?|关键词|关键字",
    "journal": "journals?|期刊|杂志",
    "year": "years?|年份",
}
_KIND = "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items())
_BROWSED = (
    re.compile(
        rf"(?:{_VERBS['browse']})\s*(?:by\b|the\b|按)?\s*(?:{_KIND})(?![a-z])\s*(?P<name>.*)"
    ),
    re.compile(rf"按(?:{_KIND})浏览(?P<name>)"),
)
_EARLIEST = 1000  # what is browsed by a number from here on is a year

_ONLY = re.compile(r"(?:only|just|只要|只看|只留|仅限|仅|只限|限于)\s*(.+)")
_YEAR = r"(\d{4})\s*年?"
_TO = r"(?:-|\.\.|~|to|and|至|到)"
_YEARS = (
    (
        re.compile(rf"(?:from|between|从)?\s*{_YEAR}\s*(?:-|\.\.|~|to|and|至|到)\s*{_YEAR}"),
        "{}..{}",
    ),
    (re.compile(rf"(?:since|from|自|从)\s*{_YEAR}(?:\s*(?:以来|以后|起))?"), "{}.."),
    (re.compile(rf"{_YEAR}\s*(?:\.\.|-|以来|以后|之后|起)"), "{}.."),
    (re.compile(rf"(?:until|up to|\.\.|到|至)\s*{_YEAR}"), "..{}"),
    (re.compile(rf"{_YEAR}\s*(?:以前|之前|为止)"), "..{}"),
    (re.compile(rf"(?:in\s+)?{_YEAR}"), "{}"),
)
_LANGUAGES = {
    **dict.fromkeys(("english", "英文", "英语"), "en"),
    **dict.fromkeys(("chinese", "中文", "汉语"), "zh"),
}
_LANGUAGE = re.compile(r"(?:in\s+)?(\w+?)(?:\s+papers|\s+ones)?(?:的)?(?:文献|论文)?")
_FIELD = re.compile(r"\w:\S")
_WITHOUT = re.compile(
    r"(?:without|exclude|excluding|except|不要|排除|去掉|除去|不含|不包括)\s*(.+)"
)
_SEVERAL = re.compile(r"\s*(?:,|、|;|\bor\b|\band\b|和|与|或)\s*")
_WORDS = re.compile(r"[^\"?!.。:]+")
_MOST_WORDS, _MOST_CHARACTERS = 4, 40
_ORDERS = {
    "sort:year": "sort by year|by year|newest first|按年份|按年份排序|按时间排序",
    "sort:similarity": "sort by similarity|by similarity|按相似度|按相似度排序",
}
_ORDER_OF = {name: line for line, names in _ORDERS.items() for name in names.split("|")}
_BEGINNING = re.compile(
    rf"(?:{'|'.join(sorted(map(re.escape, _VERB_OF), key=len, reverse=True))}|only|without|只要)"
    r"(?![a-z-])\s*(?:to|第|#)?(.*)"
)
_BRIEF = 10
_LONGEST = 200


class FollowUp(NamedTuple):
    """A wish about the list just shown; `number` is the item's, 0 where none was said.

    `line` is the query line that narrows the list down. `style` is one of
    `corpus.writers.citation.STYLES`, or what was said where it is none. `liked` and `disliked` are
    numbers of items. `kind` is one of `corpus.paper.TOPICS` and `name` one of that kind, where such
    were said.
    """

    verb: str
    number: int = 0
    line: str = ""
    style: str = ""
    liked: tuple[int, ...] = ()
    disliked: tuple[int, ...] = ()
    kind: str = ""
    name: str = ""


def follow_up(text: str) -> FollowUp | None:
    """What `text` wishes of the list just shown, None where it is a question of its own."""
    if len(text) > _LONGEST:
        return None
    said = " ".join(fold(text).split())
    if verb := _VERB_OF.get(said):
        return FollowUp(verb)
    if found := _WITH_NUMBER.fullmatch(said):
        verb = _VERB_OF.get(found[1].strip())
        number = int(found[2])
        if verb == "browse" and number >= _EARLIEST:
            return FollowUp(verb, kind="year", name=str(number))
        if verb in _NUMBERED:
            return FollowUp(verb, number)
    if found := next(filter(None, (one.fullmatch(said) for one in _BROWSED)), None):
        kind = next(kind for kind in _KINDS if found[kind])
        return FollowUp("browse", kind=kind, name=found["name"].strip(" :"))
    if found := _CITED.fullmatch(said):
        return FollowUp("cite", int(found[1]), style=_style(found[2]))
    if found := _LIKED.fullmatch(said) or _DISLIKED.fullmatch(said):
        return FollowUp("like", liked=_items(found["liked"]), disliked=_items(found["disliked"]))
    line = _ORDER_OF.get(said) or _only(said) or _without(said)
    return FollowUp("refine", line=line) if line else None


def resembles(text: str) -> bool:
    """Whether `text` looks like a follow-up, though it may be none that is understood."""
    found = _BEGINNING.match(fold(text[: _LONGEST + 1]).strip())
    if found is None:
        return False
    rest = found[1].strip()
    return _NUMBER.match(rest) is not None or (len(rest.split()) <= 1 and len(rest) <= _BRIEF)


def _style(said: str) -> str:
    plain = said.strip()
    return _STYLE_OF.get(_EDITION.sub("", plain), plain)


def _items(said: str | None) -> tuple[int, ...]:
    return tuple(dict.fromkeys(map(int, _NUMBER.findall(said or ""))))


def _only(said: str) -> str:
    """The query line for "only" and years, a language, or fields; "" where it is nothing of it."""
    only = _ONLY.fullmatch(said)
    if only is None:
        return ""
    for pattern, years in _YEARS:
        if found := pattern.fullmatch(only[1]):
            return f"year:{years.format(*found.groups())}"
    found = _LANGUAGE.fullmatch(only[1])
    if found and found[1] in _LANGUAGES:
        return f"lang:{_LANGUAGES[found[1]]}"
    return only[1] if _FIELD.search(only[1]) else ""


def _without(said: str) -> str:
    """The query line for "without" and a few words; "" where it is nothing of it."""
    found = _WITHOUT.fullmatch(said)
    if found is None or not _WORDS.fullmatch(found[1]):
        return ""
    words = _SEVERAL.split(found[1])
    few = len(found[1].split()) <= _MOST_WORDS and len(found[1]) <= _MOST_CHARACTERS
    if not few or not all(word[:1].isalpha() for word in words):
        return ""
    return " ".join(f'-"{word}"' for word in words)
