"""Words of a run of Han characters. The only importer of jieba, and it imports it late.

Loading jieba's dictionary takes over a second, so it happens with the first run that has not
been seen before: an English question never pays for it.
"""

from __future__ import annotations

import functools
import logging
import marshal
import os
import sys
import threading
import warnings
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_cache_path

if TYPE_CHECKING:
    import jieba

_REMEMBERED = 1 << 16
_loading = threading.Lock()
_known: dict[str, tuple[str, ...]] = {}


def words(run: str) -> tuple[str, ...]:
    """The words of `run`, a run of Simplified Han characters, which joined give it back."""
    found = _known.get(run)
    if found is None:
        if len(_known) >= _REMEMBERED:
            _known.clear()
        found = _known[run] = tuple(_tokenizer().cut(run))
    return found


def remember(runs: Mapping[str, Iterable[str]]) -> None:
    """Take these segmentations as known, so that jieba need not be loaded for them."""
    _known.update((run, tuple(cut)) for run, cut in runs.items())


def frequencies() -> dict[str, int]:
    """How often each word stands in the texts that jieba's dictionary was counted in.

    Read from its file: for this alone jieba is not loaded.
    """
    file = metadata.distribution("jieba").locate_file("jieba/dict.txt")
    lines = Path(str(file)).read_text("utf-8").splitlines()
    return {word: int(times) for word, times, *_ in map(str.split, lines)}


def load() -> None:
    """Load the dictionary now rather than at the first Chinese question."""
    _tokenizer()


@functools.cache
def _load() -> jieba.Tokenizer:
    jieba = _import()
    # It logs a failure to write its cache with a traceback; without a cache it only starts slower.
    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    # Its own choice is a fixed name in the shared temporary folder, which others can write.
    folder = _cache_folder()
    tokenizer.tmp_dir, tokenizer.cache_file = folder, f"jieba-{jieba.__version__}.cache"
    try:
        # As jieba reads it, but from memory: three times as fast as from the file, word by word.
        file = Path(folder, tokenizer.cache_file)
        kept = marshal.loads(file.read_bytes())  # noqa: S302 - our own file in the user's own folder
        tokenizer.FREQ, tokenizer.total = kept
        tokenizer.initialized = True
    except (OSError, ValueError, EOFError, TypeError):
        tokenizer.initialize()
    return tokenizer


def _import() -> Any:
    """jieba, without the fifth of a second that it spends on pkg_resources where that is there."""
    absent = object()
    there = sys.modules.get("pkg_resources", absent)
    sys.modules["pkg_resources"] = None  # type: ignore[assignment] # how Python says: not to be had
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jieba 0.42.1 has invalid escapes in its strings
            import jieba
    finally:
        if there is absent:
            del sys.modules["pkg_resources"]
        else:
            sys.modules["pkg_resources"] = there  # type: ignore[assignment]
    return jieba


def _tokenizer() -> jieba.Tokenizer:
    with _loading:
        return _load()


def _cache_folder() -> str:
    folder = user_cache_path("similit", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return os.devnull
    return str(folder)
