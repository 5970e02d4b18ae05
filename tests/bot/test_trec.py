"""TREC runs: the lines, the queries, and what ranking reaches on real collections."""

from __future__ import annotations

import gzip
import json
import math
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.__main__ import main
from corpus.library import Library
from tests.data import DATA, needs_data

PAPERS: list[dict[str, Any]] = [
    {"id": "p1", "title": "Peer support workers in community teams"},
    {"id": "p2", "title": "Burnout among nurses", "abstract": "A peer supported nurses."},
    {"id": "p3", "title": "同伴支持工作者的角色"},
    {"title": "Peer review of nursing papers"},
    {"id": "p5", "title": "Larvae of zebrafish"},
]


class Ended(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


class Line(NamedTuple):
    """A line of a TREC run."""

    query: str
    paper: str
    rank: int
    score: float


Trec = Callable[..., Ended]
Queries = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a library of five papers, of which the fourth has no id of its own."""
    return library(tmp_path, PAPERS)


def library(tmp_path: Path, papers: Iterable[dict[str, Any]]) -> Path:
    file = tmp_path / "papers.jsonl"
    file.write_text("".join(f"{json.dumps(one)}\n" for one in papers), encoding="utf-8")
    with Library(tmp_path / "library", create=True) as made:
        made.add([file])
    return tmp_path / "library"


@pytest.fixture
def trec(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Trec:
    """Runs `similit trec` in this process."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")

    def trec(*arguments: object) -> Ended:
        code = main(["trec", *map(str, arguments)])
        return Ended(code, *capsys.readouterr())

    return trec


@pytest.fixture
def queries(tmp_path: Path) -> Queries:
    """Writes lines into a file of queries."""

    def queries(*lines: str, name: str = "queries") -> Path:
        text = "".join(f"{line}\n" for line in lines)
        (tmp_path / name).write_bytes(text.encode())
        return tmp_path / name

    return queries


def run(ended: Ended) -> list[Line]:
    """The lines of a run, each exactly as it has to be."""
    assert ended.code == 0, ended
    assert ended.out.endswith("\n") or not ended.out
    lines = []
    for text in ended.out.splitlines():
        fields = text.split(" ")
        assert len(fields) == 6, text
        query, q0, paper, rank, score, tag = fields
        assert (q0, tag) == ("Q0", "similit")
        assert re.fullmatch(r"[1-9]\d*", rank)
        assert repr(float(score)) == score
        lines.append(Line(query, paper, int(rank), float(score)))
    by_query: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_query[line.query].append(line)
    for mine in by_query.values():
        assert [line.rank for line in mine] == list(range(1, len(mine) + 1))
        assert [line.score for line in mine] == sorted((line.score for line in mine), reverse=True)
        assert len({line.paper for line in mine}) == len(mine)
    return lines


def papers(lines: Iterable[Line], query: str) -> list[str]:
    return [line.paper for line in lines if line.query == query]


# Lines


def test_a_run_has_a_line_for_every_paper_of_every_query(
    trec: Trec, queries: Queries, folder: Path
) -> None:
    found = run(trec(queries("q1\tpeer", "q2\tnurses"), "--library", folder))
    assert set(papers(found, "q1")) == {"p1", "p2", "p3", "4"}
    assert set(papers(found, "q2")) == {"p1", "p2", "4"}
    assert [line.query for line in found] == ["q1"] * 4 + ["q2"] * 3


def test_scores_are_those_of_the_library_to_the_bit(
    trec: Trec, queries: Queries, folder: Path
) -> None:
    found = run(trec(queries("q\tpeer support of nurses"), "--library", folder))
    with Library(folder) as opened:
        opened.warm(chinese=False)
        expected = opened.rank("peer support of nurses", 1000)
    assert [(line.paper, line.score) for line in found] == expected


def test_a_paper_without_an_id_of_its_own_goes_by_its_number(
    trec: Trec, queries: Queries, folder: Path
) -> None:
    assert papers(run(trec(queries("q\treview"), "--library", folder)), "q")[0] == "4"


def test_a_query_without_a_match_prints_no_line(trec: Trec, queries: Queries, folder: Path) -> None:
    file = queries("none\tzzzqqq", "some\tzebrafish", "words\tthe of and", "empty\t")
    found = run(trec(file, "--library", folder))
    assert [line.query for line in found] == ["some"]


def test_top_says_how_many_papers_a_query_gets(trec: Trec, queries: Queries, folder: Path) -> None:
    file = queries("q1\tpeer", "q2\tpeer nurses")
    all = run(trec(file, "--library", folder))
    two = run(trec(file, "--library", folder, "--top", 2))
    assert two == [line for line in all if line.rank <= 2]


def test_a_text_is_never_taken_for_a_paper(trec: Trec, queries: Queries, folder: Path) -> None:
    found = run(trec(queries(f"q\t{PAPERS[0]['title']}"), "--library", folder))
    assert papers(found, "q")[0] == "p1"
    assert trec(queries("q\t#1", "r\t2", "s\t10.1000/nope"), "--library", folder).code == 0


def test_chinese_queries_find_chinese_papers_and_then_others(
    trec: Trec, queries: Queries, folder: Path
) -> None:
    first, *others = papers(run(trec(queries("问\t同伴支持"), "--library", folder)), "问")
    assert first == "p3"
    assert set(others) == {"p1", "p2", "4"}


def test_ids_with_spaces_do_not_break_the_line(
    trec: Trec, queries: Queries, tmp_path: Path
) -> None:
    made = library(tmp_path, [{"id": "a b\tc", "title": "Peer talk"}])
    assert len(run(trec(queries("q 1\tpeer"), "--library", made))) == 1


# Queries


def test_queries_may_be_json_with_either_name_of_the_id(
    trec: Trec, queries: Queries, folder: Path
) -> None:
    file = queries(
        '{"id": "a", "text": "zebrafish"}',
        '{"_id": 7, "text": "zebrafish", "metadata": {}}',
        "",
        'b\t{"zebrafish"}',
    )
    assert [line.query for line in run(trec(file, "--library", folder))] == ["a", "7", "b"]


def test_the_paper_that_a_query_is_stays_out_of_its_results(
    trec: Trec, queries: Queries, folder: Path
) -> None:
    file = queries(
        '{"id": "without", "text": "peer nurses", "paper_id": "p2"}',
        '{"id": "with", "text": "peer nurses"}',
        '{"id": "unknown", "text": "peer nurses", "paper_id": "p99"}',
        '{"id": "null", "text": "peer nurses", "paper_id": null}',
    )
    found = run(trec(file, "--library", folder))
    assert set(papers(found, "with")) == {"p1", "p2", "p3", "4"}
    assert papers(found, "unknown") == papers(found, "null") == papers(found, "with")
    assert set(papers(found, "without")) == {"p1", "p3", "4"}
    assert len(run(trec(file, "--library", folder, "--top", 2))) == 8


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("packed", [False, True])
def test_queries_may_be_packed_and_may_begin_with_a_byte_order_mark(
    trec: Trec, tmp_path: Path, folder: Path, encoding: str, packed: bool
) -> None:
    content = "q1\tzebrafish\r\nq2\t斑马鱼\r\n".encode(encoding)
    (tmp_path / "queries").write_bytes(gzip.compress(content) if packed else content)
    found = run(trec(tmp_path / "queries", "--library", folder))
    assert [(line.query, line.paper) for line in found] == [("q1", "p5"), ("q2", "p5")]


@pytest.mark.parametrize(
    "bad",
    [
        "no tab",
        '{"id": "a"}',
        '{"text": "peer"}',
        '{"id": "a", "text": ',
        "[" * 9,
        "{" * 9,
        '{"id": "a", "text": null}',
    ],
)
def test_a_line_that_is_no_query_is_named_and_nothing_after_it_runs(
    trec: Trec, queries: Queries, folder: Path, bad: str
) -> None:
    ended = trec(queries("q1\tzebrafish", bad, "q3\tzebrafish"), "--library", folder)
    assert ended.code == 1
    assert [line.split()[0] for line in ended.out.splitlines()] == ["q1"]
    assert "line 2" in ended.err
    assert ended.err.count("\n") == 1


def damaged_gzip() -> bytes:
    content = "".join(f"{number}\tpeer {number * 7919}\n" for number in range(300))
    packed = bytearray(gzip.compress(content.encode(), mtime=0))
    for place in range(300, 340):
        packed[place] ^= 0x5A
    return bytes(packed)


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(256)),
        "1\tcafé\n".encode("latin-1"),
        b"\x1f\x8b no",
        damaged_gzip()[:200],
        damaged_gzip(),
    ],
    ids=["binary", "latin-1", "not gzip", "torn gzip", "damaged gzip"],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    trec: Trec, tmp_path: Path, folder: Path, content: bytes
) -> None:
    (tmp_path / "queries").write_bytes(content)
    ended = trec(tmp_path / "queries", "--library", folder)
    assert ended.code == 1
    assert "queries" in ended.err
    assert ended.err.count("\n") == 1


def test_an_empty_file_of_queries_is_an_empty_run(
    trec: Trec, queries: Queries, folder: Path
) -> None:
    assert trec(queries(), "--library", folder) == Ended(0, "", "")


# Real collections


Grades = dict[str, dict[str, int]]


def ndcg_at_10(found: dict[str, list[str]], grades: Grades) -> float:
    """The mean over all queries with judgements, as trec_eval has it.

    A gain is the grade itself, discounted by log2 of the rank and one; a query without a run is 0.
    """

    def dcg(gains: Sequence[int]) -> float:
        return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains[:10], 1))

    total = 0.0
    for query, judged in grades.items():
        ideal = dcg(sorted(judged.values(), reverse=True))
        mine = dcg([judged.get(paper, 0) for paper in found.get(query, [])])
        total += mine / ideal if ideal else 0.0
    return total / len(grades)


def test_ndcg_is_what_the_definition_says() -> None:
    grades = {"q": {"a": 3, "b": 2, "c": 0}, "missing": {"a": 1}}
    assert ndcg_at_10({"q": ["a", "b"], "missing": ["a"]}, grades) == 1.0
    assert ndcg_at_10({"q": ["a", "b"]}, grades) == 0.5
    swapped = (2 + 3 / math.log2(3)) / (3 + 2 / math.log2(3))
    assert ndcg_at_10({"q": ["b", "a"]}, grades) == pytest.approx(swapped / 2)
    tenth = (1 / math.log2(11)) / 2
    assert ndcg_at_10({"missing": ["x"] * 9 + ["a"]}, grades) == pytest.approx(tenth)
    assert ndcg_at_10({"missing": ["x"] * 10 + ["a"]}, grades) == 0.0


def judgements(collection: str) -> Grades:
    grades: Grades = defaultdict(dict)
    for line in (DATA / collection / "qrels.tsv").read_text("utf-8").splitlines():
        query, paper, grade = line.split("\t")
        grades[query][paper] = int(grade)
    return grades


@needs_data
@pytest.mark.parametrize(
    ("collection", "size", "judged", "floor"),
    [("cranfield", 1400, 225, 0.45), ("med", 1033, 30, 0.73), ("cacm", 3204, 52, 0.52)],
)
def test_real_collections_are_kept_whole_and_ranked_well(
    trec: Trec,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    collection: str,
    size: int,
    judged: int,
    floor: float,
) -> None:
    named = ["--library", str(tmp_path / "library")]
    assert main(["import", str(DATA / collection / "corpus.jsonl"), *named, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["papers"], report["added"]) == (size, size)
    assert (report["merged"], report["skipped"]) == ([], [])
    grades = judgements(collection)
    assert len(grades) == judged
    began = time.process_time()
    found = run(trec(DATA / collection / "queries.jsonl", *named))
    assert time.process_time() - began < 10
    by_query: dict[str, list[str]] = defaultdict(list)
    for line in found:
        by_query[line.query].append(line.paper)
    assert ndcg_at_10(by_query, grades) >= floor
