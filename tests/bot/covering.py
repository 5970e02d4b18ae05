"""Which test covers what: every command, press and wish, as a run of the tests was seen to use it.

    python -m tests.bot.covering [TEST…]

runs the tests of the bot, or adds what these tests use, and writes `docs/conversation.md`;
`test_covering` holds it true. What there is comes from the code: commands from the tree and the
parser, presses from the tables of the features and the templates of buttons and menus, wishes from
the words of `bot.follow_up`.
"""

from __future__ import annotations

import argparse
import dataclasses
import functools
import re
import subprocess
import sys
import tempfile
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot import cli
from bot.config import Config, LibrariesSettings
from bot.conversation import Conversation, Told
from bot.follow_up import _VERBS, FollowUp, follow_up
from bot.shelf import Shelf
from bot.state import State
from bot.terminal.chat import Chat
from corpus.library import Library
from corpus.text.normalise import has_han

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # discord.py imports audioop
    from discord import AppCommandType
    from discord.state import ConnectionState

    from bot.discord.asking import ChoiceMenu
    from bot.discord.client import ITEMS, Similit
    from bot.discord.helping import Helping
    from bot.discord.presses import PressButton
    from bot.discord.talking import Talk
    from tests.loopback.verbs import Verbs

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "conversation.md"
_NAMED = 2  # tests named for each
_COMMAND, _AUTOCOMPLETE = 2, 4
_SIMULATED, _PROCESS = "simcord", "a process of its own"
_SPOKEN = ("direct", "直接", "by mention", "提及", "at the prompt", "终端")

KEPT = frozenset(
    {
        *("/list save", "/list share", "/list remove", "/watch add", "/add"),
        *("similit:save:n", "similit:read:n:n", "similit:hide:n", "similit:dropped:n"),
        *("similit:watch:n", "similit:watchlist:n", "similit:endwatch:n", "similit:erased"),
        *("similit-curate:keep:n", "similit-curate:drop:n", "similit-curate:undo:n"),
        *("similit-choose:put:n", "similit-choose:endwatch"),
        *("similit-form:note:n:n", "similit-form:newlist:n", "/library", "similit-place:n"),
    }
)
"""What changes papers or what people keep: tried on the program itself, which then starts again."""


_LINES = {
    "only": "only 2015-2020`, `只要 2015-2020",
    "without": "without schizophrenia`, `不要 精神分裂",
    "sort": "sort by year`, `按年份",
    "like, not": "like 2 and 5, not 4`, `像 2 和 5，不像 4",
}


class Thing(NamedTuple):
    """Something that people can do; `does` says what comes of it."""

    name: str
    does: str


class Part(NamedTuple):
    """A table of the page: its heading, the columns that name tests, and what there is."""

    heading: str
    columns: tuple[str, ...]
    things: tuple[Thing, ...]

    def wants(self, thing: Thing, column: str) -> bool:
        """Whether there has to be a test in this column."""
        return column != _PROCESS or thing.name in KEPT


Seen = Mapping[tuple[str, str], Iterable[str]]
"""The tests that were seen to use a thing in a column."""


# What there is


def parts() -> list[Part]:
    """Everything that people can do, from the code."""
    with tempfile.TemporaryDirectory() as name:
        state = State(Path(name, "state.db"), 1)
        try:
            # With libraries of their own for servers, so that every command is there.
            config = dataclasses.replace(Config(), libraries=LibrariesSettings({"7": name}))
            Library(Path(name), create=True).close()
            client = Similit(Shelf(config, Path(name)), config, state)
            discord = [
                ("Commands", tuple(_commands(client))),
                ("Buttons", tuple(_buttons(client))),
                ("Menus", tuple(_menus(client))),
                ("Forms", tuple(_forms(client))),
            ]
        finally:
            state.close()
    found = [Part(heading, (_SIMULATED, _PROCESS), things) for heading, things in discord]
    found.append(Part("In words", _SPOKEN, tuple(_wishes())))
    found.append(Part("At the terminal", ("terminal",), tuple(_terminal(cli.parser()))))
    return found


def _commands(client: Similit) -> Iterator[Thing]:
    for command in client.tree.walk_commands():
        if not hasattr(command, "parameters"):
            continue  # a group
        name = f"/{command.qualified_name}"
        yield Thing(name, str(command.description))
        for parameter in command.parameters:
            if parameter.autocomplete:
                shown = parameter.display_name
                yield Thing(f"{name} {shown}: …", f"Suggestions for {shown}")
    for menu in client.tree.get_commands(type=AppCommandType.message):
        yield Thing(str(menu.name), "Apps on somebody's message: asks with what it says")


def _buttons(client: Similit) -> Iterator[Thing]:
    for feature in client.features:
        for (verb, count), do in feature.presses.items():
            yield Thing(f"similit:{verb}" + ":n" * count, _first(do))
    yield from _items(lambda item: "Button" in item.__name__ and item is not PressButton)


def _menus(client: Similit) -> Iterator[Thing]:
    for feature in client.features:
        for (verb, count), do in feature.choices.items():
            yield Thing(f"similit-choose:{verb}" + ":n" * count, _first(do))
    yield from _items(lambda item: "Menu" in item.__name__ and item is not ChoiceMenu)


def _items(which: Callable[[Any], bool]) -> Iterator[Thing]:
    for item in filter(which, ITEMS):
        pattern = item.__discord_ui_compiled_template__.pattern
        for shape in sorted(shapes(re._parser.parse(pattern))):  # type: ignore[attr-defined]
            yield Thing(shape, _first(item))


def _forms(client: Similit) -> Iterator[Thing]:
    for feature in client.features:
        for (verb, count), do in feature.forms.items():
            yield Thing(f"similit-form:{verb}" + ":n" * count, _first(do))
    for count in (1, 2):
        yield Thing("similit-refine" + ":n" * count, _first(client.finding.refined))


def _wishes() -> Iterator[Thing]:
    said = {verb: words.replace("|", "`, `") for verb, words in _VERBS.items()}
    for wish, words in (said | _LINES).items():
        yield Thing(wish, f"`{words}`")


def _terminal(parser: argparse.ArgumentParser, before: str = "similit") -> Iterator[Thing]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {one.dest: one.help or "" for one in action._choices_actions}
            for name, inner in action.choices.items():
                below = list(_terminal(inner, f"{before} {name}"))
                yield from below or [Thing(f"{before} {name}", helps[name])]


def shapes(parsed: Any) -> set[str]:
    """The texts that a template matches, every number being `n`."""
    found = {""}
    for kind, value in parsed:
        match str(kind):
            case "LITERAL":
                more = {chr(value)}
            case "SUBPATTERN":
                more = shapes(value[3])
            case "BRANCH":
                more = set().union(*map(shapes, value[1]))
            case "MAX_REPEAT" if str(value[2][0][0]) == "IN":
                more = {"n"}
            case "MAX_REPEAT":
                low, high, inner = value
                (one,) = shapes(inner) if len(shapes(inner)) == 1 else (None,)
                more = (
                    {one * count for count in range(low, high + 1)}
                    if one is not None
                    else shapes(inner) | {""}
                )
            case other:
                raise ValueError(f"a template with {other}")
        found = {before + after for before in found for after in more}
    return found


def _first(documented: Any) -> str:
    return str(documented.__doc__).split("\n\n", 1)[0].replace("\n", " ").strip()


def _shape(custom_id: str) -> str:
    return re.sub(r":\d+", ":n", custom_id)


# What a run of the tests was seen to use


class Watcher:
    """A plugin of pytest that notes which test uses what."""

    def __init__(self) -> None:
        self.seen: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        self._test = ""
        self._where: ContextVar[str] = ContextVar("where", default="")
        orders = [thing.name.split()[1:] for thing in _terminal(cli.parser())]
        self._orders = {order[0]: len(order) > 1 for order in orders}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        path = Path(item.path)
        if path.is_relative_to(HERE):
            self._test = f"{path.relative_to(HERE)}::{item.name.partition('[')[0]}"
        return (yield)

    def note(self, name: str, column: str) -> None:
        """A thing was used."""
        if self._test:
            self.seen[name, column].add(self._test)

    def watch(self) -> None:
        """Look on from now on."""
        _around(ConnectionState, "parse_interaction_create", self._simulated)
        _around(Verbs, "_interact", self._over_loopback)
        _around(Similit, "pressed", self._pressed)
        _around(Helping, "greeting", self._greeted)
        _around(Talk, "reply", self._said)
        _around(Chat, "_reply", self._typed)
        _around(Conversation, "reply", self._answered)
        _around(argparse.ArgumentParser, "parse_args", self._parsed)
        _around(subprocess.Popen, "__init__", self._started)

    def _simulated(self, real: Any, state: Any, data: Any) -> Any:
        for name in used(data["type"], data["data"]):
            self.note(name, _SIMULATED)
        return real(state, data)

    def _over_loopback(
        self, real: Any, verbs: Any, label: str, kind: int, data: Any, *given: Any
    ) -> Any:
        for name in used(kind, data):
            self.note(name, _PROCESS)
        return real(verbs, label, kind, data, *given)

    def _pressed(self, real: Any, client: Any, interaction: Any, press: Any) -> Any:
        self.note(_shape(str(press)), _SIMULATED)  # a menu hands on what it means as a press
        return real(client, interaction, press)

    def _greeted(self, real: Any, helping: Any, message: Any, text: str, say: Any) -> Any:
        wish = follow_up(text)
        if wish and wish.verb == "help":
            self._wished(wish, text, "direct" if message.guild is None else "by mention")
        return real(helping, message, text, say)

    def _said(self, real: Any, talk: Any, text: str, *given: Any, alone: bool = False) -> Any:
        token = self._where.set("direct" if alone else "by mention")
        try:
            return real(talk, text, *given, alone=alone)
        finally:
            self._where.reset(token)

    def _typed(self, real: Any, chat: Any, line: str) -> Any:
        token = self._where.set("at the prompt")
        try:
            return real(chat, line)
        finally:
            self._where.reset(token)

    def _answered(self, real: Any, conversation: Any, text: str, lists: Any) -> Any:
        reply = real(conversation, text, lists)
        wish = follow_up(text)
        granted = not isinstance(reply, Told) or reply.message == "chat-no-more"
        if wish and granted and (where := self._where.get()):
            self._wished(wish, text, where)
        return reply

    def _wished(self, wish: FollowUp, text: str, where: str) -> None:
        column = _SPOKEN[_SPOKEN.index(where) + has_han(text)]
        self.note(_wish(wish), column)

    def _parsed(self, real: Any, parser: Any, *given: Any, **more: Any) -> Any:
        found = real(parser, *given, **more)
        if parser.prog == "similit":
            self._ordered([found.command, str(getattr(found, "what", ""))])
        return found

    def _started(self, real: Any, process: Any, arguments: Any, *given: Any, **more: Any) -> Any:
        order = list(map(str, arguments)) if isinstance(arguments, (list, tuple)) else []
        if order[1:3] == ["-m", "bot"]:
            known = next((n for n, one in enumerate(order) if one in self._orders), len(order))
            self._ordered(order[known : known + 2])
        return real(process, arguments, *given, **more)

    def _ordered(self, order: list[str]) -> None:
        if order:
            below = self._orders.get(order[0])
            self.note(f"similit {' '.join(order if below else order[:1])}", "terminal")


def used(kind: int, data: Mapping[str, Any]) -> Iterator[str]:
    """What an interaction of this kind uses."""
    if "custom_id" in data:
        yield _shape(data["custom_id"])
        return
    name = data["name"] if data.get("type", 1) != 1 else f"/{data['name']}"
    options = data.get("options", ())
    while options and options[0]["type"] <= 2:
        name, options = f"{name} {options[0]['name']}", options[0].get("options", ())
    if kind == _COMMAND:
        yield name
    elif kind == _AUTOCOMPLETE:
        yield from (f"{name} {one['name']}: …" for one in options if one.get("focused"))


def _wish(wish: FollowUp) -> str:
    match wish.verb, wish.line[:1]:
        case "like", _:
            return "like, not"
        case "refine", "-":
            return "without"
        case "refine", _:
            return "sort" if wish.line.startswith("sort:") else "only"
    return wish.verb


def _around(owner: Any, name: str, wrapper: Callable[..., Any]) -> None:
    real = getattr(owner, name)

    @functools.wraps(real)
    def looked_at(*given: Any, **more: Any) -> Any:
        return wrapper(real, *given, **more)

    setattr(owner, name, looked_at)


# The page

_HEAD = """\
# Everything people can do, and the tests that do it

Made by `python -m tests.bot.covering`, which runs the tests and writes down which of them were seen
to do what; `tests/bot/test_covering.py` fails where something has no test, or a test is gone. Two
are named at most, those that do least else. *simcord* plays Discord within the process; *a process
of its own* is the program itself over a Discord on the loopback interface, for whatever changes
papers or what people keep, which is then looked for after a restart. Every `n` is a number.
"""


def page(found: list[Part], seen: Seen) -> str:
    """The page, from what there is and which tests were seen to use it."""
    tests = {key: sorted(names) for key, names in seen.items()}
    busy = Counter(name for names in tests.values() for name in names)
    out = [_HEAD]
    for part in found:
        out += [f"\n## {part.heading}\n", _row("", "does", *part.columns)]
        out.append(_row(*["---"] * (2 + len(part.columns))))
        for thing in part.things:
            cells = (
                _cell(tests.get((thing.name, column), ()), busy, wanted=part.wants(thing, column))
                for column in part.columns
            )
            out.append(_row(f"`{thing.name}`", thing.does, *cells))
    return "\n".join(out) + "\n"


def _cell(names: Iterable[str], busy: Mapping[str, int], *, wanted: bool) -> str:
    chosen = sorted(names, key=lambda name: (busy[name], name))[:_NAMED] if wanted else ()
    return ", ".join(f"`{name}`" for name in sorted(chosen)) or ("**none**" if wanted else "")


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def told(text: str, found: list[Part]) -> dict[tuple[str, str], list[str]]:
    """The tests that a page names, by thing and column."""
    columns = {thing.name: part.columns for part in found for thing in part.things}
    tests = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if len(cells) > 2 and (name := cells[0].strip("`")) in columns:
            for column, cell in zip(columns[name], cells[2:], strict=True):
                tests[name, column] = re.findall(r"`(\S+::\S+)`", cell)
    return tests


def main() -> int:
    """Run the tests and write the page; ends with 1 where a test fails or something has none."""
    watcher = Watcher()
    watcher.watch()
    some, found = sys.argv[1:], parts()
    failed = pytest.main(
        ["-q", "-p", "no:cacheprovider", *(some or [str(HERE)])], plugins=[watcher]
    )
    if some:
        for key, names in told(PAGE.read_text(encoding="utf-8"), found).items():
            watcher.seen[key].update(names)
    made = page(found, watcher.seen)
    PAGE.write_text(made, encoding="utf-8")
    lacking = made.count("**none**")
    print(f"{PAGE}: {lacking} without a test")
    return int(bool(failed or lacking))


if __name__ == "__main__":
    sys.exit(main())
