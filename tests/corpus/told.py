"""All that a paper tells, wherever in it that stands: for tests that nothing is lost."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.paper import Paper

Fact = tuple[tuple[str, ...], str]

_WHOLE = ("authors", "editors", "translators")  # a list of people is one thing that is told


def told(paper: Paper) -> set[Fact]:
    """Every value by the names that lead to it; what was displaced by where it would stand."""
    fields = {field.name: getattr(paper, field.name) for field in dataclasses.fields(Paper)}
    extra = dict(fields.pop("extra"))
    del fields["id"]
    sources = [fields, *extra.pop("other_values", ()), extra]
    return {fact for source in sources for fact in _facts((), source)}


def _facts(path: tuple[str, ...], value: Any) -> Iterator[Fact]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _facts((*path, name), inner)
    elif isinstance(value, list | tuple) and not {*path[-1:]} & {*_WHOLE}:
        for one in value:
            yield path, json.dumps(one, sort_keys=True)
    elif value not in (None, "", [], ()):
        yield path, json.dumps(value, sort_keys=True)
