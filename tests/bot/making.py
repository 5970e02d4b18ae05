"""Files that tests ask with."""

from __future__ import annotations


def pdf(*lines: str) -> bytes:
    """A PDF of one page with these lines of text (Latin letters alone)."""
    shown = b"".join(f"({_escaped(line)}) Tj T*\n".encode("latin-1") for line in lines)
    content = b"BT /F1 12 Tf 14 TL 40 760 Td\n" + shown + b"ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 7\n0000000000 65535 f \n" + table
    return out + b"trailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start


def ris(*papers: dict[str, str]) -> bytes:
    """A RIS file of these papers, given by tag."""
    records = ("".join(f"{tag}  - {value}\n" for tag, value in one.items()) for one in papers)
    return "".join(f"TY  - JOUR\n{one}ER  - \n\n" for one in records).encode()


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
