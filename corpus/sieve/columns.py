"""What filters ask of papers, as one array for each thing they ask about.

Arrays rather than rows: a filter by year reads the years and nothing else. A journal or language is
a number, its place among the distinct names. Authors, titles and keywords are their folded text,
one paper's after another's, with `traces` that say which few of them are worth looking at.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.paper import Filters
from corpus.sieve.traces import BLOCK, having, traces
from corpus.text.normalise import fold

Array = NDArray[Any]
Row = tuple[int, int | None, str, str, str, str, str]
Put = Callable[[str, Array], None]

READ = (
    "SELECT id, year, written_in, journal, authors, title || char(10) || translated_title, keywords"
    " FROM papers"
)
"""What reads a `Row` of every paper …"""
LATE = f"{READ} WHERE changed > ? ORDER BY +id"
"""… and of those changed after a state. Without the sign SQLite reads all, which are in order."""

_TEXTS = ("authors", "titles", "keywords")
_BESIDE = ("_starts", "_traces")
TYPES: Mapping[str, Any] = {
    "ids": np.int64,
    "years": np.int64,
    "languages": np.uint32,
    "journals": np.uint32,
    **dict.fromkeys(_TEXTS, np.uint8),
    **{f"{name}_starts": np.int64 for name in _TEXTS},
    **{f"{name}_traces": np.uint8 for name in _TEXTS},
}
"""The arrays that columns are made of."""

NO_YEAR = -np.iinfo(np.int64).max
_REMEMBERED = 64  # what was looked for in texts last, for the next page of the same list


class Columns:
    """Of N papers: `ids` int64[N] ascending, `years` int64[N] (`NO_YEAR` where unknown), and what
    else filters ask about.
    """

    def __init__(self, arrays: Mapping[str, Array], facts: Mapping[str, Any]) -> None:
        """`arrays` and `facts` are as `make` gives them."""
        self.ids, self.years = arrays["ids"], arrays["years"]
        self._arrays = arrays
        self._journals: list[str] = facts["journals"]
        self._languages: list[str] = facts["languages"]
        self._having = having
        self._holding = functools.lru_cache(_REMEMBERED)(self._looked_for)

    def compile(self) -> None:
        """From now on look into texts with compiled code: the same results, sooner."""
        from corpus.sieve import scanning

        scanning.load(self._arrays["titles"], self._arrays["titles_starts"])
        self._having = scanning.having

    def allowed(self, filters: Filters) -> Array:
        """Which papers `filters` allow, words, phrases and hidden numbers aside: bool[N]."""
        allowed = self.ids > filters.after if filters.after else np.ones(len(self.ids), np.bool_)
        first, last = filters.first_year, filters.last_year
        if first is not None or last is not None:
            allowed &= self.years >= (NO_YEAR + 1 if first is None else first)
        if last is not None:
            allowed &= self.years <= last
        if filters.language:
            is_it = [name == filters.language for name in self._languages]
            allowed &= np.array(is_it, dtype=np.bool_)[self._arrays["languages"]]
        if part := fold(filters.journal):
            has_it = [part in name for name in self._journals]
            allowed &= np.array(has_it, dtype=np.bool_)[self._arrays["journals"]]
        for name, part in zip(
            _TEXTS, map(fold, (filters.author, filters.title, filters.keyword)), strict=True
        ):
            if part:
                bits = self._holding(name, part)
                allowed &= np.unpackbits(bits, count=len(allowed)).view(np.bool_)
        return allowed

    def _looked_for(self, name: str, part: str) -> Array:
        """Which papers have `part` in this text: a bit each."""
        text, starts, traces = (self._arrays[f"{name}{kind}"] for kind in ("", *_BESIDE))
        found = self._having(text, starts, traces, part.encode(errors="surrogatepass"))
        return np.packbits(found)


def make(rows: Iterable[Row], put: Put) -> dict[str, Any]:
    """Make the arrays of the papers in `rows`, by number: the facts that belong to them.

    `put` is called with the name of an array and its next piece.
    """
    journals: dict[str, int] = {}
    languages: dict[str, int] = {}
    lengths = dict.fromkeys(_TEXTS, 0)
    for name in _TEXTS:
        put(f"{name}_starts", np.zeros(1, np.int64))
    for block in _blocks(rows):
        ids, years, written, published, *texts = zip(*block, strict=True)
        put("ids", np.array(ids, np.int64))
        put("years", np.array([NO_YEAR if year is None else year for year in years], np.int64))
        put("languages", _numbered(written, languages))
        put("journals", _numbered(map(fold, published), journals))
        for name, column in zip(_TEXTS, texts, strict=True):
            encoded = [fold(text).encode() for text in column]
            ends = np.cumsum(list(map(len, encoded)), dtype=np.int64)
            text = np.frombuffer(b"".join(encoded), np.uint8)
            put(name, text)
            put(f"{name}_starts", ends + lengths[name])
            put(f"{name}_traces", traces(text, np.concatenate([[0], ends])))
            lengths[name] += len(text)
    return {"journals": list(journals), "languages": list(languages)}


def made(rows: Iterable[Row]) -> Columns:
    """The columns of the papers in `rows`, by number, in memory."""
    pieces: dict[str, list[Array]] = {name: [] for name in TYPES}
    facts = make(rows, lambda name, piece: pieces[name].append(piece))
    return Columns(
        {name: np.concatenate([np.empty(0, TYPES[name]), *some]) for name, some in pieces.items()},
        facts,
    )


def _numbered(names: Iterable[str], numbers: dict[str, int]) -> Array:
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], np.uint32)


def _blocks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    rest = iter(rows)
    while block := list(itertools.islice(rest, BLOCK)):
        yield block
