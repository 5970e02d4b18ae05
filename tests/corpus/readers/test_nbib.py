"""PubMed's tagged format, and that of ERIC and PubMed Central."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from corpus.errors import UnreadableFile
from corpus.paper import Paper
from corpus.readers import Record, Skipped, Text, tagged
from corpus.readers.nbib import READER
from tests.corpus.readers.damage import damaged
from tests.data import DATA, needs_data

FULL = """\
PMID- 31000001
OWN - NLM
IS  - 1234-5678 (Electronic)
IS  - 8765-432X (Linking)
VI  - 12
IP  - 3
DP  - 2019 Mar 7
TI  - Peer support for adults with
      long-lasting illness: a trial.
PG  - 697-704
LID - 10.1000/peer.2019.1 [doi]
LID - e12 [pii]
AB  - BACKGROUND: Little is known. CO(2) matters. METHODS AND MATERIALS: We asked 12
      peers (n=12). Results: many. CONCLUSIONS: It helps.
FAU - Doe, Jane Q Jr
AU  - Doe JQ Jr
AD  - Department of Peers, University of
      Somewhere.
FAU - van der Berg, Piet
AU  - van der Berg P
AD  - Department of Peers, University of Somewhere.
CN  - Peer Support Study Group, Northern Arm
LA  - eng
PT  - Journal Article
PL  - England
TA  - J Peers
JT  - Journal of peers
MH  - Aged, 80 and over
MH  - Stroke/*surgery
MH  - Stroke/diagnosis
OT  - *peers
OT  - support
PMC - PMC7000001
AID - 10.1000/peer.2019.1 [doi]
SO  - J Peers. 2019 Mar 7;12(3):697-704.
"""
HEADED = (
    "BACKGROUND: Little is known. CO(2) matters.\n"
    "METHODS AND MATERIALS: We asked 12 peers (n=12). Results: many.\n"
    "CONCLUSIONS: It helps."
)


def one(papers, content: str) -> Paper:
    (paper,) = papers(content, "nbib")
    return paper


def test_every_field_of_a_record(papers) -> None:
    paper = one(papers, FULL)
    extra = dict(paper.extra)
    assert paper == Paper(
        source_id="31000001",
        pmid="31000001",
        title="Peer support for adults with long-lasting illness: a trial",
        abstract=HEADED,
        authors=(
            "Doe, Jane Q, Jr",
            "van der Berg, Piet",
            "Peer Support Study Group Northern Arm",
        ),
        journal="Journal of peers",
        year=2019,
        volume="12",
        issue="3",
        pages="697-704",
        doi="10.1000/peer.2019.1",
        keywords=("peers", "support"),
        subjects=("Aged, 80 and over", "Stroke"),
        affiliations=("Department of Peers, University of Somewhere.",),
        language="en",
        extra=extra,
    )
    kept = extra.pop("nbib")
    assert extra == {
        "pmcid": "PMC7000001",
        "place": "England",
        "date": "2019-03-07",
        "issn": ["1234-5678", "8765-432X"],
        "type": "article-journal",
    }
    assert kept["LID"] == ["e12 [pii]"]
    assert kept["MH"] == ["Stroke/*surgery", "Stroke/diagnosis"]
    assert kept["OT"] == ["*peers"]
    assert kept["TA"] == ["J Peers"]
    assert kept["SO"] == ["J Peers. 2019 Mar 7;12(3):697-704."]
    assert "AID" not in kept


@pytest.mark.parametrize(
    "dialect",
    [
        "\ufeff\n" + FULL,
        FULL.replace("\n", "\r\n"),
        FULL.replace("\n", "\r\r\n"),
        FULL.replace("PMID- ", "PMID-"),
        FULL.replace("      ", "   "),
    ],
)
def test_dialects_say_the_same(papers, dialect: str) -> None:
    paper, plain = one(papers, dialect), one(papers, FULL)
    for field in ("pmid", "title", "abstract", "journal", "doi", "keywords", "affiliations"):
        assert getattr(paper, field) == getattr(plain, field)


def test_short_names_where_there_are_no_full_ones(papers) -> None:
    paper = one(papers, re.sub("FAU - .*\n", "", FULL))
    assert paper.authors[:2] == ("Doe, JQ, Jr", "van der Berg, P")


@pytest.mark.parametrize(
    ("line", "pages"),
    [("PG  - 454-81", "454-481"), ("PG  - e86", "e86"), ("PG  - E174; discussion E174", None)],
)
def test_pages(papers, line: str, pages: str | None) -> None:
    read = one(papers, f"PMID- 1\nTI  - t\n{line}\n")
    assert read.pages == (pages or line[6:])


@pytest.mark.parametrize(
    ("said", "year", "date", "kept"),
    [
        ("2019", 2019, None, ["2019"]),
        ("2019 Sep", 2019, "2019-09", None),
        ("2018 Jul-Sep", 2018, None, ["2018 Jul-Sep"]),
        ("1998 Dec-1999 Jan", 1998, None, ["1998 Dec-1999 Jan"]),
        ("2000 Spring", 2000, None, ["2000 Spring"]),
    ],
)
def test_dates(papers, said: str, year: int, date: str | None, kept: list[str] | None) -> None:
    paper = one(papers, f"PMID- 1\nTI  - t\nDP  - {said}\nSTAT- x\n")
    assert (paper.year, paper.extra.get("date")) == (year, date)
    assert paper.extra["nbib"].get("DP") == kept


def test_a_chinese_paper_is_in_its_own_language(papers) -> None:
    paper = one(
        papers,
        "PMID- 1\nLA  - chi\nTI  - [Peer support at home].\nTT  - 居家同伴支持\n"
        "AB  - OBJECTIVE: To ask.\nOAB - Publisher: 目的：询问。\nOABL- chi\n",
    )
    assert (paper.title, paper.translated_title) == ("居家同伴支持", "Peer support at home")
    assert (paper.abstract, paper.translated_abstract) == ("目的：询问。", "OBJECTIVE: To ask.")
    assert paper.language == "zh"


def test_another_paper_is_in_english_first(papers) -> None:
    paper = one(
        papers,
        "PMID- 1\nLA  - ger\nTI  - [Peer support].\nTT  - Unterstützung.\nAB  - We asked.\n"
        "OAB - Publisher: Abstract available from the publisher.\nOABL- ger\n",
    )
    assert (paper.title, paper.translated_title) == ("Peer support", "Unterstützung")
    assert (paper.abstract, paper.translated_abstract) == ("We asked.", "")
    assert paper.extra["nbib"]["OAB"] == ["Abstract available from the publisher."]


def test_a_title_that_nobody_translated(papers) -> None:
    paper = one(papers, "PMID- 1\nLA  - chi\nTI  - [Not Available].\nTT  - 居家同伴支持\n")
    assert (paper.title, paper.translated_title) == ("居家同伴支持", "")


def test_what_eric_exports(papers) -> None:
    first, second = papers(
        "\nOWN - ERIC\nTI  - A Test of Tests\nAU  - Hulse, Taylyn\nJT  - Language\nVI  - 21\n"
        "AID - http://dx.doi.org/10.1007/s1-2\nOID - EJ1208101\nDP  - Apr 2019\n"
        "LID - http://eric.ed.gov/?id=EJ1208101\nISSN - ISSN-1042-1629\nLA  - English\n\n"
        "OWN - ERIC\nTI  - A Report\nJT  - OECD Publishing\nOID - ED576982\nDP  - 2017\n",
        "nbib",
    )
    assert (first.source_id, first.doi) == ("EJ1208101", "10.1007/s1-2")
    assert first.url == "http://eric.ed.gov/?id=EJ1208101"
    assert (first.extra["issn"], first.extra["date"]) == (["1042-1629"], "2019-04")
    assert (first.authors, first.language) == (("Hulse, Taylyn",), "en")
    assert (second.source_id, second.extra["type"], second.journal) == ("ED576982", "report", "")
    assert second.extra["publisher"] == "OECD Publishing"


def test_what_pubmed_central_exports(papers) -> None:
    first, second = papers(
        "PMC - PMC1\nPMID- 11\nTI  - One\n\nPMC - PMC2\nTI  - Two\n",
        "nbib",
    )
    assert (first.source_id, first.extra["pmcid"]) == ("11", "PMC1")
    assert (second.source_id, second.title) == ("PMC2", "Two")


def test_a_chapter_of_a_book(papers) -> None:
    paper = one(
        papers,
        "PMID- 1\nPB  - NCBI\nDP  - 2009\nTI  - A Syndrome\nBTI - Syndromes\nFED - Doe, Jane\n"
        "FAU - Roe, R. M.\nPT  - Book Chapter\n",
    )
    assert (paper.title, paper.journal) == ("A Syndrome", "Syndromes")
    assert (paper.extra["type"], paper.extra["editors"]) == ("chapter", ["Doe, Jane"])
    assert paper.extra["publisher"] == "NCBI"


def test_a_bad_record_costs_only_itself(reading) -> None:
    found = reading(
        "PMID- 1\nTI  - One\n\nPMID- 2\nDP  - 2019\n\nstray\nPMID- 3\nTI  - Three\n"
        "PMID- 4\nTI  - Four, without a line between\n\ufeffPMID- 5\nTI  - Another file's",
        "nbib",
    )
    assert [(one.number, one.line) for one in found] == [(1, 1), (2, 4), (3, 8), (4, 10), (5, 12)]
    assert [one.number for one in found if isinstance(one, Skipped)] == [2]
    assert found[1].reason == "no title, abstract or DOI"


@pytest.mark.parametrize(
    "head",
    [
        "TY  - JOUR\nPMID- 1\nTI  - t\nER  - \n",
        "AU  - Doe J\nPMID- 1\nTI  - t\n",
        "@article{a,\n  note = {\nPMID- 1\nTI  - t\n}}\n",
        "PMID- about\nTI  - t\n",
        "PMID- 1 and so on\nsaid the letter.\n",
        "PMID,Title\n1,t\n",
    ],
)
def test_what_is_not_of_this_format(head: str) -> None:
    assert not READER.recognises(head)


def test_a_record_beyond_all_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tagged, "LONGEST", 1 << 16)
    long = "PMID- 1\nTI  - t\n" + "      and on and on\n" * 1000
    read = READER.read(Text.of("PMID- 0\nTI  - t\n" + long, Path("big.nbib")))
    assert isinstance(next(read), Record)
    with pytest.raises(UnreadableFile, match=r"big\.nbib, line 8\d\d: .* line 3 is too large"):
        list(read)


@settings(max_examples=50, deadline=None)
@given(damaged(FULL + "\n" + FULL.replace("1000001", "2000002")))
def test_whatever_happens_to_a_file_it_can_be_read(content: str) -> None:
    for number, found in enumerate(READER.read(Text.of(content)), start=1):
        assert found.number == number
        if isinstance(found, Record):
            assert found.paper.title or found.paper.abstract or found.paper.doi


@needs_data
@pytest.mark.parametrize(
    ("file", "read", "skipped"),
    [
        ("pubmed/pubmed-balloongui-set.nbib", 75, 0),
        ("pubmed/single.nbib", 1, 0),
        ("zotero/MEDLINEnbib_1.txt", 1, 0),
        ("jabref/MedlinePlainImporterTestMultipleEntries.txt", 4, 3),
    ],
)
def test_what_people_really_download(reading, file: str, read: int, skipped: int) -> None:
    content = (DATA / "exports" / file).read_bytes()
    found = reading(content, "nbib")
    papers = [one.paper for one in found if isinstance(one, Record)]
    assert (len(papers), len(found) - len(papers)) == (read, skipped)
    if "pubmed/" in file:
        pmids = re.findall(r"(?m)^PMID- (\d+)", content.decode())
        assert [paper.pmid for paper in papers] == pmids
        assert all(paper.title and paper.authors and paper.year for paper in papers)
        assert all("\n      " not in paper.abstract for paper in papers)
        dois = {line.lower() for line in re.findall(r"- (10\S+) \[doi\]", content.decode())}
        assert {paper.doi.lower() for paper in papers if paper.doi} <= dois


@needs_data
def test_heads_stand_on_lines_of_their_own(reading) -> None:
    content = (DATA / "exports" / "pubmed/pubmed-balloongui-set.nbib").read_bytes()
    paper = reading(content, "nbib")[1].paper
    assert [line.split(":")[0] for line in paper.abstract.splitlines()] == [
        "BACKGROUND AND PURPOSE",
        "MATERIALS AND METHODS",
        "RESULTS",
        "CONCLUSIONS",
    ]
