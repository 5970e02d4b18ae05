"""Files read ahead by another process: the same records, the same errors, and nothing lost."""

from __future__ import annotations

import gzip
import io
import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import preparing, process, readers
from corpus.errors import UnreadableFile
from corpus.files.packed import files_in
from corpus.library import Library
from corpus.paper import Paper
from corpus.preparing import ahead, prepared
from corpus.readers import Recognised, Skipped

Jsonl = Callable[..., Path]

RECORDS = [
    {"id": str(n), "title": f"Peer support {n}", "abstract": f"Aims.A range of {n}. Müller 同伴"}
    for n in range(250)
]
BAD = "{not json"


def recognised(path: Path) -> Recognised:
    (file,) = files_in(path)
    return readers.recognise(file)


@pytest.fixture(autouse=True)
def processes(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Every file counts as large; the processes that are started, of which none may be left."""
    monkeypatch.setattr(preparing, "_LARGE", 0)
    made: list[subprocess.Popen[bytes]] = []

    def noted(*arguments: str, **options: Any) -> subprocess.Popen[bytes] | None:
        one = process.started(*arguments, **options)
        assert one is not None
        made.append(one)
        return one

    monkeypatch.setattr(preparing, "started", noted)
    yield made
    assert all(one.returncode is not None for one in made)


def test_another_process_reads_the_same(jsonl: Jsonl) -> None:
    found = recognised(
        jsonl("a.jsonl", *RECORDS, BAD, {"title": "\u00ad"}, {"id": "9", "title": "x"})
    )
    here = list(prepared(found.records()))
    with ahead(found) as there:
        assert list(there) == here
    assert len(here) == 253
    assert sum(isinstance(one, Skipped) for one in here) == 2


PAPER = st.builds(
    Paper,
    title=st.text(max_size=20),
    abstract=st.text(max_size=60),
    year=st.none() | st.integers(1500, 2100),
    authors=st.lists(st.text(max_size=9), max_size=3).map(tuple),
    doi=st.sampled_from(["", "10.1000/a"]),
    extra=st.dictionaries(st.text(max_size=3), st.lists(st.text(max_size=3) | st.floats(0, 1))),
)


@given(st.lists(PAPER, max_size=5))
def test_whatever_a_record_has_comes_across(some: list[Any]) -> None:
    records = [readers.Record(paper, place, place) for place, paper in enumerate(some, 1)]
    told = [preparing._told(one) for one in prepared(records)]
    pipe = io.BytesIO()
    process.send(pipe, told)
    pipe.seek(0)
    (message,) = process.received(pipe)
    assert list(map(preparing._taken, message)) == list(prepared(records))


def test_what_cannot_be_read_to_its_end_says_so(tmp_path: Path) -> None:
    path = tmp_path / "bad.xml"
    article = (
        "<PubmedArticle><MedlineCitation><Article><ArticleTitle>Of walruses</ArticleTitle>"
        "</Article></MedlineCitation></PubmedArticle>\n"
    )
    path.write_text(f"<PubmedArticleSet>{article * 300}</Pubmed")
    found = recognised(path)
    with pytest.raises(UnreadableFile) as here:
        list(prepared(found.records()))
    with ahead(found) as records, pytest.raises(UnreadableFile) as there:
        list(records)
    assert str(there.value) == str(here.value)


def test_who_stops_reading_leaves_no_process(
    jsonl: Jsonl, processes: list[subprocess.Popen[bytes]]
) -> None:
    with ahead(recognised(jsonl("a.jsonl", *RECORDS))) as records:
        next(records)
    assert len(processes) == 1


def test_an_import_reads_ahead(library: Library, jsonl: Jsonl, processes: list[Any]) -> None:
    report = library.add([jsonl("a.jsonl", *RECORDS, BAD)])
    assert (report.added, len(report.skipped), len(processes)) == (250, 1, 1)
    assert report.skipped[0].line == 251
    paper = library.named("3")
    assert paper.abstract == "Aims. A range of 2. Müller 同伴"
    assert library.add([jsonl("a.jsonl", *RECORDS, BAD)]).known == 250


def test_a_file_that_ends_in_another_encoding_is_read_anew(
    library: Library, tmp_path: Path, processes: list[Any]
) -> None:
    path = tmp_path / "a.jsonl"
    plain = "".join(json.dumps({"title": f"Peer support {n}" * 200}) + "\n" for n in range(120))
    chinese = "".join(f'{{"title": "同伴支持在社区精神卫生服务中的作用 {n}"}}\n' for n in range(40))
    path.write_bytes(plain.encode() + chinese.encode("gb18030"))
    report = library.add([path])
    assert (report.added, report.encodings) == (160, {path: "gb18030"})
    assert library.paper(160).title.startswith("同伴支持")
    assert len(processes) == 1


@pytest.mark.parametrize("damage", ["cut off", "not utf-8"])
def test_what_only_the_end_of_a_file_shows_is_told_of_all_of_it(
    library: Library, tmp_path: Path, processes: list[Any], damage: str
) -> None:
    text = "".join(json.dumps(one) + "\n" for one in RECORDS * 40).encode()
    path = tmp_path / "a.jsonl.gz"
    if damage == "cut off":
        path.write_bytes(gzip.compress(text)[:-9])
    else:
        path.write_bytes(gzip.compress(text + b'{"title": "\x81\xff\xfe"}\n'))
    with pytest.raises(UnreadableFile) as here:
        recognised(path)
    report = library.add([path])
    assert report.failed == {path: str(here.value)}
    assert (report.added, library.state().papers, len(processes)) == (0, 0, 1)


def test_what_a_reader_leaves_has_to_be_text_too(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 100_000 + b"\xff")
    (file,) = files_in(path)
    lazy = readers.Reader("lazy", lambda _: True, lambda _: iter([Skipped(1, 1, "not mine")]))
    records = Recognised(file, "utf-8", lazy).records()
    assert next(records) == Skipped(1, 1, "not mine")
    with pytest.raises(UnreadableFile, match="not utf-8"):
        next(records)


def test_reading_begins_without_what_no_reader_of_text_needs() -> None:
    code = "import sys, corpus.preparing\nfrom corpus import readers\nreaders.reader_named('jsonl')"
    told = "print({'numpy', 'corpus.readers.bibtex', 'corpus.readers.ris'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{told}"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


def test_files_packed_together_are_read_here(
    library: Library, tmp_path: Path, processes: list[Any]
) -> None:
    import zipfile

    path = tmp_path / "both.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("a", "b"):
            archive.writestr(f"{name}.jsonl", json.dumps({"title": f"Peer {name}"}))
    assert library.add([path]).added == 2
    assert processes == []


@pytest.mark.parametrize("done", [0, 1, 120])
def test_a_process_that_is_killed_costs_only_time(
    library: Library,
    jsonl: Jsonl,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    done: int,
) -> None:
    read = preparing.received

    def cut(pipe: Any) -> Iterator[Any]:
        for place, message in enumerate(read(pipe)):
            if place * 100 >= done:
                return
            yield message

    monkeypatch.setattr(preparing, "received", cut)
    with caplog.at_level(logging.WARNING, "corpus"):
        report = library.add([jsonl("a.jsonl", *RECORDS, BAD)])
    assert "ended before its end" in caplog.text
    assert (report.added, report.known, len(report.skipped)) == (250, 0, 1)
    assert library.index_status() == "current"
    assert len(library.rank("peer support", 1000)) == 250


def test_without_another_process_this_one_reads(
    library: Library, jsonl: Jsonl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "started", lambda *_, **__: None)
    assert library.add([jsonl("a.jsonl", *RECORDS)]).added == 250
