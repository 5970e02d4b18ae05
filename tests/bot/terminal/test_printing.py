"""What reaches the terminal: nothing too wide, nothing that it would obey."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.terminal.layout import marked
from corpus.library import Library
from corpus.paper import Extract
from corpus.writers import writers
from tests.bot.terminal.running import CONTROL, EVIL, Similit, jsonl, too_wide, width

NASTY: list[dict[str, Any]] = [
    {
        "id": "wide",
        "title": "Peer" * 60,
        "abstract": f"Peer support of {'unbreakable' * 20} words. " + "同伴支持" * 60,
        "authors": ["Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine"] * 30,
        "journal": "International Archives of Everything That Can Be Peer Reviewed and More",
        "year": 1999,
        "keywords": ["peer " * 30, "支持" * 50],
        "url": "https://example.org/" + "x" * 200,
        "extra field " * 20: 1,
    },
    {
        "id": "han",
        "title": "同伴支持工作者在社区精神卫生服务中的角色与职业倦怠" * 4,
        "abstract": "同伴支持（peer support）很重要，" * 30,
        "authors": ["欧阳" * 10] * 9,
        "journal": "中华" * 40,
    },
    {"id": "tabs", "title": "Peer\tsupport\tin\ttables\nand\tlines", "abstract": "A\tpeer.\tB"},
    {"id": "é" * 120, "abstract": "Peer supports e\u0301te\u0301 " + "e\u0301" * 120},
]


@pytest.mark.parametrize("lang", ["en", "zh-CN", "zh-TW"])
@pytest.mark.parametrize(
    "command",
    [
        ["ask", "peer 支持"],
        ["ask", "#1"],
        ["ask", "#3"],
        ["ask", "zzzqqq " * 30],
        ["ask", "peer", "--year", "1700"],
        *(["show", number] for number in "1234"),
        ["stats"],
        ["check"],
    ],
    ids=lambda command: " ".join(command)[:16].strip(),
)
def test_no_line_is_wider_than_80_columns(
    similit: Similit, tmp_path: Path, lang: str, command: list[str]
) -> None:
    with Library(tmp_path / "nasty", create=True) as library:
        library.add([jsonl(tmp_path / "nasty.jsonl", NASTY)])
    ended = similit(*command, "--library", tmp_path / "nasty", "--lang", lang)
    assert ended.code == 0
    assert too_wide(ended.out + ended.err) == []


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_answers_of_the_demo_corpus_fit_80_columns_and_begin_with_the_count(
    similit: Similit, lang: str
) -> None:
    for question in ("peer support workers", "同伴支持"):
        out = similit("ask", question, "--lang", lang).out
        first = out.splitlines()[0]
        assert re.fullmatch(
            r"\d+ similar papers · \d+ ms|共查询到 \d+ 条相似文献，搜索用时 \d+ 毫秒", first
        )
        assert ("similar" in first) == (lang == "en")
        assert too_wide(out) == []


def test_a_wider_terminal_is_used_but_not_beyond_what_reads_well(
    similit: Similit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    widest = max(map(width, similit("ask", "peer support").out.splitlines()))
    assert 80 < widest <= 100


@pytest.mark.parametrize("columns", ["20", "40"])
def test_a_narrow_terminal_is_no_traceback(
    similit: Similit, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    out = similit("ask", "peer support", "--top", "3").out
    assert max(map(width, out.splitlines())) <= int(columns)


@pytest.mark.parametrize(
    "command",
    [
        ["ask", "peer support"],
        ["ask", "support", "--lang", "zh-CN"],
        *(["ask", f"#{number}"] for number in "134"),
        *(["show", number] for number in "134"),
        ["show", "1", "--lang", "zh-CN"],
        ["stats"],
        ["check"],
    ],
    ids=" ".join,
)
def test_escape_sequences_of_papers_never_reach_the_terminal(
    similit: Similit, evil: Path, command: list[str]
) -> None:
    ended = similit(*command, "--library", evil)
    assert ended.code == 0
    assert ended.out
    assert CONTROL.findall(ended.out + ended.err) == []


def test_escape_sequences_never_reach_the_terminal_from_a_conversation(
    similit: Similit, evil: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("peer\nopen 1\nsimilar 2\nopen 2\nmore\n"))
    ended = similit("chat", "--library", evil)
    assert ended.code == 0
    assert CONTROL.findall(ended.out + ended.err) == []


def test_escape_sequences_never_reach_the_terminal_from_an_import(
    similit: Similit, tmp_path: Path
) -> None:
    file = tmp_path / "evil.jsonl"
    file.write_text(f'{{"title": "{EVIL}"\n{EVIL}\n{{"{EVIL}": 2}}\n', encoding="utf-8")
    ended = similit("import", file, "--library", tmp_path / "new")
    assert "skipped" in ended.out
    assert CONTROL.findall(ended.out + ended.err) == []


@pytest.mark.parametrize("format", [writer.name for writer in writers()])
def test_escape_sequences_never_reach_the_terminal_from_an_export(
    similit: Similit, evil: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    named = ("--all", "--format", format, "--library", evil)
    assert similit("export", *named, "--output", "out").code == 0
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    ended = similit("export", *named)
    assert ended.code == 0
    assert CONTROL.findall(ended.out) == []
    # What a file gets is what the paper has.
    assert CONTROL.sub(" ", Path("out").read_bytes().decode()) == ended.out


def test_marks_stay_on_their_words_where_control_characters_are_taken_out() -> None:
    shown = marked(Extract("a\x1b \x07peer helps", ((4, 8),)))
    [span] = shown.spans
    assert shown.plain[span.start : span.end] == "peer"


def test_lone_surrogates_in_a_record_are_no_traceback(similit: Similit, tmp_path: Path) -> None:
    file = tmp_path / "odd.jsonl"
    file.write_text('{"id": "\\ud800", "title": "A \\ud800 peer", "abstract": "Peer \\udc00."}\n')
    assert similit("import", file, "--library", tmp_path / "odd").code == 0
    for command in (["ask", "peer"], ["show", "1"], ["ask", "peer", "--json"]):
        ended = similit(*command, "--library", tmp_path / "odd")
        assert ended.code == 0
        assert "peer" in ended.out.casefold()
