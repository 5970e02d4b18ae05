"""What a library holds."""

from __future__ import annotations

import json
import re
from pathlib import Path

from corpus.library import Library
from tests.bot.terminal.running import Similit, asked, jsonl


def test_stats_prints_the_counts(similit: Similit, folder: Path) -> None:
    ended = similit("stats", "--json", "--library", folder)
    stats = json.loads(ended.out)
    version = stats.pop("version")
    assert isinstance(version, str)
    assert stats == {
        "library": str(folder),
        "papers": 5,
        "records": 5,
        "merged": 0,
        "without_abstract": 1,
        "without_title": 1,
        "languages": {"en": 4, "zh": 1},
        "years": [2006, 2020],
        "by_year": {"2006": 1, "2012": 1, "2020": 1},
        "by_source": {str(folder.parent / "papers.jsonl"): 5},
    }
    assert asked(similit, "peer", "--library", folder)["corpus"]["version"] == version


def test_stats_tell_how_much_was_merged_and_from_where(
    similit: Similit, folder: Path, tmp_path: Path
) -> None:
    again = [{"title": "Again", "doi": "10.1000/ABC", "abstract": "…"}, {"title": "New", "year": 1}]
    file = jsonl(tmp_path / "more.jsonl", again)
    similit("import", file, "--library", folder)
    stats = json.loads(similit("stats", "--json", "--library", folder).out)
    assert (stats["papers"], stats["records"], stats["merged"]) == (6, 7, 1)
    assert stats["by_source"] == {str(tmp_path / "papers.jsonl"): 5, str(file): 2}
    assert list(stats["by_source"].values()) == [5, 2]
    similit("remove", "1", "--library", folder)
    stats = json.loads(similit("stats", "--json", "--library", folder).out)
    assert (stats["papers"], stats["records"], stats["merged"]) == (5, 5, 0)
    assert stats["by_source"] == {str(tmp_path / "papers.jsonl"): 4, str(file): 1}
    assert "2006" not in stats["by_year"]


def test_stats_for_people(similit: Similit, folder: Path, tmp_path: Path) -> None:
    out = similit("stats", "--library", folder).out
    lines = dict(re.findall(r"(?m)^(\S.+?)  +(.*?) *$", out))
    assert lines["Papers"] == lines["Records they came from"] == "5"
    assert lines["Merged into another"] == "0"
    assert lines["Languages"] == "en 4 · zh 1"
    assert lines["Years"] == "2006-2020"
    assert lines["Sources"].startswith("5 ·")
    assert f"5·{tmp_path}/papers.jsonl" in "".join(out.split())
    assert "来源记录" in similit("stats", "--library", folder, "--lang", "zh-CN").out


def test_the_largest_sources_are_named_and_the_others_counted(
    similit: Similit, tmp_path: Path
) -> None:
    for number in range(13):
        file = jsonl(Path(f"s{number}.jsonl"), [{"title": f"T {number}"}] * 2)
        similit("import", file, "--library", tmp_path / "new")
    more = [{"title": "More"}, {"title": "Even more"}]
    similit("import", jsonl(Path("largest.jsonl"), more), "--library", tmp_path / "new")
    out = "".join(similit("stats", "--library", tmp_path / "new").out.split())
    assert out.count("1·/") == 9
    assert "2·/" in out
    assert out.index("largest.jsonl") < out.index("s0.jsonl")
    assert "…and4more:--jsonlistsall." in out
    stats = json.loads(similit("stats", "--json", "--library", tmp_path / "new").out)
    assert len(stats["by_source"]) == 14


def test_stats_of_nothing(similit: Similit, tmp_path: Path) -> None:
    with Library(tmp_path / "empty", create=True):
        pass
    stats = json.loads(similit("stats", "--json", "--library", tmp_path / "empty").out)
    assert (stats["papers"], stats["years"], stats["by_year"]) == (0, None, {})
    assert stats["by_source"] == stats["languages"] == {}
    assert similit("stats", "--library", tmp_path / "empty").code == 0
