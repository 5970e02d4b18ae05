"""Which encoding files are in: marked, valid UTF-8, said by their owners, or judged."""

from __future__ import annotations

import codecs
import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from corpus.errors import UnreadableFile
from corpus.files import encoding
from corpus.files.encoding import codec_of, encoding_of
from corpus.files.packed import files_in
from tests.data import DATA, needs_data

Finding = Callable[..., str]


@pytest.fixture
def found(tmp_path: Path) -> Finding:
    """The encoding that a file of this content is found to be in."""

    def found(content: bytes, named: str = "") -> str:
        path = tmp_path / "papers.txt"
        path.write_bytes(content)
        return encoding_of(*files_in(path), named)

    return found


def ris(title: str, author: str = "Davidson, Larry") -> str:
    lines = ("TY  - JOUR", f"AU  - {author}", f"TI  - {title}", "PY  - 2006", "ER  - ", "")
    return "\r\n".join(lines)


# What decides alone


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "utf-8"),
        (b"TY  - JOUR\r\n", "utf-8"),
        (ris("同伴支持").encode(), "utf-8"),
        (ris("Müller").encode("utf-8-sig"), "utf-8"),
        (ris("同伴支持").encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + ris("同伴支持").encode("utf-16-be"), "utf-16"),
        (ris("同伴支持").encode("utf-32"), "utf-32"),
        (ris("Peer support").encode("utf-16-le"), "utf-16-le"),
        (ris("同伴支持一一一一").encode("utf-16-le"), "utf-16-le"),
        (ris("同伴支持一一一一").encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_marks_and_utf8(found: Finding, content: bytes, expected: str) -> None:
    assert found(content) == expected


def test_a_mark_is_believed_more_than_the_owner(found: Finding) -> None:
    assert found(ris("Müller").encode("utf-8-sig"), "gb18030") == "utf-8"
    assert found(ris("Müller").encode("utf-16"), "cp1252") == "utf-16"


def test_a_few_nuls_are_no_matter_and_many_make_no_text(found: Finding) -> None:
    assert found(b"TY  - JOUR\0\r\nTI  - Peer\0support\r\nER  - \r\n\0\0\0") == "utf-8"
    for binary in (
        bytes(100),
        b"\x7fELF\x02\x01\x01" + bytes(57),
        b"SQLite format 3\0" + bytes(84),
    ):
        with pytest.raises(UnreadableFile, match=r"papers\.txt is not a text file$"):
            found(binary)


@given(st.text())
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_all_text_in_utf8_is_found_to_be(found: Finding, text: str) -> None:
    assert found(text.replace("\0", "").encode()) == "utf-8"


# What is judged

WESTERN = """
    Müller Škoda García-Peña Ångström naïve café Møller Gödel Größe Straße Éire MÜLLER Français
    L’hôpital it’s “Quoted” cœur Œuvre Zürich Århus Þórður São João Conceição Ñandú Özgür Žižek
    pages_12–15 a_—_b wait… 10_µm 10_µM,_5_µL ±_2 37_°C 3_×_4 12_±_3.5_µg/mL ½_cup x²_+_y³ £10 €_50
    ©_2019 ®_™ §_4 ¿Qué? ¡Hola! «guillemets» 1ª nº_5 Weiß,_Jürgen López-Núñez ÉCOLE_SUPÉRIEURE
    d’Ivoire é É Ü “ ” – ’ Les_élèves_sont_allés_à_l’école création_créée Smith’s Pérez–López
""".split()


@pytest.mark.parametrize("text", [text.replace("_", " ") for text in WESTERN])
def test_a_few_western_letters_are_windows_1252(found: Finding, text: str) -> None:
    for content in (text, ris(text), ris("Peer support", text), ris(text) * 2000):
        assert found(content.encode("cp1252")) == "windows-1252"


CHINESE = """
    同伴支持 精神卫生服务中的同伴支持 糖尿病 护理 职业倦怠 抑郁症状与生活质量的关系 心理健康
    基于机器学习的疾病预测模型研究 大学生社交焦虑 医院管理 中国农村老年人 目的探讨护士的职业认同
    新型冠状病毒肺炎 儿童青少年 随机对照试验 系统评价 张伟 王小明 李建国 陈静怡 刘洋;赵丽
""".split()
TRADITIONAL = OpenCC("s2t").convert


@pytest.mark.parametrize("text", CHINESE)
def test_a_few_chinese_characters_are_told_apart(found: Finding, text: str) -> None:
    for content in (ris(text), ris("Peer support", text), ris(text, text) * 500):
        assert found(content.encode("gbk")) == "gb18030"
        assert found(TRADITIONAL(content).encode("gb18030")) == "gb18030"
        assert found(TRADITIONAL(content).encode("cp950")) == "big5"


@pytest.mark.parametrize(
    ("text", "encoding", "expected"),
    [
        ("同伴支持\U00020000，“引号”——É", "gb18030", "gb18030"),  # with characters of four bytes
        ("Müller und die Größe", "gb18030", "gb18030"),
        ("TNF-α与血压（Ⅱ级）的关系：①男性，②女性", "gbk", "gb18030"),
        ("Состояние здоровья пациентов", "gb18030", "gb18030"),
        ("碁銹裏墻恒粧嫺，同伴支持的角色", "cp950", "big5"),  # not in Python's own Big5
        ("同伴支持「角色」：€ 50", "cp950", "big5"),
        ("我哋嘅朋友喺香港，佢哋咁樣做", "big5hkscs", "big5hkscs"),
    ],
)
def test_the_rarer_characters_of_an_encoding(
    found: Finding, text: str, encoding: str, expected: str
) -> None:
    content = ris(text).encode(encoding)
    assert found(content) == expected
    assert content.decode(codec_of(expected)) == ris(text)


def test_the_whole_file_is_judged(found: Finding) -> None:
    long = ris("Peer support") * 10_000
    assert len(long) > 2 * encoding._PIECE
    assert found((long + ris("Müller")).encode("cp1252")) == "windows-1252"
    assert found((long + ris("同伴支持")).encode("gbk")) == "gb18030"
    assert found((long + ris("支持者")).encode("cp950")) == "big5"
    # One that begins as if it were Western, with a name that was written so.
    assert found((ris("Müller") + ris("同伴支持的角色") * 9).encode("gb18030")) == "gb18030"


@pytest.mark.parametrize("place", range(-3, 4))
def test_a_character_that_two_pieces_share(found: Finding, place: int) -> None:
    title = "同伴支持的角色"
    for codec, expected in (("gb18030", "gb18030"), ("cp950", "big5"), ("utf-8", "utf-8")):
        content = b"x" * (encoding._PIECE - place) + title.encode(codec)
        assert found(content) == expected
        with pytest.raises(UnreadableFile, match=f"line 1, byte {len(content)}$"):
            found(content + b"\xff", codec)


def test_no_more_than_a_piece_is_held(found: Finding) -> None:
    found("é".encode("cp1252"))  # what is made once for all files
    content = ris("Müller").encode("cp1252") * 250_000
    size = len(content)
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        assert found(content) == "windows-1252"
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 15 << 20
    assert peak - before < 8 << 20


def codes(text: str) -> list[str]:
    """The encodings that can carry the text, as Python's codecs."""
    carrying = []
    for codec in ("cp1252", "gb18030", "cp950"):
        try:
            text.encode(codec)
        except UnicodeEncodeError:
            continue
        carrying.append(codec)
    return carrying


@needs_data
def test_real_exports_in_every_encoding_that_can_carry_them(found: Finding) -> None:
    tried = 0
    for path in sorted((DATA / "exports").rglob("*.*")):
        text = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
        for written in {text, TRADITIONAL(text)}:
            for codec in codes(written):
                content = written.encode(codec)
                if not written.isascii() and not (codec == "cp1252" and "\u00c2" in written):
                    assert content.decode(codec_of(found(content))) == written, (path, codec)
                    tried += 1
    assert tried > 50


@needs_data
def test_real_chinese_titles_one_at_a_time(found: Finding) -> None:
    page = (DATA / "zh" / "queries.jsonl").read_text(encoding="utf-8")
    titles = re.findall(r'"text": "([^"]{4,60})"', page)[:300]
    wrong = 0
    for title in titles:
        for text, codec in ((title, "gb18030"), (TRADITIONAL(title), "cp950")):
            content = ris(text).encode(codec, "ignore")
            wrong += content.decode(codec_of(found(content))) != content.decode(codec)
    assert len(titles) == 300
    assert wrong == 0


# What fits nothing, or not what was said


def test_what_fits_no_encoding_says_where(found: Finding) -> None:
    content = ris("同伴支持的角色").encode()
    sentence = f"fits no encoding known here: nearly utf-8, but for line 7, byte {len(content) + 2}"
    with pytest.raises(UnreadableFile, match=sentence):
        found(content + "\nx\xff\n".encode("latin-1"))
    content = ris("同伴支持的角色").encode("gbk")
    with pytest.raises(
        UnreadableFile, match=f"nearly gb18030, but for line 6, byte {len(content)}$"
    ):
        found(content + b"\xff\xff")


def test_damaged_utf8_is_not_taken_for_something_else(found: Finding) -> None:
    for text in ("Café – naïve", "同伴支持", "Jörg Müller und Zoë Brontë"):
        content = ris(text).encode() + "Jörg".encode("cp1252")
        with pytest.raises(UnreadableFile, match="nearly utf-8, but for line 6, byte"):
            found(content)


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("utf-8", "utf-8"),
        ("UTF8", "utf-8"),
        ("utf_8_sig", "utf-8"),
        ("GBK", "gb18030"),
        ("gb2312", "gb18030"),
        ("cp936", "gb18030"),
        ("gb18030", "gb18030"),
        ("Big5", "big5"),
        ("cp950", "big5"),
        ("cp1252", "windows-1252"),
        ("windows-1252", "windows-1252"),
        ("latin-1", "iso8859-1"),
        ("shift_jis", "shift_jis"),
    ],
)
def test_the_owner_is_believed(found: Finding, named: str, expected: str) -> None:
    assert found(b"Peer support", named) == expected
    assert b"Peer support".decode(codec_of(expected)) == "Peer support"


def test_the_owner_is_believed_more_than_the_text(found: Finding) -> None:
    assert found("同伴支持".encode(), "latin-1") == "iso8859-1"
    assert found("Müller".encode("cp1252"), "gb18030") == "gb18030"


@pytest.mark.parametrize(
    "named",
    ["latin9x", "hex", "rot13", "zip", "undefined", "a\0b", "\ud800", "../os", " ", "x" * 9999],
)
def test_a_name_of_no_encoding_is_told_with_examples(found: Finding, named: str) -> None:
    with pytest.raises(UnreadableFile, match="is no encoding that is known here") as caught:
        found(b"Peer support", named)
    sentence = str(caught.value)
    assert "utf-8, gb18030, big5, windows-1252, utf-16" in sentence
    assert len(sentence) < 200
    assert sentence.encode()


@given(
    st.sampled_from(["utf-8", "gb18030", "big5", "windows-1252", "utf-16-le", "ascii"]),
    st.lists(st.binary(max_size=6) | st.sampled_from([b"\n", "同伴".encode("gbk"), b"x"])),
)
@example("utf-8", [b"\n\n\xe5"])
@example("gb18030", [b"\n\x81\x30\x81"])
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_first_byte_that_does_not_fit_is_told(
    found: Finding, named: str, parts: list[bytes]
) -> None:
    content = b"-".join((b"", *parts))  # so that it begins like no archive, and has no mark
    expected = ""
    try:
        content.decode(codec_of(named))
    except UnicodeDecodeError as error:
        line = content[: error.start].decode(codec_of(named)).count("\n") + 1
        expected = f"papers.txt is not {named}: line {line}, byte {error.start}"
    told = ""
    try:
        assert found(content, named) == named
    except UnreadableFile as error:
        told = str(error)
    assert told.endswith(expected)
    assert bool(told) == bool(expected)


@given(st.binary())
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_are_in_the_encoding_found_or_refused(found: Finding, content: bytes) -> None:
    try:
        name = found(b"-" + content)
    except UnreadableFile:
        return
    assert (b"-" + content).decode(codec_of(name))
