"""Files as questions: texts, PDFs, exports, and everything that is none of these."""

from __future__ import annotations

import builtins
import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.declined import Declined
from bot.question_file import LARGEST, LONGEST, question_in
from corpus.library import Library
from corpus.paper import Query
from tests.bot.making import pdf, ris

PAPERS = [
    {"title": "Peer workers", "abstract": "Peers help.", "doi": "10.1000/peer.1", "pmid": "777"},
    {"title": "Nurses", "abstract": "Nurses burn out."},
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("library")
    file = folder / "papers.jsonl"
    file.write_text("".join(f"{json.dumps(one)}\n" for one in PAPERS), "utf-8")
    with Library(folder / "library", create=True) as library:
        library.add([file])
        yield library


Asked = Callable[[bytes], str]


@pytest.fixture
def asked(library: Library, tmp_path: Path) -> Asked:
    """What a file of these bytes asks."""

    def asked(data: bytes) -> str:
        path = tmp_path / "attachment"
        path.write_bytes(data)
        return question_in(path, library)

    return asked


def refusal(asked: Asked, data: bytes) -> str:
    with pytest.raises(Declined) as declined:
        asked(data)
    return declined.value.message


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"Peer support helps.", "Peer support helps."),
        ("\ufeffPeer support.\r\nIt helps.\n".encode(), "Peer support.\nIt helps."),
        ("同伴支持者的督导有助于他们留任，也有助于病人。".encode("gb18030"), None),
        (b" \n", ""),
    ],
)
def test_a_text_is_asked_as_it_is(asked: Asked, data: bytes, text: str | None) -> None:
    assert asked(data) == (data.decode("gb18030") if text is None else text)


def test_one_record_is_the_paper_that_it_is_here(asked: Asked) -> None:
    assert asked(ris({"TI": "Other title", "DO": "10.1000/PEER.1"})) == "#1"
    assert asked(b"PMID- 777\nTI  - Whatever\n\n") == "#1"


def test_one_record_that_is_not_here_asks_with_title_and_abstract(
    asked: Asked, library: Library
) -> None:
    text = asked(ris({"TI": "New one", "AB": "About otters.", "KW": "river"}))
    assert text == "New one\nAbout otters."
    known = asked(ris({"TI": "Nurses", "AB": "Nurses burn out.", "KW": "river"}))
    seed = library.find(Query(text=known)).seed
    assert seed is not None
    assert seed.title == "Nurses"


def test_several_records_are_asked_with_together(asked: Asked) -> None:
    text = asked(b"@article{a, title={Otters of rivers}}\n@article{b, title={Lynx}}\n")
    assert text == "Otters of rivers\nLynx"
    long = [{"TI": f"Title {number}", "AB": "word " * 5000} for number in range(50)]
    text = asked(ris(*long))
    assert len(text) <= 8020
    assert "Title 19\n" in text
    assert "Title 20\n" not in text


def test_an_export_may_be_packed(asked: Asked) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.ris", ris({"TI": "Otters"}))
        archive.writestr("b.bib", "@article{b, title={Lynx}}")
        archive.writestr("readme.txt", "nothing to see")
    assert asked(packed.getvalue()) == "Otters\nLynx"


def test_a_pdf_asks_with_its_abstract(asked: Asked) -> None:
    lines = ["A title", "Somebody Else", "Abstract", "Otters return to riv-", "ers (slowly)."]
    text = asked(pdf(*lines))
    assert text.split() == "Otters return to rivers (slowly).".split()


def test_a_pdf_without_the_word_abstract_asks_with_its_beginning(asked: Asked) -> None:
    text = asked(pdf("Otters and their rivers", "They swim."))
    assert text.split() == "Otters and their rivers They swim.".split()


def test_a_pdf_of_a_paper_that_is_here_is_that_paper(asked: Asked) -> None:
    assert asked(pdf("Peer workers", "https://doi.org/10.1000/peer.1.", "Abstract")) == "#1"


def test_what_cannot_be_asked_with_is_refused(asked: Asked) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.bin", b"\0\1\2")
        archive.writestr("b.bin", b"\0\1\2")
    assert refusal(asked, packed.getvalue()) == "file-unreadable"
    assert refusal(asked, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9) == "file-unreadable"
    assert refusal(asked, b"%PDF-1.7") == "file-pdf-damaged"
    assert refusal(asked, pdf()) == "file-pdf-scan"
    assert refusal(asked, b"word " * LONGEST) == "file-too-large"
    assert refusal(asked, b"a" * (LARGEST + 1)) == "file-too-large"


def test_a_pdf_is_refused_where_pypdf_is_missing(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.__import__

    def missing(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("pypdf"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.delitem(sys.modules, "pypdf", raising=False)
    monkeypatch.setattr(builtins, "__import__", missing)
    assert refusal(asked, pdf("Otters")) == "file-pdf-missing"


@given(
    data=st.one_of(
        st.binary(max_size=2000),
        st.binary(max_size=300).map(lambda some: b"%PDF-1.4\n" + some),
        st.tuples(st.integers(0, 900), st.binary(max_size=9)).map(
            lambda cut: pdf("Otters", "Lynx")[: cut[0]] + cut[1] + pdf("Otters", "Lynx")[cut[0] :]
        ),
        st.text(max_size=500).map(str.encode),
    )
)
@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_is_attached_is_asked_or_declined(
    asked: Asked, library: Library, data: bytes
) -> None:
    try:
        text = asked(data)
    except Declined:
        return
    assert len(text) <= LONGEST
    text.encode()
