"""The 相似文献 page, as text: a real one, and made ones."""

from __future__ import annotations

import re

import pytest

from corpus.files.packed import files_in
from corpus.paper import Paper
from corpus.readers import Record, Skipped, recognise
from corpus.text.repair import repair
from tests.data import DATA, needs_data

FORMAT = "similar-page"


@pytest.fixture(scope="module")
def page() -> list[Paper]:
    """The papers of the real page, mended as an import mends them; number n is `page[n - 1]`."""
    path = DATA / "similar_literature_page.txt"
    found = recognise(*files_in(path))
    assert found.reader.name == FORMAT
    found = list(found.records())
    assert all(isinstance(one, Record) for one in found)
    assert [one.number for one in found] == list(range(1, 21))
    return [repair(one.paper) for one in found]


@needs_data
def test_the_page_has_twenty_papers_none_with_a_title(page: list[Paper]) -> None:
    assert len(page) == 20
    assert not any(paper.title or paper.translated_title for paper in page)
    assert all(len(paper.abstract) > 500 for paper in page)


@needs_data
def test_nothing_of_the_page_itself_is_left_in_a_text(page: list[Paper]) -> None:
    for paper in page:
        for part in (paper.abstract, *paper.authors, *paper.keywords, *paper.affiliations):
            for furniture in (
                "相似文献",
                "首页",
                "高级检索",
                "共查询到",
                "设为",
                "Copyright",
                "ICP备",
            ):
                assert furniture not in part
            assert not re.search(r"(?m)^\s*\d{1,2}\.?\s*$", part)
            assert part == part.strip()
            assert "\u00a0" not in part
        assert re.search(r"[.!?]$", paper.abstract)


@needs_data
def test_only_three_items_have_more_than_an_abstract(page: list[Paper]) -> None:
    more = {
        number for number, paper in enumerate(page, 1) if paper != Paper(abstract=paper.abstract)
    }
    assert more == {3, 17, 19}


@needs_data
def test_item_3_has_keywords_and_heads_apart(page: list[Paper]) -> None:
    paper = page[2]
    assert paper.keywords == (
        "Change model",
        "mental health research",
        "peer support",
        "qualitative research",
    )
    assert paper.abstract.startswith("Aims. A range of peer worker roles")
    for head in (
        "interventions. Methods. In a",
        "workers. Results. Key",
        "interventions. Conclusions. An",
    ):
        assert head in paper.abstract
    assert paper.abstract.endswith("planning of peer worker interventions.")


@needs_data
@pytest.mark.parametrize(
    ("number", "mended"),
    [
        (7, ["service users (n = 15) and peer navigators (n = 5) participating"]),
        (10, ["The Leadership + Innovation Lab"]),
        (
            11,
            [
                "(73%; n = 195)",
                "(79.8%; n = 213)",
                "(SD = 12)",
                "(82.1%; n = 184)",
                "(94.8%; n = 253)",
            ],
        ),
        (16, ["services (n = 367) and", "group (n = 1468) matched"]),
        (
            8,
            [
                "Introduction. Many",
                "Methods. Group",
                "Results. First, students",
                "Conclusions. These",
            ],
        ),
    ],
)
def test_damage_is_mended(page: list[Paper], number: int, mended: list[str]) -> None:
    for part in mended:
        assert part in page[number - 1].abstract
    assert "?" not in page[number - 1].abstract


@needs_data
def test_item_15_keeps_its_genuine_question_marks(page: list[Paper]) -> None:
    abstract = page[14].abstract
    assert "do such persons typically congregate? and (b) what effect" in abstract
    assert "behavior within that group? Results showed" in abstract
    assert abstract.count("?") == 2


@needs_data
def test_question_marks_are_in_no_other_item(page: list[Paper]) -> None:
    assert [number for number, paper in enumerate(page, 1) if "?" in paper.abstract] == [15]


@needs_data
def test_item_16_keeps_its_parts(page: list[Paper]) -> None:
    lines = page[15].abstract.split("\n")
    assert [line for line in lines if " " not in line] == [
        "Background",
        "Methods",
        "Results",
        "Conclusions",
    ]


@needs_data
def test_item_17_has_the_facts_of_its_citation_line(page: list[Paper]) -> None:
    paper = page[16]
    assert len(paper.authors) == 13
    assert paper.authors[0] == "Gillard, S."
    assert paper.authors[7] == "McWilliam, C."
    assert paper.authors[-1] == "White, S."
    assert paper.journal == "Social psychiatry and psychiatric epidemiology"
    assert (paper.year, paper.volume, paper.issue, paper.pages) == (2021, "56", "10", "1903-1911")
    assert paper.abstract.startswith("Purpose\nEvidence suggests that")
    assert "—compared to clinical-patient relationships—" in paper.abstract


@needs_data
def test_item_19_has_affiliations_and_no_authors(page: list[Paper]) -> None:
    paper = page[18]
    assert paper.authors == ()
    assert paper.abstract.endswith("these types of positions are discussed.")
    assert paper.affiliations[0] == (
        "C.T. Mowbray is Associate Professor, School of Social Work, "
        "the University of Michigan, Ann Arbor, Michigan."
    )
    assert len(paper.affiliations) == 6
    assert paper.affiliations[-1].startswith("G. Clover is affiliated with Kent County")


CHINESE = """\
首页 | 本学科首页   官方微博 | 高级检索
相似文献
 共查询到3条相似文献,搜索用时 12 毫秒
1.
薛婉钰  王明  李小红 《心理学报》2020,52(3):1-10
目的 探讨同伴支持。方法 采用问卷。
关键词：同伴支持；心理健康
  相似文献{spaces}

2．
王明，李雷 《护理研究》2019，33（12）：201-210
本研究分析相似文献的检索方法。  相似文献

3.

张三 《社会工作》
摘要一。

摘要二。
　相似文献

设为首页 | 免责声明
Copyright©某公司
"""


def test_a_chinese_page(papers) -> None:
    one, two, three = papers(CHINESE.replace("{spaces}", "   "), FORMAT)
    assert one == Paper(
        abstract="目的 探讨同伴支持。方法 采用问卷。",
        authors=("薛婉钰", "王明", "李小红"),
        journal="心理学报",
        year=2020,
        volume="52",
        issue="3",
        pages="1-10",
        keywords=("同伴支持", "心理健康"),
    )
    assert two == Paper(
        abstract="本研究分析相似文献的检索方法。",
        authors=("王明", "李雷"),
        journal="护理研究",
        year=2019,
        volume="33",
        issue="12",
        pages="201-210",
    )
    assert (three.authors, three.journal, three.year) == (("张三",), "社会工作", None)
    assert repair(three).abstract == "摘要一。\n摘要二。"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "Smith  J.  Doe  A. B. 《Journal of X》2001,12:5-9",
            Paper(
                authors=("Smith, J.", "Doe, A. B."),
                journal="Journal of X",
                year=2001,
                volume="12",
                pages="5-9",
            ),
        ),
        ("《Journal of Y》2003(4)", Paper(journal="Journal of Y", year=2003, issue="4")),
        (
            "van der Berg  H. 《J》2001,12(3-4):e5",
            Paper(
                authors=("van der Berg, H.",),
                journal="J",
                year=2001,
                volume="12",
                issue="3-4",
                pages="e5",
            ),
        ),
    ],
)
def test_citation_lines(papers, line: str, expected: Paper) -> None:
    (paper,) = papers(f"1.\n{line}\nA text.  相似文献\n", FORMAT)
    assert paper.abstract == "A text."
    for field in ("authors", "journal", "year", "volume", "issue", "pages"):
        assert getattr(paper, field) == getattr(expected, field)


def test_a_sentence_about_a_book_is_not_a_citation_line(papers) -> None:
    (paper,) = papers("1.\n本文评《红楼梦》中的人物关系与同伴支持。  相似文献\n", FORMAT)
    assert paper == Paper(abstract="本文评《红楼梦》中的人物关系与同伴支持。")


def test_a_page_cut_off_within_an_item_keeps_those_before(reading) -> None:
    whole = "1.\nFirst one.  相似文献\n\n2.\nSecond one is cut off in the mid"
    first, second = reading(whole, FORMAT)
    assert first.paper == Paper(abstract="First one.")
    assert isinstance(second, Skipped)
    assert (second.number, second.line) == (2, 4)
    assert "cut off" in second.reason


def test_a_page_cut_off_after_a_number_says_nothing_of_it(papers) -> None:
    assert len(papers("1.\nFirst one.  相似文献\n\n2.\n", FORMAT)) == 1


def test_a_number_within_an_item_stays_where_it_is(papers) -> None:
    one, two = papers("1.\nA list:\n2.\nof two.  相似文献\n2.\nSecond.  相似文献\n", FORMAT)
    assert one.abstract == "A list:\n2.\nof two."
    assert two.abstract == "Second."


def test_a_number_that_is_not_the_next_begins_no_item(papers) -> None:
    page = "1.\nFirst.  相似文献\n\n9.\nFurniture.\n2.\nSecond.  相似文献\n"
    assert [paper.abstract for paper in papers(page, FORMAT)] == ["First.", "Second."]


def test_an_item_without_text_is_skipped(reading) -> None:
    empty, good = reading("1.\n\n  相似文献\n2.\nSecond.  相似文献\n", FORMAT)
    assert (type(empty), empty.number, empty.reason) == (Skipped, 1, "the item is empty")
    assert good.paper.abstract == "Second."
