"""Which library answers: the host's own, or the demo corpus while that one is empty."""

from __future__ import annotations

import threading
from pathlib import Path

from bot.config import Config
from corpus.errors import LibraryMissing
from corpus.library import Library


class Shelf:
    """The library that answers now. Only a default library is stood in for by the demo corpus."""

    def __init__(self, config: Config, named: Path | None = None) -> None:
        """Raises `LibraryMissing` where a library was named that is not there.

        `BadGlossary` is raised with the first library that is opened, here or later.
        """
        self.path, by_config = config.library_path()
        self._glossary = config.glossary()
        self.named = named is not None or by_config
        if named is not None:
            self.path = named
        self._opening = threading.Lock()
        self._own: Library | None = None
        self._demo: Library | None = None
        if self.named:
            self._own = self._open(self.path)

    def library(self) -> Library:
        """The library to ask; another process may have filled it since the last question."""
        with self._opening:
            if self._own is None:
                try:
                    self._own = self._open(self.path)
                except LibraryMissing:
                    return self._stand_in()
            if not self.named and not self._own.state().papers:
                return self._stand_in()
            return self._own

    def own(self) -> Library:
        """The host's own library, made where there is none: what papers are added to."""
        with self._opening:
            if self._own is None:
                self._own = Library(self.path, create=True, glossary=self._glossary)
            return self._own

    def _open(self, folder: Path) -> Library:
        return Library(folder, glossary=self._glossary)

    def _stand_in(self) -> Library:
        if self._demo is None:
            demo = Library.demo()
            if self._glossary is not None:
                demo.close()
                demo = self._open(demo.folder)
            self._demo = demo
        return self._demo

    def is_demo(self, library: Library) -> bool:
        """Whether `library` is the demo corpus."""
        return library is self._demo

    def close(self) -> None:
        """Close what was opened."""
        for library in (self._own, self._demo):
            if library is not None:
                library.close()
