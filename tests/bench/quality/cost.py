"""What a question costs: `Library.find` as it is, and the same asking for plain BM25.

Plain asks for the question's own words as often as it says them: no glossary, no pairs of
characters, no feedback, no judgement whether to be silent, no answer box. Extracts are chosen by
both. Each question is put four ways, found and only ranked, by both, one after the other in this
process; which comes first changes from question to question, as what was just read is read sooner.
Then all are found once more, and the mean of each step is told (`stages.py`).

Where plain BM25 finds nothing, as of a Chinese question in an English library, its time is that of
doing nothing, so `found` says how many of the questions it found something for. Chinese questions
are asked of the Chinese library as well, where both have something to do.
"""

from __future__ import annotations

import gzip
import json
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from bot.terminal.data import run_queries
from corpus import search
from corpus.library import Library
from corpus.paper import Paper, Query
from corpus.ranking import feedback
from corpus.ranking.bm25 import Ranker
from corpus.text.glossary import Glossary
from corpus.text.query import Asked
from corpus.text.sections import in_sentences
from corpus.text.sentences import sentences
from corpus.text.stopwords import ENGLISH
from corpus.text.terms import is_pair, terms
from tests.bench.quality.stages import stages_of
from tests.data import DATA

PUBMED = DATA / "pubmed" / "corpus.jsonl.gz"
SCALE = DATA / "scale" / "corpus.jsonl.gz"
CHINESE = DATA / "zh" / "queries.jsonl"
ZH = DATA / "zh" / "corpus.jsonl.gz"
_CHINESE_TITLES = "Chinese titles"
LIBRARIES: dict[str, tuple[tuple[Path, ...], bool]] = {
    "pubmed": ((PUBMED,), False),
    "pubmed+scale": ((PUBMED, SCALE), False),
    "zh": ((ZH,), True),
}
"""Their files, and whether they are asked in Chinese only."""

_MANY, _FEW = 200, 50
_WORDS = 6  # of a short question
_WARMING = 10  # questions of each kind that are not counted


class Way(NamedTuple):
    """One way to put a question."""

    system: str
    step: str


class Cost(NamedTuple):
    """Milliseconds of each question of one kind, each way."""

    library: str
    papers: int
    kind: str
    times: dict[Way, list[float]]
    found: dict[str, int]
    """For how many of the questions each system found something."""
    stages: dict[str, float]
    """Mean milliseconds of each step of finding, by ours."""

    @property
    def questions(self) -> int:
        """How many were asked."""
        return len(self.times[WAYS[0]])

    def figures(self, step: str) -> dict[str, float]:
        """The median and the 95th percentile of both, and the ratios of these."""
        ours, plain = (self.times[Way(system, step)] for system in SYSTEMS)
        found = {
            "median_ms": statistics.median(ours),
            "p95_ms": p95(ours),
            "plain_median_ms": statistics.median(plain),
            "plain_p95_ms": p95(plain),
        }
        found["ratio"] = found["median_ms"] / found["plain_median_ms"]
        found["p95_ratio"] = found["p95_ms"] / found["plain_p95_ms"]
        return found

    def as_json(self) -> dict[str, Any]:
        """One object of the machine's output."""
        return {
            "library": self.library,
            "papers": self.papers,
            "kind": self.kind,
            "questions": self.questions,
            "found": self.found,
            "stages": {stage: round(taken, 3) for stage, taken in self.stages.items()},
            **{
                step: {name: round(value, 3) for name, value in self.figures(step).items()}
                for step in ("find", "rank")
            },
        }

    def lines(self) -> Iterator[str]:
        """Finding, ranking alone, and where the time of finding goes."""
        for step in ("find", "rank"):
            first = step == "find"
            yield _ROW.format(
                f"{self.papers:,}" if first else "",
                f"{self.kind} ({self.questions})" if first else "",
                step,
                *(f"{value:.2f}" for value in self.figures(step).values()),
                "{similit}, {plain}".format(**self.found) if first else "",
            ).rstrip()
        steps = ", ".join(f"{stage} {taken:.2f}" for stage, taken in self.stages.items())
        yield f"{'':10}mean of find: {steps}"


_ROW = "{:>8}  {:24}{:6}" + "{:>9}" * 6 + "   {}"
HEAD = "\n".join(
    (
        _ROW.format("", "", "", "similit", "ms", "plain", "ms", "ratio", "", "found"),
        _ROW.format("papers", "", "", *("median", "p95") * 3, "similit, plain"),
    )
)


def p95(times: Sequence[float]) -> float:
    """The least time that 95 % do not exceed."""
    return sorted(times)[-(-len(times) * 95 // 100) - 1]


def costs(folder: Path) -> Iterator[Cost]:
    """What each kind of question costs in each library, which is made in `folder` if need be."""
    asked_in = questions(papers_of(PUBMED))
    for name, (files, chinese_only) in LIBRARIES.items():
        with Library(folder / f"cost-{name}", create=True) as library:
            if not library.state().papers:
                library.add(files)
            library.warm()
            for kind, texts in asked_in.items():
                if kind == _CHINESE_TITLES or not chinese_only:
                    yield Cost(name, library.state().papers, kind, *asked(library, texts))


def papers_of(file: Path) -> list[Paper]:
    """The titles and abstracts of a file of papers."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        records = map(json.loads, lines)
        return [Paper(title=it["title"], abstract=it["abstract"]) for it in records]


def questions(papers: Sequence[Paper]) -> dict[str, list[str]]:
    """The texts of each kind, the same every time; the first of them are for warming up."""
    many, few = _MANY + _WARMING, _FEW + _WARMING
    short = spread([text for paper in papers if (text := shortened(paper.title))], many)
    chinese = [one.text for one in run_queries(CHINESE)]
    return {
        "abstracts": spread([text for paper in papers if (text := beheaded(paper.abstract))], many),
        "English words": short,
        "English questions": [f"What is known about {text}?" for text in short],
        _CHINESE_TITLES: spread(chinese, few),
    }


def spread(texts: Sequence[str], count: int) -> list[str]:
    """So many of them from beginning to end."""
    return [texts[place * len(texts) // count] for place in range(min(count, len(texts)))]


def beheaded(abstract: str) -> str:
    """`abstract` without its first sentence, so that no paper is it; "" where little is left."""
    found = sentences(abstract)
    return abstract[found[1].start :] if len(found) > 3 else ""


def shortened(title: str) -> str:
    """The first words of a title that say something, "" where these are all of it or too few."""
    said = [word for word in title.rstrip(".").lower().split() if word not in ENGLISH]
    return " ".join(said[:_WORDS]) if len(said) > _WORDS else ""


def asked(
    library: Library, texts: Sequence[str]
) -> tuple[dict[Way, list[float]], dict[str, int], dict[str, float]]:
    """Milliseconds of each text, each way; how many found something by each system; our steps."""
    times: dict[Way, list[float]] = {way: [] for way in WAYS}
    found = dict.fromkeys(SYSTEMS, 0)
    steps: dict[str, Callable[[str], Sequence[object]]] = {
        "find": lambda text: library.find(Query(text=text, shown=range(5))).hits,
        "rank": lambda text: library.rank(text, 20),
    }
    for turn, text in enumerate(texts):
        for place in range(len(WAYS)):
            way = WAYS[(turn + place) % len(WAYS)]
            in_sentences.cache_clear()  # which other papers a person would have read between
            with SYSTEMS[way.system]():
                began = time.perf_counter()
                hits = steps[way.step](text)
                taken = time.perf_counter() - began
            if turn >= _WARMING:
                times[way].append(taken * 1000)
                found[way.system] += way.step == "find" and bool(hits)

    def afresh(text: str) -> object:
        in_sentences.cache_clear()
        return steps["find"](text)

    return times, found, stages_of(afresh, texts[_WARMING:])


def plain(text: str, _glossary: Glossary | None = None, **_: object) -> Asked:
    """`weigh` for plain BM25."""
    said = [term for term in terms(text) if not is_pair(term)]
    return Asked(said, {term: float(count) for term, count in Counter(said).items()}, {})


@contextmanager
def plainly() -> Iterator[None]:
    """The product asking for plain BM25."""

    def no(*_: object) -> bool:
        return False

    with ExitStack() as until_done:
        for where, name, instead in (
            (search, "weigh", plain),
            (search, "is_question", no),
            (search.Search, "_silent", no),
            (feedback, "wanted", no),
            (Ranker, "begins", no),
        ):
            until_done.enter_context(mock.patch.object(where, name, instead))
        yield


SYSTEMS: dict[str, Callable[[], AbstractContextManager[None]]] = {
    "similit": nullcontext,
    "plain": plainly,
}
WAYS = tuple(Way(system, step) for system in SYSTEMS for step in ("find", "rank"))
