"""Where sentences begin and end, in English and Chinese."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text.sentences import sentences

PIECES = st.sampled_from(
    [
        *'。！？；.．｡!?…\n\n \t”")）」A5a研',
        *"Peer support e.g. et al. Fig. 3.14 J. Smith n 同伴支持 。” . ... (It “We U.S.".split(),
    ]
)
TEXTS = st.lists(PIECES, max_size=25).map("".join)


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@given(TEXTS)
def test_sentences_together_hold_all_but_white_space(text: str) -> None:
    position = 0
    for start, end in sentences(text):
        assert position <= start < end
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


@given(TEXTS, st.data())
def test_sentences_of_a_part_stay_within_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = sentences(text, start, end)
    joined = "".join(text[one.start : one.end] for one in found)
    assert "".join(joined.split()) == "".join(text[start:end].split())
    assert all(start <= one.start < one.end <= end for one in found)


@pytest.mark.parametrize(
    "expected",
    [
        ["We asked peers.", "They answered!", "Did it help?", "Yes."],
        ["We found e.g. trust.", "See Fig. 3 for more."],
        ["Smith et al. (2004) agreed.", "P < .05 was used."],
        ["J. K. Rowling wrote it.", "So did A. B. Smith."],
        ["E. coli grew.", "S. aureus too."],
        ["The mean was 3.14 (SD 0.5).", "It rose."],
        ["He works at the U.S. Department of Health.", "Fine."],
        ["Dr. Jones vs. Mr. Smith, approx. 5 cm.", "No. 5 is alive."],
        ["It ended in 1990.", "Then came peace."],
        ["He said “stop.”", "Then he left."],
        ["(It was.)", "Done."],
        ["Wait...", "What?", "Yes…", "No"],
        ["the flow is steady .", "the wing is thin ."],
        ["It was I.", "It is so."],
        ["Visit www.example.com today."],
        ["Node.JS and ASP.Net are software."],
        ["What of 5?", "Ten."],
        ["the word “etc.” is long"],
        ["They sing, dance, etc.", "Rain stops it.", "CONCLUSION: It is fun."],
        ["They lack vitamin D.", "The dose was small.", "A second one was not."],
        ["It worked in group B.", "2. The end."],
        ["It was found by Smith et al.", "We agree."],
        ["Rats given i.p. LPS slept.", "It was given i.p.", "The mice slept too."],
        ["The rate rose (p < 0.05).", "mRNA fell.", "p53 did not.", "α-toxin rose."],
        ["It was dear to all.", "© 2020 The Authors.", "Published by Us."],
        ["Three things are so.", "(ii) It is old.", "• It is blue."],
        ["It ended peacefully.", "later it began again."],
        ["It weighed approx. two grams.", "It was light vs. The Rock."],
    ],
)
def test_english(expected: list[str]) -> None:
    assert split(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["研究很好。", "结果如何？", "很好！"],
        ["他说“可以。”", "然后离开。"],
        ["共5.5项。", "其中3.2%。", "2.5倍"],
        ["本文分析同伴支持；方法可行；结论可靠。"],
        ["中文。", "English here。", "再来。"],
        ["方法.", "本研究采用量表."],
        ["疗程14d.", "结果差异显著(P<0.05).", "治疗组为3.5%.", "方法简便[1-3].", "可行"],
        ["命名为J20.", "经鉴定,属于青霉属.", "2004年测定.", "NaCl含量高."],
        ["优化算法(MCN).", "MCN更快(共三批).", "3批合格."],
        ["能力．", "系统为1．5米．", "共6．2吨｡", "完"],
        ['建设围绕"人"展开.', '"以人为本"是原则.', '他说"可以."'],
        ["与et al.研究一致,优于vs.常规组.", "好."],
        ["种草(Poa annua L.)分布广.", "少."],
        ["启示:1.重视教育;2.重视健康.", "3.重视体育."],
    ],
)
def test_chinese(expected: list[str]) -> None:
    assert split("".join(expected)) == expected


def test_a_long_chinese_sentence_ends_at_a_semicolon() -> None:
    clauses = ["同伴支持工作者在社区中提供服务" * 9 + "；", "方法可行。"]
    assert split("".join(clauses)) == clauses


def test_sentences_that_were_glued_together_come_apart() -> None:
    assert split("It ended.Then it began.") == ["It ended.", "Then it began."]
    assert split("measured (in vivo).We saw") == ["measured (in vivo).", "We saw"]
    assert split("the U.S.Department of p53.The") == ["the U.S.Department of p53.The"]


def test_what_was_glued_may_begin_with_a_quotation_mark() -> None:
    assert split('of the processes."Passing" was defined.') == [
        "of the processes.",
        '"Passing" was defined.',
    ]
    assert split("were found.(ABSTRACT TRUNCATED AT 250 WORDS)")[0] == "were found."


def test_a_line_ends_a_sentence() -> None:
    assert split("Background\n\nPeers help\n  and stay") == ["Background", "Peers help", "and stay"]


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert sentences(text) == []
