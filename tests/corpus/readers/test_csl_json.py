"""CSL-JSON as reference managers and doi.org write it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.files.packed import files_in
from corpus.paper import Paper
from corpus.readers import Skipped, Text, recognise
from corpus.readers.csl_json import READER
from tests.data import DATA, needs_data

FULL: dict[str, Any] = {
    "id": "davidson2006",
    "type": "article-journal",
    "title": "Peer support among <i>adults</i>",
    "abstract": "<jats:title>Abstract</jats:title><jats:sec><jats:title>Aims</jats:title>"
    "<jats:p>We asked &lt;50\n   people.</jats:p></jats:sec><jats:sec><jats:title>Results:"
    "</jats:title><jats:p>They answered.</jats:p></jats:sec>",
    "author": [
        {"family": "Davidson", "given": "Larry", "suffix": "Jr", "ORCID": "0000-0001"},
        {"family": "薛", "given": "婉钰"},
        {"literal": "World Health Organization"},
        {"non-dropping-particle": "van", "family": "Berg", "given": "Anna"},
    ],
    "editor": [{"family": "Roe", "given": "Al"}],
    "container-title": "Schizophrenia Bulletin",
    "issued": {"date-parts": [["2006", 7, 1]]},
    "accessed": {"date-parts": [[2020, 3]]},
    "volume": 32,
    "issue": "3",
    "page": "443–450",
    "DOI": "https://doi.org/10.1093/schbul/sbj043",
    "URL": "https://example.org/a",
    "note": "PMID: 16461576\nread twice",
    "keyword": "recovery, lived experience",
    "language": "en-US",
    "ISSN": "0586-7614, 1745-1701",
    "publisher": "Oxford",
    "publisher-place": "Oxford",
    "collection-title": "Papers",
    "event": "A Conference",
    "archive": "kept",
}


def one(item: dict[str, Any]) -> Paper:
    (read,) = READER.read(Text.of(json.dumps([{"title": "t", **item}])))
    return read.paper


def test_every_field_of_an_item(papers) -> None:
    (paper,) = papers(json.dumps([FULL]), "csl-json")
    extra = dict(paper.extra)
    kept = extra.pop("csl")
    assert paper == Paper(
        source_id="davidson2006",
        title="Peer support among adults",
        abstract="Aims: We asked <50 people.\nResults: They answered.",
        authors=("Davidson, Larry, Jr", "薛婉钰", "World Health Organization", "van Berg, Anna"),
        journal="Schizophrenia Bulletin",
        year=2006,
        volume="32",
        issue="3",
        pages="443-450",
        doi="10.1093/schbul/sbj043",
        pmid="16461576",
        url="https://example.org/a",
        keywords=("recovery", "lived experience"),
        language="en",
        extra=paper.extra,
    )
    assert extra == {
        "type": "article-journal",
        "date": "2006-07-01",
        "accessed": "2020-03",
        "editors": ["Roe, Al"],
        "issn": ["0586-7614", "1745-1701"],
        "publisher": "Oxford",
        "place": "Oxford",
        "series": "Papers",
        "conference": "A Conference",
        "note": "PMID: 16461576\nread twice",
    }
    assert kept["archive"] == "kept"
    assert kept["author"] == FULL["author"]
    assert "publisher" not in kept


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([FULL, FULL]),
        json.dumps([FULL, FULL], indent=2),
        json.dumps({"items": [FULL, FULL]}),
        json.dumps(FULL) + "\n" + json.dumps(FULL) + "\n",
        "\n" + json.dumps([{"id": "1", "type": "book", "title": "t"}] * 2),
        json.dumps([{"title": "t", "author": [{"family": "Roe"}]}] * 2),
        json.dumps([{"type": "thesis", "title": "t", "abstract": "x" * 100_000}] * 2),
    ],
)
def test_ways_to_put_items_into_a_file(papers, content: str) -> None:
    assert len(papers(content, "csl-json")) == 2


@pytest.mark.parametrize(
    "content",
    [
        '{"id": "1", "title": "t", "type": "article-journal", "abstract": "a"}',
        '{"id": "1", "title": "t", "type": "article-journal", "authors": ["a"], "DOI": "x"}',
        '{"id": "1", "title": "t", "author": "Roe, Al"}',
        '[{"title": ["t"], "container-title": ["j"], "type": "book", "DOI": "10.1/x"}]',
        '[{"title": "t"}]',
        '[{"itemType": "book", "title": "t", "type": "journal"}]',
        "[1, 2]",
        "TY  - JOUR\n",
        "@article{a, title = {type}}",
    ],
)
def test_what_is_not_csl_json(content: str) -> None:
    assert not READER.recognises(content)


@pytest.mark.parametrize(
    ("issued", "year", "date"),
    [
        ({"date-parts": [[2011]]}, 2011, None),
        ({"date-parts": [["2011", "2"]]}, 2011, "2011-02"),
        ({"date-parts": [[2011, 2, 14], [2011, 3]]}, 2011, "2011-02-14"),
        ({"raw": "2011-02-14"}, 2011, "2011-02-14"),
        ({"literal": "Spring 2011"}, 2011, None),
        ({"date-parts": [[]]}, None, None),
        ({"date-parts": [[None, {}]]}, None, None),
        ({"date-parts": "2011"}, None, None),
        ("2011-02", 2011, "2011-02"),
        (2011, 2011, None),
        ({"date-parts": [[99999, 44, 77]]}, None, None),
        (None, None, None),
    ],
)
def test_dates(issued: Any, year: int | None, date: str | None) -> None:
    paper = one({"issued": issued})
    assert (paper.year, paper.extra.get("date")) == (year, date)


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ({"family": "Roe", "given": "Al"}, "Roe, Al"),
        ({"family": "Plato"}, "Plato"),
        ({"given": "Al"}, "Al"),
        (
            {"family": "Beethoven", "given": "Ludwig", "dropping-particle": "van"},
            "Beethoven, Ludwig van",
        ),
        ({"family": "薛", "given": "婉钰"}, "薛婉钰"),
        ({"literal": "北京大学"}, "北京大学"),
        ({"name": "A Group"}, "A Group"),
        ("Roe, Al", "Roe, Al"),
    ],
)
def test_names(author: Any, name: str) -> None:
    assert one({"author": [author, {}, None, {"family": ""}, []]}).authors == (name,)


def test_our_own_further_fields_come_from_custom() -> None:
    custom = {"translated_title": "同伴支持", "subjects": ["a; b"], "theirs": {"x": 1}}
    paper = one({"custom": custom})
    assert (paper.translated_title, paper.subjects) == ("同伴支持", ("a; b",))
    assert paper.extra["csl"]["custom"] == {"theirs": {"x": 1}}


def test_an_item_that_says_nothing_is_skipped(reading) -> None:
    content = json.dumps([FULL, {"id": "x", "type": "book", "volume": "1"}, "text"])
    _, *bad = reading(content, "csl-json")
    assert [(type(one), one.reason) for one in bad] == [
        (Skipped, "no title, abstract or DOI"),
        (Skipped, "not a JSON object"),
    ]


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["family", "given", "date-parts", "raw", "name"]), inner)
    ),
    max_leaves=6,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys((*FULL, "custom"), ODD)))
@settings(max_examples=50, deadline=None)
def test_values_of_any_shape_are_read_or_kept(item: dict[str, Any]) -> None:
    found = next(READER.read(Text.of(json.dumps([item]))))
    assert (
        isinstance(found, Skipped) or found.paper.title or found.paper.doi or found.paper.abstract
    )
    if not isinstance(found, Skipped):
        json.dumps(found.paper.extra)


@needs_data
def test_the_item_that_zotero_reads() -> None:
    found = recognise(*files_in(DATA / "exports/zotero/CSL_JSON_1.txt"))
    expected = json.loads((DATA / "exports/zotero/CSL_JSON_1.expected.json").read_text())[0]
    assert found.reader.name == "csl-json"
    (record,) = found.records()
    paper = record.paper
    assert (record.line, paper.source_id) == (2, expected["itemID"])
    assert paper.title == expected["title"]
    assert paper.authors == tuple(
        f"{c['lastName']}, {c['firstName']}" for c in expected["creators"]
    )
    assert (paper.volume, paper.language, paper.year) == (expected["volume"], "en", 2013)
    assert paper.extra["isbn"] == [expected["ISBN"]]
    assert paper.extra["series"] == expected["series"]
    assert paper.extra["publisher"] == expected["publisher"]
    assert paper.extra["csl"]["number-of-pages"] == expected["numPages"]
