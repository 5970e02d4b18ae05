"""What the help teaches."""

from __future__ import annotations

import argparse
import re
import shlex

import pytest

from bot import cli
from tests.bot.terminal.running import COMMANDS, ROOT, Similit, too_wide


def subparsers() -> dict[str, argparse.ArgumentParser]:
    [found] = [
        action for action in cli.parser()._actions if isinstance(action, argparse._SubParsersAction)
    ]
    return dict(found.choices)


def test_these_are_the_commands() -> None:
    assert list(subparsers()) == list(COMMANDS)


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=" ".join)
def test_help_mentions_every_option_and_says_what_it_is_for(
    similit: Similit, command: list[str]
) -> None:
    ended = similit(*command, "--help")
    assert ended.code == 0
    assert ended.err == ""
    parser = subparsers()[command[0]] if command else cli.parser()
    options = 0
    for action in parser._actions:
        assert action.help or isinstance(action, argparse._SubParsersAction)
        for option in action.option_strings:
            assert option in ended.out
            options += 1
    assert options >= 5
    if not command:
        for name, sub in subparsers().items():
            assert re.search(rf"^ +{name}\b", ended.out, re.MULTILINE)
            assert sub.description


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS)], ids=" ".join)
def test_help_fits_80_columns(similit: Similit, command: list[str]) -> None:
    assert too_wide(similit(*command, "--help").out) == []


def test_the_examples_of_the_help_work(similit: Similit) -> None:
    examples = re.findall(r"^  similit (ask .+?)(?: {3,}.*)?$", cli._EXAMPLES, re.MULTILINE)
    assert len(examples) >= 4
    for example in examples:
        words = shlex.split(example)
        assert similit(*words).code == 0, example


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_lists_every_command(name: str) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    if readme.count("similit ") < 3:
        pytest.skip("the README lists no commands yet")
    assert f"similit {name}" in readme
