"""When two records are the same paper, and what the one paper is then."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.identity import (
    bare_doi,
    first_author,
    keys,
    merge,
    record_hash,
    reference,
    reference_key,
    same_paper,
    same_record,
    text_keys,
)
from corpus.paper import Paper

SICI = "10.1002/(SICI)1097-4571(199009)41:6<391::AID-ASI1>3.0.CO;2-9"


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("10.1093/schbul/sbj043", "10.1093/schbul/sbj043"),
        ("https://doi.org/10.1093/schbul/sbj043", "10.1093/schbul/sbj043"),
        ("http://dx.doi.org/10.1000/ABC.", "10.1000/ABC"),
        ("doi: 10.1000/a-b_(c)2;d", "10.1000/a-b_(c)2;d"),
        ("10.1016/S0140-6736(05)71146-6", "10.1016/S0140-6736(05)71146-6"),
        (SICI, SICI),
        ("(see 10.1000/abc).", "10.1000/abc"),
        ("引自10.1000/abc。", "10.1000/abc"),
        ("10.5/abc", ""),
        ("none", ""),
        ("", ""),
    ],
)
def test_the_doi_in_a_text(text: str, doi: str) -> None:
    assert bare_doi(text) == doi


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#12", ("number", "12")),
        ("12", ("number", "12")),
        (" paper:12 ", ("number", "12")),
        ("＃12", ("number", "12")),
        ("# 012", ("number", "12")),
        ("10.1000/ABC", ("doi", "10.1000/ABC")),
        ("doi:10.1000/abc", ("doi", "10.1000/abc")),
        ("https://doi.org/10.1000/abc", ("doi", "10.1000/abc")),
        (SICI, ("doi", SICI)),
        ("PMID: 16461576", ("pmid", "16461576")),
        ("https://pubmed.ncbi.nlm.nih.gov/16461576/", ("pmid", "16461576")),
    ],
)
def test_a_text_that_names_a_paper(text: str, expected: tuple[str, str]) -> None:
    assert reference(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "peer support", "#", "12 monkeys", "covid-19", "see 10.1000/abc please", "PMID", "1.5"],
)
def test_a_text_that_names_none(text: str) -> None:
    assert reference(text) is None


def test_identifiers_are_the_same_in_any_case() -> None:
    paper = Paper(doi="10.1000/ABC", pmid="7")
    for text in ("10.1000/abc", "https://doi.org/10.1000/Abc", "PMID 7", "pmid:7"):
        named = reference(text)
        assert named is not None
        assert reference_key(named) in keys(paper).identifiers


def test_a_doi_and_a_pmid_of_the_same_letters_are_different() -> None:
    assert keys(Paper(doi="7")).identifiers != keys(Paper(pmid="7")).identifiers


@pytest.mark.parametrize(
    "text",
    [
        "Peer Support: a review",
        "PEER SUPPORT — A REVIEW.",
        "We asked peers. They told us.",
        "Peer support: a review\n\nWe asked peers. They told us.",
        "同伴支持：綜述",
        "我们问了同伴。",
    ],
)
def test_a_title_an_abstract_or_both_are_recognised(text: str) -> None:
    paper = Paper(
        title="Peer support: A review",
        abstract="We asked peers. They told us.",
        translated_title="同伴支持：综述",
        translated_abstract="我们问了同伴。",
    )
    assert set(text_keys(text)) & set(keys(paper).all())


@pytest.mark.parametrize(
    "text", ["Peer support", "We asked peers.", "Peer support: a review, second edition", "—", ""]
)
def test_a_part_of_them_is_not(text: str) -> None:
    paper = Paper(title="Peer support: A review", abstract="We asked peers. They told us.")
    assert not set(text_keys(text)) & set(keys(paper).all())


def test_a_paper_of_nothing_has_no_keys() -> None:
    assert keys(Paper()).all() == ()
    assert keys(Paper(title="?!", abstract="…")).all() == ()


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Davidson, Larry", "davidson"),
        ("Larry Davidson", "davidson"),
        ("DAVIDSON L", "davidson"),
        ("Davidson L.M.", "davidson"),
        ("van der Berg, H.", "vanderberg"),
        ("Müller, Jörg", "muller"),
        ("薛婉钰", "薛婉钰"),
        ("Plato", "plato"),
        ("", ""),
    ],
)
def test_the_first_author(name: str, family: str) -> None:
    assert first_author(Paper(authors=(name, "Other, A."))) == family


def test_no_authors_no_first_author() -> None:
    assert first_author(Paper()) == ""


BOOK = Paper(title="Peer support: A review", year=2010, authors=("Davidson, Larry", "Rowe, M."))


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"title": "PEER SUPPORT – a review"}, True),
        ({"title": "Peer support"}, False),
        ({"year": 2011}, True),
        ({"year": 2009}, True),
        ({"year": 2012}, False),
        ({"year": None}, False),
        ({"authors": ("Larry Davidson",)}, True),
        ({"authors": ("Davidson L", "Other A")}, True),
        ({"authors": ("Rowe, M.", "Davidson, Larry")}, False),
        ({"authors": ()}, False),
        ({"doi": "10.1000/a"}, True),
        ({"title": "", "translated_title": "Peer support: A review"}, True),
    ],
)
def test_by_title_year_and_first_author(changes: dict[str, Any], same: bool) -> None:
    other = dataclasses.replace(BOOK, **changes)
    assert same_paper(BOOK, other) is same
    assert same_paper(other, BOOK) is same


def test_papers_without_a_title_are_not_the_same_by_it() -> None:
    nameless = dataclasses.replace(BOOK, title="")
    assert not same_paper(nameless, nameless)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"doi": "10.1000/A"}, {"doi": "10.1000/a", "title": "Another", "year": 1990}, True),
        ({"doi": "10.1000/a"}, {"doi": "10.1000/b"}, False),
        ({"pmid": "7"}, {"pmid": "7", "title": "Another", "authors": ()}, True),
        ({"pmid": "7"}, {"pmid": "8"}, False),
        ({"doi": "10.1000/a", "pmid": "7"}, {"doi": "10.1000/b", "pmid": "7"}, False),
        ({"doi": "10.1000/a", "pmid": "7"}, {"pmid": "7", "title": "Another"}, True),
        ({"doi": "10.1000/a"}, {"pmid": "7"}, True),
    ],
)
def test_identifiers_decide_before_titles(
    one: dict[str, Any], other: dict[str, Any], same: bool
) -> None:
    known, new = dataclasses.replace(BOOK, **one), dataclasses.replace(BOOK, **other)
    assert same_paper(known, new) is same
    assert same_paper(new, known) is same


def test_a_record_with_the_same_own_id_can_be_a_newer_state() -> None:
    known = Paper(source_id="1", title="Peer support: A review", abstract="We asked peers at work.")
    completed = dataclasses.replace(known, abstract="We asked peers at work. They told us so much.")
    renamed = dataclasses.replace(known, title="Peer support, reviewed")
    assert same_record(known, completed)
    assert same_record(known, renamed)
    assert same_record(known, dataclasses.replace(known, doi="10.1000/a"))


def test_a_record_with_the_same_own_id_and_nothing_in_common_is_another() -> None:
    known = Paper(source_id="1", title="Peer support: A review", abstract="We asked peers at work.")
    other = Paper(source_id="1", title="Flow over a wing", abstract="Heat of slender bodies.")
    assert not same_record(known, other)
    by_doi = dataclasses.replace(known, doi="10.1000/a")
    assert not same_record(by_doi, dataclasses.replace(known, doi="10.1000/b"))


TEXT = st.sampled_from(["", "one", "two words", "three whole words"])
LIST = st.lists(st.sampled_from(["a", "b", "c"]), max_size=3, unique=True).map(tuple)
PAPERS = st.builds(
    Paper,
    source_id=TEXT,
    title=TEXT,
    abstract=TEXT,
    translated_abstract=TEXT,
    authors=LIST,
    journal=TEXT,
    year=st.sampled_from([None, 1999, 2020]),
    doi=TEXT,
    keywords=LIST,
    affiliations=LIST,
    language=st.sampled_from(["", "en", "zh"]),
    extra=st.dictionaries(st.sampled_from(["note", "mesh"]), st.sampled_from(["x", "y"])),
)


def everything(paper: Paper) -> set[tuple[str, Any]]:
    """Every name and value a paper knows, those displaced by others included."""
    told: set[tuple[str, Any]] = set()
    others = paper.extra.get("other_values", ())
    fields = [(f.name, getattr(paper, f.name)) for f in dataclasses.fields(Paper)]
    for known in (dict(fields), paper.extra, *others):
        for name, value in known.items():
            if name in ("id", "extra", "source_id", "other_values") or not value:
                continue
            if name in ("keywords", "affiliations"):
                told |= {(name, one) for one in value}
            else:
                told.add((name, tuple(value) if isinstance(value, list) else value))
    return told


@given(PAPERS, PAPERS, st.booleans())
def test_a_merged_paper_knows_what_either_knew(known: Paper, new: Paper, newer: bool) -> None:
    merged = merge(known, new, newer=newer)
    assert everything(merged) == everything(known) | everything(new)
    assert merged.source_id == (known.source_id or new.source_id)


@given(PAPERS, PAPERS, st.booleans())
def test_merging_again_adds_nothing(known: Paper, new: Paper, newer: bool) -> None:
    merged = merge(known, new, newer=newer)
    assert everything(merge(merged, new, newer=newer)) == everything(merged)


@given(PAPERS)
def test_a_paper_merged_with_itself_is_itself(paper: Paper) -> None:
    assert merge(paper, paper) == paper


def test_of_two_abstracts_the_longer_stays_and_the_other_is_kept() -> None:
    known = Paper(id=5, abstract="Short.", journal="J Peer", authors=("A, B.",))
    new = Paper(abstract="Short. And more.", journal="Journal of Peers", authors=("A, B.", "C, D."))
    merged = merge(known, new)
    assert merged.id == 5
    assert merged.abstract == "Short. And more."
    assert merged.authors == ("A, B.", "C, D.")
    assert merged.journal == "J Peer"
    assert merged.extra == {
        "other_values": [
            {"abstract": "Short.", "authors": ["A, B."], "journal": "Journal of Peers"}
        ]
    }


def test_a_newer_state_of_the_record_counts() -> None:
    known = Paper(title="Peer suport", journal="J", extra={"note": "old"})
    merged = merge(known, Paper(title="Peer support", extra={"note": "new"}), newer=True)
    assert (merged.title, merged.journal, merged.extra["note"]) == ("Peer support", "J", "new")
    assert merged.extra["other_values"] == [{"title": "Peer suport", "note": "old"}]


@pytest.mark.parametrize("summary", ["A summary.", "A summary, longer than the abstract is."])
def test_who_wrote_a_summary_is_said_of_the_summary_alone(summary: str) -> None:
    own = Paper(title="T", abstract="The paper's own abstract.")
    ours = Paper(title="T", abstract=summary, summary_by="Similit")
    for merged in (merge(own, ours), merge(ours, own)):
        assert (merged.summary_by == "Similit") is (merged.abstract == summary)


@given(PAPERS)
def test_a_record_has_one_fingerprint(paper: Paper) -> None:
    again = dataclasses.replace(paper, id=9, extra=dict(reversed(paper.extra.items())))
    assert record_hash(again) == record_hash(paper)
    assert len(record_hash(paper)) == 16


@given(PAPERS, PAPERS)
def test_different_records_have_different_fingerprints(one: Paper, other: Paper) -> None:
    assert (record_hash(one) == record_hash(other)) is (one == other)


def test_a_record_with_broken_characters_has_a_fingerprint() -> None:
    assert record_hash(Paper(title="\ud800")) != record_hash(Paper(title="\ud801"))
