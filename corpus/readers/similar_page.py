"""The 相似文献 page of the Chinese journal platforms, copied as text.

Numbered items (`1.` alone on a line), each an abstract that ends with the link 相似文献, some with
a citation line before it: authors, 《journal》, year, volume(issue):pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.readers import Reader, Record, Skipped, Text
from corpus.readers.fields import paper, texts
from corpus.text.normalise import has_han

_LINK = "相似文献"
_NUMBER = re.compile(r"\s*(\d{1,3})[.．、]\s*$")
_HEADLINE = re.compile(r"共查询到\s*\d+\s*条相似文献")
_LINK_AT_END = re.compile(rf"[\s\u3000]*{_LINK}[\s\u3000]*$")
_CITATION = re.compile(
    r"\s*(?P<authors>\S.*?)?\s*《(?P<journal>[^》]+)》\s*[,，]?\s*(?P<year>\d{4})?\s*[,，]?\s*"
    r"(?P<volume>[0-9A-Za-z .-]*)(?:[(（](?P<issue>[^)）]*)[)）])?"
    r"(?:[:：]\s*(?P<pages>[\w.+-]+))?\s*$"
)
_INITIALS = re.compile(r"(?:[A-Z][a-z]?\.?[\s-]?)+")
_KEYWORDS = re.compile(
    r"[\s.]*(?:Key\s?words?|关键词|关键字)\s*[:：]\s*(?P<words>[^\n]+)$", re.IGNORECASE
)
# "… are discussed.C.T. Mowbray is Associate Professor, …": what the authors are, glued on.
_AFFILIATIONS = re.compile(
    r"(?<=[.?!)])\s*(?=(?:[A-Z]\.[ -]?)+[A-Z][\w'-]+ (?:is|are) (?:an? |the )?"
    r"(?:[A-Z][a-z]+ |with |at |[a-z]+ )*(?:Professor|[Ff]aculty|[Ss]tudent|Director|consultant|"
    r"[Aa]ffiliated|[Rr]esearch|[Ll]ecturer|[Ii]nstructor|[Ff]ellow|[Pp]sychologist)\b)"
)
_NEXT_PERSON = re.compile(r"(?<=[.])\s+(?=(?:[A-Z]\.[ -]?)+[A-Z][\w'-]+ (?:is|are|and)\b)")


def _recognises(head: str) -> bool:
    return _LINK in head and any(_NUMBER.match(line) for line in head.splitlines())


def _read(lines: Text) -> Iterator[Record | Skipped]:
    number = begun = 0
    body: list[str] | None = None
    for line in lines:
        found = _NUMBER.match(line.text)
        if found and int(found.group(1)) == number + 1 and not _has_text(body):
            number, begun, body = number + 1, line.number, []
        elif body is not None:
            ended = _LINK_AT_END.search(line.text)
            body.append(line.text[: ended.start()] if ended else line.text)
            if ended:
                yield _record(body, number, begun)
                body = None
    if _has_text(body):
        yield Skipped(number, begun, f"the item does not end with {_LINK}: the page may be cut off")


def _has_text(body: list[str] | None) -> bool:
    return any(line.strip() for line in body or ())


def _record(body: list[str], number: int, line: int) -> Record | Skipped:
    while body and not body[0].strip():
        body.pop(0)
    fields: dict[str, object] = {}
    if body and (citation := _CITATION.match(body[0])):
        fields = {name: (value or "").strip() for name, value in citation.groupdict().items()}
        fields["authors"] = _authors(citation.group("authors") or "")
        body.pop(0)
    abstract = "\n".join(body).strip()
    if keywords := _KEYWORDS.search(abstract):
        abstract = abstract[: keywords.start()] + _stop_of(keywords.group())
        fields["keywords"] = texts(keywords.group("words").replace(",", ";"))
    if people := _AFFILIATIONS.search(abstract):
        fields["affiliations"] = _NEXT_PERSON.split(abstract[people.end() :])
        abstract = abstract[: people.start()]
    if not abstract and not fields:
        return Skipped(number, line, "the item is empty")
    return Record(paper({**fields, "abstract": abstract}, {}), number, line)


def _stop_of(cut: str) -> str:
    return "." if cut.lstrip().startswith(".") else ""


def _authors(names: str) -> list[str]:
    """Names of a citation line, where two spaces stand between and within them alike."""
    out: list[str] = []
    for part in re.split(r"\s{2,}|[,，;；]\s*", names.strip()):
        if out and part and _INITIALS.fullmatch(part) and ", " not in out[-1]:
            out[-1] = f"{out[-1]}, {part}"
        elif part:
            out.append(part.rstrip(".") if has_han(part) else part)
    return out


READER = Reader("similar-page", _recognises, _read)
