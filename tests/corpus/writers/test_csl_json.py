"""CSL-JSON out, and in again."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.files.packed import files_in
from corpus.paper import Paper
from corpus.readers import Text, recognise
from corpus.readers.csl import TYPES
from corpus.readers.csl_json import READER
from corpus.text.repair import repair
from corpus.writers import writer_named
from corpus.writers.csl_json import WRITER, csl_item
from tests.data import DATA, needs_data

FULL = Paper(
    id=12,
    source_id="own-1",
    title="Peer support",
    abstract="Aims: We asked.\nResults: They said <50.",
    translated_title="同伴支持",
    translated_abstract="我们问了。",
    authors=("Davidson, Larry, Jr", "薛婉钰", "World Health Organization"),
    journal="A Journal",
    year=2006,
    volume="32",
    issue="3",
    pages="443-450",
    doi="10.1093/schbul/sbj043",
    pmid="16461576",
    url="https://example.org/a",
    keywords=("recovery", "lived experience"),
    subjects=("mental health; x",),
    affiliations=("Yale, New Haven; USA",),
    language="en",
    summary_by="Similit",
    extra={
        "type": "chapter",
        "date": "2006-07-01",
        "publisher": "Oxford",
        "place": "New York",
        "issn": ["0586-7614", "1745-1701"],
        "isbn": ["978-3-642-32156-6"],
        "editors": ["Roe, Al"],
        "translators": ["王明"],
        "series": "Papers",
        "edition": "2",
        "conference": "A Conference",
        "pmcid": "PMC1",
        "arxiv": "2001.00001",
        "note": "read",
        "urls": ["https://example.org/b"],
        "accessed": "2020-03-01",
    },
)


def written(*papers: Paper) -> list[dict[str, Any]]:
    return json.loads("".join(WRITER.write(papers)))


def read(items: list[dict[str, Any]]) -> list[Paper]:
    return [one.paper for one in READER.read(Text.of(json.dumps(items)))]


def test_an_item_as_citation_processors_want_it() -> None:
    assert csl_item(FULL) == {
        "id": "own-1",
        "type": "chapter",
        "title": "Peer support",
        "author": [
            {"family": "Davidson", "given": "Larry", "suffix": "Jr"},
            {"literal": "薛婉钰"},
            {"literal": "World Health Organization"},
        ],
        "editor": [{"family": "Roe", "given": "Al"}],
        "translator": [{"literal": "王明"}],
        "container-title": "A Journal",
        "issued": {"date-parts": [[2006, 7, 1]]},
        "accessed": {"date-parts": [[2020, 3, 1]]},
        "volume": "32",
        "issue": "3",
        "page": "443-450",
        "abstract": "Aims: We asked.\nResults: They said <50.",
        "keyword": "recovery; lived experience",
        "DOI": "10.1093/schbul/sbj043",
        "PMID": "16461576",
        "PMCID": "PMC1",
        "URL": "https://example.org/a",
        "language": "en",
        "publisher": "Oxford",
        "publisher-place": "New York",
        "edition": "2",
        "collection-title": "Papers",
        "event-title": "A Conference",
        "note": "read",
        "ISSN": "0586-7614, 1745-1701",
        "ISBN": "978-3-642-32156-6",
        "custom": {
            "translated_title": "同伴支持",
            "translated_abstract": "我们问了。",
            "summary_by": "Similit",
            "arxiv": "2001.00001",
            "subjects": ["mental health; x"],
            "affiliations": ["Yale, New Haven; USA"],
            "urls": ["https://example.org/b"],
        },
    }


def test_the_papers_that_were_written_are_recognised_and_read(tmp_path) -> None:
    path = tmp_path / "x"
    path.write_text("".join(WRITER.write([FULL, Paper(id=3, title="t")])), encoding="utf-8")
    found = recognise(*files_in(path))
    assert found.reader.name == "csl-json"
    assert [one.paper for one in found.records()] == [
        dataclasses.replace(FULL, id=0),
        Paper(title="t", extra={"type": "document"}),
    ]


def test_no_papers_are_an_empty_list() -> None:
    assert writer_named("csl-json") is WRITER
    assert written() == []


def test_papers_are_written_as_they_come() -> None:
    def endless():
        while True:
            yield FULL

    pieces = WRITER.write(endless())
    assert [len(next(pieces)) > 100 for _ in range(3)] == [True] * 3


def test_what_an_item_had_is_not_written_where_the_paper_knows_better() -> None:
    (paper,) = read(
        [
            {
                "title": "Old <i>title</i>",
                "DOI": "none",
                "volume": 5,
                "author": [{"family": "Roe", "given": "Al", "ORCID": "0"}],
                "x": 1,
                "custom": {"a": 1},
            }
        ]
    )
    same = csl_item(paper)
    assert (same["title"], same["DOI"], same["volume"]) == ("Old <i>title</i>", "none", 5)
    assert same["author"][0]["ORCID"] == "0"
    better = csl_item(
        dataclasses.replace(
            paper, title="New", doi="10.1000/x", authors=("Doe, B",), translated_title="新"
        )
    )
    assert (better["title"], better["DOI"], better["volume"], better["x"]) == (
        "New",
        "10.1000/x",
        5,
        1,
    )
    assert better["author"] == [{"family": "Doe", "given": "B"}]
    assert better["custom"] == {"a": 1, "translated_title": "新"}


def test_markup_of_a_title_is_still_there_after_an_import_has_mended_it() -> None:
    (paper,) = read([{"title": "On <i>E. coli</i> and H<sub>2</sub>O"}])
    assert csl_item(repair(paper))["title"] == "On <i>E. coli</i> and H<sub>2</sub>O"


@pytest.mark.parametrize(
    ("paper", "type"),
    [
        (Paper(journal="J"), "article-journal"),
        (Paper(title="t"), "document"),
        (Paper(extra={"type": "thesis"}), "thesis"),
        (Paper(journal="J", extra={"type": "Unheard of"}), "article-journal"),
        (Paper(journal="J", extra={"type": ["thesis"]}), "article-journal"),
    ],
)
def test_types(paper: Paper, type: str) -> None:
    assert csl_item(paper)["type"] == type


def test_a_date_of_another_year_than_the_papers_is_not_written() -> None:
    paper = Paper(title="t", year=2006, extra={"date": "2005-12-01"})
    assert csl_item(paper)["issued"] == {"date-parts": [[2006]]}


@pytest.mark.parametrize(
    "extra", [{"csl": "x"}, {"csl": ["x"]}, {"csl": {"title": 3, "custom": 4}}]
)
def test_an_extra_of_another_shape_does_no_harm(extra: dict[str, Any]) -> None:
    assert csl_item(Paper(title="t", extra=extra))["title"] == "t"


WORD = st.text(st.characters(categories=["Lu", "Ll", "Lo", "Nd"]), min_size=1, max_size=8)
LINE = st.lists(
    WORD | st.sampled_from(["<", "&", "同伴", "p<0.05", "a;b", "x,", "-"]), min_size=1, max_size=4
).map(" ".join)
NAMES = st.builds("{}, {}".format, WORD, WORD) | st.builds("{}, {}, Jr".format, WORD, WORD) | LINE
LISTS = st.lists(LINE, max_size=3).map(tuple)
PAPERS = st.builds(
    Paper,
    id=st.integers(0, 99),
    source_id=LINE | st.just(""),
    title=LINE,
    abstract=st.lists(LINE, max_size=3).map("\n".join),
    translated_title=LINE | st.just(""),
    translated_abstract=LINE | st.just(""),
    authors=st.lists(NAMES, max_size=3).map(tuple),
    journal=LINE | st.just(""),
    year=st.none() | st.integers(1500, 2099),
    volume=LINE | st.just(""),
    issue=LINE | st.just(""),
    pages=st.sampled_from(["", "1-9", "e12", "S1-S9", "1-9, 12"]),
    doi=st.sampled_from(["", "10.1000/x", "10.1000/x<1::a>2.0;2-9"]),
    pmid=st.sampled_from(["", "123"]),
    url=st.sampled_from(["", "https://example.org/?a=1&b=2"]),
    keywords=LISTS,
    subjects=LISTS,
    affiliations=LISTS,
    language=st.sampled_from(["", "en", "zh"]),
    summary_by=st.sampled_from(["", "Similit"]),
)


@given(st.lists(PAPERS, max_size=3))
@settings(max_examples=50, deadline=None)
def test_a_papers_own_fields_come_back(papers: list[Paper]) -> None:
    back = [dataclasses.replace(paper, extra={}) for paper in read(written(*papers))]
    assert back == [dataclasses.replace(paper, id=0) for paper in papers]


ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | ANY,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ANY, inner),
    max_leaves=5,
)
PERSON = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(
        ("family", "given", "suffix", "literal", "non-dropping-particle", "ORCID"), LINE
    ),
)
DATE = st.builds(
    lambda *parts: {"date-parts": [list(parts)]}, st.integers(1500, 2099), st.integers(1, 12)
) | st.fixed_dictionaries({}, optional={"raw": LINE, "date-parts": JSON, "circa": JSON})
KNOWN = (
    "id abstract container-title volume issue page DOI PMID PMCID URL language publisher "
    "publisher-place edition collection-title event-title event note keyword ISSN ISBN"
).split()
ITEMS = st.fixed_dictionaries(
    {"title": LINE},
    optional={
        **dict.fromkeys(KNOWN, LINE | JSON),
        "type": st.sampled_from(sorted(TYPES)) | LINE,
        **dict.fromkeys(("author", "editor", "translator"), st.lists(PERSON, max_size=3) | JSON),
        **dict.fromkeys(("issued", "accessed"), DATE | JSON),
        "custom": st.dictionaries(st.sampled_from(["translated_title", "subjects", "x"]), JSON)
        | JSON,
    },
)


@given(
    st.lists(
        st.builds(lambda odd, item: {**odd, **item}, st.dictionaries(WORD, JSON), ITEMS), max_size=3
    )
)
@settings(max_examples=50, deadline=None)
def test_an_item_comes_out_with_all_that_it_had(items: list[dict[str, Any]]) -> None:
    for item, out in zip(items, written(*read(items)), strict=True):
        for name, value in item.items():
            if name == "custom" and isinstance(value, dict):
                assert out.get(name, {}).items() >= value.items()
            else:
                assert out[name] == value


@needs_data
def test_a_real_item_comes_out_with_all_that_it_had() -> None:
    items = json.loads((DATA / "exports/zotero/CSL_JSON_1.txt").read_text())
    assert written(*read(items)) == items
