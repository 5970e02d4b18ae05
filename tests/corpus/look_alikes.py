"""Papers to be met in several exports, altered as databases alter them."""

from __future__ import annotations

import dataclasses
import random
import re
from collections.abc import Callable, Iterator, Sequence

from corpus import demo
from corpus.files.text import Text
from corpus.paper import Paper
from corpus.readers import Record
from corpus.readers.jsonl import READER
from tests.corpus.trio import DATABASES, PUBMED, SCOPUS, WOS, Entry, Name, Work

# The works: the demo corpus, and some with what it has not

_LATIN = {
    "汪向东": Name("Wang", "Xiang-Dong"),
    "王希林": Name("Wang", "Xi-Lin"),
    "马弘": Name("Ma", "Hong"),
    "青蒿素结构研究协作组": Name("Qinghaosu Antimalarial Coordinating Research Group"),
    "叶澜": Name("Ye", "Lan"),
    "陈向明": Name("Chen", "Xiang-Ming"),
    "李航": Name("Li", "Hang"),
    "周志华": Name("Zhou", "Zhi-Hua"),
}

_NAMES: tuple[tuple[str, tuple[Name, ...]], ...] = (
    ("umlaut", (Name("Müller", "Jörg"), Name("Weiß", "Anna"))),
    ("umlaut", (Name("Sørensen", "Åse M."), Name("Łukasik", "Paweł"))),
    ("umlaut", (Name("Özgür", "Ümit"),)),
    ("umlaut", (Name("Björklund", "Ågot"),)),
    ("particle", (Name("van Maris", "Antonius J. A."), Name("Pronk", "Jack T."))),
    ("particle", (Name("de la Cruz", "María"),)),
    ("particle", (Name("von der Heide", "Ulrich"),)),
    ("double name", (Name("García-López", "María José"),)),
    ("double name", (Name("Lloyd-Evans", "Brynmor"),)),
    ("apostrophe", (Name("O'Brien", "Siobhán"),)),
    ("apostrophe", (Name("D'Amico", "Gino"),)),
    ("suffix", (Name("Harlan", "William R.", "Jr"), Name("Doe", "Anna B."))),
    ("suffix", (Name("King", "Martin L.", "3rd"),)),
    ("group", (Name("European Peer Support Study Group"),)),
    ("hyphen", (Name("Wang", "Xiao-Ming"), Name("Li", "Wei"))),
    ("turned round", (Name("Zhang", "Wei"), Name("Zhao", "Lei"))),
    ("turned round", (Name("Kim", "Min-Jung"),)),
    ("greek", (Name("Katz", "Ruth"),)),
    ("greek", (Name("Adams", "Noel"),)),
    ("greek", (Name("Ito", "Ken"),)),
    ("greek", (Name("Silva", "Rui"),)),
    ("formula", (Name("Berg", "Hanna"),)),
    ("formula", (Name("Osei", "Kwame"),)),
    ("formula", (Name("Roy", "Anil"),)),
    ("brackets", (Name("Schmidt", "Karl"),)),
    ("brackets", (Name("Zhang", "Ting-Ting"),)),
    ("brackets", (Name("Liu", "Na"),)),
    ("brackets", (Name("Pérez", "Ana"),)),
)
_TITLES = {
    "greek": (
        "β-Blockers after myocardial infarction: a cohort of peers",
        "Release of TNF-α and IL-1β in carers under strain",
        "Δ9-Tetrahydrocannabinol and recall in young adults",
        "Exposure to 5 μg/L of lead and γ-glutamyl transferase",
    ),
    "formula": (
        "Uptake of <sup>13</sup>CO<sub>2</sub> by alpine meadows in dry summers",
        "Ca<sup>2+</sup> signalling <i>in vivo</i> during slow sleep",
        "H<sub>2</sub>O<sub>2</sub> disinfection of ward surfaces & air",
    ),
    "brackets": (
        "Peer support on closed wards: a survey of staff",
        "Burnout among nurses in county hospitals: a cluster analysis",
        "Social support of carers of people with dementia",
        "Early intervention in villages: a feasibility study",
    ),
}
_ORIGINALS = (
    "Peer-Arbeit auf geschlossenen Stationen: eine Befragung der Mitarbeitenden",
    "县级医院护士职业倦怠的聚类分析",
    "痴呆患者照顾者的社会支持",
    "Intervención temprana en aldeas: un estudio de viabilidad",
)
_LANGUAGES = ("de", "zh", "zh", "es")


def works() -> list[Work]:
    """All publications, each with what the databases make of it, evenly spread."""
    records = READER.read(Text.of(demo.PAPERS.read_text(encoding="utf-8")))
    real = [one.paper for one in records if isinstance(one, Record)]
    found = [_of_demo(own, paper) for own, paper in enumerate(real, 1)]
    found += list(_invented(len(found) + 1))
    used = dict.fromkeys((*COMMON, *RARE), 0)
    return [_spread(work, used) for work in found]


def _of_demo(own: int, paper: Paper) -> Work:
    authors = []
    for author in paper.authors:
        family, _, given = author.partition(", ")
        if author != "et al.":
            authors.append(_LATIN.get(author) or Name(family, given))
    chinese = paper.language == "zh"
    return Work(
        own=own,
        title=(paper.translated_title if chinese else paper.title),
        original=paper.title if chinese else "",
        authors=tuple(authors),
        journal=paper.journal,
        year=paper.year,
        volume=paper.volume,
        issue=paper.issue,
        pages=paper.pages,
        doi=paper.doi,
        pmid=str(30000000 + own),
        abstract=paper.translated_abstract if chinese else paper.abstract,
        keywords=paper.keywords,
        language=paper.language,
    )


def _invented(first: int) -> Iterator[Work]:
    met = dict.fromkeys(_TITLES, 0)
    for own, (kind, authors) in enumerate(_NAMES, first):
        title, original, language = f"Recovery after study {own}: what helped", "", "en"
        if kind in met:
            title = _TITLES[kind][met[kind]]
            if kind == "brackets":
                original, language = _ORIGINALS[met[kind]], _LANGUAGES[met[kind]]
            met[kind] += 1
        yield Work(
            own=own,
            title=title,
            original=original,
            authors=authors,
            journal="Journal of Peer Support Research and Practice",
            year=2001 + own % 20,
            volume=str(own % 40 + 1),
            issue=str(own % 6 + 1),
            pages=f"{own}-{own + 7}",
            doi=f"10.5555/peer.{own}",
            pmid=str(30000000 + own),
            abstract=f"We asked {own} people what had helped them. Most named other people.",
            keywords=("recovery", f"study {own}"),
            language=language,
            altered=kind,
        )


# What databases alter. Each takes an entry to what the database has, None where nothing can be.

Alteration = Callable[[Entry], Entry | None]


def _changed(entry: Entry, **changes: object) -> Entry:
    return entry._replace(work=dataclasses.replace(entry.work, **changes))  # type: ignore[arg-type]


def _in(database: str, old: str, new: str) -> Alteration:
    def alter(entry: Entry) -> Entry | None:
        if old not in entry.work.title:
            return None
        title = entry.work.title.replace(old, new)
        return _changed(entry, title=title) if entry.database == database else entry

    return alter


def _at(database: str, **changes: object) -> Alteration:
    def alter(entry: Entry) -> Entry | None:
        return _changed(entry, **changes) if entry.database == database else entry

    return alter


def _subtitle(entry: Entry) -> Entry | None:
    if ": " not in entry.work.title:
        return None
    between = {SCOPUS: ": ", WOS: " - ", PUBMED: ". "}[entry.database]
    return _changed(entry, title=entry.work.title.replace(": ", between))


def _subtitle_lost(entry: Entry) -> Entry | None:
    main, parted, _ = entry.work.title.partition(": ")
    if not parted:
        return None
    return _changed(entry, title=main) if entry.database == SCOPUS else entry


def _quoted(entry: Entry) -> Entry | None:
    first, blank, rest = entry.work.title.partition(" ")
    if not blank:
        return None
    marks = {SCOPUS: "“%s”", WOS: '"%s"', PUBMED: "'%s'"}[entry.database]
    return _changed(entry, title=f"{marks % first} {rest}")


def _emphasis(entry: Entry) -> Entry | None:
    words = entry.work.title.split(" ")
    if len(words) < 3:
        return None
    if entry.database == SCOPUS:
        words[1] = f"<i>{words[1]}</i>"
    return _changed(entry, title=" ".join(words))


def _year_off(entry: Entry) -> Entry | None:
    year = entry.work.year
    assert year is not None
    return _changed(entry, year=year - 1) if entry.database == PUBMED else entry


def _initials(entry: Entry) -> Entry | None:
    return entry._replace(full_names=entry.database == PUBMED)


def _journal_in_short(entry: Entry) -> Entry | None:
    return entry._replace(journal_in_short=entry.database != WOS)


def _pages_written_otherwise(entry: Entry) -> Entry | None:
    if not entry.work.pages:
        return None
    first = entry.work.pages.split("-")[0]
    shown = {SCOPUS: first, WOS: f"{first}-+", PUBMED: entry.work.pages}[entry.database]
    return _changed(entry, pages=shown)


def _british(entry: Entry) -> Entry | None:
    american = {"behaviour": "behavior", "programme": "program", "randomised": "randomized"}
    spelt = {"behavior": "behaviour", "randomized": "randomised", "ization": "isation"} | american
    old = next((word for word in spelt if word in entry.work.title), "")
    if not old:
        return None
    title = entry.work.title.replace(old, spelt[old])
    return _changed(entry, title=title) if entry.database == WOS else entry


def _ascii(entry: Entry) -> Entry | None:
    """WoS has letters without their marks; PubMed, for some, what German makes of them."""
    plain = str.maketrans({**dict(zip("äöüøåéáłÖÜÅØŁ", "aouoaealOUAOL", strict=True)), "ß": "ss"})
    spelt = {**dict(zip("äöüøåÖÜÅØ", "ae oe ue oe aa Oe Ue Aa Oe".split(), strict=True))}
    table = {SCOPUS: {}, WOS: plain, PUBMED: str.maketrans(spelt)}[entry.database]
    names = [Name(*(part.translate(table) for part in name)) for name in entry.work.authors]
    return _changed(entry, authors=tuple(names))


def _first(entry: Entry, first: Name) -> Entry:
    return _changed(entry, authors=(first, *entry.work.authors[1:]))


def _particle(entry: Entry) -> Entry | None:
    name = entry.work.authors[0]
    before, _, last = name.family.rpartition(" ")
    if entry.database == SCOPUS:
        name = Name(last, f"{name.given} {before}")
    elif entry.database == WOS and " " not in before:
        name = Name(f"{before}{last}", name.given)
    return _first(entry, name)


def _double_name(entry: Entry) -> Entry | None:
    name = entry.work.authors[0]
    parted = " " if entry.database == WOS else "-"
    return _first(entry, name._replace(family=name.family.replace("-", parted)))


def _apostrophe(entry: Entry) -> Entry | None:
    name = entry.work.authors[0]
    sign = {SCOPUS: "’", WOS: "", PUBMED: "'"}[entry.database]
    return _first(entry, name._replace(family=name.family.replace("'", sign)))


def _turned_round(entry: Entry) -> Entry | None:
    """WoS takes what is given for the family name."""
    family, given, _ = entry.work.authors[0]
    return _first(entry, Name(given, family)) if entry.database == WOS else entry


def _hyphen(entry: Entry) -> Entry | None:
    family, given, _ = entry.work.authors[0]
    if entry.database == WOS:
        given = given.replace("-", "").capitalize()
    return _first(entry, Name(family, given))


_SPELT = {"β": "beta", "α": "alpha", "Δ": "Delta", "μ": "mu ", "γ": "gamma"}


def _greek(entry: Entry) -> Entry | None:
    title = entry.work.title
    if entry.database == WOS:
        title = "".join(_SPELT.get(letter, letter) for letter in title)
    return _changed(entry, title=title)


def _formula(entry: Entry) -> Entry | None:
    """Scopus has markup, PubMed brackets where an index was, WoS nothing."""
    title = entry.work.title
    if entry.database == SCOPUS:
        return _changed(entry, title=title.replace("sub>", "inf>"))
    indices = r"(\1)" if entry.database == PUBMED else r"\1"
    title = re.sub(r"<su[bp]>(.*?)</su[bp]>", indices, title)
    title = re.sub(r"</?i>", "", title)
    return _changed(entry, title=title.replace(" & ", " and "))


def _as_it_is(entry: Entry) -> Entry | None:
    return entry


COMMON: dict[str, Alteration] = {
    "nothing": _as_it_is,
    "and, &": _in(WOS, " and ", " & "),
    "dash": _in(SCOPUS, "-", "–"),
    "subtitle": _subtitle,
    "quotation marks": _quoted,
    "markup": _emphasis,
    "year one off": _year_off,
    "year lost": _at(SCOPUS, year=None),
    "initials": _initials,
    "journal in short": _journal_in_short,
    "pages": _pages_written_otherwise,
    "volume lost": _at(PUBMED, volume="", issue="", pages=""),
    "abstract lost": _at(WOS, abstract=""),
    "subtitle lost": _subtitle_lost,
    "spelling": _british,
}
"""Of any publication."""

RARE: dict[str, Alteration] = {
    "umlaut": _ascii,
    "particle": _particle,
    "double name": _double_name,
    "apostrophe": _apostrophe,
    "suffix": _as_it_is,
    "group": _as_it_is,
    "hyphen": _hyphen,
    "turned round": _turned_round,
    "greek": _greek,
    "formula": _formula,
    "brackets": _as_it_is,
}
"""Of the invented ones, by what they are."""


def _spread(work: Work, used: dict[str, int]) -> Work:
    """`work` with the alteration that is possible for it and was given least often."""
    altered = work.altered
    if work.original:
        altered = "brackets"
    elif altered == "nothing":
        possible = [
            name
            for name, alter in COMMON.items()
            if all(alter(Entry(work, database)) for database in DATABASES)
        ]
        altered = min(possible, key=lambda name: used[name])
    used[altered] += 1
    return dataclasses.replace(work, altered=altered)


# Which database has which, and by which identifiers

_HOLDINGS = (
    *(DATABASES, DATABASES, DATABASES, (SCOPUS, WOS), (WOS, PUBMED), (SCOPUS, PUBMED)),
    *((SCOPUS,), (WOS,), (PUBMED,)),
)


def entries(works: Sequence[Work]) -> list[Entry]:
    """Each work as each database has it, in an order of the database's own.

    The identifiers of some are known everywhere, of some not in Scopus or not in Web of Science,
    and of most in PubMed alone.
    """
    found = []
    for work in works:
        chance = random.Random(work.own)
        rare = work.altered in RARE
        missing = PUBMED if rare else chance.choice(("", SCOPUS, WOS, PUBMED, PUBMED))
        for database in DATABASES if rare else chance.choice(_HOLDINGS):
            entry = Entry(_identified(work, database, missing), database)
            altered = {**COMMON, **RARE}[work.altered](entry)
            assert altered is not None
            found.append(altered)
    random.Random("an order").shuffle(found)
    return found


def _identified(work: Work, database: str, missing: str) -> Work:
    """`work` without identifiers in the database that misses them; PubMed has them alone."""
    if missing == PUBMED:
        pmid = work.pmid if database == PUBMED else ""
        return dataclasses.replace(work, doi="", pmid=pmid)
    if missing == database:
        return dataclasses.replace(work, doi="", pmid="")
    doi = {SCOPUS: work.doi, WOS: work.doi.upper(), PUBMED: work.doi.lower()}[database]
    pmid = work.pmid if database == PUBMED or work.own % 2 else ""
    return dataclasses.replace(work, doi=doi, pmid=pmid)
