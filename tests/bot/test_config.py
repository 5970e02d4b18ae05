"""Settings: where they come from, what they may be, and how a mistake is told."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from platformdirs import user_config_path, user_data_path

from bot.config import SECTIONS, Config, ConfigError, DiscordSettings, LibrarySettings, load

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "config.example.toml"
TOKEN = "MTIzNDU2Nzg5.GaBcDe.the-secret-of-a-bot"


@pytest.fixture(autouse=True)
def own_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder, an empty config folder, and no variable that says anything."""
    for name in ("DISCORD_TOKEN", "SIMILIT_CONFIG", "SIMILIT_LIBRARY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path


def written(text: str | bytes, path: Path | str = "config.toml") -> Path:
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def defaults() -> dict[str, dict[str, Any]]:
    """Every setting of every section, as TOML would have it."""
    tables = {name: dataclasses.asdict(getattr(Config(), name)) for name in SECTIONS}
    return {
        section: {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in table.items()
        }
        for section, table in tables.items()
    }


# The example


def test_the_example_lists_every_setting_with_its_default_in_order() -> None:
    example = tomllib.loads(EXAMPLE.read_text("utf-8"))
    assert example == defaults()
    assert [(name, list(table)) for name, table in example.items()] == [
        (name, list(table)) for name, table in defaults().items()
    ]
    assert sum(map(len, example.values())) >= 10


def test_the_example_loads_as_the_defaults() -> None:
    assert dataclasses.replace(load(EXAMPLE), file=None) == Config()


def test_every_setting_of_the_example_is_explained_in_both_languages_just_above() -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    settings = [number for number, line in enumerate(lines) if re.match(r"\w+ = ", line)]
    assert len(settings) == sum(map(len, defaults().values()))
    for number in settings:
        above = lines[number - 1]
        assert above.startswith("# "), lines[number]
        assert re.search(r"[A-Za-z]{3}.* / .*[\u4e00-\u9fff]{2}", above), above


def test_every_field_of_the_config_is_a_section() -> None:
    names = tuple(field.name for field in dataclasses.fields(Config) if field.name != "file")
    assert names == SECTIONS


def test_the_example_has_no_token() -> None:
    assert not re.search(r"(?m)^\s*token\s*=", EXAMPLE.read_text("utf-8"))


# Where settings come from


def test_without_any_file_the_defaults_apply() -> None:
    assert load() == Config()


def test_flag_environment_here_and_the_users_folder_in_this_order(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    user = written("[reply]\ncount = 1\n", user_config_path("similit") / "config.toml")
    assert (load().file, load().reply.count) == (user, 1)
    here = written("[reply]\ncount = 2\n")
    assert (load().file, load().reply.count) == (here, 2)
    monkeypatch.setenv("SIMILIT_CONFIG", str(written("[reply]\ncount = 3\n", tmp_path / "env")))
    assert (load().file, load().reply.count) == (tmp_path / "env", 3)
    flag = written("[reply]\ncount = 4\n", tmp_path / "flag")
    assert (load(flag).file, load(flag).reply.count) == (flag, 4)


def test_files_are_not_mixed() -> None:
    written("[privacy]\nkeep_questions_days = 5\n", user_config_path("similit") / "config.toml")
    written("[reply]\ncount = 2\n")
    assert load().privacy.keep_questions_days == 90


def test_an_empty_variable_names_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIMILIT_CONFIG", "")
    monkeypatch.setenv("SIMILIT_LIBRARY", "")
    assert load() == Config()
    assert load().library_path() == (user_data_path("similit"), False)


def test_an_empty_file_is_the_defaults() -> None:
    assert load(written("")) == Config(file=Path("config.toml"))


def test_a_byte_order_mark_as_editors_on_windows_write_it_is_no_mistake() -> None:
    assert load(written(b"\xef\xbb\xbf[reply]\r\ncount = 2\r\n")).reply.count == 2


def test_every_setting_arrives() -> None:
    config = load(
        written(
            '[library]\npath = "p"\n[discord]\ntoken_file = "t"\nproxy = "http://127.0.0.1:7890"\n'
            'api_base = "https://a"\ngateway = "wss://g"\nguilds = [1, 2]\nroles = [3]\n'
            'locale = "zh-TW"\n[reply]\ncount = 100\n[privacy]\nkeep_questions_days = 1\n'
        )
    )
    assert config.library == LibrarySettings(path="p")
    assert config.discord == DiscordSettings(
        token_file="t",
        proxy="http://127.0.0.1:7890",
        api_base="https://a",
        gateway="wss://g",
        guilds=(1, 2),
        roles=(3,),
        locale="zh-TW",
    )
    assert (config.reply.count, config.privacy.keep_questions_days) == (100, 1)


# The library


def test_the_library_is_the_environments_then_the_configs_then_the_users(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert load().library_path() == (tmp_path / "data" / "similit", False)
    config = load(written('[library]\npath = "lib"\n', tmp_path / "etc" / "config.toml"))
    assert config.library_path() == (tmp_path / "etc" / "lib", True)
    absolute = load(written(f'[library]\npath = "{tmp_path / "lib"}"\n'))
    assert absolute.library_path() == (tmp_path / "lib", True)
    monkeypatch.setenv("SIMILIT_LIBRARY", str(tmp_path / "env"))
    assert config.library_path() == (tmp_path / "env", True)


def test_a_tilde_is_the_users_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load(written('[library]\npath = "~/lib"\n')).library_path()[0] == tmp_path / "lib"
    monkeypatch.setenv("SIMILIT_LIBRARY", "~/env")
    assert load().library_path()[0] == tmp_path / "env"


# Mistakes


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("[reply\n", ["TOML"]),
        ("count = = 3\n", ["TOML"]),
        ("[reply]\ncount = 1\ncount = 2\n", ["TOML"]),
        (b"[reply]\n# caf\xe9\n", []),
        ("[replies]\ncount = 1\n", ["replies", "config.example.toml"]),
        ('path = "somewhere"\n', ["path"]),
        ("reply = 3\n", ["reply"]),
        ("[[reply]]\ncount = 1\n", ["reply"]),
        ("[reply]\ncuont = 1\n", ["reply", "cuont", "count"]),
        ('[library]\nfolder = "x"\n', ["library", "folder", "path"]),
        ('[reply]\ncount = "20"\n', ["reply", "count", "whole number"]),
        ("[reply]\ncount = 20.0\n", ["reply", "count", "whole number"]),
        ("[reply]\ncount = true\n", ["reply", "count", "whole number"]),
        ("[reply]\ncount = 2020-01-01\n", ["reply", "count", "whole number"]),
        ("[reply]\ncount = 0\n", ["reply", "count", "1", "100"]),
        ("[reply]\ncount = 101\n", ["reply", "count", "1", "100"]),
        ("[privacy]\nkeep_questions_days = 0\n", ["privacy", "keep_questions_days", "1"]),
        ("[privacy]\nkeep_questions_days = -1\n", ["privacy", "keep_questions_days", "1"]),
        ("[privacy]\nkeep_questions_days = 9999\n", ["privacy", "keep_questions_days", "3650"]),
        ("[library]\npath = 3\n", ["library", "path", "text in quotes"]),
        ('[library]\npath = ["a"]\n', ["library", "path", "text in quotes"]),
        ("[discord]\nguilds = 5\n", ["discord", "guilds", "list"]),
        ('[discord]\nguilds = ["5"]\n', ["discord", "guilds", "whole number"]),
        ("[discord]\nroles = [true]\n", ["discord", "roles", "whole number"]),
        ("[discord]\nroles = [[1]]\n", ["discord", "roles", "whole number"]),
        ('[discord]\nlocale = "klingon"\n', ["discord", "locale"]),
        (f'[discord]\ntoken = "{TOKEN}"\n', ["token", "DISCORD_TOKEN", "token_file"]),
        (f'token = "{TOKEN}"\n', ["token"]),
    ],
)
def test_a_mistake_is_one_sentence_that_names_file_and_setting(
    text: str | bytes, names: list[str]
) -> None:
    written(text, "my settings.toml")
    with pytest.raises(ConfigError) as told:
        load(Path("my settings.toml"))
    sentence = str(told.value)
    assert "\n" not in sentence
    for name in ["my settings.toml", *names]:
        assert name in sentence
    assert "secret" not in sentence


@pytest.mark.parametrize("named", ["flag", "environment"])
def test_a_file_that_was_named_and_is_not_there_is_a_mistake(
    named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written("")
    if named == "environment":
        monkeypatch.setenv("SIMILIT_CONFIG", "nope.toml")
    with pytest.raises(ConfigError, match=r"nope\.toml") as told:
        load(Path("nope.toml") if named == "flag" else None)
    assert "\n" not in str(told.value)


def test_a_folder_is_no_config(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)


# The token


def test_the_token_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Config().token() == ""
    monkeypatch.setenv("DISCORD_TOKEN", f" {TOKEN}\n")
    assert Config().token() == TOKEN


def test_the_token_comes_from_a_file_beside_the_config(tmp_path: Path) -> None:
    config = load(written('[discord]\ntoken_file = "token"\n', tmp_path / "etc" / "config.toml"))
    written("not this one", "token")
    written(f"{TOKEN}\n", tmp_path / "etc" / "token")
    assert config.token() == TOKEN


def test_the_token_file_may_be_anywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = written(TOKEN, tmp_path / "run" / "token")
    assert load(written(f'[discord]\ntoken_file = "{path}"\n')).token() == TOKEN
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load(written('[discord]\ntoken_file = "~/run/token"\n')).token() == TOKEN


def test_the_environment_comes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    written("of the file", "token")
    config = load(written('[discord]\ntoken_file = "token"\n'))
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    assert config.token() == TOKEN
    monkeypatch.setenv("DISCORD_TOKEN", "  ")
    assert config.token() == "of the file"


def test_an_empty_token_file_is_no_token() -> None:
    written(" \n", "token")
    assert load(written('[discord]\ntoken_file = "token"\n')).token() == ""


def test_a_token_file_with_a_byte_order_mark_is_read_without_it() -> None:
    written(TOKEN.encode("utf-8-sig"), "token")
    assert load(written('[discord]\ntoken_file = "token"\n')).token() == TOKEN


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"], ids=["missing", "binary"])
def test_a_token_file_that_cannot_be_read_is_named(content: bytes | None) -> None:
    if content is not None:
        written(content, "token")
    config = load(written('[discord]\ntoken_file = "token"\n'))
    with pytest.raises(ConfigError, match="token_file") as told:
        config.token()
    assert "\n" not in str(told.value)


def test_the_glossary_is_beside_the_config(tmp_path: Path) -> None:
    config = load(written('[search]\nglossary = "own.tsv"\n', tmp_path / "etc" / "config.toml"))
    assert config.glossary() == tmp_path / "etc" / "own.tsv"
    path = tmp_path / "other" / "own.tsv"
    assert load(written(f'[search]\nglossary = "{path}"\n')).glossary() == path
    assert Config().glossary() is None


def test_the_config_never_holds_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    written(TOKEN, "token")
    config = load(written('[discord]\ntoken_file = "token"\n'))
    assert config.token() == TOKEN
    assert TOKEN not in repr(config)


# Libraries of servers


def test_servers_may_have_libraries_of_their_own(tmp_path: Path) -> None:
    text = '[libraries.servers]\n"123" = "papers"\n"456" = "/elsewhere"\n'
    config = load(written(text, tmp_path / "etc" / "config.toml"))
    assert config.server_libraries() == {
        123: tmp_path / "etc" / "papers",
        456: Path("/elsewhere"),
    }
    assert Config().server_libraries() == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("servers = 5", "has to be a table"),
        ('servers = { workshop = "papers" }', "no server id"),
        ('servers = { "123" = 5 }', "123 has to be text in quotes"),
    ],
)
def test_libraries_that_make_no_sense_are_refused(text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        load(written(f"[libraries]\n{text}\n"))
