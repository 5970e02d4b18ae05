"""Tests of the rules for Discord's limits: each edge from both sides, and random messages."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.discord_limits import (
    COMPONENTS_V2,
    autocomplete_violations,
    check,
    command_set_violations,
    command_violations,
    length,
    mention_violations,
    modal_violations,
    nested,
    violations,
)

Made = dict[str, Any]
QUIET: Made = {"parse": []}


# --- building payloads -----------------------------------------------------------------------


def v2(*components: Made, **more: Any) -> Made:
    """A Components V2 message that pings nobody."""
    made = {"flags": COMPONENTS_V2, "components": list(components), "allowed_mentions": QUIET}
    return made | more


def plain(**more: Any) -> Made:
    """A message with content that pings nobody."""
    return {"content": "hi", "allowed_mentions": QUIET} | more


def text(content: str = "text") -> Made:
    return {"type": 10, "content": content}


def button(**more: Any) -> Made:
    return {"type": 2, "style": 2, "label": "go", "custom_id": "go"} | more


def link(**more: Any) -> Made:
    return {"type": 2, "style": 5, "label": "go", "url": "https://example.org/"} | more


def sold(**more: Any) -> Made:
    return {"type": 2, "style": 6, "sku_id": "1"} | more


def buttons(count: int) -> list[Made]:
    return [button(custom_id=f"b{index}") for index in range(count)]


def row(*children: Made, **more: Any) -> Made:
    return {"type": 1, "components": list(children)} | more


def rows(count: int) -> list[Made]:
    return [row(button(custom_id=f"r{index}")) for index in range(count)]


def option(index: int = 0, **more: Any) -> Made:
    return {"label": f"option {index}", "value": str(index)} | more


def options(count: int) -> list[Made]:
    return [option(index) for index in range(count)]


def select(**more: Any) -> Made:
    return {"type": 3, "custom_id": "pick", "options": options(2)} | more


def users(**more: Any) -> Made:
    return {"type": 5, "custom_id": "who"} | more


def section(*texts: Made, **more: Any) -> Made:
    return {"type": 9, "components": list(texts) or [text()], "accessory": button()} | more


def thumbnail(**more: Any) -> Made:
    return {"type": 11, "media": {"url": "https://example.org/a.png"}} | more


def gallery(count: int = 1, **more: Any) -> Made:
    item = {"media": {"url": "https://example.org/a.png"}} | more
    return {"type": 12, "items": [dict(item) for _ in range(count)]}


def file(name: str = "a.txt") -> Made:
    return {"type": 13, "file": {"url": f"attachment://{name}"}}


def separator(**more: Any) -> Made:
    return {"type": 14} | more


def container(*children: Made, **more: Any) -> Made:
    return {"type": 17, "components": list(children) or [text()]} | more


def attachments(*names: str) -> list[Made]:
    return [{"id": index, "filename": name} for index, name in enumerate(names)]


def embed(**more: Any) -> Made:
    return plain(embeds=[{"title": "title"} | more])


def modal(*components: Made, **more: Any) -> Made:
    parts = list(components) or [label()]
    return {"custom_id": "form", "title": "Form", "components": parts} | more


def label(inner: Made | None = None, **more: Any) -> Made:
    return {"type": 18, "label": "Name", "component": inner or text_input()} | more


def labels(count: int) -> list[Made]:
    return [label(text_input(custom_id=f"t{index}")) for index in range(count)]


def text_input(**more: Any) -> Made:
    return {"type": 4, "style": 1, "custom_id": "text"} | more


def upload(**more: Any) -> Made:
    return {"type": 19, "custom_id": "upload"} | more


def boxes(**more: Any) -> Made:
    return {"type": 22, "custom_id": "boxes", "options": options(3)} | more


def choice(**more: Any) -> Made:
    return {"name": "name", "value": "value"} | more


def command(**more: Any) -> Made:
    return {"name": "find", "description": "Finds something", "type": 1} | more


def parameter(**more: Any) -> Made:
    return {"type": 3, "name": "query", "description": "What to find"} | more


def parameters(count: int) -> list[Made]:
    return [parameter(name=f"p{index}") for index in range(count)]


def menu(**more: Any) -> Made:
    return {"name": "Find similar", "type": 3} | more


def with_parameter(**more: Any) -> Made:
    return command(options=[parameter(**more)])


def heavy_command(size: int) -> Made:
    """A command with ``size`` characters of text, none of its fields too long."""
    full = choice(name="n" * 100, value="v" * 100)
    one = parameter(name="one", description="d" * (size - 7960), choices=[full] * 25)
    two = parameter(name="two", description="d" * 50, choices=[full] * 14)
    return command(name="find", description="d" * 100, options=[one, two])


def many_commands(kind: int) -> Callable[[int], list[Made]]:
    """Builds sets of commands of one type."""
    described = {} if kind == 1 else {"description": ""}
    return lambda n: [command(name=f"n{i}", type=kind) | described for i in range(n)]


def of_option(key: str) -> Callable[[int], Made]:
    """Builds messages with a select whose option has a text as long as the number."""
    return lambda n: v2(row(select(options=[option() | {key: "x" * n}])))


# --- edges -----------------------------------------------------------------------------------


class Edge(NamedTuple):
    """One limit: how to build a payload with a number, numbers in and out, the path named."""

    name: str
    build: Callable[[int], Any]
    legal: tuple[int, ...]
    illegal: tuple[int, ...]
    path: str
    rule: Callable[[Any], list[str]] = violations


def at_row(**of: Callable[[int], Any]) -> Callable[[int], Made]:
    """Builds messages with a button whose fields come from the number."""
    return lambda n: v2(row(button(**{key: make(n) for key, make in of.items()})))


BUTTON = "components[0].components[0]"
MESSAGE_EDGES = [
    Edge("components", lambda n: v2(*[text()] * n), (1, 40), (41,), "components"),
    Edge(
        "components nested in a container",
        lambda n: v2(container(*[text()] * (n - 1))),
        (2, 40),
        (41,),
        "components",
    ),
    Edge(
        "components with accessories",
        lambda n: v2(*[section(accessory=thumbnail())] * 12, *[text()] * (n - 36)),
        (40,),
        (41,),
        "components",
    ),
    Edge(
        "components in rows",
        lambda n: v2(*rows(19), *[separator()] * (n - 38)),
        (40,),
        (41,),
        "components",
    ),
    Edge(
        "text over all displays",
        lambda n: v2(text("x" * 2000), container(section(text("x" * (n - 2000))))),
        (2001, 4000),
        (4001,),
        "components",
    ),
    Edge("content", lambda n: plain(content="x" * n), (1, 2000), (2001,), "content"),
    Edge(
        "content beyond the basic plane counts code points",
        lambda n: plain(content="\U00020000" * n),
        (2000,),
        (2001,),
        "content",
    ),
    Edge("action rows", lambda n: plain(components=rows(n)), (0, 1, 5), (6,), "components"),
    Edge(
        "stickers",
        lambda n: plain(sticker_ids=["1"] * n),
        (0, 3),
        (4,),
        "sticker_ids",
    ),
    Edge(
        "attachments",
        lambda n: plain(attachments=attachments(*(f"{i}.txt" for i in range(n)))),
        (0, 10),
        (11,),
        "attachments",
    ),
    Edge(
        "component id",
        lambda n: v2(text() | {"id": n}),
        (0, 1, 2**31 - 1),
        (-1, 2**31),
        "components[0].id",
    ),
]
COMPONENT_EDGES = [
    Edge(
        "custom_id of a button",
        at_row(custom_id="x".__mul__),
        (1, 100),
        (0, 101),
        f"{BUTTON}.custom_id",
    ),
    Edge("label of a button", at_row(label="x".__mul__), (1, 80), (81,), f"{BUTTON}.label"),
    Edge("style of a button", at_row(style=int), (1, 2, 3, 4), (0, 7), f"{BUTTON}.style"),
    Edge(
        "URL of a link",
        lambda n: v2(row(link(url="https://a.org/".ljust(n, "x")))),
        (14, 512),
        (513,),
        f"{BUTTON}.url",
    ),
    Edge(
        "buttons of a row",
        lambda n: v2(row(*buttons(n))),
        (1, 5),
        (0, 6),
        "components[0].components",
    ),
    Edge(
        "options of a select",
        lambda n: v2(row(select(options=options(n)))),
        (1, 25),
        (0, 26),
        f"{BUTTON}.options",
    ),
    *(
        Edge(
            f"{key} of an option",
            of_option(key),
            (1, 100),
            (0, 101),
            f"{BUTTON}.options[0].{key}",
        )
        for key in ("label", "value", "description")
    ),
    Edge(
        "placeholder of a select",
        lambda n: v2(row(select(placeholder="x" * n))),
        (0, 150),
        (151,),
        f"{BUTTON}.placeholder",
    ),
    Edge(
        "custom_id of a select",
        lambda n: v2(row(select(custom_id="x" * n))),
        (1, 100),
        (0, 101),
        f"{BUTTON}.custom_id",
    ),
    Edge(
        "min_values of a select",
        lambda n: v2(row(users(min_values=n, max_values=25))),
        (0, 25),
        (-1, 26),
        f"{BUTTON}.min_values",
    ),
    Edge(
        "min_values against max_values",
        lambda n: v2(row(users(min_values=n, max_values=3))),
        (3,),
        (4,),
        f"{BUTTON}.min_values",
    ),
    Edge(
        "min_values against the default of max_values",
        lambda n: v2(row(users(min_values=n))),
        (1,),
        (2,),
        f"{BUTTON}.min_values",
    ),
    Edge(
        "max_values of a select",
        lambda n: v2(row(users(min_values=0, max_values=n))),
        (1, 25),
        (0, 26),
        f"{BUTTON}.max_values",
    ),
    Edge(
        "max_values against the options",
        lambda n: v2(row(select(max_values=n))),
        (1, 2),
        (3,),
        f"{BUTTON}.max_values",
    ),
    Edge(
        "options chosen by default",
        lambda n: v2(row(select(options=[option(i, default=i < n) for i in range(4)]))),
        (0, 1),
        (2,),
        f"{BUTTON}.options",
    ),
    Edge(
        "default values of a select of users",
        lambda n: v2(row(users(max_values=2, default_values=[{"id": "1", "type": "user"}] * n))),
        (1, 2),
        (0, 3),
        f"{BUTTON}.default_values",
    ),
    Edge(
        "texts of a section",
        lambda n: v2({"type": 9, "components": [text()] * n, "accessory": button()}),
        (1, 3),
        (0, 4),
        "components[0].components",
    ),
    Edge(
        "content of a text display",
        lambda n: v2(text("x" * n)),
        (1, 4000),
        (0,),
        "components[0].content",
    ),
    Edge(
        "children of a container",
        lambda n: v2({"type": 17, "components": [text()] * n}),
        (1, 39),
        (0,),
        "components[0].components",
    ),
    Edge(
        "accent of a container",
        lambda n: v2(container(accent_color=n)),
        (0, 0xFFFFFF),
        (-1, 0x1000000),
        "components[0].accent_color",
    ),
    Edge("items of a gallery", lambda n: v2(gallery(n)), (1, 10), (0, 11), "components[0].items"),
    Edge(
        "description of a gallery item",
        lambda n: v2(gallery(description="x" * n)),
        (0, 1024),
        (1025,),
        "components[0].items[0].description",
    ),
    Edge(
        "description of a thumbnail",
        lambda n: v2(section(accessory=thumbnail(description="x" * n))),
        (0, 1024),
        (1025,),
        "components[0].accessory.description",
    ),
    Edge(
        "spacing of a separator",
        lambda n: v2(separator(spacing=n)),
        (1, 2),
        (0, 3),
        "components[0].spacing",
    ),
]
EMBED_EDGES = [
    Edge("embeds", lambda n: plain(embeds=[{"title": "t"}] * n), (0, 10), (11,), "embeds"),
    Edge("title", lambda n: embed(title="x" * n), (0, 256), (257,), "embeds[0].title"),
    Edge(
        "description",
        lambda n: embed(description="x" * n),
        (0, 4096),
        (4097,),
        "embeds[0].description",
    ),
    Edge(
        "fields",
        lambda n: embed(fields=[{"name": "n", "value": "v"}] * n),
        (0, 25),
        (26,),
        "embeds[0].fields",
    ),
    Edge(
        "field name",
        lambda n: embed(fields=[{"name": "x" * n, "value": "v"}]),
        (1, 256),
        (0, 257),
        "embeds[0].fields[0].name",
    ),
    Edge(
        "field value",
        lambda n: embed(fields=[{"name": "n", "value": "x" * n}]),
        (1, 1024),
        (0, 1025),
        "embeds[0].fields[0].value",
    ),
    Edge(
        "footer",
        lambda n: embed(footer={"text": "x" * n}),
        (0, 2048),
        (2049,),
        "embeds[0].footer.text",
    ),
    Edge(
        "author",
        lambda n: embed(author={"name": "x" * n}),
        (0, 256),
        (257,),
        "embeds[0].author.name",
    ),
    Edge("colour", lambda n: embed(color=n), (0, 0xFFFFFF), (-1, 0x1000000), "embeds[0].color"),
    Edge(
        "text over all embeds",
        lambda n: plain(embeds=[{"description": "x" * 4000}, {"description": "x" * (n - 4000)}]),
        (6000,),
        (6001,),
        "embeds",
    ),
]
CHOICE_EDGES = [
    Edge("choices", lambda n: [choice()] * n, (0, 25), (26,), "choices", autocomplete_violations),
    Edge(
        "name of a choice",
        lambda n: [choice(name="x" * n)],
        (1, 100),
        (0, 101),
        "choices[0].name",
        autocomplete_violations,
    ),
    Edge(
        "value of a choice",
        lambda n: [choice(value="x" * n)],
        (0, 100),
        (101,),
        "choices[0].value",
        autocomplete_violations,
    ),
    Edge(
        "number of a choice",
        lambda n: [choice(value=n)],
        (-(2**53), 0, 2**53),
        (-(2**53) - 1, 2**53 + 1),
        "choices[0].value",
        autocomplete_violations,
    ),
]
INPUT = "components[0].component"


def in_modal(
    name: str, make: Callable[[int], Made], legal: tuple[int, ...], *illegal: int, path: str
) -> Edge:
    """An edge of one component in a label of a modal."""
    path = f"{INPUT}.{path}"
    return Edge(name, lambda n: modal(label(make(n))), legal, illegal, path, modal_violations)


MODAL_EDGES = [
    Edge("title", lambda n: modal(title="x" * n), (1, 45), (0, 46), "title", modal_violations),
    Edge(
        "custom_id",
        lambda n: modal(custom_id="x" * n),
        (1, 100),
        (0, 101),
        "custom_id",
        modal_violations,
    ),
    Edge(
        "components",
        lambda n: {"custom_id": "form", "title": "Form", "components": labels(n)},
        (1, 5),
        (0, 6),
        "components",
        modal_violations,
    ),
    Edge(
        "label",
        lambda n: modal(label(label="x" * n)),
        (1, 45),
        (0, 46),
        "components[0].label",
        modal_violations,
    ),
    Edge(
        "description",
        lambda n: modal(label(description="x" * n)),
        (0, 100),
        (101,),
        "components[0].description",
        modal_violations,
    ),
    Edge(
        "label of an input in a row",
        lambda n: modal(row(text_input(label="x" * n))),
        (1, 45),
        (0, 46),
        "components[0].components[0].label",
        modal_violations,
    ),
    Edge(
        "inputs of a row",
        lambda n: modal(row(*(text_input(custom_id=f"i{i}", label="l") for i in range(n)))),
        (1,),
        (0, 2),
        "components[0].components",
        modal_violations,
    ),
    in_modal("input value", lambda n: text_input(value="x" * n), (0, 4000), 4001, path="value"),
    in_modal(
        "placeholder",
        lambda n: text_input(placeholder="x" * n),
        (0, 100),
        101,
        path="placeholder",
    ),
    in_modal("input style", lambda n: text_input(style=n), (1, 2), 0, 3, path="style"),
    in_modal(
        "min_length",
        lambda n: text_input(min_length=n),
        (0, 4000),
        -1,
        4001,
        path="min_length",
    ),
    in_modal(
        "max_length",
        lambda n: text_input(max_length=n),
        (1, 4000),
        0,
        4001,
        path="max_length",
    ),
    in_modal(
        "min_length against max_length",
        lambda n: text_input(min_length=n, max_length=10),
        (10,),
        11,
        path="min_length",
    ),
    in_modal(
        "input custom_id",
        lambda n: text_input(custom_id="x" * n),
        (1, 100),
        0,
        101,
        path="custom_id",
    ),
    in_modal(
        "uploads",
        lambda n: upload(max_values=n),
        (1, 10),
        0,
        11,
        path="max_values",
    ),
    in_modal(
        "required select",
        lambda n: select(min_values=n),
        (1,),
        0,
        path="min_values",
    ),
    in_modal(
        "radio options",
        lambda n: {"type": 21, "custom_id": "r", "options": options(n)},
        (2, 10),
        1,
        11,
        path="options",
    ),
    in_modal(
        "checkbox options",
        lambda n: boxes(options=options(n), max_values=1),
        (1, 10),
        0,
        11,
        path="options",
    ),
]


def in_command(
    name: str, make: Callable[[int], Made], legal: tuple[int, ...], *illegal: int, path: str
) -> Edge:
    return Edge(name, make, legal, illegal, path, command_violations)


COMMAND_EDGES = [
    in_command("name", lambda n: command(name="x" * n), (1, 32), 0, 33, path="name"),
    in_command(
        "description",
        lambda n: command(description="x" * n),
        (1, 100),
        0,
        101,
        path="description",
    ),
    in_command(
        "translated name",
        lambda n: command(name_localizations={"zh-CN": "查" * n}),
        (1, 32),
        0,
        33,
        path="name_localizations.zh-CN",
    ),
    in_command(
        "translated description",
        lambda n: command(description_localizations={"zh-TW": "查" * n}),
        (1, 100),
        0,
        101,
        path="description_localizations.zh-TW",
    ),
    in_command("options", lambda n: command(options=parameters(n)), (0, 25), 26, path="options"),
    in_command(
        "option name",
        lambda n: with_parameter(name="x" * n),
        (1, 32),
        0,
        33,
        path="options[0].name",
    ),
    in_command(
        "option description",
        lambda n: with_parameter(description="x" * n),
        (1, 100),
        0,
        101,
        path="options[0].description",
    ),
    in_command(
        "option type",
        lambda n: with_parameter(type=n),
        tuple(range(3, 12)),
        0,
        12,
        path="options[0].type",
    ),
    in_command(
        "choices",
        lambda n: with_parameter(choices=[choice()] * n),
        (0, 25),
        26,
        path="options[0].choices",
    ),
    in_command(
        "choice name",
        lambda n: with_parameter(choices=[choice(name="x" * n)]),
        (1, 100),
        0,
        101,
        path="options[0].choices[0].name",
    ),
    in_command(
        "translated choice",
        lambda n: with_parameter(choices=[choice(name_localizations={"ja": "x" * n})]),
        (1, 100),
        0,
        101,
        path="options[0].choices[0].name_localizations.ja",
    ),
    in_command(
        "choice value",
        lambda n: with_parameter(choices=[choice(value="x" * n)]),
        (0, 100),
        101,
        path="options[0].choices[0].value",
    ),
    in_command(
        "min_length",
        lambda n: with_parameter(min_length=n),
        (0, 6000),
        -1,
        6001,
        path="options[0].min_length",
    ),
    in_command(
        "max_length",
        lambda n: with_parameter(max_length=n),
        (1, 6000),
        0,
        6001,
        path="options[0].max_length",
    ),
    in_command(
        "min_value",
        lambda n: with_parameter(type=4, min_value=n, max_value=9),
        (-1, 9),
        10,
        path="options[0].min_value",
    ),
    in_command("menu name", lambda n: menu(name="X" * n), (1, 32), 0, 33, path="name"),
    in_command(
        "menu translation",
        lambda n: menu(name_localizations={"de": "X" * n}),
        (1, 32),
        0,
        33,
        path="name_localizations.de",
    ),
    in_command(
        "menu description", lambda n: menu(description="x" * n), (0,), 1, path="description"
    ),
    in_command("all text", heavy_command, (8000,), 8001, path="command"),
    *(
        Edge(
            f"commands of type {kind}",
            many_commands(kind),
            (0, limit),
            (limit + 1,),
            "commands",
            command_set_violations,
        )
        for kind, limit in ((1, 100), (2, 15), (3, 15))
    ),
]


def numbers(edges: Iterable[Edge], field: str) -> list[Any]:
    """One test parameter for each number of each edge, named after both."""
    return [
        pytest.param(edge, number, id=f"{edge.name}-{number}")
        for edge in edges
        for number in getattr(edge, field)
    ]


EDGES = [
    *MESSAGE_EDGES,
    *COMPONENT_EDGES,
    *EMBED_EDGES,
    *CHOICE_EDGES,
    *MODAL_EDGES,
    *COMMAND_EDGES,
]


@pytest.mark.parametrize(("edge", "number"), numbers(EDGES, "legal"))
def test_within_a_limit(edge: Edge, number: int) -> None:
    assert edge.rule(edge.build(number)) == []


@pytest.mark.parametrize(("edge", "number"), numbers(EDGES, "illegal"))
def test_beyond_a_limit(edge: Edge, number: int) -> None:
    found = edge.rule(edge.build(number))
    assert [problem.partition(": ")[0] for problem in found] == [edge.path]


# --- rules that are no numbers ---------------------------------------------------------------

LEGAL: dict[str, Made] = {
    "content": plain(),
    "only an embed": {"embeds": [{"title": "t"}]},
    "only a sticker": {"sticker_ids": ["1"]},
    "only a file": {"attachments": attachments("a.txt")},
    "as discord.py sends it": v2(text(), content=None, embeds=[], tts=False),
    "every component": v2(
        container(section(), separator(spacing=2), row(select()), gallery(), accent_color=0),
        section(accessory=thumbnail(), id=7),
        row(link(), sold(), button(custom_id="b")),
        file(),
        attachments=attachments("a.txt"),
    ),
    "a reply": plain(allowed_mentions={"parse": [], "replied_user": False}),
    "an emoji for a label": v2(row(button(label=None, emoji={"name": "x"}))),
    "a link into the client": v2(row(link(url="discord://-/settings"))),
    "ids of 0 are no ids": v2(text() | {"id": 0}, text() | {"id": 0}),
    "a select of each kind": v2(
        *(row(users(type=kind, custom_id=f"s{kind}")) for kind in (5, 6, 7, 8))
    ),
    "default values without a minimum": v2(
        row(users(min_values=None, default_values=[{"id": "1", "type": "user"}]))
    ),
    "an embed beside empty content": embed(content=""),
    "two selects in two rows": v2(row(select()), row(users())),
    "media among the attachments": v2(
        gallery(media={"url": "attachment://a.png"}), attachments=attachments("a.png")
    ),
    "a button whose message also has text": plain(components=[row(button())]),
}


@pytest.mark.parametrize("name", LEGAL)
def test_legal_messages(name: str) -> None:
    assert violations(LEGAL[name]) == []


ROW = "components[0]"
ILLEGAL: dict[str, tuple[Made, str]] = {
    "empty": ({"allowed_mentions": QUIET}, "message"),
    "only blanks": (plain(content=" \n"), "message"),
    "V2 without components": (v2(), "message"),
    "content beside V2": (v2(text(), content="hi"), "content"),
    "embeds beside V2": (v2(text(), embeds=[{"title": "t"}]), "embeds"),
    "poll beside V2": (v2(text(), poll={"question": {}}), "poll"),
    "stickers beside V2": (v2(text(), sticker_ids=["1"]), "sticker_ids"),
    "stickers by the other name": (v2(text(), stickers=["1"]), "stickers"),
    "flags of the wrong type": (plain(flags="0"), "flags"),
    "components of the wrong type": (v2(text()) | {"components": {"type": 10}}, "components"),
    "a component that is no object": (v2(text()) | {"components": [3]}, ROW),
    "an unknown component": (v2({"type": 99}), f"{ROW}.type"),
    "a component without a type": (v2({"content": "text"}), f"{ROW}.type"),
    "a button at the top": (v2(button()), ROW),
    "a thumbnail at the top": (v2(thumbnail()), ROW),
    "a text input": (v2(row(text_input())), BUTTON),
    "a container in a container": (v2(container(container())), BUTTON),
    "a button in a container": (v2(container(button())), BUTTON),
    "a text in a row": (v2(row(text())), BUTTON),
    "a separator in a section": (v2(section(separator())), BUTTON),
    "a text as accessory": (v2(section(accessory=text())), f"{ROW}.accessory"),
    "no accessory": (v2(section(accessory=None)), f"{ROW}.accessory"),
    "two accessories": (v2(section(accessory=[button()])), f"{ROW}.accessory"),
    "a select beside a button": (v2(row(select(), button())), f"{ROW}.components"),
    "two selects in a row": (v2(row(select(), users())), f"{ROW}.components"),
    "a row without a list": (v2({"type": 1}), f"{ROW}.components"),
    "no custom_id": (v2(row(button(custom_id=None))), f"{BUTTON}.custom_id"),
    "custom_id of a wrong type": (v2(row(button(custom_id=7))), f"{BUTTON}.custom_id"),
    "custom_id and URL": (v2(row(button(url="https://a.org/"))), f"{BUTTON}.url"),
    "custom_id and SKU": (v2(row(button(sku_id="1"))), f"{BUTTON}.sku_id"),
    "a link without URL": (v2(row(link(url=None))), f"{BUTTON}.url"),
    "a link with custom_id": (v2(row(link(custom_id="x"))), f"{BUTTON}.custom_id"),
    "a link with SKU": (v2(row(link(sku_id="1"))), f"{BUTTON}.sku_id"),
    "a link by FTP": (v2(row(link(url="ftp://example.org/"))), f"{BUTTON}.url"),
    "a link to no host": (v2(row(link(url="https://"))), f"{BUTTON}.url"),
    "a link without scheme": (v2(row(link(url="example.org"))), f"{BUTTON}.url"),
    "a link with a blank": (v2(row(link(url="https://a.org/a b"))), f"{BUTTON}.url"),
    "a link that is no URL": (v2(row(link(url="https://[a"))), f"{BUTTON}.url"),
    "premium without SKU": (v2(row(sold(sku_id=None))), f"{BUTTON}.sku_id"),
    "premium with label": (v2(row(sold(label="x"))), f"{BUTTON}.label"),
    "premium with emoji": (v2(row(sold(emoji={"name": "x"}))), f"{BUTTON}.emoji"),
    "premium with URL": (v2(row(sold(url="https://a.org/"))), f"{BUTTON}.url"),
    "premium with custom_id": (v2(row(sold(custom_id="x"))), f"{BUTTON}.custom_id"),
    "neither label nor emoji": (v2(row(button(label=None))), BUTTON),
    "a blank label": (v2(row(button(label="  "))), BUTTON),
    "an empty emoji": (v2(row(button(emoji={"name": ""}))), f"{BUTTON}.emoji"),
    "blank text": (v2(text(" \n ")), f"{ROW}.content"),
    "no text": (v2({"type": 10}), f"{ROW}.content"),
    "an option without value": (
        v2(row(select(options=[{"label": "x"}]))),
        f"{BUTTON}.options[0].value",
    ),
    "an option with an empty emoji": (
        v2(row(select(options=[option(emoji={})]))),
        f"{BUTTON}.options[0].emoji",
    ),
    "an option without label": (
        v2(row(select(options=[{"value": "x"}]))),
        f"{BUTTON}.options[0].label",
    ),
    "options of the same value": (
        v2(row(select(options=[option(0), option(0)]))),
        f"{BUTTON}.options[1].value",
    ),
    "a boolean for a number": (v2(separator(spacing=True)), f"{ROW}.spacing"),
    "the same custom_id twice": (
        v2(section(), container(row(button()))),
        f"{BUTTON.replace('components[0].c', 'components[1].c')}.components[0].custom_id",
    ),
    "the same id twice": (
        v2(container(text() | {"id": 3}), text() | {"id": 3}),
        "components[1].id",
    ),
    "a file from the net": (
        v2({"type": 13, "file": {"url": "https://example.org/a.txt"}}),
        f"{ROW}.file.url",
    ),
    "a file without name": (v2({"type": 13, "file": {"url": "attachment://"}}), f"{ROW}.file.url"),
    "a file that is not attached": (
        v2(file("b.txt"), file("a.txt"), attachments=attachments("a.txt")),
        f"{ROW}.file.url",
    ),
    "a picture that is not attached": (
        v2(gallery(media={"url": "attachment://b.png"})),
        f"{ROW}.items[0].media.url",
    ),
    "no media": (v2(section(accessory={"type": 11})), f"{ROW}.accessory.media"),
    "an attachment that is not shown": (
        v2(file("a.txt"), attachments=attachments("a.txt", "b.txt")),
        "attachments[1]",
    ),
    "more default values than the one": (
        v2(row(users(default_values=[{"id": "1", "type": "user"}] * 2))),
        f"{BUTTON}.default_values",
    ),
    "a link to a number": (v2(row(link(url=5))), f"{BUTTON}.url"),
    "a field without name": (embed(fields=[{"value": "v"}]), "embeds[0].fields[0].name"),
    "a field without value": (
        embed(fields=[{"name": "n"}]),
        "embeds[0].fields[0].value",
    ),
    "a button outside of a row without V2": (plain(components=[button()]), ROW),
    "a text display without V2": (plain(components=[text()]), ROW),
    "a container without V2": (plain(components=[container(separator())]), ROW),
}


@pytest.mark.parametrize("name", ILLEGAL)
def test_illegal_messages(name: str) -> None:
    payload, path = ILLEGAL[name]
    assert path in [problem.partition(": ")[0] for problem in violations(payload)]


def test_the_path_leads_to_the_field() -> None:
    long = button(label="x" * 81, custom_id="long")
    message = v2(container(text(), text(), text(), section(accessory=long)))
    problem = "has 81 characters, allowed are 0 to 80"
    path = "components[0].components[3].accessory.label"
    assert violations(message) == [f"{path}: {problem}"]


def test_the_first_use_is_named() -> None:
    found = violations(v2(row(button()), row(button())))
    first, second = (f"components[{index}].components[0].custom_id" for index in range(2))
    assert found == [f"{second}: 'go' is used already at {first}"]


def test_v2_components_need_the_flag() -> None:
    found = violations(v2(text()) | {"flags": 64})
    assert found == ["components[0]: type 10 needs the flag IS_COMPONENTS_V2 (32768)"]


def test_other_flags_may_stand_beside() -> None:
    assert violations(v2(text()) | {"flags": COMPONENTS_V2 | 64}) == []


def test_length_counts_code_points() -> None:
    assert length("\U00020000e\u0301") == 3


def test_check_passes_a_legal_message() -> None:
    check(v2(text()))


def test_check_takes_no_empty_message() -> None:
    with pytest.raises(AssertionError, match="message: is empty"):
        check({})


def test_check_lists_everything() -> None:
    with pytest.raises(AssertionError) as caught:
        check(v2(text(""), separator(spacing=5)))
    lines = str(caught.value).splitlines()
    assert [line.partition(":")[0] for line in lines[1:]] == [
        "components[0].content",
        "components[1].spacing",
    ]


class TestEdits:
    """In an edit, a field left out keeps what the message has."""

    def test_nothing_given(self) -> None:
        assert violations({"allowed_mentions": QUIET}, edit=True) == []

    def test_everything_taken_away(self) -> None:
        emptied: Made = {"content": None, "embeds": [], "components": []}
        assert violations(emptied, edit=True) == ["message: is empty"]

    def test_files_of_the_message(self) -> None:
        assert violations(v2(file()), edit=True) == []
        check(v2(file()), edit=True)

    def test_files_replaced(self) -> None:
        found = violations(v2(file(), attachments=[]), edit=True)
        assert found == ["components[0].file.url: 'a.txt' is not among the attachments"]


MENTIONS: dict[str, tuple[Made | None, list[str]]] = {
    "none": (QUIET, []),
    "missing": (None, ["allowed_mentions"]),
    "parse missing": ({}, ["allowed_mentions.parse"]),
    "parse everyone": ({"parse": ["everyone"]}, ["allowed_mentions.parse"]),
    "parse users": ({"parse": ["users"]}, ["allowed_mentions.parse"]),
    "some users": ({"parse": [], "users": ["1"]}, ["allowed_mentions.users"]),
    "no users": ({"parse": [], "users": [], "roles": []}, []),
    "some roles": ({"parse": [], "roles": ["1"]}, ["allowed_mentions.roles"]),
    "the author": ({"parse": [], "replied_user": True}, ["allowed_mentions.replied_user"]),
    "not the author": ({"parse": [], "replied_user": False}, []),
}


@pytest.mark.parametrize("message", [plain(), v2(container(section()))], ids=["plain", "V2"])
@pytest.mark.parametrize("name", MENTIONS)
def test_a_message_pings_nobody(message: Made, name: str) -> None:
    allowed, paths = MENTIONS[name]
    payload = message | {"allowed_mentions": allowed}
    assert [problem.partition(": ")[0] for problem in mention_violations(payload)] == paths
    assert violations(payload) == mention_violations(payload)


def test_without_text_there_is_nothing_to_ping() -> None:
    assert mention_violations({"components": [separator()], "flags": COMPONENTS_V2}) == []


# --- autocomplete, modals, commands ----------------------------------------------------------


@pytest.mark.parametrize("value", ["", "text", 0, -5, 1.5])
def test_values_a_choice_can_have(value: object) -> None:
    assert autocomplete_violations([choice(value=value)]) == []


@pytest.mark.parametrize("value", [None, True, [], float("nan"), float("inf")])
def test_values_a_choice_cannot_have(value: object) -> None:
    found = autocomplete_violations([choice(), choice(value=value)])
    assert [problem.partition(": ")[0] for problem in found] == ["choices[1].value"]


@pytest.mark.parametrize(
    ("choices", "path"),
    [
        (None, "choices"),
        ([None], "choices[0]"),
        ([choice(name="  ")], "choices[0].name"),
        ([{"value": "x"}], "choices[0].name"),
        ([choice(name_localizations={"zh": "x"})], "choices[0].name_localizations.zh"),
    ],
)
def test_choices_that_are_none(choices: Any, path: str) -> None:
    found = autocomplete_violations(choices)
    assert [problem.partition(": ")[0] for problem in found] == [path]


@pytest.mark.parametrize(
    "data",
    [
        modal(),
        modal(row(text_input(label="old"))),
        modal(text("Read this"), label(select()), label(users(min_values=0, required=False))),
        modal(label({"type": 23, "custom_id": "yes"})),
        modal(label(boxes(min_values=3))),
        modal(label(boxes(min_values=0, required=False))),
        modal(label(upload(min_values=0, required=False))),
    ],
)
def test_legal_modals(data: Made) -> None:
    assert modal_violations(data) == []


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (modal(title=None), "title"),
        (modal(container()), ROW),
        (modal(text_input()), ROW),
        (modal(row(button())), BUTTON),
        (modal(label(button())), INPUT),
        (modal(label(text())), INPUT),
        (modal(label() | {"component": None}), INPUT),
        (modal(row(text_input())), f"{BUTTON}.label"),
        (modal(label(), label()), "components[1].component.custom_id"),
        (modal(label(select(disabled=True))), f"{INPUT}.disabled"),
        (modal(label(text_input(style=None))), f"{INPUT}.style"),
        (modal(label({"type": 23})), f"{INPUT}.custom_id"),
        (modal(label(label=None)), "components[0].label"),
        (modal(label(upload(min_values=0))), f"{INPUT}.min_values"),
        (modal(label(upload(min_values=2))), f"{INPUT}.min_values"),
        (modal(label(boxes(min_values=0))), f"{INPUT}.min_values"),
        (modal(label(boxes(min_values=4))), f"{INPUT}.min_values"),
        (modal(label(boxes(max_values=4))), f"{INPUT}.max_values"),
    ],
)
def test_illegal_modals(data: Made, path: str) -> None:
    assert path in [problem.partition(": ")[0] for problem in modal_violations(data)]


def sub(name: str = "sub", **more: Any) -> Made:
    return {"type": 1, "name": name, "description": "A part"} | more


def group(*parts: Made, **more: Any) -> Made:
    return {"type": 2, "name": "group", "description": "Parts", "options": list(parts)} | more


@pytest.mark.parametrize(
    "made",
    [
        command(),
        menu(),
        menu(type=2, description=""),
        command(name="查找"),
        command(name="हिन्दी"),
        command(name="ก็"),
        command(name="it's_a-name2"),
        command(name_localizations={"zh-CN": "查找", "zh-TW": "查詢", "es-419": "buscar"}),
        command(name_localizations=None, description_localizations=None),
        menu(name_localizations={"de": "Ähnliches Finden"}),
        command(options=[parameter(name="a", required=True), parameter(name="b")]),
        command(options=[sub(options=[parameter()]), group(sub(), sub("other"))]),
        with_parameter(type=4, choices=[choice(value=1)]),
        with_parameter(type=10, choices=[choice(value=1), choice(value=0.5)]),
        with_parameter(autocomplete=True),
        with_parameter(type=4, min_value=1),
        with_parameter(type=10, max_value=0.5),
    ],
)
def test_legal_commands(made: Made) -> None:
    assert command_violations(made) == []


FIRST = "options[0]"


@pytest.mark.parametrize(
    ("made", "path"),
    [
        (command(type=9), "type"),
        (command(name=None), "name"),
        (command(name="Find"), "name"),
        (command(name="Ähnlich"), "name"),
        (command(name="two words"), "name"),
        (command(name="find!"), "name"),
        (command(name="e\u0301"), "name"),
        (command(description="  "), "description"),
        (command(description=None), "description"),
        (command(name_localizations={"zh-CN": "Find"}), "name_localizations.zh-CN"),
        (command(name_localizations={"zh": "find"}), "name_localizations.zh"),
        (command(name_localizations=["find"]), "name_localizations"),
        (command(description_localizations={"xx": "d"}), "description_localizations.xx"),
        (menu(options=parameters(1)), "options"),
        (menu(description_localizations={"de": "x"}), "description_localizations"),
        (menu(name_localizations={"en": "Find"}), "name_localizations.en"),
        (with_parameter(name="Query"), f"{FIRST}.name"),
        (with_parameter(name_localizations={"ja": "a b"}), f"{FIRST}.name_localizations.ja"),
        (command(options=[parameter(), parameter()]), "options[1].name"),
        (
            command(options=[parameter(name="a"), parameter(name="b", required=True)]),
            "options[1].required",
        ),
        (command(options=[sub(), parameter()]), "options"),
        (command(options=[group()]), f"{FIRST}.options"),
        (command(options=[group(parameter())]), f"{FIRST}.options"),
        (command(options=[sub(options=[sub("in")])]), f"{FIRST}.options[0].type"),
        (command(options=[group(sub(), group(sub()))]), f"{FIRST}.options[1].type"),
        (with_parameter(options=parameters(1)), f"{FIRST}.options"),
        (with_parameter(type=5, choices=[choice(value="x")]), f"{FIRST}.choices"),
        (with_parameter(type=11, autocomplete=True), f"{FIRST}.autocomplete"),
        (with_parameter(autocomplete=True, choices=[choice()]), f"{FIRST}.autocomplete"),
        (with_parameter(choices=[choice(value=1)]), f"{FIRST}.choices[0].value"),
        (with_parameter(type=4, choices=[choice(value=0.5)]), f"{FIRST}.choices[0].value"),
        (with_parameter(type=10, choices=[choice(value="1")]), f"{FIRST}.choices[0].value"),
        (with_parameter(min_length=5, max_length=4), f"{FIRST}.min_length"),
    ],
)
def test_illegal_commands(made: Made, path: str) -> None:
    assert path in [problem.partition(": ")[0] for problem in command_violations(made)]


def test_only_the_longest_translation_counts() -> None:
    made = heavy_command(7999)
    made["description_localizations"] = {"zh-CN": "查" * 100, "zh-TW": "查" * 100}
    assert command_violations(made) == []
    made["name_localizations"] = {"zh-CN": "x" * 6}
    assert command_violations(made) == [
        "command: has 8001 characters of text, allowed are 8000",
    ]


def test_commands_of_a_set_are_named_once_a_type() -> None:
    again = [command(), menu(name="find"), menu(name="find", type=2), command()]
    found = command_set_violations(again)
    assert [problem.partition(": ")[0] for problem in found] == ["commands[3].name"]


def test_commands_of_a_set_are_checked() -> None:
    found = command_set_violations([command(), command(name="Bad")])
    assert found == ["commands[1].name: has letters that are not lower case"]


# --- random messages -------------------------------------------------------------------------

# The first component of every random message; the mutations find what they change in it.
FIXED = container(
    section(text("one"), accessory=button(custom_id="in the section")),
    row(button(custom_id="left"), link()),
    row(select()),
    gallery(2),
    separator(spacing=2),
    file("a.txt"),
    section(accessory=thumbnail()),
    accent_color=0x5865F2,
)
WORDS = st.text("aé查\U00020000 ", min_size=1, max_size=40).map(lambda made: f"{made}x")
LABELS = st.fixed_dictionaries({"label": WORDS}, optional={"emoji": st.just({"name": "x"})})
TEXTS = st.builds(text, WORDS)
URLS = WORDS.map(lambda made: f"https://example.org/{made.replace(' ', '+')}")
PRESSES = st.builds(lambda look, style: button(**look, style=style), LABELS, st.integers(1, 4))
BUTTONS = st.one_of(PRESSES, st.builds(lambda url: link(url=url), URLS), st.builds(sold))
THUMBNAILS = st.builds(lambda url: thumbnail(media={"url": url}), URLS)
SECTIONS = st.builds(
    lambda texts, accessory: section(*texts, accessory=accessory),
    st.lists(TEXTS, min_size=1, max_size=3),
    st.one_of(BUTTONS, THUMBNAILS),
)
SELECTS = st.one_of(
    st.builds(
        lambda size, low: select(options=options(size), min_values=low),
        st.integers(1, 25),
        st.integers(0, 1),
    ),
    st.builds(
        lambda kind, most: users(type=kind, max_values=most), st.integers(5, 8), st.integers(1, 25)
    ),
)
ROWS = st.one_of(
    st.lists(BUTTONS, min_size=1, max_size=5).map(lambda made: row(*made)),
    SELECTS.map(row),
)
PARTS = st.one_of(
    TEXTS,
    SECTIONS,
    ROWS,
    st.builds(lambda size: separator(spacing=size), st.integers(1, 2)),
    st.builds(gallery, st.integers(1, 10)),
)
CONTAINERS = st.builds(
    lambda parts, accent: container(*parts, accent_color=accent),
    st.lists(PARTS, min_size=1, max_size=4),
    st.none() | st.integers(0, 0xFFFFFF),
)


def numbered(components: list[Made]) -> list[Made]:
    """The components with a custom_id of its own for each that has one."""
    made = copy.deepcopy(components)
    for index, item in enumerate(nested(made)):
        if "custom_id" in item:
            assert isinstance(item, dict)
            item["custom_id"] = f"random {index}"
    return made


def fitting(components: list[Made]) -> list[Made]:
    """As many of the components as fit in a message."""
    kept = copy.deepcopy([FIXED])
    for item in numbered(components):
        if len(list(nested([*kept, item]))) <= 40:
            kept.append(item)
    return kept


MESSAGES = st.builds(
    lambda parts, flags: v2(
        *fitting(parts), flags=COMPONENTS_V2 | flags, attachments=attachments("a.txt")
    ),
    st.lists(st.one_of(PARTS, CONTAINERS), max_size=8),
    st.sampled_from([0, 4, 64]),
)


@given(MESSAGES)
@settings(deadline=None)
def test_random_legal_messages(message: Made) -> None:
    assert violations(message) == []


def change(path: str, value: Any) -> Callable[[Made], None]:
    """A mutation that sets a field of the fixed component, named as a path of keys."""

    def mutate(message: Made) -> None:
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        target: Any = message
        for step in steps:
            target = target[step]
        target[last] = value

    return mutate


def add(*components: Made) -> Callable[[Made], None]:
    """A mutation that adds components to a message."""
    return lambda message: message["components"].extend(copy.deepcopy(list(components)))


IN = "components.0.components"
MUTATIONS: dict[str, tuple[Callable[[Made], None], str]] = {
    "no flag": (change("flags", 0), "components[0]: type 17 needs the flag"),
    "content": (change("content", "hi"), "content: cannot stand beside"),
    "embeds": (change("embeds", [{}]), "embeds: cannot stand beside"),
    "poll": (change("poll", {"a": 1}), "poll: cannot stand beside"),
    "too many": (add(*[separator()] * 40), "nested ones counted, allowed are 40"),
    "too much text": (add(text("x" * 3999)), "characters, allowed are 4000"),
    "empty text": (add(text("")), ".content: has 0 characters"),
    "nested container": (add(container(container())), "type 17 cannot stand here"),
    "bare button": (add(button(custom_id="bare")), "type 2 cannot stand here"),
    "empty row": (add(row()), ".components: has 0 items"),
    "full row": (add(row(*buttons(6))), ".components: has 6 items"),
    "mixed row": (add(row(button(custom_id="m"), users())), "must be alone in its row"),
    "same custom_id": (add(row(button(custom_id="left"))), "'left' is used already at"),
    "label": (change(f"{IN}.0.accessory.label", "x" * 81), ".accessory.label: has 81"),
    "no label": (change(f"{IN}.0.accessory.label", ""), "needs a label or an emoji"),
    "custom_id": (change(f"{IN}.1.components.0.custom_id", "x" * 101), ".custom_id: has 101"),
    "style": (change(f"{IN}.1.components.0.style", 5), ".custom_id: cannot be in a button"),
    "URL": (change(f"{IN}.1.components.1.url", "file:///etc"), ".url: is no URL of"),
    "options": (change(f"{IN}.2.components.0.options", []), ".options: has 0 items"),
    "placeholder": (change(f"{IN}.2.components.0.placeholder", "x" * 151), ".placeholder: has"),
    "max_values": (change(f"{IN}.2.components.0.max_values", 3), "more than the 2 options"),
    "gallery": (change(f"{IN}.3.items", []), ".items: has 0 items"),
    "spacing": (change(f"{IN}.4.spacing", 3), ".spacing: is 3"),
    "file": (change(f"{IN}.5.file.url", "attachment://b.txt"), "not among the attachments"),
    "not shown": (change("attachments", attachments("a.txt", "b.txt")), "is in no component"),
    "no accessory": (change(f"{IN}.6.accessory", None), ".accessory: must be an object"),
    "section": (change(f"{IN}.6.components", []), ".components: has 0 items"),
    "accent": (change("components.0.accent_color", 1 << 24), ".accent_color: is 16777216"),
    "id": (change("components.0.id", -1), "components[0].id: is -1"),
    "type": (change(f"{IN}.4.type", 0), ".type: 0 is no component type"),
    "mentions missing": (change("allowed_mentions", None), "allowed_mentions: must be"),
    "mentions parsed": (change("allowed_mentions", {"parse": ["users"]}), ".parse: must be"),
}


@pytest.mark.parametrize("name", MUTATIONS)
@given(message=MESSAGES)
@settings(deadline=None, max_examples=15)
def test_random_illegal_messages(name: str, message: Made) -> None:
    mutate, problem = MUTATIONS[name]
    mutated = copy.deepcopy(message)
    mutate(mutated)
    found = violations(mutated)
    assert any(problem in each for each in found), found
