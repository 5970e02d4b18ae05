"""What every command works with: its arguments, the library, and where its words go."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.text import Text

from bot.answer import Question
from bot.config import Config
from bot.declined import Declined
from bot.messages import Messages
from bot.query_line import BadLine, asked
from bot.question_file import question_in
from bot.shelf import Shelf
from bot.terminal import layout
from bot.terminal.exits import USAGE, Refused
from bot.terminal.pointing import pointed
from corpus.library import DATABASE, SPOOL
from corpus.paper import Filters

_STANDARD_INPUT = "-"


class Desk:
    """One run of the command line."""

    def __init__(self, arguments: argparse.Namespace, config: Config, say: Messages) -> None:
        self._arguments = arguments
        self._config = config
        self._say = say
        self._out = layout.console()
        self._err = layout.console(stderr=True)

    @contextmanager
    def _shelf(self) -> Iterator[Shelf]:
        shelf = Shelf(self._config, self._arguments.library)
        try:
            yield shelf
        finally:
            shelf.close()

    def _json(self, value: Any) -> None:
        # Straight to the stream: rich would wrap it.
        sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")

    def _tell(self, text: str) -> None:
        self._out.print(layout.plain(text))

    def _note(self, text: str, style: str = "dim") -> None:
        self._err.print(Text(layout.plain(text), style))

    def _asked(self) -> Question:
        """The question that the arguments put. Raises `Refused` where it is no good line."""
        question = Question(
            reader=self._say.language,
            top=self._arguments.top or self._config.reply.count,
            filters=self._filters(),
        )
        try:
            return asked(question, self._question())
        except BadLine as error:
            told = pointed(error, self._say, self._err.width)
            raise Refused(layout.plain(told), USAGE) from error

    def _filters(self) -> Filters:
        given = self._arguments
        return Filters(
            author=given.author or "",
            journal=given.journal or "",
            first_year=given.year[0] if given.year else None,
            last_year=given.year[1] if given.year else None,
            language=given.language or "",
            without=tuple(given.without or ()),
        )

    def _question(self) -> str:
        given = self._arguments
        if given.file is not None:
            text = self._in_file(given.file)
        elif given.text == [_STANDARD_INPUT]:
            text = sys.stdin.read()
        else:
            text = " ".join(given.text)
        if not text.strip():
            raise Refused(self._say("empty-question-shell"), USAGE)
        return text.strip()

    def _in_file(self, path: Path) -> str:
        must_be_file(path)
        with self._shelf() as shelf:
            try:
                return question_in(path, shelf.library())
            except Declined as error:
                raise Refused(
                    f"{path}: {self._say(error.message, **error.values)}", USAGE
                ) from error


def aside(folder: Path, *, dry_run: bool) -> tempfile.TemporaryDirectory[str] | None:
    """A passing folder for the library that `folder` is to have; None where it has one, or is in
    use, or cannot be made.
    """
    if (folder / DATABASE).exists():
        return None
    if dry_run:
        return tempfile.TemporaryDirectory(prefix="similit-")
    try:
        near = next(one for one in (folder, *folder.parents) if one.exists())
        if near == folder and any(part.name != SPOOL for part in folder.iterdir()):
            return None
        return tempfile.TemporaryDirectory(prefix=".similit-", dir=near)
    except OSError:
        return None


def put_in_place(made: Path, folder: Path) -> bool:
    """Whether the closed library in `made` is in `folder` now: never in the place of another."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for part in sorted(made.iterdir(), key=lambda part: part.name == DATABASE):
            if part.is_dir():
                part.rename(folder / part.name)
            else:  # renamed, it would take the place of what another process has made meanwhile
                (folder / part.name).hardlink_to(part)
    except OSError:
        return False
    return True


def must_be_file(path: Path) -> None:
    """Refuse, as wrong usage, a path that is no file."""
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "does not exist"
        raise Refused(f"{path} {what}.", USAGE)


def read_text(path: Path) -> str:
    """The text of a file that somebody named. Raises `Refused`."""
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise Refused(f"{path} does not exist.", USAGE) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{path} cannot be read as text: {error}.", USAGE) from error
