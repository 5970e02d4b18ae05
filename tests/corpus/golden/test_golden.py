"""The ranks that are on record are those that come out. How to renew them: see ranking.py."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from corpus.library import Library
from corpus.paper import Query
from tests.corpus.golden.ranking import FILE, PAPERS, QUESTIONS, library, ranks

GOLDEN: dict[str, list[list[Any]]] = json.loads(FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def thirty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with library(tmp_path_factory.mktemp("golden")) as made:
        yield made


@pytest.fixture(scope="module")
def now(thirty: Library) -> dict[str, list[list[Any]]]:
    return ranks(thirty)


def test_the_record_covers_both_languages_and_says_something(thirty: Library) -> None:
    assert thirty.state().papers == len(PAPERS) == 30
    assert len(GOLDEN) == len(QUESTIONS) + 3
    assert sum(not question.isascii() for question in QUESTIONS) >= 4
    assert [question for question, hits in GOLDEN.items() if not hits] == [
        "neither walrus nor krill"
    ]


@pytest.mark.parametrize("question", GOLDEN)
def test_ranks_and_scores_are_those_on_record(
    question: str, now: dict[str, list[list[Any]]]
) -> None:
    assert [id for id, _ in now[question]] == [id for id, _ in GOLDEN[question]]
    assert [score for _, score in now[question]] == pytest.approx(
        [score for _, score in GOLDEN[question]], rel=1e-9
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_compiled_or_not_and_by_either_door_the_ranks_are_the_same(
    question: str, thirty: Library, now: dict[str, list[list[Any]]]
) -> None:
    thirty.warm()
    hits = thirty.find(Query(text=question, top=10)).hits
    assert [[hit.paper.source_id, hit.score] for hit in hits] == now[question]


@pytest.mark.parametrize(
    ("question", "best"),
    [
        ("agreement between two raters", "cohen-1960-kappa"),
        ("BERT pre-training", "devlin-2019-bert"),
        ("COVID-19 patients", "guan-2020-covid"),
        ("倒排索引与词项权重", "zobel-2006-inverted"),
        ("feedback feedback in the classroom", "hattie-2007-feedback"),
    ],
)
def test_what_a_reader_would_expect_stands_first(question: str, best: str) -> None:
    assert GOLDEN[question][0][0] == best
