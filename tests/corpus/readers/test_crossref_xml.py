"""Crossref's XML: Unixref, unixsd, and every kind of publication that is registered there."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.paper import Paper
from corpus.readers import Record, Skipped, Text
from corpus.readers.crossref_xml import READER
from tests.data import DATA, needs_data

JATS = 'xmlns:jats="http://www.ncbi.nlm.nih.gov/JATS1"'
SCHEMA = 'xmlns="http://www.crossref.org/xschema/1.1"'

ARTICLE = f"""<journal><journal_metadata language="en">
 <full_title>Journal of Peers</full_title><abbrev_title>J Peers</abbrev_title>
 <issn media_type="print">1234-5678</issn><issn media_type="electronic">8765-4321</issn>
</journal_metadata>
<journal_issue><publication_date media_type="print"><year>2018</year></publication_date>
 <journal_volume><volume>5</volume></journal_volume><issue>2</issue></journal_issue>
<journal_article publication_type="full_text" language="en">
 <titles><title>Peers of H<sub>2</sub>O</title><subtitle>A study</subtitle></titles>
 <contributors>
  <person_name contributor_role="author" sequence="first"><given_name>Larry M.</given_name>
   <surname>Davidson</surname><suffix>Jr</suffix><affiliation>Yale</affiliation>
   <ORCID>https://orcid.org/0000-0001-2345-6789</ORCID></person_name>
  <organization contributor_role="author" sequence="additional">Peers, and Others</organization>
  <person_name contributor_role="author" sequence="additional"><given_name>婉钰</given_name>
   <surname>薛</surname><affiliations><institution><institution_name>Peking University
   </institution_name></institution></affiliations></person_name>
  <person_name contributor_role="editor" sequence="first"><given_name>Ed</given_name>
   <surname>Itor</surname></person_name>
  <person_name contributor_role="translator" sequence="first"><given_name>T</given_name>
   <surname>Ranslator</surname></person_name>
  <anonymous contributor_role="author" sequence="additional"/>
 </contributors>
 <jats:abstract {JATS}><jats:title>Abstract</jats:title>
  <jats:sec><jats:title>Background:</jats:title><jats:p>We <jats:italic>asked</jats:italic>
   peers.</jats:p></jats:sec>
  <jats:sec><jats:title>Results</jats:title><jats:p>So it is.</jats:p></jats:sec></jats:abstract>
 <jats:abstract abstract-type="graphical" {JATS}><jats:p>A picture.</jats:p></jats:abstract>
 <publication_date media_type="online"><month>12</month><year>2018</year></publication_date>
 <publication_date media_type="print"><month>01</month><day>05</day><year>2019</year>
 </publication_date>
 <pages><first_page>10</first_page><last_page>12</last_page><other_pages>20</other_pages></pages>
 <doi_data><doi>10.1000/peers.5</doi><resource>https://example.org/5</resource></doi_data>
 <citation_list><citation key="1"><doi>10.1000/cited</doi></citation></citation_list>
</journal_article></journal>
"""


def whole(*publications: str) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?>\n<doi_records>\n{}</doi_records>'.format(
        "".join(
            f'<doi_record owner="10.1000" timestamp="2019"><crossref {SCHEMA}>{publication}'
            "</crossref></doi_record>\n"
            for publication in publications
        )
    )


def one(papers, publication: str) -> Paper:
    (paper,) = papers(whole(publication), "crossref-xml")
    return paper


def test_every_field_of_an_article(papers) -> None:
    paper = one(papers, ARTICLE)
    assert paper == Paper(
        source_id="10.1000/peers.5",
        doi="10.1000/peers.5",
        title="Peers of H2O: A study",
        abstract="Background: We asked peers.\nResults: So it is.",
        authors=("Davidson, Larry M., Jr", "Peers and Others", "薛婉钰"),
        journal="Journal of Peers",
        year=2019,
        volume="5",
        issue="2",
        pages="10-12, 20",
        url="https://example.org/5",
        affiliations=("Yale", "Peking University"),
        language="en",
        extra=paper.extra,
    )
    extra = dict(paper.extra)
    left = extra.pop("crossref-xml")
    assert extra == {
        "type": "article-journal",
        "date": "2019-01-05",
        "issn": ["1234-5678", "8765-4321"],
        "editors": ["Itor, Ed"],
        "translators": ["Ranslator, T"],
    }
    assert left["owner"] == "10.1000"
    assert left["journal_metadata"] == {"abbrev_title": ["J Peers"]}
    kept = json.dumps(left)
    for value in ("0000-0001-2345-6789", "10.1000/cited", "full_text", "J Peers", "Peers, and"):
        assert value in kept


def test_an_answer_to_a_question(reading) -> None:
    answer = f"""<?xml version="1.0" encoding="UTF-8"?>
<crossref_result xmlns="http://www.crossref.org/qrschema/3.0" version="3.0"><query_result>
<head><doi_batch_id>none</doi_batch_id></head><body>
<query status="resolved"><doi type="journal_article">10.1000/peers.5</doi>
<crm-item name="citedby-count" type="number">12</crm-item>
<doi_record><crossref {SCHEMA}>{ARTICLE}</crossref></doi_record></query>
<query status="unresolved"><doi>10.1000/none</doi><msg>DOI not found in Crossref</msg></query>
</body></query_result></crossref_result>"""
    found, unknown = reading(answer, "crossref-xml")
    assert (found.paper.title, found.number, found.line) == ("Peers of H2O: A study", 1, 4)
    left = found.paper.extra["crossref-xml"]
    assert left["crm-item"] == [{"name": "citedby-count", "type": "number", "text": "12"}]
    assert unknown == Skipped(2, unknown.line, "DOI not found in Crossref")


BOOK = """<book book_type="edited_book"><book_metadata language="de">
<series_metadata><titles><title>A series</title></titles><issn>1111-2222</issn></series_metadata>
<contributors><person_name contributor_role="editor"><given_name>A</given_name>
<surname>Editor</surname></person_name></contributors>
<titles><title>A book</title></titles><volume>3</volume><edition_number>2</edition_number>
<publication_date><year>2011</year></publication_date><isbn>978-0-00-000000-2</isbn>
<publisher><publisher_name>Publisher</publisher_name><publisher_place>Berlin</publisher_place>
</publisher><doi_data><doi>10.1000/book</doi><resource>https://example.org/b</resource></doi_data>
</book_metadata>{chapter}</book>"""
CHAPTER = """<content_item component_type="chapter"><contributors><person_name
 contributor_role="author"><given_name>B</given_name><surname>Author</surname></person_name>
</contributors><titles><title>A chapter</title></titles><pages><first_page>5</first_page></pages>
<doi_data><doi>10.1000/book.1</doi><resource>https://example.org/b/1</resource></doi_data>
</content_item>"""


def test_a_chapter_and_a_book(papers) -> None:
    chapter, book = papers(
        whole(BOOK.format(chapter=CHAPTER), BOOK.format(chapter="")), "crossref-xml"
    )
    assert (chapter.title, chapter.journal, chapter.authors, chapter.pages, chapter.year) == (
        "A chapter",
        "A book",
        ("Author, B",),
        "5",
        2011,
    )
    assert (book.title, book.journal, book.doi, book.year) == ("A book", "", "10.1000/book", 2011)
    for paper, kind in ((chapter, "chapter"), (book, "book")):
        extra = {name: paper.extra[name] for name in paper.extra if name != "crossref-xml"}
        assert extra == {
            "type": kind,
            "series": "A series",
            "edition": "2",
            "issn": ["1111-2222"],
            "isbn": ["978-0-00-000000-2"],
            "publisher": "Publisher",
            "place": "Berlin",
            "editors": ["Editor, A"],
        }
        assert (paper.language, paper.volume) == ("de", "3")


def test_an_entry_of_an_encyclopedia(papers) -> None:
    entry = CHAPTER.replace("chapter", "reference_entry", 1)
    assert one(papers, BOOK.format(chapter=entry)).extra["type"] == "entry-encyclopedia"


PERSON = """<person_name contributor_role="author"><given_name>A</given_name>
<surname>B</surname></person_name>"""
SAID = f"""<contributors>{PERSON}</contributors><titles><title>A title</title></titles>
{{date}}<doi_data><doi>10.1000/x</doi><resource>https://example.org/x</resource></doi_data>"""


@pytest.mark.parametrize(
    ("publication", "type", "journal", "publisher"),
    [
        (
            "<dissertation language='en'>"
            + SAID.format(
                date="<approval_date><year>2015</year></approval_date><institution>"
                "<institution_name>A university</institution_name></institution>"
            )
            + "<degree>PhD</degree></dissertation>",
            "thesis",
            "",
            "A university",
        ),
        (
            "<posted_content type='preprint'><group_title>Biology</group_title>"
            + SAID.format(
                date="<posted_date><month>3</month><day>4</day><year>2015</year></posted_date>"
                "<institution><institution_name>bioRxiv</institution_name></institution>"
            )
            + "</posted_content>",
            "article",
            "",
            "bioRxiv",
        ),
        (
            "<report-paper><report-paper_metadata>"
            + SAID.format(
                date="<publication_date><year>2015</year></publication_date><publisher>"
                "<publisher_name>A bureau</publisher_name></publisher>"
            )
            + "</report-paper_metadata></report-paper>",
            "report",
            "",
            "A bureau",
        ),
        (
            "<conference><event_metadata><conference_name>A meeting</conference_name>"
            "</event_metadata><proceedings_metadata><proceedings_title>Proceedings"
            "</proceedings_title><publication_date><year>2015</year></publication_date>"
            "<publisher><publisher_name>A society</publisher_name></publisher>"
            "</proceedings_metadata><conference_paper>"
            + SAID.format(date="")
            + "</conference_paper></conference>",
            "paper-conference",
            "Proceedings",
            "A society",
        ),
        (
            "<database><database_metadata><titles><title>A base</title></titles>"
            "</database_metadata><dataset>"
            + SAID.format(
                date="<database_date><publication_date><year>2015</year></publication_date>"
                "</database_date>"
            )
            + "</dataset></database>",
            "dataset",
            "A base",
            "",
        ),
        (
            "<peer_review>"
            + SAID.format(date="<review_date><year>2015</year></review_date>")
            + "</peer_review>",
            "review",
            "",
            "",
        ),
    ],
)
def test_other_kinds(papers, publication: str, type: str, journal: str, publisher: str) -> None:
    paper = one(papers, publication)
    assert (paper.title, paper.doi, paper.authors) == ("A title", "10.1000/x", ("B, A",))
    assert (paper.year, paper.journal) == (2015, journal)
    assert paper.extra["type"] == type
    assert paper.extra.get("publisher", "") == publisher
    assert "given_name" not in json.dumps(dict(paper.extra))


def test_proceedings_as_a_whole(papers) -> None:
    paper = one(
        papers,
        "<conference><contributors><person_name contributor_role='chair'><surname>Chair</surname>"
        "</person_name></contributors><event_metadata><conference_name>A meeting"
        "</conference_name></event_metadata><proceedings_metadata><proceedings_title>Proceedings"
        "</proceedings_title><doi_data><doi>10.1000/p</doi></doi_data></proceedings_metadata>"
        "</conference>",
    )
    assert (paper.title, paper.journal, paper.doi) == ("Proceedings", "", "10.1000/p")
    assert paper.extra["editors"] == ["Chair"]
    assert paper.extra["conference"] == "A meeting"


def test_a_deposit_of_several_works(reading) -> None:
    second = ARTICLE[ARTICLE.index("<journal_article") : ARTICLE.index("</journal>")]
    both = ARTICLE.replace("</journal>", second.replace("peers.5", "peers.6") + "</journal>")
    batch = f"<doi_batch {SCHEMA}><head/>\n<body>\n{both}</body></doi_batch>"
    first, other = reading(batch, "crossref-xml")
    assert (first.number, first.paper.doi) == (1, "10.1000/peers.5")
    assert (other.number, other.paper.doi) == (2, "10.1000/peers.6")
    assert first.line == other.line == 3
    assert other.paper.journal == "Journal of Peers"
    assert "journal_metadata" not in other.paper.extra["crossref-xml"]


def article(inside: str, language: str = "en") -> str:
    return f"<journal><journal_article language='{language}'>{inside}</journal_article></journal>"


TITLE = "<titles><title>{}</title>{}</titles>"
ORIGINAL = "<original_language_title{}>同伴</original_language_title>"


@pytest.mark.parametrize(
    ("titles", "language", "own", "translated"),
    [
        (TITLE.format("Peers", ORIGINAL.format(" language='zh'")), "zh", "同伴", "Peers"),
        (TITLE.format("Peers", ORIGINAL.format("")), "en", "Peers", "同伴"),
        (TITLE.format("Peers", "") + TITLE.format("同伴", ""), "zh", "同伴", "Peers"),
        (TITLE.format("Why?", "<subtitle>So</subtitle>"), "en", "Why? So", ""),
        (TITLE.format("\n  Peers\n  at work\n", ""), "", "Peers at work", ""),
    ],
)
def test_titles(papers, titles: str, language: str, own: str, translated: str) -> None:
    paper = one(papers, article(titles, language))
    assert (paper.title, paper.translated_title) == (own, translated)


@pytest.mark.parametrize(
    ("abstracts", "language", "own", "translated"),
    [
        ("<abstract lang='en'><p>One.</p><p>Two.</p></abstract>", "en", "One.\nTwo.", ""),
        (
            "<abstract lang='en'><p>We</p></abstract><abstract xml:lang='zh'><p>我</p></abstract>",
            "zh",
            "我",
            "We",
        ),
        (
            "<abstract><p>We.</p></abstract><abstract><p>我们。</p></abstract>",
            "zh",
            "我们。",
            "We.",
        ),
        ("<abstract>Not in <i>any</i> paragraph.</abstract>", "en", "Not in any paragraph.", ""),
        ("<abstract><title>摘要</title><p>我们。</p></abstract>", "zh", "我们。", ""),
        (
            "<abstract><title>Aim</title><p>x</p><title>Results.</title><p>y</p><p>z</p></abstract>",
            "en",
            "Aim: x\nResults: y\nz",
            "",
        ),
        ("<abstract><p/><sec><title>Aim</title></sec></abstract>", "en", "", ""),
    ],
)
def test_abstracts(papers, abstracts: str, language: str, own: str, translated: str) -> None:
    paper = one(papers, article(f"<titles><title>t</title></titles>{abstracts}", language))
    assert (paper.abstract, paper.translated_abstract) == (own, translated)


def test_an_article_number_stands_for_pages(papers) -> None:
    number = "<publisher_item><item_number item_number_type='article_number'>e5</item_number>"
    paper = one(papers, article(f"<titles><title>t</title></titles>{number}</publisher_item>"))
    assert paper.pages == "e5"


def test_answers_without_a_paper_are_skipped(reading) -> None:
    journal = ARTICLE[: ARTICLE.index("<journal_article")] + "</journal>"
    found = reading(
        whole("<error>doi:10.1/x was not found</error>", journal, article(""), ARTICLE),
        "crossref-xml",
    )
    assert [(each.number, isinstance(each, Skipped)) for each in found] == [
        (1, True),
        (2, True),
        (3, True),
        (4, False),
    ]
    assert [each.reason for each in found[:3]] == [
        "doi:10.1/x was not found",
        "no paper in it",
        "no title, abstract or DOI",
    ]


@given(
    st.integers(0, len(ARTICLE)),
    st.integers(0, 60),
    st.sampled_from(["", "<", "&", "</titles>", "<journal>", "<crossref>", "<doi>", "\x03", '"']),
)
@settings(max_examples=50, deadline=None)
def test_records_that_were_damaged(at: int, gone: int, put: str) -> None:
    try:
        found = list(READER.read(Text.of(whole(ARTICLE[:at] + put + ARTICLE[at + gone :]))))
    except UnreadableFile as error:
        assert str(error).startswith("text, line ")  # noqa: PT017
    else:
        assert all(isinstance(each, Record | Skipped) for each in found)
        assert all(json.dumps(dict(each.paper.extra)) for each in found if isinstance(each, Record))


@needs_data
def test_it_agrees_with_zotero(papers) -> None:
    folder = DATA / "exports" / "zotero"
    (item,) = json.loads((folder / "Crossref_Unixref_XML_1.expected.json").read_text("utf-8"))
    (paper,) = papers((folder / "Crossref_Unixref_XML_1.txt").read_bytes(), "crossref-xml")
    assert paper.title == item["title"]
    assert paper.journal == item["proceedingsTitle"]
    assert (paper.doi, paper.url, paper.pages) == (item["DOI"], item["url"], item["pages"])
    names = [f"{one['lastName']}, {one['firstName']}" for one in item["creators"]]
    assert list(paper.authors) == names
    assert paper.year == 2017
    assert paper.extra["type"] == "paper-conference"
    assert paper.extra["conference"] == item["conferenceName"]
    assert paper.extra["isbn"] == [item["ISBN"]]
    assert paper.extra["publisher"] == item["publisher"]
