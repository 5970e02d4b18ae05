"""What the measuring of quality does with numbers and files; measuring itself is run by hand."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from corpus.errors import PaperNotFound
from corpus.library import Library
from corpus.paper import Query
from tests.bench.quality import cost, kept, measures, silence, stages, systems, table
from tests.bench.quality.collections import COLLECTIONS, Collection
from tests.bench.quality.measures import Measured, change, interval

PAPERS = [
    {"id": "p1", "title": "Peer support workers in community teams"},
    {"id": "p2", "title": "Burnout among nurses", "abstract": "A peer supported nurses."},
    {"id": "p3", "title": "Sleep of shepherds"},
    {"title": "A wing in a slipstream"},
]
values = st.lists(st.floats(0, 1), min_size=1, max_size=40).map(np.array)


def measured(system: str = "similit", *, ndcg: float = 0.5, name: str = "small") -> Measured:
    """Two questions, of which the first is answered well."""
    of = {measure: np.array([1.0, 0.0]) for measure in measures.MEASURES}
    of["ndcg@10"] = np.array([2 * ndcg, 0.0])
    return Measured(
        set=name,
        about="tiny",
        main="ndcg@10",
        system=system,
        papers=1400,
        queries=("q1", "q2"),
        values=of,
    )


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> systems.Corpus:
    folder = tmp_path_factory.mktemp("quality")
    file = folder / "papers.jsonl"
    file.write_text("".join(f"{json.dumps(one)}\n" for one in PAPERS), encoding="utf-8")
    return systems.Corpus(file, folder / "corpus")


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    lines = [
        {"id": "q1", "text": "Peer nurses"},
        {"id": "q2", "text": "peer nurses", "paper_id": "p2"},
        {"id": "none", "text": "zzzqqq"},
    ]
    file = tmp_path / "queries.jsonl"
    file.write_text("".join(f"{json.dumps(one)}\n" for one in lines), encoding="utf-8")
    return file


# Chance


def test_a_difference_that_every_question_shows_is_no_accident() -> None:
    old = np.linspace(0, 0.5, 30)
    found = change(old + 0.1, old)
    assert found.difference == pytest.approx(0.1)
    assert found.p < 0.001


def test_p_is_that_of_all_choices_of_signs() -> None:
    found = change(np.array([0.3, 0.2, 0.1]), np.zeros(3))
    assert found.p == pytest.approx(2 / 8, abs=0.02)
    found = change(np.array([0.3, 0.1, 0.0]), np.array([0.0, 0.2, 0.0]))
    assert found.p == pytest.approx(1.0)


@given(values)
def test_what_is_the_same_does_not_differ(of: measures.Values) -> None:
    assert change(of, of) == (0.0, 1.0)


@given(values)
def test_an_interval_holds_the_mean_and_is_always_the_same(of: measures.Values) -> None:
    low, high = interval(of)
    assert of.min() - 1e-9 <= low <= of.mean() + 1e-9
    assert of.mean() - 1e-9 <= high <= of.max() + 1e-9
    assert interval(of) == (low, high)


def test_an_interval_is_as_wide_as_that_of_the_normal_distribution() -> None:
    of = np.random.default_rng(1).normal(0.5, 0.1, 400)
    low, high = interval(of)
    assert high - low == pytest.approx(2 * 1.96 * 0.1 / 20, rel=0.15)


# What is kept


def test_a_run_is_compared_with_the_kept_one_of_the_same_questions(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    assert kept.read(file) == {}
    kept.write([measured(ndcg=0.4)], file)
    kept.write([measured(name="other")], file)
    assert set(kept.read(file)) == {"small", "other"}
    found = kept.compared(measured(), kept.read(file)).kept
    assert found["ndcg@10"].difference == pytest.approx(0.1)
    assert found["map"] == (0.0, 1.0)
    assert "q1" not in file.read_text("utf-8")
    assert kept.compared(measured(name="third"), kept.read(file)).kept == {}


def test_values_of_other_questions_are_not_compared(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    kept.write([measured()], file)
    changed = json.loads(file.read_text("utf-8"))
    changed["small"]["queries"] = "of others"
    assert kept.compared(measured(), changed).kept == {}


# Tables


def test_a_line_has_every_mean_and_what_changed() -> None:
    first, *others = table.lines(measured(ndcg=0.25))
    assert first.split()[:9] == "small similit 1,400 2 .250 .500 .500 .500 .500".split()
    assert others == []
    whole = kept.compared(measured(), {"small": kept._entry(measured(ndcg=0.4))})
    _, differences, chances = table.lines(whole)
    assert differences.split()[2] == "+0.1000"
    assert float(chances.split()[1]) > 0.05


def test_the_readme_gets_one_row_a_collection() -> None:
    run = [measured(system, ndcg=0.25) for system in systems.SYSTEMS]
    rows = table.markdown(run).splitlines()
    assert len(rows) == 3
    assert len({row.count("|") for row in rows}) == 1
    assert rows[2].startswith("| `small` tiny | 1,400 / 2 | .250 (.00–.50) | .500 |")


def test_only_what_is_between_the_marks_changes(tmp_path: Path) -> None:
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{table._BEGIN}\nold\n{table._END}\nafter\n", encoding="utf-8")
    table.put("| new \\1 |", readme)
    table.put("| new \\1 |", readme)
    assert readme.read_text("utf-8") == (
        f"before\n{table._BEGIN}\n| new \\1 |\n{table._END}\nafter\n"
    )
    readme.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="no place"):
        table.put("", readme)


def test_the_readme_has_a_place_for_the_table() -> None:
    text = table.README.read_text("utf-8")
    assert text.count(table._BEGIN) == text.count(table._END) == 1


def test_a_run_as_json_has_no_number_that_json_does_not_know() -> None:
    found = json.loads(json.dumps(measured().as_json(), allow_nan=False))
    assert found["ndcg@10"] == 0.5
    assert found["ci"] == [0.0, 1.0]


# Collections and systems


def test_collections_have_names_of_their_own() -> None:
    assert len({collection.name for collection in COLLECTIONS}) == len(COLLECTIONS)


def test_judgements_are_grades_or_the_one_paper_of_each_question(tmp_path: Path) -> None:
    grades, papers = tmp_path / "qrels.tsv", tmp_path / "known.jsonl"
    grades.write_text("q1\tp1\t2\nq1\tp2\t0\nq2\tp1\t1\n", encoding="utf-8")
    papers.write_text('{"id": "q", "text": "…", "paper": "p"}\n', encoding="utf-8")

    def judged(file: Path) -> dict[str, dict[str, int]]:
        return Collection("", "", "", file, file, "map").judgements()

    assert judged(grades) == {"q1": {"p1": 2, "p2": 0}, "q2": {"p1": 1}}
    assert judged(papers) == {"q": {"p": 1}}


def test_plain_words_are_split_at_spaces_and_chinese_ones_by_jieba() -> None:
    assert systems.plain("Peer  Support, teams.") == ["peer", "support,", "teams."]
    assert systems.plain("RBF核函数，预测") == ["rbf", "核", "函数", "预测"]


@pytest.mark.parametrize("system", systems.SYSTEMS)
def test_every_system_ranks_every_query(corpus: systems.Corpus, queries: Path, system: str) -> None:
    found = corpus.run(system, queries)
    assert corpus.papers == len(PAPERS)
    assert next(iter(found["q1"])) == "p2"
    assert list(found["q2"]) == ["p1"]
    assert not found.get("none")


@pytest.mark.parametrize("system", systems.BASELINES)
def test_baselines_are_rank_bm25(corpus: systems.Corpus, queries: Path, system: str) -> None:
    cut = systems.BASELINES[system]
    texts = [f"{paper['title']}\n{paper.get('abstract', '')}" for paper in PAPERS]
    expected = BM25Okapi([cut(text) for text in texts]).get_scores(cut("Peer nurses"))
    found = corpus.run(system, queries)["q1"]
    assert {name: expected[int(name[1]) - 1] for name in found} == pytest.approx(found)


def test_ir_measures_judges_every_question() -> None:
    pytest.importorskip("ir_measures", reason="of the extra bench")
    judgements = {"a": {"p1": 1}, "b": {"p2": 1, "p3": 0}, "missing": {"p1": 1}}
    run = {"a": {"p1": 2.0, "p2": 1.0}, "b": {"p3": 2.0, "p2": 1.0}, "unjudged": {"p1": 1.0}}
    found = measures.measure(judgements, run)
    assert found["mrr@10"].tolist() == [1.0, 0.5, 0.0]
    assert found["hit@10"].tolist() == found["recall@20"].tolist() == [1.0, 1.0, 0.0]
    assert found["map"].tolist() == [1.0, 0.5, 0.0]


# Silence


def test_off_topic_texts_are_those_that_the_corpus_has_nothing_on(tmp_path: Path) -> None:
    file = tmp_path / "off.jsonl"
    file.write_text(
        '{"id": "1", "text": "hi"}\n{"id": "2", "text": "wings", "except": ["cranfield"]}\n',
        encoding="utf-8",
    )
    assert [one.id for one in silence.off_topic("cranfield", file)] == ["1"]
    assert [one.id for one in silence.off_topic("med", file)] == ["1", "2"]


class Answering:
    """Answers texts with nurses in them, and knows no DOI."""

    def find(self, query: Query) -> SimpleNamespace:
        if query.text.startswith("10."):
            raise PaperNotFound(query.text)
        return SimpleNamespace(hits=("a hit",) if "nurses" in query.text else ())


def test_silence_is_counted_on_both_sides(queries: Path) -> None:
    texts = {"a": "zzzqqq", "b": "nurses", "c": "10.1000/nope", "d": ""}
    strangers = [silence.Asked(id, text) for id, text in texts.items()]
    library = cast("Library", Answering())
    found = silence.silence("small", library, strangers, silence.questions(queries))
    assert found.answered == ("b",)
    assert found.silenced == ("none",)
    assert found.shares == (0.75, 1 / 3)
    assert table.silence_line(found).split() == ["small", "4", "75.0%", "3", "33.3%"]


def test_the_steps_of_a_question_add_up_to_it(tmp_path: Path) -> None:
    with Library(tmp_path / "library", create=True) as library:
        (file := tmp_path / "papers.jsonl").write_text(
            '{"id": "1", "title": "Peer support", "abstract": "Peer support helps people."}\n'
        )
        library.add([file])
        times, found, steps = cost.asked(library, ["Does peer support help?"] * 12)
    assert found == {"similit": 2, "plain": 2}
    assert all(len(of) == 2 for of in times.values())
    assert steps.keys() == {*stages.STAGES, stages.REST}
    assert all(taken > 0 for taken in steps.values())
    assert steps[stages.REST] < sum(steps.values())
