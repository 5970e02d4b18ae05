"""PubMed's XML as efetch, the yearly files and NCBI's books have it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.paper import Paper
from corpus.readers import Record, Skipped, Text
from corpus.readers.pubmed_xml import READER
from tests.data import DATA, needs_data

PROLOG = """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" \
"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">
"""

ARTICLE = """<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="1">30000001</PMID>
<Article PubModel="Print">
 <Journal><ISSN IssnType="Print">0033-2720</ISSN>
  <JournalIssue CitedMedium="Print"><Volume>57</Volume><Issue>6</Issue>
   <PubDate><Year>2006</Year><Month>Jun</Month><Day>3</Day></PubDate></JournalIssue>
  <Title>Psychiatric services</Title><ISOAbbreviation>Psychiatr Serv</ISOAbbreviation></Journal>
 <ArticleTitle>Peers <i>in vivo</i> and CO<sub>2</sub>.</ArticleTitle>
 <Pagination><MedlinePgn>732-8; discussion 739-40</MedlinePgn></Pagination>
 <ELocationID EIdType="pii" ValidYN="Y">57/6/732</ELocationID>
 <ELocationID EIdType="doi" ValidYN="N">10.1000/wrong</ELocationID>
 <ELocationID EIdType="doi" ValidYN="Y">10.1000/elsewhere</ELocationID>
 <Abstract>
  <AbstractText Label="BACKGROUND" NlmCategory="BACKGROUND">We <b>asked</b>
   peers.</AbstractText>
  <AbstractText Label="UNLABELLED">They answered.</AbstractText>
  <AbstractText Label="RESULTS"/>
  <AbstractText Label="CONCLUSIONS">x <mml:math xmlns:mml="http://www.w3.org/1998/Math/MathML">
   <mml:mi>p</mml:mi> <mml:mo>&lt;</mml:mo> <mml:mn>.05</mml:mn></mml:math>.</AbstractText>
  <CopyrightInformation>Copyright 2006.</CopyrightInformation></Abstract>
 <AuthorList CompleteYN="Y">
  <Author ValidYN="Y"><LastName>Davidson</LastName><ForeName>Larry M</ForeName>
   <Initials>LM</Initials><Suffix>Jr</Suffix>
   <Identifier Source="ORCID">0000-0001-2345-6789</Identifier>
   <AffiliationInfo><Affiliation>Yale University.</Affiliation></AffiliationInfo>
   <AffiliationInfo><Affiliation>Another.</Affiliation></AffiliationInfo></Author>
  <Author ValidYN="N"><LastName>Davidsen</LastName><ForeName>Larry</ForeName></Author>
  <Author ValidYN="Y"><LastName>van Beek</LastName><Initials>A</Initials>
   <AffiliationInfo><Affiliation>Yale University.</Affiliation></AffiliationInfo></Author>
  <Author ValidYN="Y"><CollectiveName>Peers, Friends, and Others Group</CollectiveName></Author>
 </AuthorList>
 <Language>eng</Language>
 <PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>
 </PublicationTypeList>
</Article>
<MedlineJournalInfo><MedlineTA>Psychiatr Serv</MedlineTA></MedlineJournalInfo>
<MeshHeadingList>
 <MeshHeading><DescriptorName UI="D006801" MajorTopicYN="N">Humans</DescriptorName></MeshHeading>
 <MeshHeading><DescriptorName MajorTopicYN="N">Peer Group</DescriptorName>
  <QualifierName MajorTopicYN="Y">psychology</QualifierName></MeshHeading>
</MeshHeadingList>
<KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">recovery</Keyword>
 <Keyword MajorTopicYN="N">lived experience; work</Keyword></KeywordList>
<GrantList><Grant><GrantID>G1</GrantID><Country>Y</Country></Grant></GrantList>
</MedlineCitation>
<PubmedData>
 <PublicationStatus>ppublish</PublicationStatus>
 <ArticleIdList><ArticleId IdType="pubmed">30000001</ArticleId>
  <ArticleId IdType="doi">10.1176/ps.2006.57.6.732</ArticleId>
  <ArticleId IdType="pmc">PMC1234567</ArticleId></ArticleIdList>
 <ReferenceList><Reference><Citation>Cited 2000.</Citation>
  <ArticleIdList><ArticleId IdType="doi">10.1000/cited</ArticleId>
   <ArticleId IdType="pubmed">1</ArticleId></ArticleIdList></Reference></ReferenceList>
</PubmedData></PubmedArticle>
"""

BOOK = """<PubmedBookArticle><BookDocument><PMID Version="1">20301295</PMID>
<ArticleIdList><ArticleId IdType="bookaccession">NBK1100</ArticleId></ArticleIdList>
<Book><Publisher><PublisherName>University of Washington</PublisherName>
<PublisherLocation>Seattle (WA)</PublisherLocation></Publisher>
<BookTitle book="gene">GeneReviews</BookTitle><PubDate><Year>1993</Year></PubDate>
<AuthorList Type="editors"><Author><LastName>Adam</LastName><ForeName>Margaret P</ForeName></Author>
</AuthorList><Isbn>9780000000002</Isbn><Edition>2</Edition><Medium>Internet</Medium></Book>
{title}<Language>eng</Language>
<AuthorList Type="authors"><Author><LastName>Nicolas</LastName><ForeName>Gael</ForeName></Author>
</AuthorList><Abstract><AbstractText>A chapter.</AbstractText></Abstract>
</BookDocument></PubmedBookArticle>
"""


def whole(*records: str, root: str = "PubmedArticleSet") -> str:
    return f"{PROLOG}<{root}>\n{''.join(records)}</{root}>\n"


def brief(article: str, citation: str = "", language: str = "eng") -> str:
    return (
        "<PubmedArticle><MedlineCitation><PMID>7</PMID><Article>"
        f"{article}<Language>{language}</Language></Article>{citation}</MedlineCitation>"
        "</PubmedArticle>"
    )


def one(papers, *records: str) -> Paper:
    (paper,) = papers(whole(*records), "pubmed-xml")
    return paper


def test_every_field_of_a_record(papers) -> None:
    paper = one(papers, ARTICLE)
    assert paper == Paper(
        source_id="30000001",
        pmid="30000001",
        title="Peers in vivo and CO2",
        abstract="BACKGROUND: We asked peers.\nThey answered.\nCONCLUSIONS: x p<.05.",
        authors=("Davidson, Larry M, Jr", "van Beek, A", "Peers Friends and Others Group"),
        journal="Psychiatric services",
        year=2006,
        volume="57",
        issue="6",
        pages="732-738; discussion 739-740",
        doi="10.1176/ps.2006.57.6.732",
        keywords=("recovery", "lived experience; work"),
        subjects=("Humans", "Peer Group"),
        affiliations=("Yale University.", "Another."),
        language="en",
        extra=paper.extra,
    )
    extra = dict(paper.extra)
    left = extra.pop("pubmed-xml")
    assert extra == {
        "type": "article-journal",
        "date": "2006-06-03",
        "issn": ["0033-2720"],
        "pmcid": "PMC1234567",
    }
    assert left["AffiliationInfo"] == [[0, 1], [0], []]
    assert left["Identifier"] == {"Davidson, Larry M, Jr": "0000-0001-2345-6789"}
    assert left["MeshHeading"] == ["Peer Group/*psychology"]
    assert left["ArticleId"] == {"pii": "57/6/732"}
    kept = json.dumps(left)
    for value in (
        "MEDLINE",
        "Copyright 2006.",
        "Psychiatr Serv",
        "G1",
        "ppublish",
        "10.1000/cited",
    ):
        assert value in kept
    for value in ("30000001", "Davidsen", "They answered", "10.1000/wrong"):
        assert value not in kept


@pytest.mark.parametrize("encoding", ["UTF-8", "GB18030", "UTF-16", "ASCII"])
def test_any_declared_encoding(papers, encoding: str) -> None:
    content = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        + whole(brief("<ArticleTitle>é 同伴</ArticleTitle>")).split("?>")[1]
    )
    (paper,) = papers(content, "pubmed-xml")
    assert paper.title == "é 同伴"


def test_a_reader_takes_an_answer_in_memory() -> None:
    (record,) = READER.read(Text.of(whole(ARTICLE)))
    assert isinstance(record, Record)
    assert record.paper.pmid == "30000001"
    assert list(READER.read(Text.of(whole()))) == []
    assert list(READER.read(Text.of("<PubmedArticleSet/>"))) == []
    for answer in ("", "Service unavailable", "<html><body>Busy<br></body></html>"):
        with pytest.raises(UnreadableFile):
            list(READER.read(Text.of(answer)))


@pytest.mark.parametrize("root", ["MedlineCitationSet", "PubmedArticleSet"])
def test_citations_alone(papers, root: str) -> None:
    citation = ARTICLE[ARTICLE.index("<MedlineCitation") : ARTICLE.index("<PubmedData>")]
    (paper, again) = papers(whole(citation, citation, root=root), "pubmed-xml")
    assert paper == again
    assert paper.title == "Peers in vivo and CO2"
    assert paper.doi == "10.1000/elsewhere"
    (alone,) = papers(citation, "pubmed-xml")
    assert alone == paper


def test_a_chapter_and_a_book(papers) -> None:
    chapter, book = papers(
        whole(
            BOOK.format(title="<ArticleTitle>Calcification.</ArticleTitle>"), BOOK.format(title="")
        ),
        "pubmed-xml",
    )
    assert (chapter.title, chapter.journal, chapter.year) == ("Calcification", "GeneReviews", 1993)
    assert chapter.authors == ("Nicolas, Gael",)
    assert (chapter.pmid, chapter.abstract) == ("20301295", "A chapter.")
    extra = {name: chapter.extra[name] for name in chapter.extra if name != "pubmed-xml"}
    assert extra == {
        "type": "chapter",
        "editors": ["Adam, Margaret P"],
        "publisher": "University of Washington",
        "place": "Seattle (WA)",
        "isbn": ["9780000000002"],
        "edition": "2",
    }
    assert chapter.extra["pubmed-xml"]["Medium"] == ["Internet"]
    assert chapter.extra["pubmed-xml"]["ArticleId"] == {"bookaccession": "NBK1100"}
    assert (book.title, book.journal, book.extra["type"]) == ("GeneReviews", "", "book")


@pytest.mark.parametrize(
    ("title", "vernacular", "language", "own", "translated"),
    [
        ("[Peers at work].", "同伴在工作.", "chi", "同伴在工作", "Peers at work"),
        ("[Peers at work.]", "仲間の仕事", "jpn", "仲間の仕事", "Peers at work"),
        ("[Peers [at] work].", "", "chi", "Peers [at] work", ""),
        ("[Not Available].", "同伴", "chi", "同伴", ""),
        ("[Peers].", "Pairs au travail.", "fre", "Peers", "Pairs au travail"),
        ("Not Available", "Pairs", "fre", "Pairs", ""),
        ("[Peers].", "Tong ban", "chi", "Peers", "Tong ban"),
        ("Peers.", "同伴", "eng", "Peers", "同伴"),
        ("[A] and [B].", "", "eng", "[A] and [B]", ""),
        ("What then...", "", "eng", "What then...", ""),
    ],
)
def test_titles_in_two_languages(
    papers, title: str, vernacular: str, language: str, own: str, translated: str
) -> None:
    paper = one(
        papers,
        brief(
            f"<ArticleTitle>{title}</ArticleTitle><VernacularTitle>{vernacular}</VernacularTitle>",
            language=language,
        ),
    )
    assert (paper.title, paper.translated_title) == (own, translated)


OTHER = '<OtherAbstract Type="{}" Language="{}"><AbstractText{}>{}</AbstractText></OtherAbstract>'
ENGLISH = "<Abstract><AbstractText>We asked.</AbstractText></Abstract>"


@pytest.mark.parametrize(
    ("abstract", "others", "language", "own", "translated", "left"),
    [
        (ENGLISH, [("Publisher", "chi", "", "我们问。")], "chi", "我们问。", "We asked.", []),
        (ENGLISH, [("Publisher", "chi", "", "我们问。")], "eng", "We asked.", "我们问。", []),
        (
            ENGLISH,
            [("Publisher", "fre", "", "Nous."), ("Publisher", "chi", ' Label="目的"', "我们。")],
            "chi",
            "目的: 我们。",
            "We asked.",
            ["Nous."],
        ),
        (ENGLISH, [("Publisher", "ger", "", "Wir.")], "ger", "We asked.", "Wir.", []),
        (ENGLISH, [], "chi", "We asked.", "", []),
        ("", [("KIE", "eng", "", "We asked.")], "eng", "We asked.", "", []),
        (
            ENGLISH,
            [("plain-language-summary", "eng", "", "Simply put.")],
            "eng",
            "We asked.",
            "",
            ["Simply put."],
        ),
        (
            ENGLISH,
            [("Publisher", "chi", "", "Abstract available from the publisher.")],
            "chi",
            "We asked.",
            "",
            ["Abstract available from the publisher."],
        ),
    ],
)
def test_abstracts_in_two_languages(
    papers, abstract: str, others: list, language: str, own: str, translated: str, left: list
) -> None:
    given = "".join(OTHER.format(*other) for other in others)
    paper = one(papers, brief(f"<ArticleTitle>t</ArticleTitle>{abstract}", given, language))
    assert (paper.abstract, paper.translated_abstract) == (own, translated)
    assert paper.extra.get("pubmed-xml", {}).get("OtherAbstract", []) == left


@pytest.mark.parametrize(
    ("date", "year", "exactly", "left"),
    [
        ("<Year>2008</Year><Month>02</Month>", 2008, "2008-02", ""),
        ("<Year>2008</Year><Season>Spring</Season>", 2008, None, "2008 Spring"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", 1998, None, "1998 Dec-1999 Jan"),
        ("<MedlineDate>Fall 2004</MedlineDate>", 2004, None, "Fall 2004"),
        ("", 2007, "2007-12-23", ""),
    ],
)
def test_dates(papers, date: str, year: int, exactly: str | None, left: str) -> None:
    paper = one(
        papers,
        brief(
            f"<Journal><JournalIssue><PubDate>{date}</PubDate></JournalIssue></Journal>"
            "<ArticleTitle>t</ArticleTitle><ArticleDate><Year>2007</Year><Month>12</Month>"
            "<Day>23</Day></ArticleDate>"
        ),
    )
    assert (paper.year, paper.extra.get("date")) == (year, exactly)
    assert paper.extra["pubmed-xml"].get("PubDate", "") == left


@pytest.mark.parametrize(
    ("pagination", "pages"),
    [
        ("<MedlinePgn>132-42</MedlinePgn>", "132-142"),
        (
            "<StartPage>113</StartPage><EndPage>125</EndPage><MedlinePgn>113-25</MedlinePgn>",
            "113-125",
        ),
        ("<StartPage>113</StartPage><EndPage>125</EndPage>", "113-125"),
        ("<StartPage>e12</StartPage>", "e12"),
        ("<MedlinePgn>S12-5</MedlinePgn>", "S12-S15"),
        ("<MedlinePgn>1099-1101</MedlinePgn>", "1099-1101"),
        ("<MedlinePgn>55, 59-61, 63</MedlinePgn>", "55, 59-61, 63"),
        ("<MedlinePgn>20-5-7</MedlinePgn>", "20-5-7"),
        ("", ""),
    ],
)
def test_pages(papers, pagination: str, pages: str) -> None:
    content = f"<ArticleTitle>t</ArticleTitle><Pagination>{pagination}</Pagination>"
    assert one(papers, brief(content)).pages == pages


def test_records_that_say_nothing_are_skipped(reading) -> None:
    deleted = "<DeleteCitation><PMID>5</PMID></DeleteCitation>"
    found = reading(whole(brief(""), ARTICLE, deleted), "pubmed-xml")
    assert [(type(each), each.number, each.line) for each in found] == [
        (Skipped, 1, 4),
        (Record, 2, 4),
    ]
    assert found[0].reason == "no title, abstract or DOI"


def test_a_file_that_was_cut_off_says_where(reading) -> None:
    content = whole(ARTICLE, ARTICLE)
    with pytest.raises(UnreadableFile, match=r"any name, line \d+: the XML is cut off"):
        reading(content[: len(content) // 2 + 1000], "pubmed-xml")


@pytest.mark.parametrize(
    "head",
    [
        "<?xml version='1.0'?><html><body>PubmedArticleSet</body></html>",
        "<!-- <PubmedArticleSet> --><a/>",
        "PMID- 1\n<PubmedArticleSet>",
        "<xml><records><record/></records></xml>",
        '{"a": "<PubmedArticleSet>"}',
    ],
)
def test_what_is_none_of_it(head: str) -> None:
    assert not READER.recognises(head)


@given(
    st.integers(0, len(ARTICLE)),
    st.integers(0, 40),
    st.sampled_from(
        ["", "<", ">", "&", "</Article>", "<AuthorList>", "é", "\x03", "]]>", '"', "/"]
    ),
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
@pytest.mark.parametrize(
    ("file", "pmids", "dois", "abstracts"),
    [
        ("pubmed/biopython_pubmed1.xml", ["12091962", "9997"], 1, 1),
        ("pubmed/biopython_pubmed2.xml", ["11748933", "11700088"], 2, 2),
        ("zotero/PubMed_XML_1.txt", ["18157122", "18157123"], 2, 2),
    ],
)
def test_what_people_really_download(
    papers, file: str, pmids: list[str], dois: int, abstracts: int
) -> None:
    found = papers((DATA / "exports" / file).read_bytes(), "pubmed-xml")
    assert [paper.pmid for paper in found] == pmids
    assert sum(bool(paper.doi) for paper in found) == dois
    assert sum(bool(paper.abstract) for paper in found) == abstracts
    assert all(paper.year and paper.authors and paper.journal and paper.pages for paper in found)


@needs_data
def test_it_agrees_with_zotero(papers) -> None:
    folder = DATA / "exports" / "zotero"
    items = json.loads((folder / "PubMed_XML_1.expected.json").read_text("utf-8"))
    found = papers((folder / "PubMed_XML_1.txt").read_bytes(), "pubmed-xml")
    for paper, item in zip(found, items, strict=True):
        assert paper.title == item["title"]
        assert paper.abstract == item["abstractNote"]
        assert paper.pages == item["pages"]
        assert (paper.volume, paper.issue, paper.doi) == (
            item["volume"],
            item["issue"],
            item["DOI"],
        )
        assert paper.journal == item["publicationTitle"].capitalize()
        assert paper.extra["date"] == item["date"]
        assert list(paper.subjects) == [tag["tag"] for tag in item["tags"]]
        # Zotero puts a full stop after an initial, where PubMed has none.
        names = [f"{one['lastName']}, {one['firstName'].rstrip('.')}" for one in item["creators"]]
        assert list(paper.authors) == names
