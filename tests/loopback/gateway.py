"""Discord's gateway: sessions over WebSockets, and who gets to see which event."""

import asyncio
import contextlib
import json
import zlib
from enum import IntEnum
from typing import Any

from aiohttp import WSMsgType, web

from . import payloads
from .payloads import Json
from .state import State

GUILDS, GUILD_MEMBERS, GUILD_PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT
HEARTBEAT_INTERVAL_MS = 41_250


class Op(IntEnum):
    """What a gateway payload is."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    RESUME = 6
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Connection:
    """One WebSocket of a bot, and the session that it carries."""

    def __init__(self, socket: web.WebSocketResponse, compress: str | None) -> None:
        self.socket = socket
        self.session_id = payloads.snowflake()
        self.sequence = 0
        self.intents = 0
        self.ready = False
        self.pings = 0
        self.pongs = 0
        # discord.py inflates binary frames only, so any other compression it may ask for
        # (zstd-stream where that is installed) is served by plain text frames.
        self._deflate = zlib.compressobj() if compress == "zlib-stream" else None
        # One stream is compressed: the order of compressing must be that of sending.
        self._one_at_a_time = asyncio.Lock()

    async def send(self, op: int, data: Any = None, event: str | None = None) -> None:
        """Send a gateway payload; events get the next sequence number."""
        async with self._one_at_a_time:
            self.sequence += event is not None
            number = self.sequence if event else None
            text = json.dumps({"op": op, "d": data, "s": number, "t": event})
            if self._deflate is None:
                await self.socket.send_str(text)
            else:
                packed = self._deflate.compress(text.encode())
                await self.socket.send_bytes(packed + self._deflate.flush(zlib.Z_SYNC_FLUSH))


class Gateway:
    """All connections, of which the newest ready one is the bot."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.identifies: list[Json] = []
        self.resumes = 0
        self.queries: list[dict[str, str]] = []
        self._open: list[Connection] = []
        self._sessions: dict[str, Connection] = {}

    @property
    def url(self) -> str:
        """The address for a client's WebSocket."""
        return self.state.origin.replace("http", "ws", 1) + "/gateway"

    @property
    def connected(self) -> bool:
        """Whether any WebSocket is open."""
        return bool(self._open)

    @property
    def bot(self) -> Connection | None:
        """The newest connection that is past READY or RESUMED."""
        return next((c for c in reversed(self._open) if c.ready), None)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one WebSocket until it ends."""
        socket = web.WebSocketResponse(max_msg_size=0, autoping=False)
        await socket.prepare(request)
        self.queries.append(dict(request.query))
        connection = Connection(socket, request.query.get("compress"))
        self._open.append(connection)
        try:
            await connection.send(Op.HELLO, {"heartbeat_interval": HEARTBEAT_INTERVAL_MS})
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    await self._receive(connection, json.loads(frame.data))
                elif frame.type is WSMsgType.PING:
                    await socket.pong(frame.data)
                elif frame.type is WSMsgType.PONG:
                    connection.pongs = int(frame.data)
                    self.state.notify()
        except ConnectionResetError:
            pass  # The client left while something was on its way to it.
        finally:
            self._forget(connection)
        return socket

    async def dispatch(self, event: str, data: Json, *, needs: int = 0) -> bool:
        """Send the bot an event; False if it is away or did not ask for the needed intents."""
        bot = self.bot
        if bot is None or bot.intents & needs != needs:
            return False
        try:
            await bot.send(Op.DISPATCH, data, event)
        except ConnectionResetError:
            self._forget(bot)
            return False
        return True

    async def publish(self, event: str, message: Json) -> bool:
        """Tell the bot of a message with no more in it than its intents let it see."""
        guild = self.state.guild_of(message["channel_id"])
        if message["flags"] & payloads.EPHEMERAL or self.bot is None:
            return False
        if guild is None:
            return await self.dispatch(event, message, needs=DIRECT_MESSAGES)
        addressed = {message["author"]["id"], *(u["id"] for u in message["mentions"])}
        if not self.bot.intents & MESSAGE_CONTENT and self.state.bot["id"] not in addressed:
            hidden: Json = {"content": "", "embeds": [], "attachments": [], "components": []}
            message = message | hidden
        shown = message | {"guild_id": guild["id"], "member": payloads.member()}
        return await self.dispatch(event, shown, needs=GUILD_MESSAGES)

    async def settle(self, within: float) -> None:
        """Return once the bot has taken in all that was sent to it, over HTTP too.

        It reads its sockets in turn, so that its pong comes after it has read what was there
        before the ping. Without this a test presses a button faster than discord.py notes that
        the button exists, which it does when it has the response to the message.
        """
        bot = self.bot
        if bot is None:
            return
        bot.pings += 1
        ping = bot.pings
        with contextlib.suppress(ConnectionResetError):
            await bot.socket.ping(str(ping).encode())
            await self.state.until(
                lambda: bot.pongs >= ping or bot not in self._open, "pong of the bot", within
            )

    async def close_all(self, code: int, *, forget_sessions: bool) -> None:
        """Close every WebSocket; forgotten sessions cannot be resumed."""
        if forget_sessions:
            self._sessions.clear()
        for connection in list(self._open):
            self._forget(connection)
            with contextlib.suppress(ConnectionResetError):
                await connection.socket.close(code=code)

    def _forget(self, connection: Connection) -> None:
        if connection in self._open:
            self._open.remove(connection)
            self.state.notify()

    async def _receive(self, connection: Connection, frame: Json) -> None:
        match frame["op"]:
            case Op.HEARTBEAT:
                await connection.send(Op.HEARTBEAT_ACK)
            case Op.IDENTIFY:
                await self._identify(connection, frame["d"])
            case Op.RESUME:
                await self._resume(connection, frame["d"])
            case Op.PRESENCE:
                pass  # A presence has nobody here to see it.
            case op:
                self.state.unhandled.append(("GATEWAY", f"op {op}"))

    async def _identify(self, connection: Connection, data: Json) -> None:
        self.identifies.append(data)
        if data["token"] != self.state.token:
            await connection.socket.close(code=4004, message=b"Authentication failed.")
            return
        if data["intents"] & PRIVILEGED & ~self.state.privileged:
            await connection.socket.close(code=4014, message=b"Disallowed intent(s).")
            return
        connection.intents = data["intents"]
        self._sessions[connection.session_id] = connection
        guilds = list(self.state.guilds.values()) if connection.intents & GUILDS else []
        ready = {
            "v": 10,
            "user": self.state.bot,
            "guilds": [{"id": guild["id"], "unavailable": True} for guild in guilds],
            "private_channels": [],
            "session_id": connection.session_id,
            "session_type": "normal",
            "resume_gateway_url": self.url,
            "application": {"id": self.state.application_id, "flags": 1 << 23},
        }
        await connection.send(Op.DISPATCH, ready | _shard(data), "READY")
        for guild in guilds:
            # Only who asked for members is told of others than itself.
            others = [payloads.member(self.state.user)] if data["intents"] & GUILD_MEMBERS else []
            members = guild["members"] + others
            await connection.send(Op.DISPATCH, guild | {"members": members}, "GUILD_CREATE")
        connection.ready = True
        self.state.notify()

    async def _resume(self, connection: Connection, data: Json) -> None:
        session = self._sessions.get(data["session_id"])
        if session is None or data["token"] != self.state.token:
            await connection.send(Op.INVALID_SESSION, False)
            return
        connection.session_id = session.session_id
        connection.sequence, connection.intents = session.sequence, session.intents
        self._sessions[connection.session_id] = connection
        self.resumes += 1
        await connection.send(Op.DISPATCH, {}, "RESUMED")
        connection.ready = True
        self.state.notify()


def _shard(identify: Json) -> Json:
    return {"shard": identify["shard"]} if "shard" in identify else {}
