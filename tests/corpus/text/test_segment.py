"""Runs of Han characters to words, and when jieba is loaded for it."""

from __future__ import annotations

import marshal
import shutil
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import segment

HAN = st.text("心理健康同伴支持研究的社会工作者抑郁症量表信度效度质性", min_size=1, max_size=15)


@given(HAN)
def test_words_joined_are_the_run(run: str) -> None:
    found = segment.words(run)
    assert "".join(found) == run
    assert all(found)


def test_words_of_a_sentence() -> None:
    assert segment.words("心理健康服务") == ("心理健康", "服务")


def test_remembered_words_need_no_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> None:
        raise AssertionError("jieba was asked")

    monkeypatch.setattr(segment, "_known", {})
    monkeypatch.setattr(segment, "_tokenizer", never)
    segment.remember({"同伴支持": ["同伴", "支持"]})
    assert segment.words("同伴支持") == ("同伴", "支持")
    with pytest.raises(AssertionError, match="asked"):
        segment.words("支持同伴")


def test_frequencies_are_jiebas() -> None:
    often = segment.frequencies()
    known = segment._load().FREQ
    assert often == {word: times for word, times in known.items() if word in often}
    assert all(times == 0 for word, times in known.items() if word not in often)
    assert often["心理"] > often["信度"]


def test_the_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment, "_known", {})
    monkeypatch.setattr(segment, "_REMEMBERED", 3)
    for run in ("心理", "健康", "同伴", "支持", "研究"):
        assert "".join(segment.words(run)) == run
        assert len(segment._known) <= 3


def test_threads_that_ask_at_once_get_the_same_words() -> None:
    runs = ["精神疾病患者的同伴支持", "社会工作者的心理健康", "量表的信度与效度"]
    alone = {run: segment.words(run) for run in runs}
    segment._known.clear()
    found: list[dict[str, tuple[str, ...]]] = []
    threads = [
        threading.Thread(target=lambda: found.append({run: segment.words(run) for run in runs}))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [alone] * 4


def test_a_cache_folder_that_cannot_be_made_costs_only_time(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("cache") / "a file, not a folder"
    file.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(file))
    tokenizer = segment._load.__wrapped__()
    assert list(tokenizer.cut("心理健康服务")) == ["心理健康", "服务"]


@pytest.fixture(scope="module")
def filled_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that jieba's dictionary was loaded into once."""
    home = tmp_path_factory.mktemp("filled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(home))
        segment._load.__wrapped__()
    return home / "similit"


def test_a_whole_cache_is_used(monkeypatch: pytest.MonkeyPatch, filled_cache: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(filled_cache.parent))
    (cache,) = filled_cache.glob("jieba*.cache")
    before = cache.stat().st_mtime_ns
    tokenizer = segment._load.__wrapped__()
    assert list(tokenizer.cut("心理健康服务")) == ["心理健康", "服务"]
    assert cache.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: b"not a dictionary at all",
        lambda content: marshal.dumps("one text"),
    ],
)
def test_a_damaged_cache_is_made_again(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    filled_cache: Path,
    damage: Callable[[bytes], bytes],
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    shutil.copytree(filled_cache, tmp_path / "similit")
    (cache,) = (tmp_path / "similit").glob("jieba*.cache")
    cache.write_bytes(damage(cache.read_bytes()))
    tokenizer = segment._load.__wrapped__()
    assert list(tokenizer.cut("心理健康服务")) == ["心理健康", "服务"]
