"""Why a paper was found: its extract, and the words it shares with the question."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from corpus.paper import Extract, Paper
from corpus.text.extract import extract
from corpus.text.normalise import has_han
from corpus.text.terms import Matcher, Token, tokens

_MOST_WORDS = 8


class Why:
    """Shows for each paper what it has in common with one question."""

    def __init__(
        self, text: str, asked: Sequence[str], idf: Mapping[str, float], *, chinese: bool
    ) -> None:
        """`text` is the question, `asked` its terms, `idf` what those that occur weigh.

        `chinese` says which abstract its reader prefers where a paper has two.
        """
        self._text = text
        self._chinese = chinese
        self._known = idf
        counts = Counter(asked)
        # A word the question repeats is what it is about; never less than a trace, so that
        # words with an idf of zero still show.
        self._weights = {
            term: max(weight, 0.01) * (1 + math.log(counts[term])) for term, weight in idf.items()
        }
        self._matcher = Matcher(self._weights)
        self._neighbours = set(itertools.pairwise(asked))

    def shown(self, paper: Paper) -> tuple[Extract, tuple[str, ...]]:
        """The paper's extract, and its matched words as it writes them, heaviest first."""
        parts = [
            (text, self._matcher.tokens(text))
            for text in (
                paper.abstract,
                paper.translated_abstract,
                paper.title,
                paper.translated_title,
            )
            if text
        ]
        if not any(matched for _, matched in parts):
            parts += [(keyword, self._matcher.tokens(keyword)) for keyword in paper.keywords]
        abstracts = [
            part for part in parts if part[0] in (paper.abstract, paper.translated_abstract)
        ]
        text, matched = max(abstracts, key=self._worth, default=("", []))
        return extract(text, matched, self._weights), self._words(parts)

    def unknown(self) -> tuple[str, ...]:
        """The words of the question that occur in no paper, as it writes them."""
        found = tokens(self._text)
        words = (
            self._text[token.start : token.end] for token in found if token.term not in self._known
        )
        return tuple(dict.fromkeys(words))

    def _worth(self, part: tuple[str, list[Token]]) -> tuple[bool, float]:
        """How good an abstract is to show: in the reader's language first, then what it matches."""
        text, matched = part
        carried = sum(self._weights[term] for term in {token.term for token in matched})
        return bool(matched) and has_han(text) == self._chinese, carried

    def _words(self, parts: Iterable[tuple[str, list[Token]]]) -> tuple[str, ...]:
        weighed: dict[str, float] = {}
        seen: set[str] = set()
        for text, group in ((text, group) for text, all in parts for group in self._grouped(all)):
            new = [token for token in group if token.term not in seen]
            if not new:
                continue
            seen.update(token.term for token in group)
            word = text[group[0].start : group[-1].end]
            weighed[word] = sum(self._weights[token.term] for token in group)
        readable = [word for word in weighed if has_han(word) == self._chinese]
        heaviest = sorted(readable or weighed, key=lambda word: -weighed[word])
        return tuple(heaviest[:_MOST_WORDS])

    def _grouped(self, found: Iterable[Token]) -> Iterable[list[Token]]:
        """Han words that touch in the paper and follow each other in the question are one word."""
        group: list[Token] = []
        for token in found:
            if group and (
                group[-1].end != token.start
                or not has_han(token.term)
                or (group[-1].term, token.term) not in self._neighbours
            ):
                yield group
                group = []
            group.append(token)
        if group:
            yield group
