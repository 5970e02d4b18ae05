"""Watches at a terminal."""

from __future__ import annotations

import json
from pathlib import Path

from corpus.library import Library
from tests.bot.terminal.running import CONTROL, EVIL, Similit, assert_refused, jsonl, too_wide

NEW = [
    {"id": "n1", "title": "Peer support workers in prisons", "abstract": "Peer workers stay."},
    {"id": "n2", "title": "Tectonic plates of the Pacific"},
]


def come(folder: Path, *records: dict[str, object]) -> None:
    with Library(folder) as library:
        library.add([jsonl(folder.parent / "new.jsonl", records)])


def test_what_is_new_is_printed_once(similit: Similit, folder: Path) -> None:
    here = ("--library", folder)
    assert "Nothing is watched yet" in similit("watch", "list", *here).out
    ended = similit("watch", "add", "peer support workers", *here)
    assert ended.code == 0
    assert ended.out.split() == (
        "Watching “peer support workers”: you hear of new papers as soon as they come.".split()
    )
    assert similit("watch", "run", *here).out == "Nothing new.\n"
    come(folder, *NEW)
    out = similit("watch", "run", *here).out
    assert "New papers · “peer support workers”" in out
    assert "1 new paper\n" in out
    assert "1. Peer support workers in prisons" in out
    assert "Tectonic" not in out
    assert similit("watch", "run", *here).out == "Nothing new.\n"


def test_daily_digests_wait_unless_all_is_asked_for(similit: Similit, folder: Path) -> None:
    here = ("--library", folder)
    how = ("--pace", "daily", "--zone", "asia/shanghai")
    similit("watch", "add", "peer support workers", *how, *here)
    come(folder, *NEW)
    (listed,) = json.loads(similit("watch", "list", "--json", *here).out)
    assert (listed["number"], listed["pace"], listed["zone"]) == (1, "daily", "Asia/Shanghai")
    assert "daily · next at 2" in similit("watch", "list", *here).out
    assert json.loads(similit("watch", "run", "--json", *here).out) == []
    (digest,) = json.loads(similit("watch", "run", "--all", "--json", *here).out)
    assert digest["about"] == "“peer support workers”"
    assert [one["title"] for one in digest["papers"]] == ["Peer support workers in prisons"]


def test_a_paper_and_a_list_are_watched_with_filters(similit: Similit, folder: Path) -> None:
    here = ("--library", folder)
    similit("list", "save", "1", "--list", "Thesis", *here)
    ended = similit("watch", "add", "--list", "thesis", *here)
    assert "papers like those in Thesis" in ended.out
    ended = similit("watch", "add", "10.1000/abc", "--without", "prisons", *here)
    assert "papers like #1 · Peer support workers in community" in ended.out
    come(folder, *NEW)
    (digest,) = json.loads(similit("watch", "run", "--json", *here).out)
    assert digest["about"] == "papers like those in Thesis"


def test_a_watch_is_ended_by_its_number(similit: Similit, folder: Path) -> None:
    here = ("--library", folder)
    for text in ("peer support", "zebrafish"):
        similit("watch", "add", text, *here)
    assert similit("watch", "remove", "1", *here).out == "Ended: “peer support”.\n"
    assert "1. “zebrafish”" in similit("watch", "list", *here).out
    assert_refused(similit("watch", "remove", "2", *here), 1, "This watch has ended")


def test_what_cannot_be_watched_is_refused(similit: Similit, folder: Path) -> None:
    here = ("--library", folder)
    assert_refused(similit("watch", "add", *here), 1, "Say what to watch")
    assert_refused(similit("watch", "add", "x", "--list", "y", *here), 1, "Say what to watch")
    assert_refused(similit("watch", "add", "--list", "y", *here), 1, "y")
    assert_refused(similit("watch", "add", "x", "--zone", "Nowhere", *here), 1, "Nowhere")
    assert_refused(similit("watch", "add", "#999", *here), 1, "#999")


def test_nothing_new_is_obeyed_by_the_terminal(similit: Similit, folder: Path) -> None:
    here = ("--library", folder)
    assert not CONTROL.search(similit("watch", "add", f"tectonic {EVIL}", *here).out)
    come(folder, {"title": f"Tectonic {EVIL} plates", "abstract": f"Plates {EVIL} move."})
    for arguments in (("list",), ("run",)):
        out = similit("watch", *arguments, *here).out
        assert "ectonic" in out
        assert not CONTROL.search(out)
        assert too_wide(out) == []
