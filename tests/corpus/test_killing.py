"""An import that is killed at any moment leaves all of its batch or none of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.corpus import killing

KILLS = 30


def records(first: int, count: int) -> str:
    """Papers of which every fourth is one that an earlier file has too."""
    lines = []
    for place in range(first, first + count):
        number = place - 40 * (place % 4 == 0)
        lines.append(
            {
                "id": str(number),
                "title": f"Peer support in mental health services, part {number}",
                "abstract": f"Study {number} of peer workers. 同伴支持研究。 " * (1 + number % 5),
                "doi": f"10.1000/{number}",
                "keywords": [f"from {first}"],
            }
        )
    return "".join(json.dumps(line) + "\n" for line in lines)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    out = []
    for name, first in (("one", 100), ("two", 140), ("three", 180)):
        out.append(tmp_path / f"{name}.jsonl")
        out[-1].write_text(records(first, 40), encoding="utf-8")
    return out


@pytest.mark.skipif(not hasattr(sys, "getdlopenflags"), reason="kills processes that it forked")
def test_an_import_killed_at_any_moment_leaves_all_or_nothing(
    tmp_path: Path, files: list[Path]
) -> None:
    done = subprocess.run(
        [sys.executable, killing.__file__, tmp_path / "libraries", str(KILLS), *files],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={"PYTHONPATH": "."},
    )
    told = json.loads(done.stdout)
    before, after = told["papers"]
    assert 0 < before < after
    ends = told["ends"]
    assert len(ends) == KILLS
    assert all(end["killed"] for end in ends)
    assert [end for end in ends if end["left"] not in {"none", "all"}] == []
    assert [end for end in ends if not end["again"]] == []
    left = [end["left"] for end in ends]
    print(
        f"{KILLS} kills over {told['steps']} steps: {left.count('none')} none, "
        f"{left.count('all')} all of the batch"
    )
    assert "none" in left
