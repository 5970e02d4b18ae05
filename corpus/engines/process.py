"""A module of ours in a process of its own: work that takes a core and must not hold up anybody."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)


def started(module: str, *arguments: str, **options: Any) -> subprocess.Popen[bytes] | None:
    """The process of `module`, None where none can be started.

    It hears no interrupt and says nothing; `options` are those of `subprocess.Popen`.
    """
    path = os.pathsep.join(part or str(Path.cwd()) for part in sys.path)
    try:
        return subprocess.Popen(  # noqa: S603 - this very Python, and a module of ours
            # -P: a numpy.py that happens to lie where somebody imports from is not ours
            [sys.executable, "-P", "-m", module, *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path},
            start_new_session=True,  # an interrupt is for us to hear
            **options,
        )
    except OSError as error:
        _log.warning("no process could be started for %s: %s", module, error)
        return None
