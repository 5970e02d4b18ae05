"""Which document holds which term: on disk and back, and merged with an older state."""

from __future__ import annotations

import functools
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.ranking import arrays, merging, postings
from corpus.ranking import builder as builder_module
from corpus.ranking.arrays import TornIndex
from corpus.ranking.builder import Builder
from corpus.ranking.parts import every
from corpus.ranking.postings import KINDS, Postings, read, write

Documents = Mapping[int, Sequence[str]]

TERM = st.sampled_from(["peer", "support", "同伴", "支持", "il6", "naïve", "a", "\U00020000", "é"])
DOCUMENTS = st.dictionaries(st.integers(1, 40), st.lists(TERM, max_size=8), max_size=10)


def built(documents: Documents) -> Postings:
    builder = Builder()
    for id, terms in documents.items():
        builder.add(id, terms)
    return builder.build()


def held(index: Postings) -> dict[int, tuple[int, Counter[str]]]:
    """Each document's length and terms, as the index has them."""
    out = {
        id: (length, Counter())
        for id, length in zip(index.ids.tolist(), index.lengths.tolist(), strict=True)
    }
    for number, term in enumerate(index.terms()):
        start, end = index.starts[number : number + 2]
        holders = index.documents[start:end].tolist()
        assert holders == sorted(set(holders))
        for document, often in zip(holders, index.times(start, end).tolist(), strict=True):
            out[int(index.ids[document])][1][term] = often
        assert index.holders(number).tolist() == holders
    for document, id in enumerate(index.ids.tolist()):
        start, end = index.forward_starts[document : document + 2]
        entries = index.forward[start:end].tolist()
        assert entries == sorted(entries)
        of_terms = {index.term(entry >> 8): entry & 255 for entry in entries}
        assert of_terms == {term: min(often, 255) for term, often in out[id][1].items()}
    assert index.beginnings.tolist() == sorted({term[0] for term in index.encoded()})
    return out


def expected(documents: Documents) -> dict[int, tuple[int, Counter[str]]]:
    return {id: (len(terms), Counter(terms)) for id, terms in sorted(documents.items())}


def same(one: Postings, other: Postings) -> bool:
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in KINDS)


@given(DOCUMENTS)
def test_an_index_holds_what_was_added(documents: Documents) -> None:
    index = built(documents)
    assert held(index) == expected(documents)
    assert index.ids.tolist() == sorted(documents)
    found = {term for terms in documents.values() for term in terms}
    assert sorted(index.terms()) == sorted(found)
    assert np.array_equal(index.hashes, np.sort(index.hashes))


@given(DOCUMENTS)
def test_a_written_index_reads_back_the_same(documents: Documents) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index" / "one.postings"
        write(built(documents), path)
        again = read(path)
        assert same(again, built(documents))
        assert [file.name for file in path.parent.iterdir()] == ["one.postings"]
        del again  # its map keeps the file open


@given(DOCUMENTS, DOCUMENTS, st.sets(st.integers(1, 40), max_size=8))
def test_a_merge_equals_building_anew(before: Documents, added: Documents, gone: set[int]) -> None:
    base = built(before)
    builder = Builder()
    for id, terms in added.items():
        builder.add(id, terms)
    merged = builder.build([every(base)], gone)
    both = before | added
    anew = built({id: terms for id, terms in both.items() if id not in gone})
    assert same(merged, anew)


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_what_is_taken_again_replaces_itself_and_what_is_forgotten_was_never_taken(
    first: Documents, again: Documents, forgotten: Documents
) -> None:
    builder = Builder()
    for documents in (first, again):
        for id, terms in documents.items():
            builder.add(id, terms)
    mark = len(builder)
    for id, terms in forgotten.items():
        builder.add(id, terms)
    builder.forget(mark)
    assert same(builder.build(), built(first | again))


STANDS_FOR = {
    "peers": ("peer",),
    "the": (),
    "同伴支持": ("同伴", "支持", "_同伴", "_伴支", "_支持"),
    "同伴": ("同伴", "_同伴"),
    "covid-19": ("covid19", "covid"),
    "peer-to-peer": ("peer", "peer"),
}
WORDS = st.dictionaries(
    st.integers(1, 40), st.lists(st.sampled_from(list(STANDS_FOR)), max_size=8), max_size=10
)


def told(documents: Documents) -> Documents:
    """The terms of documents of words."""
    return {id: [term for word in of for term in STANDS_FOR[word]] for id, of in documents.items()}


@given(
    *(WORDS, WORDS, WORDS, WORDS),
    st.sets(st.integers(1, 40), max_size=8),
    st.sampled_from([1, 3, 8, 1000]),
    st.sampled_from([0, 2, 1000]),
)
def test_words_make_the_postings_of_their_terms_however_many_are_counted_at_once_or_remembered(
    before: Documents,
    first: Documents,
    forgotten: Documents,
    later: Documents,
    gone: set[int],
    at_once: int,
    kept: int,
) -> None:
    def make(before: Documents, *parts: Documents, by_words: bool) -> Postings:
        builder = Builder(functools.partial(map, STANDS_FOR.__getitem__) if by_words else None)
        first, forgotten, later = parts
        for id, held in first.items():
            builder.add(id, held)
        mark = len(builder)
        for id, held in forgotten.items():
            builder.add(id, held)
        builder.forget(mark)
        for id, held in later.items():
            builder.add(id, held)
        assert len(builder) == len(first) + len(later)
        return builder.build([every(built(before))], gone)

    documents = (before, first, forgotten, later)
    expected = make(*map(told, documents), by_words=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(builder_module, "_AT_ONCE", at_once)
        patch.setattr(builder_module, "_KEPT", kept)
        assert same(make(told(before), *documents[1:], by_words=True), expected)
    survivors = told(before | first | later)
    assert held(expected) == {
        id: (len(terms), Counter(terms))
        for id, terms in sorted(survivors.items())
        if id not in gone
    }


def test_a_word_is_analysed_once_until_it_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def terms_of_each(words: Sequence[str]) -> list[list[str]]:
        asked.extend(words)
        return [[word, word[0]] for word in words]

    builder = Builder(terms_of_each)
    monkeypatch.setattr(builder_module, "_AT_ONCE", 3)
    for id in range(6):
        builder.add(id, ["peer", "peer", "pear"])
    assert asked == ["peer", "pear"]
    monkeypatch.setattr(builder_module, "_KEPT", 1)
    for id in range(6, 8):
        builder.add(id, ["peer", "bee", "peer"])
    builder.add(8, ["peer"])
    index = builder.build()
    assert asked == ["peer", "pear", "bee", "peer", "bee", "peer"]
    assert held(index) == expected(
        {id: ["peer", "p"] * 2 + ["pear", "p"] for id in range(6)}
        | {id: ["peer", "p"] * 2 + ["bee", "b"] for id in range(6, 8)}
        | {8: ["peer", "p"]}
    )


@given(DOCUMENTS)
def test_numbers_are_where_the_terms_are(documents: Documents) -> None:
    index = built(documents)
    terms = index.terms()
    asked = ["nowhere", *terms, "", "peers", *terms[:1]]
    found = index.numbers(asked)
    assert found == [terms.index(term) if term in terms else -1 for term in asked]
    assert index.document_frequencies.tolist() == [
        sum(term in held for held in documents.values()) for term in terms
    ]
    index.familiarise(2)
    assert index.numbers(asked) == found


@pytest.mark.parametrize("range_", [1, 3])
def test_terms_that_share_a_hash_are_told_apart(
    monkeypatch: pytest.MonkeyPatch, range_: int
) -> None:
    for module in (postings, builder_module):
        monkeypatch.setattr(module, "hash_of", lambda term: len(term) % range_)
    documents = {2: ["peer", "pear", "同伴"], 5: ["pear", "pear", "a"], 9: ["bee", "peer", "支持"]}
    index = built(documents)
    assert held(index) == expected(documents)
    terms = index.terms()
    asked = ["pear", "peer", "beer", "同伴", "支持", "同", "a", "bee", "b"]
    assert index.numbers(asked) == [terms.index(term) if term in terms else -1 for term in asked]
    builder = Builder()
    builder.add(7, ["beer", "peer"])
    merged = builder.build([every(index)], [5])
    assert held(merged) == expected({2: documents[2], 7: ["beer", "peer"], 9: documents[9]})


@given(
    *(DOCUMENTS, DOCUMENTS, DOCUMENTS, DOCUMENTS),
    st.sets(st.integers(1, 40), max_size=8),
    st.sampled_from([1, 5, 1000]),
    st.sampled_from([1, 5, 1000]),
    st.sampled_from([1, 3, 1000]),
)
def test_what_waits_in_files_and_is_merged_in_pieces_is_the_same(
    before: Documents,
    first: Documents,
    forgotten: Documents,
    later: Documents,
    gone: set[int],
    at_once: int,
    in_memory: int,
    merged_at_once: int,
) -> None:
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(builder_module, "_AT_ONCE", at_once)
        patch.setattr(builder_module, "_IN_MEMORY", in_memory)
        patch.setattr(merging, "_AT_ONCE", merged_at_once)
        waiting = Path(folder) / "not yet there"
        builder = Builder(folder=waiting)
        for id, terms in first.items():
            builder.add(id, terms)
        mark = len(builder)
        for id, terms in forgotten.items():
            builder.add(id, terms)
        builder.forget(mark)
        for id, terms in later.items():
            builder.add(id, terms)
        path = Path(folder) / "one.postings"
        builder.write(path, [every(built(before))], gone)
        whole = read(path)
        assert not waiting.exists() or not list(waiting.iterdir())
    together = before | first | later
    left = {id: terms for id, terms in together.items() if id not in gone}
    assert held(whole) == expected(left)
    assert same(whole, built(left))


def test_an_impact_is_never_less_than_what_a_term_adds() -> None:
    index = built({id: ["peer"] * id + ["x"] * (id % 7) for id in range(1, 300)})
    average = index.lengths.mean()
    norms = 1.5 * (0.25 + 0.75 * index.lengths / average)
    often = index.frequencies.astype(float)
    adds = often / (often + norms[index.documents])
    impacts = (index.postings & 255) / 255
    assert (impacts >= adds).all()
    assert (impacts <= adds + 1.001 / 255).all()


def test_more_than_can_be_numbered_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "MOST", 2)
    with pytest.raises(OSError, match="at most 2"):
        built({1: ["a"], 2: ["b"], 3: ["c"]})


def test_numbers_of_library_numbers() -> None:
    index = built({3: ["a"], 8: [], 40: ["b"]})
    assert index.numbers_of(np.array([40, 3, 5, 41, 0])).tolist() == [2, 0]
    assert built({}).numbers_of(np.array([1])).tolist() == []


def test_a_term_that_is_very_frequent_keeps_its_count(tmp_path: Path) -> None:
    often = (1 << 16) + 5
    index = built({1: ["peer"] * often, 2: ["peer"]})
    write(index, tmp_path / "one")
    assert held(read(tmp_path / "one"))[1] == (often, Counter(peer=often))
    # … also where it comes from an older state, and goes away again.
    builder = Builder()
    builder.add(3, ["peer"])
    merged = builder.build([every(read(tmp_path / "one"))])
    assert held(merged)[1] == (often, Counter(peer=often))
    smaller = Builder().build([every(merged)], [1])
    assert held(smaller) == {2: (1, Counter(peer=1)), 3: (1, Counter(peer=1))}


def test_a_read_index_is_mapped_not_copied_and_cannot_be_written(tmp_path: Path) -> None:
    write(built({1: ["peer", "support"]}), tmp_path / "one")
    index = read(tmp_path / "one")
    for name in KINDS:
        array = getattr(index, name)
        assert not array.flags.owndata
        assert not array.flags.writeable


def test_a_file_is_read_ahead_where_the_system_can(tmp_path: Path) -> None:
    write(built({1: ["peer"]}), tmp_path / "one")
    arrays.expect(read(tmp_path / "one").postings)
    arrays.expect(built({1: ["peer"]}).postings)  # in memory already


WHOLE = {1: ["peer", "support"], 2: ["同伴", "peer", "peer"], 3: []}


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    path = tmp_path / "one.postings"
    write(built(WHOLE), path)
    return path


def test_an_index_cut_off_anywhere_is_torn(whole: Path) -> None:
    content = whole.read_bytes()
    for length in range(len(content)):
        whole.write_bytes(content[:length])
        with pytest.raises(TornIndex):
            read(whole)
    whole.write_bytes(content)
    assert held(read(whole)) == expected(WHOLE)


def test_an_index_with_something_behind_it_is_torn(whole: Path) -> None:
    with whole.open("ab") as file:
        file.write(b"\0")
    with pytest.raises(TornIndex):
        read(whole)


def test_an_index_whose_header_changed_is_torn(whole: Path) -> None:
    content = whole.read_bytes()
    header = content.index(b"}}") if b"}}" in content else content.index(b'"bytes"')
    for place in range(header):
        whole.write_bytes(content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :])
        with pytest.raises(TornIndex):
            read(whole)


@pytest.mark.parametrize("content", [b"", b"similit postings 1\n" + b"0" * 200, b"\0" * 4096])
def test_another_file_is_torn(whole: Path, content: bytes) -> None:
    whole.write_bytes(content)
    with pytest.raises(TornIndex):
        read(whole)


def test_a_missing_index_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none")


def test_a_write_that_fails_leaves_the_old_index_and_nothing_else(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    before = whole.read_bytes()
    monkeypatch.setattr(arrays.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write(built({7: ["new"]}), whole)
    assert whole.read_bytes() == before
    assert list(whole.parent.iterdir()) == [whole]


def test_an_index_that_is_replaced_stays_readable_where_it_is_open(whole: Path) -> None:
    opened = read(whole)
    write(built({7: ["new"]}), whole)
    assert held(opened) == expected(WHOLE)
    assert held(read(whole)) == expected({7: ["new"]})
