"""What a library is browsed by: counts are true whatever was done to the papers."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.library import Library
from corpus.paper import TOPICS, Filters, Paper, Topic
from corpus.readers import Record
from corpus.topics import topic_key

PAPERS: list[dict[str, Any]] = [
    {
        "title": "Peer workers",
        "journal": "Journal of Care",
        "year": 2019,
        "keywords": ["Recovery", "peer support", "recovery "],
        "subjects": ["Psychology"],
    },
    {
        "title": "Nurses",
        "journal": "JOURNAL OF CARE",
        "year": 2021,
        "keywords": ["Peer  Support"],
        "subjects": ["Nursing", "Psychology"],
    },
    {"title": "同伴支持", "journal": "心理學報", "year": 2021, "keywords": ["同伴支持"]},
    {"title": "互助", "journal": "心理学报", "keywords": ["同伴支持", "\u200b", "  "]},
    {"title": "A sentence", "year": 2019, "keywords": ["x" * 201, "y" * 200]},
]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library", create=True) as library:
        take(library, *PAPERS)
        yield library


def take(library: Library, *papers: dict[str, Any], source: str = "test") -> None:
    made = [
        Paper(**{k: tuple(v) if isinstance(v, list) else v for k, v in one.items()})
        for one in papers
    ]
    library.take(source, [Record(paper, place, place) for place, paper in enumerate(made, 1)])


def counted(library: Library, kind: str) -> dict[str, int]:
    topics, total = library.browsing.topics(kind, limit=100)
    assert total == len(topics)
    return {one.name: one.papers for one in topics}


def titles(library: Library, kind: str, name: str) -> list[str]:
    topic = library.browsing.named(kind, name)
    assert topic is not None
    papers = library.browsing.papers(topic.id, limit=100)
    assert topic.papers == len(papers)
    return [one.title for one in papers]


def test_topics_are_counted_and_those_of_most_papers_come_first(library: Library) -> None:
    assert list(counted(library, "subject").items()) == [("Psychology", 2), ("Nursing", 1)]
    assert counted(library, "keyword") == {
        "peer support": 2,
        "同伴支持": 2,
        "Recovery": 1,
        "y" * 200: 1,
    }


def test_the_latest_year_comes_first(library: Library) -> None:
    assert list(counted(library, "year").items()) == [("2021", 2), ("2019", 2)]


def test_names_are_one_topic_however_they_are_written(library: Library) -> None:
    assert counted(library, "journal") == {"Journal of Care": 2, "心理學報": 2}
    assert titles(library, "journal", "心理学报") == ["同伴支持", "互助"]
    assert titles(library, "keyword", " PEER support ") == ["Nurses", "Peer workers"]


def test_papers_come_newest_first_and_those_without_a_year_last(library: Library) -> None:
    take(library, {"title": "Newest", "keywords": ["同伴支持"], "year": 2024}, source="other")
    assert titles(library, "keyword", "同伴支持") == ["Newest", "同伴支持", "互助"]


def test_a_part_of_a_name_finds_topics(library: Library) -> None:
    found, total = library.browsing.topics("keyword", "SUPP", limit=1)
    assert ([one.name for one in found], total) == (["peer support"], 1)
    assert library.browsing.topics("keyword", "no such", limit=5) == ([], 0)


def test_pages_of_topics_and_of_papers_follow_each_other(library: Library) -> None:
    whole, total = library.browsing.topics("keyword", limit=100)
    pages = [library.browsing.topics("keyword", limit=1, offset=place)[0] for place in range(total)]
    assert [one for page in pages for one in page] == whole
    topic = library.browsing.named("year", "2021")
    assert topic is not None
    first, second = (
        library.browsing.papers(topic.id, limit=1, offset=place)[0].title for place in (0, 1)
    )
    assert {first, second} == {"Nurses", "同伴支持"}


def test_a_paper_says_what_it_can_be_browsed_on_by(library: Library) -> None:
    found = [(one.kind, one.name) for one in library.browsing.of(2)]
    assert found[:4] == [
        ("subject", "Psychology"),
        ("subject", "Nursing"),
        ("journal", "Journal of Care"),
        ("year", "2021"),
    ]
    assert found[4:] == [("keyword", "peer support")]
    assert library.browsing.of(999) == []


def test_what_no_paper_has_any_more_is_not_listed_and_keeps_its_number(library: Library) -> None:
    nursing = library.browsing.named("subject", "nursing")
    assert nursing is not None
    library.remove(2)
    assert counted(library, "subject") == {"Psychology": 1}
    assert library.browsing.named("subject", "nursing") is None
    assert library.browsing.numbered(nursing.id) == Topic(nursing.id, "subject", "Nursing", 0)
    assert library.browsing.numbered(999) is None
    take(library, PAPERS[1], source="again")
    assert library.browsing.named("subject", "nursing") == nursing


def test_an_import_that_is_taken_back_leaves_the_counts_as_they_were(library: Library) -> None:
    before = {kind: counted(library, kind) for kind in TOPICS}
    again = {**PAPERS[0], "authors": ["Roe, James"], "keywords": ["stigma"]}
    take(library, {"title": "New", "year": 1999, "subjects": ["Law"]}, again, source="other")
    assert counted(library, "subject")["Law"] == 1
    library.undo()
    assert {kind: counted(library, kind) for kind in TOPICS} == before


def test_a_merged_paper_is_browsed_by_what_either_record_said(tmp_path: Path) -> None:
    with Library(tmp_path / "library", create=True) as library:
        take(library, {"title": "One", "doi": "10.1000/1", "keywords": ["a"]}, source="x")
        take(library, {"title": "One", "doi": "10.1000/1", "year": 2000}, source="y")
        assert library.state().papers == 1
        assert counted(library, "keyword") == {"a": 1}
        assert titles(library, "year", "2000") == ["One"]


def test_a_file_that_fails_leaves_no_topic_behind(library: Library, tmp_path: Path) -> None:
    torn = tmp_path / "torn.json"
    torn.write_text('[{"title": "Torn", "type": "article", "keyword": "torn"}, {"tit', "utf-8")
    whole = tmp_path / "whole.jsonl"
    whole.write_text(json.dumps({"title": "Whole", "keywords": ["torn", "whole"]}), "utf-8")
    library.add([torn, whole])
    assert counted(library, "keyword")["whole"] == 1
    assert counted(library, "keyword")["torn"] == 1


def test_a_restored_library_is_browsed_by_its_own_papers(library: Library, tmp_path: Path) -> None:
    library.copy(tmp_path / "copy.db")
    before = {kind: counted(library, kind) for kind in TOPICS}
    library.remove(1)
    take(library, {"title": "Later", "subjects": ["Later"]}, source="later")
    library.replace(tmp_path / "copy.db")
    assert {kind: counted(library, kind) for kind in TOPICS} == before


def test_a_library_of_before_is_browsed_at_once(
    library: Library, tmp_path: Path, strip: Callable[[Path], None]
) -> None:
    before = {kind: counted(library, kind) for kind in TOPICS}
    library.close()
    strip(tmp_path / "library" / "papers.db")
    with Library(tmp_path / "library") as again:
        assert {kind: counted(again, kind) for kind in TOPICS} == before


@pytest.fixture
def strip() -> Callable[[Path], None]:
    """Makes the library one of the version before topics."""

    def strip(path: Path) -> None:
        db = sqlite3.connect(path)
        db.execute("DROP TABLE topics")
        db.execute("DROP TABLE tagged")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm003_topics'")
        db.commit()
        db.close()

    return strip


_ALL = Filters()
NAMES = st.sampled_from(["a", "A ", "ａ", "b", "心理學", "心理学", "", "\u200b", "é", "e\u0301"])
MADE = st.fixed_dictionaries(
    {
        "keywords": st.lists(NAMES, max_size=3),
        "subjects": st.lists(NAMES, max_size=2),
        "journal": NAMES,
        "year": st.sampled_from([None, 2000, 2001]),
    }
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("take"), st.lists(MADE, min_size=1, max_size=3)),
        st.tuples(st.just("remove"), st.integers(1, 6)),
        st.tuples(st.just("undo"), st.none()),
    ),
    max_size=5,
)


@given(steps=STEPS)
@settings(max_examples=25, deadline=None)
def test_counts_are_those_of_the_papers_whatever_was_done(steps: list[tuple[str, Any]]) -> None:
    with (
        tempfile.TemporaryDirectory() as name,
        Library(Path(name) / "library", create=True) as library,
    ):
        for step, (verb, what) in enumerate(steps):
            if verb == "take":
                take(
                    library,
                    *({**one, "title": f"Paper {step} {place}"} for place, one in enumerate(what)),
                    source=str(step),
                )
            elif verb == "undo":
                library.undo()
            elif what in {one.id for one in library.every(_ALL)}:
                library.remove(what)
        papers = list(library.every(_ALL))
        for kind in TOPICS:
            expected: Counter[str] = Counter()
            for paper in papers:
                said = {
                    "subject": paper.subjects,
                    "keyword": paper.keywords,
                    "journal": (paper.journal,),
                    "year": (str(paper.year or ""),),
                }[kind]
                expected.update({topic_key(one) for one in said} - {""})
            topics, _ = library.browsing.topics(kind, limit=100)
            assert {topic_key(one.name): one.papers for one in topics} == dict(expected)
