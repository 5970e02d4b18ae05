"""From a question to a page of what was found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import PAGE, Listing, Question, ask
from corpus.errors import PaperNotFound
from corpus.library import Library
from corpus.paper import Extract, Filters, Hit, Paper, Query, Results


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Twelve papers that share a word, four of them in Chinese as well."""
    folder = tmp_path_factory.mktemp("answer")
    file = folder / "papers.jsonl"
    lines = [
        f'{{"title": "Peer paper {n}", "year": {2000 + n}, "abstract": "{"Peer. " * (n + 1)}"'
        + (', "translated_abstract": "同伴研究之peer。"}' if n % 3 == 0 else "}")
        for n in range(1, 13)
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    with Library(folder / "library", create=True) as made:
        made.add([file])
        yield made


def listing(hits: int, page: int = 1) -> Listing:
    """A list of so many made-up hits."""
    found = tuple(
        Hit(rank=rank, paper=Paper(id=rank), score=1.0, extract=Extract(""), terms=())
        for rank in range(1, hits + 1)
    )
    results = Results(
        query=Query(text="peer"),
        language="en",
        seed=None,
        hits=found,
        matched=hits,
        unknown=(),
        milliseconds=1.0,
        papers=hits,
        version="1",
    )
    return Listing(question=Question(text="peer"), results=results, page=page, demo=False)


def test_a_question_is_answered_with_its_first_page(library: Library) -> None:
    shown = ask(library, Question(text="peer"))
    assert (shown.page, shown.pages, shown.demo) == (1, 3, False)
    assert len(shown.results.hits) == 12
    assert shown.hits == shown.results.hits[:PAGE]
    assert shown.question == Question(text="peer")


@pytest.mark.parametrize(
    ("wanted", "page"), [(-5, 1), (0, 1), (1, 1), (2, 2), (3, 3), (4, 3), (99, 3)]
)
def test_a_page_that_is_not_there_is_the_nearest_that_is(
    library: Library, wanted: int, page: int
) -> None:
    assert ask(library, Question(text="peer"), wanted).page == page


def test_nothing_found_is_one_empty_page(library: Library) -> None:
    shown = ask(library, Question(text="zzzqqq"), 7)
    assert (shown.page, shown.pages, shown.hits) == (1, 1, ())


def test_everything_the_question_says_reaches_the_search(library: Library) -> None:
    shown = ask(library, Question(text="peer", top=3, filters=Filters(first_year=2010)))
    assert {hit.paper.year for hit in shown.hits} == {2010, 2011, 2012}
    like = ask(library, Question(like=4))
    assert like.results.seed is not None
    assert like.results.seed.id == 4
    assert 4 not in [hit.paper.id for hit in like.results.hits]
    extracts = {
        reader: ask(library, Question(text="peer", reader=reader, filters=Filters(first_year=2012)))
        for reader in ("zh", "en")
    }
    assert extracts["zh"].hits[0].extract.text == "同伴研究之peer。"
    assert extracts["en"].hits[0].extract.text.startswith("Peer.")


def test_whether_the_demo_corpus_answered_is_passed_on(library: Library) -> None:
    assert ask(library, Question(text="peer"), demo=True).demo
    assert not ask(library, Question(text="peer"), demo=False).demo


@pytest.mark.parametrize(
    "question", [Question(like=99), Question(text="#99"), Question(text="10.1000/nope")]
)
def test_a_paper_that_is_not_here_is_not_found(library: Library, question: Question) -> None:
    with pytest.raises(PaperNotFound):
        ask(library, question)


@given(st.integers(0, 101))
def test_the_pages_of_a_list_are_the_list(hits: int) -> None:
    pages = [listing(hits, page) for page in range(1, listing(hits).pages + 1)]
    assert [hit for page in pages for hit in page.hits] == list(listing(hits).results.hits)
    assert all(len(page.hits) == PAGE for page in pages[:-1])
    assert len(pages) == 1 or pages[-1].hits
