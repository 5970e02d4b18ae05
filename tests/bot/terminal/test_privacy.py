"""What is kept about whoever sits at a terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bot.terminal.running import Similit


def test_everything_is_shown_and_erased(
    similit: Similit, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = ("--library", folder)
    assert similit("privacy", *here).out == "Nothing is kept about you.\n"
    similit("list", "save", "1", "--list", "Thesis", "--note", "a secret note", *here)
    similit("watch", "add", "peer support", *here)
    ended = similit("privacy", *here)
    assert "reading lists · 1\n" in ended.out
    assert "watches · 1\n" in ended.out
    assert "similit privacy erase" in ended.err
    found = json.loads(similit("privacy", "--json", *here).out)
    assert found["saved"][0]["note"] == "a secret note"
    with monkeypatch.context() as patch:
        patch.setattr("getpass.getuser", lambda: "another")
        assert similit("privacy", "erase", *here).code == 0
    assert similit("list", "show", *here).out == "Thesis · 1 paper\n"
    assert "Erased." in similit("privacy", "erase", *here).out
    assert json.loads(similit("privacy", "--json", *here).out) == {}
    everything = b"".join(file.read_bytes() for file in folder.glob("state.db*"))
    assert b"secret" not in everything
