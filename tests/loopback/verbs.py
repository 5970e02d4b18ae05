"""The verbs with which a test plays the users of Discord."""

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from . import commands, payloads
from .gateway import Gateway
from .interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL
from .payloads import Json
from .state import Exchange, State, Upload

_BUTTON, _STRING_SELECT = 2, 3
# Select menus, file uploads and checkbox groups, which all have any number of values.
_MANY = {3, 5, 6, 7, 8, 19, 22}


class Verbs:
    """Everything users can do to a bot; each verb returns when the bot has answered."""

    def __init__(self, state: State, timeout: float) -> None:
        self.state = state
        self.timeout = timeout
        self.gateway = Gateway(state)
        self.guild = state.new_guild("Workshop", "en-US")
        self.channel: Json = self.guild["channels"][0]

    async def until(
        self, true: Callable[[], bool], what: str = "change", within: float | None = None
    ) -> None:
        """Return once `true()` holds, looked at after each thing the bot does."""
        await self.state.until(true, what, self.timeout if within is None else within)

    async def wait_ready(self, within: float | None = None, *, synced: bool = False) -> None:
        """Return once a bot is past READY (or RESUMED) and, if asked, has uploaded commands."""
        await self.until(lambda: self.gateway.bot is not None, "ready bot", within)
        if synced:
            await self.until(lambda: self.state.command_syncs > 0, "upload of commands", within)

    # Commands.

    async def slash(
        self,
        name: str,
        options: Mapping[str, Any] | None = None,
        *,
        user: Json | None = None,
        guild: Json | None = None,
        dm: bool = False,
        locale: str = "en-US",
    ) -> Exchange:
        """What the bot makes of `/name`; the name of a subcommand follows after a space."""
        channel = await self._place(user, guild, dm, synced=True)
        data = self._chat_input(name, options or {}, channel)
        return await self._interact(f"/{name}", COMMAND, data, channel, user, locale)

    async def autocomplete(
        self,
        name: str,
        option: str,
        text: str,
        options: Mapping[str, Any] | None = None,
        *,
        user: Json | None = None,
        guild: Json | None = None,
        dm: bool = False,
        locale: str = "en-US",
    ) -> Exchange:
        """What the bot proposes (`.choices`) while `text` is typed into an option of `/name`."""
        channel = await self._place(user, guild, dm, synced=True)
        data = self._chat_input(name, {**(options or {}), option: text}, channel, focused=option)
        label = f"autocomplete of /{name} {option}"
        return await self._interact(label, AUTOCOMPLETE, data, channel, user, locale)

    async def message_command(
        self,
        name: str,
        target_content: str,
        *,
        attachments: Sequence[tuple[str, bytes]] = (),
        user: Json | None = None,
        guild: Json | None = None,
        dm: bool = False,
        locale: str = "en-US",
    ) -> Exchange:
        """What the bot makes of a context menu command on a message with this content."""
        channel = await self._place(user, guild, dm, synced=True)
        command = self._command(name, commands.MESSAGE, channel)
        target = self._write(channel, target_content, attachments, user)
        data = {
            "id": command["id"],
            "name": name,
            "type": commands.MESSAGE,
            "target_id": target["id"],
            "resolved": {"messages": {target["id"]: target}},
        }
        return await self._interact(f"menu {name!r}", COMMAND, data, channel, user, locale)

    # Components and modals.

    async def press(
        self,
        message: Json,
        custom_id: str,
        *,
        user: Json | None = None,
        locale: str = "en-US",
    ) -> Exchange:
        """What the bot makes of a press on a button of one of its messages."""
        return await self._use(message, custom_id, _BUTTON, {}, user, locale)

    async def select(
        self,
        message: Json,
        custom_id: str,
        values: Sequence[str],
        *,
        user: Json | None = None,
        locale: str = "en-US",
    ) -> Exchange:
        """What the bot makes of these values being chosen in a select menu of its message."""
        data = {"values": list(values)}
        return await self._use(message, custom_id, _STRING_SELECT, data, user, locale)

    async def submit_modal(
        self,
        opened: Exchange,
        values: Mapping[str, Any],
        *,
        locale: str = "en-US",
    ) -> Exchange:
        """What the bot makes of its modal being sent in with these values by custom id."""
        if opened.modal is None or opened.interaction is None:
            raise LookupError(f"{opened.label} opened no modal")
        components = payloads.numbered(opened.modal["components"])
        unknown = set(values) - {c.get("custom_id") for c in payloads.walk(components)}
        if unknown:
            raise LookupError(f"the modal has no {', '.join(sorted(unknown))}")
        data = {
            "custom_id": opened.modal["custom_id"],
            "components": [_filled_in(component, values) for component in components],
        }
        user = payloads.interaction_author(opened.interaction)
        channel = self.state.channels[opened.channel_id]
        await self.wait_ready()
        return await self._interact("modal", MODAL, data, channel, user, locale, opened.source)

    # Messages.

    async def direct_message(
        self,
        text: str,
        attachments: Sequence[tuple[str, bytes]] = (),
        *,
        user: Json | None = None,
        answered: bool = True,
    ) -> Exchange:
        """What the bot answers to a direct message; it sees all of it."""
        channel = await self._place(user, None, True)
        message = self._write(channel, text, attachments, user)
        return await self._say("direct message", message, answered)

    async def mention(
        self,
        channel: Json,
        text: str,
        attachments: Sequence[tuple[str, bytes]] = (),
        *,
        user: Json | None = None,
        answered: bool = True,
    ) -> Exchange:
        """What the bot answers to a guild message that mentions it and that it therefore sees."""
        await self.wait_ready()
        content = f"<@{self.state.bot['id']}> {text}"
        message = self._write(channel, content, attachments, user)
        message["mentions"] = [self.state.bot | {"member": payloads.member()}]
        return await self._say("mention", message, answered)

    async def channel_message(
        self,
        text: str,
        attachments: Sequence[tuple[str, bytes]] = (),
        *,
        channel: Json | None = None,
        user: Json | None = None,
        answered: bool = False,
    ) -> Exchange:
        """A guild message, which without the message-content intent the bot gets empty.

        It does not wait for an answer, which nobody expects here. Events arrive in order, so a
        later verb that was answered shows that the bot has had its chance to see this one.
        """
        await self.wait_ready()
        message = self._write(channel or self.channel, text, attachments, user)
        return await self._say("channel message", message, answered)

    async def _place(
        self, user: Json | None, guild: Json | None, dm: bool, *, synced: bool = False
    ) -> Json:
        """The channel in which a user acts, once there is a bot to notice."""
        await self.wait_ready(synced=synced)
        if dm:
            return self.state.dm_channel(user or self.state.user)
        channel: Json = (guild or self.guild)["channels"][0]
        return channel

    def _command(self, name: str, kind: int, channel: Json) -> Json:
        in_guild = self.state.commands.get(channel.get("guild_id", ""), [])
        context = 0 if "guild_id" in channel else 1
        return commands.find(
            [*in_guild, *self.state.commands.get(None, [])], name, kind, context=context
        )

    def _chat_input(
        self, name: str, values: Mapping[str, Any], channel: Json, focused: str | None = None
    ) -> Json:
        root, *path = name.split()
        return commands.chat_input(
            self._command(root, commands.CHAT_INPUT, channel),
            path,
            values,
            lambda filename, content: self.state.store_file(
                channel["id"], Upload(filename, content)
            ),
            in_guild="guild_id" in channel,
            focused=focused,
        )

    async def _use(
        self,
        message: Json,
        custom_id: str,
        kind: int,
        data: Json,
        user: Json | None,
        locale: str,
    ) -> Exchange:
        message = self.state.messages[message["id"]]
        component = _usable(message, custom_id)
        if component["type"] != kind:
            raise NotImplementedError(f"{custom_id!r} is a component of type {component['type']}")
        chosen = set(data.get("values", ()))
        if not chosen <= {option["value"] for option in component.get("options", [])}:
            raise LookupError(f"{custom_id!r} does not offer all of {sorted(chosen)}")
        data = data | {"custom_id": custom_id, "component_type": kind, "id": component["id"]}
        channel = self.state.channels[message["channel_id"]]
        await self.wait_ready()
        return await self._interact(custom_id, COMPONENT, data, channel, user, locale, message)

    async def _interact(
        self,
        label: str,
        kind: int,
        data: Json,
        channel: Json,
        user: Json | None,
        locale: str,
        source: Json | None = None,
    ) -> Exchange:
        interaction = payloads.interaction(
            kind,
            data,
            application_id=self.state.application_id,
            who=user or self.state.user,
            channel=channel,
            guild=self.state.guild_of(channel["id"]),
            locale=locale,
            **({"message": copy.deepcopy(source)} if source is not None else {}),
        )
        exchange = Exchange(label, channel["id"], interaction, source)
        self.state.exchanges.append(exchange)
        if not await self.gateway.dispatch("INTERACTION_CREATE", interaction):
            raise ConnectionError(f"the bot left before {label} could reach it")
        return await self._answered(exchange)

    def _write(
        self,
        channel: Json,
        content: str,
        attachments: Sequence[tuple[str, bytes]],
        user: Json | None,
    ) -> Json:
        files = [self.state.store_file(channel["id"], Upload(*file)) for file in attachments]
        message = payloads.message(
            channel["id"], user or self.state.user, content, attachments=files
        )
        return self.state.store_message(message)

    async def _say(self, label: str, message: Json, answered: bool) -> Exchange:
        exchange = Exchange(label, message["channel_id"], source=message)
        self.state.exchanges.append(exchange)
        if not await self.gateway.publish("MESSAGE_CREATE", message):
            raise ConnectionError(f"no bot with the intents to see a {label} is connected")
        if answered:
            return await self._answered(exchange)
        await self.gateway.settle(self.timeout)
        return exchange

    async def _answered(self, exchange: Exchange) -> Exchange:
        await self.until(lambda: exchange.done, f"answer to {exchange.label}")
        await self.gateway.settle(self.timeout)
        return exchange


def _usable(message: Json, custom_id: str) -> Json:
    found = [c for c in payloads.walk(message["components"]) if c.get("custom_id") == custom_id]
    if not found or found[0].get("disabled"):
        enabled = [c for c in payloads.walk(message["components"]) if not c.get("disabled")]
        known = ", ".join(c["custom_id"] for c in enabled if "custom_id" in c) or "none"
        raise LookupError(f"no enabled component {custom_id!r}; known: {known}")
    return found[0]


def _filled_in(component: Json, values: Mapping[str, Any]) -> Json:
    """A modal's component as it is sent back once the user has filled it in."""
    sent: Json = {key: component[key] for key in ("type", "id", "custom_id") if key in component}
    if "component" in component:
        sent["component"] = _filled_in(component["component"], values)
    if "components" in component:
        sent["components"] = [_filled_in(inner, values) for inner in component["components"]]
    if "custom_id" in component:
        key, empty = ("values", []) if component["type"] in _MANY else ("value", "")
        sent[key] = values.get(component["custom_id"], component.get(key, empty))
    return sent
