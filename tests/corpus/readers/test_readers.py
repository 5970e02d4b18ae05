"""Finding a file's format by what it holds, and files that cannot be read."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from corpus import readers
from corpus.errors import UnknownFormat, UnreadableFile
from corpus.files.packed import files_in
from corpus.readers import Line, Reader, Recognised, recognise

JSONL = '{"id": "1", "title": "Peer support"}\n'
RIS = "TY  - JOUR\nTI  - Peer support\nER  - \n"
PAGE = "相似文献\n1.\nPeer support.  相似文献\n"


def made(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "papers.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def titles(path: Path) -> list[str]:
    return [record.paper.title for record in recognise(*files_in(path)).records()]


def test_the_formats_there_are() -> None:
    found = readers.readers()
    assert all(isinstance(reader, Reader) for reader in found)
    names = [reader.name for reader in found]
    assert {"jsonl", "ris", "similar-page"} <= set(names)
    assert len(set(names)) == len(names)
    assert [readers.reader_named(name) for name in names] == found


def test_a_format_that_is_named_is_not_looked_for(tmp_path: Path) -> None:
    (file,) = files_in(made(tmp_path, "Just a letter.\n"))
    assert recognise(file, format="ris").reader.name == "ris"
    with pytest.raises(UnknownFormat, match=r"^docx is not a format .* \(.*ris.*\)$"):
        recognise(file, format="docx")


@pytest.mark.parametrize("before", ["", "\ufeff", "\n \n", "\ufeff\r\n"])
@pytest.mark.parametrize(
    ("content", "name"), [(JSONL, "jsonl"), (RIS, "ris"), (PAGE, "similar-page")]
)
def test_a_format_is_found_by_content(tmp_path: Path, before: str, content: str, name: str) -> None:
    path = made(tmp_path, before + content)
    found = recognise(*files_in(path))
    assert found.reader.name == name
    assert len(list(found.records())) == 1


@pytest.mark.parametrize(
    ("content", "name"), [(JSONL, "jsonl"), (RIS, "ris"), (PAGE, "similar-page")]
)
def test_a_packed_file_is_read_as_it_is(tmp_path: Path, content: str, name: str) -> None:
    path = made(tmp_path, gzip.compress(content.encode()))
    found = recognise(*files_in(path))
    assert found.reader.name == name
    assert len(list(found.records())) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is empty"),
        (" \n\t\n", "is empty"),
        ("Just a letter.\n", "in no format"),
        ("a,b,c\n1,2,3\n", "in no format"),
        ("{\\rtf1 Not JSON}", "in no format"),
        ("%PDF-1.7\0\0", "in no format"),
        (bytes(100), "not a text file"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"\x1f\x8bnot gzip at all", "is damaged"),
    ],
)
def test_what_is_no_format_says_so(tmp_path: Path, content: str | bytes, reason: str) -> None:
    path = made(tmp_path, content)
    with pytest.raises(UnreadableFile, match=reason) as caught:
        recognise(*files_in(path))
    assert str(path) in str(caught.value)


def test_a_file_that_is_not_there_or_a_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="No such file"):
        recognise(*files_in(tmp_path / "none"))
    with pytest.raises(UnreadableFile, match="directory"):
        recognise(*files_in(tmp_path))


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("gbk", "gb18030"),
        ("big5", "big5"),
        ("utf-8-sig", "utf-8"),
    ],
)
def test_a_file_in_another_encoding_is_read(tmp_path: Path, encoding: str, expected: str) -> None:
    path = made(tmp_path, (RIS.replace("Peer support", "工作者的角色") * 3).encode(encoding))
    assert recognise(*files_in(path)).encoding == expected
    assert titles(path) == ["工作者的角色"] * 3


def test_a_file_is_read_in_the_encoding_that_its_owner_says(tmp_path: Path) -> None:
    (file,) = files_in(made(tmp_path, RIS.replace("Peer", "Пётр").encode("koi8-r")))
    (record,) = recognise(file, encoding="KOI8-R").records()
    assert record.paper.title == "Пётр support"
    with pytest.raises(UnreadableFile, match="'latin9x' is no encoding"):
        recognise(file, encoding="latin9x")


def test_a_file_that_fits_no_encoding_says_where(tmp_path: Path) -> None:
    path = made(tmp_path, JSONL.encode() + b'{"title": "Caf\xff"}\n' + "同伴".encode())
    with pytest.raises(UnreadableFile, match=f"but for line 2, byte {len(JSONL) + 14}$"):
        titles(path)


def test_a_packed_file_that_was_cut_off_says_so(tmp_path: Path) -> None:
    lines = b"".join(b'{"title": "%s"}\n' % os.urandom(40).hex().encode() for _ in range(3000))
    path = made(tmp_path, gzip.compress(lines)[:-20])
    with pytest.raises(UnreadableFile, match=r"papers\.txt cannot be read: it is cut off$"):
        titles(path)


def test_a_line_beyond_all_reason_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.files.text.LONGEST", 1 << 20)
    path = made(tmp_path, RIS + "TY  - JOUR\nTI  - " + "x" * (1 << 20) + "\nER  - \n")
    with pytest.raises(UnreadableFile, match="over 1 million characters in line 5"):
        titles(path)


def test_nul_in_a_file_is_left_out(tmp_path: Path) -> None:
    path = made(tmp_path, RIS.replace("Peer", "P\0eer\0") + "\0\0")
    assert titles(path) == ["Peer support"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_of_either_end_are_counted(tmp_path: Path, end: str) -> None:
    path = made(tmp_path, f"\ufeff{JSONL.strip()}{end}{end}{JSONL.strip()}")
    assert [record.line for record in recognise(*files_in(path)).records()] == [1, 3]


def test_a_reader_is_given_lines_without_their_ends(tmp_path: Path) -> None:
    def keep(lines):
        yield from lines

    path = made(tmp_path, "\ufeffone\r\n\ntwo \u2028still two")
    assert list(
        Recognised(*files_in(path), "utf-8", Reader("lines", lambda head: True, keep)).records()
    ) == [
        Line(1, "one"),
        Line(2, ""),
        Line(3, "two \u2028still two"),
    ]
