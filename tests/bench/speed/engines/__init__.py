"""The engines: which there are, what each can be asked, and how one is built and opened.

Each module here has `build(corpus, folder)`, which makes its index, and `Engine(folder, how)`,
which opens it and answers: `answer(question)` are the numbers of the `TOP` best papers.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import sqlite3
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from tests.bench.speed.questions import ABSTRACTS, ALL_WORDS, FILTERED, FIVE, SETS, Question

_USUAL = frozenset({ABSTRACTS, ALL_WORDS, FIVE, FILTERED})
_SQLITE = "sqlite"
_ROOT = Path(__file__).resolve().parents[4]


class Engine(Protocol):
    """What answers."""

    def answer(self, question: Question) -> list[int]:
        """The numbers of the best papers, best first."""


class Kind(NamedTuple):
    """One engine: whose index it reads, and how.

    `package` is what it is installed by, "" of ours; `most` are the papers that it can bear.
    """

    module: str
    about: str
    how: str = ""
    package: str = ""
    sets: frozenset[str] = _USUAL
    most: float = float("inf")
    only_real: bool = False

    @property
    def peer(self) -> bool:
        """Whether it is somebody else's."""
        return bool(self.package)

    def folder(self) -> str:
        """The name of its index, which says what it was made by."""
        return f"{self.module}-{self.version() or _ours()}"

    def version(self) -> str:
        """Of somebody else's, its version. Raises `ImportError` where it is not installed."""
        if self.package == _SQLITE:
            return sqlite3.sqlite_version
        return metadata.version(self.package) if self.package else ""

    def load(self) -> Any:
        """Its module. Raises `ImportError` where it is not installed."""
        return importlib.import_module(f"{__name__}.{self.module}")


SIMILIT = "similit"
LIBRARY = "similit-library"
ENGINES = {
    SIMILIT: Kind("similit", "ours: BM25 alone, compiled", how="compiled", sets=frozenset(SETS)),
    "similit-plain": Kind("similit", "ours without compiled code: the sum over all postings"),
    LIBRARY: Kind(
        "library",
        "the whole of ours: `Library.rank`, from the text, with glossary and feedback",
        sets=frozenset({ABSTRACTS}),
        only_real=True,
    ),
    "bm25s-numba": Kind("bm25s", "bm25s, numba", how="numba", package="bm25s"),
    "bm25s": Kind("bm25s", "bm25s, numpy", how="numpy", package="bm25s"),
    "tantivy": Kind("tantivy", "tantivy", package="tantivy"),
    "fts5": Kind("fts5", "SQLite FTS5", package=_SQLITE),
    "rank-bm25": Kind("rank_bm25", "rank-bm25", package="rank-bm25", most=100_000),
}


@functools.cache
def _ours() -> str:
    """A fingerprint of what makes our index: made by other code, it is made anew."""
    digest = hashlib.blake2b(digest_size=6)
    for file in sorted((_ROOT / "corpus").glob("ranking/*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
