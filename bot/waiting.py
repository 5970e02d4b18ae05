"""Work in a thread that ends when nobody waits for it any more."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from corpus.stopping import until

_P = ParamSpec("_P")
_T = TypeVar("_T")


async def while_awaited(work: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """What `work` gives, which the event loop does not wait for.

    Where whoever awaits it is cancelled, as all are when the bot ends, a question that is being
    looked into is given up.
    """
    gone = threading.Event()

    def working() -> _T:
        with until(gone.is_set):
            return work(*args, **kwargs)

    try:
        return await asyncio.to_thread(working)
    except asyncio.CancelledError:
        gone.set()
        raise
