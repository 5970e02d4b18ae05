"""The text of a file: lines with their numbers, or pieces, whatever its encoding and line ends."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.files import text as module
from corpus.files.encoding import encoding_of
from corpus.files.packed import File, files_in
from corpus.files.text import Line, Text, text_of

LINES = ["TY  - JOUR", "", "TI  - 同伴支持 \u2028 Müller", "ER  - "]


def file_of(content: bytes) -> File:
    return File(Path("papers.ris"), lambda: io.BytesIO(content))


def lines_of(content: bytes, encoding: str) -> list[Line]:
    with text_of(file_of(content), encoding) as text:
        return list(text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "gb18030", "utf-8-sig"])
def test_lines_without_their_ends_or_a_mark(end: str, encoding: str) -> None:
    content = end.join(LINES).encode(encoding)
    name = "utf-8" if encoding == "utf-8-sig" else encoding
    assert encoding_of(file_of(content), "gbk" if name == "gb18030" else "") == name
    assert lines_of(content, name) == [Line(*line) for line in enumerate(LINES, 1)]
    with text_of(file_of(content), name) as text:
        assert text.head(10) == "TY  - JOUR"
    with text_of(file_of(content), name) as text:
        assert "".join(text.pieces()) == "\n".join(LINES)


def test_big5_is_read_with_microsofts_additions() -> None:
    assert lines_of("碁，€".encode("cp950"), "big5") == [Line(1, "碁，€")]


def test_nul_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    content = b"TI\0 - Peer\0\0 support\n\0\nER\0"
    assert lines_of(content, "utf-8") == [Line(1, "TI - Peer support"), Line(2, ""), Line(3, "ER")]
    with text_of(file_of(content), "utf-8") as text:
        assert text.head(100) == "TI - Peer support\n\nER"
    monkeypatch.setattr(module, "_PIECE", 2)
    with text_of(file_of(content), "utf-8") as text:
        pieces = list(text.pieces())
    assert "".join(pieces) == "TI - Peer support\n\nER"
    assert all(pieces)


def test_the_line_that_is_being_read_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PIECE", 4)
    text = Text.of("one\ntwo\r\nthree\n")
    assert text.line == 0
    assert [(piece, text.line) for piece in text.pieces()] == [
        ("one\n", 1),
        ("two\n", 2),
        ("thre", 3),
        ("e\n", 3),
    ]
    text = Text.of("one\ntwo")
    assert [(line.number, text.line) for line in text] == [(1, 1), (2, 2)]


@given(st.text(st.sampled_from("ab\n\r\0é同")), st.integers(1, 9))
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_lines_and_pieces_are_the_same_text(
    monkeypatch: pytest.MonkeyPatch, content: str, size: int
) -> None:
    monkeypatch.setattr(module, "_PIECE", size)
    whole = content.replace("\r\n", "\n").replace("\r", "\n")
    expected = [line.replace("\0", "") for line in whole.split("\n")]
    if not whole or whole.endswith("\n"):
        expected.pop()
    assert [line.text for line in Text.of(content)] == expected
    text = Text.of(content)
    assert "".join(text.pieces()) == whole.replace("\0", "")
    assert text.line == whole.count("\n") + 1


def test_a_line_beyond_all_reason_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST", 4 << 20)
    content = b"one\n" + b"x" * (4 << 20)
    with pytest.raises(
        UnreadableFile, match=r"^papers\.ris has over 4 million characters in line 2$"
    ):
        lines_of(content, "utf-8")
    assert lines_of(content[:-1], "utf-8")[1].number == 2
    with text_of(file_of(content), "utf-8") as text:
        assert max(map(len, text.pieces())) == module._PIECE


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "papers.ris"
    path.write_bytes(b"one\n" * 100)
    (file,) = files_in(path)
    assert encoding_of(file) == "utf-8"
    path.write_bytes(b"one\n" * 100 + b"\xff")
    with (
        pytest.raises(UnreadableFile, match=r"papers\.ris is not utf-8: invalid start byte"),
        text_of(file, "utf-8") as text,
    ):
        list(text)


def test_an_error_of_who_reads_stays_itself() -> None:
    with pytest.raises(ValueError, match="mine"), text_of(file_of(b"one"), "utf-8"):
        raise ValueError("mine")
