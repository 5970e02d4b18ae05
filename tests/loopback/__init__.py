"""A stand-in for Discord on the loopback interface, for a client in this or another process."""

from .discord_server import LoopbackDiscord
from .state import Exchange, Sent

__all__ = ["Exchange", "LoopbackDiscord", "Sent"]
