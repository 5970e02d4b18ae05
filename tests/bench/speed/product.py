"""A whole library at work: questions, filters, and one paper more, as the product does it.

    python -m tests.bench.speed.product --library FOLDER [--questions N] [--rounds N]

Everything is done in a copy of FOLDER, which lies beside it meanwhile. Questions are abstracts and
beginnings of titles of the library's own papers. A filter is measured the first time, when nothing
of it is known, and later; names and words to filter by are the commonest of some papers, so that
many have them. Then papers are imported one by one, each looked for at once, and removed again.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from corpus.library import Library
from corpus.paper import Filters, Paper, Query
from corpus.text.stopwords import ENGLISH
from tests.bench.speed.living import described, milliseconds
from tests.bench.speed.memory import resident

_WORDS = 6  # of a short question
_COMMONEST = 3  # names, and words of titles, that are filtered by
_SHOWN = range(5)
_WORD = re.compile(r"[^\W\d_]{3,}")


def main() -> None:
    """Print what was measured, an object a line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--library", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--questions", type=int, default=60, metavar="N")
    parser.add_argument("--rounds", type=int, default=12, metavar="N")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.library.parent) as name:
        copy = shutil.copytree(given.library, Path(name) / "library")
        with Library(copy) as library:
            began = time.perf_counter()
            library.warm(chinese=False)
            took = time.perf_counter() - began
            papers = library.state().papers
            print(json.dumps({"papers": papers, "warm_s": round(took, 2)}))
            sample = sampled(library, given.questions)
            lives = lived(library, Path(name), given.rounds)
            for found in itertools.chain(asked(library, sample), lives):
                print(json.dumps(found, ensure_ascii=False), flush=True)
            print(json.dumps({"measured": "memory", **resident()._asdict()}))


def sampled(library: Library, count: int) -> list[Paper]:
    """Papers with abstracts, from the whole of the library."""
    step = max(1, library.newest() // (2 * count))
    found = map(library.paper, range(1, library.newest(), step))
    return [paper for paper in found if len(paper.abstract) > 200][:count]


def asked(library: Library, papers: Sequence[Paper]) -> Iterator[dict[str, object]]:
    """Questions without a filter, and the short ones with each."""
    abstracts = [paper.abstract[:-3] for paper in papers]
    short = [" ".join(paper.title.split()[:_WORDS]) for paper in papers]
    for texts in (abstracts, short):  # once before, so that pages of files are there
        took(library, texts)
    yield described("abstracts", took(library, abstracts))
    alone = took(library, short)
    yield described("short", alone)
    usual = statistics.median(alone)
    for name, filters in filtered(papers):
        first, *later = took(library, short, filters)
        yield {
            "measured": name,
            "first_ms": round(first, 1),
            "median_ms": round(statistics.median(later), 1),
            "of_unfiltered": round(statistics.median(later) / usual, 2),
        }


def filtered(papers: Sequence[Paper]) -> Iterator[tuple[str, Filters]]:
    """A filter of each kind, by what many papers have."""
    years = sorted(paper.year for paper in papers if paper.year)
    if years:
        yield "from the middle year on", Filters(first_year=years[len(years) // 2])
    yield "language", Filters(language="en")
    titles = [
        word for paper in papers for word in dict.fromkeys(_WORD.findall(paper.title.lower()))
    ]
    yield "without the commonest word", Filters(without=tuple(commonest(titles, 1)))
    for journal in commonest((paper.journal for paper in papers), 1):
        yield f"journal: {journal}", Filters(journal=journal)
    names = [word for paper in papers for one in paper.authors for word in _WORD.findall(one)]
    for name in commonest(names, _COMMONEST):
        yield f"author: {name}", Filters(author=name)
    for word in commonest(titles, _COMMONEST):
        yield f"title: {word}", Filters(title=word)


def commonest(words: Iterable[str], count: int) -> list[str]:
    """So many of the words, but none that is empty or says nothing."""
    said = (word for word in words if word and word not in ENGLISH)
    return [word for word, _ in Counter(said).most_common(count)]


def lived(library: Library, folder: Path, rounds: int) -> Iterator[dict[str, object]]:
    """Papers imported one by one, each found by the next question, and removed."""
    added, seen, removed, missed = ([] for _ in range(4))
    for place in range(rounds):
        word = f"quorvex{'x' * place}"
        file = folder / f"{place}.jsonl"
        paper = {"id": word, "title": f"The {word} at work", "abstract": f"A {word} was seen."}
        file.write_text(json.dumps(paper), encoding="utf-8")
        added.append(milliseconds(lambda file=file: library.add([file])))  # type: ignore[misc]
        seen += took(library, [f"the {word}"])
        found = library.find(Query(text=word)).hits
        assert [one.paper.source_id for one in found[:1]] == [word], "the new paper is not found"
        id = found[0].paper.id
        removed.append(milliseconds(lambda id=id: library.remove(id)))  # type: ignore[misc]
        missed += took(library, [f"the {word}"])
        assert not library.find(Query(text=word)).hits, "the removed paper is found"
    yield described("one paper is imported", added)
    yield described("the next question finds it", seen)
    yield described("it is removed", removed)
    yield described("the next question finds nothing of it", missed)


def took(library: Library, texts: Sequence[str], filters: Filters | None = None) -> list[float]:
    """Milliseconds of each question, with the extracts of its first page."""
    queries = [Query(text=text, filters=filters or Filters(), shown=_SHOWN) for text in texts]
    return [milliseconds(lambda query=query: library.find(query)) for query in queries]  # type: ignore[misc]


if __name__ == "__main__":
    main()
