"""The page this is modelled on: imported, asked, and answered as it should be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.__main__ import main
from tests.data import DATA, needs_data

pytestmark = needs_data

PAGE = DATA / "similar_literature_page.txt"
SECOND = (
    "This study explored the integration of peer services into community mental health settings"
    " through qualitative interviews with peer-providers and non-peer mental health workers."
)


class Ended(NamedTuple):
    """How a command ended, and what it printed."""

    code: int
    out: str
    err: str


Similit = Callable[..., Ended]


@pytest.fixture
def similit(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Similit:
    """Runs the command line in this process, the default library in a folder of its own."""
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)

    def similit(*arguments: str) -> Ended:
        code = main(list(arguments))
        return Ended(code, *capsys.readouterr())

    return similit


@pytest.fixture
def imported(similit: Similit) -> Similit:
    """The same, the page in the library."""
    assert similit("import", str(PAGE)).code == 0
    return similit


def asked(similit: Similit, text: str) -> dict[str, Any]:
    ended = similit("ask", text, "--json")
    assert (ended.code, ended.err) == (0, "")
    found = json.loads(ended.out)
    assert isinstance(found, dict)
    return found


def test_the_page_yields_its_twenty_papers_and_a_second_time_none(similit: Similit) -> None:
    first = json.loads(similit("import", str(PAGE), "--json").out)
    assert (first["added"], first["papers"], first["unchanged"]) == (20, 20, 0)
    assert (first["merged"], first["skipped"], first["failed"]) == ([], [], [])
    second = json.loads(similit("import", str(PAGE), "--json").out)
    assert (second["added"], second["papers"], second["unchanged"]) == (0, 20, 20)


def test_the_first_sentence_of_an_item_finds_that_item_first(imported: Similit) -> None:
    found = asked(imported, SECOND)
    assert found["query"]["paper"] is None
    assert found["hits"][0]["id"] == 2
    assert found["hits"][0]["title"] is None
    assert found["hits"][0]["extract"].startswith("This study explored")
    said = imported("ask", SECOND).out
    assert said.splitlines()[0].startswith(f"{found['total']} similar papers · ")
    assert "demo corpus" not in said


@pytest.mark.parametrize("number", range(1, 21))
def test_the_neighbours_of_an_item_are_others(imported: Similit, number: int) -> None:
    found = asked(imported, f"#{number}")
    assert found["query"]["paper"] == number
    ids = [hit["id"] for hit in found["hits"]]
    assert 1 <= len(ids) <= 19
    assert number not in ids
    assert len(set(ids)) == len(ids)


def test_a_whole_abstract_that_is_pasted_is_recognised(imported: Similit) -> None:
    paper = json.loads(imported("show", "10", "--json").out)
    found = asked(imported, paper["abstract"])
    assert found["query"]["paper"] == 10
    assert 10 not in [hit["id"] for hit in found["hits"]]


def test_damage_is_mended_and_a_genuine_question_mark_stays(imported: Similit) -> None:
    texts = [json.loads(imported("show", str(n), "--json").out)["abstract"] for n in range(1, 21)]
    assert "n = 15" in texts[6]
    assert "Leadership + Innovation" in texts[9]
    assert "n = 195" in texts[10]
    assert "SD = 12" in texts[10]
    assert "congregate? and (b)" in texts[14]
    for text in texts:
        assert "相似文献" not in text
        assert "?=" not in text
        assert "?+?" not in text


def test_a_chinese_question_on_the_demo_corpus_is_answered_in_chinese(
    similit: Similit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    ended = similit("ask", "同伴支持")
    assert (ended.code, ended.err) == (0, "")
    lines = ended.out.splitlines()
    assert lines[0].startswith("共查询到 20 条相似文献，搜索用时 ")
    assert lines[1] == "以下为原文摘录。"
    assert lines[2].startswith("来自内置的示例文献库")
    assert "同伴支持" in lines[4]
    assert "命中：同伴支持" in ended.out
    assert "similar papers" not in ended.out
