"""Commands run in this process or in one of their own, and papers to run them on."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[3]
COMMANDS = {  # and what they cannot be given without
    "ask": ["peer"],
    "browse": [],
    "chat": [],
    "run": [],
    "import": [],
    "fetch": ["pubmed"],
    "export": ["peer"],
    "show": ["1"],
    "remove": ["1"],
    "about": [],
    "stats": [],
    "list": ["show"],
    "watch": ["list"],
    "privacy": [],
    "trec": ["q"],
    "check": [],
    "backup": ["f"],
    "restore": ["f"],
}

PAPERS: list[dict[str, Any]] = [
    {
        "id": "p1",
        "title": "Peer support workers in community teams",
        "abstract": "We interviewed peer support workers. Their role was unclear to many.",
        "authors": ["Davidson, Larry", "Chinman, Matthew"],
        "journal": "Journal of Care",
        "year": 2006,
        "doi": "10.1000/abc",
        "pmid": 777,
        "grant": {"number": 5},
    },
    {
        "id": "p2",
        "title": "Burnout among nurses",
        "abstract": "Nurses in hospitals reported burnout. Support from a peer helped them.",
        "authors": ["Müller, Jörg"],
        "journal": "Nursing Research",
        "year": "2012",
    },
    {
        "id": "p3",
        "title": "同伴支持工作者的角色",
        "abstract": "本研究访谈同伴支持工作者（peer workers）。角色并不清楚。",
        "authors": ["薛婉钰"],
        "journal": "心理学报",
        "year": 2020,
        "language": "chi",
    },
    {"id": "p4", "title": "A paper that has no abstract on zebrafish"},
    {"abstract": "Nameless are these peers. They support trust in hospitals."},
]


EVIL = "\x1b[31mX\x1b]0;owned\x07\x9b2J\x08\x7f\u202e"
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Ended(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


Similit = Callable[..., Ended]


def jsonl(path: Path, records: Iterable[dict[str, Any]]) -> Path:
    path.write_text("".join(f"{json.dumps(one)}\n" for one in records), encoding="utf-8")
    return path


def asked(similit: Similit, *arguments: object) -> dict[str, Any]:
    """What `ask --json` prints, which is one JSON object and nothing else."""
    ended = similit("ask", *arguments, "--json")
    assert ended.code == 0, ended
    found = json.loads(ended.out)
    assert isinstance(found, dict)
    return found


def ids(found: dict[str, Any]) -> list[int]:
    return [hit["id"] for hit in found["hits"]]


def width(line: str) -> int:
    """How many columns a line takes: a Han character takes two."""
    return sum(
        0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF")
        for char in line
    )


def too_wide(text: str) -> list[str]:
    return [line for line in text.splitlines() if width(line) > 80]


def assert_refused(ended: Ended, code: int, *names: object) -> None:
    """The command ended with `code`, one line that names these, and nothing on standard output."""
    assert ended.code == code, ended
    assert ended.out == ""
    assert ended.err.startswith("similit: ")
    assert ended.err.count("\n") == 1
    assert "Traceback" not in ended.err
    for name in names:
        assert str(name) in ended.err


def process(*arguments: object, text: str = "", **environment: str) -> Ended:
    done = subprocess.run(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        input=text.encode(),
        capture_output=True,
        check=False,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )
    return Ended(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
