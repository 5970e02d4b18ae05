"""What the bot says, in three languages, from Fluent catalogues in `locales/`."""

from __future__ import annotations

import functools
import locale as system_locale
import os
import re
from importlib import resources
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

_LONGEST_VALUE = 900


class Messages:
    """The messages of one locale."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.chinese = locale.startswith("zh")
        self.language = locale.split("-", maxsplit=1)[0]
        # Isolation marks around values are for mixed writing directions; ours are all one.
        self._bundle = FluentBundle([locale], use_isolating=False)
        text = resources.files("bot.locales").joinpath(f"{locale}.ftl").read_text("utf-8")
        self._bundle.add_resource(FluentResource(text))

    def __call__(self, name: str, /, **values: Any) -> str:
        """The message `name` with `values` in it. Raises `LookupError` where it or one lacks."""
        message = self._bundle.get_message(name)
        if message.value is None:
            raise LookupError(name)
        short = {key: _short(value) for key, value in values.items()}
        said, errors = self._bundle.format_pattern(message.value, short)
        if errors:
            raise LookupError(f"{name}: {errors[0]}")
        return str(said)


def _short(value: Any) -> Any:
    """What Fluent takes as a value: it refuses texts of over a thousand characters."""
    if isinstance(value, str) and len(value) > _LONGEST_VALUE:
        return value[:_LONGEST_VALUE] + "…"
    return value


@functools.cache
def messages(locale: str) -> Messages:
    """The messages of the supported locale that is nearest to `locale`."""
    return Messages(nearest(locale))


def nearest(locale: str) -> str:
    """One of `LOCALES` for any name of a language, such as `zh_HK.UTF-8` or `en-GB`."""
    plain = re.split(r"[.@]", locale.replace("_", "-"))[0].lower()
    if not plain.startswith("zh"):
        return "en"
    parts = plain.split("-")
    if "hans" in parts:
        return "zh-CN"
    return "zh-TW" if {"tw", "hk", "mo", "hant"} & set(parts) else "zh-CN"


def terminal_locale() -> str:
    """The language of this terminal, as its environment or its system says."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    return system_locale.getlocale()[0] or "en"
