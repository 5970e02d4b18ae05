"""Reading lists: whose they are, who sees them, what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.preferences import HIDE_SAVED, ZONE, prefer, preference
from bot.reading_lists import (
    LONGEST_NAME,
    LONGEST_NOTE,
    MOST_LISTS,
    MOST_TAGS,
    ListMissing,
    NotYours,
    Reader,
    ReadingLists,
    TooMany,
    tags_in,
)
from bot.state import State

ANN, BEN = Reader("1", "77"), Reader("2", "77")
AWAY = Reader("2", "88")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    """A state of its own."""
    made = State(tmp_path / "state.db")
    yield made
    made.close()


@pytest.fixture
def lists(state: State) -> ReadingLists:
    """Its lists."""
    return ReadingLists(state)


def test_a_list_is_made_once_and_known_by_any_case_of_its_name(lists: ReadingLists) -> None:
    made = lists.make(ANN, "  Peer   Work ")
    assert (made.name, made.owner, made.channel, made.papers) == ("Peer Work", "1", "", 0)
    assert lists.make(ANN, "peer work") == made
    assert lists.named(ANN, "PEER WORK") == made
    assert lists.make(BEN, "peer work").id != made.id
    assert len(lists.make(ANN, "x" * 200).name) == LONGEST_NAME


def test_what_is_saved_comes_back_in_the_order_it_was_saved(lists: ReadingLists) -> None:
    made = lists.make(ANN, "Thesis")
    assert lists.save(ANN, made.id, [5, 3, 9]) == 3
    assert lists.save(ANN, made.id, [3, 4], "read twice", ("a", "b")) == 1
    items = lists.items(ANN, made.id)
    assert [one.paper for one in items] == [5, 3, 9, 4]
    assert (items[1].note, items[1].tags, items[1].by) == ("read twice", ("a", "b"), "1")
    lists.save(ANN, made.id, [3])  # saving again takes no note away
    assert lists.items(ANN, made.id)[1].note == "read twice"
    assert lists.annotate(ANN, made.id, 3, "", ())
    assert lists.items(ANN, made.id)[1][1:3] == ("", ())
    assert not lists.annotate(ANN, made.id, 77, "x", ())
    assert lists.remove(ANN, made.id, 5)
    assert not lists.remove(ANN, made.id, 5)
    assert lists.one(ANN, made.id).papers == 3


def test_a_private_list_is_refused_to_everybody_else(lists: ReadingLists) -> None:
    made = lists.make(ANN, "Thesis")
    lists.save(ANN, made.id, [5])
    for refused in (
        lambda: lists.one(BEN, made.id),
        lambda: lists.items(BEN, made.id),
        lambda: lists.save(BEN, made.id, [1]),
        lambda: lists.remove(BEN, made.id, 5),
        lambda: lists.annotate(BEN, made.id, 5, "x", ()),
        lambda: lists.share(BEN, made.id, "77"),
        lambda: lists.delete(BEN, made.id),
    ):
        with pytest.raises(NotYours):
            refused()
    with pytest.raises(ListMissing):
        lists.named(BEN, "Thesis")
    assert lists.seen_by(BEN) == []
    assert [one.paper for one in lists.items(ANN, made.id)] == [5]


def test_a_shared_list_is_everybodys_in_its_channel_and_nobodys_elsewhere(
    lists: ReadingLists,
) -> None:
    made = lists.share(ANN, lists.make(ANN, "Club").id, "77")
    assert made.channel == "77"
    lists.save(BEN, made.id, [5])
    assert lists.items(ANN, made.id)[0].by == "2"
    assert lists.named(BEN, "club").id == made.id
    with pytest.raises(NotYours):
        lists.one(AWAY, made.id)
    for owners in (lists.delete, lambda reader, id: lists.share(reader, id, "88")):
        with pytest.raises(NotYours):
            owners(BEN, made.id)
    assert lists.one(Reader("1", "elsewhere"), made.id)
    lists.share(ANN, made.id, "")
    with pytest.raises(NotYours):
        lists.one(BEN, made.id)


def test_an_own_list_comes_before_a_shared_one_of_the_same_name(lists: ReadingLists) -> None:
    shared = lists.share(ANN, lists.make(ANN, "Club").id, "77")
    assert lists.named(BEN, "Club") == shared
    own = lists.make(BEN, "Club")
    assert lists.named(BEN, "Club") == own
    assert lists.seen_by(BEN) == [own, shared]


def test_deleting_a_list_forgets_what_was_in_it(lists: ReadingLists) -> None:
    made = lists.make(ANN, "Thesis")
    lists.save(ANN, made.id, [5])
    assert lists.delete(ANN, made.id).papers == 1
    with pytest.raises(ListMissing):
        lists.one(ANN, made.id)
    assert lists.holding(ANN, 5) == []
    assert lists.saved(ANN, alone=True) == frozenset()


def test_what_is_saved_in_private_is_marked_only_where_one_is_alone(lists: ReadingLists) -> None:
    lists.save(ANN, lists.make(ANN, "Mine").id, [5])
    club = lists.share(BEN, lists.make(BEN, "Club").id, "77")
    lists.save(BEN, club.id, [6])
    assert lists.saved(ANN, alone=True) == {5, 6}
    assert lists.saved(ANN, alone=False) == {6}
    assert lists.saved(Reader("1"), alone=True) == {5}
    assert lists.saved(Reader("3"), alone=False) == frozenset()


def test_a_paper_is_placed_in_just_the_lists_that_are_wanted(lists: ReadingLists) -> None:
    one, two, three = (lists.make(ANN, name) for name in "abc")
    lists.save(ANN, one.id, [5], "kept")
    lists.save(ANN, three.id, [5])
    lists.place(ANN, 5, [one.id, two.id])
    assert [held.name for held in lists.holding(ANN, 5)] == ["a", "b"]
    assert lists.items(ANN, one.id)[0].note == "kept"
    lists.place(ANN, 5, [])
    assert lists.holding(ANN, 5) == []


def test_reading_is_each_persons_own(lists: ReadingLists) -> None:
    club = lists.share(ANN, lists.make(ANN, "Club").id, "77")
    lists.save(ANN, club.id, [5])
    lists.mark(ANN.person, 5, read=True)
    lists.mark(ANN.person, 5, read=True)
    assert lists.has_read(ANN.person, 5)
    assert not lists.has_read(BEN.person, 5)
    assert [one.read for one in lists.items(ANN, club.id)] == [True]
    assert [one.read for one in lists.items(BEN, club.id)] == [False]
    lists.mark(ANN.person, 5, read=False)
    assert not lists.has_read(ANN.person, 5)


def test_the_papers_of_the_demo_corpus_are_not_those_of_a_library(state: State) -> None:
    demo, own = ReadingLists(state, demo=True), ReadingLists(state)
    made = demo.make(ANN, "Thesis")
    demo.save(ANN, made.id, [5])
    demo.mark(ANN.person, 5, read=True)
    assert demo.items(ANN, made.id)[0][::5] == (5, True)
    assert own.items(ANN, made.id) == []
    assert own.one(ANN, made.id).papers == 0
    assert own.saved(ANN, alone=True) == frozenset()
    assert own.holding(ANN, 5) == []
    assert not own.has_read(ANN.person, 5)


def test_there_is_an_end_to_what_is_kept(
    lists: ReadingLists, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.reading_lists.MOST_PAPERS", 3)
    made = [lists.make(ANN, str(number)) for number in range(MOST_LISTS)]
    with pytest.raises(TooMany):
        lists.make(ANN, "one more")
    assert lists.make(ANN, "3") == made[3]
    lists.save(ANN, made[0].id, [1, 2, 3], "x" * 9999)
    assert len(lists.items(ANN, made[0].id)[0].note) == LONGEST_NOTE
    with pytest.raises(TooMany):
        lists.save(ANN, made[0].id, [4])
    assert lists.one(ANN, made[0].id).papers == 3


@pytest.mark.parametrize(
    ("said", "tags"),
    [
        ("", ()),
        ("a, b；c、d", ("a", "b", "c", "d")),
        ("#教育 ＃同伴 #教育", ("教育", "同伴")),
        ("x " * 30, ("x",)),
    ],
)
def test_tags(said: str, tags: tuple[str, ...]) -> None:
    assert tags_in(said) == tags


TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=TEXT.filter(str.strip), note=TEXT, tags=TEXT, paper=st.integers(1, 2**40))
def test_any_text_can_be_kept(
    lists: ReadingLists, name: str, note: str, tags: str, paper: int
) -> None:
    made = lists.make(ANN, name)
    assert lists.named(ANN, name).id == made.id
    given_tags = tags_in(tags)
    assert len(given_tags) <= MOST_TAGS
    lists.save(ANN, made.id, [paper])
    lists.annotate(ANN, made.id, paper, note, given_tags)
    found = next(one for one in lists.items(ANN, made.id) if one.paper == paper)
    assert found.note == note.strip()[:LONGEST_NOTE]
    assert found.tags == given_tags
    lists.delete(ANN, made.id)


def test_a_preference_is_what_was_said_last(state: State) -> None:
    assert preference(state, "1", ZONE) == ""
    prefer(state, "1", ZONE, "Asia/Shanghai")
    prefer(state, "1", ZONE, "Europe/Oslo")
    prefer(state, "2", HIDE_SAVED, "yes")
    assert preference(state, "1", ZONE) == "Europe/Oslo"
    prefer(state, "1", ZONE, "")
    assert preference(state, "1", ZONE) == ""
    assert preference(state, "2", HIDE_SAVED) == "yes"
