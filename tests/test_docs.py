"""What the documentation lists is what there is."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.readers import readers
from corpus.writers import writers

FORMATS = (Path(__file__).parents[1] / "docs" / "formats.md").read_text(encoding="utf-8")


def names(part: str) -> list[str]:
    """The names that stand first in the rows of a part's table."""
    return re.findall(r"(?m)^\| `([a-z0-9-]+)` \|", part)


def test_every_format_is_documented_and_no_other() -> None:
    before, after = FORMATS.split("## Out")
    assert sorted(names(before)) == sorted(reader.name for reader in readers())
    assert sorted(names(after)) == sorted(writer.name for writer in writers())
