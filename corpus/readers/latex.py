r"""LaTeX, as bibliographies have it, as plain text.

In one pass and without recursion, for pylatexenc takes ten milliseconds for an abstract and gives
up on deep nesting. What a macro stands for is pylatexenc's knowledge, and short formulas are read
by it. A macro that nobody knows stays as it is written.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Any

_SPECIAL = re.compile(r"[\\{}~$]|--|``|''")
_ACCENTS = {
    **dict(zip("`'^\"~=.", "\u0300\u0301\u0302\u0308\u0303\u0304\u0307", strict=True)),
    **dict(zip("uvHcdbkrt", "\u0306\u030c\u030b\u0327\u0323\u0331\u0328\u030a\u0361", strict=True)),
}
_TOKEN = re.compile(
    r"""
    \\(?P<accent>[`'^"~=.] | [uvHcdbkrt](?![A-Za-z])) \s*
      (?: \{\s*(?P<group> \\[A-Za-z]{1,2} | [^\W\d_] | )\s*\}
        | (?P<bare> \\[ij](?![A-Za-z]) | [^\W\d_] ) )
    | \\href\s*\{[^{}]*\}
    | \\(?P<macro>[A-Za-z]+)\*?(?P<space>[ \t\n]*)
    | \\(?P<symbol>[^A-Za-z])
    | \$(?=\S)(?P<math>[^$]{1,300})(?<=\S)\$(?!\d)
    | (?P<other>[{}~] | `` | '' | -{2,3})
    """,
    re.VERBOSE,
)
_OTHERS = {"~": " ", "``": "\u201c", "''": "\u201d", "--": "\u2013", "---": "\u2014"}
_SYMBOLS = {
    **{char: char for char in "&%$#_{}"},
    **dict.fromkeys(" \t\n,;:", " "),
    **dict.fromkeys("!-/@*()[]", ""),
    "\\": "\n",
}
_WITHOUT_SIGN = frozenset(
    """
    textit textbf textrm textsf texttt textsc textsl textup textmd textnormal textsuperscript
    textsubscript emph underline mbox hbox text url path uppercase lowercase ensuremath enquote
    bibinfo natexlab protect relax it bf em rm sf tt sc sl itshape bfseries scshape upshape slshape
    rmfamily sffamily ttfamily normalfont small mathrm mathit mathbf
    """.split()
)
_SIGNS = {
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciicircum": "^",
    "textquotesingle": "'",
    "S": "§",
    "P": "¶",
    "pounds": "£",
    "copyright": "©",
    "degree": "°",
    "euro": "€",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "par": "\n\n",
    "newline": "\n",
}

_FORMULA = re.compile(r"[\\^_{}=<>≤≥]|^[A-Za-z]{1,2}(?:[+-]\w)?$")
_MACRO = re.compile(r"\\([A-Za-z]+)")
_RAISED = re.compile(r"([\^_])(?:\{\s*([-+]?\d{1,6})\s*\}|(\d))")
_RAISED_SIGNS = {
    "^": str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"),
    "_": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋"),
}
_ESCAPED = re.compile(r"\\([_&%#$~{}])(?:\{\})?|\\(text[a-z]+)(?:\{\}|[ ]|(?![a-z]))|[{}]")


def plain_text(tex: str) -> str:
    """What `tex` says, in Unicode, its white space as it was."""
    out: list[str] = []
    kept: list[bool] = []  # of each open group, whether it belongs to a macro nobody knows
    start = 0
    unknown_ends = -1
    while special := _SPECIAL.search(tex, start):
        at = special.start()
        out.append(tex[start:at])
        token = _TOKEN.match(tex, at)
        start = token.end() if token else special.end()
        if token is None:  # a backslash at the end, a dollar sign alone
            out.append(special.group())
        elif token["other"] == "{":
            kept.append(unknown_ends == at)
            out.append("{" if kept[-1] else "")
        elif token["other"] == "}":
            closes = bool(kept) and kept.pop()
            out.append("}" if closes else "")
            unknown_ends = start if closes else -1
        else:
            said = _said(token)
            out.append(token.group() if said is None else said)
            unknown_ends = start if said is None else -1
    return "".join([*out, tex[start:]]) if out else tex


def address(tex: str) -> str:
    """What `tex` says where it is a web address, a DOI or the name of a file."""
    return _ESCAPED.sub(_unescaped, tex).strip()


def _unescaped(found: re.Match[str]) -> str:
    if found[2]:
        return _sign(found[2]) or found.group()
    return found[1] or ""


def _said(token: re.Match[str]) -> str | None:
    """What a token stands for, None where nobody knows."""
    if token["accent"]:
        return _accented(token["accent"], token["group"] or token["bare"] or "")
    if token["macro"]:
        return _sign(token["macro"])
    if token["symbol"]:
        return _SYMBOLS.get(token["symbol"])
    if token["math"]:
        return _formula(token["math"])
    return _OTHERS.get(token["other"] or "", "")


def _accented(accent: str, base: str) -> str:
    if not base:
        return accent if not accent.isalpha() else ""
    if base[0] == "\\":
        base = base[1:] if base[1:] in ("i", "j") else _sign(base[1:]) or base
    return unicodedata.normalize("NFC", base + _ACCENTS[accent])


@functools.lru_cache(maxsize=4096)
def _sign(macro: str) -> str | None:
    if macro in _WITHOUT_SIGN:
        return ""
    if macro in _SIGNS:
        return _SIGNS[macro]
    sign = getattr(_macros().get_macro_spec(macro), "simplify_repl", None)
    return sign if isinstance(sign, str) and "%" not in sign and "<" not in sign else None


@functools.lru_cache(maxsize=4096)
def _formula(tex: str) -> str | None:
    if not _FORMULA.search(tex):
        return None  # between two sums of dollars
    macros = set(_MACRO.findall(tex))
    if any(_macros().get_macro_spec(macro) is None and not _sign(macro) for macro in macros):
        return None
    try:
        return str(_formulas().latex_to_text(f"${_RAISED.sub(_raised, tex)}$")).strip() or None
    except Exception:  # noqa: BLE001  # pylatexenc does not say what it may raise
        return None


def _raised(found: re.Match[str]) -> str:
    return (found[2] or found[3]).translate(_RAISED_SIGNS[found[1]])


@functools.cache
def _macros() -> Any:
    from pylatexenc.latex2text import get_default_latex_context_db

    return get_default_latex_context_db()


@functools.cache
def _formulas() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text

    return LatexNodes2Text(math_mode="text")
