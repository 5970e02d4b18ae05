"""The bot's conversation at a prompt."""

from __future__ import annotations

import sys
from collections.abc import Callable

from rich.console import Console
from rich.text import Text

from bot.about import example
from bot.answer import Listing, Question, ask
from bot.browse import TopicNotFound
from bot.conversation import (
    Browsed,
    Cited,
    Conversation,
    Ended,
    Explained,
    Helped,
    Kept,
    Listed,
    Opened,
    Reply,
    Shown,
    Told,
    papers_of,
)
from bot.declined import Declined
from bot.messages import Messages
from bot.query_line import BadLine
from bot.shelf import Shelf
from bot.terminal import browsing, layout
from bot.terminal.keeping import marked, saved
from bot.terminal.pointing import pointed
from bot.terminal.prose import Prose
from corpus.errors import PaperNotFound


class Chat:
    """One conversation: remembers the lists that were shown."""

    def __init__(self, shelf: Shelf, say: Messages, console: Console, top: int) -> None:
        self._shelf = shelf
        self._say = say
        self._console = console
        self._blank = Question(top=top, reader=say.language)
        self._lists: list[Shown] = []

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
            if line and isinstance(reply := self._reply(line), Ended):
                break
            if line:
                self._print(reply)
        self._console.print(Text(say("chat-bye"), "dim"))

    def _help(self) -> None:
        library = self._shelf.library()
        for name in ("chat-help", "talk-help", "chat-help-outside"):
            self._console.print(Prose(Text(self._say(name))))
        if shown := example(library, self._say):
            width = self._console.width
            self._console.print(layout.example(shown.text, shown.hit, self._say, width))

    def _reply(self, line: str) -> Reply | str:
        """The reply to a line, or the sentence that says why there is none."""
        library = self._shelf.library()
        demo = self._shelf.is_demo(library)
        stars, hidden = marked(self._shelf)

        def listed(question: Question, page: int) -> Listing:
            return ask(library, question, page, demo=demo, marked=stars, hidden=hidden)

        conversation = Conversation(library, listed, self._blank, chinese=self._say.chinese)
        try:
            reply = conversation.reply(line, self._lists)
            return self._keep(reply.paper) if isinstance(reply, Kept) else reply
        except TopicNotFound as error:
            return self._say("topic-not-found", name=error.reference)
        except PaperNotFound as error:
            return self._say("paper-not-found", reference=error.reference)
        except Declined as error:
            return self._say(error.message, **error.values)
        except BadLine as error:
            return pointed(error, self._say, self._console.width)

    def _keep(self, paper: int) -> str:
        """Save a paper: the sentence that says so."""
        kept = saved(self._shelf, paper, self._say("list-default"))
        return self._say("list-saved-in", names=kept.name)

    def _print(self, reply: Reply | str) -> None:
        say, out = self._say, self._console
        match reply:
            case Listed():
                self._show(reply)
            case Opened(paper):
                out.print(layout.paper(paper, say))
            case Cited(_, _, reference):
                out.print(layout.plain(reference), soft_wrap=True)
            case Explained(hit):
                out.print(layout.why(hit, say, out.width))
            case Browsed(page):
                out.print(browsing.browsed(page, say, out.width))
            case Helped():
                self._help()
            case Told(message, values):
                out.print(say(message, **values))
            case str():
                out.print(layout.plain(reply))

    def _show(self, reply: Listed) -> None:
        shown = reply.listing
        self._remember(reply)
        if reply.remark:
            self._console.print(Text(self._say(reply.remark), "dim"))
        self._console.print(
            layout.listing(shown, self._say, shown.hits, self._console.width), end="\n\n"
        )
        if shown.pages > 1:
            page = self._say("chat-page", page=shown.page, pages=shown.pages)
            hint = self._say("chat-more-hint")
            self._console.print(Text(f"{page} · {hint}", "dim"))

    def _remember(self, reply: Listed) -> None:
        listing = reply.listing
        if not listing.results.hits:
            return  # a list that led nowhere does not take the last one away
        if reply.back:
            self._lists.pop()
        if self._lists and self._lists[-1].question == listing.question:
            self._lists.pop()
        self._lists.append(Shown(listing.question, listing.page, papers_of(listing)))
