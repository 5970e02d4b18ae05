"""The query line: what somebody looks for, written in one line, as databases have it.

    author:gillard year:2010..2021 -adolescents "peer worker" sort:year
    作者：薛婉钰 年份：2015.. 督导 -青少年

    line      = part { white space part }
    part      = field | without | phrase | seed | word
    field     = name ":" ( bare | quoted )    no blank before or behind the colon
    name      = author | title | keyword | journal | year | lang | sort       and those of `NAMES`
    without   = "-" ( word | quoted )         the word begins with a letter; no paper may have it
    seed      = ["-"] ( "#" digits | "paper:" digits )    like this paper of the library, or not
    phrase    = quoted                        the papers have it so, in title or abstract
    quoted    = '"' characters but '"' '"'    with blanks on either side
    bare      = characters but blanks and '"'
    year      = 2015 | 2010..2021 | 2010.. | ..2021       also with - or – in the place of ..
    sort      = similarity | year

What is left are words, and the papers are sought that are similar to these and to the phrases;
where there are none, to title and keyword; where there are neither, the newest papers that the
fields allow. Colons, minus signs and quotation marks may be Chinese ones, a comma may stand before
a field, and upper and lower case are the same. A field can be said once.

Most texts are no query line, whatever signs they have: a line has at least one field, `without` or
phrase, at most `LONGEST` characters, no line break, and nowhere the end of a sentence. A phrase
alone makes one only of a few words. A seed alone is a paper rather than a line; before words it
makes one, behind them only beside something else that does, or with a minus sign. Two or more
numbers, DOIs and PMIDs and nothing else, on lines of their own too, are a line of seeds. So
`Aims: to explore`, abstracts, addresses and DOIs are texts.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bot.answer import Question
from bot.query_fields import NAMES, PLAIN, SORTS
from corpus.paper import Filters
from corpus.text.language import language_code

LONGEST = 400
"""How many characters a query line has at most."""

_FIELD_OF = {name: field for field, in_all in NAMES.items() for name in " ".join(in_all).split()}
_SORT_OF = {name: sort for sort, in_all in SORTS.items() for name in " ".join(in_all).split()}
_NAME = "|".join(sorted(_FIELD_OF, key=len, reverse=True))
_COMMA = re.compile(rf"[,，;；、](?=\s*-?(?:{_NAME}):)", re.IGNORECASE)
_PART = re.compile(
    rf'(?P<minus>-(?=["#\w]))?(?:(?P<name>{_NAME}):(?!//))?'
    r'(?:"(?P<quoted>[^"]*+)(?P<closed>"?+)(?!\S)|(?P<bare>\S*+))',
    re.IGNORECASE,
)
_BLANK = re.compile(r"\s*")
_EXCLUDED = re.compile(r"[^\W\d_].*")
_QUOTATION = re.compile(r'"[^"]*"')
_NO_VALUE = re.compile(rf"(?<!\w)(?:{_NAME}):(?=\s)", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?][\"')\]]?\s+[A-Z]|[。，；、]|[:;]\s")
_ASKS = re.compile(r"[?？:;!！]")
_WORDS_BESIDE, _WORDS_OF_PHRASE, _SHORT = 6, 8, 120
_NUMBER = re.compile(r"(?:#|paper:)(\d{1,12})", re.IGNORECASE)
_BY_NUMBER = re.compile(r"^paper:", re.IGNORECASE)
_PIECE = re.compile(r"[^\s,;，；、]+")
_SEED = re.compile(
    r"(?P<minus>-?)(?P<paper>#\d{1,12}|paper:\d{1,12}|pmid:\d{1,9}"
    r"|(?:doi:|(?:https?://)?(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+)",
    re.IGNORECASE,
)
_MOST_SEEDS, _LONGEST_SEED = 50, 300
_YEARS = re.compile(r"(\d{4})年?|(\d{4})?年?(?:\.\.|-|–|—|~|～|至)(?:(\d{4})年?)?")
_CODE = re.compile(r"[a-z]{2}")


class BadLine(Exception):
    """A query line that cannot be understood: `text[start:end]` is what is wrong with it.

    `reason` names the message that says why.
    """

    def __init__(self, text: str, start: int, end: int, reason: str) -> None:
        super().__init__(f"{reason} at {start}: {text}")
        self.text = text
        self.start = start
        self.end = end
        self.reason = reason


class Line(NamedTuple):
    """A query line as it was understood."""

    text: str
    filters: Filters
    sort: str = ""
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()


class _Part(NamedTuple):
    """A part of the line: `text[start:end]`, whose value begins at `place`."""

    kind: str
    field: str
    value: str
    start: int
    place: int
    end: int
    minus: bool
    closed: bool


def asked(question: Question, text: str) -> Question:
    """`question` with what `text` asks for, be it a query line or not.

    What both say of a field the line decides. Raises `BadLine`.
    """
    line = parse(text)
    if line is None:
        return dataclasses.replace(question, text=text.strip())
    return refined(dataclasses.replace(question, text=line.text), line)


def refined(question: Question, line: Line) -> Question:
    """`question` with the fields of `line` as well; its own text stays."""
    said = {
        field.name: getattr(line.filters, field.name)
        for field in dataclasses.fields(Filters)
        if getattr(line.filters, field.name)
    }
    if "first_year" in said or "last_year" in said:
        said["first_year"], said["last_year"] = line.filters.first_year, line.filters.last_year
    for name in ("phrases", "without"):
        both = (*getattr(question.filters, name), *said.get(name, ()))
        said[name] = tuple(dict.fromkeys(both))
    return dataclasses.replace(
        question,
        filters=dataclasses.replace(question.filters, **said),
        sort=line.sort or question.sort,
        liked=tuple(dict.fromkeys((*question.liked, *line.liked))),
        disliked=tuple(dict.fromkeys((*question.disliked, *line.disliked))),
    )


def parse(text: str) -> Line | None:
    """What the query line `text` says, None where it is a text like any other. Raises `BadLine`."""
    if seeds := _seeds(text):
        return seeds
    if len(text) > LONGEST or "\n" in text.strip():
        return None
    plain = text.translate(PLAIN)
    plain = _COMMA.sub(" ", plain)
    parts = list(_parts(text, plain))
    return _read(text, parts) if _is_line(plain, parts) else None


def fields(text: str) -> Line:
    """What `text` says, in which nothing but fields, phrases and what to leave out is expected.

    Raises `BadLine` where there is anything else.
    """
    parts = list(_parts(text, _COMMA.sub(" ", text.translate(PLAIN))))
    for part in parts:
        if part.kind == "word":
            raise BadLine(text, part.start, part.end, "line-no-field")
    return _read(text, parts)


def _read(text: str, parts: Sequence[_Part]) -> Line:
    said: dict[str, str] = {}
    for part in parts:
        _check(text, part, said)
        if part.field:
            said[part.field] = part.value
    spoken = [part.value for part in parts if part.kind in ("word", "phrase")]
    liked, disliked = (
        tuple(f"#{number}" for number in _once(parts, kind)) for kind in ("seed", "unlike")
    )
    if len(liked) == 1 and not spoken and not disliked:
        spoken, liked = list(liked), ()  # its neighbours, rather than what it moves
    first, last = _years(said.get("year", "")) or (None, None)
    return Line(
        " ".join(spoken or [said[name] for name in ("title", "keyword") if name in said]),
        Filters(
            title=said.get("title", ""),
            author=said.get("author", ""),
            journal=said.get("journal", ""),
            keyword=said.get("keyword", ""),
            first_year=first,
            last_year=last,
            language=language_code(said.get("language", "")),
            phrases=_once(parts, "phrase"),
            without=_once(parts, "without"),
        ),
        _SORT_OF.get(said.get("sort", "").casefold(), ""),
        liked,
        disliked,
    )


def _seeds(text: str) -> Line | None:
    """The line that nothing but the names of two or more papers is; None where it is another.

    Raises `BadLine` where they are too many.
    """
    if len(text) > _MOST_SEEDS * _LONGEST_SEED:
        return None
    found = list(_PIECE.finditer(text))
    seeds = [_SEED.fullmatch(one.group().translate(PLAIN)) for one in found]
    if len(found) < 2 or not all(seeds):
        return None
    if len(found) > _MOST_SEEDS:
        raise BadLine(text, found[_MOST_SEEDS].start(), len(text), "line-too-many")
    said = [(one["minus"], _BY_NUMBER.sub("#", one["paper"])) for one in seeds if one]
    liked, disliked = ([paper for minus, paper in said if minus == sign] for sign in ("", "-"))
    return Line("", Filters(), "", _distinct(liked), _distinct(disliked)) if liked else None


def _parts(text: str, plain: str) -> Iterator[_Part]:
    start = 0
    while (start := _BLANK.match(plain, start).end()) < len(plain):  # type: ignore[union-attr]
        found = _PART.match(plain, start)
        if found is None:  # pragma: no cover - a bare part may be anything
            return
        group = "bare" if found["quoted"] is None else "quoted"
        value = " ".join(text[slice(*found.span(group))].split())
        minus, closed = bool(found["minus"]), group == "bare" or bool(found["closed"])
        kind = "word" if group == "bare" else "phrase"
        if found["name"]:
            kind = "field"
        elif number := kind == "word" and _NUMBER.fullmatch(value.translate(PLAIN)):
            kind, value = ("unlike" if minus else "seed"), number[1]
        elif minus and (kind == "phrase" or _EXCLUDED.fullmatch(value)):
            kind = "without"
        elif kind == "word":
            value = text[start : found.end()]
        field = _FIELD_OF[found["name"].casefold()] if found["name"] else ""
        place = found.start(group) - (group == "quoted")
        yield _Part(kind, field, value, start, place, found.end(), minus, closed)
        start = found.end()


def _is_line(plain: str, parts: list[_Part]) -> bool:
    beside = _QUOTATION.sub(" ", plain)
    if any(part.field and part.value for part in parts):
        return _SENTENCE.search(_NO_VALUE.sub("", beside)) is None
    if _SENTENCE.search(beside) or _ASKS.search(beside):
        return False
    if all(part.kind == "unlike" for part in parts):
        return False
    if any(part.kind in ("without", "unlike") for part in parts):
        return len(plain) <= _SHORT
    if parts[:1] and parts[0].kind == "seed" and len(parts) > 1:
        return len(plain) <= _SHORT
    phrases = [part.value for part in parts if part.kind == "phrase" and part.closed]
    return bool(phrases) and (
        len(parts) - len(phrases) <= _WORDS_BESIDE
        and all(len(phrase.split()) <= _WORDS_OF_PHRASE for phrase in phrases)
        and len(plain) <= _SHORT
    )


def _check(text: str, part: _Part, said: Mapping[str, str]) -> None:
    """Raises `BadLine` where `part` says nothing that can be looked for."""
    reason, start = "", part.place
    if not part.closed:
        reason = "line-not-closed"
    elif part.kind != "word" and not re.search(r"\w", part.value):
        reason, start = "line-no-value", part.start
    elif part.field and part.minus:
        reason, start = "line-not-excluded", part.start
    elif part.field in said:
        reason, start = "line-twice", part.start
    elif part.field == "year":
        reason = _wrong_years(part.value)
    elif part.field == "sort" and part.value.casefold() not in _SORT_OF:
        reason = "line-no-sort"
    elif part.field == "language" and not _CODE.fullmatch(language_code(part.value)):
        reason = "line-no-language"
    if reason:
        raise BadLine(text, start, part.end, reason)


def _wrong_years(said: str) -> str:
    """The message that says what is wrong with years, "" where nothing is."""
    years = _years(said)
    if years is None:
        return "line-no-year"
    first, last = years
    return "line-backwards" if first and last and first > last else ""


def _years(said: str) -> tuple[int | None, int | None] | None:
    """The first and the last of the years that somebody wrote, both included."""
    found = _YEARS.fullmatch(said)
    if found is None or not any(found.groups()):
        return None
    one, first, last = (int(year) if year else None for year in found.groups())
    return (one, one) if one else (first, last)


def _once(parts: Iterable[_Part], kind: str) -> tuple[str, ...]:
    return _distinct(part.value for part in parts if part.kind == kind)


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
