"""The processes of the engines, as they are seen from outside."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple, Self

from tests.bench.speed.corpora import Corpus
from tests.bench.speed.engines import ENGINES
from tests.bench.speed.memory import Memory
from tests.bench.speed.questions import Question

ROOT = Path(__file__).resolve().parents[3]
_WORKER = (sys.executable, "-m", "tests.bench.speed.worker")


class Index(NamedTuple):
    """An index on disk and what it cost."""

    folder: Path
    build_s: float
    disk_mb: float


def built(name: str, corpus: Corpus) -> Index:
    """The index of an engine, which lies beside its corpus: made now, if need be."""
    folder = corpus.folder / ENGINES[name].folder()
    facts = corpus.folder / f"{folder.name}.json"
    if not facts.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        command = [*_WORKER, "build", name, str(corpus.folder), str(folder)]
        done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
        facts.write_text(done.stdout, encoding="utf-8")
    files = (file for file in folder.rglob("*") if file.is_file())
    disk = sum(file.stat().st_size for file in files) / 1e6
    return Index(folder, json.loads(facts.read_text("utf-8"))["build_s"], disk)


class Worker:
    """An engine in a process of its own."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._began = time.perf_counter()
        self._process = subprocess.Popen(
            [*_WORKER, "serve", name, str(folder)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def first(self, question: Question) -> float:
        """Seconds from the start of the process to the answer to its first question."""
        self.answer(question)
        return time.perf_counter() - self._began

    def answer(self, question: Question) -> tuple[float, list[int]]:
        """Milliseconds, and the papers."""
        said = self._ask("answer", question)
        return said["ms"], said["papers"]

    def memory(self) -> Memory:
        """What is resident now."""
        return Memory(**self._ask("memory"))

    def same(self, question: Question) -> bool:
        """Whether ours is what the plain sum gives."""
        return bool(self._ask("check", question)["same"])

    def together(self, questions: list[Question]) -> dict[str, float]:
        """How it is to be asked many questions at once."""
        return self._ask("together", questions)

    def _ask(self, *wanted: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(wanted), file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.name} ended when asked to {wanted[0]}")
        found: dict[str, Any] = json.loads(line)
        return found
