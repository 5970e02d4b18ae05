"""When two records are the same paper, and what the one paper is then."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.identity import (
    bare_doi,
    by_identifier,
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


@pytest.mark.parametrize(
    "link",
    [
        "https://journals.example.org/doi/full/10.1177/1234.56(7)",
        "https://journals.example.org/doi/10.1177/1234.56(7)?journalCode=abc#top",
        "https://link.example.com/content/pdf/10.1177/1234.56(7).pdf",
        "http://example.com/articles/10.1177/1234.56(7)/abstract/",
    ],
)
def test_a_link_to_a_publishers_page_names_the_paper(link: str) -> None:
    assert reference(link) == ("doi", "10.1177/1234.56(7)")


@pytest.mark.parametrize(
    "text",
    ["https://example.org/a/10.1/x", "see https://example.org/doi/10.1177/x", "https://10.1177/x"],
)
def test_another_link_names_none(text: str) -> None:
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


HELD = {
    "doi": -679647145779350476,
    "title": 2067729753534164724,
    "abstract": 2174754510304279135,
    "both": -3095818245500473527,
    "ampersand": -4324243460237095332,
}
"""What the first version of `keys` gave, and papers.db has."""

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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hope & trust on wards", "Hope and trust on wards"),
        ("Hope & trust on wards", "Hope & Trust on Wards."),
        ("β-Blockers and TNF-α", "Beta-blockers and TNF-alpha"),
        ("β-Blockers & hope", "beta-Blockers and hope"),
        ("Δ9-THC at 5 µg/L and sleep", "delta 9-THC at 5 mu g/L and sleep"),
        ("Uptake of ¹³CO₂ in summer", "Uptake of (13)CO(2) in summer"),
        ("[Burnout among nurses].", "Burnout among nurses"),
        ("Burnout among nurses [护士职业倦怠]", "Burnout among nurses"),
        ("Burnout among nurses [护士职业倦怠研究].", "护士职业倦怠研究"),
        ("Burnout among nurses [Выгорание медсестёр]", "Burnout among nurses"),
    ],
)
def test_a_title_is_the_same_however_it_is_written(one: str, other: str) -> None:
    known, new = dataclasses.replace(BOOK, title=one), dataclasses.replace(BOOK, title=other)
    assert same_paper(known, new)
    assert same_paper(new, known)
    assert set(text_keys(one)) & set(keys(new).titles)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Burnout among nurses: Part I", "Burnout among nurses: Part II"),
        ("Burnout among nurses [Erratum to volume 5]", "Burnout among nurses"),
        ("Burnout among nurses [Letter]", "Burnout among nurses"),
        ("Burnout among nurses [3] again", "Burnout among nurses"),
        ("α-Blockers in heart failure", "β-Blockers in heart failure"),
    ],
)
def test_another_title_is_another_paper(one: str, other: str) -> None:
    known, new = dataclasses.replace(BOOK, title=one), dataclasses.replace(BOOK, title=other)
    assert not same_paper(known, new)


def test_behind_an_english_title_a_record_in_another_language_may_have_its_own() -> None:
    german = dataclasses.replace(
        BOOK,
        title="Peer work on closed wards [Peer-Arbeit auf geschlossenen Stationen]",
        language="de",
    )
    assert same_paper(german, dataclasses.replace(BOOK, title="Peer work on closed wards"))
    assert same_paper(
        german, dataclasses.replace(BOOK, title="Peer-Arbeit auf geschlossenen Stationen")
    )
    letter = dataclasses.replace(german, title="Peer work on closed wards [Brief]")
    assert not same_paper(letter, dataclasses.replace(BOOK, title="Peer work on closed wards"))


def test_of_one_title_another_place_is_another_paper() -> None:
    known = dataclasses.replace(BOOK, journal="J Peer Support", volume="4", pages="5-9")
    assert same_paper(known, dataclasses.replace(known, journal="Journal of Peer Support"))
    assert same_paper(known, dataclasses.replace(known, volume="", pages=""))
    assert not same_paper(known, dataclasses.replace(known, volume="5", pages="105-9"))
    assert not same_paper(known, dataclasses.replace(known, journal="Ward", pages="105-9"))
    by_doi = dataclasses.replace(known, doi="10.1000/a")
    assert same_paper(by_doi, dataclasses.replace(by_doi, volume="5", pages="105-9"))


@pytest.mark.parametrize("title", ["Editorial", "Introduction", "Letter to the Editor", "编者按"])
def test_titles_that_many_papers_have_need_the_same_place(title: str) -> None:
    known = dataclasses.replace(BOOK, title=title, journal="Ward", volume="4", pages="5-9")
    assert same_paper(known, dataclasses.replace(known, pages="5", volume=""))
    assert not same_paper(known, dataclasses.replace(known, pages=""))
    assert not same_paper(known, dataclasses.replace(known, volume="5"))
    longer = dataclasses.replace(known, title="Editorial: what hope is")
    assert same_paper(longer, dataclasses.replace(longer, pages=""))


def test_namesakes_are_told_apart_by_what_they_are_called() -> None:
    assert not same_paper(BOOK, dataclasses.replace(BOOK, authors=("Davidson, Mary",)))
    assert same_paper(BOOK, dataclasses.replace(BOOK, authors=("Davidson, L.",)))


def test_a_merged_paper_is_recognised_by_what_any_of_its_records_said() -> None:
    one = dataclasses.replace(BOOK, doi="10.1000/a")
    other = Paper(
        title="Peer support", year=2013, authors=("de Vries, Anna",), doi="10.1000/a", pages="1"
    )
    merged = merge(one, other)
    new = Paper(title="PEER SUPPORT.", year=2014, authors=("Vries, A. de",), pages="1")
    assert same_paper(merged, new)
    assert same_paper(merged, BOOK)
    assert set(keys(new).titles) <= set(keys(merged).titles)


@pytest.mark.parametrize("others", [5, "x", {}, [None, 7, "x", [{}]], [{"title": 5, "year": [1]}]])
def test_strange_other_values_say_nothing(others: Any) -> None:
    strange = dataclasses.replace(BOOK, extra={"other_values": others})
    assert keys(strange) == keys(BOOK)
    assert same_paper(strange, BOOK)
    editorial = dataclasses.replace(BOOK, title="Editorial", journal="Ward")
    assert same_paper(editorial, dataclasses.replace(editorial, extra=strange.extra))


def test_keys_are_those_that_libraries_hold_already() -> None:
    paper = Paper(title="Peer support: A review", abstract="We asked peers.", doi="10.1000/A")
    assert keys(paper) == (
        (HELD["doi"],),
        (HELD["title"],),
        (HELD["abstract"], HELD["both"]),
    )
    ampersand = Paper(title="Peers & hope")
    assert HELD["ampersand"] in keys(ampersand).titles


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
    shared = {"doi", "pmid"} & one.keys() & other.keys()
    assert by_identifier(known, new) is (same if shared else None)


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


@given(PAPERS)
def test_a_record_has_one_fingerprint(paper: Paper) -> None:
    again = dataclasses.replace(paper, id=9, extra=dict(reversed(paper.extra.items())))
    assert record_hash(again) == record_hash(paper)
    assert len(record_hash(paper)) == 16


@given(PAPERS, PAPERS)
def test_different_records_have_different_fingerprints(one: Paper, other: Paper) -> None:
    assert (record_hash(one) == record_hash(other)) is (one == other)


@given(PAPERS, st.text(max_size=30), st.lists(st.text(max_size=9)))
def test_a_fingerprint_is_of_the_record_as_json(paper: Paper, text: str, some: list[str]) -> None:
    paper = dataclasses.replace(paper, abstract=text, subjects=tuple(some), extra={text: some})
    said = {name: value for name, value in dataclasses.asdict(paper).items() if value}
    written = json.dumps(said, ensure_ascii=False, sort_keys=True)
    assert record_hash(paper) == hashlib.blake2b(written.encode(), digest_size=16).digest()


def test_a_record_with_broken_characters_has_a_fingerprint() -> None:
    assert record_hash(Paper(title="\ud800")) != record_hash(Paper(title="\ud801"))


@given(PAPERS, PAPERS)
def test_papers_that_are_the_same_share_a_key(one: Paper, other: Paper) -> None:
    same = same_paper(one, other)
    assert same == same_paper(other, one)
    assert not same or set(keys(one).all()) & set(keys(other).all())


@given(st.text(max_size=60), st.sampled_from(["", "en", "de"]))
def test_any_title_is_recognised_as_itself(title: str, language: str) -> None:
    paper = Paper(title=title, year=2000, authors=("A, B.",), pages="1", language=language)
    assert same_paper(paper, paper) is bool(keys(paper).titles)
    assert set(text_keys(title)) & set(keys(paper).titles) or not keys(paper).titles
