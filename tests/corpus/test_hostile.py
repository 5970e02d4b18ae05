"""Files that are made to do harm: each ends in one sentence or in papers, and soon, and in little
memory.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

import pytest

from corpus.library import ImportReport, Library
from corpus.paper import Query
from tests.corpus.readers.seeds import SEEDS

MB = 1 << 20
LARGE = 200 * MB
MEMORY = 400 * MB
SECONDS = 60
STATUS = Path("/proc/self/status")
FORGET = Path("/proc/self/clear_refs")

Content = str | bytes | Callable[[BinaryIO], object]
Adding = Callable[[Content], ImportReport]


def much(before: str, over_and_over: str, after: str = "", size: int = LARGE) -> Content:
    """A file that has something in it over and over."""

    def write(file: BinaryIO) -> None:
        unit = over_and_over.encode()
        piece = unit * (min(size, MB) // len(unit))
        file.write(before.encode())
        file.writelines(piece for _ in range(size // len(piece)))
        file.write(after.encode())

    return write


def memory(kind: str) -> int:
    found = re.search(rf"{kind}:\s*(\d+) kB", STATUS.read_text())
    assert found
    return int(found.group(1)) * 1024


def forgets_the_highest() -> bool:
    """Whether the system tells how much memory was in use at most, from now on."""
    try:
        FORGET.write_text("5")
    except OSError:
        return False
    return True


@contextlib.contextmanager
def in_little_memory_and_time() -> Iterator[None]:
    """Asserts that what is done takes neither long nor much memory, where the system tells."""
    measured = forgets_the_highest()
    before = memory("VmRSS") if measured else 0
    began = time.monotonic()
    yield
    assert time.monotonic() - began < SECONDS
    if measured:
        assert memory("VmHWM") - before < MEMORY


@pytest.fixture
def add(library: Library, tmp_path: Path) -> Iterator[Adding]:
    """Imports a file of some content."""
    path = tmp_path / "hostile"

    def add(content: Content) -> ImportReport:
        with path.open("wb") as file:
            if callable(content):
                content(file)
            else:
                file.write(content if isinstance(content, bytes) else content.encode())
        with in_little_memory_and_time():
            report = library.add([path])
        assert report.papers == library.counts().papers
        return report

    yield add
    path.unlink(missing_ok=True)


@pytest.fixture
def refused(add: Adding) -> Callable[[Content], str]:
    """The one sentence in which a file of some content is refused; nothing of it is kept."""

    def refused(content: Content) -> str:
        report = add(content)
        (sentence,) = report.failed.values()
        (path,) = report.failed
        assert sentence.startswith(str(path))
        assert "\n" not in sentence
        assert len(sentence) - len(str(path)) < 400
        assert (report.added, report.papers, report.skipped) == (0, 0, [])
        return sentence.removeprefix(str(path))

    return refused


def test_the_measure_of_memory_can_fail() -> None:
    if not forgets_the_highest():
        pytest.skip("this system does not tell")
    with pytest.raises(AssertionError), in_little_memory_and_time():
        bytearray(b"x") * (MEMORY + 50 * MB)


# XML

PUBMED = SEEDS["pubmed-xml"].partition("<PubmedArticleSet>")[2]
LAUGHS = "".join(
    f'<!ENTITY {name} "{f"&{of};" * 10}">'
    for of, name in zip("abcdefghi", "bcdefghij", strict=True)
)


def declaring(declarations: str, title: str) -> str:
    return (
        f"<?xml version='1.0'?>\n<!DOCTYPE PubmedArticleSet [{declarations}]>\n"
        f"<PubmedArticleSet>{PUBMED.replace('Another.', title)}"
    )


@pytest.mark.parametrize(
    ("declarations", "title"),
    [
        (f'<!ENTITY a "lol">{LAUGHS}', "&j;"),
        (f'<!ENTITY a "{"x" * 50_000}">', "&a;" * 50_000),
        ('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"),
        ('<!ENTITY % a SYSTEM "http://127.0.0.1:9/a.dtd"> %a;', "x"),
    ],
    ids=["a billion laughs", "quadratic", "a file", "a file on the network"],
)
def test_xml_that_declares_entities(
    refused: Callable[[Content], str], declarations: str, title: str
) -> None:
    sentence = refused(declaring(declarations, title))
    assert re.match(r", line \d: it declares XML entities, which are not read", sentence)


def test_xml_that_is_cut_off(refused: Callable[[Content], str]) -> None:
    content = SEEDS["pubmed-xml"]
    assert refused(content[:-30]).endswith(": the XML is cut off")
    assert refused(content[: content.index("<Language>")]).endswith(": the XML is cut off")


PUBMED_HEAD = "<PubmedArticleSet>\n<PubmedArticle><MedlineCitation><Article>"
DEEP = 100_000
BIG = re.compile(
    r"(, line \d+: .*(large|million|over \d+ MB|over [\d,]+ elements|deep)"
    r"| has over \d+ million characters in line \d)(?s:.*)"
)


@pytest.mark.parametrize(
    "content",
    [
        much(PUBMED_HEAD + "<ArticleTitle>", "x"),
        much(PUBMED_HEAD + "<ArticleTitle a='", "x"),
        much(PUBMED_HEAD + "<!--", "x"),
        much(PUBMED_HEAD + "<ArticleTitle>", "<b>x</b>", size=12 * MB),
        PUBMED_HEAD + "<b>" * DEEP,
        much("TY  - JOUR\nTI  - Peer\nAB  - ", "x", "\nER  - \n"),
        much("TY  - JOUR\nTI  - Peer\nAB  - ", "Peers helped.\n", "\nER  - \n", size=12 * MB),
        much("TY  - JOUR\nTI  - Peer\n", "KW  - x\n", "\nER  - \n", size=12 * MB),
        much("PMID- 1\nTI  - Peer\nAB  - ", "x", "\n\n"),
        much("PMID- 1\nTI  - Peer\n", "OT  - x\n", "\n\n", size=12 * MB),
        much("%0 Journal Article\n%T ", "x"),
        much("FN Clarivate\nVR 1.0\nPT J\nTI ", "x"),
        much('{"id": "a", "title": "', "x", '"}\n'),
        much('[{"id": "a", "type": "book", "title": "', "x", '"}]'),
        much('[{"id": "a", "type": "book", "author": [', '{"family": "x"},', "]}]", size=12 * MB),
        '[{"id": "a", "type": "book", "title": "Peer", "x": ' + "[" * DEEP,
        '[{"id": "a", "type": "book", "title": "Peer", "x": ' + "[" * DEEP + "]" * DEEP + "}]",
        much("@article{a,\n title = {", "x", "}}"),
        much("@article{a,\n title = {", "{"),
        much("@article{a,\n title = {", "{x\n", size=12 * MB),
        much("@article{a,\n title = {x}", ",\n keywords = {x}", "}", size=12 * MB),
        much('Authors,Title,Year,Abstract\n"', "x"),
        much('Authors,Title,Year,Abstract\n"', "x,\n"),
        much("Authors,Title,Year,Abstract\n", "x,"),
        much("相似文献\n1.\nPeers helped. ", "x"),
    ],
)
def test_a_record_without_an_end(refused: Callable[[Content], str], content: Content) -> None:
    assert BIG.fullmatch(refused(content))


@pytest.mark.parametrize(
    "content", [much("x", "x"), much("", "["), much("", "<"), much("", "\n"), much("@", "{")]
)
def test_two_hundred_megabytes_of_no_format(
    refused: Callable[[Content], str], content: Content
) -> None:
    assert re.match(" is (in no format that can be read here|empty)", refused(content))


def test_what_is_left_out_of_an_xml_file_may_be_long(add: Adding) -> None:
    before = "<PubmedArticleSet><Other>"
    report = add(much(before, "x", f"</Other>{PUBMED}", 20 * MB))
    assert (report.added, report.failed) == (2, {})


def test_a_file_of_one_line_is_read_where_each_record_is_small(add: Adding) -> None:
    record = '{"id": %d, "type": "book", "title": "Peers met %d times"}'
    report = add("[" + ",".join(record % (n, n) for n in range(1000)) + "]")
    assert (report.added, report.failed, report.skipped) == (1000, {}, [])


# Tables


@pytest.mark.parametrize(
    "content",
    [
        "Authors,Title,Year," + ",".join(f"c{n}" for n in range(10**6)) + "\nDoe,Peer,2006\n",
        "Authors,Title,Year,Abstract\nDoe,Peer,2006," + "," * 10**6 + "\n",
    ],
    ids=["in the header", "in a row"],
)
def test_a_table_of_a_million_columns(refused: Callable[[Content], str], content: str) -> None:
    assert re.fullmatch(r", line \d: over [\d,]+ columns", refused(content))


# Braces and brackets


@pytest.mark.parametrize("entry", ["@article{a, title = {{{x},\n", "@article{a, title = }}}x},\n"])
def test_entries_of_unbalanced_braces(add: Adding, entry: str) -> None:
    good = "\n@article{b,\n title = {Peer support}\n}\n"
    report = add(much("@article{a,\n title = {x}}\n", entry, good, MB // 4))
    assert not report.failed
    assert report.added >= 1


def test_json_that_is_nested_too_deep_costs_only_its_line(library: Library, add: Adding) -> None:
    def line(levels: int) -> str:
        inside = f'{{"t": {"[" * levels}{"]" * levels}}}'
        return f'{{"title": "Peers {levels}", "deep": {inside}}}'

    levels = (1, 10, 40, 60, 300, 480, 900, 950, 980, 990, 995, 1000, 100_000)
    report = add("\n".join(map(line, levels)) + '\n{"title": "Peers last"}\n')
    assert report.failed == {}
    assert report.added + len(report.skipped) == len(levels) + 1
    assert {remark.reason for remark in report.skipped} == {"nested too deep"}
    titles = {library.paper(id).title for id in range(1, report.added + 1)}
    assert {"Peers 1", "Peers 10", "Peers 40", "Peers last"} <= titles


# Characters


def test_nul_is_left_out(library: Library, add: Adding) -> None:
    report = add('{"title": "Pe\0er", "z\\u0000": ["\\u0000x"], "doi": "10.1000/a\\u0000b"}\n\0\0')
    assert (report.added, report.failed, report.skipped) == (1, {}, [])
    paper = library.paper(1)
    assert paper.title == "Peer"
    assert paper.extra == {"z": ["x"]}
    assert paper.doi == "10.1000/ab"


def test_nothing_but_nul(refused: Callable[[Content], str]) -> None:
    assert refused(lambda file: file.truncate(1 << 30)) == " is not a text file"


def test_half_characters_and_turned_text(library: Library, add: Adding) -> None:
    odd = '{"title": "Peer \\ud800\\u202etroppus", "\\udfff": ["\\ud83d"], "authors": ["\\u2066X"]}'
    right = '{"title": "\\u05e9\\u05dc\\u05d5\\u05dd peer \\u200f(\\ud83d\\ude00)"}'
    report = add(f"{odd}\n{right}\n")
    assert (report.added, report.failed, report.skipped) == (2, {}, [])
    paper = library.paper(1)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\ud800-\udfff]", paper.title)
    assert paper.authors == ("X",)
    assert json.dumps(dict(paper.extra), ensure_ascii=False).encode()
    assert library.paper(2).title.startswith("\u05e9\u05dc\u05d5\u05dd peer ")
    assert "\U0001f600" in library.paper(2).title
    assert {hit.paper.id for hit in library.find(Query(text="peer")).hits} == {1, 2}


# Very many


def test_a_million_records_of_nothing(add: Adding) -> None:
    report = add(much('{"title": "Peer"}\n', "1\n", size=2 * MB))
    assert report.added == 1
    assert len(report.skipped) == MB


@pytest.mark.parametrize(
    ("before", "record", "after"),
    [
        ("", "TY  - JOUR\nER  - \n", ""),
        ("", "PMID- 1\nOWN - NLM\n\n", ""),
        ("", "@book{a,\n year = 2006}\n", ""),
        ("<PubmedArticleSet>\n", "<PubmedArticle/>", "</PubmedArticleSet>"),
        ('[{"type": "book"}', ',{"type": "book"}', "]"),
        ("Authors,Title,Year,Abstract\n", ",,2006,\n", ""),
        ("%0 Book\n\n", "%0 Book\n%A x\n\n", ""),
    ],
)
def test_many_records_of_nothing(add: Adding, before: str, record: str, after: str) -> None:
    report = add(much(before, record, after, size=MB // 8))
    assert report.failed == {}
    assert report.added == 0
    assert len(report.skipped) > 5000


# Packed


def test_bombs(refused: Callable[[Content], str]) -> None:
    text = (SEEDS["ris"] * 4).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("papers.ris", text + b" " * (100 * MB))
    for bomb in (gzip.compress(text + b" " * (100 * MB)), out.getvalue()):
        assert len(bomb) < MB
        assert "unpacks to over 64 MB" in refused(bomb)


def test_an_archive_of_good_and_bad_files(add: Adding, library: Library, tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../good.ris", SEEDS["ris"])
        archive.writestr("laughs.xml", declaring(f'<!ENTITY a "lol">{LAUGHS}', "&j;"))
        archive.writestr("inner.zip", b"PK\x03\x04" + bytes(99))
        archive.writestr("\x1b[2J.txt", "no format")
        archive.writestr("good.bib", "@book{a, title = {Burnout among nurses}}")
    report = add(out.getvalue())
    inside = tmp_path / "hostile"
    assert set(report.formats) >= {inside / "good.ris", inside / "good.bib"}
    assert set(report.failed) == {
        inside / "laughs.xml",
        inside / "inner.zip",
        inside / "\ufffd[2J.txt",
    }
    assert (report.added, report.papers) == (3, 3)
    assert not (tmp_path.parent / "good.ris").exists()
