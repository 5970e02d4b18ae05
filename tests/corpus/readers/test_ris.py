"""RIS as reference managers and databases write it."""

from __future__ import annotations

import pytest

from corpus.paper import Paper
from corpus.readers import Skipped, read, reader_for
from tests.data import DATA, needs_data

FULL = """\
TY  - JOUR
ID  - own-7
TI  - Peer support among adults
TT  - 同伴支持
AU  - Davidson, Larry
AU  - 薛婉钰
PY  - 2006
DA  - 2006/07/01
JO  - Schizophrenia Bulletin
VL  - 32
IS  - 3
SP  - 443
EP  - 450
DO  - https://doi.org/10.1093/schbul/sbj043
AB  - We asked.
KW  - recovery
KW  - lived experience
AD  - Yale University
LA  - eng
UR  - https://example.org/a
UR  - https://example.org/b
M3  - Article
ER  -{end}
""".replace("{end}", " ")


def one(papers, content: str) -> Paper:
    (paper,) = papers(content, "ris")
    return paper


def test_every_field_of_a_record(papers) -> None:
    paper = one(papers, FULL)
    extra = dict(paper.extra)
    assert paper == Paper(
        source_id="own-7",
        title="Peer support among adults",
        translated_title="同伴支持",
        abstract="We asked.",
        authors=("Davidson, Larry", "薛婉钰"),
        journal="Schizophrenia Bulletin",
        year=2006,
        volume="32",
        issue="3",
        pages="443-450",
        doi="10.1093/schbul/sbj043",
        url="https://example.org/a",
        keywords=("recovery", "lived experience"),
        affiliations=("Yale University",),
        language="en",
        extra=extra,
    )
    kept = str(extra)
    for value in ("JOUR", "2006/07/01", "https://example.org/b", "Article"):
        assert value in kept


@pytest.mark.parametrize(
    "dialect",
    [
        FULL,
        "\ufeff" + FULL,
        FULL.replace("\n", "\r\n"),
        FULL.replace("  - ", " - "),
        FULL.replace("  - ", "  -"),
        FULL.replace("ER  - ", "ER  -"),
        FULL.replace("TY  -", "  TY  -"),
        "\n\nProvider: A Database\nContent: text\n\n" + FULL + "\n\n",
        FULL.replace("TI  -", "T1  -").replace("JO  -", "JF  -").replace("AB  -", "N2  -"),
        FULL.replace("AU  -", "A1  -").replace("PY  - 2006", "Y1  - 2006/07/01/"),
        FULL.replace("JO  -", "T2  -"),
        FULL.replace("ID  -", "AN  -"),
        FULL.replace("EP  - 450\n", "").replace("SP  - 443", "SP  - 443-450"),
    ],
)
def test_dialects_say_the_same(papers, dialect: str) -> None:
    known = ("source_id", "title", "abstract", "authors", "journal", "year", "pages", "doi", "url")
    paper, plain = one(papers, dialect), one(papers, FULL)
    for field in known:
        assert getattr(paper, field) == getattr(plain, field)


def test_lines_that_were_wrapped_are_joined(papers) -> None:
    paper = one(papers, "TY  - JOUR\nAB  - We asked\npeers about\n   their work.\nER  - \n")
    assert paper.abstract == "We asked peers about their work."


def test_a_line_that_only_looks_like_a_tag_stays_text(papers) -> None:
    paper = one(papers, "TY  - JOUR\nAB  - first line,\nER then second line\nER  - \n")
    assert paper.abstract == "first line, ER then second line"


@pytest.mark.parametrize(
    ("lines", "pages"),
    [
        ("SP  - 5\nEP  - 9", "5-9"),
        ("SP  - 5\nEP  - 5", "5"),
        ("SP  - e12", "e12"),
        ("EP  - 9", "9"),
    ],
)
def test_pages(papers, lines: str, pages: str) -> None:
    assert one(papers, f"TY  - JOUR\nTI  - t\n{lines}\nER  - \n").pages == pages


def test_unknown_tags_are_kept(papers) -> None:
    paper = one(papers, "TY  - JOUR\nTI  - t\nZZ  - odd\nER  - \n")
    assert "odd" in str(dict(paper.extra))


def test_a_bad_record_costs_only_itself(reading) -> None:
    good = "TY  - JOUR\nTI  - Good {}\nER  - \n"
    content = (
        good.format(1)
        + "TY  - JOUR\nTI  - has no end\n"
        + good.format(2)
        + "TY  - JOUR\nPY  - 2020\nER  - \n"
        + "stray text\nER  - \n"
        + good.format(3)
        + "TY  - JOUR\nTI  - cut o"
    )
    found = reading(content, "ris")
    assert [(one.number, one.line) for one in found] == [
        (1, 1),
        (2, 4),
        (3, 6),
        (4, 9),
        (5, 14),
        (6, 17),
    ]
    skipped = {one.number: one.reason for one in found if isinstance(one, Skipped)}
    assert skipped.keys() == {2, 4, 6}
    assert "no end (ER)" in skipped[2]
    assert skipped[4] == "no title, abstract or DOI"
    assert "cut off" in skipped[6]


@needs_data
@pytest.mark.parametrize(
    ("file", "count"),
    [
        ("rispy/example_bom.ris", 1),
        ("rispy/example_multiline.ris", 3),
        ("rispy/example_utf_chars.ris", 1),
        ("asreview/web_of_science.txt", None),
        ("asreview/ovid_psycinfo.ris", None),
        ("asreview/pubmed_zotero.ris", None),
        ("asreview/scopus.ris", None),
        ("colrev/abi_inform_proquest_ris.ris", None),
        ("zotero/RIS_1.txt", None),
        ("zotero/RIS_2.txt", None),
    ],
)
def test_every_record_of_what_people_really_download(file: str, count: int | None) -> None:
    path = DATA / "exports" / file
    reader = reader_for(path)
    assert reader.name == "ris"
    found = list(read(path, reader))
    begun = path.read_text(encoding="utf-8-sig").replace("\r", "\n").split("\n")
    assert [one for one in found if isinstance(one, Skipped)] == []
    assert len(found) == (count or sum(line.lstrip().startswith("TY  - ") for line in begun))
    assert all(one.paper.title or one.paper.abstract or one.paper.doi for one in found)
