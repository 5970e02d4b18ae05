"""References to paste into a manuscript: APA 7, Vancouver (NLM) and GB/T 7714-2015.

citeproc-py sets them; `citation_styles` says what had to be mended there, `citation_item` what of
a record goes into a reference. Here is what each style's manual wants besides:

- In GB/T 7714 the title decides the language: 等 and 2版 where it is Chinese, et al. and 2nd ed.
  where it is not. Capitals are for people's families. [J] stands only where the kind is known.
- APA and Vancouver are for manuscripts in English: behind a title in another language stands its
  translation in brackets. Vancouver also names the language.
- Vancouver shortens pages, and has the year alone for a journal with volumes, as ICMJE allows: the
  day in a record may be that of print or of the network.
- Of a whole book without authors its editors are said in their place.
- A paper without a title says so in brackets, for somebody to fill in. What else is missing is
  left out, except the date in APA, whose manual has "n.d." where the date cannot be told.

Titles keep their capitals, though APA and Vancouver want sentence case: which words are names, no
record says. Journals are abbreviated only where the record knows how.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from corpus.paper import Paper
from corpus.text.normalise import has_han
from corpus.writers import Writer
from corpus.writers.citation_item import SERIALS, Item, item_of
from corpus.writers.citation_names import OTHERS
from corpus.writers.citation_styles import rendered

_LANGUAGES = {
    "zh": "Chinese",
    "ja": "Japanese",
    "ko": "Korean",
    "de": "German",
    "fr": "French",
    "es": "Spanish",
    "ru": "Russian",
    "pt": "Portuguese",
    "it": "Italian",
}
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_ORDINALS = {"II": "2nd", "III": "3rd", "IV": "4th"}
_SAME_LENGTH = re.compile(r"(?<![\w-])([A-Za-z]{0,9})(\d{0,9})(\d{1,9})-\1\2(\d{1,9})(?![\w-])")
_BETWEEN = re.compile(r"(?<=\d)\s*[-–/]\s*(?=\d)")
_STOP = re.compile(r"\.(?=\s|$)")
_AND_OTHERS = re.compile(r" &(?= et al\.)")
_ENDED_TWICE = re.compile(r"(?<=[?!？！])\.(?=\s|$)")


def _apa(item: Item, paper: Paper) -> str:
    _translate(item, paper)
    _let_editors_stand_in(item)
    item["issue"] = _BETWEEN.sub("–", item["issue"])
    if {"literal": item["publisher"]} in item["author"]:
        item["publisher"] = ""
    for name in item["author"]:
        if name.get("suffix") in ("Jr", "Sr"):
            name["suffix"] += "."
    return "en-US"


def _vancouver(item: Item, paper: Paper) -> str:
    _translate(item, paper)
    for name in (*item["author"], *item["editor"]):
        if name.get("suffix") in _ORDINALS:
            name["suffix"] = _ORDINALS[name["suffix"]]
    _let_editors_stand_in(item)
    item["note"] = _LANGUAGES.get(paper.language, "")
    item["page"] = _SAME_LENGTH.sub(_shortened, item["page"])
    item["container-title-short"] = _STOP.sub("", item["container-title-short"])
    if item["type"] in SERIALS and item["issued"]:
        _date_serial(item)
    return "en-US"


def _gb_t_7714(item: Item, paper: Paper) -> str:
    translated = item.pop("translated")
    item["title"] = item["title"] or translated
    named = item["title"] or paper.journal
    chinese = has_han(named) if named else paper.language == "zh"
    unknown = "[题名不详]" if chinese else "[title unknown]"
    item["title"] = item["title"] or unknown
    item["issue"] = _BETWEEN.sub("/", item["issue"])
    if not item["author"] and not item["container-title"]:
        item["author"], item["editor"] = item["editor"], []
    for role in ("author", "editor", "translator"):
        item[role] = [_in_capitals(name, chinese=chinese) for name in item[role]]
    if not chinese:
        return "en-US"
    if item["edition"].isdecimal():
        item["edition"] += "版"
    if item["volume"].isdecimal() and item["type"] not in SERIALS:
        item["volume"] = f"第{item['volume']}卷"
    return "zh-CN"


class _Style(NamedTuple):
    """The name of CSL's file, and what is to be done for it: the item is put right in its place."""

    file: str
    put_right: Callable[[Item, Paper], str]
    """Gives the language in which the reference is set."""


_STYLES = {
    "apa": _Style("apa", _apa),
    "gb-t-7714": _Style("china-national-standard-gb-t-7714-2015-numeric", _gb_t_7714),
    "vancouver": _Style("nlm-citation-sequence", _vancouver),
}
STYLES = tuple(_STYLES)


def reference(paper: Paper, style: str) -> str:
    """The reference to `paper` in one of `STYLES`: one line of plain text."""
    item, known = item_of(paper)
    locale = _STYLES[style].put_right(item, paper)
    said = " ".join(rendered(item, _STYLES[style].file, locale).split())
    if not known:
        said = said.replace(f"{item['title']}[J]", item["title"], 1)
    # The style cannot know that the last author is none, nor that a question has its mark.
    return _ENDED_TWICE.sub("", _AND_OTHERS.sub("", said, count=1))


def _write(style: str, papers: Iterable[Paper]) -> Iterator[str]:
    for paper in papers:
        yield f"{reference(paper, style)}\n"


WRITERS = [Writer(style, ".txt", partial(_write, style)) for style in STYLES]


def _translate(item: Item, paper: Paper) -> None:
    """Put the English title in brackets behind one that is not English."""
    title, translated = item["title"], item.pop("translated")
    foreign = not title or has_han(title) or paper.language not in ("", "en")
    if foreign and translated and not has_han(translated):
        title = f"{title} [{translated.strip('[]')}]".strip()
    item["title"] = title or translated or "[title unknown]"


def _let_editors_stand_in(item: Item) -> None:
    if not item["author"] and not item["container-title"]:
        item["collection-editor"], item["editor"] = item["editor"], []


def _in_capitals(name: dict[str, str], *, chinese: bool) -> dict[str, str]:
    if name == OTHERS:
        return {"literal": "等"} if chinese else name
    if "literal" in name:
        return name
    family = name["family"].upper()
    if suffix := name.get("suffix"):
        # PEEBLES P Z, Jr
        parts = (family, name["given"].replace("-", " "), name.get("dropping-particle"))
        return {"literal": f"{' '.join(filter(None, parts))}, {suffix}"}
    return {**name, "family": family}


def _shortened(found: re.Match[str]) -> str:
    """345-349 as 345-9."""
    letters, same, first, last = found.groups()
    if len(first) != len(last):
        return found.group()
    return f"{letters}{same}{first}-{last}"


def _date_serial(item: Item) -> None:
    year, *rest = item["issued"]
    if item["volume"] or item["issue"]:
        item["issued"] = [year]
    elif item["page"]:
        # Without a volume the pages follow the date with a colon: 2002 Jun:1-6.
        when = [str(year), *(_MONTHS[month - 1] for month in rest[:1]), *map(str, rest[1:])]
        item["issued"], item["page"] = f"{' '.join(when)}:{item['page']}", ""
