"""Which language a text is in, as far as its script and commonest words tell."""

from __future__ import annotations

import re

from corpus.text.normalise import HAN
from corpus.text.stopwords import ENGLISH

_HAN = re.compile(f"[{HAN}]")
_KANA = re.compile("[\u3040-\u30ff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_EASTERN = re.compile(f"[{HAN}\u3040-\u30ff\uac00-\ud7af]")
_WORD = re.compile(r"[a-z]+")
_LOOKED_AT = 400

_NAMES = {
    **dict.fromkeys(("en", "eng", "english", "英语", "英文"), "en"),
    **dict.fromkeys(
        ("zh", "chi", "zho", "chinese", "中文", "汉语", "chn", "cn", "zh-cn", "zh-tw"), "zh"
    ),
    **dict.fromkeys(("ja", "jpn", "japanese"), "ja"),
    **dict.fromkeys(("ko", "kor", "korean"), "ko"),
    **dict.fromkeys(("de", "ger", "deu", "german"), "de"),
    **dict.fromkeys(("fr", "fre", "fra", "french"), "fr"),
    **dict.fromkeys(("es", "spa", "spanish"), "es"),
    **dict.fromkeys(("ru", "rus", "russian"), "ru"),
    **dict.fromkeys(("pt", "por", "portuguese"), "pt"),
    **dict.fromkeys(("it", "ita", "italian"), "it"),
}


def language_code(name: str) -> str:
    """The two-letter code for a language's name or code; what is not known stays as it is."""
    plain = name.strip().casefold()
    return _NAMES.get(plain) or _NAMES.get(re.split(r"[-_;,/ ]", plain)[0]) or plain


def guess_language(text: str) -> str:
    """`zh`, `ja`, `ko` or `en`; "" where neither the script nor common words decide."""
    text = text[:_LOOKED_AT]
    if not text.isascii() and _EASTERN.search(text):
        if len(_KANA.findall(text)) * 10 > len(text):
            return "ja"
        if len(_HANGUL.findall(text)) * 10 > len(text):
            return "ko"
        han = len(_HAN.findall(text))
        latin = len(_WORD.findall(text.lower()))
        if han > latin:
            return "zh"
    lower = text.lower()
    if not _WORD.search(lower):
        return ""
    words = lower.split()
    # A few words make no sample: keywords in Latin letters are taken for English.
    common = sum(map(ENGLISH.__contains__, words))
    return "en" if len(words) < 20 or common * 6 > len(words) else ""
