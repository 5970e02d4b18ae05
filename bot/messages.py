"""What the bot says, in three languages, from Fluent catalogues in `locales/`."""

from __future__ import annotations

import functools
import locale as system_locale
import os
from importlib import resources
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

LOCALES = ("en", "zh-CN", "zh-TW")


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
        said, errors = self._bundle.format_pattern(message.value, values)
        if errors:
            raise LookupError(f"{name}: {errors[0]}")
        return str(said)


@functools.cache
def messages(locale: str) -> Messages:
    """The messages of the supported locale that is nearest to `locale`."""
    return Messages(nearest(locale))


def nearest(locale: str) -> str:
    """One of `LOCALES` for any name of a language, such as `zh_HK.UTF-8` or `en-GB`."""
    plain = locale.replace("_", "-").split(".")[0].lower()
    if not plain.startswith("zh"):
        return "en"
    traditional = any(part in plain for part in ("tw", "hk", "mo", "hant"))
    return "zh-TW" if traditional else "zh-CN"


def terminal_locale() -> str:
    """The language of this terminal, as its environment or its system says."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    return system_locale.getlocale()[0] or "en"
