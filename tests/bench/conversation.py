"""How long people wait: from `/similar` to the last byte of its reply, over 33,221 papers.

    python -m tests.bench.conversation [--library FOLDER] [--rounds N]

The bot runs as it always does, in a process of its own, and speaks with `tests.loopback`, a Discord
on this machine; what the network would add is not in the figures. The papers are `pubmed`, imported
into a passing folder unless `--library` names one that has them. People ask with whole abstracts
and with a few words of titles, by turns: one person after another, then twenty at once, each of
whom asks again when all have been answered. Waiting begins when Discord tells the bot and ends
when Discord has the whole reply; the acknowledgement is what Discord allows three seconds for.
Prints a table, and one line of JSON.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gzip
import itertools
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from corpus.library import Library
from tests.bench.pubmed import questions, summary
from tests.data import DATA
from tests.loopback import LoopbackDiscord

ROOT = Path(__file__).resolve().parents[2]
FILE = DATA / "pubmed" / "corpus.jsonl.gz"
TOGETHER = 20
ALLOWED_MS = 3000.0
_WORDS = 6
_PATIENCE = 120.0


class Waited(NamedTuple):
    """Milliseconds until Discord had the acknowledgement, and until it had the whole reply."""

    acknowledged: float
    answered: float


def asked() -> Iterator[str]:
    """Abstracts and words of titles by turns, without an end."""
    with gzip.open(FILE, "rt", encoding="utf-8") as lines:
        titles = [json.loads(line)["title"] for line in itertools.islice(lines, 0, None, 150)]
    words = [" ".join(title.split()[:_WORDS]) for title in titles if len(title.split()) > _WORDS]
    texts = [text[:6000] for text in questions(FILE)]
    return itertools.chain.from_iterable(zip(itertools.cycle(texts), itertools.cycle(words)))


@contextlib.asynccontextmanager
async def bot(folder: Path) -> AsyncIterator[LoopbackDiscord]:
    """A Discord with the bot on it, over the library in `folder`, ready to be asked."""
    async with LoopbackDiscord(timeout=_PATIENCE) as server, _program(folder, server) as program:
        ready = asyncio.create_task(server.wait_ready(synced=True))
        died = asyncio.create_task(program.wait())
        await asyncio.wait((ready, died), return_when=asyncio.FIRST_COMPLETED)
        if died.done():
            ready.cancel()
            raise SystemExit("the bot ended before it could be asked")
        yield server
        died.cancel()


@contextlib.asynccontextmanager
async def _program(
    folder: Path, server: LoopbackDiscord
) -> AsyncIterator[asyncio.subprocess.Process]:
    with tempfile.TemporaryDirectory() as name:
        config = _config(Path(name), server)
        program = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "--library", str(folder), "--config", str(config)),
            "run",
            cwd=name,
            env=os.environ | {"DISCORD_TOKEN": server.token, "PYTHONPATH": str(ROOT)},
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            yield program
        finally:
            if program.returncode is None:
                program.terminate()
                await program.wait()


def _config(folder: Path, server: LoopbackDiscord) -> Path:
    file = folder / "config.toml"
    file.write_text(
        f'[discord]\napi_base = "{server.api_base}"\ngateway = "{server.gateway_url}"\n'
        "person_per_minute = 0\nchannel_per_minute = 0\n",
        encoding="utf-8",
    )
    return file


async def wait(server: LoopbackDiscord, text: str, user: dict[str, Any]) -> Waited:
    """How long somebody waits for the papers like `text`."""
    exchange = await server.slash("similar", {"text": text}, user=user)
    took = (time.perf_counter() - exchange.dispatched) * 1000
    if exchange.ack_ms is None or not exchange.deferred:
        raise SystemExit(f"not acknowledged: {exchange.label}")
    (message,) = exchange.messages
    # Whoever is told that something failed has not been answered.
    if not any("similit" in str(part) for part in message["components"]):
        raise SystemExit(f"no list: {str(message)[:300]}")
    return Waited(exchange.ack_ms, took)


async def converse(folder: Path, rounds: int) -> dict[str, list[Waited]]:
    """How long each of `rounds` waited, alone and among twenty."""
    texts = asked()
    async with bot(folder) as server:
        people = [server.new_user(f"person {number}") for number in range(TOGETHER)]
        for _ in range(6):
            await wait(server, next(texts), people[0])
        alone = [await wait(server, next(texts), people[0]) for _ in range(rounds)]
        among: list[Waited] = []
        while len(among) < rounds:
            waits = (wait(server, next(texts), person) for person in people)
            among += await asyncio.gather(*waits)
    return {"alone": alone, f"{TOGETHER} at once": among}


def told(waited: Iterable[Waited]) -> dict[str, float]:
    """Median and 95th percentile of the waiting, and the longest for an acknowledgement."""
    waits = list(waited)
    return {
        "questions": len(waits),
        **summary([one.answered for one in waits]),
        "ack_median_ms": summary([one.acknowledged for one in waits])["median_ms"],
        "ack_longest_ms": round(max(one.acknowledged for one in waits), 3),
    }


def main() -> None:
    """Measure and print; ends with 1 where somebody waited too long for an acknowledgement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path, help="a library that has the papers already")
    parser.add_argument("--rounds", type=int, default=200, help="questions, alone and together")
    given = parser.parse_args()
    if not FILE.is_file():
        raise SystemExit(f"{FILE} is not there: set SIMILIT_DATA")
    with tempfile.TemporaryDirectory() as passing:
        folder = (given.library or Path(passing)).resolve()
        with Library(folder, create=True) as library:
            if not library.state().papers:
                library.add([FILE])
            papers = library.state().papers
        before = os.getloadavg()[0]
        found = {
            name: told(one) for name, one in asyncio.run(converse(folder, given.rounds)).items()
        }
    print(f"{papers:,} papers; load before {before:.2f}; milliseconds")
    for name, figures in found.items():
        print(f"{name:12}", "  ".join(f"{key} {value:,}" for key, value in figures.items()))
    print(json.dumps({"papers": papers, "load_before": round(before, 2), **found}))
    if any(one["ack_longest_ms"] > ALLOWED_MS for one in found.values()):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
