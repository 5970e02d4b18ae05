"""People and keywords that an export has put into one string."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.readers.names import names, terms


@pytest.mark.parametrize(
    ("field", "people"),
    [
        ("颜宏,石德成,尹尚军,赵伟", ["颜宏", "石德成", "尹尚军", "赵伟"]),
        ("唐伦;赵培培;", ["唐伦", "赵培培"]),
        ("唐伦；赵培培", ["唐伦", "赵培培"]),
        ("欧阳修、司马光，苏轼", ["欧阳修", "司马光", "苏轼"]),
        ("谢昕,王小增", ["谢昕", "王小增"]),
        ("王伟(通讯作者),李四,等", ["王伟(通讯作者)", "李四"]),
        ("张, 三", ["张三"]),
        ("薛 婉钰", ["薛婉钰"]),
        ("Zelle, Rintze M.", ["Zelle, Rintze M."]),
        ("Angrist,S.S.", ["Angrist, S.S."]),
        ("King, Martin Luther, Jr", ["King, Martin Luther, Jr"]),
        ("Hellinger, Frank R Jr", ["Hellinger, Frank R, Jr"]),
        ("Given, Curtis A 2nd", ["Given, Curtis A, 2nd"]),
        ("van Maris, Antonius J. A.", ["van Maris, Antonius J. A."]),
        ("Alaa Alhaj-Ismail;;Sami Adwan", ["Alhaj-Ismail, Alaa", "Adwan, Sami"]),
        ("Michael A. van der Kooij", ["van der Kooij, Michael A."]),
        ("van Raaij MJ", ["van Raaij, MJ"]),
        ("Hellinger FR Jr", ["Hellinger, FR, Jr"]),
        ("J. K. Rowling", ["Rowling, J. K."]),
        ("A. B. Smith, C. D. Jones, E. F. Brown", ["Smith, A. B.", "Jones, C. D.", "Brown, E. F."]),
        ("World Health Organization,", ["World Health Organization"]),
        ("University of X, Dept Y,", ["University of X Dept Y"]),
        ("STRATIS Investigators", ["STRATIS Investigators"]),
        ("Plato", ["Plato"]),
        ("Mouse M; et al.", ["Mouse, M"]),
        (" ;; , ", []),
    ],
)
def test_who_a_field_names(field: str, people: list[str]) -> None:
    assert names([field]) == people


@pytest.mark.parametrize(
    ("fields", "keywords"),
    [
        (["偏振态;;空间光调制器;;矢量光场"], ["偏振态", "空间光调制器", "矢量光场"]),
        (["机动目标;性能分析;"], ["机动目标", "性能分析"]),
        (["参考文献管理 文献管理软件 Zotero"], ["参考文献管理", "文献管理软件", "Zotero"]),
        (["LDA 主题模型"], ["LDA 主题模型"]),
        (["肠道，菌群、多糖,脂肪酸"], ["肠道", "菌群", "多糖", "脂肪酸"]),
        (["2,4-D降解,微生物"], ["2,4-D降解", "微生物"]),
        (["2,4-D"], ["2,4-D"]),
        (["trust, governance, outsourcing"], ["trust", "governance", "outsourcing"]),
        (["Diabetes Mellitus, Type 2"], ["Diabetes Mellitus, Type 2"]),
        (["Aged, 80 and over, frail", "Stroke"], ["Aged, 80 and over, frail", "Stroke"]),
        (["twice", "twice"], ["twice"]),
        ([" ; "], []),
    ],
)
def test_what_a_field_lists(fields: list[str], keywords: list[str]) -> None:
    assert terms(fields) == keywords


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text("张三 Aa,，、;；.等")))
def test_nothing_empty_and_no_letter_lost(fields: list[str]) -> None:
    for found in (names(fields), terms(fields)):
        assert all(one and one == one.strip() for one in found)
    said = {char for field in fields for char in field if char in "三Aa"}
    assert said <= set("".join(names(fields)))


def test_a_field_of_nothing_but_space_takes_no_time() -> None:
    wide = " " * 200_000
    assert names([f"A{wide}B;{wide}张{wide}三"]) == ["B, A", "张三"]
    assert terms([f"a{wide}b,{wide}c"]) == [f"a{wide}b,{wide}c"]
