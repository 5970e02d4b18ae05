"""The files in a file: itself, what gzip packed, or the members of a zip archive, with limits."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnreadableFile

_MEMBERS = 1_000
_DIRECTORY = 1 << 20  # bytes, for the names of so many
_FREE = 64 << 20  # this much may come out of anything
_TIMES = 250  # text packs to a tenth; a bomb to a thousandth
_OUT = 8 << 30  # and no more than this out of one file

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ARCHIVES = (  # where each shows that it is one
    (0, _GZIP, "gzip"),
    (0, _ZIP[0], "zip"),
    (0, _ZIP[1], "zip"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "RAR"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"\x28\xb5\x2f\xfd", "zstd"),
    (4, b"1AY&SY", "bzip2"),
    (257, b"ustar", "tar"),
)
_UNPACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_NAMES_IN = {"utf-8": "gb18030", "gb18030": "gb18030", "big5hkscs": "big5", "cp437": ""}
_BROKEN = (OSError, EOFError, ValueError, RuntimeError, struct.error, zlib.error)
_BROKEN_ZIP = (*_BROKEN, IndexError, zipfile.BadZipFile)

_Source = io.FileIO | gzip.GzipFile | zipfile.ZipExtFile | io.BytesIO


@dataclass(frozen=True, slots=True)
class File:
    """One file to read: `path` is where it lies, `archive.zip/member` where it is in an archive."""

    path: Path
    _open: Callable[[], _Source]
    _most: int | None = None
    """How many bytes may come out of it, where it is packed."""

    def open(self) -> io.BufferedReader:
        """Its bytes from the beginning, unpacked. Raises `UnreadableFile`, while reading too."""
        stream: io.BufferedReader = io.BufferedReader(
            _Checked(self.path, self._open, self._most), 1 << 16
        )
        if name := _archive(stream.peek()):
            stream.close()
            within = "" if self._most is None else " within an archive"
            raise UnreadableFile(f"{self.path} is a {name} archive{within}: unpack it first")
        return stream


def files_in(path: Path) -> list[File]:
    """What is to be read where `path` is said. Raises `UnreadableFile`."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise UnreadableFile(f"{path} is a directory: name the files in it")
        if not stat.S_ISREG(found.st_mode):  # reading a device or a pipe may never end
            raise UnreadableFile(f"{path} is not a regular file")
        with path.open("rb") as stream:
            beginning = stream.read(4)
        if beginning.startswith(_ZIP):
            return _members(path, _most(found.st_size))
    except _BROKEN_ZIP as error:
        raise UnreadableFile(_sentence(path, error)) from error
    if beginning.startswith(_GZIP):
        return [File(path, lambda: gzip.open(path), _most(found.st_size))]
    return [File(path, lambda: io.FileIO(path))]


def _archive(beginning: bytes) -> str:
    found = (name for offset, mark, name in _ARCHIVES if beginning.startswith(mark, offset))
    return next(found, "")


def _most(packed: int) -> int:
    return min(_OUT, max(_FREE, packed * _TIMES))


def _members(path: Path, most: int) -> list[File]:
    with _Directory(path) as stream, zipfile.ZipFile(stream) as archive:
        named = [(_name(one), one) for one in archive.infolist()]
    members = [(name, one) for name, one in named if not _is_clutter(name)]
    if any(name == "[Content_Types].xml" for name, _ in members):
        raise UnreadableFile(f"{path} is an Office document: save it as CSV and import that")
    if not members:
        raise UnreadableFile(f"{path} is an archive with no file in it")
    if len(members) > _MEMBERS:
        raise UnreadableFile(f"{path} has over {_MEMBERS:,} files in it: unpack it first")
    if any(one.flag_bits & 1 for _, one in members):
        raise UnreadableFile(f"{path} is locked with a password: unpack it first")
    if sum(one.file_size for _, one in members) > most:
        raise UnreadableFile(_too_large(path, most))
    return [_member(path, name, one) for name, one in members]


def _member(path: Path, name: str, member: zipfile.ZipInfo) -> File:
    parts = (part for part in name.split("/") if part not in ("", ".", ".."))
    inside = path.joinpath(*parts)

    def opened() -> zipfile.ZipExtFile:
        if member.compress_type not in _UNPACKED:
            raise UnreadableFile(f"{inside} is packed in an unusual way: unpack it first")
        with zipfile.ZipFile(path) as archive:  # what is read of it keeps the file open
            return archive.open(member)  # type: ignore[return-value]  # typeshed: IO[bytes]

    return File(inside, opened, member.file_size)


def _name(member: zipfile.ZipInfo) -> str:
    name = member.filename
    if not member.flag_bits & 0x800 and not name.isascii():
        # In the encoding of whoever packed it, which is not said: zipfile takes it for DOS's.
        from corpus.files.plausible import likeliest  # numpy: few need to wait for it

        raw = name.encode("cp437", "replace")
        name = raw.decode(likeliest([raw], _NAMES_IN), "replace")
    return "".join(char if char.isprintable() else "\ufffd" for char in name[:255])


def _is_clutter(name: str) -> bool:
    parts = name.split("/")
    return not parts[-1] or parts[-1].startswith(".") or parts[0] == "__MACOSX"


class _Directory(io.FileIO):
    """An archive of which no more is read at once than its list of members may take."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _DIRECTORY:
            raise UnreadableFile(f"{self.name} has too many files in it: unpack it first")
        return super().read(size)


class _Checked(io.RawIOBase):
    """Bytes as they come, until they are more than text can have been; errors as sentences."""

    def __init__(self, path: Path, opened: Callable[[], _Source], most: int | None) -> None:
        self._path = path
        self._most = most
        self._out = 0
        try:
            self._stream = opened()
        except _BROKEN_ZIP as error:
            raise UnreadableFile(_sentence(path, error)) from error
        self._read = getattr(self._stream, "read1", self._stream.read)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed: a Buffer
        try:
            data = self._read(len(buffer))
        except gzip.BadGzipFile as error:
            if not self._out or "Not a gzipped file" not in str(error):
                raise UnreadableFile(_sentence(self._path, error)) from error
            data = b""  # what gzip itself calls trailing garbage, and ignores
        except _BROKEN_ZIP as error:
            raise UnreadableFile(_sentence(self._path, error)) from error
        buffer[: len(data)] = data
        self._out += len(data)
        if self._most is not None and self._out > self._most:
            raise UnreadableFile(_too_large(self._path, self._most))
        return len(data)

    def close(self) -> None:
        if not self.closed and hasattr(self, "_stream"):
            self._stream.close()
        super().close()


def _too_large(path: Path, most: int) -> str:
    return f"{path} unpacks to over {most >> 20:,} MB, which text does not: unpack it first"


def _sentence(path: Path, error: Exception) -> str:
    if isinstance(error, EOFError):
        told = "it is cut off"
    elif isinstance(error, OSError) and error.strerror:
        told = error.strerror
    else:
        told = f"it is damaged ({str(error)[:200]})"
    return f"{path} cannot be read: {told}"
