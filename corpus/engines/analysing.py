"""The terms of many words at once, half of them on another core where they are Chinese.

Cutting Chinese into words takes most of the time of its import, and more than all the rest.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from corpus.process import AT_ONCE, received, send, started
from corpus.text.normalise import has_han
from corpus.text.terms import terms_of

_WORTH = 1 << 12
"""So many runs of Han take longer than a process takes to start and to load the dictionary."""

Terms = Sequence[tuple[str, ...]]


def terms_of_each(words: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """`terms_of` each of `words`, in order."""
    return map(terms_of, words)


class Analysis:
    """Finds the terms of words; to be closed when there are no more."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._alone = (os.cpu_count() or 1) < 2

    def each(self, words: Sequence[str]) -> Terms:
        """`terms_of` each of `words`, in order."""
        half = len(words) // 2
        if self._alone or sum(map(has_han, words)) < _WORTH or not self._ask(words[:half]):
            return [*terms_of_each(words)]
        rest = [*terms_of_each(words[half:])]
        return [*(self._answer() or terms_of_each(words[:half])), *rest]

    def close(self) -> None:
        """End the other process."""
        self._alone = True
        if self._process is not None:
            self._process.kill()
            with contextlib.suppress(OSError), self._process:  # closes its pipes
                pass

    def _ask(self, words: Sequence[str]) -> bool:
        if self._process is None:
            self._process = started(__name__, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self._process is None or self._process.stdin is None:
            self._alone = True
            return False
        try:
            send(self._process.stdin, words)
            self._process.stdin.flush()
        except OSError:
            self.close()
        return not self._alone

    def _answer(self) -> Terms | None:
        """None where the other process ended before it could give one."""
        if self._process is not None and self._process.stdout is not None:
            terms: Terms | None = next(received(self._process.stdout), None)
            if terms is not None:
                return terms
        self.close()
        return None


def serve(asked: IO[bytes], answers: IO[Any]) -> None:
    """What the other process does, until nobody asks any more."""
    for words in received(asked):
        send(answers, [*terms_of_each(words)])
        answers.flush()


if __name__ == "__main__":
    with (
        contextlib.suppress(OSError),
        open(0, "rb", buffering=AT_ONCE) as questions,
        open(1, "wb", buffering=AT_ONCE) as out,
    ):
        serve(questions, out)
