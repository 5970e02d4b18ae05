"""Three exports of one search put together: what merges, what does not, and that nothing is lost.

What is measured is printed: `pytest -s tests/corpus/test_duplicates.py` shows it.
"""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import combinations, permutations
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from corpus.files.packed import files_in
from corpus.identity import same_paper
from corpus.library import ImportReport, Library
from corpus.paper import Paper, Query
from corpus.readers import Record, recognise
from corpus.text.repair import repair
from tests.corpus.look_alikes import entries, works
from tests.corpus.told import told
from tests.corpus.traps import TRAPS
from tests.corpus.trio import DATABASES, PUBMED, SCOPUS, WOS, Entry, trio

ENTRIES = entries(works()) + [entry for trap in TRAPS.values() for entry in trap]
BY_ID = {entry.own_id: entry for entry in ENTRIES}
KINDS = {entry.work.own: entry.work.altered for entry in ENTRIES} | {
    entry.work.own: f"trap: {name}" for name, trap in TRAPS.items() for entry in trap
}
ORDERS = list(permutations(DATABASES))

# What no rule can know: a year that is not there, and a title that is another.
BEYOND = {"year lost", "subtitle lost", "spelling"}


class Imported(NamedTuple):
    """A library made of the three files in one order: the reports, and where each record is."""

    reports: dict[str, ImportReport]
    places: dict[str, int]
    papers: dict[int, Paper]

    def groups(self) -> dict[int, set[str]]:
        """The own ids of the records that each paper is made of."""
        found = defaultdict(set)
        for own_id, paper in self.places.items():
            found[paper].add(own_id)
        return found


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return trio(tmp_path_factory.mktemp("trio"), ENTRIES)


@pytest.fixture(scope="module")
def records(exports: dict[str, Path]) -> dict[str, Paper]:
    """Each record as it is read, by its own id."""
    found = (one for path in exports.values() for one in recognise(*files_in(path)).records())
    papers = [repair(one.paper) for one in found if isinstance(one, Record)]
    return {paper.source_id: paper for paper in papers}


@pytest.fixture(scope="module")
def imported(
    exports: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> dict[tuple[str, ...], Imported]:
    """The three files imported one after another, in every order."""
    made = {}
    for order in ORDERS:
        with Library(tmp_path_factory.mktemp("order") / "library", create=True) as library:
            reports = {name: library.add([exports[name]]) for name in order}
            papers = {paper.id: paper for paper in library._store.every()}
            places = {own: library._store.with_source_id(own) for own in BY_ID}
        assert all(len(found) == 1 for found in places.values())
        made[order] = Imported(reports, {own: found[0] for own, found in places.items()}, papers)
    return made


def shares_an_identifier(one: Entry, other: Entry) -> bool:
    first, second = one.work, other.work
    same_doi = first.doi != "" and first.doi.casefold() == second.doi.casefold()
    return same_doi or (first.pmid != "" and first.pmid == second.pmid)


# The files


def test_each_file_is_read_whole(exports: dict[str, Path], records: dict[str, Paper]) -> None:
    formats = {SCOPUS: "csv", WOS: "wos", PUBMED: "nbib"}
    for name, path in exports.items():
        found = recognise(*files_in(path))
        assert found.reader.name == formats[name]
        read = [one.paper.source_id for one in found.records() if isinstance(one, Record)]
        assert read == [entry.own_id for entry in ENTRIES if entry.database == name]
    assert records.keys() == BY_ID.keys()


def test_each_record_is_as_its_database_has_it(records: dict[str, Paper]) -> None:
    for own_id, paper in records.items():
        entry = BY_ID[own_id]
        work = entry.work
        assert paper.year == work.year, own_id
        assert paper.doi == work.doi, own_id
        assert paper.pmid == work.pmid, own_id
        assert len(paper.authors) == len(work.authors), (own_id, paper.authors)
        assert (paper.volume, paper.issue) == (work.volume, work.issue), own_id
        assert bool(paper.abstract) == bool(work.abstract), own_id
        assert set(paper.keywords) == set(work.keywords), own_id


# What merges


def test_precision_and_recall(imported: dict[tuple[str, ...], Imported]) -> None:
    for order, done in imported.items():
        found: dict[tuple[str, bool], list[int]] = defaultdict(lambda: [0, 0])
        false = []
        for one, other in combinations(sorted(done.places), 2):
            first, second = BY_ID[one], BY_ID[other]
            together = done.places[one] == done.places[other]
            if first.work.own == second.work.own:
                kind = found[KINDS[first.work.own], shares_an_identifier(first, second)]
                kind[0] += together
                kind[1] += 1
            elif together:
                false.append((KINDS[first.work.own], one, other))
        merged, pairs = (sum(counts[place] for counts in found.values()) for place in (0, 1))
        print(f"\n{' → '.join(order)}: {len(done.places)} records, {len(done.papers)} papers")
        print(f"precision {merged / (merged + len(false)):.4f}, recall {merged / pairs:.4f}")
        if order == ORDERS[0]:
            show(found)
        assert false == []
        assert merged / pairs >= 0.97
        for (kind, shared), (got, of) in found.items():
            if shared or kind not in BEYOND:
                assert got == of, (order, kind)


def show(found: dict[tuple[str, bool], list[int]]) -> None:
    print(f"{'altered':44}{'by identifier':>16}{'by title alone':>16}")
    for kind in sorted({kind for kind, _ in found}, key=lambda kind: (":" in kind, kind)):
        cells = (found.get((kind, shared), [0, 0]) for shared in (True, False))
        print(f"{kind:44}" + "".join(f"{f'{got} of {of}' if of else '':>16}" for got, of in cells))


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS.keys())
def test_a_trap_catches_nothing(
    imported: dict[tuple[str, ...], Imported], trap: list[Entry]
) -> None:
    held = defaultdict(set)
    for entry in trap:
        held[entry.work.own].add(entry.own_id)
    for done in imported.values():
        for group in done.groups().values():
            works = {BY_ID[own_id].work.own for own_id in group}
            if works & held.keys():
                assert len(works) == 1
                assert group == held[next(iter(works))]


def test_records_of_one_file_stay_apart(imported: dict[tuple[str, ...], Imported]) -> None:
    for done in imported.values():
        for group in done.groups().values():
            databases = [BY_ID[own_id].database for own_id in group]
            assert len(databases) == len(set(databases))


def test_an_identifier_decides_before_a_title(library: Library, jsonl: Callable[..., Path]) -> None:
    title, doi = "Peer support on wards and at home", "10.1000/a"
    both: dict[str, Any] = {"title": title, "authors": ["A, B."], "year": 2010, "doi": doi}
    library.add([jsonl("1.jsonl", {name: both[name] for name in ("title", "authors", "year")})])
    library.add([jsonl("2.jsonl", {"title": title, "doi": doi})])
    report = library.add([jsonl("3.jsonl", both)])
    assert [remark.paper for remark in report.merged] == [2]
    assert library.named(doi).id == 2


# Whatever the order


def alike(records: dict[str, Paper], group: Iterable[str]) -> bool:
    """Whether any two of these records are of one paper, or no two are: then no order matters."""
    pairs = combinations([records[own_id] for own_id in group], 2)
    return len({same_paper(one, other) for one, other in pairs}) < 2


def test_the_end_does_not_depend_on_the_order(
    imported: dict[tuple[str, ...], Imported], records: dict[str, Paper]
) -> None:
    of_one = defaultdict(set)
    for own_id, entry in BY_ID.items():
        of_one[entry.work.own].add(own_id)
    # One of three that has no year and shares a DOI with only one of the others.
    chains = {own for own, group in of_one.items() if not alike(records, group)}
    assert {KINDS[own] for own in chains} <= BEYOND
    ends = []
    for done in imported.values():
        groups = {frozenset(group): paper for paper, group in done.groups().items()}
        ends.append(
            {
                group: told(done.papers[paper])
                for group, paper in groups.items()
                if not {BY_ID[own_id].work.own for own_id in group} & chains
            }
        )
    assert all(end == ends[0] for end in ends[1:])
    print(f"\n{len(ends[0])} papers the same in {len(ends)} orders, {len(chains)} may differ")


# Nothing is lost


def test_a_merged_paper_tells_what_each_record_told(
    imported: dict[tuple[str, ...], Imported], records: dict[str, Paper]
) -> None:
    for done in imported.values():
        for paper, group in done.groups().items():
            everything = set().union(*(told(records[own_id]) for own_id in group))
            assert told(done.papers[paper]) == everything


def test_a_merged_paper_has_the_longest_abstract_and_all_identifiers(
    imported: dict[tuple[str, ...], Imported], records: dict[str, Paper]
) -> None:
    merged = 0
    for done in imported.values():
        for paper, group in done.groups().items():
            whole, each = done.papers[paper], [records[own_id] for own_id in group]
            merged += len(each) > 1
            assert len(whole.abstract) == max(len(one.abstract) for one in each)
            assert bool(whole.doi) == any(one.doi for one in each)
            assert bool(whole.pmid) == any(one.pmid for one in each)
            assert {one.doi.casefold() for one in each} <= {whole.doi.casefold(), ""}
            assert {one.pmid for one in each} <= {whole.pmid, ""}
    assert merged > 600


# What is told of it, and taking it back


def test_the_report_says_what_merged_with_what(
    exports: dict[str, Path], imported: dict[tuple[str, ...], Imported]
) -> None:
    for order, done in imported.items():
        seen: set[int] = set()
        for name in order:
            report = done.reports[name]
            own_ids = [entry.own_id for entry in ENTRIES if entry.database == name]
            assert report.read == report.kept == len(own_ids)
            assert (report.known, report.skipped, report.failed) == (0, [], {})
            told_of = {remark.record: remark.paper for remark in report.merged}
            for number, own_id in enumerate(own_ids, 1):
                paper = done.places[own_id]
                assert told_of.get(number) == (paper if paper in seen else None)
            for remark in report.merged:
                assert remark.file == exports[name]
                assert remark.line > 0
                assert remark.reason.startswith(f"the same paper as #{remark.paper}: ")
            seen |= {done.places[own_id] for own_id in own_ids}
            assert report.papers == len(seen)
        assert report.added + len(report.merged) == len(own_ids)


def numbers(report: ImportReport) -> dict[str, Any]:
    found = dataclasses.asdict(report)
    del found["papers"]
    return found


def state(library: Library) -> tuple[list[Paper], Any, Any]:
    """All papers, how many there are of what, and what some questions find."""
    questions = ("peer support for people who leave hospital", "editorial", "护士职业倦怠")
    hits = [library.find(Query(text=question)).hits for question in questions]
    ranked = [[(hit.paper.id, round(hit.score, 9)) for hit in found] for found in hits]
    return list(library._store.every()), library.counts(), ranked


def test_a_dry_run_tells_the_same_and_keeps_nothing(
    library: Library, exports: dict[str, Path]
) -> None:
    for name in (PUBMED, SCOPUS, WOS):
        before = state(library), library.state()
        dry = library.add([exports[name]], dry_run=True)
        assert (state(library), library.state()) == before
        assert dry.papers == before[1].papers
        assert numbers(library.add([exports[name]])) == numbers(dry)
        assert dry.kept > 150


def test_taking_back_each_import_leads_back_to_where_it_began(
    library: Library, exports: dict[str, Path]
) -> None:
    states = [state(library)]
    for name in (SCOPUS, PUBMED, WOS):
        library.add([exports[name]])
        states.append(state(library))
    for name in (WOS, PUBMED, SCOPUS):
        assert state(library) == states.pop()
        undone = library.undo()
        assert undone is not None
        assert undone.sources == (str(exports[name].resolve()),)
    assert state(library) == states.pop()
    assert library.state().papers == 0
    assert library.undo() is None
    assert library.add([exports[SCOPUS]]).added == len(
        [entry for entry in ENTRIES if entry.database == SCOPUS]
    )


def test_the_same_files_again_are_known(library: Library, exports: dict[str, Path]) -> None:
    library.add(list(exports.values()))
    before = state(library)
    again = library.add(list(reversed(exports.values())))
    assert (again.known, again.added, again.merged) == (len(ENTRIES), 0, [])
    assert state(library) == before


def test_all_at_once_is_as_one_after_another(
    library: Library, exports: dict[str, Path], imported: dict[tuple[str, ...], Imported]
) -> None:
    library.add([exports[name] for name in ORDERS[0]])
    assert {paper.id: paper for paper in library._store.every()} == imported[ORDERS[0]].papers
