"""What several test files share: one assistant, and one server in front of it."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path
from threading import Thread

import pytest
import yaml

from assistant.door import Assistant
from assistant.records.store import Records
from assistant.settings import Settings
from corpus.library import read_library
from tests.browsing import CHROMIUM, FLAGS, Visits
from tests.homes import built_home, copy_home

HAZARDS = Path(__file__).parents[1] / "docs/safety/hazards.yaml"


def pytest_sessionstart(session):
    if not hasattr(session.config, "workerinput"):  # a worker's reports reach the process that started it
        session.config.pluginmanager.register(SafetyCase(), "safety-case")


class SafetyCase:
    """Holds a run that took every test of the hazard log to have passed them all: a skipped control shows nothing."""

    def __init__(self):
        named = yaml.safe_load(HAZARDS.read_text(encoding="utf-8"))["hazards"]
        self.outcomes = {test: set() for hazard in named for test in hazard["tests"]}

    def pytest_runtest_logreport(self, report):
        name = report.nodeid.rpartition("::")[2].partition("[")[0]
        if name in self.outcomes and (report.when == "call" or report.outcome != "passed"):
            self.outcomes[name].add(report.outcome)

    def pytest_sessionfinish(self, session):
        shown = [name for name, outcomes in self.outcomes.items() if outcomes]
        self.unshown = [name for name in shown if self.outcomes[name] != {"passed"}]
        if len(shown) == len(self.outcomes) and self.unshown and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter):
        if all(self.outcomes.values()):
            said = f"not shown: {', '.join(self.unshown)}" if self.unshown else "every control is shown"
            terminalreporter.write_line(f"safety case: {len(self.outcomes)} tests of the hazard log, {said}")


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


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS), headless=True)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def shots(tmp_path_factory):
    folder = Path(os.environ.get("COUNTERPOINT_SHOTS") or tmp_path_factory.mktemp("shots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def opened(browser, served):
    """Yield what opens the chat; at the end nothing may have gone wrong or left the machine."""
    visits = Visits(browser, served)
    yield visits
    visits.end()
