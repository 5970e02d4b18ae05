"""How a command ends."""

from __future__ import annotations

DONE = 0
NOTHING = 1  # nothing imported, or no such paper
USAGE = 2  # wrong arguments, or a file that is not there
UNAVAILABLE = 69  # a service or the network cannot be reached
SETTINGS = 78  # the configuration, or a library that is not there


class Refused(Exception):
    """A command cannot go on; `str()` says why in one sentence, `code` is how it ends."""

    def __init__(self, sentence: str, code: int) -> None:
        super().__init__(sentence)
        self.code = code
