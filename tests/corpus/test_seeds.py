"""Many seeds: papers that a question is to be like, and papers that it is not."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from typing import Any

import pytest

from corpus.errors import PaperNotFound
from corpus.library import Library
from corpus.paper import Filters, Query, Results

PAPERS: list[dict[str, Any]] = [
    {"id": "1", "title": "Peer workers in wards", "abstract": "Stigma of peer workers in wards."},
    {"id": "2", "title": "Peer workers at home", "abstract": "Home visits of peer workers."},
    {"id": "3", "title": "Nurses in wards", "abstract": "Nurses in wards, and their stigma."},
    {"id": "4", "title": "Nurses at home", "abstract": "Home visits of nurses.", "year": 2010},
    {"id": "5", "title": "Stigma in schools", "abstract": "Pupils and stigma.", "year": 2011},
    {"id": "6", "title": "School visits", "abstract": "Visits at home.", "doi": "10.1000/six"},
    {"id": "7", "title": "病房中的同伴支持者", "abstract": "病房同伴支持者的病耻感。"},
]  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("seeds")
    file = folder / "papers.jsonl"
    file.write_text("\n".join(map(json.dumps, PAPERS)), encoding="utf-8")
    with Library(folder / "library", create=True) as made:
        made.add([file])
        yield made


def ids(results: Results) -> list[int]:
    return [hit.paper.id for hit in results.hits]


def test_several_papers_are_the_question(library: Library) -> None:
    results = library.find(Query(liked=("#1", "#3")))
    found = ids(results)
    assert not {1, 3} & set(found)
    assert set(found[:2]) <= {2, 4, 5, 7}
    assert results.seed is None
    assert [paper.id for paper in results.liked] == [1, 3]
    assert results.language == "en"
    assert results.answer == ()


def test_papers_are_named_as_everywhere(library: Library) -> None:
    results = library.find(Query(liked=("10.1000/six", "paper:4", "#4")))
    assert [paper.id for paper in results.liked] == [6, 4]


def test_one_paper_liked_alone_has_the_neighbours_it_has(library: Library) -> None:
    liked = ids(library.find(Query(liked=("#1",))))
    assert liked[:3] == ids(library.find(Query(like=1)))[:3]


def test_what_is_not_here_is_said_and_the_others_count(library: Library) -> None:
    results = library.find(Query(liked=("#1", "#99"), disliked=("10.1000/nope",)))
    assert results.missing == ("#99", "10.1000/nope")
    assert ids(results)
    with pytest.raises(PaperNotFound) as caught:
        library.find(Query(liked=("#99", "#98")))
    assert caught.value.reference == "#99"
    assert library.find(Query(text="stigma", liked=("#99",))).missing == ("#99",)


def test_a_question_is_moved_towards_a_paper_and_away_from_another(library: Library) -> None:
    plain = library.find(Query(text="visits"))
    towards = library.find(Query(text="visits", liked=("#3",)))
    away = library.find(Query(text="visits", disliked=("#2",)))
    assert 3 not in ids(towards)
    assert 2 not in ids(away)
    assert ids(towards).index(4) < ids(towards).index(6)
    assert {3} & set(ids(plain)) == set()
    assert {paper.id for paper in away.disliked} == {2}


def test_a_paper_that_is_liked_and_disliked_is_liked(library: Library) -> None:
    results = library.find(Query(liked=("#1",), disliked=("#1", "#2")))
    assert [paper.id for paper in results.liked] == [1]
    assert [paper.id for paper in results.disliked] == [2]


@pytest.mark.parametrize("query", [Query(like=1, liked=("#3",)), Query(text="#1", liked=("#3",))])
def test_a_seed_that_is_moved_is_liked_with_the_others(library: Library, query: Query) -> None:
    results = library.find(query)
    assert [paper.id for paper in results.liked] == [1, 3]
    assert ids(results) == ids(library.find(Query(liked=("#1", "#3"))))


def test_filters_and_the_order_hold_for_seeds_too(library: Library) -> None:
    filters = Filters(first_year=2010)
    results = library.find(Query(liked=("#2", "#3"), filters=filters, sort="year"))
    assert ids(results) == [5, 4]


def test_fields_alone_leave_out_what_is_disliked(library: Library) -> None:
    results = library.find(Query(disliked=("#5",), filters=Filters(first_year=2010)))
    assert ids(results) == [4]


@pytest.mark.parametrize(
    "query",
    [
        Query(liked=("#1", "#3")),
        Query(text="home visits", liked=("#1",), disliked=("#5",)),
        Query(text="同伴 visits", liked=("#7", "#2")),
        Query(text="stigma", disliked=("#3",)),
    ],
)
def test_what_is_liked_is_explained_and_adds_up(library: Library, query: Query) -> None:
    results = library.find(dataclasses.replace(query, explain=True))
    assert results.hits
    for hit in results.hits:
        assert sum(share.score for share in hit.shares) == pytest.approx(hit.score)
        assert all(share.score > 0 for share in hit.shares)
    kinds = {share.kind for hit in results.hits for share in hit.shares}
    assert ("liked" in kinds) == bool(query.liked)
    own = {share.term for hit in results.hits for share in hit.shares if share.kind == "word"}
    assert bool(own) == bool(query.text)
    if query.text == "home visits":
        assert own == {"home", "visit"}
