"""Making an index while papers are still coming in, on another core where they are many.

Analysing texts takes as long as reading and storing them, so the two go on side by side: the
texts are handed to a process of this same module, which reads one value after another from its
standard input, as `marshal` writes them, and writes the index itself when it is told to.
"""

from __future__ import annotations

import contextlib
import logging
import marshal
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, Self

from corpus.ranking import postings
from corpus.ranking.postings import Builder, Postings, TornIndex
from corpus.text.terms import terms_of, words

_log = logging.getLogger(__name__)

_FEW = 2_000
"""So many papers are analysed before a process of its own has started."""
_AT_ONCE = 1 << 19
"""Bytes handed over at once: in small pieces, Linux keeps both processes on one core."""


class Indexing:
    """Takes the texts of papers, and writes an index of them over that of an older state."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, str]] = []
        self._taken = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._alone = False
        self._failed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            self._process.kill()
            with contextlib.suppress(OSError), self._process:  # closes its pipes
                pass

    def take(self, paper: int, text: str) -> None:
        """Take the text of a paper, or its new text."""
        self._taken += 1
        if self._process is not None:
            self._tell([paper, text])
            return
        self._waiting.append((paper, text))
        if len(self._waiting) >= _FEW and not self._alone:
            self._start()

    def mark(self) -> int:
        """Where the texts taken so far end."""
        return self._taken

    def forget(self, mark: int) -> None:
        """Forget the texts that were taken after `mark`."""
        self._taken = mark
        if self._process is not None:
            self._tell(mark)
        else:
            del self._waiting[mark:]

    def write(self, path: Path, base: Path | None, without: Iterable[int]) -> bool:
        """Write the index of the texts taken, of the index `base`, less the papers `without`.

        False where `base` cannot be read, or where the other process could not do it: it may have
        been killed, or out of memory.
        """
        gone = list(without)
        if self._process is None:
            builder = Builder(terms_of)
            for paper, text in self._waiting:
                builder.add(paper, words(text))
            return _write(builder, path, base, gone)
        self._tell([str(path), str(base) if base else None, gone])
        with contextlib.suppress(OSError):
            self._process.communicate()
        if self._failed or self._process.returncode:
            _log.warning("the process that made the index ended with %s", self._process.returncode)
            return False
        return True

    def _start(self) -> None:
        path = os.pathsep.join(part or str(Path.cwd()) for part in sys.path)
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this very Python, and a module of ours
                # -P: a numpy.py that happens to lie where somebody imports from is not ours
                [sys.executable, "-P", "-m", __name__],
                stdin=subprocess.PIPE,
                bufsize=_AT_ONCE,
                pipesize=_AT_ONCE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
                start_new_session=True,  # an interrupt is for us to hear
            )
        except OSError as error:
            _log.warning("no process to make the index could be started: %s", error)
            self._alone = True
            return
        for paper, text in self._waiting:
            self._tell([paper, text])
        self._waiting.clear()

    def _tell(self, message: Any) -> None:
        if self._failed or self._process is None or self._process.stdin is None:
            return
        try:
            self._process.stdin.write(marshal.dumps(message))
        except OSError:
            self._failed = True


def _write(builder: Builder, path: Path, base: Path | None, without: Iterable[int]) -> bool:
    older = read(base) if base else None
    if base and older is None:
        return False
    postings.write(builder.build(older, without), path)
    return True


def read(path: Path) -> Postings | None:
    """The index in the file `path`, None where it is missing or damaged."""
    try:
        return postings.read(path)
    except FileNotFoundError:
        return None
    except (TornIndex, OSError) as error:
        _log.warning("the index of this library is damaged and is built again (%s)", error)
        return None


def serve(told: IO[bytes] | None = None) -> bool:
    """What the other process does, until its standard input ends; whether it wrote an index."""
    with contextlib.suppress(OSError):
        os.nice(5)  # people who ask meanwhile come first
    builder = Builder(terms_of)
    for message in _messages(told or sys.stdin.buffer):
        if isinstance(message, int):
            builder.forget(message)
        elif len(message) == 2:
            builder.add(message[0], words(message[1]))
        else:
            path, base, without = message
            return _write(builder, Path(path), Path(base) if base else None, without)
    return False


def _messages(told: IO[bytes]) -> Iterator[Any]:
    with contextlib.suppress(EOFError):
        while True:
            yield marshal.load(told)  # noqa: S302 - from the process that started this one


if __name__ == "__main__":
    sys.exit(not serve())
