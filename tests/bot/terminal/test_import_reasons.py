"""Reasons in the report of an import: in the reader's language, but in JSON as they were given."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import messages
from bot.terminal.data import REASONS, reason
from corpus.library import Library
from tests.bot.terminal.running import PAPERS, Similit, jsonl

LANGUAGES = ("zh-CN", "zh-TW")
EXAMPLES = {
    "file": "导出/peer.ris",
    "line": "12",
    "byte": "345",
    "number": "7",
    "most": "8",
    "kind": "zip",
    "encoding": "utf-16-le",
    "mark": "ER",
    "title": "Peer support: {a} study",
    "known": "arxiv-atom, bibtex",
    "name": "'klingon'",
    "what": "Error -3",
    "why": "it is cut off",
}


def zipped(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("name", REASONS)
def test_english_says_what_the_library_says(name: str) -> None:
    told = REASONS[name].format(**EXAMPLES)
    assert reason(told, messages("en")) == told
    values = {key: value for key, value in EXAMPLES.items() if f"{{{key}}}" in REASONS[name]}
    assert messages("en")(name, **values) == told


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", REASONS)
def test_chinese_says_the_same_with_the_same_values(name: str, lang: str) -> None:
    said = reason(REASONS[name].format(**EXAMPLES), messages(lang))
    values = {key: value for key, value in EXAMPLES.items() if f"{{{key}}}" in REASONS[name]}
    if "why" in values:
        values["why"] = messages(lang)("reason-cut-off")
    assert said == messages(lang)(name, **values)
    for value in values.values():
        assert value in said


@pytest.mark.parametrize("told", ["arXiv answers: peer", "no paper in it", "", "{ $file }", "a\nb"])
def test_a_reason_that_is_not_known_here_is_told_as_it_is(told: str) -> None:
    for lang in ("en", *LANGUAGES):
        assert reason(told, messages(lang)) == told


@given(st.lists(st.sampled_from([*REASONS.values(), "\n", ": ", "{", "x" * 999]) | st.text()))
def test_any_reason_can_be_told(parts: list[str]) -> None:
    assert isinstance(reason(" ".join(parts), messages("zh-CN")), str)


# What the library really says

SAID: dict[str, tuple[str | bytes, str]] = {
    "a.jsonl": ('{"title": "好"}\n{bad\n', "第 2 条（第 2 行）：已跳过，不是有效的 JSON："),
    "b.jsonl": ('{"title": "好"}\n[1]\n', "已跳过，不是 JSON 对象"),
    "c.jsonl": ("{}\n", "已跳过，各字段均无内容"),
    "d.jsonl": ('{"title": "\\u200b"}\n', "已跳过，无题名、摘要和 DOI"),
    "e.jsonl": ('{"title": "x", "a": ' + "[" * 99 + "]" * 99 + "}\n", "已跳过，嵌套层次过深"),
    "f.ris": ("TY  - JOUR\nER  - \n", "已跳过，无题名、摘要和 DOI"),
    "g.ris": ("TY  - JOUR\nTI  - 好\n", "已跳过，记录没有结束标记（ER）"),
    "h.bib": ("@article{a,\n title = {x\n", "已跳过，条目没有结束：花括号或引号未闭合"),
    "i.csv": ('Title,Authors,Year\n好,王,2006\n"x,y,2006\n', "引号未闭合，文件可能被截断"),
    "j.txt": ("", "j.txt 是空文件。该文件未导入任何内容。"),
    "k.txt": ("Dear all.\n", "无法识别 k.txt 的格式（可读取：arxiv-atom,"),
    "l.txt": (bytes(99), "l.txt 不是文本文件。该文件未导入任何内容。"),
    "m.txt": (bytes(range(256)) * 20, "无法确定 m.txt 的编码：最接近 "),
    "n.txt": ('{"title": "好"}'.encode("utf-16")[:-1], "n.txt 不是 utf-16 编码：第 1 行（第 "),
    "o.gz": (b"\x1f\x8b not gzip", "无法读取 o.gz：文件已损坏（"),
    "p.xml": ("<PubmedArticleSet>\n<Other>", "p.xml，第 2 行：XML 不完整，可能被截断"),
    "q.json": (
        '[{"id": "1", "type": "book", "author": [{"family": "X"}]},',
        "q.json，第 1 行：不是有效的 JSON：内容不完整，可能被截断。该文件未导入任何内容。",
    ),
    "r.zip": (zipped("in.zip", b"PK\x03\x04..."), "是压缩包内的 zip 压缩包，请先解压"),
    "s.7z": (b"7z\xbc\xaf\x27\x1c...", "s.7z 是 7z 压缩包，请先解压"),
    "t.docx": (zipped("[Content_Types].xml", b"x"), "t.docx 是 Office 文档，请另存为 CSV"),
    "u.zip": (zipped("a.ris", bytes(65 << 20)), "u.zip 解压后超过 64 MB，不像是文本"),
}


@pytest.mark.parametrize("name", SAID)
def test_what_was_not_kept_is_told_in_chinese(similit: Similit, folder: Path, name: str) -> None:
    content, said = SAID[name]
    Path(name).write_bytes(content.encode() if isinstance(content, str) else content)
    arguments = ("import", name, "--library", folder, "--lang", "zh-CN")
    ended = similit(*arguments)
    assert "".join(said.split()) in "".join((ended.out + ended.err).split())
    report = json.loads(similit(*arguments, "--json").out)
    reasons = [one["reason"] for one in report["failed"] + report["skipped"]]
    assert reasons
    assert not re.search(r"[\u4e00-\u9fff]", "".join(reasons))


@pytest.mark.parametrize(
    ("lang", "said"),
    [("zh-CN", "已合并，与 #1 为同一文献："), ("zh-TW", "已合併，與 #1 為同一文獻：")],
)
def test_a_merged_record_is_told_in_chinese(
    similit: Similit, folder: Path, lang: str, said: str
) -> None:
    file = jsonl(Path("more.jsonl"), [{"title": "Peer talk", "doi": "10.1000/ABC"}])
    title = PAPERS[0]["title"]
    ended = similit("import", file, "--library", folder, "--lang", lang)
    assert "".join(f"{said}{title}".split()) in "".join(ended.out.split())
    similit("import", "--undo", "--library", folder)
    report = json.loads(similit("import", file, "--json", "--library", folder).out)
    assert report["merged"][0]["reason"] == f"the same paper as #1: {title}"


def test_files_that_are_gone_when_they_are_opened(tmp_path: Path) -> None:
    none = tmp_path / "none"
    with Library(tmp_path / "new", create=True) as library:
        report = library.add([tmp_path, none])
    told = [reason(why, messages("zh-CN")) for why in report.failed.values()]
    assert told == [
        f"{tmp_path} 是文件夹，请指定其中的文件",
        f"无法读取 {none}：文件不存在",
    ]
