"""Text to terms: one function for papers and for questions."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.normalise import fold
from corpus.text.stopwords import CHINESE, ENGLISH
from corpus.text.terms import Matcher, han_runs, terms, tokens, version

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
        ("２０２０年", ["2020", "年"]),
        ("心理健康与社会支持", ["心理健康", "社会", "支持"]),
        ("BERT模型的研究", ["bert", "模型", "研究"]),
        ("Здоровье Σίσυφος", ["здоровье", "σίσυφοσ"]),
    ],
)
def test_terms_are(text: str, expected: list[str]) -> None:
    assert terms(text) == expected


@pytest.mark.parametrize("text", ["", " \n", "—?!…", "the of and", "的和与", "don't", "_ __"])
def test_nothing_but_common_words_and_signs_has_no_terms(text: str) -> None:
    assert terms(text) == []
    assert tokens(text) == []


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
    assert terms("研究") == ["研究"]


def test_stop_words_are_written_as_folded_text_is() -> None:
    for word in ENGLISH | CHINESE:
        assert fold(word) == word
    assert {"the", "of", "and"} <= ENGLISH
    assert {"的", "和", "与"} <= CHINESE


@given(MIXED)
def test_tokens_are_the_terms_with_their_places(text: str) -> None:
    found = tokens(text)
    assert [token.term for token in found] == terms(text)
    assert [token.start for token in found] == sorted(token.start for token in found)
    assert all(0 <= token.start < token.end <= len(text) for token in found)


@given(st.text(st.characters(exclude_categories=("Cs",), max_codepoint=0x2FFF), max_size=20))
def test_tokens_are_the_terms_in_any_text_at_all(text: str) -> None:
    assert [token.term for token in tokens(text)] == terms(text)


@pytest.mark.parametrize("text", ["ｶﾞ", unicodedata.normalize("NFD", "한국어 데이터"), "0\u1fefÀ¯"])
def test_tokens_are_the_terms_where_characters_join(text: str) -> None:
    assert [token.term for token in tokens(text)] == terms(text)


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


@given(MIXED, st.sets(st.sampled_from(["peer", "support", "心理健康", "社会", "covid19", "pear"])))
def test_a_matcher_finds_the_wanted_tokens(text: str, wanted: set[str]) -> None:
    assert Matcher(wanted).tokens(text) == [t for t in tokens(text) if t.term in wanted]


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


def test_an_english_question_to_the_demo_corpus_never_loads_jieba(tmp_path: Path) -> None:
    printed = _alone(
        """
        import sys
        from corpus.library import Library
        from corpus.paper import Query
        for _ in "made", "opened":
            with Library.demo() as library:
                found = library.find(Query(text="peer support workers"))
            print(len(found.hits), "jieba" in sys.modules, "numba" in sys.modules)
        """,
        tmp_path,
    )
    assert printed.split() == ["20", "False", "False"] * 2
