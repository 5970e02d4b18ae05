"""The corpus a newcomer starts with."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpus import demo
from corpus.demo.__main__ import lines
from corpus.library import Library
from corpus.paper import Query
from corpus.text.language import guess_language
from corpus.text.normalise import key
from corpus.text.repair import repair_text


@pytest.fixture(scope="module")
def records() -> list[dict[str, Any]]:
    return [json.loads(line) for line in demo.PAPERS.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def library() -> Library:
    with Library.demo() as opened:
        yield opened


def test_there_are_enough_papers_of_enough_subjects(records: list[dict[str, Any]]) -> None:
    assert len(records) >= 80
    subjects = Counter(subject for record in records for subject in record["subjects"])
    assert len(subjects) >= 5
    assert {
        "mental health",
        "information retrieval",
        "public health",
        "education",
        "machine learning",
    } <= subjects.keys()
    assert min(subjects.values()) >= 5


def test_every_record_says_who_wrote_its_summary(records: list[dict[str, Any]]) -> None:
    assert {record["summary_by"] for record in records} == {"Similit"}


def test_every_record_has_what_a_reference_needs(records: list[dict[str, Any]]) -> None:
    for record in records:
        assert record["title"]
        assert record["authors"]
        assert isinstance(record["year"], int)
        assert 200 < len(record["abstract"]) < 1500 or guess_language(record["abstract"]) == "zh"
        assert record["language"] in {"en", "zh"}


def test_ids_and_titles_are_unique(records: list[dict[str, Any]]) -> None:
    assert len({record["id"] for record in records}) == len(records)
    assert len({key(record["title"]) for record in records}) == len(records)


def test_dois_are_well_formed_and_unique(records: list[dict[str, Any]]) -> None:
    dois = [record["doi"] for record in records if record.get("doi")]
    assert len(dois) > len(records) / 2
    assert len({doi.casefold() for doi in dois}) == len(dois)
    for doi in dois:
        assert re.fullmatch(r"10\.\d{4,5}/[A-Za-z0-9./:;()<>_-]+[A-Za-z0-9]", doi), doi


def test_at_least_half_are_in_both_languages(records: list[dict[str, Any]]) -> None:
    both = [record for record in records if record.get("translated_abstract")]
    assert len(both) * 2 >= len(records)
    for record in both:
        assert record["translated_title"]
        written = {
            guess_language(record["abstract"]),
            guess_language(record["translated_abstract"]),
        }
        assert written == {"en", "zh"}, record["id"]


def test_no_text_is_damaged(records: list[dict[str, Any]]) -> None:
    for record in records:
        for name in ("title", "abstract", "translated_title", "translated_abstract"):
            text = record.get(name, "")
            assert repair_text(text) == text, record["id"]


def test_words_are_what_the_command_writes() -> None:
    """Otherwise: python -m corpus.demo"""
    assert demo.WORDS.read_text(encoding="utf-8").splitlines() == lines()


def test_every_run_of_words_joins_to_itself() -> None:
    words = demo.segmented()
    assert len(words) > 1000
    assert all("".join(cut) == run and all(cut) for run, cut in words.items())


def test_the_whole_corpus_is_in_the_demo_library(
    library: Library, records: list[dict[str, Any]]
) -> None:
    counts = library.counts()
    assert counts.papers == counts.records == len(records)
    assert (counts.without_abstract, counts.without_title) == (0, 0)


def test_every_doi_comes_through_the_import_whole(
    library: Library, records: list[dict[str, Any]]
) -> None:
    kept = {paper.source_id: paper.doi for paper in library._store.every()}
    assert kept == {record["id"]: record.get("doi", "") for record in records}


def test_it_is_made_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr(Library, "add", never)
    before = {path: path.stat().st_mtime_ns for path in library.folder.rglob("*.postings")}
    assert len(before) == 1
    with Library.demo() as again:
        assert again.folder == library.folder
        assert again.index_status() == "current"
    assert {path: path.stat().st_mtime_ns for path in library.folder.rglob("*.postings")} == before
    assert not list(library.folder.parent.glob(".demo-*"))


def test_a_cache_that_cannot_be_written_costs_only_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Library.demo() as made:
        assert made.folder.parent == tmp_path
        assert made.find(Query(text="peer support")).hits


@pytest.mark.parametrize(
    ("text", "subject", "language"),
    [
        ("peer support workers", "mental health", "en"),
        ("同伴支持", "mental health", "zh"),
        ("同伴支持工作者的角色与挑战", "mental health", "zh"),
        ("ranking documents with BM25", "information retrieval", "en"),
        ("倒排索引", "information retrieval", "zh"),
        ("health inequalities and vaccines", "public health", "en"),
        ("feedback and learning in the classroom", "education", "en"),
        ("深度神经网络", "machine learning", "zh"),
    ],
)
def test_a_first_question_is_answered_well(
    library: Library, text: str, subject: str, language: str
) -> None:
    results = library.find(Query(text=text))
    assert results.language == language
    assert len(results.hits) >= 5
    assert all(subject in hit.paper.subjects for hit in results.hits[:3])
    for hit in results.hits[:3]:
        assert hit.extract.marks
        assert guess_language(hit.extract.text) == language
        assert hit.paper.summary_by == "Similit"
