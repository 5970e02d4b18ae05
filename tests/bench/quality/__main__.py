"""How good the answers are: every collection through `similit trec`, beside two baselines.

    python -m tests.bench.quality [--json] [--sets NAME …] [--keep] [--readme] [--work FOLDER]
    python -m tests.bench.quality --silence [--json] [--sets NAME …] [--work FOLDER]
    python -m tests.bench.quality --sweep [--json] [--sets NAME …] [--work FOLDER]
    python -m tests.bench.quality --cost [--json] [--work FOLDER]

Each collection is imported into a library of its own and its queries go through `similit trec`,
1,000 papers a query, in this process. ir-measures (the extra `bench`) judges the lines that it
prints: nDCG@10, MAP, Recall@20, MRR@10, Hit@10. Beside it stand rank-bm25's formula on the same
terms, `okapi`, and on plainly split words, `plain` (`systems.py` says how).

The 95 % interval of a collection's main measure is a bootstrap over its questions. `--keep` keeps
the product's values of every question in `kept.json`; every later run is compared with these by a
paired randomisation test: the difference of the means, and p, in which share of 10,000 random
choices of the signs of the questions' differences it is as large. Chance is seeded: a run repeats.

`--silence` asks, instead, `Library.find` what is off topic and each collection's own questions, and
prints which share of either is met with silence.

`--sweep` varies the settings of ranking and lets collections choose them for one another
(`sweep.py` says how); `--cost` times a question beside plain BM25 (`cost.py`).

`--work` keeps libraries and postings in a folder from run to run, those of each version of the text
rules apart. Where readers, the repair of texts, or what of a paper is searched change, empty it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from corpus.library import Library
from corpus.text.terms import version
from tests.bench.quality import cost, kept, sweep, table
from tests.bench.quality.collections import COLLECTIONS, Collection
from tests.bench.quality.measures import Measured, measure
from tests.bench.quality.silence import Silence, off_topic, questions, silence
from tests.bench.quality.systems import PRODUCT, SYSTEMS, Corpus
from tests.bench.quality.trials import Texts, Trial


class Workshop:
    """The corpora of this run, each imported when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / version()
        self._corpora: dict[str, Corpus] = {}

    def corpus(self, collection: Collection) -> Corpus:
        """The papers of a collection, which may share them with others."""
        name = collection.corpus
        if name not in self._corpora:
            self._corpora[name] = Corpus(collection.papers, self.folder / name)
        return self._corpora[name]


def measurements(wanted: list[Collection], workshop: Workshop) -> Iterator[Measured]:
    """Every system on every collection."""
    old = kept.read()
    if not old:
        _note("nothing is kept to compare with: --keep keeps a run")
    for collection in wanted:
        corpus, judgements = workshop.corpus(collection), collection.judgements()
        for system in SYSTEMS:
            measured = Measured(
                set=collection.name,
                about=collection.about,
                main=collection.main,
                system=system,
                papers=corpus.papers,
                queries=tuple(sorted(judgements)),
                values=measure(judgements, corpus.run(system, collection.queries)),
            )
            yield kept.compared(measured, old) if system == PRODUCT else measured


def silences(wanted: list[Collection], workshop: Workshop) -> Iterator[Silence]:
    """Silence and answers on every collection."""
    for collection in wanted:
        with Library(workshop.corpus(collection).library) as library:
            library.warm(chinese=True)
            strangers, friends = off_topic(collection.corpus), questions(collection.queries)
            yield silence(collection.name, library, strangers, friends)


def trials(wanted: list[Collection], workshop: Workshop) -> list[Trial]:
    """Those of the collections that are swept."""
    swept = [collection for collection in wanted if collection.name in sweep.SWEPT]
    libraries = {one.corpus: workshop.corpus(one).library for one in swept}
    texts = {corpus: Texts(library) for corpus, library in libraries.items()}
    return [Trial(collection, texts[collection.corpus]) for collection in swept]


def main() -> None:
    """Measure and print."""
    given = _arguments()
    wanted = [one for one in COLLECTIONS if not given.sets or one.name in given.sets]
    for collection in [one for one in wanted if one.absent]:
        _note(f"{collection.name} is left out: {collection.absent[0]} is not there")
        wanted.remove(collection)
    with ExitStack() as until_done:
        folder = given.work or Path(until_done.enter_context(tempfile.TemporaryDirectory()))
        workshop = Workshop(folder)
        if given.silence:
            _print_silences(silences(wanted, workshop), as_json=given.json)
            return
        if given.sweep:
            _print_sweep(trials(wanted, workshop), as_json=given.json)
            return
        if given.cost:
            _print_costs(workshop.folder, as_json=given.json)
            return
        run = list(_printed(measurements(wanted, workshop), as_json=given.json))
    if given.keep:
        kept.write(measured for measured in run if measured.system == PRODUCT)
    if given.readme:
        table.put(table.markdown(run))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench.quality",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    names = [collection.name for collection in COLLECTIONS]
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--sets", nargs="+", choices=names, metavar="NAME", help=", ".join(names))
    parser.add_argument("--keep", action="store_true", help="compare later runs with this one")
    parser.add_argument("--readme", action="store_true", help="write the table into README.md")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument("--silence", action="store_true", help="measure silence, not ranking")
    instead.add_argument("--sweep", action="store_true", help="vary the settings of ranking")
    instead.add_argument("--cost", action="store_true", help="time questions beside plain BM25")
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="what to keep libraries in")
    given = parser.parse_args()
    other = given.silence or given.sweep or given.cost
    if given.readme and (given.sets or other):
        parser.error("--readme needs every collection's ranking")
    return given


def _printed(run: Iterator[Measured], *, as_json: bool) -> Iterator[Measured]:
    """The same, printed as they come."""
    if not as_json:
        print(table.HEAD)
    for measured in run:
        shown = [json.dumps(measured.as_json())] if as_json else table.lines(measured)
        print(*shown, sep="\n", flush=True)
        yield measured


def _print_silences(found: Iterator[Silence], *, as_json: bool) -> None:
    if not as_json:
        print(table.SILENCE_HEAD)
    for one in found:
        print(json.dumps(one.as_json()) if as_json else table.silence_line(one), flush=True)


def _print_sweep(tried: list[Trial], *, as_json: bool) -> None:
    shown = map(json.dumps, sweep.objects(tried)) if as_json else sweep.lines(tried)
    for line in shown:
        print(line, flush=True)


def _print_costs(folder: Path, *, as_json: bool) -> None:
    if not as_json:
        print(cost.HEAD)
    for one in cost.costs(folder):
        shown = [json.dumps(one.as_json())] if as_json else one.lines()
        print(*shown, sep="\n", flush=True)


def _note(sentence: str) -> None:
    print(sentence, file=sys.stderr)


if __name__ == "__main__":
    main()
