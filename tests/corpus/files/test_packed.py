"""Files that are in files: what comes out of them, and what is refused in one sentence."""

from __future__ import annotations

import bz2
import copy
import gzip
import io
import lzma
import os
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.files import packed
from corpus.files.packed import files_in

RIS = b"TY  - JOUR\r\nTI  - Peer support\r\nER  - \r\n"
MB = 1 << 20


def made(folder: Path, content: bytes, name: str = "papers.bin") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def repeated(content: bytes, times: int) -> bytes:
    """An archive whose directory has the one member in it many times over."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("papers.ris", content)
        archive.filelist += [copy.copy(archive.filelist[0]) for _ in range(times - 1)]
    return out.getvalue()


def read(path: Path) -> dict[str, bytes]:
    """What is in each file there, by its path below `path`'s folder."""
    out = {}
    for file in files_in(path):
        with file.open() as stream:
            out[file.path.relative_to(path.parent).as_posix()] = stream.read()
    return out


def refusal(path: Path) -> str:
    """The one sentence in which the file is refused; it names the file."""
    with pytest.raises(UnreadableFile) as caught:
        read(path)
    sentence = str(caught.value)
    assert sentence.startswith(str(path))
    assert "\n" not in sentence
    return sentence


# What comes out


def test_a_file_that_is_not_packed_is_itself(tmp_path: Path) -> None:
    assert read(made(tmp_path, RIS)) == {"papers.bin": RIS}
    assert read(made(tmp_path, b"")) == {"papers.bin": b""}


def test_a_file_can_be_read_more_than_once(tmp_path: Path) -> None:
    for content in (RIS, gzip.compress(RIS), zipped(("a.ris", RIS))):
        (file,) = files_in(made(tmp_path, content))
        for _ in range(2):
            with file.open() as stream:
                assert stream.read(10) + stream.read() == RIS


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(RIS),
        gzip.compress(RIS[:9]) + gzip.compress(b"") + gzip.compress(RIS[9:]),
        gzip.compress(RIS) + bytes(1000),
        gzip.compress(RIS) + b"garbage",
    ],
    ids=["one", "three", "zeros after it", "garbage after it"],
)
def test_what_gzip_packed(tmp_path: Path, content: bytes) -> None:
    assert read(made(tmp_path, content)) == {"papers.bin": RIS}


def test_the_members_of_an_archive_in_their_order_without_clutter(tmp_path: Path) -> None:
    content = zipped(
        ("b/", b""),
        ("b/two.ris", RIS),
        ("one.ris", b"1"),
        ("__MACOSX/._one.ris", b"x"),
        (".DS_Store", b"x"),
        ("b/.hidden", b"x"),
    )
    path = made(tmp_path, content)
    assert read(path) == {"papers.bin/b/two.ris": RIS, "papers.bin/one.ris": b"1"}
    assert [file.path.name for file in files_in(path)] == ["two.ris", "one.ris"]


def test_an_archive_with_something_after_it(tmp_path: Path) -> None:
    path = made(tmp_path, zipped(("one.ris", RIS)) + b"something")
    assert read(path) == {"papers.bin/one.ris": RIS}


def test_an_archive_in_the_form_for_very_large_ones(tmp_path: Path) -> None:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w") as archive,
        archive.open("one.ris", "w", force_zip64=True) as member,
    ):
        member.write(RIS)
    assert read(made(tmp_path, out.getvalue())) == {"papers.bin/one.ris": RIS}


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("/etc/passwd", "etc/passwd"),
        ("../../x.ris", "x.ris"),
        ("a/./../b.ris", "a/b.ris"),
        ("x" * 60_000, "x" * 255),
        ("a\nb\x1b[2J.ris", "a\ufffdb\ufffd[2J.ris"),
        ("a\u202esir.exe", "a\ufffdsir.exe"),
        ("论文/同伴支持.ris", "论文/同伴支持.ris"),
    ],
)
def test_a_members_name_is_shown_inside_its_archive(tmp_path: Path, name: str, shown: str) -> None:
    path = made(tmp_path, zipped((name, RIS)))
    assert read(path) == {f"papers.bin/{shown}": RIS}


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("同伴支持论文.ris", "gbk"),
        ("相似文獻.ris", "big5"),
        ("同伴支持.ris", "utf-8"),
        ("Müller.ris", "cp437"),
    ],
)
def test_a_members_name_is_read_in_its_packers_encoding(
    tmp_path: Path, name: str, encoding: str
) -> None:
    raw = name.encode(encoding)
    content = zipped(("x" * len(raw), RIS)).replace(b"x" * len(raw), raw)
    assert read(made(tmp_path, content)) == {f"papers.bin/{name}": RIS}


# What is refused


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (gzip.compress(RIS)[:-4], "cannot be read: it is cut off"),
        (gzip.compress(RIS)[:12], "cannot be read: it is cut off"),
        (gzip.compress(RIS)[:-8] + bytes(8), "it is damaged (CRC check failed"),
        (b"\x1f\x8bnot gzip at all", "it is damaged (Unknown compression method)"),
        (zipped(("a.ris", RIS))[:-30], "it is damaged (File is not a zip file)"),
        (gzip.compress(RIS)[:20] + bytes(20), "is damaged"),
        (zipped(), "is an archive with no file in it"),
        (zipped(("a/", b""), ("__MACOSX/a", b"x")), "is an archive with no file in it"),
        (zipped(("[Content_Types].xml", b"x"), ("xl/a", b"x")), "is an Office document"),
        (b"7z\xbc\xaf\x27\x1c\0\x04rest", "is a 7z archive: unpack it first"),
        (b"Rar!\x1a\x07\x01\0rest", "is a RAR archive: unpack it first"),
        (bz2.compress(RIS), "is a bzip2 archive: unpack it first"),
        (lzma.compress(RIS), "is a xz archive: unpack it first"),
        (b"\x28\xb5\x2f\xfdrest", "is a zstd archive: unpack it first"),
        (gzip.compress(gzip.compress(RIS)), "is a gzip archive within an archive"),
        (gzip.compress(zipped(("a", RIS))), "is a zip archive within an archive"),
    ],
)
def test_what_cannot_be_unpacked_says_so(tmp_path: Path, content: bytes, reason: str) -> None:
    assert reason in refusal(made(tmp_path, content))


def test_a_member_that_is_damaged_leaves_the_others(tmp_path: Path) -> None:
    content = zipped(("a.ris", b"A" * 99), ("b.ris", RIS), method=zipfile.ZIP_STORED)
    path = made(tmp_path, content.replace(b"AAA", b"BBB"))
    damaged, good = files_in(path)
    with pytest.raises(UnreadableFile, match="Bad CRC-32") as caught, damaged.open() as stream:
        stream.read()
    assert str(caught.value).startswith(f"{path}/a.ris cannot be read: it is damaged (")
    with good.open() as stream:
        assert stream.read() == RIS


def test_a_tar_archive_says_so_even_where_it_is_packed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.add(made(tmp_path, RIS, "a.ris"))
    assert "is a tar archive: unpack" in refusal(made(tmp_path, out.getvalue()))
    assert "is a tar archive within" in refusal(made(tmp_path, gzip.compress(out.getvalue())))


def test_an_archive_within_an_archive_says_which(tmp_path: Path) -> None:
    inner = zipped(("inner/papers.ris", RIS))
    path = made(tmp_path, zipped(("a.zip", inner), ("b.ris", RIS), ("c.gz", gzip.compress(RIS))))
    first, second, third = files_in(path)
    with pytest.raises(UnreadableFile, match=r"a\.zip is a zip archive within an archive: unpack"):
        first.open()
    with second.open() as stream:
        assert stream.read() == RIS
    with pytest.raises(UnreadableFile, match=r"c\.gz is a gzip archive within an archive: unpack"):
        third.open()


def test_a_member_packed_by_a_rare_method_says_so(tmp_path: Path) -> None:
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        path = made(tmp_path, zipped(("a.ris", RIS), method=method))
        assert "a.ris is packed in an unusual way: unpack it first" in refusal(path)


def test_an_archive_with_a_password_says_so(tmp_path: Path) -> None:
    content = bytearray(zipped(("a.ris", RIS)))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "is locked with a password" in refusal(made(tmp_path, bytes(content)))


def test_an_archive_of_too_many_files_says_so(tmp_path: Path) -> None:
    assert len(files_in(made(tmp_path, repeated(b"x", 1000)))) == 1000
    assert "has over 1,000 files in it" in refusal(made(tmp_path, repeated(b"x", 1001)))


def test_a_list_of_members_is_not_read_where_it_is_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = made(tmp_path, repeated(b"x", 20_000))
    taken: list[int] = []
    monkeypatch.setattr(zipfile.ZipInfo, "_decodeExtra", lambda *_: taken.append(1), raising=True)
    assert "has too many files in it" in refusal(path)
    assert taken == []


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(bytes(65 * MB)),
        gzip.compress(bytes(MB)) * 65,
        zipped(("a", bytes(65 * MB))),
        zipped(("a", bytes(40 * MB)), ("b", bytes(40 * MB))),
        repeated(bytes(MB), 65),
    ],
    ids=["gzip", "many in one gzip", "zip", "two in a zip", "overlapping in a zip"],
)
def test_a_bomb_is_refused(tmp_path: Path, content: bytes) -> None:
    path = made(tmp_path, content)
    assert path.stat().st_size < 2 * MB
    assert "unpacks to over 64 MB, which text does not" in refusal(path)


def test_text_that_packs_well_is_no_bomb(tmp_path: Path) -> None:
    text = b"".join(b"PMID- %d\nTI  - Peer support\n\n" % number for number in range(10**5))
    assert read(made(tmp_path, gzip.compress(text)))["papers.bin"] == text


def test_more_than_is_free_may_come_out_of_a_large_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "_FREE", 1000)
    text = random.Random(1).randbytes(10_000)
    for content in (gzip.compress(text), zipped(("a", text))):
        assert text in read(made(tmp_path, content)).values()
        assert "unpacks to over" in refusal(made(tmp_path, gzip.compress(bytes(MB))))


# What is no file


def test_what_is_not_there_says_so(tmp_path: Path) -> None:
    assert "No such file" in refusal(tmp_path / "none")
    assert "is a directory" in refusal(tmp_path)
    assert "embedded null byte" in refusal(tmp_path / "a\0b")
    assert "too long" in refusal(tmp_path / ("x" * 5000))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_what_would_never_end_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    for path in (tmp_path / "pipe", tmp_path / "link", Path("/dev/zero")):
        assert "is not a regular file" in refusal(path)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="its user may read everything"
)
def test_what_may_not_be_read_says_so(tmp_path: Path) -> None:
    path = made(tmp_path, RIS)
    path.chmod(0)
    assert "Permission denied" in refusal(path)


def test_an_error_of_the_disk_is_a_sentence(tmp_path: Path) -> None:
    class Failing(io.BytesIO):
        def read1(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    file = packed.File(tmp_path / "a", Failing)
    with pytest.raises(UnreadableFile, match="cannot be read: Input/output error"):
        file.open()


def test_an_error_of_who_reads_stays_itself(tmp_path: Path) -> None:
    (file,) = files_in(made(tmp_path, RIS))
    for error in (RuntimeError, OSError, ValueError, EOFError):
        with pytest.raises(error), file.open():
            raise error


SEEDS = [
    gzip.compress(RIS * 20) + gzip.compress(RIS),
    zipped(("a.ris", RIS * 20), ("论文.ris", RIS)),
    zipped(("a.ris", RIS), ("b/c.ris", RIS), method=zipfile.ZIP_STORED),
    zipped(("a.ris", RIS), method=zipfile.ZIP_LZMA),
]
PLACE = st.integers(0, 500)
DAMAGE: list[Callable[[bytes, int, bytes], bytes]] = [
    lambda content, place, new: content[:place] + new + content[place + len(new) :],
    lambda content, place, new: content[:place] + new + content[place:],
    lambda content, place, new: content[:place] + content[place + 10 :],
    lambda content, place, new: content[:place],
    lambda content, place, new: content + new,
]


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.sampled_from(DAMAGE), PLACE, st.binary(max_size=8)), max_size=4),
)
def test_whatever_is_damaged_is_read_or_refused(
    tmp_path: Path, content: bytes, damages: list[tuple[Callable[..., bytes], int, bytes]]
) -> None:
    for damage, place, new in damages:
        content = damage(content, place, new)
    path = made(tmp_path, content)
    refusals = []
    try:
        files = files_in(path)
    except UnreadableFile as error:
        refusals, files = [str(error)], []
    for file in files:
        try:
            with file.open() as stream:
                stream.read()
        except UnreadableFile as error:
            refusals.append(str(error))
    assert all(sentence.startswith(str(path)) for sentence in refusals)
