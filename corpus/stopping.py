"""Work that ends early where nobody waits for it any more.

Whoever asks says how that is known (`until`); whoever works looks between its steps (`look`).
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from typing import TypeVar

from corpus.errors import Cancelled

_T = TypeVar("_T")


def _never() -> bool:
    return False


_stop: ContextVar[Callable[[], bool]] = ContextVar("stop", default=_never)


@contextlib.contextmanager
def until(stop: Callable[[], bool]) -> Iterator[None]:
    """What is done within, in this thread, ends with `Cancelled` soon after `stop` says so."""
    before = _stop.set(stop)
    try:
        yield
    finally:
        _stop.reset(before)


def look() -> None:
    """Raises `Cancelled` where nobody waits any more."""
    if _stop.get()():
        raise Cancelled


def looking(items: Iterable[_T]) -> Iterator[_T]:
    """`items`, with a look before each."""
    for item in items:
        look()
        yield item
