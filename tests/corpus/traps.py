"""Publications that are not the same, however much they look it."""

from __future__ import annotations

import dataclasses
from itertools import count, cycle

from tests.corpus.trio import DATABASES, PUBMED, Entry, Name, Work

_OWN = count(10_000)

ASH, BIRCH, CEDAR = Name("Ash", "Ann"), Name("Birch", "Bob"), Name("Cedar", "Cy")
CHAIR, SMITH, SMYTHE = Name("Chair", "Dora"), Name("Smith", "John"), Name("Smith", "Anna")
LEE, LI = Name("Lee", "Jin"), Name("Lee", "Han")
TEAM = (Name("Gillard", "Steve"), Name("Doe", "Anna B."), Name("Poe", "Mark"))


def _work(title: str, authors: tuple[Name, ...], year: int, place: str, **more: str) -> Work:
    """`place` is as much as there is of journal, volume, issue and pages."""
    own = next(_OWN)
    journal, volume, issue, pages = [*place.split("|"), "", "", ""][:4]
    return Work(
        own=own,
        title=title,
        authors=authors,
        year=year,
        journal=journal,
        volume=volume,
        issue=issue,
        pages=pages,
        pmid=str(30000000 + own),
        abstract=f"This text {own} stands in no other paper.",
        **more,
    )


def _each(*works: Work) -> list[Entry]:
    """Each in one database, in turn; only PubMed's has an identifier, unless there is a DOI."""
    return [_entry(one, name) for one, name in zip(works, cycle(DATABASES), strict=False)]


def _everywhere(*works: Work) -> list[Entry]:
    """Each in all of them."""
    return [_entry(one, name) for one in works for name in DATABASES]


def _entry(work: Work, database: str) -> Entry:
    return Entry(work if database == PUBMED else dataclasses.replace(work, pmid=""), database)


_LEAVING = "Peer support for people who leave hospital"
_CRISIS = "Peer workers in crisis teams: a mixed methods study"
_HOPE = "Hope as a mechanism of peer support"
_ONLINE = "Peers online: a preprint that became an article"
_RANKING = "Ranking papers for peers"

TRAPS: dict[str, list[Entry]] = {
    "same title, other authors": _each(
        _work(_LEAVING, (ASH,), 1998, "Ward|3|1|5-9"),
        _work(_LEAVING, (BIRCH,), 2009, "Ward|14|1|5-9"),
        _work(_LEAVING, (CEDAR,), 2010, "Ward|15|4|301-309"),
    ),
    "editorials of one editor": _everywhere(
        _work("Editorial", (CHAIR,), 2018, "Ward|11|1|1-2"),
        _work("Editorial", (CHAIR,), 2018, "Ward|11|2|101-102"),
        _work("Editorial", (CHAIR,), 2019, "Ward|12|1|1-2"),
        _work("Editorial", (CHAIR,), 2020, "Ward|13|1|1-3"),
    ),
    "editorials of one editor, each in one database": _each(
        _work("Editorial", (CHAIR,), 2015, "Peers|8|3|201-202"),
        _work("Editorial", (CHAIR,), 2016, "Peers|9|3|201-202"),
        _work("Editorial", (CHAIR,), 2015, "Peers|8|4|301-302"),
    ),
    "editorials of which some have no pages": _each(
        _work("Guest editorial", (CHAIR,), 2012, "Peers|5|3|201-202"),
        _work("Guest editorial", (CHAIR,), 2012, "Peers|5"),
        _work("Guest editorial", (CHAIR,), 2013, "Peers"),
    ),
    "replies of namesakes": _each(
        _work("Reply", (SMITH,), 2015, "Ward|5|1|77"),
        _work("Reply", (SMYTHE,), 2015, "Ward|5|1|77"),
        _work("Reply", (SMITH,), 2016, "Peers|6|1|77"),
    ),
    "introductions to several books": _each(
        _work("Introduction", TEAM, 2015, "Peers|||1-9"),
        _work("Introduction", TEAM, 2015, "Recovery reader|||3-12"),
        _work("Introduction", TEAM, 2016, "Handbook of wards|||1-9"),
    ),
    "parts": _everywhere(
        _work("Peer support at night. Part I: the ward", TEAM, 2011, "Ward|4|2|90-98"),
        _work("Peer support at night. Part II: at home", TEAM, 2011, "Ward|4|2|99-107"),
        _work("Peer support by day, part 1", TEAM, 2012, "Ward|5|2|90-98"),
        _work("Peer support by day, part 2", TEAM, 2012, "Ward|5|2|99-107"),
    ),
    "errata": _each(
        _work(_CRISIS, TEAM, 2013, "Ward|6|1|10-19"),
        _work(f"Erratum: {_CRISIS}", TEAM, 2013, "Ward|6|2|112", kind="erratum"),
        _work(_CRISIS, TEAM, 2013, "Ward|6|3|231", kind="erratum"),
        _work(f"{_CRISIS} (vol 6, pg 10, 2013)", TEAM, 2013, "Ward|6|4|320", kind="erratum"),
        _work(f"Correction to: {_CRISIS}", TEAM, 2014, "Ward|7|1|88", kind="erratum"),
        _work(f"{_CRISIS} [Erratum to volume 6]", TEAM, 2014, "Ward|7|2|98", kind="erratum"),
    ),
    "preprint and article": _everywhere(
        _work(_ONLINE, TEAM, 2020, "medRxiv", kind="preprint", doi="10.1101/2020.01.01.200001"),
        _work(_ONLINE, TEAM, 2021, "Ward|20|1|5-9", doi="10.5555/peers.online"),
    ),
    "same title and authors, another DOI": _each(
        _work("Annual report", TEAM, 2016, "Ward", doi="10.5555/report.2016"),
        _work("Annual report", TEAM, 2016, "Ward", doi="10.5555/report.2016.supplement"),
        _work("Annual report", TEAM, 2017, "Ward", doi="10.5555/report.2017"),
    ),
    "reports of every year": _everywhere(
        _work("Report of the registry of peers", TEAM, 2016, "Ward|1|1|3-9"),
        _work("Report of the registry of peers", TEAM, 2017, "Ward|2|1|3-9"),
        _work("Report of the registry of peers", TEAM, 2018, "Ward|3|1|4-9"),
    ),
    "same family name, another paper": _each(
        _work("Peer support and trust", (LEE,), 2017, "Ward|2|1|1-8"),
        _work("Peer support and hope", (LEE,), 2017, "Ward|2|1|9-16"),
        _work("Peer support and trust", (LI,), 2017, "Ward|2|1|17-24"),
    ),
    "conference abstract and article": _each(
        _work(_HOPE, TEAM, 2014, "Schizophrenia Research|153|Suppl 1|S88", kind="meeting abstract"),
        _work(_HOPE, TEAM, 2015, "Ward|8|2|140-149"),
    ),
    "conference paper and article": _each(
        _work(_RANKING, TEAM, 2014, "Proceedings of ADCS|||12-19", kind="conference paper"),
        _work(_RANKING, TEAM, 2015, "Information Retrieval|18|5|430-452"),
    ),
    "no author": _each(
        _work("Guideline on peer support", (), 2012, "Ward|1|1|1-8"),
        _work("Guideline on peer support", (), 2012, "Peers|9|9|9-18"),
    ),
}
"""By name: of the entries of each, those of one work belong together, and no others."""
