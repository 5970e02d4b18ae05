"""Names as databases write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.identity.persons import person


@pytest.mark.parametrize(
    ("name", "families", "initial"),
    [
        ("Davidson, Larry", {"davidson"}, "l"),
        ("Larry Davidson", {"davidson"}, "l"),
        ("DAVIDSON L", {"davidson"}, "l"),
        ("Davidson L.M.", {"davidson"}, "l"),
        ("van der Berg, H.", {"vanderberg", "berg"}, "h"),
        ("van der Berg H.", {"vanderberg", "berg"}, "h"),
        ("Berg, H. van der", {"vanderberg", "berg"}, "h"),
        ("Le, Van", {"le", "vanle"}, "v"),
        ("De, Anita", {"de"}, "a"),
        ("Müller, Jörg", {"muller"}, "j"),
        ("Mu\u0308ller, Jo\u0308rg", {"muller"}, "j"),
        ("Mueller J", {"muller"}, "j"),
        ("Sørensen, Åse", {"sorensen"}, "a"),
        ("Łukasik, P.", {"lukasik"}, "p"),
        ("Weiß, A.", {"weiss"}, "a"),
        ("García-López, María", {"garcialopez"}, "m"),
        ("O’Brien, S.", {"obrien"}, "s"),
        ("Harlan, William R., Jr", {"harlan"}, "w"),
        ("Harlan, Jr, W. R.", {"harlan"}, "w"),
        ("Harlan Jr., W.R.", {"harlan"}, "w"),
        ("薛婉钰", {"薛婉钰"}, ""),
        ("Plato", {"plato"}, ""),
        ("", set(), ""),
        (",", set(), ""),
        ("Jr", set(), ""),
    ],
)
def test_who_a_name_names(name: str, families: set[str], initial: str) -> None:
    assert person(name)[:2] == (families, initial)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("van Maris, Antonius J. A.", "Maris, A. J. A. van"),
        ("van Maris, Antonius J. A.", "vanMaris, AJA"),
        ("de la Cruz, María", "Cruz M"),
        ("Müller, Jörg", "MUELLER J"),
        ("Wang, Xiao-Ming", "Wang, XM"),
        ("Plato", "Plato, A."),
        ("Wei, Wang", "Wang, Wei"),
        ("Wang Wei", "Wei Wang"),
        ("Yamasaki Brianna, L", "Yamasaki, Brianna L."),
    ],
)
def test_names_that_can_be_one_persons(one: str, other: str) -> None:
    assert person(one).may_be(person(other))
    assert person(other).may_be(person(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Smith, John", "Smith, Anna"),
        ("Smith, J.", "Smyth, J."),
        ("Lloyd-Evans, B.", "Evans, B."),
        ("薛婉钰", "薛婉玉"),
        ("Wei, Wang", "Wang, W."),
        ("", ""),
    ],
)
def test_names_that_cannot(one: str, other: str) -> None:
    assert not person(one).may_be(person(other))


@given(st.text(max_size=40))
def test_any_text_is_taken_for_a_name(name: str) -> None:
    found = person(name)
    assert "" not in found.families
    assert len(found.initial) <= 1


def test_a_name_of_any_length_takes_no_time() -> None:
    for part in ("de ", "A. ", ", ", "van,"):
        assert len(person(part * 1_000_000).words) <= 100
