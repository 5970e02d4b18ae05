"""Records of JSON documents: where they lie, what is too much, and what is broken."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.paper import Paper
from corpus.readers import Record, Skipped, Text, json_items, json_source
from corpus.readers.json_items import papers, sample, whole

WRAPPERS = ("results", "message.items")


def paper(record: dict[str, Any]) -> Paper:
    return Paper(title=str(record.get("title") or ""), extra=record)


def found(content: str) -> list[Record | Skipped]:
    return list(papers(Text.of(content), paper, *WRAPPERS))


def titles(content: str) -> list[str]:
    return [one.paper.title for one in found(content) if isinstance(one, Record)]


@pytest.mark.parametrize(
    "content",
    [
        '[{"title": "a"}, {"title": "b"}]',
        '[\n  {"title": "a"},\n  {"title": "b"}\n]\n',
        '{"title": "a"}\n{"title": "b"}\n',
        '{"title": "a"}\n\n{"title": "b"}',
        '{"title": "a"} {"title": "b"}',
        '{\n "title": "a"\n}\n{\n "title": "b"\n}\n',
        '{"meta": {"results": [1]}, "results": [{"title": "a"}, {"title": "b"}], "after": 1}',
        '{"results": [{"title": "a"}]}\n{"results": [{"title": "b"}]}\n',
        '{"message": {"total": 2, "items": [{"title": "a"}, {"title": "b"}], "n": 1}}',
        '\ufeff [{"title": "a"}, {"title": "b"}]',
    ],
)
def test_the_records_are_found_wherever_they_lie(content: str) -> None:
    assert titles(content) == ["a", "b"]
    assert [one.number for one in found(content)] == [1, 2]


def test_a_record_is_given_with_the_line_it_begins_in() -> None:
    content = '\n[\n{"title":\n"a"},\n\n{"title": "b"}, {"title": "c"}]'
    assert [one.line for one in found(content)] == [3, 6, 6]


def test_one_object_is_one_record() -> None:
    (one,) = found('{"title": "a", "message": {"items": 3}, "results": {"x": []}}')
    assert one.paper.extra == {"title": "a", "message": {"items": 3}, "results": {"x": []}}


def test_a_page_without_records_has_none() -> None:
    assert found('{"meta": {"count": 0}, "results": []}') == found("[]") == []


def test_records_that_are_none_are_skipped() -> None:
    reasons = [one.reason for one in found('[1, null, [], "a", {}, {"x": 1}]')]
    assert reasons == ["not a JSON object"] * 4 + ["no title, abstract or DOI"] * 2


def test_of_records_a_line_a_bad_one_costs_only_itself() -> None:
    lines = [
        '{"title": "a"}',
        '{"title": "cut',
        '{"title": "b",',
        "[1]",
        '{"a":' * 100_000,
        '{"title": "c"}',
    ]
    one, *bad, last = found("\n".join(lines))
    assert (one.paper.title, last.paper.title, last.line) == ("a", "c", 6)
    assert [(type(b), b.number, b.line) for b in bad] == [(Skipped, n, n) for n in range(2, 6)]
    assert bad[3].reason == "nested too deep"
    assert bad[0].reason.startswith("not JSON: ")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('[{"title": "a"},\n{"title": "b', 2),
        ('[{"title": "a"},\n{"title": "b"}\n', 3),
        ('[{"title": "a"},\n{"title": nothing}]', 2),
        ('[{"title": "a"}\n{"title": "b"}]', 2),
        ('{"results": [{"title": "a"},\n', 2),
        ('{"title": "a"', 1),
        ('{"title": "a", "x"}', 1),
        ('{"title": "a", 3: 4}', 1),
        ('{\n"title": "a"\n"b": 1}', 3),
        ("\n{rtf1", 2),
        ("[" * 100_000, 1),
        ('{"results": ' + "[" * 100_000, 1),
        ("12", 1),
    ],
)
def test_a_broken_document_says_where(content: str, line: int) -> None:
    with pytest.raises(UnreadableFile, match=f"^text, line {line}: ") as caught:
        found(content)
    assert "\n" not in str(caught.value)


def test_what_stands_before_the_break_has_been_given() -> None:
    given_ = papers(Text.of('[{"title": "a"}, oh'), paper)
    assert next(given_).paper.title == "a"
    with pytest.raises(UnreadableFile):
        next(given_)


@pytest.mark.parametrize("levels", [49, 50, 51, 400])
def test_what_cannot_be_stored_safely_is_skipped(levels: int) -> None:
    deep = '{"x":' * (levels - 1) + "1" + "}" * (levels - 1)
    one, after = found(f'[{{"title": "a", "x": {deep}}}, {{"title": "b"}}]')
    assert isinstance(one, Record) == (levels <= 50)
    assert after.paper.title == "b"


def test_a_record_beyond_all_reason_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (json_items, json_source):
        monkeypatch.setattr(module, "LONGEST", 1 << 18)
    short, long = '{"title": "%s"}' % ("x" * 200_000), '{"title": "%s"}' % ("x" * 600_000)
    assert len(titles(f"[{short},{short},{short}]")) == 3
    many = ",".join(f'"k{number}": 1' for number in range(60_000))
    for content in (f"[{long}]", long, f"[{short},\n{{{many}}}]", f"{{{many}}}"):
        with pytest.raises(UnreadableFile, match=r"line \d: a record has over"):
            found(content)


def test_a_document_is_not_held_whole() -> None:
    read = 0

    class Counting(Text):
        def pieces(self):
            nonlocal read
            for piece in super().pieces():
                read += len(piece)
                yield piece

    records = ",".join(f'{{"title": "{number:01000}"}}' for number in range(3000))
    given_ = papers(Counting.of(f"[{records}]"), paper)
    assert next(given_).paper.title == "0" * 1000
    assert read <= 1 << 17
    assert sum(1 for _ in given_) == 2999
    assert read > 3_000_000


def test_halves_of_characters_are_replaced_and_pairs_are_not() -> None:
    (one,) = found(r'[{"title": "\ud800\u0041 \udc00 \ud83d\ude00\u0000", "\ud800": ["\udfff"]}]')
    assert one.paper.title == "?A ? 😀"
    assert one.paper.extra == {"title": "?A ? 😀", "?": ["?"]}
    json.dumps(one.paper.extra, ensure_ascii=False).encode()


def test_numbers_are_what_json_can_carry() -> None:
    (one,) = found(
        '[{"title": "a", "n": [1, 1.5, -0.0, NaN, Infinity, 1e999, 12345678901234567890]}]'
    )
    assert one.paper.extra["n"] == [1, 1.5, 0.0, None, None, None, 12345678901234567890]
    (one,) = found('[{"title": "a", "n": %s}]' % ("7" * 5000))
    assert one.paper.extra["n"] == "7" * 5000


@pytest.mark.parametrize("cut", [1, 12, 14, 17, 25, 40, 60])
def test_a_sample_is_what_the_beginning_has(cut: int) -> None:
    whole_ = '[{"id": "x", "n": 12, "a": [1, 2], "title": "Peer \\ud83d\\ude00 support"}]'
    full = json.loads(whole_)[0]
    sampled = sample(whole_[:cut])
    assert sampled.items() <= full.items()
    assert cut < 12 or sampled["id"] == "x"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('{"results": [{"title": "a"}]}', {"title": "a"}),
        ('{"message": {"n": 1, "items": [{"title": "a", "x": "cut', {"title": "a"}),
        ('{"title": "a", "results": 3}', {"title": "a", "results": 3}),
        ("TY  - JOUR", {}),
        ("", {}),
        ("[1, 2]", {}),
        ("[" * 60_000, {}),
    ],
)
def test_a_sample_of_what_wraps_or_is_no_json(head: str, expected: dict[str, Any]) -> None:
    assert sample(head, *WRAPPERS) == expected


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.text(max_size=4), JSON, max_size=4), max_size=4), st.booleans())
@settings(max_examples=50, deadline=None)
def test_any_records_are_read_as_they_are(records: list[dict[str, Any]], indent: bool) -> None:
    records = [{**record, "title": "t"} for record in records]
    content = json.dumps(records, indent=1 if indent else None)
    assert [one.paper.extra for one in found(content)] == [whole(one) for one in records]


@given(
    st.text(max_size=60).map(lambda end: '[{"title": "a"}, ' + end)
    | st.text(alphabet='{}[]",:ab1 \n')
)
@settings(max_examples=50, deadline=None)
def test_anything_is_read_or_refused(content: str) -> None:
    with suppress(UnreadableFile):
        list(papers(Text.of(content), paper, *WRAPPERS))
    sample(content, *WRAPPERS)
