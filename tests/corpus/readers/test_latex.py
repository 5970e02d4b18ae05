r"""LaTeX as text: accents, signs, formulas, and what nobody knows."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.latex import address, plain_text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"M{\"u}ller, G{\"{o}}del and Erd\H{o}s", "Müller, Gödel and Erdős"),
        (r"\'Etienne, Fran\c{c}ois, Dvo\v r\'ak", "Étienne, François, Dvořák"),
        (r"na{\"\i}ve \'{\i}, \={\i}", "naïve í, ī"),
        (r"\o re, \AA ngstr\"om, stra{\ss}e, {\L}\'od\'z, \aa", "øre, Ångström, straße, Łódź, å"),
        (r"Diyarbak{\i}r", "Diyarbakır"),
        (r"50\% of R\&D, \#1, a\_b, \$5, \{x\}", "50% of R&D, #1, a_b, $5, {x}"),
        (r"\textit{Homo sapiens} {\em now} \textbf{x}", "Homo sapiens now x"),
        (r"CO\textsubscript{2} and 5\,mg of it", "CO2 and 5 mg of it"),
        (r"\textbackslash{}x \textasciitilde{} \textasciicircum{}", "\\x ~ ^"),
        ("pages 3--5 --- ``so'' J.~Smith", "pages 3–5 — “so” J. Smith"),
        ("-{}-, `{}`, '{}'", "--, ``, ''"),
        (r"\href{https://example.org/a}{here}", "here"),
        (r"\textregistered{} \copyright{} \S 3 \ldots", "® © §3 …"),
        ("{The {DNA} of {Peers}}", "The DNA of Peers"),
    ],
)
def test_what_is_known(tex: str, text: str) -> None:
    assert plain_text(tex) == text


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"$\alpha$-helix", "α-helix"),
        (r"\alpha-helix", "α-helix"),
        (r"$p < 0.05$", "p < 0.05"),
        (r"$x^2$ and 10$^{-3}$ m, H$_2$O", "x² and 10⁻³ m, H₂O"),
        (r"$\mathbb{R}^n$, $n \geq 5$, $n$", "ℝ^n, n ≥ 5, n"),
        (r"it costs $5 and $10", "it costs $5 and $10"),
        (r"US$100 (or A$200)", "US$100 (or A$200)"),
        (r"from $100 (US$) on", "from $100 (US$) on"),
        (r"$\nobodyknows{x}$", r"$\nobodyknows{x}$"),
        ("$", "$"),
    ],
)
def test_formulas_and_sums_of_dollars(tex: str, text: str) -> None:
    assert plain_text(tex) == text


def test_what_nobody_knows_stays_as_it_is() -> None:
    assert plain_text(r"a \nobodyknows{b}{c} {d}") == r"a \nobodyknows{b}{c} d"
    assert plain_text("\\") == "\\"
    assert plain_text(r"C:\1") == r"C:\1"


def test_percent_signs_begin_no_comment() -> None:
    assert plain_text("50% of {A}") == "50% of A"


@pytest.mark.parametrize("tex", ["a}b{c", "}}}", "{{{", r"\'", r"\'{", "a{", r"\textit{"])
def test_braces_that_do_not_match_are_left_out(tex: str) -> None:
    text = plain_text(tex)
    assert not {*text} & {*"{}"} - {*tex}
    assert [char for char in text if char in "abc"] == [char for char in tex if char in "abc"]


def test_addresses_are_read_letter_by_letter() -> None:
    assert address(r"https://example.org/~a--b$c$?d=1\%20\&e\_f") == (
        "https://example.org/~a--b$c$?d=1%20&e_f"
    )
    assert address(r"10.1000/a{\_}b{\textasciitilde}c") == "10.1000/a_b~c"
    assert address(r"C:\Users\x") == r"C:\Users\x"


@given(st.text("ab1 \\{}$~^_&%#'`\"-\n.ieouc", max_size=60))
@settings(max_examples=50, deadline=None)
def test_any_text_is_read_and_nothing_said_is_lost(tex: str) -> None:
    text = plain_text(tex)
    digits = sum(char in "1¹₁" for char in text)
    assert digits == tex.count("1")
    address(tex)


@pytest.mark.parametrize(
    "unit", ["{", "}", "{a}", r"\textit{", r"\x{", r"\'", "$", "$a ", "\\", "``", r"\href{", "--"]
)
def test_time_grows_with_length_alone(unit: str) -> None:
    began = time.process_time()
    plain_text(unit * 50_000)
    assert time.process_time() - began < 5
