"""From a question to the papers most similar to it, and why each of them is."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus import identity
from corpus.engines.local import LocalEngine
from corpus.errors import PaperNotFound
from corpus.paper import Extract, Filters, Hit, Paper, Query, Results, Share
from corpus.ranking import feedback, rocchio
from corpus.ranking.bm25 import Ranker, Ranking
from corpus.seeds import Seeds, gathered
from corpus.sieve import Sieve, words
from corpus.sieve.words import Phrases
from corpus.silence import says_nothing
from corpus.stopping import look, looking
from corpus.store import State, Store
from corpus.text.answering import quotations
from corpus.text.glossary import Glossary
from corpus.text.language import guess_language, language_code
from corpus.text.query import Asked, weigh
from corpus.text.question import is_question
from corpus.text.terms import PAIR, is_pair
from corpus.text.why import Why

_READ_AT_ONCE = 200
"""Papers that have the words of a phrase and are few enough to read all of them …"""
_FURTHER = 4
"""… and where they are more, how many times as many are looked at when some do not say it."""
_NOT_SHOWN: tuple[Extract, tuple[str, ...]] = (Extract(""), ())


class _Found(NamedTuple):
    """What ranking gave for `asked`, and the weights that it ranked by in the end.

    `best` is the paper that is best by what was asked alone, 0 where none is; `liked` are terms
    that only papers that are liked ask for.
    """

    asked: Asked
    weights: Mapping[str, float]
    ranking: Ranking
    best: int
    liked: frozenset[str] = frozenset()


class Search:
    """Finds papers of `store` that are similar to a text."""

    def __init__(self, store: Store, engine: LocalEngine, glossary: Glossary, sieve: Sieve) -> None:
        self._store = store
        self._engine = engine
        self._glossary = glossary
        self._sieve = sieve

    def find(self, query: Query) -> Results:
        """The papers most similar to the question, each with an extract that shows why.

        A text that is a paper of this library (its number, DOI, PMID, title or abstract) asks
        for that paper's neighbours. Raises `PaperNotFound` where it names one that is not here.
        """
        began = time.perf_counter()
        with self._store.snapshot() as state:
            seeds = gathered(self._store, query.liked, query.disliked)
            seed, said = self._seed(query), query.text
            if seed and seeds:
                seeds, seed, said = seeds.led_by(seed), None, ""
            text = seed.searchable if seed else _together(said, seeds)
            if seeds.missing and not text.strip() and not query.filters:
                raise PaperNotFound(seeds.missing[0])
            look()
            ranker = self._engine.ranker(state.version)
            allowed = self._allowed(query.filters, ranker, state)
            look()
            if seeds:
                out = ranker.flags(np.array(seeds.ids))
                allowed = ~out if allowed is None else allowed & ~out
            chosen = not text.strip() and allowed is not None

            def ask(top: int) -> _Found:
                if chosen and allowed is not None:
                    return self._newest(ranker, top, allowed, state)
                if seeds:
                    return self._moved(ranker, said, seeds, top, allowed)
                return self._found(ranker, text, top, allowed, seed.id if seed else 0)

            found = self._saying(query, ranker, allowed, ask)
            idfs = ranker.idfs(found.asked.weights)
            asks = seed is None and not seeds
            silent = asks and not chosen and self._silent(ranker, found, idfs)
            look()
            papers = [] if silent else self._store.papers(found.ranking.ids.tolist())
        listed = list(zip(papers, found.ranking.scores.tolist(), strict=False))
        if query.sort == "year":
            listed.sort(key=lambda one: -(one[0].year or 0))
            papers = [paper for paper, _ in listed]
        first = seed or next(iter(seeds.liked), None)
        language = _language_of(first) if first else guess_language(query.text)
        chinese = (query.reader or language) == "zh"
        of_words = {term: idf for term, idf in idfs.items() if not is_pair(term)}
        why = Why(text, found.asked, of_words, chinese=chinese)
        shown = range(len(papers)) if query.shown is None else query.shown
        hits = (
            ()
            if silent
            else tuple(
                Hit(
                    rank=place + 1,
                    paper=paper,
                    score=score,
                    extract=extract,
                    terms=words,
                    across=why.across(paper) if place in shown else (),
                    shares=(
                        why.named(paper, _shares(ranker, found, paper.id)) if query.explain else ()
                    ),
                )
                for place, (paper, score) in looking(enumerate(listed))
                for extract, words in (why.shown(paper) if place in shown else _NOT_SHOWN,)
            )
        )
        look()
        answered = asks and 0 in shown and is_question(text)
        return Results(
            query=query,
            language=language,
            seed=seed,
            hits=hits,
            answer=(
                quotations(
                    papers,
                    text,
                    found.asked.terms,
                    why.weights,
                    found.asked.sources,
                    chinese=chinese,
                    matched=why.tokens,
                )
                if answered
                else ()
            ),
            matched=found.ranking.matched,
            # Where filters left nothing of what was found, unknown words are not the reason.
            unknown=() if hits or (of_words and query.filters) else why.unknown(),
            milliseconds=(time.perf_counter() - began) * 1000,
            papers=state.papers,
            version=state.version,
            liked=seeds.liked,
            disliked=seeds.disliked,
            missing=seeds.missing,
        )

    def _moved(
        self,
        ranker: Ranker,
        said: str,
        seeds: Seeds,
        top: int,
        allowed: NDArray[np.bool_] | None,
    ) -> _Found:
        """What is found for the text `said` when it is moved by papers."""
        han = ranker.begins(PAIR)
        own, *liked = (
            weigh(text, self._glossary, han=han, idfs=ranker.idfs)
            for text in looking((said, *(paper.searchable for paper in seeds.liked)))
        )
        disliked = [weigh(paper.searchable).weights for paper in seeds.disliked]
        weights = rocchio.moved(own.weights, [one.weights for one in liked], disliked, ranker.idfs)
        every = (own, *liked)
        spoken = {term for one in every for term in one.weights.keys() - one.sources.keys()}
        asked = Asked(
            [term for one in every for term in one.terms if term in weights],
            weights,
            {
                term: word
                for one in reversed(every)
                for term, word in one.sources.items()
                if term in weights and term not in spoken
            },
        )
        look()
        ranking = ranker.rank(weights, top, allowed)
        return _Found(asked, weights, ranking, 0, frozenset(weights.keys() - own.weights.keys()))

    def _saying(
        self,
        query: Query,
        ranker: Ranker,
        allowed: NDArray[np.bool_] | None,
        ask: Callable[[int], _Found],
    ) -> _Found:
        """What `ask` finds of the papers `allowed` when only those are that say the phrases.

        Of many papers only those are read that would be found: whoever does not say it is no longer
        allowed, and what is found then is the same as if all had been read.
        """
        phrases = Phrases(self._store.connection, query.filters.phrases)
        if allowed is None or not phrases:
            return ask(query.top)
        if np.count_nonzero(allowed) <= _READ_AT_ONCE:
            allowed &= ~ranker.flags(phrases.missing(ranker.ids[allowed]))
            return ask(query.top)
        top = query.top
        while True:
            found = ask(top)
            ids = found.ranking.ids
            wrong = phrases.missing(np.append(ids, found.best) if found.best else ids)
            if not np.isin([*ids[: query.top].tolist(), found.best], wrong).any():
                ranking = Ranking(ids[: query.top], found.ranking.scores[: query.top], None)
                return found._replace(ranking=ranking)
            allowed &= ~ranker.flags(wrong)
            top *= _FURTHER

    def _newest(self, ranker: Ranker, top: int, allowed: NDArray[np.bool_], state: State) -> _Found:
        """The newest of the papers that are allowed; nothing is asked of them."""
        allowed = allowed & ranker.present
        ids = self._sieve.newest(ranker.ids, allowed, top, state)
        ranking = Ranking(ids, np.zeros(len(ids)), int(np.count_nonzero(allowed)))
        return _Found(Asked([], {}, {}), {}, ranking, 0)

    def _silent(self, ranker: Ranker, found: _Found, idfs: Mapping[str, float]) -> bool:
        shares = ranker.shares(found.asked.weights, found.best) if found.best else {}
        return says_nothing(found.asked, shares, idfs, ranker.corpus_size)

    def rank(self, text: str, top: int, *, without: str = "") -> list[tuple[str, float]]:
        """The `top` papers for `text` taken as mere text: their own ids and scores, best first.

        A paper without an id of its own goes by its number. `without` is a source id whose papers
        are left out. For measuring ranking alone.
        """
        with self._store.snapshot() as state:
            out = self._store.with_source_id(without) if without else []
            ranker = self._engine.ranker(state.version)
            allowed = ~ranker.flags(np.array(out)) if out else None
            ranking = self._found(ranker, text, top, allowed, learnt_from=allowed).ranking
            ids = ranking.ids.tolist()
            names = self._store.source_ids(ids)
        scores = ranking.scores.tolist()
        return [(names[id] or str(id), score) for id, score in zip(ids, scores, strict=True)]

    def _found(
        self,
        ranker: Ranker,
        text: str,
        top: int,
        allowed: NDArray[np.bool_] | None = None,
        excluded: int = 0,
        *,
        learnt_from: NDArray[np.bool_] | None = None,
    ) -> _Found:
        """`allowed` says which papers may be found, `learnt_from` which feedback may come from."""
        asked = weigh(text, self._glossary, han=ranker.begins(PAIR), idfs=ranker.idfs)
        said = len(set(asked.terms))
        look()
        first = ranker.rank(asked.weights, max(top, feedback.PAPERS), allowed, excluded)
        best = int(first.ids[0]) if len(first.ids) else 0
        # More words would lead a question astray that is Chinese, or found through translations.
        if not feedback.wanted(said) or asked.chinese or not self._met(ranker, asked, best):
            shown = Ranking(first.ids[:top], first.scores[:top], first.matched)
            return _Found(asked, asked.weights, shown, best)
        look()
        right = first
        if allowed is not learnt_from:
            right = ranker.rank(asked.weights, feedback.PAPERS, learnt_from, excluded)
        shares = feedback.shares(right.scores[: feedback.PAPERS].tolist())
        learnt = dict(zip(right.ids.tolist(), shares, strict=False))
        likely = ranker.likely(learnt, feedback.CONSIDERED, PAIR)
        look()
        weights = feedback.expand(asked.weights, said, likely, ranker.idfs)
        look()
        return _Found(asked, weights, ranker.rank(weights, top, allowed, excluded), best)

    def _met(self, ranker: Ranker, asked: Asked, paper: int) -> bool:
        """Whether a paper shares more with the question than with its translations."""
        shares = ranker.shares(asked.weights, paper) if paper else {}
        own = sum(share for term, share in shares.items() if term not in asked.sources)
        return own > sum(shares.values()) / 2

    def _seed(self, query: Query) -> Paper | None:
        if query.like is not None:
            return self.paper(query.like)
        named = identity.reference(query.text)
        if named is not None:
            seed = self._store.named(named)
            if seed is None:
                sign = "#" if named.kind == "number" else f"{named.kind}:"
                raise PaperNotFound(f"{sign}{named.value}")
            return seed
        if query.filters.title or query.filters.phrases:
            return None  # what is looked for by its title is to be found, not left out
        return self._store.reading_as(query.text)

    def allowed(self, filters: Filters, state: State) -> NDArray[np.bool_] | None:
        """Which of all papers `filters` allow: bool[N], None where they allow every one."""
        ranker = self._engine.ranker(state.version)
        allowed = self._allowed(filters, ranker, state)
        if allowed is not None and (phrases := Phrases(self._store.connection, filters.phrases)):
            allowed &= ~ranker.flags(phrases.missing(ranker.ids[allowed]))
        return allowed

    def ids(self, allowed: NDArray[np.bool_], state: State) -> list[int]:
        """The numbers of the papers that are `allowed`, ascending."""
        return sorted(self._engine.ranker(state.version).ids[allowed].tolist())

    def _allowed(self, filters: Filters, ranker: Ranker, state: State) -> NDArray[np.bool_] | None:
        """As `allowed`, but papers that have the words of a phrase need not say it."""
        if not filters:
            return None
        wanted = dataclasses.replace(filters, language=language_code(filters.language))
        return words.allowed(wanted, ranker) & self._sieve.allowed(wanted, ranker.ids, state)

    def paper(self, id: int) -> Paper:
        """The paper with this number. Raises `PaperNotFound`."""
        found = self._store.paper(id)
        if found is None:
            raise PaperNotFound(f"#{id}")
        return found


def _shares(ranker: Ranker, found: _Found, paper: int) -> tuple[Share, ...]:
    """What made up the score of a paper, most first."""
    asked = found.asked
    shares = (
        Share(
            term=term.removeprefix(PAIR),
            kind="liked" if kind == "word" and term in found.liked else kind,
            source=asked.sources.get(term, ""),
            score=score,
        )
        for term, score in ranker.shares(found.weights, paper).items()
        for kind in (asked.kind(term),)
    )
    return tuple(sorted(shares, key=lambda share: -share.score))


def _together(said: str, seeds: Seeds) -> str:
    """What somebody said, and the texts of the papers that it is to be like."""
    return "\n".join(filter(None, (said, *(paper.searchable for paper in seeds.liked))))


def _language_of(paper: Paper) -> str:
    return paper.language or guess_language(f"{paper.title}\n{paper.abstract}")
