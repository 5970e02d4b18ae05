"""What the columns of tables are called, in English and Chinese, and our own table's columns.

Names count without case, spaces and punctuation: "Start Page" is startpage. Of several columns for
one field the one listed first is taken; keywords, subjects and numbers are taken from all.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import NamedTuple

from corpus.text.normalise import has_han, key

OURS = (
    *("id", "title", "translated_title", "authors", "journal", "year", "volume", "issue", "pages"),
    *("doi", "pmid", "url", "abstract", "translated_abstract", "keywords", "subjects"),
    *("affiliations", "language", "summary_by", "type", "date", "publisher", "place", "issn"),
    *("isbn", "editors", "series", "edition", "conference", "pmcid", "arxiv", "note"),
)
"""The columns of the project's own table, named as fields are; `id` is the record's own."""

LISTS = frozenset(("authors", "keywords", "subjects", "affiliations", "issn", "isbn", "editors"))
"""Which of them hold several values in a cell."""

MANY = frozenset(("keywords", "subjects", "issn", "isbn"))
"""Fields that several columns add to."""

NEEDED = frozenset(
    "title title_zh title_en original_title abstract abstract_zh abstract_en doi".split()
)
"""Without one of these a table is not one of papers."""

_MEANT = {
    "source_id": """
        id; record id; record number; key; eid; accession number; an; ut; ut unique wos id;
        unique id; lens id; publication id; embase accession id; pui; store id; covidence; 记录号;
        编号; openalex id; paper id; refid; cochrane review id
    """,
    "title": """
        title; document title; article title; item title; primary title; publication title en;
        题名; 标题; 篇名; 文献题名; 文献标题; 论文题目; 论文题名; 论文标题; 文章标题; 文章题目;
        题目
    """,
    "title_zh": "中文题名; 中文标题; 中文篇名; 中文题目; chinese title; title zh",
    "title_en": """
        英文题名; 英文标题; 英文篇名; 英文题目; english title; title en; translated title; 外文题名
    """,
    "original_title": "original title; vernacular title; title original language; 原文题名",
    "abstract": """
        abstract; abstract note; summary; description; abstract text; item abstract; 摘要; 文摘;
        内容摘要; 摘要内容; 简介
    """,
    "abstract_zh": "中文摘要; 中文文摘; chinese abstract; abstract zh",
    "abstract_en": """
        英文摘要; 英文文摘; english abstract; abstract en; translated abstract; 外文摘要
    """,
    "original_abstract": "original abstract; abstract original language",
    "authors": """
        author full names; author full name; authors full names; authors; author; author names;
        author name; author list; creators; creator; inventors; 作者; 作者姓名; 著者; 全部作者;
        中文作者; 中文作者姓名; 责任者; 第一责任人
    """,
    "journal": """
        source title; publication title; journal; journal title; journal name; journal book;
        full journal name; publication name; publication; pubtitle; container title; venue;
        anthology title; book title; proceedings title; secondary title; periodical; 刊名; 期刊;
        期刊名称; 期刊名; 期刊题名; 中文刊名; 来源期刊; 来源; 文献来源; 来源名称; 出处; 刊物名称;
        母体文献; 会议录名称; 学位授予单位; 来源出版物
    """,
    "source": "source; citation; 年卷期; 年卷期页码; 年卷期页; 刊名年卷期; reference citation",
    "year": """
        year; publication year; published year; pub year; py; year published; date year; 年; 年份;
        出版年; 发表年; 发表年份; 出版年份; 学位年度
    """,
    "date": """
        publication date; date published; date; pub date; published date; cover date; issue date;
        published; 发表时间; 出版时间; 出版日期; 发表日期; 日期; 发布时间; 刊出日期; pub time;
        公开日; 公开公告日
    """,
    "volume": "volume; journal volume; vol; 卷; 卷号; 卷次",
    "issue": "issue; issue number; journal issue; number; 期; 期号; 期次; period",
    "pages": """
        pages; page; pagination; page range; page numbers; 页码; 起止页码; 起止页; 页; 页码范围;
        页数范围
    """,
    "first_page": """
        start page; page start; first page; begin page; beginning page; 起始页; 起始页码; 起页;
        开始页
    """,
    "last_page": "end page; page end; last page; ending page; 结束页; 结束页码; 止页; 终止页",
    "article_number": "art no; article number; article no; 文章编号; e location id",
    "doi": "doi; item doi; digital object identifier; doi link; doi number; doi号; 数字对象标识符",
    "pmid": "pmid; pubmed id; pub med id; pubmedid; medline pmid; pubmed",
    "pmcid": "pmcid; pmc id; pmc",
    "arxiv": "arxiv; arxiv id",
    "url": """
        url; link; article url; document url; dimensions url; external url; source urls;
        embase link; plink; item url; doi url; pdf link; full text url; web address; 网址; 链接;
        全文链接; 文献链接; 原文链接; 链接地址
    """,
    "open_url": "open url link",
    "keywords": """
        keywords; keyword; author keywords; author keyword; key words; manual tags;
        identifier keywords; tags; 关键词; 关键字; 中文关键词; 作者关键词; 主题词关键词
    """,
    "keywords_en": "英文关键词; english keywords; 外文关键词",
    "subjects": """
        index keywords; mesh terms; mesh; ieee terms; inspec controlled terms; automatic tags;
        inspec non controlled terms; emtree medical index terms major focus; subject terms;
        emtree medical index terms; emtree drug index terms major focus; emtree drug index terms;
        keywords plus; fields of study; subjects; subject; web of science categories;
        wos categories; research areas; fields of research anzsrc 2020; fields of research;
        concepts; topics; 主题; 主题词; 学科; 学科分类; 学科类别; 机标关键词; 专题名称
    """,
    "affiliations": """
        affiliations; author affiliations; affiliation; author address; addresses;
        author addresses; research organizations standardized; authors affiliations; institutions;
        institution; 单位; 机构; 作者单位; 作者机构; 机构名称; 所在机构; organ; 第一机构
    """,
    "language": """
        language; lang; language of original document; language of article; article language;
        original language; 语种; 语言; 正文语种
    """,
    "publisher": "publisher; publishers; 出版社; 出版者; 出版单位; 出版商",
    "place": """
        place; place of publication; publisher location; publisher city; publication place; 出版地
    """,
    "issn": "issn; issns; eissn; print issn; online issn; issn号; 国际刊号",
    "isbn": "isbn; isbns; 国际标准书号",
    "editors": "editors; editor; book editors; 编者; 主编; 编辑",
    "translators": "translators; translator; 译者",
    "series": "series; series title; book series title; 丛书; 丛书名",
    "edition": "edition; 版本; 版次",
    "conference": "conference name; conference title; conference; meeting name; 会议名称",
    "type": """
        item type; document type; publication type; content type; article type; doctype; doc type;
        reference type; type; 文献类型; 类型; 文章类型; 文献类别; document identifier
    """,
    "note": "notes; note; 备注",
}
_TAGS = """
    TI:title AF:authors AU:authors AB:abstract SO:journal PY:year PD:date VL:volume IS:issue
    BP:first_page EP:last_page AR:article_number DI:doi PM:pmid UT:source_id DE:keywords ID:subjects
    WC:subjects C3:affiliations C1:affiliations LA:language PU:publisher PI:place SN:issn EI:issn
    BN:isbn BE:editors SE:series CT:conference DT:type
""".split()
"""Web of Science's tags, which are columns in its tab-delimited files."""

_TYPES = {
    "article-journal": """
        article; journal article; review; article in press; short survey; editorial; letter; note;
        erratum; early access; articles; ieee journals; ieee magazines; academic journal; 期刊;
        期刊论文; 期刊文章; 学术期刊; 中文期刊
    """,
    "paper-conference": """
        conference paper; proceedings paper; conference; conferences; proceeding; proceedings;
        ieee conferences; conference article; 会议; 会议论文; 国内会议; 国际会议
    """,
    "chapter": "book chapter; book section; chapter; chapters; book part",
    "book": "book; books; monograph; edited book; ebook; 图书; 专著",
    "thesis": """
        thesis; dissertation; doctoral dissertation; 学位论文; 硕士; 博士; 硕士论文; 博士论文;
        硕士学位论文; 博士学位论文
    """,
    "report": "report; government document; 科技报告; 报告",
    "patent": "patent; patents; 专利",
    "standard": "standard; ieee standards; 标准",
    "article-newspaper": "newspaper article; news; 报纸; 报纸文章",
    "article-magazine": "magazine article; magazine",
    "article": "preprint; preprints; posted content",
    "dataset": "dataset; data set",
    "webpage": "web page; webpage; website",
}
_LONGEST_NAME = 60
_TAG_KEYS = {
    tag: (field, rank) for rank, (tag, _, field) in enumerate(part.partition(":") for part in _TAGS)
}


class Column(NamedTuple):
    """A column: its place from 0, what the table calls it, the field it means ("": none)."""

    place: int
    name: str
    field: str


def columns(header: Iterable[str], *, ours: bool = False) -> list[Column]:
    """The columns of a table, those that count first before others of the same field.

    `ours` is the project's own table, where names mean what they say.
    """
    names = [name.strip() for name in header]
    tagged = sum(name in _TAG_KEYS for name in names) > 4 and not {"PT", "UT"}.isdisjoint(names)
    meaning = _own if ours else _tag if tagged else _meaning
    found = []
    for place, name in enumerate(names):
        field, rank = meaning(name)
        found.append((rank, Column(place, name, field)))
    return [column for _, column in sorted(found)]


def _own(name: str) -> tuple[str, int]:
    return ("source_id" if name == "id" else name if name in OURS else ""), 0


def _tag(name: str) -> tuple[str, int]:
    return _TAG_KEYS.get(name, ("", 0))


def _meaning(name: str) -> tuple[str, int]:
    """CNKI has two languages in a name, Title-题名, even where they say the same: DOI-DOI."""
    if not name or len(name) > _LONGEST_NAME:
        return "", 0
    first, _, last = name.rpartition("-")
    twice = key(last) if has_han(last) or first == last else ""
    return _meanings().get(key(name)) or _meanings().get(twice, ("", 0))


@functools.cache
def _meanings() -> dict[str, tuple[str, int]]:
    return {
        key(name): (field, rank)
        for field, names in _MEANT.items()
        for rank, name in enumerate(names.split(";"))
    }


def type_of(cell: str) -> str:
    """CSL's word for a kind of work, "" where it is not known: of several, the last known."""
    if len(cell) > _LONGEST_NAME:
        return ""
    found = (_types().get(key(name), "") for name in re.split("[;；,/|]", cell))
    return next(filter(None, reversed(list(found))), "")


@functools.cache
def _types() -> dict[str, str]:
    return {key(name): type for type, names in _TYPES.items() for name in names.split(";")}
