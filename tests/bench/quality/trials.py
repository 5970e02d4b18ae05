"""Ranking a collection's questions by one setting after another, in memory.

Settings are patched into the product's own modules, so that what is measured is `corpus.search`
itself. Titles that count otherwise, and other k1, b and idf, have postings and rankers of their
own. The glossary is always on: without it nothing at all is found across languages.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast
from unittest import mock

import numpy as np

from bot.terminal.data import run_queries
from corpus import search
from corpus.engines.analysing import terms_of_each
from corpus.engines.local import LocalEngine
from corpus.library import Library
from corpus.paper import Paper
from corpus.ranking import feedback
from corpus.ranking.bm25 import Array, Ranker
from corpus.ranking.builder import Builder
from corpus.ranking.norms import K1, B, norms_of
from corpus.ranking.postings import Postings
from corpus.sieve import Sieve
from corpus.store import Store
from corpus.text import query
from corpus.text.glossary import Glossary
from corpus.text.normalise import has_han
from corpus.text.terms import PAIR, words
from tests.bench.quality.collections import Collection
from tests.bench.quality.measures import MEASURES, Values
from tests.bench.quality.settings import IDFS, KEPT, OFF, SAID, Setting, neighbours

_TOP = 20  # papers a question: the measures look at ten


def indexed(paper: Paper, title: int) -> str:
    """`Paper.indexed` with titles that count so many times."""
    titles = [part for part in (paper.title, paper.translated_title) if part]
    return "\n".join((*titles * (title - 1), paper.searchable))


class Texts:
    """The papers of a library, indexed as each setting wants it."""

    def __init__(self, library: Path) -> None:
        self._library = library
        with Library(library) as opened:
            self._papers = {paper.id: paper for paper in opened._store.every()}
            index = opened._engine.ranker(opened.state().version)._base
        self.names = {id: paper.source_id or str(id) for id, paper in self._papers.items()}
        self.titled = any(one.title or one.translated_title for one in self._papers.values())
        self._indexes: dict[int, Postings] = {KEPT.title: index}
        self._rankers: dict[tuple[Any, ...], Ranker] = {}
        self._read: dict[tuple[int, int], SimpleNamespace] = {}

    def ranker(self, setting: Setting) -> Ranker:
        """What ranks by this setting."""
        key = (setting.title, setting.k1_b, setting.idf)
        if key not in self._rankers:
            postings = self._index(setting.title)
            made = self._rankers[key] = IDFS[setting.idf](postings)
            made.k1, made.b = setting.k1_b
            # Impacts were made by k1 and b as they are kept: how much greater others can be.
            kept, other = (
                norms_of(made.doc_len, made.avgdl, *of) for of in ((K1, B), (made.k1, made.b))
            )
            made._drift *= float(np.max((1 + kept) / (1 + other), initial=1.0))
            made.compile()
            made.begins = functools.cache(made.begins)  # type: ignore[method-assign]
        return self._rankers[key]

    def store(self, title: int) -> Store:
        """What `Search` reads the best papers from."""
        return cast(
            "Store", SimpleNamespace(papers=lambda ids: [self._one(id, title) for id in ids])
        )

    def numbers(self, names: Iterable[str]) -> dict[str, Array]:
        """The papers that go by each of these ids."""
        with Library(self._library) as opened:
            return {name: np.array(opened._store.with_source_id(name)) for name in names}

    def _one(self, id: int, title: int) -> SimpleNamespace:
        if (id, title) not in self._read:
            self._read[id, title] = SimpleNamespace(indexed=indexed(self._papers[id], title))
        return self._read[id, title]

    def _index(self, title: int) -> Postings:
        if title not in self._indexes:
            builder = Builder(terms_of_each)
            for paper in self._papers.values():
                builder.add(paper.id, words(indexed(paper, title)))
            self._indexes[title] = builder.build()
        return self._indexes[title]


class _Question(NamedTuple):
    id: str
    text: str
    allowed: Array | None
    """Which papers are not the question itself: bool[N]."""


class Trial:
    """One collection, on which settings are tried: those that differ there, each once."""

    def __init__(self, collection: Collection, texts: Texts) -> None:
        import ir_measures

        self.name, self.main = collection.name, collection.main
        self._texts, self._glossary = texts, Glossary()
        self._tried: dict[Setting, Values] = {}
        judgements = collection.judgements()
        self._places = {id: place for place, id in enumerate(sorted(judgements))}
        measure = ir_measures.parse_measure(MEASURES[collection.main])
        self._evaluator = ir_measures.evaluator([measure], judgements)
        ranker, asked = texts.ranker(KEPT), list(run_queries(collection.queries))
        out = texts.numbers({one.without for one in asked if one.without})
        self._questions = [
            _Question(one.id, one.text, ~ranker.flags(out[one.without]) if one.without else None)
            for one in asked
            if one.id in judgements
        ]
        han = ranker.begins(PAIR)
        weighed = [query.weigh(one.text, self._glossary, han=han) for one in self._questions]
        self._pairs_count = han and any(one.chinese for one in weighed)
        self._translated = any(has_han(term) for one in weighed for term in one.sources)
        self._lengths = [len(set(one.terms)) for one in weighed if not one.chinese]

    def values(self, setting: Setting) -> Values:
        """The main measure of every judged question, in the order of their ids."""
        setting = self.effective(setting)
        if setting not in self._tried:
            self._tried[setting] = self._try(setting)
        return self._tried[setting]

    def mean(self, setting: Setting) -> float:
        """The mean of these."""
        return float(self.values(setting).mean())

    def best(self) -> Setting:
        """The best of what was tried here."""
        return max(self._tried, key=self.mean)

    @property
    def tried(self) -> int:
        """How many settings were tried here."""
        return len(self._tried)

    @functools.cached_property
    def fields(self) -> list[str]:
        """The fields that make a difference here."""
        kept = self.effective(KEPT)
        felt = {field for field, one in neighbours(kept) if self.effective(one) != kept}
        return [field for field in Setting._fields if field in felt]

    def effective(self, setting: Setting) -> Setting:
        """`setting` with the same value in each field that makes no difference here."""
        fed = any(0 < length <= setting.feedback.all for length in self._lengths)
        return setting._replace(
            title=setting.title if self._texts.titled else KEPT.title,
            feedback=setting.feedback if fed else OFF,
            pairs=setting.pairs if self._pairs_count else KEPT.pairs,
            chars=setting.chars if self._pairs_count else KEPT.chars,
            titling=setting.titling if self._pairs_count else KEPT.titling,
            translated=setting.translated if self._translated else KEPT.translated,
        )

    def _try(self, setting: Setting) -> Values:
        ranker, names = self._texts.ranker(setting), self._texts.names
        # The engine is asked for a ranker only, and that is here already; nothing is filtered.
        store, no_engine = self._texts.store(setting.title), cast("LocalEngine", None)
        finder = search.Search(store, no_engine, self._glossary, cast("Sieve", None))
        run: dict[str, dict[str, float]] = {}
        with patched(setting):
            for id, text, allowed in self._questions:
                found = finder._found(ranker, text, _TOP, allowed, learnt_from=allowed).ranking
                own = map(names.__getitem__, found.ids.tolist())
                run[id] = dict(zip(own, found.scores.tolist(), strict=True))
        values = np.zeros(len(self._places))
        for metric in self._evaluator.iter_calc(run):
            values[self._places[metric.query_id]] = metric.value
        return values


@contextmanager
def patched(setting: Setting) -> Iterator[None]:
    """The product with what of this setting belongs to questions rather than to an index."""
    weight, most, enough, all = setting.feedback
    constants: dict[Any, dict[str, Any]] = {
        query: {
            "_PAIR": setting.pairs,
            "_CHAR": setting.chars,
            "_TITLING": setting.titling,
            "_said": SAID[setting.said],
            "_IN_CHINESE": setting.translated,
        },
        feedback: {"_WEIGHT": weight, "_TERMS": most, "_SAID_ENOUGH": enough, "_SAID_ALL": all},
        search: {
            "weigh": _weighing(
                setting.said, setting.pairs, setting.chars, setting.titling, setting.translated
            ),
        },
    }
    with ExitStack() as until_done:
        for module, its in constants.items():
            until_done.enter_context(mock.patch.multiple(module, **its))
        yield


@functools.cache
def _weighing(_said: str, *_counts: float) -> Callable[..., query.Asked]:
    """`weigh` that remembers: one for each of these settings, called with them patched in."""
    return functools.cache(query.weigh)
