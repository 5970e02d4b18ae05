"""Ours: the index that an import writes, memory-mapped, and the ranker alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from corpus.ranking.arrays import UNFINISHED
from corpus.ranking.bm25 import Ranker, Ranking
from corpus.ranking.builder import Builder, _assemble
from corpus.ranking.merging import Part, write_merged
from corpus.ranking.postings import read, write
from tests.bench.speed.corpora import Corpus
from tests.bench.speed.questions import TOP, Question, allowed

_FILE = "postings"
_BY_IMPORT = 100_000
_AT_ONCE = 80_000  # papers: as many postings as a builder keeps in memory


def build(corpus: Corpus, folder: Path) -> None:
    """As an import does it, from the terms of every paper; of very many, from counts of them."""
    if len(corpus) > _BY_IMPORT:
        write_merged(list(counted(corpus, folder)), folder / _FILE)
    else:
        imported(corpus, folder).write(folder / _FILE)


def imported(corpus: Corpus, folder: Path) -> Builder:
    """What has taken every paper, as words."""
    word = corpus.vocabulary().__getitem__
    builder = Builder(folder=folder)
    for number, terms in enumerate(corpus, 1):
        builder.add(number, list(map(word, terms)))
    return builder


def counted(corpus: Corpus, folder: Path, at_once: int = _AT_ONCE) -> Iterator[Part]:
    """What a builder has merged in the end, without 100 million strings: parts that lie in files.

    They are gone from `folder` at once, and from the disk when nobody reads them any more.
    """
    vocabulary = corpus.vocabulary()
    for first in range(0, len(corpus), at_once):
        starts = corpus.starts[first : first + at_once + 1]
        here, papers = slice(starts[0], starts[-1]), np.arange(len(starts) - 1)
        documents = np.repeat(papers, np.diff(starts))
        counts = np.asarray(corpus.counts[here])
        lengths = np.bincount(documents, weights=counts, minlength=len(papers)).astype(np.int32)
        terms = np.asarray(corpus.terms[here])
        made = _assemble(vocabulary, terms, documents, counts, papers, lengths)
        file = folder / f"{UNFINISHED}{first}"
        write(made, file)
        yield Part(read(file), np.ones(len(papers), dtype=np.bool_), papers + first + 1)
        file.unlink()


class Engine:
    """The ranker; `how` says whether it is compiled."""

    def __init__(self, folder: Path, how: str) -> None:
        self._folder = folder
        self._ranker = Ranker(read(folder / _FILE))
        if how == "compiled":
            self._ranker.compile()
        papers = len(self._ranker.ids)
        self._allowed = {name: allowed(name, papers) for name in ("tenth", "half", "one")}

    def answer(self, question: Question) -> list[int]:
        """Papers are numbered from 1 in a library."""
        return [id - 1 for id in self.rank(question, self._ranker).ids.tolist()]

    def rank(self, question: Question, ranker: Ranker) -> Ranking:
        """The best papers and their scores."""
        filter = self._allowed.get(question.filter)
        return ranker.rank(dict.fromkeys(question.words, 1.0), TOP, filter)

    def checked(self, question: Question) -> bool:
        """Whether the plain sum gives the same papers and, to the last bit, the same scores."""
        plain = self.rank(question, Ranker(read(self._folder / _FILE)))
        ours = self.rank(question, self._ranker)
        return bool(
            plain.ids.tolist() == ours.ids.tolist()
            and plain.scores.tolist() == ours.scores.tolist()
        )
