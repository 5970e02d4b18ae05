"""One spelling for what readers take to be the same text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.normalise import fold, fold_with_offsets, has_han, key

ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Peer SUPPORT", "peer support"),
        ("ＣＯＶＩＤ－１９", "covid-19"),
        ("ﬁnding", "finding"),
        ("Straße", "STRASSE"),
        ("Café", "Cafe\u0301"),
        ("naïve Ångström", "naive angstrom"),
        ("peer‑support peer–support", "peer-support peer-support"),
        ("patients’ “voice”", 'patients\' "voice"'),
        ("O´Brien", "O'Brien"),
        ("sup\u00adport\u200b", "support"),
        ("İstanbul", "istanbul"),
        ("社會支持與心理健康", "社会支持与心理健康"),
        ("頭髮 發展 乾燥", "头发 发展 干燥"),
    ],
)
def test_what_reads_the_same_folds_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("peer", "pear"), ("й", "и"), ("が", "か"), ("乾隆", "干隆"), ("il-6", "il6")],
)
def test_what_reads_differently_stays_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(ANY)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


PIECES = st.sampled_from(["Cafe\u0301", *"aé ﬁ\u00ad頭髮乾燥ＡßİЙ-’"])


@given(st.lists(PIECES, max_size=20).map("".join))
def test_every_folded_character_has_a_place_it_came_from(text: str) -> None:
    folded, places = fold_with_offsets(text)
    assert len(places) == len(folded) + 1
    assert places[-1] == len(text)
    assert all(one <= other for one, other in itertools.pairwise(places))
    assert folded == fold(text)


@given(st.text("aÀ\u0301\u00ad¸´¯ｶﾞ\u1112\u1161\u11ab頭 ", max_size=8))
def test_offsets_are_of_the_folded_text_however_characters_join(text: str) -> None:
    folded, places = fold_with_offsets(text)
    assert folded == fold(text)
    assert len(places) == len(folded) + 1


@pytest.mark.parametrize("text", ["ｶﾞ", "\u1112\u1161\u11ab", "¸À", "a\u00ad\u0301"])
def test_characters_that_join_their_neighbours_have_places_too(text: str) -> None:
    assert fold_with_offsets(text)[0] == fold(text)


def test_the_place_of_a_folded_word_is_that_of_the_written_one() -> None:
    text = "a ﬁne Cafe\u0301 髮"
    folded, places = fold_with_offsets(text)
    start = folded.index("cafe")
    assert text[places[start] : places[start + 4]] == "Cafe\u0301"
    assert text[places[folded.index("发")]] == "髮"


def test_key_is_letters_and_digits_alone() -> None:
    assert key("  Peer-Support: “a” REVIEW (2nd ed.)") == "peersupportareview2nded"
    assert key("同伴支持（綜述）") == key("同伴支持 综述")
    assert key("—?!") == ""


def test_han_is_seen_and_kana_is_not_taken_for_it() -> None:
    assert has_han("BERT 模型")
    assert has_han("\U00020000")
    assert not has_han("カタカナ, Peer Café")
