"""Data folders: the packaged library's index, built once a run, and copies of it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from alembic import command
from filelock import FileLock

from assistant.records.engine import WRITING, build_engine, locate
from assistant.records.upgrading import configure
from assistant.settings import Settings
from corpus.index import build


def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder that holds the index of the packaged library; it is copied, and never written to.

    The first process that asks builds it, some 20 s; where several run the tests, the others wait for it. Where
    COUNTERPOINT_TEST_HOME names a data folder with an index, a copy of that is brought up to date instead.
    """
    home = shared(tmp_path_factory) / "built"
    with FileLock(home.with_suffix(".lock")):
        if not home.exists():
            fresh = home.with_name("building")
            if earlier := os.environ.get("COUNTERPOINT_TEST_HOME"):
                copy_home(Path(earlier) / "index", fresh / "index")
            build(Settings(home=fresh).index, lambda *_: None)
            fresh.rename(home)
    return home


def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return this run's temporary folder, the same for every process that runs the tests."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def copy_home(source: Path, target: Path) -> None:
    """Copy a data folder, or a part of it; the 90 MB of exported weights are linked instead."""
    shutil.copytree(source, target, copy_function=_copy_or_link)


def _copy_or_link(source: str, target: str) -> None:
    if source.endswith(".onnx"):
        os.link(source, target)
    else:
        shutil.copy2(source, target)


def downgraded(home: Path, revision: str) -> None:
    """Take the records of a data folder back to the shape of an earlier version."""
    engine = build_engine(locate(home, None), busy_seconds=5, migrating=True)
    with engine.execution_options(**WRITING).begin() as connection:
        command.downgrade(configure(connection), revision)
    engine.dispose()
