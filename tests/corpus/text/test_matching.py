"""Finding the words that were asked for: what `tokens` finds, sooner."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.text import matching
from corpus.text.matching import Matcher
from corpus.text.terms import tokens

PIECES = st.sampled_from(
    """Peer peers, SUPPORT (supported) peer-support support; worker's sup\u00adport covid-19
    peer/pears ﬁbrosis naïve ＣＯＶＩＤ－１９ 心理健康 社會支持 pear的心理健康 Straße 3.14
    1,468 the and “peer” Peer\u2028support peer\u00a0pear""".split(" ")
)
SIGNS = st.sampled_from([" ", "  ", "\n", ", ", "-", "", ".", "\u0301 "])
TEXT = st.lists(st.one_of(PIECES, SIGNS), max_size=14).map("".join)
WANTED = st.sets(
    st.sampled_from(["peer", "support", "fibrosi", "心理健康", "社会", "covid19", "pear", "3.14"])
)


@given(st.lists(TEXT, max_size=4), WANTED)
def test_a_matcher_finds_the_wanted_tokens_in_one_text_after_another(
    texts: list[str], wanted: set[str]
) -> None:
    matcher = Matcher(wanted)
    for text in (*texts, *texts):
        assert matcher.tokens(text) == [one for one in tokens(text) if one.term in wanted]


def test_what_is_remembered_of_all_texts_has_an_end(monkeypatch) -> None:
    monkeypatch.setattr(matching, "_REMEMBERED", 3)
    text = "peer support helps older people, says one worker of many peers"
    assert [one.term for one in Matcher(["peer", "worker"]).tokens(text)] == [
        *("peer", "worker", "peer")
    ]
    assert len(matching._terms) <= 3


STEMS = st.text(st.sampled_from("aeiouylnrst'-,1"), max_size=6)


@given(st.lists(STEMS, max_size=6).map(" ".join), st.data())
def test_every_word_is_found_by_its_own_term(text: str, data: st.DataObject) -> None:
    """Though stems differ from their words: dying is die, and aed is a."""
    held = tokens(text)
    wanted = data.draw(st.sets(st.sampled_from([one.term for one in held]))) if held else set()
    assert Matcher(wanted).tokens(text) == [one for one in held if one.term in wanted]
