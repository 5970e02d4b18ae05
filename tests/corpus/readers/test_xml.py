"""The XML parser under the readers: what it builds, what it refuses, and plain text."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterable, Iterator
from itertools import chain, repeat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import UnreadableFile
from corpus.files.text import LONGEST
from corpus.readers import Text, xml
from corpus.readers.xml import at, elements, kept, own_first, person, plain, root, said

LAUGHS = "".join(
    f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)
BOMB = f'<!DOCTYPE l [<!ENTITY a "ha">{LAUGHS}]><set><r>&j;</r></set>'


class Pieces:
    """A stream that has more to give than a test wants to hold."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)

    def read(self, most: int) -> str:
        return next(self._pieces, "")


def found(content: str, *names: str) -> list[xml.Found]:
    return list(elements(Text.of(content), names or ("r",)))


def refused(*pieces: str | Iterable[str]) -> str:
    given = chain.from_iterable([each] if isinstance(each, str) else each for each in pieces)
    with pytest.raises(UnreadableFile) as caught:
        list(elements(Text(Pieces(given), Path("x.xml")), ("r",)))  # type: ignore[arg-type]
    return str(caught.value)


def one(content: str) -> xml.Element:
    return found(f"<r>{content}</r>")[0].element


# What is built


def test_outermost_elements_come_whole_and_numbered() -> None:
    content = "<set>\n<r>1<r>2</r></r>\n<x><r>3</r></x><s>4</s>\n\n<other/><r/></set>"
    assert [(each.number, each.line, plain(each.element)) for each in found(content, "r", "s")] == [
        (1, 2, "12"),
        (2, 3, "3"),
        (3, 3, "4"),
        (4, 5, ""),
    ]


def test_names_come_without_prefixes() -> None:
    record = '<o:r xml:lang="zh" o:a="1"><t>x</t><o:t>y</o:t></o:r>'
    (only,) = found(f'<o:set xmlns:o="u:o" xmlns="u:d">{record}</o:set>')
    assert only.element.tag == "r"
    assert only.element.attrib == {"lang": "zh", "a": "1"}
    assert [child.tag for child in only.element] == ["t", "t"]


@pytest.mark.parametrize("encoding", ["UTF-8", "utf-8", "GB18030", "UTF-16", "ISO-8859-1", "none"])
def test_what_the_prolog_says_of_the_encoding_does_not_matter(encoding: str) -> None:
    content = f'<?xml version="1.0" encoding="{encoding}"?>\n<set><r a="é">同伴支持 é 𠀀</r></set>'
    (only,) = found(content)
    assert (plain(only.element), only.element.get("a"), only.line) == ("同伴支持 é 𠀀", "é", 2)


@pytest.mark.parametrize("before", ["\n", "\ufeff", "\ufeff\n \n\t", "\n" * 70_000])
def test_what_stands_before_the_prolog_is_passed_over_but_counted(before: str) -> None:
    content = before + "<?xml version='1.0'?>\n<set>\n<r/></set>"
    assert [each.line for each in found(content)] == [3 + before.count("\n")]
    with pytest.raises(UnreadableFile, match=f"line {4 + before.count(chr(10))}: not well-formed"):
        found(before + "<set>\n<r/>\n\n<r></set>")


def test_a_doctype_is_allowed_and_its_entities_of_html_are_read() -> None:
    for doctype in ('PUBLIC "-//NLM//DTD" "https://example.org/a.dtd"', 'SYSTEM "a.dtd"'):
        assert plain(found(f"<!DOCTYPE r {doctype}><r>a&nbsp;b &alpha;</r>")[0].element) == "a b α"
    with pytest.raises(UnreadableFile, match="undefined entity"):
        found('<!DOCTYPE r SYSTEM "a.dtd"><r>&unheard;</r>')


def test_characters_that_xml_cannot_have_become_spaces() -> None:
    assert plain(found("<r>a\x02b\x1fc\ud800d\uffffe</r>")[0].element) == "a b c d e"


def test_an_element_is_given_before_the_next_is_read() -> None:
    def pieces() -> Iterator[str]:
        for number in range(3):
            read.append(number)
            yield f"{'' if number else '<set>'}<r>{number}</r>"

    read: list[int] = []
    for each in elements(Text(Pieces(pieces()), Path("x")), ("r",)):  # type: ignore[arg-type]
        assert plain(each.element) == str(read[-1])
        if each.number == 3:
            break
    assert read == [0, 1, 2]


def test_a_long_file_takes_no_more_memory_than_a_short_one() -> None:
    text = Text(Pieces(chain(["<s>"], repeat("<r><t>x</t></r>" * 3000, 10), ["</s>"])), Path("x"))  # type: ignore[arg-type]
    tracemalloc.start()
    try:
        assert sum(1 for _ in elements(text, ("r",))) == 30_000
        assert tracemalloc.get_traced_memory()[1] < 5 << 20
    finally:
        tracemalloc.stop()


# What is refused


def test_what_came_before_the_damage_is_given() -> None:
    given = elements(Text.of("<s><r>1</r>\n<r>2</r>\n<r>3</s>"), ("r",))
    assert [plain(next(given).element), plain(next(given).element)] == ["1", "2"]
    with pytest.raises(UnreadableFile, match=r"^text, line 3: not well-formed XML \(mismatched"):
        next(given)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "line 1: there is no XML in it"),
        (" \n ", "there is no XML in it"),
        ("<s><r>1</r>\n<r>2", "line 2: the XML is cut off"),
        ("<s><r>1</r>\n<r a='", "line 2: the XML is cut off"),
        ("<s><r>1</r>\n<![CDATA[x", "the XML is cut off"),
        ("PMID- 12\n", "line 1: not well-formed XML (syntax error)"),
        ("<r/>\n<r/>", "line 2: not well-formed XML (junk after document element)"),
        ("<s>&a;</s>", "undefined entity"),
        ("<s>&#2;</s>", "reference to invalid character number"),
        ("<s><x:r/></s>", "unbound prefix"),
    ],
)
def test_damage_is_told_with_its_line(content: str, reason: str) -> None:
    message = refused(content)
    assert message.startswith("x.xml, line ")
    assert reason in message
    assert "\n" not in message


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]><r>&a;</r>',
        '<!DOCTYPE r [<!ENTITY % a SYSTEM "http://127.0.0.1:9/a.dtd"> %a;]><r/>',
        '<!DOCTYPE r [<!ENTITY a "harmless">]><r>&a;</r>',
        '<!DOCTYPE r [<!NOTATION n SYSTEM "n"><!ENTITY a SYSTEM "a" NDATA n>]><r/>',
    ],
)
def test_entities_are_refused_in_one_sentence(content: str) -> None:
    assert refused(content) == (
        "x.xml, line 1: it declares XML entities, which are not read: they can be made to do harm"
    )


@pytest.mark.parametrize("before", ["", "<set>", "<set><r>"])
def test_a_hundred_thousand_levels_are_refused(before: str) -> None:
    assert "within elements over 200 deep" in refused(before + "<a>" * 100_000)


def test_two_hundred_levels_are_read() -> None:
    deep = "<a>" * 199 + "x" + "</a>" * 199
    (only,) = found(f"<r>{deep}</r>")
    assert plain(only.element) == "x"
    assert json.dumps(kept(only.element)) == '{"a": [' + '{"a": ' * 198 + '"x"' + "}" * 198 + "]}"


@pytest.mark.parametrize(
    ("begins", "piece", "reason"),
    [
        ("<s><r>", "x" * 65536, "the record from line 2 on has over 8 million characters"),
        ("<s><r><![CDATA[", "x" * 65536, "the record from line 2 on has over 8 million"),
        ("<s><r a='", "x" * 65536, "a tag or comment of over a million characters"),
        ("<s><!--", "x" * 65536, "a tag or comment of over a million characters"),
        ("<!DOCTYPE s [", "<!ELEMENT a ANY>" * 4096, "over a million characters"),
    ],
)
def test_forty_megabytes_without_end_are_refused(begins: str, piece: str, reason: str) -> None:
    tracemalloc.start()
    try:
        assert reason in refused(["\n" + begins], repeat(piece, 640))
        assert tracemalloc.get_traced_memory()[1] < 150 << 20
    finally:
        tracemalloc.stop()


def test_elements_without_number_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "_MOST", 1000)
    assert "the record from line 1 on has over" in refused("<s><r>" + "<a/>" * 1000)
    assert "cut off" in refused("<s>" + "<r><a/></r>" * 1000)


def test_much_beside_the_records_is_not_in_the_way() -> None:
    text = chain(["<s>"], repeat("x" * 65536, LONGEST // 65536 + 2), ["<r>1</r></s>"])
    (only,) = elements(Text(Pieces(text), Path("x")), ("r",))  # type: ignore[arg-type]
    assert plain(only.element) == "1"


# What a file is


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("<a/>", "a"),
        ("\ufeff\n <p:a-b.c x='1'>", "a-b.c"),
        ("<?xml version='1.0'?>\n<!-- > <b> -->\n<?p <c/> ?><a>", "a"),
        ("<!DOCTYPE a PUBLIC '-//x//y' 'z.dtd'>\n<a>", "a"),
        ("<!DOCTYPE a [<!ENTITY b '<c>'> ] ><a>", "a"),
        ("<?xml version='1.0'?>", ""),
        ("<!-- <a>", ""),
        ("<<a>", ""),
        ("text <a>", ""),
        ("@article{<a>", ""),
        ("", ""),
    ],
)
def test_the_outermost_element(head: str, name: str) -> None:
    assert root(head) == name


@given(st.lists(st.sampled_from(["<", "<?", "<!--", "<!DOCTYPE", "[", "]", ">", "?>", " ", "a"])))
@settings(max_examples=50, deadline=None)
def test_any_beginning_is_looked_at_quickly(parts: list[str]) -> None:
    assert root("".join(parts) * 500).strip("a") == ""


# What elements say


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("  a \n\t b\u00a0c ", "a b c"),
        ("<i>In vitro</i> CO<sub>2</sub> of 10<sup>3</sup>", "In vitro CO2 of 103"),
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("<title>Aim</title><p>x</p>", "Aim x"),
        ("a<br/>b", "a b"),
        ("a<x><y>b</y>c</x>d", "abcd"),
        ("<![CDATA[a <b> c]]>", "a <b> c"),
        ("a<!-- no -->b<?no no?>c", "abc"),
        (
            "if <math> <msub><mi>x</mi> <mn>2</mn></msub> <mo>=</mo>\n <mn>1</mn></math> so",
            "if x2=1 so",
        ),
        ("<math><mfrac><mn>1</mn> <mn>3</mn></mfrac></math>", "1/3"),
        ("<math><mi>x</mi><mtext> where </mtext><mi>y</mi></math>", "x where y"),
        (
            "<math><semantics><mi>x</mi><annotation>\\x</annotation></semantics></math>",
            "x",
        ),
        (
            "<alternatives><tex-math>$x$</tex-math><math><mi>x</mi></math></alternatives>",
            "x",
        ),
        ("<inline-formula><tex-math>$x$</tex-math></inline-formula>", "$x$"),
    ],
)
def test_markup_becomes_plain_text(content: str, text: str) -> None:
    assert plain(one(content)) == text


def test_paths() -> None:
    element = one("<a> </a><a><b>1</b><b/></a><c>2</c>")
    assert said(element, "a/b", "c") == "1"
    assert said(element, "x", "c") == "2"
    assert said(element, "x") == ""
    assert at(element, "x", "c").text == "2"
    assert list(at(element, "x")) == []


def test_what_is_left_is_kept_as_json() -> None:
    element = one(
        "<used>no</used><a>1</a><a>2</a><empty/><b k='v'/><c k='v'>t</c>"
        "<d><e>1</e><e>2</e><f>3</f></d><g>mixed <i>text</i></g><h><style face='x'>s</style></h>"
    )
    assert kept(element, {"used"}) == {
        "a": ["1", "2"],
        "b": [{"k": "v"}],
        "c": [{"k": "v", "text": "t"}],
        "d": [{"e": ["1", "2"], "f": "3"}],
        "g": ["mixed text"],
        "h": ["s"],
    }


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("King", "Martin Luther", "Jr"), "King, Martin Luther, Jr"),
        (("King", "", ""), "King"),
        (("", "Plato", ""), "Plato"),
        (("薛", "婉钰", ""), "薛婉钰"),
        (("薛", "Wanyu", ""), "薛, Wanyu"),
    ],
)
def test_names(parts: tuple[str, str, str], name: str) -> None:
    assert person(*parts) == name


def test_the_own_language_comes_first() -> None:
    versions = [("one", "en"), ("deux", "fr"), ("三", "zh"), ("", "de")]
    assert own_first(versions, "zh") == ["三", "one", "deux"]
    assert own_first(versions, "fr") == ["deux", "one", "三"]
    assert own_first(versions, "") == ["one", "三", "deux"]
    assert own_first([("", "en")], "en") == [""]


MARKUP = st.text(alphabet='<>/&;!?[]-"=ar \n\x01', max_size=80)


@given(MARKUP)
@settings(max_examples=50, deadline=None)
def test_nothing_but_elements_or_a_refusal(content: str) -> None:
    for text in (content, f"<s><r>{content}</r></s>", f"<s><r a{content}/>"):
        try:
            read = found(text, "r", "a")
        except UnreadableFile as error:
            assert str(error).startswith("text, line ")  # noqa: PT017
        else:
            assert all(json.dumps(kept(each.element)) for each in read)
