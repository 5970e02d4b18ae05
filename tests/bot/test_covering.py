"""The page of what people can do is of what there is, and every test that it names is there."""

from __future__ import annotations

import re

import pytest

from tests.bot.covering import HERE, KEPT, PAGE, Part, page, parts, told, used


@pytest.fixture(scope="module")
def found() -> list[Part]:
    return parts()


def test_everything_that_people_can_do_is_tested(found: list[Part]) -> None:
    tests = told(PAGE.read_text(encoding="utf-8"), found)
    lacking = [
        (thing.name, column)
        for part in found
        for thing in part.things
        for column in part.columns
        if part.wants(thing, column) and not tests.get((thing.name, column))
    ]
    assert lacking == [], "write the tests, then run: python -m tests.bot.covering"


def test_the_page_is_of_what_there_is(found: list[Part]) -> None:
    text = PAGE.read_text(encoding="utf-8")
    made = page(found, told(text, found))
    assert sorted(made.splitlines()) == sorted(text.splitlines()), "python -m tests.bot.covering"


def test_every_test_that_is_named_is_there() -> None:
    named = set(re.findall(r"`(\S+\.py)::(\w+)`", PAGE.read_text(encoding="utf-8")))
    assert len(named) > 60
    texts = {path: (HERE / path).read_text(encoding="utf-8") for path, _ in named}
    gone = [
        f"{path}::{test}"
        for path, test in sorted(named)
        if not re.search(rf"(?m)^(?:async )?def {test}\(", texts[path])
    ]
    assert gone == [], "python -m tests.bot.covering"


def test_nothing_is_counted_twice_or_overlooked(found: list[Part]) -> None:
    names = [thing.name for part in found for thing in part.things]
    assert len(names) == len(set(names))
    assert set(names) >= KEPT
    for known in (
        *("/similar", "/list save", "/list save list: …", "/library", "similit browse"),
        *("similit:like:n:n:n", "similit-menu:n", "similit-export-page:n:n:n"),
        *("similit-help:try:n", "similit-browse:papers:n:n:n", "similit-refine:n:n"),
        *("similit-form:note:n:n", "similit-choose:put:n", "similit list save", "browse", "only"),
        "Similar literature · 相似文献",
    ):
        assert known in names


def test_what_is_used_is_called_as_in_the_page() -> None:
    save = {"name": "save", "type": 1, "options": [{"name": "list", "type": 3, "focused": True}]}
    data = {"name": "list", "type": 1, "options": [save]}
    assert list(used(2, data)) == ["/list save"]
    assert list(used(4, data)) == ["/list save list: …"]
    assert list(used(3, {"custom_id": "similit:like:4:12:20"})) == ["similit:like:n:n:n"]
    assert list(used(2, {"name": "Similar", "type": 3})) == ["Similar"]
