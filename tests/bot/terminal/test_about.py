"""`similit about`."""

from __future__ import annotations

import json
from pathlib import Path

from bot import __version__
from tests.bot.terminal.running import CONTROL, Similit, too_wide


def test_it_says_version_papers_last_import_and_what_is_stored(
    similit: Similit, folder: Path
) -> None:
    ended = similit("about", "--library", folder)
    assert (ended.code, ended.err) == (0, "")
    for part in (f"Similit {__version__}", "5 papers", "from papers.jsonl", "90 days"):
        assert part in ended.out
    assert too_wide(ended.out) == []


def test_it_is_json_where_that_is_asked_for(similit: Similit, folder: Path) -> None:
    known = json.loads(similit("about", "--library", folder, "--json").out)
    assert (known["version"], known["papers"], known["demo"]) == (__version__, 5, False)
    assert known["last_import"]["papers"] == 5
    assert known["keep_questions_days"] == 90


def test_an_import_that_was_taken_back_was_none(similit: Similit, folder: Path) -> None:
    similit("import", "--undo", "--library", folder)
    known = json.loads(similit("about", "--library", folder, "--json").out)
    assert (known["papers"], known["last_import"]) == (0, None)
    assert "none yet" in similit("about", "--library", folder).out


def test_the_demo_corpus_was_never_imported(similit: Similit) -> None:
    known = json.loads(similit("about", "--json").out)
    assert (known["demo"], known["last_import"]) == (True, None)
    assert "demo corpus" in similit("about").out
    assert "尚未导入" in similit("about", "--lang", "zh-CN").out


def test_nothing_of_a_source_speaks_to_the_terminal(similit: Similit, evil: Path) -> None:
    assert not CONTROL.search(similit("about", "--library", evil).out.replace("\n", ""))
