"""The conversation: a Discord bot and a terminal that ask `corpus.library` for similar papers."""

__version__ = "0.1.0"
