"""One paper of several records: nothing that any of them tells is lost."""

from __future__ import annotations

import dataclasses
from functools import reduce
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.identity.merging import every, merge
from corpus.paper import Paper
from tests.corpus.told import told

TEXT = st.sampled_from(["", "one", "two words", "three whole words"])
NAMES = st.sampled_from(["A, B.", "C, D.", "E"])
LIST = st.lists(st.sampled_from(["a", "b", "c"]), max_size=3, unique=True).map(tuple)
LEAVES = st.sampled_from([None, "", "x", "y", 0, 1, 1.0, True, False])
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["C1", "CR", "other_values"]), inner, max_size=3)
    ),
    max_leaves=6,
)
EXTRA = st.dictionaries(
    st.sampled_from(["note", "ris", "wos", "issn", "editors", "title", "authors"]), JSON, max_size=4
)
PAPERS = st.builds(
    Paper,
    source_id=st.sampled_from(["", "1", "WOS:2"]),
    title=TEXT,
    abstract=TEXT,
    translated_abstract=TEXT,
    authors=st.lists(NAMES, max_size=3, unique=True).map(tuple),
    journal=TEXT,
    year=st.sampled_from([None, 1999, 2020]),
    doi=TEXT,
    keywords=LIST,
    affiliations=LIST,
    language=st.sampled_from(["", "en", "zh"]),
    summary_by=st.sampled_from(["", "Similit", "Another"]),
    extra=EXTRA,
)


@given(PAPERS, PAPERS, st.booleans())
def test_a_merged_paper_tells_what_either_told(known: Paper, new: Paper, newer: bool) -> None:
    merged = merge(known, new, newer=newer)
    assert told(merged) == told(known) | told(new)
    assert merged.source_id == (known.source_id or new.source_id)


@given(PAPERS, PAPERS, st.booleans())
def test_merging_again_changes_nothing(known: Paper, new: Paper, newer: bool) -> None:
    merged = merge(known, new, newer=newer)
    assert merge(merged, new, newer=newer) == merged
    assert newer or merge(merged, known) == merged


@given(PAPERS)
def test_a_paper_merged_with_itself_is_itself(paper: Paper) -> None:
    assert merge(paper, paper) == paper
    assert merge(paper, paper, newer=True) == paper


@given(st.lists(PAPERS, min_size=3, max_size=3))
def test_what_is_told_does_not_depend_on_the_order(papers: list[Paper]) -> None:
    ends = [reduce(merge, order) for order in permutations(papers)]
    assert all(told(end) == told(ends[0]) for end in ends)
    if not any(paper.summary_by for paper in papers):
        assert len({len(end.abstract) for end in ends}) == 1


@given(PAPERS, st.none() | JSON)
def test_a_record_may_have_other_values_of_its_own(paper: Paper, others: Any) -> None:
    strange = dataclasses.replace(paper, title="T", extra={"other_values": others})
    merged = merge(paper, strange)
    if others not in (None, "", [], {}):
        kept = merged.extra["other_values"]
        assert all(one in kept for one in (others if isinstance(others, list) else [others]))
    assert every(strange, "title")[0] == "T"


def test_of_two_abstracts_the_longer_stays_and_the_other_is_kept() -> None:
    known = Paper(id=5, abstract="Short.", journal="J Peer", authors=("A, B.",))
    new = Paper(abstract="Short. And more.", journal="Journal of Peers", authors=("A, B.", "C, D."))
    merged = merge(known, new)
    assert merged.id == 5
    assert merged.abstract == "Short. And more."
    assert merged.authors == ("A, B.", "C, D.")
    assert merged.journal == "J Peer"
    assert merged.extra == {
        "other_values": [
            {"abstract": "Short.", "authors": ["A, B."], "journal": "Journal of Peers"}
        ]
    }


def test_the_ids_of_every_source_are_kept() -> None:
    merged = reduce(merge, [Paper(source_id=name, doi="10.1000/a") for name in ("1", "2", "1")])
    assert merged.source_id == "1"
    assert merged.extra == {"other_values": [{"source_id": "2"}]}
    assert list(every(merged, "source_id")) == ["1", "2"]


def test_a_newer_state_of_the_record_counts() -> None:
    known = Paper(title="Peer suport", journal="J", extra={"note": "old"})
    merged = merge(known, Paper(title="Peer support", extra={"note": "new"}), newer=True)
    assert (merged.title, merged.journal, merged.extra["note"]) == ("Peer support", "J", "new")
    assert merged.extra["other_values"] == [{"title": "Peer suport", "note": "old"}]


def test_what_two_records_have_under_a_formats_name_is_united() -> None:
    known = Paper(extra={"wos": {"CR": ["a", "b"], "TC": "3", "SC": []}, "issn": ["1234-5678"]})
    new = Paper(extra={"wos": {"CR": ["b", "c"], "TC": "5", "SC": ["x"], "C1": ["y"]}, "issn": []})
    merged = merge(known, new)
    assert merged.extra == {
        "wos": {"CR": ["a", "b", "c"], "TC": "3", "SC": ["x"], "C1": ["y"]},
        "issn": ["1234-5678"],
        "other_values": [{"wos": {"TC": "5"}}],
    }
    assert merge(merged, new) == merged
    third = merge(merged, Paper(extra={"wos": {"TC": "7"}, "csv": {"EID": "2-s2.0-1"}}))
    assert third.extra["csv"] == {"EID": "2-s2.0-1"}
    assert third.extra["other_values"] == [{"wos": {"TC": "5"}}, {"wos": {"TC": "7"}}]


def test_the_same_editors_written_in_two_ways_are_not_added_up() -> None:
    known = Paper(extra={"editors": ["Hall, Peter A."]})
    merged = merge(known, Paper(extra={"editors": ["Hall, P. A."]}))
    assert merged.extra["editors"] == ["Hall, Peter A."]
    assert merged.extra["other_values"] == [{"editors": ["Hall, P. A."]}]


def test_a_field_and_what_extra_has_by_its_name_are_both_kept() -> None:
    known = Paper(title="A", extra={"title": ["x"]})
    merged = merge(known, Paper(title="B", extra={"title": {"y": 1}}))
    assert merged.extra["other_values"] == [{"title": "B"}, {"title": {"y": 1}}]


@pytest.mark.parametrize("summary", ["A summary.", "A summary, longer than the abstract is."])
def test_who_wrote_a_summary_is_said_of_the_summary_alone(summary: str) -> None:
    own = Paper(title="T", abstract="The paper's own abstract.")
    ours = Paper(title="T", abstract=summary, summary_by="Similit")
    for merged in (merge(own, ours), merge(ours, own)):
        assert merged.abstract == own.abstract
        assert merged.summary_by == ""
        assert merged.extra["other_values"] == [{"abstract": summary, "summary_by": "Similit"}]


def test_a_summary_stays_where_there_is_no_abstract() -> None:
    ours = Paper(title="T", abstract="A summary.", summary_by="Similit")
    for merged in (merge(Paper(title="T"), ours), merge(ours, Paper(title="T"))):
        assert (merged.abstract, merged.summary_by) == ("A summary.", "Similit")
        assert merged.extra == {}
