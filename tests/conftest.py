"""What holds for every test: repeatable random examples, and folders of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile(
    "similit", deadline=None, derandomize=True, database=None, max_examples=40
)
settings.load_profile("similit")


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the user's folders; jieba's cache is made once for all of them."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("CACHE", "CONFIG", "DATA"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        for name in os.environ:
            if name.startswith("SIMILIT_") and name != "SIMILIT_DATA":
                patch.delenv(name)
        yield
