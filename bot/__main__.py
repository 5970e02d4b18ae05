"""`similit`, and `python -m bot`."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence

from bot import cli
from bot.config import ConfigError, load
from bot.declined import Declined
from bot.messages import messages, terminal_locale
from bot.terminal.exits import NOTHING, SETTINGS, UNAVAILABLE, USAGE, Refused
from corpus.errors import (
    BadGlossary,
    LibraryDamaged,
    LibraryMissing,
    NothingAsked,
    PaperNotFound,
    SimilitError,
    SourceUnavailable,
    UnknownFormat,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the number is the exit code."""
    _speak_utf8()
    given = cli.parser().parse_args([_whole(word) for word in arguments or sys.argv[1:]])
    logging.basicConfig(level=logging.WARNING, format="similit: %(message)s", stream=sys.stderr)
    say = messages(given.lang or terminal_locale())
    try:
        config = load(given.config)
        from bot.terminal.commands import Terminal

        return Terminal(given, config, say).run_command()
    except PaperNotFound as error:
        return _refuse(say("paper-not-found", reference=error.reference), NOTHING)
    except (UnknownFormat, NothingAsked) as error:
        return _refuse(f"{error}.", USAGE)
    except SourceUnavailable as error:
        return _refuse(f"{error}.", UNAVAILABLE)
    except (LibraryMissing, LibraryDamaged, BadGlossary, ConfigError) as error:
        return _refuse(f"{error}.", SETTINGS)
    except SimilitError as error:
        return _refuse(f"{error}.", NOTHING)
    except Declined as error:
        return _refuse(say(error.message, **error.values), NOTHING)
    except Refused as error:
        return _refuse(str(error), error.code)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader has seen enough, as in `similit trec … | head`; nothing more may be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _speak_utf8() -> None:
    """Chinese has to come out right whatever the terminal's locale says."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _whole(word: str) -> str:
    """An argument without the bytes that are no text in any encoding we know of."""
    return os.fsencode(word).decode("utf-8", "replace")


def _refuse(sentence: str, code: int) -> int:
    sys.stderr.write(f"similit: {sentence}\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
