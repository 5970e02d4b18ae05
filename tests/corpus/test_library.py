"""The door: papers in, wholly or not at all, and similar papers out."""

from __future__ import annotations

import dataclasses
import gzip
import logging
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from corpus.changes import Changes
from corpus.engines import folder, local
from corpus.errors import LibraryDamaged, LibraryMissing, PaperNotFound, SimilitError
from corpus.library import Library
from corpus.paper import Filters, Query, Results
from corpus.text.terms import terms
from tests.data import DATA, needs_data

Jsonl = Callable[..., Path]

PEERS: list[dict[str, Any]] = [
    {
        "id": "p1",
        "title": "Peer support workers in community teams",
        "abstract": "We interviewed peer support workers. Their role was unclear to many.",
        "authors": ["Davidson, Larry"],
        "journal": "Journal of Care",
        "year": 2006,
        "doi": "10.1000/abc",
        "pmid": 777,
    },
    {
        "id": "p2",
        "title": "Burnout among nurses",
        "abstract": "Nurses in hospitals reported burnout. Support from a peer helped them.",
        "authors": ["Müller, Jörg"],
        "journal": "Nursing Care",
        "year": 2012,
    },
    {
        "id": "p3",
        "title": "同伴支持工作者的角色",
        "abstract": "本研究访谈同伴支持工作者。角色并不清楚。",
        "authors": ["薛婉钰"],
        "journal": "心理学报",
        "year": 2020,
    },
    {"id": "p4", "title": "A paper that has no abstract on zebrafish"},
    {"id": "p5", "abstract": "Nameless are these peers. They support trust in hospitals."},
]


@pytest.fixture
def filled(library: Library, jsonl: Jsonl) -> Library:
    """Five papers, numbered from 1."""
    library.add([jsonl("peers.jsonl", *PEERS)])
    return library


def found(results: Results) -> list[int]:
    return [hit.paper.id for hit in results.hits]


def ask(library: Library, text: str, **more: Any) -> list[int]:
    return found(library.find(Query(text=text, **more)))


def titles(library: Library) -> set[str]:
    return {paper.title for paper in library._store.every()}


# Opening


def test_a_library_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(LibraryMissing, match="no library in"):
        Library(tmp_path / "none")
    assert not (tmp_path / "none").exists()
    with pytest.raises(LibraryMissing):
        Library(tmp_path)


def test_a_library_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryMissing, match="cannot be made"):
        Library(tmp_path / "file" / "library", create=True)


def test_a_library_that_is_none_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "papers.db").write_text("something else entirely, " * 50)
    with pytest.raises(LibraryDamaged):
        Library(tmp_path)


def test_every_error_is_a_sentence() -> None:
    for error in (LibraryMissing("a"), LibraryDamaged("b"), PaperNotFound("#12")):
        assert isinstance(error, SimilitError)
    assert str(PaperNotFound("#12")) == "no paper #12 in this library"


def test_an_empty_library_finds_nothing_and_knows_no_word(library: Library) -> None:
    results = library.find(Query(text="peer support"))
    assert (results.hits, results.matched, results.papers) == ((), 0, 0)
    assert results.unknown == ("peer", "support")
    assert library.rank("peer", 5) == []


# Papers in


def test_the_report_of_an_import(library: Library, jsonl: Jsonl) -> None:
    file = jsonl(
        "a.jsonl",
        PEERS[0],
        "not JSON",
        PEERS[3],
        {**PEERS[0], "keywords": ["x"]},
        PEERS[3],
    )
    report = library.add([file])
    assert (report.added, report.known, report.kept, report.papers) == (2, 1, 4, 2)
    assert report.without_abstract == 1
    assert report.formats == {file: "jsonl"}
    assert report.failed == {}
    (skipped,) = report.skipped
    assert (skipped.file, skipped.record, skipped.line) == (file, 2, 2)
    assert skipped.reason.startswith("not JSON")
    (merged,) = report.merged
    assert (merged.file, merged.record, merged.line, merged.paper) == (file, 4, 4, 1)
    assert merged.reason == f"the same paper as #1: {PEERS[0]['title']}"


def test_what_could_be_read_is_kept_as_it_was_mended(library: Library, jsonl: Jsonl) -> None:
    library.add(
        [jsonl("a.jsonl", {"title": "Aims &amp; ends", "abstract": "(n?=?15)", "odd": [1]})]
    )
    paper = library.paper(1)
    assert (paper.title, paper.abstract, paper.extra) == ("Aims & ends", "(n = 15)", {"odd": [1]})


INVISIBLE = "\u200b\u00ad \u2060"


@pytest.mark.parametrize(
    "record",
    [
        {"title": INVISIBLE},
        {"abstract": "<p>&nbsp;</p>"},
        {"id": "a", "title": "<i></i>", "abstract": INVISIBLE, "year": 2006, "authors": ["Doe, J"]},
        {"keywords": [INVISIBLE]},
        {"authors": [INVISIBLE]},
        f"TY  - JOUR\nTI  - {INVISIBLE}\nAU  - Doe, J\nPY  - 2006\nER  - ",
    ],
    ids=repr,
)
def test_a_record_that_mending_leaves_nothing_of_is_skipped(
    library: Library, jsonl: Jsonl, record: dict[str, Any] | str
) -> None:
    before = library.state()
    file = jsonl("a.txt", record)
    report = library.add([file])
    (skipped,) = report.skipped
    assert (skipped.file, skipped.record, skipped.line) == (file, 1, 1)
    assert skipped.reason == "no title, abstract or DOI"
    assert (report.added, report.read, report.papers) == (0, 1, 0)
    assert library.state() == before


@pytest.mark.parametrize(
    "record",
    [
        {"title": INVISIBLE, "doi": "10.1000/a"},
        {"title": INVISIBLE, "pmid": "7"},
        {"title": INVISIBLE, "abstract": "Peers."},
        {"title": INVISIBLE, "translated_title": "同伴"},
        {"title": INVISIBLE, "keywords": ["peer"]},
        {"keywords": ["peer", INVISIBLE]},
        {"journal": f"Peers{INVISIBLE}"},
        {"authors": [INVISIBLE], "year": 2006},
        {"id": "a"},
        {"note": INVISIBLE},
    ],
    ids=repr,
)
def test_a_record_of_which_something_is_left_is_kept(
    library: Library, jsonl: Jsonl, record: dict[str, Any]
) -> None:
    report = library.add([jsonl("a.jsonl", record)])
    assert (report.added, report.skipped) == (1, [])
    assert not library.paper(1).title


def test_a_second_import_adds_nothing(filled: Library, jsonl: Jsonl, tmp_path: Path) -> None:
    before = filled.state()
    report = filled.add([tmp_path / "peers.jsonl"])
    assert (report.added, report.known, report.merged) == (0, 5, [])
    elsewhere = tmp_path / "another place"
    elsewhere.mkdir()
    shutil.copy(tmp_path / "peers.jsonl", elsewhere / "renamed.txt")
    assert filled.add([elsewhere / "renamed.txt"]).known == 5
    packed = tmp_path / "packed"
    packed.write_bytes(gzip.compress((tmp_path / "peers.jsonl").read_bytes()))
    assert filled.add([packed]).known == 5
    assert filled.state() == before


def test_progress_is_told(library: Library, jsonl: Jsonl) -> None:
    told: list[tuple[str, Path | None, int]] = []
    file = jsonl("a.jsonl", *PEERS, "bad")
    library.add([file], lambda *step: told.append(step))
    assert told == [
        *(("reading", file, number) for number in range(1, 7)),
        ("indexing", None, 5),
    ]


def test_a_file_of_no_encoding_at_its_end_leaves_nothing(library: Library, jsonl: Jsonl) -> None:
    good, bad = jsonl("good.jsonl", PEERS[0]), jsonl("bad.jsonl", *PEERS[1:])
    with bad.open("ab") as file:
        file.write('{"title": "同伴支持'.encode() + b'\xff"}\n')
    report = library.add([bad, good])
    assert (report.added, report.papers) == (1, 1)
    assert list(report.failed) == [bad]
    assert "nearly utf-8, but for line 5, byte" in report.failed[bad]
    assert titles(library) == {PEERS[0]["title"]}
    assert ask(library, "burnout") == []
    assert len(ask(library, "peer support")) == 1
    assert library.counts().records == 1


def test_a_file_that_fails_uses_up_no_numbers(library: Library, jsonl: Jsonl) -> None:
    good, bad = jsonl("good.jsonl", PEERS[0]), jsonl("bad.jsonl", *PEERS[1:])
    with bad.open("ab") as file:
        file.write(b"\xff\x81\n")  # in no encoding
    library.add([bad, good])
    assert library.paper(1).title == PEERS[0]["title"]


def test_a_file_that_fails_alone_leaves_the_state_as_it_was(filled: Library, jsonl: Jsonl) -> None:
    bad = jsonl("bad.jsonl", {"title": "A walrus"})
    with bad.open("ab") as file:
        file.write(b"\xff\x81\n")  # in no encoding
    before = filled.state()
    assert list(filled.add([bad]).failed) == [bad]
    assert filled.state() == before


def test_files_that_cannot_be_read_at_all_cost_only_themselves(
    library: Library, jsonl: Jsonl, tmp_path: Path
) -> None:
    report = library.add([tmp_path / "none", tmp_path, jsonl("good.jsonl", PEERS[0])])
    assert list(report.failed) == [tmp_path / "none", tmp_path]
    assert report.added == 1


@pytest.mark.parametrize(
    "record",
    [
        r'{"id": "1", "title": "x", "note": "\ud800"}',
        r'{"id": "\ud800", "title": "x"}',
        r'{"title": "x", "url": "\udfff"}',
        r'{"title": "x", "volume": "\u0000"}',
        '{"title": "x", "n": NaN, "m": 1e999}',
    ],
)
def test_a_record_of_broken_characters_does_not_end_the_import(
    library: Library, jsonl: Jsonl, record: str
) -> None:
    report = library.add([jsonl("a.jsonl", record, PEERS[0])])
    assert report.kept + len(report.skipped) == 2
    assert PEERS[0]["title"] in titles(library)


@pytest.mark.parametrize("step", ["reading", "indexing"])
def test_an_import_that_breaks_off_changes_nothing(
    filled: Library, jsonl: Jsonl, step: str
) -> None:
    class Stopped(BaseException):
        pass

    def stop(now: str, file: Path | None, done: int) -> None:
        if now == step:
            raise Stopped

    before, answer = filled.state(), ask(filled, "peer support")
    with pytest.raises(Stopped):
        filled.add([jsonl("new.jsonl", {"title": "Peer support, new"})], stop)
    assert filled.state() == before
    assert filled.index_status() == "current"
    assert ask(filled, "peer support") == answer
    assert filled.add([jsonl("walrus.jsonl", {"title": "A walrus"})]).added == 1
    assert ask(filled, "walrus") == [6]


def test_a_break_just_before_the_end_changes_nothing(
    filled: Library, jsonl: Jsonl, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Changes) -> None:
        raise OSError(28, "No space left on device")

    before, answer = filled.state(), ask(filled, "peer support")
    with monkeypatch.context() as patch:
        patch.setattr(Changes, "finish", full)
        with pytest.raises(OSError, match="No space"):
            filled.add([jsonl("new.jsonl", {"title": "Peer support, new"})])
    assert filled.state() == before
    assert filled.index_status() == "current"
    assert ask(filled, "peer support") == answer
    # What was written for nothing is gone with the next import.
    filled.add([jsonl("new.jsonl", {"title": "Peer support, new"})])
    assert len(list((filled.folder / "index").iterdir())) == 1


def test_papers_without_an_abstract_are_kept_and_found_by_title(filled: Library) -> None:
    assert filled.counts().without_abstract == 1
    assert ask(filled, "zebrafish") == [4]
    assert filled.titled("a paper that has")[0].id == 4
    assert filled.named("A Paper That Has No Abstract on Zebrafish").id == 4


def test_papers_added_later_are_found_as_if_all_had_come_at_once(
    library: Library, jsonl: Jsonl, tmp_path: Path
) -> None:
    questions = ("peer support", "同伴支持", "exhaustion burnout", "hospitals", "nurses")
    for number, paper in enumerate(PEERS):
        library.add([jsonl(f"{number}.jsonl", paper)])
    library.add([jsonl("1.jsonl", {**PEERS[1], "keywords": ["exhaustion"]})])
    grown = [library.rank(text, 9) for text in questions]
    assert all(grown)
    for ranked in grown:
        assert len({name for name, _ in ranked}) == len(ranked)
    index_file(library).unlink()
    with Library(library.folder) as again:
        assert [again.rank(text, 9) for text in questions] == grown


# The index


def test_the_index_is_one_file(filled: Library) -> None:
    (file,) = (filled.folder / "index").iterdir()
    assert file.name.startswith(filled.state().version)
    assert filled.index_status() == "current"


def index_file(library: Library) -> Path:
    (file,) = (library.folder / "index").glob("*.postings")
    return file


def lose(file: Path) -> None:
    file.unlink()


def tear(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-7])


def of_older_rules(file: Path) -> None:
    state, _, rest = file.name.split(".")
    file.rename(file.with_name(f"{state}.000000000000.{rest}"))


@pytest.mark.parametrize(
    ("damage", "status"), [(lose, "missing"), (tear, "torn"), (of_older_rules, "missing")]
)
def test_an_index_that_is_not_right_is_built_again_and_the_log_says_so(
    filled: Library,
    damage: Callable[[Path], None],
    status: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer = filled.rank("peer support", 9)
    damage(index_file(filled))
    with Library(filled.folder) as again:
        assert again.index_status() == status
        with caplog.at_level(logging.WARNING, "corpus"):
            assert again.rank("peer support", 9) == answer
        assert "building the index of 5 papers" in caplog.text
        assert again.index_status() == "current"
        assert index_file(again).is_file()
        caplog.clear()
        assert again.rank("peer support", 9) == answer
        assert caplog.text == ""


def test_other_rules_for_text_make_another_index(
    filled: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(folder, "rules", lambda: "fedcba987654")
    monkeypatch.setattr(local, "words", lambda text: ["peer"])
    with Library(filled.folder) as again:
        assert again.index_status() == "missing"
        assert ask(again, "peers") == [1, 2, 3, 4, 5]
        assert "rules changed" in caplog.text
        assert index_file(again).name == f"{again.state().version}.fedcba987654.postings"


def test_a_current_index_is_used_without_a_word(
    filled: Library, caplog: pytest.LogCaptureFixture
) -> None:
    with Library(filled.folder) as again, caplog.at_level(logging.DEBUG, "corpus"):
        assert ask(again, "burnout")[0] == 2
    assert caplog.text == ""


def test_an_import_after_the_index_was_lost_indexes_everything(
    filled: Library, jsonl: Jsonl
) -> None:
    index_file(filled).unlink()
    with Library(filled.folder) as again:
        again.add([jsonl("new.jsonl", {"title": "Peer support, new"})])
        assert set(ask(again, "peer support")) == {1, 2, 3, 5, 6}


def test_an_index_that_cannot_be_kept_still_answers(
    filled: Library, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.rmtree(filled.folder / "index")
    (filled.folder / "index").write_text("a file where the folder should be")
    with Library(filled.folder) as again:
        assert ask(again, "burnout")[0] == 2
        assert "cannot be kept" in caplog.text


# Others at work at the same time


def test_the_old_state_answers_while_another_imports(filled: Library, jsonl: Jsonl) -> None:
    new = jsonl("new.jsonl", {"title": "Peer support, new"}, {"title": "Peer support, newer"})
    before = filled.rank("peer support", 9)
    seen: list[tuple[str, int]] = []

    with Library(filled.folder) as early:
        early.find(Query(text="peer"))

        def look(step: str, file: Path | None, done: int) -> None:
            with Library(filled.folder) as late:
                for other in (early, late):
                    assert other.rank("peer support", 9) == before
                    assert other.state().papers == 5
                    assert other.index_status() == "current"
            seen.append((step, done))

        filled.add([new], look)
        assert {step for step, _ in seen} == {"reading", "indexing"}
        for other in (early, filled):
            assert set(ask(other, "peer support")) == {1, 2, 3, 5, 6, 7}
            assert other.state().papers == 7


def test_a_question_after_anothers_import_sees_it_at_once(filled: Library, jsonl: Jsonl) -> None:
    with Library(filled.folder) as other:
        assert ask(other, "walrus") == []
        filled.add([jsonl("new.jsonl", {"title": "A walrus"})])
        results = other.find(Query(text="walrus"))
        assert found(results) == [6]
        assert (results.papers, results.version) == (6, filled.state().version)


def test_an_index_that_another_has_just_written_is_not_tidied_away(
    filled: Library, jsonl: Jsonl, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = Changes.finish

    def meanwhile(self: Changes) -> bool:
        finished = finish(self)
        # The new index is in place, its state not yet; another starts, and misses the old one.
        for file in (filled.folder / "index").glob(f"{self.base_version}.*"):
            file.unlink()
        with Library(filled.folder) as other:
            assert ask(other, "burnout")[0] == 2
        return finished

    monkeypatch.setattr(Changes, "finish", meanwhile)
    filled.add([jsonl("new.jsonl", {"title": "A walrus"})])
    assert filled.index_status() == "current"
    assert ask(filled, "walrus") == [6]


def answers(results: Results) -> Results:
    return dataclasses.replace(results, milliseconds=0.0)


@pytest.mark.parametrize("compiled", [False, True])
def test_eight_threads_at_once_get_what_each_gets_alone(filled: Library, compiled: bool) -> None:
    if compiled:
        filled.warm()
    queries = [
        Query(text="peer support workers"),
        Query(text="同伴支持工作者"),
        Query(like=1),
        Query(text="burnout in hospitals", filters=Filters(last_year=2015)),
        Query(text="#3"),
        Query(text="nurses", filters=Filters(without=("zebra",))),
        Query(text="unheard words"),
        Query(text="support", top=2),
    ] * 6
    with Library(filled.folder) as other:
        alone = [answers(other.find(query)) for query in queries]
    with ThreadPoolExecutor(8) as threads:
        together = [answers(one) for one in threads.map(filled.find, queries)]
    assert together == alone
    assert any(one.hits for one in alone)


def test_warming_up_changes_no_answer(filled: Library) -> None:
    before = answers(filled.find(Query(text="peer support 同伴")))
    filled.warm()
    assert answers(filled.find(Query(text="peer support 同伴"))) == before


# Papers out


def test_what_a_question_finds(filled: Library) -> None:
    results = filled.find(Query(text="peer support workers", filters=Filters(language="en")))
    assert results.seed is None
    assert found(results)[0] == 1
    assert results.language == "en"
    assert results.matched == len(results.hits) == 3
    assert (results.papers, results.version) == filled.state()[::-1]
    assert results.milliseconds > 0
    assert [hit.rank for hit in results.hits] == [1, 2, 3]
    scores = [hit.score for hit in results.hits]
    assert scores == sorted(scores, reverse=True)
    first = results.hits[0]
    assert first.paper.title == PEERS[0]["title"]
    assert first.extract.text == "We interviewed peer support workers."
    assert [first.extract.text[a:b] for a, b in first.extract.marks] == ["peer support workers"]
    assert sorted(terms(word)[0] for word in first.terms) == ["peer", "support", "worker"]
    assert terms(first.terms[0]) == ["worker"]


def test_a_chinese_question_finds_chinese_papers(filled: Library) -> None:
    results = filled.find(Query(text="同伴支持的角色"))
    assert (found(results)[0], results.language) == (3, "zh")
    assert "同伴支持" in results.hits[0].terms
    assert ask(filled, "同伴支持之角色")[0] == 3
    assert filled.find(Query(text="工作者與支持")).hits[0].paper.id == 3


def test_no_more_than_asked_for(filled: Library) -> None:
    results = filled.find(Query(text="peer support", top=2))
    assert len(results.hits) == 2
    assert results.matched == 4
    assert filled.find(Query(text="peer support", top=0)).hits == ()


def test_only_what_is_shown_is_explained_and_the_rest_is_the_same(filled: Library) -> None:
    every = filled.find(Query(text="peer support workers")).hits
    some = filled.find(Query(text="peer support workers", shown=range(1, 2))).hits
    assert [bool(hit.terms or hit.across) for hit in some] == [False, True, False, False]
    assert some[1] == every[1]
    for hit, explained in zip(some, every, strict=True):
        shown = {"extract": explained.extract, "terms": explained.terms, "across": explained.across}
        assert dataclasses.replace(hit, **shown) == explained


@pytest.mark.parametrize(("reader", "expected"), [("", "Peers met."), ("zh", "同伴见面。")])
def test_an_extract_is_in_the_readers_language_where_there_are_two(
    library: Library, jsonl: Jsonl, reader: str, expected: str
) -> None:
    both = {"title": "T", "abstract": "Peers met.", "translated_abstract": "同伴见面。"}
    library.add([jsonl("a.jsonl", both)])
    (hit,) = library.find(Query(text="peers (同伴) who meet", reader=reader)).hits
    assert hit.extract.text == expected


@pytest.mark.parametrize(
    "text",
    [
        "#1",
        "1",
        " paper:1 ",
        "＃1",
        "10.1000/ABC",
        "https://doi.org/10.1000/abc",
        "PMID: 777",
        "PEER SUPPORT WORKERS in community teams.",
        "We interviewed peer support workers. Their role was unclear to many.",
        f"{PEERS[0]['title']}\n{PEERS[0]['abstract']}",
    ],
)
def test_a_text_that_is_a_paper_asks_for_its_neighbours(filled: Library, text: str) -> None:
    results = filled.find(Query(text=text))
    assert results.seed == filled.paper(1)
    assert set(found(results)) == {2, 3, 5}
    assert found(results) == found(filled.find(Query(like=1)))
    assert results.language == "en"
    assert filled.named(text).id == 1


def test_neighbours_of_a_chinese_paper_are_told_in_chinese(filled: Library) -> None:
    results = filled.find(Query(like=3))
    assert (results.seed.id, results.language) == (3, "zh")
    assert 3 not in found(results)


def test_the_first_sentence_of_a_paper_is_a_question(filled: Library) -> None:
    results = filled.find(Query(text="We interviewed peer support workers."))
    assert results.seed is None
    assert 1 in found(results)


def test_a_title_that_two_papers_have_is_a_question(library: Library, jsonl: Jsonl) -> None:
    library.add(
        [
            jsonl(
                "a.jsonl",
                {"id": "1", "title": "Editorial", "abstract": "Of peers."},
                {"id": "2", "title": "EDITORIAL", "abstract": "Of nurses."},
            )
        ]
    )
    results = library.find(Query(text="Editorial"))
    assert results.seed is None
    assert found(results) == [1, 2]
    assert library.find(Query(text="Editorial. Of nurses.")).seed.id == 2
    assert library.named("Editorial").id == 1


@pytest.mark.parametrize(
    ("query", "reference"),
    [
        (Query(text="#99"), "#99"),
        (Query(text="paper:99"), "#99"),
        (Query(text="10.1000/none"), "doi:10.1000/none"),
        (Query(text="PMID 5"), "pmid:5"),
        (Query(like=99), "#99"),
    ],
)
def test_a_paper_that_is_not_here_is_not_found(
    filled: Library, query: Query, reference: str
) -> None:
    with pytest.raises(PaperNotFound) as caught:
        filled.find(query)
    assert caught.value.reference == reference


def test_a_paper_by_its_own_id(filled: Library) -> None:
    assert filled.named("p2").id == 2
    with pytest.raises(PaperNotFound):
        filled.named("p9")
    with pytest.raises(PaperNotFound):
        filled.paper(99)


def test_words_that_no_paper_has_are_told_when_nothing_is_found(filled: Library) -> None:
    results = filled.find(Query(text="Walruses and the krill"))
    assert (results.hits, results.matched) == ((), 0)
    assert results.unknown == ("Walruses", "krill")
    assert filled.find(Query(text="burnout among walruses")).unknown == ()
    chinese = filled.find(Query(text="海象"))
    assert "".join(chinese.unknown) == "海象"


@pytest.mark.parametrize("text", ["", "   ", "the of and", "?!", "的"])
def test_a_question_without_words_finds_nothing(filled: Library, text: str) -> None:
    results = filled.find(Query(text=text))
    assert (results.hits, results.matched, results.unknown) == ((), 0, ())


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {1, 2, 3, 5}),
        ({"author": "davidson"}, {1}),
        ({"author": "薛"}, {3}),
        ({"author": "nobody"}, set()),
        ({"journal": "care"}, {1, 2}),
        ({"first_year": 2007}, {2, 3}),
        ({"last_year": 2007}, {1}),
        ({"language": "en"}, {1, 2, 5}),
        ({"language": "zh"}, {3}),
        ({"without": ("burnout",)}, {1, 3, 5}),
        ({"without": ("hospital", "clear")}, {1, 3}),
        ({"without": ("unclear role",)}, {2, 3, 5}),
        ({"without": ("walrus",)}, {1, 2, 3, 5}),
        ({"without": ("peer",)}, {3}),
        ({"without": ("同伴支持",)}, {1, 2, 5}),
        ({"journal": "care", "without": ("nurses",)}, {1}),
        ({"after": 1}, {2, 3, 5}),
        ({"after": 5}, set()),
        ({"hidden": (2, 3, 99)}, {1, 5}),
        ({"hidden": (1, 2, 3, 5)}, set()),
        ({"after": 1, "hidden": (5,), "without": ("burnout",)}, {3}),
    ],
)
@pytest.mark.parametrize("text", ["同伴支持", "peer support"])
def test_filters(filled: Library, text: str, filters: dict[str, Any], expected: set[int]) -> None:
    results = filled.find(Query(text=text, filters=Filters(**filters)))
    assert set(found(results)) == expected
    assert results.matched == len(expected)
    if text == "同伴支持":  # which learns nothing from what it finds
        # The statistics stay those of the whole corpus.
        everywhere = {hit.paper.id: hit.score for hit in filled.find(Query(text=text)).hits}
        assert all(hit.score == everywhere[hit.paper.id] for hit in results.hits)


def test_a_question_learns_only_from_papers_that_may_be_found(filled: Library) -> None:
    def learnt(**filters: Any) -> set[str]:
        query = Query(text="support", explain=True, filters=Filters(**filters))
        shares = [share for hit in filled.find(query).hits for share in hit.shares]
        return {share.term for share in shares if share.kind == "feedback"}

    assert {"burnout", "nurs"} <= learnt(language="en")
    assert not {"burnout", "nurs", "worker"} & learnt(language="en", without=("nurses", "workers"))


def test_filters_hold_for_neighbours_too(filled: Library) -> None:
    assert set(found(filled.find(Query(like=1, filters=Filters(first_year=2007))))) == {2, 3}
    assert set(found(filled.find(Query(like=1, filters=Filters(after=2, hidden=(5,)))))) == {3}


def test_ranking_alone(filled: Library, jsonl: Jsonl) -> None:
    hits = filled.find(Query(text="peer support workers")).hits
    ranked = filled.rank("peer support workers", 20)
    assert ranked == [(hit.paper.source_id, hit.score) for hit in hits]
    assert {name for name, _ in ranked} == {"p1", "p2", "p3", "p5"}
    assert filled.rank("peer support workers", 1) == ranked[:1]
    # A text is taken for text alone.
    assert filled.rank("#1", 20) == []
    assert filled.rank(PEERS[0]["title"], 20)[0][0] == "p1"
    # A paper without an id of its own goes by its number.
    filled.add([jsonl("new.jsonl", {"title": "A walrus"})])
    assert [name for name, _ in filled.rank("walrus", 5)] == ["6"]


def test_ranking_without_a_paper(filled: Library) -> None:
    every = filled.rank("同伴支持", 20)
    assert filled.rank("同伴支持", 20, without="p1") == [hit for hit in every if hit[0] != "p1"]
    assert len(filled.rank("同伴支持", 2, without="p1")) == 2
    assert filled.rank("同伴支持", 20, without="nobody") == every
    assert {name for name, _ in filled.rank("peer support", 20, without="p1")} == {"p2", "p3", "p5"}


@needs_data
def test_the_page_that_this_is_modelled_on(library: Library) -> None:
    report = library.add([DATA / "similar_literature_page.txt"])
    assert (report.added, report.merged, report.skipped, report.without_abstract) == (20, [], [], 0)
    first = (
        "This study explored the integration of peer services into community mental health "
        "settings through qualitative interviews with peer-providers and non-peer mental health "
        "workers."
    )
    assert ask(library, first)[0] == 2
    for number in range(1, 21):
        results = library.find(Query(text=f"#{number}"))
        assert results.seed.id == number
        assert number not in found(results)
        assert 0 < len(results.hits) <= 19
    assert library.find(Query(text=library.paper(7).abstract)).seed.id == 7
    assert library.add([DATA / "similar_literature_page.txt"]).known == 20


@needs_data
def test_three_collections_of_like_ids_are_all_kept_in_one_library(library: Library) -> None:
    files = {name: DATA / name / "corpus.jsonl" for name in ("cranfield", "med", "cacm")}
    report = library.add(list(files.values()))
    assert report.papers == report.added == 1400 + 1033 + 3204
    assert (report.merged, report.skipped, report.failed) == ([], [], {})
    counts = library.counts()
    assert counts.papers == counts.records == 5637
    assert library.add(list(files.values())).known == 5637
    assert len(library._store.with_source_id("1")) == 3
