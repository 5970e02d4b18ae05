"""JSON lines: our own names, BEIR's, and types as exports have them."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.files.packed import File
from corpus.paper import Paper
from corpus.readers import Record, Skipped, Text, recognise
from corpus.readers.jsonl import READER
from tests.corpus.readers.seeds import SEEDS


def one(**record: Any) -> Paper:
    """The paper of a record."""
    (read,) = READER.read(Text.of(json.dumps(record)))
    assert isinstance(read, Record)
    return read.paper


FULL = {
    "id": "own-1",
    "title": "Peer support",
    "abstract": "We asked.",
    "translated_title": "同伴支持",
    "translated_abstract": "我们问了。",
    "authors": ["Davidson, Larry", "薛婉钰"],
    "journal": "A Journal",
    "year": 2006,
    "volume": "32",
    "issue": "3",
    "pages": "443-450",
    "doi": "10.1093/schbul/sbj043",
    "pmid": "16461576",
    "url": "https://example.org/a",
    "keywords": ["recovery"],
    "subjects": ["mental health"],
    "affiliations": ["Yale"],
    "language": "en",
    "summary_by": "Similit",
}


def test_our_own_names() -> None:
    expected = {name: tuple(v) if isinstance(v, list) else v for name, v in FULL.items()}
    expected["source_id"] = expected.pop("id")
    assert one(**FULL) == Paper(**expected)


def test_the_names_of_beir() -> None:
    paper = one(_id="d1", title="", text="Only a text.", metadata={"url": "x"})
    assert paper == Paper(source_id="d1", abstract="Only a text.", extra={"metadata": {"url": "x"}})


def test_our_names_count_where_both_are_there_and_the_others_are_kept() -> None:
    paper = one(text="BEIR", abstract="ours", _id="y", id="x", lang="fr", language="de")
    assert (paper.abstract, paper.source_id, paper.language) == ("ours", "x", "de")
    assert paper.extra == {"text": "BEIR", "_id": "y", "lang": "fr"}


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        ("Smith, John; Doe, A.", ("Smith, John", "Doe, A.")),
        ("Smith, John|Doe, A.", ("Smith, John", "Doe, A.")),
        ("薛婉钰，王明、李雷；赵四", ("薛婉钰", "王明", "李雷", "赵四")),
        ("Smith, John", ("Smith, John",)),
        (["A", "", None, " B "], ("A", "B")),
        ([], ()),
        (None, ()),
        ("", ()),
    ],
)
def test_authors_as_exports_have_them(given_: Any, expected: tuple[str, ...]) -> None:
    assert one(title="t", authors=given_).authors == expected


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (2020, 2020),
        ("2020", 2020),
        ("2020 Mar 3", 2020),
        ("Spring 1998", 1998),
        ("2020年3月", 2020),
        (["2021"], 2021),
        (2020.0, 2020),
        ("c. 1855", 1855),
        (None, None),
        ("", None),
    ],
)
def test_years_as_exports_have_them(given_: Any, expected: int | None) -> None:
    paper = one(title="t", year=given_)
    assert paper.year == expected
    assert paper.extra == {}


@pytest.mark.parametrize(
    ("field", "value"), [("year", "forthcoming"), ("year", 19999), ("doi", "none")]
)
def test_a_value_that_means_nothing_here_is_kept(field: str, value: Any) -> None:
    paper = one(title="t", **{field: value})
    assert not getattr(paper, field)
    assert paper.extra == {field: value}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("abstract", {"peer": [0], "support": [1]}),
        ("authors", [{"name": "Larry Davidson"}]),
        ("journal", {"title": "A Journal"}),
        ("title", True),
    ],
)
def test_a_value_of_a_shape_that_is_not_understood_is_kept(field: str, value: Any) -> None:
    assert one(id="1", **{field: value}).extra == {field: value}


@pytest.mark.parametrize(
    ("field", "given_", "expected"),
    [
        ("id", 12, "12"),
        ("pmid", 16461576, "16461576"),
        ("volume", 32, "32"),
        ("title", ["Peer", "support"], "Peer support"),
        ("title", None, ""),
        ("lang", ["eng"], "en"),
        ("language", "Chinese", "zh"),
        ("keywords", "a; b;c", ("a", "b", "c")),
        ("keyword", ["a"], ("a",)),
        ("subject", "x | y", ("x", "y")),
        ("author", "薛婉钰", ("薛婉钰",)),
        ("doi", "https://doi.org/10.1000/AbC.", "10.1000/AbC"),
        ("doi", "DOI: 10.1000/AbC", "10.1000/AbC"),
    ],
)
def test_other_types_and_names(field: str, given_: Any, expected: object) -> None:
    name = {"id": "source_id", "lang": "language", "keyword": "keywords"}.get(field, field)
    name = {"subject": "subjects", "author": "authors"}.get(name, name)
    paper = one(**{"abstract": "a", field: given_})
    assert getattr(paper, name) == expected
    assert paper.extra == {}


def test_unknown_keys_are_kept_whatever_they_hold() -> None:
    odd = {"mesh": [["D1", "x"]], "score": 1.5, "nothing": None, "deep": {"a": [1, {"b": ""}]}}
    assert one(title="t", **odd).extra == odd


ANY_BUT_NUL = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


@given(
    st.dictionaries(
        st.text(ANY_BUT_NUL, max_size=8).filter(
            lambda name: name not in {*FULL, "_id", "text", "author", "keyword", "subject", "lang"}
        ),
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers(-(10**9), 10**9)
            | st.text(ANY_BUT_NUL, max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.text(ANY_BUT_NUL, max_size=3), inner)
            ),
            max_leaves=5,
        ),
        max_size=4,
    )
)
def test_any_unknown_keys_are_kept(odd: dict[str, Any]) -> None:
    assert one(title="t", **odd).extra == odd


def test_bad_lines_are_skipped_with_their_numbers_and_the_rest_is_kept() -> None:
    lines = [
        '{"title": "one"}',
        "",
        "not JSON",
        "[1, 2]",
        '"text"',
        "{}",
        '{"title": "", "abstract": null}',
        '{"title": "cut',
        '{"a":' * 100_000,
        '{"title": "last"}',
    ]
    found = list(READER.read(Text.of("\n".join(lines))))
    assert [(type(one), one.number, one.line) for one in found] == [
        (Record, 1, 1),
        *((Skipped, line - 1, line) for line in range(3, 10)),
        (Record, 9, 10),
    ]
    reasons = [one.reason for one in found if isinstance(one, Skipped)]
    assert reasons[0].startswith("not JSON: ")
    assert reasons[1] == reasons[2] == "not a JSON object"
    assert reasons[3] == reasons[4] == "no field in it says anything"
    assert reasons[6] == "nested too deep"


def test_a_number_too_long_to_read_stays_text() -> None:
    (found,) = READER.read(Text.of('{"title": "t", "n": ' + "1" * 5000 + "}"))
    assert isinstance(found, Record)
    assert found.paper.extra == {"n": "1" * 5000}


def test_a_line_beyond_all_reason_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.readers.json_source.LONGEST", 1 << 18)
    lines = '{"title": "one"}\n{"title": "%s"}\n' % ("x" * (1 << 20))
    with pytest.raises(UnreadableFile, match=r"^text, line 2: a record has over"):
        list(READER.read(Text.of(lines)))


# An array of the same


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("before", ["", "\ufeff", "\n \n", "\ufeff\n"])
def test_an_array_is_read_as_its_records_a_line_are(indent: int | None, before: str) -> None:
    records = [FULL, {"_id": "d1", "text": "Only a text."}, {"keywords": ["peer"]}, {"odd": [1]}]
    lines = "".join(f"{json.dumps(one)}\n" for one in records)
    array = before + json.dumps(records, indent=indent)
    assert READER.recognises(array)
    assert READER.recognises(array[:90])
    expected = [one.paper for one in READER.read(Text.of(lines))]
    found = list(READER.read(Text.of(array)))
    assert [one.paper for one in found] == expected
    assert len(expected) == 4
    assert [one.number for one in found] == [1, 2, 3, 4]


def test_what_is_no_record_in_an_array_costs_only_itself() -> None:
    found = list(READER.read(Text.of('[{"title": "a"},\n3, {},\n{"title": null}, {"doi": "x"}]')))
    assert [(type(one), one.number, one.line) for one in found] == [
        (Record, 1, 1),
        (Skipped, 2, 2),
        (Skipped, 3, 2),
        (Skipped, 4, 3),
        (Record, 5, 3),
    ]


THEIRS: dict[str, Callable[[Any], Any]] = {  # where a seed has its records
    "csl-json": lambda seed: seed,
    "crossref-json": lambda seed: seed["message"]["items"],
    "openalex": lambda seed: seed["results"],
    "semantic-scholar": lambda seed: seed["data"],
}


@pytest.mark.parametrize("name", THEIRS)
def test_an_array_of_another_format_is_not_taken_for_ours(name: str) -> None:
    array = json.dumps(THEIRS[name](json.loads(SEEDS[name])))
    found = recognise(File(Path("some.json"), lambda: io.BytesIO(array.encode())))
    assert found.reader.name == name
    assert len(list(found.records())) == 2


def test_an_array_of_ours_is_found_to_be_one() -> None:
    array = json.dumps([FULL, FULL]).encode()
    assert recognise(File(Path("some.json"), lambda: io.BytesIO(array))).reader is READER


@pytest.mark.parametrize(
    "content",
    ["[]", "[1, 2]", '["title"]', '[["title"]]', '[{"name": "x", "id": 3}]', "[title] of a list"],
)
def test_an_array_of_anything_else_is_no_format_of_ours(content: str) -> None:
    assert not READER.recognises(content)
