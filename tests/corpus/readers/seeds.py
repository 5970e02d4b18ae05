"""A small file of each format, of two papers or more, for what is done to files."""

from __future__ import annotations

import json

_WORK = {
    "id": "https://openalex.org/W1",
    "doi": "https://doi.org/10.1000/peer.1",
    "display_name": "Peer support among <i>adults</i>",
    "publication_year": 2006,
    "publication_date": "2006-07-01",
    "ids": {"openalex": "https://openalex.org/W1", "pmid": "https://pubmed.ncbi.nlm.nih.gov/77"},
    "language": "en",
    "type": "article",
    "primary_location": {"source": {"display_name": "Journal of Peers", "issn": ["1234-5678"]}},
    "authorships": [
        {"author": {"display_name": "Jane Q. Doe"}, "institutions": [{"display_name": "Yale"}]},
        {"author": {"display_name": "Xue Wanyu"}, "raw_author_name": "薛婉钰"},
    ],
    "biblio": {"volume": "32", "issue": "3", "first_page": "443", "last_page": "450"},
    "keywords": [{"display_name": "recovery", "score": 0.5}],
    "mesh": [{"descriptor_name": "Peer Group"}],
    "abstract_inverted_index": {"We": [0], "asked": [1, 3], "peers": [2]},
}
_SCHOLAR = {
    "paperId": "649def34f8be52c8b66281af98ae884c09aef38b",
    "externalIds": {"DOI": "10.1000/peer.1", "PubMed": "77", "CorpusId": 5},
    "title": "Peer support among adults",
    "abstract": "We asked peers.",
    "venue": "Journal of Peers",
    "year": 2006,
    "journal": {"name": "J Peers", "volume": "32", "pages": "443-450"},
    "authors": [{"authorId": "1", "name": "Jane Q. Doe"}, {"authorId": None, "name": "薛婉钰"}],
    "tldr": {"text": "Short."},
}
_CROSSREF = {
    "DOI": "10.1000/peer.1",
    "URL": "https://doi.org/10.1000/peer.1",
    "type": "journal-article",
    "title": ["Peer support among <i>adults</i>"],
    "container-title": ["Journal of Peers"],
    "abstract": "<jats:title>Aims</jats:title><jats:p>We asked H<jats:sub>2</jats:sub>O.</jats:p>",
    "author": [{"given": "Jane Q.", "family": "Doe", "sequence": "first"}, {"name": "The Peers"}],
    "issued": {"date-parts": [[2006, 7, 1]]},
    "volume": "32",
    "page": "443-450",
    "ISSN": ["1234-5678"],
    "reference-count": 2,
    "member": "286",
}
_CSL = {
    "id": "doe2006",
    "type": "article-journal",
    "title": "Peer support among adults",
    "container-title": "Journal of Peers",
    "author": [
        {"family": "Doe", "given": "Jane", "suffix": "Jr", "non-dropping-particle": "van"},
        {"literal": "薛婉钰"},
    ],
    "issued": {"date-parts": [["2006", 7]]},
    "page": "443-450",
    "DOI": "10.1000/peer.1",
    "note": "PMID: 77",
}

SEEDS = {
    "arxiv-atom": """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
  <title type="html">ArXiv Query: search_query=peer</title>
  <id>http://arxiv.org/api/abc</id>
  <entry>
    <id>http://arxiv.org/abs/2301.00001v2</id>
    <published>2022-12-31T23:59:59Z</published>
    <title>Peers &amp;
      machines at $\\alpha$</title>
    <summary>We asked peers.</summary>
    <author><name>Jane van Beek Jr.</name><arxiv:affiliation>Yale</arxiv:affiliation></author>
    <arxiv:doi>10.1000/peer.1</arxiv:doi>
    <link title="pdf" href="http://arxiv.org/pdf/2301.00001v2" rel="related"/>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
  <entry>
    <id>http://arxiv.org/abs/cs/0301001v1</id>
    <title>Another</title>
    <author><name>薛婉钰</name></author>
  </entry>
</feed>
""",
    "bibtex": """@string{jop = "Journal of " # "Peers"}
@comment{jabref-meta: databaseType:bibtex;}
@article{doe2006,
  author = {Doe, Jane Q. and van Berg, Jr, Piet and {The Peers Group} and M{\\"u}ller, J\\'org},
  title = {{Peer} support in {$H_2O$} \\& \\emph{elsewhere}: 50\\% more},
  journal = jop # { (Online)},
  year = 2006, month = jul # "~1",
  pages = {443--450},
  doi = {10.1000/peer.1},
  keywords = "recovery; peers",
  abstract = {We asked ``peers''.
    They said so.},
}
@inproceedings(xue2020, author = "薛婉钰", title = "同伴支持", booktitle = {Peers}, crossref = {p})
""",
    "cnki-estudy": """DataType: 1
Title-题名: 同伴支持的角色
Author-作者: 施一;薛婉钰;
Source-刊名: 心理学报
Year-年: 2013
PubTime-出版时间: 2013-04-01
Keyword-关键词: 同伴;支持
Summary-摘要: 我们问了。
Objective: to help.
Period-期: 07
Page-页码: 168-170

SrcDatabase-来源库: 硕士
Title-题名: 基因模块研究
Author-作者: 林行
DOI-DOI: 10.1000/peer.2

""",
    "crossref-json": json.dumps(
        {"status": "ok", "message-type": "work-list", "message": {"items": [_CROSSREF, _CROSSREF]}}
    ),
    "crossref-xml": """<?xml version="1.0" encoding="UTF-8"?>
<doi_records><doi_record><crossref xmlns="http://www.crossref.org/xschema/1.1"><journal>
<journal_metadata language="en"><full_title>Journal of Peers</full_title>
<issn media_type="print">1234-5678</issn></journal_metadata>
<journal_issue><publication_date media_type="print"><month>7</month><year>2006</year>
</publication_date><journal_volume><volume>32</volume></journal_volume></journal_issue>
<journal_article publication_type="full_text"><titles><title>Peer <i>support</i></title></titles>
<contributors><person_name contributor_role="author" sequence="first">
<given_name>Jane</given_name><surname>Doe</surname><suffix>Jr</suffix></person_name>
<organization contributor_role="author" sequence="additional">The Peers</organization>
</contributors><jats:abstract xmlns:jats="http://www.ncbi.nlm.nih.gov/JATS1"><jats:sec>
<jats:title>Aims</jats:title><jats:p>We asked.</jats:p></jats:sec></jats:abstract>
<pages><first_page>443</first_page><last_page>450</last_page></pages>
<doi_data><doi>10.1000/peer.1</doi><resource>https://example.org/1</resource></doi_data>
</journal_article></journal></crossref></doi_record>
<doi_record><crossref><book><book_metadata><titles><title>A book</title></titles>
<doi_data><doi>10.1000/b</doi></doi_data></book_metadata></book></crossref></doi_record>
</doi_records>
""",
    "csl-json": json.dumps([_CSL, {**_CSL, "id": 2, "title": "同伴支持"}], ensure_ascii=False),
    "csv": '''Authors,Title,Year,Source title,Page start,Page end,DOI,Abstract,Author Keywords,EID
"Doe, J.; van Berg, P.","Peer support, ""so called""",2006,J Peers,443,450,10.1000/peer.1,"We asked
peers.",peers; recovery,2-s2.0-1
薛婉钰,同伴支持,2020,心理学报,,,,我们问了。,,
''',
    "endnote": """%0 Journal Article
%A Doe, Jane
%A 薛婉钰
%T Peer support among adults
%J Journal of Peers
%D 2006
%V 32
%P 443-450
%K peers
recovery
%X Aims. We asked
peers.
%R 10.1000/peer.1

%0 Thesis
%A 林行
%T 基因模块研究
%9 硕士

""",
    "endnote-xml": """<?xml version="1.0" encoding="UTF-8"?><xml><records><record>
<database name="a.enl" path="C:\\a.enl">a.enl</database><rec-number>1</rec-number>
<ref-type name="Journal Article">17</ref-type><contributors><authors>
<author><style face="normal" font="default" size="100%">Doe, Jane</style></author>
<author>薛婉钰</author></authors></contributors><titles>
<title><style face="normal">Peer </style><style face="italic">support</style></title>
<secondary-title>Journal of Peers</secondary-title></titles><pages>443-450</pages>
<keywords><keyword>peers</keyword></keywords><dates><year>2006</year></dates>
<abstract>We asked.</abstract><electronic-resource-num>10.1000/peer.1</electronic-resource-num>
<urls><related-urls><url>https://example.org/</url></related-urls></urls></record>
<record><titles><title>同伴支持</title></titles></record></records></xml>
""",
    "jsonl": """{"id": "p1", "title": "Peer support", "abstract": "We asked", "authors": ["Doe J"]}
{"_id": 2, "title": "同伴支持", "text": "我们问了。", "year": "2020", "mesh": [["D1", "x"], null]}
""",
    "nbib": """PMID- 31000001
OWN - NLM
IS  - 1234-5678 (Electronic)
DP  - 2006 Jul 1
TI  - Peer support for adults with
      long-lasting illness: a trial.
PG  - 443-50
LID - 10.1000/peer.1 [doi]
AB  - BACKGROUND: Little is known. METHODS: We asked 12
      peers (n=12). CONCLUSIONS: It helps.
FAU - Doe, Jane Q Jr
AU  - Doe JQ Jr
AD  - Department of Peers.
CN  - Peer Study Group
MH  - Stroke/*surgery
OT  - *peers
SO  - J Peers. 2006 Jul 1;32(3):443-50.

PMID- 31000002
TI  - Another.

""",
    "noteexpress": """{Reference Type}: Journal Article
{Title}: 同伴支持的角色
{Translated Title}: The role of peer support
{Author}: 施一,薛婉钰
{Journal}: 心理学报
{Year}: 2005
{Issue}: 09
{Pages}: 14-16
{Keywords}: 同伴;;支持
{Abstract}: <正>我们问了,
他们说了。
{DOI}: 10.1000/peer.1

{Reference Type}: Thesis
{Title}: 基因模块研究
{Author}: 林行

""",
    "openalex": json.dumps(
        {"meta": {"count": 2}, "results": [_WORK, {**_WORK, "id": "https://openalex.org/W2"}]}
    ),
    "pubmed-xml": """<?xml version="1.0" ?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle//EN" "https://example.org/p.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="1">31000001</PMID><Article PubModel="Print"><Journal>
<ISSN IssnType="Electronic">1234-5678</ISSN><JournalIssue CitedMedium="Internet">
<Volume>32</Volume><Issue>3</Issue><PubDate><Year>2006</Year><Month>Jul</Month></PubDate>
</JournalIssue><Title>Journal of peers</Title></Journal>
<ArticleTitle>Peer <i>support</i> &amp; more.</ArticleTitle>
<Pagination><MedlinePgn>443-50</MedlinePgn></Pagination>
<ELocationID EIdType="doi" ValidYN="Y">10.1000/peer.1</ELocationID>
<Abstract><AbstractText Label="AIMS">We asked.</AbstractText>
<AbstractText Label="RESULTS">n&lt;12.</AbstractText></Abstract><AuthorList CompleteYN="Y">
<Author ValidYN="Y"><LastName>Doe</LastName><ForeName>Jane Q</ForeName><Suffix>Jr</Suffix>
<AffiliationInfo><Affiliation>Yale.</Affiliation></AffiliationInfo></Author>
<Author><CollectiveName>The Peers</CollectiveName></Author></AuthorList>
<Language>eng</Language></Article><MeshHeadingList><MeshHeading>
<DescriptorName UI="D1">Peer Group</DescriptorName></MeshHeading></MeshHeadingList>
</MedlineCitation></PubmedArticle><PubmedArticle><MedlineCitation><PMID>2</PMID><Article>
<ArticleTitle>Another.</ArticleTitle></Article></MedlineCitation></PubmedArticle>
</PubmedArticleSet>
""",
    "refworks": """RT Journal Article
SR Electronic(1)
ID 17
A1 Doe,Jane
A1 van Berg,Piet,Jr
T1 Peer support among adults
JF Journal of Peers
YR 2006
FD July 1
SP 443
OP 450
K1 peers
AB Aims. We asked
peers.
DO 10.1000/peer.1

RT Dissertation/Thesis
A1 林行
T1 基因模块研究

""",
    "ris": """TY  - JOUR
AU  - Doe, Jane
AU  - 薛婉钰
TI  - Peer support among adults
T2  - Journal of Peers
PY  - 2006/07/01
VL  - 32
SP  - 443
EP  - 450
KW  - peers
KW  - recovery
AB  - Aims. We asked
peers.
DO  - 10.1000/peer.1
ER  -

TY  - THES
TI  - 基因模块研究
ER  -
""",
    "semantic-scholar": json.dumps({"total": 2, "data": [_SCHOLAR, _SCHOLAR]}, ensure_ascii=False),
    "similar-page": """首页 | 相似文献
1.
Peer support among adults.
Jane Doe  Piet van Berg  《Journal of Peers》2006,32(3):443-450
Aims. We asked peers.  相似文献
2.
同伴支持的角色
薛婉钰  《心理学报》2020,1(2):3-4
我们问了。  相似文献
""",
    "wos": """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Doe, J
   van Berg, P
AF Doe, Jane Q.
   van Berg, Piet
TI Peer support among adults: A
   long-term trial
SO JOURNAL OF PEERS
DE peers; recovery
AB We asked peers (n = 12).
C1 [Doe, Jane Q.; van Berg, Piet] Univ Somewhere, City, Land.
CR One A, 1997, J A, V1, P1
   Two B, 1998, J B, V2, P2
PD JUL 1
PY 2006
BP 443
EP 450
DI 10.1000/peer.1
UT WOS:000238592600006
ER

PT J
TI Another
ER

EF
""",
}
