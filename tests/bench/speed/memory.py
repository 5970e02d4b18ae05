"""What memory a process holds, and how fast it can be read."""

from __future__ import annotations

import re
import statistics
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

_COPIED = 1 << 28


class Memory(NamedTuple):
    """Megabytes: all that is resident, and what of it is pages of files, for the system to drop."""

    rss_mb: float
    file_mb: float


def resident() -> Memory:
    """Of this process. `smaps_rollup` counts pages of files by their share, `status` whole."""
    status = Path("/proc/self/status").read_text("utf-8")
    held = {
        name: int(size) / 1000 * 1.024 for name, size in re.findall(r"(\w+):\s+(\d+) kB", status)
    }
    return Memory(held["VmRSS"], held["RssFile"])


def copying() -> float:
    """Gigabytes a second that numpy reads and writes when it copies, on one core."""
    source = np.ones(_COPIED, dtype=np.uint8)
    target = np.ones(_COPIED, dtype=np.uint8)
    took = []
    for _ in range(7):
        began = time.perf_counter()
        np.copyto(target, source)
        took.append(time.perf_counter() - began)
    return 2 * _COPIED / statistics.median(took) / 1e9
