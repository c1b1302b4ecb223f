"""What several test files share: one assistant, its index built once, and one server in front of it."""

from __future__ import annotations

import socket
import time
from threading import Thread

import pytest

from assistant.door import Assistant
from assistant.records.store import Records
from assistant.settings import Settings
from corpus.library import read_library


@pytest.fixture(scope="session")
def library():
    """Return the packaged library."""
    return read_library()


@pytest.fixture(scope="session")
def assistant(tmp_path_factory):
    """Return an assistant over the packaged library; its index is built on first use, some 20 s."""
    return Assistant(Settings(home=tmp_path_factory.mktemp("home")))


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
