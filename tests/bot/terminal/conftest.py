"""A plain terminal, the command line in this process, and libraries of a few papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.__main__ import main
from corpus.library import Library
from tests.bot.terminal.running import EVIL, PAPERS, Ended, Similit, jsonl


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An English terminal of 80 columns in an empty folder, with no token and no library."""
    for name in ("DISCORD_TOKEN", "LC_ALL", "LC_MESSAGES", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")


@pytest.fixture
def similit(capsys: pytest.CaptureFixture[str]) -> Similit:
    """Runs the command line in this process."""

    def similit(*arguments: object) -> Ended:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as ended:  # argparse ends so, as it may
            code = int(ended.code or 0)
        return Ended(code, *capsys.readouterr())

    return similit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a library of five papers."""
    path = tmp_path / "library"
    with Library(path, create=True) as library:
        library.add([jsonl(tmp_path / "papers.jsonl", PAPERS)])
    return path


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    """A library of papers whose every field would speak to the terminal."""
    names = ("title", "abstract", "journal", "volume", "issue", "pages", "pmid", "url", "language")
    more = ("id", "translated_title", "translated_abstract", "summary_by", f"own{EVIL}")
    lists = ("authors", "keywords", "subjects", "affiliations")
    papers = [
        {
            **dict.fromkeys((*names, *more), f"peer {EVIL} support {number}"),
            **{name: [f"peer {EVIL} {number}", f"{EVIL}, {EVIL}"] for name in lists},
            "doi": f"10.1000/{number}{EVIL}",
        }
        for number in (1, 2)
    ]
    papers += [{"abstract": f"peer {EVIL} support"}, {"title": f"peer {EVIL}"}]
    with Library(tmp_path / "evil", create=True) as library:
        library.add([jsonl(tmp_path / "evil.jsonl", papers)])
        assert library.state().papers == 4
    return tmp_path / "evil"
