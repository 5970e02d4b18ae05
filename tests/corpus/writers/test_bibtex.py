r"""BibTeX that other programs read, and that comes back as it went."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.paper import Paper
from corpus.readers.bibtex import READER
from corpus.writers import writer_named
from corpus.writers.bibtex import WRITER
from tests.corpus.writers.made import lost, papers, read, written
from tests.data import DATA, needs_data

PAPER = Paper(
    source_id="davidson2006",
    title="Peer support & DNA: a study of 50% of McDonald_s",
    translated_title="同伴支持",
    abstract="We asked {peers}.\n@home they said so.",
    authors=(
        "Davidson, Larry",
        "King, Martin, Jr",
        "The Peers Group",
        "薛婉钰",
        "et al.",
    ),
    journal="Schizophrenia Bulletin",
    year=2006,
    volume="32",
    issue="3",
    pages="443-450",
    doi="10.1093/schbul/sbj_043",
    url="https://example.org/a_b",
    keywords=("recovery", "peers, lived experience"),
    language="en",
    extra={"type": "article-journal", "date": "2006-07-01", "bibtex": {"file": ["a_b.pdf"]}},
)
WRITTEN = r"""@article{davidson2006,
  author = {Davidson, Larry and King, Jr, Martin and {The Peers Group} and 薛婉钰 and others},
  title = {Peer support \& {DNA}: a study of 50\% of {McDonald\_s}},
  year = {2006},
  month = jul,
  day = {1},
  translatedtitle = {同伴支持},
  journal = {Schizophrenia Bulletin},
  volume = {32},
  number = {3},
  language = {en},
  pages = {443--450},
  doi = {10.1093/schbul/sbj_043},
  url = {https://example.org/a_b},
  keywords = {recovery, {peers, lived experience}},
  abstract = {We asked \textbraceleft{}peers\textbraceright{}.

{@}home they said so.},
  file = {a_b.pdf},
}

"""


def title(text: str) -> str:
    """A title as it is written."""
    lines = written(WRITER, Paper(title=text)).split("\n")
    (line,) = (line for line in lines if line.startswith("  title"))
    return line.removeprefix("  title = {").removesuffix("},")


def test_it_is_offered() -> None:
    assert writer_named("bibtex") is WRITER
    assert WRITER.suffix == ".bib"


def test_an_entry_as_it_is_written() -> None:
    assert written(WRITER, PAPER) == WRITTEN
    assert read(READER, WRITTEN) == [PAPER]


def test_papers_are_taken_one_at_a_time() -> None:
    taken: list[int] = []

    def each():
        for number in range(3):
            taken.append(number)
            yield dataclasses.replace(PAPER, source_id=str(number))

    pieces = WRITER.write(each())
    next(pieces)
    assert taken == [0]
    assert len(list(pieces)) == 2


@pytest.mark.parametrize(
    ("text", "as_written"),
    [
        ("Peer Support Among Adults", "Peer Support Among Adults"),
        ("The DNA of mRNA and iPhones", "The {DNA} of {mRNA} and {iPhones}"),
        ("Peer support in Leiden: Who asks", "Peer support in {Leiden}: Who asks"),
        ("Vitamin C and I", "Vitamin {C} and I"),
        ("COVID-19", "{COVID-19}"),
        ("HOLDING YOURSELF CAPTIVE NOW", "HOLDING YOURSELF CAPTIVE NOW"),
        ("Peer-Support of Well-Being", "Peer-Support of Well-Being"),
        ("同伴支持的角色", "同伴支持的角色"),
        ("a--b, ``c''", "a-{}-b, `{}`c'{}'"),
        (r"\a ~ ^ {x", r"\textbackslash{}a \textasciitilde{} \textasciicircum{} \textbraceleft{}x"),
    ],
)
def test_titles(text: str, as_written: str) -> None:
    assert title(text) == as_written
    assert read(READER, written(WRITER, Paper(title=text)))[0].title == text


def key(paper: Paper) -> str:
    return written(WRITER, paper).split("{")[1].split(",")[0]


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (Paper(source_id="WOS:000123", title="T"), "WOS:000123"),
        (Paper(source_id="10.1000/abc", title="T"), "10.1000/abc"),
        (Paper(source_id="two words", title="The Peers", year=2006), "2006peers"),
        (
            Paper(title="The peer support", year=2006, authors=("Müller-Lüdenscheidt, E.",)),
            "MullerLudenscheidt2006peer",
        ),
        (Paper(title="同伴支持", authors=("薛婉钰",), year=2020), "薛婉钰2020同伴支持"),
        (Paper(title="—"), "anon"),
        (Paper(source_id="a{b", title="So"), "anon"),
    ],
)
def test_citation_keys(paper: Paper, expected: str) -> None:
    assert key(paper) == expected
    (back,) = read(READER, written(WRITER, paper))
    assert back.source_id == (paper.source_id or expected)
    assert key(back) == expected


def test_citation_keys_are_each_there_once() -> None:
    same = [Paper(source_id=id, title="T") for id in ("a", "A", "a-2", "a")]
    text = written(WRITER, *same, *[Paper(title="Peers")] * 3)
    found = [line.split("{")[1].rstrip(",") for line in text.split("\n") if line.startswith("@")]
    assert found == ["a", "A-2", "a-2-2", "a-3", "peers", "peers-2", "peers-3"]
    assert [paper.source_id for paper in read(READER, text)][:4] == ["a", "A", "a-2", "a"]


def test_many_equal_keys_take_no_longer_than_many_others() -> None:
    assert written(WRITER, *[Paper(title="Peers")] * 5000).count("@") == 5000


@pytest.mark.parametrize(
    ("extra", "journal", "entry"),
    [
        ({}, "J", "article"),
        ({}, "", "misc"),
        ({"type": "paper-conference"}, "B", "inproceedings"),
        ({"type": "thesis"}, "", "phdthesis"),
        ({"type": "article-magazine"}, "J", "article"),
        ({"type": "unheard-of"}, "J", "misc"),
        ({"type": "thesis", "bibtex": {"ENTRYTYPE": ["mastersthesis"]}}, "", "mastersthesis"),
        ({"type": "book", "bibtex": {"ENTRYTYPE": ["mastersthesis"]}}, "", "book"),
        ({"bibtex": {"ENTRYTYPE": ["odd"]}}, "", "odd"),
        ({"bibtex": {"ENTRYTYPE": ["no type"]}}, "", "misc"),
        ({"bibtex": "no fields"}, "", "misc"),
    ],
)
def test_kinds_of_entry(extra: dict[str, object], journal: str, entry: str) -> None:
    paper = Paper(title="T", journal=journal, extra=extra)
    assert written(WRITER, paper).startswith(f"@{entry}{{")
    assert read(READER, written(WRITER, paper))[0].journal == journal


def test_what_other_formats_left_makes_no_harm() -> None:
    odd = {"type": ["a", {}], "editors": "Doe, J.; Roe, R.", "issn": "1234-5678", "date": 7}
    kept = {"Not A Name": ["x"], "a}b": ["x"], "ok": "not a list", "n": [1, None, {}]}
    paper = Paper(title="T", extra={**odd, "bibtex": kept, "wos": {"C1": ["x"]}})
    (back,) = read(READER, written(WRITER, paper))
    assert back.title == "T"
    assert back.extra["editors"] == ["Doe, J.", "Roe, R."]
    assert back.extra["bibtex"] == {"ENTRYTYPE": ["misc"], "ok": ["not a list"], "n": ["1"]}


@given(papers)
@settings(max_examples=50, deadline=None)
def test_what_a_paper_says_comes_back(paper: Paper) -> None:
    (back,) = read(READER, written(WRITER, paper))
    assert lost(paper, back) == {}
    assert read(READER, written(WRITER, back)) == [back]


FIELDS = """author editor translator title subtitle booktitle journal journaltitle year date month
    day volume number issue pages eid publisher school institution organization address location
    series edition doi pmid pmcid eprint archiveprefix eprinttype url urls urldate issn isbn eissn
    keywords author_keywords subjects affiliation language langid note annote abstract crossref
    translatedtitle translatedabstract summaryby sourceid file howpublished unheard-of unique-id
    x""".split()
VALUES = st.one_of(
    st.sampled_from(
        [
            r"M{\"u}ller, H. and {A and B} and Jane Doe and others",
            r"\textit{a} \& b\% of $x^2$ \nobodyknows{c} {D}",
            "one; two, three",
            "first paragraph\n  goes on\n\n@second(one, two) paragraph",
            "北京，同伴；支持",
            "2006",
            "2006-07-01",
            "oct",
            "12--15",
            "10.1000/a\\_b",
            "https://example.org/~a_b%20c",
            "english",
            "arXiv",
            "1234-5678",
        ]
    ),
    st.text("ab1 ,.;:\\'\"`~^$_%#@()[]-=\n北é", max_size=15).filter(
        lambda text: not text.endswith("\\")
    ),
)
entries = st.lists(st.tuples(st.sampled_from(FIELDS), VALUES), max_size=12)


@given(st.sampled_from(["article", "book", "inproceedings", "mastersthesis", "odd"]), entries)
@settings(max_examples=50, deadline=None)
def test_what_an_entry_says_comes_back(entry: str, fields: list[tuple[str, str]]) -> None:
    lines = [f"  {name} = {{{value}}}," for name, value in fields]
    content = "\n".join([f"@{entry}{{key,", "  title = {T},", *lines, "}"])
    (first,) = read(READER, content)
    assert read(READER, written(WRITER, first)) == [first]


@needs_data
@pytest.mark.parametrize(
    "file",
    [
        "colrev/ebsco_bib.bib",
        "colrev/scopus_bib.bib",
        "colrev/web_of_science_bib.bib",
        "zotero/BibTeX_1.txt",
        "zotero/BibTeX_2.txt",
        "zotero/BibTeX_3.txt",
    ],
)
def test_what_people_really_download_comes_back(file: str) -> None:
    content = Path(DATA / "exports" / file).read_text(encoding="utf-8-sig")
    first = read(READER, content)
    assert read(READER, written(WRITER, *first)) == first
