"""The tables of `papers.db`, as append-only migrations: never edit one that has been released."""

from __future__ import annotations

from sqlite_utils import Database, Migrations
from sqlite_utils.db import DescIndex

migrations = Migrations("similit.papers")


@migrations()
def m001_papers(db: Database) -> None:
    """Papers, the records they came from, the keys they are recognised by, the library's state."""
    papers = db.table("papers").create(
        {
            "id": int,
            "source_id": str,
            "title": str,
            "abstract": str,
            "translated_title": str,
            "translated_abstract": str,
            "authors": str,
            "journal": str,
            "year": int,
            "volume": str,
            "issue": str,
            "pages": str,
            "doi": str,
            "pmid": str,
            "url": str,
            "keywords": str,
            "subjects": str,
            "affiliations": str,
            "language": str,
            "summary_by": str,
            "extra": str,
            "written_in": str,  # the record's language, or guessed from the text where it has none
            "changed": int,  # the state of the library that last wrote this row
        },
        pk="id",
    )
    papers.create_index(["changed"])
    papers.create_index(["title", "translated_title"])  # autocompletion reads nothing else
    records = db.table("records").create(
        {
            "hash": bytes,  # of the record as it was read, before any repair
            "paper": int,
            "source": str,
            "source_id": str,
        },
        foreign_keys=[("paper", "papers", "id")],
    )
    records.create_index(["hash"])
    records.create_index(["source", "source_id"])
    records.create_index(["paper"])
    recognised = db.table("keys").create(
        {"key": int, "paper": int}, foreign_keys=[("paper", "papers", "id")]
    )
    recognised.create_index(["key", "paper"])
    recognised.create_index(["paper"])
    library = db.table("library").create(
        {
            "id": int,
            "state": int,  # counts the imports
            "token": str,  # names this state of this library, like no other
            "last_paper": int,  # numbers are never given twice
        },
        pk="id",
    )
    library.insert({"id": 1, "state": 0, "token": "empty", "last_paper": 0})


@migrations()
def m002_imports(db: Database) -> None:
    """Which import brought a record, and what its papers were before: so it can be taken back."""
    db.table("records").add_column("import", int)  # NULL: before imports were kept apart
    db.table("records").create_index(["import"])
    db.table("papers").add_column("added", int)  # the import that the paper came with
    db.table("papers").create_index(["added"])
    db.table("imports").create({"id": int, "at": str, "sources": str}, pk="id")
    former = db.table("former").create(
        {"import": int, "paper": int, "was": str}, pk=("import", "paper")
    )
    former.create_index(["paper"])


@migrations()
def m003_topics(db: Database) -> None:
    """What the library can be browsed by. `corpus.topics` fills them from the papers."""
    topics = db.table("topics").create(
        {
            "id": int,
            "kind": str,
            "key": str,  # the name as it is compared
            "name": str,  # as the first paper had it
            "papers": int,
        },
        pk="id",
    )
    topics.create_index(["kind", "key"], unique=True)
    topics.create_index(["kind", DescIndex("papers")])
    # In this order, so that the newest papers of a topic are read and no others.
    db.execute(
        "CREATE TABLE tagged (topic INTEGER NOT NULL, year INTEGER NOT NULL,"
        " paper INTEGER NOT NULL, PRIMARY KEY (topic, year, paper)) WITHOUT ROWID"
    )
    db.table("tagged").create_index(["paper"])


@migrations()
def m004_states(db: Database) -> None:
    """How many papers there are, and which states led to this one."""
    db.table("library").add_column("papers", int, not_null_default=0)
    db.execute("UPDATE library SET papers = (SELECT count(*) FROM papers)")
    # A number alone would not tell: a copy that was put back goes on from its own.
    db.table("states").create({"token": str}, pk="token")
    db.execute("INSERT INTO states (token) SELECT token FROM library")


def version() -> str:
    """Names the tables as this version of Similit has them."""
    return str(len(migrations.pending(Database(memory=True))))


def unknown(db: Database) -> set[str]:
    """The migrations that `db` has seen and this version of Similit has not."""
    known = {migration.name for migration in migrations.pending(Database(memory=True))}
    return {migration.name for migration in migrations.applied(db)} - known
