"""The stand-in for Discord that a test starts, asks and stops."""

from types import TracebackType
from typing import Self

from aiohttp import web

from .answers import API
from .payloads import Json
from .rest import Rest
from .state import Exchange, Sent, State
from .verbs import Verbs

_MAX_BODY = 32 * 1024 * 1024


class LoopbackDiscord(Verbs):
    """A Discord on 127.0.0.1 with one bot account, one guild and one user to start with.

    Use it as an async context manager. State outlives connections: a bot that is restarted finds
    its commands and messages as it left them. `timeout` (seconds) bounds every wait for the bot;
    `privileged` are the bits of the privileged intents that the application may ask for.
    """

    def __init__(
        self, *, token: str = "loopback-token", timeout: float = 10.0, privileged: int = 0
    ) -> None:
        super().__init__(State(token, privileged), timeout)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=_MAX_BODY)
        app.add_routes([web.get("/gateway", self.gateway.handle)])
        app.add_routes(Rest(self.state, self.gateway).routes())
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        self.state.origin = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.gateway.close_all(1001, forget_sessions=True)
        if self._runner is not None:
            await self._runner.cleanup()

    # Where it is, what it has, and what it has seen.

    @property
    def token(self) -> str:
        """The only bot token that is accepted."""
        return self.state.token

    @property
    def api_base(self) -> str:
        """The value for `discord.http.Route.BASE`."""
        return self.state.origin + API

    @property
    def gateway_url(self) -> str:
        """The value for `discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY`."""
        return self.gateway.url

    @property
    def bot(self) -> Json:
        """The bot's user object."""
        return self.state.bot

    @property
    def user(self) -> Json:
        """The user who acts unless a verb names another."""
        return self.state.user

    @property
    def commands(self) -> list[Json]:
        """The global application commands as last synced."""
        return self.state.commands.get(None, [])

    @property
    def command_syncs(self) -> int:
        """How many times the bot has uploaded commands."""
        return self.state.command_syncs

    @property
    def intents(self) -> int | None:
        """The intents of the last IDENTIFY, or None before the first."""
        identifies = self.gateway.identifies
        return identifies[-1]["intents"] if identifies else None

    @property
    def exchanges(self) -> list[Exchange]:
        """Every interaction and message so far, also those whose verb still waits."""
        return self.state.exchanges

    @property
    def messages(self) -> dict[str, Json]:
        """Every message there is, by its id."""
        return self.state.messages

    @property
    def sent(self) -> list[Sent]:
        """Every message, modal or list of choices as the bot sent it, also refused ones."""
        return self.state.sent

    @property
    def typing(self) -> list[str]:
        """The ids of the channels in which the bot showed itself typing, one for each time."""
        return self.state.typing

    @property
    def unhandled(self) -> list[tuple[str, str]]:
        """Method and path of each request that nothing here answers; a test wants it empty."""
        return self.state.unhandled

    def attachment_bytes(self, attachment: Json) -> bytes:
        """The content of a message's attachment."""
        return self.state.files[attachment["id"]].content

    def new_user(self, name: str) -> Json:
        """A further user, for the `user=` of a verb."""
        return self.state.new_user(name)

    def new_guild(self, name: str, locale: str = "en-US") -> Json:
        """A further guild, which a bot hears of when it next identifies."""
        return self.state.new_guild(name, locale)

    # Connections.

    async def wait_disconnected(self, within: float | None = None) -> None:
        """Return once no bot is connected, as between the two lives of a restarted one."""
        await self.until(lambda: not self.gateway.connected, "end of the connection", within)

    async def kill_connections(self, *, resumable: bool = True) -> None:
        """Drop every gateway connection with a code after which clients reconnect."""
        await self.gateway.close_all(4000, forget_sessions=not resumable)
