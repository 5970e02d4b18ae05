"""Whatever is done to a file, every reader gives records, reasons, or one sentence.

`SIMILIT_FUZZ` in the environment is how many files are tried with each reader.
"""

from __future__ import annotations

import copy
import dataclasses
import io
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError, fromstring, tostring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.files.packed import File
from corpus.paper import Paper
from corpus.readers import Reader, Record, Skipped, Text, readers, recognise
from corpus.text.repair import repair
from tests.corpus.readers.seeds import SEEDS

TRIED = int(os.environ.get("SIMILIT_FUZZ", "30"))
REPEATABLE = "SIMILIT_FUZZ" not in os.environ
SECONDS = 5
PATH = Path("fuzzed.txt")
REFUSAL = re.compile(r"fuzzed\.txt(:|, line \d+:| has over) \S.{3,300}")
READERS = readers()
LISTS = ("authors", "keywords", "subjects", "affiliations")

NASTY = """
    { } [ ] < > ( ) " ' \\ & % @ # $ | ~ ^ _ = , ; : / - + * ? ! {{ }} [[ ]] "" '' \\" {" "} ,, ;;
    \\ud800 \\udfff \\u0000 \\ud83d\\ude00 &#0; &#xD800; &#x110000; &amp;lt; &lt; &nbsp; &lol;
    <![CDATA[ ]]> <!-- --> <?x ?> <i> </i> </ <x/> <jats:p> <!DOCTYPE_x_[<!ENTITY_a_"b">]> xmlns="x"
    NaN Infinity -1 1e999 null true [] {} 0 00 -0.0 99999 20061 1e5 0x1F ²⁰⁰⁶ ２００６ ٢٠٠٦
    @article{ @string{ @comment{ \\alpha \\'{e} \\{ $x^2$ {\\ and_and ,_Jr TY__-_ ER__- PMID-_ %0_
    %A_ RT_ PT_J {Title}:_ 1._ 10.1000/( doi:10. https:// 443--450 50-5 -- – — 。 ； 、 《 》 ：
    <正> \ufeff \u202e \u200b \u00ad \u007f \ufffe \U0001f600 İ ß ﬁ e\u0301 Ω 薛 鿿
""".split()
ANY = st.one_of(
    st.sampled_from([one.replace("_", " ") for one in NASTY]),
    st.sampled_from(["\0", "\n", "\n\n", "\r", "\r\n", "\t", " ", "  ", "\n ", "\n  - ", "\u3000"]),
    st.sampled_from(["\u2028", "\u2029", "\u0085", "\u001c", "\u001f", "\u000b", "\xa0"]),
    st.sampled_from(["9" * 30, "9" * 5000, "x" * 3000, "[" * 300, "{" * 300, '"' * 99, "\\" * 99]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
)
PLACE = st.floats(0, 1, exclude_max=True)


def at(content: list[str] | str, place: float) -> int:
    return int(place * len(content))


def put_in(text: str, place: float, other: float, new: str) -> str:
    return text[: at(text, place)] + new + text[at(text, place) :]


def put_over(text: str, place: float, other: float, new: str) -> str:
    return text[: at(text, place)] + new + text[at(text, place) + max(len(new), 1) :]


def cut_out(text: str, place: float, other: float, new: str) -> str:
    first, last = sorted((at(text, place), at(text, other)))
    return text[:first] + text[last:]


def cut_off(text: str, place: float, other: float, new: str) -> str:
    return text[: at(text, place)]


def double_line(text: str, place: float, other: float, new: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    lines.insert(at(lines, other), lines[at(lines, place)])
    return "".join(lines)


def drop_line(text: str, place: float, other: float, new: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    del lines[at(lines, place)]
    return "".join(lines)


def swap_lines(text: str, place: float, other: float, new: str) -> str:
    lines = text.splitlines(keepends=True) or [""]
    one, two = at(lines, place), at(lines, other)
    lines[one], lines[two] = lines[two], lines[one]
    return "".join(lines)


def change_number(text: str, place: float, other: float, new: str) -> str:
    return re.sub(r"\d+", lambda _: new, text, count=1 + at("xxx", place))


def repeat(text: str, place: float, other: float, new: str) -> str:
    first, last = sorted((at(text, place), at(text, other)))
    return text[:last] + text[first:last] * 9 + text[last:]


def splice(text: str, place: float, other: float, new: str) -> str:
    seed = list(SEEDS.values())[at(list(SEEDS), other)]
    return text[: at(text, place)] + seed[at(seed, other) :]


def replace_every(text: str, place: float, other: float, new: str) -> str:
    old = text[at(text, place) : at(text, place) + 2] or "e"
    return text.replace(old, new[:40])


def change_value(text: str, place: float, other: float, new: str) -> str:
    """`text` with another value somewhere in it, where it is JSON."""
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        lines = text.split("\n")
        if len(lines) > 1 and text.startswith("{"):
            chosen = at(lines, other)
            lines[chosen] = change_value(lines[chosen], place, other, new)
        return "\n".join(lines)
    places = list(places_in([whole]))
    inside, key = places[at(places, place)]
    values: list[Any] = [None, True, 0, -1, 2006.5, 10**40, "", new, [], {}, [new], {new: new}]
    values += [[None], [[new]], [{}], {"a": None}, [1, [2, {"b": new}]], [new] * 500, DEEP]
    values.append(copy.deepcopy(places[at(places, other)][0]))
    inside[key] = values[at(values, other)]
    return json.dumps(whole, ensure_ascii=other < 0.5)


def places_in(value: Any) -> Iterator[tuple[Any, Any]]:
    keys = (
        range(len(value)) if isinstance(value, list) else value if isinstance(value, dict) else ()
    )
    for key in keys:
        yield value, key
        yield from places_in(value[key])


def change_element(text: str, place: float, other: float, new: str) -> str:
    """`text` with another element somewhere in it, where it is XML."""
    try:
        root = fromstring(text)
    except (ParseError, ValueError):
        return text
    every = list(root.iter())
    one, two = every[at(every, place)], every[at(every, other)]
    change = at("12345678", (place * 7 + other * 3) % 1)
    if change == 0:
        one.text = new
    elif change == 1:
        one.tail = new
    elif change == 2:
        one.attrib = dict.fromkeys([*one.attrib, "type"], new)
    elif change == 3:
        one[:] = []
    elif change == 4:
        one[:] = [*one, *one, *one]
    elif change == 5:
        one.tag = two.tag
    elif change == 6:
        one.append(copy.deepcopy(two))
    else:
        one.text, one.attrib = "", {}
    return tostring(root, encoding="unicode")


DEEP: Any = [{"a": "deep"}]
for _ in range(100):
    DEEP = [{"a": DEEP}]
DAMAGE: list[Callable[[str, float, float, str], str]] = [
    *(put_in, put_in, put_over, put_over, cut_out, cut_off, double_line, drop_line),
    *(swap_lines, change_number, repeat, splice, replace_every),
    *(change_value, change_value, change_value, change_element, change_element, change_element),
]
STRUCTURAL = (change_value, change_element)
DAMAGES = st.lists(st.tuples(st.sampled_from(DAMAGE), PLACE, PLACE, ANY), min_size=1, max_size=6)


def damaged(seed: str, damages: list[tuple[Callable[..., str], float, float, str]]) -> str:
    # What needs a whole file comes first.
    for damage, place, other, new in sorted(damages, key=lambda one: one[0] not in STRUCTURAL):
        seed = damage(seed, place, other, new)[:200_000]
    return seed


def read(reader: Reader, content: str) -> list[Record | Skipped]:
    """What the reader makes of it, everything that is promised of that asserted."""
    assert reader.recognises(content[:65_536]) in (True, False)
    found: list[Record | Skipped] = []
    refusal = ""
    began = time.perf_counter()
    try:
        for one in reader.read(Text.of(content, PATH)):
            assert isinstance(one, (Record, Skipped))
            found.append(one)
    except UnreadableFile as error:
        refusal = str(error)
    assert time.perf_counter() - began < SECONDS
    assert not refusal or REFUSAL.fullmatch(refusal), refusal
    numbers = [one.number for one in found]
    assert numbers == sorted(set(numbers))
    assert all(number > 0 for number in numbers)
    lines = [one.line for one in found]
    assert lines == sorted(lines)
    assert all(0 < line <= content.count("\n") + content.count("\r") + 1 for line in lines)
    for one in found:
        if isinstance(one, Skipped):
            assert re.fullmatch(r"\S.{3,200}", one.reason), one.reason
        else:
            assert one.paper != Paper()
            check(one.paper)
            check(repair(one.paper))
    return found


def check(paper: Paper) -> None:
    """That the paper is what a store, a chat and a terminal can take."""
    values = {field.name: getattr(paper, field.name) for field in dataclasses.fields(Paper)}
    assert values.pop("id") == 0
    extra, year = values.pop("extra"), values.pop("year")
    assert year is None or (type(year) is int and 1000 <= year <= 2999)
    for name in LISTS:
        several = values.pop(name)
        assert isinstance(several, tuple)
        assert all(isinstance(one, str) and one.strip() for one in several), (name, several)
        values[name] = "".join(several)
    assert all(isinstance(value, str) for value in values.values()), values
    assert paper.doi == "" or re.match(r"10\.\d{4,9}/\S+$", paper.doi)
    assert isinstance(extra, dict)
    kept = json.dumps(extra, allow_nan=False, ensure_ascii=False)
    assert json.loads(kept) == extra
    everything = "\n".join([*values.values(), kept])
    assert "\0" not in everything
    assert "\\u0000" not in kept.replace("\\\\", "")
    assert everything.encode()


def test_every_format_has_a_seed() -> None:
    assert set(SEEDS) == {reader.name for reader in READERS}


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_seed_is_two_papers_of_its_format(reader: Reader) -> None:
    content = SEEDS[reader.name]
    specific = [one.name for one in READERS if not one.general and one.recognises(content)]
    assert specific == ([] if reader.general else [reader.name])
    assert reader.recognises(content)
    found = read(reader, content)
    assert [type(one) for one in found] == [Record, Record]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_damaged_file_is_read_or_refused(reader: Reader) -> None:
    @settings(max_examples=TRIED, deadline=None, database=None, derandomize=REPEATABLE)
    @given(DAMAGES)
    def try_one(damages: list[tuple[Callable[..., str], float, float, str]]) -> None:
        read(reader, damaged(SEEDS[reader.name], damages))

    try_one()


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_file_of_another_format_is_read_or_refused(reader: Reader) -> None:
    for content in SEEDS.values():
        read(reader, content)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_any_text_is_read_or_refused(reader: Reader) -> None:
    parts = st.lists(st.one_of(ANY, st.sampled_from(SEEDS[reader.name].split())), max_size=40)

    @settings(max_examples=TRIED, deadline=None, database=None, derandomize=REPEATABLE)
    @given(parts.map(" ".join))
    def try_one(content: str) -> None:
        read(reader, content)

    try_one()


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_file_of_damaged_bytes_is_read_or_refused(reader: Reader) -> None:
    flips = st.lists(st.tuples(PLACE, st.integers(0, 255)), min_size=1, max_size=9)

    @settings(max_examples=TRIED, deadline=None, database=None, derandomize=REPEATABLE)
    @given(st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "cp1252"]), flips)
    def try_one(codec: str, flips: list[tuple[float, int]]) -> None:
        content = bytearray(SEEDS[reader.name].encode(codec, "replace"))
        for place, byte in flips:
            content[int(place * len(content))] = byte
        try:
            found = recognise(File(PATH, lambda: io.BytesIO(content)))
            for one in found.records():
                assert isinstance(one, (Record, Skipped))
        except UnreadableFile as error:
            refusal = str(error)
        else:
            refusal = str(PATH)
        assert refusal.startswith(str(PATH))

    try_one()
