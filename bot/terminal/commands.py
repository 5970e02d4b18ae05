"""What each command of the command line does."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable

from rich.table import Table
from rich.text import Text

from bot import about
from bot.answer import ask
from bot.terminal import data, layout
from bot.terminal.browsing import Browsing
from bot.terminal.desk import must_be_file
from bot.terminal.exits import DONE, SETTINGS, Refused
from bot.terminal.keeping import marked
from bot.terminal.prose import Prose
from bot.terminal.watching import Watching

_SOURCES_SHOWN = 10


class Terminal(Browsing, Watching):
    """The commands, for one set of arguments."""

    def run_command(self) -> int:
        """Do what the arguments ask; the number is the exit code."""
        name = self._arguments.command
        command: Callable[[], int] = getattr(self, "import_" if name == "import" else name)
        try:
            return command()
        except sqlite3.Error as error:
            raise Refused(f"The library cannot be used: {error}.", SETTINGS) from error

    def ask(self) -> int:
        """Similar papers for a text."""
        question = self._asked()
        with self._shelf() as shelf:
            library = shelf.library()
            demo = shelf.is_demo(library)
            stars, hidden = marked(shelf)
            listing = ask(
                library,
                question,
                demo=demo,
                explain=self._arguments.explain,
                marked=stars,
                hidden=hidden,
            )
        if self._arguments.json:
            self._json(data.results(listing.results))
            if demo:
                self._note(self._say("demo-note", papers=listing.results.papers))
        else:
            hits = listing.results.hits
            self._out.print(layout.listing(listing, self._say, hits, self._out.width))
        return DONE

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
        years = f"{min(counts.years)}-{max(counts.years)}" if counts.years else ""
        sources = [f"{count:,} · {name}" for name, count in counts.sources.items()]
        if more := len(sources[_SOURCES_SHOWN:]):
            sources[_SOURCES_SHOWN:] = [say("import-more", count=more)]
        for name, value in (
            ("stats-papers", f"{counts.papers:,}"),
            ("stats-records", f"{counts.records:,}"),
            ("stats-merged", f"{counts.records - counts.papers:,}"),
            ("stats-no-abstract", f"{counts.without_abstract:,}"),
            ("stats-no-title", f"{counts.without_title:,}"),
            ("stats-languages", languages),
            ("stats-years", years),
            ("stats-sources", "\n".join(sources)),
            ("stats-library", str(library.folder)),
            ("stats-version", state.version),
        ):
            table.add_row(Text(say(name), "dim"), Text(layout.plain(value), overflow="fold"))
        self._out.print(table)
        if demo:
            self._note(say("demo-note", papers=counts.papers))
        return DONE

    def about(self) -> int:
        """What there is to know of the bot here."""
        with self._shelf() as shelf:
            rows = about.rows(shelf, self._config.privacy.keep_questions_days, self._say)
            if self._arguments.json:
                self._json(about.facts(shelf, self._config.privacy.keep_questions_days))
                return DONE
        for name, value in rows:
            self._out.print(Prose(Text.assemble((f"{name}  ", "dim"), layout.plain(value))))
        return DONE

    def trec(self) -> int:
        """A TREC run on standard output."""
        file = self._arguments.queries
        must_be_file(file)
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
            ("check-glossary", str(config.glossary() or say("check-glossary-none"))),
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


def _word(name: str) -> str:
    """An id as one word: the fields of a run are separated by spaces."""
    return "_".join(name.split())
