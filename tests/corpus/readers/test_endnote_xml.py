"""EndNote's XML, with style runs and without."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.paper import Paper
from corpus.readers import Record, Skipped, Text
from corpus.readers.endnote_xml import READER
from tests.data import DATA, needs_data

FULL = """<record><database name="My.enl" path="/Users/me/My.enl">My.enl</database>
<source-app name="EndNote" version="20.1">EndNote</source-app><rec-number>12</rec-number>
<foreign-keys><key app="EN" db-id="x">12</key></foreign-keys>
<ref-type name="Journal Article">17</ref-type>
<contributors><authors><author>Davidson, Larry, Jr</author><author>薛婉钰</author>
<author>Peer Support Group,</author></authors>
<secondary-authors><author>Itor, Ed</author></secondary-authors>
<tertiary-authors><author>Third, A.</author></tertiary-authors></contributors>
<auth-address>Yale University</auth-address>
<titles><title>Peers <i>at</i> work</title><secondary-title>Psychiatr Serv</secondary-title>
<translated-title>同伴</translated-title><short-title>Peers</short-title></titles>
<periodical><full-title>Psychiatric Services</full-title>
<abbr-1>Psychiatr Serv</abbr-1></periodical>
<pages>732-8</pages><volume>57</volume><number>6</number><edition>2006/06/03</edition>
<keywords><keyword>recovery</keyword><keyword>Lived experience</keyword></keywords>
<dates><year>2006</year><pub-dates><date>Jun 3</date></pub-dates></dates>
<pub-location>Washington</pub-location><publisher>APA</publisher>
<isbn>1075-2730 (Print)&#xD;1557-9700 (Linking)</isbn><accession-num>16754764</accession-num>
<electronic-resource-num>https://doi.org/10.1176/ps.2006.57.6.732</electronic-resource-num>
<abstract>AIM: We asked.&#xD;RESULT: So it is.</abstract><notes>Read &amp; liked</notes>
<urls><related-urls><url>https://example.org/a</url><url>&lt;Go to ISI&gt;://1</url></related-urls>
<web-urls><url>https://example.org/b</url></web-urls>
<pdf-urls><url>internal-pdf://a.pdf</url></pdf-urls></urls>
<custom2>PMC1234567</custom2><remote-database-name>PubMed</remote-database-name>
<language>eng</language><access-date>2020-01-02</access-date><label>L1</label></record>"""

STYLE = '<style face="normal" font="default" size="100%">'


def whole(*records: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8" ?>\n<xml><records>{"".join(records)}</records></xml>'
    )


def styled(record: str) -> str:
    """`record` with the text of each element in a run of type, as EndNote itself writes it."""
    plain = re.sub(r"</?i>", "", record)
    return re.sub(
        r"(<(?!database|source-app|key|ref-type|rec)[^/<>]+>)([^<>]+)(?=</)",
        rf"\1{STYLE}\2</style>",
        plain,
    )


def indented(record: str) -> str:
    return re.sub(r"(<style[^>]*>)([^<]*)(</style>)", r"\n    \1\n\2\n      \3\n  ", styled(record))


def one(papers, *records: str) -> Paper:
    (paper,) = papers(whole(*records), "endnote-xml")
    return paper


def brief(inside: str, type: str = "Journal Article") -> str:
    return (
        f"<record><ref-type name='{type}'>0</ref-type><titles><title>t</title></titles>"
        f"{inside}</record>"
    )


@pytest.mark.parametrize("written", [str, styled, indented])
def test_every_field_of_a_record(papers, written) -> None:
    paper = one(papers, written(FULL))
    assert paper == Paper(
        source_id="16754764",
        pmid="16754764",
        title="Peers at work",
        translated_title="同伴",
        abstract="AIM: We asked.\nRESULT: So it is.",
        authors=("Davidson, Larry, Jr", "薛婉钰", "Peer Support Group"),
        journal="Psychiatric Services",
        year=2006,
        volume="57",
        issue="6",
        pages="732-738",
        doi="10.1176/ps.2006.57.6.732",
        url="https://example.org/b",
        keywords=("recovery", "Lived experience"),
        affiliations=("Yale University",),
        language="en",
        extra=paper.extra,
    )
    assert paper.extra == {
        "type": "article-journal",
        "date": "2006-06-03",
        "editors": ["Itor, Ed"],
        "publisher": "APA",
        "place": "Washington",
        "edition": "2006/06/03",
        "issn": ["1075-2730", "1557-9700"],
        "note": "Read & liked",
        "urls": ["https://example.org/a"],
        "accessed": "2020-01-02",
        "pmcid": "PMC1234567",
        "endnote-xml": {
            "rec-number": ["12"],
            "foreign-keys": [{"key": {"app": "EN", "db-id": "x", "text": "12"}}],
            "accession-num": ["16754764"],
            "custom2": ["PMC1234567"],
            "remote-database-name": ["PubMed"],
            "label": ["L1"],
            "tertiary-authors": [{"author": "Third, A."}],
            "short-title": ["Peers"],
            "abbr-1": ["Psychiatr Serv"],
            "pdf-urls": [{"url": "internal-pdf://a.pdf"}],
            "url": ["<Go to ISI>://1"],
        },
    }


def test_several_styles_in_one_field_read_as_one(papers) -> None:
    title = f'{STYLE}Role of </style><style face="italic">Bdnf</style>{STYLE} in mice</style>'
    assert one(papers, FULL.replace("Peers <i>at</i> work", title)).title == "Role of Bdnf in mice"


@pytest.mark.parametrize(
    ("type", "fields", "journal", "extra"),
    [
        (
            "Book Section",
            "<secondary-title>A book</secondary-title>",
            "A book",
            {"type": "chapter"},
        ),
        (
            "Book",
            "<secondary-title>A series</secondary-title>",
            "",
            {"type": "book", "series": "A series"},
        ),
        (
            "Conference Paper",
            "<secondary-title>A meeting</secondary-title>",
            "A meeting",
            {"type": "paper-conference", "conference": "A meeting"},
        ),
        ("Thesis", "", "", {"type": "thesis"}),
        ("Something New", "", "", {"endnote-xml": {"ref-type": "Something New"}}),
    ],
)
def test_kinds(papers, type: str, fields: str, journal: str, extra: dict) -> None:
    titles = f"<titles><title>t</title>{fields}</titles>"
    paper = one(papers, f"<record><ref-type name='{type}'>0</ref-type>{titles}</record>")
    assert (paper.title, paper.journal, paper.extra) == ("t", journal, extra)


def test_a_kind_by_its_number(papers) -> None:
    paper = one(papers, "<record><ref-type>32</ref-type><titles><title>t</title></titles></record>")
    assert paper.extra == {"type": "thesis"}


@pytest.mark.parametrize(
    ("inside", "field", "value"),
    [
        ("<dates><pub-dates><date>2011-02-14</date></pub-dates></dates>", "year", 2011),
        (
            "<urls><web-urls><url>https://doi.org/10.1000/x</url></web-urls></urls>",
            "doi",
            "10.1000/x",
        ),
        ("<accession-num>WOS:1</accession-num><rec-number>3</rec-number>", "source_id", "WOS:1"),
        ("<rec-number>3</rec-number>", "source_id", "3"),
        ("<accession-num>123</accession-num>", "pmid", ""),
        ("<abstract>One\n      and the same</abstract>", "abstract", "One and the same"),
        ("<abstract>One\nTwo</abstract>", "abstract", "One\nTwo"),
        ("<keywords><keyword>a; b</keyword></keywords>", "keywords", ("a", "b")),
        ("<periodical><full-title>J</full-title></periodical>", "journal", "J"),
        ("<issue>4</issue>", "issue", "4"),
        (
            "<isbn>US123</isbn>",
            "extra",
            {"type": "article-journal", "endnote-xml": {"isbn": "US123"}},
        ),
        (
            "<dates><year>2001</year><pub-dates><date>Spring</date></pub-dates></dates>",
            "extra",
            {"type": "article-journal", "endnote-xml": {"pub-dates": "Spring"}},
        ),
        (
            "<electronic-resource-num>ark:/1</electronic-resource-num>",
            "extra",
            {"type": "article-journal", "doi": "ark:/1"},
        ),
    ],
)
def test_fields(papers, inside: str, field: str, value: object) -> None:
    assert getattr(one(papers, brief(inside)), field) == value


def test_records_that_say_nothing_are_skipped(reading) -> None:
    nothing, something = reading(
        whole("<record><rec-number>1</rec-number></record>\n", FULL), "endnote-xml"
    )
    assert nothing == Skipped(1, 2, "no title, abstract or DOI")
    assert (something.number, something.line) == (2, 3)


@pytest.mark.parametrize(
    "head", ["<xml/>", "<xml><a/></xml>", "<records><record/></records>", "%0 Book"]
)
def test_what_is_none_of_it(head: str) -> None:
    assert not READER.recognises(head)


@given(
    st.integers(0, len(FULL)),
    st.integers(0, 60),
    st.sampled_from(["", "<", "&", "</title>", "<record>", "<style>", "\x03", "&#xD;", '"']),
)
@settings(max_examples=50, deadline=None)
def test_records_that_were_damaged(at: int, gone: int, put: str) -> None:
    try:
        found = list(READER.read(Text.of(whole(FULL[:at] + put + FULL[at + gone :]))))
    except UnreadableFile as error:
        assert str(error).startswith("text, line ")  # noqa: PT017
    else:
        assert all(isinstance(each, Record | Skipped) for each in found)
        assert all(json.dumps(dict(each.paper.extra)) for each in found if isinstance(each, Record))


@needs_data
def test_it_agrees_with_zotero(papers) -> None:
    folder = DATA / "exports" / "zotero"
    items = json.loads((folder / "Endnote_XML_1.expected.json").read_text("utf-8"))
    found = papers((folder / "Endnote_XML_1.txt").read_bytes(), "endnote-xml")
    for paper, item in zip(found, items, strict=True):
        assert paper.title == item["title"]
        assert paper.abstract == item.get("abstractNote", "")
        assert paper.pages == item.get("pages", "")
        assert str(paper.year or "") == item.get("date", item.get("issueDate", ""))
        places = ("publicationTitle", "bookTitle", "websiteTitle")
        assert paper.journal == "".join(item.get(place, "") for place in places)
        # Zotero puts a full stop after an initial, where the file has none.
        names = [
            f"{one['lastName']}, {one['firstName'].rstrip('.')}"
            for one in item["creators"]
            if one["creatorType"] in ("author", "inventor")
        ]
        assert list(paper.authors) == names


@needs_data
def test_endnotes_own_file(papers) -> None:
    path = DATA / "exports" / "jabref" / "EndnoteXmlImporterTestArticle2.xml"
    first, second = papers(path.read_bytes(), "endnote-xml")
    assert first.title.endswith("lands in the Central Hardwood Region")
    assert "\n" not in first.title
    for paper, page in ((first, "93-105"), (second, "162-168")):
        assert (paper.journal, paper.year, paper.volume, paper.issue) == (
            "Ecology",
            1937,
            "18",
            "1",
        )
        assert (paper.pages, paper.language) == (page, "en")
        assert paper.extra["issn"] == ["0012-9658"]
        assert paper.source_id.startswith("ISI:0002001488000")
