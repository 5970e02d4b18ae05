"""What it was measured on, without names."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.speed.engines import ENGINES

_JIEBA = "import logging, jieba; jieba.setLogLevel(logging.CRITICAL); jieba.initialize()"


def described() -> str:
    """Processor, cores, memory, Python and what matters of its packages."""
    found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text("utf-8"))
    processor = " ".join(found[1].split()) if found else platform.machine()
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
    return (
        f"{processor}, {os.cpu_count()} cores, {memory:.0f} GB of memory, "
        f"{platform.system()}, Python {platform.python_version()}"
    )


def versions() -> str:
    """The packages that were measured, with their versions."""
    found = {kind.about.split(",")[0]: kind.version() for kind in ENGINES.values() if kind.package}
    return ", ".join(f"{name} {version}" for name, version in found.items())


def jieba_s() -> float:
    """Seconds that Python takes to start and load jieba: the least of three times."""
    took = []
    for _ in range(3):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-W", "ignore", "-c", _JIEBA], check=True)
        took.append(time.perf_counter() - began)
    return min(took)
