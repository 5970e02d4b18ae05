"""Works as OpenAlex's API gives them: a page of them, one, or one a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus.files.text import LONGEST
from corpus.paper import Paper
from corpus.readers import Reader, Record, Skipped, Text
from corpus.readers.crossref_json import TYPES
from corpus.readers.fields import described, plain, text, texts
from corpus.readers.json_items import at, objects, papers, sample
from corpus.readers.names import names
from corpus.text.normalise import has_han

_WRAPPERS = ("results",)
_MARKS = frozenset(
    """
    abstract_inverted_index authorships biblio cited_by_api_url display_name host_venue open_access
    primary_location publication_date publication_year type_crossref
    """.split()
)
_TYPES = {
    **TYPES,
    **dict.fromkeys(("review", "letter", "editorial", "erratum", "retraction"), "article-journal"),
    "preprint": "article",
    "supplementary-materials": "document",
    "software": "software",
    "conference-paper": "paper-conference",
}
_SUBJECTS = {"topics": "display_name", "mesh": "descriptor_name", "concepts": "display_name"}


def _recognises(head: str) -> bool:
    return len(_MARKS & sample(head, *_WRAPPERS).keys()) > 1


def _read(lines: Text) -> Iterator[Record | Skipped]:
    return papers(lines, _paper, *_WRAPPERS)


def _paper(found: dict[str, Any]) -> Paper:
    work = dict(found)
    title, shown = work.pop("title", ""), work.pop("display_name", "")
    place = work.get("primary_location") or work.get("host_venue")
    source = at(place, "source") or work.get("host_venue")
    biblio, ids = work.pop("biblio", {}), work.get("ids")
    address, day = text(work.pop("id", "")), text(work.pop("publication_date", ""))
    people = objects(work.get("authorships"))
    first, last = text(at(biblio, "first_page")), text(at(biblio, "last_page"))
    fields = {
        "source_id": _last(address or text(at(ids, "openalex"))),
        "title": " ".join(plain(text(title) or text(shown)).split()),
        "abstract": _abstract(work),
        "authors": names(filter(None, map(_name, people))),
        "journal": text(at(source, "display_name")),
        "year": text(work.pop("publication_year", "")) or day,
        "date": day,
        "volume": text(at(biblio, "volume")),
        "issue": text(at(biblio, "issue")),
        "pages": f"{first}-{last}" if first and last and first != last else first or last,
        "doi": text(work.pop("doi", "")) or text(at(ids, "doi")),
        "pmid": _last(text(at(ids, "pmid"))),
        "pmcid": _pmcid(_last(text(at(ids, "pmcid")))),
        "url": text(at(place, "landing_page_url")) or address,
        "keywords": _named(work.get("keywords"), "display_name", "keyword"),
        "subjects": [
            *_named(work.get("topics"), "display_name"),
            *_named(work.get("mesh"), "descriptor_name"),
            *_named(work.get("concepts"), "display_name"),
        ],
        "affiliations": list(dict.fromkeys(one for person in people for one in _places(person))),
        "language": text(work.pop("language", "")),
        "type": _TYPES.get(text(work.get("type_crossref")))
        or _TYPES.get(text(work.get("type")), ""),
        "publisher": text(at(source, "host_organization_name") or at(source, "publisher")),
        "issn": list(texts(at(source, "issn") or at(source, "issn_l"))),
    }
    return described(fields, "openalex", work)


def _abstract(work: dict[str, Any]) -> str:
    """The text whose words are listed with their places in it; taken out where it is one."""
    index = work.get("abstract_inverted_index")
    index = at(index, "InvertedIndex") or index
    if not isinstance(index, dict):
        return ""
    words = [
        (place, word)
        for word, places in index.items()
        if isinstance(places, list) and len(word) * len(places) < LONGEST
        for place in places
        if isinstance(place, int)
    ]
    if not words or sum(len(word) for _, word in words) > LONGEST:
        return ""
    del work["abstract_inverted_index"]
    return plain(" ".join(word for _, word in sorted(words)))


def _name(authorship: dict[str, Any]) -> str:
    """The author's name, in Chinese where the paper has it so: else OpenAlex's tidier form."""
    written = text(authorship.get("raw_author_name"))
    return (not has_han(written) and text(at(authorship, "author", "display_name"))) or written


def _places(authorship: dict[str, Any]) -> list[str]:
    written = authorship.get("raw_affiliation_strings") or authorship.get("raw_affiliation_string")
    return list(texts(written)) or _named(authorship.get("institutions"), "display_name")


def _named(values: Any, *names: str) -> list[str]:
    """What each is called; what OpenAlex itself thinks does not apply (a score of 0) is none."""
    meant = (one for one in objects(values) if one.get("score") != 0)
    found = (next(filter(None, (text(one.get(name)) for name in names)), "") for one in meant)
    return list(dict.fromkeys(filter(None, found)))


def _last(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def _pmcid(number: str) -> str:
    return f"PMC{number}" if number.isdigit() else number


READER = Reader("openalex", _recognises, _read)
