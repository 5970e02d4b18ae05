"""The papers themselves: one SQLite file, read by many threads, written by one at a time."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import logging
import secrets
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from corpus import identity, schema
from corpus.errors import LibraryBusy, LibraryDamaged
from corpus.paper import Counts, Filters, Paper
from corpus.text.language import guess_language
from corpus.text.normalise import fold

_log = logging.getLogger(__name__)
_LISTS = ("authors", "keywords", "subjects", "affiliations")
_COLUMNS = tuple(field.name for field in dataclasses.fields(Paper))
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM papers"
_WAIT = 30.0  # seconds another process's import may hold the lock before we give up
_AT_ONCE = 500


class Outcome(NamedTuple):
    """What became of a record: `kind` is added, merged or known; `paper` its library number."""

    kind: str
    paper: int


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
            if schema.migrations.pending(db):
                db.enable_wal()
                schema.migrations.apply(db)
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
            db.execute("PRAGMA cache_size=-16000")
            self._local.db = db
            with self._opening:
                self._opened.append(connection)
        return db

    def close(self) -> None:
        """Close the connections of every thread."""
        with self._opening:
            while self._opened:
                self._opened.pop().close()
        self._local = threading.local()

    # Reading

    def state(self) -> State:
        """Which state the library is in: what every other process has committed shows at once."""
        token, papers = self._db.execute(
            "SELECT token, (SELECT count(*) FROM papers) FROM library"
        ).fetchone()
        return State(token, papers)

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
            for row in self._db.execute(f"{_SELECT} WHERE id IN ({marks})", some):
                found[row[0]] = _paper(row)
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

    def every(self, since: int = -1) -> Iterator[Paper]:
        """The papers last written in a state later than `since`, by number."""
        for row in self._db.execute(f"{_SELECT} WHERE changed > ? ORDER BY id", [since]):
            yield _paper(row)

    def ids(self) -> NDArray[np.int64]:
        """The numbers of all papers, ascending: int64[N]."""
        rows = self._db.execute("SELECT id FROM papers ORDER BY id").fetchall()
        return np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))

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

    def matching(self, filters: Filters) -> NDArray[np.int64]:
        """The numbers of the papers that `filters` allow, its excluded words aside: int64[M]."""
        where, values = ["1"], []
        for column, part in (("authors", filters.author), ("journal", filters.journal)):
            if part:
                where.append(f"instr(folded({column}), ?)")
                values.append(fold(part))
        if filters.first_year is not None:
            where.append("year >= ?")
            values.append(str(filters.first_year))
        if filters.last_year is not None:
            where.append("year <= ?")
            values.append(str(filters.last_year))
        if filters.language:
            where.append("written_in = ?")
            values.append(filters.language)
        rows = self._db.execute(
            f"SELECT id FROM papers WHERE {' AND '.join(where)} ORDER BY id", values
        ).fetchall()
        return np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))

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
            " min(year), max(year), (SELECT count(*) FROM records) FROM papers"
        ).fetchone()
        languages = self._db.execute(
            "SELECT written_in, count(*) FROM papers GROUP BY 1 ORDER BY 2 DESC, 1"
        ).fetchall()
        return Counts(
            papers=one[0],
            records=one[5],
            without_abstract=one[1],
            without_title=one[2],
            languages={name or "unknown": count for name, count in languages},
            years=None if one[3] is None else (one[3], one[4]),
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
    def writing(self) -> Iterator[Writer]:
        """A transaction: all that is put through the `Writer` is kept, or nothing of it."""
        with self._writing:
            db = self._db
            try:
                db.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                raise LibraryBusy(
                    f"{self.path} is being written by another process: try again when it is done"
                ) from error
            try:
                writer = Writer(db)
                yield writer
                writer.finish()
                db.execute("COMMIT")
            except BaseException:
                db.rollback()
                raise
            _shrink_log(db)


class Writer:
    """Puts records into the store within one transaction."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self.base_state, self.base_version, self._last_paper = db.execute(
            "SELECT state, token, last_paper FROM library"
        ).fetchone()
        self.state = int(self.base_state) + 1
        # A number alone would name another state after a transaction that was rolled back.
        self.version = f"{self.state}-{secrets.token_hex(4)}"
        self.changed = False

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part of the transaction that can fail alone, and then leaves nothing behind."""
        before = self.changed, self._last_paper
        try:
            with self._db.atomic():
                yield
        except BaseException:
            self.changed, self._last_paper = before
            raise

    def put(self, record: Paper, mended: Paper, source: str) -> Outcome:
        """Keep a record: `record` as it was read from `source`, `mended` as it is to be shown.

        A record that is here already is known; one of a paper that is here is merged into it.
        """
        fingerprint = identity.record_hash(record)
        row = self._db.execute("SELECT paper FROM records WHERE hash = ?", [fingerprint]).fetchone()
        if row is not None:
            return Outcome("known", row[0])
        keys = identity.keys(mended)
        found = self._same_source(mended, source)
        newer = found is not None
        found = found or self._same_paper(mended, keys, source)
        if found is None:
            outcome = Outcome("added", self._insert(mended, keys))
        else:
            self._update(identity.merge(found, mended, newer=newer))
            outcome = Outcome("merged", found.id)
        self._db.execute(
            "INSERT INTO records (hash, paper, source, source_id) VALUES (?, ?, ?, ?)",
            [fingerprint, outcome.paper, source, record.source_id],
        )
        self.changed = True
        return outcome

    def _same_source(self, paper: Paper, source: str) -> Paper | None:
        if not paper.source_id:
            return None
        rows = self._db.execute(
            f"{_SELECT} WHERE id IN (SELECT paper FROM records WHERE source = ? AND source_id = ?)",
            [source, paper.source_id],
        )
        known = (_paper(row) for row in rows.fetchall())
        return next((one for one in known if identity.same_record(one, paper)), None)

    def _same_paper(self, paper: Paper, keys: identity.Keys, source: str) -> Paper | None:
        candidates = keys.identifiers + (keys.titles if paper.year and paper.authors else ())
        if not candidates:
            return None
        marks = ",".join("?" * len(candidates))
        rows = self._db.execute(
            f"{_SELECT} WHERE id IN (SELECT paper FROM keys WHERE key IN ({marks})) ORDER BY id",
            list(candidates),
        ).fetchall()
        for known in map(_paper, rows):
            if identity.same_paper(known, paper) and not self._another(known.id, paper, source):
                return known
        return None

    def _another(self, known: int, paper: Paper, source: str) -> bool:
        """Whether the same source has `known` under another id: then it means another paper."""
        if not paper.source_id:
            return False
        row = self._db.execute(
            "SELECT 1 FROM records WHERE paper = ? AND source = ? AND source_id NOT IN ('', ?)",
            [known, source, paper.source_id],
        ).fetchone()
        return row is not None

    def _insert(self, paper: Paper, keys: identity.Keys) -> int:
        self._last_paper += 1
        paper = dataclasses.replace(paper, id=self._last_paper)
        row = _row(paper, self.state)
        marks = ",".join("?" * len(row))
        self._db.execute(
            f"INSERT INTO papers ({','.join(_COLUMNS)}, written_in, changed) VALUES ({marks})", row
        )
        self._put_keys(paper.id, keys)
        return paper.id

    def _update(self, paper: Paper) -> None:
        row = _row(paper, self.state)
        assignments = ",".join(f"{name}=?" for name in (*_COLUMNS, "written_in", "changed"))
        self._db.execute(f"UPDATE papers SET {assignments} WHERE id = ?", [*row, paper.id])
        self._db.execute("DELETE FROM keys WHERE paper = ?", [paper.id])
        self._put_keys(paper.id, identity.keys(paper))

    def _put_keys(self, paper: int, keys: identity.Keys) -> None:
        for key in keys.all():
            self._db.execute("INSERT INTO keys (key, paper) VALUES (?, ?)", [key, paper])

    def finish(self) -> None:
        """Name the new state, if anything was put."""
        if self.changed:
            self._db.execute(
                "UPDATE library SET state = ?, token = ?, last_paper = ?",
                [self.state, self.version, self._last_paper],
            )


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


def _paper(row: Sequence[Any]) -> Paper:
    values = dict(zip(_COLUMNS, row, strict=True))
    for name in _LISTS:
        values[name] = tuple(json.loads(values[name])) if values[name] != "[]" else ()
    values["extra"] = json.loads(values["extra"]) if values["extra"] != "{}" else {}
    return Paper(**values)


def _row(paper: Paper, state: int) -> list[Any]:
    row: list[Any] = []
    for name in _COLUMNS:
        value = getattr(paper, name)
        if name in _LISTS or name == "extra":
            value = json.dumps(value, ensure_ascii=False)
        row.append(value)
    language = paper.language or guess_language(f"{paper.title}\n{paper.abstract}")
    return [*row, language, state]
