"""Where a paper was published: what tells papers of one title apart, and what does not."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.identity.published import apart, together
from corpus.paper import Paper

HERE = Paper(journal="Journal of Peer Support", volume="11", issue="1", pages="5-9")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, False),
        ({"volume": "12"}, False),  # a database may be wrong about one thing
        ({"pages": "105-9"}, False),  # or have an article number
        ({"pages": "105-9", "issue": "2"}, True),
        ({"pages": "105-9", "volume": "12"}, True),
        ({"pages": "105-9", "journal": "Ward"}, True),
        ({"pages": "e105", "volume": "12"}, True),
        ({"pages": "e5", "volume": "12"}, False),
        ({"pages": "005", "volume": "12"}, False),
        ({"pages": "105", "volume": "11", "issue": "Suppl 1"}, False),
        ({"pages": "105", "volume": "11", "issue": "1-2"}, False),
        ({"pages": "105", "volume": "11", "issue": "3-4"}, True),
        ({"pages": "105", "volume": "XI"}, False),
        ({"pages": "i-iii", "volume": "12"}, True),
        ({"pages": "", "volume": "12", "issue": "2"}, False),
        ({"pages": "–", "volume": "12", "issue": "2"}, False),
        ({"pages": "105", "volume": "", "issue": ""}, False),
        ({"pages": "105", "volume": "", "issue": "", "journal": "J Peer Supp"}, False),
        ({"pages": "105", "volume": "", "issue": "", "journal": "同伴支持"}, False),
    ],
)
def test_what_tells_two_papers_apart(changes: dict[str, str], expected: bool) -> None:
    there = dataclasses.replace(HERE, **changes)
    assert apart(HERE, there) is apart(there, HERE) is expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),
        ({"pages": "5"}, True),
        ({"volume": "", "issue": ""}, True),
        ({"journal": "J Peer Support"}, True),
        ({"journal": ""}, True),
        ({"pages": ""}, False),
        ({"pages": "6"}, False),
        ({"volume": "12"}, False),
        ({"issue": "2"}, False),
        ({"journal": "Ward"}, False),
    ],
)
def test_what_puts_two_editorials_together(changes: dict[str, str], expected: bool) -> None:
    there = dataclasses.replace(HERE, **changes)
    assert together(HERE, there) is together(there, HERE) is expected


def test_without_pages_nothing_else_may_differ() -> None:
    book = Paper(journal="清华大学出版社", year=2016)
    assert together(book, book)
    assert not together(book, dataclasses.replace(book, journal="教育科学出版社"))
    assert not together(book, dataclasses.replace(book, journal=""))
    assert not together(book, dataclasses.replace(book, volume="2"))
    assert not together(book, dataclasses.replace(book, year=2017))
    assert not together(Paper(), Paper())


NATIONAL = "Proceedings of the National Academy of Sciences of the United States of America"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J Peer Support", "Journal of Peer Support"),
        ("JOURNAL OF PEER SUPPORT", "Journal of peer support : JPS"),
        ("Soc Justice", "Social justice (San Francisco, Calif.)"),
        ("Proc Natl Acad Sci U S A", NATIONAL),
        ("PLOS ONE", "PLoS One"),
        ("The Lancet", "Lancet (London, England)"),
        ("J. Phys.-Condes. Matter", "Journal of Physics: Condensed Matter"),
        ("Psychol & Health", "Psychology and Health"),
        ("西北农林科技大学学报（自然科学版）", "西北农林科技大学学报(自然科学版)"),
    ],
)
def test_two_names_of_one_journal(one: str, other: str) -> None:
    assert together(Paper(journal=one), Paper(journal=other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Journal of Peer Support", "American Journal of Peer Support"),
        ("Ward", "World Psychiatry"),
        ("Schizophrenia Research", "Journal of Peer Support"),
        ("心理学报", "心理科学"),
    ],
)
def test_two_journals(one: str, other: str) -> None:
    assert not together(Paper(journal=one), Paper(journal=other))


def test_what_was_displaced_counts_too() -> None:
    merged = dataclasses.replace(
        HERE, extra={"other_values": [{"pages": "105-109", "volume": "12"}, "?", {"pages": 7}]}
    )
    there = dataclasses.replace(HERE, pages="105", volume="13", issue="2")
    assert apart(HERE, there)
    assert not apart(merged, there)


TEXT = st.text(max_size=20)
PLACES = st.builds(Paper, journal=TEXT, volume=TEXT, issue=TEXT, pages=TEXT)


@given(PLACES, PLACES)
def test_nothing_is_apart_and_together(one: Paper, other: Paper) -> None:
    assert not (apart(one, other) and together(one, other))
    assert apart(one, other) == apart(other, one)
    assert together(one, other) == together(other, one)
    assert not apart(one, one)
