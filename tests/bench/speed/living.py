"""A large index that lives: one paper more, and asking while its tail is merged.

    python -m tests.bench.speed.living --work FOLDER [--rounds N]

FOLDER is that of a run of `python -m tests.bench.speed`; the largest index in it is taken. What an
import does with the index of one paper more is timed (the store's part of it is not), and what the
next question does to see it; then questions while a process of its own merges the tail.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from corpus.engines.folder import Found, IndexFolder
from corpus.engines.merging import Merging
from corpus.ranking import parts
from corpus.ranking.bm25 import Ranker
from corpus.ranking.builder import Builder

_TAIL = 1_000
_ASKED = 60


def milliseconds(call: Callable[[], object]) -> float:
    """How long a call takes."""
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def described(name: str, took: Sequence[float]) -> dict[str, object]:
    """One object of the output: of how many the median, the 99th percentile and the longest."""
    return {
        "measured": name,
        "times": len(took),
        "median_ms": round(statistics.median(took), 2),
        "p99_ms": round(float(np.quantile(took, 0.99)), 2),
        "longest_ms": round(max(took), 2),
    }


def opened(folder: IndexFolder, state: str) -> Ranker:
    """What ranks this state, as the engine opens it."""
    found = folder.find(state)
    assert found is not None
    ranker = Ranker(found.base, found.tail.postings, found.base.numbers_of(found.tail.gone))
    ranker.compile()
    return ranker


def further(folder: IndexFolder, found: Found, state: str, papers: list[list[str]]) -> None:
    """What an import does with the index, of papers that come after all others."""
    builder = Builder()
    for number, terms in enumerate(papers, found.last + 1):
        builder.add(number, terms)
    came = builder.build()
    parts.write(parts.further(found.tail, state, came, [], found.last), folder.tail(state))


def main() -> None:
    """Print what was measured, an object a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=20)
    arguments = parser.parse_args()
    largest = max(arguments.work.rglob("postings"), key=lambda path: path.stat().st_size)
    random = np.random.default_rng(3)
    with tempfile.TemporaryDirectory(dir=largest.parent) as name:
        folder = IndexFolder(Path(name))
        folder.whole("1-first").symlink_to(largest)
        base = folder.find("1-first")
        assert base is not None
        size = len(base.base.ids)

        def paper() -> list[str]:
            """As many terms as another paper of the index has."""
            entries = base.base.forward_starts
            one = int(random.integers(size))
            held = base.base.forward[entries[one] : entries[one + 1]] >> np.uint32(8)
            return [base.base.term(int(term)) for term in held]

        questions = [dict.fromkeys(paper(), 1.0) for _ in range(_ASKED)]
        print(json.dumps({"papers": size, "index_mb": round(largest.stat().st_size / 1e6)}))
        further(folder, base, "2-tail", [paper() for _ in range(_TAIL)])
        ranker = opened(folder, "2-tail")
        for question in questions:
            ranker.rank(question, 20)
        adding, seeing = [], []
        for place in range(arguments.rounds):
            state = f"{place + 3}-more"
            found = folder.find("2-tail")
            assert found is not None
            new = paper()
            adding.append(milliseconds(lambda f=found, s=state, n=new: further(folder, f, s, [n])))  # type: ignore[misc]
            began = time.perf_counter()
            again = opened(folder, state)
            ids = again.rank(dict.fromkeys(new, 1.0), 20).ids.tolist()
            seeing.append((time.perf_counter() - began) * 1000)
            assert found.last + 1 in ids
        print(json.dumps(described("one paper more is written", adding)))
        print(json.dumps(described("the next question opens it and finds it", seeing)))
        alone = [milliseconds(lambda q=q: ranker.rank(q, 20)) for q in questions]  # type: ignore[misc]
        print(json.dumps(described("a question", alone)))
        merging = Merging(folder)
        began = time.perf_counter()
        merging.begin("2-tail")
        meanwhile = []
        while merging.going:
            question = questions[len(meanwhile) % _ASKED]
            meanwhile.append(milliseconds(lambda q=question: ranker.rank(q, 20)))  # type: ignore[misc]
        took = time.perf_counter() - began
        print(json.dumps(described("a question while the tail is merged", meanwhile)))
        assert folder.whole("2-tail").exists()
        print(json.dumps({"measured": "the merge", "seconds": round(took, 1)}))


if __name__ == "__main__":
    main()
