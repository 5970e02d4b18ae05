"""The process of one engine, which builds its index or answers questions, one line of JSON each.

    python -m tests.bench.speed.worker build ENGINE CORPUS INDEX
    python -m tests.bench.speed.worker serve ENGINE INDEX

A process each, so that memory is an engine's own, and a start a start. Time is taken here.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.bench.speed.engines import ENGINES
from tests.bench.speed.questions import Question


def build(name: str, corpus: Path, index: Path) -> dict[str, Any]:
    """Make an index; how many seconds it took."""
    from tests.bench.speed.corpora import Corpus

    module, papers = ENGINES[name].load(), Corpus(corpus)
    began = time.perf_counter()
    module.build(papers, index)
    return {"build_s": time.perf_counter() - began}


class Server:
    """An engine that is open, and what can be wanted of it."""

    def __init__(self, name: str, index: Path) -> None:
        kind = ENGINES[name]
        self._engine = kind.load().Engine(index, kind.how)
        self.wanted: dict[str, Callable[..., dict[str, Any]]] = {
            "answer": self.answer,
            "memory": self.memory,
            "check": self.check,
            "together": self.together,
        }

    def answer(self, question: list[Any]) -> dict[str, Any]:
        """The papers and the milliseconds that they took."""
        asked = Question(*question)
        began = time.perf_counter()
        papers = self._engine.answer(asked)
        return {"ms": (time.perf_counter() - began) * 1000, "papers": papers}

    def memory(self) -> dict[str, Any]:
        """What is resident now."""
        from tests.bench.speed.memory import resident

        return resident()._asdict()

    def check(self, question: list[Any]) -> dict[str, Any]:
        """Whether it is what the plain sum gives."""
        return {"same": self._engine.checked(Question(*question))}

    def together(self, questions: list[list[Any]]) -> dict[str, Any]:
        """How it is to be asked many questions at once."""
        from tests.bench.speed.together import together

        return together(self._engine.answer, [Question(*one) for one in questions])


def main() -> None:
    """Do what the command line says; what is printed meanwhile goes to stderr."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)
        task, name, *folders = sys.argv[1:]
        if task == "build":
            print(json.dumps(build(name, *map(Path, folders))), file=out, flush=True)
            return
        server = Server(name, *map(Path, folders))
        for line in sys.stdin:
            wanted, *given = json.loads(line)
            print(json.dumps(server.wanted[wanted](*given)), file=out, flush=True)


if __name__ == "__main__":
    main()
