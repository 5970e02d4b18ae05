"""Which library answers, and when the demo corpus stands in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.config import Config, LibrarySettings, SearchSettings
from bot.shelf import Shelf
from corpus.errors import BadGlossary, LibraryDamaged, LibraryMissing
from corpus.library import Library
from corpus.paper import Query


@pytest.fixture
def default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the default library would be."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "data" / "similit"


def fill(folder: Path, papers: int = 1) -> Path:
    folder.parent.mkdir(parents=True, exist_ok=True)
    file = folder.parent / f"{folder.name}.jsonl"
    file.write_text("".join(f'{{"title": "Peer paper {n}"}}\n' for n in range(papers)))
    with Library(folder, create=True) as library:
        library.add([file] if papers else [])
    return folder


def test_the_demo_corpus_answers_where_there_is_no_library_and_makes_none(default: Path) -> None:
    shelf = Shelf(Config())
    library = shelf.library()
    assert shelf.is_demo(library)
    assert library.state().papers >= 80
    assert shelf.path == default
    assert not shelf.named
    assert not default.exists()
    shelf.close()


def test_the_demo_corpus_answers_while_the_default_library_is_empty(default: Path) -> None:
    fill(default, 0)
    shelf = Shelf(Config())
    assert shelf.is_demo(shelf.library())
    shelf.close()


def test_the_default_library_answers_once_it_has_papers(default: Path) -> None:
    fill(default, 2)
    shelf = Shelf(Config())
    library = shelf.library()
    assert not shelf.is_demo(library)
    assert library.folder == default
    assert shelf.library() is library
    shelf.close()


@pytest.mark.parametrize("empty_before", [True, False])
def test_papers_that_another_process_imports_take_over_at_once(
    default: Path, empty_before: bool
) -> None:
    if empty_before:
        fill(default, 0)
    shelf = Shelf(Config())
    assert shelf.is_demo(shelf.library())
    fill(default, 3)
    library = shelf.library()
    assert not shelf.is_demo(library)
    assert library.state().papers == 3
    shelf.close()


def test_the_demo_corpus_is_opened_once(default: Path) -> None:
    shelf = Shelf(Config())
    with ThreadPoolExecutor(4) as pool:
        libraries = list(pool.map(lambda _: shelf.library(), range(8)))
    assert len(set(map(id, libraries))) == 1
    shelf.close()


def test_a_named_library_that_is_not_there_is_missing(tmp_path: Path, default: Path) -> None:
    with pytest.raises(LibraryMissing, match="nope"):
        Shelf(Config(), tmp_path / "nope")
    with pytest.raises(LibraryMissing, match="nope"):
        Shelf(Config(library=LibrarySettings(path=str(tmp_path / "nope"))))
    assert not (tmp_path / "nope").exists()


def test_a_named_library_answers_even_while_it_is_empty(tmp_path: Path, default: Path) -> None:
    fill(tmp_path / "mine", 0)
    shelf = Shelf(Config(), tmp_path / "mine")
    library = shelf.library()
    assert shelf.named
    assert not shelf.is_demo(library)
    assert library.state().papers == 0
    shelf.close()


def test_the_library_of_the_environment_or_the_config_counts_as_named(
    tmp_path: Path, default: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path / "mine", 0)
    config = Config(library=LibrarySettings(path=str(tmp_path / "mine")))
    for shelf in (Shelf(config), Shelf(config, tmp_path / "mine")):
        assert shelf.named
        assert not shelf.is_demo(shelf.library())
        shelf.close()
    monkeypatch.setenv("SIMILIT_LIBRARY", str(fill(tmp_path / "other", 1)))
    shelf = Shelf(config)
    assert shelf.named
    assert shelf.path == tmp_path / "other"
    shelf.close()


def test_the_hosts_glossary_is_asked_in_every_library_even_the_demo(
    tmp_path: Path, default: Path
) -> None:
    (tmp_path / "own.tsv").write_text("獭獭\tpeer\n", "utf-8")
    config = Config(search=SearchSettings(glossary=str(tmp_path / "own.tsv")))
    question = Query(text="獭獭")
    demo = Shelf(config)
    assert demo.library().find(question).hits
    assert demo.is_demo(demo.library())
    fill(default, 2)
    assert not demo.is_demo(demo.library())
    assert len(demo.library().find(question).hits) == 2
    demo.close()
    named = Shelf(config, fill(tmp_path / "mine", 3))
    assert len(named.library().find(question).hits) == 3
    named.close()
    without = Shelf(Config(), tmp_path / "mine")
    assert not without.library().find(question).hits
    without.close()


def test_a_glossary_that_cannot_be_read_is_told_each_time(tmp_path: Path, default: Path) -> None:
    config = Config(search=SearchSettings(glossary=str(tmp_path / "nope.tsv")))
    shelf = Shelf(config)
    for _ in range(2):
        with pytest.raises(BadGlossary, match="nope"):
            shelf.library()
    shelf.close()


def test_a_default_library_that_is_damaged_is_not_passed_over(default: Path) -> None:
    default.mkdir(parents=True)
    (default / "papers.db").write_text("no database\n" * 100)
    shelf = Shelf(Config())
    with pytest.raises(LibraryDamaged):
        shelf.library()
    shelf.close()


def test_closing_what_was_never_opened_is_no_error(default: Path) -> None:
    Shelf(Config()).close()
