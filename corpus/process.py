"""Modules of ours in processes of their own: what takes a core and must not hold up anybody."""

from __future__ import annotations

import logging
import marshal
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

_log = logging.getLogger(__name__)

AT_ONCE = 1 << 19
"""Bytes handed over at once: in small pieces, Linux keeps both processes on one core."""


def started(module: str, *arguments: str, **options: Any) -> subprocess.Popen[bytes] | None:
    """The process of `module`, None where none can be started.

    It hears no interrupt; it says nothing unless its `stdout` is among the `options`, which are
    those of `subprocess.Popen`.
    """
    path = os.pathsep.join(part or str(Path.cwd()) for part in sys.path)
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
    try:
        return subprocess.Popen(  # noqa: S603 - this very Python, and a module of ours
            # -P: a numpy.py that happens to lie where somebody imports from is not ours
            [sys.executable, "-P", "-m", module, *arguments],
            stderr=subprocess.DEVNULL,
            bufsize=AT_ONCE,
            pipesize=AT_ONCE,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,  # an interrupt is for us to hear
            **{**quiet, **options},
        )
    except OSError as error:
        _log.warning("no process could be started for %s: %s", module, error)
        return None


def send(pipe: IO[bytes], message: Any) -> None:
    """Write a message, of what `marshal` can write, for `received` to read. Raises `OSError`."""
    written = marshal.dumps(message)
    pipe.write(len(written).to_bytes(8, "little") + written)


def received(pipe: IO[bytes]) -> Iterator[Any]:
    """The messages that another process of ours sends; one that is cut off is left out."""
    while len(size := pipe.read(8)) == 8:
        expected = int.from_bytes(size, "little")
        written = pipe.read(expected)
        if len(written) < expected:
            return
        yield marshal.loads(written)  # noqa: S302 - from a process of ours
