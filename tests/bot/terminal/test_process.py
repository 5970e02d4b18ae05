"""The command line as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bot.terminal.running import PAPERS, ROOT, assert_refused, jsonl, process


def test_every_command_works_as_a_process(folder: Path, tmp_path: Path) -> None:
    named = ("--library", folder)
    found = process("ask", "workers in community teams", "--json", *named)
    assert found.code == 0
    assert found.err == ""
    assert json.loads(found.out)["hits"][0]["id"] == 1
    talk = process("chat", *named, text="peer\nopen 1\nquit\n")
    assert talk.code == 0
    assert "Goodbye." in talk.out
    file = jsonl(tmp_path / "again.jsonl", PAPERS[:2])
    assert process("import", file, "--library", tmp_path / "new").code == 0
    assert process("show", "2", *named).out.startswith("Burnout among nurses\n")
    assert json.loads(process("stats", "--json", *named).out)["papers"] == 5
    assert json.loads(process("export", "#1", "--format", "csl-json", *named).out)
    assert "Copied to" in process("backup", tmp_path / "copy.zip", *named).out
    assert "Removed #1" in process("remove", "1", *named).out
    assert "5 papers" in process("restore", tmp_path / "copy.zip", *named).out
    assert "5 removed" in process("import", "--undo", *named).out
    assert process("restore", tmp_path / "copy.zip", *named).code == 0
    (tmp_path / "q.tsv").write_text("q\tburnout\n")
    assert process("trec", tmp_path / "q.tsv", *named).out.startswith("q Q0 p2 1 ")
    assert process("check", *named).code == 0
    assert_refused(process("run", *named), 78, "similit chat")


def test_a_process_ends_with_the_promised_codes(folder: Path) -> None:
    assert_refused(process("show", "99", "--library", folder), 1)
    assert process("nosuch").code == 2
    assert_refused(process("import", "nope"), 2)
    assert_refused(process("fetch", "nope", "peer", "--library", folder), 2, "crossref")
    assert_refused(process("fetch", "pubmed", "--library", folder), 2, "PubMed")


def test_chinese_comes_out_right_in_a_terminal_that_knows_only_ascii(folder: Path) -> None:
    ended = process(
        *("ask", "-", "--library", folder, "--lang", "zh-CN"),
        text="同伴支持\n",
        LANG="C",
        LC_ALL="C",
        PYTHONIOENCODING="ascii",
        PYTHONUTF8="0",
    )
    assert ended.code == 0
    assert ended.out.startswith("共查询到 4 条相似文献")
    assert "同伴支持工作者的角色" in ended.out


def test_a_reader_that_has_seen_enough_is_no_traceback(tmp_path: Path) -> None:
    queries = tmp_path / "queries.tsv"
    queries.write_text("".join(f"{n}\tresearch of peers, trials and models\n" for n in range(30)))
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "trec", str(queries)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert running.stdout is not None
    assert running.stderr is not None
    assert running.stdout.readline().startswith(b"0 Q0 ")
    running.stdout.close()
    assert running.stderr.read() == b""
    running.stderr.close()
    assert running.wait(timeout=60) == 0
