"""The bot's conversation at a prompt."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable

from rich.console import Console
from rich.text import Text

from bot.about import example
from bot.answer import Listing, Question, ask, explained
from bot.declined import Declined
from bot.follow_up import FollowUp, follow_up
from bot.messages import Messages
from bot.query_line import BadLine, asked
from bot.shelf import Shelf
from bot.terminal import layout
from bot.terminal.keeping import marked, saved
from bot.terminal.pointing import pointed
from bot.terminal.prose import Prose
from corpus.errors import PaperNotFound


class Chat:
    """One conversation: remembers the list that was shown last."""

    def __init__(self, shelf: Shelf, say: Messages, console: Console, top: int) -> None:
        self._shelf = shelf
        self._say = say
        self._console = console
        self._top = top
        self._shown: Listing | None = None

    def run(self, read: Callable[[str], str]) -> None:
        """Converse until the person ends it. `read` takes the prompt and gives a line."""
        say = self._say
        library = self._shelf.library()
        self._console.print(Text(say("chat-hello", papers=library.state().papers), "dim"))
        # A prompt is for people: a script that pipes its questions in wants only answers.
        prompt = say("chat-prompt") + " " if sys.stdin.isatty() else ""
        while True:
            try:
                line = read(prompt).strip()
            except EOFError:
                break
            except KeyboardInterrupt:
                self._console.print()
                break
            if not line:
                continue
            wish = follow_up(line)
            if wish is not None and wish.verb == "quit":
                break
            self._answer(line, wish)
        self._console.print(Text(say("chat-bye"), "dim"))

    def _answer(self, line: str, wish: FollowUp | None) -> None:
        try:
            if wish is None:
                self._ask(asked(Question(top=self._top, reader=self._say.language), line))
            elif wish.verb == "help":
                self._help()
            else:
                self._follow(wish)
        except PaperNotFound as error:
            self._console.print(self._say("paper-not-found", reference=error.reference))
        except Declined as error:
            self._console.print(layout.plain(self._say(error.message, **error.values)))
        except BadLine as error:
            self._console.print(pointed(error, self._say, self._console.width))

    def _help(self) -> None:
        library = self._shelf.library()
        for name in ("chat-help", "chat-help-list", "chat-help-outside"):
            self._console.print(Prose(Text(self._say(name))))
        if shown := example(library, self._say):
            width = self._console.width
            self._console.print(layout.example(shown.text, shown.hit, self._say, width))

    def _follow(self, wish: FollowUp) -> None:
        shown = self._shown
        if shown is None or not shown.results.hits:
            self._console.print(self._say("chat-no-list"))
        elif wish.verb in ("more", "back"):
            self._turn(shown, shown.page + (1 if wish.verb == "more" else -1))
        elif not 1 <= wish.number <= len(shown.results.hits):
            last = len(shown.results.hits)
            self._console.print(self._say("chat-no-item", number=wish.number, last=last))
        elif wish.verb == "open":
            paper = shown.results.hits[wish.number - 1].paper
            self._console.print(layout.paper(paper, self._say))
        elif wish.verb == "save":
            paper = shown.results.hits[wish.number - 1].paper
            kept = saved(self._shelf, paper.id, self._say("list-default"))
            self._console.print(layout.plain(self._say("list-saved-in", names=kept.name)))
        elif wish.verb == "why":
            self._explain(shown.question, shown.results.hits[wish.number - 1].paper.id)
        else:
            paper = shown.results.hits[wish.number - 1].paper
            self._ask(Question(like=paper.id, top=self._top, reader=self._say.language))

    def _explain(self, question: Question, paper: int) -> None:
        hit = explained(self._shelf.library(), question, paper)
        if hit is None:
            self._console.print(self._say("why-gone", id=str(paper)))
        else:
            self._console.print(layout.why(hit, self._say, self._console.width))

    def _turn(self, shown: Listing, page: int) -> None:
        if not 1 <= page <= shown.pages:
            self._console.print(self._say("chat-no-more"))
        else:
            self._show(dataclasses.replace(shown, page=page, marked=marked(self._shelf)[0]))

    def _ask(self, question: Question) -> None:
        library = self._shelf.library()
        demo = self._shelf.is_demo(library)
        stars, hidden = marked(self._shelf)
        self._show(ask(library, question, demo=demo, marked=stars, hidden=hidden))

    def _show(self, shown: Listing) -> None:
        if shown.results.hits or self._shown is None:
            self._shown = shown  # a list that led nowhere does not take the last one away
        self._console.print(
            layout.listing(shown, self._say, shown.hits, self._console.width), end="\n\n"
        )
        if shown.pages > 1:
            page = self._say("chat-page", page=shown.page, pages=shown.pages)
            hint = self._say("chat-more-hint")
            self._console.print(Text(f"{page} · {hint}", "dim"))
