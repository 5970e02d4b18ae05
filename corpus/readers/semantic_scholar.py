"""Papers as Semantic Scholar's graph API gives them, and its data sets, one a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.paper import Paper
from corpus.readers import Reader, Record, Skipped, Text
from corpus.readers.fields import described, plain, text, texts
from corpus.readers.json_items import at, objects, papers, sample
from corpus.readers.names import names

_WRAPPERS = ("data", "recommendedPapers")
_CITED = ("citingPaper", "citedPaper")
_NAMES = """
    paperId corpusId externalIds publicationVenue fieldsOfStudy s2FieldsOfStudy publicationTypes
    publicationDate
""".split()
_API = {name.casefold(): name for name in _NAMES}
_OTHERS = frozenset((*_NAMES[2:], "title", "abstract", "authors", "venue", "journal", "year"))
_TYPES = {
    "JournalArticle": "article-journal",
    "Review": "article-journal",
    "Conference": "paper-conference",
    "Book": "book",
    "BookSection": "chapter",
    "Dataset": "dataset",
    "News": "article-newspaper",
}


def _recognises(head: str) -> bool:
    found = _spelled(sample(head, *_WRAPPERS)).keys()
    return not found.isdisjoint(("paperId", "corpusId")) and not found.isdisjoint(_OTHERS)


def _read(lines: Text) -> Iterator[Record | Skipped]:
    return papers(lines, _paper, *_WRAPPERS)


def _spelled(found: dict[str, Any]) -> dict[str, Any]:
    """The paper that `found` is or cites; data sets have the API's names without capitals."""
    inner = next((name for name in _CITED if isinstance(found.get(name), dict)), "")
    whole = {**found, **found[inner]} if inner else found
    return {_API.get(name.casefold(), name): v for name, v in whole.items() if name != inner}


def _paper(found: dict[str, Any]) -> Paper:
    left = _spelled(found)
    ids, journal = left.get("externalIds"), left.get("journal")
    people, kinds = objects(left.get("authors")), texts(left.get("publicationTypes"))
    pmc = text(at(ids, "PubMedCentral"))
    subjects = [text(one.get("category")) for one in objects(left.get("s2FieldsOfStudy"))]
    fields = {
        "source_id": text(left.pop("paperId", "")) or text(left.get("corpusId")),
        "title": " ".join(plain(text(left.pop("title", ""))).split()),
        "abstract": plain(text(left.pop("abstract", ""))),
        "authors": names(filter(None, (text(one.get("name")) for one in people))),
        "affiliations": list(
            dict.fromkeys(p for one in people for p in texts(one.get("affiliations")))
        ),
        "journal": text(left.pop("venue", "")) or text(at(journal, "name")),
        "year": text(left.pop("year", "")) or text(left.get("publicationDate")),
        "date": text(left.pop("publicationDate", "")),
        "volume": text(at(journal, "volume")),
        "pages": "".join(text(at(journal, "pages")).split()).replace("–", "-"),
        "doi": text(at(ids, "DOI")),
        "pmid": text(at(ids, "PubMed")),
        "pmcid": f"PMC{pmc}" if pmc.isdigit() else pmc,
        "arxiv": text(at(ids, "ArXiv")),
        "url": text(left.pop("url", "")),
        "subjects": list(
            dict.fromkeys(filter(None, (*texts(left.get("fieldsOfStudy")), *subjects)))
        ),
        "type": next((_TYPES[k] for k in kinds if k in _TYPES), ""),
        "issn": list(texts(at(left, "publicationVenue", "issn"))),
    }
    return described(fields, "semantic_scholar", left)


READER = Reader("semantic-scholar", _recognises, _read)
