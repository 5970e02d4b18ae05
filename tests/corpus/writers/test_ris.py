"""RIS that reference managers read, and that comes back as it went."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.paper import Paper
from corpus.readers.ris import READER
from corpus.readers.ris_fields import TAG
from corpus.writers import writer_named
from corpus.writers.ris import WRITER
from tests.corpus.writers.made import lost, papers, read, written
from tests.data import DATA, needs_data

PAPER = Paper(
    source_id="own-7",
    title="Peer support",
    translated_title="同伴支持",
    abstract="We asked.\nThey said so.",
    translated_abstract="我们问了。",
    authors=("Davidson, Larry", "King, Martin, Jr", "Doctors Without Borders", "薛婉钰", "et al."),
    journal="Schizophrenia Bulletin",
    year=2006,
    volume="32",
    issue="3",
    pages="443-450",
    doi="10.1093/schbul/sbj043",
    pmid="16461576",
    url="https://example.org/a",
    keywords=("recovery", "peers"),
    subjects=("Adult",),
    affiliations=("Yale University", "Leiden University"),
    language="en",
    summary_by="Similit",
    extra={
        "type": "article-journal",
        "date": "2006-07-01",
        "editors": ["Roe, Richard"],
        "publisher": "Oxford University Press",
        "issn": ["0586-7614"],
        "urls": ["https://example.org/b"],
        "accessed": "2020-01-02",
        "pmcid": "PMC123",
        "note": "one\ntwo",
        "ris": {"C1": ["x"], "M3": ["Article"]},
    },
)
WRITTEN = """\
TY  - JOUR
ID  - own-7
AU  - Davidson, Larry
AU  - King, Martin, Jr
AU  - Doctors Without Borders,
AU  - 薛婉钰
AU  - et al.
A2  - Roe, Richard
PY  - 2006
DA  - 2006/07/01
TI  - Peer support
TT  - 同伴支持
JF  - Schizophrenia Bulletin
VL  - 32
IS  - 3
PB  - Oxford University Press
LA  - en
PM  - 16461576
XS  - Similit
SP  - 443
EP  - 450
DO  - 10.1093/schbul/sbj043
C2  - PMC123
UR  - https://example.org/a
UR  - https://example.org/b
Y2  - 2020/01/02
SN  - 0586-7614
KW  - recovery
KW  - peers
MH  - Adult
AD  - Yale University
AD  - Leiden University
AB  - We asked.

They said so.
XB  - 我们问了。
N1  - one
two
C1  - x
M3  - Article
ER  - \n
"""


def test_it_is_offered() -> None:
    assert writer_named("ris") is WRITER
    assert WRITER.suffix == ".ris"


def test_a_record_as_it_is_written() -> None:
    assert written(WRITER, PAPER) == WRITTEN
    assert read(READER, WRITTEN) == [PAPER]


def test_records_follow_each_other() -> None:
    assert read(READER, written(WRITER, PAPER, Paper(title="T"), PAPER))[::2] == [PAPER, PAPER]


@pytest.mark.parametrize(
    ("extra", "journal", "code"),
    [
        ({}, "J", "JOUR"),
        ({}, "", "GEN"),
        ({"type": "paper-conference"}, "B", "CPAPER"),
        ({"type": "unheard-of"}, "J", "GEN"),
        ({"type": "article-journal", "ris": {"TY": ["EJOUR"]}}, "J", "EJOUR"),
        ({"type": "book", "ris": {"TY": ["EJOUR"]}}, "", "BOOK"),
        ({"ris": {"TY": ["ODD"]}}, "J", "ODD"),
        ({"ris": "no tags"}, "J", "JOUR"),
    ],
)
def test_kinds_of_work(extra: dict[str, object], journal: str, code: str) -> None:
    paper = Paper(title="T", journal=journal, extra=extra)
    assert written(WRITER, paper).startswith(f"TY  - {code}\n")
    assert read(READER, written(WRITER, paper))[0].journal == journal


@pytest.mark.parametrize(
    ("abstract", "back"),
    [
        ("We asked\nTY  - JOUR\npeers.", "We asked\nTY - JOUR\npeers."),
        ("We asked\nER\npeers.", "We asked ER\npeers."),
        ("We asked\rER  - \r\n\r\npeers.", "We asked ER -\npeers."),
        ("TY  - JOUR", "TY - JOUR"),
    ],
)
def test_a_line_that_looks_like_a_tag_is_none(abstract: str, back: str) -> None:
    paper = Paper(title="T", abstract=abstract, doi="10.1000/x")
    (found,) = read(READER, written(WRITER, paper))
    assert found.abstract == back
    assert found.doi == "10.1000/x"


def test_line_ends_where_none_can_be_are_spaces() -> None:
    paper = Paper(title="Peer\nsupport", journal="A\r\nJournal", keywords=("a\nb", "c"))
    (found,) = read(READER, written(WRITER, paper))
    assert (found.title, found.journal, found.keywords) == (
        "Peer support",
        "A Journal",
        ("a b", "c"),
    )


def test_what_other_formats_left_makes_no_harm() -> None:
    odd = {"type": ["a", {}], "editors": "Doe, J.; Roe, R.", "issn": "1234-5678", "date": 7}
    kept = {"not a tag": ["x"], "ER": ["x"], "C1": "not a list", "C2": [1, None, {}]}
    paper = Paper(title="T", extra={**odd, "ris": kept, "wos": {"C1": ["x"]}})
    (back,) = read(READER, written(WRITER, paper))
    assert back.extra["editors"] == ["Doe, J.", "Roe, R."]
    assert back.extra["ris"] == {"C1": ["not a list"], "C2": ["1"]}


def without_tags(paper: Paper) -> bool:
    """Whether no line of its texts looks like a tag."""
    texts = (paper.abstract, paper.translated_abstract, str(paper.extra.get("note", "")))
    return not any(TAG.match(line) for text in texts for line in text.split("\n"))


@given(papers.filter(without_tags))
@settings(max_examples=50, deadline=None)
def test_what_a_paper_says_comes_back(paper: Paper) -> None:
    (back,) = read(READER, written(WRITER, paper))
    assert lost(paper, back) == {}
    assert read(READER, written(WRITER, back)) == [back]


TAGS = """AU A1 A2 A3 A4 ED TI T1 T2 T3 TT CT BT ST JF JO JA J1 J2 AB N2 N1 KW PY Y1 Y2 DA YR VL VO
    IS CP M1 M2 M3 SP EP C1 C2 C3 C7 SN UR L1 L2 LK DO LA AD AN ID DB DP PB PU CY PP PI ET RP U1 XB
    XS MH PM NL ZZ Q7""".split()
VALUES = st.one_of(
    st.sampled_from(
        [
            "Doe, Jane",
            "Doe, Jane, Jr",
            "World Health Organization",
            "薛婉钰",
            "Achenbach, Barned, Berry, Bishop",
            "2006",
            "2006/07/01/",
            "2006/07//Spring",
            "SEP",
            "443",
            "443-450",
            "No",
            "https://example.org/a; https://example.org/b",
            "doi:10.1000/x",
            "1234-5678 (ISSN)",
            "9798373627394",
            "PMC123",
            "1234567",
            "1234567[pmid]",
            "PubMed",
            "one line\ngoes on.\nAnd on\n\nand on",
            "a; b; c",
            "eng",
        ]
    ),
    st.text("abAB1 .,;:'\"()[]/-\n北é{}\\", max_size=15),
)
records = st.lists(st.tuples(st.sampled_from(TAGS), VALUES), max_size=15)


@given(st.sampled_from(["JOUR", "EJOUR", "BOOK", "CHAP", "CPAPER", "PAT", "THES", "ODD"]), records)
@settings(max_examples=50, deadline=None)
def test_what_a_record_says_comes_back(type: str, fields: list[tuple[str, str]]) -> None:
    lines = [f"{tag}  - {value}" for tag, value in fields]
    (first,) = read(READER, "\n".join([f"TY  - {type}", "TI  - T", *lines, "ER  - \n"]))
    assert read(READER, written(WRITER, first)) == [first]
    for tag, value in fields:
        first_line = " ".join(value.split("\n")[0].split())
        if tag in ("ZZ", "Q7", "RP") and first_line:
            assert any(first_line in kept for kept in first.extra["ris"][tag])


@needs_data
@pytest.mark.parametrize(
    "file",
    [
        "asreview/ovid_psycinfo.ris",
        "asreview/pubmed_endnote.txt",
        "asreview/pubmed_zotero.ris",
        "asreview/scopus.ris",
        "asreview/web_of_science.txt",
        "colrev/abi_inform_proquest_ris.ris",
        "rispy/example_bom.ris",
        "rispy/example_multiline.ris",
        "rispy/example_utf_chars.ris",
        "zotero/RIS_1.txt",
        "zotero/RIS_2.txt",
    ],
)
def test_what_people_really_download_comes_back(file: str) -> None:
    content = Path(DATA / "exports" / file).read_text(encoding="utf-8-sig")
    first = read(READER, content)
    assert read(READER, written(WRITER, *first)) == first
