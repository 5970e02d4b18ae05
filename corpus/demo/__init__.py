"""The corpus a newcomer starts with: well-known publications, with summaries by this project.

`papers.jsonl` is ours: facts are the publications', every summary is in our own words and says so
in `summary_by`. `words.txt` is what jieba makes of their Chinese, a run a line, and of what has a
translation in it, so that a first question in English need not load it; `python -m corpus.demo`
writes it anew.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

_HERE = Path(__file__).parent
PAPERS = _HERE / "papers.jsonl"
WORDS = _HERE / "words.txt"


def segmented() -> dict[str, list[str]]:
    """Every run of Han characters in the demo corpus, cut into words."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return {line.replace(" ", ""): line.split(" ") for line in lines}


def fingerprint() -> str:
    """Names this version of the demo corpus."""
    return hashlib.blake2b(PAPERS.read_bytes(), digest_size=6).hexdigest()
