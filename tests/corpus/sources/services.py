"""Stand-ins for OpenAlex, Crossref, PubMed and arXiv on the loopback interface.

Each answers in the shape that its service documents, from papers numbered 1, 2, 3 ….
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, NamedTuple

from aiohttp import web
from aiohttp.test_utils import TestServer

Trouble = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Asked(NamedTuple):
    """A request as it came: `when` is the time on the test's clock."""

    path: str
    query: dict[str, str]
    agent: str
    when: float


class Service:
    """One service with `count` papers.

    `troubles` are what happens instead of an answer, by the number of the request from 1, and
    `always` for all others.
    """

    name: str
    routes: ClassVar[dict[str, str]]

    def __init__(self, clock: Callable[[], float], count: int) -> None:
        self.clock = clock
        self.papers = list(range(1, count + 1))
        self.asked: list[Asked] = []
        self.troubles: dict[int, Trouble] = {}
        self.always: Trouble | None = None
        self.forgotten = False
        """Whether cursors given out until now are no longer known."""

    async def start(self) -> None:
        app = web.Application()
        for path, handler in self.routes.items():
            app.router.add_get(path, self._answering(getattr(self, handler)))
        self.server = TestServer(app, host="127.0.0.1")
        await self.server.start_server()

    @property
    def api_base(self) -> str:
        return str(self.server.make_url("/")).rstrip("/")

    def _answering(self, handler: Callable[[web.Request], str | web.Response]) -> Trouble:
        async def answer(request: web.Request) -> web.StreamResponse:
            agent = request.headers.get("User-Agent", "")
            self.asked.append(Asked(request.path, dict(request.query), agent, self.clock()))
            trouble = self.troubles.get(len(self.asked), self.always)
            if trouble is not None:
                return await trouble(request)
            told = handler(request)
            return told if isinstance(told, web.Response) else web.Response(text=told)

        return answer


def _cursor(service: Service, request: web.Request) -> int | None:
    """Where the list goes on; None for a cursor that was never given out, or is forgotten."""
    cursor = request.query["cursor"]
    if cursor == "*":
        return 0
    known = cursor.startswith("next+/=") and not service.forgotten
    return int(cursor.removeprefix("next+/=")) if known else None


class OpenAlex(Service):
    name = "openalex"
    routes: ClassVar = {"/works": "works", "/works/{id:.+}": "work"}

    def works(self, request: web.Request) -> str | web.Response:
        size = int(request.query["per_page"])
        assert size <= 100
        if wanted := _wanted(request.query.get("filter", ""), "|"):
            return self._list([n for n in self.papers if n in wanted], None, len(wanted))
        start = _cursor(self, request)
        if start is None:
            told = {"error": "Invalid cursor", "message": "Cursor value is invalid."}
            return web.json_response(told, status=400)
        following = f"next+/={start + size}" if start < len(self.papers) else None
        return self._list(self.papers[start : start + size], following, len(self.papers))

    def work(self, request: web.Request) -> str | web.Response:
        wanted = _wanted(request.match_info["id"], "|")
        if not wanted & set(self.papers):
            return web.json_response({"error": "Not found"}, status=404)
        return json.dumps(self._record(wanted.pop()))

    def _list(self, numbers: list[int], following: str | None, count: int) -> str:
        meta = {"count": count, "per_page": 100, "next_cursor": following}
        return json.dumps({"meta": meta, "results": [self._record(n) for n in numbers]})

    def _record(self, n: int) -> dict[str, Any]:
        return {
            "id": f"https://openalex.org/W{n}",
            "doi": f"https://doi.org/10.5555/P{n}",
            "title": f"Paper {n}",
            "display_name": f"Paper {n}",
            "publication_year": 2020,
            "publication_date": "2020-03-01",
            "language": "en",
            "type": "article",
            "ids": {
                "openalex": f"https://openalex.org/W{n}",
                "doi": f"https://doi.org/10.5555/P{n}",
                "pmid": f"https://pubmed.ncbi.nlm.nih.gov/{100_000 + n}",
            },
            "authorships": [],
            "abstract_inverted_index": {"What": [0], "was": [1], "found.": [2]},
        }


class Crossref(Service):
    name = "crossref"
    routes: ClassVar = {"/works": "works", "/works/{id:.+}": "work"}

    def works(self, request: web.Request) -> str | web.Response:
        size = int(request.query["rows"])
        if wanted := _wanted(request.query.get("filter", ""), ","):
            return self._list([n for n in self.papers if n in wanted][:size], None)
        start = _cursor(self, request)
        if start is None:
            return web.Response(text="Resource not found.", status=404)
        return self._list(self.papers[start : start + size], f"next+/={start + size}")

    def work(self, request: web.Request) -> str | web.Response:
        wanted = _wanted(request.match_info["id"], ",")
        if not wanted & set(self.papers):
            return web.Response(text="Resource not found.", status=404)
        return self._message("work", self._record(wanted.pop()))

    def _list(self, numbers: list[int], following: str | None) -> str:
        message = {
            "total-results": len(self.papers),
            "items-per-page": 100,
            "items": [self._record(n) for n in numbers],
        }
        return self._message(
            "work-list", message | ({"next-cursor": following} if following else {})
        )

    def _message(self, kind: str, message: Any) -> str:
        told = {"status": "ok", "message-type": kind, "message-version": "1.0.0"}
        return json.dumps(told | {"message": message})

    def _record(self, n: int) -> dict[str, Any]:
        return {
            "DOI": f"10.5555/p{n}",
            "type": "journal-article",
            "title": [f"Paper {n}"],
            "author": [{"given": "Ada", "family": "Byron", "sequence": "first"}],
            "container-title": ["Journal"],
            "issued": {"date-parts": [[2020, 3, 1]]},
        }


class PubMed(Service):
    name = "pubmed"
    routes: ClassVar = {"/esearch.fcgi": "esearch", "/efetch.fcgi": "efetch"}

    def esearch(self, request: web.Request) -> str:
        query = request.query
        assert query["db"] == "pubmed"
        if "[doi]" in query["term"]:
            wanted = {int(part.split('"')[0]) for part in query["term"].split('"10.5555/p')[1:]}
            found = [n for n in self.papers if n in wanted]
            ids = "".join(f"<Id>{100_000 + n}</Id>" for n in found)
            return self._search(f"<Count>{len(found)}</Count><IdList>{ids}</IdList>")
        assert query["usehistory"] == "y"
        self.forgotten = False
        return self._search(
            f"<Count>{len(self.papers)}</Count><RetMax>0</RetMax><RetStart>0</RetStart>"
            "<QueryKey>1</QueryKey><WebEnv>MCID_5f93+/=</WebEnv><IdList/>"
            "<TranslationStack><TermSet><Count>9</Count></TermSet></TranslationStack>"
        )

    def _search(self, inner: str) -> str:
        return f'<?xml version="1.0" encoding="UTF-8" ?>\n<eSearchResult>{inner}</eSearchResult>'

    def efetch(self, request: web.Request) -> str | web.Response:
        query = request.query
        assert (query["db"], query["retmode"]) == ("pubmed", "xml")
        if "id" in query:
            ids = query["id"].split(",")
            assert len(ids) <= 200
            return self._set([int(id) - 100_000 for id in ids if int(id) - 100_000 in self.papers])
        assert (query["WebEnv"], query["query_key"]) == ("MCID_5f93+/=", "1")
        if self.forgotten:
            told = "<ERROR>Cannot retrieve history data. query_key: 1, WebEnv: MCID</ERROR>"
            return web.Response(text=f"<eFetchResult>{told}</eFetchResult>", status=400)
        start, size = int(query["retstart"]), int(query["retmax"])
        return self._set(self.papers[start : start + size])

    def _set(self, numbers: list[int]) -> str:
        inner = "\n".join(
            f"<PubmedArticle><MedlineCitation><PMID>{100_000 + n}</PMID>"
            "<Article><Journal><JournalIssue><PubDate><Year>2020</Year></PubDate></JournalIssue>"
            f"<Title>Journal</Title></Journal><ArticleTitle>Paper {n}</ArticleTitle>"
            "<Language>eng</Language></Article></MedlineCitation><PubmedData><ArticleIdList>"
            f'<ArticleId IdType="pubmed">{100_000 + n}</ArticleId>'
            f'<ArticleId IdType="doi">10.5555/p{n}</ArticleId>'
            "</ArticleIdList></PubmedData></PubmedArticle>"
            for n in numbers
        )
        return (
            '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle,'
            ' 1st January 2025//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
            f"<PubmedArticleSet>{inner}</PubmedArticleSet>"
        )


class ArXiv(Service):
    name = "arxiv"
    routes: ClassVar = {"/query": "query"}

    def query(self, request: web.Request) -> str | web.Response:
        query = request.query
        size = int(query["max_results"])
        if "id_list" in query:
            wanted = {int(id.removeprefix("2101.")) for id in query["id_list"].split(",")}
            assert size == len(wanted)
            return self._feed([n for n in self.papers if n in wanted], len(wanted))
        start = int(query["start"])
        if self.forgotten and start:
            self.forgotten = False
            return web.Response(text="no", status=400)
        return self._feed(self.papers[start : start + size], len(self.papers))

    def _feed(self, numbers: list[int], total: int) -> str:
        entries = "\n".join(
            f"<entry><id>http://arxiv.org/abs/2101.{n:05}v2</id>"
            "<published>2020-03-01T00:00:00Z</published><updated>2020-03-02T00:00:00Z</updated>"
            f"<title>Paper {n}</title><summary>What was found.</summary>"
            "<author><name>Ada Byron</name></author>"
            '<category term="cs.DL" scheme="http://arxiv.org/schemas/atom"/></entry>'
            for n in numbers
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
            "<title>ArXiv Query</title><id>http://arxiv.org/api/x</id>"
            '<opensearch:totalResults xmlns:opensearch="urn:opensearch:1.1">'
            f"{total}</opensearch:totalResults>{entries}</feed>"
        )


SERVICES: dict[str, type[Service]] = {
    kind.name: kind for kind in (OpenAlex, Crossref, PubMed, ArXiv)
}


def _wanted(text: str, separator: str) -> set[int]:
    """The numbers of the papers that a filter or path names by DOI, PMID or own identifier."""
    found = set()
    kind = ""
    for part in text.split(separator):
        kind, _, value = part.rpartition(":") if ":" in part else (kind, "", part)
        value = value.lower()
        if value.startswith("10.5555/p") and value[9:].isdigit():
            found.add(int(value[9:]))
        elif kind == "pmid":
            found.add(int(value) - 100_000)
        elif value.startswith("w") and value[1:].isdigit():
            found.add(int(value[1:]))
        elif value.startswith("10."):
            found.add(-1)
    return found
