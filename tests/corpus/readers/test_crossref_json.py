"""Works of Crossref's REST API."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.paper import Paper
from corpus.readers import Skipped, Text
from corpus.readers.crossref_json import READER

WORK: dict[str, Any] = {
    "DOI": "10.1093/schbul/sbj043",
    "URL": "https://doi.org/10.1093/schbul/sbj043",
    "type": "journal-article",
    "title": ["Peer Support &amp; <i>Recovery</i>"],
    "subtitle": ["A Report"],
    "container-title": ["Schizophrenia Bulletin"],
    "short-container-title": ["Schizophr. Bull."],
    "abstract": """<jats:title>Abstract</jats:title>
  <jats:sec>
    <jats:title>Aims</jats:title>
    <jats:p>We asked
    H<jats:sub>2</jats:sub>O.</jats:p>
  </jats:sec><jats:p>End.</jats:p>""",
    "author": [
        {
            "given": "Larry",
            "family": "Davidson",
            "sequence": "first",
            "affiliation": [{"name": "Yale University"}],
        },
        {"family": "Xue", "given": "Wanyu", "suffix": "Jr", "sequence": "additional"},
        {"name": "The Group", "sequence": "additional", "affiliation": []},
    ],
    "editor": [{"given": "Al", "family": "Roe", "sequence": "first", "affiliation": []}],
    "issued": {"date-parts": [[2006, 7]]},
    "published-print": {"date-parts": [[2006, 7, 1]]},
    "volume": "32",
    "issue": "3",
    "page": "443-450",
    "language": "en",
    "publisher": "Oxford University Press (OUP)",
    "ISSN": ["0586-7614", "1745-1701"],
    "subject": ["Psychiatry"],
    "reference-count": 20,
    "member": "286",
}


def one(**changes: Any) -> Paper:
    (read,) = READER.read(Text.of(json.dumps([{**WORK, **changes}])))
    return read.paper


def page(*works: Any) -> dict[str, Any]:
    return {
        "status": "ok",
        "message-type": "work-list",
        "message": {"facets": {}, "total-results": 2, "items": list(works), "items-per-page": 20},
    }


def test_every_field_of_a_work(papers) -> None:
    content = {"status": "ok", "message-type": "work", "message": WORK}
    (paper,) = papers(json.dumps(content), "crossref-json")
    extra = dict(paper.extra)
    left = extra.pop("crossref")
    assert paper == Paper(
        source_id="10.1093/schbul/sbj043",
        title="Peer Support & Recovery: A Report",
        abstract="Aims: We asked H2O.\nEnd.",
        authors=("Davidson, Larry", "Xue, Wanyu, Jr", "The Group"),
        journal="Schizophrenia Bulletin",
        year=2006,
        volume="32",
        issue="3",
        pages="443-450",
        doi="10.1093/schbul/sbj043",
        url="https://doi.org/10.1093/schbul/sbj043",
        subjects=("Psychiatry",),
        affiliations=("Yale University",),
        language="en",
        extra=paper.extra,
    )
    assert extra == {
        "type": "article-journal",
        "date": "2006-07",
        "publisher": "Oxford University Press (OUP)",
        "issn": ["0586-7614", "1745-1701"],
        "editors": ["Roe, Al"],
    }
    assert left["author"] == WORK["author"]  # who is where
    assert "editor" not in left
    assert left["reference-count"] == 20
    assert left["published-print"] == {"date-parts": [[2006, 7, 1]]}


@pytest.mark.parametrize(
    "content",
    [
        json.dumps(page(WORK, WORK)),
        json.dumps(page(WORK, WORK), indent=2),
        json.dumps({"items": [WORK, WORK]}),
        json.dumps([WORK, WORK]),
        json.dumps(WORK) + "\n" + json.dumps(WORK),
        json.dumps(page({**WORK, "abstract": "x" * 100_000}, WORK)),
        json.dumps(page({"title": ["t"], "DOI": "10.1000/1"}, {"title": [], "DOI": "10.1000/2"})),
    ],
)
def test_pages_and_lines_of_works(papers, content: str) -> None:
    assert len(papers(content, "crossref-json")) == 2


def test_a_page_is_read_from_a_string() -> None:
    first, bad = READER.read(Text.of(json.dumps(page(WORK, {"title": []}))))
    assert first.paper.doi == "10.1093/schbul/sbj043"
    assert (type(bad), bad.number) == (Skipped, 2)


@pytest.mark.parametrize(
    ("changes", "titles"),
    [
        ({"title": ["T"], "subtitle": []}, ("T", "")),
        ({"title": ["T: a report"]}, ("T: a report", "")),
        ({"title": []}, ("A Report", "")),
        ({"title": [], "subtitle": [], "original-title": ["同伴支持"]}, ("同伴支持", "")),
        (
            {"subtitle": [], "title": ["Peer support"], "original-title": ["同伴支持"]},
            ("Peer support", "同伴支持"),
        ),
        (
            {
                "subtitle": [],
                "title": ["Peer support"],
                "original-title": ["同伴支持"],
                "language": "zh",
            },
            ("同伴支持", "Peer support"),
        ),
        ({"subtitle": [], "title": ["Peer", "同伴"]}, ("Peer", "同伴")),
        ({"subtitle": [], "title": ["Same"], "original-title": ["SAME"]}, ("Same", "")),
        ({"subtitle": [], "title": "Not a list"}, ("Not a list", "")),
    ],
)
def test_titles(changes: dict[str, Any], titles: tuple[str, str]) -> None:
    paper = one(**changes)
    assert (paper.title, paper.translated_title) == titles


@pytest.mark.parametrize(
    ("changes", "year", "date"),
    [
        ({"issued": {"date-parts": [[None]]}}, 2006, "2006-07-01"),
        ({"issued": {"date-parts": [[2006]]}}, 2006, None),
        ({"issued": None, "published-print": None}, None, None),
        (
            {"issued": None, "published-print": {}, "created": {"date-parts": [[2005, 1]]}},
            2005,
            "2005-01",
        ),
    ],
)
def test_dates(changes: dict[str, Any], year: int | None, date: str | None) -> None:
    paper = one(**changes)
    assert (paper.year, paper.extra.get("date")) == (year, date)


def test_chapters_articles_by_number_and_chinese_names() -> None:
    paper = one(
        type="book-chapter",
        page=None,
        author=[{"family": "薛", "given": "婉钰"}],
        **{"article-number": "e12", "container-title": ["A Book", "A Series"]},
        ISBN=["http://id.crossref.org/isbn/9780000000002"],
    )
    assert (paper.pages, paper.authors, paper.journal) == ("e12", ("薛婉钰",), "A Book")
    assert paper.extra["series"] == "A Series"
    assert paper.extra["isbn"] == ["9780000000002"]
    assert paper.extra["type"] == "chapter"


ODD = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "date-parts", "affiliation", "x"]), inner)
    ),
    max_leaves=6,
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys((*WORK, "message"), ODD)))
@settings(max_examples=50, deadline=None)
def test_values_of_any_shape_are_read(work: dict[str, Any]) -> None:
    (found,) = READER.read(Text.of(json.dumps([work])))
    assert isinstance(found, Skipped) or json.dumps(found.paper.extra)
