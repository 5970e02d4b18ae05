"""A library, a bot over it, a simulated team; and after every test, Discord's limits."""

from __future__ import annotations

import dataclasses
import json
import logging
import re
import shutil
import warnings
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.config import Config, DiscordSettings
from bot.shelf import Shelf
from bot.state import State
from corpus.library import Library
from tests import discord_limits
from tests.bot.discord.program import PATIENCE
from tests.bot.discord.program import Similit as Program
from tests.loopback import LoopbackDiscord

with warnings.catch_warnings():
    # discord.py imports audioop, which Python 3.11 and 3.12 announce to remove.
    warnings.simplefilter("ignore", DeprecationWarning)
    import simcord
    from simcord import interactions as simulated
    from simcord.components import walk_components

    from bot.discord.client import Similit

PLACES = (
    ("Melbourne", "rural hospitals", "Gillard, Steven"),
    ("Toronto", "crisis houses", "Repper, Julie"),
    ("Utrecht", "youth clinics", "van der Meer, Lisette"),
    ("Glasgow", "prisons", "O'Hagan, Mary"),
    ("Lisbon", "community teams", "Silva, João"),
    ("Nairobi", "maternity wards", "Otieno, Grace"),
    ("Oslo", "early psychosis care", "Hansen, Ida"),
    ("Chennai", "schools", "Raman, K. P."),
    ("Lima", "shelters", "Quispe, Ana"),
    ("Boston", "primary care", "Davidson, Larry"),
    ("Osaka", "day centres", "Tanaka, Yui"),
    ("Perth", "online forums", "Bradstreet, Simon"),
)
CHINESE_PLACES = (
    ("上海", "社区康复站", "王静"),
    ("北京", "精神专科医院", "李明"),
    ("成都", "高校心理中心", "薛婉钰"),
    ("广州", "戒毒所", "陈思"),
    ("武汉", "老年病房", "赵磊"),
    ("西安", "青少年门诊", "周敏"),
    ("昆明", "互助小组", "杨帆"),
)
HOSTILE_TITLE = (
    "# *Bold* _tilted_ ~~gone~~ ||hidden|| `code` [link](https://evil.example/x) @everyone @here "
    "<@123> <@&456> <#789> <t:1:R> </cmd:1> <:smile:1> discord.gg/x https://evil.example "
    "\u202eabc\u202c\u200b "
)
HOSTILE_ABSTRACT = (
    "> quoted peer support workers.\n# A heading of peer support.\n1. first peer\n- second peer\n"
    "-# small peer\n```\nfence of workers\n```\n"
    "See https://evil.example/a_b_c, discord.gg/peer and [this](http://evil.example) @everyone. "
    "<@123> asked <#789> at <t:1:R> through </cmd:1>. Peer support workers * remain * _here_. "
)


def _papers() -> Iterator[dict[str, Any]]:
    for number, (place, setting, author) in enumerate(PLACES, 1):
        yield {
            "id": f"en-{number}",
            "title": f"Peer support workers in {setting} of {place}: a qualitative study",
            "abstract": (
                f"Background. Peer support workers join teams in {setting}. "
                f"Methods. We interviewed {10 + number} peer support workers in {place}. "
                "Results. They described stigma, isolation and unclear roles. "
                f"Conclusions. Supervision helps peer support workers to stay in {setting}."
            ),
            "authors": [author, "Tate, Mary C.", "Roe, James"][: 1 + number % 3],
            "journal": "Journal of Mental Health",
            "year": 2009 + number,
            "volume": str(20 + number),
            "issue": "4",
            "pages": f"{100 * number}-{100 * number + 9}",
            "doi": f"10.1000/peer.{number}",
        }
    for number, (place, setting, author) in enumerate(CHINESE_PLACES, 1):
        yield {
            "id": f"zh-{number}",
            "title": f"{place}{setting}同伴支持者的工作体验",
            "abstract": (
                f"目的：了解{place}{setting}同伴支持者的工作体验。"
                f"方法：访谈{number + 8}名同伴支持者。结果：同伴支持者面临角色不清与病耻感。"
                "结论：督导有助于同伴支持者留任。"
            ),
            "authors": [author, "吴芳", "郑强"][: 1 + number % 3],
            "journal": "中国心理卫生杂志",
            "year": 2012 + number,
        }
    yield {
        "id": "retrieval",
        "title": "Okapi at TREC",
        "abstract": "Term weighting by probabilistic relevance. Inverted lists are merged.",
        "authors": ["Robertson, Stephen"],
        "year": 1994,
    }
    yield {
        "id": "translated",
        "title": "Recovery colleges and their students",
        "abstract": "Recovery colleges teach students with lived experience. They enrol freely.",
        "translated_title": "康复学院及其学员",
        "translated_abstract": "康复学院面向有亲身经历的学员。",
        "authors": ["Perkins, Rachel"],
        "year": 2018,
    }
    yield {
        "id": "untitled",
        "abstract": "Zebrafish larvae were exposed to caffeine. Their swimming was filmed twice.",
        "authors": ["Roe, James"],
        "year": 2001,
    }
    yield {"id": "no-abstract", "title": "Peer support workers: an editorial", "year": 2003}
    yield {
        "id": "hostile",
        "title": HOSTILE_TITLE + "peer " * 2000,
        "abstract": HOSTILE_ABSTRACT * 12,
        "authors": [f"*Author*_{n}, @everyone" for n in range(500)],
        "journal": "[Journal](https://evil.example) of `peer`",
        "url": "javascript:alert(1)",
        "year": 2020,
    }
    yield {
        "id": "address",
        "title": "Otters of the estuary",
        "abstract": "Otters return.",
        "url": "https://example.org/otters?a=1&b=2",
    }
    yield {
        "id": "script",
        "title": "Badgers of the moor",
        "abstract": "Badgers stay.",
        "url": "javascript:alert(1)",
    }
    for number, animal in enumerate(("Hedgehog", "Lynx", "Marten", "Weasel"), 1):
        yield {
            "id": f"animal-{number}",
            "title": f"{animal} counts",
            "abstract": f"{animal} tracks were counted in snow.",
            "year": 1980 + number,
        }


def shown(message: Any) -> str:
    """All text that a simulated message displays."""
    return "\n".join(item["content"] for item in parts(message) if item["type"] == 10)


def parts(message: Any) -> list[dict[str, Any]]:
    """Every component of a simulated message, nested ones too."""
    listed = (one if isinstance(one, dict) else one.to_dict() for one in message.components)
    return list(walk_components(list(listed)))


def buttons(message: Any) -> dict[str, dict[str, Any]]:
    """The buttons of a simulated message by label; of several equal ones the first."""
    found: dict[str, dict[str, Any]] = {}
    for item in parts(message):
        if item["type"] == 2:
            found.setdefault(item["label"], item)
    return found


def menu(message: Any) -> dict[str, Any]:
    """The one select menu of a simulated message."""
    (found,) = (item for item in parts(message) if item["type"] == 3)
    return found


def displayed(text: str) -> str:
    """What Discord shows of text in which only bold is meant, marks of bold left out.

    A backslash hides before all but letters, digits and blanks.
    """
    out, place = [], 0
    while place < len(text):
        after = text[place + 1 : place + 2]
        if text[place] == "\\" and re.fullmatch(r"[^0-9A-Za-z\s]", after):
            out.append(after)
            place += 2
        elif text.startswith("**", place):
            place += 2
        else:
            out.append(text[place])
            place += 1
    return "".join(out)


def violations(method: str, path: str, payload: Any) -> list[str]:
    """What of a request of the bot's Discord would refuse, or would ping somebody by."""
    if path.endswith("/commands") and method == "PUT":
        return discord_limits.command_set_violations(payload)
    if path.endswith("/callback"):
        kind, data = payload["type"], payload.get("data") or {}
        if kind == 8:
            return discord_limits.autocomplete_violations(data["choices"])
        if kind == 9:
            return discord_limits.modal_violations(data)
        if kind not in (4, 7):
            return []
        payload = data
    elif not ("/messages" in path or path.startswith("/webhooks/")) or method == "GET":
        return []
    return [
        *discord_limits.violations(payload, edit=method == "PATCH"),
        *discord_limits.mention_violations(payload),
    ]


@pytest.fixture
def sent() -> list[Callable[[], Iterable[tuple[str, str, Any]]]]:
    """Where a test's requests to Discord are to be had: each gives method, path and JSON."""
    return []


@pytest.fixture
def expected_errors() -> list[str]:
    """Beginnings of the messages that a test means to find in the log at ERROR."""
    return []


@pytest.fixture(autouse=True)
def within_limits(
    sent: list[Callable[[], Iterable[tuple[str, str, Any]]]],
    expected_errors: list[str],
    caplog: pytest.LogCaptureFixture,
) -> Iterator[None]:
    """Everything sent is what Discord accepts, and nothing failed that only the log would tell."""
    yield
    broken = [
        f"{method} {path}: {problem}"
        for requests in sent
        for method, path, payload in requests()
        for problem in violations(method, path, payload)
    ]
    assert broken == []
    records = [*caplog.get_records("setup"), *caplog.get_records("call"), *caplog.records]
    errors = [record.getMessage() for record in records if record.levelno >= logging.ERROR]
    unexpected = [one for one in errors if not one.startswith(tuple(expected_errors) or "\0")]
    assert unexpected == []


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library's folder, made once; tests get copies."""
    folder = tmp_path_factory.mktemp("filled")
    file = folder / "papers.jsonl"
    file.write_text(
        "".join(json.dumps(paper, ensure_ascii=False) + "\n" for paper in _papers()), "utf-8"
    )
    with Library(folder / "library", create=True) as library:
        report = library.add([file])
        assert (report.failed, report.skipped, report.merged) == ({}, [], [])
        library.warm()
    return folder / "library"


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    """The test's own library's folder."""
    return Path(shutil.copytree(filled, tmp_path / "library"))


@pytest.fixture
def shelf(folder: Path) -> Iterator[Shelf]:
    """The test's own library, named."""
    shelf = Shelf(Config(), folder)
    yield shelf
    shelf.close()


@pytest.fixture
def number(shelf: Shelf) -> Callable[[str], int]:
    """The library's number of a record by the record's own id."""

    def number(own: str) -> int:
        return shelf.library().named(own).id

    return number


MakeBot = Callable[..., Similit]


@pytest.fixture
def make_bot(shelf: Shelf, folder: Path) -> Iterator[MakeBot]:
    """Makes a client as a new process would: over the same files, with its own connections.

    Keywords are settings of `[discord]`.
    """
    states: list[State] = []

    def make(**settings: Any) -> Similit:
        config = dataclasses.replace(Config(), discord=DiscordSettings(**settings))
        states.append(State(folder / "state.db", config.privacy.keep_questions_days))
        return Similit(shelf, config, states[-1])

    yield make
    for state in states:
        state.close()


@pytest.fixture
def simcord_bot(make_bot: MakeBot) -> Similit:
    """The bot under test."""
    return make_bot()


@pytest.fixture
async def simcord_env(
    simcord_env: simcord.Env, sent: list[Callable[[], Iterable[tuple[str, str, Any]]]]
) -> simcord.Env:
    """The simulated Discord, whose every request is looked at afterwards."""
    sent.append(lambda: ((one.method, one.path, one.json) for one in simcord_env.http_requests))
    return simcord_env


@pytest.fixture
def locale(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The language of whoever acts; the simulation knows only one."""
    chosen = {"locale": "en-US", "guild_locale": "en-US"}
    real = simulated.base_payload

    def in_language(*args: Any, **kwargs: Any) -> Any:
        record, payload = real(*args, **kwargs)
        payload.update({key: value for key, value in chosen.items() if key in payload})
        return record, payload

    monkeypatch.setattr(simulated, "base_payload", in_language)
    return chosen


@dataclasses.dataclass
class Team:
    """A server with two people and a channel, and somebody known only by direct messages."""

    env: simcord.Env
    guild: Any
    channel: Any
    alice: Any
    bob: Any
    carol: Any

    async def similar(self, text: str, **options: Any) -> Any:
        """What alice gets for `/similar` in the channel."""
        return await self.alice.slash(self.channel, "similar", text=text, **options)

    async def press(self, who: Any, message: Any, label: str) -> Any:
        """What pressing the first button of that label does."""
        return await who.click(message, custom_id=buttons(message)[label]["custom_id"])

    def kinds(self) -> list[int]:
        """The types of the first answers to all interactions so far."""
        return [
            one.json["type"] for one in self.env.http_requests if one.path.endswith("/callback")
        ]

    def said(self, channel: Any) -> list[Any]:
        """What the bot wrote in a channel."""
        me = self.env.bot.user.id
        return [m for m in channel.history(viewer=self.alice) if m.author.id == me]

    def syncs(self) -> list[list[Mapping[str, Any]]]:
        """The commands, each time Discord was told of them."""
        return [one.json for one in self.env.http_requests if one.path.endswith("/commands")]


@pytest.fixture
def team(simcord_env: simcord.Env) -> Team:
    """The people of most tests."""
    guild = simcord_env.create_guild("Workshop")
    return Team(
        env=simcord_env,
        guild=guild,
        channel=guild.create_text_channel("papers"),
        alice=guild.add_member(simcord_env.create_user("alice")),
        bob=guild.add_member(simcord_env.create_user("bob")),
        carol=simcord_env.create_user("carol"),
    )


@pytest.fixture
async def server(
    sent: list[Callable[[], Iterable[tuple[str, str, Any]]]],
) -> AsyncIterator[LoopbackDiscord]:
    """A Discord that knows every request; nothing else may be asked of it."""
    async with LoopbackDiscord(token="MTIz.loop.token-of-this-test", timeout=PATIENCE) as running:
        sent.append(lambda: [*running.sent, ("PUT", "/commands", running.commands)])
        yield running
        assert running.unhandled == []


@pytest.fixture
def similit(folder: Path, server: LoopbackDiscord) -> Iterable[Program]:
    """The program, on the test's library and the test's Discord."""
    program = Program(folder, server)
    yield program
    assert server.token not in program.output
