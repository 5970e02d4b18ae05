"""How fast ranking is, beside every engine that a Python project could pick.

    python -m tests.bench.speed [--json] [--papers N[,N…]] [--engines a,b] [--sets a,b]
                                [--questions N] [--work FOLDER] [--readme]

Corpora are made up of any number of papers (`synthetic.py`); 93,221 are the real ones of `pubmed`
and `scale`, which are not shipped. All engines of a corpus have the same terms and are asked the
same questions, each in a process of its own, in turn: every engine answers a question before any
answers the next, and who begins changes. An engine that takes long answers fewer questions. What is
measured is ranking alone, plain BM25, k1 1.5 and b 0.75 where they can be chosen; beside it stands,
for real papers, the product's full configuration.

Ours has to find the same papers, with the same scores to the last bit, as the plain sum: else the
exit code is 1. Of the peers it is only said how many of their answers are the same, as their
formulas differ, and their precision.

`--work` keeps corpora and indexes in a folder from run to run. `--readme` writes the README's table
and its picture.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from pathlib import Path

from tests.bench.speed import machine, picture, table
from tests.bench.speed.corpora import REAL_FILES, REAL_PAPERS, corpus_of
from tests.bench.speed.engines import ENGINES
from tests.bench.speed.measure import Run, measured
from tests.bench.speed.memory import copying
from tests.bench.speed.questions import SETS
from tests.bench.speed.targets import MILLION, bandwidths, growth, ratios, targets

PAPERS = (10_000, REAL_PAPERS, 100_000, MILLION)


def main() -> int:
    """Measure and print."""
    given = _arguments()
    with ExitStack() as until_done:
        work = given.work or Path(until_done.enter_context(tempfile.TemporaryDirectory()))
        runs = list(_printed(_runs(given, work.resolve()), as_json=given.json))
    if not runs:
        return 1
    found = list(targets(runs, machine.jieba_s()))
    read = list(bandwidths(runs, copying()))
    if given.json:
        for one in (*ratios(runs), *growth(runs), *read, *found):
            print(json.dumps(one.as_json()))
    else:
        print(*table.summary(ratios(runs), growth(runs), read, found), sep="\n")
    if given.readme:
        where = f"{machine.described()}; {machine.versions()}."
        table.put(table.markdown(runs, read, found, where, "docs/speed.png"))
        picture.draw(runs)
    return int(any(run.same[0] < run.same[1] for run in runs))


def _runs(given: argparse.Namespace, work: Path) -> Iterator[Run]:
    for papers in given.papers:
        real = papers == REAL_PAPERS
        if real and not all(file.is_file() for file in REAL_FILES):
            _note(f"real papers are left out: {REAL_FILES[0].parent.parent} lacks some")
            continue
        engines = [name for name in given.engines if _there(name, papers, real=real)]
        if engines:
            yield measured(corpus_of(papers, work), engines, given.sets, given.questions)


def _there(name: str, papers: int, *, real: bool) -> bool:
    """Whether this engine can be measured."""
    kind = ENGINES[name]
    if papers > kind.most or (kind.only_real and not real):
        return False
    try:
        kind.version()
        kind.load()
    except ImportError:
        _note(f"{name} is left out: {kind.package} is not installed (the extra bench)")
        return False
    return True


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.speed",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--papers", type=_numbers, default=PAPERS, metavar="N[,N…]")
    for name, known in (("engines", list(ENGINES)), ("sets", list(SETS))):
        parser.add_argument(
            f"--{name}",
            type=_names_of(known),
            default=known,
            metavar="NAME[,NAME…]",
            help="; ".join(known),
        )
    parser.add_argument("--questions", type=int, default=100, metavar="N", help="of each set")
    parser.add_argument("--readme", action="store_true", help="write the README's table, of these")
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="what to keep indexes in")
    given = parser.parse_args()
    if given.readme and given.sets != list(SETS):
        parser.error("--readme needs every set")
    return given


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(one.replace("_", "")) for one in text.split(","))


def _names_of(known: Collection[str]) -> Callable[[str], list[str]]:
    """What reads names out of those that are known, between commas."""

    def names(text: str) -> list[str]:
        found = text.split(",")
        if unknown := set(found).difference(known):
            raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: not one of them")
        return found

    return names


def _printed(runs: Iterator[Run], *, as_json: bool) -> Iterator[Run]:
    """The same, printed as they come."""
    for run in runs:
        shown = map(json.dumps, run.objects()) if as_json else table.lines(run)
        print(*shown, sep="\n", flush=True)
        yield run


def _note(sentence: str) -> None:
    print(sentence, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
