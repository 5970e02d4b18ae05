"""Ranking in this process, over an index in the library's own folder.

The index is one file, named after the state of the papers and the version of the text rules it
was made from, and put in place by one rename: a file that has the right name and is whole is
right, and anything else is made anew from the store.
"""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from pathlib import Path

from corpus.changes import Changes
from corpus.engines.indexing import Indexing, read
from corpus.errors import LibraryDamaged
from corpus.ranking import postings
from corpus.ranking.bm25 import Ranker
from corpus.ranking.postings import Builder, Postings
from corpus.store import Store
from corpus.text.terms import terms_of, version, words

_log = logging.getLogger(__name__)

_ABANDONED = 3600.0  # seconds after which an unfinished index is a killed process's


class LocalEngine:
    """BM25 over the papers of `store`, its index kept in `folder`."""

    def __init__(self, folder: Path, store: Store) -> None:
        self._folder = folder
        self._store = store
        self._opening = threading.Lock()
        self._ranker: tuple[str, Ranker] | None = None
        self._compiled = False

    def compile(self) -> None:
        """Use compiled code from now on: worth a second of loading where many questions come."""
        self._compiled = True
        if self._ranker is not None:
            self._ranker[1].compile()

    def ranker(self, version: str) -> Ranker:
        """What ranks the papers as they are in the store's state `version`.

        Called within a snapshot of that state, from which a missing index is rebuilt.
        """
        current = self._ranker
        if current is None or current[0] != version:
            with self._opening:
                current = self._ranker
                if current is None or current[0] != version:
                    ranker = Ranker(read(self._path(version)) or self._rebuild(version))
                    if self._compiled:
                        ranker.compile()
                    current = self._ranker = (version, ranker)
        return current[1]

    def index(self, changes: Changes, indexing: Indexing) -> None:
        """Write the index of the state that `changes` are about to commit.

        `indexing` has taken the text of every paper that they added or changed. Raises
        `LibraryDamaged` where it cannot be written.
        """
        base: Path | None = self._path(changes.base_version)
        path = self._path(changes.version)
        if changes.base_state == 0:
            base = None
        known = changes.base_version and (base is None or read(base) is not None)
        try:
            if known and indexing.write(path, base, changes.removed):
                return
            postings.write(self._built(), path)
        except OSError as error:
            raise LibraryDamaged(f"{self._folder} cannot be written: {error}") from error

    def tidy(self) -> None:
        """Remove the indexes of states that are gone. One that is still open stays until closed."""
        for path in self._folder.glob(f"{postings.UNFINISHED}*"):
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > _ABANDONED:
                    path.unlink()
        version = self._store.version()
        current = self._path(version)
        for path in self._folder.glob("*.postings"):
            # A later state's index is in place before that state is.
            if path != current and _number(path.name) <= _number(version):
                try:
                    path.unlink()
                except OSError as error:
                    _log.debug("%s stays for now: %s", path, error)

    def status(self, version: str) -> str:
        """`current`, `missing` or `torn`: the index of this state of the papers."""
        try:
            postings.read(self._path(version))
        except postings.TornIndex:
            return "torn"
        except OSError:
            return "missing"
        return "current"

    def _path(self, of: str) -> Path:
        return self._folder / f"{of}.{version()}.postings"

    def _rebuild(self, of: str) -> Postings:
        papers = self._store.state().papers
        if papers:
            _log.warning("building the index of %d papers: it is missing, or rules changed", papers)
        built = self._built()
        try:
            postings.write(built, self._path(of))
        except OSError as error:
            _log.warning("the index cannot be kept, so every start builds it again: %s", error)
        else:
            self.tidy()
        return built

    def _built(self) -> Postings:
        builder = Builder(terms_of)
        for paper in self._store.every():
            builder.add(paper.id, words(paper.indexed))
        return builder.build()


def _number(version: str) -> int:
    """Which in the row of states this version names."""
    first = version.split("-", maxsplit=1)[0]
    return int(first) if first.isdecimal() else 0
