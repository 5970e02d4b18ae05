"""Which library a command works on, in which language; and the demo corpus."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest
from platformdirs import user_cache_path

from corpus.library import Library
from tests.bot.terminal.running import PAPERS, Similit, jsonl


def test_the_library_is_named_before_or_after_the_command(similit: Similit, folder: Path) -> None:
    before = similit("--library", folder, "stats", "--json")
    after = similit("stats", "--library", folder, "--json")
    assert before == after
    assert json.loads(before.out)["papers"] == 5


def test_the_library_comes_from_flag_then_environment_then_config(
    similit: Similit, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def papers(*arguments: object) -> int:
        return int(json.loads(similit("stats", "--json", *arguments).out)["papers"])

    sizes = {}
    for size, name in enumerate(["configured", "environment", "flag"], 1):
        with Library(tmp_path / name, create=True) as library:
            library.add([jsonl(tmp_path / f"{name}.jsonl", PAPERS[:size])])
        sizes[name] = size
    Path("config.toml").write_text('[library]\npath = "../configured"\n')
    assert papers() == sizes["configured"]
    monkeypatch.setenv("SIMILIT_LIBRARY", str(tmp_path / "environment"))
    assert papers() == sizes["environment"]
    assert papers("--library", tmp_path / "flag") == sizes["flag"]


def test_a_path_in_the_config_is_relative_to_the_config(
    similit: Similit, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "similit.toml").write_text('[library]\npath = "library"\n')
    ended = similit("stats", "--json", "--config", tmp_path / "similit.toml")
    assert json.loads(ended.out)["library"] == str(folder)


def test_the_terminal_speaks_its_locale_and_lang_overrides_it(
    similit: Similit, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def first_line(*arguments: object) -> str:
        return similit(*arguments, "--library", folder).out.splitlines()[0]

    english, chinese = r"\d+ similar papers · \d+ ms", r"共查询到 \d+ 条相似文献，搜索用时 \d+ 毫秒"
    traditional = r"共查詢到 \d+ 條相似文獻，搜尋用時 \d+ 毫秒"
    assert re.fullmatch(english, first_line("ask", "peer"))
    assert re.fullmatch(chinese, first_line("ask", "peer", "--lang", "zh-CN"))
    assert re.fullmatch(chinese, first_line("--lang", "zh_CN.UTF-8", "ask", "peer"))
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert re.fullmatch(chinese, first_line("ask", "peer"))
    assert re.fullmatch(english, first_line("ask", "peer", "--lang", "en"))
    monkeypatch.setenv("LC_ALL", "zh_TW.UTF-8")
    assert re.fullmatch(traditional, first_line("ask", "peer"))


def test_one_similar_paper_is_not_called_papers(similit: Similit, folder: Path) -> None:
    out = similit("ask", "peer", "--top", "1", "--library", folder).out
    assert re.match(r"1 similar paper · \d+ ms\n", out)


# The demo corpus


def test_the_demo_corpus_answers_while_the_default_library_is_empty_and_says_so(
    similit: Similit, tmp_path: Path
) -> None:
    said = similit("ask", "peer support workers")
    assert said.code == 0
    assert re.search(r"From the demo corpus of \d+ publications\.", said.out)
    assert "来自内置的示例文献库" in similit("ask", "peer", "--lang", "zh-CN").out
    assert not (tmp_path / "data").exists()
    with Library(tmp_path / "data" / "similit", create=True):
        pass
    assert "demo corpus" in similit("ask", "peer support workers").out


def test_with_json_the_demo_note_goes_to_standard_error(similit: Similit) -> None:
    for command in (["ask", "peer support"], ["stats"]):
        ended = similit(*command, "--json")
        json.loads(ended.out)
        assert ended.out.count("\n") == 1
        if command[0] == "ask":
            assert "demo corpus" in ended.err


def test_a_named_library_never_gives_way_to_the_demo_corpus(
    similit: Similit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library(tmp_path / "empty", create=True):
        pass
    flagged = similit("ask", "peer support workers", "--library", tmp_path / "empty")
    monkeypatch.setenv("SIMILIT_LIBRARY", str(tmp_path / "empty"))
    by_environment = similit("ask", "peer support workers")
    monkeypatch.delenv("SIMILIT_LIBRARY")
    Path("config.toml").write_text('[library]\npath = "../empty"\n')
    for ended in (flagged, by_environment, similit("ask", "peer support workers")):
        assert ended.code == 0
        assert "Nothing similar found." in ended.out
        assert "demo" not in ended.out + ended.err


def test_nothing_is_ever_written_to_the_demo_corpus(similit: Similit, tmp_path: Path) -> None:
    similit("ask", "peer")
    [demo] = [path for path in user_cache_path("similit").iterdir() if path.name.startswith("demo")]

    def content() -> dict[str, str]:
        return {
            str(path.relative_to(demo)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in demo.rglob("*")
            if path.is_file() and not path.name.endswith(("-shm", "-wal"))
        }

    before = content()
    assert "papers.db" in before
    for command in (["ask", "#3"], ["show", "3"], ["stats"], ["check"], ["ask", "同伴", "--json"]):
        assert similit(*command).code == 0
    assert similit("import", jsonl(tmp_path / "papers.jsonl", PAPERS)).code == 0
    assert content() == before
    assert json.loads(similit("stats", "--json").out)["papers"] == 5
    assert "demo" not in similit("ask", "peer").out
