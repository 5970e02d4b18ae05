"""How plausible a text is that bytes make in one encoding, against what they make in another.

Every character costs something after the one before it: little where texts put it there (a small
letter after a small letter, 的 after any Han character), much where they do not (a lone Han
character between `M` and `ller`, four accented capitals in a row). Of several readings of the same
bytes the cheapest is meant. The costs are what pairs of kinds of characters have in records in
English, other Latin languages and Chinese: minus the logarithm of how often, rounded, in nats.
"""

from __future__ import annotations

import codecs
import functools
import itertools
from collections.abc import Iterable, Mapping

import numpy as np
from numpy.typing import NDArray
from opencc import OpenCC

_COMMON = (
    "一是人了不在有大中国和为这上他个地年来我会以到时要出的生学说道民家子也成行下们于后就发自之对"
    "得主长可过天作分方用多你着部能市等业全里工公经本都而高政法面门动日进区事代那去心小同北定开产"
    "前其军还然起种所如现理机体表力好外与文当两实重新三么只山水关明从化平建又制南内西没此将员名手"
    "最东头者月间无安看见各城十相但已些正口通想度加第她合院物性战由位常点海意场武使次二向治因立数"
    "样身情入原问把路被并利石老教万知级量任江及应省资委务元美特期世湖回系比气汉总展电科金先声提品"
    "设或义王社很统处四首共马形己儿司太目基领队直计别女权话少流命至报米给打变果书清活几州华解议更"
    "称程今决张导术府才保交放管结师便走达族反再题色五京河接条规式县白它改风光运信受什组听布百济党"
    "指论强做取技黄神选记斯真却职号界件花类何眼兵传带空干农边据集联古广完质阳难增历史专官每住商即"
    "步认车台林必死游举线言皇土团收考求德叫近备研争非具李众连调感转笑革该持始英克士尔让拉思根格造"
    "较际亲单朝红型价校约器字段周亚深候则功属积快图火千准究往极育装许参半令吃观鱼精办像帝八复影告"
    "远群包整构料随划算象容示投势热值夫网望源息语股铁断派速怎需片爱律纪支早况病境证编"
    "陈杨赵吴徐孙朱胡郭罗郑梁谢宋唐韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶苏魏吕丁沈姚卢姜崔钟谭陆汪范廖"
    "贾夏韦付邹孟熊秦邱尹薛闫雷侯龙陶黎贺顾毛郝龚邵钱严覃戴莫孔汤"
)
"""The commonest five hundred characters of Chinese, commonest first, and of the commonest surnames
those that are not among them."""

# ASCII that is no letter, small letters, capitals; accented small letters and capitals; quotation
# marks and dashes; signs as µ; Han: common, in everyday use, and others, with all other scripts;
# marks as wide as Han; what no text has.
_KINDS = " aAéÉ“µ的汉龘，?"
_COSTS = (  # of a character of each of these kinds …
    (" ?", 3, 4, 5, 11, 12, 9, 9, 12, 16, 20, 13, 24),  # … after one of those
    ("aé", 4, 3, 9, 9, 16, 10, 12, 14, 19, 21, 15, 24),
    ("AÉ", 3, 4, 4, 9, 8, 10, 11, 13, 17, 20, 14, 24),
    ("“µ", 3, 4, 4, 8, 11, 9, 10, 9, 14, 17, 11, 22),
    ("的汉龘，", 4, 9, 7, 14, 15, 9, 13, 6, 10, 13, 8, 24),
)
_LETTERS = ((0x41, 0x7B, "a", "A"), (0xC0, 0x250, "é", "É"), (0x400, 0x460, "é", "É"))
_WIDE = ((0x370, 0x400), (0x2010, 0x2500), (0x25A0, 0x2700), (0x3000, 0x3040), (0xFF00, 0xFF60))
_EVERYDAY = {"gb18030": ("gb2312", 0xB0, 0xD7), "big5": ("big5", 0xA4, 0xC6)}
"""Where the characters in everyday use stand in the national standards: their first bytes."""


def likeliest(pieces: Iterable[bytes], encodings: Mapping[str, str]) -> str:
    """That of `encodings` in which all the pieces together make the most plausible text.

    Each comes with the standard, gb18030 or big5, whose everyday characters texts in it have; ""
    where it has no Chinese at all.
    """
    readings = {name: _Reading(name, standard) for name, standard in encodings.items()}
    for data in itertools.chain(pieces, (b"",)):
        for reading in readings.values():
            reading.take(data)
    return min(readings, key=lambda name: readings[name].cost)


class _Reading:
    """What bytes say if they are in one encoding, taken piece by piece."""

    def __init__(self, encoding: str, standard: str) -> None:
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._kinds = _kinds(standard)
        self._last = np.zeros(1, np.uint8)
        self._pairs = np.zeros(len(_KINDS) ** 2, np.int64)

    def take(self, data: bytes) -> None:
        """Go on with `data`; none of it ends the text."""
        text = self._decoder.decode(data) if data else self._decoder.decode(b"", final=True) + "\n"
        kinds = np.concatenate((self._last, self._kinds[_codes(text)]))
        pairs = kinds[:-1] * len(_KINDS) + kinds[1:]
        self._pairs += np.bincount(pairs, minlength=len(self._pairs))
        self._last = kinds[-1:]

    @property
    def cost(self) -> int:
        """How implausible the text so far is: to be compared with other readings of the same."""
        return int(self._pairs @ _pair_costs())


def _codes(text: str) -> NDArray[np.uint16]:
    return np.frombuffer(text.encode("utf-16-le"), np.dtype("<u2"))


@functools.cache
def _pair_costs() -> NDArray[np.int64]:
    costs = {before: row for befores, *row in _COSTS for before in befores}
    return np.array([costs[before] for before in _KINDS]).ravel()


@functools.cache
def _kinds(standard: str) -> NDArray[np.uint8]:
    """The kind of each character, by its code."""
    kinds = np.full(1 << 16, _KINDS.index("龘"), np.uint8)

    def put(kind: str, *characters: str) -> None:
        kinds[_codes("".join(characters))] = _KINDS.index(kind)

    if standard:
        codec, first, last = _EVERYDAY[standard]
        rows = (bytes((row, cell)) for row in range(first, last + 1) for cell in range(0x40, 0xFF))
        put("汉", b"".join(rows).decode(codec, "ignore"))  # and some ASCII: see below
    put("?", *map(chr, itertools.chain(range(0xA0), range(0xE000, 0xF900), range(0xFFF0, 0x10000))))
    put(" ", "\t\n\r", *map(chr, range(0x20, 0x7F)))
    put("µ", *map(chr, range(0xA0, 0x100)))
    for first, end, small, capital in _LETTERS:
        letters = [letter for letter in map(chr, range(first, end)) if letter.isalpha()]
        put(small, *letters)
        put(capital, *filter(str.isupper, letters))
    put("，", *(chr(code) for first, end in _WIDE for code in range(first, end)))
    put("“", "‐‑‒–—―‘’‚“”„†‡•…‰‹›€™")
    put("的", _COMMON, OpenCC("s2t").convert(_COMMON))
    return kinds
