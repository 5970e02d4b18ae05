"""What is kept on disk while a fetch is under way."""

from __future__ import annotations

import errno
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.errors import SourceUnavailable
from corpus.readers import Record, Skipped
from corpus.sources import Request, source_named
from corpus.sources.spool import Spool

from .conftest import Clock, titles
from .services import OpenAlex

SOURCE = source_named("openalex")


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    with Spool(tmp_path, SOURCE, Request("burnout", most=7)) as spool:
        yield spool


def body(*numbers: int) -> str:
    return OpenAlex(Clock(), 0)._list(list(numbers), None, 9)


def reopened(spool: Spool) -> Spool:
    spool.close()
    return Spool(spool.path.parent, spool.source, spool.request)


def test_a_new_one_is_empty(spool: Spool) -> None:
    assert (spool.cursor, spool.count, spool.total, spool.complete) == ("", 0, None, False)
    assert list(spool.records()) == []
    assert not spool.path.exists()


def test_pages_are_there_when_it_is_opened_again(spool: Spool) -> None:
    spool.append("c 2", 2, 9, body(1, 2))
    spool.append("c 3", 2, 9, body(3, 4))
    with reopened(spool) as again:
        assert (again.pages, again.cursor, again.count, again.total) == (2, "c 3", 4, 9)
        assert titles(again) == ["Paper 1", "Paper 2", "Paper 3", "Paper 4"]
        assert not again.complete
        again.append("c 4", 3, 9, body(5, 6, 7))
        assert again.complete


def test_what_comes_twice_is_told_once(spool: Spool) -> None:
    spool.append("c 2", 2, 9, body(1, 2))
    spool.append(None, 3, 9, body(2, 3, 1))
    assert titles(spool) == ["Paper 1", "Paper 2", "Paper 3"]


def test_the_latest_fetch_comes_first(spool: Spool) -> None:
    spool.append("c 2", 3, 9, body(1, 2, 3))
    spool.append("c 3", 3, 9, body(4, 5, 6))
    spool.begin_anew()
    assert (spool.cursor, spool.count) == ("", 0)
    assert len(titles(spool)) == 6
    spool.append(None, 4, 9, body(5, 8, 9, 7))
    with reopened(spool) as again:
        told = titles(again)
        lines = [record.line for record in again.records()]
    assert told == [f"Paper {n}" for n in (5, 8, 9, 7, 1, 2, 3)]
    assert lines == [3, 3, 3, 3, 1, 1, 1]
    assert again.complete


def test_what_cannot_be_kept_is_told_and_counts(spool: Spool) -> None:
    nothing = json.dumps({"meta": {"count": 1}, "results": [{"id": "https://openalex.org/W8"}]})
    spool.append("c 2", 1, 2, nothing)
    spool.append(None, 1, 2, body(1))
    skipped, record = spool.records()
    assert isinstance(skipped, Skipped)
    assert (skipped.number, skipped.line) == (1, 1)
    assert isinstance(record, Record)
    assert (record.number, record.line) == (2, 2)


def test_every_text_can_be_kept(spool: Spool) -> None:
    told = body(1).replace("Paper 1", "文献 \u2028 \x85 \\ud83d 😀")
    spool.append("\ud800", 1, None, told)
    with reopened(spool) as again:
        assert again.cursor == "\ud800"
        assert next(iter(again.records())).paper.title.startswith("文献")  # type: ignore[union-attr]


def test_a_full_disk_leaves_what_was_there(spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    spool.append("c 2", 1, 9, body(1))
    before = spool.path.read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SourceUnavailable, match="cannot be kept: No space left on device"):
        spool.append("c 3", 1, 9, body(2))
    assert spool.path.read_bytes() == before
    assert (spool.pages, spool.cursor) == (1, "c 2")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "fetch").write_text("a file")
    with pytest.raises(SourceUnavailable, match="cannot be kept: "):
        Spool(tmp_path / "fetch", SOURCE, Request("x"))


def test_each_page_is_safe_before_the_next_is_asked_for(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(os.fstat(file).st_size))
    spool.append("c 2", 1, 9, body(1))
    spool.append("c 3", 1, 9, body(2))
    assert synced == [synced[0], spool.path.stat().st_size]
    assert 0 < synced[0] < synced[1]


def test_fetches_that_nobody_goes_on_with_are_removed_by_the_next(tmp_path: Path) -> None:
    days = {"young": 29.9, "of tomorrow": -1.0, "mine": 400.0, "old": 30.1, "older": 400.0}
    paths = {}
    for query in days:
        source = source_named("pubmed" if query == "older" else "openalex")
        with Spool(tmp_path, source, source.request(query)) as spool:
            spool.append("c 2", 1, 9, body(1))
            paths[query] = spool.path
    paths["notes"] = tmp_path / "notes.txt"
    paths["notes"].touch()
    for query, path in paths.items():
        then = time.time() - days.get(query, 400) * 86_400
        os.utime(path, (then, then))
    with Spool(tmp_path, SOURCE, SOURCE.request("mine")) as spool:
        left = {query for query, path in paths.items() if path.exists()}
        assert left == {"young", "of tomorrow", "mine", "notes"}
        assert titles(spool) == ["Paper 1"]  # whoever comes back after a year finds it


def test_what_cannot_be_removed_stays(tmp_path: Path) -> None:
    (tmp_path / "openalex-0123456789abcdef.jsonl").mkdir()
    os.utime(tmp_path / "openalex-0123456789abcdef.jsonl", (0, 0))
    with Spool(tmp_path, SOURCE, Request("x")) as spool:
        spool.append("c 2", 1, 9, body(1))


def test_each_request_has_its_own_file(tmp_path: Path) -> None:
    pubmed = source_named("pubmed")
    requests = [
        (SOURCE, SOURCE.request("a")),
        (pubmed, pubmed.request("a")),
        (SOURCE, SOURCE.request("b")),
        (SOURCE, SOURCE.request("a", most=7)),
        (SOURCE, SOURCE.request("10.1000/a")),
        (SOURCE, SOURCE.request("10.1000/a 10.1000/b")),
    ]
    names = set()
    for source, request in requests:
        with Spool(tmp_path, source, request) as spool:
            names.add(spool.path.name)
        with Spool(tmp_path, source, request) as spool:
            assert spool.path.name in names
    assert len(names) == len(requests)
    assert all(name.endswith(".jsonl") and " " not in name for name in names)
