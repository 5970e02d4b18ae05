"""CNKI's own text exports, as they are documented."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from corpus.paper import Paper
from corpus.readers import Record, Skipped, Text
from corpus.readers.estudy import READER
from tests.corpus.readers.damage import damaged

ESTUDY = """\
DataType: 1
Title-题名: 综述撰写中的注意事项
Author-作者: 施一;柯二琴;
Source-刊名: 科技信息
Year-年: 2013
PubTime-出版时间: 2013-04-01
Keyword-关键词: 综述;写作;规范化
Summary-摘要: 为指导医学人员撰写综述。
Objective: to help.
Period-期: 07
Roll-卷: 19
PageCount-页数: 3
Page-页码: 168-170
SrcDatabase-来源库: 期刊
Organ-机构: 北方医科大学编辑部;南方医院;
Link-链接: https://link.example.org/doi/10.1000/a.1
"""
CHOSEN = """\
SrcDatabase-来源库: 硕士
Title-题名: 基因模块研究
Author-作者: 林行
Organ-单位: 南方大学
Source-文献来源: 南方大学
Keyword-关键词: 基因;;网络
Summary-摘要:   研究网络。
PubTime-发表时间: 2019-12-05
FirstDuty-第一责任人: 林行
Fund-基金: 国家基金;
Year-年: 2019
PageCount-页码: 5-10+12
CLC-中图分类号: R1
ISSN-国际标准刊号: 1234-5678
URL-网址: https://example.org/
DOI-DOI: 10.1000/b.2

"""


def one(papers, content: str) -> Paper:
    (paper,) = papers(content, "cnki-estudy")
    return paper


def test_a_record_of_e_study(papers) -> None:
    paper = one(papers, ESTUDY)
    extra = dict(paper.extra)
    assert paper == Paper(
        title="综述撰写中的注意事项",
        abstract="为指导医学人员撰写综述。\nObjective: to help.",
        authors=("施一", "柯二琴"),
        journal="科技信息",
        year=2013,
        volume="19",
        issue="7",
        pages="168-170",
        doi="10.1000/a.1",
        url="https://link.example.org/doi/10.1000/a.1",
        keywords=("综述", "写作", "规范化"),
        affiliations=("北方医科大学编辑部", "南方医院"),
        extra=extra,
    )
    assert extra == {
        "type": "article-journal",
        "date": "2013-04-01",
        "cnki-estudy": {"SrcDatabase": ["期刊"], "PageCount": ["3"]},
    }


def test_a_record_of_chosen_fields(papers) -> None:
    first, second = papers(CHOSEN + CHOSEN.replace("林行", "虞锦"), "cnki-estudy")
    assert (first.authors, second.authors) == (("林行",), ("虞锦",))
    assert (first.abstract, first.keywords) == ("研究网络。", ("基因", "网络"))
    assert (first.doi, first.pages, first.journal) == ("10.1000/b.2", "5-10+12", "")
    assert (first.extra["type"], first.extra["publisher"]) == ("thesis", "南方大学")
    assert first.extra["date"] == "2019-12-05"
    assert first.extra["cnki-estudy"] == {
        "SrcDatabase": ["硕士"],
        "FirstDuty": ["林行"],
        "Fund": ["国家基金;"],
        "CLC": ["R1"],
    }


@pytest.mark.parametrize(
    "dialect",
    ["\ufeff" + ESTUDY, ESTUDY.replace("\n", "\r\n"), "\n" + ESTUDY.replace(": ", "：")],
)
def test_dialects_say_the_same(papers, dialect: str) -> None:
    paper, plain = one(papers, dialect), one(papers, ESTUDY)
    for field in ("title", "authors", "journal", "year", "pages", "doi", "keywords"):
        assert getattr(paper, field) == getattr(plain, field)


@pytest.mark.parametrize(
    ("lines", "type", "publisher"),
    [
        ("DataType: 2\nTitle-题名: t\nSource-来源: 大学", "thesis", "大学"),
        ("DataType: 3\nTitle-题名: t\nSource-来源: 集", "paper-conference", None),
        ("DataType: 6\nTitle-题名: t\nOrgan-出版者: 出版社", None, "出版社"),
        ("SrcDatabase-来源库: 中国会议\nTitle-题名: t", "paper-conference", None),
    ],
)
def test_kinds_of_papers(papers, lines: str, type: str | None, publisher: str | None) -> None:
    extra = one(papers, lines + "\n").extra
    assert (extra.get("type"), extra.get("publisher")) == (type, publisher)
    if type is None:
        assert extra["cnki-estudy"] == {"DataType": ["6"]}


def test_a_count_of_pages_is_no_page(papers) -> None:
    paper = one(papers, "DataType: 3\nTitle-题名: t\nPageCount-页码: 11\nCity-会议地点: 杭州\n")
    assert (paper.pages, paper.extra["place"]) == ("", "杭州")
    assert paper.extra["cnki-estudy"] == {"PageCount-页码": ["11"]}


def test_a_bad_record_costs_only_itself(reading) -> None:
    found = reading(
        "DataType: 1\nTitle-题名: One\n\nDataType: 1\nYear-年: 2020\nDataType: 1\n"
        "Title-题名: Three\nTitle-题名: Four\n",
        "cnki-estudy",
    )
    assert [(one.number, one.line) for one in found] == [(1, 1), (2, 4), (3, 6), (4, 8)]
    assert [one.number for one in found if isinstance(one, Skipped)] == [2]


@pytest.mark.parametrize(
    "head",
    [
        "DataType: 1\nTitle: t\n",
        "Title: 题名\nAuthor-作者: 施一\n",
        "SrcDatabase-来源库,Title-题名\n期刊,t\n",
        "SrcDatabase-来源库\tTitle-题名\n期刊\tt\n",
    ],
)
def test_what_is_not_of_this_format(head: str) -> None:
    assert not READER.recognises(head)


@settings(max_examples=50, deadline=None)
@given(damaged(ESTUDY + CHOSEN))
def test_whatever_happens_to_a_file_it_can_be_read(content: str) -> None:
    for number, found in enumerate(READER.read(Text.of(content)), start=1):
        assert found.number == number
        if isinstance(found, Record):
            assert found.paper.title or found.paper.abstract or found.paper.doi
