"""What is asked: papers of the corpus, whole or in part, with a filter or without."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tests.bench.speed.corpora import Corpus

Array = NDArray[Any]

TOP = 20
ABSTRACTS, ALL_WORDS, FIVE, FILTERED = "abstracts", "all words", "five terms", "filtered"
HALF, ONE = "filtered to half", "filtered to one"
FILTERS = {FILTERED: "tenth", HALF: "half", ONE: "one"}
SETS = {
    ABSTRACTS: "whole abstracts, stop list applied",
    ALL_WORDS: "whole abstracts, nothing left out (synthetic papers: real ones have no stop words)",
    FIVE: "five terms of an abstract",
    FILTERED: "whole abstracts, of a tenth of the papers",
    HALF: "whole abstracts, of half of the papers",
    ONE: "whole abstracts, of one paper",
}
_SEED = 5
_SHORTEST = 40  # distinct terms that make an abstract


class Question(NamedTuple):
    """Distinct terms by number and as words, the text that they are of, and the filter's name."""

    terms: list[int]
    words: list[str]
    text: str
    filter: str


def allowed(filter: str, papers: int) -> Array:
    """Which of so many papers a filter allows: bool[papers]."""
    if filter == "one":
        return np.arange(papers) == papers // 2
    share = {"tenth": 0.1, "half": 0.5}[filter]
    drawn: Array = np.random.default_rng(_SEED).random(papers)
    return drawn < share


def sets_of(corpus: Corpus) -> list[str]:
    """The sets that this corpus can be asked."""
    return [name for name in SETS if name != ALL_WORDS or not corpus.is_real]


def questions(corpus: Corpus, count: int) -> dict[str, list[Question]]:
    """So many questions of each set, the same every time.

    Each set has papers of its own, as far as there are enough: else whatever engines remember of
    the terms of one set would help them with the next.
    """
    rng = np.random.default_rng(_SEED)
    long = rng.permutation(np.flatnonzero(np.diff(corpus.starts) >= _SHORTEST))
    vocabulary, stopped = corpus.vocabulary(), corpus.stopped()
    found: dict[str, list[Question]] = {}
    for place, name in enumerate(sets_of(corpus)):
        papers = np.roll(long, -place * count)[:count].tolist()
        texts = corpus.texts(papers) if name == ABSTRACTS else [""] * len(papers)
        found[name] = []
        for paper, text in zip(papers, texts, strict=True):
            terms = rng.permutation(corpus.of(paper))
            if name != ALL_WORDS:
                terms = terms[~np.isin(terms, stopped)]
            numbers = terms[: 5 if name == FIVE else None].tolist()
            words = [vocabulary[number] for number in numbers]
            found[name].append(Question(numbers, words, text, FILTERS.get(name, "")))
    return found
