"""What is a query line and what a text, what a line asks for, and where a wrong one is wrong."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.answer import Question
from bot.config import LOCALES
from bot.query_fields import NAMES, written
from bot.query_line import LONGEST, BadLine, Line, asked, fields, parse, refined
from corpus.paper import Filters

WHOLE = Filters(
    author="gillard",
    first_year=2010,
    last_year=2021,
    phrases=("peer worker",),
    without=("adolescents",),
)


def line(text: str) -> Line:
    found = parse(text)
    assert found is not None
    return found


# What a line says


def test_every_part_of_a_line_says_its_own() -> None:
    text = (
        'author:gillard year:2010..2021 supervision -adolescents "peer worker" of staff sort:year'
    )
    assert parse(text) == Line("supervision peer worker of staff", WHOLE, "year")


def test_a_chinese_line_with_chinese_signs() -> None:
    text = "作者：薛婉钰 年份：2015..2021　督导 －青少年 “同伴支持” 排序：年份"
    filters = Filters(
        author="薛婉钰",
        first_year=2015,
        last_year=2021,
        phrases=("同伴支持",),
        without=("青少年",),
    )
    assert parse(text) == Line("督导 同伴支持", filters, "year")


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("AUTHOR:Gillard", Filters(author="Gillard")),
        ('author:"van der Meer"', Filters(author="van der Meer")),
        ("作者:「薛婉钰」", Filters(author="薛婉钰")),
        ("journal:“Mental   Health”", Filters(journal="Mental Health")),
        ("期刊：心理学报", Filters(journal="心理学报")),
        ("keyword:stigma", Filters(keyword="stigma")),
        ("關鍵詞：病恥感", Filters(keyword="病恥感")),
        ("title:supervision", Filters(title="supervision")),
        ("标题：督导", Filters(title="督导")),
        ("year:2015", Filters(first_year=2015, last_year=2015)),
        ("年份：2015年", Filters(first_year=2015, last_year=2015)),
        ("year:2015..", Filters(first_year=2015)),
        ("year:..2015", Filters(last_year=2015)),
        ("year:2010-2015", Filters(first_year=2010, last_year=2015)),
        ("year:2010–2015", Filters(first_year=2010, last_year=2015)),
        ("year:2010至2015", Filters(first_year=2010, last_year=2015)),
        ("lang:zh", Filters(language="zh")),
        ("language:Chinese", Filters(language="zh")),
        ("语言：中文", Filters(language="zh")),
        ("-mice", Filters(without=("mice",))),
        ('-"two words" -mice -mice', Filters(without=("two words", "mice"))),
        ("author:o'hagan", Filters(author="o'hagan")),
        ("author:gillard, year:2010", Filters(author="gillard", first_year=2010, last_year=2010)),
        ("作者：王静，年份：2010", Filters(author="王静", first_year=2010, last_year=2010)),
    ],
)
def test_a_field_says_which_papers(text: str, filters: Filters) -> None:
    assert line(text).filters == filters
    assert line(f"  {text} ").filters == filters


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("author:gillard", ""),
        ("author:gillard peer support", "peer support"),
        ("title:supervision keyword:stigma year:2010", "supervision stigma"),
        ("title:supervision peers", "peers"),
        ('"peer worker"', "peer worker"),
        ("what is peer support? year:2010..", "what is peer support?"),
        ("同伴支持有效吗？ 年份：2010..", "同伴支持有效吗？"),
        ("covid-19 il-6 -19 author:x", "covid-19 il-6 -19"),
        (
            "author:x https://example.org/a?b=c doi:10.1000/x",
            "https://example.org/a?b=c doi:10.1000/x",
        ),
        ("a:b author:x", "a:b"),
    ],
)
def test_what_is_left_are_words(text: str, words: str) -> None:
    assert line(text).text == words


@pytest.mark.parametrize("locale", range(3))
def test_every_name_of_a_field_is_understood(locale: int) -> None:
    values = {"year": "2010", "language": "en", "sort": "year"}
    for field, names in NAMES.items():
        for name in names[locale].split():
            value = values.get(field, "x")
            assert parse(f"{name}:{value}") == parse(f"{NAMES[field][0].split()[0]}:{value}")


# What is no line


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "peer support",
        "Aims: to explore the work of peers",
        "Aims:to explore the work of peers",
        "Title: Peer support workers in hospitals",
        "Author: Gillard S. Year: 2010. Title: Peers.",
        "Keywords: peer support; recovery",
        "关键词：同伴支持；精神障碍；督导",
        "目的：了解同伴支持者的体验。作者：无",
        "作者：王静。同伴支持者的体验",
        "https://doi.org/10.1000/x",
        "doi:10.1000/x",
        "pmid:12345",
        "paper:12",
        "#12",
        "author:",
        "author: gillard",
        "title://x",
        "subtitle:x",
        "a ratio of male:female 3:1 at 10:30",
        '"It\'s like having a friend": peer support of the young',
        'What does "peer worker" mean?',
        "“双一流”建设背景下的高校",
        'Peers are "experts by experience". They help.',
        'a "peer worker" in one of the very many long sentences of ours',
        '"nine words are far too many for a phrase"',
        "covid -19 in 5 - 6 weeks",
        "the self-reported well-being",
        'a 5" pipe and a 6" one',
        'an unclosed "peer worker',
        "author:gillard\nyear:2010",
        "author:gillard " + "peer " * 100,
        "peers -adolescents " + "support " * 20,
        "Methods:We asked. Results:They said. keyword:none of these",
    ],
)
def test_a_text_is_never_taken_for_a_line(text: str) -> None:
    assert parse(text) is None
    assert asked(Question(top=3), text) == Question(top=3, text=text.strip())


@given(st.text())
def test_any_text_is_a_line_or_none_or_wrong_at_a_place(text: str) -> None:
    try:
        found = parse(text)
    except BadLine as error:
        place = error
    else:
        assert found is None or len(text) <= LONGEST
        return
    assert 0 <= place.start < place.end <= len(text)
    assert place.text == text


# Seeds


@pytest.mark.parametrize(
    ("text", "words", "liked", "disliked"),
    [
        ("#1 #2 -#4", "", ("#1", "#2"), ("#4",)),
        ("#1, #2；＃3", "", ("#1", "#2", "#3"), ()),
        ("paper:1 -paper:2", "", ("#1",), ("#2",)),
        ("#1\n10.1000/x\ndoi.org/10.1000/y", "", ("#1", "10.1000/x", "doi.org/10.1000/y"), ()),
        ("pmid:123 doi:10.1000/x", "", ("pmid:123", "doi:10.1000/x"), ()),
        ("#1 #1 #2", "", ("#1", "#2"), ()),
        ("#1 #2 -#4 year:2010", "", ("#1", "#2"), ("#4",)),
        ("#12 peer support", "peer support", ("#12",), ()),
        ("peer support -#4", "peer support", (), ("#4",)),
        ("author:roe peers #12", "peers", ("#12",), ()),
        ("#12 author:roe", "#12", (), ()),
        ("#12 -#4 author:roe", "", ("#12",), ("#4",)),
    ],
)  # fmt: skip
def test_papers_are_named_as_seeds(
    text: str, words: str, liked: tuple[str, ...], disliked: tuple[str, ...]
) -> None:
    found = line(text)
    assert (found.text, found.liked, found.disliked) == (words, liked, disliked)
    question = asked(Question(), text)
    assert (question.liked, question.disliked) == (liked, disliked)


@pytest.mark.parametrize(
    "text", ["#12", "12 13", "patient #3 outcomes", "the #1 of #2", "-#4 -#5", "- #4", "#metoo"]
)
def test_a_number_in_a_text_is_no_seed(text: str) -> None:
    assert parse(text) is None


def test_no_more_than_fifty_seeds() -> None:
    assert len(line(" ".join(f"#{n}" for n in range(1, 51))).liked) == 50
    with pytest.raises(BadLine) as caught:
        parse(" ".join(f"#{n}" for n in range(10, 70)))
    assert (caught.value.start, caught.value.reason) == (200, "line-too-many")


# Wrong lines


@pytest.mark.parametrize(
    ("text", "wrong", "reason"),
    [
        ("author:x year:20x0 peers", "20x0", "line-no-year"),
        ("作者：王静 年份：去年", "去年", "line-no-year"),
        ("year:..", "year:..", "line-no-value"),
        ("year:2021..2010", "2021..2010", "line-backwards"),
        ("author:x author:y", "author:y", "line-twice"),
        ("author:x 作者：y", "作者：y", "line-twice"),
        ("peers author: year:2010", "author:", "line-no-value"),
        ("author:x year:2010 title:", "title:", "line-no-value"),
        ('author:x ""', '""', "line-no-value"),
        ('author:x "--"', '"--"', "line-no-value"),
        ("-author:x", "-author:x", "line-not-excluded"),
        ('author:"van der Meer', '"van der Meer', "line-not-closed"),
        ('author:x "peer worker', '"peer worker', "line-not-closed"),
        ("sort:colour peers", "colour", "line-no-sort"),
        ("排序：颜色 督导", "颜色", "line-no-sort"),
        ("lang:klingon peers", "klingon", "line-no-language"),
    ],
)
def test_a_wrong_line_says_where_it_is_wrong(text: str, wrong: str, reason: str) -> None:
    with pytest.raises(BadLine) as caught:
        parse(text)
    error = caught.value
    assert (error.text[error.start : error.end], error.reason) == (wrong, reason)


def test_where_only_fields_belong_words_are_wrong() -> None:
    assert fields("") == Line("", Filters())
    assert fields("lang:zh -mice").filters == Filters(language="zh", without=("mice",))
    with pytest.raises(BadLine) as caught:
        fields("lang:zh mice")
    assert (caught.value.start, caught.value.reason) == (8, "line-no-field")


# Into a question


def test_a_line_adds_to_what_a_question_says() -> None:
    before = Question(top=7, filters=Filters(journal="Nature", author="Roe", without=("mice",)))
    after = asked(before, "author:gillard year:2010.. peers -rats -mice sort:year")
    filters = Filters(journal="Nature", author="gillard", first_year=2010, without=("mice", "rats"))
    assert after == Question(text="peers", top=7, filters=filters, sort="year")


def test_years_replace_years_and_the_text_stays() -> None:
    before = Question(text="peers", filters=Filters(first_year=2001, last_year=2005), sort="year")
    after = refined(before, line("year:2010.."))
    assert after == dataclasses.replace(before, filters=Filters(first_year=2010))


# Written again

WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8).filter(
    lambda word: word[0].isalpha()
)
NAMED = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
YEARS = st.one_of(st.none(), st.integers(1000, 2030))


@given(
    texts=st.fixed_dictionaries(
        {}, optional=dict.fromkeys(("author", "title", "keyword", "journal"), NAMED)
    ),
    years=st.tuples(YEARS, YEARS),
    language=st.sampled_from(["", "en", "zh"]),
    phrases=st.lists(NAMED, max_size=2, unique=True).map(tuple),
    without=st.lists(NAMED, max_size=2, unique=True).map(tuple),
    sort=st.sampled_from(["similarity", "year"]),
    locale=st.sampled_from(LOCALES),
)
def test_what_is_written_is_what_was_asked(
    texts: dict[str, str],
    years: tuple[int | None, int | None],
    language: str,
    phrases: tuple[str, ...],
    without: tuple[str, ...],
    sort: str,
    locale: str,
) -> None:
    first, last = years
    assume(first is None or last is None or first <= last)
    filters = Filters(
        first_year=first,
        last_year=last,
        language=language,
        phrases=phrases,
        without=without,
        **texts,
    )
    said = fields(written(filters, sort, locale))
    assert (said.filters, said.sort or "similarity") == (filters, sort)
    if filters.author and len(written(filters, sort, locale)) <= LONGEST:
        assert parse(written(filters, sort, locale)) == said


def test_it_is_written_in_the_readers_language() -> None:
    assert (
        written(WHOLE, "year")
        == 'author:gillard year:2010..2021 sort:year "peer worker" -adolescents'
    )
    assert written(WHOLE, "year", "zh-CN").startswith("作者：gillard 年份：2010..2021 排序：年份")
    assert written(Filters(title="督导", language="zh"), "", "zh-TW") == "標題：督导 語言：zh"
    assert written(Filters(first_year=2001, last_year=2001)) == "year:2001"
    assert written(Filters(), "similarity") == ""
