"""A copy of a library, papers and conversations, in one file; and back, while the bot runs."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
import zipfile
import zlib
from pathlib import Path

from bot.state import STATE, State
from corpus.errors import LibraryDamaged, UnreadableFile
from corpus.library import DATABASE, Library

_PARTS = (DATABASE, STATE)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def make(library: Library, file: Path) -> None:
    """Write a copy of `library` as it is now into `file`, whole or not at all.

    Nobody who asks or imports waits for it. Raises `UnreadableFile` where it cannot be written.
    """
    if file.exists() and not file.is_file():
        raise UnreadableFile(f"{file} cannot be written: it is not a file")
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as name:
            folder = Path(name)
            library.copy(folder / DATABASE)
            if (library.folder / STATE).is_file():
                with contextlib.closing(State(library.folder / STATE)) as state:
                    state.copy(folder / STATE)
            packed = folder / "copy"
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                for part in _PARTS:
                    if (folder / part).is_file():
                        archive.write(folder / part, part)
            packed.chmod(0o600)  # people's questions are in it
            packed.replace(file)
    except OSError as error:
        raise UnreadableFile(f"{file} cannot be written: {error.strerror}") from error


def restore(library: Library, file: Path) -> None:
    """Put the papers of the copy in `file` in the place of the library's, all at once.

    The questions behind the copy's lists are known again too, and none that are known now is
    lost. Raises `LibraryDamaged` where the file is no such copy, or cannot be put in place.
    """
    try:
        with tempfile.TemporaryDirectory(dir=library.folder, prefix=".restore-") as name:
            folder = Path(name)
            _unpack(file, folder)
            copied = (folder / STATE).is_file()
            if copied:
                State(folder / STATE).close()  # or it is damaged, and nothing is changed
            library.replace(folder / DATABASE)
            if copied:
                with contextlib.closing(State(library.folder / STATE)) as state:
                    state.take_up(folder / STATE)
    except LibraryDamaged as error:
        raise LibraryDamaged(str(error).replace(str(folder / DATABASE), str(file))) from error
    except (OSError, sqlite3.DatabaseError) as error:
        raise LibraryDamaged(f"{file} cannot be restored: {error}") from error


def _unpack(file: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            for part in set(_PARTS) & set(archive.namelist()):
                archive.extract(part, folder)
    except _BROKEN as error:
        raise LibraryDamaged(f"{file} is no copy that `similit backup` made: {error}") from error
    papers = folder / DATABASE
    if not papers.is_file() or not papers.stat().st_size:
        raise LibraryDamaged(f"{file} is no copy that `similit backup` made")
