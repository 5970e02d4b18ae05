"""What the readers make of real exports: all of each file, and what Zotero makes of it.

The tables are printed: `pytest -s tests/corpus/test_agreement.py` shows them.
"""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from corpus.files.packed import files_in
from corpus.paper import Paper
from corpus.readers import Record, Skipped, recognise
from tests.data import DATA, needs_data

EXPORTS = DATA / "exports"


class Expected(NamedTuple):
    """What is in a file: how many records, and how many of them have an abstract, or a DOI."""

    format: str
    records: int
    abstracts: int
    dois: int


# Counted in the files themselves, with grep, csv and ElementTree; not what our readers said.
EXPECTED = {
    "asreview/embase.csv": Expected("csv", 6, 6, 6),
    "asreview/ovid_psycinfo.ris": Expected("ris", 6, 6, 6),
    "asreview/pubmed_endnote.txt": Expected("ris", 6, 6, 6),
    "asreview/pubmed_zotero.ris": Expected("ris", 6, 6, 6),
    "asreview/scopus.ris": Expected("ris", 6, 6, 6),
    "asreview/web_of_science.txt": Expected("ris", 10, 10, 10),
    "bibliometrix/scopus_sample.csv": Expected("csv", 8, 8, 8),
    "cnki/endnote_cmsax_demo.txt": Expected("endnote", 40, 36, 0),
    "cnki/noteexpress_Classic5Test.net": Expected("noteexpress", 5, 5, 0),
    "cnki/noteexpress_mixed.net": Expected("noteexpress", 12, 11, 0),
    "colrev/abi_inform_proquest_ris.ris": Expected("ris", 2, 2, 1),
    "colrev/ais_enl.txt": Expected("endnote", 6, 4, 0),
    "colrev/ebsco_bib.bib": Expected("bibtex", 2, 2, 0),
    "colrev/pubmed-chatbot.csv": Expected("csv", 6, 0, 6),
    "colrev/scopus_bib.bib": Expected("bibtex", 11, 0, 10),
    "colrev/web_of_science_bib.bib": Expected("bibtex", 2, 0, 2),
    "jabref/EndnoteXmlImporterTestArticle2.xml": Expected("endnote-xml", 2, 0, 0),
    "jabref/IsiImporterTestWOS.isi": Expected("wos", 2, 2, 0),
    "jabref/MedlinePlainImporterTestMultipleEntries.txt": Expected("nbib", 7, 2, 1),
    "litstudy/ieee_5.csv": Expected("csv", 41, 41, 39),
    "pubmed/biopython_pubmed1.xml": Expected("pubmed-xml", 2, 1, 1),
    "pubmed/biopython_pubmed2.xml": Expected("pubmed-xml", 2, 2, 2),
    "pubmed/pubmed-balloongui-set.nbib": Expected("nbib", 75, 70, 74),
    "pubmed/single.nbib": Expected("nbib", 1, 1, 1),
    "rispy/example_bom.ris": Expected("ris", 1, 0, 1),
    "rispy/example_multiline.ris": Expected("ris", 3, 3, 0),
    "rispy/example_utf_chars.ris": Expected("ris", 1, 1, 0),
    "zotero/BibTeX_1.txt": Expected("bibtex", 1, 0, 0),
    "zotero/BibTeX_2.txt": Expected("bibtex", 2, 0, 0),
    "zotero/BibTeX_3.txt": Expected("bibtex", 2, 0, 0),
    "zotero/CSL_JSON_1.txt": Expected("csl-json", 1, 0, 0),
    "zotero/Crossref_Unixref_XML_1.txt": Expected("crossref-xml", 1, 0, 1),
    "zotero/Endnote_XML_1.txt": Expected("endnote-xml", 9, 3, 0),
    "zotero/MEDLINEnbib_1.txt": Expected("nbib", 1, 1, 0),
    "zotero/OpenAlex_JSON_1.txt": Expected("openalex", 1, 1, 1),
    "zotero/PubMed_XML_1.txt": Expected("pubmed-xml", 2, 2, 2),
    "zotero/RIS_1.txt": Expected("ris", 1, 1, 0),
    "zotero/RIS_2.txt": Expected("ris", 1, 1, 0),
    "zotero/ReferBibIX_1.txt": Expected("endnote", 1, 1, 1),
    "zotero_cn/CNKI_RefWorks_1.txt": Expected("refworks", 1, 1, 1),
    "zotero_cn/CNKI_RefWorks_2.txt": Expected("refworks", 1, 1, 0),
    "zotero_cn/CNKI_RefWorks_3.txt": Expected("refworks", 1, 1, 1),
    "zotero_cn/CNKI_Refer_1.txt": Expected("endnote", 1, 1, 1),
    "zotero_cn/CNKI_Refer_2.txt": Expected("endnote", 1, 1, 0),
    "zotero_cn/Web_of_Science_Tagged_1.txt": Expected("wos", 5, 5, 5),
}

# Records that say nothing: 5, an editorial without a title, 6 and 7, a PMID and a heading.
SKIPPED = {
    "jabref/MedlinePlainImporterTestMultipleEntries.txt": dict.fromkeys(
        (5, 6, 7), "no title, abstract or DOI"
    )
}

# Where a record begins, by format: no reader has a say in how many there are.
BEGINNINGS = {
    "ris": r"^TY  ?-",
    "endnote": r"^%T ",
    "noteexpress": r"^\{Reference Type\}",
    "refworks": r"^RT ",
    "wos": r"^PT ",
    "bibtex": r"^@\w+ ?\{",
    "nbib": r"(?:\A|\n\n)PM(?:ID|C|CR) ?-",
}
ELEMENTS = {"endnote-xml": "record", "pubmed-xml": "PubmedArticle", "crossref-xml": "doi_record"}

INITIALS = "Zotero puts a full stop behind initials; we keep the record's"
HEADINGS = "MeSH headings are among our subjects; keywords are the authors' own"
CAPITALS = "Zotero gives every word of a journal's name a capital; we keep the record's"

ON_PURPOSE = {
    ("BibTeX_1", 1, "pages"): "Zotero makes -- an en dash; we a plain hyphen",
    ("BibTeX_3", 1, "year"): "the paper takes over its proceedings' year, as BibTeX does",
    ("BibTeX_3", 1, "journal"): "the paper takes over its proceedings' title, as BibTeX does",
    ("Endnote_XML_1", 1, "authors"): INITIALS,
    ("Endnote_XML_1", 3, "authors"): INITIALS,
    ("Endnote_XML_1", 7, "authors"): INITIALS,
    ("Endnote_XML_1", 9, "journal"): "a web page's site, for which Zotero has another field",
    ("OpenAlex_JSON_1", 1, "abstract"): "Zotero does not read abstract_inverted_index",
    ("PubMed_XML_1", 1, "authors"): INITIALS,
    ("PubMed_XML_1", 1, "journal"): CAPITALS,
    ("PubMed_XML_1", 1, "keywords"): HEADINGS,
    ("PubMed_XML_1", 2, "authors"): INITIALS,
    ("PubMed_XML_1", 2, "journal"): CAPITALS,
    ("PubMed_XML_1", 2, "keywords"): HEADINGS,
    ("ReferBibIX_1", 1, "journal"): "of two names of the journal the paper's own, not the last",
    ("ReferBibIX_1", 1, "doi"): "Zotero does not read %R",
    ("ReferBibIX_1", 1, "keywords"): "Wanfang parts keywords by spaces; Zotero keeps them as one",
    ("CNKI_RefWorks_1", 1, "journal"): "Zotero widens the brackets; we keep the record's",
    ("CNKI_RefWorks_2", 1, "pages"): "Zotero writes + as a comma; we keep the record's",
    ("CNKI_RefWorks_2", 1, "abstract"): "Zotero puts the line end behind 方法, not before it",
}


def exports() -> list[Path]:
    files = (path for path in EXPORTS.rglob("*") if path.is_file())
    return sorted(path for path in files if not path.name.endswith(".expected.json"))


def name_of(path: Path) -> str:
    return path.relative_to(EXPORTS).as_posix()


@cache
def read(path: Path) -> tuple[str, list[Record | Skipped]]:
    """The format of a file, and what is in it."""
    found = recognise(*files_in(path))
    return found.reader.name, list(found.records())


def papers(path: Path) -> list[Paper]:
    return [one.paper for one in read(path)[1] if isinstance(one, Record)]


def counted(path: Path, format: str) -> int:
    """How many records there are in a file, whatever our readers say."""
    text = path.read_text(encoding="utf-8-sig")
    if format in BEGINNINGS:
        return len(re.findall(BEGINNINGS[format], text, re.MULTILINE))
    if format in ELEMENTS:
        root = ET.fromstring(text.encode())
        return sum(1 for _ in root.iter(ELEMENTS[format]))
    if format == "csv":
        return sum(any(row) for row in csv.reader(io.StringIO(text))) - 1
    whole = json.loads(text)
    return len(whole) if isinstance(whole, list) else 1


# All of each file


@needs_data
def test_every_export_is_in_the_table() -> None:
    assert {name_of(path) for path in exports()} == set(EXPECTED)
    assert len(exports()) + len(list(EXPORTS.rglob("*.expected.json"))) == 63


@needs_data
def test_every_export_is_read_whole() -> None:
    print(f"\n{'file':52}{'format':14}{'records':>8}{'read':>6}{'abstract':>9}{'doi':>5}")
    wrong = {}
    for path in exports():
        name = name_of(path)
        format, records = read(path)
        kept = papers(path)
        found = Expected(
            format,
            counted(path, EXPECTED[name].format),
            sum(bool(paper.abstract) for paper in kept),
            sum(bool(paper.doi) for paper in kept),
        )
        skipped = {one.number: one.reason for one in records if isinstance(one, Skipped)}
        print(f"{name:52}{format:14}{found.records:8}{len(kept):6}{found[2]:9}{found[3]:5}")
        for number, reason in skipped.items():
            print(f"{'':8}skipped {number}: {reason}")
        if found != EXPECTED[name] or len(records) != found.records:
            wrong[name] = (found, len(records))
        if skipped != SKIPPED.get(name, {}):
            wrong[f"{name}, skipped"] = skipped
    print(f"{len(EXPECTED)} files, {sum(one.records for one in EXPECTED.values())} records")
    assert not wrong


@needs_data
def test_every_record_says_where_it_is() -> None:
    for path in exports():
        records = read(path)[1]
        assert [one.number for one in records] == list(range(1, len(records) + 1)), path
        lines = [one.line for one in records]
        last = len(path.read_text(encoding="utf-8-sig").splitlines())
        assert lines == sorted(lines), path
        assert 1 <= lines[0] <= lines[-1] <= last, path


# What Zotero makes of it


def zotero_name(creator: dict[str, Any]) -> tuple[str, str]:
    family = creator.get("lastName") or creator.get("name", "")
    return family, "" if creator.get("fieldMode") == 1 else creator.get("firstName", "")


def our_name(author: str) -> tuple[str, str]:
    family, _, given = author.partition(", ")
    return family, given


def zotero_fields(item: dict[str, Any]) -> dict[str, Any]:
    role = "inventor" if item["itemType"] == "patent" else "author"
    year = re.search(r"\d{4}", item.get("date") or item.get("issueDate") or "")
    journals = (item.get(f"{kind}Title") for kind in ("publication", "proceedings", "book"))
    return {
        "title": item.get("title", ""),
        "authors": [zotero_name(one) for one in item["creators"] if one["creatorType"] == role],
        "year": int(year.group()) if year else None,
        "journal": next(filter(None, journals), ""),
        **{name: item.get(name, "") for name in ("volume", "issue", "pages")},
        "doi": item.get("DOI", ""),
        "abstract": " ".join(item.get("abstractNote", "").split()),
        "keywords": {tag if isinstance(tag, str) else tag["tag"] for tag in item["tags"]},
    }


def our_fields(paper: Paper) -> dict[str, Any]:
    return {
        "title": paper.title,
        "authors": [our_name(author) for author in paper.authors],
        "year": paper.year,
        "journal": paper.journal,
        "volume": paper.volume,
        "issue": paper.issue,
        "pages": paper.pages,
        "doi": paper.doi,
        "abstract": " ".join(paper.abstract.split()),
        "keywords": set(paper.keywords),
    }


@needs_data
def test_agreement_with_zotero() -> None:
    print(f"\n{'file':28}{'items':>6}{'fields':>8}{'agreeing':>10}{'on purpose':>12}")
    differences: dict[tuple[str, int, str], tuple[Any, Any]] = {}
    everything = 0
    expectations = sorted(EXPORTS.rglob("*.expected.json"))
    for expectation in expectations:
        stem = expectation.name.removesuffix(".expected.json")
        items = json.loads(expectation.read_text(encoding="utf-8"))
        ours = papers(expectation.with_name(f"{stem}.txt"))
        assert len(items) == len(ours), stem
        found, compared = {}, 0
        for number, (item, paper) in enumerate(zip(items, ours, strict=True), 1):
            mine = our_fields(paper)
            theirs = zotero_fields(item)
            compared += len(theirs)
            for field, value in theirs.items():
                if mine[field] != value:
                    found[stem, number, field] = (value, mine[field])
        meant = len(found.keys() & ON_PURPOSE.keys())
        print(f"{stem:28}{len(items):6}{compared:8}{compared - len(found):10}{meant:12}")
        differences |= found
        everything += compared
    agreeing = everything - len(differences)
    print(f"{len(expectations)} files, {everything} fields, {agreeing} agreeing, on purpose not:")
    for (stem, number, field), reason in ON_PURPOSE.items():
        print(f"{'':8}{stem} {number} {field}: {reason}")
    assert {place: both for place, both in differences.items() if place not in ON_PURPOSE} == {}
    assert ON_PURPOSE.keys() - differences.keys() == set()
