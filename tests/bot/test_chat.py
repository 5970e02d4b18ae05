"""The conversation at a prompt."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from bot.__main__ import main
from bot.config import Config
from bot.messages import messages
from bot.shelf import Shelf
from bot.terminal.chat import Chat
from corpus.library import Library

PAPERS = 12
WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()

Say = Callable[..., str]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    """A library of twelve papers about peers."""
    file = tmp_path / "papers.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for number in range(1, PAPERS + 1):
            record = {
                "title": f"Paper {WORDS[number]} about peers",
                "journal": "Annals",
                "volume": "3",
                "abstract": f"Peer of {WORDS[number]}." + " Filling sentences widen it." * number,
            }
            out.write(json.dumps(record) + "\n")
    with Library(tmp_path / "library", create=True) as library:
        library.add([file])
    made = Shelf(Config(), tmp_path / "library")
    yield made
    made.close()


@pytest.fixture
def converse(shelf: Shelf) -> Say:
    """Says these lines one after the other, and gives what was answered to the last of them."""

    def converse(*lines: str | type[BaseException], lang: str = "en", top: int = 20) -> str:
        out = io.StringIO()
        left = iter([*lines, EOFError])
        before: list[int] = []

        def read(_: str) -> str:
            before.append(len(out.getvalue()))
            line = next(left)
            if isinstance(line, str):
                return line
            raise line

        console = Console(file=out, width=80, highlight=False, markup=False)
        Chat(shelf, messages(lang), console, top).run(read)
        said = out.getvalue()
        if not lines:
            return said
        ended_early = len(before) <= len(lines)
        return said[before[-1] :] if ended_early else said[before[-2] : before[-1]]

    return converse


def numbers(said: str) -> list[int]:
    """The numbers of the items in a list."""
    return [int(found) for found in re.findall(r"^ *(\d+)\. ", said, re.MULTILINE)]


def named(said: str) -> list[str]:
    """The papers of a list by the word in their title."""
    return re.findall(r"^ *\d+\. Paper (\w+) about peers", said, re.MULTILINE)


def test_it_greets_with_what_there_is_and_takes_leave(converse: Say) -> None:
    said = converse()
    assert said.startswith("12 papers. Ask anything")
    assert said.endswith("Goodbye.\n")
    assert converse(lang="zh-CN").startswith("共 12 篇文献。")
    assert converse(lang="zh-TW").endswith("再見。\n")


def test_a_question_is_answered_with_the_first_page(converse: Say) -> None:
    said = converse("peers")
    assert re.match(r"12 similar papers · \d+ ms\n", said)
    assert numbers(said) == [1, 2, 3, 4, 5]
    assert len(set(named(said))) == 5
    assert "1 / 3 · more: the next page" in said


@pytest.mark.parametrize("more", ["more", "next", "更多", "下一页", "继续", " MORE "])
def test_more_is_the_next_page_until_there_is_none(converse: Say, more: str) -> None:
    assert numbers(converse("peers", more)) == [6, 7, 8, 9, 10]
    assert numbers(converse("peers", more, more)) == [11, 12]
    assert converse("peers", more, more, more).startswith("That was all.\n")
    assert numbers(converse("peers", more, more, more, "previous")) == [6, 7, 8, 9, 10]


@pytest.mark.parametrize("back", ["previous", "上一页", "back", "返回"])
def test_back_is_the_page_before(converse: Say, back: str) -> None:
    assert numbers(converse("peers", "more", back)) == [1, 2, 3, 4, 5]
    nothing = ("That was all.\n", "There is no earlier list.\n")
    assert converse("peers", back).startswith(nothing)


def test_back_is_the_list_before(converse: Say) -> None:
    first = named(converse("peers"))
    assert named(converse("peers", "similar 1", "back")) == first
    assert named(converse("peers", "more", "similar 1", "back"))[0] not in first
    assert named(converse("peers", "more", "similar 1", "more", "back", "back", "back")) == first
    assert converse("peers", "similar 1", "back", "back").startswith("There is no earlier list.\n")
    assert converse("peers", "similar 1", "back", "open 1").startswith(f"Paper {first[0]} about")


def test_a_list_is_narrowed_down_in_words(shelf: Shelf, converse: Say) -> None:
    first = named(converse("peers"))
    said = converse("peers", f"without {first[0]}")
    assert re.match(rf"11 similar papers · \d+ ms\n-{first[0]}\n", said)
    assert first[0] not in named(said)
    also = converse("peers", f"without {first[0]}", f"不要 {first[1]}")
    assert re.match(rf"10 similar papers · \d+ ms\n-{first[0]} -{first[1]}\n", also)
    assert named(converse("peers", f"without {first[0]}", "back")) == first
    assert "No paper here" not in converse("peers", "only 2015-2020")
    assert "Nothing similar found. Papers here share" in converse("peers", "only 2015-2020")
    neighbours = converse("peers", "similar 1", f"without {first[1]}")
    assert neighbours.startswith("Neighbours of #")
    assert "10 similar papers" in neighbours
    assert converse("without insurance").startswith("12 papers searched")


def test_a_list_is_sorted_in_words(converse: Say) -> None:
    assert "ms\nsort:year\n" in converse("peers", "sort by year")
    assert converse("peers", "sort by year", "by similarity").startswith("12 similar papers")


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["browse"], "1 journal"),
        (["浏览 期刊"], "12  Annals"),
        (["browse journal annals"], "Journal · Annals"),
        (["browse years"], "No paper here has a year on record."),
        (["browse keyword nobody"], "No paper here has the subject, keyword, journal or year"),
        (["peers", "browse 3"], "Journal · Annals"),
        (["browse 3"], "There is no list yet"),
    ],
)
def test_one_browses_in_words(converse: Say, lines: list[str], said: str) -> None:
    assert said in converse(*lines)


@pytest.mark.parametrize(
    ("wish", "lang", "said"),
    [
        ("cite 3", "en", "Paper {} about peers. (n.d.)."),
        ("cite 3 in APA", "zh-CN", "Paper {} about peers. (n.d.)."),
        ("引用 3", "zh-CN", "Paper {} about peers[J]."),
        ("引用第 3 篇", "zh-TW", "Paper {} about peers[J]."),
        ("cite 3 in GB/T 7714", "en", "Paper {} about peers[J]."),
        ("引用 3，温哥华格式", "zh-CN", "Paper {} about peers. Annals."),
    ],
)
def test_a_paper_is_cited_in_a_style(converse: Say, wish: str, lang: str, said: str) -> None:
    third = named(converse("peers"))[2]
    assert said.format(third).rstrip(".") in converse("peers", wish, lang=lang)


@pytest.mark.parametrize("wish", ["like 2 and 5, not 4", "像 2 和 5，不像 4"])
def test_a_list_is_moved_by_its_items(converse: Say, wish: str) -> None:
    first = named(converse("peers"))
    said = converse("peers", wish)
    signs = re.findall(r"(?m)^(👍|👎) #\d+ · Paper (\w+) about peers$", said)
    assert signs == [("👍", first[1]), ("👍", first[4]), ("👎", first[3])]
    assert "9 similar papers" in said
    assert not {first[1], first[4], first[3]} & set(named(said))
    also = converse("peers", wish, "not 1")
    assert re.findall(r"(?m)^👎 .*Paper (\w+)", also) == [first[3], named(said)[0]]
    assert "from the papers you like" in converse("peers", wish, "why 1")
    assert named(converse("peers", wish, "back")) == first


def test_neighbours_are_moved_too(converse: Say) -> None:
    said = converse("#1", "more like 2")
    assert re.findall(r"(?m)^👍 #(\d+)", said)[0] == "1"
    assert len(re.findall(r"(?m)^👍 #(\d+)", said)) == 2


def test_an_item_that_is_not_there_moves_nothing(converse: Say) -> None:
    assert converse("peers", "like 2 and 99").startswith("There is no number 99 in the list")


def test_seeds_that_are_not_here_are_said(converse: Say) -> None:
    said = converse("#1 #99 -#98")
    assert "Not in this library: #99, #98\n" in said
    assert "11 similar papers" in said
    assert converse("#98 #99").startswith("No paper #98 is in this library")


def test_a_style_that_is_none_is_said(converse: Say) -> None:
    assert converse("peers", "cite 3 in Harvard").startswith("References can be set in APA, ")


def test_what_is_not_understood_is_searched_and_says_so(converse: Say) -> None:
    said = converse("peers", "open 3 please")
    assert said.startswith("Not understood as a follow-up, so searched as a question: `help`")
    assert "Not understood" not in converse("open 3 please")
    assert "Not understood" not in converse("peers", "peers of three")


@pytest.mark.parametrize("similar", ["similar 3", "相似 3", "相似文献 第3篇", "like #3", "相似３"])
def test_similar_asks_for_the_neighbours_of_an_item(converse: Say, similar: str) -> None:
    third = named(converse("peers"))[2]
    said = converse("peers", similar)
    assert re.match(rf"Neighbours of #\d+ · Paper {third} about peers\n", said)
    assert third not in named(said)
    assert "11 similar papers" in said


def test_the_list_that_came_last_is_the_one_that_is_meant(converse: Say) -> None:
    nearest = named(converse("peers", "similar 1"))[0]
    assert nearest != named(converse("peers"))[0]
    assert converse("peers", "similar 1", "open 1").startswith(f"Paper {nearest} about peers\n")
    assert numbers(converse("peers", "similar 1", "more")) == [6, 7, 8, 9, 10]


@pytest.mark.parametrize("open_", ["open 3", "打开 3", "打开第 3 篇", "查看3", "show #3"])
def test_open_shows_the_whole_paper(converse: Say, open_: str) -> None:
    third = named(converse("peers"))[2]
    said = converse("peers", open_)
    assert said.startswith(f"Paper {third} about peers\n")
    assert "Filling sentences widen it. Filling sentences widen it." in " ".join(said.split())


def test_an_item_of_a_later_page_may_be_named_from_any_page(converse: Say) -> None:
    last = named(converse("peers", "more", "more"))[-1]
    assert converse("peers", "open 12").startswith(f"Paper {last} about peers\n")


def test_opening_a_paper_leaves_the_list_as_it_was(converse: Say) -> None:
    assert numbers(converse("peers", "open 3", "more")) == [6, 7, 8, 9, 10]


@pytest.mark.parametrize("wish", ["open 0", "open 13", "similar 13", "similar 999", "打开 13"])
def test_a_number_that_the_list_has_not_is_said_so(converse: Say, wish: str) -> None:
    [number] = re.findall(r"\d+", wish)
    said = converse("peers", wish)
    assert said.startswith(f"There is no number {number} in the list: it has 1 to 12.\n")
    assert converse("peers", wish, lang="zh-CN").startswith(f"列表中没有第 {number} 条")


@pytest.mark.parametrize("why", ["why 2", "为何 2", "為何命中 2"])
def test_why_says_what_made_up_the_score_of_an_item(converse: Say, why: str) -> None:
    second = named(converse("peers"))[1]
    lines = converse("peers", why).splitlines()
    assert re.fullmatch(rf"Why #\d+ was found · Paper {second} about peers", lines[0])
    peers = re.compile(r" +peers? +word +\d+ % +\d+\.\d\d")
    assert len(list(filter(peers.fullmatch, lines[1:-1]))) == 1
    assert re.fullmatch(r" +score +\d+\.\d\d", lines[-1])
    assert numbers(converse("peers", why, "more")) == [6, 7, 8, 9, 10]
    assert converse("peers", why, lang="zh-CN").splitlines()[-1].startswith("    得分")


def test_why_after_neighbours_tells_what_they_have_in_common(converse: Say) -> None:
    nearest = named(converse("peers", "similar 1"))[0]
    said = converse("peers", "similar 1", "why 1")
    assert re.match(rf"Why #\d+ was found · Paper {nearest} about peers\n", said)


def test_why_of_a_paper_that_is_no_longer_found_says_so(
    converse: Say, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.conversation.explained", lambda *_: None)
    assert re.fullmatch(
        r"#\d+ is not among what this question finds now\.\n", converse("peers", "why 1")
    )


@pytest.mark.parametrize("wish", ["similar 1", "open 1", "more", "previous", "打开 1", "更多"])
def test_before_any_list_it_says_that_there_is_none(converse: Say, wish: str) -> None:
    assert converse(wish).startswith("There is no list yet: ask something first.\n")


@pytest.mark.parametrize("wish", ["similar 1", "open 1"])
def test_a_list_of_nothing_has_no_numbers_to_offer(converse: Say, wish: str) -> None:
    said = converse("zzzqqq", wish)
    assert "1 to 0" not in said
    assert "Traceback" not in said


def test_nothing_found_says_why_and_the_conversation_goes_on(converse: Say) -> None:
    assert "No paper here contains any of: zzzqqq." in converse("zzzqqq")
    assert named(converse("zzzqqq", "peers")) == named(converse("peers"))


@pytest.mark.parametrize("reference", ["#99", "99", "paper:99", "10.1000/nope"])
def test_a_paper_that_is_not_here_is_said_and_the_list_stays(converse: Say, reference: str) -> None:
    said = converse("peers", reference)
    assert said.startswith("No paper ")
    assert reference.removeprefix("paper:").removeprefix("#") in said
    assert numbers(converse("peers", reference, "more")) == [6, 7, 8, 9, 10]


def test_a_number_alone_names_a_paper_of_the_library(converse: Say) -> None:
    assert converse("peers", "12").startswith("Neighbours of #12 · Paper twelve about peers\n")


def test_empty_lines_are_passed_over(converse: Say) -> None:
    assert converse("peers", "", "   ", "more").count("more: the next page") == 1


@pytest.mark.parametrize("help_", ["help", "?", "帮助", "？"])
def test_help_says_what_can_be_said(converse: Say, help_: str) -> None:
    assert "`similar 3`" in converse(help_)
    assert numbers(converse("peers", help_, "more")) == [6, 7, 8, 9, 10]


@pytest.mark.parametrize("quit_", ["quit", "exit", "bye", "QUIT", "退出", "再见", "再見"])
def test_quit_ends_the_conversation(converse: Say, quit_: str) -> None:
    assert converse("peers", quit_, "more") == "Goodbye.\n"


def test_ctrl_c_ends_the_conversation_kindly(converse: Say) -> None:
    assert converse("peers", KeyboardInterrupt, "more") == "\nGoodbye.\n"


def test_the_end_of_the_input_ends_the_conversation(converse: Say) -> None:
    assert converse("peers", EOFError, "more") == "Goodbye.\n"


def test_as_many_papers_are_found_as_was_set(converse: Say) -> None:
    assert converse("peers", top=3).startswith("3 similar papers")
    assert converse("peers", "similar 1", top=2).splitlines()[1].startswith("2 similar papers")
    assert "more:" not in converse("peers", top=5)


def test_answers_are_in_the_language_of_the_terminal(converse: Say) -> None:
    assert converse("peers", lang="zh-CN").startswith("共查询到 12 条相似文献，搜索用时 ")
    assert re.match(r"#\d+ 的相似文献 · ", converse("peers", "相似 1", lang="zh-CN"))


# As the command


@pytest.fixture
def chat(
    shelf: Shelf, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], str]:
    """`similit chat` with this on its standard input."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")

    def chat(typed: str) -> str:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        assert main(["chat", "--library", str(shelf.path)]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return chat


def test_the_command_converses_over_standard_input(chat: Callable[[str], str]) -> None:
    out = chat("peers\n打开 1\nmore\nquit\npeers\n")
    assert out.startswith("12 papers. ")
    assert out.count("12 similar papers") == 2
    assert f"\nPaper {named(out)[0]} about peers\n" in out
    assert out.endswith("Goodbye.\n")


def test_a_script_that_pipes_its_questions_in_sees_no_prompt(chat: Callable[[str], str]) -> None:
    assert "ask>" not in chat("peers\n")


def test_somebody_at_a_terminal_sees_a_prompt(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    prompts = []

    def read(prompt: str) -> str:
        prompts.append(prompt)
        raise EOFError

    typed = io.StringIO()
    typed.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stdin", typed)
    Chat(shelf, messages("en"), Console(file=io.StringIO()), 20).run(read)
    Chat(shelf, messages("zh-CN"), Console(file=io.StringIO()), 20).run(read)
    assert prompts == ["ask> ", "提问> "]


def test_the_demo_corpus_converses_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO("同伴支持\n相似 2\n打开 1\n更多\n退出\n"))
    assert main(["chat"]) == 0
    out = capsys.readouterr().out
    assert "来自内置的示例文献库" in out
    assert re.search(r"#\d+ 的相似文献 · ", out)
    assert out.endswith("再见。\n")


def test_help_shows_an_answer_of_this_library(converse: Say) -> None:
    said = converse("help")
    assert said.startswith("Ask anything: an abstract, a title")
    assert "finds, first of all:" in said
    assert numbers(said) == [1]
    assert converse("帮助", lang="zh-CN").startswith("随便问：")


@pytest.mark.parametrize(
    ("lang", "wishes"),
    [
        (
            "en",
            {
                "peers": "12 similar papers",
                "more": "2 / 3",
                "previous": "1 / 3",
                "similar 3": "Neighbours of #",
                "back": "12 similar papers",
                "open 2": "Filling sentences widen it.",
                "why 2": "peers",
                "cite 2 in APA": "Annals",
                "save 2": "Saved in: ",
                "only lang:en": "similar paper",
                "without three": "-three",
                "sort by year": "sort:year",
                "like 1, not 2": "👎 #",
                "browse journals": "12  Annals",
                "help": "Ask anything",
                "bye": "Goodbye.",
            },
        ),
        (
            "zh-CN",
            {
                "peers": "共查询到 12 条相似文献",
                "更多": "2 / 3",
                "上一页": "1 / 3",
                "相似 3": " 的相似文献",
                "返回": "共查询到 12 条相似文献",
                "打开 2": "Filling sentences widen it.",
                "为何 2": "peers",
                "引用 2": "[J]",
                "收藏 2": "已收藏到：",
                "只要英文": "条相似文献",
                "不要 three": "-three",
                "按年份": "排序：年份",
                "像 1，不像 2": "👎 #",
                "浏览 期刊": "12  Annals",
                "帮助": "随便问",
                "再见": "再见。",
            },
        ),
    ],
)
def test_every_wish_is_granted(converse: Say, lang: str, wishes: dict[str, str]) -> None:
    lines = list(wishes)
    for place, line in enumerate(lines, 1):
        assert wishes[line] in converse(*lines[:place], lang=lang), line
