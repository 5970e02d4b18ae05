"""Names as citation styles want them given: people by family and initials, others as they are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from corpus.readers.fields import text
from corpus.text.normalise import HAN

_EAST_ASIAN = f"[{HAN}\u3040-\u30ff\uac00-\ud7af]"
_WITHIN_ONE = re.compile(rf"(?<={_EAST_ASIAN})[\s,，]+(?={_EAST_ASIAN})")
_TOKEN = re.compile(r"[^\s.,]+")
_PARTICLES = frozenset(
    "af av bin da das de degli dei del della den der des di do dos du el ibn la le ten ter van vom "
    "von zu zum zur".split()
)
_SUFFIXES = {"jr": "Jr", "sr": "Sr", "ii": "II", "iii": "III", "iv": "IV"}
_OTHERS = frozenset(("et al", "et al.", "others", "and others", "等"))

OTHERS = {"literal": "et al."}
Name = Mapping[str, str]


def people(names: Any) -> list[dict[str, str]]:
    """CSL's names with initials for given names, and "et al." last where some are not named."""
    given = names if isinstance(names, list) else []
    said = [plain for name in given if isinstance(name, Mapping) and (plain := _plain(name))]
    named = [name for name in said if name.get("literal", "").casefold() not in _OTHERS]
    out = list(map(_initialled, named))
    return [*out, dict(OTHERS)] if out and len(named) < len(said) else out


def _plain(name: Mapping[str, Any]) -> dict[str, str]:
    """The parts that say something; a name whose script has no capitals is in one part."""
    parts = {part: " ".join(text(value).split()) for part, value in name.items()}
    pieces = parts.get("literal", "").split(",")
    if len(pieces) in (2, 3):  # Gillard,S
        parts |= dict(zip(("family", "given", "suffix"), map(str.strip, pieces), strict=False))
    family = " ".join(filter(None, (parts.get("non-dropping-particle"), parts.get("family"))))
    given = " ".join(filter(None, (parts.get("given"), parts.get("dropping-particle"))))
    if family and _initial(given):
        return {"family": family, "given": given, "suffix": parts.get("suffix", "")}
    whole = parts.get("literal") or " ".join(filter(None, (family, given)))
    whole = _WITHIN_ONE.sub("", whole).strip(" ,，;；")
    return {"literal": whole} if any(map(str.isalnum, whole)) else {}


def _initialled(name: Name) -> dict[str, str]:
    if "literal" in name:
        return dict(name)
    family, suffix = name["family"], name["suffix"]
    initials: list[str] = []
    particles: list[str] = []
    for token in _TOKEN.findall(name["given"].replace(".-", "-")):
        if initials and token.casefold() in _SUFFIXES:
            suffix = token
        elif initials and token in _PARTICLES:
            particles.append(token)
        elif _are_initials(token, family):
            initials += token
        elif initial := "-".join(filter(None, map(_initial, token.split("-")))):
            initials.append(initial)
    out = {
        "family": family,
        "given": " ".join(initials),
        "dropping-particle": " ".join(particles),
        "suffix": _SUFFIXES.get(suffix.casefold().rstrip("."), suffix),
    }
    return {part: value for part, value in out.items() if value}


def _are_initials(token: str, family: str) -> bool:
    """Whether `token` is several initials, as in "Gillard, SG", and no name in capitals."""
    written_so = token.isalpha() and token.isupper() and 2 <= len(token) <= 4
    return written_so and (len(token) == 2 or not family.isupper())


def _initial(word: str) -> str:
    """The first letter that has a capital, "" where the script knows none."""
    return next((capital for char in word if (capital := char.upper()[0]).isupper()), "")
