"""What one paper is that several records tell of: nothing that any of them says is lost."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from typing import Any

from corpus.paper import Paper

OTHERS = "other_values"
"""Where `extra` keeps what was displaced: a list of fields as records had them."""

_LISTS = ("keywords", "subjects", "affiliations")
_LONGEST = ("abstract", "translated_abstract", "authors")
_PEOPLE = ("authors", "editors", "translators")  # the same ones may be written in two ways
_NOTHING: tuple[Any, ...] = (None, "", [], {})
_encoded = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str).encode


def merge(known: Paper, new: Paper, *, newer: bool = False) -> Paper:
    """One paper with what either knew; where both say something, `known` unless `newer`.

    Abstracts and lists of authors: the longer stays. Other lists are united, and so is `extra`,
    name by name. What is displaced is kept in `extra["other_values"]`.
    """
    first, second = (new, known) if newer else (known, new)
    changes: dict[str, Any] = {"source_id": known.source_id or new.source_id}
    for field in dataclasses.fields(Paper):
        name = field.name
        if name not in ("id", "source_id", "summary_by", "extra"):
            changes[name] = _kept(name, first, second, newer=newer)
    by = [one.summary_by for one in (first, second) if one.abstract == changes["abstract"]]
    changes["summary_by"] = "" if "" in by else by[0]
    displaced = {
        name: list(value) if isinstance(value, tuple) else value
        for name, kept in changes.items()
        if name not in _LISTS
        for one in (first, second)
        if (value := getattr(one, name)) and value != kept
    }
    extra, other = _united(_own(first.extra), _own(second.extra))
    others = _union(_others(first.extra), _others(second.extra))
    clash = not displaced.keys().isdisjoint(other)
    for one in (displaced, other) if clash else ({**displaced, **other},):
        others += filter(None, [_untold(one, others)])
    changes["extra"] = {**extra, OTHERS: others} if others else extra
    return dataclasses.replace(known, **changes)


def every(paper: Paper, name: str) -> list[Any]:
    """What the records of `paper` say of the field `name`, what was displaced included."""
    said = [getattr(paper, name)]
    if OTHERS in paper.extra:
        others = (other for other in _others(paper.extra) if isinstance(other, Mapping))
        said += (other[name] for other in others if name in other)
    return said


def _kept(name: str, first: Paper, second: Paper, *, newer: bool) -> Any:
    one, other = getattr(first, name), getattr(second, name)
    if name in _LISTS:
        return tuple(dict.fromkeys((*one, *other)))
    if name == "abstract" and bool(first.summary_by) != bool(second.summary_by):
        # A paper's own abstract is better than anybody's summary, however long.
        return next((p.abstract for p in (first, second) if not p.summary_by), "") or one or other
    longest = name in _LONGEST and not newer and len(other) > len(one)
    return other if longest else one or other


def _others(extra: Mapping[str, Any]) -> list[Any]:
    """What was displaced already; a record may also have something of its own by this name."""
    found = extra.get(OTHERS)
    return found if isinstance(found, list) else [] if found in _NOTHING else [found]


def _own(extra: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in extra.items() if name != OTHERS}


def _united(
    one: Mapping[str, Any], other: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What stands in either, and what of `other` could not: mappings and lists are united."""
    out: dict[str, Any] = dict(one)
    displaced: dict[str, Any] = {}
    for name, value in other.items():
        mine = out.get(name)
        if name not in out or (mine in _NOTHING and value not in _NOTHING):
            out[name] = value
        elif value in _NOTHING:
            continue
        elif isinstance(mine, Mapping) and isinstance(value, Mapping):
            out[name], inner = _united(mine, value)
            if inner:
                displaced[name] = inner
        elif isinstance(mine, list) and isinstance(value, list) and name not in _PEOPLE:
            out[name] = _union(mine, value)
        elif _encoded(mine) != _encoded(value):
            displaced[name] = value
    return out, displaced


def _union(one: list[Any], other: list[Any]) -> list[Any]:
    told = set(map(_encoded, one))
    more = {_encoded(value): value for value in other}
    return [*one, *(value for encoded, value in more.items() if encoded not in told)]


def _untold(displaced: Mapping[str, Any], others: Iterable[Any]) -> dict[str, Any]:
    """What of `displaced` is in none of `others`."""
    left: dict[str, Any] = {}
    for name, value in displaced.items():
        told = [one[name] for one in others if isinstance(one, Mapping) and name in one]
        if isinstance(value, Mapping):
            if inner := _untold(value, told):
                left[name] = inner
        elif _encoded(value) not in map(_encoded, told):
            left[name] = value
    return left
