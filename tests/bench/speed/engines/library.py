"""The product's full configuration: a library of the real papers, asked in text."""

from __future__ import annotations

from pathlib import Path

from corpus.library import Library
from tests.bench.speed.corpora import REAL_FILES, Corpus
from tests.bench.speed.questions import TOP, Question


def build(_corpus: Corpus, folder: Path) -> None:
    """A whole import: reading, recognising what is there twice, tokenising."""
    with Library(folder, create=True) as library:
        library.add(REAL_FILES)


class Engine:
    """`Library.rank`."""

    def __init__(self, folder: Path, _how: str) -> None:
        self._library = Library(folder)
        self._library.warm(chinese=False)

    def answer(self, question: Question) -> list[int]:
        """No numbers: the library has its own, and is asked something else than the others."""
        self._library.rank(question.text, TOP)
        return []
