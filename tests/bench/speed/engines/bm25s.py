"""bm25s: scores made beforehand, in float32, added up and searched for the best.

`atire` with BM25+'s idf is the product's formula: BM25+ with its δ at zero, without the pass over
all papers that adds what δ would give to those that lack a term. A filter is a mask of weights,
which scores are multiplied by.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from bm25s import BM25

from corpus.ranking.norms import K1, B
from tests.bench.speed.corpora import Corpus
from tests.bench.speed.questions import TOP, Question, allowed


def build(corpus: Corpus, folder: Path) -> None:
    """By bm25s's own code, which is given a paper at a time."""
    made = BM25(k1=K1, b=B, method="atire", idf_method="bm25+")
    made.activate_numba_csc()
    numbers = range(len(corpus.frequencies))
    made.scores = made.build_index_from_ids(numbers, corpus, show_progress=False)
    made.vocab_dict = dict(zip(corpus.vocabulary(), numbers, strict=True))
    made.save(folder, show_progress=False)


class Engine:
    """One retriever, its arrays in memory; `how` is its backend."""

    def __init__(self, folder: Path, how: str) -> None:
        self._retriever = BM25.load(folder, backend=how)
        self._papers: int = self._retriever.scores["num_docs"]
        self._masks = {"": None, "tenth": allowed("tenth", self._papers).astype(np.float32)}

    def answer(self, question: Question) -> list[int]:
        """Asked by the numbers of terms, so that no word has to be looked up."""
        found = self._retriever.retrieve(
            [question.terms],
            k=min(TOP, self._papers),
            show_progress=False,
            weight_mask=self._masks[question.filter],
        )
        numbers: list[int] = found.documents[0].tolist()
        return numbers
