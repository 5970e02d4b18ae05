"""How settings of ranking are chosen and patched in, and how costs are counted."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import search
from corpus.library import Library
from corpus.paper import Paper, Query
from corpus.ranking import feedback
from corpus.ranking.bm25 import Ranker
from corpus.ranking.builder import Builder
from corpus.text import query
from tests.bench.quality import cost, sweep
from tests.bench.quality.collections import Collection
from tests.bench.quality.settings import KEPT, OFF, PLAIN, VALUES, Setting, descend, neighbours
from tests.bench.quality.systems import Corpus
from tests.bench.quality.trials import Texts, Trial, indexed, patched

PAPERS = [
    {"id": "p1", "title": "Peer support workers", "abstract": "They help in community teams."},
    {"id": "p2", "title": "Burnout of nurses", "abstract": "Support by peers helped nurses."},
    {"id": "p3", "title": "Sleep", "abstract": "Nurses work in shifts, and support peers."},
    {"id": "p4", "title": "同伴支持的护士", "abstract": "护士的职业倦怠与同伴支持有关。"},
]
QUERIES = [
    {"id": "q1", "text": "peer support of nurses"},
    {"id": "q2", "text": "护士的同伴支持"},
    {"id": "q3", "text": "peer support of nurses", "paper_id": "p2"},
    {"id": "unjudged", "text": "sleep"},
]


def _file(path: Path, items: list[dict[str, str]]) -> Path:
    path.write_text("".join(f"{json.dumps(one)}\n" for one in items), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sweep")
    return Corpus(_file(folder / "papers.jsonl", PAPERS), folder / "corpus").library


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    judged = tmp_path / "qrels.tsv"
    judged.write_text("q1\tp2\t1\nq2\tp4\t1\nq3\tp2\t1\n", encoding="utf-8")
    return Collection("small", "", "", _file(tmp_path / "q.jsonl", QUERIES), judged, "mrr@10")


# Choosing


def test_neighbours_differ_in_the_one_field_that_is_named() -> None:
    found = list(neighbours(KEPT))
    assert len(found) == sum(len(values) - 1 for values in VALUES.values())
    for field, setting in found:
        differs = [
            name for name in Setting._fields if getattr(setting, name) != getattr(KEPT, name)
        ]
        assert differs == [field]


def test_what_is_kept_and_plain_is_among_what_is_tried() -> None:
    for field, values in VALUES.items():
        assert {getattr(KEPT, field), getattr(PLAIN, field)} <= set(values)


@given(st.tuples(*(st.sampled_from(values) for values in VALUES.values())))
def test_the_best_is_found_where_fields_have_nothing_to_do_with_each_other(
    values: tuple[object, ...],
) -> None:
    goal = Setting(*values)  # type: ignore[arg-type]

    def score(setting: Setting) -> float:
        return sum(mine == its for mine, its in zip(setting, goal, strict=True))

    assert descend(score) == goal
    assert descend(lambda _: 0.0) == PLAIN


# Trying


def test_the_kept_setting_is_the_product(library: Path, collection: Collection) -> None:
    """Also with an index built here, rather than the library's own."""
    texts = Texts(library)
    own = texts._indexes.pop(KEPT.title)
    with Library(library) as opened:
        opened.warm()
        for text in (one["text"] for one in QUERIES):
            finder = search.Search(
                texts.store(KEPT.title), opened._engine, opened._glossary, opened._sieve
            )
            with patched(KEPT):
                found = finder._found(texts.ranker(KEPT), text, 10).ranking
            names = [texts.names[id] for id in found.ids.tolist()]
            expected = opened.rank(text, 10)
            assert list(zip(names, found.scores.tolist(), strict=True)) == expected
    assert texts._index(KEPT.title).terms() == own.terms()


@pytest.mark.parametrize("k1_b", VALUES["k1_b"])
def test_other_parameters_rank_as_the_plain_sum_does(
    library: Path, k1_b: tuple[float, float]
) -> None:
    random, builder = np.random.default_rng(3), Builder()
    words = [f"w{number}" for number in range(200)]
    for id in range(1, 3_000):
        builder.add(id, random.choice(words, random.integers(1, 80)).tolist())
    texts = Texts(library)
    texts._indexes[KEPT.title] = builder.build()
    sooner = texts.ranker(KEPT._replace(k1_b=k1_b))
    plain = Ranker(texts._indexes[KEPT.title])
    plain.k1, plain.b = k1_b
    for size in (1, 5, 60):
        asked = dict.fromkeys(words[:size], 1.0)
        mine, its = sooner.rank(asked, 20), plain.rank(asked, 20)
        assert mine.ids.tolist() == its.ids.tolist()
        assert mine.scores.tobytes() == its.scores.tobytes()


def test_a_title_is_indexed_as_often_as_it_counts() -> None:
    paper = Paper(title="Peers", translated_title="同伴", abstract="Text.", keywords=("word",))
    assert indexed(paper, KEPT.title) == paper.indexed
    assert indexed(paper, 1) == paper.searchable
    assert indexed(paper, 2).split("\n").count("同伴") == 2


def test_settings_are_patched_in_and_out_again() -> None:
    before = query._said, query._PAIR, feedback._TERMS, search.weigh
    with patched(PLAIN._replace(said="1")):
        assert query._said(5) == 1
        assert not feedback.wanted(3)
        assert set(search.weigh("同伴支持", None).weights.values()) == {0.0, 1.0}
    with patched(PLAIN):
        assert search.weigh("peer peer", None).weights == {"peer": 2.0}
    assert (query._said, query._PAIR, feedback._TERMS, search.weigh) == before


def test_a_trial_judges_each_setting_that_differs_there_once(
    library: Path, collection: Collection
) -> None:
    pytest.importorskip("ir_measures", reason="of the extra bench")
    trial = Trial(collection, Texts(library))
    assert trial.fields == list(Setting._fields)
    assert trial.values(KEPT).tolist()[1:] == [1.0, 0.0]  # q3 is p2 itself
    assert trial.mean(KEPT) == trial.values(KEPT).mean()
    trial.mean(KEPT._replace(feedback=OFF._replace(weight=0.3)))  # off in other words
    trial.mean(KEPT._replace(feedback=OFF))
    assert trial.tried == 2


def test_tables_have_a_row_for_each_collection(library: Path, collection: Collection) -> None:
    pytest.importorskip("ir_measures", reason="of the extra bench")
    texts = Texts(library)
    trials = [Trial(collection._replace(name=name), texts) for name in ("one", "two")]
    first, *objects = map(json.loads, map(json.dumps, sweep.objects(trials)))
    assert first["scores"].keys() == {"one", "two"}
    varied = [one for one in objects if "varied" in one]
    assert len(varied) == len(list(neighbours(KEPT)))
    assert [one["left_out"] for one in objects if "left_out" in one] == ["one", "two", ""]
    assert all(one["by_best"] >= one["by_kept"] for one in objects if "left_out" in one)
    assert [one["without"] for one in objects if "without" in one] == ["one", "two"]
    printed = "\n".join(sweep.lines(trials))
    assert printed.count("  others choose ") == 2


# Costs


def test_plain_is_the_product_without_what_it_adds(library: Path) -> None:
    with Library(library) as opened:
        ours = opened.find(Query(text="peer support of nurses", explain=True))
        with cost.plainly():
            plain = opened.find(Query(text="peer support of nurses", explain=True))
            assert opened.find(Query(text="what is known about nurses?")).answer == ()
    assert {share.kind for hit in plain.hits for share in hit.shares} == {"word"}
    assert {share.kind for hit in ours.hits for share in hit.shares} >= {"word", "translation"}


def test_every_question_is_put_every_way(library: Path) -> None:
    texts = ["peer support"] * (cost._WARMING + 3)
    with Library(library) as opened:
        times, found, stages = cost.asked(opened, texts)
    assert {len(of) for of in times.values()} == {3}
    assert found == {"similit": 3, "plain": 3}
    assert stages["ranking"] > 0 <= stages["extracts"]
    measured = cost.Cost("small", 4, "words", times, found, stages)
    assert json.loads(json.dumps(measured.as_json()))["rank"]["ratio"] > 0
    assert len(list(measured.lines())) == 3


def test_p95_is_what_one_in_twenty_exceeds() -> None:
    assert cost.p95([float(time) for time in range(100, 0, -1)]) == 95
    assert cost.p95([7.0]) == 7


def test_questions_are_parts_of_papers() -> None:
    title = "The effects of peer support on burnout among the nurses of northern Leeds."
    assert cost.shortened(title) == "effects peer support burnout nurses northern"
    assert cost.shortened("Peer support of nurses") == ""
    assert cost.beheaded("First one here. Second one. Third one. Fourth one.") == (
        "Second one. Third one. Fourth one."
    )
    assert cost.beheaded("Only one. And two.") == ""
    assert cost.spread("abcdef", 3) == ["a", "c", "e"]
