"""Why a paper was found: its extract, and the words it shares with the question."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from corpus.paper import Extract, Paper, Share
from corpus.text.extract import extract
from corpus.text.matching import Matcher
from corpus.text.normalise import fold, fold_with_offsets, has_han
from corpus.text.query import Asked
from corpus.text.stopwords import CHINESE
from corpus.text.terms import Token, is_pair, terms, terms_of, tokens, words

_MOST_WORDS = 8
_MOST_ACROSS = 4
_WITHIN_A_PHRASE = re.compile(r"[\w\s\u2010\u2011-]*")


class Why:
    """Shows for each paper what it has in common with one question."""

    def __init__(self, text: str, asked: Asked, idf: Mapping[str, float], *, chinese: bool) -> None:
        """`text` is the question, `asked` what it asks for, `idf` that of the words that occur.

        `chinese` says which abstract its reader prefers where a paper has two.
        """
        self._text = text
        self._chinese = chinese
        self._known = idf
        self.weights = {term: weight * asked.weights[term] for term, weight in idf.items()}
        self.tokens = functools.cache(Matcher(self.weights).tokens)
        """Finds the words of a text that have one of the `weights`."""
        self._neighbours = set(itertools.pairwise(asked.terms))
        self._asked = asked.weights
        self._sources = asked.sources

    @functools.cached_property
    def _from_latin(self) -> bool:
        return all(map(has_han, self._sources))

    @functools.cached_property
    def _compounds(self) -> dict[str, str]:
        """Chinese translations: jieba cuts most, so that papers have their pairs but not them."""
        return {
            term: source
            for term, source in self._sources.items()
            if not is_pair(term) and len(term) > 1 and has_han(term)
        }

    def shown(self, paper: Paper) -> tuple[Extract, tuple[str, ...]]:
        """The paper's extract, and its matched words as it writes them, heaviest first."""
        parts = [
            (text, self.tokens(text))
            for text in (
                paper.abstract,
                paper.translated_abstract,
                paper.title,
                paper.translated_title,
            )
            if text
        ]
        if not any(matched for _, matched in parts):
            parts += [(keyword, self.tokens(keyword)) for keyword in paper.keywords]
        abstracts = [
            part for part in parts if part[0] in (paper.abstract, paper.translated_abstract)
        ]
        text, matched = max(abstracts, key=self._worth, default=("", []))
        return extract(text, matched, self.weights), self._words(parts)

    def across(self, paper: Paper) -> tuple[tuple[str, str], ...]:
        """Words of the question and what the paper calls them, as each writes it, heaviest first.

        None where most of what matched is in the question's own language.
        """
        texts = _texts(paper)
        if not self._sources or (not any(map(has_han, texts)) and self._from_latin):
            return ()
        found = [(text, phrase) for text in texts for phrase in self._phrases(text)]
        own = {token.term for _, phrase in found for token in phrase} - self._sources.keys()
        folded = "\n".join(map(fold, texts))
        weighed: dict[tuple[str, str], float] = {}
        often: Counter[tuple[str, str]] = Counter()
        translated: set[str] = set()
        for text, phrase in found:
            source = self._sources.get(phrase[0].term, "")
            if not source or _has(folded, own, source):
                continue
            translated.update(token.term for token in phrase)
            call = source, _written(text, phrase)
            weighed[call] = sum(self._weight(token.term) for token in phrase)
            often[call] += 1
        if sum(map(self._weight, translated)) <= sum(map(self._weight, own)):
            return ()
        names: dict[str, str] = {}
        for call in sorted(weighed, key=lambda one: (-weighed[one], *_rank(one[1], often[one]))):
            names.setdefault(*call)
        heaviest = itertools.islice(names.items(), _MOST_ACROSS)
        return tuple((self._as_said(source), written) for source, written in heaviest)

    def named(self, paper: Paper, shares: Iterable[Share]) -> tuple[Share, ...]:
        """`shares` of the score of `paper` with what people know their terms as."""
        shares = list(shares)
        matcher = Matcher({share.term for share in shares if share.kind != "pair"})
        writings: defaultdict[str, Counter[str]] = defaultdict(Counter)
        compounds: dict[str, str] = {}
        for text in _texts(paper):
            for token in matcher.tokens(text):
                writings[token.term][_written(text, [token])] += 1
            for token in self._compounds_in(text):
                compounds.setdefault(token.term, _written(text, [token]))
        names = {one.term: self._text[one.start : one.end] for one in tokens(self._text)}
        for term, often in writings.items():
            names[term] = min(often.items(), key=lambda one: _rank(*one))[0]

        def written(share: Share) -> str:
            if share.kind == "translation":
                for whole, name in compounds.items():
                    if share.term in whole and self._compounds[whole] == share.source:
                        return name
            return names.get(share.term, "") if share.kind != "pair" else ""

        return tuple(
            dataclasses.replace(
                share, written=written(share), source=share.source and self._as_said(share.source)
            )
            for share in shares
        )

    def unknown(self) -> tuple[str, ...]:
        """The words of the question that occur in no paper, as it writes them."""
        found = tokens(self._text)
        words = (
            self._text[token.start : token.end] for token in found if token.term not in self._known
        )
        return tuple(dict.fromkeys(words))

    def _weight(self, term: str) -> float:
        """How much `term` counts; a word that the index only has in pairs is taken to be rare."""
        known = self.weights.get(term)
        if known is not None:
            return known
        return self._asked[term] * max(self._known.values(), default=1.0)

    def _as_said(self, word: str) -> str:
        """One of `Asked.sources` as the question writes it."""
        if word not in self._text:
            folded, places = fold_with_offsets(self._text)
            start = folded.find(word)
            if start >= 0:
                return self._text[places[start] : places[start + len(word)]]
        return " ".join(word.split())

    def _phrases(self, text: str) -> Iterator[list[Token]]:
        """What matches in `text`; words that together stand for one of the question are one."""
        phrase: list[Token] = []
        for token in self.tokens(text):
            if phrase and not self._follows(text, phrase, token):
                yield phrase
                phrase = []
            phrase.append(token)
        if phrase:
            yield phrase
        yield from ([token] for token in self._compounds_in(text))

    def _follows(self, text: str, phrase: Sequence[Token], token: Token) -> bool:
        between = text[phrase[-1].end : token.start]
        return (
            self._sources.get(phrase[0].term) == self._sources.get(token.term)
            and all(token.term != other.term for other in phrase)
            and _WITHIN_A_PHRASE.fullmatch(between) is not None
            and _says_nothing(between)
        )

    def _compounds_in(self, text: str) -> Iterator[Token]:
        if not has_han(text):
            return
        folded, places = fold_with_offsets(text)
        for word in self._compounds:
            start = folded.find(word)
            if start >= 0:
                yield Token(word, places[start], places[start + len(word)])

    def _worth(self, part: tuple[str, list[Token]]) -> tuple[bool, float]:
        """How good an abstract is to show: in the reader's language first, then what it matches."""
        text, matched = part
        carried = sum(self.weights[term] for term in {token.term for token in matched})
        return bool(matched) and has_han(text) == self._chinese, carried

    def _words(self, parts: Iterable[tuple[str, list[Token]]]) -> tuple[str, ...]:
        weighed: dict[str, float] = {}
        seen: set[str] = set()
        for text, found in parts:
            if not has_han(text):
                for term, start, end in found:
                    if term not in seen:
                        seen.add(term)
                        weighed[text[start:end]] = self.weights[term]
                continue
            for group in self._grouped(found):
                said = {token.term for token in group}
                if not said <= seen:
                    seen |= said
                    word = text[group[0].start : group[-1].end]
                    weighed[word] = sum([self.weights[token.term] for token in group])
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


def _texts(paper: Paper) -> list[str]:
    texts = (paper.abstract, paper.translated_abstract, paper.title, paper.translated_title)
    return [text for text in (*texts, *paper.keywords) if text]


def _says_nothing(text: str) -> bool:
    """Whether `text` has no words but common ones."""
    # Chinese ones are looked up, not cut out of it: for that alone jieba would be loaded.
    return all(word in CHINESE if has_han(word) else not terms_of(word) for word in words(text))


def _written(text: str, phrase: Sequence[Token]) -> str:
    end = max(token.end for token in phrase)
    return " ".join(text[phrase[0].start : end].split())


def _rank(written: str, often: int) -> tuple[bool, int]:
    """Orders the writings of a word: first those that begin no sentence, of these the commonest."""
    return written[:1].isupper() and not written[:2].isupper(), -often


def _has(folded: str, own: set[str], word: str) -> bool:
    """Whether a paper has a word of the question itself, not only what it is called elsewhere."""
    return word in folded if has_han(word) else own.issuperset(terms(word))
