"""EndNote's tags, as reference managers, CNKI, Wanfang and repositories write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from corpus.paper import Paper
from corpus.readers import Record, Skipped, Text
from corpus.readers.endnote import READER
from tests.corpus.readers.damage import damaged
from tests.data import DATA, needs_data

FULL = """\
%0 Journal Article
%A Davidson, Larry
%A Meghan M. Parkinson
%A Peer Study Institute, Northern Arm,
%+ Yale University; Univ of Peers
%T Peer support among adults
%Q 成人同伴支持
%J Schizophrenia Bulletin
%D 2006
%8 July  1, 2006
%V 032
%N 03
%P 443-450
%@ 0586-7614
%M own-7
%K peer support
recovery
%X Aims. We asked
peers about it.
%G English
%U https://example.org/a
%U https://example.org/b
%R https://doi.org/10.1093/schbul/sbj043
%I Oxford
%E Roe, Richard
%Z a note
%W A Database
%9 Article
"""
THESIS = """\
%0 Thesis
%A 周一
%T 文本聚类研究
%Y 程二;尹三
%I 北方大学
%9 硕士
%D 2005
%K 文本聚类;聚类评价
%X

    随着网络的发展,文本越来越多。




    (1)影响聚类的
因素。

%W CNKI

"""


def one(papers, content: str) -> Paper:
    (paper,) = papers(content, "endnote")
    return paper


def test_every_field_of_a_record(papers) -> None:
    paper = one(papers, FULL)
    extra = dict(paper.extra)
    assert paper == Paper(
        source_id="own-7",
        title="Peer support among adults",
        translated_title="成人同伴支持",
        abstract="Aims. We asked peers about it.",
        authors=("Davidson, Larry", "Parkinson, Meghan M.", "Peer Study Institute Northern Arm"),
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
        "urls": ["https://example.org/b"],
        "publisher": "Oxford",
        "editors": ["Roe, Richard"],
        "note": "a note",
        "endnote": {"%W": ["A Database"], "%9": ["Article"]},
    }


@pytest.mark.parametrize(
    "dialect",
    [
        "\ufeff" + FULL,
        "\n\n" + FULL.replace("\n", "\r\n"),
        FULL.replace("\n", "\n\n"),
        FULL.replace("%J", "%B"),
        FULL.replace("%0 Journal Article\n", "") + "%0 Journal Article\n",
        FULL.replace("%R https://doi.org/10.1093", "%U https://doi.org/10.1093"),
    ],
)
def test_dialects_say_the_same(papers, dialect: str) -> None:
    known = ("title", "authors", "journal", "year", "pages", "doi", "url", "keywords", "language")
    paper, plain = one(papers, dialect), one(papers, FULL)
    for field in known:
        assert getattr(paper, field) == getattr(plain, field)
    assert paper.abstract.replace("\n", " ") == plain.abstract


@pytest.mark.parametrize(
    "lines",
    [
        "%A 张福\n%A 王激\n%A 张卫",
        "%A 张福%A 王激%A 张卫",
        "%A 张福;王激;张卫;",
        "%A 张福,王激,张卫",
        "%A 张福，王激、张卫",
    ],
)
def test_however_cnki_has_several_people(papers, lines: str) -> None:
    assert one(papers, f"%0 Journal Article\n{lines}\n%T 题\n").authors == ("张福", "王激", "张卫")


@pytest.mark.parametrize(
    "lines",
    [
        "%K 黄芪;;多糖;;响应面",
        "%K 黄芪;多糖;响应面;",
        "%K黄芪;多糖;响应面",
        "%K 黄芪 多糖 响应面",
        "%K 黄芪\n多糖\n响应面",
        "%K 黄芪%K 多糖%K 响应面",
    ],
)
def test_however_keywords_are_apart(papers, lines: str) -> None:
    assert one(papers, f"%0 Journal Article\n%T 题\n{lines}\n").keywords == (
        "黄芪",
        "多糖",
        "响应面",
    )


def test_a_thesis_of_several_paragraphs(papers) -> None:
    first, second = papers(THESIS + THESIS.replace("周一", "李五"), "endnote")
    assert first.abstract == "随着网络的发展,文本越来越多。\n(1)影响聚类的因素。"
    assert (first.authors, second.authors) == (("周一",), ("李五",))
    assert (first.journal, first.extra["publisher"]) == ("", "北方大学")
    assert first.extra["type"] == "thesis"
    assert first.extra["endnote"] == {"%Y": ["程二;尹三"], "%9": ["硕士"], "%W": ["CNKI"]}


def test_the_university_where_a_journal_would_be(papers) -> None:
    paper = one(papers, THESIS.replace("%I", "%J"))
    assert (paper.journal, paper.extra["publisher"]) == ("", "北方大学")


def test_both_languages_of_a_field(papers) -> None:
    paper = one(
        papers,
        "%0 Journal Article\n%A 余敏\n%H Yu Min\n%T 文献管理\n%T Reference Management\n"
        "%J 现代情报\n%J MODERN INFORMATION\n%X 介绍方法.\n%X Methods are presented.\n%G chi\n",
    )
    assert (paper.title, paper.translated_title) == ("文献管理", "Reference Management")
    assert (paper.abstract, paper.translated_abstract) == ("介绍方法.", "Methods are presented.")
    assert (paper.journal, paper.language) == ("现代情报", "zh")
    assert paper.extra["endnote"] == {"%H": ["Yu Min"], "%J": ["MODERN INFORMATION"]}


@pytest.mark.parametrize(
    ("said", "abstract"),
    [
        ("Abstract(#br)We asked.(#br)They said.", "We asked.\nThey said."),
        ("<正>大气层外拦截.", "大气层外拦截."),
        ("<p>We <i>asked</i>.</p><p>p &lt; 0.05</p>", "We asked.\np < 0.05"),
    ],
)
def test_an_abstract_is_plain_text(papers, said: str, abstract: str) -> None:
    assert one(papers, f"%0 Journal Article\n%T t\n%X {said}\n").abstract == abstract


@pytest.mark.parametrize(
    ("lines", "where", "kept"),
    [
        ("%0 Book\n%@ 978-3-16-148410-0", "isbn", ["978-3-16-148410-0"]),
        ("%0 Patent\n%@ US11651140", "endnote", {"%@": ["US11651140"]}),
        ("%0 Serial\n%D 2020", "endnote", {"%0": ["Serial"]}),
        ("%0 Book\n%R urn:nbn:1", "endnote", {"%R": ["urn:nbn:1"]}),
        ("%0 Book\n%8 Spring 2020", "endnote", {"%8": ["Spring 2020"]}),
    ],
)
def test_what_is_not_understood_is_kept(papers, lines: str, where: str, kept: object) -> None:
    assert one(papers, f"{lines}\n%T t\n").extra[where] == kept


def test_a_newspaper_that_is_its_own_publisher(papers) -> None:
    paper = one(papers, "%0 Newspaper Article\n%T 题\n%I 科技日报\n%8 2023-09-21\n%P 004\n")
    assert (paper.journal, paper.year, paper.pages) == ("科技日报", 2023, "004")
    assert paper.extra["date"] == "2023-09-21"


@pytest.mark.parametrize("first", ["A", "T"])
def test_records_without_a_type(papers, first: str) -> None:
    lines = ["%T One", "%A Doe, Jane", "%A Roe, Richard"]
    record = "\n".join(sorted(lines, key=lambda line: line[1] != first)) + "\n%X We asked.\n\n\n"
    found = papers(record + record.replace("One", "Two"), "endnote")
    assert [paper.title for paper in found] == ["One", "Two"]
    assert all(len(paper.authors) == 2 for paper in found)


def test_a_bad_record_costs_only_itself(reading) -> None:
    found = reading(
        "%0 Journal Article\n%T One\n\n%0 Journal Article\n%D 2020\n\n%0 Book\n%T Three\n"
        "%0 Book\n%T Four, without a line between\n",
        "endnote",
    )
    assert [(one.number, one.line) for one in found] == [(1, 1), (2, 4), (3, 7), (4, 9)]
    assert [one.number for one in found if isinstance(one, Skipped)] == [2]


@pytest.mark.parametrize(
    "head",
    [
        "%PDF-1.7\n%T x\n",
        "%!PS\n",
        "% a comment\n%T another\n",
        "%A bibliography\n%T of ours\n@article{a,\n title = {t}}\n",
        "%T only\n",
        "%X nothing\n%K here\n",
        "TY  - JOUR\n%0 Journal Article\n%T t\n",
    ],
)
def test_what_is_not_of_this_format(head: str) -> None:
    assert not READER.recognises(head)


def test_blank_lines_without_end_take_no_time() -> None:
    assert not READER.recognises("\n" * 65_000)
    content = FULL + "\n" * 90_000 + "%L 1\n"
    assert len(list(READER.read(Text.of(content)))) == 1


@settings(max_examples=50, deadline=None)
@given(damaged(FULL + "\n" + THESIS))
def test_whatever_happens_to_a_file_it_can_be_read(content: str) -> None:
    for number, found in enumerate(READER.read(Text.of(content)), start=1):
        assert found.number == number
        if isinstance(found, Record):
            assert found.paper.title or found.paper.abstract or found.paper.doi


@needs_data
@pytest.mark.parametrize(
    ("file", "count", "abstracts"),
    [
        ("cnki/endnote_cmsax_demo.txt", 40, 36),
        ("colrev/ais_enl.txt", 6, 4),
        ("zotero/ReferBibIX_1.txt", 1, 1),
        ("zotero_cn/CNKI_Refer_1.txt", 1, 1),
        ("zotero_cn/CNKI_Refer_2.txt", 1, 1),
    ],
)
def test_what_people_really_download(papers, file: str, count: int, abstracts: int) -> None:
    content = (DATA / "exports" / file).read_text(encoding="utf-8")
    found = papers(content.encode(), "endnote")
    assert len(found) == content.count("\n%T ") + content.startswith("%T ") == count
    assert sum(bool(paper.abstract) for paper in found) == abstracts
    assert sum(len(paper.authors) for paper in found) == content.count("%A ")
    assert all(paper.title for paper in found)
    assert not any(name.endswith((";", ",")) for paper in found for name in paper.authors)


@needs_data
def test_keywords_as_wanfang_has_them(papers) -> None:
    content = (DATA / "exports" / "zotero/ReferBibIX_1.txt").read_bytes()
    paper = one(papers, content)
    assert paper.keywords == ("参考文献管理", "文献管理软件", "学术书签网站", "Zotero")
    assert (paper.authors, paper.journal) == (("余敏", "朱江", "丁照蕾"), "现代情报")
    assert paper.doi == "10.3969/j.issn.1008-0821.2009.02.027"
    assert len(paper.affiliations) == 3
