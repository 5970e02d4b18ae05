"""What people say after a list: "similar 3", "打开 3", "why 3", "more"."""

from __future__ import annotations

import re
from typing import NamedTuple

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_VERBS = {
    "similar": ("similar", "like", "相似", "相似文献", "相似文獻"),
    "why": ("why", "为何", "為何", "为何命中", "為何命中", "为什么", "為什麼"),
    "open": ("open", "show", "打开", "打開", "開啟", "开启", "查看", "檢視"),
    "save": ("save", "keep", "收藏", "保存", "儲存"),
    "more": ("more", "next", "更多", "下一页", "下一頁", "继续", "繼續"),
    "back": ("previous", "prev", "上一页", "上一頁"),
    "help": ("help", "?", "？", "帮助", "幫助", "說明", "说明"),
    "quit": ("quit", "exit", "bye", "退出", "再见", "再見", "结束", "結束"),
}
_NUMBERED = ("similar", "open", "why", "save")
_VERB_OF = {word: verb for verb, words in _VERBS.items() for word in words}
_WITH_NUMBER = re.compile(r"(\D+?)\s*(?:to|第)?\s*[#＃]?(\d{1,6})\s*(?:[篇条條項项])?")


class FollowUp(NamedTuple):
    """A wish about the list just shown; `number` is the item's, 0 where none was said."""

    verb: str
    number: int = 0


def follow_up(text: str) -> FollowUp | None:
    """What `text` wishes of the list just shown, None where it is a question of its own."""
    said = text.strip().translate(_DIGITS).casefold()
    verb = _VERB_OF.get(said)
    if verb is not None:
        return FollowUp(verb)
    numbered = _WITH_NUMBER.fullmatch(said)
    if numbered is not None:
        verb = _VERB_OF.get(numbered.group(1).strip())
        if verb in _NUMBERED:
            return FollowUp(verb, int(numbered.group(2)))
    return None
