"""A question moved towards papers and away from others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.ranking.rocchio import moved

IDFS = {"peer": 1.0, "ward": 2.0, "stigma": 3.0, "trial": 2.0, "nurse": 2.5}


def idfs(terms: Iterable[str]) -> dict[str, float]:
    return {term: IDFS[term] for term in terms if term in IDFS}


def test_without_papers_the_question_stays_as_it_is() -> None:
    asked = {"ward": 1.0, "peer": 2.5}
    assert moved(asked, [], [], idfs) == pytest.approx(asked)


def test_one_paper_alone_is_asked_for_as_it_is() -> None:
    paper = {"stigma": 1.0, "peer": 1.7}
    assert moved({}, [paper], [], idfs) == pytest.approx(paper)


def test_what_is_liked_is_asked_for_as_well_and_what_is_not_less() -> None:
    asked = {"peer": 1.0, "ward": 1.0}
    found = moved(asked, [{"stigma": 1.0, "ward": 1.0}], [{"trial": 1.0, "peer": 1.0}], idfs)
    assert found["stigma"] > 0
    assert "trial" not in found
    assert found["ward"] > asked["ward"]
    assert found["peer"] < asked["peer"]
    assert list(found) == ["peer", "ward", "stigma"]


def test_long_papers_count_no_more_than_short_ones() -> None:
    short, long = {"stigma": 1.0}, {"trial": 7.0}
    found = moved({}, [short, long], [], idfs)
    assert found["stigma"] * IDFS["stigma"] == pytest.approx(found["trial"] * IDFS["trial"])


def test_terms_of_no_paper_are_left_out() -> None:
    assert moved({"unheard": 1.0, "peer": 1.0}, [{"of": 1.0}], [], idfs).keys() == {"peer"}
    assert moved({"unheard": 1.0}, [], [], idfs) == {"unheard": 1.0}
    assert moved({}, [], [{"peer": 1.0}], idfs) == {}


def test_only_the_heaviest_terms_are_kept() -> None:
    many = {str(number): 1.0 + number for number in range(500)}
    found = moved({}, [many], [], lambda terms: dict.fromkeys(terms, 1.0))
    assert list(found) == [str(number) for number in range(300, 500)]


WEIGHTS = st.dictionaries(st.sampled_from(["peer", "ward", "stigma", "x"]), st.floats(0.01, 9))


@given(WEIGHTS, st.lists(WEIGHTS, max_size=4), st.lists(WEIGHTS, max_size=4))
def test_weights_are_never_negative_and_the_order_of_papers_is_nothing(
    asked: Mapping[str, float], liked: list[dict[str, float]], disliked: list[dict[str, float]]
) -> None:
    found = moved(asked, liked, disliked, idfs)
    assert all(weight > 0 for weight in found.values())
    other = moved(asked, liked[::-1], disliked[::-1], idfs)
    for term in {*found, *other}:
        assert found.get(term, 0) == pytest.approx(other.get(term, 0), abs=1e-9)
