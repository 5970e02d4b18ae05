"""Papers of Semantic Scholar."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.paper import Paper
from corpus.readers import Skipped, Text
from corpus.readers.semantic_scholar import READER

PAPER: dict[str, Any] = {
    "paperId": "649def34f8be52c8b66281af98ae884c09aef38b",
    "externalIds": {
        "DOI": "10.1093/schbul/sbj043",
        "PubMed": "16461576",
        "PubMedCentral": "2632251",
        "ArXiv": "2001.00001",
        "CorpusId": 123,
    },
    "url": "https://www.semanticscholar.org/paper/649def",
    "title": "Peer support among adults",
    "abstract": "We asked.",
    "venue": "Schizophrenia Bulletin",
    "publicationVenue": {"name": "Schizophrenia Bulletin", "issn": "0586-7614"},
    "year": 2006,
    "fieldsOfStudy": ["Medicine"],
    "s2FieldsOfStudy": [{"category": "Medicine"}, {"category": "Psychology"}],
    "publicationTypes": ["Unheard", "JournalArticle"],
    "publicationDate": "2006-07-01",
    "journal": {"name": "Schizophr Bull", "volume": "32", "pages": "\n    443-450\n  "},
    "authors": [
        {"authorId": "1", "name": "L. Davidson", "affiliations": ["Yale"]},
        {"authorId": None, "name": "薛婉钰"},
    ],
    "tldr": {"text": "Short."},
    "citationCount": 9,
}


def test_every_field_of_a_paper(papers) -> None:
    (paper,) = papers(json.dumps(PAPER), "semantic-scholar")
    extra = dict(paper.extra)
    left = extra.pop("semantic_scholar")
    assert paper == Paper(
        source_id="649def34f8be52c8b66281af98ae884c09aef38b",
        title="Peer support among adults",
        abstract="We asked.",
        authors=("Davidson, L.", "薛婉钰"),
        affiliations=("Yale",),
        journal="Schizophrenia Bulletin",
        year=2006,
        volume="32",
        pages="443-450",
        doi="10.1093/schbul/sbj043",
        pmid="16461576",
        url="https://www.semanticscholar.org/paper/649def",
        subjects=("Medicine", "Psychology"),
        extra=paper.extra,
    )
    assert extra == {
        "date": "2006-07-01",
        "pmcid": "PMC2632251",
        "arxiv": "2001.00001",
        "type": "article-journal",
        "issn": ["0586-7614"],
    }
    assert (left["citationCount"], left["tldr"]) == (9, {"text": "Short."})


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"total": 2, "offset": 0, "data": [PAPER, PAPER]}),
        json.dumps({"recommendedPapers": [PAPER, PAPER]}, indent=1),
        json.dumps([PAPER, PAPER]),
        json.dumps(
            {"data": [{"isInfluential": True, "citingPaper": PAPER}, {"citedPaper": PAPER}]}
        ),
        json.dumps({k.lower(): v for k, v in PAPER.items() if k != "paperId"} | {"corpusid": 5})
        * 2,
        json.dumps(PAPER) + "\n" + json.dumps(PAPER),
        json.dumps({"data": [{"paperId": "a", "title": "t"}] * 2}),
    ],
)
def test_pages_and_lines_of_papers(papers, content: str) -> None:
    assert len(papers(content, "semantic-scholar")) == 2


def test_the_data_sets_say_the_same() -> None:
    line = {k.lower(): v for k, v in PAPER.items() if k != "paperId"} | {"corpusid": 5}
    (one,) = READER.read(Text.of(json.dumps(line)))
    assert one.paper.source_id == "5"
    assert (one.paper.doi, one.paper.subjects) == (
        "10.1093/schbul/sbj043",
        ("Medicine", "Psychology"),
    )
    assert one.paper.extra["date"] == "2006-07-01"


def test_what_stands_beside_a_cited_paper_is_kept() -> None:
    (one,) = READER.read(Text.of(json.dumps([{"intents": ["method"], "citedPaper": PAPER}])))
    assert one.paper.title == "Peer support among adults"
    assert one.paper.extra["semantic_scholar"]["intents"] == ["method"]


def test_a_page_is_read_from_a_string_and_nothing_is_skipped_silently() -> None:
    body = json.dumps({"data": [PAPER, None, {"paperId": "x", "title": None}]})
    _, nothing, empty = READER.read(Text.of(body))
    assert isinstance(nothing, Skipped)
    assert isinstance(empty, Skipped)


ODD = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "DOI", "text", "category"]), inner)
    ),
    max_leaves=6,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys((*PAPER, "citedPaper"), ODD)))
@settings(max_examples=50, deadline=None)
def test_values_of_any_shape_are_read(paper: dict[str, Any]) -> None:
    (found,) = READER.read(Text.of(json.dumps([paper])))
    assert isinstance(found, Skipped) or json.dumps(found.paper.extra)
