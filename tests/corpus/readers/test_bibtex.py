r"""BibTeX and biblatex as people, databases and reference managers write them."""

from __future__ import annotations

import logging
import time
from typing import Any

import pytest

from corpus.errors import UnreadableFile
from corpus.files import text
from corpus.files.packed import files_in
from corpus.paper import Paper
from corpus.readers import Record, Skipped, Text, bibtex_blocks, recognise
from corpus.readers.bibtex import READER
from tests.data import DATA, needs_data

FORMAT = "bibtex"
FULL = r"""
@article{davidson2006,
  author = {Davidson, Larry and van der Berg, Jr, Piet and {World Health Organization}},
  title = {{Peer} Support among Adults with {\"U}bergewicht: 50\% More},
  translatedtitle = {同伴支持},
  journal = {Schizophrenia \& Bulletin},
  year = 2006,
  month = jul # "~1",
  volume = {32},
  number = {3},
  pages = {443--450},
  doi = {https://doi.org/10.1093/schbul/sbj043},
  pmid = {16461576},
  url = {https://example.org/~a?b=c_d},
  issn = {0586-7614, 1745-1701},
  publisher = {Oxford University Press},
  address = {Oxford},
  keywords = {recovery, {peers, lived experience}},
  subjects = {Mental Health; Adult},
  affiliation = {Yale University; Leiden University},
  language = {english},
  note = {In English.},
  abstract = {We asked $\alpha$
     peers.

     They said so.},
  file = {:home/a\_b.pdf:PDF},
  mendeley-groups = {Peers}
}
"""


def one(papers: Any, content: str) -> Paper:
    (paper,) = papers(content, FORMAT)
    return paper


def entry(papers: Any, *fields: str, kind: str = "article") -> Paper:
    """The paper of an entry that has a title and these fields."""
    lines = ",\n  ".join(["title = {T}", *fields])
    return one(papers, f"@{kind}{{k,\n  {lines}\n}}")


def read(content: str) -> list[Record | Skipped]:
    return list(READER.read(Text.of(content)))


def test_every_field_of_an_entry(papers) -> None:
    assert one(papers, FULL) == Paper(
        source_id="davidson2006",
        title="Peer Support among Adults with Übergewicht: 50% More",
        translated_title="同伴支持",
        abstract="We asked α peers.\nThey said so.",
        authors=("Davidson, Larry", "van der Berg, Piet, Jr", "World Health Organization"),
        journal="Schizophrenia & Bulletin",
        year=2006,
        volume="32",
        issue="3",
        pages="443-450",
        doi="10.1093/schbul/sbj043",
        pmid="16461576",
        url="https://example.org/~a?b=c_d",
        keywords=("recovery", "peers, lived experience"),
        subjects=("Mental Health", "Adult"),
        affiliations=("Yale University", "Leiden University"),
        language="en",
        extra={
            "type": "article-journal",
            "date": "2006-07-01",
            "publisher": "Oxford University Press",
            "place": "Oxford",
            "issn": ["0586-7614", "1745-1701"],
            "note": "In English.",
            "bibtex": {"file": [":home/a_b.pdf:PDF"], "mendeley-groups": ["Peers"]},
        },
    )


@pytest.mark.parametrize(
    "dialect",
    [
        FULL,
        "% Encoding: UTF-8\n\nThis file is by hand, me@example.org.\n" + FULL,
        FULL.replace("\n", "\r\n"),
        FULL.replace("@article{", "@ARTICLE { "),
        FULL.replace("@article{", "@article(").rstrip()[:-1] + ")",
        FULL.replace("  title", "  Title").replace("  author", "  AUTHOR"),
        FULL.replace("{davidson2006,", "{davidson2006\n,"),
        FULL.replace("pages = {443--450}", 'pages = "443 - 450"'),
        FULL.replace("  year = 2006,\n", '  year = "2006",\n').replace("Peers}\n}", "Peers},\n}"),
        FULL.replace("journal", "journaltitle").replace("address", "location"),
        FULL.replace("year = 2006,\n  month = jul #", "date = {2006-07-01}, x ="),
    ],
)
def test_dialects_say_the_same(papers, dialect: str) -> None:
    paper, plain = one(papers, dialect), one(papers, FULL)
    for field in Paper.__dataclass_fields__:
        if field != "extra":
            assert getattr(paper, field) == getattr(plain, field), field
    for name in ("date", "publisher", "place", "issn", "note"):
        assert paper.extra[name] == plain.extra[name]


@pytest.mark.parametrize(
    ("author", "authors"),
    [
        ("Donald E. Knuth and Leslie Lamport", ["Knuth, Donald E.", "Lamport, Leslie"]),
        ("Ludwig van Beethoven", ["van Beethoven, Ludwig"]),
        ("van Beethoven, Ludwig", ["van Beethoven, Ludwig"]),
        ("de la Vall{\\'e}e Poussin, Jean Charles", ["de la Vallée Poussin, Jean Charles"]),
        ("King, Jr., Martin Luther", ["King, Martin Luther, Jr."]),
        ("King, Martin Luther, Jr.", ["King, Martin Luther, Jr."]),
        ("{Simon and Schuster} and Doe, J.", ["Simon and Schuster", "Doe, J."]),
        ("World Health Organization", ["World Health Organization"]),
        ("Doe, J.\n   AND \\'Etienne, {\\\"O}. and others", ["Doe, J.", "Étienne, Ö.", "et al."]),
        ("Doe, Jane; Roe, Richard", ["Doe, Jane", "Roe, Richard"]),
        ("{Smith, John and Doe, Jane}", ["Smith, John", "Doe, Jane"]),
        ("M&uuml;ller, Hans", ["Müller, Hans"]),
        ("Madonna", ["Madonna"]),
        ("薛婉钰 and 欧阳, 修 and 王 明", ["薛婉钰", "欧阳修", "王明"]),
        ("张三，李四", ["张三", "李四"]),
        ("张三; 李四;", ["张三", "李四"]),
        ("{中国科学院 心理研究所}", ["中国科学院 心理研究所"]),
        ("Milton {Abramowitz}", ["Abramowitz, Milton"]),
        ("{", []),
    ],
)
def test_names(papers, author: str, authors: list[str]) -> None:
    enclosed = f'"{author}"' if author == "{" else f"{{{author}}}"
    assert list(entry(papers, f"author = {enclosed}").authors) == authors


def test_what_is_joined_and_what_stands_for_something(papers) -> None:
    paper = one(
        papers,
        """@preamble{"\\newcommand{\\x}{a}"}
        @comment{ @article{no, title = {No}} }
        @STRING{jop = "Journal of " # peers}
        @string(peers = {Peers}) @string{JOP = jop # " and " # PEERS}
        @article{k, title = {A} # " and {B} #1 " # {C}, journal = Jop, volume = 3 # 2,
          publisher = nobody }""",
    )
    assert paper.title == "A and B #1 C"
    assert paper.journal == "Journal of peers and Peers"
    assert paper.volume == "32"
    assert paper.extra["publisher"] == "nobody"


def test_fields_that_are_there_twice_are_all_kept(papers) -> None:
    paper = entry(
        papers, "note = {a}", "note = {b}", "x = {c}", "X = {d}", "year = 2006", "year = {in press}"
    )
    assert paper.extra["note"] == "a"
    assert paper.year == 2006
    assert paper.extra["bibtex"] == {"note": ["b"], "x": ["c", "d"], "year": ["in press"]}


def test_keys_that_are_there_twice_are_all_kept(papers) -> None:
    found = papers("@misc{k, title = {A}}\n@misc{k, title = {B}}\n@misc{, title = {C}}", FORMAT)
    assert [(paper.source_id, paper.title) for paper in found] == [
        ("k", "A"),
        ("k", "B"),
        ("", "C"),
    ]


@pytest.mark.parametrize(
    ("fields", "year", "date"),
    [
        ("year = 2006", 2006, None),
        ("year = {2006}, month = oct", 2006, "2006-10"),
        ("year = {2006}, month = 10, day = 5", 2006, "2006-10-05"),
        ("year = {2022}, month = {MAR 1}", 2022, "2022-03-01"),
        ("date = {2011-02-14}", 2011, "2011-02-14"),
        ("date = {2011-02/2011-04}, year = 2012", 2012, "2011-02"),
        ("year = {2006/2007}", 2006, None),
        ("year = {2006}, month = {spring}", 2006, None),
        ("year = {forthcoming}", None, None),
    ],
)
def test_dates(papers, fields: str, year: int | None, date: str | None) -> None:
    paper = entry(papers, fields)
    assert (paper.year, paper.extra.get("date")) == (year, date)
    for word in ("2006/2007", "spring", "forthcoming", "2011-02/2011-04"):
        assert (word in str(paper.extra)) == (word in fields)


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("inproceedings", "booktitle = {B}, publisher = {P}", ("paper-conference", "B", "P")),
        ("incollection", "booktitle = {B}", ("chapter", "B", None)),
        ("conference", "journal = {J}", ("paper-conference", "J", None)),
        ("phdthesis", "school = {S}", ("thesis", "", "S")),
        ("techreport", "institution = {I}", ("report", "", "I")),
        ("book", "publisher = {P}, booktitle = {B}", ("book", "", "P")),
        ("online", "organization = {O}", ("webpage", "", "O")),
        ("misc", "journal = {J}", (None, "J", None)),
        ("unheardof", "journal = {J}", (None, "J", None)),
    ],
)
def test_kinds_of_entry(papers, kind: str, fields: str, expected: tuple[Any, ...]) -> None:
    paper = entry(papers, fields, kind=kind)
    assert (paper.extra.get("type"), paper.journal, paper.extra.get("publisher")) == expected
    kept = paper.extra.get("bibtex", {}).get("ENTRYTYPE")
    assert kept == ([kind] if kind in ("conference", "misc", "unheardof") else None)


def test_identifiers_and_addresses(papers) -> None:
    paper = entry(papers, "eprint = {2101.00001}", "archiveprefix = {arXiv}", "primaryclass={cs}")
    assert paper.extra["arxiv"] == "2101.00001"
    assert paper.extra["bibtex"] == {"primaryclass": ["cs"]}
    assert entry(papers, "eprint = {123}", "eprinttype = {pubmed}").pmid == "123"
    assert entry(papers, "url = {https://doi.org/10.1000/a\\_b}").doi == "10.1000/a_b"
    assert entry(papers, "howpublished = {\\url{https://example.org/a}}").url.endswith("/a")
    assert entry(papers, "doi = {none}").extra["bibtex"] == {"doi": ["none"]}
    assert entry(papers, "url = {u}", "urls = {v w}").extra["urls"] == ["v", "w"]
    assert entry(papers, "urldate = {2020-01-02}").extra["accessed"] == "2020-01-02"
    assert entry(papers, "eid = {e12}").pages == "e12"


@pytest.mark.parametrize(
    ("value", "keywords"),
    [
        ("{a, b,c}", ["a", "b", "c"]),
        ("{a, b; c}", ["a, b", "c"]),
        ("{{a; b}}", ["a", "b"]),
        ("{{A}, {B, C}}", ["A", "B, C"]),
        ("{同伴支持；心理健康}", ["同伴支持", "心理健康"]),
        ("{同伴支持，心理健康}", ["同伴支持", "心理健康"]),
        ("{a, a, {}}", ["a"]),
    ],
)
def test_keywords(papers, value: str, keywords: list[str]) -> None:
    assert list(entry(papers, f"keywords = {value}").keywords) == keywords


def test_scopus_has_keywords_of_its_index_beside_the_authors(papers) -> None:
    paper = entry(papers, "author_keywords={a; b}", "keywords={X; Y}", "source={Scopus}")
    assert (paper.keywords, paper.subjects) == (("a", "b"), ("X", "Y"))
    assert entry(papers, "language = {undefined}").language == ""


def test_web_of_science(papers) -> None:
    paper = one(
        papers,
        """@inproceedings{ WOS:000123,
Author = {Doe, Jane and Roe, Richard},
Title = {{A title&apos;s <i>own</i> words}},
Booktitle = {{Proceedings}},
Abstract = {{We asked
   peers.}},
Keywords = {{peers; recovery}},
Keywords-Plus = {{ADULTS; CARE}},
Affiliation = {{Doe, J (Corresponding Author), Yale Univ, New Haven.
   Roe, Richard, Leiden Univ, Leiden.}},
EISSN = {{1111-3333}},
Unique-ID = {{WOS:000123}},
}""",
    )
    assert paper.source_id == "WOS:000123"
    assert paper.title == "A title's own words"
    assert paper.abstract == "We asked peers."
    assert (paper.keywords, paper.subjects) == (("peers", "recovery"), ("ADULTS", "CARE"))
    assert paper.affiliations == (
        "Doe, J (Corresponding Author), Yale Univ, New Haven.",
        "Roe, Richard, Leiden Univ, Leiden.",
    )
    assert paper.extra["issn"] == ["1111-3333"]


PARENT = """@proceedings{P06, title = {Proceedings of X}, year = 2006, month = oct,
  editor = {Roe, Richard}, publisher = {ACM}, url = {https://example.org/all}}
"""


@pytest.mark.parametrize("first", [True, False])
def test_an_entry_takes_from_the_one_that_it_refers_to(papers, first: bool) -> None:
    child = "@inproceedings{c, title = {T}, publisher = {Own}, crossref = {p06}}\n"
    other = "@misc{o, title = {Other}}\n"
    found = papers(PARENT + other + child if first else child + other + PARENT, FORMAT)
    paper = next(paper for paper in found if paper.source_id == "c")
    assert (paper.title, paper.journal, paper.year) == ("T", "Proceedings of X", 2006)
    assert paper.extra["date"] == "2006-10"
    assert paper.extra["editors"] == ["Roe, Richard"]
    assert paper.extra["publisher"] == "Own"
    assert paper.url == ""
    parent = next(paper for paper in found if paper.source_id == "P06")
    assert (parent.title, parent.journal, parent.authors) == ("Proceedings of X", "", ())


def test_what_an_entry_says_itself_is_not_mixed_with_what_it_takes(papers) -> None:
    child = "@inproceedings{c, title = {T}, year = 2007, booktitle = {B}, crossref = {P06}}"
    paper = papers(PARENT + child, FORMAT)[1]
    assert (paper.year, paper.extra.get("date"), paper.journal) == (2007, None, "B")
    article = "@article{c, title = {T}, crossref = {j}}@periodical{j, title = {J}, volume = 3}"
    paper = papers(article, FORMAT)[0]
    assert (paper.journal, paper.volume) == ("J", "3")


def test_an_entry_whose_other_never_comes_is_kept_as_it_is(papers) -> None:
    found = papers("@misc{a, title={A}, crossref={b}}@misc{b2, title={B}, crossref={a}}", FORMAT)
    assert [paper.title for paper in found] == ["A", "B"]
    assert found[0].extra["bibtex"]["crossref"] == ["b"]


def test_entries_wait_no_longer_than_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.readers.bibtex._ROOM", 10_000)
    children = "".join(
        f"@inproceedings{{c{n}, title = {{T}}, crossref = {{P06}}}}\n" for n in range(20)
    )
    found = read(children + PARENT)
    assert [one.number for one in found] == list(range(1, 22))
    journals = [one.paper.journal for one in found if isinstance(one, Record)]
    assert journals[0] == ""
    assert journals[19] == "Proceedings of X"


def test_an_at_sign_in_a_text_begins_no_entry(papers) -> None:
    found = papers(
        """@misc{a, abstract = {Write to me@example.org or @home{x}.
          @ 5 pm, as @foo (n = 3), said
          so.}, title = "An @article{x, y} in quotes"}
        @misc{b, title = {B}}""",
        FORMAT,
    )
    assert [paper.source_id for paper in found] == ["a", "b"]
    assert found[0].abstract.endswith("as @foo (n = 3), said so.")


def test_a_bad_entry_costs_only_itself(reading) -> None:
    found = reading(
        """@misc{a, title = {A}}
@misc{b, title = {Not closed,
  year = 2006
}
@misc{c, title = {C}}
@misc{d, year = 2006}

@misc{e, title = "Not closed}
@misc{f, title = {F}} % the last but one
@misc{g, title = {cut off""",
        FORMAT,
    )
    assert [(one.number, one.line) for one in found] == [
        (number, line) for number, line in enumerate((1, 2, 5, 6, 8, 9, 10), 1)
    ]
    skipped = {one.number: one.reason for one in found if isinstance(one, Skipped)}
    assert skipped.keys() == {2, 4, 5, 7}
    assert skipped[4] == "no title, abstract or DOI"
    for number in (2, 5, 7):
        assert "has no end" in skipped[number]


def test_an_entry_whose_braces_or_commas_are_wrong_is_read_by_its_lines(papers) -> None:
    found = papers(
        """@article{a,
  keywords = {one, @type:Person}, @type:Person}, two},
  title = {After the end},
  year = 2006,
}

@article{b,
  title = {No comma}
  year = {2007}
}
@misc{c, title = {C}} and a word
that is nothing
@misc{d, title = {D}}""",
        FORMAT,
    )
    assert [(paper.source_id, paper.title, paper.year) for paper in found] == [
        ("a", "After the end", 2006),
        ("b", "No comma", 2007),
        ("c", "C", None),
        ("d", "D", None),
    ]
    assert found[0].keywords == ("one", "@type:Person", "two")


def test_lines_that_look_like_fields_stay_where_they_are(papers) -> None:
    paper = entry(papers, 'abstract = {He said "so"\n  n = 5, {x}\n  m = 6}', "year = 2006")
    assert paper.abstract == 'He said "so" n = 5, x m = 6'
    assert paper.year == 2006
    assert "bibtex" not in paper.extra


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (FULL, True),
        ("\n\n  @string{a = {b}}\n", True),
        ("@comment{jabref-meta: x}\n", True),
        ("@article{a,\n", False),
        ("me@example.org{a, b = c}", False),
        ('{"text": "@article{a, title = {T}}"}', False),
        ("@home (a, b) said\n", False),
        ("TY  - JOUR\nTI  - T\nER  - \n", False),
        ("", False),
    ],
)
def test_what_is_taken_for_bibtex(head: str, expected: bool) -> None:
    assert READER.recognises(head) is expected


def test_a_broken_entry_is_not_told_of_twice(reading, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        reading("@misc{a, title = {A}, x}\n@misc{b, title={B}}", FORMAT)
    assert caplog.records == []


# Files that mean harm


def test_an_entry_beyond_all_reason_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bibtex_blocks, "LONGEST", 100_000)
    content = "@misc{a, title = {A}}\n@misc{b, title = {\n" + "word word\n" * 20_000 + "}}"
    reader = READER.read(Text.of(content))
    assert isinstance(next(reader), Record)
    with pytest.raises(UnreadableFile, match=r"line \d+: the entry that begins in line 2 is too"):
        next(reader)


def test_thirty_megabytes_in_one_entry_are_refused_in_one_sentence() -> None:
    for between in (" ", "\n"):
        words = f"{'word' * 12}{between}" * (30_000_000 // 49)
        with pytest.raises(UnreadableFile, match=r"is too large|million characters in line"):
            read("@misc{a, abstract = {" + words + "}}")


def test_an_entry_just_within_reason_is_one_paper() -> None:
    words = f"{'word' * 12} " * ((text.LONGEST - 1000) // 49)
    (found,) = read("@misc{a, abstract = {" + words + "}}")
    assert isinstance(found, Record)
    assert len(found.paper.abstract) == len(words) - 1


NEST = 100_000


@pytest.mark.parametrize(
    "content",
    [
        "@misc{a, title = {T}, abstract = {" + "{" * NEST + "x" + "}" * NEST + "}}",
        "@misc{a, title = {T}, author = {" + "{" * NEST + "x" + "}" * NEST + "}}",
        "@misc{a, title = {T}, keywords = {" + "{" * NEST + "x" + "}" * NEST + "}}",
        "@misc{a, title = {T}, abstract = {" + "}" * NEST + "}}",
        '@misc{a, title = {T}, author = "' + "}" * NEST + '"}',
        "@misc{a, title = {T}, abstract = {" + "\\x{" * NEST + "}" * NEST + "}}",
        "@misc{a, title = {T}, abstract = {" + "$" * NEST + "}}",
        "@misc{a, title = {T}, author = {" + "a and " * NEST + "}}",
        "@misc{a, title = {T}, author = {" + "a, " * NEST + "}}",
        "@misc{a, title = {T}, abstract = {" + "}\n a = {" * (NEST // 4) + "}}",
        "@misc{a, title = {T}, x = {}} x\n" + "x\n" * NEST,
        "@misc{a, title = {T}, pages = {1" + " " * NEST + "2}}",
        "@misc{a, title = {T}, " + "x = {y}," * (NEST // 4) + "}",
        "@misc{a, title = {T}, x = " + " # ".join(["a"] * NEST) + "}",
        "@" * NEST + "\n@misc{a, title = {T}}",
        " " * NEST + "@misc{a, title = {T}, x" + " " * NEST + "= {y}}",
    ],
    ids=range(16),
)
def test_deep_and_long_entries_take_no_longer_than_they_are(content: str) -> None:
    began = time.process_time()
    READER.recognises(content[: 1 << 16])
    found = read(content)
    assert [one.paper.title for one in found if isinstance(one, Record)] == ["T"]
    assert time.process_time() - began < 20


def test_entries_without_an_end_take_no_longer_than_they_are() -> None:
    began = time.process_time()
    assert len(read("@misc{a,\n" * 20_000)) == 20_000
    assert len(read("@misc{a," + "{" * NEST)) == 1
    assert time.process_time() - began < 20


def test_macros_that_double_stand_for_no_more_than_a_name_has() -> None:
    doubled = "".join(f"@string{{a{n + 1} = a{n} # a{n}}}\n" for n in range(NEST // 4))
    began = time.process_time()
    (found,) = read('@string{a0 = "x"}\n' + doubled + "@misc{a, title = a12 # a13, note = {b}}")
    assert isinstance(found, Record)
    assert found.paper.title == "x" * 4096 + "a13"
    assert time.process_time() - began < 20


def test_macros_that_refer_to_each_other_end() -> None:
    (found,) = read("@string{a = b}\n@string{b = a}\n@string{a = a # b}\n@misc{k, title = a}")
    assert isinstance(found, Record)
    assert found.paper.title == "bb"


def test_macros_that_stand_for_too_much_are_refused() -> None:
    much = f'@string{{a = "{"x" * 4000}"}}\n@misc{{k, title = {" # ".join(["a"] * 1000)}}}'
    (found,) = read(much)
    assert isinstance(found, Skipped)
    assert found == Skipped(1, 2, "its macros stand for too much text")


# Real files


@needs_data
@pytest.mark.parametrize(
    ("file", "titles"),
    [
        ("colrev/ebsco_bib.bib", ["Paper title.", "When sharing fixes prices."]),
        ("colrev/web_of_science_bib.bib", ["Inproceedings Title", "A dummy title's"]),
        ("zotero/BibTeX_2.txt", ["Handbook of Mathematical Functions", "The Yankee Years"]),
        ("zotero/BibTeX_3.txt", ["Some publication title", "Proceedings of the Xth Conference"]),
    ],
)
def test_every_entry_of_what_people_really_download(file: str, titles: list[str]) -> None:
    found = recognise(*files_in(DATA / "exports" / file))
    assert found.reader.name == FORMAT
    papers = [one.paper for one in found.records() if isinstance(one, Record)]
    assert len(papers) == len(titles)
    for paper, title in zip(papers, titles, strict=True):
        assert paper.title.startswith(title)


@needs_data
def test_scopus_as_it_is() -> None:
    found = list(recognise(*files_in(DATA / "exports/colrev/scopus_bib.bib")).records())
    assert len(found) == 11
    assert all(isinstance(one, Record) and one.paper.journal for one in found)
    assert sum(bool(one.paper.doi) for one in found if isinstance(one, Record)) == 10
