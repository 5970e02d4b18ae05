"""What is an identifier, of which kind, and how lists of them are cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.paper import Paper
from corpus.sources.identifiers import (
    Identifier,
    batch,
    identifier,
    identifiers_in,
    identifiers_of,
)

ALL = ("doi", "pmid", "arxiv", "openalex")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("10.1000/ABC.d", "doi", "10.1000/abc.d"),
        (" https://doi.org/10.1000/abc, ", "doi", "10.1000/abc"),
        ("doi: 10.1000/abc;", "doi", "10.1000/abc"),
        (
            "10.1002/(SICI)1097-4571(199005)41:6<391::AID-ASI1>3.0.CO;2-9",
            "doi",
            "10.1002/(sici)1097-4571(199005)41:6<391::aid-asi1>3.0.co;2-9",
        ),
        ("12345678", "pmid", "12345678"),
        ("PMID: 0012", "pmid", "0012"),
        ("https://pubmed.ncbi.nlm.nih.gov/123/", "pmid", "123"),
        ("2101.00001", "arxiv", "2101.00001"),
        ("0704.0001v3", "arxiv", "0704.0001"),
        ("arXiv:2101.00001", "arxiv", "2101.00001"),
        ("https://arxiv.org/pdf/2101.00001v2.pdf", "arxiv", "2101.00001"),
        ("http://export.arxiv.org/abs/math.GT/0309136v1", "arxiv", "math/0309136"),
        ("hep-th/9901001", "arxiv", "hep-th/9901001"),
        ("10.48550/arXiv.2101.00001", "arxiv", "2101.00001"),
        ("w2741809807", "openalex", "W2741809807"),
        ("https://openalex.org/works/W27", "openalex", "W27"),
    ],
)
def test_an_identifier_is_found_in_how_people_write_it(text: str, kind: str, value: str) -> None:
    assert identifier(text, ALL) == Identifier(kind, value)
    others = [one for one in ALL if one != kind and not text.endswith("arXiv.2101.00001")]
    assert identifier(text, others) is None


@pytest.mark.parametrize("text", ["", "burnout", "#12", "paper:12", "1234567890", "10.1/x", "W"])
def test_what_is_none(text: str) -> None:
    assert identifier(text, ALL) is None


def test_a_doi_of_arxiv_is_a_doi_elsewhere() -> None:
    found = identifier("10.48550/arXiv.2101.00001", ("doi",))
    assert found == Identifier("doi", "10.48550/arxiv.2101.00001")


def test_lines_of_identifiers_each_once() -> None:
    lines = ["10.1000/a", "", "12, 13  doi:10.1000/b", "pmid: 14", "10.1000/A", "what?"]
    known, unknown = identifiers_in(lines, ("pmid", "doi"))
    assert [one.value for one in known] == ["10.1000/a", "12", "13", "10.1000/b", "14"]
    assert unknown == ("what?",)


@given(st.lists(st.text(max_size=30), max_size=5))
def test_no_text_is_too_strange(lines: list[str]) -> None:
    known, unknown = identifiers_in(lines, ALL)
    assert all(one.kind in ALL and one.value for one in known)
    assert len(known) + len(unknown) <= len(" ".join(lines).split())


def test_a_paper_is_known_by_all_that_it_has() -> None:
    paper = Paper(
        source_id="https://openalex.org/W5", doi="10.1000/A", pmid="7", extra={"arxiv": "2101.1v2"}
    )
    assert identifiers_of(paper) == {
        Identifier("openalex", "W5"),
        Identifier("doi", "10.1000/a"),
        Identifier("pmid", "7"),
    }
    paper = Paper(source_id="http://arxiv.org/abs/2101.00001v2", extra={"arxiv": None})
    assert identifiers_of(paper) == {Identifier("arxiv", "2101.00001")}
    assert identifiers_of(Paper()) == set()


@given(
    st.lists(st.tuples(st.sampled_from("xy"), st.text("ab,", min_size=1, max_size=4)), min_size=1),
    st.integers(1, 4),
)
def test_batches_hold_everything_in_order(pairs: list[tuple[str, str]], size: int) -> None:
    ids = [Identifier(*pair) for pair in sorted(pairs)]
    cut: list[Identifier] = []
    start: str | None = "0"
    while start is not None:
        assert int(start) == len(cut)
        kind, values, start = batch(ids, int(start), size, alone=",")
        assert len(values) <= size
        assert len(values) == 1 or not any("," in value for value in values)
        cut += [Identifier(kind, value) for value in values]
    assert cut == ids
