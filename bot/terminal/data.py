"""What the commands print of what the library tells: JSON and TREC runs for other programs, and
for people the reasons in the report of an import.
"""

from __future__ import annotations

import dataclasses
import functools
import gzip
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from bot.messages import Messages
from corpus.errors import UnreadableFile
from corpus.library import ImportReport, Undone
from corpus.paper import Counts, Paper, Results, Share

# In this order: the first that fits counts.
REASONS = {
    "reason-nameless": "no title, abstract or DOI",
    "reason-no-field": "no field in it says anything",
    "reason-no-object": "not a JSON object",
    "reason-not-json": "not JSON: {why}",
    "reason-nested": "nested too deep",
    "reason-cut-off": "it is cut off",
    "reason-xml-cut-off": "the XML is cut off",
    "reason-no-end": "the record has no end ({mark})",
    "reason-brace": "the entry has no end: a brace or a quotation mark is not closed",
    "reason-quotation": "a quotation mark has no end: the file may be cut off",
    "reason-item-empty": "the item is empty",
    "reason-same": "the same paper as #{number}: {title}",
    "reason-empty": "{file} is empty",
    "reason-no-format": "{file} is in no format that can be read here ({known})",
    "reason-folder": "{file} is a directory: name the files in it",
    "reason-unread": "{file} cannot be read: {why}",
    "reason-missing": "No such file or directory",
    "reason-denied": "Permission denied",
    "reason-damaged": "it is damaged ({what})",
    "reason-not-text": "{file} is not a text file",
    "reason-inner-archive": "{file} is a {kind} archive within an archive: unpack it first",
    "reason-archive": "{file} is a {kind} archive: unpack it first",
    "reason-too-large": "{file} unpacks to over {most} MB, which text does not: unpack it first",
    "reason-locked": "{file} is locked with a password: unpack it first",
    "reason-office": "{file} is an Office document: save it as CSV and import that",
    "reason-no-encoding": (
        "{file} fits no encoding known here: nearly {encoding}, but for line {line}, byte {byte}"
    ),
    "reason-not-encoding": "{file} is not {encoding}: line {line}, byte {byte}",
    "reason-unknown-encoding": "{name} is no encoding that is known here; such are {known}",
    "reason-long-line": "{file} has over {most} million characters in line {line}",
    "reason-long-record": "a record has over {most} million characters",
    "reason-large-record": "the record that begins in line {line} is too large to be one paper's",
    "reason-in-line": "{file}, line {line}: {why}",
}
"""Messages, and what they say as the library words it. `{why}` is a reason within a reason."""

_WORD = r"[\w,-]+"
_ANYTHING = frozenset(("file", "known", "mark", "name", "title", "what", "why"))


def results(found: Results) -> dict[str, Any]:
    """The object that `ask --json` prints; hits have their shares where these were asked for."""
    return {
        "query": {
            "text": found.query.text,
            "paper": found.seed.id if found.seed else None,
            "language": found.language or None,
            **_seeds(found),
        },
        "total": len(found.hits),
        "matched": found.matched,
        "milliseconds": round(found.milliseconds, 3),
        "corpus": {"papers": found.papers, "version": found.version},
        "hits": [
            {
                "rank": hit.rank,
                "id": hit.paper.id,
                "source_id": hit.paper.source_id,
                "title": hit.paper.title or None,
                "authors": list(hit.paper.authors),
                "journal": hit.paper.journal or None,
                "year": hit.paper.year,
                "doi": hit.paper.doi or None,
                "score": hit.score,
                "extract": hit.extract.text,
                "marks": [list(mark) for mark in hit.extract.marks],
                "terms": list(hit.terms),
                "across": [list(words) for words in hit.across],
                **({"shares": list(map(_share, hit.shares))} if found.query.explain else {}),
            }
            for hit in found.hits
        ],
        "answer": [
            {"rank": one.rank, "text": one.text, "marks": [list(mark) for mark in one.marks]}
            for one in found.answer
        ],
    }


def _seeds(found: Results) -> dict[str, Any]:
    """The numbers of the papers that moved the question, and what of these is not here."""
    if not (found.liked or found.disliked or found.missing):
        return {}
    return {
        "liked": [paper.id for paper in found.liked],
        "disliked": [paper.id for paper in found.disliked],
        "missing": list(found.missing),
    }


def _share(share: Share) -> dict[str, Any]:
    return {
        "term": share.written or share.term,
        "kind": share.kind,
        "source": share.source or None,
        "score": share.score,
    }


def paper(shown: Paper) -> dict[str, Any]:
    """A paper as in JSONL: what is unknown is left out, unknown fields come out again."""
    out: dict[str, Any] = {"id": shown.id}
    for field in dataclasses.fields(shown):
        value = getattr(shown, field.name)
        if field.name not in ("id", "extra") and value not in ("", (), None):
            out[field.name] = list(value) if isinstance(value, tuple) else value
    return {**shown.extra, **out}


def report(done: ImportReport) -> dict[str, Any]:
    """The object that `import --json` prints."""
    return {
        "added": done.added,
        "merged": [_remark(one) for one in done.merged],
        "unchanged": done.known,
        "skipped": [_remark(one) for one in done.skipped],
        "failed": [{"file": str(file), "reason": why} for file, why in done.failed.items()],
        "without_abstract": done.without_abstract,
        "formats": {str(file): name for file, name in done.formats.items()},
        "encodings": {str(file): name for file, name in done.encodings.items()},
        "papers": done.papers,
    }


def undone(what: Undone | None, papers: int) -> dict[str, Any]:
    """The object that `import --undo --json` prints."""
    return {"undone": dataclasses.asdict(what) if what else None, "papers": papers}


def _remark(remark: Any) -> dict[str, Any]:
    out = dataclasses.asdict(remark)
    out["file"] = str(remark.file)
    if out["paper"] is None:
        del out["paper"]
    return out


def stats(counts: Counts, version: str, path: Path) -> dict[str, Any]:
    """The object that `stats --json` prints."""
    return {
        "library": str(path),
        "version": version,
        "papers": counts.papers,
        "records": counts.records,
        "merged": counts.records - counts.papers,
        "without_abstract": counts.without_abstract,
        "without_title": counts.without_title,
        "languages": counts.languages,
        "years": [min(counts.years), max(counts.years)] if counts.years else None,
        "by_year": {str(year): count for year, count in counts.years.items()},
        "by_source": counts.sources,
    }


class RunQuery(NamedTuple):
    """A query of a TREC run; `without` is the source id of the paper that it is, if it is one."""

    id: str
    text: str
    without: str


def run_queries(path: Path) -> Iterator[RunQuery]:
    """The queries in a file: `id<TAB>text`, or JSON with `id` or `_id`, `text`, `paper_id`.

    Raises `UnreadableFile` with the line that is neither.
    """
    with _text(path) as file:
        lines = enumerate(file, 1)
        try:
            for number, line in lines:
                if line.strip():
                    yield _run_query(path, number, line.rstrip("\r\n"))
        except (UnicodeDecodeError, OSError, EOFError, zlib.error) as error:
            raise UnreadableFile(f"{path} cannot be read: {error}") from error


def _text(path: Path) -> IO[str]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    if packed:
        return gzip.open(path, "rt", encoding="utf-8-sig")
    return path.open(encoding="utf-8-sig")


def _run_query(path: Path, number: int, line: str) -> RunQuery:
    if line.lstrip().startswith("{"):
        try:
            query = json.loads(line)
            name, text = query["id"] if "id" in query else query["_id"], query["text"]
        except (ValueError, KeyError, RecursionError) as error:
            raise UnreadableFile(f"{path}, line {number}: no JSON with id and text") from error
        if not isinstance(text, str):
            raise UnreadableFile(f"{path}, line {number}: text is not text")
        return RunQuery(str(name), text, str(query.get("paper_id") or ""))
    name, tab, text = line.partition("\t")
    if not tab:
        raise UnreadableFile(f"{path}, line {number}: neither id<TAB>text nor JSON")
    return RunQuery(name.strip(), text, "")


def reason(told: str, say: Messages) -> str:
    """What the library told as its reason, as `say` puts it, or as it was told where it is none of
    those known here.
    """
    for name, pattern in _patterns():
        if found := pattern.fullmatch(told):
            values = found.groupdict()
            if "why" in values:
                values["why"] = reason(values["why"], say)
            return say(name, **values)
    return told


@functools.cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(name, _pattern(english)) for name, english in REASONS.items()]


def _pattern(english: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", english)
    for place, part in enumerate(parts):
        value = ".*" if part in _ANYTHING else _WORD
        parts[place] = f"(?P<{part}>{value})" if place % 2 else re.escape(part)
    return re.compile("".join(parts), re.DOTALL)
