"""Files to read, made on the spot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.files.packed import files_in
from corpus.paper import Paper
from corpus.readers import Record, Skipped, recognise

Reading = Callable[..., list[Record | Skipped]]


@pytest.fixture
def reading(tmp_path: Path) -> Reading:
    """Reads content as a file of the format it is expected to be found as."""

    def reading(content: str | bytes, format: str) -> list[Record | Skipped]:
        path = tmp_path / "file with any name"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        found = recognise(*files_in(path))
        assert found.reader.name == format
        return list(found.records())

    return reading


@pytest.fixture
def papers(reading: Reading) -> Callable[..., list[Paper]]:
    """The papers of content in which no record is bad."""

    def papers(content: str | bytes, format: str) -> list[Paper]:
        found = reading(content, format)
        assert all(isinstance(one, Record) for one in found), found
        assert [one.number for one in found] == list(range(1, len(found) + 1))
        return [one.paper for one in found]

    return papers
