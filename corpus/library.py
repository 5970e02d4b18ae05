"""The door: put papers in, find similar ones."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray
from platformdirs import user_cache_path

from corpus import demo, identity, readers
from corpus.engines.local import LocalEngine
from corpus.errors import LibraryMissing, PaperNotFound, UnreadableFile
from corpus.paper import Counts, Extract, Filters, Hit, Paper, Query, Results
from corpus.readers import Record, Skipped
from corpus.store import State, Store, Writer
from corpus.text import segment
from corpus.text.language import guess_language, language_code
from corpus.text.repair import repair
from corpus.text.terms import terms
from corpus.text.terms import version as text_version
from corpus.text.why import Why

DATABASE = "papers.db"
INDEX = "index"

Progress = Callable[[str, Path | None, int], None]
"""Called with `reading` or `indexing`, the file, and how many records or papers are done."""


_NOT_SHOWN: tuple[Extract, tuple[str, ...]] = (Extract(""), ())


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the report says of one record: why it was skipped, or what it merged with."""

    file: Path
    record: int
    line: int
    reason: str
    paper: int | None = None


@dataclass(slots=True)
class ImportReport:
    """What an import did: how many records were added or known already, which merged or skipped.

    `failed` are whole files that were left out, with the reason; nothing of them is kept.
    """

    added: int = 0
    known: int = 0
    without_abstract: int = 0
    papers: int = 0
    formats: dict[Path, str] = field(default_factory=dict)
    merged: list[Remark] = field(default_factory=list)
    skipped: list[Remark] = field(default_factory=list)
    failed: dict[Path, str] = field(default_factory=dict)

    @property
    def kept(self) -> int:
        """How many records the library now has, whether by this import or before it."""
        return self.added + self.known + len(self.merged)


class Library:
    """The papers of one folder: `papers.db`, and `index/` beside it. Used by many threads."""

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Open the library in `folder`.

        Raises `LibraryMissing` where there is none, unless `create`; `LibraryDamaged` where its
        file cannot be used.
        """
        if not create and not (folder / DATABASE).is_file():
            raise LibraryMissing(f"there is no library in {folder}")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryMissing(f"{folder} cannot be made: {error.strerror}") from error
        self.folder = folder
        self._store = Store(folder / DATABASE)
        self._engine = LocalEngine(folder / INDEX, self._store)

    @classmethod
    def demo(cls) -> Self:
        """The demo corpus, in a folder of its own in the user's cache: made once, then opened."""
        name = f"demo-{demo.fingerprint()}-{text_version()}"
        folder = user_cache_path("similit", appauthor=False) / name
        segment.remember(demo.segmented())
        if not (folder / DATABASE).is_file():
            try:
                folder.parent.mkdir(parents=True, exist_ok=True)
                made = Path(tempfile.mkdtemp(prefix=".demo-", dir=folder.parent))
            except OSError:  # a home that cannot be written: this once, then
                folder = made = Path(tempfile.mkdtemp(prefix="similit-demo-"))
            with cls(made, create=True) as library:
                library.add([demo.PAPERS])
            if made != folder:
                try:
                    made.replace(folder)
                except OSError:  # another process was quicker
                    shutil.rmtree(made, ignore_errors=True)
        return cls(folder)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the library's files."""
        self._store.close()

    # Papers in

    def add(self, files: Sequence[Path], progress: Progress = lambda *_: None) -> ImportReport:
        """Import files of any known format: each wholly or, where it cannot be read, not at all.

        Nothing is kept, and nothing changes for others, until everything is read and indexed.
        """
        report = ImportReport()
        with self._store.writing() as writer:
            for file in files:
                part = ImportReport()
                try:
                    reader = readers.reader_for(file)
                    report.formats[file] = reader.name
                    source = str(file.resolve())
                    with writer.savepoint():
                        for record in readers.read(file, reader):
                            _put(writer, file, source, record, part)
                            progress("reading", file, part.kept + len(part.skipped))
                except UnreadableFile as error:
                    report.failed[file] = str(error)
                    continue
                report.added += part.added
                report.known += part.known
                report.without_abstract += part.without_abstract
                report.merged += part.merged
                report.skipped += part.skipped
            if writer.changed:
                self._engine.index(writer, lambda done: progress("indexing", None, done))
        self._engine.tidy()
        report.papers = self._store.state().papers
        return report

    # Papers out

    def find(self, query: Query) -> Results:
        """The papers most similar to the question, each with an extract that shows why.

        A text that is a paper of this library (its number, DOI, PMID, title or abstract) asks
        for that paper's neighbours. Raises `PaperNotFound` where it names one that is not here.
        """
        began = time.perf_counter()
        with self._store.snapshot() as state:
            seed = self._seed(query)
            text = seed.searchable if seed else query.text
            asked = terms(text)
            ranker = self._engine.ranker(state.version)
            ranking = ranker.rank(
                asked,
                query.top,
                self._allowed(query.filters, state),
                seed.id if seed else 0,
            )
            papers = self._store.papers(ranking.ids.tolist())
            weights = ranker.weights(asked)
        language = guess_language(query.text) if seed is None else _language_of(seed)
        why = Why(text, asked, weights, chinese=(query.reader or language) == "zh")
        shown = range(len(papers)) if query.shown is None else query.shown
        hits = tuple(
            Hit(rank=place + 1, paper=paper, score=score, extract=extract, terms=words)
            for place, (paper, score) in enumerate(
                zip(papers, ranking.scores.tolist(), strict=True)
            )
            for extract, words in (why.shown(paper) if place in shown else _NOT_SHOWN,)
        )
        return Results(
            query=query,
            language=language,
            seed=seed,
            hits=hits,
            matched=ranking.matched,
            # Where filters left nothing of what was found, unknown words are not the reason.
            unknown=() if hits or (weights and query.filters) else why.unknown(),
            milliseconds=(time.perf_counter() - began) * 1000,
            papers=state.papers,
            version=state.version,
        )

    def rank(self, text: str, top: int, *, without: str = "") -> list[tuple[str, float]]:
        """The `top` papers for `text` taken as mere text: their own ids and scores, best first.

        A paper without an id of its own goes by its number. `without` is a source id whose papers
        are left out. For measuring ranking alone.
        """
        with self._store.snapshot() as state:
            out = set(self._store.with_source_id(without)) if without else set()
            ranker = self._engine.ranker(state.version)
            ranking = ranker.rank(terms(text), top + len(out))
            found = [
                (id, score)
                for id, score in zip(ranking.ids.tolist(), ranking.scores.tolist(), strict=True)
                if id not in out
            ][:top]
            names = self._store.source_ids([id for id, _ in found])
        return [(names[id] or str(id), score) for id, score in found]

    def _seed(self, query: Query) -> Paper | None:
        if query.like is not None:
            return self.paper(query.like)
        named = identity.reference(query.text)
        if named is not None:
            seed = self._store.named(named)
            if seed is None:
                sign = "#" if named.kind == "number" else f"{named.kind}:"
                raise PaperNotFound(f"{sign}{named.value}")
            return seed
        return self._store.reading_as(query.text)

    def _allowed(self, filters: Filters, state: State) -> NDArray[np.bool_] | None:
        if not filters:
            return None
        ranker = self._engine.ranker(state.version)
        wanted = dataclasses.replace(filters, language=language_code(filters.language))
        allowed = ranker.flags(self._store.matching(wanted))
        for word in filters.without:
            allowed &= ~ranker.holding(terms(word))
        return allowed

    def paper(self, id: int) -> Paper:
        """The paper with this number. Raises `PaperNotFound`."""
        found = self._store.paper(id)
        if found is None:
            raise PaperNotFound(f"#{id}")
        return found

    def named(self, text: str) -> Paper:
        """The paper that `text` is: a number, DOI, PMID, title or abstract, a record's own id, or
        else the first whose title has it. Raises `PaperNotFound`.
        """
        reference = identity.reference(text)
        found = self._store.named(reference) if reference else self._store.reading_as(text)
        if found is None and len(own := self._store.with_source_id(text.strip())) == 1:
            found = self._store.paper(own[0])
        if found is None and reference is None and text.strip():
            found = next(iter(self._store.titled(text.strip(), 1)), None)
        if found is None:
            raise PaperNotFound(text.strip())
        return found

    def titled(self, beginning: str, limit: int = 25) -> list[Paper]:
        """Up to `limit` papers whose title has this in it."""
        return self._store.titled(beginning, limit)

    # The library itself

    def warm(self, *, chinese: bool = True) -> None:
        """Load everything now that the first question would otherwise wait for."""
        with self._store.snapshot() as state:
            self._engine.ranker(state.version)
        self._engine.compile()
        if chinese:
            segment.load()

    def state(self) -> State:
        """The name of the present state of the papers, and how many there are."""
        return self._store.state()

    def counts(self) -> Counts:
        """How many papers there are, and of what kind."""
        return self._store.counts()

    def index_status(self) -> str:
        """Whether the index is `current`, `missing` or `torn`."""
        return self._engine.status(self._store.version())


def _language_of(paper: Paper) -> str:
    return paper.language or guess_language(f"{paper.title}\n{paper.abstract}")


def _put(
    writer: Writer, file: Path, source: str, record: Record | Skipped, report: ImportReport
) -> None:
    if isinstance(record, Skipped):
        report.skipped.append(Remark(file, record.number, record.line, record.reason))
        return
    mended = repair(record.paper)
    kind, paper = writer.put(record.paper, mended, source)
    if kind == "known":
        report.known += 1
        return
    if kind == "added":
        report.added += 1
        report.without_abstract += not mended.abstract
    else:
        reason = f"the same paper as #{paper}"
        report.merged.append(Remark(file, record.number, record.line, reason, paper))
