"""Works as Crossref's REST API gives them: a page of them, one, or one a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.paper import Paper
from corpus.readers import Reader, Record, Skipped, Text
from corpus.readers.csl import TYPES as CSL_TYPES
from corpus.readers.csl import date_of, name_of
from corpus.readers.fields import described, plain, text
from corpus.readers.jats import prose
from corpus.readers.json_items import at, objects, papers, sample
from corpus.text.language import guess_language, language_code

TYPES = {
    **dict.fromkeys(("journal-article", "article"), "article-journal"),
    "proceedings-article": "paper-conference",
    **dict.fromkeys(("book-chapter", "book-section", "book-part", "book-track"), "chapter"),
    **dict.fromkeys(
        ("book", "monograph", "edited-book", "reference-book", "book-set", "proceedings"), "book"
    ),
    "book-series": "collection",
    "reference-entry": "entry",
    "dissertation": "thesis",
    **dict.fromkeys(("report", "report-component", "report-series"), "report"),
    "posted-content": "article",
    "peer-review": "review",
    **dict.fromkeys(("dataset", "database"), "dataset"),
    "standard": "standard",
    "journal": "periodical",
}
"""What Crossref calls a kind of work, and what CSL does."""

_WRAPPERS = ("message.items", "items")
_DATES = ("issued", "published", "published-print", "published-online", "created")
_TEXTS = {
    "volume": "volume",
    "issue": "issue",
    "DOI": "doi",
    "URL": "url",
    "language": "language",
    "publisher": "publisher",
    "publisher-location": "place",
    "edition-number": "edition",
}
_PEOPLE = {"author": "authors", "editor": "editors", "translator": "translators"}
_PARTS_OF_NAMES = frozenset(("family", "given", "suffix", "name", "sequence"))


def _recognises(head: str) -> bool:
    work = sample(head, *_WRAPPERS)
    if work.get("message-type") == "work" and isinstance(work.get("message"), dict):
        return True
    listed = (work.get("title"), work.get("container-title"))
    return any(isinstance(one, list) for one in listed) and not {"DOI", "prefix"}.isdisjoint(work)


def _read(lines: Text) -> Iterator[Record | Skipped]:
    return papers(lines, _paper, *_WRAPPERS)


def _paper(found: dict[str, Any]) -> Paper:
    message = found.get("message")
    work = dict(message if isinstance(message, dict) else found)
    fields: dict[str, Any] = {ours: text(work.pop(name, "")) for name, ours in _TEXTS.items()}
    fields["source_id"] = fields["doi"]
    fields |= _titles(work, language_code(fields["language"]))
    fields["abstract"] = prose(work.pop("abstract", ""))
    journals = _lines(work.pop("container-title", []))
    fields["journal"], fields["series"] = "".join(journals[:1]), "; ".join(journals[1:])
    fields["pages"] = text(work.pop("page", "")).replace("–", "-")
    fields["pages"] = fields["pages"] or text(work.pop("article-number", ""))
    fields["subjects"] = _lines(work.pop("subject", []))
    fields["affiliations"] = _affiliations(work)
    for name, ours in _PEOPLE.items():
        people = objects(work.get(name))
        fields[ours] = list(filter(None, map(name_of, people)))
        if not any(one[key] for one in people for key in one.keys() - _PARTS_OF_NAMES):
            work.pop(name, None)
    for name in _DATES:
        fields["year"], fields["date"] = date_of(work.get(name))
        if fields["year"]:
            break
    for name in ("ISSN", "ISBN"):
        fields[name.lower()] = [one.rpartition("/")[2] for one in _lines(work.pop(name, []))]
    kind = text(work.get("type"))
    fields["type"] = TYPES.get(kind) or (kind if kind in CSL_TYPES else "")
    fields["conference"] = text(at(work, "event", "name"))
    return described(fields, "crossref", work)


def _lines(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return list(filter(None, (" ".join(plain(text(one)).split()) for one in values)))


def _titles(work: dict[str, Any], language: str) -> dict[str, str]:
    """The title in the work's own language, and the one in another."""
    titles, subtitles = _lines(work.pop("title", [])), _lines(work.pop("subtitle", []))
    others = titles[1:] + _lines(work.pop("original-title", []))
    title = "".join(titles[:1])
    if subtitles and subtitles[0].casefold() not in title.casefold():
        title = f"{title}: {subtitles[0]}" if title else subtitles[0]
    other = next((one for one in others if one.casefold() != title.casefold()), "")
    if other and (not title or guess_language(other) == language != guess_language(title)):
        title, other = other, title
    said = {title.casefold(), other.casefold()}
    work["title"] = [one for one in others if one.casefold() not in said]
    work["subtitle"] = subtitles[1:]
    return {"title": title, "translated_title": other}


def _affiliations(work: dict[str, Any]) -> list[str]:
    authors = objects(work.get("author"))
    places = (place for author in authors for place in objects(author.get("affiliation")))
    return list(dict.fromkeys(filter(None, (text(place.get("name")) for place in places))))


READER = Reader("crossref-json", _recognises, _read)
