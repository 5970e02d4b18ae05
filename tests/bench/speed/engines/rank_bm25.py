"""rank-bm25 itself: BM25Plus with its δ at zero, which looks at every paper for every term.

It has no file of its own, so it is pickled. It can score a list of papers alone: a filter.
"""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
from rank_bm25 import BM25Plus

from corpus.ranking.top import top
from tests.bench.speed.corpora import Corpus
from tests.bench.speed.questions import TOP, Question, allowed

_FILE = "rank_bm25.pickle"


def build(corpus: Corpus, folder: Path) -> None:
    """From all terms of all papers at once, as it wants them."""
    vocabulary = corpus.vocabulary()
    made = BM25Plus([[vocabulary[term] for term in terms] for terms in corpus], delta=0)
    with (folder / _FILE).open("wb") as file:
        pickle.dump(made, file)


class Engine:
    """`get_scores` or `get_batch_scores`, and the best of them."""

    def __init__(self, folder: Path, _how: str) -> None:
        with (folder / _FILE).open("rb") as file:
            self._ranker = pickle.load(file)
        papers = self._ranker.corpus_size
        self._every = np.arange(papers)
        self._tenth = np.flatnonzero(allowed("tenth", papers))

    def answer(self, question: Question) -> list[int]:
        """Of equal scores the lower number first, as the product has it."""
        if question.filter:
            papers = self._tenth
            scores = np.array(self._ranker.get_batch_scores(question.words, papers.tolist()))
        else:
            papers, scores = self._every, self._ranker.get_scores(question.words)
        best, _ = top(papers, scores, TOP)
        numbers: list[int] = best.tolist()
        return numbers
