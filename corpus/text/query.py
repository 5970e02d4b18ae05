"""The terms that a text asks for, and how much each of them counts."""

from __future__ import annotations

import math
from collections import Counter
from typing import NamedTuple

from corpus.text.glossary import Glossary
from corpus.text.normalise import has_han
from corpus.text.terms import han_runs, is_pair, terms, tokens

_PAIR = 0.3
"""What a pair of Han characters counts beside a word: .1 to 1 find much the same."""
_IN_CHINESE = 0.6
"""What a Chinese word counts, and each of its pairs, for the English word that it translates."""


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


def weigh(text: str, glossary: Glossary | None = None, *, han: bool = True) -> Asked:
    """What `text` asks for, in the other language as well where there is a `glossary`.

    A term that is said f times counts 1 + ln f: whole abstracts repeat themselves. The translations
    of a word count as much together as the word does. `han` says whether Chinese ones are wanted.
    """
    counts = Counter(terms(text))
    weights = {
        term: _said(count) * (_PAIR if is_pair(term) else 1.0) for term, count in counts.items()
    }
    own = [term for term in counts.elements() if not is_pair(term)]
    sources: dict[str, str] = {}
    if glossary is not None:
        for word, senses, count in _concepts(text, glossary, han=han):
            for sense in senses:
                for term in sense:
                    part = _said(count) / len(senses) * (_IN_CHINESE if has_han(term) else 1.0)
                    weights[term] = weights.get(term, 0.0) + part
                    if term not in counts:
                        sources.setdefault(term, word)
    return Asked(own, weights, sources)


def _said(times: int) -> float:
    return 1 + math.log(times)


def _concepts(
    text: str, glossary: Glossary, *, han: bool
) -> list[tuple[str, tuple[tuple[str, ...], ...], int]]:
    """The words that have translations, as the text has them; these; and how often they stand."""
    found = [concept for run in han_runs(text) for concept in glossary.of_han(run)]
    concepts = {concept: concept.word for concept in found}
    times = Counter(found)
    if han:
        placed = [token for token in tokens(text) if token.term.isascii()]
        for where, concept in glossary.of_latin([token.term for token in placed]):
            words = text[placed[where[0]].start : placed[where[-1]].end]
            concepts.setdefault(concept, words)
            times[concept] += 1
    return [(concepts[concept], concept.senses, count) for concept, count in times.items()]
