"""What a document's length does to its frequencies, with rank-bm25's parameters."""

from __future__ import annotations

import inspect
from typing import Any

from numpy.typing import NDArray
from rank_bm25 import BM25Plus

Array = NDArray[Any]

_parameters = inspect.signature(BM25Plus.__init__).parameters
K1: float = _parameters["k1"].default
B: float = _parameters["b"].default


def norms_of(lengths: Array, average: float, k1: float = K1, b: float = B) -> Array:
    """k1 (1 - b + b · length / average): float64, shaped as `lengths`."""
    out: Array = k1 * (1 - b + b * lengths / average)
    return out


def average_of(total: int, documents: int) -> float:
    """The average length; where every document is empty nothing matches, and 1 will do."""
    return total / documents if total else 1.0
