"""References to paste into a manuscript."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.citation import gbt_7714, vancouver
from corpus.paper import Paper

ARTICLE = Paper(
    title="Developing a change model for peer worker interventions",
    authors=("Gillard, Steven", "Gibson, Sarah L.", "Holley, Jess", "Lucock, Mike"),
    journal="Epidemiology and Psychiatric Sciences",
    year=2015,
    volume="24",
    issue="5",
    pages="435-445",
    doi="10.1017/S2045796014000407",
)
CHINESE = Paper(
    title="同伴支持工作者的角色",
    authors=("薛婉钰", "林崇德", "王晓明", "李四"),
    journal="心理学报",
    year=2021,
    volume="56",
    issue="10",
    pages="1903-1911",
)


def test_an_article_by_gbt_7714() -> None:
    assert gbt_7714(ARTICLE) == (
        "GILLARD S, GIBSON SL, HOLLEY J, et al. Developing a change model for peer worker"
        " interventions[J]. Epidemiology and Psychiatric Sciences, 2015, 24(5): 435-445."
        " doi:10.1017/S2045796014000407"
    )
    assert gbt_7714(CHINESE) == (
        "薛婉钰, 林崇德, 王晓明, 等. 同伴支持工作者的角色[J]. 心理学报, 2021, 56(10): 1903-1911."
    )


def test_an_article_as_vancouver() -> None:
    assert vancouver(ARTICLE) == (
        "Gillard S, Gibson SL, Holley J, Lucock M. Developing a change model for peer worker"
        " interventions. Epidemiology and Psychiatric Sciences. 2015;24(5):435-445."
        " doi:10.1017/S2045796014000407"
    )


@pytest.mark.parametrize(
    ("people", "listed"), [(1, "A B. "), (3, "A B, A B, A B. "), (4, "A B, A B, A B, et al. ")]
)
def test_gbt_7714_names_three(people: int, listed: str) -> None:
    paper = dataclasses.replace(ARTICLE, authors=("A, B",) * people)
    assert gbt_7714(paper).startswith(listed + "Developing")


@pytest.mark.parametrize(
    ("people", "listed"),
    [(1, "A B. "), (6, "A B, " * 5 + "A B. "), (7, "A B, " * 6 + "et al. ")],
)
def test_vancouver_names_six(people: int, listed: str) -> None:
    paper = dataclasses.replace(ARTICLE, authors=("A, B",) * people)
    assert vancouver(paper).startswith(listed + "Developing")


def test_a_list_of_authors_that_was_cut_short_says_so() -> None:
    paper = dataclasses.replace(ARTICLE, authors=("Gillard, Steven", "et al."))
    assert gbt_7714(paper).startswith("GILLARD S, et al. Developing")
    assert vancouver(paper).startswith("Gillard S, et al. Developing")
    chinese = dataclasses.replace(CHINESE, authors=("薛婉钰", "et al."))
    assert gbt_7714(chinese).startswith("薛婉钰, 等. 同伴")


def test_names_in_capitals_whatever_their_letters() -> None:
    paper = dataclasses.replace(ARTICLE, authors=("Müller, Jörg", "Smith, Émile"))
    assert gbt_7714(paper).startswith("MÜLLER J, SMITH É. ")
    assert vancouver(paper).startswith("Müller J, Smith É. ")


def test_a_book_is_marked_as_one() -> None:
    book = Paper(
        title="Learning to teach",
        authors=("A, B",),
        journal="Norton",
        year=1999,
        extra={"type_of_reference": "BOOK"},
    )
    assert gbt_7714(book) == "A B. Learning to teach[M]. Norton, 1999."
    assert vancouver(book) == "A B. Learning to teach. Norton. 1999."


def test_what_a_record_does_not_say_is_left_out() -> None:
    assert gbt_7714(Paper(title="Alone")) == "Alone."
    assert vancouver(Paper(title="Alone")) == "Alone."
    assert vancouver(Paper(title="Alone", year=2001, pages="3")) == "Alone. 2001:3."
    assert gbt_7714(Paper(title="Alone", year=2001, issue="3")) == "Alone. 2001(3)."
    assert gbt_7714(Paper(title="Alone", doi="10.1/x")) == "Alone. doi:10.1/x"


def test_a_paper_without_a_title_says_that_it_is_unknown() -> None:
    for style in (gbt_7714, vancouver):
        assert "[title unknown]" in style(Paper(abstract="Words of an abstract.", year=2001))
        assert "Words" not in style(Paper(abstract="Words of an abstract.", year=2001))


@pytest.mark.parametrize("end", [".", "。", ""])
def test_the_end_of_a_title_is_said_once(end: str) -> None:
    paper = dataclasses.replace(ARTICLE, title=f"A title{end}")
    assert "A title[J]. Epidemiology" in gbt_7714(paper)
    assert "A title. Epidemiology" in vancouver(paper)


@pytest.mark.parametrize("style", [gbt_7714, vancouver])
def test_a_question_mark_ends_a_title_as_well(style: object) -> None:
    assert callable(style)
    said = style(dataclasses.replace(ARTICLE, title="Does it work?"))
    assert "Does it work?" in said


@given(
    st.builds(
        Paper,
        title=st.text(max_size=20),
        authors=st.lists(st.text(max_size=10), max_size=8).map(tuple),
        journal=st.text(max_size=10),
        year=st.none() | st.integers(1500, 2100),
        volume=st.text(max_size=3),
        issue=st.text(max_size=3),
        pages=st.text(max_size=5),
        doi=st.just("") | st.just("10.1/x"),
    )
)
def test_any_record_makes_a_reference_that_ends_as_one(paper: Paper) -> None:
    for style in (gbt_7714, vancouver):
        said = style(paper)
        assert said.endswith(". doi:10.1/x" if paper.doi else ".")
        assert "None" not in said or "None" in repr(dataclasses.replace(paper, year=0))
