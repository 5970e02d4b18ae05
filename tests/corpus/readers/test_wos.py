"""Web of Science's tagged format, of today and of ISI's time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from corpus.paper import Paper
from corpus.readers import Record, Skipped, Text
from corpus.readers.wos import READER
from tests.corpus.readers.damage import damaged
from tests.data import DATA, needs_data

HEAD = "FN Clarivate Analytics Web of Science\nVR 1.0\n"
FULL = """\
PT J
AU Doe, J
   van Berg, P
AF Doe, Jane Q.
   van Berg, Piet
CA Peer Study Grp
TI Peer support among adults: A
   long-term trial
SO JOURNAL OF PEERS
LA English
DT Article
DE peer support; lived experience;
   recovery
ID MENTAL-HEALTH; ADULTS
AB Peers matter (n = 12). This redox-
   and peer-neutral path helps.
C1 [Doe, Jane Q.; van Berg, Piet] Univ Somewhere, Dept Peers, City, Land.
   [van Berg, Piet] Univ Elsewhere, Town, Land.
RP Doe, J, Univ Somewhere, Dept Peers,
   City, Land.
CR One A, 1997, J A, V1, P1
   Two B, 1998, J B, V2, P2
NR 2
TC 11
PU PEER PRESS
PI CITY
SN 1234-5678
EI 8765-432X
J9 J PEERS
PD JUN 14
PY 2006
VL 18
IS 23
BP 5323
EP 5331
DI 10.1000/peers.2006.1
WC Psychology, Clinical; Psychiatry
SC Psychology; Psychiatry
UT WOS:000238592600006
PM 16757000
ER
"""


def one(papers, content: str) -> Paper:
    (paper,) = papers(content, "wos")
    return paper


def test_every_field_of_a_record(papers) -> None:
    paper = one(papers, HEAD + FULL + "\nEF")
    extra = dict(paper.extra)
    assert paper == Paper(
        source_id="WOS:000238592600006",
        pmid="16757000",
        title="Peer support among adults: A long-term trial",
        abstract="Peers matter (n = 12). This redox- and peer-neutral path helps.",
        authors=("Doe, Jane Q.", "van Berg, Piet", "Peer Study Grp"),
        journal="JOURNAL OF PEERS",
        year=2006,
        volume="18",
        issue="23",
        pages="5323-5331",
        doi="10.1000/peers.2006.1",
        keywords=("peer support", "lived experience", "recovery"),
        subjects=(
            "MENTAL-HEALTH",
            "ADULTS",
            "Psychology, Clinical",
            "Psychiatry",
            "Psychology",
        ),
        affiliations=(
            "Univ Somewhere, Dept Peers, City, Land.",
            "Univ Elsewhere, Town, Land.",
        ),
        language="en",
        extra=extra,
    )
    kept = extra.pop("wos")
    assert extra == {
        "publisher": "PEER PRESS",
        "place": "CITY",
        "type": "article-journal",
        "issn": ["1234-5678", "8765-432X"],
        "date": "2006-06-14",
    }
    assert kept["AU"] == ["Doe, J", "van Berg, P"]
    assert kept["CR"] == ["One A, 1997, J A, V1, P1", "Two B, 1998, J B, V2, P2"]
    assert kept["RP"] == ["Doe, J, Univ Somewhere, Dept Peers, City, Land."]
    assert len(kept["C1"]) == 2
    assert kept["C1"][1].startswith("[van Berg")
    assert kept["TC"] == ["11"]


@pytest.mark.parametrize(
    "dialect",
    [
        FULL,
        "\ufeff" + HEAD + FULL,
        "\n" + HEAD + "\n" + FULL,
        (HEAD + FULL).replace("\n", "\r\n"),
        FULL.replace("   ", "  "),
        FULL.replace("PT J\n", "PT J \n").replace("ER\n", "ER  \n"),
        HEAD
        + FULL.replace(
            "AB Peers matter (n = 12). This redox-\n   and",
            "AB Peers matter (n = 12). This redox- and",
        ),
    ],
)
def test_dialects_say_the_same(papers, dialect: str) -> None:
    paper, plain = one(papers, dialect), one(papers, HEAD + FULL)
    assert paper == plain


def test_short_names_where_there_are_no_full_ones(papers) -> None:
    content = FULL.replace("AF Doe, Jane Q.\n   van Berg, Piet\n", "")
    assert one(papers, content).authors[:2] == ("Doe, J", "van Berg, P")


@pytest.mark.parametrize(
    ("lines", "pages"),
    [("BP 5\nEP 9", "5-9"), ("BP 5\nEP 5", "5"), ("AR e12", "e12"), ("BP 5\nAR e12", "5")],
)
def test_pages(papers, lines: str, pages: str) -> None:
    assert one(papers, f"PT J\nTI t\n{lines}\nER\n").pages == pages


@pytest.mark.parametrize(
    ("lines", "year", "date"),
    [
        ("PD FEB 2011\nPY 2011", 2011, "2011-02"),
        ("PD JAN-FEB\nPY 2011", 2011, None),
        ("PD WIN\nPY 2011", 2011, None),
        ("EA JAN 2020", 2020, "2020-01"),
        ("PY 2011", 2011, None),
    ],
)
def test_dates(papers, lines: str, year: int, date: str | None) -> None:
    paper = one(papers, f"PT J\nTI t\n{lines}\nER\n")
    assert (paper.year, paper.extra.get("date")) == (year, date)
    if "WIN" in lines:
        assert paper.extra["wos"]["PD"] == ["WIN"]


@pytest.mark.parametrize(
    ("lines", "type"),
    [
        ("PT J\nDT Article", "article-journal"),
        ("PT J\nDT Article; Proceedings Paper", "article-journal"),
        ("PT C\nDT Proceedings Paper", "paper-conference"),
        ("PT S\nDT Book Chapter", "chapter"),
        ("PT B\nDT Book", "book"),
        ("PT P", "patent"),
    ],
)
def test_kinds_of_papers(papers, lines: str, type: str) -> None:
    assert one(papers, f"{lines}\nTI t\nER\n").extra["type"] == type


def test_a_paper_in_proceedings(papers) -> None:
    paper = one(
        papers,
        "PT B\nAU [Anonymous]\nBE Roe, Richard\n   Poe, E\nTI t\nSO PROCEEDINGS OF PEERS\n"
        "SE LECTURES ON PEERS\nCT Conference on Peers\nDT Proceedings Paper\n"
        "BN 978-3-16-148410-0; 3-16-148410-X\nER\n",
    )
    assert (paper.authors, paper.journal) == ((), "PROCEEDINGS OF PEERS")
    assert paper.extra["editors"] == ["Roe, Richard", "Poe, E"]
    assert paper.extra["isbn"] == ["978-3-16-148410-0", "3-16-148410-X"]
    assert paper.extra["conference"] == "Conference on Peers"
    assert paper.extra["series"] == "LECTURES ON PEERS"


def test_a_bad_record_costs_only_itself(reading) -> None:
    found = reading(
        HEAD + "PT J\nTI One\nER\n\nPT J\nTI No end\nPT J\nPY 2020\nER\n\nEF\n"
        "\ufeffFN Another file\nVR 1.0\nPT J\nTI Four\nER\nstray\nPT J\nTI Cut o",
        "wos",
    )
    assert [(one.number, one.line) for one in found] == [(1, 3), (2, 7), (3, 9), (4, 16), (5, 20)]
    skipped = {one.number: one.reason for one in found if isinstance(one, Skipped)}
    assert skipped == {
        2: "the record has no end (ER)",
        3: "no title, abstract or DOI",
        5: "the record has no end (ER)",
    }


@pytest.mark.parametrize(
    "head",
    [
        "FN is a letter\nVR another\nPS too\n",
        "PT\tAU\tTI\nJ\tDoe\tt\n",
        "PT JUST A SENTENCE\nTI t\n",
        "TY  - JOUR\nAU  - Doe\nER  - \n",
        "RT Journal Article\nT1 t\n",
    ],
)
def test_what_is_not_of_this_format(head: str) -> None:
    assert not READER.recognises(head)


@settings(max_examples=50, deadline=None)
@given(damaged(HEAD + FULL + "\n" + FULL + "EF\n"))
def test_whatever_happens_to_a_file_it_can_be_read(content: str) -> None:
    for number, found in enumerate(READER.read(Text.of(content)), start=1):
        assert found.number == number
        if isinstance(found, Record):
            assert found.paper.title or found.paper.abstract or found.paper.doi


@needs_data
@pytest.mark.parametrize(
    ("file", "count"),
    [("jabref/IsiImporterTestWOS.isi", 2), ("zotero_cn/Web_of_Science_Tagged_1.txt", 5)],
)
def test_what_people_really_download(papers, file: str, count: int) -> None:
    found = papers((DATA / "exports" / file).read_bytes(), "wos")
    assert len(found) == count
    assert all(one.title and one.abstract and one.year and one.source_id for one in found)
    assert all("," in name for one in found for name in one.authors)


@needs_data
def test_names_and_wrapped_lines_as_isi_wrote_them(papers) -> None:
    _, paper = papers((DATA / "exports" / "jabref/IsiImporterTestWOS.isi").read_bytes(), "wos")
    assert paper.authors[3:5] == ("Degl'Innocenti, R", "Poberaj, G")
    assert "optical indicatrix. The depth" in paper.abstract
    assert (paper.pages, paper.extra["date"]) == ("2344-2358", "2006-03-20")
    assert len(paper.extra["wos"]["CR"]) == 15
