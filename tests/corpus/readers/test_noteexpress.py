"""NoteExpress's tags, as CNKI and Wanfang write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from corpus.paper import Paper
from corpus.readers import Record, Skipped, Text
from corpus.readers.noteexpress import READER
from tests.corpus.readers.damage import damaged
from tests.data import DATA, needs_data

CNKI = """\
{Reference Type}: Journal Article
{Title}: 政府公共关系发展历程
{Author}: 谢昕,王小增
{Author Address}: 北方大学政法学院,湖北武汉430074





,湖北武汉430074
{Journal}: 湖北社会科学(上)
{Year}: 2005
{Volume}: 13
{Issue}: 09
{Pages}: 14-16
{Keywords}: 公共关系;;公共行政;;理念
{Abstract}: <正>在历史长河中,
它是一个新生的事物。
结论:有用。
{ISBN/ISSN}: 1003-8477
{Notes}: 42-1112/C
{URL}: https://example.org/a
{DOI}: 10.1000/a.1
{Database Provider}: CNKI


"""
WANFANG = """\
{Reference Type}: Journal Article
{Title}: 婚姻质量与社会支持
{Translated Title}: Marital quality and social support
{Author}: 许雅
{Author}:  张银
{Translated Author}: XU Ya
{Author Address}: 西安大学公共卫生学院,陕西 西安,710061;西安第二医院
{Author Address}: 西安第二医院
{Journal}: 临床医学
{Translated Journal}: Clinical Research
{Year}: 2020
{Keywords}: 婚姻
{Keywords}:  支持
{Abstract}: 目的 调查.
{Translated Abstract}: Objective To ask.
{Language}: chi
"""


def one(papers, content: str) -> Paper:
    (paper,) = papers(content, "noteexpress")
    return paper


def test_a_record_of_cnki(papers) -> None:
    paper = one(papers, CNKI)
    extra = dict(paper.extra)
    assert paper == Paper(
        title="政府公共关系发展历程",
        abstract="在历史长河中,它是一个新生的事物。\n结论:有用。",
        authors=("谢昕", "王小增"),
        journal="湖北社会科学(上)",
        year=2005,
        volume="13",
        issue="9",
        pages="14-16",
        doi="10.1000/a.1",
        url="https://example.org/a",
        keywords=("公共关系", "公共行政", "理念"),
        affiliations=("北方大学政法学院,湖北武汉430074 ,湖北武汉430074",),
        extra=extra,
    )
    assert extra == {
        "type": "article-journal",
        "issn": ["1003-8477"],
        "note": "42-1112/C",
        "noteexpress": {"Database Provider": ["CNKI"]},
    }


def test_a_record_of_wanfang(papers) -> None:
    paper = one(papers, WANFANG)
    assert paper.translated_title == "Marital quality and social support"
    assert (paper.abstract, paper.translated_abstract) == ("目的 调查.", "Objective To ask.")
    assert (paper.authors, paper.keywords) == (("许雅", "张银"), ("婚姻", "支持"))
    assert paper.affiliations == ("西安大学公共卫生学院,陕西 西安,710061", "西安第二医院")
    assert paper.language == "zh"
    assert paper.extra["noteexpress"] == {
        "Translated Author": ["XU Ya"],
        "Translated Journal": ["Clinical Research"],
    }


@pytest.mark.parametrize(
    "dialect",
    [
        "\ufeff" + CNKI + WANFANG,
        "\r\n" + (CNKI + WANFANG).replace("\n", "\r\n"),
        "}();        ;" + CNKI + WANFANG,
        CNKI.strip() + "\n" + WANFANG.replace("}: ", "}："),
    ],
)
def test_dialects_say_the_same(papers, dialect: str) -> None:
    assert papers(dialect, "noteexpress") == papers(CNKI + WANFANG, "noteexpress")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("唐伦;赵培培;", ("唐伦", "赵培培")),
        ("Alaa Alhaj-Ismail;;Sami Adwan", ("Alhaj-Ismail, Alaa", "Adwan, Sami")),
        ("Zelle, Rintze M.", ("Zelle, Rintze M.",)),
    ],
)
def test_who_is_in_one_field(papers, line: str, authors: tuple[str, ...]) -> None:
    content = f"{{Reference Type}}: Journal Article\n{{Title}}: t\n{{Author}}: {line}\n"
    assert one(papers, content).authors == authors


def test_a_newspaper(papers) -> None:
    paper = one(
        papers,
        "{Reference Type}: Newspaper Article\n{Title}: 题\n{Secondary Title}: 公安报\n"
        "{Date}: 2019-01-29\n{Publisher}: 公安报\n",
    )
    assert (paper.journal, paper.year) == ("公安报", 2019)
    assert (paper.extra["date"], paper.extra["type"]) == ("2019-01-29", "article-newspaper")


def test_a_bad_record_costs_only_itself(reading) -> None:
    kind = "{Reference Type}: Journal Article\n"
    found = reading(
        kind + "{Title}: One\n\n" + kind + "{Year}: 2020\n" + kind + "{Title}: Three\n",
        "noteexpress",
    )
    assert [(one.number, one.line) for one in found] == [(1, 1), (2, 4), (3, 6)]
    assert [one.number for one in found if isinstance(one, Skipped)] == [2]


@pytest.mark.parametrize(
    "head",
    [
        '{"Reference Type": "Journal Article"}\n',
        "{\\rtf1 {Reference Type} x}\n",
        "{Reference Type}\n",
        "as in {Reference Type}: x\n",
        "{Title}: t\n",
    ],
)
def test_what_is_not_of_this_format(head: str) -> None:
    assert not READER.recognises(head)


@settings(max_examples=50, deadline=None)
@given(damaged(CNKI + WANFANG))
def test_whatever_happens_to_a_file_it_can_be_read(content: str) -> None:
    for number, found in enumerate(READER.read(Text.of(content)), start=1):
        assert found.number == number
        if isinstance(found, Record):
            assert found.paper.title or found.paper.abstract or found.paper.doi


@needs_data
@pytest.mark.parametrize(
    ("file", "count", "abstracts"),
    [("cnki/noteexpress_Classic5Test.net", 5, 5), ("cnki/noteexpress_mixed.net", 12, 11)],
)
def test_what_people_really_download(papers, file: str, count: int, abstracts: int) -> None:
    content = (DATA / "exports" / file).read_text(encoding="utf-8")
    found = papers(content.encode(), "noteexpress")
    assert len(found) == content.count("{Reference Type}") == count
    assert sum(bool(paper.abstract) for paper in found) == abstracts
    assert all(paper.title and paper.authors and paper.journal for paper in found)
    assert not any(";" in name for paper in found for name in paper.authors)
    assert not any("(#br)" in paper.abstract or "<正>" in paper.abstract for paper in found)
