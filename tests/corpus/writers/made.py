"""Papers with something in every field, for what has to come back as it went."""

from __future__ import annotations

import dataclasses
from typing import Any

from hypothesis import strategies as st

from corpus.paper import Paper
from corpus.readers import Reader, Record, Text
from corpus.writers import Writer

# What is escaped, what parts, what is quoted, accents, Greek, Cyrillic and Han; but no markup,
# which readers take out (< and &), and no ; and , within a keyword.
LETTERS = "abzAB01 .:\"'`@{}\\$%#_~^=()[]>|/!?*+-äßé北京—“”\u00b9αЖ"

lines = st.text(LETTERS, min_size=1, max_size=14).map(lambda text: " ".join(text.split()))
line = lines.filter(bool)
paragraphs = st.lists(line, max_size=3).map("\n".join)
word = st.text("abcdeABCDÉß", min_size=1, max_size=8)
name = st.one_of(
    st.tuples(word, word).map(", ".join),
    st.tuples(word, word, st.just("Jr")).map(", ".join),
    st.sampled_from(
        ["薛婉钰", "World Health Organization", "Doctors Without Borders", "Simon and Schuster"]
    ),
)
names = st.lists(name, max_size=3)
latin = line.filter(lambda text: not any(char > "\u4000" for char in text))
several = st.lists(latin, max_size=3, unique=True).map(tuple)
TYPES = ["article-journal", "book", "chapter", "paper-conference", "thesis", "report", "webpage"]

extra = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(TYPES),
        "date": st.sampled_from(["2020-05", "2020-05-17", "2011-12-01"]),
        "publisher": line,
        "place": line,
        "series": line,
        "editors": names.filter(bool),
        "note": paragraphs.filter(bool),
        "issn": st.just(["1234-5678", "0306-4530"]),
        "isbn": st.just(["9798373627394"]),
        "urls": st.just(["https://example.org/b", "https://example.org/c"]),
        "accessed": st.just("2021-02-03"),
        "pmcid": st.just("PMC123"),
    },
)
papers = st.builds(
    Paper,
    source_id=line,
    title=line,
    abstract=paragraphs,
    translated_title=line,
    translated_abstract=paragraphs,
    authors=st.tuples(names, st.sampled_from([[], ["et al."]])).map(lambda two: (*two[0], *two[1])),
    journal=line,
    year=st.integers(1500, 2099),
    volume=line,
    issue=line,
    pages=st.sampled_from(["1-10", "e12", "12", "A1-A7", "1, 3-5", "S1--S3", "xii-xv", ""]),
    doi=st.sampled_from(["", "10.1000/a_b(c)%d~e"]),
    pmid=st.sampled_from(["", "1234"]),
    url=st.sampled_from(["https://example.org/", "https://example.org/~a_b%20c?d=e#f{g}$h--i"]),
    keywords=several,
    subjects=several,
    affiliations=several,
    language=st.sampled_from(["", "en", "zh", "de"]),
    summary_by=line,
    extra=extra,
).filter(lambda paper: bool(paper.url) or "urls" not in paper.extra)  # further ones, after a first


def written(writer: Writer, *papers: Paper) -> str:
    return "".join(writer.write(papers))


def read(reader: Reader, content: str) -> list[Paper]:
    """The papers of a text in which no record is bad."""
    found = list(reader.read(Text.of(content)))
    assert all(isinstance(one, Record) for one in found), found
    return [one.paper for one in found if isinstance(one, Record)]


def lost(before: Paper, after: Paper) -> dict[str, Any]:
    """The fields that are not as they were, those of `extra` that `before` has among them."""
    ours = [field.name for field in dataclasses.fields(Paper) if field.name != "extra"]
    pairs = {name: (getattr(before, name), getattr(after, name)) for name in ours}
    pairs |= {name: (value, after.extra.get(name)) for name, value in before.extra.items()}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
