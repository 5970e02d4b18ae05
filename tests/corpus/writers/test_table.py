"""CSV out, and in again."""

from __future__ import annotations

import csv
import dataclasses
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.files.packed import files_in
from corpus.paper import Paper
from corpus.readers import recognise
from corpus.writers import writer_named
from corpus.writers.table import WRITER

FULL = Paper(
    id=12,
    source_id="own-1",
    title='Peer "support", and',
    abstract="Aims: We asked;\nResults: they, said.",
    translated_title="同伴支持",
    translated_abstract="我们问了。",
    authors=("Davidson, Larry, Jr", "薛婉钰", "A; B \\ Group"),
    journal="A Journal",
    year=2006,
    volume="32",
    issue="3",
    pages="443-450",
    doi="10.1093/schbul/sbj043",
    pmid="16461576",
    url="https://example.org/a",
    keywords=("recovery", "x, y、z"),
    subjects=("mental health",),
    affiliations=("Yale; USA", "北京大学，北京"),
    language="en",
    summary_by="Similit",
    extra={
        "type": "chapter",
        "date": "2006-07-01",
        "publisher": "NA",
        "issn": ["0586-7614", "1745-1701"],
        "editors": ["Roe, Al"],
        "note": "-1",
    },
)


def written(*papers: Paper) -> str:
    return "".join(WRITER.write(papers))


@pytest.fixture
def back(tmp_path):
    """What the papers are when written to a file and read again."""

    def back(*papers: Paper) -> list[Paper]:
        path = tmp_path / "x"
        path.write_bytes(written(*papers).encode())
        found = recognise(*files_in(path))
        assert found.reader.name == "csv"
        return [one.paper for one in found.records()]

    return back


def test_a_paper_comes_back_with_what_a_table_has_columns_for(back) -> None:
    assert back(FULL, Paper(id=1, title="t")) == [dataclasses.replace(FULL, id=0), Paper(title="t")]


def test_it_opens_right_in_excel() -> None:
    assert writer_named("csv") is WRITER
    pieces = list(WRITER.write([FULL]))
    assert pieces[0] == "\ufeff"
    content = "".join(pieces[1:])
    assert content.endswith("\r\n")
    assert content.count("\r\n") == 2
    header, row = csv.reader(io.StringIO(content, newline=""), strict=True)
    cells = dict(zip(header, row, strict=True))
    assert cells["id"] == "own-1"
    assert cells["authors"] == "Davidson, Larry, Jr; 薛婉钰; A\\; B \\\\ Group"
    assert cells["abstract"] == FULL.abstract
    assert all(line.startswith('"') for line in content.split("\r\n") if line)


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("'=x", "''=x"),
        ("'x", "'x"),
        ("1-9", "1-9"),
        ("", ""),
    ],
)
def test_no_cell_is_taken_for_a_formula(value: str, cell: str) -> None:
    from corpus.readers.cells import guarded, unguarded

    assert guarded(value) == cell
    assert unguarded(cell) == value


def test_a_title_that_is_a_formula_is_defused_and_comes_back(back) -> None:
    paper = Paper(title="=cmd|' /C calc'!A0", authors=("@home",), abstract="-x", journal="'+y")
    assert "\"'=cmd" in written(paper)
    assert back(paper) == [paper]


def test_a_column_that_somebody_added_is_kept(back, tmp_path) -> None:
    header, row, _ = written(Paper(title="t", keywords=("a;b",))).split("\r\n")
    path = tmp_path / "y"
    path.write_text(f'{header},"included"\r\n{row},"yes"\r\n', encoding="utf-8")
    (one,) = recognise(*files_in(path)).records()
    assert one.paper == Paper(title="t", keywords=("a;b",), extra={"csv": {"included": "yes"}})


WORD = st.text(
    st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Po", "Sm"]), min_size=1, max_size=6
)
LINE = st.lists(
    WORD | st.sampled_from(["同伴", ";", "\\", "'", '"', "-", "=", "NA"]), min_size=1, max_size=4
).map(" ".join)
LISTS = st.lists(LINE, max_size=3).map(tuple)
PAPERS = st.builds(
    Paper,
    source_id=LINE | st.just(""),
    title=LINE,
    abstract=st.lists(LINE, max_size=3).map("\n".join),
    translated_title=LINE | st.just(""),
    translated_abstract=LINE | st.just(""),
    authors=LISTS,
    journal=LINE | st.just(""),
    year=st.none() | st.integers(1500, 2099),
    volume=LINE | st.just(""),
    issue=LINE | st.just(""),
    pages=LINE | st.just(""),
    doi=st.sampled_from(["", "10.1000/x", "10.1000/x<1::a>2.0;2-9"]),
    pmid=st.sampled_from(["", "123"]),
    url=st.sampled_from(["", "https://example.org/?a=1&b=2"]),
    keywords=LISTS,
    subjects=LISTS,
    affiliations=LISTS,
    language=st.sampled_from(["", "en", "zh"]),
    summary_by=LINE | st.just(""),
)


@given(st.lists(PAPERS, min_size=1, max_size=3))
@settings(max_examples=50, deadline=None)
def test_a_papers_own_fields_come_back(tmp_path_factory, papers: list[Paper]) -> None:
    path = tmp_path_factory.mktemp("table") / "x"
    path.write_bytes(written(*papers).encode())
    assert [one.paper for one in recognise(*files_in(path)).records()] == papers
