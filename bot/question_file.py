"""A file as a question: a text, the abstract of a PDF, the records of an export."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from bot import pdf
from bot.declined import Declined
from corpus.errors import PaperNotFound, UnreadableFile
from corpus.library import Library
from corpus.paper import Paper
from corpus.reading import contents

LARGEST = 8 << 20
"""How many bytes a file may have."""
LONGEST = 256 * 1024
"""How many bytes of them may be mere text."""
_RECORDS = 20
_TOGETHER = 8000  # characters of several records
_ABSTRACT = 3000
_HEAD = re.compile(r"(?im)^[ \t]*(?:abstract|summary|摘\s*要)\b[ \t:：.\]】]*|[\[【]摘\s*要[\]】]")
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]{1,200}[^\s\"<>.,;)\]]")


def question_in(path: Path, library: Library) -> str:
    """What the file asks: a text, or the number of the paper of `library` that it is.

    Raises `Declined` where nothing can be asked with it.
    """
    size = path.stat().st_size
    if size > LARGEST:
        raise Declined("file-too-large", limit=LARGEST)
    with path.open("rb") as file:
        if file.read(5) == b"%PDF-":
            return _of_pdf(pdf.beginning(path), library)
    try:
        found = contents(path, _RECORDS, LONGEST)
    except UnreadableFile as error:
        raise Declined("file-unreadable") from error
    if found.papers:
        return _of_papers(found.papers, library)
    if size > LONGEST:
        raise Declined("file-too-large", limit=LONGEST)
    return found.text


def _of_pdf(text: str, library: Library) -> str:
    doi = _DOI.search(text)
    if doi and (known := _known(library, doi.group())):
        return known
    head = _HEAD.search(text)
    start = head.end() if head else 0
    return text[start : start + _ABSTRACT].strip()


def _of_papers(papers: Sequence[Paper], library: Library) -> str:
    """One paper as itself where it is here, several as their titles and abstracts together."""
    if len(papers) == 1:
        [paper] = papers
        for name in (paper.doi, f"pmid:{paper.pmid}" if paper.pmid else ""):
            if name and (known := _known(library, name)):
                return known
    room = _TOGETHER // len(papers)
    return "\n".join(f"{one.title}\n{one.abstract}".strip()[:room] for one in papers).strip()


def _known(library: Library, identifier: str) -> str:
    try:
        return f"#{library.named(identifier).id}"
    except PaperNotFound:
        return ""
