"""The measurements as people read them: lines of fixed columns, and the block of the README."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.bench.speed.engines import ENGINES
from tests.bench.speed.measure import Run
from tests.bench.speed.questions import ABSTRACTS, ALL_WORDS, FILTERED, FIVE
from tests.bench.speed.targets import REASONS, Bandwidth, Growth, Ratio, Target

README = Path(__file__).resolve().parents[3] / "README.md"
_BEGIN, _END = "<!-- speed: begin -->", "<!-- speed: end -->"

_TIMES = "{:16}{:18}{:>10}{:>10}{:>10}{:>12}{:>8}{:>8}"
_COSTS = "{:16}{:>10}{:>10}{:>10}{:>12}{:>12}{:>12}{:>12}"
_LEGEND = (
    "Milliseconds, median (95th percentile). Of more than 100,000 papers our index is made from "
    "counted terms, that of all others from every single one. Memory is all that is resident after "
    "answering, pages of files included; the disk of `Library.rank` holds the papers, too."
)
_IN_README = (ABSTRACTS, ALL_WORDS, FIVE, FILTERED)


def lines(run: Run) -> Iterator[str]:
    """Of one corpus: times of every set, then what every engine costs beside."""
    yield f"{run.papers:,} papers, {run.corpus}"
    yield _TIMES.format("", "", "asked", "median ms", "p95 ms", "postings", "same", "shared")
    for one in run.times:
        same, shared = one.agreement or ("", None)
        yield _TIMES.format(
            one.engine,
            one.set,
            len(one.times),
            f"{one.median_ms:.2f}",
            f"{one.p95_ms:.2f}",
            f"{one.postings:,.0f}",
            same,
            "" if shared is None else f"{shared:.0%}",
        ).rstrip()
    yield _COSTS.format(
        "", "build s", "disk MB", "first s", "open MB", "of files", "asked MB", "of files"
    )
    for name, cost in run.costs.items():
        yield _COSTS.format(
            name,
            f"{cost.built.build_s:.1f}",
            f"{cost.built.disk_mb:.0f}",
            f"{cost.first_s:.2f}",
            *(f"{size:.0f}" for size in (*cost.opened, *cost.asked)),
        )
    if run.together:
        yield (
            f"16 at once take {run.together['at_once_ratio']:.2f} of one after another; "
            f"a loop lags {run.together['lag_p99_ms']:.1f} ms at p99 meanwhile, "
            f"{run.together['idle_lag_p99_ms']:.1f} ms when idle"
        )
    yield ""


def summary(
    ratios: Iterable[Ratio],
    growth: Iterable[Growth],
    bandwidths: Iterable[Bandwidth],
    targets: Iterable[Target],
) -> Iterator[str]:
    """What follows from the runs."""
    for ratio in ratios:
        yield (
            f"{ratio.papers:>9,} {ratio.set:18} ours / {ratio.peer}: "
            f"median {ratio.median:.2f}, p95 {ratio.p95:.2f}"
        )
    for step in growth:
        yield (
            f"{step.engine:16} {step.less:,} to {step.papers:,} papers: {step.times:.1f} times "
            f"as long, exponent {step.exponent:.2f}"
        )
    for one in bandwidths:
        yield (
            f"{one.papers:>9,} {one.set:18} {one.reached:.1f} GB/s of postings, "
            f"{one.reached / one.copied:.0%} of numpy's copy ({one.copied:.1f} GB/s)"
        )
    for target in targets:
        yield f"{_verdict(target):9} {target.name}: {target.value:.2f}, at most {target.limit:g}"


def _verdict(target: Target) -> str:
    return "reached" if target.met else "NOT"


def markdown(
    runs: Sequence[Run],
    bandwidths: Iterable[Bandwidth],
    targets: Iterable[Target],
    machine: str,
    picture: str,
) -> str:
    """The block of the README: the largest corpus, the goal, and the other corpora folded away."""
    largest, *others = sorted(runs, key=lambda run: -run.papers)
    parts = [
        f"![Milliseconds by number of papers, of every engine]({picture})",
        f"{machine} {_LEGEND}",
        _table(largest),
        "\n".join(_goal(targets)),
        "\n".join(_reading(bandwidths)),
        "<details><summary>Fewer papers</summary>",
        *map(_table, others),
        "</details>",
    ]
    return "\n\n".join(part for part in parts if part)


def _table(run: Run) -> str:
    sets = [name for name in _IN_README if any(one.set == name for one in run.times)]
    head = [
        f"{run.papers:,} {run.corpus} papers",
        *sets,
        *("build, s", "disk, MB", "memory, MB", "first answer, s"),
    ]
    rows = [head, ["---", *["---:"] * (len(head) - 1)]]
    for name, cost in run.costs.items():
        rows.append(
            [
                ENGINES[name].about,
                *(_cell(run, name, of) for of in sets),
                f"{cost.built.build_s:.0f}",
                f"{cost.built.disk_mb:,.0f}",
                f"{cost.asked.rss_mb:,.0f}",
                f"{cost.first_s:.1f}",
            ]
        )
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(run: Run, engine: str, name: str) -> str:
    found = run.of(engine, name)
    return f"{_ms(found.median_ms)} ({_ms(found.p95_ms)})" if found else "–"


def _ms(value: float) -> str:
    """Three digits of a number of milliseconds, at least."""
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f}"


def _goal(targets: Iterable[Target]) -> Iterator[str]:
    yield "| ours | is | at most | |"
    yield "| --- | ---: | ---: | --- |"
    for target in targets:
        missed = f"**not reached** {REASONS.get(target.name, '')}".rstrip()
        verdict = "✓" if target.met else missed
        yield f"| {target.name} | {target.value:.2f} | {target.limit:g} | {verdict} |"


def _reading(bandwidths: Iterable[Bandwidth]) -> Iterator[str]:
    for one in bandwidths:
        yield (
            f"- {one.papers:,} papers, {one.set}: {one.reached:.1f} GB of postings a second, "
            f"{one.reached / one.copied:.0%} of what numpy copies on one core."
        )


def put(block: str, readme: Path = README) -> None:
    """Write `block` between the marks in the README. Raises `ValueError` where they are not."""
    text = readme.read_text("utf-8")
    marked = re.compile(f"{re.escape(_BEGIN)}.*?{re.escape(_END)}", re.DOTALL)
    if len(marked.findall(text)) != 1:
        raise ValueError(f"{readme} has no place for the block")
    new = f"{_BEGIN}\n{block}\n{_END}"
    readme.write_text(marked.sub(lambda _: new, text), encoding="utf-8")
