"""Ranking in this process, over an index in the library's own folder."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import numpy as np

from corpus.changes import Changes
from corpus.engines.analysing import terms_of_each
from corpus.engines.folder import Found, IndexFolder
from corpus.engines.indexing import Indexing
from corpus.engines.merging import Merging
from corpus.errors import LibraryDamaged
from corpus.ranking import parts
from corpus.ranking.bm25 import WORTH_COMPILING, Ranker
from corpus.ranking.builder import Builder
from corpus.ranking.postings import Postings
from corpus.store import Store
from corpus.text.terms import words

_log = logging.getLogger(__name__)

_LARGE = 1 << 15
"""Papers from which on an index is too large to be written anew with every change."""
_TAIL = 1 << 10
"""Papers of a tail that are worth merging into the base in the background …"""
_LONGEST = 1 << 12
"""… and those that an import merges itself."""


class LocalEngine:
    """BM25 over the papers of `store`, its index kept in `folder`."""

    def __init__(self, folder: Path, store: Store) -> None:
        self._folder = IndexFolder(folder)
        self._store = store
        self._opening = threading.Lock()
        self._ranker: tuple[str, Ranker] | None = None
        self._compiled = False
        self._merging = Merging(self._folder)
        self._written = False  # whether a whole index was, since this was last tidied

    def compile(self) -> None:
        """Use compiled code from now on, where it pays: loading it takes a second."""
        self._compiled = True
        if self._ranker is not None:
            self._prepare(self._ranker[1])

    def _prepare(self, ranker: Ranker) -> None:
        if self._compiled and ranker.postings >= WORTH_COMPILING:
            ranker.compile()

    def indexing(self) -> Indexing:
        """What takes the texts of papers that change."""
        return Indexing(self._folder)

    def ranker(self, version: str) -> Ranker:
        """What ranks the papers as they are in the store's state `version`.

        Called within a snapshot of that state, from which a missing index is rebuilt.
        """
        current = self._ranker
        if current is None or current[0] != version:
            with self._opening:
                current = self._ranker
                if current is None or current[0] != version:
                    ranker = self._open(version)
                    self._prepare(ranker)
                    current = self._ranker = (version, ranker)
        return current[1]

    def _open(self, version: str) -> Ranker:
        found = self._folder.find(version)
        if found is None:
            return Ranker(self._rebuild(version))
        gone = found.base.numbers_of(np.unique(found.tail.gone))
        return Ranker(found.base, found.tail.postings, gone)

    def index(self, changes: Changes, indexing: Indexing) -> None:
        """Write the index of the state that `changes` are about to commit.

        `indexing` has taken the text of every paper that they added or changed. Raises
        `LibraryDamaged` where it cannot be written.
        """
        older = None
        if changes.base_version and changes.base_state:
            older = self._folder.find(changes.base_version)
        known = older is not None or (changes.base_version and changes.base_state == 0)
        try:
            if older is not None and self._fits(older, changes, indexing):
                came = indexing.built(changes.removed)
                tail = parts.further(older.tail, changes.version, came, changes.removed, older.last)
                parts.write(tail, self._folder.tail(changes.version))
                return
            self._written = True
            path = self._folder.whole(changes.version)
            base = changes.base_version if older else ""
            if known and indexing.write(path, base, changes.removed):
                return
            self._builder().write(path)
        except OSError as error:
            raise LibraryDamaged(f"{self._folder.path} cannot be written: {error}") from error

    def _fits(self, older: Found, changes: Changes, indexing: Indexing) -> bool:
        """Whether what changes is to stand in a tail."""
        tail = len(older.tail.postings.ids) + len(older.tail.gone)
        more = indexing.mark() + len(changes.removed)
        return len(older.base.ids) >= _LARGE and indexing.alone and tail + more <= _LONGEST

    def tidy(self) -> None:
        """Remove the indexes of states that are gone, and begin what a large one needs."""
        version = self._store.version()
        self._folder.tidy(version)
        found = self._folder.find(version)
        if found is not None:
            long = len(found.tail.postings.ids) + len(found.tail.gone) >= _TAIL
            new = self._written and len(found.base.postings) >= WORTH_COMPILING
            if long or new:
                self._merging.begin(version)
        self._written = False

    def status(self, version: str) -> str:
        """`current`, `missing` or `torn`: the index of this state of the papers."""
        return self._folder.status(version)

    def _rebuild(self, of: str) -> Postings:
        papers = self._store.state().papers
        if papers:
            _log.warning("building the index of %d papers: it is missing, or rules changed", papers)
        try:
            self._builder().write(self._folder.whole(of))
        except OSError as error:
            _log.warning("the index cannot be kept, so every start builds it again: %s", error)
            return self._built()
        self._folder.tidy(self._store.version())
        found = self._folder.find(of)
        return found.base if found else self._built()

    def _built(self) -> Postings:
        return self._builder().build()

    def _builder(self) -> Builder:
        """What has taken every paper."""
        builder = Builder(terms_of_each, self._folder.path)
        for paper in self._store.every():
            builder.add(paper.id, words(paper.indexed))
        return builder
