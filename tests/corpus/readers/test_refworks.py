"""RefWorks' tags, its own and CNKI's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from corpus.paper import Paper
from corpus.readers import Record, Skipped, Text
from corpus.readers.refworks import READER
from tests.corpus.readers.damage import damaged
from tests.data import DATA, needs_data

FULL = """\
RT Journal Article
SR Electronic(1)
ID 17
A1 Davidson,Larry
A1 van Berg,Piet,Jr
T1 Peer support among adults
OT 成人同伴支持
JF Schizophrenia Bulletin
JO Schizophr. Bull.
YR 2006
FD July 1
VO 32
IS 3
SP 443
OP 450
K1 peer support
K1 recovery
AB Aims. We asked
We used forms.
IN all, it helps.
NO a note
A2 Roe,Richard
PB Oxford
PP London
SN 0586-7614
AD Yale University; Univ of Peers
LA English
PMID 16461576
UL https://example.org/a
DO 10.1093/schbul/sbj043
U1 mine
"""
CNKI = """\
RT Dissertation/Thesis
SR 1
A1林行
A3 黄三;杨清
PB 南方农业大学
T1 黄瓜基因模块
CL 硕士
YR 2015
IS 06
vo 49
OP 110-111+117
K1 黄瓜;网络
AB 黄瓜是重要的蔬菜作物
,也是植物性别研究的模式。
结论:有用。
LA 中文;
DS CNKI
LK https://link.cnki.net/doi/10.13207/j.cnki.2024.07.011

"""


def one(papers, content: str) -> Paper:
    (paper,) = papers(content, "refworks")
    return paper


def test_every_field_of_a_record(papers) -> None:
    paper = one(papers, FULL)
    extra = dict(paper.extra)
    assert paper == Paper(
        source_id="17",
        pmid="16461576",
        title="Peer support among adults",
        translated_title="成人同伴支持",
        abstract="Aims. We asked We used forms.\nIN all, it helps.",
        authors=("Davidson, Larry", "van Berg, Piet, Jr"),
        journal="Schizophrenia Bulletin",
        year=2006,
        volume="32",
        issue="3",
        pages="443-450",
        doi="10.1093/schbul/sbj043",
        url="https://example.org/a",
        keywords=("peer support", "recovery"),
        affiliations=("Yale University", "Univ of Peers"),
        language="en",
        extra=extra,
    )
    assert extra == {
        "type": "article-journal",
        "date": "2006-07-01",
        "issn": ["0586-7614"],
        "publisher": "Oxford",
        "place": "London",
        "editors": ["Roe, Richard"],
        "note": "a note",
        "refworks": {"SR": ["Electronic(1)"], "JO": ["Schizophr. Bull."], "U1": ["mine"]},
    }


def test_a_thesis_as_cnki_has_it(papers) -> None:
    first, second = papers(CNKI + CNKI.replace("林行", "虞锦"), "refworks")
    assert (first.authors, second.authors) == (("林行",), ("虞锦",))
    assert first.title == "黄瓜基因模块"
    assert first.abstract == "黄瓜是重要的蔬菜作物,也是植物性别研究的模式。\n结论:有用。"
    assert (first.volume, first.issue, first.pages) == ("49", "6", "110-111+117")
    assert (first.keywords, first.language) == (("黄瓜", "网络"), "zh")
    assert first.doi == "10.13207/j.cnki.2024.07.011"
    assert first.extra["publisher"] == "南方农业大学"
    assert first.extra["refworks"]["A3"] == ["黄三;杨清"]
    assert first.extra["refworks"]["CL"] == ["硕士"]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("A1 颜宏,石德成,尹尚军,赵伟", ("颜宏", "石德成", "尹尚军", "赵伟")),
        ("A1 唐伦;赵培培;", ("唐伦", "赵培培")),
        ("A1  施吉", ("施吉",)),
        ("A1 Zelle, Rintze M.", ("Zelle, Rintze M.",)),
    ],
)
def test_who_is_in_one_a1(papers, line: str, authors: tuple[str, ...]) -> None:
    assert one(papers, f"RT Journal Article\nSR 1\n{line}\nT1 t\n").authors == authors


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        ("SP 5\nOP 9", "5-9"),
        ("SP 5\nOP 5", "5"),
        ("OP 5-9", "5-9"),
        ("SP 5\nOP 5-9", "5-9"),
        ("SP 5", "5"),
    ],
)
def test_pages(papers, lines: str, pages: str) -> None:
    assert one(papers, f"RT Book\nT1 t\n{lines}\n").pages == pages


@pytest.mark.parametrize(
    ("lines", "type", "journal"),
    [
        ("RT Book, Section\nT1 t\nT2 A Book", "chapter", "A Book"),
        ("RT Conference Proceeding\nT1 t\nJF 文集", "paper-conference", "文集"),
        ("RT Newspaper Article\nT1 t\nPB 科技日报\nFD 2023-09-21", "article-newspaper", "科技日报"),
        ("RT Standard\nT1 t\nURL https://example.org/", "standard", ""),
        ("RT Generic\nT1 t", None, ""),
    ],
)
def test_kinds_of_papers(papers, lines: str, type: str | None, journal: str) -> None:
    paper = one(papers, lines + "\n")
    assert (paper.extra.get("type"), paper.journal) == (type, journal)
    if type is None:
        assert paper.extra["refworks"]["RT"] == ["Generic"]


def test_a_line_that_only_looks_like_the_next_record(papers) -> None:
    lines = "RT PCR was performed on all samples, as is usual in such studies.\nDone."
    (paper,) = papers(f"RT Journal Article\nT1 t\nAB We asked.\n{lines}\n", "refworks")
    assert paper.title == "t"


def test_a_bad_record_costs_only_itself(reading) -> None:
    found = reading(
        "RT Journal Article\nT1 One\n\nRT Journal Article\nYR 2020\n\nRT Book, Whole\nT1 Three\n"
        "RT Generic\nT1 Four, without a line between\n",
        "refworks",
    )
    assert [(one.number, one.line) for one in found] == [(1, 1), (2, 4), (3, 7), (4, 9)]
    assert [one.number for one in found if isinstance(one, Skipped)] == [2]


@pytest.mark.parametrize(
    "head",
    [
        "RT PCR was done.\nThen we asked.\n",
        "A1 Doe,Jane\nT1 t\n",
        "TY  - JOUR\nRT Journal Article\nT1 t\n",
        "PT J\nTI t\nER\n",
    ],
)
def test_what_is_not_of_this_format(head: str) -> None:
    assert not READER.recognises(head)


@settings(max_examples=50, deadline=None)
@given(damaged(FULL + "\n" + CNKI))
def test_whatever_happens_to_a_file_it_can_be_read(content: str) -> None:
    for number, found in enumerate(READER.read(Text.of(content)), start=1):
        assert found.number == number
        if isinstance(found, Record):
            assert found.paper.title or found.paper.abstract or found.paper.doi


@needs_data
@pytest.mark.parametrize(
    ("number", "people", "pages", "doi"),
    [
        (1, 6, "1-7", "10.13207/j.cnki.jnwafu.2024.07.011"),
        (2, 4, "1106-1111+1117", ""),
        (3, 4, "889-892", "10.13287/j.1001-9332.2000.0212"),
    ],
)
def test_what_people_really_download(
    papers, number: int, people: int, pages: str, doi: str
) -> None:
    content = (DATA / "exports" / f"zotero_cn/CNKI_RefWorks_{number}.txt").read_bytes()
    paper = one(papers, content)
    assert (len(paper.authors), paper.pages, paper.doi) == (people, pages, doi)
    assert paper.title
    assert paper.abstract
    assert all(2 <= len(name) <= 3 for name in paper.authors)
    assert 4 <= len(paper.keywords) <= 7
