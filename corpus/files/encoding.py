"""Which encoding a file's text is in."""

from __future__ import annotations

import codecs

from corpus.errors import UnreadableFile
from corpus.files.packed import File

_PIECE = 1 << 18
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encodings go by the names that people know, and by that of the larger where one is part of
# another; what is called Big5 nearly always has Microsoft's additions.
_KNOWN_AS = {
    "cp1252": "windows-1252",
    "cp950": "big5",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "utf-8-sig": "utf-8",
}
_CODECS = {"big5": "cp950"}
_JUDGED = {
    "windows-1252": "",
    "gb18030": "gb18030",
    "big5hkscs": "big5",
    "utf-8": "gb18030",  # where it is the likeliest, it is damaged
}
_EXAMPLES = "utf-8, gb18030, big5, windows-1252, utf-16"


def encoding_of(file: File, named: str = "", *, at_a_glance: bool = False) -> str:
    """The encoding that all of `file` can be decoded in, by the name that people know.

    A byte order mark or valid UTF-8 decides; else the most plausible of GB18030, Big5 and
    Windows-1252, judged by the whole file. `named` is what its owner says it is. `at_a_glance` the
    beginning is enough where it decides, though the rest may not fit. Raises `UnreadableFile` with
    the first byte that does not fit.
    """
    said = _known(named) if named else ""
    with file.open() as stream:
        beginning = stream.read(_PIECE)
    marked = next((name for mark, name in _MARKS if beginning.startswith(mark)), "")
    nuls = beginning.count(0) > 8 + len(beginning) // 20
    if sure := marked or said or (_unmarked_utf16(beginning) if nuls else ""):
        if not at_a_glance and (wrong := _first_wrong(file, sure)) is not None:
            raise UnreadableFile(f"{file.path} is not {sure}: {_place(file, sure, wrong)}")
        return sure
    if nuls:
        raise UnreadableFile(f"{file.path} is not a text file")
    if at_a_glance and _begins_as_utf8(beginning):
        return "utf-8"
    if _first_wrong(file, "utf-8") is None:
        return "utf-8"
    from corpus.files.plausible import likeliest  # numpy: whoever reads UTF-8 starts without it

    with file.open() as stream:
        judged = likeliest(iter(lambda: stream.read(_PIECE), b""), _JUDGED)
    if judged == "big5hkscs" and _first_wrong(file, "big5") is None:
        return "big5"
    if (wrong := _first_wrong(file, judged)) is not None:
        raise UnreadableFile(
            f"{file.path} fits no encoding known here: "
            f"nearly {judged}, but for {_place(file, judged, wrong)}"
        )
    return judged


def codec_of(encoding: str) -> str:
    """Python's name of the codec that reads this encoding."""
    return _CODECS.get(encoding, encoding)


def _known(named: str) -> str:
    try:
        name = codecs.lookup(named).name
        bytes(4).decode(name)  # some codecs are not for text
        codecs.getincrementaldecoder(name)
    except (LookupError, ValueError) as error:
        raise UnreadableFile(
            f"{named[:40]!r} is no encoding that is known here; such are {_EXAMPLES}"
        ) from error
    return _KNOWN_AS.get(name, name)


def _begins_as_utf8(beginning: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(beginning)
    except UnicodeError:
        return False
    return True


def _unmarked_utf16(beginning: bytes) -> str:
    """UTF-16, where it shows in what ASCII there is: every second byte of it is NUL."""
    first, second = beginning[0::2].count(0), beginning[1::2].count(0)
    if min(first, second) * 8 > max(first, second):
        return ""
    return "utf-16-be" if first > second else "utf-16-le"


def _first_wrong(file: File, encoding: str) -> int | None:
    """The offset of the first byte that is not in `encoding`, None where all are."""
    decoder = codecs.getincrementaldecoder(codec_of(encoding))()
    offset = 0
    with file.open() as stream:
        while True:
            data = stream.read(_PIECE)
            held = len(decoder.getstate()[0])
            try:
                decoder.decode(data, final=not data)
            except UnicodeError as error:
                return offset - held + getattr(error, "start", 0)
            if not data:
                return None
            offset += len(data)


def _place(file: File, encoding: str, offset: int) -> str:
    decoder = codecs.getincrementaldecoder(codec_of(encoding))()
    line, left = 1, offset
    with file.open() as stream:
        while left and (data := stream.read(min(left, _PIECE))):
            line += decoder.decode(data).count("\n")
            left -= len(data)
    return f"line {line}, byte {offset}"
