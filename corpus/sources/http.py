"""Asking a service over HTTP: patiently, at its own pace, and saying who asks."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from corpus.errors import SourceUnavailable
from corpus.sources import Call, NotUnderstood, Refused, Source
from corpus.sources.refusals import in_a_sentence, seconds_asked, words_of

if TYPE_CHECKING:
    import aiohttp
    from aiohttp import ClientHandlerType as Send
    from multidict import CIMultiDictProxy

T = TypeVar("T")

_PASSING = frozenset((408, 425, 429))
_LONGEST_BACKOFF = 60.0


@dataclass(frozen=True, slots=True)
class Access:
    """How a service is reached, and what it is told of who asks.

    `contact` is an e-mail address for its operators to write to. `per_second` can only slow
    down: 0 keeps to what the service itself allows. `api_base` replaces the service's address.
    """

    contact: str = ""
    api_key: str = field(default="", repr=False)
    per_second: float = 0.0
    proxy: str = ""
    api_base: str = ""
    agent: str = "Similit"
    tool: str = "similit"


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on where a service is slow or broken, and the clocks this goes by.

    `silence` is how many seconds it may say nothing, `longest_wait` how many it may ask to wait;
    `largest` is how many bytes an answer may have.
    """

    tries: int = 5
    silence: float = 60.0
    longest_wait: float = 300.0
    largest: int = 32 << 20
    sleep: Callable[[float], Awaitable[object]] = asyncio.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], float] = time.time
    chance: Callable[[], float] = random.random
    within: Callable[[float], asyncio.Timeout] = asyncio.timeout


class _Passing(Exception):
    """A failure that may not last; `after` is how many seconds the service asks to wait."""

    def __init__(self, what: str, after: float = 0.0) -> None:
        super().__init__(what)
        self.after = after


@asynccontextmanager
async def client(
    source: Source,
    access: Access,
    patience: Patience,
    session: aiohttp.ClientSession | None = None,
) -> AsyncIterator[Client]:
    """A client with a session of its own, unless one is given, that is closed again."""
    import aiohttp

    if session is not None:
        yield Client(source, access, patience, session)
    else:
        async with aiohttp.ClientSession(trust_env=True) as own:
            yield Client(source, access, patience, own)


class Client:
    """One caller of one service."""

    def __init__(
        self, source: Source, access: Access, patience: Patience, session: aiohttp.ClientSession
    ) -> None:
        self._source = source
        self._access = access
        self._patience = patience
        self._session = session
        self._next = float("-inf")
        slowest = 1 / access.per_second if access.per_second > 0 else 0.0
        self._seconds = max(source.seconds, slowest)

    async def ask(self, call: Call, understand: Callable[[str], T]) -> T:
        """What `understand` makes of the answer.

        Asks again where there is no answer, or `understand` raises `NotUnderstood`. Raises
        `Refused`, or `SourceUnavailable` where it has asked often enough.
        """
        patience = self._patience
        wrong, wait = "", 0.0
        for attempt in range(patience.tries):
            if wait:
                await patience.sleep(wait)
            await self._turn()
            after = 0.0
            try:
                return understand(await self._body(call))
            except _Passing as failure:
                wrong, after = str(failure), failure.after
            except NotUnderstood as failure:
                told = in_a_sentence(self._without_secrets(str(failure)))
                wrong = f"its answer cannot be read: {told}"
            if after > patience.longest_wait:
                raise SourceUnavailable(f"{self._source.title} asks to wait {_span(after)}")
            backoff = min(2.0**attempt, _LONGEST_BACKOFF) * (0.5 + patience.chance() / 2)
            wait = max(after, backoff)
        raise SourceUnavailable(
            f"{self._source.title} did not answer in {patience.tries} tries: {wrong}"
        )

    async def _turn(self) -> None:
        """Wait until the service may be asked again."""
        wait = self._next - self._patience.clock()
        if wait > 0:
            await self._patience.sleep(wait)
        self._next = self._patience.clock() + self._seconds

    async def _body(self, call: Call) -> str:
        import aiohttp

        try:
            return (await self._read(call)).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise NotUnderstood("it is not UTF-8") from error
        except TimeoutError:
            what = f"nothing came for {_span(self._patience.silence)}"
        except aiohttp.ClientPayloadError:
            what = "its answer was cut off"
        except aiohttp.ClientConnectorError as error:
            reason = getattr(getattr(error, "os_error", None), "strerror", None)
            what = f"no connection ({reason or type(error).__name__})"
        except ValueError:
            raise SourceUnavailable(
                f"{self._source.title} cannot be asked: its address, or the proxy's, is no URL"
            ) from None
        except (aiohttp.ClientError, OSError) as error:
            what = _failed(error)
        raise _Passing(what)

    async def _read(self, call: Call) -> bytes:
        import aiohttp
        from yarl import URL

        patience = self._patience
        address = (self._access.api_base or self._source.address).rstrip("/")
        signed = {
            name: value
            for name, told in self._source.signature.items()
            if (value := getattr(self._access, told))
        }
        url = URL(f"{address}/{call.path}", encoded=True).update_query({**call.params, **signed})
        async with (
            patience.within(patience.silence) as limit,
            self._session.get(
                url,
                headers={"User-Agent": self._agent()},
                proxy=self._access.proxy or None,
                timeout=aiohttp.ClientTimeout(total=20 * patience.silence),
                middlewares=(_once,),
            ) as response,
        ):
            body = bytearray()
            async for piece in response.content.iter_any():
                body += piece
                if len(body) > patience.largest:
                    raise SourceUnavailable(
                        f"{self._source.title} sends more than {patience.largest:,} bytes at once"
                    )
                limit.reschedule(asyncio.get_running_loop().time() + patience.silence)
        self._check(response.status, response.headers, bytes(body))
        return bytes(body)

    def _check(self, status: int, headers: CIMultiDictProxy[str], body: bytes) -> None:
        if 200 <= status < 300:
            return
        after = seconds_asked(headers.get("Retry-After", ""), self._patience.now())
        if status >= 500 or status in _PASSING or after:
            raise _Passing(f"error {status}", after)
        said = self._without_secrets(words_of(body.decode("utf-8", "replace")))
        if status in {401, 403} and self._lacks_key():
            said = f"{said}; an API key may help".removeprefix("; ")
        raise Refused(status, said)

    def _without_secrets(self, told: str) -> str:
        for secret in filter(None, (self._access.api_key, self._access.contact)):
            told = told.replace(secret, "…")
        return told

    def _lacks_key(self) -> bool:
        return "api_key" in self._source.signature and not self._access.api_key

    def _agent(self) -> str:
        contact = f" (mailto:{self._access.contact})" if self._access.contact else ""
        return "".join(c for c in self._access.agent + contact if c.isascii() and c.isprintable())


async def _once(request: aiohttp.ClientRequest, send: Send) -> aiohttp.ClientResponse:
    """Sends the request; aiohttp would send it a second time at once where a connection breaks."""
    import aiohttp

    try:
        return await send(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise _Passing(_failed(error)) from error


def _failed(error: Exception) -> str:
    return f"the connection failed ({type(error).__name__})"  # its text may hold a key


def _span(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:g} seconds"
    return f"{seconds / 60:.0f} minutes" if seconds < 7200 else f"{seconds / 3600:.0f} hours"
