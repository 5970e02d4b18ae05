"""What the fields of a query line are called, and lines of them, written for people to read."""

from __future__ import annotations

import re

from bot.config import LOCALES
from corpus.paper import Filters

NAMES = {
    "author": ("author authors", "作者", "作者"),
    "title": ("title", "标题 题名 篇名", "標題 題名 篇名"),
    "keyword": ("keyword keywords", "关键词 关键字", "關鍵詞 關鍵字"),
    "journal": ("journal", "期刊 刊名", "期刊 刊名"),
    "year": ("year years", "年份 年", "年份 年"),
    "language": ("lang language", "语言 语种", "語言 語種"),
    "sort": ("sort", "排序", "排序"),
}
"""What each field is called in each of `LOCALES`, first the usual name."""

SORTS = {
    "similarity": ("similarity", "相似度 相似", "相似度 相似"),
    "year": ("year date newest", "年份 时间 最新", "年份 時間 最新"),
}
"""What each order of a list is called, in the same way."""

TEXTS = ("author", "title", "keyword", "journal")
"""The fields whose value is a part of a name."""

# One character for one, so that every place stays where it was.
PLAIN = str.maketrans("：－−＃“”„‟″＂«»「」『』", ':--#""""""""""""')
"""Chinese signs as the plain ones that they stand for."""


def written(filters: Filters, sort: str = "", locale: str = "en") -> str:
    """The fields of a query line that says `filters` and `sort`, "" where they say nothing."""
    which = LOCALES.index(locale)
    years = ""
    if filters.first_year is not None or filters.last_year is not None:
        first, last = filters.first_year or "", filters.last_year or ""
        years = str(first) if first == last else f"{first}..{last}"
    order = "" if sort in ("", "similarity") else SORTS[sort][which].split()[0]
    fields = {name: getattr(filters, name) for name in TEXTS}
    fields |= {"year": years, "language": filters.language, "sort": order}
    colon = "：" if locale.startswith("zh") else ":"
    return " ".join(
        [
            *(
                f"{NAMES[name][which].split()[0]}{colon}{_quoted(value)}"
                for name, value in fields.items()
                if value
            ),
            *(f'"{_unquoted(phrase)}"' for phrase in filters.phrases),
            *(f"-{_quoted(word)}" for word in filters.without),
        ]
    )


def _quoted(value: str) -> str:
    return f'"{_unquoted(value)}"' if re.search(r"[\s,，;；、。]", value) else _unquoted(value)


def _unquoted(value: str) -> str:
    return value.translate(PLAIN).replace('"', "'")
