"""RIS as reference managers and databases write it."""

from __future__ import annotations

import time

import pytest

from corpus.errors import UnreadableFile
from corpus.files.packed import files_in
from corpus.paper import Paper
from corpus.readers import Record, Skipped, Text, recognise, ris
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
        extra={
            "type": "article-journal",
            "date": "2006-07-01",
            "urls": ["https://example.org/b"],
            "ris": {"M3": ["Article"]},
        },
    )


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
        FULL.replace("TY  - JOUR", "TY  - Journal Article"),
        FULL.replace("ER  -", "ER"),
        FULL.replace("AU  - Davidson, Larry", "AU  - Davidson,Larry"),
        FULL.replace("UR  - https://example.org/a\nUR  - ", "UR  - https://example.org/a; "),
        FULL.replace("DO  -", "M3  -"),
        FULL.replace("\nPY  - 2006\n", "\n").replace("DA  -", "Y1  -"),
        "1.\n" + FULL + "2.\n",
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


def test_paragraphs_and_lines_that_end_a_sentence_are_kept(papers) -> None:
    paper = one(
        papers,
        """TY  - JOUR
AB  - BACKGROUND: We asked
peers.
METHODS: In two
lines

RESULTS
同伴
支持。
N1  - one
  * two

  * three
T1  - Peer
support
ER  -
""",
    )
    assert paper.abstract == "BACKGROUND: We asked peers.\nMETHODS: In two lines\nRESULTS同伴支持。"
    assert paper.extra["note"] == "one\n* two\n* three"
    assert paper.title == "Peer support"


def test_every_line_of_keywords_and_addresses_is_one(papers) -> None:
    paper = of(papers, "KW  - Animals\nCitrus/*chemistry\nAnimals\nAD  - Yale.\nLeiden.")
    assert paper.keywords == ("Animals", "Citrus/*chemistry")
    assert paper.affiliations == ("Yale.", "Leiden.")


@pytest.mark.parametrize(
    ("lines", "keywords"),
    [
        ("KW  - a; b;c", ["a", "b", "c"]),
        ("KW  - a; b\nKW  - c", ["a; b", "c"]),
        ("KW  - 同伴支持；心理健康", ["同伴支持", "心理健康"]),
        ("KW  - \nKW  - a", ["a"]),
    ],
)
def test_keywords(papers, lines: str, keywords: list[str]) -> None:
    assert list(of(papers, lines).keywords) == keywords


def of(papers, lines: str, type: str = "JOUR") -> Paper:
    """The paper of a record that has a title and these lines."""
    return one(papers, f"TY  - {type}\nTI  - t\n{lines}\nER  - \n")


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
        ("SP  - 443-450\nEP  - 450", "443-450"),
        ("SP  - 349-69", "349-369"),
        ("SP  - xii\nEP  - xv", "xii-xv"),
        ("SP  - No\nEP  - Specified", ""),
        ("C7  - 104501", "104501"),
    ],
)
def test_pages(papers, lines: str, pages: str) -> None:
    assert one(papers, f"TY  - JOUR\nTI  - t\n{lines}\nER  - \n").pages == pages


def test_unknown_tags_are_kept(papers) -> None:
    paper = of(papers, "ZZ  - odd\nZZ  - more\nA9  - x\n  y\nC1  - z")
    assert paper.extra["ris"] == {"ZZ": ["odd", "more"], "A9": ["x\ny"], "C1": ["z"]}


def test_what_is_there_twice_is_kept(papers) -> None:
    paper = of(papers, "TI  - u\nVL  - 1\nVL  - 2\nPB  - Wiley\nPB  - US\nAB  - a\nAB  - b")
    assert (paper.title, paper.volume, paper.abstract) == ("t", "1", "a\nb")
    assert paper.extra["publisher"] == "Wiley"
    assert paper.extra["ris"] == {"TI": ["u"], "VL": ["2"], "PB": ["US"]}


def test_what_only_says_it_again_is_not(papers) -> None:
    lines = (
        "PY  - 2020\nY1  - 2020//\nDA  - 2020\nST  - t\nJF  - J\nJO  - J\nJ2  - j\nAB  - a\nN2  - a"
    )
    paper = of(papers, lines)
    assert paper.extra == {"type": "article-journal", "ris": {"J2": ["j"]}}
    other = of(papers, "AB  - a\nN2  - b")
    assert (other.abstract, other.extra["ris"]) == ("a", {"N2": ["b"]})


@pytest.mark.parametrize(
    ("lines", "year", "date"),
    [
        ("PY  - 2006/07/01/", 2006, "2006-07-01"),
        ("Y1  - 1990/2/27", 1990, "1990-02-27"),
        ("PY  - 2018\nDA  - SEP", 2018, "2018-09"),
        ("PY  - 2018\nDA  - APR 21", 2018, "2018-04-21"),
        ("PY  - 2019\nDA  - 2019/06//undefined", 2019, "2019-06"),
        ("DA  - 2019///", 2019, None),
        ("PY  - 2019\nDA  - Spring", 2019, None),
        ("PY  - 2019\nDA  - JUL-AUG", 2019, None),
        ("PY  - in press", None, None),
    ],
)
def test_dates(papers, lines: str, year: int | None, date: str | None) -> None:
    paper = of(papers, lines)
    assert (paper.year, paper.extra.get("date")) == (year, date)
    for odd in ("Spring", "JUL-AUG", "in press"):
        assert (odd in str(paper.extra)) == (odd in lines)


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        ("AU  - King,Martin Luther,Jr", ["King, Martin Luther, Jr"]),
        ("AU  - 张, 三\nAU  - 李四；王五", ["张三", "李四", "王五"]),
        (
            "AU  - K. Zhang\nAU  - World Health Organization",
            ["Zhang, K.", "World Health Organization"],
        ),
        ("AU  - Doctors Without Borders,", ["Doctors Without Borders"]),
        ("A1  - Doe, J.\nAU  - Roe, R.", ["Doe, J.", "Roe, R."]),
        ("A1  - Doe, J.\nAU  - Doe, J.", ["Doe, J."]),
        ("AU  - Wang, Y.\nAU  - Wang, Y.\nAU  - et al.", ["Wang, Y.", "Wang, Y.", "et al."]),
    ],
)
def test_names(papers, lines: str, authors: list[str]) -> None:
    assert list(of(papers, lines).authors) == authors


def test_editors_and_translators(papers) -> None:
    paper = of(papers, "A2  - Doe, J.\nED  - Roe, R.\nA4  - Poe, E.\nA3  - S", "CHAP")
    assert paper.extra["editors"] == ["Doe, J.", "Roe, R."]
    assert paper.extra["translators"] == ["Poe, E."]
    assert paper.extra["ris"] == {"A3": ["S"]}
    crowd = of(papers, "A2  - Achenbach, Barned, Benchimol, Berry")
    assert crowd.extra["ris"] == {"A2": ["Achenbach, Barned, Benchimol, Berry"]}


@pytest.mark.parametrize(
    ("type", "lines", "journal", "kept"),
    [
        ("JOUR", "JF  - Full\nJO  - Short", "Full", {"ris": {"JO": ["Short"]}}),
        ("JOUR", "T2  - Full\nJ2  - Short", "Full", {"ris": {"J2": ["Short"]}}),
        ("CHAP", "T2  - Book\nT3  - Series", "Book", {"series": "Series"}),
        ("CPAPER", "T2  - Conference", "Conference", {}),
        ("BOOK", "T2  - Series\nET  - 2nd", "", {"series": "Series", "edition": "2nd"}),
        ("JOUR", "ET  - 2011/05/11", "", {"ris": {"ET": ["2011/05/11"]}}),
    ],
)
def test_where_it_appeared(papers, type: str, lines: str, journal: str, kept: object) -> None:
    paper = of(papers, lines, type)
    assert paper.journal == journal
    assert {**paper.extra, "type": ""} == {**kept, "type": ""}


def test_a_patent(papers) -> None:
    paper = of(
        papers, "A1  - Doe, J.\nVL  - 877609\nIS  - 4,904\nA2  - Epitope,I.\nY2  - 1986/6/23", "PAT"
    )
    assert (paper.authors, paper.volume, paper.issue) == (("Doe, J.",), "", "")
    assert paper.extra["type"] == "patent"
    assert set(paper.extra["ris"]) == {"VL", "IS", "A2", "Y2"}


@pytest.mark.parametrize(
    ("lines", "pmid", "kept"),
    [
        ("AN  - 21553931\nDP  - NLM\nID  - 369", "21553931", {"DP": ["NLM"]}),
        ("AN  - 21553931\nDB  - PubMed", "21553931", {"DB": ["PubMed"]}),
        ("C2  - 31175206\nDB  - Scopus", "31175206", {"DB": ["Scopus"]}),
        ("U1  - 29987432[pmid]", "29987432", {}),
        ("PM  - 123", "123", {}),
        ("AN  - 2019-65183\nDB  - PsycINFO\nC2  - 5", "", {"DB": ["PsycINFO"], "C2": ["5"]}),
    ],
)
def test_the_number_of_pubmed(papers, lines: str, pmid: str, kept: dict[str, list[str]]) -> None:
    paper = of(papers, lines)
    assert paper.pmid == pmid
    assert paper.extra.get("ris", {}) == kept


def test_identifiers_and_addresses(papers) -> None:
    assert of(papers, "SN  - 03064530 (ISSN)").extra["issn"] == ["03064530"]
    numbered = of(papers, "SN  - 1895-5770 1895-5770\nSN  - 9798373627394\nSN  - none")
    assert numbered.extra["issn"] == ["1895-5770"]
    assert numbered.extra["isbn"] == ["9798373627394"]
    assert numbered.extra["ris"] == {"SN": ["none"]}
    assert of(papers, "L2  - https://example.org/x").url == "https://example.org/x"
    assert "L1" in of(papers, "L1  - internal-pdf://x.pdf").extra["ris"]
    assert of(papers, "UR  - https://doi.org/10.1000/x").doi == "10.1000/x"
    assert of(papers, "DO  - none").extra["ris"] == {"DO": ["none"]}
    assert of(papers, "C2  - PMC123").extra["pmcid"] == "PMC123"
    assert of(papers, "Y2  - 2020/01/02/").extra["accessed"] == "2020-01-02"
    assert (of(papers, "M1  - 5").issue, of(papers, "M1  - 30982734").issue) == ("5", "")


def test_our_own_tags(papers) -> None:
    paper = of(papers, "XB  - 我们问了。\nXS  - Similit\nMH  - Adult\nMH  - Humans")
    assert paper.translated_abstract == "我们问了。"
    assert (paper.summary_by, paper.subjects) == ("Similit", ("Adult", "Humans"))


def test_what_ovid_writes_behind_the_end_belongs_to_the_record(papers) -> None:
    content = (
        "1.\nTY  - JOUR\nTI  - a\nER  -\nNL  - Short\n\nLink: x\n\n2.\nTY  - JOUR\nTI  - b\nER  -\n"
    )
    first, second = papers(content, "ris")
    assert first.extra["ris"] == {"NL": ["Short"]}
    assert (second.title, "ris" in second.extra) == ("b", False)


def test_a_tag_with_one_space_is_text_where_records_have_two(papers) -> None:
    paper = of(papers, "AB  - The level of\nIL - 6 was high")
    assert paper.abstract == "The level of IL - 6 was high"
    single = one(papers, "TY - JOUR\nAB - The\nTI - t\nER - \n")
    assert (single.title, single.abstract) == ("t", "The")


def test_kinds_that_are_the_same_elsewhere_are_kept_apart(papers) -> None:
    assert of(papers, "", "EJOUR").extra == {"type": "article-journal", "ris": {"TY": ["EJOUR"]}}
    assert of(papers, "", "jour").extra == {"type": "article-journal"}
    assert of(papers, "", "ODD").extra == {"ris": {"TY": ["ODD"]}}


def test_markup_is_taken_out(papers) -> None:
    assert of(papers, "AB  - <p>H<sub>2</sub>O &amp; more</p>").abstract == "H2O & more"


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
    assert "no end (ER)" in skipped[6]


def test_a_record_beyond_all_reason_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ris, "LONGEST", 100_000)
    content = FULL + "TY  - JOUR\nAB  - " + "word word\n" * 20_000 + "ER  - \n"
    reader = ris.READER.read(Text.of(content))
    assert isinstance(next(reader), Record)
    with pytest.raises(UnreadableFile, match=r"line \d+: the record that begins in line 24 is too"):
        list(reader)


@pytest.mark.parametrize(
    "lines",
    [
        "AB  - " + "x\n" * 50_000,
        "AB  - " + "\n" * 50_000,
        "AB  - " + "北\n" * 50_000,
        "AB  - x" + " " * 50_000 + "y",
        "KW  - " + "x; " * 50_000,
        "AU  - " + "a, " * 50_000,
        "AU  - a\nA1  - b\n" * 25_000,
        "A2  - a, b\n" * 50_000,
        "VL  - x\n" * 50_000,
        "DO  - 10.1000/" + ")" * 50_000,
        "DA  - " + "jan" * 50_000,
        "UR  - " + "http://x;" * 50_000,
        "SN  - " + "1234-5678 " * 50_000,
        "N1  - x\n" + " " * 50_000 + "x\n",
    ],
    ids=range(14),
)
def test_long_records_take_no_longer_than_they_are(papers, lines: str) -> None:
    began = time.process_time()
    assert of(papers, lines).title == "t"
    assert time.process_time() - began < 20


def test_blank_lines_in_front_take_no_time(papers) -> None:
    began = time.process_time()
    assert ris.READER.recognises("\n" * 65_000) is False
    assert ris.READER.recognises(" " * 65_000 + "TY  - JOUR") is True
    assert time.process_time() - began < 5


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
    found = recognise(*files_in(path))
    assert found.reader.name == "ris"
    found = list(found.records())
    begun = path.read_text(encoding="utf-8-sig").replace("\r", "\n").split("\n")
    assert [one for one in found if isinstance(one, Skipped)] == []
    assert len(found) == (count or sum(line.lstrip().startswith("TY  - ") for line in begun))
    assert all(one.paper.title or one.paper.abstract or one.paper.doi for one in found)
