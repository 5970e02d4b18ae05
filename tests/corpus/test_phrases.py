"""A phrase is looked for in as few texts as possible: what is found is as if all had been read."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import search
from corpus.engines import local
from corpus.library import Library
from corpus.paper import Filters, Paper, Query
from corpus.readers import Record
from corpus.sieve.words import Phrases

WORDS = ("peer", "support", "of", "the", "nurse", "同伴", "支持", "recovery")
PHRASES = ("peer support", "support of", "of the", "the", "同伴支持", "nurse recovery", "zebra of")


def papers() -> Iterator[Paper]:
    chosen = random.Random(7)
    for number in range(60):
        said = " ".join(chosen.choices(WORDS, k=14))
        yield Paper(source_id=str(number), title=f"{number}", abstract=said, year=2000 + number % 5)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library some of whose papers stand in a tail, or are gone."""
    folder = tmp_path_factory.mktemp("library") / "one"
    with pytest.MonkeyPatch.context() as patch, Library(folder, create=True) as library:
        patch.setattr(local, "_LARGE", 1)
        every = list(papers())
        library.take("source", [Record(paper, 1, 1) for paper in every[:50]])
        again = [replace(paper, abstract="Peer support of the nurse.") for paper in every[3:7]]
        library.take("source", [Record(paper, 1, 1) for paper in (*every[50:], *again)])
        library.remove(9)
        yield library


QUERIES = st.builds(
    Query,
    text=st.sampled_from(["", "peer support", "the recovery of nurses by peers", "支持"]),
    top=st.sampled_from([1, 2, 7, 100]),
    liked=st.sampled_from([(), ("#3", "#12")]),
    filters=st.builds(
        Filters,
        phrases=st.lists(st.sampled_from(PHRASES), min_size=1, max_size=2).map(tuple),
        first_year=st.sampled_from([None, 2002]),
        without=st.sampled_from([(), ("recovery",)]),
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(QUERIES, st.sampled_from([2, 4]))
def test_it_is_found_as_if_every_text_had_been_read(
    made: Library, query: Query, further: int
) -> None:
    whole = made.find(query)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "_READ_AT_ONCE", -1)
        patch.setattr(search, "_FURTHER", further)
        found = made.find(query)
    assert [(hit.paper.id, hit.score) for hit in found.hits] == [
        (hit.paper.id, hit.score) for hit in whole.hits
    ]
    assert (found.answer, found.unknown) == (whole.answer, whole.unknown)
    # How many there are is not known where not all were read.
    assert found.matched is None
    say = {paper.id for paper in made.every(query.filters)}
    assert {hit.paper.id for hit in found.hits} <= say
    if not query.text and not query.liked:
        assert whole.matched == len(say)
        assert len(found.hits) == min(query.top, len(say))


def test_few_texts_are_read(made: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[int] = []
    reading = Phrases._read

    def counted(self: Phrases, some: list[int]) -> None:
        read.extend(some)
        reading(self, some)

    monkeypatch.setattr(Phrases, "_read", counted)
    monkeypatch.setattr(search, "_READ_AT_ONCE", 10)
    many = Query(text="nurse", top=3, filters=Filters(phrases=("the",)))
    assert len(made.find(many).hits) == 3
    assert len(read) == len(set(read)) < 30
    # Nobody who is left out for another reason is read.
    read.clear()
    one = replace(many, filters=replace(many.filters, first_year=2004))
    made.find(one)
    assert 0 < len(read) <= 12
    # Nor anybody where no paper has the words.
    read.clear()
    made.find(Query(text="nurse", filters=Filters(phrases=("zebra of",))))
    assert read == []
