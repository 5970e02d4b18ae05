"""The routes with which a bot answers interactions."""

from aiohttp import web

from . import commands, payloads
from .answers import Messages, Refused, reply
from .payloads import Json
from .state import IN_RESPONSE, Exchange, Upload

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
# Which types of response Discord accepts for which type of interaction.
_ACCEPTED = {COMMAND: {4, 5, 9}, COMPONENT: {4, 5, 6, 7, 9}, AUTOCOMPLETE: {8}, MODAL: {4, 5, 6, 7}}


class Interactions(Messages):
    """The first response to an interaction, and the follow-ups under its token."""

    async def callback(self, request: web.Request) -> web.Response:
        body, uploads = await self._message_body(request)
        exchange = self._exchange(request)
        if exchange is None or _of(exchange)["id"] != request.match_info["interaction"]:
            raise Refused(404, 10062, "Unknown interaction")
        if exchange.acknowledged:
            raise Refused(400, 40060, "Interaction has already been acknowledged.")
        interaction, kind, data = _of(exchange), body["type"], body.get("data") or {}
        if kind not in _ACCEPTED[interaction["type"]] or (
            kind in (6, 7) and exchange.source is None
        ):
            raise Refused(400, 50035, "Invalid Form Body")
        exchange.acknowledge(kind)
        if kind in (4, 5):
            message = self._new_message(exchange, data, uploads)
            message["flags"] |= payloads.LOADING if kind == 5 else 0
            exchange.original = message
            await self._created(exchange, message)
        elif kind in (6, 7):
            exchange.original = exchange.source
            if kind == 7 and exchange.source is not None:
                await self._edited(exchange, exchange.source, data, uploads)
        elif kind == 8:
            exchange.choices = data["choices"]
        else:
            exchange.modal = data
        if request.query.get("with_response", "").lower() not in ("1", "true"):
            return web.Response(status=204)
        return reply(_callback_response(exchange, kind))

    async def create_followup(self, request: web.Request) -> web.Response:
        body, uploads = await self._message_body(request)
        exchange = self._acknowledged(request)
        loading = exchange.original
        if loading is not None and loading["flags"] & payloads.LOADING:
            # The first follow-up takes the place of "thinking", whose visibility it keeps.
            await self._edited(exchange, loading, body, uploads)
            return reply(loading)
        message = self._new_message(exchange, body, uploads)
        await self._created(exchange, message)
        return reply(message)

    async def get_followup(self, request: web.Request) -> web.Response:
        return reply(self._followup(request, self._acknowledged(request)))

    async def edit_followup(self, request: web.Request) -> web.Response:
        body, uploads = await self._message_body(request)
        exchange = self._acknowledged(request)
        message = self._followup(request, exchange)
        await self._edited(exchange, message, body, uploads)
        return reply(message)

    async def delete_followup(self, request: web.Request) -> web.Response:
        await self._deleted(self._followup(request, self._acknowledged(request)))
        return web.Response(status=204)

    def _exchange(self, request: web.Request) -> Exchange | None:
        token = request.match_info["token"]
        for exchange in self.state.exchanges:
            if exchange.interaction and exchange.interaction["token"] == token:
                return exchange
        return None

    def _acknowledged(self, request: web.Request) -> Exchange:
        exchange = self._exchange(request)
        if exchange is None or not exchange.acknowledged:
            raise Refused(404, 10015, "Unknown Webhook")
        return exchange

    def _followup(self, request: web.Request, exchange: Exchange) -> Json:
        message_id = request.match_info["message"]
        if message_id == "@original":
            message_id = exchange.original["id"] if exchange.original else ""
        return self._message(message_id, exchange.channel_id)

    def _new_message(self, exchange: Exchange, data: Json, uploads: list[Upload]) -> Json:
        interaction, opening = _of(exchange), exchange.original is None
        who = payloads.interaction_author(interaction)
        metadata = {
            "id": interaction["id"],
            "type": interaction["type"],
            "user": who,
            "authorizing_integration_owners": interaction["authorizing_integration_owners"],
        }
        message = payloads.message(
            exchange.channel_id,
            self.state.bot,
            application_id=self.state.application_id,
            webhook_id=self.state.application_id,
            interaction_metadata=metadata,
        )
        if interaction["type"] == COMMAND and opening:
            message["type"] = 20 if interaction["data"]["type"] == commands.CHAT_INPUT else 23
            name = interaction["data"]["name"]
            message["interaction"] = {"id": interaction["id"], "type": 2, "name": name, "user": who}
        self.state.apply(message, data, uploads, IN_RESPONSE)
        return message


def _of(exchange: Exchange) -> Json:
    """The interaction of an exchange that was found by an interaction's token."""
    if exchange.interaction is None:
        raise TypeError(f"{exchange.label} is not an interaction")
    return exchange.interaction


def _callback_response(exchange: Exchange, kind: int) -> Json:
    interaction = _of(exchange)
    answer: Json = {"id": interaction["id"], "type": interaction["type"]}
    if exchange.original is None:
        return {"interaction": answer}
    flags = exchange.original["flags"]
    answer |= {
        "channel_id": exchange.channel_id,
        "response_message_id": exchange.original["id"],
        "response_message_loading": bool(flags & payloads.LOADING),
        "response_message_ephemeral": bool(flags & payloads.EPHEMERAL),
    }
    resource: Json = {"type": kind}
    if kind != 6:
        resource["message"] = exchange.original
    return {"interaction": answer, "resource": resource}
