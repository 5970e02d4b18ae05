"""tantivy: one segment, frequencies without positions, a disjunction of terms, no counting.

Its k1 is 1.2, which cannot be changed, its idf Lucene's, and lengths are rounded to a byte. A
filter is a term of another field that has to be there and counts nothing.
"""

from __future__ import annotations

from pathlib import Path

from tantivy import Document, Index, Occur, Query, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from tests.bench.speed.corpora import Corpus
from tests.bench.speed.questions import TOP, Question, allowed

_HEAP = 3_000_000_000  # so much that one segment is written, of any corpus here
_SPLIT = "split"


def _analysed(index: Index) -> Index:
    analyzer = TextAnalyzerBuilder(Tokenizer.whitespace()).build()
    index.register_tokenizer(_SPLIT, analyzer)
    return index


def build(corpus: Corpus, folder: Path) -> None:
    """By one thread, so that papers keep their numbers."""
    schema = (
        SchemaBuilder()
        .add_text_field("text", tokenizer_name=_SPLIT, index_option="freq")
        .add_text_field("filter", tokenizer_name="raw", index_option="basic")
        .build()
    )
    index = _analysed(Index(schema, path=str(folder)))
    words = [f"t{number}" for number in range(len(corpus.frequencies))]
    writer = index.writer(_HEAP, num_threads=1)
    for terms, inside in zip(corpus, allowed("tenth", len(corpus)).tolist(), strict=True):
        document = Document()
        document.add_text("text", " ".join([words[term] for term in terms]))
        if inside:
            document.add_text("filter", "tenth")
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class Engine:
    """One searcher."""

    def __init__(self, folder: Path, _how: str) -> None:
        index = _analysed(Index.open(str(folder)))
        self._schema = index.schema
        self._searcher = index.searcher()
        if self._searcher.num_segments != 1:
            raise SystemExit(f"{folder} has {self._searcher.num_segments} segments, not one")

    def answer(self, question: Question) -> list[int]:
        """The numbers of papers are those of documents of the only segment."""
        terms = [self._term("text", f"t{number}", "freq") for number in question.terms]
        query = Query.boolean_query([(Occur.Should, term) for term in terms])
        if question.filter:
            inside = Query.const_score_query(self._term("filter", question.filter, "basic"), 0.0)
            query = Query.boolean_query([(Occur.Must, inside), (Occur.Must, query)])
        found = self._searcher.search(query, limit=TOP, count=False)
        return [address.doc for _score, address in found.hits]

    def _term(self, field: str, value: str, option: str) -> Query:
        return Query.term_query(self._schema, field, value, index_option=option)
