"""What the REST routes have in common: bodies, refusals, and what becomes of messages."""

import json
from typing import Any

from aiohttp import BodyPartReader, web

from . import payloads
from .gateway import Gateway
from .payloads import Json
from .state import IN_EDIT, Exchange, Sent, State, Upload

API = "/api/v10"


class Refused(Exception):
    """An error response with one of Discord's codes."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"message": message, "code": code}


class Messages:
    """Making, changing and removing messages, whichever route asked for it."""

    def __init__(self, state: State, gateway: Gateway) -> None:
        self.state = state
        self.gateway = gateway

    def _message(self, message_id: str, channel_id: str) -> Json:
        message = self.state.messages.get(message_id)
        if message is None or message["channel_id"] != channel_id:
            raise Refused(404, 10008, "Unknown Message")
        return message

    async def _message_body(self, request: web.Request) -> tuple[Any, list[Upload]]:
        body, uploads = await read_body(request)
        self.state.sent.append(Sent(request.method, request.path.removeprefix(API), body))
        return body, uploads

    async def _created(self, exchange: Exchange | None, message: Json) -> None:
        self.state.store_message(message)
        if exchange is not None:
            exchange.touch(message)
        await self.gateway.publish("MESSAGE_CREATE", message)

    async def _edited(
        self, exchange: Exchange | None, message: Json, body: Json, uploads: list[Upload]
    ) -> None:
        self.state.apply(message, body, uploads, IN_EDIT)
        message["flags"] &= ~payloads.LOADING
        message["edited_timestamp"] = payloads.now()
        if exchange is not None:
            exchange.touch(message)
        await self.gateway.publish("MESSAGE_UPDATE", message)

    async def _deleted(self, message: Json) -> None:
        del self.state.messages[message["id"]]
        for exchange in self.state.exchanges:
            exchange.touched = [m for m in exchange.touched if m is not message]


def reply(content: Any, status: int = 200) -> web.Response:
    """A response with this JSON, in the media type that Discord uses.

    It names no charset, as aiohttp would: discord.py takes only the bare type for JSON.
    """
    body = json.dumps(content).encode()
    return web.Response(body=body, status=status, content_type="application/json")


async def read_body(request: web.Request) -> tuple[Any, list[Upload]]:
    """The JSON of a request and, from a multipart one, its files."""
    text, uploads = "", []
    if request.content_type.startswith("multipart/"):
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                raise Refused(400, 50035, "Invalid Form Body")
            content = bytes(await part.read())
            if part.filename is None:
                text = content.decode()
            else:
                uploads.append(Upload(part.filename, content))
    else:
        text = await request.text()
    try:
        return json.loads(text or "{}"), uploads
    except json.JSONDecodeError:
        raise Refused(400, 50109, "The request body contains invalid JSON.") from None
