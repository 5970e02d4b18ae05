"""JSON lines out, and in again."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.paper import Paper
from corpus.readers import Text
from corpus.readers.jsonl import READER
from corpus.writers import writer_named
from corpus.writers.jsonl import WRITER

FULL: dict[str, Any] = {
    "id": "own-1",
    "title": "Peer support",
    "abstract": "We asked.\nThey said.",
    "translated_title": "同伴支持",
    "translated_abstract": "我们问了。",
    "authors": ["Davidson, Larry", "薛婉钰"],
    "journal": "A Journal",
    "year": 2006,
    "volume": "32",
    "issue": "3",
    "pages": "443-450",
    "doi": "10.1093/schbul/sbj043",
    "pmid": "16461576",
    "url": "https://example.org/a",
    "keywords": ["recovery"],
    "subjects": ["mental health"],
    "affiliations": ["Yale"],
    "language": "en",
    "summary_by": "Similit",
}


def written(*papers: Paper) -> str:
    return "".join(WRITER.write(papers))


def read(content: str) -> list[Paper]:
    return [one.paper for one in READER.read(Text.of(content))]


def test_the_writer_is_found_by_name() -> None:
    assert writer_named("jsonl") is WRITER
    assert WRITER.suffix == ".jsonl"


def test_a_record_comes_out_as_it_went_in() -> None:
    record = {**FULL, "type": "article-journal", "mesh": [["D1", None]], "deep": {"a": [1.5, True]}}
    (paper,) = read(json.dumps(record))
    assert json.loads(written(paper)) == record


def test_the_id_is_the_records_own_and_not_the_librarys() -> None:
    paper = Paper(id=12, source_id="own", title="t")
    assert json.loads(written(paper)) == {"id": "own", "title": "t"}
    assert json.loads(written(Paper(id=12, title="t"))) == {"title": "t"}


def test_a_field_counts_more_than_a_further_one_of_its_name() -> None:
    paper = Paper(title="t", source_id="s", extra={"title": "old", "id": "old", "doi": "none"})
    assert json.loads(written(paper)) == {"id": "s", "title": "t", "doi": "none"}


def test_each_paper_has_a_line_whatever_it_holds() -> None:
    papers = [Paper(title="a\u2028b\x85c", abstract="x\ny"), Paper(title="同伴")]
    lines = written(*papers).split("\n")
    assert len(lines) == 3
    assert "同伴" in lines[1]
    assert read(written(*papers)) == papers


CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXT = st.text(CHARACTERS, min_size=1, max_size=12).map(str.strip).filter(bool)
TEXTS = st.lists(TEXT, min_size=1, max_size=3)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
OURS = {
    "year": st.integers(1500, 2099),
    "doi": st.from_regex(r"10\.\d{4}/[a-z0-9]{1,8}", fullmatch=True),
    "language": st.sampled_from(["en", "zh", "de"]),
    **dict.fromkeys(("authors", "keywords", "subjects", "affiliations"), TEXTS),
}
NAMES = {*FULL, "_id", "text", "author", "keyword", "subject", "lang"}
UNKNOWN = st.dictionaries(TEXT.filter(lambda name: name not in NAMES), JSON, max_size=4)
RECORDS = st.builds(
    lambda ours, unknown: {**ours, **unknown},
    st.fixed_dictionaries(
        {"title": TEXT}, optional={name: OURS.get(name, TEXT) for name in FULL if name != "title"}
    ),
    UNKNOWN,
)


@given(st.lists(RECORDS, max_size=3))
@settings(max_examples=50, deadline=None)
def test_any_records_come_out_as_they_went_in(records: list[dict[str, Any]]) -> None:
    papers = read("\n".join(map(json.dumps, records)))
    assert [json.loads(line) for line in written(*papers).split("\n") if line] == records


@given(st.dictionaries(st.sampled_from(sorted(NAMES)) | TEXT, JSON, max_size=6))
@settings(max_examples=50, deadline=None)
def test_papers_of_any_records_are_the_same_when_read_again(record: dict[str, Any]) -> None:
    (paper,) = read(json.dumps({**record, "title": "t"}))
    assert read(written(dataclasses.replace(paper, id=5))) == [paper]
