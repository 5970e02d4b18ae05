"""What is new for a watch: which papers fit, when it is told, and never twice."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot import digests
from bot.config import Config, ReplySettings
from bot.digests import about, gather, set_watch, target_of, told
from bot.messages import messages
from bot.reading_lists import NotYours, Reader, ReadingLists, TooMany
from bot.schedule import DAILY, NOW, WEEKLY
from bot.shelf import Shelf
from bot.state import State
from bot.watches import MOST_WATCHES, Digest, News, Target, Watch, Watches, WatchMissing
from corpus.library import Library
from corpus.paper import Extract, Filters

SAY = messages("en")
START = 1_772_600_000  # Wednesday 4 March 2026, 04:53 in UTC
DAY = 86_400
ANN = Reader("1")
FILLING = [f"Moss number {number} grows on stones near rivers of {number}" for number in range(40)]

Add = Callable[..., None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of some papers about peers, and many about moss."""
    path = tmp_path / "library"
    with Library(path, create=True) as library:
        add_to(library, tmp_path, *PEERS, *FILLING)
    return path


PEERS = (
    "Peer support workers in community teams",
    "Supervision of peer support workers",
    "Peer support for young people",
)


def add_to(library: Library, tmp_path: Path, *titles: str) -> None:
    file = tmp_path / "some.jsonl"
    file.write_text("".join(json.dumps({"title": title}) + "\n" for title in titles))
    library.add([file])


@pytest.fixture
def shelf(folder: Path) -> Iterator[Shelf]:
    """That library."""
    made = Shelf(Config(), folder)
    yield made
    made.close()


@pytest.fixture
def state(folder: Path) -> Iterator[State]:
    """What is kept beside it."""
    made = State(folder / "state.db")
    yield made
    made.close()


@pytest.fixture
def add(shelf: Shelf, tmp_path: Path) -> Add:
    """Adds papers with these titles."""
    return lambda *titles: add_to(shelf.library(), tmp_path, *titles)


@pytest.fixture
def watch(shelf: Shelf, state: State) -> Callable[..., Watch]:
    """Sets a watch."""

    def watch(target: Target, pace: str = NOW, reader: Reader = ANN, zone: str = "") -> Watch:
        return set_watch(
            shelf, state, Config(), reader, target, SAY, pace=pace, zone=zone, now=START
        )

    return watch


@pytest.fixture
def new(shelf: Shelf, state: State) -> Callable[..., list[list[str]]]:
    """The titles of every digest that is there to be sent some days later, each of them sent."""

    def new(days: float = 0) -> list[list[str]]:
        now = START + int(days * DAY)
        gather(shelf, state, Config(), now=now)
        out = []
        for watch, digest in Watches(state).unsent(now):
            shown = told(shelf.library(), ReadingLists(state), watch, digest)
            assert [hit.rank for hit in shown.hits] == list(range(1, len(shown.hits) + 1))
            out.append([hit.paper.title for hit in shown.hits])
            Watches(state).sent(digest, now, 90)
        return out

    return new


QUESTION = Target(text="peer support workers")


def test_only_papers_that_came_later_and_fit_are_told(
    watch: Callable[..., Watch], add: Add, new: Callable[..., list[list[str]]]
) -> None:
    watch(QUESTION)
    assert new() == []
    add("Peer support workers in prisons", "Moss again", "Ships made by iron workers")
    assert new() == [["Peer support workers in prisons"]]
    assert new() == []
    add("More moss")
    assert new() == []


def test_nothing_is_told_of_papers_that_a_list_would_be_silent_about(
    watch: Callable[..., Watch], add: Add, new: Callable[..., list[list[str]]]
) -> None:
    watch(Target(text="peer zebrafish quantum gravity opera"))
    add("Peer review of moss")
    assert new() == []


def test_a_paper_is_watched_by_its_neighbours(
    shelf: Shelf,
    watch: Callable[..., Watch],
    add: Add,
    new: Callable[..., list[list[str]]],
) -> None:
    target = target_of(shelf.library(), "supervision of peer support WORKERS", demo=False)
    assert target == Target(paper=2)
    made = watch(target)
    add("Supervision of peer workers in prisons", "Yet another moss")
    assert new() == [["Supervision of peer workers in prisons"]]
    shown = about(shelf.library(), ReadingLists(None), made, SAY)  # type: ignore[arg-type]
    assert shown == "papers like #2 · Supervision of peer support workers"
    shelf.library().remove(2)
    add("Supervision of peer support in schools")
    assert new() == []


def test_a_list_is_watched_by_all_of_its_papers(
    state: State,
    shelf: Shelf,
    watch: Callable[..., Watch],
    add: Add,
    new: Callable[..., list[list[str]]],
) -> None:
    lists = ReadingLists(state)
    made = lists.make(ANN, "Thesis")
    lists.save(ANN, made.id, [2, 10])
    watch(Target(list=made.id))
    add("Supervision of peer support workers in Oslo", "Moss grows on stones near rivers")
    (found,) = new()
    assert set(found) == {
        "Supervision of peer support workers in Oslo",
        "Moss grows on stones near rivers",
    }
    add("Supervision of peer support workers in Lima")
    lists.save(ANN, made.id, [shelf.library().newest()])  # already saved: no news
    assert new() == []
    lists.delete(ANN, made.id)
    add("Supervision of peer support workers in Rome")
    assert new() == []
    assert Watches(state).of("1") == []


def test_a_list_that_is_no_longer_shared_is_no_longer_watched_by_others(
    state: State, watch: Callable[..., Watch], add: Add, new: Callable[..., list[list[str]]]
) -> None:
    lists = ReadingLists(state)
    made = lists.share(ANN, lists.make(ANN, "Club").id, "77")
    lists.save(ANN, made.id, [2])
    watch(Target(list=made.id), reader=Reader("2"))
    watch(Target(list=made.id), reader=Reader("1", "77"))
    add("Supervision of peer support workers in Oslo")
    assert len(new()) == 2
    lists.share(ANN, made.id, "")
    add("Supervision of peer support workers in Rome")
    assert new() == []


def test_filters_of_a_watch_hold(
    watch: Callable[..., Watch], add: Add, new: Callable[..., list[list[str]]]
) -> None:
    watch(Target(text="peer support workers", filters=Filters(without=("prisons",))))
    add("Peer support workers in prisons", "Peer support workers in schools")
    assert new() == [["Peer support workers in schools"]]


def test_daily_and_weekly_digests_wait_for_their_time(
    watch: Callable[..., Watch], add: Add, new: Callable[..., list[list[str]]]
) -> None:
    watch(QUESTION, DAILY, zone="Asia/Shanghai")  # at 00:00 in UTC
    watch(QUESTION, WEEKLY)
    add("Peer support workers in prisons")
    assert new(0.7) == []
    assert new(0.8) == [["Peer support workers in prisons"]]
    add("Peer support workers in schools")
    assert new(0.9) == []
    assert new(1.8) == [["Peer support workers in schools"]]
    (weekly,) = new(5.2)  # Monday, 09:41
    assert sorted(weekly) == ["Peer support workers in prisons", "Peer support workers in schools"]


def test_a_paper_is_never_told_twice_even_when_taken_back_and_imported_again(
    shelf: Shelf, watch: Callable[..., Watch], add: Add, new: Callable[..., list[list[str]]]
) -> None:
    watch(QUESTION)
    add("Peer support workers in prisons")
    assert len(new()) == 1
    before = shelf.library().newest()
    shelf.library().undo()
    add("Peer support workers in prisons", "Peer support workers in schools")
    assert shelf.library().newest() > before
    assert new() == [["Peer support workers in schools"]]


def test_a_digest_stays_until_it_was_sent(
    state: State, shelf: Shelf, watch: Callable[..., Watch], add: Add, folder: Path
) -> None:
    made = watch(QUESTION)
    add("Peer support workers in prisons")
    assert gather(shelf, state, Config(), now=START) == 1
    watches = Watches(state)
    ((_, first),) = watches.unsent(START)
    watches.failed(first, START)
    assert watches.unsent(START) == []
    add("Peer support workers in schools")
    assert gather(shelf, state, Config(), now=START) == 0  # the next waits for the first
    again = State(folder / "state.db")  # a restart
    ((found, second),) = Watches(again).unsent(START + 60)
    assert (found.id, second.id, second.tries) == (made.id, first.id, 1)
    assert second.news == first.news
    Watches(again).sent(second, START + 60, 90)
    again.close()
    assert gather(shelf, state, Config(), now=START + 61) == 1
    ((_, third),) = watches.unsent(START + 61)
    shown = told(shelf.library(), ReadingLists(state), made, third)
    assert [hit.paper.title for hit in shown.hits] == ["Peer support workers in schools"]
    assert watches.digest(first.id).news == first.news  # its pages turn still
    watches.sent(third, START + 91 * DAY, 90)
    with pytest.raises(WatchMissing):
        watches.digest(first.id)


def test_a_paper_that_went_before_its_digest_was_sent_is_left_out(
    state: State, shelf: Shelf, watch: Callable[..., Watch], add: Add
) -> None:
    watch(QUESTION)
    add("Peer support workers in prisons", "Peer support workers in schools")
    gather(shelf, state, Config(), now=START)
    ((found, digest),) = Watches(state).unsent(START)
    assert len(digest.news) == 2
    shelf.library().remove(digest.news[0].paper)
    shown = told(shelf.library(), ReadingLists(state), found, digest)
    assert [hit.rank for hit in shown.hits] == [1]
    assert shown.hits[0].terms


def test_an_ended_watch_tells_nothing(
    state: State, shelf: Shelf, watch: Callable[..., Watch], add: Add
) -> None:
    made = watch(QUESTION)
    add("Peer support workers in prisons")
    gather(shelf, state, Config(), now=START)
    watches = Watches(state)
    ((_, digest),) = watches.unsent(START)
    with pytest.raises(NotYours):
        watches.end(made.id, "2", keeper=True)
    assert watches.end(made.id, "1").id == made.id
    assert watches.unsent(START) == []
    assert not watches.looked(made, {}, seen=99, now=START, due=START)
    for gone in (lambda: watches.one(made.id), lambda: watches.digest(digest.id)):
        with pytest.raises(WatchMissing):
            gone()


def test_a_watch_of_a_channel_is_ended_by_whoever_keeps_the_channel(
    state: State, watch: Callable[..., Watch]
) -> None:
    made = watch(QUESTION, reader=Reader("1", "77"))
    with pytest.raises(NotYours):
        Watches(state).end(made.id, "2")
    assert Watches(state).end(made.id, "2", keeper=True).channel == "77"


def test_whoever_sits_at_a_terminal_and_the_bot_tell_their_own(
    state: State, shelf: Shelf, watch: Callable[..., Watch], add: Add
) -> None:
    local = watch(QUESTION, reader=Reader("local:me"))
    watch(QUESTION)
    add("Peer support workers in prisons")
    assert gather(shelf, state, Config(), now=START) == 1
    assert gather(shelf, state, Config(), now=START, person="local:me") == 1
    assert [found.person for found, _ in Watches(state).unsent(START)] == ["1"]
    ((found, _),) = Watches(state).unsent(START, person="local:me")
    assert found.id == local.id


def test_early_takes_every_watch_for_due(
    state: State, shelf: Shelf, watch: Callable[..., Watch], add: Add
) -> None:
    watch(QUESTION, WEEKLY, reader=Reader("local:me"))
    add("Peer support workers in prisons")
    assert gather(shelf, state, Config(), now=START, person="local:me") == 0
    assert gather(shelf, state, Config(), now=START, person="local:me", early=True) == 1


def test_a_watch_over_the_demo_corpus_is_told_of_the_first_papers_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    shelf = Shelf(Config())
    shelf.path.mkdir(parents=True)
    state = State(shelf.path / "state.db")
    target = target_of(shelf.library(), "#3", demo=True)
    assert target == Target(paper=-3)
    for one in (QUESTION, target):
        set_watch(shelf, state, Config(), ANN, one, SAY, pace=NOW, now=START)
    assert gather(shelf, state, Config(), now=START) == 0
    with Library(shelf.path, create=True) as library:
        add_to(library, tmp_path, "Peer support workers in prisons", *FILLING)
    assert gather(shelf, state, Config(), now=START) == 1
    ((watch, _),) = Watches(state).unsent(START)
    assert watch.target == QUESTION
    state.close()
    shelf.close()


def test_among_many_papers_the_first_of_all_fit_though_the_best_is_far_better(
    shelf: Shelf, state: State, watch: Callable[..., Watch], add: Add
) -> None:
    text = " ".join((*PEERS, "moss grows on stones"))
    watch(Target(text=text))
    add("Peer support workers of prisons")
    config = dataclasses.replace(Config(), reply=ReplySettings(count=3))
    gather(shelf, state, config, now=START)
    near = digests._near
    (found,) = list(near(shelf.library(), digests.Question(text=text), 43, 20))
    assert digests._AMONG <= found[0] < 1


def test_there_is_an_end_to_watches(watch: Callable[..., Watch], state: State) -> None:
    for number in range(MOST_WATCHES):
        watch(Target(text=f"question {number}"))
    with pytest.raises(TooMany):
        watch(QUESTION)
    assert [one.target.text for one in Watches(state).of("1")][:2] == ["question 0", "question 1"]


def test_a_time_zone_is_remembered(watch: Callable[..., Watch]) -> None:
    assert watch(QUESTION, DAILY).zone == "UTC"
    assert watch(QUESTION, DAILY, zone="Asia/Shanghai").zone == "Asia/Shanghai"
    assert watch(QUESTION, DAILY).zone == "Asia/Shanghai"
    assert watch(QUESTION, DAILY, Reader("2")).zone == "UTC"


def test_digests_survive_being_written_down(state: State, watch: Callable[..., Watch]) -> None:
    made = watch(QUESTION)
    extract = Extract("Peer 支持 “x”.", ((0, 4),))
    news = News(5, 1.25, extract, ("peer",), (("同伴", "peer"),))
    assert Watches(state).looked(made, {"a": news}, seen=50, now=START, due=START)
    ((_, digest),) = Watches(state).unsent(START)
    assert digest == Digest(digest.id, made.id, (news,), 0)
