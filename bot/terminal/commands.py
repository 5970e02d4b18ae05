"""What each command of the command line does."""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from bot.answer import Question, ask
from bot.config import Config
from bot.messages import Messages
from bot.shelf import Shelf
from bot.terminal import data, layout
from bot.terminal.exits import DONE, NOTHING, SETTINGS, USAGE, Refused
from corpus.library import ImportReport, Library
from corpus.paper import Filters

_REMARKS_SHOWN = 20
_STANDARD_INPUT = "-"


class Terminal:
    """The commands, for one set of arguments."""

    def __init__(self, arguments: argparse.Namespace, config: Config, say: Messages) -> None:
        self._arguments = arguments
        self._config = config
        self._say = say
        self._out = layout.console()
        self._err = layout.console(stderr=True)

    def run_command(self) -> int:
        """Do what the arguments ask; the number is the exit code."""
        name = self._arguments.command
        command: Callable[[], int] = getattr(self, "import_" if name == "import" else name)
        try:
            return command()
        except sqlite3.Error as error:
            raise Refused(f"The library cannot be used: {error}.", SETTINGS) from error

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

    def ask(self) -> int:
        """Similar papers for a text."""
        given = self._arguments
        text = self._question()
        question = Question(
            text=text,
            reader=self._say.language,
            top=given.top or self._config.reply.count,
            filters=Filters(
                author=given.author or "",
                journal=given.journal or "",
                first_year=given.year[0] if given.year else None,
                last_year=given.year[1] if given.year else None,
                language=given.language or "",
                without=tuple(given.without or ()),
            ),
        )
        with self._shelf() as shelf:
            library = shelf.library()
            demo = shelf.is_demo(library)
            listing = ask(library, question, demo=demo)
        if given.json:
            self._json(data.results(listing.results))
            if demo:
                self._note(self._say("demo-note", papers=listing.results.papers))
        else:
            hits = listing.results.hits
            self._out.print(layout.listing(listing, self._say, hits, self._out.width))
        return DONE

    def _question(self) -> str:
        given = self._arguments
        if given.file is not None:
            text = _read(given.file)
        elif given.text == [_STANDARD_INPUT]:
            text = sys.stdin.read()
        else:
            text = " ".join(given.text)
        if not text.strip():
            raise Refused(self._say("empty-question-shell"), USAGE)
        return text.strip()

    def chat(self) -> int:
        """The conversation at a prompt."""
        from bot.terminal.chat import Chat

        with self._shelf() as shelf:
            Chat(shelf, self._say, self._out, self._config.reply.count).run(input)
        return DONE

    def show(self) -> int:
        """One paper, whole."""
        with self._shelf() as shelf:
            paper = shelf.library().named(" ".join(self._arguments.paper))
        if self._arguments.json:
            self._json(data.paper(paper))
        else:
            self._out.print(layout.paper(paper, self._say))
        return DONE

    def stats(self) -> int:
        """What the library holds."""
        say = self._say
        with self._shelf() as shelf:
            library = shelf.library()
            counts, state = library.counts(), library.state()
            demo = shelf.is_demo(library)
        if self._arguments.json:
            self._json(data.stats(counts, state.version, library.folder))
            return DONE
        table = Table.grid(padding=(0, 2))
        languages = " · ".join(f"{name} {count:,}" for name, count in counts.languages.items())
        years = f"{counts.years[0]}-{counts.years[1]}" if counts.years else ""
        for name, value in (
            ("stats-papers", f"{counts.papers:,}"),
            ("stats-records", f"{counts.records:,}"),
            ("stats-no-abstract", f"{counts.without_abstract:,}"),
            ("stats-no-title", f"{counts.without_title:,}"),
            ("stats-languages", languages),
            ("stats-years", years),
            ("stats-library", str(library.folder)),
            ("stats-version", state.version),
        ):
            table.add_row(Text(say(name), "dim"), Text(layout.plain(value)))
        self._out.print(table)
        if demo:
            self._note(say("demo-note", papers=counts.papers))
        return DONE

    def import_(self) -> int:
        """Papers in."""
        files: list[Path] = self._arguments.files
        for file in files:
            _must_be_file(file)
        path, _ = self._config.library_path()
        with Library(self._arguments.library or path, create=True) as library:
            report = self._import(library, files)
        if self._arguments.json:
            self._json(data.report(report))
        else:
            self._report(report)
        return DONE if report.kept else NOTHING

    def _import(self, library: Library, files: list[Path]) -> ImportReport:
        if not self._err.is_terminal:
            return library.add(files)
        from bot.terminal.progress import ImportProgress

        with ImportProgress(self._err, self._say) as progress:
            return library.add(files, progress)

    def _report(self, report: ImportReport) -> None:
        say, out = self._say, self._out
        for reason in report.failed.values():
            self._note(say("import-failed", reason=reason), "red")
        for name, remarks in (("import-merged", report.merged), ("import-skipped", report.skipped)):
            for one in remarks[:_REMARKS_SHOWN]:
                out.print(
                    say(
                        name,
                        file=str(one.file),
                        record=str(one.record),
                        line=str(one.line),
                        reason=one.reason,
                    )
                )
            if len(remarks) > _REMARKS_SHOWN:
                out.print(say("import-more", count=len(remarks) - _REMARKS_SHOWN))
        out.print(
            say(
                "import-done",
                added=report.added,
                merged=len(report.merged),
                known=report.known,
                skipped=len(report.skipped),
                papers=report.papers,
            )
        )
        if report.without_abstract:
            out.print(say("import-no-abstract", count=report.without_abstract))

    def trec(self) -> int:
        """A TREC run on standard output."""
        file: Path = self._arguments.queries
        _must_be_file(file)
        with self._shelf() as shelf:
            library = shelf.library()
            library.warm(chinese=False)
            for query in data.run_queries(file):
                found = library.rank(query.text, self._arguments.top, without=query.without)
                for rank, (name, score) in enumerate(found, 1):
                    sys.stdout.write(
                        f"{_word(query.id)} Q0 {_word(name)} {rank} {score!r} similit\n"
                    )
        return DONE

    def check(self) -> int:
        """Configuration, library and index, without logging in."""
        say = self._say
        table = Table.grid(padding=(0, 2))
        config = self._config
        token = config.token()
        with self._shelf() as shelf:
            library = shelf.library()
            papers, status = library.state().papers, library.index_status()
            if shelf.is_demo(library):
                holds = say("check-library-demo", path=str(shelf.path))
            else:
                holds = say("check-library-papers", path=str(shelf.path), papers=papers)
        from bot.invite import application_id, invite_link

        application = application_id(token)
        link = invite_link(application) if application else say("check-invite-unknown")
        found = "check-token-found" if token else "check-token-missing"
        for name, value in (
            ("check-config", str(config.file or say("check-config-none"))),
            ("check-library", holds),
            ("check-index", say(f"check-index-{status}")),
            ("check-token", say(found)),
            ("check-invite", link),
        ):
            table.add_row(Text(say(name), "dim"), Text(value, overflow="fold"))
        self._out.print(table)
        return DONE

    def run(self) -> int:
        """The Discord bot."""
        token = self._config.token()
        if not token:
            raise Refused(self._say("no-token"), SETTINGS)
        from bot.discord.running import run

        with self._shelf() as shelf:
            return run(shelf, self._config, token)

    def _note(self, text: str, style: str = "dim") -> None:
        self._err.print(Text(text, style))


def _must_be_file(path: Path) -> None:
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "does not exist"
        raise Refused(f"{path} {what}.", USAGE)


def _word(name: str) -> str:
    """An id as one word: the fields of a run are separated by spaces."""
    return "_".join(name.split())


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise Refused(f"{path} does not exist.", USAGE) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"{path} cannot be read as text: {error}.", USAGE) from error
