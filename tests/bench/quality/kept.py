"""The run that others are compared with: the product's value of every question, to 4 digits.

The file names no question. Values stand in the order of the questions' ids, beside a fingerprint
of these, so that values of other questions are never compared.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from tests.bench.quality.collections import HERE
from tests.bench.quality.measures import Measured, change

KEPT = HERE / "kept.json"
_DIGITS = 4

Kept = dict[str, dict[str, Any]]


def read(path: Path = KEPT) -> Kept:
    """What was kept of each collection, nothing where nothing was."""
    found: Kept = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


def write(run: Iterable[Measured], path: Path = KEPT) -> None:
    """Keep this run in the place of the last; collections that are not in it stay."""
    kept = read(path) | {measured.set: _entry(measured) for measured in run}
    lines = (
        f"{json.dumps(name)}: {json.dumps(kept[name], separators=(',', ':'))}"
        for name in sorted(kept)
    )
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def compared(measured: Measured, kept: Kept) -> Measured:
    """`measured` with how it differs from what was kept of the same questions."""
    old = kept.get(measured.set, {})
    if old.get("queries") != _fingerprint(measured.queries):
        return measured
    changes = {
        name: change(values.round(_DIGITS), np.array(old[name]))
        for name, values in measured.values.items()
        if name in old
    }
    return dataclasses.replace(measured, kept=changes)


def _entry(measured: Measured) -> dict[str, Any]:
    values = {name: of.round(_DIGITS).tolist() for name, of in measured.values.items()}
    return {"queries": _fingerprint(measured.queries), **values}


def _fingerprint(queries: Iterable[str]) -> str:
    return hashlib.blake2b("\n".join(queries).encode(), digest_size=8).hexdigest()
