"""The answers of arXiv's API."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.paper import Paper
from corpus.readers import Record, Skipped, Text
from corpus.readers.arxiv_atom import READER

ENTRY = """  <entry>
    <id>http://arxiv.org/abs/2301.00001v2</id>
    <updated>2023-02-01T18:00:00Z</updated>
    <published>2022-12-31T23:59:59Z</published>
    <title>Peers &amp;
  machines at $\\alpha$</title>
    <summary>  We asked
peers.
</summary>
    <author>
      <name>Ludwig van Beek</name>
      <arxiv:affiliation>A university</arxiv:affiliation>
    </author>
    <author><name>Martin L. King Jr.</name></author>
    <author><name>The Peers Collaboration</name></author>
    <author><name>薛婉钰</name></author>
    <arxiv:comment>3 pages, 1 figure</arxiv:comment>
    <arxiv:journal_ref>J. Peers 5 (2023) 10-12</arxiv:journal_ref>
    <arxiv:doi>10.1000/peers.5</arxiv:doi>
    <link href="http://arxiv.org/abs/2301.00001v2" rel="alternate" type="text/html"/>
    <link title="pdf" href="http://arxiv.org/pdf/2301.00001v2" rel="related"/>
    <arxiv:primary_category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <category term="68T50" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
"""


def feed(*entries: str) -> str:
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom">
  <link href="http://arxiv.org/api/query?id_list=2301.00001" rel="self"/>
  <title type="html">ArXiv Query: id_list=2301.00001</title>
  <id>http://arxiv.org/api/cHxbiOdZaP56ODnBPIenZhzg5f8</id>
{"".join(entries)}</feed>
"""


def one(papers, entry: str) -> Paper:
    (paper,) = papers(feed(entry), "arxiv-atom")
    return paper


def test_every_field_of_an_entry(papers) -> None:
    assert one(papers, ENTRY) == Paper(
        source_id="2301.00001",
        title="Peers & machines at $\\alpha$",
        abstract="We asked peers.",
        authors=("van Beek, Ludwig", "King, Martin L., Jr.", "The Peers Collaboration", "薛婉钰"),
        journal="J. Peers 5 (2023) 10-12",
        year=2022,
        doi="10.1000/peers.5",
        url="http://arxiv.org/abs/2301.00001v2",
        subjects=("cs.CL", "68T50"),
        affiliations=("A university",),
        extra={
            "arxiv": "2301.00001",
            "type": "article-journal",
            "date": "2022-12-31",
            "urls": ["http://arxiv.org/pdf/2301.00001v2"],
            "note": "3 pages, 1 figure",
            "arxiv-atom": {
                "version": "2",
                "updated": ["2023-02-01T18:00:00Z"],
                "primary_category": [{"term": "cs.CL", "scheme": "http://arxiv.org/schemas/atom"}],
            },
        },
    )


@pytest.mark.parametrize(
    ("id", "arxiv"),
    [
        ("http://arxiv.org/abs/2301.00001v2", "2301.00001"),
        ("https://arxiv.org/abs/2301.00001", "2301.00001"),
        ("http://export.arxiv.org/abs/0704.0001v11", "0704.0001"),
        ("http://arxiv.org/abs/hep-th/9901001v3", "hep-th/9901001"),
        ("http://arxiv.org/abs/math.GT/0309136", "math.GT/0309136"),
        ("something else", "something else"),
    ],
)
def test_ids(papers, id: str, arxiv: str) -> None:
    paper = one(papers, ENTRY.replace("http://arxiv.org/abs/2301.00001v2", id, 1))
    assert (paper.source_id, paper.extra["arxiv"]) == (arxiv, arxiv)


def test_a_preprint_that_is_nowhere_else(papers) -> None:
    entry = "".join(
        line
        for line in ENTRY.splitlines(keepends=True)
        if "journal_ref" not in line and "doi" not in line
    )
    paper = one(papers, entry)
    assert (paper.journal, paper.doi, paper.extra["type"]) == ("", "", "article")
    linked = '<link title="doi" href="http://dx.doi.org/10.1000/linked" rel="related"/></entry>'
    assert one(papers, entry.replace("</entry>", linked)).doi == "10.1000/linked"


def test_an_error_is_told(reading) -> None:
    error = (
        "<entry><id>http://arxiv.org/api/errors#incorrect_id_format_for_12</id><title>Error</title>"
        "<summary>incorrect id format for 12</summary></entry>\n"
    )
    found = reading(feed(error, ENTRY), "arxiv-atom")
    assert found[0] == Skipped(1, 6, "arXiv answers: incorrect id format for 12")
    assert isinstance(found[1], Record)
    assert (found[1].number, found[1].line) == (2, 7)


def test_a_reader_takes_an_answer_in_memory() -> None:
    assert [one.number for one in READER.read(Text.of(feed(ENTRY, ENTRY)))] == [1, 2]
    assert list(READER.read(Text.of(feed()))) == []
    for answer in ("", "Rate exceeded.", feed(ENTRY)[:-20]):
        with pytest.raises(UnreadableFile):
            list(READER.read(Text.of(answer)))


@pytest.mark.parametrize(
    "head",
    [
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title></feed>',
        "<rss>http://arxiv.org/api/x</rss>",
        "<html>http://arxiv.org/api/x</html>",
        "http://arxiv.org/abs/1",
    ],
)
def test_what_is_none_of_it(head: str) -> None:
    assert not READER.recognises(head)


@given(
    st.integers(0, len(ENTRY)),
    st.integers(0, 40),
    st.sampled_from(["", "<", "&", "</title>", "<entry>", "<author>", "\x03", '"', "v", "\n"]),
)
@settings(max_examples=50, deadline=None)
def test_entries_that_were_damaged(at: int, gone: int, put: str) -> None:
    try:
        found = list(READER.read(Text.of(feed(ENTRY[:at] + put + ENTRY[at + gone :]))))
    except UnreadableFile as error:
        assert str(error).startswith("text, line ")  # noqa: PT017
    else:
        assert all(isinstance(each, Record | Skipped) for each in found)
        assert all(json.dumps(dict(each.paper.extra)) for each in found if isinstance(each, Record))
