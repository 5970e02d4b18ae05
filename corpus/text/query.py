"""The terms that a text asks for, and how much each of them counts."""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from corpus.text.glossary import Glossary
from corpus.text.normalise import has_han
from corpus.text.terms import han_runs, is_char, is_pair, pairs, terms, tokens
from corpus.text.titling import TITLING

_PAIR = 0.3
"""What a pair of Han characters counts beside a word: .1 to 1 find much the same."""
_CHAR = 0.3
"""What a single character counts."""
_IN_PAIRS = 0.5
"""What each pair of a compound that no paper has counts besides, in the compound's place."""
_COMPOUND = 4  # characters
_TITLING = 0.5
"""What a word of titling counts, and its characters, in a text short enough to be a title."""
_TITLE = 40  # different words
_IN_CHINESE = 1.0
"""What a Chinese word counts, and each of its pairs, for the English word that it translates."""
_IN_ENGLISH = 1.1
"""What an English word counts for the Chinese one, beside which its characters count too."""

Idfs = Callable[[Iterable[str]], Mapping[str, float]]
"""Gives the idf of each of these terms that any paper has."""


class Asked(NamedTuple):
    """A question as ranking takes it.

    `terms` are its own words, repeats included; `weights` says how much each term counts, those
    of translations included; `sources` names for each of these the word that it translates.
    """

    terms: list[str]
    weights: dict[str, float]
    sources: dict[str, str]

    @property
    def chinese(self) -> bool:
        """Whether it says anything in Chinese itself."""
        return any(is_pair(term) and term not in self.sources for term in self.weights)

    def kind(self, term: str) -> str:
        """What `term` is to this question, as `Share.kind` has it."""
        if term in self.sources:
            return "translation"
        if term not in self.weights:
            return "feedback"
        return "pair" if is_pair(term) else "word"


class _Concept(NamedTuple):
    """A word as the text has it, its translations, and how often it stands there.

    `own` are those of its terms that tell how rare it is.
    """

    word: str
    own: tuple[str, ...]
    senses: tuple[tuple[str, ...], ...]
    times: int

    @property
    def names(self) -> tuple[tuple[str, ...], ...]:
        """The terms of each way to call it."""
        return (self.own, *self.senses)


def weigh(
    text: str, glossary: Glossary | None = None, *, han: bool = True, idfs: Idfs | None = None
) -> Asked:
    """What `text` asks for, in the other language as well where there is a `glossary`.

    A term that is said f times counts 1 + ln f: whole abstracts repeat themselves. The translations
    of a word count about as much together as the word does. `han` says whether Chinese ones are
    wanted. Where `idfs` are given, no term counts as rarer than another name of the same thing, and
    a Chinese compound that no paper has is asked for by its pairs.
    """
    counts = Counter(terms(text))
    own = [term for term in counts.elements() if not is_pair(term)]
    titling = _TITLING if len(set(own)) <= _TITLE else 1.0
    weights = {term: _said(count) * _part(term, titling) for term, count in counts.items()}
    concepts = [] if glossary is None else _concepts(text, glossary, han=han)
    known: Mapping[str, float] = {}
    if idfs is not None:
        known = idfs([*counts, *(term for one in concepts for name in one.names for term in name)])
        for term in [term for term in counts if _is_compound(term) and term not in known]:
            for pair in pairs(term):
                weights[pair] += _IN_PAIRS * _said(counts[term])
    sources: dict[str, str] = {}
    kept: dict[str, float] = {}
    for concept in concepts:
        common = _common(concept, known)
        for term in concept.own:
            kept[term] = min(kept.get(term, 1.0), common.get(term, 1.0))
        said = _said(concept.times) / len(concept.senses)
        for term, chinese in _translations(concept.senses):
            part = said * common.get(term, 1.0)
            part *= _IN_CHINESE if chinese else _IN_ENGLISH
            weights[term] = weights.get(term, 0.0) + part
            if term not in counts:
                sources.setdefault(term, concept.word)
    for term in kept.keys() & counts.keys():
        weights[term] *= kept[term]
    return Asked(own, weights, sources)


def _said(times: int) -> float:
    return 1 + math.log(times)


def _part(term: str, titling: float) -> float:
    part = _CHAR if is_char(term) else _PAIR if is_pair(term) else 1.0
    return part * titling if term in _OF_TITLING else part


_OF_TITLING = TITLING | {pair for word in TITLING for pair in pairs(word) if len(word) == 2}


def _is_compound(term: str) -> bool:
    return len(term) >= _COMPOUND and has_han(term) and not is_pair(term)


def _common(concept: _Concept, known: Mapping[str, float]) -> dict[str, float]:
    """The part of its weight that each term keeps which is rarer than another name of `concept`.

    In a Chinese library an English word is rare, whatever it means. As names of one thing they
    would be in as many papers together as the commonest is alone, or more (Pirkola's structured
    queries, 1998). A name is taken to be as rare as its rarest term.
    """
    names = [[known[term] for term in name if term in known] for name in concept.names]
    rarest = [max(idfs) for idfs in names if idfs]
    if len(rarest) < 2:
        return {}
    most = min(rarest)
    met = {term: known[term] for name in concept.names for term in name if term in known}
    return {term: most / idf for term, idf in met.items() if idf > most}


@functools.lru_cache(maxsize=1 << 12)
def _translations(senses: tuple[tuple[str, ...], ...]) -> Sequence[tuple[str, bool]]:
    """The terms of all senses, and whether each is Chinese."""
    return [(term, has_han(term)) for sense in senses for term in sense]


@functools.lru_cache(maxsize=1 << 12)
def _own(word: str) -> tuple[str, ...]:
    """Those terms of a word that tell how rare it is."""
    return tuple(term for term in terms(word) if not is_char(term))


def _concepts(text: str, glossary: Glossary, *, han: bool) -> list[_Concept]:
    """The words that have translations."""
    found = [concept for run in han_runs(text) for concept in glossary.of_han(run)]
    concepts = {concept: concept.word for concept in found}
    times = Counter(found)
    if han:
        placed = [token for token in tokens(text) if token.term.isascii()]
        for where, concept in glossary.of_latin([token.term for token in placed]):
            words = text[placed[where[0]].start : placed[where[-1]].end]
            concepts.setdefault(concept, words)
            times[concept] += 1
    return [
        _Concept(word, _own(word), one.senses, count)
        for one, count in times.items()
        for word in (concepts[one],)
    ]
