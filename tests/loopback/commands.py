"""What Discord's own client fills in when somebody uses an application command."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from .payloads import Json, member

CHAT_INPUT, MESSAGE = 1, 3
_SUBCOMMAND, _GROUP, _USER, _ATTACHMENT = 1, 2, 6, 11
_PLAIN = {3, 4, 5, 10}

Store = Callable[[str, bytes], Json]


def registered(body: Json, application_id: str, guild_id: str | None, command_id: str) -> Json:
    """A command as Discord returns it after a sync, with all that the bot left out."""
    defaults: Json = {
        "type": CHAT_INPUT,
        "description": "",
        "name_localizations": None,
        "description_localizations": None,
        "default_member_permissions": None,
        "dm_permission": True,
        "contexts": None,
        "integration_types": [0],
        "nsfw": False,
    }
    own: Json = {"id": command_id, "application_id": application_id, "version": command_id}
    return defaults | body | own | ({"guild_id": guild_id} if guild_id else {})


def find(commands: Iterable[Json], name: str, kind: int, *, context: int) -> Json:
    """The command that a user in this context (0 guild, 1 DM) would be offered under the name."""
    offered = [command for command in commands if context in _contexts(command)]
    for command in offered:
        if command["name"] == name and command["type"] == kind:
            return command
    known = ", ".join(command["name"] for command in offered) or "none"
    raise LookupError(f"no command {name!r} of type {kind} in context {context}; known: {known}")


def _contexts(command: Json) -> list[int]:
    """Where a command is offered; `dm_permission` is the older way to say it."""
    contexts: list[int] | None = command["contexts"]
    if contexts is None:
        return [0] if command["dm_permission"] is False else [0, 1, 2]
    return contexts


def chat_input(
    command: Json,
    path: list[str],
    values: Mapping[str, Any],
    store: Store,
    *,
    in_guild: bool,
    focused: str | None = None,
) -> Json:
    """The data of a slash command; while an option is `focused`, others may still be missing.

    A user is given by its object, an attachment by name and bytes, all else by its plain value.
    """
    nesting: list[Json] = []
    level: list[Json] = command.get("options", [])
    for name in path:
        step = _by_name(level, name)
        if step["type"] not in (_SUBCOMMAND, _GROUP):
            raise LookupError(f"{name!r} is an option and not a subcommand")
        nesting.append({"type": step["type"], "name": name})
        level = step.get("options", [])

    missing = [o["name"] for o in level if o.get("required") and o["name"] not in values]
    if missing and focused is None:
        raise ValueError(f"{command['name']} needs {', '.join(missing)}")

    resolved: dict[str, dict[str, Json]] = {}
    options: list[Json] = []
    for name, value in values.items():
        option: Json = {"type": _by_name(level, name)["type"], "name": name}
        if option["type"] == _USER:
            resolved.setdefault("users", {})[value["id"]] = value
            if in_guild:
                resolved.setdefault("members", {})[value["id"]] = member()
            option["value"] = value["id"]
        elif option["type"] == _ATTACHMENT:
            upload = store(*value)
            resolved.setdefault("attachments", {})[upload["id"]] = upload
            option["value"] = upload["id"]
        elif option["type"] in _PLAIN:
            option["value"] = value
        else:
            raise NotImplementedError(f"options of type {option['type']}")
        options.append(option | ({"focused": True} if name == focused else {}))

    for step in reversed(nesting):
        options = [step | {"options": options}]
    data: Json = {"id": command["id"], "name": command["name"], "type": CHAT_INPUT}
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    return data | {"options": options} | ({"resolved": resolved} if resolved else {})


def _by_name(options: list[Json], name: str) -> Json:
    for option in options:
        if option["name"] == name:
            return option
    known = ", ".join(option["name"] for option in options) or "none"
    raise LookupError(f"no option {name!r}; known: {known}")
