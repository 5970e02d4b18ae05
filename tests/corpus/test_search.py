"""From a question to papers, in both languages, and what makes up their scores."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import BadGlossary
from corpus.library import Library
from corpus.paper import Filters, Hit, Paper, Query, Share
from corpus.text import glossary
from corpus.text.terms import PAIR, terms

Jsonl = Callable[..., Path]

PAPERS: list[dict[str, Any]] = [
    {
        "id": "workers",
        "title": "Peer support workers in hospitals",
        "abstract": "Peer workers told us of their role, and of recovery.",
    },
    {
        "id": "burnout",
        "title": "Burnout among nurses",
        "abstract": "Nurses of two hospitals were asked about recovery from exhaustion.",
    },
    {"id": "schools", "title": "Feedback in schools", "abstract": "Pupils learnt from peers."},
    {
        "id": "精神分裂症",
        "title": "精神分裂症患者的家庭负担",
        "abstract": "调查了精神分裂症患者的照顾者。",
    },
    {"id": "信度", "title": "抑郁量表的信度与效度", "abstract": "量表的信度良好。"},
]
QUESTIONS = (
    "peer support",
    "burnout and recovery in hospitals",
    "信度",
    "精神分裂症患者与 nurses",
    "reliability of a depression scale",
    "What is the role of peer workers, and of pupils' feedback?",
    "support " * 9 + "peers",
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("search")
    file = folder / "papers.jsonl"
    file.write_text("\n".join(map(json.dumps, PAPERS)), encoding="utf-8")
    with Library(folder / "library", create=True) as made:
        made.add([file])
        yield made


def ask(library: Library, text: str = "", **more: Any) -> list[str]:
    return [hit.paper.source_id for hit in library.find(Query(text=text, **more)).hits]


def explained(library: Library, text: str = "", **more: Any) -> tuple[Hit, ...]:
    return library.find(Query(text=text, explain=True, **more)).hits


def shares(hits: tuple[Hit, ...], kind: str) -> list[Share]:
    return [share for hit in hits for share in hit.shares if share.kind == kind]


# Across languages


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("同伴支持工作者", "workers"),
        ("護士的職業倦怠", "burnout"),
        ("学校", "schools"),
        ("schizophrenia", "精神分裂症"),
        ("reliability", "信度"),
        ("depression scales", "信度"),
        ("the burden of families", "精神分裂症"),
    ],
)
def test_a_question_in_one_language_finds_a_paper_in_the_other(
    library: Library, text: str, best: str
) -> None:
    assert ask(library, text)[0] == best
    assert library.rank(text, 5)[0][0] == best
    (hit, *_) = explained(library, text)
    assert {share.kind for share in hit.shares} >= {"translation"}
    assert {share.kind for share in hit.shares} <= {"translation", "feedback"}
    assert hit.across


def test_the_neighbours_of_a_paper_are_in_both_languages(library: Library, jsonl: Jsonl) -> None:
    with Library(library.folder) as opened:
        chinese = {"id": "中文", "title": "医院护士的倦怠", "abstract": "护士倦怠与恢复。"}
        opened.add([jsonl("more.jsonl", chinese)])
        try:
            assert ask(opened, like=opened.named("burnout").id)[0] == "中文"
            assert ask(opened, like=opened.named("中文").id)[0] == "burnout"
        finally:
            opened.undo()


def test_a_library_without_chinese_never_looks_for_chinese_words(
    tmp_path: Path, jsonl: Jsonl, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(name: str) -> None:
        raise AssertionError(name)

    monkeypatch.setattr(glossary, "_table", never)
    with Library(tmp_path / "english", create=True) as english:
        english.add([jsonl("english.jsonl", *PAPERS[:3])])
        assert ask(english, "peer support")[0] == "workers"
        english.warm(chinese=False)
        with pytest.raises(AssertionError, match="english"):
            ask(english, "同伴支持")
        english.add([jsonl("chinese.jsonl", PAPERS[3])])
        with pytest.raises(AssertionError, match="chinese"):
            ask(english, "peer support")


def test_the_hosts_own_words_are_used(library: Library, tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("云云族\tnurses\n量表\tslipstream\n", encoding="utf-8")
    assert ask(library, "云云族") == []
    with Library(library.folder, glossary=own) as opened:
        assert ask(opened, "云云族")[0] == "burnout"
        assert ask(opened, "slipstream")[0] == "信度"
        assert ask(opened, "schizophrenia")[0] == "精神分裂症"


def test_words_of_the_host_that_are_none_are_told(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("words\twords\n", encoding="utf-8")
    with pytest.raises(BadGlossary, match=r"own\.tsv, line 1"):
        Library(tmp_path / "library", create=True, glossary=own)
    assert not (tmp_path / "library" / "papers.db").exists()


# What makes up a score


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize("text", QUESTIONS)
def test_the_shares_of_a_hit_make_up_its_score(library: Library, text: str, compiled: bool) -> None:
    if compiled:
        library.warm()
    hits = explained(library, text)
    assert hits
    for hit in hits:
        assert sum(share.score for share in hit.shares) == pytest.approx(hit.score, rel=1e-9)
        scores = [share.score for share in hit.shares]
        assert scores == sorted(scores, reverse=True)
        assert scores[-1] > 0
        held = {term.removeprefix(PAIR) for term in terms(hit.paper.indexed)}
        assert {share.term for share in hit.shares} <= held


@pytest.mark.parametrize("query", [{"like": 1}, {"like": 2}, {"text": "#3"}])
def test_so_do_those_of_neighbours(library: Library, query: dict[str, Any]) -> None:
    hits = explained(library, **query)
    assert hits
    for hit in hits:
        assert sum(share.score for share in hit.shares) == pytest.approx(hit.score, rel=1e-9)


@pytest.mark.parametrize("text", QUESTIONS)
def test_explaining_changes_nothing_else(library: Library, text: str) -> None:
    plain, hits = library.find(Query(text=text)).hits, explained(library, text)
    assert [(hit.paper, hit.score, hit.extract) for hit in plain] == [
        (hit.paper, hit.score, hit.extract) for hit in hits
    ]
    assert all(hit.shares == () for hit in plain)
    assert [(hit.paper.source_id, hit.score) for hit in hits] == library.rank(text, 20)


def test_each_share_says_what_it_is(library: Library) -> None:
    hits = explained(library, "精神分裂症患者与 nurses")
    assert {share.term for share in shares(hits, "word")} >= {"患者", "nurs"}
    assert {share.term for share in shares(hits, "pair")} >= {"精神", "神分", "裂症", "患者"}
    assert shares(hits, "feedback") == []
    english = explained(library, "peer support in hospitals")
    assert {share.term for share in shares(english, "word")} == {"peer", "support", "hospit"}
    assert "recoveri" in {share.term for share in shares(english, "feedback")}
    scale = explained(library, "scales of depression")
    assert {(share.term, share.source) for share in shares(scale, "translation")} >= {
        ("抑郁", "depression")
    }
    assert all(
        bool(share.source) == (share.kind == "translation")
        for share in english + scale
        for share in share.shares
    )


# Words that a question did not say


def test_what_was_found_first_is_asked_for_as_well(library: Library) -> None:
    first, *others = ask(library, "exhaustion")
    assert first == "burnout"
    assert "workers" in others  # by way of hospitals and recovery, which it shares with the first


def test_a_chinese_question_asks_for_what_it_says(library: Library) -> None:
    for text in ("信度", "抑郁量表 scale", "护士"):
        assert shares(explained(library, text), "feedback") == []


@pytest.mark.parametrize(("said", "learns"), [(40, True), (41, False)])
def test_a_long_question_has_said_all(
    tmp_path: Path, jsonl: Jsonl, said: int, learns: bool
) -> None:
    words = [f"x{number}y" for number in range(said)]
    assert len(set(terms(" ".join(words)))) == said
    paper = {"title": "Larvae of walruses", "abstract": " ".join(words)}
    with Library(tmp_path / "long", create=True) as long:
        long.add([jsonl("a.jsonl", paper)])
        found = explained(long, " ".join([*words[1:], *words[:5]]))
        assert {share.term for share in shares(found, "feedback")} == (
            {"larva", "walrus"} if learns else set()
        )


def test_a_neighbour_of_a_long_paper_is_found_by_what_it_says(tmp_path: Path, jsonl: Jsonl) -> None:
    words = [f"x{number}y" for number in range(45)]
    with Library(tmp_path / "long", create=True) as long:
        seed = {"title": "The one", "abstract": " ".join(words)}
        long.add([jsonl("a.jsonl", seed, {"title": f"{words[3]} {words[9]} and another"})])
        found = explained(long, like=1)
        assert [hit.paper.id for hit in found] == [2]
        assert {share.kind for hit in found for share in hit.shares} == {"word"}


# Silence


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("What shall we cook for two friends tonight?", "burnout"),
        ("my friend told me a joke", "workers"),
    ],
)
def test_what_the_library_has_nothing_on_finds_nothing_but_is_ranked(
    library: Library, text: str, best: str
) -> None:
    assert library.find(Query(text=text)).hits == ()
    assert library.rank(text, 5)[0][0] == best


# Papers that may not say a word


@pytest.mark.parametrize(
    ("word", "gone"),
    [
        ("精神分裂", "精神分裂症"),
        ("精神分裂症", "精神分裂症"),
        ("精神分裂症患者", "精神分裂症"),
        ("裂症", "精神分裂症"),
        ("精神分裂病", ""),
        ("抑鬱量表", "信度"),
        ("信度的", ""),
        ("nursing", "burnout"),
        ("nurse zebras", ""),
        ("among nurses", "burnout"),
        ("的", ""),
        ("", ""),
        ("?!", ""),
    ],
)
def test_without_a_word(library: Library, word: str, gone: str) -> None:
    text = "peer workers, nurses, 信度, 精神分裂症患者"
    every = ask(library, text)
    assert {"workers", "burnout", "精神分裂症", "信度"} <= set(every)
    left = ask(library, text, filters=Filters(without=(word,)))
    assert set(every) - set(left) == ({gone} if gone else set())


def test_a_single_character_is_a_word_of_its_own(library: Library, jsonl: Jsonl) -> None:
    with Library(library.folder) as opened:
        opened.add([jsonl("one.jsonl", {"id": "肺", "title": "肺 与 精神分裂症患者"})])
        try:
            found = ask(opened, "精神分裂症患者", filters=Filters(without=("肺",)))
            assert "肺" in ask(opened, "精神分裂症患者")
            assert "肺" not in found
            assert "精神分裂症" in found
        finally:
            opened.undo()


# What is indexed


def test_titles_count_three_times() -> None:
    paper = Paper(
        title="One", abstract="Two", translated_title="三", keywords=("Four", "Five"), journal="Six"
    )
    assert paper.searchable.split("\n") == ["One", "Two", "三", "Four", "Five"]
    assert sorted(paper.indexed.split("\n")) == sorted(
        ["One"] * 3 + ["三"] * 3 + ["Two", "Four", "Five"]
    )
    assert Paper(abstract="Two").indexed == "Two"
    assert Paper().indexed == ""


def test_a_word_in_a_title_counts_more_than_in_an_abstract(tmp_path: Path, jsonl: Jsonl) -> None:
    with Library(tmp_path / "titles", create=True) as made:
        made.add(
            [
                jsonl(
                    "a.jsonl",
                    {"id": "abstract", "title": "Krill at sea", "abstract": "Of the walrus."},
                    {"id": "title", "title": "Walrus at sea", "abstract": "Of the krill."},
                    {"id": "neither", "title": "Zebra at sea", "abstract": "Of the horse."},
                )
            ]
        )
        assert [name for name, _ in made.rank("walrus", 2)] == ["title", "abstract"]


# By fields alone, phrases, and the order


FIELDED: list[dict[str, Any]] = [
    {
        "id": "old",
        "title": "Peer workers in wards",
        "abstract": "Peer support workers were asked. Workers of peers stayed.",
        "authors": ["Gillard, Steven"],
        "keywords": ["Peer support", "stigma"],
        "year": 2001,
    },
    {
        "id": "new",
        "title": "The peer worker's role",
        "abstract": "A peer-reviewed account of workers, peers and roles.",
        "authors": ["Gillard, Steven"],
        "year": 2021,
    },
    {
        "id": "zh",
        "title": "同伴支持者的督导",
        "abstract": "督导有助于同伴支持者。",
        "translated_title": "Supervision of peer supporters",
        "keywords": ["同伴支持"],
        "year": 2015,
    },
    {"id": "undated", "title": "Peers", "abstract": "Peer workers again.", "authors": ["Gillard"]},
]


@pytest.fixture(scope="module")
def fielded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("fielded")
    file = folder / "papers.jsonl"
    file.write_text("\n".join(map(json.dumps, FIELDED)), encoding="utf-8")
    with Library(folder / "library", create=True) as made:
        made.add([file])
        yield made


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"author": "gillard"}, ["new", "old", "undated"]),
        ({"author": "gillard", "last_year": 2010}, ["old"]),
        ({"title": "PEER work"}, ["new", "old"]),
        ({"title": "supervision"}, ["zh"]),
        ({"title": "督導"}, ["zh"]),
        ({"keyword": "stigma"}, ["old"]),
        ({"keyword": "同伴"}, ["zh"]),
        ({"phrases": ("peer worker",)}, ["new", "old", "undated"]),
        ({"phrases": ("Peer  Support workers", "peer workers")}, ["old"]),
        ({"phrases": ("workers of peers",)}, ["old"]),
        ({"phrases": ("peer",), "without": ("role",)}, ["zh", "old", "undated"]),
        ({"phrases": ("eer worker",)}, []),
        ({"phrases": ("伴支持者",)}, ["zh"]),
        ({"phrases": ("同伴督导",)}, []),
        ({"phrases": ("of",)}, ["new", "zh", "old"]),
    ],
)
def test_fields_alone_give_the_newest_papers_they_allow(
    fielded: Library, filters: dict[str, Any], found: list[str]
) -> None:
    results = fielded.find(Query(filters=Filters(**filters)))
    assert [hit.paper.source_id for hit in results.hits] == found
    assert results.matched == len(found)
    assert [hit.rank for hit in results.hits] == list(range(1, len(found) + 1))
    assert all(hit.extract.text and hit.score == 0 for hit in results.hits)
    assert {one.source_id for one in fielded.every(Filters(**filters))} == set(found)


def test_fields_alone_give_no_more_than_is_wanted(fielded: Library) -> None:
    results = fielded.find(Query(filters=Filters(author="gillard"), top=2))
    assert [hit.paper.source_id for hit in results.hits] == ["new", "old"]
    assert results.matched == 3


def test_neither_text_nor_field_finds_nothing(fielded: Library) -> None:
    assert fielded.find(Query(text=" ")).hits == ()


def test_a_phrase_is_looked_for_in_every_paper_not_in_the_best_alone(fielded: Library) -> None:
    phrases = Filters(phrases=("workers again",))
    (hit,) = fielded.find(Query(text="peer", top=1, filters=phrases)).hits
    assert hit.paper.source_id == "undated"


def test_the_same_papers_newest_first(fielded: Library) -> None:
    best = fielded.find(Query(text="peer workers", explain=True)).hits
    newest = fielded.find(Query(text="peer workers", sort="year", explain=True)).hits
    years = [hit.paper.year for hit in newest]
    assert years == [2021, 2015, 2001, None]
    assert [hit.rank for hit in newest] == [1, 2, 3, 4]
    scores = {hit.paper.id: hit.score for hit in best}
    for hit in newest:
        assert hit.score == scores[hit.paper.id]
        assert sum(share.score for share in hit.shares) == pytest.approx(hit.score)


def test_a_paper_looked_for_by_its_title_is_found_not_left_out(fielded: Library) -> None:
    title = "Peer workers in wards"
    assert fielded.find(Query(text=title)).seed is not None
    for filters in (Filters(title=title), Filters(phrases=(title,))):
        results = fielded.find(Query(text=title, filters=filters))
        assert results.seed is None
        assert [hit.paper.source_id for hit in results.hits] == ["old"]
