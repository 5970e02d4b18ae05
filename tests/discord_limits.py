"""Discord's limits on what a bot sends, as rules a test runs over the payload.

The payloads are the JSON bodies of requests: of creating or editing a message, of a webhook
follow-up, the ``data`` of an interaction response (message, autocomplete, modal), or an
application command. Every rule reports ``path: problem``, for example
``components[0].components[3].label: has 81 characters, allowed are 0 to 80``.

The numbers are those of Discord's API documentation (component reference, message resource,
receiving and responding, application commands). A few limits are not in it and are known from
what the API answers: 4,000 characters over all text displays, 10 attachments, the schemes of a
link, a label or emoji on each button, no more values in a select than options. How a character
is counted, Discord's staff answered in discord/discord-api-docs#1315: by code points. Where
there is a choice, the stricter reading is taken: a payload without violations is safe to send.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from itertools import chain
from typing import Any, Final, NamedTuple, TypeAlias, TypeGuard
from urllib.parse import urlsplit

Json: TypeAlias = Mapping[str, Any]

COMPONENTS_V2: Final = 1 << 15

MAX_COMPONENTS: Final = 40
MAX_DISPLAYED_TEXT: Final = 4000
MAX_ACTION_ROWS: Final = 5
MAX_ROW_BUTTONS: Final = 5
MAX_CONTENT: Final = 2000
MAX_EMBEDS: Final = 10
MAX_EMBED_TEXT: Final = 6000
MAX_STICKERS: Final = 3
MAX_CHOICES: Final = 25
MAX_CHOICE_VALUE: Final = 100
MAX_COMMAND_OPTIONS: Final = 25
MAX_COMMAND_TEXT: Final = 8000
MAX_COMPONENT_ID: Final = 2**31 - 1
MAX_EXACT_INTEGER: Final = 2**53

# fmt: off
LOCALES: Final = frozenset({
    "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "hi", "hr",
    "hu", "id", "it", "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th",
    "tr", "uk", "vi", "zh-CN", "zh-TW",
})
# fmt: on


class Kind(IntEnum):
    """The type number of a component."""

    ACTION_ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT_DISPLAY = 10
    THUMBNAIL = 11
    MEDIA_GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    FILE_UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


SELECTS: Final = frozenset(
    {
        Kind.STRING_SELECT,
        Kind.USER_SELECT,
        Kind.ROLE_SELECT,
        Kind.MENTIONABLE_SELECT,
        Kind.CHANNEL_SELECT,
    }
)
IN_ROW: Final = SELECTS | {Kind.BUTTON}
IN_SECTION: Final = frozenset({Kind.TEXT_DISPLAY})
ACCESSORIES: Final = frozenset({Kind.BUTTON, Kind.THUMBNAIL})
IN_CONTAINER: Final = frozenset(
    {
        Kind.ACTION_ROW,
        Kind.TEXT_DISPLAY,
        Kind.SECTION,
        Kind.MEDIA_GALLERY,
        Kind.SEPARATOR,
        Kind.FILE,
    }
)
TOP_OF_V2: Final = IN_CONTAINER | {Kind.CONTAINER}
TOP_OF_LEGACY: Final = frozenset({Kind.ACTION_ROW})
ONLY_V2: Final = (TOP_OF_V2 - TOP_OF_LEGACY) | {Kind.THUMBNAIL}
IN_LABEL: Final = SELECTS | {
    Kind.TEXT_INPUT,
    Kind.FILE_UPLOAD,
    Kind.RADIO_GROUP,
    Kind.CHECKBOX_GROUP,
    Kind.CHECKBOX,
}
TOP_OF_MODAL: Final = frozenset({Kind.ACTION_ROW, Kind.TEXT_DISPLAY, Kind.LABEL})
IN_MODAL_ROW: Final = frozenset({Kind.TEXT_INPUT})


class Text(NamedTuple):
    """The limits of one text field: its key, its lengths, whether it may be left out."""

    key: str
    low: int
    high: int
    required: bool = False


CUSTOM_ID: Final = Text("custom_id", 1, 100, required=True)
OLD_LABEL: Final = Text("label", 1, 45, required=True)
OPTION_TEXTS: Final = (
    Text("label", 1, 100, required=True),
    Text("value", 1, 100, required=True),
    Text("description", 1, 100),
)
TEXTS: Final[Mapping[Kind, tuple[Text, ...]]] = {
    Kind.BUTTON: (Text("label", 0, 80),),
    Kind.TEXT_DISPLAY: (Text("content", 1, MAX_DISPLAYED_TEXT, required=True),),
    Kind.THUMBNAIL: (Text("description", 0, 1024),),
    Kind.TEXT_INPUT: (CUSTOM_ID, Text("value", 0, 4000), Text("placeholder", 0, 100)),
    Kind.LABEL: (Text("label", 1, 45, required=True), Text("description", 0, 100)),
    Kind.FILE_UPLOAD: (CUSTOM_ID,),
    Kind.RADIO_GROUP: (CUSTOM_ID,),
    Kind.CHECKBOX_GROUP: (CUSTOM_ID,),
    Kind.CHECKBOX: (CUSTOM_ID,),
    **dict.fromkeys(SELECTS, (CUSTOM_ID, Text("placeholder", 0, 150))),
}
EMBED_TEXTS: Final = (Text("title", 0, 256), Text("description", 0, 4096))
EMBED_FIELD_TEXTS: Final = (
    Text("name", 1, 256, required=True),
    Text("value", 1, 1024, required=True),
)
EMBED_PARTS: Final[Mapping[str, Text]] = {
    "footer": Text("text", 0, 2048),
    "author": Text("name", 0, 256),
}

# Which field a button of each style must have, and which it must not have.
PRESSED: Final = ("custom_id", frozenset({"url", "sku_id"}))
BUTTON_FIELDS: Final[Mapping[int, tuple[str, frozenset[str]]]] = {
    1: PRESSED,
    2: PRESSED,
    3: PRESSED,
    4: PRESSED,
    5: ("url", frozenset({"custom_id", "sku_id"})),
    6: ("sku_id", frozenset({"custom_id", "url", "label", "emoji"})),
}
LINK_SCHEMES: Final = frozenset({"http", "https", "discord"})
MEDIA_SCHEMES: Final = frozenset({"http", "https", "attachment"})
ATTACHMENT: Final = "attachment://"


class Bounds(NamedTuple):
    """What a pair of minimum and maximum may be, and what they are when left out."""

    low: int
    high: int
    default_low: int = 1
    default_high: int = 1


VALUES: Final = ("min_values", "max_values")
LENGTHS: Final = ("min_length", "max_length")


def length(text: str) -> int:
    """The number of characters as Discord counts them: code points, not UTF-16 units."""
    return len(text)


class Report:
    """A list of problems, each under the path of the field that has it."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def require(self, holds: bool, path: str, problem: str) -> bool:
        """Whether the rule holds; if not, the problem is added."""
        if not holds:
            self.found.append(f"{path}: {problem}")
        return holds

    def text(self, value: Any, path: str, low: int, high: int) -> None:
        """Adds a problem for a value that is not a text of ``low`` to ``high`` characters.

        Where a text is needed, blanks alone are none: Discord trims them away.
        """
        if not self.require(isinstance(value, str), path, "must be a string"):
            return
        size = length(value) if value.strip() or not low else 0
        fits = low <= size <= high
        self.require(fits, path, f"has {size} characters, allowed are {low} to {high}")

    def texts(self, item: Json, path: str, limits: Iterable[Text]) -> None:
        """Adds the problems of several text fields of one object."""
        for limit in limits:
            value = item.get(limit.key)
            if value is not None:
                self.text(value, join(path, limit.key), limit.low, limit.high)
            else:
                self.require(not limit.required, join(path, limit.key), "is missing")

    def integer(self, item: Json, path: str, key: str, low: int, high: int) -> int | None:
        """The integer in an optional field, if it is between ``low`` and ``high``."""
        value = item.get(key)
        if value is None:
            return None
        fits = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
        problem = f"is {value!r}, allowed are integers from {low} to {high}"
        return value if self.require(fits, join(path, key), problem) else None

    def bounds(self, item: Json, path: str, keys: tuple[str, str], limits: Bounds) -> None:
        """Adds the problems of a pair of fields such as ``min_values`` and ``max_values``."""
        low = self.integer(item, path, keys[0], limits.low, limits.high)
        high = self.integer(item, path, keys[1], max(limits.low, 1), limits.high)
        low = limits.default_low if low is None else low
        high = limits.default_high if high is None else high
        self.require(low <= high, join(path, keys[0]), f"is {low}, more than {keys[1]} {high}")

    def object(self, item: Json, path: str, key: str) -> Json | None:
        """The object in a field that must have one."""
        value = item.get(key)
        self.require(isinstance(value, Mapping), join(path, key), "must be an object")
        return value if isinstance(value, Mapping) else None

    def objects(self, value: Any, path: str, low: int, high: int | None) -> list[tuple[str, Json]]:
        """The objects of a list of ``low`` to ``high`` items, each with its path."""
        if not self.require(isinstance(value, list | tuple), path, "must be a list"):
            return []
        size = len(value)
        fits = low <= size and (high is None or size <= high)
        allowed = f"at least {low}" if high is None else f"{low} to {high}"
        self.require(fits, path, f"has {size} items, allowed are {allowed}")
        placed = [(f"{path}[{index}]", item) for index, item in enumerate(value)]
        return [
            (place, item)
            for place, item in placed
            if self.require(isinstance(item, Mapping), place, "must be an object")
        ]

    def unique(self, seen: dict[Any, str], value: Any, path: str) -> None:
        """Adds a problem if the value was seen before, and remembers where it is."""
        first = seen.setdefault(value, path)
        self.require(first == path, path, f"{value!r} is used already at {first}")

    def url(self, value: Any, path: str, schemes: frozenset[str]) -> None:
        """Adds a problem for a value that is not a URL of one of the schemes."""
        if not self.require(isinstance(value, str) and value != "", path, "must be a URL"):
            return
        parts = split_url(value)
        whole = parts is not None and parts[0] in schemes and parts[1] != ""
        self.require(whole, path, f"is no URL of {', '.join(sorted(schemes))}")


def join(path: str, key: str) -> str:
    """The path of a field of the object at ``path``."""
    return f"{path}.{key}" if path else key


def split_url(value: str) -> tuple[str, str] | None:
    """The scheme of a URL and what follows it, or nothing if it is not a URL."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return None
    return (parts.scheme, parts.netloc) if " " not in value else None


# --- components ------------------------------------------------------------------------------


class Walk:
    """One pass over the components of a message or modal, with what holds for them together."""

    def __init__(self, report: Report, *, v2: bool, modal: bool = False) -> None:
        self.report = report
        self.v2 = v2
        self.modal = modal
        self.custom_ids: dict[Any, str] = {}
        self.ids: dict[Any, str] = {}
        self.count = 0
        self.displayed = 0
        self.files: list[tuple[str, str]] = []

    def visit(self, item: Json, path: str, allowed: frozenset[Kind]) -> None:
        """Checks a component that stands where the ``allowed`` kinds may stand."""
        self.count += 1
        number = item.get("type")
        kind = Kind(number) if number in tuple(Kind) and type(number) is not bool else None
        if kind is None:
            self.report.require(False, join(path, "type"), f"{number!r} is no component type")
            return
        if kind in ONLY_V2 and not (self.v2 or self.modal):
            problem = f"type {number} needs the flag IS_COMPONENTS_V2 ({COMPONENTS_V2})"
            self.report.require(False, path, problem)
        else:
            self.report.require(kind in allowed, path, f"type {number} cannot stand here")
        self._identity(item, path)
        self.report.texts(item, path, TEXTS.get(kind, ()))
        RULES[kind](self, item, path)

    def children(
        self, item: Json, path: str, allowed: frozenset[Kind], low: int, high: int | None
    ) -> None:
        """Checks the list of components inside an object."""
        place = join(path, "components")
        for where, child in self.report.objects(item.get("components"), place, low, high):
            self.visit(child, where, allowed)

    def child(self, item: Json, path: str, key: str, allowed: frozenset[Kind]) -> None:
        """Checks the one component in a field."""
        inner = self.report.object(item, path, key)
        if inner is not None:
            self.visit(inner, join(path, key), allowed)

    def file(self, item: Json, path: str, key: str, schemes: frozenset[str]) -> None:
        """Checks the URL of a file or media item, and remembers the attachment it names."""
        media, place = self.report.object(item, path, key), join(path, f"{key}.url")
        if media is None:
            return
        url = media.get("url")
        self.report.url(url, place, schemes)
        if isinstance(url, str) and url.startswith(ATTACHMENT):
            self.files.append((place, url.removeprefix(ATTACHMENT)))

    def _identity(self, item: Json, path: str) -> None:
        number = self.report.integer(item, path, "id", 0, MAX_COMPONENT_ID)
        if number:
            self.report.unique(self.ids, number, join(path, "id"))
        custom_id = item.get("custom_id")
        if isinstance(custom_id, str):
            self.report.unique(self.custom_ids, custom_id, join(path, "custom_id"))


Rule: TypeAlias = Callable[[Walk, Json, str], None]


def _nothing(walk: Walk, item: Json, path: str) -> None:
    """No rule beyond the table of texts."""


def _action_row(walk: Walk, item: Json, path: str) -> None:
    parts, place = list(_mappings(item.get("components"))), join(path, "components")
    if walk.modal:
        walk.children(item, path, IN_MODAL_ROW, 1, 1)
        for index, part in enumerate(parts):
            walk.report.texts(part, f"{place}[{index}]", (OLD_LABEL,))
        return
    walk.children(item, path, IN_ROW, 1, MAX_ROW_BUTTONS)
    alone = len(parts) == 1 or not any(part.get("type") in SELECTS for part in parts)
    walk.report.require(alone, place, "a select must be alone in its row")


def _button(walk: Walk, item: Json, path: str) -> None:
    report, style = walk.report, item.get("style")
    if not isinstance(style, int) or style not in BUTTON_FIELDS:
        report.require(False, join(path, "style"), f"{style!r} is no button style")
        return
    needed, excluded = BUTTON_FIELDS[style]
    report.require(item.get(needed) is not None, join(path, needed), "is missing")
    for key in sorted(excluded):
        unused = item.get(key) is None
        report.require(unused, join(path, key), f"cannot be in a button of style {style}")
    report.texts(item, path, (Text("custom_id", 1, 100), Text("url", 1, 512)))
    if needed == "url" and item.get("url"):
        report.url(item["url"], join(path, "url"), LINK_SCHEMES)
    if needed != "sku_id":
        shown = bool(str(item.get("label") or "").strip() or item.get("emoji"))
        report.require(shown, path, "a button needs a label or an emoji")
    _emoji(report, item, path)


def _emoji(report: Report, item: Json, path: str) -> None:
    emoji = item.get("emoji")
    if emoji is not None:
        named = isinstance(emoji, Mapping) and bool(emoji.get("id") or emoji.get("name"))
        report.require(named, join(path, "emoji"), "must be an object with a name or id")


def _select(walk: Walk, item: Json, path: str) -> None:
    if item.get("type") == Kind.STRING_SELECT:
        _options(walk, item, path, 1, 25)
    defaults = item.get("default_values")
    if defaults is not None:
        low, high = item.get("min_values", 1), item.get("max_values", 1)
        if isinstance(low, int) and isinstance(high, int):
            walk.report.objects(defaults, join(path, "default_values"), low, high)
    walk.report.bounds(item, path, VALUES, Bounds(0, 25))
    if walk.modal:
        _answer_required(walk, item, path)
        enabled = not item.get("disabled")
        walk.report.require(enabled, join(path, "disabled"), "cannot be set in a modal")


def _options(walk: Walk, item: Json, path: str, low: int, high: int) -> None:
    report = walk.report
    options = report.objects(item.get("options"), join(path, "options"), low, high)
    values: dict[Any, str] = {}
    for place, option in options:
        report.texts(option, place, OPTION_TEXTS)
        _emoji(report, option, place)
        if isinstance(option.get("value"), str):
            report.unique(values, option["value"], join(place, "value"))
    most = item.get("max_values") or 1
    if isinstance(most, int) and options:
        fits = most <= len(options)
        problem = f"is {most}, more than the {len(options)} options"
        report.require(fits, join(path, "max_values"), problem)
        chosen = sum(bool(option.get("default")) for _, option in options)
        problem = f"{chosen} are chosen by default, allowed are {most}"
        report.require(chosen <= most, join(path, "options"), problem)


def _section(walk: Walk, item: Json, path: str) -> None:
    walk.children(item, path, IN_SECTION, 1, 3)
    walk.child(item, path, "accessory", ACCESSORIES)


def _text_display(walk: Walk, item: Json, path: str) -> None:
    content = item.get("content")
    if isinstance(content, str):
        walk.displayed += length(content)


def _media(walk: Walk, item: Json, path: str) -> None:
    walk.file(item, path, "media", MEDIA_SCHEMES)


def _gallery(walk: Walk, item: Json, path: str) -> None:
    for place, entry in walk.report.objects(item.get("items"), join(path, "items"), 1, 10):
        walk.report.texts(entry, place, (Text("description", 0, 1024),))
        _media(walk, entry, place)


def _file(walk: Walk, item: Json, path: str) -> None:
    walk.file(item, path, "file", frozenset({"attachment"}))


def _separator(walk: Walk, item: Json, path: str) -> None:
    walk.report.integer(item, path, "spacing", 1, 2)


def _container(walk: Walk, item: Json, path: str) -> None:
    walk.report.integer(item, path, "accent_color", 0, 0xFFFFFF)
    walk.children(item, path, IN_CONTAINER, 1, None)


def _label(walk: Walk, item: Json, path: str) -> None:
    walk.child(item, path, "component", IN_LABEL)


def _text_input(walk: Walk, item: Json, path: str) -> None:
    style = item.get("style")
    walk.report.require(style in (1, 2), join(path, "style"), f"{style!r} is no text style")
    walk.report.bounds(item, path, LENGTHS, Bounds(0, 4000, 0, 4000))


def _file_upload(walk: Walk, item: Json, path: str) -> None:
    walk.report.bounds(item, path, VALUES, Bounds(0, 10))
    _answer_required(walk, item, path)


def _radio_group(walk: Walk, item: Json, path: str) -> None:
    _options(walk, item, path, 2, 10)


def _checkbox_group(walk: Walk, item: Json, path: str) -> None:
    size = len(list(_mappings(item.get("options"))))
    _options(walk, {"max_values": size, **item}, path, 1, 10)
    walk.report.bounds(item, path, VALUES, Bounds(0, 10, 1, max(size, 1)))
    _answer_required(walk, item, path)


def _answer_required(walk: Walk, item: Json, path: str) -> None:
    holds = item.get("required") is False or item.get("min_values") != 0
    problem = "cannot be 0 unless the field is not required"
    walk.report.require(holds, join(path, "min_values"), problem)


RULES: Final[Mapping[Kind, Rule]] = {
    Kind.ACTION_ROW: _action_row,
    Kind.BUTTON: _button,
    Kind.TEXT_INPUT: _text_input,
    Kind.SECTION: _section,
    Kind.TEXT_DISPLAY: _text_display,
    Kind.THUMBNAIL: _media,
    Kind.MEDIA_GALLERY: _gallery,
    Kind.FILE: _file,
    Kind.SEPARATOR: _separator,
    Kind.CONTAINER: _container,
    Kind.LABEL: _label,
    Kind.FILE_UPLOAD: _file_upload,
    Kind.RADIO_GROUP: _radio_group,
    Kind.CHECKBOX_GROUP: _checkbox_group,
    Kind.CHECKBOX: _nothing,
    **dict.fromkeys(SELECTS, _select),
}


def _mappings(value: Any) -> Iterator[Json]:
    if isinstance(value, list | tuple):
        yield from (item for item in value if isinstance(item, Mapping))


def nested(components: Any) -> Iterator[Json]:
    """Every component of a tree, the nested ones and the accessories included."""
    for item in _mappings(components):
        yield item
        inner = [item[key] for key in ("accessory", "component") if key in item]
        yield from nested([*_mappings(item.get("components")), *_mappings(inner)])


# --- messages --------------------------------------------------------------------------------


def check(payload: Json, *, edit: bool = False) -> None:
    """Passes if Discord would take the message, else raises with every violation."""
    found = violations(payload, edit=edit)
    if found:
        raise AssertionError("Discord would not take this message:\n" + "\n".join(found))


def violations(payload: Json, *, edit: bool = False) -> list[str]:
    """Every limit a message payload breaks, as ``path: problem``.

    In an edit a field left out keeps what the message has, so leaving everything out is no
    empty message, and files can be those the message already has.
    """
    report = Report()
    flags = payload.get("flags") or 0
    report.require(type(flags) is int, "flags", "must be an integer")
    v2 = type(flags) is int and bool(flags & COMPONENTS_V2)
    if v2:
        _only_components(report, payload)
    else:
        _legacy_fields(report, payload)
    walk = _message_components(report, payload, v2=v2)
    _attachments(report, payload, walk, edit=edit)
    if not edit or any(key in payload for key in CONTENTS):
        filled = any(_filled(payload.get(key)) for key in CONTENTS)
        report.require(filled, "message", "is empty")
    return report.found + mention_violations(payload)


CONTENTS: Final = ("content", "embeds", "components", "attachments", "sticker_ids", "poll")
NOT_BESIDE_V2: Final = (
    "content",
    "embed",
    "embeds",
    "poll",
    "sticker_ids",
    "stickers",
    "shared_client_theme",
)


def _filled(value: Any) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _only_components(report: Report, payload: Json) -> None:
    for key in NOT_BESIDE_V2:
        report.require(not payload.get(key), key, "cannot stand beside components V2")


def _legacy_fields(report: Report, payload: Json) -> None:
    report.texts(payload, "", (Text("content", 0, MAX_CONTENT),))
    stickers = len(payload.get("sticker_ids") or ())
    problem = f"has {stickers} items, allowed are 0 to {MAX_STICKERS}"
    report.require(stickers <= MAX_STICKERS, "sticker_ids", problem)
    _embeds(report, payload)


def _embeds(report: Report, payload: Json) -> None:
    placed = report.objects(payload.get("embeds") or [], "embeds", 0, MAX_EMBEDS)
    total = sum(_embed(report, embed, place) for place, embed in placed)
    problem = f"have {total} characters together, allowed are {MAX_EMBED_TEXT}"
    report.require(total <= MAX_EMBED_TEXT, "embeds", problem)


def _embed(report: Report, embed: Json, path: str) -> int:
    """Checks an embed and counts its characters, blanks at the ends left out."""
    fields = report.objects(embed.get("fields") or [], join(path, "fields"), 0, 25)
    parts = [
        (join(path, key), embed[key], (limit,))
        for key, limit in EMBED_PARTS.items()
        if isinstance(embed.get(key), Mapping)
    ]
    groups: list[tuple[str, Json, Sequence[Text]]] = [
        (path, embed, EMBED_TEXTS),
        *((place, field, EMBED_FIELD_TEXTS) for place, field in fields),
        *parts,
    ]
    report.integer(embed, path, "color", 0, 0xFFFFFF)
    total = 0
    for place, item, limits in groups:
        texts = {limit.key: item.get(limit.key) for limit in limits}
        trimmed = {k: v.strip() if isinstance(v, str) else v for k, v in texts.items()}
        report.texts(trimmed, place, limits)
        total += sum(length(v) for v in trimmed.values() if isinstance(v, str))
    return total


def _message_components(report: Report, payload: Json, *, v2: bool) -> Walk:
    walk = Walk(report, v2=v2)
    allowed = TOP_OF_V2 if v2 else TOP_OF_LEGACY
    if payload.get("components"):
        walk.children(payload, "", allowed, 0, None if v2 else MAX_ACTION_ROWS)
    if v2:
        problem = f"has {walk.count} components, nested ones counted, allowed are {MAX_COMPONENTS}"
        report.require(walk.count <= MAX_COMPONENTS, "components", problem)
        problem = f"display {walk.displayed} characters, allowed are {MAX_DISPLAYED_TEXT}"
        report.require(walk.displayed <= MAX_DISPLAYED_TEXT, "components", problem)
    return walk


def _attachments(report: Report, payload: Json, walk: Walk, *, edit: bool) -> None:
    placed = report.objects(payload.get("attachments") or [], "attachments", 0, 10)
    names = {item["filename"]: place for place, item in placed if item.get("filename")}
    kept = edit and "attachments" not in payload
    for path, name in walk.files:
        report.require(kept or name in names, path, f"{name!r} is not among the attachments")
    if walk.v2:
        shown = {name for _, name in walk.files}
        for name, place in names.items():
            report.require(name in shown, place, f"{name!r} is in no component, so is not shown")


def mention_violations(payload: Json) -> list[str]:
    """Every way in which a message that carries text could ping somebody."""
    displays = (item.get("content") for item in nested(payload.get("components")))
    if not any(_filled(text) for text in chain([payload.get("content")], displays)):
        return []
    report = Report()
    allowed = report.object(payload, "", "allowed_mentions")
    if allowed is None:
        return report.found
    none = allowed.get("parse") == []
    report.require(none, "allowed_mentions.parse", "must be the empty list")
    for key in ("users", "roles", "replied_user"):
        report.require(not allowed.get(key), f"allowed_mentions.{key}", "must ping nobody")
    return report.found


# --- autocomplete and modals -----------------------------------------------------------------


def autocomplete_violations(choices: Any) -> list[str]:
    """Every limit the choices of an autocomplete response break."""
    report = Report()
    for place, choice in report.objects(choices, "choices", 0, MAX_CHOICES):
        _choice(report, choice, place)
    return report.found


def _choice(report: Report, choice: Json, path: str) -> None:
    report.texts(choice, path, (CHOICE_NAME,))
    _localised(report, choice, path, CHOICE_NAME)
    value, place = choice.get("value"), join(path, "value")
    if isinstance(value, str):
        report.text(value, place, 0, MAX_CHOICE_VALUE)
    else:
        fits = _is_number(value) and abs(value) <= MAX_EXACT_INTEGER
        report.require(fits, place, "must be a string, or a number up to 2 to the power of 53")


def _is_number(value: Any) -> TypeGuard[int | float]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value)


def modal_violations(data: Json) -> list[str]:
    """Every limit the ``data`` of a modal response breaks."""
    report = Report()
    report.texts(data, "", (CUSTOM_ID, Text("title", 1, 45, required=True)))
    walk = Walk(report, v2=False, modal=True)
    walk.children(data, "", TOP_OF_MODAL, 1, 5)
    return report.found


# --- application commands --------------------------------------------------------------------


class Command(IntEnum):
    """The type number of an application command."""

    CHAT_INPUT = 1
    USER = 2
    MESSAGE = 3


class Option(IntEnum):
    """The type number of a command option."""

    SUB_COMMAND = 1
    SUB_COMMAND_GROUP = 2
    STRING = 3
    INTEGER = 4
    BOOLEAN = 5
    USER = 6
    CHANNEL = 7
    ROLE = 8
    MENTIONABLE = 9
    NUMBER = 10
    ATTACHMENT = 11


NAME: Final = Text("name", 1, 32, required=True)
DESCRIPTION: Final = Text("description", 1, 100, required=True)
CHOICE_NAME: Final = Text("name", 1, 100, required=True)
MAX_COMMANDS: Final[Mapping[int, int]] = {
    Command.CHAT_INPUT: 100,
    Command.USER: 15,
    Command.MESSAGE: 15,
}
SUB_COMMANDS: Final = frozenset({Option.SUB_COMMAND, Option.SUB_COMMAND_GROUP})
WITH_CHOICES: Final = frozenset({Option.STRING, Option.INTEGER, Option.NUMBER})
CHOICE_TYPES: Final[Mapping[int, tuple[type, ...]]] = {
    Option.STRING: (str,),
    Option.INTEGER: (int,),
    Option.NUMBER: (int, float),
}
NAME_SIGNS: Final = frozenset("-_'")
# Of all scripts these two may have their marks in a name, which are no letters.
NAME_SCRIPTS: Final = ("DEVANAGARI ", "THAI ")


def command_set_violations(commands: Sequence[Json]) -> list[str]:
    """Every limit a whole set of commands breaks, as sent to replace all of one scope."""
    report = Report()
    seen: dict[Any, str] = {}
    for place, command in report.objects(commands, "commands", 0, sum(MAX_COMMANDS.values())):
        report.found += [f"{place}.{problem}" for problem in command_violations(command)]
        kind = command.get("type", Command.CHAT_INPUT)
        report.unique(seen, (kind, command.get("name")), join(place, "name"))
    for kind, limit in MAX_COMMANDS.items():
        size = sum(item.get("type", Command.CHAT_INPUT) == kind for item in _mappings(commands))
        problem = f"has {size} of type {kind}, allowed are {limit}"
        report.require(size <= limit, "commands", problem)
    return report.found


def command_violations(command: Json) -> list[str]:
    """Every limit the JSON of an application command breaks."""
    report = Report()
    kind = command.get("type", Command.CHAT_INPUT)
    if kind == Command.CHAT_INPUT:
        _described(report, command, "")
        _command_options(report, command, "", nesting=0)
    elif report.require(kind in MAX_COMMANDS, "type", f"{kind!r} is no command type"):
        _context_menu(report, command)
    size = _command_size(command)
    problem = f"has {size} characters of text, allowed are {MAX_COMMAND_TEXT}"
    report.require(size <= MAX_COMMAND_TEXT, "command", problem)
    return report.found


def _context_menu(report: Report, command: Json) -> None:
    report.texts(command, "", (NAME,))
    _localised(report, command, "", NAME)
    for key in ("description", "description_localizations", "options"):
        report.require(not command.get(key), key, "must be empty for a context menu")


def _described(report: Report, item: Json, path: str) -> None:
    """Checks the name and description of a slash command or option, and their translations."""
    report.texts(item, path, (NAME, DESCRIPTION))
    _localised(report, item, path, NAME)
    _localised(report, item, path, DESCRIPTION)
    names = item.get("name_localizations") or {}
    _name_form(report, item.get("name"), join(path, "name"))
    if isinstance(names, Mapping):
        for locale, name in names.items():
            _name_form(report, name, join(path, f"name_localizations.{locale}"))


def _localised(report: Report, item: Json, path: str, limit: Text) -> None:
    place = join(path, f"{limit.key}_localizations")
    texts = item.get(f"{limit.key}_localizations") or {}
    if not report.require(isinstance(texts, Mapping), place, "must be an object"):
        return
    for locale, text in texts.items():
        report.require(locale in LOCALES, f"{place}.{locale}", "is no locale of Discord's")
        report.text(text, f"{place}.{locale}", limit.low, limit.high)


def _name_form(report: Report, name: Any, path: str) -> None:
    if not isinstance(name, str):
        return
    wrong = sorted({char for char in name if not _in_name(char)})
    report.require(not wrong, path, f"has characters not allowed: {wrong}")
    report.require(name == name.lower(), path, "has letters that are not lower case")


def _in_name(char: str) -> bool:
    kind = unicodedata.category(char)[0]
    if char in NAME_SIGNS or kind in "LN":
        return True
    return kind == "M" and unicodedata.name(char, "").startswith(NAME_SCRIPTS)


def _command_options(report: Report, item: Json, path: str, *, nesting: int) -> None:
    place = join(path, "options")
    options = report.objects(item.get("options") or [], place, 0, MAX_COMMAND_OPTIONS)
    names: dict[Any, str] = {}
    optional_seen = False
    for where, option in options:
        _described(report, option, where)
        report.unique(names, option.get("name"), join(where, "name"))
        required = bool(option.get("required"))
        ordered = not (required and optional_seen)
        report.require(ordered, join(where, "required"), "stands behind an optional option")
        optional_seen |= not required
        _command_option(report, option, where, nesting=nesting)
    nests = {option.get("type") in SUB_COMMANDS for _, option in options}
    report.require(len(nests) < 2, place, "mixes sub-commands with other options")


def _command_option(report: Report, option: Json, path: str, *, nesting: int) -> None:
    kind = option.get("type")
    if kind not in tuple(Option):
        report.require(False, join(path, "type"), f"{kind!r} is no option type")
    elif kind in SUB_COMMANDS:
        depth = 1 if kind == Option.SUB_COMMAND_GROUP else 2
        fits = nesting < depth
        report.require(fits, join(path, "type"), "a sub-command cannot stand so deep")
        _command_options(report, option, path, nesting=depth)
        _group_members(report, option, path)
    else:
        _plain_option(report, option, path, kind)


def _group_members(report: Report, option: Json, path: str) -> None:
    if option.get("type") == Option.SUB_COMMAND_GROUP:
        inner = list(_mappings(option.get("options")))
        whole = bool(inner) and all(item.get("type") == Option.SUB_COMMAND for item in inner)
        report.require(whole, join(path, "options"), "a group must have sub-commands, only those")


def _plain_option(report: Report, option: Json, path: str, kind: int) -> None:
    report.require(not option.get("options"), join(path, "options"), "needs a sub-command")
    listed, suggests = bool(option.get("choices")), bool(option.get("autocomplete"))
    for used, key in ((listed, "choices"), (suggests, "autocomplete")):
        fits = not used or kind in WITH_CHOICES
        report.require(fits, join(path, key), f"cannot be in an option of type {kind}")
    both = listed and suggests
    report.require(not both, join(path, "autocomplete"), "cannot stand beside choices")
    place = join(path, "choices")
    for where, choice in report.objects(option.get("choices") or [], place, 0, MAX_CHOICES):
        _choice(report, choice, where)
        value, types = choice.get("value"), CHOICE_TYPES.get(kind, (object,))
        fits = isinstance(value, types) and not isinstance(value, bool)
        report.require(fits, join(where, "value"), f"is not a value of option type {kind}")
    _option_range(report, option, path, kind)


def _option_range(report: Report, option: Json, path: str, kind: int) -> None:
    if kind == Option.STRING:
        report.bounds(option, path, LENGTHS, Bounds(0, 6000, 0, 6000))
        return
    low, high = option.get("min_value"), option.get("max_value")
    if _is_number(low) and _is_number(high):
        report.require(low <= high, join(path, "min_value"), f"is {low}, more than {high}")


def _command_size(item: Json) -> int:
    """The characters of a command that count: of each text the longest translation."""
    own = sum(_longest(item, key) for key in ("name", "description"))
    value = item.get("value")
    own += length(str(value)) if value is not None else 0
    inner = chain(_mappings(item.get("options")), _mappings(item.get("choices")))
    return own + sum(_command_size(part) for part in inner)


def _longest(item: Json, key: str) -> int:
    translated = item.get(f"{key}_localizations")
    texts = [item.get(key), *(translated.values() if isinstance(translated, Mapping) else ())]
    return max((length(text) for text in texts if isinstance(text, str)), default=0)
