"""Discord's REST API, as far as an application with commands and messages uses it."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from . import commands, payloads
from .answers import API, Messages, Refused, read_body, reply
from .gateway import Gateway
from .interactions import Interactions
from .payloads import Json
from .state import IN_CHANNEL, Exchange, State, content_type

Handler = Callable[[web.Request], Awaitable[web.Response]]


class Rest(Messages):
    """The routes below `/api/v10`, and the files that messages link to."""

    def __init__(self, state: State, gateway: Gateway) -> None:
        super().__init__(state, gateway)
        self.interactions = Interactions(state, gateway)

    def routes(self) -> list[web.RouteDef]:
        """All routes; the last one notes whatever is not there."""
        application = f"{API}/applications/{{application}}"
        guild = f"{application}/guilds/{{guild}}"
        webhook = f"{API}/webhooks/{{application}}/{{token}}"
        followup = f"{webhook}/messages/{{message}}"
        channel = f"{API}/channels/{{channel}}"
        message = f"{channel}/messages/{{message}}"
        open_to_all = [
            web.post(
                f"{API}/interactions/{{interaction}}/{{token}}/callback", self.interactions.callback
            ),
            web.post(webhook, self.interactions.create_followup),
            web.get(followup, self.interactions.get_followup),
            web.patch(followup, self.interactions.edit_followup),
            web.delete(followup, self.interactions.delete_followup),
            web.get(f"{API}/gateway", self._get_gateway),
            web.get("/attachments/{channel}/{attachment}/{filename}", self._get_attachment),
        ]
        for_the_bot = [
            web.get(f"{API}/gateway/bot", self._get_gateway_bot),
            web.get(f"{API}/users/@me", self._get_me),
            web.post(f"{API}/users/@me/channels", self._open_dm),
            web.get(f"{API}/oauth2/applications/@me", self._get_application),
            web.get(f"{API}/applications/@me", self._get_application),
            web.get(f"{application}/commands", self._get_commands),
            web.put(f"{application}/commands", self._put_commands),
            web.get(f"{guild}/commands", self._get_commands),
            web.put(f"{guild}/commands", self._put_commands),
            web.get(f"{API}/guilds/{{guild}}/members/{{user}}", self._get_member),
            web.get(channel, self._get_channel),
            web.post(f"{channel}/typing", self._typing),
            web.post(f"{channel}/messages", self._create_message),
            web.get(message, self._get_message),
            web.patch(message, self._edit_message),
            web.delete(message, self._delete_message),
        ]
        return [
            *(web.route(r.method, r.path, self._answering(r.handler)) for r in open_to_all),
            *(web.route(r.method, r.path, self._answering(r.handler, True)) for r in for_the_bot),
            web.route("*", "/{tail:.*}", self._answering(self._unknown)),
        ]

    def _answering(self, handler: Any, needs_token: bool = False) -> Handler:
        async def answer(request: web.Request) -> web.Response:
            authorization = request.headers.get("Authorization")
            response: web.Response
            try:
                if needs_token and authorization != f"Bot {self.state.token}":
                    raise Refused(401, 0, "401: Unauthorized")
                response = await handler(request)
            except Refused as refused:
                response = reply(refused.body, status=refused.status)
            except Exception:
                # A request that its handler did not foresee is as good as unknown.
                self._note_unhandled(request)
                raise
            try:
                # Out with it first: who is woken may rely on the answer being on its way.
                await response.prepare(request)
                await response.write_eof()
            finally:
                self.state.notify()
            return response

        return answer

    async def _unknown(self, request: web.Request) -> web.Response:
        self._note_unhandled(request)
        raise Refused(404, 0, "404: Not Found")

    def _note_unhandled(self, request: web.Request) -> None:
        self.state.unhandled.append((request.method, request.path.removeprefix(API)))

    # What a client asks for while it logs in.

    async def _get_me(self, request: web.Request) -> web.Response:
        return reply(self.state.bot | {"verified": True, "mfa_enabled": False})

    async def _get_application(self, request: web.Request) -> web.Response:
        return reply(
            {
                "id": self.state.application_id,
                "name": self.state.bot["username"],
                "icon": None,
                "description": "",
                "bot_public": True,
                "bot_require_code_grant": False,
                "verify_key": "0" * 64,
                "owner": self.state.user,
                "team": None,
                "flags": 1 << 23,
                "interactions_endpoint_url": None,
            }
        )

    async def _get_gateway(self, request: web.Request) -> web.Response:
        return reply({"url": self.gateway.url})

    async def _get_gateway_bot(self, request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        return reply({"url": self.gateway.url, "shards": 1, "session_start_limit": limit})

    async def _get_commands(self, request: web.Request) -> web.Response:
        return reply(self.state.commands.get(request.match_info.get("guild"), []))

    async def _put_commands(self, request: web.Request) -> web.Response:
        guild_id = request.match_info.get("guild")
        if guild_id is not None and guild_id not in self.state.guilds:
            raise Refused(403, 50001, "Missing Access")
        body, _ = await read_body(request)
        # A command keeps its id for as long as its name and type stay.
        known = {(c["type"], c["name"]): c["id"] for c in self.state.commands.get(guild_id, [])}
        self.state.commands[guild_id] = [
            commands.registered(
                command,
                self.state.application_id,
                guild_id,
                known.get((command.get("type", 1), command["name"])) or payloads.snowflake(),
            )
            for command in body
        ]
        self.state.command_syncs += 1
        return reply(self.state.commands[guild_id])

    # Channels and their messages.

    async def _open_dm(self, request: web.Request) -> web.Response:
        body, _ = await read_body(request)
        who = self.state.users.get(str(body["recipient_id"]))
        if who is None:
            raise Refused(400, 50033, "Invalid Recipient(s)")
        return reply(self.state.dm_channel(who))

    async def _get_channel(self, request: web.Request) -> web.Response:
        return reply(self._channel(request))

    async def _typing(self, request: web.Request) -> web.Response:
        self.state.typing.append(self._channel(request)["id"])
        return web.Response(status=204)

    async def _create_message(self, request: web.Request) -> web.Response:
        body, uploads = await self._message_body(request)
        channel_id = self._channel(request)["id"]
        message = payloads.message(channel_id, self.state.bot)
        replied_to = str((body.get("message_reference") or {}).get("message_id", ""))
        if replied_to:
            referenced = self._message(replied_to, channel_id)
            where = {"channel_id": channel_id, "message_id": replied_to, "type": 0}
            message |= {"type": 19, "message_reference": where, "referenced_message": referenced}
        self.state.apply(message, body, uploads, IN_CHANNEL)
        await self._created(self._asked_in(channel_id, replied_to), message)
        return reply(message)

    async def _get_message(self, request: web.Request) -> web.Response:
        return reply(self._channel_message(request))

    async def _edit_message(self, request: web.Request) -> web.Response:
        body, uploads = await self._message_body(request)
        message = self._channel_message(request)
        if message["author"]["id"] != self.state.bot["id"]:
            raise Refused(403, 50005, "Cannot edit a message authored by another user")
        # With the bot's own rights it may also edit the message whose button was pressed.
        pressed = [e for e in self.state.exchanges if e.interaction and e.source is message]
        await self._edited(pressed[-1] if pressed else None, message, body, uploads)
        return reply(message)

    async def _delete_message(self, request: web.Request) -> web.Response:
        await self._deleted(self._channel_message(request))
        return web.Response(status=204)

    async def _get_attachment(self, request: web.Request) -> web.Response:
        upload = self.state.files.get(request.match_info["attachment"])
        if upload is None:
            return web.Response(status=404)
        headers = {"Content-Type": content_type(upload.filename)}
        return web.Response(body=upload.content, headers=headers)

    async def _get_member(self, request: web.Request) -> web.Response:
        """Everybody here is in every guild."""
        user = self.state.users.get(request.match_info["user"])
        if user is None or request.match_info["guild"] not in self.state.guilds:
            raise Refused(404, 10007, "Unknown Member")
        return reply(payloads.member(user))

    def _channel(self, request: web.Request) -> Json:
        channel = self.state.channels.get(request.match_info["channel"])
        if channel is None:
            raise Refused(404, 10003, "Unknown Channel")
        return channel

    def _channel_message(self, request: web.Request) -> Json:
        message = self._message(request.match_info["message"], self._channel(request)["id"])
        if message["flags"] & payloads.EPHEMERAL:
            # Those are not in the channel; only the interaction's token reaches them.
            raise Refused(404, 10008, "Unknown Message")
        return message

    def _asked_in(self, channel_id: str, replied_to: str) -> Exchange | None:
        """What a new message of the bot in this channel answers."""
        asked = [e for e in self.state.exchanges if not e.interaction]
        asked = [e for e in asked if e.channel_id == channel_id]
        for exchange in asked:
            if exchange.source is not None and exchange.source["id"] == replied_to:
                return exchange
        return asked[-1] if asked else None
