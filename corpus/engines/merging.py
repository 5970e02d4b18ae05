"""What a large index needs after a change, in a process of its own, while questions go on.

The process is told a folder and a state. Where the state has a tail it puts its whole index beside
it: whoever opens that state, or a later one whose tail names it, takes the new base; where the
process is killed, the tail is still there. Then it has the search compiled, so that the first
question after an import need not wait for it; what is compiled is kept on disk.
"""

from __future__ import annotations

import contextlib
import logging
import os
import subprocess
import sys
from pathlib import Path

from corpus.engines.folder import IndexFolder
from corpus.process import started
from corpus.ranking.bm25 import WORTH_COMPILING, Ranker
from corpus.ranking.merging import write_merged

_log = logging.getLogger(__name__)


class Merging:
    """Does this in the background, for one state at a time."""

    def __init__(self, folder: IndexFolder) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def going(self) -> bool:
        """Whether it is going on."""
        return self._process is not None and self._process.poll() is None

    def begin(self, state: str) -> None:
        """Begin with `state`, unless it is going on."""
        if self.going:
            return
        self._process = started(__name__, str(self._folder.path), state)

    def wait(self) -> None:
        """Wait until what was begun has ended."""
        if self._process is not None:
            self._process.wait()


def merge(folder: Path, state: str) -> bool:
    """What the other process does; whether the whole index of `state` is there now."""
    with contextlib.suppress(OSError):
        os.nice(10)  # people who ask meanwhile come first
    indexes = IndexFolder(folder)
    found = indexes.find(state)
    if found is None:
        return False
    if found.of != state:
        write_merged(found.parts(), indexes.whole(state))
    if len(found.base.postings) >= WORTH_COMPILING:
        Ranker(found.base).compile()
    return True


if __name__ == "__main__":
    sys.exit(not merge(Path(sys.argv[1]), sys.argv[2]))
