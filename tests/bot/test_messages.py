"""What the bot says: the same in three languages, all of it used, none of it missing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, VariableReference
from fluent.syntax.visitor import Visitor
from opencc import OpenCC

from bot.config import LOCALES
from bot.discord.export_layout import EXPORTS
from bot.messages import messages, nearest, terminal_locale
from bot.schedule import PACES

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = ROOT / "bot" / "locales"

# Names that the source puts together, and what with.
BUILT = {
    "import-{doing}": ("reading", "indexing", "fetching"),
    "export-{format}": tuple(EXPORTS),
    "watch-{watch.pace}": PACES,
    "check-index-{status}": ("current", "missing", "torn"),
}


class Placeholders(Visitor):
    """Collects the names of a message's values."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:
        self.found.add(node.id.name)


def catalogue(locale: str) -> dict[str, set[str]]:
    """The messages of a locale, each with its placeholders."""
    parsed = FluentParser().parse((CATALOGUES / f"{locale}.ftl").read_text("utf-8"))
    assert not [entry for entry in parsed.body if isinstance(entry, Junk)]
    names: dict[str, set[str]] = {}
    for entry in parsed.body:
        if isinstance(entry, Message):
            visitor = Placeholders()
            visitor.visit(entry)
            assert entry.id.name not in names, f"{entry.id.name} is there twice"
            names[entry.id.name] = visitor.found
    return names


ENGLISH = catalogue("en")


class Call(NamedTuple):
    """A place in the source that says a message: `values` is None where they cannot be seen."""

    where: str
    name: str
    values: set[str] | None


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / "bot").rglob("*.py")):
        yield path, ast.parse(path.read_text("utf-8"))


def constants() -> set[str]:
    """Every string that stands in the bot's source."""
    return {
        node.value
        for _, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def pattern(node: ast.JoinedStr) -> str:
    """An f-string with the names of what is put into it."""
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else f"{{{ast.unparse(part.value)}}}"
        for part in node.values
        if isinstance(part, ast.Constant | ast.FormattedValue)
    )


def calls() -> Iterator[Call]:
    """Every `say(…)` whose message can be read off it."""
    for path, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            function = node.func
            name = function.attr if isinstance(function, ast.Attribute) else ""
            name = function.id if isinstance(function, ast.Name) else name
            if name.strip("_") != "say" and not (
                isinstance(function, ast.Call) and ast.unparse(function.func) == "messages"
            ):
                continue
            keywords = {keyword.arg for keyword in node.keywords if keyword.arg}
            spread = any(keyword.arg is None for keyword in node.keywords)
            for said in named(node.args[0]):
                where = f"{path.relative_to(ROOT)}:{node.lineno}"
                yield Call(where, said, None if spread else keywords)


def named(node: ast.expr) -> Iterator[str]:
    """The messages that an argument can name, as far as it shows."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from named(node.body)
        yield from named(node.orelse)
    elif isinstance(node, ast.JoinedStr):
        yield pattern(node)


# The catalogues


def test_there_is_a_catalogue_for_every_locale_and_no_other() -> None:
    assert {path.stem for path in CATALOGUES.glob("*.ftl")} == set(LOCALES)
    assert len(ENGLISH) >= 80


@pytest.mark.parametrize("locale", LOCALES)
def test_all_languages_have_the_same_messages_in_the_same_order(locale: str) -> None:
    assert list(catalogue(locale)) == list(ENGLISH)


@pytest.mark.parametrize("locale", LOCALES)
def test_all_languages_put_the_same_values_into_a_message(locale: str) -> None:
    assert catalogue(locale) == ENGLISH


@pytest.mark.parametrize("locale", LOCALES)
def test_every_message_can_be_said_and_is_one_line(locale: str) -> None:
    say = messages(locale)
    for name, placeholders in ENGLISH.items():
        said = say(name, **dict.fromkeys(placeholders, 7))
        assert said.strip()
        assert "\n" not in said
        assert "{" not in said
        assert "\u2068" not in said  # no marks of isolation


def test_no_message_is_unused() -> None:
    built = {name.split("{")[0] + part for name, parts in BUILT.items() for part in parts}
    assert built <= set(ENGLISH)
    assert set(ENGLISH) - constants() - built == set()


def test_no_message_is_missing() -> None:
    found = list(calls())
    assert len(found) >= 60
    missing = [call for call in found if call.name not in ENGLISH and call.name not in BUILT]
    assert missing == []


def test_names_that_are_put_together_are_listed_here() -> None:
    assert {call.name for call in calls() if "{" in call.name} == set(BUILT)


def test_every_message_is_given_exactly_its_values() -> None:
    for call in calls():
        if call.values is not None and call.name in ENGLISH:
            assert call.values == ENGLISH[call.name], call


def test_whatever_looks_like_a_message_is_one() -> None:
    families = {name.split("-")[0] for name in ENGLISH if "-" in name}
    alike = re.compile(rf"({'|'.join(sorted(families))})(-[a-z]+)+")
    said = {text for text in constants() if alike.fullmatch(text)}
    assert len(said) >= 60
    assert said - set(ENGLISH) == set()


def test_a_message_or_a_value_that_lacks_is_an_error() -> None:
    say = messages("en")
    with pytest.raises(LookupError):
        say("no-such-message")
    with pytest.raises(LookupError, match="found"):
        say("found", ms="3")


# Numbers and plurals


@pytest.mark.parametrize("locale", LOCALES)
def test_numbers_are_grouped(locale: str) -> None:
    say = messages(locale)
    assert "208,924" in say("searched", papers=208924)
    assert "208,924" in say("demo-note", papers=208924)
    assert "1,000" in say("import-done", added=1000, merged=0, known=0, skipped=0, papers=1000)
    assert "1,234" not in say("neighbours-of", id="1234")


def test_english_has_a_singular() -> None:
    say = messages("en")
    assert say("found", count=1, ms="3") == "1 similar paper · 3 ms"
    assert say("found", count=20, ms="31") == "20 similar papers · 31 ms"
    assert say("found", count=0, ms="31") == "0 similar papers · 31 ms"
    assert say("searched", papers=1) == "1 paper searched"
    assert say("searched", papers=2) == "2 papers searched"


# The demo corpus has many publications, and the limit of a file many bytes.
ALWAYS_MANY = {"demo-note", "file-too-large"}


@pytest.mark.parametrize("name", [name for name in ENGLISH if name not in ALWAYS_MANY])
def test_nothing_that_is_one_is_called_many(name: str) -> None:
    said = messages("en")(name, **dict.fromkeys(ENGLISH[name], 1))
    assert not re.search(r"\b1 (papers|publications|servers|days|records|bytes|replies)\b", said)


def test_chinese_has_its_own_line_of_the_count() -> None:
    assert (
        messages("zh-CN")("found", count=20, ms="31") == "共查询到 20 条相似文献，搜索用时 31 毫秒"
    )
    assert messages("zh-TW")("found", count=1, ms="3") == "共查詢到 1 條相似文獻，搜尋用時 3 毫秒"


# Scripts


def values(locale: str) -> Iterator[tuple[str, str]]:
    for name, placeholders in ENGLISH.items():
        yield name, messages(locale)(name, **dict.fromkeys(placeholders, 7))


def han(text: str) -> list[str]:
    return re.findall(r"[\u3400-\u9fff]", text)


# Titles of the product, which are the same in every language.
BILINGUAL = {"heading", "menu-similar", "presence"}


def test_the_traditional_catalogue_is_traditional() -> None:
    to_traditional, to_simplified = OpenCC("s2t"), OpenCC("t2s")
    whole = "".join(text for _, text in values("zh-TW"))
    assert to_simplified.convert(whole) != whole
    for name, text in values("zh-TW"):
        for char in han(text):
            simplified_only = (
                to_traditional.convert(char) != char and to_simplified.convert(char) == char
            )
            # In both scripts, whatever the commonest conversion says of them alone.
            assert not simplified_only or char in "台只才后里面系群周", (name, char)


def test_the_simplified_catalogue_is_simplified() -> None:
    to_simplified = OpenCC("t2s")
    for name, text in values("zh-CN"):
        assert to_simplified.convert(text) == text, name


@pytest.mark.parametrize("locale", ["zh-CN", "zh-TW"])
def test_what_english_says_in_words_chinese_says_in_chinese(locale: str) -> None:
    english = dict(values("en"))
    for name, text in values(locale):
        if re.search(r"[a-z]{3} [a-z]{2}", english[name]) and name not in BILINGUAL:
            assert len(han(text)) >= 2, name


def test_english_has_no_chinese_but_in_titles() -> None:
    assert {name for name, text in values("en") if han(text)} <= BILINGUAL


@pytest.mark.parametrize("locale", ["zh-CN", "zh-TW"])
def test_chinese_sentences_end_in_chinese(locale: str) -> None:
    for name, text in values(locale):
        assert not re.search(r"[\u4e00-\u9fff][,.;:?!]", text), name


# Which locale


@pytest.mark.parametrize(
    ("asked", "locale"),
    [
        ("en", "en"),
        ("en-GB", "en"),
        ("en_US.UTF-8", "en"),
        ("C", "en"),
        ("C.UTF-8", "en"),
        ("POSIX", "en"),
        ("", "en"),
        ("de_DE.UTF-8", "en"),
        ("ja", "en"),
        ("zh", "zh-CN"),
        ("zh-CN", "zh-CN"),
        ("zh_CN.UTF-8", "zh-CN"),
        ("zh_CN.GB18030", "zh-CN"),
        ("ZH-cn", "zh-CN"),
        ("zh_SG", "zh-CN"),
        ("zh-Hans", "zh-CN"),
        ("zh-Hans-HK", "zh-CN"),
        ("zh-Hans-TW", "zh-CN"),
        ("zh-TW", "zh-TW"),
        ("zh_TW.UTF-8", "zh-TW"),
        ("zh_HK.UTF-8", "zh-TW"),
        ("zh_MO", "zh-TW"),
        ("zh-Hant", "zh-TW"),
        ("zh-Hant-CN", "zh-TW"),
        ("zh_TW@stroke", "zh-TW"),
    ],
)
def test_the_nearest_locale_speaks(asked: str, locale: str) -> None:
    assert nearest(asked) == locale
    say = messages(asked)
    assert say.locale == locale
    assert say.chinese == (locale != "en")
    assert say.language == locale[:2]


def test_the_terminals_language_is_what_its_environment_says_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert terminal_locale()
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert terminal_locale() == "zh_CN.UTF-8"
    monkeypatch.setenv("LC_MESSAGES", "zh_TW.UTF-8")
    assert terminal_locale() == "zh_TW.UTF-8"
    monkeypatch.setenv("LC_ALL", "")
    assert terminal_locale() == "zh_TW.UTF-8"
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert terminal_locale() == "en_US.UTF-8"
