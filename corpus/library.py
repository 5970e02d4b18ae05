"""The door: put papers in, find similar ones."""

from __future__ import annotations

import gc
import shutil
import tempfile
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from platformdirs import user_cache_path

from corpus import demo, identity, imports, readers, schema
from corpus.browsing import Browsing
from corpus.changes import Undone
from corpus.engines.local import LocalEngine
from corpus.errors import LibraryMissing, PaperNotFound
from corpus.intake import ImportReport, Intake, Progress, Remark
from corpus.paper import Counts, Filters, Paper, Query, Results
from corpus.readers import Record, Skipped
from corpus.search import Search
from corpus.sieve import Sieve
from corpus.store import State, Store
from corpus.text import segment
from corpus.text.glossary import Glossary
from corpus.text.glossary import read as read_glossary
from corpus.text.terms import version as text_version
from corpus.writers import writer_named

if TYPE_CHECKING:
    from corpus.sources.http import Access

__all__ = ["ImportReport", "Library", "Progress", "Remark", "Undone"]

DATABASE = "papers.db"
INDEX = "index"
SPOOL = "fetch"


_AT_ONCE = 500


class Fetched(NamedTuple):
    """What came of a fetch: the report of its import, the identifiers that the service does not
    know, and how many papers it has for the query in all, where it says so.
    """

    report: ImportReport
    missing: list[str]
    total: int | None


class Library:
    """The papers of one folder: `papers.db`, and `index/` beside it. Used by many threads."""

    def __init__(self, folder: Path, *, create: bool = False, glossary: Path | None = None) -> None:
        """Open the library in `folder`; `glossary` is the host's own, beside the built-in ones.

        Raises `LibraryMissing` where there is none, unless `create`; `LibraryDamaged` where its
        file cannot be used; `BadGlossary`.
        """
        if not create and not (folder / DATABASE).is_file():
            raise LibraryMissing(f"there is no library in {folder}")
        self._glossary = Glossary(read_glossary(glossary) if glossary else None)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryMissing(f"{folder} cannot be made: {error.strerror}") from error
        self.folder = folder
        self._store = Store(folder / DATABASE)
        self._engine = LocalEngine(folder / INDEX, self._store)
        self._sieve = Sieve(folder / INDEX, self._store)
        self._search = Search(self._store, self._engine, self._glossary, self._sieve)
        self.browsing = Browsing(self._store)

    @classmethod
    def demo(cls) -> Self:
        """The demo corpus, in a folder of its own in the user's cache: made once, then opened."""
        # Of another version, whose tables this one would change, each has its own.
        name = f"demo-{demo.fingerprint()}-{text_version()}-{schema.version()}"
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

    def add(
        self,
        files: Sequence[Path],
        progress: Progress = lambda *_: None,
        *,
        format: str = "",
        encoding: str = "",
        dry_run: bool = False,
    ) -> ImportReport:
        """Import files of any known format: each wholly or, where it cannot be read, not at all.

        Nothing is kept, and nothing changes for others, until everything is read and indexed;
        `dry_run` keeps nothing even then. Formats and encodings are found by content, unless
        they are given. Raises `UnknownFormat` where there is none of that name.
        """
        if format:
            readers.reader_named(format)
        with self._importing(progress, dry_run) as intake:
            for file in files:
                intake.take_file(file, format, encoding)
        return self._reported(intake)

    def take(
        self,
        source: str,
        records: Iterable[Record | Skipped],
        progress: Progress = lambda *_: None,
        *,
        dry_run: bool = False,
    ) -> ImportReport:
        """Import records that came from `source` by another way than a file: all or none.

        Raises `UnreadableFile` where reading them fails.
        """
        with self._importing(progress, dry_run) as intake:
            intake.take(Path(source), source, records)
        return self._reported(intake)

    def fetch(
        self,
        source: str,
        query: str,
        *,
        ids: Iterable[str] = (),
        since: date | None = None,
        most: int | None = None,
        access: Access | None = None,
        progress: Progress = lambda *_: None,
    ) -> Fetched:
        """Import what a service on the network finds, or knows under these identifiers.

        A fetch that was interrupted goes on where it was. Raises `NothingAsked` where there is
        nothing to ask for, `SourceUnavailable` where the service does not answer: what came until
        then is kept for the next time, and nothing of it is imported.
        """
        import asyncio

        from corpus.sources import source_named
        from corpus.sources.fetching import fetch

        service = source_named(source)
        request = service.request(query, ids=ids, since=since, most=most)

        def fetched(done: int, _expected: int | None) -> None:
            progress("fetching", Path(service.title), done)

        folder = self.folder / SPOOL
        with asyncio.run(fetch(service, request, folder, access=access, progress=fetched)) as spool:
            missing = [*request.unknown, *spool.missing()]
            report = self.take(service.name, spool.records(), progress)
            spool.discard()
        return Fetched(report, missing, None if request.ids else spool.total)

    def look_up(
        self, source: str, ids: Iterable[str], *, access: Access | None = None
    ) -> tuple[list[Paper], list[str]]:
        """The papers that a service knows under these identifiers, and which it does not know.

        Nothing is imported. Raises `NothingAsked` and `SourceUnavailable`.
        """
        import asyncio

        from corpus.sources import source_named
        from corpus.sources.fetching import fetch

        service = source_named(source)
        request = service.request(ids=ids)
        folder = self.folder / SPOOL
        with asyncio.run(fetch(service, request, folder, access=access)) as spool:
            found = [one.paper for one in spool.records() if isinstance(one, Record)]
            missing = [*request.unknown, *spool.missing()]
            spool.discard()
        return found, missing

    @contextmanager
    def _importing(self, progress: Progress, dry_run: bool) -> Iterator[Intake]:
        with (
            self._store.changing() as changes,
            self._engine.indexing() as indexing,
            _without_collecting(),
        ):
            intake = Intake(changes, None if dry_run else indexing, progress)
            yield intake
            if dry_run:
                changes.discard()
            elif changes.changed:
                changes.note(intake.sources)
                progress("indexing", None, intake.report.kept)
                self._engine.index(changes, indexing)
        self._engine.tidy()
        self._sieve.tidy()

    def _reported(self, intake: Intake) -> ImportReport:
        intake.report.papers = self._store.state().papers
        return intake.report

    def undo(self) -> Undone | None:
        """Take the last import back; None where there is none.

        Its papers go, and papers that it merged something into are as they were before.
        """
        with self._store.changing() as changes, self._engine.indexing() as indexing:
            found = changes.undo()
            if found is None:
                return None
            undone, restored = found
            for paper in restored:
                indexing.take(paper.id, paper.indexed)
            self._engine.index(changes, indexing)
        self._engine.tidy()
        return undone

    def remove(self, id: int) -> Paper:
        """Remove the paper with this number, and give it back. Raises `PaperNotFound`.

        Importing its record again brings it back, under another number.
        """
        with self._store.changing() as changes, self._engine.indexing() as indexing:
            paper = self.paper(id)
            changes.remove([id])
            self._engine.index(changes, indexing)
        self._engine.tidy()
        return paper

    def every(self, filters: Filters) -> Generator[Paper]:
        """The papers that `filters` allow, by number: those of the moment when the first comes."""
        with self._store.snapshot() as state:
            allowed = self._search.allowed(filters, state)
            if allowed is None:
                yield from self._store.every()
                return
            ids = self._search.ids(allowed, state)
            for start in range(0, len(ids), _AT_ONCE):
                yield from self._store.papers(ids[start : start + _AT_ONCE])

    def export(self, papers: Iterable[Paper], format: str) -> Iterator[str]:
        """`papers` in a format that other tools read: text in pieces.

        Raises `UnknownFormat`.
        """
        return writer_named(format).write(papers)

    def suffix(self, format: str) -> str:
        """How the names of files in this format end. Raises `UnknownFormat`."""
        return writer_named(format).suffix

    def copy(self, path: Path) -> None:
        """A copy of `papers.db` as it is now, in the file `path`; nobody waits for it."""
        self._store.copy(path)

    def replace(self, path: Path) -> None:
        """Make the papers those of a copy that `copy` made: all at once, whoever asks meanwhile.

        Raises `LibraryDamaged` where `path` is no such copy.
        """
        with self._store.replacing(path) as changes, self._engine.indexing() as indexing:
            self._engine.index(changes, indexing)
        self._engine.tidy()

    # Papers out

    def find(self, query: Query) -> Results:
        """The papers most similar to the question, each with an extract that shows why.

        A text that is a paper of this library (its number, DOI, PMID, title or abstract) asks
        for that paper's neighbours. Raises `PaperNotFound` where it names one that is not here, and
        `Cancelled` where nobody waits any more (`corpus.stopping.until`).
        """
        return self._search.find(query)

    def rank(self, text: str, top: int, *, without: str = "") -> list[tuple[str, float]]:
        """The `top` papers for `text` taken as mere text: their own ids and scores, best first.

        A paper without an id of its own goes by its number. `without` is a source id whose papers
        are left out. For measuring ranking alone.
        """
        return self._search.rank(text, top, without=without)

    def paper(self, id: int) -> Paper:
        """The paper with this number. Raises `PaperNotFound`."""
        return self._search.paper(id)

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
            self._sieve.prepare(state)
        self._engine.compile()
        self._sieve.compile()
        if chinese:
            segment.load()
            self._glossary.load()

    def state(self) -> State:
        """The name of the present state of the papers, and how many there are."""
        return self._store.state()

    def newest(self) -> int:
        """The greatest number that a paper here has ever had: later papers have greater ones."""
        return self._store.newest()

    def counts(self) -> Counts:
        """How many papers there are, and of what kind."""
        return self._store.counts()

    def last_import(self) -> imports.Imported | None:
        """The last import that has not been taken back, None where there is none."""
        return imports.last(self._store.connection)

    def index_status(self) -> str:
        """Whether the index is `current`, `missing` or `torn`."""
        return self._engine.status(self._store.version())


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Thousands of records make no cycles, and looking for some takes a sixth of an import."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
