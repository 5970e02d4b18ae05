"""Works of OpenAlex."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.files.packed import files_in
from corpus.paper import Paper
from corpus.readers import Skipped, Text, openalex, recognise
from corpus.readers.openalex import READER
from tests.data import DATA, needs_data

WORK: dict[str, Any] = {
    "id": "https://openalex.org/W1234",
    "doi": "https://doi.org/10.1093/schbul/sbj043",
    "title": "Peer support among <i>adults</i>",
    "display_name": "Peer support among adults",
    "publication_year": 2006,
    "publication_date": "2006-07-01",
    "ids": {
        "openalex": "https://openalex.org/W1234",
        "pmid": "https://pubmed.ncbi.nlm.nih.gov/16461576",
        "pmcid": "https://www.ncbi.nlm.nih.gov/pmc/articles/2632251",
    },
    "language": "en",
    "primary_location": {
        "landing_page_url": "https://doi.org/10.1093/schbul/sbj043",
        "source": {
            "display_name": "Schizophrenia Bulletin",
            "issn_l": "0586-7614",
            "issn": ["0586-7614", "1745-1701"],
            "host_organization_name": "Oxford University Press",
        },
    },
    "type": "article",
    "type_crossref": "journal-article",
    "authorships": [
        {
            "author": {"display_name": "Larry Davidson", "orcid": "https://orcid.org/0"},
            "raw_author_name": "DAVIDSON L",
            "raw_affiliation_strings": ["Yale University"],
        },
        {
            "author": {"display_name": "Wanyu Xue"},
            "raw_author_name": "薛婉钰",
            "institutions": [{"display_name": "Peking University"}],
        },
        {"raw_author_name": "Anna van Berg", "raw_affiliation_strings": ["Yale University"]},
    ],
    "biblio": {"volume": "32", "issue": "3", "first_page": "443", "last_page": "450"},
    "keywords": [{"keyword": "recovery", "score": 0.4}, {"display_name": "Lived experience"}],
    "topics": [{"display_name": "Mental Health"}],
    "concepts": [{"display_name": "Recovery"}, {"display_name": "Engineering", "score": 0}],
    "mesh": [{"descriptor_name": "Peer Group"}, {"descriptor_name": "Peer Group"}],
    "abstract_inverted_index": {"people": [2], "We": [0], "asked": [1, 3], "again.": [4]},
    "cited_by_count": 7,
    "score": 1.5,
}


def test_every_field_of_a_work(papers) -> None:
    (paper,) = papers(json.dumps(WORK), "openalex")
    extra = dict(paper.extra)
    left = extra.pop("openalex")
    assert paper == Paper(
        source_id="W1234",
        title="Peer support among adults",
        abstract="We asked people asked again.",
        authors=("Davidson, Larry", "薛婉钰", "van Berg, Anna"),
        journal="Schizophrenia Bulletin",
        year=2006,
        volume="32",
        issue="3",
        pages="443-450",
        doi="10.1093/schbul/sbj043",
        pmid="16461576",
        url="https://doi.org/10.1093/schbul/sbj043",
        keywords=("recovery", "Lived experience"),
        subjects=("Mental Health", "Peer Group", "Recovery"),
        affiliations=("Yale University", "Peking University"),
        language="en",
        extra=paper.extra,
    )
    assert extra == {
        "date": "2006-07-01",
        "type": "article-journal",
        "publisher": "Oxford University Press",
        "issn": ["0586-7614", "1745-1701"],
        "pmcid": "PMC2632251",
    }
    assert (left["cited_by_count"], left["score"]) == (7, 1.5)
    assert left["authorships"] == WORK["authorships"]
    assert "abstract_inverted_index" not in left


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({"meta": {"count": 2}, "results": [WORK, WORK], "group_by": []}),
        json.dumps({"meta": {"count": 2}, "results": [WORK, WORK]}, indent=1),
        json.dumps([WORK, WORK]),
        json.dumps(WORK) + "\n" + json.dumps(WORK) + "\n",
        json.dumps({"results": [{**WORK, "abstract_inverted_index": {"x" * 99_999: [0]}}, WORK]}),
        json.dumps({"results": [{"display_name": "t", "publication_year": 2006}] * 2}),
    ],
)
def test_pages_and_lines_of_works(papers, content: str) -> None:
    assert len(papers(content, "openalex")) == 2


def test_a_page_is_read_from_a_string() -> None:
    body = json.dumps({"meta": {"next_cursor": None}, "results": [WORK, {"id": None}]})
    one, bad = READER.read(Text.of(body))
    assert one.paper.source_id == "W1234"
    assert isinstance(bad, Skipped)


@pytest.mark.parametrize(
    ("index", "abstract"),
    [
        ({"InvertedIndex": {"b": [1], "a": [0]}, "IndexLength": 2}, "a b"),
        ({"b": [10**30], "a": [-5]}, "a b"),
        ({"a": [0, "x", None, [1]], "b": "0", "c": None}, "a"),
        ({}, ""),
        (None, ""),
        ("We asked.", ""),
        ({"a": []}, ""),
    ],
)
def test_abstracts_by_places(index: Any, abstract: str) -> None:
    (one,) = READER.read(Text.of(json.dumps([{**WORK, "abstract_inverted_index": index}])))
    assert one.paper.abstract == abstract
    kept = one.paper.extra["openalex"].get("abstract_inverted_index")
    assert kept == (index if index and not abstract else None)


def test_a_word_cannot_be_in_more_places_than_a_text_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openalex, "LONGEST", 1000)
    for index in ({"x" * 100: list(range(100))}, {f"{n:09}" + "x" * 90: [n] for n in range(50)}):
        (one,) = READER.read(Text.of(json.dumps([{**WORK, "abstract_inverted_index": index}])))
        assert one.paper.abstract == ""


ODD = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["source", "author", "display_name", "score"]), inner)
    ),
    max_leaves=6,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(WORK, ODD)))
@settings(max_examples=50, deadline=None)
def test_values_of_any_shape_are_read(work: dict[str, Any]) -> None:
    (found,) = READER.read(Text.of(json.dumps([work])))
    assert isinstance(found, Skipped) or json.dumps(found.paper.extra)


@needs_data
def test_the_work_that_zotero_reads() -> None:
    found = recognise(*files_in(DATA / "exports/zotero/OpenAlex_JSON_1.txt"))
    expected = json.loads((DATA / "exports/zotero/OpenAlex_JSON_1.expected.json").read_text())[0]
    assert found.reader.name == "openalex"
    (record,) = found.records()
    paper = record.paper
    assert (paper.title, paper.journal) == (expected["title"], expected["publicationTitle"])
    assert paper.authors == tuple(
        f"{c['lastName']}, {c['firstName']}" for c in expected["creators"]
    )
    for ours, theirs in (
        ("volume", "volume"),
        ("issue", "issue"),
        ("pages", "pages"),
        ("doi", "DOI"),
    ):
        assert getattr(paper, ours) == expected[theirs]
    assert paper.extra["date"] == expected["date"]
    assert sorted(paper.keywords) == [tag["tag"] for tag in expected["tags"]]
    assert paper.abstract.startswith("This paper explains involuntary unemployment in terms of")
    assert paper.abstract.endswith("between primary and secondary.")
