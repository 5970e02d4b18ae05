"""Sentences of the papers found that answer a question, to be quoted."""

from __future__ import annotations

import itertools
import math
import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from corpus.paper import Paper, Quotation
from corpus.text.extract import merge_marks
from corpus.text.findings import ASKS, RELATIONS, telling, wanted
from corpus.text.matching import Matcher
from corpus.text.normalise import has_han
from corpus.text.sections import in_sentences
from corpus.text.sentences import Span
from corpus.text.terms import Token, is_pair, tokens, words
from corpus.text.width import columns

_MOST = 3
_READ = 10
_SHORTEST, _LONGEST = 40, 250
# Of the question's weight a sentence carries this share at least. Of a term of almost the heaviest
# weight the question is as much; one such may only be missing where nearly all else is there.
_LEAST_CARRIED, _NEARLY_ALL = 0.72, 0.8
_AS_HEAVY = 0.85
# No more than one term of at least this part of the heaviest weight may be missing.
_WEIGHTY = 0.3
# Of words that stand side by side in the question, such as 技术进步, no more than these may miss.
_LEAST_OF_A_PHRASE = 0.25
# A translation that is heavier than this part of the heaviest stands for the word by itself.
_STANDS_ALONE = 0.6
_LEAST_WORTH = 0.6
_MOST_ABBREVIATIONS = 30
# What a sentence must say itself where the title says the rest, and what that rest counts.
_LEAST_SAID, _TITLED = 0.45, 0.4
# Of two sentences this alike, one is enough.
_ALIKE = 0.6

# Heads that journals print with nothing behind them: 结论应用电刺激可改善……
_GLUED_HEAD = re.compile(
    "(?:目的|方法|结论(?![是为部性与和])"
    "|结果(?!表明|显示|发现|说明|证明|提示|证实|分析|[是与和的如]))(?=[^\\s:：])"
)
# Postoperative delirium (POD): later sentences say POD.
_ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z0-9-]{1,7}?)s?[);,]")
_WORD = re.compile(r"[^\W_]+")


class _Asked(NamedTuple):
    """What a question is about, for sentences of one script, and how it is put.

    `means` names the subject that each term stands for, `weights` says how much each subject
    weighs and `total` how much all of them, the unknown included. A sentence lacks no subject of
    `needed`, few of `weighty`, and some of each of `phrases`.
    """

    means: Mapping[str, str]
    weights: Mapping[str, float]
    total: float
    heaviest: str
    needed: frozenset[str]
    weighty: frozenset[str]
    phrases: Sequence[frozenset[str]]
    relations: frozenset[str]
    wanted: Sequence[re.Pattern[str]]

    def subjects(self, terms: Iterable[Token]) -> set[str]:
        """What these terms stand for."""
        return {self.means[one.term] for one in terms if one.term in self.means}

    def share(self, subjects: Iterable[str]) -> float:
        """How much of the question these subjects are."""
        # Sets have no order, and a sum should not depend on it.
        return math.fsum(self.weights[subject] for subject in subjects) / self.total

    def touches(self, said: set[str]) -> bool:
        """Whether every phrase of the question that weighs something is said in part."""
        weighty = (phrase for phrase in self.phrases if phrase & self.weighty)
        parts = (self.share(phrase & said) / self.share(phrase) for phrase in weighty)
        return min(parts, default=1.0) >= _LEAST_OF_A_PHRASE


class _Candidate(NamedTuple):
    worth: float
    rank: int
    text: str
    marks: tuple[tuple[int, int], ...]


def quotations(
    papers: Sequence[Paper],
    question: str,
    asked: Collection[str],
    weights: Mapping[str, float],
    sources: Mapping[str, str] = MappingProxyType({}),
    *,
    chinese: bool,
    matched: Callable[[str], Sequence[Token]] | None = None,
) -> tuple[Quotation, ...]:
    """At most three sentences of the first ten of `papers`, best first; none that is not good.

    `asked` are the question's own terms, `weights` what those weigh that occur in papers, with
    their translations; `sources` names for each of these the word that it translates. `chinese`
    says which abstract the reader prefers where a paper has two. `matched` finds the tokens
    of a text that have a weight, where somebody does that already.
    """
    matched = matched or Matcher(weights).tokens
    scales = {han: _asked(question, asked, weights, sources, han) for han in (True, False)}
    candidates: list[_Candidate] = []
    for rank, paper in enumerate(papers[:_READ], 1):
        both = filter(None, (paper.abstract, paper.translated_abstract))
        met = [(text, found) for text in both if (found := matched(text))]
        if met:
            text, tokens = min(met, key=lambda one: has_han(one[0]) != chinese)
            titles = [*matched(paper.title), *matched(paper.translated_title)]
            scale = scales[has_han(text)]
            candidates += _candidates(rank, text, tokens, scale.subjects(titles), scale)
    return tuple(Quotation(one.rank, one.text, one.marks) for one in _chosen(candidates))


def _asked(
    question: str,
    asked: Collection[str],
    weights: Mapping[str, float],
    sources: Mapping[str, str],
    han: bool,
) -> _Asked:
    said = {term for term in asked if not is_pair(term) and not ASKS.search(term)}
    # Sentences of the question's script are held to its own words, others to their translations.
    own = any(map(has_han, said)) == han
    means = {term: term for term in said if own or has_han(term) == han}
    if not own:
        translated = {term: word for term, word in sources.items() if has_han(term) == han}
        means = _strongest(translated, weights) | means if translated else {}
    weighed: dict[str, float] = {}
    for term, weight in weights.items():
        if word := means.get(term):
            weighed[word] = weighed.get(word, 0.0) + max(weight, 0.01)
    relations = frozenset(means[term] for term in means if {term, means[term]} & RELATIONS)
    if len(weighed.keys() - relations) > 1:
        weighed = {word: weight for word, weight in weighed.items() if word not in relations}
    heaviest = max(weighed, key=lambda word: weighed[word], default="")
    most = weighed.get(heaviest, 0.0)
    # A word that occurs in no paper may be what the question is about.
    unknown = said - weights.keys() if own else ()
    weighty = frozenset(word for word in weighed if weighed[word] >= _WEIGHTY * most)
    return _Asked(
        means,
        weighed,
        math.fsum(weighed.values()) + most * len(unknown),
        heaviest,
        frozenset(word for word in weighed if weighed[word] >= _AS_HEAVY * most),
        weighty,
        _phrases(question, weighed) if own else [frozenset([word]) for word in weighty],
        relations,
        wanted(question),
    )


def _strongest(translated: Mapping[str, str], weights: Mapping[str, float]) -> dict[str, str]:
    """Those translations that can stand for their word alone: peer for 同伴支持, not support."""
    most: dict[str, float] = {}
    for term, word in translated.items():
        most[word] = max(most.get(word, 0.0), weights.get(term, 0.0))
    return {
        term: word
        for term, word in translated.items()
        if weights.get(term, 0.0) > _STANDS_ALONE * most[word]
    }


def _phrases(question: str, subjects: Mapping[str, float]) -> list[frozenset[str]]:
    """Those of the question's subjects that stand side by side in it."""
    phrases: list[list[str]] = []
    end = -1
    for term, start, stop in tokens(question):
        if term not in subjects:
            continue
        if end < 0 or question[end:start].strip(" -"):
            phrases.append([])
        phrases[-1].append(term)
        end = stop
    return [frozenset(phrase) for phrase in phrases]


def _candidates(
    rank: int, text: str, found: Sequence[Token], titled: set[str], asked: _Asked
) -> Iterator[_Candidate]:
    if not _carried(asked.subjects(found), titled, asked):
        return
    found = sorted([*found, *_abbreviated(text, found)], key=lambda one: one.start)
    starts = [one.start for one in found]
    for head, span, place in _sentences(text):
        reach = slice(bisect_left(starts, span.start), bisect_left(starts, span.end))
        inside = [one for one in found[reach] if one.end <= span.end]
        said = asked.subjects(inside)
        carried = _carried(said, titled, asked)
        if not carried or not _whole(text, span):
            continue
        sentence = text[span.start : span.end].replace("\n", " ")
        worth = carried * telling(head, place, sentence, asked.wanted) * (1 - rank / 50)
        worth *= 1.1 if asked.relations & said else 1.0
        if worth >= _LEAST_WORTH:
            yield _Candidate(worth, rank, sentence, _marks(sentence, inside, span.start))


def _carried(said: set[str], titled: set[str], asked: _Asked) -> float:
    """The share of the question's weight that a sentence about these subjects carries; 0 where
    that is not enough. What only the title says counts in part, where it helps to say enough.
    """
    if asked.heaviest not in said:
        return 0.0
    missing = asked.weights.keys() - said
    share = asked.share(asked.weights) - asked.share(missing)
    least = _NEARLY_ALL if asked.needed & missing else _LEAST_CARRIED
    if share >= least and len(missing & asked.weighty) <= 1:
        return share if asked.touches(said) else 0.0
    together = share + asked.share(missing & titled)
    if share < _LEAST_SAID or together < _LEAST_CARRIED or not asked.touches(said | titled):
        return 0.0
    return share + _TITLED * (together - share)


def _abbreviated(text: str, found: Sequence[Token]) -> Iterator[Token]:
    """The terms that abbreviations stand for, at each place that has one after its introduction."""
    names: set[str] = set()
    for short in itertools.islice(_ABBREVIATION.finditer(text), _MOST_ABBREVIATIONS):
        name = short.group(1)
        if name in names:
            continue
        names.add(name)
        before = list(_WORD.finditer(text, max(0, short.start() - 100), short.start()))
        long = before[-len(name) - 1 :]
        while long and long[0].group()[0].upper() != name[0]:
            long.pop(0)
        meant = [one for one in found if long and long[0].start() <= one.start < short.start()]
        # Melatonin alone does not make the dim light melatonin onset (DLMO).
        if len({one.start for one in meant}) * 2 <= len(long):
            continue
        for later in re.compile(rf"\b{re.escape(name)}s?\b").finditer(text, short.end()):
            yield from (Token(one.term, later.start(), later.end()) for one in meant)


def _sentences(text: str) -> Iterator[tuple[str, Span, float]]:
    """Each sentence with the head it stands under and how far into that part it ends, up to 1."""
    for section, spans in in_sentences(text):
        head = section.head
        for number, span in enumerate(spans, 1):
            if glued := _GLUED_HEAD.match(text, span.start):
                head = glued.group()
                yield head, Span(glued.end(), span.end), 1.0
            else:
                yield head, span, number / len(spans)


def _whole(text: str, span: Span) -> bool:
    """Whether this is a whole sentence, of a length that can be quoted."""
    sentence = text[span.start : span.end]
    return (
        len(sentence) <= 2 * _LONGEST
        and _SHORTEST <= columns(sentence) <= _LONGEST
        and sentence.rstrip("\"'”’」』）)]】》").endswith((".", "!", "。", "！", "．"))
        and not text[: span.start].rstrip().endswith("；")
    )


def _marks(sentence: str, inside: Iterable[Token], shift: int) -> tuple[tuple[int, int], ...]:
    """Where each matched word stands first; Han words that touch, as in 同伴支持, are one."""
    marks: list[tuple[int, int]] = []
    seen: set[str] = set()
    for run in _runs(inside):
        if {one.term for one in run} - seen:
            marks.append((run[0].start - shift, run[-1].end - shift))
        seen.update(one.term for one in run)
    return tuple(merge_marks(sentence, marks))


def _runs(found: Iterable[Token]) -> list[list[Token]]:
    runs: list[list[Token]] = []
    for one in found:
        if not runs or runs[-1][-1].end != one.start or not has_han(one.term):
            runs.append([])
        runs[-1].append(one)
    return runs


def _chosen(found: Iterable[_Candidate]) -> list[_Candidate]:
    chosen: list[_Candidate] = []
    for one in sorted(found, key=lambda one: (-one.worth, one.rank)):
        if len(chosen) < _MOST and not any(_alike(one, other) for other in chosen):
            chosen.append(one)
    return chosen


def _alike(one: _Candidate, other: _Candidate) -> bool:
    """Whether two sentences are of one paper, or say much the same."""
    first, second = set(words(one.text)), set(words(other.text))
    return one.rank == other.rank or len(first & second) >= _ALIKE * min(len(first), len(second))
