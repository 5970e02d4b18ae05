"""What nobody awaits any more ends."""

from __future__ import annotations

import asyncio
import threading

import pytest

from bot.waiting import while_awaited
from corpus.errors import Cancelled
from corpus.stopping import look


class Work:
    """Goes on until it is stopped."""

    def __init__(self) -> None:
        self.began, self.ended = threading.Event(), threading.Event()

    def __call__(self) -> None:
        self.began.set()
        try:
            while True:
                look()
        except Cancelled:
            self.ended.set()
            raise


def test_what_is_awaited_gives_its_value() -> None:
    def work(one: int, *, two: int) -> int:
        look()
        return one + two

    assert asyncio.run(while_awaited(work, 1, two=2)) == 3


def test_what_fails_says_so() -> None:
    def work() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(while_awaited(work))


def test_what_nobody_awaits_ends() -> None:
    async def ask(work: Work, other: Work) -> None:
        tasks = [asyncio.create_task(while_awaited(one)) for one in (work, other)]
        assert await asyncio.to_thread(work.began.wait, 30)
        assert await asyncio.to_thread(other.began.wait, 30)
        tasks[0].cancel()
        with pytest.raises(asyncio.CancelledError):
            await tasks[0]
        assert await asyncio.to_thread(work.ended.wait, 30)
        assert not other.ended.is_set()

    work, other = Work(), Work()
    asyncio.run(ask(work, other))
    # The end of the loop is the end of what is still going on.
    assert other.ended.is_set()
