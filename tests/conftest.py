"""What several test files share: one assistant, and one server in front of it."""

from __future__ import annotations

import socket
import time
from threading import Thread

import pytest

import corpus.library
from assistant.door import Assistant
from assistant.records.store import Records
from assistant.settings import Settings
from corpus.library import read_library
from corpus.yamlfile import YamlFile
from tests.homes import built_home, copy_home


def pytest_configure(config):
    """Parse each file of the packaged library once a process: reading it whole takes a second, and hundreds of tests do."""
    parsed = {}

    def parse(path):
        if not path.is_relative_to(corpus.library.PACKAGED):
            return YamlFile(path)
        seen = path, path.stat().st_size, path.stat().st_mtime_ns
        if seen not in parsed:
            parsed[seen] = YamlFile(path)
        return parsed[seen]

    patch = pytest.MonkeyPatch()
    patch.setattr(corpus.library, "YamlFile", parse)
    config.add_cleanup(patch.undo)


@pytest.fixture(scope="session")
def library():
    """Return the packaged library."""
    return read_library()


@pytest.fixture(scope="session")
def assistant(tmp_path_factory):
    """Return an assistant over the packaged library, with a data folder of this process's own."""
    home = tmp_path_factory.mktemp("home")
    copy_home(built_home(tmp_path_factory) / "index", home / "index")
    return Assistant(Settings(home=home))


@pytest.fixture(scope="session")
def records(assistant):
    with Records(assistant.settings.index.home) as kept:
        yield kept


@pytest.fixture(scope="session")
def served(assistant, records):
    """Yield the address of the whole app on a real server, in a thread."""
    import uvicorn

    from ui.server import make_app

    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(make_app(assistant, records), log_level="warning", timeout_graceful_shutdown=1)
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=10)
