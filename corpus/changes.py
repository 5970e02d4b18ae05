"""What one transaction does to the papers: put records, remove papers, take an import back."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from sqlite_utils import Database

from corpus import identity
from corpus.paper import Paper
from corpus.rows import COLUMNS, SELECT, paper_of, row_of
from corpus.topics import Topics

_INSERT = (
    f"INSERT INTO papers ({','.join(COLUMNS)}, written_in, changed, added)"
    f" VALUES ({','.join('?' * (len(COLUMNS) + 3))})"
)
_ASSIGNMENTS = ",".join(f"{name}=?" for name in (*COLUMNS, "written_in", "changed"))


class Outcome(NamedTuple):
    """What became of a record: `kind` is added, merged or known; `paper` its library number.

    `stored` is the paper as it is now, None where nothing changed.
    """

    kind: str
    paper: int
    stored: Paper | None


@dataclass(frozen=True, slots=True)
class Undone:
    """An import that was taken back: when it was made, of what, and how many papers it touched."""

    at: str
    sources: tuple[str, ...]
    removed: int
    restored: int


class Changes:
    """One transaction on the tables of `papers.db`; nobody else sees it before it is finished.

    `removed` are the numbers of the papers that are gone since it began.
    """

    def __init__(self, db: Database) -> None:
        self._db = db.conn
        self._atomic = db.atomic
        self._topics = Topics(db.conn)
        self.base_state, self.base_version, self._last_paper, self._papers = self._db.execute(
            "SELECT state, token, last_paper, papers FROM library"
        ).fetchone()
        self._begin(int(self.base_state) + 1)
        self.changed = False
        self.discarded = False
        self.removed: list[int] = []
        self._new_sources: dict[str, set[int] | None] = {}

    def _begin(self, state: int) -> None:
        self.state = state
        # A number alone would name another state after a transaction that was rolled back.
        self.version = f"{state}-{secrets.token_hex(4)}"

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part of the transaction that can fail alone, and then leaves nothing behind."""
        before = self.changed, self._last_paper, self._papers
        try:
            with self._atomic():
                yield
        except BaseException:
            self.changed, self._last_paper, self._papers = before
            self._topics.forget_numbers()
            raise

    def put(self, record: identity.Kept, source: str) -> Outcome:
        """Keep a record of `source`.

        A record that is here already is known; one of a paper that is here is merged into it.
        """
        mended, fingerprint, keys = record
        row = self._db.execute("SELECT paper FROM records WHERE hash = ?", [fingerprint]).fetchone()
        if row is not None:
            return Outcome("known", row[0], None)
        found = self._same_source(mended, source)
        newer = found is not None
        found = found or self._same_paper(mended, keys, source)
        if found is None:
            outcome = Outcome("added", self._insert(mended, keys), mended)
        else:
            merged = identity.merge(found, mended, newer=newer)
            self._remember(found)
            self._update(merged)
            outcome = Outcome("merged", found.id, merged)
        self._db.execute(
            "INSERT INTO records (hash, paper, source, source_id, import) VALUES (?, ?, ?, ?, ?)",
            [fingerprint, outcome.paper, source, mended.source_id, self.state],
        )
        self.changed = True
        return outcome

    def _same_source(self, paper: Paper, source: str) -> Paper | None:
        if not paper.source_id or not self._met_before(source, paper.source_id):
            return None
        rows = self._db.execute(
            f"{SELECT} WHERE id IN (SELECT paper FROM records WHERE source = ? AND source_id = ?)",
            [source, paper.source_id],
        )
        known = (paper_of(row) for row in rows.fetchall())
        return next((one for one in known if identity.same_record(one, paper)), None)

    def _met_before(self, source: str, source_id: str) -> bool:
        """Whether there may be a record of this id from this source already.

        Of a new source only this transaction's records can be: no need to look each one up.
        """
        if source not in self._new_sources:
            row = self._db.execute("SELECT 1 FROM records WHERE source = ? LIMIT 1", [source])
            self._new_sources[source] = set() if row.fetchone() is None else None
        met = self._new_sources[source]
        if met is None or (id := hash(source_id)) in met:
            return True
        met.add(id)
        return False

    def _same_paper(self, paper: Paper, keys: identity.Keys, source: str) -> Paper | None:
        candidates = keys.identifiers + (keys.titles if paper.year and paper.authors else ())
        if not candidates:
            return None
        marks = ",".join("?" * len(candidates))
        rows = self._db.execute(
            f"{SELECT} WHERE id IN (SELECT paper FROM keys WHERE key IN ({marks})) ORDER BY id",
            list(candidates),
        ).fetchall()
        # Identifiers decide first: what has only the title may be another record of the same paper.
        found = sorted(map(paper_of, rows), key=lambda one: not identity.by_identifier(one, paper))
        for known in found:
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
        self._papers += 1
        row = row_of(paper, self.state)
        row[0] = self._last_paper
        self._db.execute(_INSERT, [*row, self.state])
        self._put_keys(self._last_paper, keys)
        self._topics.put(self._last_paper, paper)
        return int(self._last_paper)

    def _update(self, paper: Paper) -> None:
        row = row_of(paper, self.state)
        self._db.execute(f"UPDATE papers SET {_ASSIGNMENTS} WHERE id = ?", [*row, paper.id])
        self._db.execute("DELETE FROM keys WHERE paper = ?", [paper.id])
        self._put_keys(paper.id, identity.keys(paper))
        self._topics.drop(paper.id)
        self._topics.put(paper.id, paper)

    def _put_keys(self, paper: int, keys: identity.Keys) -> None:
        self._db.executemany(
            "INSERT INTO keys (key, paper) VALUES (?, ?)", [(key, paper) for key in keys.all()]
        )

    # What makes it possible to take an import back

    def _remember(self, paper: Paper) -> None:
        was = json.dumps(row_of(paper, 0)[: len(COLUMNS)], ensure_ascii=False)
        self._db.execute(
            "INSERT OR IGNORE INTO former (import, paper, was) VALUES (?, ?, ?)",
            [self.state, paper.id, was],
        )

    def note(self, sources: Iterable[str]) -> None:
        """Name what this import was made of, for whoever takes it back."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        self._db.execute(
            "INSERT INTO imports (id, at, sources) VALUES (?, ?, ?)",
            [self.state, at, json.dumps(list(sources), ensure_ascii=False)],
        )

    def undo(self) -> tuple[Undone, list[Paper]] | None:
        """Take the last import back: what it was, and the papers that are as before it.

        None where there is no import to take back. What was imported or removed since stays so.
        """
        row = self._db.execute(
            "SELECT id, at, sources FROM imports ORDER BY id DESC LIMIT 1"
        ).fetchone()
        if row is None:
            return None
        state, at, sources = row
        self._db.execute("DELETE FROM records WHERE import = ?", [state])
        added = self._db.execute("SELECT id FROM papers WHERE added = ?", [state]).fetchall()
        self._delete([id for (id,) in added])
        restored = []
        for paper, was in self._db.execute(
            "SELECT paper, was FROM former WHERE import = ?"
            " AND paper IN (SELECT id FROM papers) ORDER BY paper",
            [state],
        ).fetchall():
            before = dataclasses.replace(paper_of(json.loads(was)), id=paper)
            self._update(before)
            restored.append(before)
        self._db.execute("DELETE FROM former WHERE import = ?", [state])
        self._db.execute("DELETE FROM imports WHERE id = ?", [state])
        self.changed = True
        return Undone(at, tuple(json.loads(sources)), len(added), len(restored)), restored

    def remove(self, papers: Iterable[int]) -> None:
        """Forget these papers and the records they came from."""
        self._delete(list(papers))
        self.changed = True

    def _delete(self, papers: list[int]) -> None:
        for paper in papers:
            for table in ("records", "keys", "former"):
                self._db.execute(f"DELETE FROM {table} WHERE paper = ?", [paper])
            self._topics.drop(paper)
            self._papers -= self._db.execute("DELETE FROM papers WHERE id = ?", [paper]).rowcount
        self.removed += papers

    def replace(self, schema: str) -> None:
        """Put the papers of the attached database `schema` in the place of these."""
        for table in ("papers", "records", "keys", "imports", "former"):
            columns = [row[1] for row in self._db.execute(f"PRAGMA table_info({table})")]
            names = ", ".join(f'"{name}"' for name in columns)
            self._db.execute(f"DELETE FROM main.{table}")
            self._db.execute(
                f"INSERT INTO main.{table} ({names}) SELECT {names} FROM {schema}.{table}"
            )
        self._topics.refill()
        state, last, self._papers = self._db.execute(
            f"SELECT state, last_paper, papers FROM {schema}.library"
        ).fetchone()
        self._last_paper = max(self._last_paper, last)
        # Imports go by their states: those of the copy are not to be met again.
        self._begin(max(self.state, state + 1))
        self.base_version = ""  # no index of ours is of any use
        self._db.execute("DELETE FROM states")
        self.changed = True

    def discard(self) -> None:
        """Let nothing of this transaction be kept, whatever it did."""
        self.discarded = True

    def finish(self) -> bool:
        """Name the new state; whether there is anything to keep."""
        if not self.changed or self.discarded:
            return False
        self._topics.count()
        self._db.execute(
            "UPDATE library SET state = ?, token = ?, last_paper = ?, papers = ?",
            [self.state, self.version, self._last_paper, self._papers],
        )
        self._db.execute("INSERT INTO states (token) VALUES (?)", [self.version])
        return True
