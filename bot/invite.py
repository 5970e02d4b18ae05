"""The link by which a server invites the bot."""

from __future__ import annotations

import base64
import binascii

# View channels, send messages, send messages in threads, read message history: what replies
# need and nothing else.
_PERMISSIONS = 1 << 10 | 1 << 11 | 1 << 38 | 1 << 16


def invite_link(application: int) -> str:
    """The address at which somebody adds this application to a server."""
    return (
        "https://discord.com/oauth2/authorize"
        f"?client_id={application}&scope=bot+applications.commands&permissions={_PERMISSIONS}"
    )


def application_id(token: str) -> int | None:
    """The application a bot token belongs to, which its first part says; None if it does not."""
    first = token.split(".", maxsplit=1)[0]
    try:
        decoded = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode()
    except (binascii.Error, ValueError):
        return None
    return int(decoded) if decoded.isdecimal() else None
