"""What is measured: `similit trec` over an imported library, and rank-bm25's formula beside it.

- `similit`: what `similit trec` prints, with the default settings.
- `okapi`: rank-bm25's own formula (k1 1.5, b 0.75, epsilon 0.25) on the product's terms.
- `plain`: the same formula on lower-cased words split at white space. Chinese has no spaces, so
  there the words are jieba's, without punctuation. There are no stop words, and nothing is stemmed.

The baselines read the text that the product reads, every part of it once. They rank over postings,
with `BM25Okapi`'s idf: rank-bm25's scores, a thousand times as fast.
"""

from __future__ import annotations

import contextlib
import functools
import io
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import numpy as np

from bot.__main__ import main as similit
from bot.terminal.data import run_queries
from corpus.library import Library
from corpus.paper import Paper
from corpus.ranking.arrays import TornIndex
from corpus.ranking.bm25 import Ranker
from corpus.ranking.builder import Builder
from corpus.ranking.postings import Postings, read, write
from corpus.text.normalise import has_han
from corpus.text.terms import terms

Run = dict[str, dict[str, float]]
"""The score of each paper found, of each question that found some."""

PRODUCT = "similit"
TOP = 1000

_LETTERS = re.compile(r"[^\W_]")


def plain(text: str) -> list[str]:
    """Lower-cased words split at white space; jieba's words of those with Chinese in them."""
    found: list[str] = []
    for word in text.lower().split():
        if has_han(word):
            found.extend(filter(_LETTERS.search, _jieba()(word)))
        else:
            found.append(word)
    return found


@functools.cache
def _jieba() -> Callable[[str], Iterable[str]]:
    import jieba

    jieba.setLogLevel(logging.CRITICAL)
    cut: Callable[[str], Iterable[str]] = jieba.cut
    return cut


BASELINES: dict[str, Callable[[str], list[str]]] = {"okapi": terms, "plain": plain}
SYSTEMS = (PRODUCT, *BASELINES)


class Corpus:
    """The papers of one file in a library of their own, and what ranks them."""

    def __init__(self, file: Path, folder: Path) -> None:
        """Import `file` into a library in `folder`, unless an earlier run did."""
        self._folder = folder
        self._baselines: dict[str, Baseline] = {}
        self.library = folder / "library"
        with Library(self.library, create=True) as library:
            if not library.state().papers:
                library.add([file])
            self.papers = library.state().papers

    def run(self, system: str, queries: Path) -> Run:
        """What `system` finds for a file of queries, 1,000 papers a query."""
        if system == PRODUCT:
            return self._trec(queries)
        if system not in self._baselines:
            kept = self._folder / f"{system}.postings"
            self._baselines[system] = Baseline(self.library, BASELINES[system], kept)
        return self._baselines[system].run(queries)

    def _trec(self, queries: Path) -> Run:
        settings = self._folder / "no-settings.toml"
        settings.touch()  # else those of whoever measures would count
        where = ["--library", str(self.library), "--config", str(settings)]
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            code = similit(["trec", str(queries), "--top", str(TOP), *where])
        if code:
            raise SystemExit(code)
        return parsed(printed.getvalue())


def parsed(lines: str) -> Run:
    """The run that lines of TREC's format are."""
    found: Run = {}
    for line in lines.splitlines():
        query, _q0, paper, _rank, score, _tag = line.split(" ")
        found.setdefault(query, {})[paper] = float(score)
    return found


class Okapi(Ranker):
    """rank-bm25's `BM25Okapi` over postings: the product's ranker with another idf."""

    def _calc_idf(self, nd: Mapping[str, int]) -> None:
        for term, often in nd.items():
            idf = float(self._of(np.array(often)))
            self.idf[term] = 0.25 * self._mean if idf < 0 else idf

    @functools.cached_property
    def _mean(self) -> float:
        return float(self._of(self._base.document_frequencies).mean())

    def _of(self, often: np.ndarray) -> np.ndarray:
        return np.log(self.corpus_size - often + 0.5) - np.log(often + 0.5)


class Baseline:
    """rank-bm25's `BM25Okapi` over the papers of a library as `cut` makes words of them."""

    def __init__(self, library: Path, cut: Callable[[str], list[str]], kept: Path) -> None:
        """`kept` is a file that holds the postings from one run to the next."""
        self._cut = cut
        with Library(library) as opened:
            papers = list(opened._store.every())
        self._names = {paper.id: paper.source_id or str(paper.id) for paper in papers}
        self._numbers = {name: number for number, name in self._names.items()}
        self._okapi = Okapi(self._postings(papers, kept))

    def _postings(self, papers: list[Paper], kept: Path) -> Postings:
        try:
            return read(kept)
        except (OSError, TornIndex):
            builder = Builder()
            for paper in papers:
                builder.add(paper.id, self._cut(paper.searchable))
            write(builder.build(), kept)
            return read(kept)

    def run(self, queries: Path) -> Run:
        """What it finds for a file of queries."""
        found: Run = {}
        for query in run_queries(queries):
            out = self._numbers.get(query.without, 0)
            best = self._okapi.rank(Counter(self._cut(query.text)), TOP, excluded=out)
            names = map(self._names.__getitem__, best.ids.tolist())
            found[query.id] = dict(zip(names, best.scores.tolist(), strict=True))
        return found
