"""The measurements as people read them: lines of fixed columns, and the table of the README."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from tests.bench.quality.measures import MEASURES, TITLES, Measured
from tests.bench.quality.silence import Silence
from tests.bench.quality.systems import BASELINES, PRODUCT

README = Path(__file__).resolve().parents[3] / "README.md"
_BEGIN, _END = "<!-- quality: begin -->", "<!-- quality: end -->"

_ROW = "{:18}{:9}{:>8}{:>8}" + "{:>11}" * len(MEASURES) + "  {}"
HEAD = _ROW.format("", "", "papers", "asked", *TITLES.values(), "95 % interval")

_SILENCE = "{:18}{:>10}{:>12}{:>11}{:>12}"
SILENCE_HEAD = _SILENCE.format("", "off topic", "silenced", "questions", "silenced")

_BASELINE_TITLES = {"okapi": "Okapi, same terms", "plain": "Okapi, plain words"}


def lines(measured: Measured) -> Iterator[str]:
    """One line, and two more with the difference from what was kept and its p."""
    low, high = measured.interval
    yield _ROW.format(
        measured.set,
        measured.system,
        f"{measured.papers:,}",
        f"{len(measured.queries):,}",
        *map(_share, measured.means.values()),
        f"{TITLES[measured.main]} {_share(low)} to {_share(high)}",
    )
    if measured.kept:
        changes = [measured.kept.get(name) for name in MEASURES]
        differences = [f"{change.difference:+.4f}" if change else "" for change in changes]
        chances = [f"{change.p:.4f}" if change else "" for change in changes]
        yield _ROW.format("", "- kept", "", "", *differences, "").rstrip()
        yield _ROW.format("", "p", "", "", *chances, "").rstrip()


def silence_line(found: Silence) -> str:
    """One line."""
    off_topic, questions = found.shares
    return _SILENCE.format(
        found.set, found.off_topic, f"{off_topic:.1%}", f"{found.questions:,}", f"{questions:.1%}"
    )


def markdown(run: Iterable[Measured]) -> str:
    """The table of the README; the interval stands beside the measure to look at first."""
    names = ["collection", "papers / questions", *TITLES.values()]
    names += [f"nDCG@10: {_BASELINE_TITLES[name]}" for name in BASELINES]
    rows = [names, ["---", *["---:"] * (len(names) - 1)]]
    for _, group in groupby(run, key=lambda measured: measured.set):
        rows.append(_row({measured.system: measured for measured in group}))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(systems: dict[str, Measured]) -> list[str]:
    ours = systems[PRODUCT]
    low, high = ours.interval
    beside = {ours.main: f" ({_share(low, 2)}–{_share(high, 2)})"}
    return [
        f"`{ours.set}` {ours.about}",
        f"{ours.papers:,} / {len(ours.queries):,}",
        *(f"{_share(mean)}{beside.get(name, '')}" for name, mean in ours.means.items()),
        *(_share(systems[name].means["ndcg@10"]) for name in BASELINES),
    ]


def put(table: str, readme: Path = README) -> None:
    """Write `table` between the marks in the README. Raises `ValueError` where they are not."""
    text = readme.read_text("utf-8")
    marked = re.compile(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)
    if len(marked.findall(text)) != 1:
        raise ValueError(f"{readme} has no place for the table")
    new = f"{_BEGIN}\n{table}\n{_END}"
    readme.write_text(marked.sub(lambda _: new, text), encoding="utf-8")


def _share(value: float, digits: int = 3) -> str:
    """A number from 0 to 1 without its leading zero."""
    return f"{value:.{digits}f}".removeprefix("0")
