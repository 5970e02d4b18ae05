"""Whole processes: one question on the demo corpus against loading jieba alone.

    python -m tests.bench.start

Runs in turn, A B C D A B C D …, so that a drift of the machine's speed falls on all; prints medians
and the ratios to `import jieba; jieba.initialize()`.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

ROUNDS = 7
COMMANDS = {
    "jieba alone": [sys.executable, "-c", "import jieba; jieba.initialize()"],
    "English question": [sys.executable, "-m", "bot", "ask", "peer support workers"],
    "Chinese question": [sys.executable, "-m", "bot", "ask", "同伴支持"],
    # Words that the demo corpus has not: only this one needs jieba's dictionary.
    "Chinese, new words": [sys.executable, "-m", "bot", "ask", "量子纠缠态的同伴支持"],
}


def took(command: list[str]) -> float:
    """Seconds from start to end of a process."""
    began = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began


def main() -> None:
    """Measure and print."""
    for command in COMMANDS.values():
        took(command)  # caches: jieba's dictionary, the demo corpus, bytecode
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(ROUNDS):
        for name, command in COMMANDS.items():
            times[name].append(took(command))
    base = times["jieba alone"]
    for name, measured in times.items():
        ratio = statistics.median(mine / other for mine, other in zip(measured, base, strict=True))
        print(f"{name:20}{statistics.median(measured):6.2f} s   {ratio:5.2f} of jieba alone")


if __name__ == "__main__":
    main()
