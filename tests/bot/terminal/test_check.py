"""Configuration, library and index examined."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.terminal.running import Similit


def test_check_examines_config_library_and_index(
    similit: Similit, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(*arguments: object) -> str:
        ended = similit("check", *arguments)
        assert ended.code == 0
        return "".join(ended.out.split())

    assert "thedemocorpusanswers" in said()
    assert "none:defaultsapply" in said()
    Path("config.toml").write_text("")
    named = said("--library", folder)
    assert "config.toml" in named
    assert "5papers" in named
    assert "Indexcurrent" in named
    assert "missing:setDISCORD_TOKEN" in named
    token = "MTIzNDU2Nzg5MDEyMzQ1Njc4.secret.part"
    monkeypatch.setenv("DISCORD_TOKEN", token)
    named = said()
    assert "client_id=123456789012345678&scope=bot+applications.commands" in named
    assert "secret" not in named
    [index] = (folder / "index").glob("*.postings")
    index.write_bytes(index.read_bytes()[:-8])
    assert "Indexdamaged" in said("--library", folder)
    index.unlink()
    assert "Indexmissing" in said("--library", folder)
