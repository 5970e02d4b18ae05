"""The services there are, what they can be asked for, and how."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from corpus.errors import NothingAsked
from corpus.sources import Answer, NotUnderstood, Refused, Request, source_named, sources
from corpus.sources.identifiers import Identifier


def test_the_services() -> None:
    assert [source.name for source in sources()] == ["arxiv", "crossref", "openalex", "pubmed"]
    assert all(source.address.startswith("https://") for source in sources())
    assert source_named("pubmed").title == "PubMed"
    with pytest.raises(NothingAsked, match=r"scopus is not a service .*arxiv, crossref, op"):
        source_named("scopus")


def test_naming_them_loads_no_http() -> None:
    code = (
        "import sys; from corpus.sources import sources; sources();"
        "import corpus.sources.fetching; print('aiohttp' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "False\n"


def test_a_query_and_a_query_that_is_a_list() -> None:
    source = source_named("pubmed")
    day = date(2020, 1, 1)
    assert source.request("  burnout \n nurses ", since=day, most=5) == Request(
        "burnout nurses", since=day, most=5
    )
    listed = source.request("10.1000/a 12345 10.1000/b", since=day, most=2)
    assert listed == Request(ids=(Identifier("pmid", "12345"), Identifier("doi", "10.1000/a")))
    assert source.request("12345", since=day).since is None
    assert source.request("covid 2020").query == "covid 2020"
    assert source_named("crossref").request("12345").query == "12345"
    request = source.request(ids=["12", "nonsense", ""])
    assert (request.ids, request.unknown) == ((Identifier("pmid", "12"),), ("nonsense",))


def test_nothing_to_ask_for() -> None:
    source = source_named("arxiv")
    with pytest.raises(NothingAsked, match="no query to ask arXiv for"):
        source.request("  ")
    with pytest.raises(NothingAsked, match=r"nothing in '10\.1000/a' to ask arXiv for"):
        source.request(ids=["10.1000/a"])
    with pytest.raises(NothingAsked, match="a query or identifiers, not both"):
        source.request("entropy", ids=["2101.00001"])


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("entropy", "all:entropy"),
        ('"large language models" triage', 'all:"large language models" AND all:triage'),
        ('an "open quote', "all:an AND all:open AND all:quote"),
        ("ti:entropy", "ti:entropy"),
        ("cat:cs.CL AND (entropy OR noise)", "cat:cs.CL AND (entropy OR noise)"),
        ("andes orinoco", "all:andes AND all:orinoco"),
        ("熵", "all:熵"),
    ],
)
def test_plain_words_for_arxiv(query: str, asked: str) -> None:
    source = source_named("arxiv")
    assert source.call(source.request(query), "").params["search_query"] == asked


def test_arxiv_says_that_it_refuses_in_a_feed() -> None:
    source = source_named("arxiv")
    feed = (
        "<feed><entry><id>http://arxiv.org/api/errors#incorrect_id</id><title>Error</title>"
        "<summary>incorrect id format for 1</summary></entry></feed>"
    )
    with pytest.raises(Refused, match="incorrect id format for 1"):
        source.page(source.request("x"), "", Answer(feed, 1, 0))


def test_an_empty_page_before_the_end_is_not_believed() -> None:
    feed = "<feed><totalResults>900</totalResults></feed>"
    arxiv, pubmed = source_named("arxiv"), source_named("pubmed")
    with pytest.raises(NotUnderstood, match="900 were found"):
        arxiv.page(arxiv.request("x"), "200", Answer(feed, 0, 200))
    with pytest.raises(NotUnderstood, match="900 were found"):
        pubmed.page(pubmed.request("x"), "200 900 1 MCID", Answer("<PubmedArticleSet/>", 0, 200))


def test_pubmed_forgets_its_history_in_an_answer_of_200() -> None:
    source = source_named("pubmed")
    body = "<eFetchResult><ERROR>Unable to obtain query #1</ERROR></eFetchResult>"
    with pytest.raises(Refused, match="Unable to obtain query #1"):
        source.page(source.request("x"), "200 900 1 MCID", Answer(body, 0, 200))


@pytest.mark.parametrize("name", ["openalex", "crossref"])
def test_a_list_ends_with_an_empty_page_whatever_the_cursor(name: str) -> None:
    source = source_named(name)
    body = (
        '{"meta": {"count": 900, "next_cursor": "again"}, "results": [], "status": "ok",'
        ' "message": {"items": [], "total-results": 900, "next-cursor": "again"}}'
    )
    assert source.page(source.request("x"), "again", Answer(body, 0, 890)).next is None


@pytest.mark.parametrize(
    ("name", "size", "told"),
    [("openalex", "per_page", 100), ("crossref", "rows", 100), ("arxiv", "max_results", 200)],
)
def test_how_much_is_asked_for_at_a_time(
    name: str, size: str, told: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # the small pages of the other tests
    source = source_named(name)
    assert source.call(source.request("x"), "").params[size] == str(told)
    assert source.call(source.request("x", most=7), "").params[size] == "7"


def test_how_much_is_asked_of_pubmed_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    source = source_named("pubmed")
    request = source.request("x")
    assert source.call(request, "").params["retmax"] == "0"
    assert source.call(request, "200 9000 1 E").params["retmax"] == "200"
    assert source.call(request, "9800 99000 1 E").params["retmax"] == "199"
    assert source.page(request, "9800 99000 1 E", Answer("<x/>", 199, 9800)).next is None
    ids = source.request(ids=[str(n) for n in range(1, 300)])
    assert source.call(ids, "").params["id"].count(",") == 199
    dois = source.request(ids=[f"10.1000/{n}" for n in range(1, 300)])
    assert source.call(dois, "").params["term"].count("[doi]") == 50
