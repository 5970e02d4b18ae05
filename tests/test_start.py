"""What a command loads before it answers: nothing slow that it does not need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SLOW = {"jieba", "numba", "discord", "simcord"}

_ASK = """
import json, sys
from bot.__main__ import main
code = main({arguments!r})
print(json.dumps(sorted({{name.split(".")[0] for name in sys.modules}})), file=sys.stderr)
sys.exit(code)
"""


def python(
    source: str, folder: Path, **environment: str
) -> tuple[subprocess.CompletedProcess[str], set[str]]:
    """Runs `source` in a process of its own; the last line it writes to standard error is JSON."""
    done = subprocess.run(
        [sys.executable, "-c", source],
        capture_output=True,
        check=False,
        cwd=folder,
        encoding="utf-8",
        timeout=120,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "en_US.UTF-8",
            "XDG_DATA_HOME": str(folder / "data"),
            **environment,
        },
    )
    assert done.returncode == 0, done.stderr
    return done, set(json.loads(done.stderr.splitlines()[-1]))


def ask(folder: Path, *arguments: str, **environment: str) -> tuple[str, set[str]]:
    """What `similit` prints, and the packages that it loaded for that."""
    done, loaded = python(_ASK.format(arguments=list(arguments)), folder, **environment)
    assert "bot" in loaded
    return done.stdout, loaded


def test_a_question_in_english_loads_nothing_slow_whether_the_cache_is_fresh_or_not(
    tmp_path: Path,
) -> None:
    answers = []
    for _ in ("fresh", "made before"):
        cache = str(tmp_path / "cache")
        out, loaded = ask(tmp_path, "ask", "peer support workers", "--json", XDG_CACHE_HOME=cache)
        assert loaded & SLOW == set()
        answers.append([(hit["id"], hit["score"]) for hit in json.loads(out)["hits"]])
    assert len(answers[0]) == 20
    assert answers[0] == answers[1]


def test_the_neighbours_of_a_demo_paper_need_no_chinese_dictionary(tmp_path: Path) -> None:
    ask(tmp_path, "stats")
    out, loaded = ask(tmp_path, "ask", "#2")
    assert out.startswith("Neighbours of #2")
    assert loaded & SLOW == set()


def test_a_chinese_question_loads_the_dictionary_and_still_not_discord(tmp_path: Path) -> None:
    out, loaded = ask(tmp_path, "ask", "护士同伴支持干预机制")
    assert "similar papers" in out
    assert "jieba" in loaded
    assert loaded & {"discord", "numba"} == set()


@pytest.mark.parametrize("command", ["stats", "check"])
def test_other_commands_load_nothing_slow(tmp_path: Path, command: str) -> None:
    _, loaded = ask(tmp_path, command)
    assert loaded & SLOW == set()


def test_the_way_in_alone_loads_nothing_heavy(tmp_path: Path) -> None:
    source = (
        "import json, sys, bot.__main__; "
        "print(json.dumps(sorted({n.split('.')[0] for n in sys.modules})), file=sys.stderr)"
    )
    _, loaded = python(source, tmp_path)
    heavy = {
        "numpy",
        "rank_bm25",
        "sqlite_utils",
        "sqlite3",
        "rich",
        "opencc",
        "Stemmer",
        "asyncio",
    }
    assert loaded & (SLOW | heavy) == set()


def test_help_and_a_wrong_command_load_nothing_heavy(tmp_path: Path) -> None:
    source = (
        "import json, sys\nfrom bot.__main__ import main\n"
        "try:\n    main(['ask', '--help'])\nexcept SystemExit:\n    pass\n"
        "print(json.dumps(sorted({n.split('.')[0] for n in sys.modules})), file=sys.stderr)"
    )
    done, loaded = python(source, tmp_path)
    assert done.stdout.startswith("usage: similit ask")
    assert loaded & (SLOW | {"numpy", "sqlite_utils", "rich"}) == set()
