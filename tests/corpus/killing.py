"""Kills imports at chosen moments, and looks at what is left: run as a program by test_killing.

A moment is a step that the import takes: a statement of SQL, a file opened, renamed or removed, a
process started, a record read. Counting steps hits every phase alike, and waits for no time.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from corpus.engines import indexing
from corpus.library import Library
from corpus.paper import Query

_STEPS = {"open", "os", "subprocess", "tempfile", "mmap", "fcntl"}
LATE = 0.05  # the part of the steps in which the index is written and everything is committed


class Steps:
    """Counts the steps of this process, and ends it with SIGKILL at one of them."""

    def __init__(self, kill_at: int = 0) -> None:
        self.taken = 0
        self._kill_at = kill_at
        self._counting = True
        sys.addaudithook(self._audited)

    def __call__(self, *_: object) -> None:
        if self._counting:
            self.taken += 1
            if self.taken == self._kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    def _audited(self, event: str, _: tuple[Any, ...]) -> None:
        if event.split(".", maxsplit=1)[0] in _STEPS:
            self()

    def stop(self) -> None:
        self._counting = False


def in_child(work: Callable[[], Any]) -> tuple[int, Any]:
    """How a process that does `work` ended, and what it returned."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        try:
            os.write(writing, json.dumps(work()).encode())
            os._exit(0)
        except BaseException as error:
            os.write(writing, json.dumps(repr(error)).encode())
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), json.loads(told) if told else None


def imported(folder: Path, files: list[Path], kill_at: int) -> int:
    """Import `files` in one go; how many steps it took, unless it is killed."""
    indexing._FEW = 5  # so few papers and the index is made in a process of its own
    with Library(folder) as library:
        steps = Steps(kill_at)
        library._store._db.conn.set_trace_callback(steps)
        library.add(files, steps)
        steps.stop()
        library._store._db.conn.set_trace_callback(None)
    return steps.taken


def held(folder: Path) -> dict[str, Any]:
    """Everything that can be seen of a library."""
    with Library(folder) as library:
        results = library.find(Query(text="peer support in mental health services"))
        return {
            "papers": [repr(paper) for paper in library._store.every()],
            "records": library.counts().records,
            "found": [[hit.paper.id, hit.score] for hit in results.hits],
            "index": library.index_status(),
        }


def killed(folder: Path, before: Path, files: list[Path], moment: int) -> dict[str, Any]:
    """What an import that is killed at `moment` leaves, and what importing again makes of it."""
    library = folder / "killed"
    shutil.copytree(before, library)
    code, _ = in_child(lambda: imported(library, files, moment))
    _, left = in_child(lambda: held(library))
    in_child(lambda: imported(library, files, 0))
    _, again = in_child(lambda: held(library))
    shutil.rmtree(library)
    return {"killed": code == -signal.SIGKILL, "left": left, "again": again}


def main(folder: Path, kills: int, first: Path, *rest: Path) -> dict[str, Any]:
    """The ends of so many imports of `rest` into a library of `first`."""
    before, after = folder / "before", folder / "after"
    with Library(before, create=True) as library:
        library.add([first])
    shutil.copytree(before, after)
    _, steps = in_child(lambda: imported(after, list(rest), 0))
    _, none = in_child(lambda: held(before))
    _, whole = in_child(lambda: held(after))
    chance = random.Random(20)
    late = int(steps * (1 - LATE))
    moments = [chance.randint(1, steps) for _ in range(kills - kills // 3)]
    moments += [chance.randint(late, steps) for _ in range(kills // 3)]
    ends = []
    for moment in moments:
        end = killed(folder, before, list(rest), moment)
        state = "none" if end["left"] == none else "all" if end["left"] == whole else "torn"
        ends.append({"at": moment, **end, "left": state, "again": end["again"] == whole})
    return {"steps": steps, "ends": ends, "papers": [len(none["papers"]), len(whole["papers"])]}


if __name__ == "__main__":
    json.dump(main(Path(sys.argv[1]), int(sys.argv[2]), *map(Path, sys.argv[3:])), sys.stdout)
