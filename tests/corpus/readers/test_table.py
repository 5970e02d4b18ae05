"""Tables of papers as databases and people write them."""

from __future__ import annotations

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.files.packed import files_in
from corpus.paper import Paper
from corpus.readers import Record, Skipped, Text, recognise, rows
from corpus.readers.cells import citation, people, terms
from corpus.readers.table import READER
from tests.data import DATA, needs_data


def table(*cells: list[str], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(cells)
    return out.getvalue()


def one(**cells: str) -> Paper:
    header = [name.replace("_", " ") for name in cells]
    (read,) = READER.read(Text.of(table(header, list(cells.values()))))
    assert isinstance(read, Record)
    return read.paper


PLAIN = [
    ["Title", "Abstract", "Authors", "Year", "Journal", "DOI"],
    [
        "Peer, support",
        'We "asked".\nThey; said.',
        "Davidson, Larry; 薛婉钰",
        "2006",
        "A",
        "10.1000/x",
    ],
    ["Second", "", "Roe, Al", "2007", "B", ""],
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("before", ["", "\ufeff", "\n\n", "About the data: exported, today\n"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_plain_table(papers, delimiter: str, before: str, end: str) -> None:
    content = before + table(*PLAIN, delimiter=delimiter)
    first, second = papers(content.replace("\r\n", "\n").replace("\n", end), "csv")
    assert first == Paper(
        title="Peer, support",
        abstract='We "asked".\nThey; said.',
        authors=("Davidson, Larry", "薛婉钰"),
        year=2006,
        journal="A",
        doi="10.1000/x",
    )
    assert second == Paper(title="Second", authors=("Roe, Al",), year=2007, journal="B")


def test_excels_line_about_the_delimiter(papers) -> None:
    assert len(papers("sep=;\r\n" + table(*PLAIN, delimiter=";"), "csv")) == 2


def test_a_table_is_read_from_a_string_with_a_mark() -> None:
    assert len(list(READER.read(Text.of("\ufeff" + table(*PLAIN))))) == 2


def test_rows_are_given_with_the_line_they_begin_in(reading) -> None:
    content = 'Title,Abstract,Note\n\n"a\nb",x,\n,,\n , ,\n,,only a note\nc,y,\n'
    found = reading(content, "csv")
    assert [(type(r), r.number, r.line) for r in found] == [
        (Record, 1, 3),
        (Skipped, 2, 7),
        (Record, 3, 8),
    ]
    assert found[0].paper.title == "a b"
    assert found[1].reason == "no title, abstract or DOI"


def test_rows_with_fewer_or_more_cells_than_the_header(papers) -> None:
    short, long = papers("Title,Year,Abstract\nA\nB,2001,text,more,,and more\n", "csv")
    assert short == Paper(title="A")
    assert (long.year, long.abstract) == (2001, "text")
    assert long.extra == {"csv": {"more": ["more", "and more"]}}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('"a""b"', 'a"b'),
        ('"a" b', "a b"),
        ('5" disk', '5" disk'),
        (' "a, b"', "a, b"),
        ('""', ""),
        ('"a\n\nb"', "a\n\nb"),
        ("'=1+1", "=1+1"),
        ("'quoted'", "'quoted'"),
        ("''-x", "'-x"),
    ],
)
def test_quotes(cell: str, value: str) -> None:
    (found,) = READER.read(Text.of(f"Title,Abstract,Year\nt,{cell},2001\n"))
    assert (found.paper.abstract, found.paper.year) == (value, 2001)


def test_a_quotation_mark_without_an_end_is_said(reading) -> None:
    first, bad = reading('Title,Abstract\na,b\nc,"d\ne,f\n', "csv")
    assert first.paper.title == "a"
    assert (type(bad), bad.number, bad.line) == (Skipped, 2, 3)
    assert "no end" in bad.reason


def test_web_of_science_quotes_nothing(papers) -> None:
    content = (
        "PT\tAU\tAF\tTI\tSO\tDE\tID\tAB\tC1\tSN\tEI\tPD\tPY\tVL\tIS\tBP\tEP\tDI\tPM\tUT\tDT\n"
        'J\tRoe, A\tRoe, Al\t"Peer" support, and "more\tA J\ta; b\tc\tWe.\t[Roe, Al; Doe, B] Yale'
        " Univ, New Haven; [X] MIT\t1111-1111\t2222-2222\tMAR 5\t2006\t3\t2\t1\t9\t10.1000/x\t77"
        "\tWOS:1\tArticle; Proceedings Paper\n"
    )
    (paper,) = papers(content, "csv")
    assert paper.title == '"Peer" support, and "more'
    assert (paper.source_id, paper.pmid, paper.pages) == ("WOS:1", "77", "1-9")
    assert (paper.authors, paper.keywords, paper.subjects) == (("Roe, Al",), ("a", "b"), ("c",))
    assert paper.affiliations == ("Yale Univ, New Haven", "MIT")
    assert paper.extra["issn"] == ["1111-1111", "2222-2222"]
    assert paper.extra["date"] == "2006-03-05"
    assert paper.extra["type"] == "paper-conference"
    assert set(paper.extra["csv"]) == {"PT", "AU", "C1"}


def test_columns_of_cnki_and_wanfang(papers) -> None:
    content = (
        "SrcDatabase-来源库,Title-题名,Author-作者,Organ-单位,Source-文献来源,Keyword-关键词,"
        "Summary-摘要,PubTime-发表时间,Year-年,Volume-卷,Period-期,PageCount-页码,DOI-DOI\n"
        "期刊,同伴支持研究,薛婉钰;王明;,北京大学;清华大学;,护理研究,同伴支持;心理健康,目的 探讨。,"
        "2020-03-10 09:00,2020,34,5,732-738,10.1000/cnki.1\n"
    )
    (paper,) = papers(content, "csv")
    assert paper == Paper(
        title="同伴支持研究",
        abstract="目的 探讨。",
        authors=("薛婉钰", "王明"),
        affiliations=("北京大学", "清华大学"),
        journal="护理研究",
        keywords=("同伴支持", "心理健康"),
        year=2020,
        volume="34",
        issue="5",
        pages="732-738",
        doi="10.1000/cnki.1",
        extra={"date": "2020-03-10", "csv": {"SrcDatabase-来源库": "期刊"}},
    )
    wanfang = one(
        標題="同伴", 作者="薛婉钰,王明", 刊名="护理", 年卷期="2020,52(3):1-10", 语种="chi"
    )
    assert (wanfang.title, wanfang.authors) == ("同伴", ("薛婉钰", "王明"))
    assert (wanfang.year, wanfang.volume, wanfang.issue, wanfang.pages) == (2020, "52", "3", "1-10")
    assert (wanfang.journal, wanfang.language) == ("护理", "zh")


@pytest.mark.parametrize(
    ("cells", "titles"),
    [
        ({"题名": "同伴支持", "英文题名": "Peer support"}, ("同伴支持", "Peer support")),
        ({"中文题名": "同伴支持", "英文题名": "Peer support"}, ("同伴支持", "Peer support")),
        ({"Title": "Peer support", "中文标题": "同伴支持"}, ("Peer support", "同伴支持")),
        (
            {"Title": "Peer support", "中文标题": "同伴支持", "Language": "Chinese"},
            ("同伴支持", "Peer support"),
        ),
        ({"Title": "Peer support", "Original Title": "同伴支持"}, ("同伴支持", "Peer support")),
        ({"英文题名": "Peer support", "年": "2001"}, ("Peer support", "")),
        ({"Title": "Same", "Original Title": "Same"}, ("Same", "")),
    ],
)
def test_titles_in_two_languages(cells: dict[str, str], titles: tuple[str, str]) -> None:
    paper = one(**cells)
    assert (paper.title, paper.translated_title) == titles


def test_abstracts_in_two_languages() -> None:
    paper = one(题名="同伴", 摘要="中文。", 英文摘要="English.", 关键词="同伴", 英文关键词="peer")
    assert (paper.abstract, paper.translated_abstract) == ("中文。", "English.")
    assert paper.keywords == ("同伴", "peer")


def test_of_two_columns_for_a_field_the_better_is_taken_and_the_other_kept() -> None:
    paper = one(Authors="Liu F.", Title="t", Author_full_names="Liu, Fang (123)", Source="Scopus")
    assert paper.authors == ("Liu, Fang",)
    assert paper.journal == "Scopus"  # there is no better name for it here
    assert paper.extra["csv"] == {"Authors": "Liu F.", "Source": "Scopus"}


def test_columns_of_one_name_are_both_kept() -> None:
    (found,) = READER.read(Text.of("Title,Abstract,X,X\nt,a,1,2\n"))
    assert sorted(found.paper.extra["csv"].values()) == ["1", "2"]


@pytest.mark.parametrize("nothing", ["NA", "n/a", "NULL", "-", "[No abstract available]", "nan"])
def test_cells_that_say_there_is_nothing(nothing: str) -> None:
    assert one(Title="NA", Abstract=nothing, DOI=nothing, X=nothing) == Paper(title="NA")


@pytest.mark.parametrize(
    ("cells", "pages"),
    [
        ({"Page start": "307", "Page end": "319"}, "307-319"),
        ({"Start Page": "5", "End Page": "5"}, "5"),
        ({"Page start": "e46688", "Page end": ""}, "e46688"),
        ({"Pages": "1–7"}, "1-7"),
        ({"Pages": "1--7"}, "1-7"),
        ({"Art. No.": "763", "Page start": ""}, "763"),
        ({"Art. No.": "763", "Page start": "1"}, "1"),
    ],
)
def test_pages(cells: dict[str, str], pages: str) -> None:
    assert one(Title="t", **cells).pages == pages


@pytest.mark.parametrize(
    ("cells", "year", "date"),
    [
        ({"Year": "2006", "Publication Date": "2006-07-01"}, 2006, "2006-07-01"),
        ({"Date": "July 2006"}, 2006, "2006-07"),
        ({"Publication Date": "20060701"}, 2006, "2006-07-01"),
        ({"Date": "2006"}, 2006, None),
        ({"Year": "", "发表时间": "2020/3/10"}, 2020, "2020-03-10"),
        ({"Year": "in press"}, None, None),
    ],
)
def test_years_and_dates(cells: dict[str, str], year: int | None, date: str | None) -> None:
    paper = one(Title="t", **cells)
    assert (paper.year, paper.extra.get("date")) == (year, date)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Liu R., Adler D.G.", ["Liu, R.", "Adler, D.G."]),
        ("Khoury T., Rivera L.", ["Khoury, T.", "Rivera, L."]),
        ("Smith J.; Doe A.", ["Smith, J.", "Doe, A."]),
        ("Liu, Rui (57190123); Adler, Douglas G. (5886)", ["Liu, Rui", "Adler, Douglas G."]),
        ("Lim SM, Shiau CWC, Lau Y.", ["Lim, SM", "Shiau, CWC", "Lau, Y"]),
        ("Abd-Alrazaq AA, van Raaij MJ", ["Abd-Alrazaq, AA", "van Raaij, MJ"]),
        ("Ivanov Yu.A., Dupont J.-P.", ["Ivanov, Yu.A.", "Dupont, J.-P."]),
        ("N. A. Vandal; K. -H. Tsai", ["Vandal, N. A.", "Tsai, K.-H."]),
        ("Davidson, Larry", ["Davidson, Larry"]),
        ("García Márquez, Gabriel José", ["García Márquez, Gabriel José"]),
        ("Smith, J., Doe, A.", ["Smith, J.", "Doe, A."]),
        ("Smith, John and Doe, A.", ["Smith, John", "Doe, A."]),
        ("John Smith, Mary Jane Doe and Al Roe", ["Smith, John", "Doe, Mary Jane", "Roe, Al"]),
        ("L Davidson, CH Bellamy", ["Davidson, L", "Bellamy, CH"]),
        ("Davidson, Larry|Roe, Al, Jr", ["Davidson, Larry", "Roe, Al, Jr"]),
        ("薛婉钰,王明", ["薛婉钰", "王明"]),
        ("薛婉钰；王明；", ["薛婉钰", "王明"]),
        ("World Health Organization", ["World Health Organization"]),
        ("Ministry of Health and Social Care", ["Ministry of Health and Social Care"]),
        ("GBD 2019 Diseases and Injuries Team", ["GBD 2019 Diseases and Injuries Team"]),
        ("", []),
    ],
)
def test_people(cell: str, names: list[str]) -> None:
    assert people(cell) == names


def test_springer_glues_people_together() -> None:
    cells = {
        "Item Title": "t",
        "Authors": "Qing-Yuan LiuIan McDonaldRui Zhang",
        "Item DOI": "10.1000/1",
    }
    assert one(**cells).authors == ("Liu, Qing-Yuan", "McDonald, Ian", "Zhang, Rui")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("a; b;c;", ["a", "b", "c"]),
        (
            "cyst (diagnosis, surgery), colonoscopy, cyst (diagnosis, surgery)",
            ["cyst (diagnosis, surgery)", "colonoscopy"],
        ),
        ("cells, cultured; b", ["cells, cultured", "b"]),
        ("同伴支持，心理健康", ["同伴支持", "心理健康"]),
    ],
)
def test_terms(cell: str, words: list[str]) -> None:
    assert terms(cell) == words


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (
            "Cancer (2004) 102:4 (253-258). Date of Publication: 25 Aug 2004",
            "Cancer|2004|102|4|253-258",
        ),
        ("Int. J. (2019) 54 (83-86). Date of Publication: 2019", "Int. J.|2019|54||83-86"),
        (
            "J (Lond) (2012) 10:SUPPL. 1 (S12). Date of Publication: 2012",
            "J (Lond)|2012|10|SUPPL. 1|S12",
        ),
        ("Behav Ther. 2022 Mar;53(2):334-347. doi: 10.1016/j.x.", "Behav Ther|2022|53|2|334-347"),
        (
            "Digit Health. 2021 Feb 2;3:617013. doi: 10.3389/f. eCollection 2021.",
            "Digit Health|2021|3||617013",
        ),
        ("护理研究,2020,52(3):1-10", "护理研究|2020|52|3|1-10"),
        ("2020,(3)", "|2020||3|"),
        ("Scopus", "||||"),
        ("x" * 5000, "||||"),
    ],
)
def test_citations(cell: str, said: str) -> None:
    found = citation(cell)
    names = ("journal", "year", "volume", "issue", "pages")
    assert "|".join(found.get(name, "") for name in names) == said


@pytest.mark.parametrize(
    "content",
    [
        "a,b,c\n1,2,3\n",
        "Title\nOne\n",
        "Abstract\nWe asked.\n",
        "Dear all,\nthe title, and the abstract, are here\n",
        "Year,Journal\n2001,A\n",
        '{"title": "a", "abstract": "b"}\n',
        "TY  - JOUR\nTI  - title, abstract\n",
        "%T Title\n%A Authors\n",
        "",
    ],
)
def test_what_is_no_table_of_papers(content: str) -> None:
    assert not READER.recognises(content)
    with pytest.raises(UnreadableFile, match="no column is called"):
        list(READER.read(Text.of(content)))


def test_a_table_of_a_million_columns_is_refused_in_one_sentence() -> None:
    wide = ",".join(["title,abstract", *map(str, range(1_000_000))])
    with pytest.raises(UnreadableFile, match=r"^text, line 1: over 2,000 columns$"):
        list(READER.read(Text.of(wide + "\na,b\n")))
    with pytest.raises(UnreadableFile, match=r"^text, line 2: over 2,000 columns$"):
        list(READER.read(Text.of("title,abstract\na" + "," * 1_000_000)))


def test_a_row_beyond_all_reason_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "LONGEST", 10_000)
    for body in ("x\n" * 5000, "\n" * 5000, "x" * 20_000):
        with pytest.raises(UnreadableFile, match="line 2: a row has over"):
            list(READER.read(Text.of(f'title,abstract\na,"{body}"\n')))
    many = "title,abstract\n" + "a,b\n" * 5000
    assert len(list(READER.read(Text.of(many)))) == 5000


def test_a_cell_may_be_longer_than_the_csv_module_allows() -> None:
    long = "reference; " * 20_000
    (found,) = READER.read(Text.of(table(["Title", "Abstract", "References"], ["t", "a", long])))
    assert found.paper.extra["csv"]["References"] == long.strip()


CELL = st.text(alphabet="ab\"',;\n\t =x", max_size=8)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=5), st.sampled_from(",;"))
@settings(max_examples=50, deadline=None)
def test_rows_are_those_of_the_csv_module(cells: list[list[str]], delimiter: str) -> None:
    content = table(["title", "abstract", "x"], *cells, delimiter=delimiter)
    expected = [row for row in cells if any(map(str.strip, row))]
    text = Text.of(content)
    next(iter(text))
    assert [row.cells for row in rows.rows(text, delimiter, 3)] == expected


@given(st.text(alphabet="ab\"',;\n\t=.0(年)", max_size=80))
@settings(max_examples=50, deadline=None)
def test_any_text_under_a_header_is_read_or_refused(content: str) -> None:
    with suppress(UnreadableFile):
        list(READER.read(Text.of("Title\tAuthors\tSource\tPages\tKeywords\tType\n" + content)))


@needs_data
@pytest.mark.parametrize(
    ("file", "count", "abstracts", "dois"),
    [
        ("asreview/embase.csv", 6, 6, 6),
        ("colrev/pubmed-chatbot.csv", 6, 0, 6),
        ("litstudy/ieee_5.csv", 41, 41, 39),
        ("bibliometrix/scopus_sample.csv", 8, 8, 8),
    ],
)
def test_every_row_of_what_people_really_download(
    file: str, count: int, abstracts: int, dois: int
) -> None:
    found = recognise(*files_in(DATA / "exports" / file))
    assert found.reader.name == "csv"
    read = [one.paper for one in found.records() if isinstance(one, Record)]
    with (DATA / "exports" / file).open(encoding="utf-8-sig", newline="") as stream:
        assert len(read) == count == sum(1 for _ in csv.DictReader(stream))
    assert sum(bool(paper.abstract) for paper in read) == abstracts
    assert sum(bool(paper.doi) for paper in read) == dois
    for paper in read:
        assert paper.title
        assert paper.journal
        assert paper.year
        assert paper.authors or paper.title.startswith("[")
        assert all("," in name for name in paper.authors), paper.authors


@needs_data
def test_papers_of_what_people_really_download() -> None:
    def first(file: str) -> Paper:
        found = next(recognise(*files_in(DATA / "exports" / file)).records())
        assert isinstance(found, Record)
        return found.paper

    embase = first("asreview/embase.csv")
    assert embase.authors == ("Liu, R.", "Adler, D.G.")
    assert (embase.journal, embase.year, embase.volume) == ("Endoscopic Ultrasound", 2014, "3")
    assert (embase.issue, embase.pages) == ("3", "152-160")
    assert "bronchogenic duplication cyst (diagnosis, surgery)" in embase.subjects
    pubmed = first("colrev/pubmed-chatbot.csv")
    assert (pubmed.source_id, pubmed.pmid) == ("35227408", "35227408")
    assert pubmed.authors == ("Lim, SM", "Shiau, CWC", "Cheng, LJ", "Lau, Y")
    assert (pubmed.journal, pubmed.volume, pubmed.issue, pubmed.pages) == (
        *("Behav Ther", "53", "2", "334-347"),
    )
    ieee = first("litstudy/ieee_5.csv")
    assert ieee.authors == ("Vandal, N. A.", "Savvides, M.")
    assert ieee.pages == "1-7"
    assert ieee.extra["type"] == "paper-conference"
    scopus = first("bibliometrix/scopus_sample.csv")
    assert scopus.authors[:2] == ("Liu, Fengyuan", "Li, Chunyun")
    assert (scopus.source_id, scopus.language) == ("2-s2.0-105030721984", "en")
    assert scopus.keywords[0] == "Artificial intelligence"
