"""What many tests share: the packaged library, and one assistant over an index that is built once."""

from __future__ import annotations

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

from typing import TYPE_CHECKING  # noqa: E402 - the environment comes first

import pytest  # noqa: E402

from assistant.door import Assistant  # noqa: E402
from assistant.settings import Settings  # noqa: E402
from corpus.library import Library, read_library  # noqa: E402

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def library() -> Library:
    """The packaged library."""
    return read_library()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that the whole run shares; a test that changes one makes its own."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def assistant(home: Path) -> Assistant:
    """An assistant over the packaged library; its index is built on first use, some 20 s."""
    return Assistant(Settings(home=home))
