"""The papers themselves: one SQLite file, read by many threads, written by one at a time."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from corpus import identity, schema, topics
from corpus.changes import Changes
from corpus.errors import LibraryBusy, LibraryDamaged
from corpus.paper import Counts, Paper
from corpus.rows import SELECT, paper_of
from corpus.text.normalise import fold

_log = logging.getLogger(__name__)
_WAIT = 30.0  # seconds another process's import may hold the lock before we give up
_AT_ONCE = 500
_KB_READING = 16_000  # of pages that each thread's connection keeps in memory
_KB_WRITING = 64_000  # while it writes: pages of keys are written again and again otherwise
_PAGES = 1024  # copied at once: writers need not wait for the whole


class State(NamedTuple):
    """One state of the library: a name that no other state has, and how many papers it holds."""

    version: str
    papers: int


class Store:
    """The SQLite file `papers.db`. Every thread reads through a connection of its own."""

    def __init__(self, path: Path) -> None:
        """Open the file at `path`, made or brought up to date where needed.

        Raises `LibraryDamaged` where it is not a library or belongs to a newer Similit.
        """
        self.path = path
        self._local = threading.local()
        self._opened: list[sqlite3.Connection] = []
        self._opening = threading.Lock()
        self._writing = threading.RLock()
        try:
            db = self._db
            if (tables := db.table_names()) and "library" not in tables:
                self.close()
                raise LibraryDamaged(f"{path} is a database of something else")
            if pending := {one.name for one in schema.migrations.pending(db)}:
                db.enable_wal()
                # Of several that come at once one makes the tables, and the others find them made.
                db.execute("BEGIN IMMEDIATE")
                schema.migrations.apply(db)
                if "m003_topics" in pending:
                    topics.fill(db.conn)
                db.commit()
            unknown = schema.unknown(db)
        except sqlite3.DatabaseError as error:
            self.close()
            raise LibraryDamaged(f"{path} cannot be read as a library: {error}") from error
        if unknown:
            self.close()
            raise LibraryDamaged(f"{path} was written by a newer Similit: please update this one")

    @property
    def _db(self) -> Database:
        db: Database | None = getattr(self._local, "db", None)
        if db is None:
            connection = sqlite3.connect(self.path, timeout=_WAIT, check_same_thread=False)
            db = Database(connection, execute_plugins=False)
            connection.create_function("folded", 1, fold, deterministic=True)
            db.execute("PRAGMA synchronous=NORMAL")
            db.execute(f"PRAGMA cache_size={-_KB_READING}")
            self._local.db = db
            with self._opening:
                self._opened.append(connection)
        return db

    @property
    def connection(self) -> sqlite3.Connection:
        """This thread's own, for the rooms that read tables of theirs."""
        return self._db.conn

    def close(self) -> None:
        """Close the connections of every thread."""
        with self._opening:
            while self._opened:
                self._opened.pop().close()
        self._local = threading.local()

    # Reading

    def state(self) -> State:
        """Which state the library is in: what every other process has committed shows at once."""
        return State(*self._db.execute("SELECT token, papers FROM library").fetchone())

    def version(self) -> str:
        """The name of the state that the library is in."""
        return str(self._db.execute("SELECT token FROM library").fetchone()[0])

    def papers(self, ids: Iterable[int]) -> list[Paper]:
        """The papers with these numbers, in this order; those that are not here are left out."""
        wanted = list(ids)
        found: dict[int, Paper] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            for row in self._db.execute(f"{SELECT} WHERE id IN ({marks})", some):
                found[row[0]] = paper_of(row)
        return [found[id] for id in wanted if id in found]

    def source_ids(self, ids: Sequence[int]) -> dict[int, str]:
        """The own id of each of these papers, "" where it has none."""
        found: dict[int, str] = {}
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            marks = ",".join("?" * len(some))
            rows = self._db.execute(
                f"SELECT id, source_id FROM papers WHERE id IN ({marks})", list(some)
            )
            found.update(rows.fetchall())
        return found

    def paper(self, id: int) -> Paper | None:
        """The paper with this number, if it is here."""
        return next(iter(self.papers([id])), None)

    def every(self) -> Iterator[Paper]:
        """All papers, by number."""
        for row in self._db.execute(f"{SELECT} ORDER BY id"):
            yield paper_of(row)

    def named(self, reference: identity.Reference) -> Paper | None:
        """The paper that a number, DOI or PMID names."""
        if reference.kind == "number":
            return self.paper(int(reference.value))
        return self._only([identity.reference_key(reference)])

    def reading_as(self, text: str) -> Paper | None:
        """The one paper whose title, abstract or both read as `text`; None if two or more do."""
        return self._only(identity.text_keys(text))

    def _only(self, keys: Sequence[int]) -> Paper | None:
        if not keys:
            return None
        marks = ",".join("?" * len(keys))
        rows = self._db.execute(
            f"SELECT DISTINCT paper FROM keys WHERE key IN ({marks}) LIMIT 2", list(keys)
        ).fetchall()
        return self.paper(rows[0][0]) if len(rows) == 1 else None

    def with_source_id(self, source_id: str) -> list[int]:
        """The numbers of the papers that any source knows by this id."""
        rows = self._db.execute(
            "SELECT DISTINCT paper FROM records WHERE source_id = ?"
            " UNION SELECT id FROM papers WHERE source_id = ? AND source_id <> ''",
            [source_id, source_id],
        )
        return [row[0] for row in rows]

    def newest(self) -> int:
        """The greatest number that a paper has ever had, 0 where there was none."""
        return int(self._db.execute("SELECT last_paper FROM library").fetchone()[0])

    def titled(self, part: str, limit: int) -> list[Paper]:
        """Up to `limit` papers with `part` in a title, those that start with it first.

        A paper without a title is found by its abstract's first words.
        """
        wanted = {"part": f"%{_literal(part)}%", "start": f"{_literal(part)}%", "limit": limit}
        rows = self._db.execute(
            "SELECT id FROM papers WHERE title LIKE :part ESCAPE '\\'"
            " OR translated_title LIKE :part ESCAPE '\\'"
            " ORDER BY title LIKE :start ESCAPE '\\' DESC, id LIMIT :limit",
            wanted,
        ).fetchall()
        if len(rows) < limit:
            rows += self._db.execute(
                "SELECT id FROM papers WHERE title = '' AND translated_title = ''"
                " AND substr(abstract, 1, 120) LIKE :part ESCAPE '\\' ORDER BY id LIMIT :limit",
                wanted,
            ).fetchall()
        return self.papers(row[0] for row in rows[:limit])

    def counts(self) -> Counts:
        """How many papers there are, and of what kind."""
        one = self._db.execute(
            "SELECT count(*), coalesce(sum(abstract = ''), 0), coalesce(sum(title = ''), 0),"
            " (SELECT count(*) FROM records) FROM papers"
        ).fetchone()
        languages = self._db.execute(
            "SELECT written_in, count(*) FROM papers GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        years = self._db.execute(
            "SELECT year, count(*) FROM papers WHERE year IS NOT NULL GROUP BY 1 ORDER BY 1"
        )
        sources = self._db.execute(
            "SELECT source, count(DISTINCT paper) FROM records GROUP BY 1 ORDER BY 2 DESC, 1"
        )
        return Counts(
            papers=one[0],
            records=one[3],
            without_abstract=one[1],
            without_title=one[2],
            languages={name or "unknown": count for name, count in languages},
            years=dict(years.fetchall()),
            sources=dict(sources.fetchall()),
        )

    @contextlib.contextmanager
    def snapshot(self) -> Iterator[State]:
        """Reads within see one state of the library, whatever is committed meanwhile."""
        db = self._db
        if db.conn.in_transaction:
            yield self.state()
            return
        db.execute("BEGIN")
        try:
            yield self.state()
        finally:
            db.rollback()

    # Writing

    @contextlib.contextmanager
    def changing(self) -> Iterator[Changes]:
        """A transaction: all that is done through the `Changes` is kept, or nothing of it."""
        with self._writing:
            db = self._db
            try:
                db.execute("BEGIN IMMEDIATE")
                db.execute(f"PRAGMA cache_size={-_KB_WRITING}")
            except sqlite3.OperationalError as error:
                raise LibraryBusy(
                    f"{self.path} is being written by another process: try again when it is done"
                ) from error
            try:
                changes = Changes(db)
                yield changes
                if changes.finish():
                    db.execute("COMMIT")
                else:
                    db.rollback()
            except BaseException:
                db.rollback()
                raise
            finally:
                db.execute(f"PRAGMA cache_size={-_KB_READING}")
            _shrink_log(db)

    def copy(self, path: Path) -> None:
        """Copy the library as it is now into the new file `path`."""
        with contextlib.closing(sqlite3.connect(path)) as copy:
            self._db.conn.backup(copy, pages=_PAGES)

    @contextlib.contextmanager
    def replacing(self, path: Path) -> Iterator[Changes]:
        """A transaction that begins with the papers of the copy `path` in place of ours."""
        Store(path).close()  # brought up to date, or refused
        db = self._db
        db.execute("ATTACH ? AS copy", [str(path)])
        try:
            with self.changing() as changes:
                changes.replace("copy")
                yield changes
        finally:
            db.execute("DETACH copy")


def _shrink_log(db: Database) -> None:
    """Take the log of an import back, unless somebody is reading: nobody waits for it."""
    db.execute("PRAGMA busy_timeout=0")
    try:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.OperationalError:
        _log.debug("the log stays for now")
    finally:
        db.execute(f"PRAGMA busy_timeout={int(_WAIT * 1000)}")


def _literal(part: str) -> str:
    return part.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
