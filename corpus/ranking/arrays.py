"""Arrays in one file: memory-mapped when read, whole or not there at all."""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import sys
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

UNFINISHED = ".new-"
"""How the names of files begin that are not whole yet."""
_MAGIC = b"similit postings 2\n"
_ALIGNED = 64
_POPULATE_READ = 22  # MADV_POPULATE_READ, which Python has no name for


class TornIndex(Exception):
    """The file is not whole, or none of ours."""


class Sink:
    """Takes the arrays of a file piece by piece, each array's pieces in their order."""

    def __init__(self, file: IO[bytes], places: dict[str, int]) -> None:
        self._file = file
        self._places = places

    def put(self, name: str, piece: Array) -> None:
        """Append `piece` to the array `name`."""
        self._file.seek(self._places[name])
        self._file.write(np.ascontiguousarray(piece).data)
        self._places[name] += piece.nbytes


@contextlib.contextmanager
def writing(
    path: Path, sizes: Mapping[str, tuple[Any, int]], facts: Mapping[str, Any] | None = None
) -> Iterator[Sink]:
    """What takes the arrays of the file `path`, whose types and lengths are `sizes`.

    The file is there when everything has been put into it, and only then.
    """
    layout: dict[str, list[Any]] = {}
    offset = 0
    for name, (kind, length) in sizes.items():
        offset = -(-offset // _ALIGNED) * _ALIGNED
        layout[name] = [np.dtype(kind).str, length, offset]
        offset += np.dtype(kind).itemsize * length
    header = json.dumps({"arrays": layout, "bytes": offset, "facts": dict(facts or {})}).encode()
    start = _body_start(len(header))
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_MAGIC + b"%08x%08x" % (len(header), zlib.crc32(header)) + header)
            yield Sink(file, {name: start + at for name, (_, _, at) in layout.items()})
            # An empty last array leaves the file short of its declared size.
            file.truncate(start + offset)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).replace(path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


def _body_start(header: int) -> int:
    return -(-(len(_MAGIC) + 16 + header) // _ALIGNED) * _ALIGNED


def expect(array: Array) -> None:
    """Have all of the file that `array` is mapped from in memory, if that leaves half of it free.

    Else whoever comes first waits for every page that nobody has touched yet.
    """
    mapped = getattr(array.base, "obj", None)
    if not isinstance(mapped, mmap.mmap) or not hasattr(mapped, "madvise"):
        return
    room = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    if sys.platform == "linux" and len(mapped) < room:
        with contextlib.suppress(OSError):  # older than Linux 5.14
            mapped.madvise(_POPULATE_READ)
            return
    mapped.madvise(mmap.MADV_WILLNEED)


def read(path: Path) -> tuple[dict[str, Array], dict[str, Any]]:
    """The arrays in the file `path`, memory-mapped, and its facts.

    Raises `TornIndex` or `OSError`.
    """
    with path.open("rb") as file:
        beginning = file.read(len(_MAGIC) + 16)
        if len(beginning) < len(_MAGIC) + 16 or not beginning.startswith(_MAGIC):
            raise TornIndex(path)
        try:
            size, checksum = int(beginning[-16:-8], 16), int(beginning[-8:], 16)
        except ValueError:
            raise TornIndex(path) from None
        header = file.read(size)
        if len(header) != size or zlib.crc32(header) != checksum:
            raise TornIndex(path)
        declared = json.loads(header)
        start = _body_start(size)
        if os.fstat(file.fileno()).st_size != start + declared["bytes"]:
            raise TornIndex(path)
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    arrays = {
        name: np.frombuffer(mapped, dtype=kind, count=count, offset=start + offset)
        for name, (kind, count, offset) in declared["arrays"].items()
    }
    return arrays, declared["facts"]
