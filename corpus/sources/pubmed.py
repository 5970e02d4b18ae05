"""PubMed through NCBI's E-utilities. https://www.ncbi.nlm.nih.gov/books/NBK25499

A query is searched first (esearch), which leaves its result on NCBI's history server; from there
it is fetched (efetch) page by page. The cursor of such a page is "start total key environment".
PMIDs are fetched as they are. DOIs are searched too, a batch at a time; the cursor of the fetch
is then "place pmid,pmid".
"""

from __future__ import annotations

import re

from corpus.sources import Answer, Call, NotUnderstood, Page, Refused, Request, Source
from corpus.sources.identifiers import Batch, batch

_PAGE = 200
_DOIS = 50
_MOST = 9_999
_COUNT = re.compile(r"<Count>(\d{1,12})</Count>")
_KEY = re.compile(r"<QueryKey>(\d{1,6})</QueryKey>")
_ENVIRONMENT = re.compile(r"<WebEnv>([^<\s]{1,1000})</WebEnv>")
_ID = re.compile(r"<Id>(\d{1,10})</Id>")
_ERROR = re.compile(r"<ERROR>\s*([^<]{1,300})")
_FORGOTTEN = re.compile(r"history|WebEnv|query_?key|Unable to obtain query", re.IGNORECASE)


def _batch(request: Request, cursor: str) -> Batch:
    start = int(cursor.split(" ", maxsplit=1)[0] or 0)
    return batch(request.ids, start, _PAGE if request.ids[start].kind == "pmid" else _DOIS)


def _end(request: Request, total: int) -> int:
    return min(total, _MOST, request.most or _MOST)


def _call(request: Request, cursor: str) -> Call:
    if request.ids:
        kind, values, _ = _batch(request, cursor)
        _, _, found = cursor.partition(" ")
        if kind == "pmid" or found:
            return _fetch({"id": found or ",".join(values)})
        return _search({"term": " OR ".join(f'"{value}"[doi]' for value in values)})
    if cursor:
        start, total, key, environment = cursor.split(" ")
        size = min(_PAGE, _end(request, int(total)) - int(start))
        window = {"retstart": start, "retmax": str(size)}
        return _fetch({"query_key": key, "WebEnv": environment} | window)
    params = {"term": request.query, "usehistory": "y", "retmax": "0"}
    if request.since:
        first = request.since.strftime("%Y/%m/%d")
        params |= {"datetype": "pdat", "mindate": first, "maxdate": "3000"}
    return _search(params)


def _search(params: dict[str, str]) -> Call:
    return Call("esearch.fcgi", {"db": "pubmed", "retmax": "200"} | params, papers=False)


def _fetch(params: dict[str, str]) -> Call:
    return Call("efetch.fcgi", {"db": "pubmed", "retmode": "xml"} | params)


def _page(request: Request, cursor: str, answer: Answer) -> Page:
    if error := _ERROR.search(answer.body[:4000]):
        if cursor and not request.ids and _FORGOTTEN.search(error.group(1)):
            raise Refused(400, error.group(1))
        raise NotUnderstood(f"it says {error.group(1)}")
    if request.ids:
        return _page_of_ids(request, cursor, answer)
    if not cursor:
        return _searched(answer.body)
    start, total, key, environment = cursor.split(" ")
    following = int(start) + _PAGE
    if not answer.records:
        raise NotUnderstood(f"there is no paper in it, and {total} were found")
    more = following < _end(request, int(total))
    return Page(f"{following} {total} {key} {environment}" if more else None, int(total))


def _searched(body: str) -> Page:
    count = _COUNT.search(body)  # the first; those that follow count single words
    if count is None:
        raise NotUnderstood("it is not the result of a search")
    total = int(count.group(1))
    if not total:
        return Page(None, 0)
    key, environment = _KEY.search(body), _ENVIRONMENT.search(body)
    if key is None or environment is None:
        raise NotUnderstood("it does not say where the result is kept")
    return Page(f"0 {total} {key.group(1)} {environment.group(1)}", total)


def _page_of_ids(request: Request, cursor: str, answer: Answer) -> Page:
    kind, _, following = _batch(request, cursor)
    if kind == "pmid" or " " in cursor:
        return Page(following, len(request.ids))
    if _COUNT.search(answer.body) is None:
        raise NotUnderstood("it is not the result of a search")
    found = ",".join(_ID.findall(answer.body))
    return Page(f"{cursor or 0} {found}" if found else following, len(request.ids))


SOURCE = Source(
    name="pubmed",
    title="PubMed",
    address="https://eutils.ncbi.nlm.nih.gov/entrez/eutils",
    format="pubmed-xml",
    kinds=("pmid", "doi"),
    seconds=1 / 3,
    call=_call,
    page=_page,
    signature={"tool": "tool", "email": "contact", "api_key": "api_key"},
    most=_MOST,
)
