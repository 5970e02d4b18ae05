"""The main job over the 33,221 papers of `pubmed`: importing them, ranking, answering.

    python -m tests.bench.pubmed [--json]

Questions are 200 whole abstracts. Ranking alone is compared with rank-bm25's own `get_scores` on
the same terms in the same run; `Library.find` is taken apart into where its time goes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from rank_bm25 import BM25Okapi

from corpus.library import Library
from corpus.paper import Query
from corpus.text.terms import terms
from corpus.text.why import Why
from tests.data import DATA

QUESTIONS = 200
ORACLE_QUESTIONS = 10  # rank-bm25 takes over a second each


def timed(call: Callable[[Any], object], over: Sequence[Any]) -> list[float]:
    """Milliseconds of each call."""
    took = []
    for one in over:
        began = time.perf_counter()
        call(one)
        took.append((time.perf_counter() - began) * 1000)
    return took


def summary(took: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile."""
    ordered = sorted(took)
    return {
        "median_ms": round(statistics.median(ordered), 3),
        "p95_ms": round(ordered[int(len(ordered) * 0.95)], 3),
    }


def size(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def questions(file: Path) -> list[str]:
    """Whole abstracts, evenly from the file, less their last words so that none is recognised."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        papers = [json.loads(line) for line in lines]
    long = [paper for paper in papers if len(paper["abstract"]) > 400]
    step = len(long) // QUESTIONS
    chosen = long[::step][:QUESTIONS]
    return [f"{paper['title']} {paper['abstract'].rsplit(' ', 3)[0]}" for paper in chosen]


def measure(file: Path, folder: Path) -> dict[str, Any]:
    """Everything, as one object."""
    library = Library(folder, create=True)
    began = time.perf_counter()
    report = library.add([file])
    imported = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    asked = questions(file)
    library.warm(chinese=False)
    with library._store.snapshot() as state:
        ranker = library._engine.ranker(state.version)
        documents = [terms(paper.searchable) for paper in library._store.every()]
    queries = [terms(text) for text in asked]
    for query in queries:
        ranker.rank(query, 20)
    ranking = timed(lambda query: ranker.rank(query, 20), queries)
    whole = timed(lambda text: library.find(Query(text=text)), asked)
    whole = timed(lambda text: library.find(Query(text=text)), asked)
    whole = timed(lambda text: library.find(Query(text=text)), asked)
    page = timed(lambda text: library.find(Query(text=text, shown=range(5))), asked)
    found = [ranker.rank(query, 20).ids.tolist() for query in queries]
    parts = {
        "terms": timed(terms, asked),
        "ranking": ranking,
        "fetching": timed(library._store.papers, found),
        "extracts": [
            sum(timed(why.shown, papers))
            for why, papers in (
                (
                    Why(text, query, ranker.weights(query), chinese=False),
                    library._store.papers(ranker.rank(query, 20).ids.tolist()),
                )
                for text, query in zip(asked, queries, strict=True)
            )
        ],
    }
    oracle = BM25Okapi(documents)
    theirs = timed(oracle.get_scores, queries[:ORACLE_QUESTIONS])
    ours = timed(lambda query: ranker.rank(query, 20), queries[:ORACLE_QUESTIONS])
    return {
        "papers": report.papers,
        "import_s": round(imported, 1),
        "library_mb": round(size(folder) / 1e6, 1),
        "import_peak_mb": round(peak),
        "ranking": summary(ranking),
        "rank_bm25": summary(theirs),
        "rank_bm25_over_ours": round(statistics.median(theirs) / statistics.median(ours)),
        "find": summary(whole),
        "find_first_page": summary(page),
        "of_which": {name: summary(took) for name, took in parts.items()},
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    file = DATA / "pubmed" / "corpus.jsonl.gz"
    if not file.is_file():
        raise SystemExit(f"{file} is not there: set SIMILIT_DATA")
    with tempfile.TemporaryDirectory() as folder:
        found = measure(file, Path(folder))
    if given.json:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:22}{value}")


if __name__ == "__main__":
    main()
