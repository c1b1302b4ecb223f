"""What several test files share: one assistant, its index built once into a folder of its own."""

from __future__ import annotations

import pytest

from assistant.door import Assistant
from assistant.settings import Settings


@pytest.fixture(scope="session")
def assistant(tmp_path_factory):
    return Assistant(Settings(home=tmp_path_factory.mktemp("home")))
