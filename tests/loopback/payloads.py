"""The JSON objects of Discord's API v10, as plain dictionaries."""

import copy
import itertools
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

Json = dict[str, Any]

SUPPRESS_EMBEDS = 1 << 2
EPHEMERAL = 1 << 6
LOADING = 1 << 7
SUPPRESS_NOTIFICATIONS = 1 << 12
COMPONENTS_V2 = 1 << 15

GUILD_TEXT, DM = 0, 1
# View, send, embed, attach, read history, use application commands, send in threads.
PERMISSIONS = str(1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 31 | 1 << 38)
ATTACHMENT_SIZE_LIMIT = 10 * 1024 * 1024

_DISCORD_EPOCH_MS = 1_420_070_400_000
_count = itertools.count(1)


def snowflake() -> str:
    """A new id which, as Discord's do, tells its time of creation and only ever grows."""
    return str((time.time_ns() // 1_000_000 - _DISCORD_EPOCH_MS) << 22 | next(_count) & 0x3FFFFF)


def now() -> str:
    """The present time as Discord writes it."""
    return datetime.now(UTC).isoformat()


def user(name: str, *, bot: bool = False) -> Json:
    """A user object with a new id."""
    return {
        "id": snowflake(),
        "username": name,
        "discriminator": "0",
        "global_name": None if bot else name.title(),
        "avatar": None,
        "bot": bot,
        "public_flags": 0,
    }


def member(of_user: Json | None = None, **extra: Any) -> Json:
    """A guild member, without its user where Discord leaves that out."""
    base: Json = {
        "roles": [],
        "nick": None,
        "avatar": None,
        "joined_at": "2024-01-01T00:00:00+00:00",
        "premium_since": None,
        "communication_disabled_until": None,
        "deaf": False,
        "mute": False,
        "pending": False,
        "flags": 0,
    }
    return base | ({"user": of_user} if of_user else {}) | extra


def text_channel(guild_id: str, name: str, position: int) -> Json:
    """A guild's text channel."""
    return {
        "id": snowflake(),
        "type": GUILD_TEXT,
        "guild_id": guild_id,
        "name": name,
        "position": position,
        "permission_overwrites": [],
        "parent_id": None,
        "topic": None,
        "nsfw": False,
        "rate_limit_per_user": 0,
        "last_message_id": None,
        "flags": 0,
        "permissions": PERMISSIONS,
    }


def dm_channel(recipient: Json) -> Json:
    """The private channel between the bot and one user."""
    return {
        "id": snowflake(),
        "type": DM,
        "recipients": [recipient],
        "last_message_id": None,
        "flags": 0,
    }


def guild(name: str, owner: Json, bot: Json, *, locale: str) -> Json:
    """A guild with two text channels, everyone's role and the bot's own, as GUILD_CREATE has it."""
    guild_id, bot_role = snowflake(), snowflake()

    def role(role_id: str, role_name: str, position: int, **extra: Any) -> Json:
        colors = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
        common = {"permissions": PERMISSIONS, "color": 0, "colors": colors, "hoist": False}
        flags = {"managed": position > 0, "mentionable": False, "flags": 0}
        return common | flags | {"id": role_id, "name": role_name, "position": position} | extra

    return {
        "id": guild_id,
        "name": name,
        "owner_id": owner["id"],
        "preferred_locale": locale,
        "unavailable": False,
        "large": False,
        "joined_at": "2024-01-01T00:00:00+00:00",
        "icon": None,
        "splash": None,
        "description": None,
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_id": None,
        "system_channel_flags": 0,
        "features": [],
        "emojis": [],
        "stickers": [],
        "roles": [
            role(guild_id, "@everyone", 0),
            role(bot_role, bot["username"], 1, tags={"bot_id": bot["id"]}),
        ],
        "channels": [text_channel(guild_id, n, i) for i, n in enumerate(("general", "random"))],
        "threads": [],
        "members": [member(bot, roles=[bot_role])],
        "member_count": 2,
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def message(channel_id: str, author: Json, content: str = "", **extra: Any) -> Json:
    """A message as REST returns it."""
    base: Json = {
        "id": snowflake(),
        "channel_id": channel_id,
        "type": 0,
        "content": content,
        "author": author,
        "attachments": [],
        "embeds": [],
        "components": [],
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": False,
        "pinned": False,
        "tts": False,
        "flags": 0,
        "timestamp": now(),
        "edited_timestamp": None,
    }
    return base | extra


def interaction(
    kind: int,
    data: Json,
    *,
    application_id: str,
    who: Json,
    channel: Json,
    guild: Json | None,
    locale: str,
    **extra: Any,
) -> Json:
    """An INTERACTION_CREATE, in the shape for a guild or, without one, for the bot's own DM."""
    common: Json = {
        "id": snowflake(),
        "application_id": application_id,
        "type": kind,
        "token": f"interaction-{snowflake()}",
        "version": 1,
        "data": data,
        "channel": channel,
        "channel_id": channel["id"],
        "locale": locale,
        "app_permissions": PERMISSIONS,
        "attachment_size_limit": ATTACHMENT_SIZE_LIMIT,
        "entitlements": [],
    }
    if guild is None:
        place: Json = {
            "user": who,
            "context": 1,
            "authorizing_integration_owners": {"0": "0"},
        }
    else:
        place = {
            "member": member(who, permissions=PERMISSIONS),
            "context": 0,
            "authorizing_integration_owners": {"0": guild["id"]},
            "guild_id": guild["id"],
            "guild_locale": guild["preferred_locale"],
            "guild": {
                "id": guild["id"],
                "locale": guild["preferred_locale"],
                "features": guild["features"],
            },
        }
    return common | place | extra


def interaction_author(of: Json) -> Json:
    """The user behind an interaction, wherever it was made."""
    found: Json = of["user"] if "user" in of else of["member"]["user"]
    return found


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component, each before those inside it."""
    for component in components:
        yield component
        yield from walk(component.get("components", []))
        yield from walk([component[k] for k in ("accessory", "component") if k in component])


def numbered(components: list[Json]) -> list[Json]:
    """A copy in which each component has an integer id, as Discord hands them back."""
    components = copy.deepcopy(components)
    taken = {component["id"] for component in walk(components) if component.get("id")}
    free = (number for number in itertools.count(1) if number not in taken)
    for component in walk(components):
        # Zero stands for "not given" as well.
        component["id"] = component.get("id") or next(free)
    return components


def with_uploads(value: Any, urls: Mapping[str, str]) -> Any:
    """A copy in which `attachment://name` is the address under which that upload is served."""
    if isinstance(value, dict):
        return {key: with_uploads(item, urls) for key, item in value.items()}
    if isinstance(value, list):
        return [with_uploads(item, urls) for item in value]
    if isinstance(value, str) and value.startswith("attachment://"):
        return urls.get(value.removeprefix("attachment://"), value)
    return value
