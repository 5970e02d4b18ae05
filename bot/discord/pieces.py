"""What the layouts of all messages have in common."""

from __future__ import annotations

from typing import Any

from discord.ui import Container, LayoutView

ACCENT, AMBER, GREY = 0x1685A9, 0xC9923E, 0x80848E
MOST_TEXT = 3800
"""How many characters of text a message of ours has at most; Discord takes 4,000."""
OPTIONS, OPTION = 25, 64
"""How many options a menu has at most, and how many columns of text an option."""
GAP = "\u00a0· "


def message(*containers: Container[Any]) -> LayoutView:
    """These as one message."""
    # Without a time-out: what the parts do is in their custom_id, and nobody waits for them.
    view = LayoutView(timeout=None)
    for container in containers:
        view.add_item(container)
    return view
