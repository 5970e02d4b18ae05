"""The sentences that are quoted to answer a question."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.paper import Paper, Quotation
from corpus.text.answering import quotations
from corpus.text.normalise import has_han
from corpus.text.sentences import sentences
from corpus.text.terms import terms
from corpus.text.width import columns


def answer(
    question: str, *papers: Paper | str, unknown: tuple[str, ...] = (), **weights: float
) -> tuple[Quotation, ...]:
    """What is quoted of these papers, or abstracts; a term weighs 1 unless said otherwise."""
    asked = terms(question)
    known = {term: weights.get(term, 1.0) for term in asked if term not in unknown}
    found = [paper if isinstance(paper, Paper) else Paper(abstract=paper) for paper in papers]
    return quotations(found, question, asked, known, chinese=has_han(question))


def texts(found: tuple[Quotation, ...]) -> list[str]:
    return [one.text for one in found]


def marked(one: Quotation) -> list[str]:
    return [one.text[start:end] for start, end in one.marks]


QUESTION = "Does peer supervision reduce turnover of workers?"
BACKGROUND = "Peer supervision is much discussed where turnover of workers is a problem."
AIM = "We aimed to find out whether peer supervision reduces turnover of workers."
METHOD = "Peer supervision and turnover of workers were assessed in forty services."
FOUND = "Peer supervision significantly reduced turnover of workers within a year."
CONCLUDED = "These findings suggest that peer supervision keeps workers and lowers turnover."
ABSTRACT = (
    f"BACKGROUND: {BACKGROUND} AIM: {AIM} METHODS: {METHOD} RESULTS: {FOUND} "
    f"CONCLUSIONS: {CONCLUDED}"
)


def test_the_sentence_that_concludes_is_quoted_from_a_structured_abstract() -> None:
    assert texts(answer(QUESTION, ABSTRACT)) == [CONCLUDED]
    assert texts(answer(QUESTION, ABSTRACT.replace(CONCLUDED, "So be it."))) == [FOUND]


@pytest.mark.parametrize("sentence", [AIM, METHOD, "Does peer supervision reduce turnover?"])
def test_neither_aims_nor_methods_nor_questions_are_quoted(sentence: str) -> None:
    assert answer(QUESTION, sentence) == ()
    assert texts(answer(QUESTION, f"{sentence} {FOUND}")) == [FOUND]


@pytest.mark.parametrize("head", ["BACKGROUND", "OBJECTIVE", "METHODS", "STUDY DESIGN", "SETTING"])
def test_what_was_found_is_not_looked_for_before_the_results(head: str) -> None:
    abstract = f"{head}: {FOUND} RESULTS: Nobody left. CONCLUSIONS: More is to be done."
    assert answer(QUESTION, abstract) == ()


def test_an_answer_is_quoted_from_each_of_three_papers_best_first() -> None:
    found = answer(
        QUESTION,
        f"{BACKGROUND} Nothing else was said about it by anybody.",
        f"CONCLUSIONS: {CONCLUDED}",
        f"We interviewed nurses. {FOUND}",
        "RESULTS: Less turnover was found in workers with peer supervision than in all others.",
        "RESULTS: In workers with peer supervision turnover was higher than without it.",
    )
    assert [one.rank for one in found] == [2, 3, 4]


def test_one_sentence_of_a_paper_and_none_twice() -> None:
    assert texts(answer(QUESTION, f"{FOUND} {CONCLUDED}")) == [CONCLUDED]
    again = FOUND.replace("within a year", "within one year")
    assert texts(answer(QUESTION, FOUND, again)) == [FOUND]


def test_ten_papers_are_read() -> None:
    other = "Nothing that anybody asked for is told in this abstract."
    assert [one.rank for one in answer(QUESTION, *[other] * 9, FOUND)] == [10]
    assert answer(QUESTION, *[other] * 10, FOUND) == ()


def test_the_words_of_the_question_are_marked_once_and_neighbours_together() -> None:
    (one,) = answer(QUESTION, FOUND + " " + "It was so.")
    assert marked(one) == ["Peer supervision", "reduced turnover", "workers"]


def test_a_sentence_without_the_heaviest_word_is_not_quoted() -> None:
    sentence = "Peer supervision significantly reduced the stress of workers within a year."
    assert answer(QUESTION, sentence, turnov=5.0) == ()
    assert answer(QUESTION, sentence, supervis=9.0, peer=3.0, turnov=0.5) != ()


def test_a_sentence_that_lacks_two_words_that_tell_is_not_quoted() -> None:
    sentence = "Supervision significantly reduced turnover in all of the services within a year."
    weights = {"supervis": 9.0, "turnov": 9.0}
    assert answer(QUESTION, sentence, **weights, peer=4.0, worker=1.0) != ()
    assert answer(QUESTION, sentence, **weights, peer=3.0, worker=3.0) == ()


def test_how_the_question_is_put_need_not_be_in_the_answer() -> None:
    sentence = "In workers with peer supervision turnover was lower by a third than in others."
    assert texts(answer(QUESTION, sentence, reduc=9.0)) == [sentence]
    assert texts(answer("What is the effect of peer supervision?", sentence, effect=9.0))


def test_a_question_of_one_word_beside_those_wants_them_as_well() -> None:
    question = "How does supervision help?"
    assert answer(question, "Supervision was found to be given in all of the services.") == ()
    assert answer(question, "Supervision was found to help workers in all of the services.")


def test_a_word_that_occurs_nowhere_counts_as_not_said() -> None:
    question = "Does zorbalin reduce turnover?"
    sentence = "Turnover was reduced in all of the services that were open within a year."
    assert answer(question, sentence, unknown=("zorbalin",)) == ()


def test_the_title_may_say_what_the_sentence_leaves_out() -> None:
    sentence = "Turnover was significantly lower in the workers of the first group after a year."
    title = "Peer supervision of workers: a trial"
    assert answer(QUESTION, Paper(title="A trial", abstract=sentence), turnov=1.1) == ()
    found = answer(QUESTION, Paper(title=title, abstract=sentence), turnov=1.1)
    assert texts(found) == [sentence]
    # But not what the question is most about.
    assert answer(QUESTION, Paper(title=title, abstract=sentence), supervis=2.0) == ()


def test_an_abbreviation_says_what_it_stands_for() -> None:
    opening = "Peer worker supervision (PWS) is known in many services."
    sentence = "PWS significantly reduced the turnover in all of the services within a year."
    (one,) = answer(QUESTION, f"{opening} {sentence}")
    assert one.text == sentence
    assert marked(one) == ["PWS", "reduced", "turnover"]
    assert answer(QUESTION, f"Some programme (PWS) is known in many services. {sentence}") == ()


def test_an_abbreviation_of_much_else_says_nothing() -> None:
    opening = "The dim light melatonin onset (DLMO) is known in many services."
    sentence = "DLMO was significantly associated with sleep in all of them within a year."
    assert answer("Does melatonin improve sleep?", f"{opening} {sentence}") == ()


def test_who_asks_why_is_told_a_cause() -> None:
    question = "Why do peer workers leave?"
    plain = "Peer workers leave more often than other workers in all of the services."
    cause = "Peer workers leave services because nobody there knows what their role is."
    assert texts(answer(question, plain, cause)) == [cause]


def test_who_asks_how_many_is_told_a_number() -> None:
    question = "How many peer workers leave?"
    plain = "Peer workers leave for various reasons in all of the services that were visited."
    number = "After a year 23 of 112 peer workers were found to leave their service."
    assert texts(answer(question, plain, number)) == [number]


def test_who_asks_what_something_is_is_told_what_it_is() -> None:
    question = "What is peer support?"
    used = "Peer support was significantly associated with recovery in all of the services."
    defined = "Peer support is a form of help by people who have lived through the same."
    assert texts(answer(question, used, defined)) == [defined]


@pytest.mark.parametrize(
    "sentence",
    [
        "Peer supervision reduced turnover.",
        "Peer supervision reduced turnover of workers" + " and much else" * 20 + ".",
        "Peer supervision significantly reduced turnover of workers within a",
        "Peer supervision significantly reduced turnover of workers, or did it?",
    ],
    ids=["short", "long", "cut off", "asking"],
)
def test_only_whole_sentences_of_a_good_length_that_state_something(sentence: str) -> None:
    assert answer(QUESTION, sentence) == ()


def test_a_line_break_within_a_sentence_is_a_space() -> None:
    broken = FOUND.replace("significantly reduced", "significantly\nreduced")
    assert all("\n" not in text for text in texts(answer(QUESTION, broken, FOUND)))


# Chinese

CHINESE = "同伴督导能否降低员工离职率？"


def test_a_chinese_conclusion_is_quoted() -> None:
    found = "结果显示，接受同伴督导的员工离职率显著低于对照组，差异有统计学意义。"
    concluded = "同伴督导可有效降低员工离职率，值得各机构采用与推行，以稳定队伍。"
    abstract = f"目的：探讨同伴督导对员工离职率的影响。方法：随机对照。结果：{found}"
    assert texts(answer(CHINESE, abstract)) == [found]
    glued = f"目的探讨同伴督导对员工离职率的影响，为各机构提供参考依据。结论{found[5:]}"
    (one,) = answer(CHINESE, glued)
    assert one.text == found[5:]
    assert marked(one)[0] == "同伴督导"
    assert concluded not in texts(answer(CHINESE, abstract, f"方法：{concluded}"))


@pytest.mark.parametrize(
    "sentence",
    [
        "本文探讨了同伴督导对机构中员工离职率的影响，并提出相应对策与建议。",
        "近年来，同伴督导与员工离职率之间的关系日益引起国内外学者的关注。",
        "为了解同伴督导对员工离职率的影响，采用问卷法调查了四十家机构。",
    ],
)
def test_chinese_background_and_aims_are_not_quoted(sentence: str) -> None:
    assert answer(CHINESE, sentence) == ()


def test_words_of_asking_are_not_looked_for() -> None:
    sentence = "结果显示，工资水平、督导质量与同事支持是影响员工离职率的主要因素。"
    question = "哪些因素影响员工离职率"
    assert texts(answer(question, sentence, unknown=("哪些因素",))) == [sentence]


# Two languages

BOTH = Paper(
    abstract=FOUND, translated_abstract="结果显示，接受同伴督导的员工离职率显著低于其他所有员工。"
)


TRANSLATED = {"peer": "同伴", "supervis": "督导", "turnov": "离职", "worker": "员工"}


def across(
    paper: Paper, question: str, *, chinese: bool, **weights: float
) -> tuple[Quotation, ...]:
    """What is quoted where the words of `TRANSLATED` were looked up."""
    asked = terms(question)
    both = {**TRANSLATED, **{word: term for term, word in TRANSLATED.items()}}
    sources = {term: both[term] for term in both if term not in asked}
    known = dict.fromkeys([*asked, *sources], 1.0)
    return quotations([paper], question, asked, known, sources, chinese=chinese)


def test_the_abstract_in_the_readers_language_is_quoted_if_it_answers() -> None:
    for question in ("同伴 督导 与 员工 离职率", QUESTION):
        for chinese in (True, False):
            (one,) = across(BOTH, question, chinese=chinese)
            assert has_han(one.text) == chinese
    (one,) = answer(QUESTION, BOTH)
    assert one.text == FOUND
    other = Paper(abstract=BOTH.abstract, translated_abstract="这是另一篇文章的摘要。")
    (one,) = across(other, QUESTION, chinese=True)
    assert one.text == FOUND


def test_every_word_that_weighs_is_answered_in_the_other_language() -> None:
    for lost in ("Peer ", "supervision", "turnover", "of workers"):
        paper = Paper(abstract=FOUND.replace(lost, "this"))
        assert across(paper, "同伴督导能否降低员工离职率？", chinese=True) == ()


def test_a_translation_that_weighs_little_does_not_stand_for_its_word() -> None:
    question, asked = "督导能否降低离职率？", ["督导", "降低", "离职率"]
    sources = {"supervis": "督导", "clinic": "督导", "turnov": "离职率"}
    weights = {"督导": 5.0, "离职率": 5.0, "supervis": 4.0, "clinic": 1.0, "turnov": 5.0}
    sentence = "Clinical work significantly reduced turnover of workers within a year."
    for text, found in ((sentence, []), (FOUND, [FOUND])):
        quoted = quotations([Paper(abstract=text)], question, asked, weights, sources, chinese=True)
        assert texts(quoted) == found


def test_a_name_alone_does_not_answer_in_the_other_language() -> None:
    question = "BERT模型能否提高情感分析的准确率？"
    english = "BERT significantly improved the results of all of the systems that took part."
    assert answer(question, english) == ()


# Whatever the papers say

WORDS = """peer supervision turnover workers reduced found that we aimed (PS) however results: PS
Conclusion: BACKGROUND: 同伴 督导 结果显示 员工 离职率 结论 é . ; 。 ； ?""".split()
SENTENCES = [FOUND, CONCLUDED, AIM, BACKGROUND, "接受同伴督导的员工离职率显著低于其他所有员工。"]
PIECES = st.sampled_from([*WORDS, *SENTENCES * 3, "e\u0301", "\x00", "\n", " "])
TEXT = st.builds(str.join, st.sampled_from(["", " ", "\n"]), st.lists(PIECES, max_size=20))


@given(
    st.lists(st.builds(Paper, title=TEXT, abstract=TEXT, translated_abstract=TEXT), max_size=6),
    st.sampled_from([QUESTION, CHINESE, "peer 同伴?", "?", "the"]),
)
def test_quotations_are_verbatim_few_and_of_a_fitting_length(
    papers: list[Paper], question: str
) -> None:
    found = answer(question, *papers)
    assert len(found) <= 3
    assert len({one.rank for one in found}) == len(found)
    for one in found:
        paper = papers[one.rank - 1]
        whole = f"{paper.abstract}\n{paper.translated_abstract}".replace("\n", " ")
        assert one.text in whole
        assert 40 <= columns(one.text) <= 250
        assert len(sentences(one.text)) >= 1
        end = 0
        for start, stop in one.marks:
            assert end <= start < stop <= len(one.text)
            end = stop
        assert one.marks


@pytest.mark.parametrize(
    "part",
    [f"{FOUND} ", "Peer supervision (PS) ", "peer (Pa) (Pb) ", "结果同伴督导，", "；", "\n"],
)
def test_no_abstract_takes_long(part: str) -> None:
    began = time.process_time()
    answer(QUESTION, *[part * (60_000 // len(part))] * 2)
    assert time.process_time() - began < 4
