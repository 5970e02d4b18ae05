"""Finding a file's format by what it holds, and files that cannot be read."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from corpus import readers
from corpus.errors import UnreadableFile
from corpus.readers import Line, Reader, read, reader_for

JSONL = '{"id": "1", "title": "Peer support"}\n'
RIS = "TY  - JOUR\nTI  - Peer support\nER  - \n"
PAGE = "相似文献\n1.\nPeer support.  相似文献\n"


def made(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "papers.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def titles(path: Path) -> list[str]:
    return [record.paper.title for record in read(path, reader_for(path))]


def test_the_formats_there_are() -> None:
    assert [reader.name for reader in readers.readers()] == [
        "jsonl",
        "ris",
        "similar-literature page",
    ]
    assert all(isinstance(reader, Reader) for reader in readers.readers())


@pytest.mark.parametrize("before", ["", "\ufeff", "\n \n", "\ufeff\r\n"])
@pytest.mark.parametrize(
    ("content", "name"), [(JSONL, "jsonl"), (RIS, "ris"), (PAGE, "similar-literature page")]
)
def test_a_format_is_found_by_content(tmp_path: Path, before: str, content: str, name: str) -> None:
    path = made(tmp_path, before + content)
    reader = reader_for(path)
    assert reader.name == name
    assert len(list(read(path, reader))) == 1


@pytest.mark.parametrize(
    ("content", "name"), [(JSONL, "jsonl"), (RIS, "ris"), (PAGE, "similar-literature page")]
)
def test_a_packed_file_is_read_as_it_is(tmp_path: Path, content: str, name: str) -> None:
    path = made(tmp_path, gzip.compress(content.encode()))
    reader = reader_for(path)
    assert reader.name == name
    assert len(list(read(path, reader))) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is empty"),
        (" \n\t\n", "is empty"),
        ("Just a letter.\n", "in no format"),
        ("a,b,c\n1,2,3\n", "in no format"),
        ("{\\rtf1 Not JSON}", "in no format"),
        ("%PDF-1.7\0\0", "not a text file"),
        (JSONL.encode("utf-16"), "not a text file"),
        (b"\x1f\x8bnot gzip at all", "cannot be read"),
    ],
)
def test_what_is_no_format_says_so(tmp_path: Path, content: str | bytes, reason: str) -> None:
    path = made(tmp_path, content)
    with pytest.raises(UnreadableFile, match=reason) as caught:
        reader_for(path)
    assert str(path) in str(caught.value)


def test_a_file_that_is_not_there_or_a_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="No such file"):
        reader_for(tmp_path / "none")
    with pytest.raises(UnreadableFile, match="directory"):
        reader_for(tmp_path)


def test_a_file_that_is_not_utf8_says_where(tmp_path: Path) -> None:
    path = made(tmp_path, JSONL.encode() + '{"title": "Café"}\n'.encode("latin-1"))
    with pytest.raises(UnreadableFile, match=f"not UTF-8: line 2, byte {len(JSONL) + 14}"):
        titles(path)


def test_a_packed_file_that_was_cut_off_says_where(tmp_path: Path) -> None:
    lines = b"".join(b'{"title": "%s"}\n' % os.urandom(40).hex().encode() for _ in range(3000))
    path = made(tmp_path, gzip.compress(lines)[:-20])
    with pytest.raises(UnreadableFile, match=r"damaged after line 2\d\d\d"):
        titles(path)


def test_a_line_beyond_all_reason_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "_LONGEST_LINE", 1 << 20)
    path = made(tmp_path, JSONL + '{"title": "' + "x" * (1 << 20) + '"}\n')
    with pytest.raises(UnreadableFile, match="over 1 MB in line 2"):
        titles(path)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_of_either_end_are_counted(tmp_path: Path, end: str) -> None:
    path = made(tmp_path, f"\ufeff{JSONL.strip()}{end}{end}{JSONL.strip()}")
    assert [record.line for record in read(path, reader_for(path))] == [1, 3]


def test_a_reader_is_given_lines_without_their_ends(tmp_path: Path) -> None:
    def keep(lines):
        yield from lines

    path = made(tmp_path, "\ufeffone\r\n\ntwo \u2028still two")
    assert list(read(path, Reader("lines", lambda head: True, keep))) == [
        Line(1, "one"),
        Line(2, ""),
        Line(3, "two \u2028still two"),
    ]
