"""One paper, whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bot.terminal.running import PAPERS, Similit


def test_show_prints_the_paper_as_in_jsonl(similit: Similit, folder: Path) -> None:
    ended = similit("show", "p1", "--json", "--library", folder)
    paper = json.loads(ended.out)
    assert paper == {**PAPERS[0], "id": 1, "source_id": "p1", "pmid": "777"}
    nameless = json.loads(similit("show", "5", "--json", "--library", folder).out)
    assert nameless == {"id": 5, **PAPERS[4]}


@pytest.mark.parametrize(
    "name", ["1", "#1", "paper:1", "10.1000/abc", "PMID 777", "p1", PAPERS[0]["title"]]
)
def test_a_paper_is_shown_by_any_of_its_names(similit: Similit, folder: Path, name: str) -> None:
    assert json.loads(similit("show", *name.split(), "--json", "--library", folder).out)["id"] == 1


def test_show_prints_what_is_known_of_a_paper(similit: Similit, folder: Path) -> None:
    out = similit("show", "1", "--library", folder).out
    for part in (
        *("Peer support workers in community teams", "Davidson L, Chinman M", "Journal of Care"),
        *("2006", "#1", "doi:10.1000/abc", "PMID 777", "p1", "grant", "unclear to many"),
    ):
        assert part in out
    assert "no title on record" in similit("show", "5", "--library", folder).out
    assert "No abstract on record." in similit("show", "4", "--library", folder).out
