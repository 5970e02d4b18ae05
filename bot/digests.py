"""What is new for a watch: which papers fit, and what is told of them."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import time
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from bot.answer import Question, ask
from bot.config import Config
from bot.declined import Declined
from bot.list_page import papers_of
from bot.messages import Messages, messages
from bot.preferences import ZONE, prefer, preference
from bot.reading_lists import NotYours, Reader, ReadingLists
from bot.schedule import DAILY, next_time, zone_named
from bot.shelf import Shelf
from bot.state import State
from bot.watches import Digest, News, Target, Watch, Watches
from bot.words import called
from corpus.errors import PaperNotFound
from corpus.library import Library
from corpus.paper import Hit, Paper

__all__ = ["Told", "gather", "set_watch", "target_of", "told"]

_MOST = 100
_SEEDS = 25
# A new paper fits that scores at least half of what the best paper of all does. Where there is more
# than a list shows, one that stands in the list needs only a quarter.
_NEAR, _AMONG = 0.5, 0.25


class Told(NamedTuple):
    """A digest as it is shown: `about` says of what, in words."""

    watch: Watch
    digest: Digest
    about: str
    hits: tuple[Hit, ...]


# Setting one up


def target_of(library: Library, text: str, *, demo: bool) -> Target:
    """What `text` asks to be watched: the paper that it is, or else the question.

    Raises `PaperNotFound` where it names a paper that is not here.
    """
    seed = ask(library, Question(text=text, top=1), 1).results.seed
    if seed is None:
        return Target(text=text)
    return Target(paper=-seed.id if demo else seed.id)


def set_watch(
    shelf: Shelf,
    state: State,
    config: Config,
    reader: Reader,
    target: Target,
    say: Messages,
    *,
    pace: str = DAILY,
    zone: str = "",
    now: int | None = None,
) -> Watch:
    """Watch `target` for a person, or, where the reader names one, for a channel.

    A `zone` that was said is remembered for the next watch. Papers that are here already are
    not told. Raises `TooMany`.
    """
    if zone:
        prefer(state, reader.person, ZONE, zone)
    # A preference may come from a copy that another system made, with other zones.
    zone = zone_named(preference(state, reader.person, ZONE)) or config.watches.zone
    library = shelf.library()
    now = int(time.time()) if now is None else now
    return Watches(state).add(
        Watch(
            id=0,
            person=reader.person,
            channel=reader.channel,
            target=target,
            locale=say.locale,
            pace=pace,
            zone=zone,
            # The library that will take the place of the demo corpus counts from 1.
            seen=0 if shelf.is_demo(library) else library.newest(),
            due=next_time(pace, zone, config.watches.hour, now),
        )
    )


# What is new


def gather(
    shelf: Shelf, state: State, config: Config, *, now: int, person: str = "", early: bool = False
) -> int:
    """Make the digests of the watches that are due: a local person's, or everybody else's.

    `early` takes all for due. How many there are. The demo corpus has nothing new.
    """
    library = shelf.library()
    if shelf.is_demo(library):
        return 0
    watches = Watches(state)
    newest = library.newest()
    made = 0
    for watch in watches.due(2**62 if early else now, newest, person=person):
        hits = list(_fitting(library, ReadingLists(state), watch, config.reply.count))
        news = {
            _name(hit.paper): News(hit.paper.id, hit.score, hit.extract, hit.terms, hit.across)
            for hit in hits
        }
        due = next_time(watch.pace, watch.zone, config.watches.hour, now)
        made += watches.looked(watch, news, seen=newest, now=now, due=due)
    return made


def _fitting(library: Library, lists: ReadingLists, watch: Watch, top: int) -> Iterator[Hit]:
    """The papers that are new to a watch and fit it, best first."""
    best: dict[int, tuple[float, Hit]] = {}
    left_out: set[int] = set()
    reader = messages(watch.locale).language
    for question in _questions(library, lists, watch, left_out):
        asked = dataclasses.replace(question, reader=reader)
        with contextlib.suppress(PaperNotFound):  # the paper that was watched is gone
            for near, hit in _near(library, asked, watch.seen, top):
                if near > best.get(hit.paper.id, (0.0, hit))[0]:
                    best[hit.paper.id] = near, hit
    found = sorted(best.values(), key=lambda pair: (-pair[0], pair[1].paper.id))
    for rank, (_, hit) in enumerate(found[:_MOST], 1):
        if hit.paper.id not in left_out:
            yield dataclasses.replace(hit, rank=rank)


def _questions(
    library: Library, lists: ReadingLists, watch: Watch, left_out: set[int]
) -> Iterable[Question]:
    target = watch.target
    if target.list is None:
        return [Question(text=target.text, like=target.paper, filters=target.filters)]
    try:
        papers = papers_of(library, lists, _owner(lists, watch, target.list), target.list)
    except Declined:
        return []
    left_out.update(paper.id for paper in papers)
    return [Question(like=paper.id, filters=target.filters) for paper in papers[-_SEEDS:]]


def _owner(lists: ReadingLists, watch: Watch, id: int) -> Reader:
    """The owner of a list that is watched. Raises `NotYours` where whom it would be told to may not
    see it any longer.
    """
    found = lists.followed(id)
    if not found.channel and (found.owner != watch.person or watch.channel):
        raise NotYours
    return Reader(found.owner)


def _near(
    library: Library, question: Question, after: int, top: int
) -> Iterator[tuple[float, Hit]]:
    """New papers that fit a question, with how near they come to the best there is."""
    everything = ask(library, dataclasses.replace(question, top=top), 1).results.hits
    if not everything:
        return
    best = everything[0].score
    enough = _NEAR * best
    if len(everything) == top:
        enough = min(enough, max(everything[-1].score, _AMONG * best))
    filters = dataclasses.replace(question.filters, after=max(after, question.filters.after))
    new = dataclasses.replace(question, top=_MOST, filters=filters)
    for hit in ask(library, new).results.hits:
        if hit.score >= enough:
            yield hit.score / best, hit


def _name(paper: Paper) -> str:
    """What a paper is, whatever its number: it may be taken back and imported again."""
    what = paper.doi.casefold() or " ".join(
        (paper.title or paper.abstract or str(paper.id)).casefold().split()
    )
    return hashlib.blake2b(what.encode(), digest_size=12).hexdigest()


# Telling it


def told(library: Library, lists: ReadingLists, watch: Watch, digest: Digest) -> Told:
    """A digest with the papers of it that are still in the library."""
    say = messages(watch.locale)
    hits: list[Hit] = []
    for one in digest.news:
        try:
            paper = library.paper(one.paper)
        except PaperNotFound:
            continue
        hits.append(
            Hit(
                rank=len(hits) + 1,
                paper=paper,
                score=one.score,
                extract=one.extract,
                terms=one.terms,
                across=one.across,
            )
        )
    return Told(watch, digest, about(library, lists, watch, say), tuple(hits))


def about(library: Library, lists: ReadingLists, watch: Watch, say: Messages) -> str:
    """What a watch is about, in words."""
    target = watch.target
    if target.list is not None:
        return say("watch-list", name=lists.followed(target.list).name)
    if target.paper is None:
        return say("quoted", text=" ".join(target.text.split()))
    try:
        title = called(library.paper(abs(target.paper)), say, 100)
    except PaperNotFound:
        title = ""
    return say("watch-paper", id=str(abs(target.paper)), title=title)
