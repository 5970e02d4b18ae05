"""Words become the same terms, whoever finds them."""

from __future__ import annotations

import io
import os
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from corpus.engines import analysing
from corpus.engines.analysing import Analysis, serve
from corpus.process import received, send, started
from corpus.text.terms import terms_of

CHINESE = ["同伴支持的护士", "peer", "心理健康与职业倦怠", "support,", "社会支持"]
TERMS = [terms_of(word) for word in CHINESE]
Process = subprocess.Popen[bytes]


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[Process]:
    """Those that were started, on a machine with two cores, where one run of Han is enough."""
    noted: list[Process] = []

    def noting(*given: Any, **options: Any) -> Process | None:
        process = started(*given, **options)
        assert process is not None
        noted.append(process)
        return process

    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(analysing, "_WORTH", 1)
    monkeypatch.setattr(analysing, "started", noting)
    return noted


@pytest.fixture
def analysis() -> Iterator[Analysis]:
    made = Analysis()
    yield made
    made.close()


def test_half_of_chinese_is_found_by_another_process(
    processes: list[Process], analysis: Analysis
) -> None:
    assert [analysis.each(CHINESE) for _ in range(3)] == [TERMS] * 3
    assert analysis.each([]) == []
    assert analysis.each(CHINESE[:1]) == TERMS[:1]
    (process,) = processes
    assert process.poll() is None
    analysis.close()
    assert process.poll() is not None
    assert analysis.each(CHINESE) == TERMS
    assert len(processes) == 1


def test_what_has_little_chinese_is_found_here(
    processes: list[Process], analysis: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert analysis.each(["peer", "support,"]) == [("peer",), ("support",)]
    monkeypatch.setattr(analysing, "_WORTH", 4)
    assert analysis.each(CHINESE) == TERMS
    assert not processes


def test_where_there_is_one_core_this_process_does_it_all(
    processes: list[Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert Analysis().each(CHINESE) == TERMS
    assert not processes


def test_where_none_can_be_started_this_process_does_it_all(
    analysis: Analysis, processes: list[Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysing, "started", lambda *_, **__: None)
    assert analysis.each(CHINESE) == TERMS
    assert not processes


@pytest.mark.parametrize("when", ["before it is asked", "before it answers"])
def test_a_process_that_dies_costs_only_time(
    processes: list[Process], analysis: Analysis, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    assert analysis.each(CHINESE) == TERMS
    (process,) = processes

    def dying(words: list[str]) -> Iterator[tuple[str, ...]]:
        process.kill()
        process.wait()
        return map(terms_of, words)

    if when == "before it is asked":
        dying([])
    else:
        monkeypatch.setattr(analysing, "terms_of_each", dying)
    assert analysis.each(CHINESE * 20_000) == TERMS * 20_000
    assert analysis.each(CHINESE) == TERMS
    assert len(processes) == 1


def test_serving() -> None:
    asked, answers = io.BytesIO(), io.BytesIO()
    for words in (CHINESE, [], ["peer"]):
        send(asked, words)
    asked.seek(0)
    serve(asked, answers)
    answers.seek(0)
    assert list(received(answers)) == [TERMS, [], [("peer",)]]
