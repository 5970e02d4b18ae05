"""The damage that journal platforms do, undone, and nothing else touched."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.paper import Paper
from corpus.text.repair import repair, repair_line, repair_text


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("service users (n?=?15) and", "service users (n = 15) and"),
        ("(73%; n =?195), SD =?12", "(73%; n = 195), SD = 12"),
        ("The Leadership?+?Innovation Lab", "The Leadership + Innovation Lab"),
        ("OR 2.57 (95% CI?=?(1.865 to 3.540)", "OR 2.57 (95% CI = (1.865 to 3.540)"),
        ("p?<?0.05", "p < 0.05"),
        ("p?&lt;?.001", "p < .001"),
        ("5?±?2 and r?=?−.5", "5 ± 2 and r = −.5"),
        ("M?=?3.4, SD?=?.5", "M = 3.4, SD = .5"),
        ("mean?=?5?±?2", "mean = 5 ± 2"),
        ("age 10?–?20", "age 10 – 20"),
        ("group (a)?+?(b)", "group (a) + (b)"),
        ("n?= 15", "n = 15"),
    ],
)
def test_operators_get_their_spaces_back(damaged: str, mended: str) -> None:
    assert repair_text(damaged) == mended


@pytest.mark.parametrize(
    "text",
    [
        "do such persons typically congregate? and (b) what effect does density have?",
        "What helps? Peers do.",
        "Who knows? −5 degrees.",
        "Is 2 + 2 =? A riddle.",
        "Really? = is a sign.",
        "https://example.org/find?q=peer",
        "什么是同伴支持？方法=问卷",
        "a ?+ b",
    ],
)
def test_genuine_question_marks_stay(text: str) -> None:
    assert repair_text(text) == text


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("Aims.A range of roles.", "Aims. A range of roles."),
        (
            "were modelled.Methods.In a study.Results.Key ones",
            "were modelled. Methods. In a study. Results. Key ones",
        ),
        (
            "IntroductionMany see it.MethodsGroup interviews.ResultsFirst, they",
            "Introduction. Many see it. Methods. Group interviews. Results. First, they",
        ),
        (
            "BackgroundWHO recommends.ConclusionA test",
            "Background. WHO recommends. Conclusion. A test",
        ),
        (
            "way (2020).Materials and MethodsWe asked",
            "way (2020). Materials and Methods. We asked",
        ),
    ],
)
def test_heads_come_off_their_text(damaged: str, mended: str) -> None:
    assert repair_text(damaged) == mended


@pytest.mark.parametrize(
    "text",
    [
        "Methods are described. Results follow. Conclusions are drawn.",
        "A study of ResultsDB and MethodsX.",
        "We use Node.js. Results are good.",
    ],
)
def test_words_that_are_also_heads_stay(text: str) -> None:
    assert repair_text(text) == text


@pytest.mark.parametrize(
    "title",
    [
        "DesignCLIP: Multimodal Learning with CLIP",
        "FindingDory: A Benchmark to Evaluate Memory",
        "ContextDrag: Precise Image Editing",
        "SampleRNN: An Unconditional End-to-End Model",
    ],
)
def test_names_that_begin_as_heads_do_stay_whole_in_titles(title: str) -> None:
    assert repair(Paper(title=title)).title == title


def test_a_name_that_begins_as_a_head_does_stays_whole_after_a_full_stop_and_space() -> None:
    text = "Few benchmarks exist for LLM agents. ContextAgent first extracts the context."
    assert repair_text(text) == text


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("H<sub>2</sub>O and <i>in vivo</i>", "H2O and in vivo"),
        ("<p>One.</p><p>Two.</p>", "One.\nTwo."),
        ("<jats:title>Aims</jats:title><jats:p>To see.</jats:p>", "Aims\nTo see."),
        ('see <a href="https://x.org">this</a> and <br/>that', "see this and that"),
        ("<mml:math><mml:mi>x</mml:mi></mml:math> rose", "x rose"),
        ("health &amp; care &lt;0.05 &#8212; caf&eacute;", "health & care <0.05 — café"),
        ("health &amp;amp; care", "health & care"),
    ],
)
def test_markup_and_entities_go(damaged: str, mended: str) -> None:
    assert repair_text(damaged) == mended


@pytest.mark.parametrize(
    "text",
    [
        "p<0.05 and q>0.1",
        "x < y and y > z",
        "AT&T; R&D",
        "the set <x, y> of pairs",
        "where a<b and c>d hold",
    ],
)
def test_signs_that_only_look_like_markup_stay(text: str) -> None:
    assert repair_text(text) == text


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        ("sup\u00adport", "support"),
        ("\ufeffPeer\u200b support\u2060", "Peer support"),
        ("a\x00b\x07", "ab"),
        ("Peer\u00a0\u3000 \tsupport", "Peer support"),
        ("wrapped in the\n   middle, and\r\nagain", "wrapped in the middle, and again"),
        ("One.\n\n\n  Two.", "One.\nTwo."),
        ("  peer support \n", "peer support"),
        ("broken \ud800 pair", "broken pair"),
    ],
)
def test_what_cannot_be_seen_goes(damaged: str, mended: str) -> None:
    assert repair_text(damaged) == mended


PIECES = """n?=?15 SD =?12 ?+? p?<?.05 Aims.A ResultsFirst, .MethodsIn &lt; &amp;amp; &nbsp; <p>
    </p> <i>x</i> <br/> \u00ad \u200b congregate? Peer support。 同伴支持 (a) ± x<y 95%?=?(1"""
DAMAGED = st.lists(
    st.sampled_from([*PIECES.split(), "\n", "\n\n", "  ", "\u3000", " ", ". "]), max_size=12
).map(" ".join)


@given(DAMAGED)
def test_mending_twice_is_mending_once(text: str) -> None:
    once = repair_text(text)
    assert repair_text(once) == once


@pytest.mark.parametrize("text", ["AimsResultsFirst, we", "<\u00adp>x", "&\u200blt;"])
def test_mending_twice_is_mending_once_even_where_damage_hides_damage(text: str) -> None:
    once = repair_text(text)
    assert repair_text(once) == once


WORDS = st.sampled_from(
    "Peers support people in recovery; they work, and we (the authors) ask: n = 15, 73% "
    "worker-led “trust” — café 同伴 p<.05 A Methods results 3.14".split()
)
SENTENCES = st.lists(
    st.builds(
        lambda words, end: f"{' '.join(words)}{end}",
        st.lists(WORDS, min_size=1, max_size=8),
        st.sampled_from([".", "?", "!", "。"]),
    ),
    max_size=4,
).map(" ".join)


@given(SENTENCES)
def test_ordinary_sentences_stay_as_they_are(text: str) -> None:
    assert repair_text(text) == text


@given(st.text(max_size=40))
def test_nothing_readable_is_lost_from_text_without_markup(text: str) -> None:
    text = text.replace("<", "").replace("&", "").replace("?", "")
    kept = "".join(char for char in repair_text(text) if char.isalnum())
    assert kept == "".join(char for char in text if char.isalnum())


def test_a_line_stays_one_line() -> None:
    assert repair_line("<p>One</p><p>Two</p>") == "One Two"
    assert repair_line("Peer support:\nA review") == "Peer support: A review"


def test_every_text_of_a_paper_is_mended_and_its_identifiers_are_not() -> None:
    bad, good = "n?=?1&amp;\u00ad", "n = 1&"
    paper = Paper(
        id=3,
        source_id=bad,
        title=bad,
        abstract=bad,
        translated_title=bad,
        translated_abstract=bad,
        authors=(bad, "\u00ad"),
        journal=bad,
        year=2020,
        volume=bad,
        doi=bad,
        url=bad,
        keywords=(bad,),
        subjects=(bad,),
        affiliations=(bad,),
        extra={"note": bad},
    )
    assert repair(paper) == dataclasses.replace(
        paper,
        title=good,
        abstract=good,
        translated_title=good,
        translated_abstract=good,
        authors=(good,),
        journal=good,
        keywords=(good,),
        subjects=(good,),
        affiliations=(good,),
    )
