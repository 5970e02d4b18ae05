"""How papers are named in few words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.byline import authors, byline, names, published, short_name, title
from corpus.paper import Paper
from corpus.text.width import columns

ENGLISH = "Peer support in mental health"
CHINESE = "精神卫生中的同伴支持"


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Gillard, Steven G.", "Gillard SG"),
        ("Gillard, Steven", "Gillard S"),
        ("Gillard, S. G.", "Gillard SG"),
        ("Gillard, S.G.", "Gillard SG"),
        ("Gillard, SG", "Gillard SG"),
        ("Gillard,S", "Gillard S"),
        ("Sartre, Jean-Paul", "Sartre JP"),
        ("Sartre, J.-P.", "Sartre JP"),
        ("van der Berg, Jan", "van der Berg J"),
        ("Müller, Émile", "Müller É"),
        ("O'Brien, Mary Kate", "O'Brien MK"),
        ("薛婉钰", "薛婉钰"),
        ("薛, 婉钰", "薛婉钰"),
        ("薛 婉钰", "薛婉钰"),
        ("Steven Gillard", "Steven Gillard"),
        ("WHO", "WHO"),
        ("Gillard,", "Gillard"),
        ("", ""),
        ("et al.", "et al."),
    ],
)
def test_names_are_as_bylines_have_them(name: str, short: str) -> None:
    assert short_name(name) == short


@pytest.mark.parametrize(
    ("name", "short"), [("Smith, John, Jr.", "Smith J Jr"), ("Smith, Jr., John", "Smith J Jr")]
)
def test_junior_is_no_initial(name: str, short: str) -> None:
    assert short_name(name).replace(".", "").replace(",", "") == short


@given(st.text())
def test_any_name_has_a_short_form(name: str) -> None:
    short_name(name)


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ((), ""),
        (("Gillard, Steven",), "Gillard S"),
        (("Gillard, Steven", "Holley, Jess"), "Gillard S, Holley J"),
        (("Gillard, Steven", "Holley, Jess", "Gibson, Sarah"), "Gillard S et al."),
        (("Gillard, Steven", "et al."), "Gillard S et al."),
        (("薛婉钰",), "薛婉钰"),
        (("薛婉钰", "林崇德"), "薛婉钰，林崇德"),
        (("薛婉钰", "林崇德", "王晓明"), "薛婉钰 等"),
        (("薛婉钰", "et al."), "薛婉钰 等"),
    ],
)
def test_authors_are_named_up_to_two(people: tuple[str, ...], said: str) -> None:
    assert authors(Paper(authors=people)) == said


def test_all_names_are_short() -> None:
    assert names(Paper(authors=("Gillard, Steven", "薛婉钰"))) == ["Gillard S", "薛婉钰"]


def test_the_title_is_in_the_readers_language_where_the_record_has_it_so() -> None:
    both = Paper(title=ENGLISH, translated_title=CHINESE)
    assert title(both, chinese=False, width=80) == ENGLISH
    assert title(both, chinese=True, width=80) == CHINESE
    turned = Paper(title=CHINESE, translated_title=ENGLISH)
    assert title(turned, chinese=False, width=80) == ENGLISH
    assert title(turned, chinese=True, width=80) == CHINESE
    for chinese in (True, False):
        assert title(Paper(title=ENGLISH), chinese=chinese, width=80) == ENGLISH
        assert title(Paper(title=CHINESE), chinese=chinese, width=80) == CHINESE
        assert title(Paper(translated_title=ENGLISH), chinese=chinese, width=80) == ENGLISH


def test_a_paper_without_a_title_is_called_by_its_first_words() -> None:
    untitled = Paper(abstract="Peer support\nhelps. " * 30)
    assert title(untitled, chinese=False, width=30) == "Peer support helps. Peer…"
    assert columns(title(untitled, chinese=False, width=500)) <= 80
    assert title(Paper(), chinese=False, width=80) == ""


@given(
    st.text(alphabet="abc 同伴é\n", max_size=80),
    st.text(alphabet="abc 同伴é\n", max_size=80),
    st.text(alphabet="abc 同伴é\n", max_size=200),
    st.booleans(),
    st.integers(4, 120),
)
def test_no_title_is_wider_than_its_width(
    given_title: str, translated: str, abstract: str, chinese: bool, width: int
) -> None:
    paper = Paper(title=given_title, translated_title=translated, abstract=abstract)
    assert columns(title(paper, chinese=chinese, width=width)) <= width


def test_a_byline_is_authors_and_journal_in_its_width() -> None:
    paper = Paper(authors=("Gillard, Steven",), journal="Journal of Mental Health")
    assert byline(paper, 80) == "Gillard S · Journal of Mental Health"
    assert byline(paper, 24) == "Gillard S · Journal of…"
    assert byline(Paper(journal="Nature"), 80) == "Nature"
    assert byline(Paper(authors=("薛婉钰",)), 80) == "薛婉钰"
    assert byline(Paper(), 80) == ""


@given(st.text(alphabet="ab 同", max_size=60), st.text(alphabet="ab 同", max_size=60))
def test_no_byline_is_wider_than_its_width(author: str, journal: str) -> None:
    assert columns(byline(Paper(authors=(author,), journal=journal), 30)) <= 30


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, ""),
        ({"year": 2015}, "2015"),
        ({"journal": "Nature"}, "Nature"),
        (
            {"journal": "Nature", "year": 2015, "volume": "24", "issue": "5", "pages": "435-45"},
            "Nature · 2015;24(5):435–45",
        ),
        (
            {"journal": "护理研究", "year": 2021, "volume": "56", "issue": "10", "pages": "1-9"},
            "护理研究 · 2021，56(10)：1–9",
        ),
        ({"journal": "Nature", "volume": "24"}, "Nature · 24"),
        ({"journal": "Nature", "year": 2015, "issue": "5"}, "Nature · 2015;(5)"),
        ({"journal": "Nature", "year": 2015, "pages": "e12--e15"}, "Nature · 2015:e12–e15"),
        ({"year": 2015, "pages": "12, 14-19"}, "2015:12, 14–19"),
    ],
)
def test_where_it_appeared_is_written_as_its_language_writes_it(
    fields: dict[str, object], said: str
) -> None:
    assert published(Paper(**fields)) == said  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Rest in bed.", "Rest in bed."),
        ("Rest in hospital.", "Rest in hospital"),
        ("Was it so...", "Was it so..."),
        ("Comment on Tate et al.", "Comment on Tate et al."),
        ("Care in the U.S.A.", "Care in the U.S.A."),
        ("同伴支持。", "同伴支持。"),
        (".", "."),
    ],
)
def test_the_stop_after_a_title_is_left_out(given: str, shown: str) -> None:
    assert title(Paper(id=1, title=given), chinese=False, width=80) == shown
