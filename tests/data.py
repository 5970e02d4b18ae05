"""Where the real collections lie that some tests read, and the mark that skips without them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

DATA = Path(os.environ.get("SIMILIT_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))

needs_data = pytest.mark.skipif(
    not DATA.is_dir(), reason=f"reads real collections, and {DATA} is absent: set SIMILIT_DATA"
)
