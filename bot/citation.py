"""References to paste into a manuscript: GB/T 7714-2015 and Vancouver, for what a record says."""

from __future__ import annotations

from bot.byline import names
from corpus.paper import Paper
from corpus.text.normalise import has_han

_NAMED = 3
_VANCOUVER_NAMED = 6
_KINDS = {
    "JOUR": "J",
    "JFULL": "J",
    "BOOK": "M",
    "CHAP": "M",
    "CONF": "C",
    "CPAPER": "C",
    "THES": "D",
}


def gbt_7714(paper: Paper) -> str:
    """The reference by GB/T 7714-2015: three authors, then 等 or et al."""
    people = [name if has_han(name) else name.upper() for name in names(paper) if _is_name(name)]
    chinese = has_han(paper.title or paper.abstract)
    listed = ", ".join(people[:_NAMED])
    if len(people) > _NAMED or len(people) < len(paper.authors):
        listed += ", 等" if chinese else ", et al"
    parts = [listed, f"{_title(paper)}{_kind(paper)}"]
    where = ", ".join(filter(None, (paper.journal, str(paper.year or ""), paper.volume)))
    where += f"({paper.issue})" if paper.issue else ""
    where += f": {paper.pages}" if paper.pages else ""
    return _joined([*parts, where], paper)


def vancouver(paper: Paper) -> str:
    """The reference as ICMJE journals want it: six authors, then et al."""
    people = [name for name in names(paper) if _is_name(name)]
    listed = ", ".join(people[:_VANCOUVER_NAMED])
    if len(people) > _VANCOUVER_NAMED or len(people) < len(paper.authors):
        listed += ", et al"
    volume = paper.volume + (f"({paper.issue})" if paper.issue else "")
    when = ";".join(filter(None, (str(paper.year or ""), volume)))
    when += f":{paper.pages}" if paper.pages else ""
    return _joined([listed, _title(paper), paper.journal, when], paper)


def _is_name(name: str) -> bool:
    return name != "et al."


def _title(paper: Paper) -> str:
    return (paper.title or "[title unknown]").rstrip(".。")


def _kind(paper: Paper) -> str:
    """The mark of the kind of publication, "" where the record does not tell it."""
    told = _KINDS.get(str(paper.extra.get("type_of_reference", "")).upper(), "")
    if not told and paper.journal and (paper.volume or paper.issue):
        told = "J"
    return f"[{told}]" if told else ""


def _joined(parts: list[str], paper: Paper) -> str:
    said = ". ".join(part.rstrip(".") for part in parts if part)
    return f"{said}." + (f" doi:{paper.doi}" if paper.doi else "")
