"""Libraries of a few papers, made on the spot."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.library import Library


@pytest.fixture
def jsonl(tmp_path: Path) -> Callable[..., Path]:
    """Writes records, given as dictionaries or as they are to stand there, into a file."""

    def jsonl(name: str, *records: dict[str, Any] | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = (one if isinstance(one, str) else json.dumps(one) for one in records)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return jsonl


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    with Library(tmp_path / "library", create=True) as made:
        yield made
