"""The bench of a whole library: it measures a copy, and everything that it says."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from corpus.library import Library
from tests.bench.speed import product


def test_a_library_is_measured_and_stays_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "papers.jsonl"
    papers = (
        {
            "id": str(number),
            "title": f"Peer support number {number} in hospitals",
            "abstract": "Peers supported each other. " * 12 + f"It was seen {number} times.",
            "authors": ["Gillard, S"],
            "journal": "Journal of Peers",
            "year": 2000 + number,
        }
        for number in range(9)
    )
    file.write_text("\n".join(map(json.dumps, papers)), encoding="utf-8")
    with Library(tmp_path / "library", create=True) as library:
        library.add([file])
        before = library.state()
        told = ["product", "--library", str(library.folder), "--questions", "3", "--rounds", "2"]
        monkeypatch.setattr(sys, "argv", told)
        product.main()
        assert library.state() == before
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert found[0]["papers"] == 9
    measured = {one["measured"]: one for one in found[1:]}
    assert {"abstracts", "short", "language", "author: Gillard", "memory"} <= measured.keys()
    assert {"journal: Journal of Peers", "title: peer", "it is removed"} <= measured.keys()
    assert measured["one paper is imported"]["times"] == 2
    assert [path.name for path in tmp_path.iterdir()].count("library") == 1
