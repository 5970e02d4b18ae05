"""The part of a sentence to show where the whole is too long."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.text.clauses import best_part
from corpus.text.sentences import Span
from corpus.text.terms import terms, tokens
from corpus.text.width import columns


def part(text: str, question: str, width: int) -> str:
    wanted = dict.fromkeys(terms(question), 1.0)
    matched = [one for one in tokens(text) if one.term in wanted]
    start, end = best_part(text, Span(0, len(text)), matched, wanted, width)
    return text[start:end]


def test_it_begins_with_the_sentence_where_that_shows_as_much() -> None:
    text = "Kites fly in the wind, and where there is none, kites fall to the ground at once."
    assert part(text, "kites", 60) == "Kites fly in the wind, and where there is none"


def test_it_begins_with_the_clause_that_matches() -> None:
    text = "It rained on the day of the great fair in the old town, so kites fell."
    assert part(text, "kites", 30) == "so kites fell."


def test_a_semicolon_ends_it_better_than_a_comma() -> None:
    text = "Kites fly in the wind; rain falls, hail falls, and snow falls in the winter."
    assert part(text, "kites", 42) == "Kites fly in the wind"


def test_numbers_are_not_taken_apart() -> None:
    text = "Kites cost 1,000 or 2,000 at 12:30 and then they cost far more than that."
    assert part(text, "kites", 40) == "Kites cost 1,000 or 2,000 at 12:30"


def test_a_word_without_clauses_is_found() -> None:
    text = "one word follows another without any sign until at long last come kites that fly"
    assert "kites" in part(text, "kites", 30)


@given(
    st.lists(
        st.sampled_from(["kites", "rain,", "(and;", "snow)", "风筝，", "雨；", "1,000", "–", "it"]),
        min_size=1,
        max_size=60,
    ).map(" ".join),
    st.integers(20, 90),
)
def test_it_fits_and_is_a_part(text: str, width: int) -> None:
    found = part(text, "kites 风筝", width)
    assert found in text
    assert columns(found) <= width
