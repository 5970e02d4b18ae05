"""Buttons and menus that are answered with the papers of where they were pressed."""

from __future__ import annotations

from typing import Any

import discord


class Placed:
    """Mixed into every button and menu that shows papers or questions."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Settle which papers are meant; False where the person has to choose first."""
        return bool(await interaction.client.placing.settle(interaction))
