"""From a question to a page of what was found."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import PAGE, Listing, Question, ask, explained, within
from corpus.errors import PaperNotFound
from corpus.library import Library
from corpus.paper import Extract, Filters, Hit, Paper, Query, Quotation, Results
from corpus.text.width import columns


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


def test_a_hit_alone_is_the_one_of_the_list_with_its_shares(library: Library) -> None:
    for question in (Question(text="peer 同伴", top=4), Question(like=2)):
        for hit in ask(library, question).results.hits:
            assert hit.shares == ()
            alone = explained(library, question, hit.paper.id)
            assert alone is not None
            assert (alone.rank, alone.score) == (hit.rank, hit.score)
            assert sum(share.score for share in alone.shares) == pytest.approx(hit.score)
        assert explained(library, question, 999) is None
    listed = ask(library, Question(text="peer"), 2, explain=True).results.hits
    assert all(hit.shares for hit in listed)


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


# What is quoted above a list


def test_what_is_quoted_stands_above_the_first_page_alone() -> None:
    quoted = (Quotation(2, "Peers help."), Quotation(7, "Peers stay."))
    for page, expected in ((1, quoted), (2, ())):
        shown = listing(12, page)
        answered = dataclasses.replace(
            shown, results=dataclasses.replace(shown.results, answer=quoted)
        )
        assert answered.answer == expected
        assert not answered.quotes_summaries


def test_a_summary_that_is_quoted_is_noticed() -> None:
    shown = listing(3)
    summary = dataclasses.replace(shown.hits[1], paper=Paper(id=2, summary_by="Similit"))
    for rank, expected in ((1, False), (2, True)):
        results = dataclasses.replace(
            shown.results,
            hits=(shown.hits[0], summary, shown.hits[2]),
            answer=(Quotation(rank, "Peers help."),),
        )
        assert dataclasses.replace(shown, results=results).quotes_summaries == expected


def test_a_shorter_extract_ends_with_a_sentence() -> None:
    text = "Peers help people to stay well at home. … Workers are paid for it. Nothing else is so."
    shown = Extract(text, ((0, 5), (42, 49), (67, 74)))
    assert within(shown, 200) == shown
    assert within(shown, 70) == Extract(text[:66], ((0, 5), (42, 49)))
    assert within(shown, 60) == Extract(text[:39], ((0, 5),))
    assert within(shown, 30) == Extract("Peers help people to stay…", ((0, 5),))
    assert within(Extract("督导有用。" + "同伴支持" * 9 + "。"), 40).text.endswith("…")


@given(st.text("ab. …同伴。\n", max_size=80), st.integers(2, 60))
def test_a_shorter_extract_fits_and_is_the_beginning(text: str, width: int) -> None:
    shown = within(Extract(text, ((0, 1),) if text else ()), width)
    assert columns(shown.text) <= width
    assert text.startswith(shown.text.removesuffix("…"))
    assert all(end <= len(shown.text) for _, end in shown.marks)
