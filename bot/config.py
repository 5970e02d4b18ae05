"""Settings: a TOML file and a few environment variables, as frozen dataclasses."""

from __future__ import annotations

import dataclasses
import os
import tomllib
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args, get_type_hints

from platformdirs import user_config_path, user_data_path

from bot.schedule import zone_named

LOCALES = ("en", "zh-CN", "zh-TW")


class ConfigError(Exception):
    """The configuration cannot be used; `str()` is one sentence that says where and why."""


@dataclass(frozen=True, slots=True)
class LibrarySettings:
    """Where the papers are."""

    path: str = ""


@dataclass(frozen=True, slots=True)
class LibrariesSettings:
    """Which servers have a library of their own: its folder, by the server's id."""

    servers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DiscordSettings:
    """How the bot reaches Discord, and whom it answers there."""

    token_file: str = ""
    proxy: str = ""
    api_base: str = ""
    gateway: str = ""
    guilds: tuple[int, ...] = ()
    roles: tuple[int, ...] = ()
    curators: tuple[int, ...] = ()
    admins: tuple[int, ...] = ()
    locale: str = ""
    person_per_minute: int = 30
    channel_per_minute: int = 120


@dataclass(frozen=True, slots=True)
class ReplySettings:
    """What a list looks like unless a question says otherwise."""

    count: int = 20


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """What finding goes by beside the papers."""

    glossary: str = ""


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """When people are told what is new, unless they say otherwise."""

    zone: str = "UTC"
    hour: int = 8


@dataclass(frozen=True, slots=True)
class PrivacySettings:
    """How long what people asked is kept."""

    keep_questions_days: int = 90


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """How the services that papers are fetched from are asked."""

    contact: str = ""
    per_second: float = 0.0
    proxy: str = ""
    openalex: str = ""
    crossref: str = ""
    pubmed: str = ""
    arxiv: str = ""


@dataclass(frozen=True, slots=True)
class Config:
    """Every setting; `file` is where they come from, None for the defaults."""

    file: Path | None = None
    library: LibrarySettings = LibrarySettings()
    libraries: LibrariesSettings = LibrariesSettings()
    discord: DiscordSettings = DiscordSettings()
    reply: ReplySettings = ReplySettings()
    search: SearchSettings = SearchSettings()
    sources: SourceSettings = SourceSettings()
    watches: WatchSettings = WatchSettings()
    privacy: PrivacySettings = PrivacySettings()

    def token(self) -> str:
        """The Discord token from DISCORD_TOKEN or `token_file`, "" where there is none."""
        if token := os.environ.get("DISCORD_TOKEN", "").strip():
            return token
        if not self.discord.token_file:
            return ""
        path = self._path(self.discord.token_file)
        try:
            return path.read_text("utf-8-sig").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"token_file {path} cannot be read: {error}") from error

    def library_path(self) -> tuple[Path, bool]:
        """The library's folder, and whether somebody named it rather than left it to us."""
        if named := os.environ.get("SIMILIT_LIBRARY"):
            return Path(named).expanduser(), True
        if self.library.path:
            return self._path(self.library.path), True
        return user_data_path("similit", appauthor=False), False

    def server_libraries(self) -> dict[int, Path]:
        """The folders of the libraries that servers have of their own, by the servers' ids."""
        return {int(id): self._path(folder) for id, folder in self.libraries.servers.items()}

    def glossary(self) -> Path | None:
        """The host's own glossary, None where there is none."""
        return self._path(self.search.glossary) if self.search.glossary else None

    def _path(self, said: str) -> Path:
        path = Path(said).expanduser()
        return self.file.parent / path if self.file else path


_KINDS = {
    str: "text in quotes",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}
SECTIONS = (
    "library",
    "libraries",
    "discord",
    "reply",
    "search",
    "sources",
    "watches",
    "privacy",
)
_LIMITS = {
    ("reply", "count"): (1, 100),
    ("sources", "per_second"): (0, 10),
    ("discord", "person_per_minute"): (0, 10_000),
    ("discord", "channel_per_minute"): (0, 10_000),
    ("watches", "hour"): (0, 23),
    ("privacy", "keep_questions_days"): (1, 3650),
}


def load(named: Path | None = None) -> Config:
    """The settings from `named`, else SIMILIT_CONFIG, else `config.toml` here or in the user's
    config folder, else the defaults. Raises `ConfigError`.
    """
    chosen = named or (Path(env) if (env := os.environ.get("SIMILIT_CONFIG")) else None)
    if chosen is None:
        here = (Path("config.toml"), user_config_path("similit", appauthor=False) / "config.toml")
        chosen = next((path for path in here if path.is_file()), None)
        if chosen is None:
            return Config()
    try:
        text = chosen.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the config {chosen} cannot be read: {error}") from error
    try:
        return _config(chosen, tomllib.loads(text))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"the config {chosen} is not TOML: {error}") from error


def _config(file: Path, tables: Mapping[str, Any]) -> Config:
    unknown = sorted(set(tables) - set(SECTIONS))
    if unknown:
        raise ConfigError(f"{file}: there is no section [{unknown[0]}]; see config.example.toml")
    kinds = get_type_hints(Config)
    sections = {name: _section(file, name, kinds[name], tables.get(name, {})) for name in SECTIONS}
    return Config(file=file, **sections)


def _section(file: Path, section: str, kind: Any, table: Any) -> Any:
    if not isinstance(table, dict):
        raise ConfigError(f"{file}: [{section}] has to be a section")
    hints = get_type_hints(kind)
    values = {}
    for name, value in table.items():
        if name == "token":
            raise ConfigError(
                f"{file}: a token does not belong here; use DISCORD_TOKEN or token_file"
            )
        if name not in hints:
            known = ", ".join(field.name for field in dataclasses.fields(kind))
            raise ConfigError(f"{file}: [{section}] has no setting {name}; it has {known}")
        values[name] = _value(f"{file}: {name} in [{section}]", hints[name], value)
        if (section, name) == ("discord", "locale") and values[name] not in ("", *LOCALES):
            raise ConfigError(f"{file}: locale in [discord] has to be one of {', '.join(LOCALES)}")
        if (section, name) == ("watches", "zone") and not zone_named(values[name]):
            raise ConfigError(f"{file}: zone in [watches] has to be one such as Asia/Shanghai")
        low, high = _LIMITS.get((section, name), (None, None))
        if low is not None and high is not None and not low <= values[name] <= high:
            raise ConfigError(f"{file}: {name} in [{section}] has to be from {low} to {high}")
    return kind(**values)


def _value(where: str, kind: Any, value: Any) -> Any:
    if typing.get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise ConfigError(f"{where} has to be a list")
        return tuple(_value(where, get_args(kind)[0], item) for item in value)
    if typing.get_origin(kind) is Mapping:
        if not isinstance(value, dict):
            raise ConfigError(f"{where} has to be a table of server ids and folders")
        if wrong := next((name for name in value if not name.isdecimal()), None):
            raise ConfigError(f"{where} has {wrong!r}, which is no server id")
        return {
            name: _value(f"{where}: {name}", get_args(kind)[1], one) for name, one in value.items()
        }
    if kind is float and type(value) is int:
        return float(value)
    if not isinstance(value, kind) or isinstance(value, bool) != (kind is bool):
        raise ConfigError(f"{where} has to be {_KINDS[kind]}")
    return value
