"""The corpora: real papers, and synthetic ones of any number; what each paper holds how often.

A corpus is a folder of arrays that are read memory-mapped, made once. Terms are numbers; whoever
wants a word gets the term of the product, or, of a synthetic word, `t` and its number.
"""

from __future__ import annotations

import gzip
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from corpus.text.terms import terms, version
from tests.bench.speed import synthetic
from tests.data import DATA

Array = NDArray[Any]

REAL_FILES = tuple(DATA / name / "corpus.jsonl.gz" for name in ("pubmed", "scale"))
REAL_PAPERS = 93_221
COMMONEST = 50
"""How many words of the synthetic corpus stand for a stop list."""
_AT_ONCE = 10_000
_KINDS = {"sizes": np.int32, "terms": np.int32, "counts": np.int32}


class Corpus:
    """The papers in `folder`, numbered from 0.

    `starts` int64[N + 1]: of paper d, from `starts[d]` on, `terms` int32 are its distinct terms and
    `counts` int32 how often it has them; `frequencies` int64[V]: how many papers have each term.
    """

    def __init__(self, folder: Path) -> None:
        """Raises `OSError` where it was not made."""
        facts = json.loads((folder / "facts.json").read_text("utf-8"))
        self.folder = folder
        self.name: str = facts["name"]
        held = {name: _mapped(folder / name, kind) for name, kind in _KINDS.items()}
        self.terms, self.counts = held["terms"], held["counts"]
        self.starts = np.concatenate([[0], np.cumsum(held["sizes"], dtype=np.int64)])
        self.frequencies = np.load(folder / "frequencies.npy")

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __iter__(self) -> Iterator[list[int]]:
        """The terms of each paper, as often as it has them."""
        for first in range(0, len(self), _AT_ONCE):
            starts = self.starts[first : first + _AT_ONCE + 1]
            here = slice(starts[0], starts[-1])
            upto = np.concatenate([[0], np.cumsum(self.counts[here])])[starts - starts[0]]
            numbers = np.repeat(self.terms[here], self.counts[here]).tolist()
            for start, end in pairwise(upto.tolist()):
                yield numbers[start:end]

    @property
    def is_real(self) -> bool:
        """Whether people wrote these papers."""
        return self.name == "real"

    def of(self, paper: int) -> Array:
        """The distinct terms of a paper."""
        found: Array = self.terms[self.starts[paper] : self.starts[paper + 1]]
        return found

    def vocabulary(self) -> list[str]:
        """The word of each term."""
        if self.is_real:
            return list(json.loads((self.folder / "vocabulary.json").read_text("utf-8")))
        return [f"t{number}" for number in range(len(self.frequencies))]

    def stopped(self) -> Array:
        """Which terms a stop list would have left out: none of real papers, where one has."""
        return np.argsort(-self.frequencies)[: 0 if self.is_real else COMMONEST]

    def texts(self, papers: list[int]) -> list[str]:
        """What real papers say; nothing, of synthetic ones."""
        if not self.is_real:
            return [""] * len(papers)
        wanted = set(papers)
        found = {number: text for number, text in enumerate(real_texts()) if number in wanted}
        return [found[paper] for paper in papers]


def real_texts() -> Iterator[str]:
    """Title and abstract of every real paper."""
    for file in REAL_FILES:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                yield "\n".join(filter(None, (record.get("title"), record.get("abstract"))))


def corpus_of(papers: int, work: Path) -> Corpus:
    """The corpus of so many papers: the real one where it has just as many."""
    real = papers == REAL_PAPERS
    folder = work / (f"real-{version()}" if real else f"synthetic-{papers}")
    try:
        return Corpus(folder)
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        (_make_real if real else _make_synthetic)(folder, papers)
        return Corpus(folder)


def _make_synthetic(folder: Path, papers: int) -> None:
    with _Writer(folder) as writer:
        for block in synthetic.blocks(papers):
            writer.take(np.diff(block.starts), block.words, block.counts)
    writer.finish("synthetic", synthetic.WORDS)


def _make_real(folder: Path, papers: int) -> None:
    numbers: dict[str, int] = {}
    with _Writer(folder) as writer:
        for text in real_texts():
            held = Counter(numbers.setdefault(term, len(numbers)) for term in terms(text))
            often = np.array(sorted(held.items()), dtype=np.int32).reshape(-1, 2)
            writer.take(np.array([len(often)]), often[:, 0], often[:, 1])
    if writer.papers != papers:
        raise SystemExit(f"there are {writer.papers:,} real papers, not {papers:,}")
    vocabulary = json.dumps(list(numbers), ensure_ascii=False)
    (folder / "vocabulary.json").write_text(vocabulary, encoding="utf-8")
    writer.finish("real", len(numbers))


class _Writer:
    """Takes the papers of a corpus, some at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = {name: (folder / name).open("wb") for name in _KINDS}
        self.papers = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            file.close()

    def take(self, *arrays: Array) -> None:
        """Append to each of the arrays of `_KINDS`."""
        self.papers += len(arrays[0])
        for (name, kind), array in zip(_KINDS.items(), arrays, strict=True):
            self._files[name].write(np.ascontiguousarray(array, dtype=kind).data)

    def finish(self, name: str, vocabulary: int) -> None:
        """Write what says that everything is there."""
        held = _mapped(self._folder / "terms", np.int32)
        np.save(self._folder / "frequencies.npy", np.bincount(held, minlength=vocabulary))
        facts = json.dumps({"name": name, "papers": self.papers})
        (self._folder / "facts.json").write_text(facts, encoding="utf-8")


def _mapped(file: Path, kind: Any) -> Array:
    return np.memmap(file, dtype=kind, mode="r") if file.stat().st_size else np.empty(0, kind)
