"""300 MB sent to every route of the app in a process of its own: refused early, and never held in memory."""

from __future__ import annotations

import re
import select
import socket
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest

from assistant.settings import Settings
from evals.serving import serving
from tests.homes import built_home, copy_home
from ui.conversations import Conversations
from ui.screens import build_screens
from ui.screens.visitors import Visitors

LENGTH = 300_000_000
PIECE = b"x" * 65_536
MOST_SENT = 12_000_000  # what the kernel's buffers of both ends hold when nobody reads, some 6 MB on Linux
MOST_SENT_OF_A_DOCUMENT = 60_000_000  # 20 MB may pass there where no length is declared
MOST_GROWN = 48 * 2**20
REFUSALS = {400, 401, 403, 404, 405, 411, 413, 415, 422, 503}
OF_GRADIO = (
    "/",
    "/config",
    "/gradio_api/queue/join",
    "/gradio_api/queue/data",
    "/gradio_api/upload",
    "/gradio_api/run/reply",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    home = tmp_path_factory.mktemp("uploads")
    copy_home(built_home(tmp_path_factory) / "index", home / "index")
    with serving(home) as running:
        yield running


@pytest.fixture(scope="module")
def routes(server):
    """Return method and path of every route that takes a body, and what Gradio has."""
    described = httpx.get(f"{server.url}/api/v1/openapi.json", timeout=60, trust_env=False).json()["paths"]
    api = [(method.upper(), path) for path, methods in described.items() for method in methods if method != "get"]
    screens = build_screens(Conversations(SimpleNamespace(settings=Settings(), originals=None)), Visitors(None))
    own = [("POST", path) for path in posts(screens)]
    assert len(api) > 20
    assert len(own) > 15
    found = [*api, *own, *(("POST", path) for path in OF_GRADIO)]
    return [(method, re.sub(r"\{[^}]+\}", "1", path)) for method, path in found]


def posts(router, before=""):
    """Yield the paths of a router that take a form, with those of the routers in it."""
    for route in router.routes:
        if inner := getattr(route, "original_router", None):
            yield from posts(inner, before + router.prefix)
        elif "POST" in route.methods:
            yield before + route.path


def peak_bytes(server):
    """Return the most memory that the server has held so far."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    [kilobytes] = re.findall(r"VmHWM:\s+(\d+)", status)
    return 1024 * int(kilobytes)


def poured(server, method, path, *, declared):
    """Send 300 MB until the server answers or hangs up; return its status, None for no word, and the bytes sent."""
    size = f"Content-Length: {LENGTH}" if declared else "Transfer-Encoding: chunked"
    piece = PIECE if declared else b"%x\r\n%b\r\n" % (len(PIECE), PIECE)
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x\r\n{size}\r\n\r\n"
    sent, answer = 0, b""
    with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=60) as connection:
        try:
            connection.sendall(head.encode())
            while sent < LENGTH and not select.select([connection], [], [], 0)[0]:
                connection.sendall(piece)
                sent += len(PIECE)
            answer = connection.recv(4096)
        except (ConnectionResetError, BrokenPipeError):  # it hung up on what was still coming
            pass
    return (int(answer.split()[1]) if answer else None), sent


@pytest.mark.parametrize("declared", [True, False], ids=["with its length", "without a length"])
def test_three_hundred_megabytes_are_refused_everywhere_and_never_held(server, routes, declared):
    before = peak_bytes(server)
    held = []
    for method, path in routes:
        status, sent = poured(server, method, path, declared=declared)
        is_document = path.endswith("/library/documents") and not declared
        most = MOST_SENT_OF_A_DOCUMENT if is_document else MOST_SENT
        if status not in {*REFUSALS, None} or sent > most:
            held.append((method, path, status, sent))
    assert held == []
    assert peak_bytes(server) - before < MOST_GROWN
    assert httpx.get(f"{server.url}/healthz", timeout=60, trust_env=False).is_success


@pytest.mark.parametrize("length", ["99999999999999999999", "-1", "0x10", "1e9", "\u0663"])
def test_a_length_that_is_no_length_is_refused(server, length):
    with socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2])), timeout=60) as connection:
        head = f"POST /api/v1/answers HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\n\r\n"
        connection.sendall(head.encode())
        assert int(connection.recv(4096).split()[1]) in (400, 413)
