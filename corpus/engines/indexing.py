"""Making an index while papers are still coming in, on another core where they are many.

Analysing texts takes as long as reading and storing them, so the two go on side by side: the
texts are handed to a process of this same module, which reads one value after another from its
standard input, as `marshal` writes them, and writes the index itself when it is told to.
"""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any, Self

from corpus.engines.analysing import Analysis, terms_of_each
from corpus.engines.folder import IndexFolder
from corpus.process import AT_ONCE, received, send, started
from corpus.ranking.builder import Builder
from corpus.ranking.merging import Part
from corpus.ranking.postings import Postings
from corpus.text.terms import words

_log = logging.getLogger(__name__)

_FEW = 2_000
"""So many papers are analysed before a process of its own has started, so many pay for it."""
_TOGETHER = 50  # papers in a message


class Indexing:
    """Takes the texts of papers, and writes an index of them over that of an older state."""

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self._waiting: list[tuple[int, str]] = []  # here, or to be handed over
        self._taken = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._alone = True
        self._refused = False
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
        self._waiting.append((paper, text))
        if len(self._waiting) < (_FEW if self._alone else _TOGETHER):
            return
        self.expect()
        if self._process is not None:
            self._alone = False
            self._hand_over()

    def expect(self) -> None:
        """Start the other process, since many texts are likely to come: that takes a while."""
        if self._process is None and not self._refused:
            self._process = started(__name__, str(self._folder.path), stdin=subprocess.PIPE)
            self._refused = self._process is None

    def mark(self) -> int:
        """Where the texts taken so far end."""
        return self._taken

    def forget(self, mark: int) -> None:
        """Forget the texts that were taken after `mark`."""
        self._taken = mark
        if self._alone:
            del self._waiting[mark:]
        else:
            self._hand_over()
            self._tell(mark)

    @property
    def alone(self) -> bool:
        """Whether everything that was taken is in this process."""
        return self._alone

    def built(self, without: Iterable[int]) -> Postings:
        """The index of the texts taken, less the papers `without`, where all are here."""
        return self._builder().build((), without)

    def write(self, path: Path, base: str, without: Iterable[int]) -> bool:
        """Write the index of the texts taken and of the state `base`, less the papers `without`.

        The state "" has none. False where its index cannot be read, or where the other process
        could not do it: it may have been killed, or out of memory.
        """
        gone = list(without)
        if self._alone or self._process is None:
            return _write(self._builder(), path, self._folder, base, gone)
        self._hand_over()
        self._tell((str(path), base, gone))
        with contextlib.suppress(OSError):
            self._process.communicate()
        if self._failed or self._process.returncode:
            _log.warning("the process that made the index ended with %s", self._process.returncode)
            return False
        return True

    def _builder(self) -> Builder:
        builder = Builder(terms_of_each, self._folder.path)
        for paper, text in self._waiting:
            builder.add(paper, words(text))
        return builder

    def _hand_over(self) -> None:
        self._tell(self._waiting)
        self._waiting.clear()

    def _tell(self, message: Any) -> None:
        if self._failed or self._process is None or self._process.stdin is None:
            return
        try:
            send(self._process.stdin, message)
        except OSError:
            self._failed = True


def _write(
    builder: Builder, path: Path, folder: IndexFolder, base: str, without: Iterable[int]
) -> bool:
    older: list[Part] = []
    if base:
        found = folder.find(base)
        if found is None:
            return False
        older = found.parts()
    builder.write(path, older, without)
    return True


def serve(folder: IndexFolder, told: IO[bytes]) -> bool:
    """What the other process does, until its standard input ends; whether it wrote an index."""
    with contextlib.suppress(OSError):
        os.nice(5)  # people who ask meanwhile come first
    with contextlib.closing(Analysis()) as analysis:
        builder = Builder(analysis.each, folder.path)
        for message in received(told):
            if isinstance(message, int):
                builder.forget(message)
            elif isinstance(message, list):
                for paper, text in message:
                    builder.add(paper, words(text))
            else:
                path, base, without = message
                return _write(builder, Path(path), folder, base, without)
    return False


if __name__ == "__main__":
    with open(0, "rb", buffering=AT_ONCE) as messages:
        sys.exit(not serve(IndexFolder(Path(sys.argv[1])), messages))
