"""The text that a PDF begins with, by pypdf, which is an extra: `pip install 'similit[pdf]'`."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from bot.declined import Declined

_PAGES = 3
_ENOUGH = 12_000  # characters: more than any abstract, title and authors before it
_BROKEN_WORD = re.compile(r"(?<=[a-z])[-\u00ad]\n(?=[a-z])")
_LOST = re.compile(r"[\ud800-\udfff\x00]")


def beginning(path: Path) -> str:
    """The text of the first pages. Raises `Declined` where it has none that can be had."""
    try:
        from pypdf import PdfReader
    except ImportError as error:
        raise Declined("file-pdf-missing") from error
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it remarks on every odd font
    text = ""
    try:
        reader = PdfReader(path)
        for page in reader.pages[:_PAGES]:
            text += page.extract_text() + "\n"
            if len(text) > _ENOUGH:
                break
    except Exception as error:  # a damaged file raises whatever it happens to break
        raise Declined("file-pdf-damaged") from error
    text = _LOST.sub("", _BROKEN_WORD.sub("", text))
    if not text.strip():
        raise Declined("file-pdf-scan")
    return text[:_ENOUGH]
