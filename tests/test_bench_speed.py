"""The speed benchmark's parts: corpora, questions, engines that agree, figures, table."""

from __future__ import annotations

import asyncio
import importlib.util
import json
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Plus

from corpus.ranking.merging import merged
from corpus.ranking.postings import KINDS
from tests.bench.speed import corpora, measure, picture, synthetic, table, targets, together
from tests.bench.speed.corpora import REAL_PAPERS, Corpus, corpus_of
from tests.bench.speed.crew import Index, Worker, built
from tests.bench.speed.engines import ENGINES, LIBRARY, SIMILIT, similit
from tests.bench.speed.measure import Answered, Cost, Run, Times, round_robin
from tests.bench.speed.memory import Memory, resident
from tests.bench.speed.questions import (
    ABSTRACTS,
    ALL_WORDS,
    FILTERED,
    FIVE,
    ONE,
    SETS,
    TOP,
    Question,
    allowed,
    questions,
    sets_of,
)

PAPERS = 400
ASKED = Question([], [], "", "")


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return corpus_of(PAPERS, tmp_path_factory.mktemp("speed"))


# Corpora


def test_a_smaller_corpus_is_the_beginning_of_a_larger_one(papers: Corpus, tmp_path: Path) -> None:
    small = corpus_of(50, tmp_path)
    assert list(small) == list(papers)[:50]
    assert list(Corpus(small.folder)) == list(small)


def test_blocks_follow_each_other_and_differ(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(synthetic, "BLOCK", 30)
    sizes = [np.diff(block.starts) for block in synthetic.blocks(70)]
    assert [len(one) for one in sizes] == [30, 30, 10]
    assert sizes[0].tolist() != sizes[1].tolist()


def test_papers_are_as_long_as_abstracts_and_share_the_words_of_topics(papers: Corpus) -> None:
    assert 90 < len(papers.terms) / len(papers) < 105
    assert 105 < sum(map(len, papers)) / len(papers) < 130
    assert papers.frequencies.sum() == len(papers.terms)
    assert papers.frequencies[papers.stopped()].min() >= np.sort(papers.frequencies)[-50]


def test_a_paper_has_its_terms_as_often_as_it_is_counted(papers: Corpus) -> None:
    for number, terms in enumerate(papers):
        here = slice(papers.starts[number], papers.starts[number + 1])
        held = dict(zip(papers.terms[here].tolist(), papers.counts[here].tolist(), strict=True))
        assert Counter(terms) == held


def test_real_papers_have_the_terms_of_the_product(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["Peer support of the peers", "", "Nurses support peers"]
    monkeypatch.setattr(corpora, "real_texts", lambda: iter(texts))
    monkeypatch.setattr(corpora, "REAL_PAPERS", 3)
    real = corpus_of(3, tmp_path)
    words = real.vocabulary()
    assert [sorted(words[term] for term in terms) for terms in real] == [
        ["peer", "peer", "support"],
        [],
        ["nurs", "peer", "support"],
    ]
    assert real.is_real
    assert real.texts([2, 0]) == [texts[2], texts[0]]
    assert len(real.stopped()) == 0
    assert ALL_WORDS not in sets_of(real)


def test_another_number_of_real_papers_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(corpora, "real_texts", lambda: iter(["Peers"]))
    with pytest.raises(SystemExit, match="1 real papers"):
        corpus_of(REAL_PAPERS, tmp_path)
    with pytest.raises(OSError, match=r"facts\.json"):
        Corpus(next(tmp_path.iterdir()))


# Questions


def test_questions_are_papers_whole_or_in_part(papers: Corpus) -> None:
    found = questions(papers, 30)
    assert found.keys() == SETS.keys()
    assert found == questions(papers, 30)
    stopped = set(papers.stopped().tolist())
    held = [set(papers.of(number).tolist()) for number in range(PAPERS)]
    without = [terms - stopped for terms in held]
    for name, of_set in found.items():
        assert len(of_set) == 30
        for question in of_set:
            terms = set(question.terms)
            assert len(terms) == len(question.terms)
            assert question.words == [f"t{term}" for term in question.terms]
            if name == FIVE:
                assert len(terms) == 5
                assert any(terms < of_paper for of_paper in without)
            else:
                assert terms in (held if name == ALL_WORDS else without)
    assert found[ABSTRACTS][0].filter == ""
    assert found[ONE][0].filter == "one"


def test_sets_have_papers_of_their_own(papers: Corpus) -> None:
    asked = [
        frozenset(question.terms)
        for name, of_set in questions(papers, 20).items()
        if name not in {ALL_WORDS, FIVE}
        for question in of_set
    ]
    assert len(set(asked)) == len(asked)


def test_filters_allow_what_they_say() -> None:
    assert allowed("one", 400).sum() == 1
    assert 0.08 < allowed("tenth", 10_000).mean() < 0.12
    assert 0.48 < allowed("half", 10_000).mean() < 0.52
    assert (allowed("tenth", 500) == allowed("tenth", 500)).all()


# Engines


def opened(name: str, papers: Corpus, folder: Path) -> Any:
    """An engine in this process, with an index of its own."""
    kind = ENGINES[name]
    if kind.package not in {"", "sqlite"}:
        pytest.importorskip(kind.package.replace("-", "_"), reason="of the extra bench")
    with warnings.catch_warnings(), pytest.MonkeyPatch.context() as patch:
        warnings.simplefilter("ignore")  # of packages that are not ours
        module = kind.load()
        if name == "bm25s":  # compiling takes longer than everything else here
            patch.setattr(module.BM25, "activate_numba_csc", lambda _: None)
        module.build(papers, folder)
        return module.Engine(folder, kind.how)


def test_ours_is_the_same_index_from_counts_as_from_an_import(
    papers: Corpus, tmp_path: Path
) -> None:
    imported = similit.imported(papers, tmp_path).build()
    counted = merged(list(similit.counted(papers, tmp_path, 150)))
    for name in KINDS:
        assert np.array_equal(getattr(imported, name), getattr(counted, name)), name
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", [SIMILIT, "similit-plain", "rank-bm25", "bm25s"])
def test_engines_of_the_same_formula_find_the_same(
    name: str, papers: Corpus, tmp_path: Path
) -> None:
    engine = opened(name, papers, tmp_path)
    documents = [[f"t{term}" for term in terms] for terms in papers]
    oracle = BM25Plus(documents, delta=0)
    asked = questions(papers, 3)
    for of_set in (ABSTRACTS, FILTERED):
        for question in asked[of_set]:
            scores = oracle.get_scores(question.words)
            if question.filter:
                scores = scores * allowed(question.filter, PAPERS)
            best = np.argsort(-scores, kind="stable")[:TOP].tolist()
            assert engine.answer(question) == best


@pytest.mark.parametrize("name", ["tantivy", "fts5"])
def test_engines_of_another_formula_find_nearly_the_same(
    name: str, papers: Corpus, tmp_path: Path
) -> None:
    engine = opened(name, papers, tmp_path)
    oracle = BM25Plus([[f"t{term}" for term in terms] for terms in papers], delta=0)
    asked = questions(papers, 5)
    for question in asked[ABSTRACTS]:
        found = engine.answer(question)
        best = np.argsort(-oracle.get_scores(question.words))[:TOP].tolist()
        assert len(found) == TOP
        assert found[0] == best[0]
        assert len({*found} & {*best}) > TOP / 2
    tenth = allowed("tenth", PAPERS)
    for question in asked[FILTERED]:
        found = engine.answer(question)
        assert found
        assert tenth[found].all()


def test_the_product_is_asked_in_text(
    papers: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "papers.jsonl"
    file.write_text('{"title": "Peer support", "abstract": "Of nurses."}\n', encoding="utf-8")
    module = ENGINES[LIBRARY].load()
    monkeypatch.setattr(module, "REAL_FILES", (file,))
    module.build(papers, tmp_path / "library")
    engine = module.Engine(tmp_path / "library", "")
    ranked = engine._library.rank("peers of nurses", TOP)
    assert len(ranked) == 1
    assert engine.answer(ASKED._replace(text="peers of nurses")) == []


def test_ours_is_checked_against_the_plain_sum(
    papers: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = opened(SIMILIT, papers, tmp_path)
    asked = questions(papers, 3)
    assert all(engine.checked(question) for of_set in asked.values() for question in of_set)
    rank = type(engine).rank

    def wrong(self: Any, question: Question, ranker: Any) -> Any:
        found = rank(self, question, ranker)
        return found if ranker is not self._ranker else found._replace(scores=found.scores * 2)

    monkeypatch.setattr(type(engine), "rank", wrong)
    assert not engine.checked(asked[ABSTRACTS][0])


def test_every_engine_is_described_and_has_a_module() -> None:
    for kind in ENGINES.values():
        assert importlib.util.find_spec(f"tests.bench.speed.engines.{kind.module}")
        assert kind.sets <= SETS.keys()
    assert not ENGINES[SIMILIT].peer
    assert ENGINES["fts5"].peer
    assert ENGINES[SIMILIT].folder() == ENGINES["similit-plain"].folder()
    assert ENGINES[LIBRARY].only_real


# Asking in turn


class Scripted:
    """Takes as long as it is told, and notes when it was asked."""

    def __init__(self, name: str, took: float, log: list[str]) -> None:
        self.name, self._took, self._log = name, took, log

    def answer(self, _question: Question) -> tuple[float, list[int]]:
        self._log.append(self.name)
        return self._took, [1, 2]


def test_every_engine_answers_before_any_answers_the_next() -> None:
    log: list[str] = []
    workers = [Scripted(name, 1, log) for name in "abc"]
    round_robin(workers, [ASKED] * 4)
    assert "".join(log) == "abcbcacababc"


def test_a_slow_engine_answers_fewer_and_all_of_them_count() -> None:
    slow, quick = Scripted("slow", 9000, []), Scripted("quick", 1, [])
    found = round_robin([slow, quick], [ASKED] * 30)
    assert len(found["slow"].every[found["slow"].counted]) == len(found["slow"].every) == 3
    assert len(found["quick"].every[found["quick"].counted]) == 30 - measure.WARMING


def test_agreement_is_of_what_both_answered() -> None:
    ours, theirs = Answered(), Answered()
    for best in ([1, 2], [3, 4], [5, 6]):
        ours.take(1, best)
    for best in ([2, 1], [3, 9]):
        theirs.take(1, best)
    assert theirs.agreement(ours) == (1, 0.75)
    assert theirs.agreement(Answered()) is None


@given(st.lists(st.floats(0, 1e6), min_size=1))
def test_p95_is_what_at_most_one_in_twenty_exceeds(times: list[float]) -> None:
    limit = measure.p95(times)
    assert limit in times
    assert sum(time > limit for time in times) <= len(times) / 20


def test_processes_answer_and_say_what_they_hold(papers: Corpus) -> None:
    index = built("similit-plain", papers)
    assert built("similit-plain", papers) == index
    assert index.disk_mb > 0.1
    one = questions(papers, 2)[ABSTRACTS][0]
    with Worker("similit-plain", index.folder) as worker:
        held = worker.memory()
        assert 5 < held.file_mb < held.rss_mb
        assert worker.first(one) > 0
        took, best = worker.answer(one)
        assert took > 0
        assert len(best) == TOP
        with pytest.raises(SystemExit, match="ended when asked"):
            worker.answer(one._replace(terms=None, words=None))  # type: ignore[arg-type]


def test_memory_is_told_apart() -> None:
    held = resident()
    assert 0 < held.file_mb < held.rss_mb


# Many at once


def test_at_once_is_measured_against_one_after_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "_SECONDS", 0.01)
    asked: list[Question] = []
    answer: Callable[[Question], object] = asked.append
    found = together.together(answer, [ASKED] * 4)
    assert len(asked) % 4 == 0
    assert found.keys() == {"at_once_ratio", "lag_p99_ms", "idle_lag_p99_ms"}
    assert found["at_once_ratio"] > 0


def test_a_blocked_loop_lags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "_SECONDS", 0.01)
    lags = asyncio.run(together._lags(None, []))
    assert lags
    assert min(lags) > -1


# What follows


def run(papers: int, medians: dict[str, float], corpus: str = "synthetic") -> Run:
    """A run in which every set takes as long."""
    cost = Cost(Index(Path(), 60.0, 900.0), Memory(90, 60), 3.5, Memory(1200, 800))
    times = [
        Times(engine, corpus, papers, name, [median] * 20, 1e6, None)
        for name in (ABSTRACTS, ALL_WORDS, FIVE, FILTERED)
        for engine, median in medians.items()
    ]
    at_once = {"at_once_ratio": 0.6, "lag_p99_ms": 12.0, "idle_lag_p99_ms": 1.0}
    return Run(corpus, papers, dict.fromkeys(medians, cost), times, at_once, (40, 40))


RUNS = [
    run(100_000, {SIMILIT: 0.5, "bm25s-numba": 2.0, "tantivy": 1.0}),
    run(REAL_PAPERS, {SIMILIT: 1.0, "bm25s-numba": 2.0, LIBRARY: 4.0}, "real"),
    run(1_000_000, {SIMILIT: 5.0, "bm25s-numba": 10.0, "tantivy": 8.0}),
]


def test_ratios_are_to_the_best_peer() -> None:
    found = list(targets.ratios(RUNS))
    assert {(one.papers, one.peer) for one in found} == {
        (100_000, "tantivy"),
        (REAL_PAPERS, "bm25s-numba"),
        (1_000_000, "tantivy"),
    }
    assert {one.median for one in found if one.papers == 1_000_000} == {5 / 8}


def test_growth_is_of_synthetic_papers() -> None:
    ours, *_ = targets.growth(RUNS)
    assert (ours.less, ours.papers, ours.times) == (100_000, 1_000_000, 10)
    assert ours.exponent == pytest.approx(1)


def test_bandwidth_is_of_postings() -> None:
    *_, last = targets.bandwidths(RUNS, 8.0)
    assert last.reached == pytest.approx(4e6 / 0.005 / 1e9)


def test_targets_are_met_or_not() -> None:
    found = {one.name: one.met for one in targets.targets(RUNS, 2.0)}
    assert found["abstracts, 1,000,000 papers, of bm25s-numba: median"]
    assert not found["abstracts, 1,000,000 papers, of tantivy: median"]
    assert found[f"abstracts, {REAL_PAPERS:,} papers, of bm25s-numba: median"]
    assert found["five terms, 1,000,000 papers, of tantivy: p95"]
    assert found["16 at once, 1,000,000 papers, of one after another"]
    assert found["answers unlike the plain sum, 100,000 papers"]
    unlike = RUNS[0]._replace(same=(39, 40))
    assert not all(one.met for one in targets.targets([unlike], 2.0))
    assert len(list(targets.targets([run(500, {"tantivy": 1.0})], 2.0))) == 1


# Out


def test_objects_have_what_was_promised() -> None:
    one = next(RUNS[0].objects())
    wanted = "engine papers corpus set median_ms p95_ms build_s disk_mb rss_mb first_s"
    assert {*wanted.split()} <= one.keys()
    for found in (
        *RUNS[0].objects(),
        *(one.as_json() for one in targets.ratios(RUNS)),
        *(one.as_json() for one in targets.growth(RUNS)),
        *(one.as_json() for one in targets.bandwidths(RUNS, 8.0)),
        *(one.as_json() for one in targets.targets(RUNS, 2.0)),
    ):
        assert json.loads(json.dumps(found)) == found


def test_lines_show_every_engine_and_what_follows() -> None:
    shown = "\n".join(table.lines(RUNS[2]))
    assert shown.count(SIMILIT) == len(SETS) - 2 + 1
    found = targets.targets(RUNS, 2.0)
    follows = "\n".join(table.summary(targets.ratios(RUNS), targets.growth(RUNS), [], found))
    assert "NOT       abstracts, 1,000,000 papers, of tantivy: median: 0.62" in follows


def test_the_block_goes_between_its_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missed = "abstracts, 1,000,000 papers, of tantivy: median"
    monkeypatch.setattr(table, "REASONS", {missed: "because"})
    found = list(targets.targets(RUNS, 2.0))
    block = table.markdown(RUNS, targets.bandwidths(RUNS, 8.0), found, "A machine.", "speed.png")
    assert f"| {missed} | 0.62 | 0.35 | **not reached** because |" in block
    assert block.index("1,000,000 synthetic papers") < block.index("100,000 synthetic papers")
    assert "| 5.00 (5.00) |" in block
    readme = tmp_path / "README.md"
    readme.write_text(f"above\n{table._BEGIN}\nold\n{table._END}\nbelow\n", encoding="utf-8")
    table.put(block, readme)
    table.put(block, readme)
    text = readme.read_text("utf-8")
    assert text.startswith("above\n")
    assert text.endswith("below\n")
    assert text.count("A machine.") == 1
    with pytest.raises(ValueError, match="no place"):
        table.put(block, Path(__file__))


def test_the_readme_has_a_place_for_the_block() -> None:
    text = table.README.read_text("utf-8")
    assert (text.count(table._BEGIN), text.count(table._END)) == (1, 1)


def test_the_picture_is_drawn(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="of the extra bench")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture.draw(RUNS, tmp_path / "speed.png")
    assert (tmp_path / "speed.png").read_bytes().startswith(b"\x89PNG")
