"""The plain values that travel between the rooms: papers, questions, and what was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One publication as the library holds it.

    `id` is the library's number (0 before it is stored), `source_id` the record's own.
    Texts are "" and lists are empty where the record says nothing; `year` is None then.
    `extra` keeps every field of the record that has no name here.
    """

    id: int = 0
    source_id: str = ""
    title: str = ""
    abstract: str = ""
    translated_title: str = ""
    translated_abstract: str = ""
    authors: tuple[str, ...] = ()
    journal: str = ""
    year: int | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    keywords: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    language: str = ""
    summary_by: str = ""
    """Who wrote the text in `abstract` where it is not the paper's own abstract."""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def searchable(self) -> str:
        """The text that stands for the paper when it is the question."""
        parts = (self.title, self.abstract, self.translated_title, self.translated_abstract)
        return "\n".join(filter(None, (*parts, *self.keywords)))

    @property
    def indexed(self) -> str:
        """The text that is indexed: titles count three times."""
        titles = (self.title, self.translated_title)
        return "\n".join((*filter(None, (*titles, *titles)), self.searchable))


TOPICS = ("subject", "keyword", "journal", "year")
"""What a library can be browsed by."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject, keyword, journal or year, and how many papers of the library have it.

    `kind` is one of `TOPICS`, `id` the number that it goes by for good.
    """

    id: int
    kind: str
    name: str
    papers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which papers may be found; an empty field allows all.

    Years are inclusive. `author`, `title`, `keyword` and `journal` match as a part of the name,
    whatever the case; `phrases` stand in title or abstract as they are; `without` are words no
    found paper may contain; `language` is a two-letter code. `after` allows only papers with a
    greater number, so those that came later; `hidden` are numbers left out.
    """

    author: str = ""
    title: str = ""
    keyword: str = ""
    journal: str = ""
    first_year: int | None = None
    last_year: int | None = None
    language: str = ""
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    after: int = 0
    hidden: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked for: papers similar to `text`, or to the library's paper `like`.

    `liked` and `disliked` name papers, by number, DOI or PMID, that it is moved towards and away
    from; these are left out of what is found, and it need not say anything else. Where nothing of
    this is given, `filters` alone choose: the newest papers that they allow. `sort` is the
    order of what was found: by `similarity`, or by `year`, newest first.
    `reader` is the two-letter code of the language in which extracts are preferred where a paper
    has its abstract in two; "" prefers the question's. `shown` are the places in the list, from 0,
    whose extracts and words are wanted: choosing them takes most of the time of a question.
    `explain` asks for the `shares` of each hit.
    """

    text: str = ""
    like: int | None = None
    top: int = 20
    reader: str = ""
    shown: range | None = None
    explain: bool = False
    filters: Filters = Filters()
    sort: str = "similarity"
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extract:
    """Verbatim sentences of a paper, and the character ranges of the matched words in them."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """A verbatim sentence of the hit at `rank`, and the character ranges of matched words in it."""

    rank: int
    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """What one term adds to a score.

    `kind` is `word` (of the question), `pair` (of neighbouring Han characters in it),
    `translation` (of the question's word `source`), `feedback` (a term of the best papers) or
    `liked` (a term of papers that are liked).
    `written` is the term as people know it: as the paper writes it, or else the question.
    """

    term: str
    kind: str
    source: str
    score: float
    written: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One similar paper; `terms` are its matched words as it writes them, heaviest first.

    `across` are words of the question and what the paper calls them, heaviest first, where most of
    what matched is a translation. `shares` make up its score, where they were asked for.
    """

    rank: int
    paper: Paper
    score: float
    extract: Extract
    terms: tuple[str, ...]
    across: tuple[tuple[str, str], ...] = ()
    shares: tuple[Share, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a question found.

    `seed` is the paper of the corpus that the question turned out to be. `matched` counts the
    papers that share a term with it, or with the best of these (None where counting would cost more
    than searching), `unknown` lists words of the question that occur in no paper. `milliseconds`
    run from the text received to these results, extracts included. `answer` are sentences of the
    hits that answer the question, best first: none where it is no question, or none is good enough.
    `liked` and `disliked` are the papers that the question was moved by, `missing` what of these it
    named and the corpus has not.
    """

    query: Query
    language: str
    seed: Paper | None
    hits: tuple[Hit, ...]
    matched: int | None
    unknown: tuple[str, ...]
    milliseconds: float
    papers: int
    version: str
    answer: tuple[Quotation, ...] = ()
    liked: tuple[Paper, ...] = ()
    disliked: tuple[Paper, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """What a library holds, for people to read: how many papers are in each language, of each
    year, from each source; `records` counts what they were put together from.
    """

    papers: int
    records: int
    without_abstract: int
    without_title: int
    languages: dict[str, int]
    years: dict[int, int]
    sources: dict[str, int]
